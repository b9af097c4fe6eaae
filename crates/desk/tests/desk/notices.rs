//! Notices within the product: in the bell of whom they concern, unread until they have the ticket before them.

use std::sync::Arc;

use desk::notices::listing::{self, Asked};
use desk::notices::{self, Choices, Kinds, Reason};
use desk::outbox;
use desk::surveys::{self, Alert, Settings};
use desk::tickets::taking_in::{self, NewInbound};
use desk::tickets::{self, Field, MessageKind, TicketId, bins, unread};
use kit::db::{Db, DbError};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::events::{self, NewEvent, Wiring};
use testkit::on_both;

use crate::tickets::{asked, change, open, says, write};
use crate::world::{LISTS, World};

fn listen(db: &Db) {
    let wiring = Wiring::default()
        .on(&tickets::OPENED, &[notices::TELL])
        .on(&tickets::HEARD, &[notices::TELL])
        .on(&tickets::CHANGED, &[notices::TELL])
        .on(&outbox::FAILED, &[notices::TELL])
        .on(&surveys::LOW, &[notices::TELL]);
    db.attach(Arc::new(wiring));
}

/// Why somebody was told, the newest first, and how much of it they have not read.
async fn told(db: &Db, actor: &Actor) -> (Vec<Reason>, i64) {
    let actor = actor.clone();
    db.read(move |tx| {
        let found = listing::part(tx, &actor, Asked::default(), 50).unwrap();
        let reasons = found.iter().map(|(notice, _)| notice.reason).collect();
        Ok::<_, DbError>((reasons, notices::unread(tx, &actor, 100).unwrap()))
    })
    .await
    .unwrap()
}

async fn give(db: &Db, world: &World, id: TicketId) {
    let sam = world.sam.agent().unwrap().to_string();
    change(db, &world.ada, id, Field::Agent, &sam).await.unwrap();
}

on_both! { LISTS;
    async fn the_bell_tells_whom_it_concerns_until_they_open_the_ticket(db: TestDb) {
        let world = World::new(&db).await;
        listen(&db);
        let ticket = open(&db, &world.ada, asked(&world)).await.unwrap();
        give(&db, &world, ticket.id).await;
        write(&db, &world.ada, ticket.id, says(MessageKind::Inbound, "Any news?")).await.unwrap();
        assert_eq!(told(&db, &world.sam).await, (vec![Reason::Heard, Reason::Assigned], 2));
        assert_eq!(told(&db, &world.ada).await, (vec![], 0), "one's own acts are no news");
        let (sam, id) = (world.sam.clone(), ticket.id);
        db.write(move |tx| unread::see(tx, &sam, id)).await.unwrap();
        assert_eq!(told(&db, &world.sam).await, (vec![Reason::Heard, Reason::Assigned], 0));
        write(&db, &world.ada, ticket.id, says(MessageKind::Inbound, "Hello?")).await.unwrap();
        let sam = world.sam.clone();
        let done = db.write(move |tx| notices::read(tx, &sam, &[], true)).await.unwrap();
        let eve = world.eve.clone();
        let theirs = done.clone();
        assert_eq!(db.write(move |tx| notices::read(tx, &eve, &theirs, false)).await.unwrap(), []);
        assert_eq!((done.len(), told(&db, &world.sam).await.1), (1, 0));
        let (sam, at) = (world.sam.clone(), db.clock().now());
        let again = db.write(move |tx| notices::unread_again(tx, &sam, at)).await.unwrap();
        assert!(done.iter().all(|one| again.contains(one)), "whatever was read then");
        assert!(told(&db, &world.sam).await.1 >= 1);
    }

    async fn nobody_is_told_of_what_they_do_not_want_nor_of_spam(db: TestDb) {
        let world = World::new(&db).await;
        listen(&db);
        let wanted = Choices { bell: [Reason::Assigned].into_iter().collect::<Kinds>(), ..Choices::default() };
        let sam = world.sam.clone();
        db.write(move |tx| notices::choose(tx, &sam, wanted).map(drop)).await.unwrap();
        let ticket = open(&db, &world.ada, asked(&world)).await.unwrap();
        give(&db, &world, ticket.id).await;
        write(&db, &world.ada, ticket.id, says(MessageKind::Inbound, "Any news?")).await.unwrap();
        assert_eq!(told(&db, &world.sam).await.0, [Reason::Assigned]);
        let (sam, id, usual) = (world.sam.clone(), ticket.id, Choices::default());
        db.write(move |tx| {
            notices::choose(tx, &sam, usual)?;
            bins::mark(tx, &sam, id, false).map(drop)
        }).await.unwrap();
        let (ada, new) = (world.ada.clone(), NewInbound {
            body: "Buy now".to_owned(), html: None, contact: None, is_automatic: false, is_stranger: false,
        });
        db.write(move |tx| taking_in::take_in(tx, &ada, id, &new).map(drop)).await.unwrap();
        assert_eq!(told(&db, &world.sam).await.0, [Reason::Assigned]);
    }

    async fn a_mail_that_does_not_go_out_is_told_to_who_wrote_it_and_whose_work_it_is(db: TestDb) {
        let world = World::new(&db).await;
        listen(&db);
        let ticket = open(&db, &world.ada, asked(&world)).await.unwrap();
        give(&db, &world, ticket.id).await;
        let (_, message) = write(&db, &world.ada, ticket.id, says(MessageKind::Reply, "Mended")).await.unwrap();
        let system = Actor::system(world.workspace, "outbox");
        let payload = json!({ "ticket": ticket.id, "message": message.id });
        db.write(move |tx| {
            let event = NewEvent::of(&outbox::FAILED, ticket.id).payload(payload.clone());
            events::record(tx, &system, event).map(drop)
        }).await.unwrap();
        assert_eq!(told(&db, &world.ada).await.0, [Reason::Failed]);
        assert_eq!(told(&db, &world.sam).await.0, [Reason::Failed, Reason::Assigned]);
    }

    async fn a_low_rating_is_told_to_whom_the_workspace_chose(db: TestDb) {
        let world = World::new(&db).await;
        listen(&db);
        let ticket = open(&db, &world.ada, asked(&world)).await.unwrap();
        give(&db, &world, ticket.id).await;
        let ada = world.ada.agent().unwrap();
        let pat = world.pat.agent().unwrap();
        for (alerts, whom) in [
            (Alert::Assignee, vec![world.sam.agent().unwrap()]),
            (Alert::Nobody, vec![]),
            (Alert::Team, vec![]),
            (Alert::Agent(pat), vec![pat]),
        ] {
            let (setter, workspace, id) = (world.ada.clone(), world.workspace, ticket.id);
            let found = db.write(move |tx| {
                let version = surveys::settings(tx, workspace)?.version;
                surveys::change_settings(tx, &setter, Settings { alerts, version, ..Settings::default() }).unwrap();
                let ticket = tickets::find(tx, &setter, id).unwrap().unwrap();
                surveys::whom_to_alert(tx, workspace, &ticket)
            });
            assert_eq!(found.await.unwrap(), whom, "{alerts}");
        }
        assert_ne!(ada, pat);
    }
}
