//! Drafts, forms that are sent twice, and who is where.

use std::time::Duration;

use desk::tickets::drafts::{self, Draft, NewDraft};
use desk::tickets::presence::{self, Doing, Other};
use desk::tickets::sending::{self, FormId};
use desk::tickets::{self, Message, MessageKind, NewMessage, Ticket, TicketError, TicketId};
use kit::db::{Db, DbError};
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::permissions::Permission;
use testkit::on_both;

use crate::tickets::{asked, open, says, write};
use crate::world::{LISTS, World};

fn begun(kind: MessageKind, body: &str) -> NewDraft {
    NewDraft {
        kind,
        body: body.to_owned(),
        html: None,
        form: None,
    }
}

async fn save(db: &Db, actor: &Actor, id: TicketId, new: NewDraft) -> Result<Option<Draft>, TicketError> {
    let actor = actor.clone();
    db.write(move |tx| drafts::save(tx, &actor, id, &new)).await
}

async fn mine(db: &Db, actor: &Actor, id: TicketId) -> Option<String> {
    let actor = actor.clone();
    let found = db.read(move |tx| drafts::mine(tx, &actor, id)).await.unwrap();
    found.map(|draft| draft.body)
}

async fn send(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    form: FormId,
    new: NewMessage,
) -> Result<(Ticket, Message), TicketError> {
    let actor = actor.clone();
    db.write(move |tx| sending::send(tx, &actor, (id, Some(form)), &new))
        .await
}

async fn form(db: &Db) -> FormId {
    db.read(|tx| Ok::<_, DbError>(tx.new_id())).await.unwrap()
}

async fn come(db: &Db, actor: &Actor, id: TicketId, doing: Option<Doing>) {
    let actor = actor.clone();
    db.write(move |tx| presence::come(tx, &actor, id, doing))
        .await
        .unwrap();
}

async fn others(db: &Db, actor: &Actor, id: TicketId) -> Vec<String> {
    let actor = actor.clone();
    let found = db.read(move |tx| presence::others(tx, &actor, id)).await.unwrap();
    let said = |other: &Other| match other {
        Other::Here(one) => format!("{} {}", one.name, one.doing.as_str()),
        Other::Begun(name, draft) => format!("{name} begun {}", draft.kind.as_str()),
    };
    found.iter().map(said).collect()
}

on_both! { LISTS;
    async fn a_form_that_is_sent_twice_writes_once_and_ends_its_draft(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        save(&db, &world.sam, ticket.id, begun(MessageKind::Reply, "Try ag")).await.unwrap();
        let form = form(&db).await;
        let new = NewMessage { seen: Some(ticket.last_public), ..says(MessageKind::Reply, "Try again") };
        let (_, first) = send(&db, &world.sam, ticket.id, form, new.clone()).await.unwrap();
        let (after, second) = send(&db, &world.sam, ticket.id, form, new.clone()).await.unwrap();
        assert_eq!((first.id, after.replies), (second.id, 1));
        assert_eq!(mine(&db, &world.sam, ticket.id).await, None);
        // What comes late from the same composer is no draft any more.
        let late = NewDraft { form: Some(form), ..begun(MessageKind::Reply, "Try again") };
        assert_eq!(save(&db, &world.sam, ticket.id, late).await, Ok(None));
        assert_eq!(mine(&db, &world.sam, ticket.id).await, None);
        // Somebody else's form is another one, whatever it is called.
        let theirs = send(&db, &world.ada, ticket.id, form, says(MessageKind::Note, "Mine")).await.unwrap();
        assert_ne!(theirs.1.id, first.id);
    }

    async fn own_messages_stop_nobody_and_an_answer_that_was_stopped_keeps_its_draft(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let seen = NewMessage { seen: Some(ticket.last_public), ..says(MessageKind::Reply, "And this") };
        write(&db, &world.sam, ticket.id, says(MessageKind::Reply, "From another tab")).await.unwrap();
        send(&db, &world.sam, ticket.id, form(&db).await, seen.clone()).await.unwrap();
        save(&db, &world.sam, ticket.id, begun(MessageKind::Reply, "One more")).await.unwrap();
        write(&db, &world.sam, ticket.id, says(MessageKind::Reply, "Again from another tab")).await.unwrap();
        let newer = write(&db, &world.ada, ticket.id, says(MessageKind::Reply, "Mended")).await.unwrap().1;
        write(&db, &world.sam, ticket.id, says(MessageKind::Reply, "Unseen")).await.unwrap();
        let stopped = send(&db, &world.sam, ticket.id, form(&db).await, seen).await;
        assert_eq!(stopped.unwrap_err(), TicketError::Overtaken(Box::new(newer)));
        assert_eq!(mine(&db, &world.sam, ticket.id).await.as_deref(), Some("One more"));
    }

    async fn a_draft_is_its_writers_and_what_was_thrown_away_comes_back(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        save(&db, &world.sam, ticket.id, begun(MessageKind::Note, "Ask the\r\nengineers")).await.unwrap();
        db.clock().advance(Duration::from_secs(60));
        let kept = save(&db, &world.sam, ticket.id, begun(MessageKind::Reply, "We asked")).await.unwrap().unwrap();
        assert_eq!((kept.saved_at.0 - kept.begun_at.0, kept.kind), (60_000_000, MessageKind::Reply));
        assert_eq!(mine(&db, &world.ada, ticket.id).await, None);
        assert_eq!(others(&db, &world.ada, ticket.id).await, ["Sam begun reply"]);
        let (sam, id) = (world.sam.clone(), ticket.id);
        db.write(move |tx| drafts::discard(tx, &sam, id)).await.unwrap();
        assert_eq!((mine(&db, &world.sam, id).await, others(&db, &world.ada, id).await), (None, vec![]));
        let sam = world.sam.clone();
        db.write(move |tx| drafts::restore(tx, &sam, id)).await.unwrap();
        assert_eq!(mine(&db, &world.sam, id).await.as_deref(), Some("We asked"));
        let sam = world.sam.clone();
        let all = db.read(move |tx| drafts::all_mine(tx, &sam)).await.unwrap();
        assert_eq!(all.iter().map(|(draft, ticket)| (draft.body.as_str(), ticket.number)).collect::<Vec<_>>(), [("We asked", 1)]);
        // No words are no draft.
        assert_eq!(save(&db, &world.sam, id, begun(MessageKind::Reply, " \n")).await, Ok(None));
        assert_eq!(mine(&db, &world.sam, id).await, None);
        let sam = world.sam.clone();
        let refused = db.write(move |tx| drafts::restore(tx, &sam, id)).await;
        assert_eq!(refused.unwrap_err(), TicketError::Unknown);
    }

    async fn drafts_are_stopped_where_their_writer_may_not_write(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let refused = save(&db, &world.pat, ticket.id, begun(MessageKind::Reply, "Hm")).await;
        assert_eq!(refused.unwrap_err(), TicketError::Forbidden(Forbidden(Permission::TicketsWrite)));
        let refused = save(&db, &world.eve, ticket.id, begun(MessageKind::Reply, "Hm")).await;
        assert_eq!(refused.unwrap_err(), TicketError::Unknown);
        let system = Actor::system(world.workspace, "tests");
        let refused = save(&db, &system, ticket.id, begun(MessageKind::Reply, "Hm")).await;
        assert_eq!(refused.unwrap_err(), TicketError::NoAgent);
        let long = "x".repeat(tickets::LONGEST + 1);
        let refused = save(&db, &world.sam, ticket.id, begun(MessageKind::Reply, &long)).await;
        assert_eq!(refused.unwrap_err(), TicketError::BadBody);
    }

    async fn who_is_here_is_seen_by_the_others_until_they_leave_or_fall_silent(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        come(&db, &world.pat, ticket.id, Some(Doing::Viewing)).await;
        come(&db, &world.sam, ticket.id, Some(Doing::Replying)).await;
        save(&db, &world.sam, ticket.id, begun(MessageKind::Reply, "Try")).await.unwrap();
        assert_eq!(others(&db, &world.ada, ticket.id).await, ["Sam replying", "Pat viewing"]);
        assert_eq!(others(&db, &world.sam, ticket.id).await, ["Pat viewing"]);
        come(&db, &world.pat, ticket.id, None).await;
        db.clock().advance(Duration::from_secs(30));
        come(&db, &world.sam, ticket.id, Some(Doing::Viewing)).await;
        assert_eq!(others(&db, &world.ada, ticket.id).await, ["Sam begun reply", "Sam viewing"]);
        db.clock().advance(Duration::from_secs(41));
        assert_eq!(others(&db, &world.ada, ticket.id).await, ["Sam begun reply"]);
        let (eve, id) = (world.eve.clone(), ticket.id);
        let refused = db.write(move |tx| presence::come(tx, &eve, id, Some(Doing::Viewing))).await;
        assert_eq!(refused.unwrap_err(), TicketError::Unknown);
    }

    async fn only_turns_are_told_and_the_sweep_leaves_what_is_young(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let begin = db.clock().now();
        db.clock().advance(Duration::from_secs(1));
        come(&db, &world.sam, ticket.id, Some(Doing::Viewing)).await;
        let moved = |after| {
            let since = presence::MOVES.since;
            db.read(move |tx| since(tx, after))
        };
        let first = moved(begin).await.unwrap();
        assert_eq!(first.iter().map(|one| one.topic.clone()).collect::<Vec<_>>(), [presence::topic(ticket.id)]);
        db.clock().advance(Duration::from_secs(15));
        come(&db, &world.sam, ticket.id, Some(Doing::Viewing)).await;
        assert_eq!(moved(begin).await.unwrap(), first);
        save(&db, &world.sam, ticket.id, begun(MessageKind::Reply, "Old")).await.unwrap();
        let (sam, id) = (world.sam.clone(), ticket.id);
        db.write(move |tx| drafts::discard(tx, &sam, id)).await.unwrap();
        let mut jobs = kit::jobs::Jobs::new();
        jobs.reaction(kit::jobs::Options::new(), drafts::jobs::sweep);
        for (waited, is_there) in [(3_600, true), (86_401, false)] {
            db.clock().advance(Duration::from_secs(waited));
            let workspace = world.workspace;
            db.write(move |tx| kit::jobs::queue(tx, workspace, &drafts::jobs::Sweep {})).await.unwrap();
            while kit::jobs::run_due(&db, &jobs).await.unwrap() > 0 {}
            let sam = world.sam.clone();
            let back = db.write(move |tx| drafts::restore(tx, &sam, id)).await;
            assert_eq!(back.is_ok(), is_there);
            assert_eq!(moved(begin).await.unwrap().len(), usize::from(is_there));
            let sam = world.sam.clone();
            if is_there {
                db.write(move |tx| drafts::discard(tx, &sam, id)).await.unwrap();
            }
        }
    }

    async fn a_draft_that_is_taken_over_goes_on_as_anothers_and_its_writer_hears_of_it(db: TestDb) {
        let world = World::new(&db).await;
        let id = open(&db, &world.sam, asked(&world)).await.unwrap().id;
        save(&db, &world.sam, id, begun(MessageKind::Reply, "It is the limit.")).await.unwrap();
        save(&db, &world.ada, id, begun(MessageKind::Reply, "Hello!")).await.unwrap();
        let (ada, sam) = (world.ada.clone(), world.sam.clone());
        let from = sam.agent().unwrap();
        let taken = db.write(move |tx| drafts::take_over(tx, &ada, id, from)).await.unwrap();
        assert_eq!(taken.body, "Hello!\n\nIt is the limit.");
        assert_eq!(mine(&db, &world.ada, id).await.as_deref(), Some("Hello!\n\nIt is the limit."));
        assert_eq!(mine(&db, &world.sam, id).await, None);
        let by = db.read(move |tx| drafts::taken(tx, &sam, id)).await.unwrap().unwrap().0;
        assert!(by.ends_with("Ada"), "{by}");
        // Nothing is left to take, and nobody takes their own or what is elsewhere.
        for (actor, from) in [(&world.ada, from), (&world.ada, world.ada.agent().unwrap()), (&world.eve, from)] {
            let actor = actor.clone();
            let refused = db.write(move |tx| drafts::take_over(tx, &actor, id, from)).await;
            assert_eq!(refused, Err(TicketError::Unknown));
        }
        let sam = world.sam.clone();
        db.write(move |tx| drafts::restore(tx, &sam, id)).await.unwrap();
        let sam = world.sam.clone();
        assert_eq!(mine(&db, &world.sam, id).await.as_deref(), Some("It is the limit."));
        assert_eq!(db.read(move |tx| drafts::taken(tx, &sam, id)).await.unwrap(), None);
    }
}
