//! What is unread for whom: what came from outside, what somebody was told of, and what they marked themselves.

use std::time::Duration;

use desk::tickets::listing::{self, View};
use desk::tickets::{Field, MessageKind, NewTicket, TicketError, TicketId, unread};
use kit::db::{Db, DbError};
use tandem_core::actor::Actor;
use testkit::on_both;

use crate::tickets::{asked, change, lies_in, open, says, write};
use crate::world::{LISTS, World};

async fn is_unread(db: &Db, actor: &Actor, id: TicketId) -> bool {
    let actor = actor.clone();
    let found = db.read(move |tx| unread::among(tx, &actor, &[id])).await;
    found.unwrap().contains(&id)
}

async fn see(db: &Db, actor: &Actor, id: TicketId) {
    let actor = actor.clone();
    db.write(move |tx| unread::see(tx, &actor, id)).await.unwrap();
}

async fn mark(db: &Db, actor: &Actor, id: TicketId) -> Result<(), TicketError> {
    let actor = actor.clone();
    db.write(move |tx| unread::mark(tx, &actor, id).map(drop)).await
}

on_both! { LISTS;
    async fn what_a_customer_writes_is_unread_for_each_until_they_have_looked(db: TestDb) {
        let world = World::new(&db).await;
        let id = open(&db, &world.sam, asked(&world)).await.unwrap().id;
        assert!(is_unread(&db, &world.ada, id).await);
        assert!(!is_unread(&db, &world.sam, id).await, "who wrote it down has read it");
        assert!(!is_unread(&db, &world.eve, id).await);
        db.clock().advance(Duration::from_secs(60));
        see(&db, &world.ada, id).await;
        assert!(!is_unread(&db, &world.ada, id).await);
        assert!(is_unread(&db, &world.pat, id).await, "another has not looked");
        db.clock().advance(Duration::from_secs(60));
        write(&db, &world.sam, id, says(MessageKind::Reply, "We look at it.")).await.unwrap();
        write(&db, &world.sam, id, says(MessageKind::Note, "Again the logs.")).await.unwrap();
        assert!(!is_unread(&db, &world.ada, id).await, "colleagues are not from outside");
        write(&db, &world.sam, id, says(MessageKind::Inbound, "Hello?")).await.unwrap();
        assert!(is_unread(&db, &world.ada, id).await);
    }

    async fn who_is_named_or_given_a_ticket_has_it_unread(db: TestDb) {
        let world = World::new(&db).await;
        let ours = NewTicket { is_ours: true, ..asked(&world) };
        let id = open(&db, &world.sam, ours).await.unwrap().id;
        assert!(!is_unread(&db, &world.ada, id).await && !is_unread(&db, &world.pat, id).await);
        db.clock().advance(Duration::from_secs(60));
        let to = |actor: &Actor| actor.agent().unwrap().to_string();
        change(&db, &world.sam, id, Field::Agent, &to(&world.ada)).await.unwrap();
        assert!(is_unread(&db, &world.ada, id).await && !is_unread(&db, &world.pat, id).await);
        write(&db, &world.ada, id, says(MessageKind::Note, "@Pat, do you know more?")).await.unwrap();
        assert!(is_unread(&db, &world.pat, id).await);
        assert!(!is_unread(&db, &world.ada, id).await, "who writes has read");
        change(&db, &world.sam, id, Field::Agent, &to(&world.sam)).await.unwrap();
        assert!(!is_unread(&db, &world.sam, id).await, "nobody is told what they do themselves");
    }

    async fn whoever_marks_a_ticket_has_it_unread_until_they_open_it(db: TestDb) {
        let world = World::new(&db).await;
        let id = open(&db, &world.sam, asked(&world)).await.unwrap().id;
        see(&db, &world.ada, id).await;
        see(&db, &world.pat, id).await;
        // In the same moment, even.
        mark(&db, &world.ada, id).await.unwrap();
        assert!(is_unread(&db, &world.ada, id).await && !is_unread(&db, &world.pat, id).await);
        see(&db, &world.ada, id).await;
        assert!(!is_unread(&db, &world.ada, id).await);
        assert_eq!(mark(&db, &world.eve, id).await, Err(TicketError::Unknown));
        let system = Actor::system(world.workspace, "tests");
        assert!(mark(&db, &system, id).await.is_err());
    }

    async fn every_view_has_its_number_and_none_is_counted_twice(db: TestDb) {
        let world = World::new(&db).await;
        let mut ids = Vec::new();
        for _ in 0..3 {
            ids.push(open(&db, &world.sam, asked(&world)).await.unwrap().id);
        }
        change(&db, &world.sam, ids[0], Field::Status, "solved").await.unwrap();
        change(&db, &world.sam, ids[1], Field::Status, "waiting").await.unwrap();
        assert_eq!(lies_in(&db, &world.sam, View::Solved).await.1, Some(1));
        assert_eq!(lies_in(&db, &world.sam, View::All).await.1, Some(3));
        let sam = world.sam.clone();
        let counts = db.read(move |tx| View::ALL.into_iter().map(|view| listing::count(tx, &sam, view)).collect::<Result<Vec<_>, DbError>>());
        assert!(counts.await.unwrap().iter().all(Option::is_some));
    }
}
