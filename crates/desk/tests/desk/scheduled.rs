//! Scheduled replies: sent when they are due, called off when the customer writes first, moved, taken up, and never lost.

use std::sync::Arc;
use std::time::Duration;

use desk::tickets::drafts;
use desk::tickets::followers;
use desk::tickets::scheduled::{self, NewScheduled, ScheduleError, Scheduled, ScheduledId, State};
use desk::tickets::sending::FormId;
use desk::tickets::taking_in::{self, NewInbound};
use desk::tickets::{self, MessageKind, Status, Ticket, TicketId};
use kit::clock::Timestamp;
use kit::db::{Db, DbError};
use kit::jobs::{self, Jobs, Options};
use tandem_core::actor::Actor;
use tandem_core::agents;
use tandem_core::events::Wiring;
use testkit::on_both;

use crate::tickets::{asked, open};
use crate::world::{LISTS, World};

const HOUR: Duration = Duration::from_secs(3_600);

fn later(db: &Db, body: &str) -> NewScheduled {
    NewScheduled {
        body: body.to_owned(),
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
        contact: None,
        is_automatic,
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
}
