//! What can be asked, and what never is in a view.

use std::collections::BTreeMap;

use desk::own_views::{self, Conditions, FieldCondition, Order, ViewError};
use desk::tickets::bins::{self, Bin};
use desk::tickets::nouns::NOUN;
use desk::tickets::{self, Priority};
use tandem_core::fields::{self, FieldKind, FieldText, FieldValue};
use tandem_core::touchpoints::Channel;
use testkit::on_both;

use super::{add, asks, settle, shown};
use crate::tickets::{asked, open};
use crate::world::{LISTS, World};

on_both! { LISTS;
    async fn spam_is_in_no_view_and_counted_in_none_until_it_comes_back(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let view = add(&db, &world.ada, asks(Conditions::default(), Order::Newest)).await;
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &view).await, (vec![ticket.id], Some(1)));
        let (sam, id) = (world.sam.clone(), ticket.id);
        db.write(move |tx| bins::mark(tx, &sam, id, false).map(drop)).await.unwrap();
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &view).await, (vec![], Some(0)));
        let sam = world.sam.clone();
        db.write(move |tx| bins::restore(tx, &sam, id, Bin::Spam).map(drop)).await.unwrap();
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &view).await, (vec![ticket.id], Some(1)));
    }

    async fn further_conditions_ask_for_no_others_and_for_nobody_in_particular(db: TestDb) {
        let world = World::new(&db).await;
        let mine = Conditions { agent: "me".into(), ..Conditions::default() };
        let deep = Conditions { any: vec![Conditions { rated_low: true, ..Conditions::default() }], ..Conditions::default() };
        for one in [mine, deep, Conditions::default()] {
            let text = asks(Conditions { any: vec![one], ..Conditions::default() }, Order::Newest);
            let ada = world.ada.clone();
            let refused = db.write(move |tx| own_views::add(tx, &ada, &text)).await;
            assert_eq!(refused.unwrap_err(), ViewError::Bad("any"));
        }
    }

    async fn what_is_asked_twice_is_asked_once(db: TestDb) {
        let world = World::new(&db).await;
        let many = Conditions {
            priorities: vec![Priority::High; 1_000],
            kinds: vec![tickets::Kind::Problem; 1_000],
            channels: vec![Channel::Email; 1_000],
            ..Conditions::default()
        };
        let view = add(&db, &world.ada, asks(many, Order::Newest)).await;
        let asked = &view.text.conditions;
        assert_eq!((asked.priorities.len(), asked.kinds.len(), asked.channels.len()), (1, 1, 1));
    }

    async fn a_view_asks_for_own_fields_of_tickets_and_follows_them(db: TestDb) {
        let world = World::new(&db).await;
        let ada = world.ada.clone();
        let field = db.write(move |tx| {
            let text = FieldText { label: "Device".to_owned(), choices: vec!["Reader".to_owned(), "Printer".to_owned()], ..FieldText::default() };
            fields::add(tx, &ada, &NOUN, FieldKind::Choice, &text)
        }).await.unwrap().id;
        let first = open(&db, &world.sam, asked(&world)).await.unwrap();
        let second = open(&db, &world.sam, asked(&world)).await.unwrap();
        let wanted = |values: &[&str], or_nothing| Conditions {
            fields: vec![FieldCondition { field, values: values.iter().map(|&value| value.to_owned()).collect(), or_nothing }],
            ..Conditions::default()
        };
        let readers = add(&db, &world.ada, asks(wanted(&["reader"], false), Order::Opened)).await;
        let unsaid = add(&db, &world.ada, asks(wanted(&[], true), Order::Opened)).await;
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &readers).await, (vec![], Some(0)));
        assert_eq!(shown(&db, &world.sam, &unsaid).await.1, Some(2));
        for (id, word) in [(first.id, "Reader"), (second.id, "Printer")] {
            let (sam, values) = (world.sam.clone(), BTreeMap::from([(field, Some(FieldValue::Words(word.to_owned())))]));
            db.write(move |tx| fields::set(tx, &sam, &NOUN, id.into(), &values)).await.unwrap();
        }
        assert_eq!(shown(&db, &world.sam, &readers).await, (vec![first.id], Some(1)));
        assert_eq!(shown(&db, &world.sam, &unsaid).await, (vec![], Some(0)));
        // What is asked anew looks through what is there, and what can't be asked is refused by its name.
        let printers = add(&db, &world.ada, asks(wanted(&["Printer"], true), Order::Opened)).await;
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &printers).await, (vec![second.id], Some(1)));
        let (ada, wrong) = (world.ada.clone(), asks(wanted(&[], false), Order::Opened));
        let refused = db.write(move |tx| own_views::add(tx, &ada, &wrong)).await;
        assert_eq!(refused.unwrap_err(), ViewError::Bad("fields"));
        let (eve, theirs) = (world.eve.clone(), asks(wanted(&["Reader"], false), Order::Opened));
        let refused = db.write(move |tx| own_views::add(tx, &eve, &theirs)).await;
        assert_eq!(refused.unwrap_err(), ViewError::Bad("fields"));
    }
}
