//! Own fields of tickets, and forms on the web: filled in and taken back, forgotten; sent once, within limits, by nobody else.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use desk::forms::sending::{self, Draft};
use desk::forms::{self, Condition, FormError, FormField, FormText, WebForm};
use desk::tickets::nouns::NOUN;
use desk::tickets::{self, Ticket, TicketError, TicketId, details};
use kit::db::{Db, DbError};
use kit::i18n::Locale;
use kit::id::TypedId;
use tandem_core::actor::Actor;
use tandem_core::contacts::erasing::{self, Holdings};
use tandem_core::fields::{self, Field, FieldId, FieldKind, FieldText, FieldValue};
use tandem_core::touchpoints::Channel;
use testkit::on_both;

use crate::tickets::{asked, open};
use crate::world::{LISTS, World};

async fn field(db: &Db, actor: &Actor, kind: FieldKind, label: &str) -> Field {
    let text = FieldText {
        label: label.to_owned(),
        choices: if kind.has_choices() {
            vec!["Broken".to_owned(), "Other".to_owned()]
        } else {
            Vec::new()
        },
        ..FieldText::default()
    };
    let actor = actor.clone();
    let added = db.write(move |tx| fields::add(tx, &actor, &NOUN, kind, &text));
    added.await.unwrap()
}

fn words(text: &str) -> Option<FieldValue> {
    Some(FieldValue::Words(text.to_owned()))
}

async fn fill(db: &Db, actor: &Actor, ticket: TicketId, values: &[(FieldId, Option<FieldValue>)]) {
    let (actor, values) = (actor.clone(), values.iter().cloned().collect::<BTreeMap<_, _>>());
    let filled = db.write(move |tx| fields::set(tx, &actor, &NOUN, ticket.into(), &values));
    filled.await.unwrap();
    db.clock().advance(Duration::from_secs(1));
}

async fn take_back(db: &Db, actor: &Actor, ticket: TicketId) -> Result<(), TicketError> {
    let actor = actor.clone();
    let undone = db.write(move |tx| details::undo(tx, &actor, ticket)).await;
    db.clock().advance(Duration::from_secs(1));
    undone
}

async fn value(db: &Db, actor: &Actor, ticket: TicketId, field: FieldId) -> Option<FieldValue> {
    let workspace = actor.workspace;
    let found = db.read(move |tx| details::of_many(tx, workspace, &[ticket]));
    let (_, values) = found.await.unwrap();
    values
        .get(&ticket.uuid())
        .and_then(|values| values.get(field).cloned())
}

async fn form(db: &Db, actor: &Actor, text: FormText) -> Result<WebForm, FormError> {
    let actor = actor.clone();
    db.write(move |tx| forms::add(tx, &actor, &text)).await
}

fn titled(title: &str) -> FormText {
    FormText {
        title: title.to_owned(),
        ..FormText::default()
    }
}

fn draft(stamp: &str, values: &[(FieldId, Option<FieldValue>)]) -> Draft {
    Draft {
        name: "Leyla".to_owned(),
        address: "leyla@acme.test".to_owned(),
        subject: "Exports stop".to_owned(),
        body: "After 10,000 rows.".to_owned(),
        values: values.iter().cloned().collect(),
        stamp: stamp.to_owned(),
        ..Draft::default()
    }
}

async fn send(db: &Db, actor: &Actor, form: &WebForm, draft: Draft) -> Result<Ticket, FormError> {
    let (workspace, form) = (actor.workspace, form.clone());
    let taken = db.write(move |tx| sending::take(tx, workspace, &form, &draft));
    taken.await
}

on_both! { LISTS;
    async fn own_fields_of_a_ticket_are_filled_taken_back_and_forgotten_with_who_asked(db: TestDb) {
        db.attach(Arc::new(Holdings::new(&[&tickets::HOLDS])));
        let world = World::new(&db).await;
        let order = field(&db, &world.ada, FieldKind::Text, "Order").await;
        let count = field(&db, &world.ada, FieldKind::Number, "Count").await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap().id;
        fill(&db, &world.sam, ticket, &[(order.id, words("A-1")), (count.id, Some(FieldValue::Number(3.0)))]).await;
        fill(&db, &world.ada, ticket, &[(order.id, words("A-2"))]).await;
        // Sam's act stands no more as a whole: Ada has changed a part of it.
        assert_eq!(take_back(&db, &world.sam, ticket).await, Err(TicketError::ChangedMeanwhile));
        take_back(&db, &world.ada, ticket).await.unwrap();
        assert_eq!(value(&db, &world.ada, ticket, order.id).await, words("A-1"));
        take_back(&db, &world.ada, ticket).await.unwrap();
        assert_eq!(value(&db, &world.ada, ticket, order.id).await, words("A-2"));
        let pat = world.pat.clone();
        let refused = db.write(move |tx| details::undo(tx, &pat, ticket)).await;
        assert!(matches!(refused, Err(TicketError::Forbidden(_))), "{refused:?}");
        let eve = world.eve.clone();
        let refused = db.write(move |tx| details::undo(tx, &eve, ticket)).await;
        assert_eq!(refused, Err(TicketError::Unknown));

        let (ada, contact) = (world.ada.clone(), world.contact);
        db.write(move |tx| erasing::erase(tx, &ada, contact)).await.unwrap();
        assert_eq!(value(&db, &world.ada, ticket, order.id).await, None);
        assert_eq!(value(&db, &world.ada, ticket, count.id).await, None);
    }

    async fn what_is_sent_by_a_form_is_one_ticket_within_its_limit_and_its_workspace(db: TestDb) {
        let world = World::new(&db).await;
        let topic = field(&db, &world.ada, FieldKind::Choice, "Topic").await;
        let since = field(&db, &world.ada, FieldKind::Text, "Since").await;
        let on_topic = |value: &str| Some(Condition { field: topic.id, value: value.to_owned() });
        let one = |field, when| FormField { field, is_required: false, when };
        let text = FormText {
            fields: vec![one(topic.id, None), one(since.id, on_topic("Broken"))],
            per_hour: 2,
            ..titled("Write to us")
        };
        let made = form(&db, &world.ada, text.clone()).await.unwrap();
        let sent = send(&db, &world.ada, &made, draft("1", &[(topic.id, words("broken"))])).await.unwrap();
        assert_eq!((sent.channel, sent.number), (Channel::Web, 1));
        assert!(sent.contact.is_some() && sent.last_public.is_some());
        assert_eq!(value(&db, &world.ada, sent.id, topic.id).await, words("Broken"));
        // Once however often it is sent; then one more, then no room until the hour is over.
        assert_eq!(send(&db, &world.ada, &made, draft("1", &[])).await.unwrap().id, sent.id);
        let second = send(&db, &world.ada, &made, draft("2", &[])).await.unwrap();
        assert_eq!(second.contact, sent.contact);
        assert_eq!(send(&db, &world.ada, &made, draft("3", &[])).await.unwrap_err(), FormError::Busy);
        db.clock().advance(Duration::from_secs(3_601));
        assert!(send(&db, &world.ada, &made, draft("3", &[])).await.is_ok());
        // What does not fit a field leaves nothing behind.
        let wrong = send(&db, &world.ada, &made, draft("4", &[(topic.id, words("Nothing"))])).await;
        assert!(matches!(wrong, Err(FormError::Field(_))), "{wrong:?}");

        for (fields, wrong) in [
            (vec![one(since.id, on_topic("Broken"))], FormError::BadCondition),
            (vec![one(topic.id, None), one(since.id, on_topic("Nothing"))], FormError::BadCondition),
            (vec![one(topic.id, None), one(topic.id, None)], FormError::BadField),
        ] {
            assert_eq!(form(&db, &world.ada, FormText { fields, ..titled("Bad") }).await, Err(wrong));
        }
        assert_eq!(form(&db, &world.eve, text).await, Err(FormError::BadField), "fields of another workspace");
        assert!(matches!(form(&db, &world.sam, titled("Mine")).await, Err(FormError::Forbidden(_))));

        // A key opens one form, for everybody, until it is another or the form is closed.
        let (ada, id, key) = (world.ada.clone(), made.id, made.key.clone());
        let (opened, other) = db.write(move |tx| {
            let opened = forms::open(tx, &key, Locale::english()).unwrap();
            let other = forms::renew(tx, &ada, id).unwrap();
            assert_eq!(forms::open(tx, &key, Locale::english()).unwrap_err(), FormError::Closed);
            assert!(forms::open(tx, &other.key, Locale::english()).is_ok());
            forms::close(tx, &ada, id).unwrap();
            assert_eq!(forms::open(tx, &other.key, Locale::english()).unwrap_err(), FormError::Closed);
            Ok::<_, DbError>((opened, other))
        }).await.unwrap();
        assert_eq!((opened.workspace.id, opened.asked.len()), (world.workspace, 2));
        assert_ne!(other.key, made.key);
        let eve = world.eve.clone();
        let unknown = db.write(move |tx| forms::close(tx, &eve, id)).await;
        assert_eq!(unknown.unwrap_err(), FormError::Unknown);
    }
}
