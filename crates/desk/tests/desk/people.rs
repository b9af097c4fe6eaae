//! What tickets keep of persons: shown with all of them, taken along, forgotten.

use std::sync::Arc;
use std::time::Duration;

use desk::tickets::connections::{self, Joint};
use desk::tickets::taking_in::{self, NewInbound};
use desk::tickets::{self, MessageKind, NewTicket, TicketId, listing};
use kit::db::{Db, DbError};
use tandem_core::actor::Actor;
use tandem_core::contacts::erasing::{self, Holdings};
use tandem_core::contacts::{self, ContactId, ContactText, Introduction, merging};
use testkit::on_both;

use crate::tickets::{asked, open, says, write};
use crate::world::{LISTS, World};

/// Another person, merged into the world's.
async fn merged(db: &Db, world: &World) -> ContactId {
    let ada = world.ada.clone();
    db.write(move |tx| {
        let text = ContactText {
            name: "L. Aliyeva".to_owned(),
            ..ContactText::default()
        };
        let other = contacts::add(tx, &ada, &text, &Introduction::default()).unwrap();
        Ok::<_, DbError>(other.id)
    })
    .await
    .unwrap()
}

async fn merge(db: &Db, actor: &Actor, kept: ContactId, other: ContactId) {
    let actor = actor.clone();
    db.write(move |tx| merging::merge(tx, &actor, kept, other).map(drop))
        .await
        .unwrap();
}

async fn words(db: &Db, actor: &Actor, id: TicketId) -> (String, Vec<String>) {
    let actor = actor.clone();
    db.read(move |tx| {
        let ticket = tickets::find(tx, &actor, id).unwrap().unwrap();
        let messages = tickets::messages(tx, &actor, id, None, 50).unwrap();
        let bodies = messages.into_iter().map(|message| message.body).collect();
        Ok::<_, DbError>((ticket.subject, bodies))
    })
    .await
    .unwrap()
}

/// A person writes in a ticket.
async fn heard(db: &Db, actor: &Actor, id: TicketId, contact: ContactId, body: &str) {
    db.clock().advance(Duration::from_secs(60));
    let actor = actor.clone();
    let new = NewInbound {
        body: body.to_owned(),
        html: None,
        contact: Some(contact),
        is_automatic: false,
        is_stranger: false,
    };
    db.write(move |tx| taking_in::take_in(tx, &actor, id, &new))
        .await
        .unwrap();
}

/// What a ticket is called in lists, and what stands below it.
async fn shown(db: &Db, actor: &Actor, id: TicketId) -> (String, String) {
    let actor = actor.clone();
    let found = db.read(move |tx| tickets::find(tx, &actor, id)).await.unwrap();
    let ticket = found.unwrap();
    (ticket.subject, ticket.preview)
}

on_both! { LISTS;
    async fn a_person_has_the_tickets_of_all_who_were_merged_into_them(db: TestDb) {
        let world = World::new(&db).await;
        let other = merged(&db, &world).await;
        open(&db, &world.sam, asked(&world)).await.unwrap();
        open(&db, &world.sam, NewTicket { contact: Some(other), ..asked(&world) }).await.unwrap();
        merge(&db, &world.ada, world.contact, other).await;
        let (sam, contact) = (world.sam.clone(), world.contact);
        let numbers = db.read(move |tx| {
            let found = listing::of_contact(tx, &sam, contact, None, 50).unwrap();
            Ok::<_, DbError>(found.iter().map(|ticket| ticket.number).collect::<Vec<_>>())
        }).await.unwrap();
        assert_eq!(numbers, [2, 1]);
    }

    async fn erasing_takes_a_persons_words_and_nobody_elses(db: TestDb) {
        let world = World::new(&db).await;
        db.attach(Arc::new(Holdings::new(&[&tickets::HOLDS])));
        let other = merged(&db, &world).await;
        let first = open(&db, &world.sam, asked(&world)).await.unwrap();
        let second = NewTicket { contact: Some(other), account: Some(world.account), ..asked(&world) };
        let second = open(&db, &world.sam, second).await.unwrap();
        let bystander = NewTicket { contact: None, account: Some(world.account), ..asked(&world) };
        let bystander = open(&db, &world.sam, bystander).await.unwrap();
        write(&db, &world.sam, first.id, says(MessageKind::Reply, "We look into it")).await.unwrap();
        merge(&db, &world.ada, world.contact, other).await;

        let (ada, contact) = (world.ada.clone(), world.contact);
        let taken = db.read(move |tx| Ok::<_, DbError>(erasing::export(tx, &ada, contact).unwrap())).await.unwrap();
        assert_eq!(taken["held_elsewhere"]["tickets"].as_array().unwrap().len(), 2);
        assert_eq!(taken["held_elsewhere"]["tickets"][0]["messages"][1]["body"], "We look into it");

        let ada = world.ada.clone();
        let erasure = db.write(move |tx| Ok::<_, DbError>(erasing::erase(tx, &ada, contact).unwrap())).await.unwrap();
        let proof: serde_json::Value = serde_json::from_str(&erasure.proof).unwrap();
        assert_eq!(proof["held_elsewhere"]["tickets"], 2);
        assert_eq!(words(&db, &world.sam, first.id).await, (String::new(), vec![String::new(), "We look into it".to_owned()]));
        assert_eq!(words(&db, &world.sam, second.id).await, (String::new(), vec![String::new()]));
        // Another ticket of the same account stays with it, word for word.
        let (subject, _) = words(&db, &world.sam, bystander.id).await;
        let sam = world.sam.clone();
        let still = db.read(move |tx| tickets::find(tx, &sam, bystander.id)).await.unwrap().unwrap();
        assert_eq!((subject.as_str(), still.account), ("Exports stop", Some(world.account)));
        let sam = world.sam.clone();
        let still = db.read(move |tx| tickets::find(tx, &sam, first.id)).await.unwrap().unwrap();
        assert_eq!((still.contact, still.account), (None, Some(world.account)));
    }

    async fn what_other_tickets_show_of_an_erased_persons_words_goes_too(db: TestDb) {
        let world = World::new(&db).await;
        db.attach(Arc::new(Holdings::new(&[&tickets::HOLDS])));
        let other = merged(&db, &world).await;
        let asks = |contact| NewTicket { contact: Some(contact), account: Some(world.account), ..asked(&world) };
        // One into which hers is merged, one in which she wrote, and one that is called as she called hers.
        let into = open(&db, &world.sam, asks(other)).await.unwrap();
        let hers = open(&db, &world.sam, NewTicket { subject: "My secret".to_owned(), ..asks(world.contact) }).await.unwrap();
        heard(&db, &world.sam, hers.id, other, "Mine too").await;
        let found = { let sam = world.sam.clone(); db.read(move |tx| tickets::messages(tx, &sam, hers.id, None, 9)).await.unwrap() };
        let sam = world.sam.clone();
        let (split, _) = db.write(move |tx| connections::split(tx, &sam, found[1].id, "")).await.unwrap();
        assert_eq!((split.subject.as_str(), split.contact), ("My secret", Some(other)));
        heard(&db, &world.sam, hers.id, world.contact, "My words").await;
        let (sam, pair) = (world.sam.clone(), (hers.id, into.id));
        db.write(move |tx| connections::connect(tx, &sam, pair, Joint::Merged)).await.unwrap();
        let written = open(&db, &world.sam, NewTicket { subject: "Theirs".to_owned(), ..asks(other) }).await.unwrap();
        heard(&db, &world.sam, written.id, world.contact, "My words").await;
        for id in [into.id, written.id] {
            assert_eq!(shown(&db, &world.sam, id).await.1, "My words");
        }
        let (ada, contact) = (world.ada.clone(), world.contact);
        db.write(move |tx| erasing::erase(tx, &ada, contact)).await.unwrap();
        assert_eq!(shown(&db, &world.sam, into.id).await, ("Exports stop".to_owned(), String::new()));
        assert_eq!(shown(&db, &world.sam, written.id).await, ("Theirs".to_owned(), String::new()));
        assert_eq!(shown(&db, &world.sam, split.id).await, (String::new(), "Mine too".to_owned()));
    }
}
