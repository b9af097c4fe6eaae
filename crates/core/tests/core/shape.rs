//! Tags and fields.

use std::collections::BTreeMap;

use kit::db::Db;
use kit::id::TypedId;
use kit::money::Money;
use tandem_core::accounts::{AccountId, NOUN};
use tandem_core::actor::Actor;
use tandem_core::fields::{self, Field, FieldError, FieldKind, FieldText, FieldValue, Trouble};
use tandem_core::tags::{self, Colour, TagError, TagText};
use testkit::on_both;

use crate::world::{LISTS, World, add_account, kinds};

on_both! { LISTS;
    async fn a_word_is_one_tag_however_it_is_written(db: TestDb) {
        let world = World::new(&db).await;
        let first = add_account(&db, &world.sam, "First").await.unwrap().id;
        let second = add_account(&db, &world.sam, "Second").await.unwrap().id;
        for (id, name) in [(first, "Key  Account"), (second, " key account"), (first, "KEY ACCOUNT")] {
            let sam = world.sam.clone();
            db.write(move |tx| tags::put(tx, &sam, &NOUN, id.into(), name)).await.unwrap();
        }
        assert_eq!(words(&db, &world.sam, first).await, ["Key Account"]);
        let workspace = world.workspace.id;
        let all = db.read(move |tx| tags::all(tx, workspace)).await.unwrap();
        assert_eq!(all.iter().map(|(tag, uses)| (tag.name.as_str(), *uses)).collect::<Vec<_>>(), [("Key Account", 2)]);
        let tagged = kinds(&db).await.iter().filter(|kind| *kind == "account.tagged").count();
        assert_eq!(tagged, 2);
    }

    async fn what_had_a_merged_tag_has_the_other_once(db: TestDb) {
        let world = World::new(&db).await;
        let both = add_account(&db, &world.ada, "Both").await.unwrap().id;
        let one = add_account(&db, &world.ada, "One").await.unwrap().id;
        let ada = world.ada.clone();
        let kept = db.write(move |tx| {
            let vip = tags::put(tx, &ada, &NOUN, both.into(), "vip")?;
            let gone = tags::put(tx, &ada, &NOUN, both.into(), "very important")?;
            tags::put(tx, &ada, &NOUN, one.into(), "very important")?;
            tags::merge(tx, &ada, gone.id, vip.id)
        }).await.unwrap();
        assert_eq!(words(&db, &world.ada, both).await, ["vip"]);
        assert_eq!(words(&db, &world.ada, one).await, ["vip"]);
        let ada = world.ada.clone();
        let own = db.write(move |tx| tags::merge(tx, &ada, kept.id, kept.id)).await.unwrap_err();
        assert_eq!(own, TagError::BadMerge);
    }

    async fn the_vocabulary_is_kept_by_those_who_may_and_by_one_at_a_time(db: TestDb) {
        let world = World::new(&db).await;
        let text = |name: &str| TagText { name: name.to_owned(), colour: Colour::Green };
        let (sam, new) = (world.sam.clone(), text("pilot"));
        let refused = db.write(move |tx| tags::add(tx, &sam, &new)).await.unwrap_err();
        assert!(matches!(refused, TagError::Forbidden(_)));
        let (ada, new) = (world.ada.clone(), text("pilot"));
        let tag = db.write(move |tx| tags::add(tx, &ada, &new)).await.unwrap();
        let (ada, new) = (world.ada.clone(), text("trial"));
        let changed = db.write(move |tx| tags::change(tx, &ada, tag.id, 1, &new)).await.unwrap();
        assert_eq!((changed.name.as_str(), changed.version), ("trial", 2));
        let (ada, new) = (world.ada.clone(), text("late"));
        let late = db.write(move |tx| tags::change(tx, &ada, tag.id, 1, &new)).await.unwrap_err();
        assert!(matches!(late, TagError::Stale(_)));
        let eve = world.eve.clone();
        assert_eq!(db.read(move |tx| tags::find(tx, &eve, tag.id)).await.unwrap(), None);
    }

    async fn every_kind_of_field_gives_back_what_it_got(db: TestDb) {
        let world = World::new(&db).await;
        let id = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let several = |all: &[&str]| FieldValue::Several(all.iter().map(|one| (*one).to_owned()).collect());
        let money = |minor| FieldValue::Money(Money { minor, currency: "EUR".parse().unwrap() });
        let given = [
            (FieldKind::Text, FieldValue::Words(" Łódź ".into()), FieldValue::Words("Łódź".into())),
            (FieldKind::LongText, FieldValue::Words("a\nb".into()), FieldValue::Words("a\nb".into())),
            (FieldKind::Number, FieldValue::Number(-1.5), FieldValue::Number(-1.5)),
            (FieldKind::Date, FieldValue::Day("2026-02-28".parse().unwrap()), FieldValue::Day("2026-02-28".parse().unwrap())),
            (FieldKind::YesNo, FieldValue::Flag(false), FieldValue::Flag(false)),
            (FieldKind::Choice, FieldValue::Words("red".into()), FieldValue::Words("Red".into())),
            (FieldKind::Choices, several(&["blue", "Red"]), several(&["Red", "Blue"])),
            (FieldKind::Money, money(-125_050), money(-125_050)),
            (FieldKind::Link, FieldValue::Words("example.com".into()), FieldValue::Words("https://example.com".into())),
        ];
        let mut wanted = BTreeMap::new();
        let mut expected = Vec::new();
        for (kind, value, kept) in given {
            let field = add_field(&db, &world.ada, kind, kind.as_str(), false).await.unwrap();
            wanted.insert(field.id, Some(value));
            expected.push((field, kept));
        }
        let sam = world.sam.clone();
        db.write(move |tx| fields::set(tx, &sam, &NOUN, id.into(), &wanted)).await.unwrap();
        let values = values(&db, &world.ada, id).await;
        for (field, kept) in &expected {
            assert_eq!(values.get(field.id), Some(kept), "{:?}", field.kind);
        }
        let sam = world.sam.clone();
        let empty: BTreeMap<_, _> = expected.iter().map(|(field, _)| (field.id, None)).collect();
        db.write(move |tx| fields::set(tx, &sam, &NOUN, id.into(), &empty)).await.unwrap();
        assert!(self::values(&db, &world.ada, id).await.is_empty());
    }

    async fn values_that_do_not_fit_are_all_named_and_none_is_kept(db: TestDb) {
        let world = World::new(&db).await;
        let id = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let must = add_field(&db, &world.ada, FieldKind::Text, "Must", true).await.unwrap();
        let colour = add_field(&db, &world.ada, FieldKind::Choice, "Colour", false).await.unwrap();
        let fine = add_field(&db, &world.ada, FieldKind::Text, "Fine", false).await.unwrap();
        let wanted: BTreeMap<_, _> = [
            (must.id, None),
            (colour.id, Some(FieldValue::Words("mauve".into()))),
            (fine.id, Some(FieldValue::Words("yes".into()))),
        ].into();
        let ada = world.ada.clone();
        let error = db.write(move |tx| fields::set(tx, &ada, &NOUN, id.into(), &wanted)).await.unwrap_err();
        let FieldError::Wrong(wrong) = error else { panic!("{error}") };
        let named: Vec<_> = wrong.iter().map(|one| (one.key.as_str(), one.trouble)).collect();
        assert_eq!(named, [("must", Trouble::Missing), ("colour", Trouble::NoChoice)]);
        assert!(values(&db, &world.ada, id).await.is_empty());
    }

    async fn fields_move_are_archived_and_come_back_with_their_values(db: TestDb) {
        let world = World::new(&db).await;
        let id = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let first = add_field(&db, &world.ada, FieldKind::Text, "First", false).await.unwrap();
        let second = add_field(&db, &world.ada, FieldKind::Text, "Second", false).await.unwrap();
        let same = add_field(&db, &world.ada, FieldKind::Text, "First", false).await.unwrap_err();
        assert_eq!(same, FieldError::KeyTaken);
        let ada = world.ada.clone();
        let wanted: BTreeMap<_, _> = [(first.id, Some(FieldValue::Words("kept".into())))].into();
        db.write(move |tx| {
            fields::set(tx, &ada, &NOUN, id.into(), &wanted)?;
            fields::step(tx, &ada, second.id, true)?;
            fields::step(tx, &ada, second.id, true)?;
            fields::archive(tx, &ada, first.id)
        }).await.unwrap();
        assert!(values(&db, &world.ada, id).await.is_empty());
        let ada = world.ada.clone();
        db.write(move |tx| fields::restore(tx, &ada, first.id)).await.unwrap();
        assert_eq!(values(&db, &world.ada, id).await.get(first.id), Some(&FieldValue::Words("kept".into())));
        let workspace = world.workspace.id;
        let order = db.read(move |tx| fields::open(tx, workspace, &NOUN)).await.unwrap();
        assert_eq!(order.iter().map(|field| field.text.label.as_str()).collect::<Vec<_>>(), ["Second", "First"]);
    }
}

async fn words(db: &Db, actor: &Actor, id: AccountId) -> Vec<String> {
    let workspace = actor.workspace;
    let found = db
        .read(move |tx| tags::of(tx, workspace, &NOUN, id.uuid()))
        .await
        .unwrap();
    found.into_iter().map(|tag| tag.name).collect()
}

async fn add_field(
    db: &Db,
    actor: &Actor,
    kind: FieldKind,
    label: &str,
    is_required: bool,
) -> Result<Field, FieldError> {
    let text = FieldText {
        label: label.to_owned(),
        is_required,
        choices: if kind.has_choices() {
            vec!["Red".into(), "Blue".into()]
        } else {
            Vec::new()
        },
        ..FieldText::default()
    };
    let actor = actor.clone();
    db.write(move |tx| fields::add(tx, &actor, &NOUN, kind, &text))
        .await
}

async fn values(db: &Db, actor: &Actor, id: AccountId) -> fields::Values {
    let workspace = actor.workspace;
    let found = db
        .read(move |tx| {
            let open = fields::open(tx, workspace, &NOUN)?;
            fields::of_many(tx, workspace, &open, &[id.uuid()])
        })
        .await;
    let mut found = found.unwrap_or_else(|error: kit::db::DbError| panic!("{error}"));
    found.remove(&id.uuid()).unwrap_or_default()
}
