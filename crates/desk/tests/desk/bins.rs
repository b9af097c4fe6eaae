//! Spam and the trash: what lies there counts nowhere, comes back as it was, and is removed after its time.

use std::time::Duration;

use desk::tickets::bins::{self, Bin};
use desk::tickets::listing::View;
use desk::tickets::scheduled::{self, NewScheduled};
use desk::tickets::taking_in::{self, NewInbound};
use desk::tickets::{self, Field, MessageKind, Status, Ticket, TicketError, TicketId, measures};
use kit::day::Day;
use kit::db::{Db, DbError};
use kit::jobs::{Jobs, Options};
use tandem_core::actor::Actor;
use tandem_core::audit;
use testkit::on_both;

use crate::tickets::{asked, change, lies_in, open, says, write};
use crate::world::{LISTS, World};

async fn bin(db: &Db, actor: &Actor, id: TicketId, bin: Bin) -> Result<Ticket, TicketError> {
    let actor = actor.clone();
    db.write(move |tx| {
        let done = match bin {
            Bin::Spam => bins::mark(tx, &actor, id, false),
            Bin::Trash => bins::throw_away(tx, &actor, id),
        };
        done.map(|(ticket, _)| ticket)
    })
    .await
}

async fn restore(db: &Db, actor: &Actor, id: TicketId, from: Bin) -> Result<Ticket, TicketError> {
    let actor = actor.clone();
    db.write(move |tx| bins::restore(tx, &actor, id, from).map(|(ticket, _)| ticket))
        .await
}

async fn heard(db: &Db, actor: &Actor, id: TicketId) -> Ticket {
    let actor = actor.clone();
    let new = NewInbound {
        body: "And one more".to_owned(),
        html: None,
        contact: None,
        is_automatic: false,
        is_stranger: false,
    };
    db.write(move |tx| taking_in::take_in(tx, &actor, id, &new).map(|(ticket, _)| ticket))
        .await
        .unwrap()
}

on_both! { LISTS;
    async fn spam_leaves_every_view_and_number_and_comes_back_as_it_was(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let open_ones = async || {
            let (workspace, account) = (world.workspace, world.account);
            let read = db.read(move |tx| {
                let today = Day::of(tx.now(), &jiff::tz::TimeZone::UTC);
                (measures::PRODUCER.read)(tx, workspace, account, today)
            });
            read.await.unwrap()[0].value
        };
        change(&db, &world.sam, ticket.id, Field::Status, "solved").await.unwrap();
        let before = change(&db, &world.sam, ticket.id, Field::Priority, "high").await.unwrap().0;
        let spam = bin(&db, &world.sam, ticket.id, Bin::Spam).await.unwrap();
        assert_eq!((spam.status, spam.reopenings), (Status::Spam, 0));
        for view in [View::All, View::Solved, View::Unassigned] {
            assert_eq!(lies_in(&db, &world.sam, view).await, (vec![], Some(0)), "{view}");
        }
        assert_eq!(lies_in(&db, &world.sam, View::Spam).await, (vec![1], Some(1)));
        assert_eq!(open_ones().await, None, "spam says nothing of an account");
        let refused = write(&db, &world.sam, ticket.id, says(MessageKind::Note, "Hm")).await;
        assert_eq!(refused.unwrap_err(), TicketError::Apart(1));
        db.clock().advance(Duration::from_secs(600));
        assert_eq!(heard(&db, &world.sam, ticket.id).await.status, Status::Spam, "more spam opens nothing");
        let back = restore(&db, &world.sam, ticket.id, Bin::Spam).await.unwrap();
        assert_eq!((back.status, back.solved_at, back.reopenings), (Status::Solved, before.solved_at, 0));
        assert_eq!(lies_in(&db, &world.sam, View::Solved).await, (vec![1], Some(1)));
        assert_eq!(lies_in(&db, &world.sam, View::Spam).await, (vec![], Some(0)));
    }

    async fn scheduled_replies_of_what_lies_apart_are_in_no_list(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let (sam, id) = (world.sam.clone(), ticket.id);
        let later = NewScheduled {
            body: "Tomorrow".to_owned(),
            html: None,
            then: None,
            due_at: db.clock().now().plus(Duration::from_secs(86_400)),
            unless_reply: false,
            files: Vec::new(),
        };
        db.write(move |tx| scheduled::schedule(tx, &sam, (id, None), &later).map(drop)).await.unwrap();
        let listed = async || {
            let sam = world.sam.clone();
            db.read(move |tx| scheduled::all(tx, &sam, None, 9)).await.unwrap().len()
        };
        assert_eq!(listed().await, 1);
        bin(&db, &world.sam, ticket.id, Bin::Spam).await.unwrap();
        assert_eq!(listed().await, 0);
        restore(&db, &world.sam, ticket.id, Bin::Spam).await.unwrap();
        assert_eq!(listed().await, 1);
    }

    async fn marking_is_undone_like_every_change_and_a_change_can_mark(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let (spam, changes) = change(&db, &world.sam, ticket.id, Field::Status, "spam").await.unwrap();
        assert_eq!((spam.status, changes.len()), (Status::Spam, 1));
        let undo = |id| {
            let sam = world.sam.clone();
            db.write(move |tx| tickets::undo(tx, &sam, id))
        };
        let (back, undone) = undo(changes[0].id).await.unwrap();
        assert_eq!(back.status, Status::Open);
        assert_eq!(undo(undone[0].id).await.unwrap().0.status, Status::Spam);
        assert_eq!(undo(changes[0].id).await.unwrap().0.status, Status::Open);
        assert_eq!(undo(changes[0].id).await.unwrap_err(), TicketError::ChangedMeanwhile);
    }

    async fn the_trash_needs_a_permission_and_whoever_writes_takes_a_ticket_out(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        change(&db, &world.sam, ticket.id, Field::Status, "solved").await.unwrap();
        let refused = bin(&db, &world.sam, ticket.id, Bin::Trash).await;
        assert!(matches!(refused, Err(TicketError::Forbidden(_))), "{refused:?}");
        bin(&db, &world.sam, ticket.id, Bin::Spam).await.unwrap();
        bin(&db, &world.ada, ticket.id, Bin::Trash).await.unwrap();
        assert_eq!(bin(&db, &world.ada, ticket.id, Bin::Spam).await.unwrap_err(), TicketError::Apart(1));
        assert_eq!(lies_in(&db, &world.sam, View::Trash).await, (vec![1], Some(1)));
        let refused = restore(&db, &world.sam, ticket.id, Bin::Trash).await;
        assert!(matches!(refused, Err(TicketError::Forbidden(_))), "{refused:?}");
        let back = restore(&db, &world.ada, ticket.id, Bin::Trash).await.unwrap();
        assert_eq!(back.status, Status::Spam, "it was spam before");
        bin(&db, &world.ada, ticket.id, Bin::Trash).await.unwrap();
        let heard = heard(&db, &world.sam, ticket.id).await;
        assert_eq!((heard.status, heard.solved_at, heard.reopenings), (Status::Open, None, 1));
        assert_eq!(lies_in(&db, &world.sam, View::Unassigned).await, (vec![1], Some(1)));
    }

    async fn what_lay_in_the_trash_for_thirty_days_is_gone_with_everything(db: TestDb) {
        let world = World::new(&db).await;
        let (gone, kept) = (
            open(&db, &world.sam, asked(&world)).await.unwrap(),
            open(&db, &world.sam, asked(&world)).await.unwrap(),
        );
        write(&db, &world.sam, gone.id, says(MessageKind::Note, "It repeats")).await.unwrap();
        bin(&db, &world.ada, gone.id, Bin::Trash).await.unwrap();
        db.clock().advance(bins::PATIENCE - Duration::from_secs(60));
        bin(&db, &world.ada, kept.id, Bin::Trash).await.unwrap();
        let empty = async || {
            let mut jobs = Jobs::new();
            jobs.reaction(Options::new(), bins::jobs::empty_all);
            jobs.reaction(Options::new(), bins::jobs::empty);
            let workspace = world.workspace;
            db.write(move |tx| kit::jobs::queue(tx, workspace, &bins::jobs::EmptyAll {}).map(drop)).await.unwrap();
            while kit::jobs::run_due(&db, &jobs).await.unwrap() > 0 {}
        };
        empty().await;
        assert_eq!(lies_in(&db, &world.sam, View::Trash).await.1, Some(2), "not before its time");
        db.clock().advance(Duration::from_secs(120));
        empty().await;
        assert_eq!(lies_in(&db, &world.sam, View::Trash).await, (vec![2], Some(1)));
        let (sam, id) = (world.sam.clone(), gone.id);
        let found = db.read(move |tx| tickets::find(tx, &sam, id)).await.unwrap();
        assert_eq!(found, None);
        let (ada, id) = (world.ada.clone(), gone.id.to_string());
        let told = db.read(move |tx| {
            let all = audit::list(tx, &ada, &audit::Filter::default(), None, 50);
            Ok::<_, DbError>(all.map(|all| all.iter().any(|one| one.subject == id)))
        });
        assert!(told.await.unwrap().unwrap(), "the audit trail says it");
    }
}
