//! Saved replies and macros: who sees them, what they say in a ticket, what they change, and how that is taken back.

use desk::replies::templates::Broken;
use desk::replies::{self, Audience, Reply, ReplyError, ReplyId, ReplyText, Used};
use desk::tickets::extras::Extras;
use desk::tickets::followers;
use desk::tickets::nouns::NOUN;
use desk::tickets::{self, Field, NewTicket, Priority, Status, TicketId};
use jiff::tz::TimeZone;
use kit::db::{Db, DbError};
use kit::i18n::{Locale, Text};
use kit::id::TypedId;
use tandem_core::actor::Actor;
use tandem_core::contacts::{self, ContactText};
use tandem_core::tags;
use tandem_core::teams::{self, TeamText};
use testkit::on_both;

use crate::tickets::{asked, open};
use crate::world::{LISTS, World};

fn text(name: &str, body: &str, audience: Audience, changes: &[(Field, &str)]) -> ReplyText {
    ReplyText {
        name: name.to_owned(),
        folder: "Tests".to_owned(),
        body: body.to_owned(),
        words: std::collections::BTreeMap::new(),
        is_note: false,
        audience,
        changes: changes
            .iter()
            .map(|(field, value)| (*field, (*value).to_owned()))
            .collect(),
        extras: Extras::default(),
    }
}

async fn add(db: &Db, actor: &Actor, text: ReplyText) -> Result<Reply, ReplyError> {
    let actor = actor.clone();
    db.write(move |tx| replies::add(tx, &actor, &text)).await
}

async fn apply(db: &Db, actor: &Actor, ticket: TicketId, id: ReplyId) -> Result<Used, ReplyError> {
    let actor = actor.clone();
    db.write(move |tx| replies::apply(tx, &actor, &Text::default(), ticket, id))
        .await
}

async fn seen(db: &Db, actor: &Actor) -> Vec<String> {
    let actor = actor.clone();
    let all = db.read(move |tx| replies::all(tx, &actor)).await.unwrap();
    all.into_iter().map(|reply| reply.text.name).collect()
}

/// The tags of a ticket, and how many follow it.
async fn around(db: &Db, actor: &Actor, id: TicketId) -> (Vec<String>, usize) {
    let actor = actor.clone();
    db.read(move |tx| {
        let tags = tags::of(tx, actor.workspace, &NOUN, id.uuid())?;
        let followers = followers::of(tx, &actor, id).unwrap().len();
        Ok::<_, DbError>((tags.into_iter().map(|tag| tag.name).collect(), followers))
    })
    .await
    .unwrap()
}

fn own(actor: &Actor) -> Audience {
    Audience::Own(actor.agent().unwrap())
}

on_both! { LISTS;
    async fn each_sees_what_is_for_everyone_for_their_teams_and_their_own(db: TestDb) {
        let world = World::new(&db).await;
        let (ada, sam) = (world.ada.clone(), world.sam.agent().unwrap());
        let team = db
            .write(move |tx| {
                let text = TeamText { name: "Billing".into(), members: vec![sam] };
                teams::add(tx, &ada, &text)
            })
            .await
            .unwrap()
            .id;
        add(&db, &world.ada, text("a all", "x", Audience::Everyone, &[])).await.unwrap();
        add(&db, &world.ada, text("b team", "x", Audience::Team(team), &[])).await.unwrap();
        add(&db, &world.ada, text("c ada", "x", own(&world.ada), &[])).await.unwrap();
        let hers = add(&db, &world.sam, text("d sam", "x", own(&world.sam), &[])).await.unwrap();
        assert_eq!(seen(&db, &world.sam).await, ["a all", "b team", "d sam"]);
        assert_eq!(seen(&db, &world.ada).await, ["a all", "b team", "c ada"]);
        assert!(seen(&db, &world.eve).await.is_empty());
        let (ada, id) = (world.ada.clone(), hers.id);
        assert_eq!(db.read(move |tx| replies::find(tx, &ada, id)).await.unwrap(), None, "not even an admin");
    }

    async fn who_does_not_set_up_the_inbox_writes_for_themselves_alone(db: TestDb) {
        let world = World::new(&db).await;
        let refused = add(&db, &world.sam, text("x", "x", Audience::Everyone, &[])).await;
        assert_eq!(refused.unwrap_err(), ReplyError::NotYours);
        let shared = add(&db, &world.ada, text("x", "x", Audience::Everyone, &[])).await.unwrap();
        let (sam, id) = (world.sam.clone(), shared.id);
        assert_eq!(
            db.write(move |tx| replies::remove(tx, &sam, id)).await.unwrap_err(),
            ReplyError::NotYours
        );
        let mine = add(&db, &world.sam, text("x", "x", own(&world.sam), &[])).await.unwrap();
        let (sam, wider) = (world.sam.clone(), text("x", "x", Audience::Everyone, &[]));
        let (id, version) = (mine.id, mine.version);
        assert_eq!(
            db.write(move |tx| replies::change(tx, &sam, id, version, &wider)).await.unwrap_err(),
            ReplyError::NotYours,
            "one's own does not become everyone's either"
        );
        let refused = add(&db, &world.pat, text("x", "x", own(&world.pat), &[])).await;
        assert!(matches!(refused, Err(ReplyError::Forbidden(_))), "who only reads tickets writes no answers");
    }

    async fn a_text_is_filled_in_from_the_ticket(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let body = "Hello {{ contact.first_name }} of {{ account.name }}, #{{ ticket.number }} {{ ticket.subject }} ({{ ticket.status }}).\n{{ agent.name }}, {{ workspace.name }}";
        let reply = add(&db, &world.sam, text("x", body, own(&world.sam), &[])).await.unwrap();
        let used = apply(&db, &world.sam, ticket.id, reply.id).await.unwrap();
        assert_eq!(
            used.words,
            "Hello Leyla of Acme, #1 Exports stop (Open).\nSam, Northwind"
        );
        assert!(used.changes.is_empty() && used.then.is_none());
        let (sam, id) = (world.sam.clone(), reply.id);
        let found = db.read(move |tx| replies::find(tx, &sam, id)).await.unwrap().unwrap();
        assert_eq!((found.uses, found.used_at.is_some(), found.version), (1, true, 1));
    }

    async fn what_is_filled_in_reads_as_whoever_is_written_to_reads(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let text_of_leyla = ContactText {
            name: "Leyla".to_owned(),
            language: Some("pl".to_owned()),
            time_zone: Some("Pacific/Auckland".to_owned()),
            note: String::new(),
        };
        let (ada, contact) = (world.ada.clone(), world.contact);
        db.write(move |tx| contacts::change(tx, &ada, contact, 1, &text_of_leyla)).await.unwrap();
        let reply = add(&db, &world.sam, text("x", "{{ ticket.priority }} {{ today }}", own(&world.sam), &[])).await.unwrap();
        let used = apply(&db, &world.sam, ticket.id, reply.id).await.unwrap();
        let zone = TimeZone::get("Pacific/Auckland").unwrap();
        let t = Text::new(Locale::parse("pl").unwrap(), zone, db.clock.now());
        assert_eq!(used.words, format!("{} {}", t.say(Priority::Normal.text()), t.date(db.clock.now())));
    }

    async fn a_variable_without_a_value_stops_everything_and_is_named(db: TestDb) {
        let world = World::new(&db).await;
        let new = NewTicket { subject: "Nobody".into(), body: "?".into(), ..NewTicket::default() };
        let ticket = open(&db, &world.sam, new).await.unwrap();
        let changes = [(Field::Priority, "urgent")];
        let text = text("x", "Hello {{ contact.first_name }}", own(&world.sam), &changes);
        let reply = add(&db, &world.sam, text).await.unwrap();
        let refused = apply(&db, &world.sam, ticket.id, reply.id).await.unwrap_err();
        assert_eq!(refused, ReplyError::Broken(Broken::Missing("contact.first_name".to_owned())));
        let (sam, id, ticket) = (world.sam.clone(), reply.id, ticket.id);
        let (reply, ticket) = db
            .read(move |tx| {
                let reply = replies::find(tx, &sam, id).unwrap().unwrap();
                Ok::<_, DbError>((reply, tickets::find(tx, &sam, ticket).unwrap().unwrap()))
            })
            .await
            .unwrap();
        assert_eq!((reply.uses, ticket.priority), (0, Priority::Normal));
    }

    async fn a_broken_text_is_not_even_stored(db: TestDb) {
        let world = World::new(&db).await;
        let refused = add(&db, &world.sam, text("x", "Hello {{ contact.frist_name }}", own(&world.sam), &[])).await;
        assert_eq!(
            refused.unwrap_err(),
            ReplyError::Broken(Broken::Unknown("contact.frist_name".to_owned()))
        );
        assert!(seen(&db, &world.sam).await.is_empty());
    }

    async fn a_macro_is_one_act_and_one_undo_takes_it_back(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let changes = [
            (Field::Agent, "me"),
            (Field::Priority, "urgent"),
            (Field::Kind, "billing"),
            (Field::Snooze, "tomorrow"),
        ];
        let text = text("x", "", own(&world.sam), &changes);
        let reply = add(&db, &world.sam, text).await.unwrap();
        // The reader's clock stands at 1970 while the database's does not: the snooze would be over.
        let refused = apply(&db, &world.sam, ticket.id, reply.id).await;
        assert!(refused.is_err());
        let (sam, id) = (world.sam.clone(), ticket.id);
        let reply = reply.id;
        let used = db
            .write(move |tx| {
                let t = Text::new(Locale::english(), TimeZone::UTC, tx.now());
                replies::apply(tx, &sam, &t, id, reply)
            })
            .await
            .unwrap();
        assert_eq!(used.changes.len(), 4);
        assert_eq!((used.ticket.agent, used.ticket.priority), (world.sam.agent(), Priority::Urgent));
        assert!(used.ticket.snoozed_until.is_some());
        let (sam, change) = (world.sam.clone(), used.changes[2].id);
        let (back, _) = db.write(move |tx| tickets::undo(tx, &sam, change)).await.unwrap();
        assert_eq!(
            (back.agent, back.priority, back.kind, back.snoozed_until),
            (ticket.agent, ticket.priority, ticket.kind, None)
        );
    }

    async fn tags_and_following_are_a_part_of_the_act_and_of_what_takes_it_back(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let (sam, id) = (world.sam.clone(), ticket.id);
        db.write(move |tx| {
            tags::put(tx, &sam, &NOUN, id.into(), "old").unwrap();
            tags::put(tx, &sam, &NOUN, id.into(), "vip").map(drop)
        })
        .await
        .unwrap();
        let text = ReplyText {
            extras: Extras::said("vip, escalated", "old, unknown", "on"),
            ..text("x", "", own(&world.sam), &[(Field::Priority, "urgent")])
        };
        let reply = add(&db, &world.sam, text).await.unwrap();
        assert!(reply.is_macro());
        // What one does in one moment is one act.
        db.clock().advance(std::time::Duration::from_secs(1));
        let used = apply(&db, &world.sam, ticket.id, reply.id).await.unwrap();
        assert_eq!((used.did.put.len(), used.did.taken.len()), (1, 1), "vip was there already");
        assert_eq!(used.did.follower, world.sam.agent());
        assert_eq!(around(&db, &world.sam, id).await, (vec!["escalated".to_owned(), "vip".to_owned()], 1));
        let sam = world.sam.clone();
        let back = db
            .write(move |tx| {
                let change = used.changes.first().map(|change| change.id);
                replies::take_back(tx, &sam, id, (change, &used.did))
            })
            .await
            .unwrap();
        assert_eq!(back.priority, Priority::Normal);
        assert_eq!(around(&db, &world.sam, id).await, (vec!["old".to_owned(), "vip".to_owned()], 0));
    }

    async fn with_an_answer_the_status_goes_with_it_and_without_one_at_once(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let changes = [(Field::Status, "solved"), (Field::Priority, "low")];
        let answer = add(&db, &world.sam, text("x", "Done.", own(&world.sam), &changes)).await.unwrap();
        let used = apply(&db, &world.sam, ticket.id, answer.id).await.unwrap();
        assert_eq!((used.then.map(|then| then.status), used.ticket.status), (Some(Status::Solved), Status::Open));
        assert_eq!(used.ticket.priority, Priority::Low);
        let note = ReplyText { is_note: true, ..text("x", "Done.", own(&world.sam), &changes) };
        let note = add(&db, &world.sam, note).await.unwrap();
        let used = apply(&db, &world.sam, ticket.id, note.id).await.unwrap();
        assert_eq!((used.then, used.ticket.status), (None, Status::Solved));
    }

    async fn what_is_removed_is_not_used_and_comes_back(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let reply = add(&db, &world.ada, text("x", "Hi", Audience::Everyone, &[])).await.unwrap();
        for _ in 0..2 {
            let (ada, id) = (world.ada.clone(), reply.id);
            db.write(move |tx| replies::remove(tx, &ada, id)).await.unwrap();
        }
        assert_eq!(apply(&db, &world.sam, ticket.id, reply.id).await.unwrap_err(), ReplyError::Unknown);
        assert!(seen(&db, &world.sam).await.is_empty());
        let (ada, id) = (world.ada.clone(), reply.id);
        db.write(move |tx| replies::restore(tx, &ada, id)).await.unwrap();
        assert_eq!(apply(&db, &world.sam, ticket.id, reply.id).await.unwrap().words, "Hi");
    }

    async fn an_older_state_changes_nothing(db: TestDb) {
        let world = World::new(&db).await;
        let reply = add(&db, &world.ada, text("x", "Hi", Audience::Everyone, &[])).await.unwrap();
        let change = async |version: i64, body: &str| {
            let (ada, id, text) = (world.ada.clone(), reply.id, text("x", body, Audience::Everyone, &[]));
            db.write(move |tx| replies::change(tx, &ada, id, version, &text)).await
        };
        assert_eq!(change(1, "Hello").await.unwrap().version, 2);
        assert!(matches!(change(1, "Hey").await, Err(ReplyError::Stale(now)) if now.text.body == "Hello"));
    }

    async fn agents_and_teams_of_elsewhere_are_refused(db: TestDb) {
        let world = World::new(&db).await;
        let eve = world.eve.agent().unwrap().to_string();
        let refused = add(&db, &world.sam, text("x", "", own(&world.sam), &[(Field::Agent, &eve)])).await;
        assert_eq!(refused.unwrap_err(), ReplyError::BadChange(Field::Agent));
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let reply = add(&db, &world.ada, text("x", "Hi", Audience::Everyone, &[])).await.unwrap();
        assert!(apply(&db, &world.eve, ticket.id, reply.id).await.is_err());
    }
}
