//! One answer to many tickets: filled in for each, by a job where they are many, and never over what somebody wrote meanwhile.

use std::collections::BTreeMap;
use std::time::Duration;

use desk::bulk::{self, Answer, Bulk, BulkError, BulkId, Chosen, NewBulk, State};
use desk::replies::templates::Broken;
use desk::replies::{self, Audience, ReplyText};
use desk::tickets::extras::Extras;
use desk::tickets::listing::View;
use desk::tickets::{self, MessageKind, Status, TicketError, TicketId};
use kit::db::Db;
use kit::jobs::{Jobs, Options};
use tandem_core::actor::Actor;
use tandem_core::contacts;
use testkit::on_both;

use crate::tickets::{asked, open, says, write};
use crate::world::{LISTS, World};

fn typed(body: &str) -> Answer {
    Answer {
        body: body.to_owned(),
        ..Answer::default()
    }
}

async fn begin(db: &Db, actor: &Actor, these: &[TicketId], answer: Answer) -> Result<Bulk, BulkError> {
    let actor = actor.clone();
    let new = NewBulk {
        view: View::Open,
        chosen: Chosen::These(these.to_vec()),
        changes: Vec::new(),
        extras: Extras::default(),
        merge_into: None,
        answer: Some(answer),
    };
    db.write(move |tx| bulk::begin(tx, &actor, &new)).await
}

async fn sent_by_a_form(db: &Db, actor: &Actor, these: &[TicketId], answer: Answer) -> Bulk {
    let actor = actor.clone();
    let new = NewBulk {
        view: View::Open,
        chosen: Chosen::These(these.to_vec()),
        changes: Vec::new(),
        extras: Extras::default(),
        merge_into: None,
        answer: Some(answer),
    };
    db.write(move |tx| bulk::begin_once(tx, &actor, &new))
        .await
        .unwrap()
}

async fn last_words(db: &Db, actor: &Actor, id: TicketId) -> (String, Status) {
    let actor = actor.clone();
    db.read(move |tx| {
        let ticket = tickets::find(tx, &actor, id)?.ok_or(TicketError::Unknown)?;
        let last = tickets::messages(tx, &actor, id, None, 9)?.pop();
        Ok::<_, TicketError>((
            last.map(|message| message.body).unwrap_or_default(),
            ticket.status,
        ))
    })
    .await
    .unwrap()
}

async fn left(db: &Db, actor: &Actor, id: BulkId) -> Vec<(TicketId, String)> {
    let actor = actor.clone();
    let rows = db
        .read(move |tx| bulk::troubles(tx, &actor, id, 99))
        .await
        .unwrap();
    rows.into_iter().map(|row| (row.ticket, row.reason)).collect()
}

on_both! { LISTS;
    async fn a_form_that_is_sent_twice_answers_once(db: TestDb) {
        let world = World::new(&db).await;
        let id = open(&db, &world.sam, asked(&world)).await.unwrap().id;
        let answer = Answer { seen_at: Some(db.clock().now().0), ..typed("It is mended.") };
        db.clock().advance(Duration::from_secs(1));
        let first = sent_by_a_form(&db, &world.sam, &[id], answer.clone()).await;
        let second = sent_by_a_form(&db, &world.sam, &[id], answer.clone()).await;
        assert_eq!((first.id, first.changed), (second.id, 1));
        let later = Answer { seen_at: Some(db.clock().now().0), ..answer };
        assert_ne!(sent_by_a_form(&db, &world.sam, &[id], later).await.id, first.id, "looked again, meant again");
    }

    async fn each_gets_it_filled_in_but_one_in_which_somebody_wrote_meanwhile(db: TestDb) {
        let world = World::new(&db).await;
        let mut made = Vec::new();
        for _ in 0..3 {
            made.push(open(&db, &world.sam, asked(&world)).await.unwrap().id);
        }
        let seen_at = Some(db.clock().now().0);
        db.clock().advance(Duration::from_secs(60));
        write(&db, &world.ada, made[1], says(MessageKind::Inbound, "It got worse.")).await.unwrap();
        let answer = Answer { seen_at, then: "solved".to_owned(), ..typed("Hello {{ contact.first_name }}, #{{ ticket.number }} is mended.") };
        let done = begin(&db, &world.sam, &made, answer).await.unwrap();
        assert_eq!((done.state, done.changed, done.refused), (State::Done, 2, 1));
        assert_eq!(last_words(&db, &world.sam, made[0]).await, ("Hello Leyla, #1 is mended.".to_owned(), Status::Solved));
        assert_eq!(last_words(&db, &world.sam, made[2]).await.0, "Hello Leyla, #3 is mended.");
        assert_eq!(last_words(&db, &world.sam, made[1]).await, ("It got worse.".to_owned(), Status::Open));
        assert_eq!(left(&db, &world.sam, done.id).await, [(made[1], "tickets-failure-overtaken".to_owned())]);
    }

    async fn a_saved_reply_goes_to_many_by_a_job_in_the_language_of_each_and_is_counted(db: TestDb) {
        let world = World::new(&db).await;
        let (ada, contact) = (world.ada.clone(), world.contact);
        let changed = db.write(move |tx| {
            let now = contacts::find(tx, &ada, contact)?.unwrap();
            let text = contacts::ContactText { language: Some("pl-PL".to_owned()), ..now.text };
            contacts::change(tx, &ada, contact, now.version, &text).map(drop)
        });
        changed.await.unwrap();
        let text = ReplyText {
            name: "Mended".to_owned(),
            folder: String::new(),
            body: "It is mended.".to_owned(),
            words: BTreeMap::from([("pl".to_owned(), "Naprawione.".to_owned())]),
            is_note: false,
            audience: Audience::Own(world.sam.agent().unwrap()),
            changes: Vec::new(),
            extras: Extras::default(),
        };
        let sam = world.sam.clone();
        let reply = db.write(move |tx| replies::add(tx, &sam, &text)).await.unwrap().id;
        let mut made = Vec::new();
        for _ in 0..31 {
            made.push(open(&db, &world.sam, asked(&world)).await.unwrap().id);
        }
        let begun = begin(&db, &world.sam, &made, Answer { reply: Some(reply), ..Answer::default() }).await.unwrap();
        assert!(begun.state.is_busy());
        let mut jobs = Jobs::new();
        jobs.reaction(Options::new(), bulk::jobs::go);
        while kit::jobs::run_due(&db, &jobs).await.unwrap() > 0 {}
        let (sam, id) = (world.sam.clone(), begun.id);
        let done = db.read(move |tx| bulk::find(tx, &sam, id)).await.unwrap().unwrap();
        assert_eq!((done.state, done.changed, done.refused), (State::Done, 31, 0));
        assert_eq!(last_words(&db, &world.sam, made[30]).await, ("Naprawione.".to_owned(), Status::Waiting));
        let sam = world.sam.clone();
        let found = db.read(move |tx| replies::find(tx, &sam, reply)).await.unwrap().unwrap();
        assert_eq!(found.uses, 31);
    }

    async fn words_that_can_not_be_and_macros_are_refused_before_anything_is_written(db: TestDb) {
        let world = World::new(&db).await;
        let made = [open(&db, &world.sam, asked(&world)).await.unwrap().id];
        assert_eq!(begin(&db, &world.sam, &made, typed(" ")).await, Err(BulkError::BadAnswer));
        let unknown = Broken::Unknown("contact.nobody".to_owned());
        assert_eq!(begin(&db, &world.sam, &made, typed("{{ contact.nobody }}")).await, Err(BulkError::Broken(unknown)));
        let refused = begin(&db, &world.pat, &made, typed("Hello")).await;
        assert!(matches!(refused, Err(BulkError::Forbidden(_))));
        let missing = begin(&db, &world.sam, &made, typed("{{ ticket.team }}")).await.unwrap();
        assert_eq!((missing.changed, missing.refused), (0, 1), "it has no team");
        assert_eq!(last_words(&db, &world.sam, made[0]).await.0, "Every export ends after 10,000 rows.");
    }
}
