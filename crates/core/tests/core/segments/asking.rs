//! What can be asked, and what can't.

use std::time::Duration;

use kit::db::DbError;
use tandem_core::accounts::NOUN;
use tandem_core::fields::{self, FieldKind, FieldText, FieldValue};
use tandem_core::segments::{self, Group, Reason, SegmentError, SegmentText, Subject, Test};
use testkit::on_both;

use super::{add, all_of, ask, know, members, open_ones, people, settle, shared, wired};
use crate::world::{LISTS, World, add_account};

on_both! { LISTS;
    async fn a_fall_is_measured_against_what_was_kept(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let (one, two) = (add_account(&db, &world.ada, "One").await.unwrap().id, add_account(&db, &world.ada, "Two").await.unwrap().id);
        know(&db, &world.ada, one, Some(10.0)).await;
        db.clock.advance(Duration::from_secs(40 * 86_400));
        know(&db, &world.ada, one, Some(6.0)).await;
        know(&db, &world.ada, two, Some(1.0)).await;
        let fell = add(&db, &world.ada, shared(all_of(vec![people(Test::FellBy(4.0, 30))]))).await.unwrap();
        let deep = add(&db, &world.ada, shared(all_of(vec![people(Test::FellBy(5.0, 30))]))).await.unwrap();
        assert_eq!(members(&db, &world.ada, fell.id).await, [one]);
        assert!(members(&db, &world.ada, deep.id).await.is_empty());
        know(&db, &world.ada, one, Some(2.0)).await;
        settle(&db).await;
        assert_eq!(members(&db, &world.ada, deep.id).await, [one]);
    }

    async fn own_fields_are_asked_by_their_kind(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let one = add_account(&db, &world.ada, "One").await.unwrap().id;
        add_account(&db, &world.ada, "Two").await.unwrap();
        let ada = world.ada.clone();
        let (sites, kind, since) = db.write(move |tx| {
            let mut field = |kind, label: &str, choices: &[&str]| {
                let text = FieldText { label: label.to_owned(), choices: choices.iter().map(|one| (*one).to_owned()).collect(), ..FieldText::default() };
                fields::add(tx, &ada, &NOUN, kind, &text).unwrap().id
            };
            let sites = field(FieldKind::Number, "Sites", &[]);
            let kind = field(FieldKind::Choices, "Kinds", &["Air", "Sea"]);
            let since = field(FieldKind::Date, "Signed", &[]);
            let values = [
                (sites, Some(FieldValue::Number(12.0))),
                (kind, Some(FieldValue::Several(vec!["Sea".to_owned()]))),
                (since, Some(FieldValue::Day("2026-01-31".parse().unwrap()))),
            ];
            fields::set(tx, &ada, &NOUN, one.into(), &values.into_iter().collect()).unwrap();
            Ok::<_, DbError>((sites, kind, since))
        }).await.unwrap();
        for (test, about, expected) in [
            (Test::AtLeast(12.0), sites, true),
            (Test::Above(12.0), sites, false),
            (Test::Known, sites, true),
            (Test::OneOf(vec!["Sea".to_owned(), "Air".to_owned()]), kind, true),
            (Test::NoneOf(vec!["Sea".to_owned()]), kind, false),
            (Test::Before("2026-02-01".parse().unwrap()), since, true),
            (Test::After("2026-02-01".parse().unwrap()), since, false),
        ] {
            let definition = all_of(vec![ask(Subject::Field(about), test.clone())]);
            let (ada, asked) = (world.ada.clone(), definition.clone());
            let found = db.read(move |tx| segments::preview(tx, &ada, &asked)).await.unwrap();
            let is_in = found.first.iter().any(|(id, _)| *id == one);
            assert_eq!(is_in, expected, "{test:?}");
        }
        let wrong = add(&db, &world.ada, shared(all_of(vec![ask(Subject::Field(sites), Test::Contains("1".to_owned()))]))).await;
        assert!(matches!(wrong, Err(SegmentError::Bad(misplaced)) if misplaced.reason == Reason::Test));
    }

    async fn what_can_not_be_asked_is_named_by_its_place(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let inner = |conditions| Group { groups: vec![all_of(conditions)], ..open_ones() };
        let deep = |group: Group| Group { groups: vec![group], ..Group::default() };
        let tag = Test::OneOf(vec!["tag_01k0000000000000000000000z".to_owned()]);
        for (definition, path, reason) in [
            (Group::default(), "", Reason::Empty),
            (inner(Vec::new()), "/groups/0", Reason::Empty),
            (inner(vec![ask(Subject::Tag, tag)]), "/groups/0/conditions/0/words", Reason::Choice),
            (inner(vec![ask(Subject::Name, Test::Above(1.0))]), "/groups/0/conditions/0/is", Reason::Test),
            (inner(vec![ask(Subject::Metric("tests.none".to_owned()), Test::Known)]), "/groups/0/conditions/0/key", Reason::Subject),
            (deep(deep(deep(open_ones()))), "", Reason::Deep),
            (all_of(vec![open_ones().conditions[0].clone(); 51]), "", Reason::Many),
        ] {
            let refused = add(&db, &world.ada, shared(definition)).await;
            let Err(SegmentError::Bad(misplaced)) = refused else { panic!("{path}: {refused:?}") };
            assert_eq!((misplaced.path.as_str(), misplaced.reason), (path, reason));
        }
        let named = |name: &str| SegmentText { name: name.to_owned(), ..shared(open_ones()) };
        assert_eq!(add(&db, &world.ada, named("  ")).await, Err(SegmentError::BadName));
        assert_eq!(add(&db, &world.ada, named(&"x".repeat(81))).await, Err(SegmentError::BadName));
        let long = SegmentText { about: "x".repeat(501), ..shared(open_ones()) };
        assert_eq!(add(&db, &world.ada, long).await, Err(SegmentError::LongAbout));
    }
}
