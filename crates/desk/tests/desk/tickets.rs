//! Tickets: opened, answered, changed and taken back, counted, snoozed, guarded against answers that nobody meant.

use std::time::Duration;

use desk::tickets::connections::{self, Joint};
use desk::tickets::listing::{self, View};
use desk::tickets::sifting::{self, TicketsQuery};
use desk::tickets::{
    self, Change, Field, Message, MessageKind, NewMessage, NewTicket, Priority, Status, Ticket, TicketError,
    TicketId, measures,
};
use kit::day::Day;
use kit::db::{Db, DbError};
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::agents;
use tandem_core::permissions::Permission;
use testkit::on_both;

use crate::world::{LISTS, World};

pub(crate) fn asked(world: &World) -> NewTicket {
    NewTicket {
        subject: "Exports stop".to_owned(),
        body: "Every export ends after 10,000 rows.".to_owned(),
        contact: Some(world.contact),
        ..NewTicket::default()
    }
}

pub(crate) async fn open(db: &Db, actor: &Actor, new: NewTicket) -> Result<Ticket, TicketError> {
    let actor = actor.clone();
    db.write(move |tx| tickets::open(tx, &actor, &new)).await
}

pub(crate) fn says(kind: MessageKind, body: &str) -> NewMessage {
    NewMessage {
        kind,
        body: body.to_owned(),
        html: None,
        seen: None,
        then: None,
        files: Vec::new(),
    }
}

pub(crate) async fn write(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    new: NewMessage,
) -> Result<(Ticket, Message), TicketError> {
    let actor = actor.clone();
    db.write(move |tx| tickets::write(tx, &actor, id, &new)).await
}

pub(crate) async fn change(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    field: Field,
    value: &str,
) -> Result<(Ticket, Vec<Change>), TicketError> {
    let (actor, values) = (actor.clone(), [(field, value.to_owned())]);
    db.write(move |tx| tickets::change(tx, &actor, id, &values)).await
}

async fn undo(db: &Db, actor: &Actor, change: &Change) -> Result<Ticket, TicketError> {
    let (actor, id) = (actor.clone(), change.id);
    db.write(move |tx| tickets::undo(tx, &actor, id).map(|(ticket, _)| ticket))
        .await
}

/// The numbers of a view's tickets, and what its tally says.
pub(crate) async fn lies_in(db: &Db, actor: &Actor, view: View) -> (Vec<i64>, Option<i64>) {
    let actor = actor.clone();
    db.read(move |tx| {
        let found = listing::view(tx, &actor, view, None, 50).unwrap();
        let numbers = found.iter().map(|ticket| ticket.number).collect();
        Ok::<_, DbError>((numbers, listing::count(tx, &actor, view)?))
    })
    .await
    .unwrap()
}

on_both! { LISTS;
    async fn a_ticket_gets_the_next_number_and_the_only_account_of_who_asks(db: TestDb) {
        let world = World::new(&db).await;
        let first = open(&db, &world.sam, asked(&world)).await.unwrap();
        let second = open(&db, &world.sam, asked(&world)).await.unwrap();
        assert_eq!((first.number, second.number), (1, 2));
        assert_eq!(first.account, Some(world.account));
        assert_eq!((first.status, first.last_public.is_some()), (Status::Open, true));
        // Each workspace counts for itself.
        let theirs = NewTicket { contact: None, ..asked(&world) };
        assert_eq!(open(&db, &world.eve, theirs).await.unwrap().number, 1);
    }

    async fn the_first_answer_the_solving_and_the_coming_back_are_kept(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        db.clock().advance(Duration::from_secs(600));
        let note = write(&db, &world.sam, ticket.id, says(MessageKind::Note, "Looks like ours")).await.unwrap().0;
        assert_eq!((note.replied_at, note.status), (None, Status::Open));
        let sent = NewMessage { then: Some(Status::Solved.into()), ..says(MessageKind::Reply, "Mended") };
        let solved = write(&db, &world.sam, ticket.id, sent).await.unwrap().0;
        let answered = solved.replied_at.unwrap();
        assert_eq!(answered.0 - ticket.opened_at.0, 600_000_000);
        assert_eq!((solved.status, solved.first_solved_at, solved.replies), (Status::Solved, Some(answered), 1));
        db.clock().advance(Duration::from_secs(60));
        let back = write(&db, &world.sam, ticket.id, says(MessageKind::Inbound, "Still broken")).await.unwrap().0;
        assert_eq!((back.status, back.reopenings, back.solved_at), (Status::Open, 1, None));
        assert_eq!((back.replied_at, back.first_solved_at), (Some(answered), Some(answered)));
    }

    async fn where_we_wrote_first_the_second_message_is_the_answer(db: TestDb) {
        let world = World::new(&db).await;
        let ours = NewTicket { is_ours: true, ..asked(&world) };
        let ticket = open(&db, &world.sam, ours).await.unwrap();
        assert_eq!((ticket.replied_at, ticket.replies), (None, 1));
        let after = write(&db, &world.sam, ticket.id, says(MessageKind::Reply, "And?")).await.unwrap().0;
        assert!(after.replied_at.is_some());
    }

    async fn an_answer_stops_where_a_message_came_that_its_writer_had_not_seen(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let by_sam = NewMessage { seen: Some(ticket.last_public), ..says(MessageKind::Reply, "Try again") };
        let newer = write(&db, &world.ada, ticket.id, says(MessageKind::Reply, "Mended")).await.unwrap().1;
        let refused = write(&db, &world.sam, ticket.id, by_sam.clone()).await;
        assert_eq!(refused.unwrap_err(), TicketError::Overtaken(Box::new(newer.clone())));
        // A note is not an answer, and whoever has read it may go on.
        let note = NewMessage { kind: MessageKind::Note, ..by_sam.clone() };
        assert!(write(&db, &world.sam, ticket.id, note).await.is_ok());
        let again = NewMessage { seen: Some(Some(newer.id)), ..by_sam };
        assert!(write(&db, &world.sam, ticket.id, again).await.is_ok());
        let reader = world.sam.clone();
        let all = db.read(move |tx| tickets::messages(tx, &reader, ticket.id, None, 50)).await.unwrap();
        let words: Vec<&str> = all.iter().map(|message| message.body.as_str()).collect();
        assert_eq!(words[1..], ["Mended", "Try again", "Try again"]);
    }

    async fn what_was_changed_is_kept_and_taken_back_once(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let (urgent, changes) = change(&db, &world.sam, ticket.id, Field::Priority, "urgent").await.unwrap();
        assert_eq!((urgent.value(Field::Priority).as_str(), changes.len()), ("urgent", 1));
        assert_eq!(change(&db, &world.sam, ticket.id, Field::Priority, "urgent").await.unwrap().1, []);
        let back = undo(&db, &world.ada, &changes[0]).await.unwrap();
        assert_eq!(back.value(Field::Priority), "normal");
        assert_eq!(undo(&db, &world.ada, &changes[0]).await, Err(TicketError::ChangedMeanwhile));
        let reader = world.sam.clone();
        let kept = db.read(move |tx| tickets::changes(tx, &reader, ticket.id, 50)).await.unwrap();
        let kept: Vec<(&str, &str)> = kept.iter().map(|one| (one.before.as_str(), one.after.as_str())).collect();
        assert_eq!(kept, [("normal", "urgent"), ("urgent", "normal")]);
    }

    async fn a_solving_that_is_taken_back_never_was(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let (_, changes) = change(&db, &world.sam, ticket.id, Field::Status, "solved").await.unwrap();
        let back = undo(&db, &world.sam, &changes[0]).await.unwrap();
        assert_eq!((back.status, back.reopenings), (Status::Open, 0));
        assert_eq!((back.first_solved_at, back.solved_at), (None, None));
    }

    async fn taking_back_leaves_the_history_as_it_was_whatever_came_before(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let (first, _) = change(&db, &world.sam, ticket.id, Field::Status, "solved").await.unwrap();
        db.clock().advance(Duration::from_secs(60));
        change(&db, &world.sam, ticket.id, Field::Status, "open").await.unwrap();
        db.clock().advance(Duration::from_secs(60));
        let (second, _) = change(&db, &world.sam, ticket.id, Field::Status, "solved").await.unwrap();
        db.clock().advance(Duration::from_secs(60));
        // Back and forth: solved twice, came back once, whatever was taken back.
        let (_, reopening) = change(&db, &world.sam, ticket.id, Field::Status, "open").await.unwrap();
        db.clock().advance(Duration::from_secs(60));
        let again = undo(&db, &world.sam, &reopening[0]).await.unwrap();
        assert_eq!((again.reopenings, again.solved_at), (1, second.solved_at));
        assert_eq!(again.first_solved_at, first.solved_at);
        let actor = world.sam.clone();
        let history = db.read(move |tx| tickets::changes(tx, &actor, ticket.id, 100)).await.unwrap();
        let newest = history.last().unwrap();
        assert_eq!(newest.undoes, Some(reopening[0].id));
        // Taking that back again is a coming back after all.
        let back = undo(&db, &world.sam, newest).await.unwrap();
        assert_eq!((back.status, back.reopenings, back.solved_at), (Status::Open, 2, None));
    }

    async fn everything_that_one_act_changed_is_taken_back_together(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let until = db.clock().now().plus(Duration::from_secs(86_400)).0.to_string();
        change(&db, &world.sam, ticket.id, Field::Snooze, &until).await.unwrap();
        db.clock().advance(Duration::from_secs(60));
        let (solved, changes) = change(&db, &world.sam, ticket.id, Field::Status, "solved").await.unwrap();
        assert_eq!((changes.len(), solved.snoozed_until), (2, None));
        let back = undo(&db, &world.sam, &changes[1]).await.unwrap();
        assert_eq!((back.status, back.value(Field::Snooze)), (Status::Open, until));
        assert_eq!((back.reopenings, back.first_solved_at), (0, None));
    }

    async fn every_view_counts_what_lies_in_it(db: TestDb) {
        let world = World::new(&db).await;
        let me = world.sam.agent().unwrap().to_string();
        for _ in 0..3 {
            open(&db, &world.sam, asked(&world)).await.unwrap();
        }
        let all = lies_in(&db, &world.sam, View::Unassigned).await;
        assert_eq!(all, (vec![3, 2, 1], Some(3)));
        let id = |number: i64| {
            let actor = world.sam.clone();
            db.read(move |tx| tickets::numbered(tx, &actor, number).map(|found| found.unwrap().id))
        };
        change(&db, &world.sam, id(1).await.unwrap(), Field::Agent, &me).await.unwrap();
        change(&db, &world.sam, id(2).await.unwrap(), Field::Status, "waiting").await.unwrap();
        assert_eq!(lies_in(&db, &world.sam, View::Mine).await, (vec![1], Some(1)));
        assert_eq!(lies_in(&db, &world.ada, View::Mine).await, (vec![], Some(0)));
        assert_eq!(lies_in(&db, &world.sam, View::Unassigned).await, (vec![3], Some(1)));
        assert_eq!(lies_in(&db, &world.sam, View::Open).await, (vec![3, 1], Some(2)));
        assert_eq!(lies_in(&db, &world.sam, View::Waiting).await, (vec![2], Some(1)));
        assert_eq!(lies_in(&db, &world.sam, View::All).await, (vec![3, 2, 1], Some(3)));
    }

    async fn a_snoozed_ticket_sleeps_until_its_time_or_a_message(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let soon = (db.clock().now().0 + 3_600_000_000).to_string();
        change(&db, &world.sam, ticket.id, Field::Snooze, &soon).await.unwrap();
        assert_eq!(lies_in(&db, &world.sam, View::Snoozed).await, (vec![1], Some(1)));
        assert_eq!(lies_in(&db, &world.sam, View::Open).await, (vec![], Some(0)));
        let past = (db.clock().now().0 - 1).to_string();
        let refused = change(&db, &world.sam, ticket.id, Field::Snooze, &past).await;
        assert_eq!(refused.unwrap_err(), TicketError::BadSnooze);
        let heard = write(&db, &world.sam, ticket.id, says(MessageKind::Inbound, "Hello?")).await.unwrap().0;
        assert_eq!(heard.snoozed_until, None);
        change(&db, &world.sam, ticket.id, Field::Snooze, &soon).await.unwrap();
        let mut jobs = kit::jobs::Jobs::new();
        jobs.reaction(kit::jobs::Options::new(), tickets::jobs::wake_all);
        jobs.reaction(kit::jobs::Options::new(), tickets::jobs::wake);
        for (waited, counted) in [(1_800, Some(0)), (1_801, Some(1))] {
            db.clock().advance(Duration::from_secs(waited));
            let workspace = world.workspace;
            db.write(move |tx| kit::jobs::queue(tx, workspace, &tickets::jobs::WakeAll {})).await.unwrap();
            while kit::jobs::run_due(&db, &jobs).await.unwrap() > 0 {}
            assert_eq!(lies_in(&db, &world.sam, View::Open).await.1, counted);
        }
    }

    async fn nobody_sees_or_touches_what_is_not_theirs(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let (_, changes) = change(&db, &world.sam, ticket.id, Field::Kind, "problem").await.unwrap();
        assert_eq!(lies_in(&db, &world.eve, View::All).await.0, Vec::<i64>::new());
        let eve = world.eve.clone();
        assert_eq!(db.read(move |tx| tickets::find(tx, &eve, ticket.id)).await.unwrap(), None);
        let refused = write(&db, &world.eve, ticket.id, says(MessageKind::Note, "Hm")).await;
        assert_eq!(refused.unwrap_err(), TicketError::Unknown);
        assert_eq!(undo(&db, &world.eve, &changes[0]).await, Err(TicketError::Unknown));
        // What a field names has to be of this workspace too.
        let eve = world.eve.agent().unwrap().to_string();
        let refused = change(&db, &world.sam, ticket.id, Field::Agent, &eve).await;
        assert_eq!(refused.unwrap_err(), TicketError::NoAgent);
        let foreign = open(&db, &world.eve, asked(&world)).await;
        assert_eq!(foreign.unwrap_err(), TicketError::NoContact);
        // Pat reads only.
        let refused = write(&db, &world.pat, ticket.id, says(MessageKind::Note, "Hm")).await;
        assert_eq!(refused.unwrap_err(), TicketError::Forbidden(Forbidden(Permission::TicketsWrite)));
        assert_eq!(world.workspace, world.sam.workspace);
    }

    async fn a_merged_ticket_is_not_open_in_the_numbers_of_its_account(db: TestDb) {
        let world = World::new(&db).await;
        let urgent = || NewTicket { priority: Priority::Urgent, account: Some(world.account), ..asked(&world) };
        let numbers = async || {
            let (workspace, account) = (world.workspace, world.account);
            let read = db.read(move |tx| {
                let today = Day::of(tx.now(), &jiff::tz::TimeZone::UTC);
                (measures::PRODUCER.read)(tx, workspace, account, today)
            });
            let all = read.await.unwrap();
            all.into_iter().map(|one| (one.metric.name, one.value)).take(2).collect::<Vec<_>>()
        };
        assert_eq!(numbers().await, [("tickets.open", None), ("tickets.urgent", None)], "who never wrote may be anything");
        let (first, second) = (open(&db, &world.sam, urgent()).await.unwrap(), open(&db, &world.sam, urgent()).await.unwrap());
        assert_eq!(numbers().await, [("tickets.open", Some(2.0)), ("tickets.urgent", Some(2.0))]);
        let (sam, pair) = (world.sam.clone(), (second.id, first.id));
        db.write(move |tx| connections::connect(tx, &sam, pair, Joint::Merged)).await.unwrap();
        assert_eq!(numbers().await, [("tickets.open", Some(1.0)), ("tickets.urgent", Some(1.0))]);
    }

    async fn nobody_who_is_gone_is_put_back(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let [sam, ada] = [&world.sam, &world.ada].map(|actor| actor.agent().unwrap().to_string());
        change(&db, &world.ada, ticket.id, Field::Agent, &sam).await.unwrap();
        db.clock().advance(Duration::from_secs(60));
        let (_, changes) = change(&db, &world.ada, ticket.id, Field::Agent, &ada).await.unwrap();
        let (actor, gone) = (world.ada.clone(), world.sam.agent().unwrap());
        db.write(move |tx| agents::deactivate(tx, &actor, gone)).await.unwrap();
        assert_eq!(undo(&db, &world.ada, &changes[0]).await.unwrap_err(), TicketError::NoAgent);
    }

    async fn programs_sift_tickets_by_what_stands_in_them_part_by_part(db: TestDb) {
        let world = World::new(&db).await;
        let urgent = || NewTicket { priority: Priority::Urgent, ..asked(&world) };
        let mut wanted = Vec::new();
        for _ in 0..3 {
            wanted.push(open(&db, &world.sam, urgent()).await.unwrap().id);
            open(&db, &world.sam, asked(&world)).await.unwrap();
        }
        open(&db, &world.eve, NewTicket { contact: None, ..urgent() }).await.unwrap();
        wanted.reverse();
        let sieve = |asked: serde_json::Value| serde_json::from_value::<TicketsQuery>(asked).unwrap().sieve().unwrap();
        let (sam, by) = (world.sam.clone(), sieve(serde_json::json!({ "priority": "urgent", "status": "open" })));
        let found = db
            .read(move |tx| {
                let mut found = sifting::part(tx, &sam, &by, None, 2)?;
                let from = found.last().map(listing::Cursor::of);
                found.extend(sifting::part(tx, &sam, &by, from, 2)?);
                Ok::<_, TicketError>(found)
            })
            .await
            .unwrap();
        assert_eq!(found.iter().map(|ticket| ticket.id).collect::<Vec<_>>(), wanted);
        let none = [
            serde_json::json!({ "agent": world.sam.agent().unwrap() }),
            serde_json::json!({ "status": "solved" }),
            serde_json::json!({ "opened_since": i64::MAX }),
            serde_json::json!({ "updated_since": i64::MAX }),
            serde_json::json!({ "kind": "billing" }),
            serde_json::json!({ "channel": "chat" }),
        ];
        for one in none {
            let (sam, by) = (world.sam.clone(), sieve(one.clone()));
            let found = db.read(move |tx| sifting::part(tx, &sam, &by, None, 9)).await.unwrap();
            assert!(found.is_empty(), "{one}");
        }
    }
}
