//! Scheduled replies: sent when they are due, called off when the customer writes first, moved, taken up, and never lost.

use std::sync::Arc;
use std::time::Duration;

use desk::tickets::connections::{self, Connection, Joint};
use desk::tickets::drafts;
use desk::tickets::files::{self, FileId, NewFile};
use desk::tickets::followers;
use desk::tickets::scheduled::{self, NewScheduled, ScheduleError, Scheduled, ScheduledId, State};
use desk::tickets::sending::FormId;
use desk::tickets::taking_in::{self, NewInbound};
use desk::tickets::{self, MessageKind, NewTicket, Status, Ticket, TicketId};
use kit::blob::Blobs;
use kit::clock::Timestamp;
use kit::db::{Db, DbError};
use kit::id::TypedId;
use kit::jobs::{self, Jobs, Options};
use tandem_core::actor::{Actor, Origin};
use tandem_core::agents;
use tandem_core::contacts::erasing::{self, Holdings};
use tandem_core::contacts::{self, ContactId, ContactText, Introduction};
use tandem_core::events::Wiring;
use tandem_core::permissions::{Permission, PermissionSet};
use tandem_core::tokens::{self, TokenText};
use testkit::on_both;

use crate::files::equip;
use crate::tickets::{asked, open, says, write};
use crate::world::{LISTS, World};

const HOUR: Duration = Duration::from_secs(3_600);

fn later(db: &Db, body: &str) -> NewScheduled {
    NewScheduled {
        body: body.to_owned(),
        html: None,
        then: Some(Status::Waiting),
        due_at: db.clock().now().plus(HOUR),
        unless_reply: true,
        files: Vec::new(),
    }
}

async fn schedule(
    db: &Db,
    actor: &Actor,
    (id, form): (TicketId, Option<FormId>),
    new: NewScheduled,
) -> Result<Scheduled, ScheduleError> {
    let actor = actor.clone();
    db.write(move |tx| scheduled::schedule(tx, &actor, (id, form), &new))
        .await
}

async fn now(db: &Db, actor: &Actor, id: ScheduledId) -> Scheduled {
    let actor = actor.clone();
    db.read(move |tx| scheduled::find(tx, &actor, id)).await.unwrap()
}

/// What the clock and the workers do in a minute.
async fn a_minute(db: &Db) {
    let mut known = Jobs::new();
    known.reaction(Options::new(), scheduled::jobs::turn);
    known.reaction(Options::new(), scheduled::jobs::send);
    db.write(|tx| jobs::Queue::new(&scheduled::jobs::Turn {}).put(tx).map(drop))
        .await
        .unwrap();
    while jobs::run_due(db, &known).await.unwrap() > 0 {}
}

async fn hears(db: &Db, actor: &Actor, id: TicketId, is_automatic: bool) {
    let actor = actor.clone();
    let new = NewInbound {
        body: "It works now.".to_owned(),
        html: None,
        contact: None,
        is_automatic,
        is_stranger: false,
    };
    db.write(move |tx| taking_in::take_in(tx, &actor, id, &new))
        .await
        .unwrap();
}

async fn bodies(db: &Db, actor: &Actor, id: TicketId, kind: MessageKind) -> Vec<String> {
    let actor = actor.clone();
    let all = db
        .read(move |tx| tickets::messages(tx, &actor, id, None, 50))
        .await
        .unwrap();
    let of_kind = all.into_iter().filter(|message| message.kind == kind);
    of_kind.map(|message| message.body).collect()
}

async fn ticket(db: &Db, world: &World) -> Ticket {
    db.attach(Arc::new(
        Wiring::default().on(&tickets::HEARD, &[scheduled::CANCEL]),
    ));
    open(db, &world.sam, asked(world)).await.unwrap()
}

async fn add(db: &Db, blobs: &Blobs, actor: &Actor, id: TicketId) -> FileId {
    let stored = blobs.put_bytes("words".into()).await.unwrap();
    let (actor, new) = (actor.clone(), NewFile::waiting(id, "a.txt", stored));
    let file = db.write(move |tx| files::keep(tx, &actor, &new)).await;
    file.unwrap().id
}

async fn lies(db: &Db, actor: &Actor, id: FileId) -> TicketId {
    let actor = actor.clone();
    let file = db.read(move |tx| files::find(tx, &actor, id)).await;
    file.unwrap().unwrap().ticket
}

async fn merge(db: &Db, actor: &Actor, pair: (TicketId, TicketId)) -> Connection {
    let actor = actor.clone();
    db.write(move |tx| connections::connect(tx, &actor, pair, Joint::Merged))
        .await
        .unwrap()
}

async fn unmerge(db: &Db, actor: &Actor, one: Connection) {
    let actor = actor.clone();
    db.write(move |tx| connections::end(tx, &actor, one.id).map(drop))
        .await
        .unwrap();
}

async fn resume(db: &Db, actor: &Actor, id: ScheduledId) -> Result<Scheduled, ScheduleError> {
    let actor = actor.clone();
    db.write(move |tx| scheduled::resume(tx, &actor, id)).await
}

async fn cancel(db: &Db, actor: &Actor, id: ScheduledId) {
    let actor = actor.clone();
    db.write(move |tx| scheduled::cancel(tx, &actor, id).map(drop))
        .await
        .unwrap();
}

async fn somebody_else(db: &Db, world: &World) -> ContactId {
    let (ada, name) = (world.ada.clone(), "Omar".to_owned());
    let text = ContactText {
        name,
        ..ContactText::default()
    };
    let added = db.write(move |tx| contacts::add(tx, &ada, &text, &Introduction::default()));
    added.await.unwrap().id
}

on_both! { LISTS;
    async fn a_reply_leaves_when_it_is_due_and_not_before(db: TestDb) {
        let world = World::new(&db).await;
        let (sam, id) = (&world.sam, ticket(&db, &world).await.id);
        let form: FormId = db.read(|tx| Ok::<_, DbError>(tx.new_id())).await.unwrap();
        let one = schedule(&db, sam, (id, Some(form)), later(&db, "Has it helped?")).await.unwrap();
        let twice = schedule(&db, sam, (id, Some(form)), later(&db, "Has it helped?")).await.unwrap();
        assert_eq!(twice.id, one.id);
        let past = NewScheduled { due_at: Timestamp(db.clock().now().0), ..later(&db, "Too late") };
        assert_eq!(schedule(&db, sam, (id, None), past).await, Err(ScheduleError::BadMoment));
        assert!(schedule(&db, &world.eve, (id, None), later(&db, "Not mine")).await.is_err());
        assert!(matches!(schedule(&db, &world.pat, (id, None), later(&db, "May not")).await, Err(ScheduleError::Forbidden(_))));

        a_minute(&db).await;
        assert!(bodies(&db, sam, id, MessageKind::Reply).await.is_empty());
        // Moved to a later hour and back again.
        let (actor, due_at) = (sam.clone(), one.due_at);
        let moved = db.write(move |tx| {
            scheduled::change(tx, &actor, one.id, (due_at.plus(HOUR), true))?;
            scheduled::move_back(tx, &actor, one.id)
        });
        assert_eq!(moved.await.unwrap().due_at, due_at);
        db.clock.advance(HOUR);
        a_minute(&db).await;
        a_minute(&db).await;
        assert_eq!(bodies(&db, sam, id, MessageKind::Reply).await, ["Has it helped?"]);
        let sent = now(&db, sam, one.id).await;
        assert!(sent.state == State::Sent && sent.message.is_some());
        let (actor, reader) = (sam.clone(), sam.clone());
        assert_eq!(db.write(move |tx| scheduled::cancel(tx, &actor, one.id)).await, Err(ScheduleError::Over));
        let found = db.read(move |tx| tickets::find(tx, &reader, id)).await.unwrap();
        assert_eq!(found.unwrap().status, Status::Waiting);
    }

    async fn who_writes_first_calls_it_off_and_its_writer_is_told(db: TestDb) {
        let world = World::new(&db).await;
        let (sam, id) = (&world.sam, ticket(&db, &world).await.id);
        let one = schedule(&db, sam, (id, None), later(&db, "Has it helped?")).await.unwrap();
        let stays = NewScheduled { unless_reply: false, ..later(&db, "We close on Friday.") };
        let stays = schedule(&db, sam, (id, None), stays).await.unwrap();

        // A machine is not the customer.
        hears(&db, &world.ada, id, true).await;
        assert_eq!(now(&db, sam, one.id).await.state, State::Waiting);
        hears(&db, &world.ada, id, false).await;
        assert_eq!(now(&db, sam, one.id).await.state, State::Answered);
        let reader = sam.clone();
        let told = db.read(move |tx| followers::mentions(tx, &reader)).await.unwrap();
        assert_eq!((told.len(), bodies(&db, sam, id, MessageKind::Note).await.len()), (1, 1));
        db.clock.advance(HOUR);
        a_minute(&db).await;
        assert_eq!(bodies(&db, sam, id, MessageKind::Reply).await, ["We close on Friday."]);
        assert_eq!(now(&db, sam, stays.id).await.state, State::Sent);

        // Its moment is past, so it is taken up or sent now.
        let actor = sam.clone();
        assert_eq!(db.write(move |tx| scheduled::resume(tx, &actor, one.id)).await, Err(ScheduleError::BadMoment));
        let actor = sam.clone();
        let shown = db.read(move |tx| scheduled::of_ticket(tx, &actor, id)).await.unwrap();
        assert_eq!(shown.iter().map(|one| one.state).collect::<Vec<_>>(), [State::Answered]);
        let actor = sam.clone();
        db.write(move |tx| scheduled::take_up(tx, &actor, one.id)).await.unwrap();
        let actor = sam.clone();
        let draft = db.read(move |tx| drafts::mine(tx, &actor, id)).await.unwrap();
        assert_eq!(draft.unwrap().body, "Has it helped?");
    }

    async fn whose_writer_may_write_no_more_is_kept_and_said(db: TestDb) {
        let world = World::new(&db).await;
        let (sam, ada, id) = (&world.sam, &world.ada, ticket(&db, &world).await.id);
        let one = schedule(&db, sam, (id, None), later(&db, "Has it helped?")).await.unwrap();
        let (actor, gone) = (ada.clone(), sam.agent().unwrap());
        db.write(move |tx| agents::deactivate(tx, &actor, gone)).await.unwrap();
        db.clock.advance(HOUR);
        a_minute(&db).await;
        assert_eq!(now(&db, ada, one.id).await.state, State::Failed);
        assert!(bodies(&db, ada, id, MessageKind::Reply).await.is_empty());
        assert_eq!(bodies(&db, ada, id, MessageKind::Note).await.len(), 1);
    }

    async fn a_form_gives_a_reply_no_id_of_a_message(db: TestDb) {
        let (_folder, blobs) = equip(&db);
        let world = World::new(&db).await;
        let (sam, id) = (&world.sam, ticket(&db, &world).await.id);
        let file = add(&db, &blobs, sam, id).await;
        let reply = tickets::NewMessage { files: vec![file], ..says(MessageKind::Reply, "See the file") };
        let (_, sent) = write(&db, sam, id, reply).await.unwrap();
        let form = FormId::from_uuid(sent.id.uuid());
        let one = schedule(&db, sam, (id, Some(form)), later(&db, "Mine now?")).await.unwrap();
        assert_ne!(one.id.uuid(), sent.id.uuid());
        assert_eq!(schedule(&db, sam, (id, Some(form)), later(&db, "Mine now?")).await.unwrap().id, one.id);
        let actor = sam.clone();
        db.write(move |tx| scheduled::take_up(tx, &actor, one.id)).await.unwrap();
        let actor = sam.clone();
        let kept = db.read(move |tx| files::of_message(tx, &actor, sent.id)).await.unwrap();
        assert_eq!(kept.iter().map(|file| file.id).collect::<Vec<_>>(), [file]);
    }

    async fn a_merge_carries_it_and_its_end_gives_it_back(db: TestDb) {
        let (_folder, blobs) = equip(&db);
        let world = World::new(&db).await;
        let (sam, first) = (&world.sam, ticket(&db, &world).await.id);
        let [second, third] = [open(&db, sam, asked(&world)).await.unwrap().id, open(&db, sam, asked(&world)).await.unwrap().id];
        let file = add(&db, &blobs, sam, first).await;
        let new = NewScheduled { files: vec![file], ..later(&db, "Has it helped?") };
        let one = schedule(&db, sam, (first, None), new).await.unwrap();
        let own = schedule(&db, sam, (second, None), later(&db, "And this?")).await.unwrap();
        let merged = merge(&db, sam, (first, second)).await;
        let further = merge(&db, sam, (second, third)).await;
        assert_eq!((now(&db, sam, one.id).await.ticket, lies(&db, sam, file).await), (third, third));
        unmerge(&db, sam, further).await;
        assert_eq!((now(&db, sam, one.id).await.ticket, now(&db, sam, own.id).await.ticket), (second, second));
        unmerge(&db, sam, merged).await;
        assert_eq!((now(&db, sam, one.id).await.ticket, lies(&db, sam, file).await), (first, first));
        db.clock.advance(HOUR);
        a_minute(&db).await;
        assert_eq!(bodies(&db, sam, first, MessageKind::Reply).await, ["Has it helped?"]);
        assert_eq!(bodies(&db, sam, second, MessageKind::Reply).await, ["And this?"]);
    }

    async fn words_for_one_contact_never_go_to_another(db: TestDb) {
        let world = World::new(&db).await;
        db.attach(Arc::new(Holdings::new(&[&tickets::HOLDS])));
        let (sam, hers) = (&world.sam, ticket(&db, &world).await.id);
        let contact = Some(somebody_else(&db, &world).await);
        let his = open(&db, sam, NewTicket { contact, ..asked(&world) }).await.unwrap().id;
        let one = schedule(&db, sam, (hers, None), later(&db, "Has it helped?")).await.unwrap();
        let own = schedule(&db, sam, (his, None), later(&db, "For him")).await.unwrap();
        merge(&db, sam, (hers, his)).await;
        db.clock.advance(HOUR);
        a_minute(&db).await;
        assert_eq!(now(&db, sam, one.id).await.state, State::Failed);
        assert_eq!(bodies(&db, sam, his, MessageKind::Reply).await, ["For him"]);
        assert_eq!(bodies(&db, sam, his, MessageKind::Note).await.len(), 1);
        let actor = sam.clone();
        assert_eq!(db.write(move |tx| scheduled::send_now(tx, &actor, one.id)).await, Err(ScheduleError::OtherContact));

        // It is forgotten with her, and his is not.
        let (ada, contact) = (world.ada.clone(), world.contact);
        db.write(move |tx| erasing::erase(tx, &ada, contact)).await.unwrap();
        let actor = sam.clone();
        assert_eq!(db.read(move |tx| scheduled::find(tx, &actor, one.id)).await, Err(ScheduleError::Unknown));
        assert_eq!(now(&db, sam, own.id).await.state, State::Sent);
    }

    async fn what_is_held_stays_when_a_ticket_is_split(db: TestDb) {
        let (_folder, blobs) = equip(&db);
        let world = World::new(&db).await;
        let (sam, id) = (&world.sam, ticket(&db, &world).await.id);
        let (_, second) = write(&db, sam, id, says(MessageKind::Inbound, "And another thing")).await.unwrap();
        db.clock.advance(Duration::from_secs(60));
        let file = add(&db, &blobs, sam, id).await;
        let new = NewScheduled { files: vec![file], ..later(&db, "Has it helped?") };
        let one = schedule(&db, sam, (id, None), new).await.unwrap();
        let actor = sam.clone();
        db.write(move |tx| connections::split(tx, &actor, second.id, "").map(drop)).await.unwrap();
        assert_eq!((now(&db, sam, one.id).await.ticket, lies(&db, sam, file).await), (id, id));
    }

    async fn what_is_put_back_finds_room_as_what_is_new(db: TestDb) {
        let world = World::new(&db).await;
        let (sam, id) = (&world.sam, ticket(&db, &world).await.id);
        let one = schedule(&db, sam, (id, None), later(&db, "Has it helped?")).await.unwrap();
        cancel(&db, sam, one.id).await;
        let mut last = one.id;
        for _ in 0..20 {
            last = schedule(&db, sam, (id, None), later(&db, "Again")).await.unwrap().id;
        }
        assert_eq!(resume(&db, sam, one.id).await, Err(ScheduleError::TooMany));
        cancel(&db, sam, last).await;
        assert_eq!(resume(&db, sam, one.id).await.unwrap().state, State::Waiting);

        // The list goes on where a part of it ends.
        let actor = sam.clone();
        let (first, rest) = db.read(move |tx| {
            let first = scheduled::all(tx, &actor, None, 15)?;
            let rest = scheduled::all(tx, &actor, first.last().map(Scheduled::place), 15)?;
            Ok::<_, ScheduleError>((first, rest))
        }).await.unwrap();
        assert_eq!((first.len(), rest.len()), (15, 5));
        assert!(rest.iter().all(|one| !first.contains(one)));
    }

    async fn a_reply_outlives_no_token(db: TestDb) {
        let world = World::new(&db).await;
        let (sam, id) = (&world.sam, ticket(&db, &world).await.id);
        let text = TokenText {
            name: "Robot".to_owned(),
            agent: None,
            scopes: [Permission::TicketsRead, Permission::TicketsWrite].into_iter().collect::<PermissionSet>(),
            days: None,
        };
        let mut made = Vec::new();
        for _ in 0..2 {
            let (actor, text) = (sam.clone(), text.clone());
            let (token, _) = db.write(move |tx| tokens::make(tx, &actor, &text)).await.unwrap();
            let by = sam.clone().from(Origin::default().by(token.id));
            let one = schedule(&db, &by, (id, None), later(&db, &format!("By {}", made.len()))).await.unwrap();
            made.push((token.id, one.id));
        }
        let (actor, gone) = (sam.clone(), made[0].0);
        db.write(move |tx| tokens::revoke(tx, &actor, gone).map(drop)).await.unwrap();
        db.clock.advance(HOUR);
        a_minute(&db).await;
        assert_eq!(now(&db, sam, made[0].1).await.state, State::Failed);
        assert_eq!(bodies(&db, sam, id, MessageKind::Reply).await, ["By 1"]);
    }
}
