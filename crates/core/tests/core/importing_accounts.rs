//! What files say of accounts beyond their names: tags, stage, tier, owner, and the workspace's own fields.

use std::collections::BTreeMap;

use kit::id::TypedId;
use tandem_core::accounts::{Account, NOUN};
use tandem_core::actor::Actor;
use tandem_core::fields::{self, FieldKind, FieldText, FieldValue};
use tandem_core::imports::State;
use tandem_core::{agents, assignment, stages, tags, tiers};
use testkit::{TestDb, on_both};

use crate::importing::{reason, reasons, undo};
use crate::imports::{LISTS, all, counts, equip, import_to, refused};
use crate::world::World;

/// Every kind of field, with a label that a column has.
const KINDS: &[(FieldKind, &str)] = &[
    (FieldKind::Text, "Industry"),
    (FieldKind::Number, "Seats used"),
    (FieldKind::Date, "Renewal talk"),
    (FieldKind::YesNo, "Reference"),
    (FieldKind::Choice, "Region"),
    (FieldKind::Choices, "Modules"),
    (FieldKind::Link, "Board"),
];

async fn shape(db: &TestDb, actor: &Actor) {
    for (kind, label) in KINDS {
        let (actor, kind, label) = (actor.clone(), *kind, (*label).to_owned());
        let choices = if kind.has_choices() {
            vec!["North".to_owned(), "South".to_owned()]
        } else {
            Vec::new()
        };
        let text = FieldText {
            label,
            choices,
            ..FieldText::default()
        };
        db.write(move |tx| fields::add(tx, &actor, &NOUN, kind, &text))
            .await
            .unwrap();
    }
}

/// What is known of an account beyond its name: tags, stage, tier (if pinned), owner, fields.
async fn known(
    db: &TestDb,
    actor: &Actor,
    account: &Account,
) -> (
    Vec<String>,
    String,
    String,
    String,
    BTreeMap<String, serde_json::Value>,
) {
    let (actor, id) = (actor.clone(), account.id);
    let known = db.read(move |tx| {
        let workspace = actor.workspace;
        let tags = tags::of(tx, workspace, &NOUN, id.uuid())?;
        let stage = stages::now(tx, workspace, &[id])?.remove(&id);
        let tier = tiers::of(tx, workspace, &[id])?
            .remove(&id)
            .filter(|now| now.is_pinned)
            .and_then(|now| now.tier);
        let owner = match assignment::of(tx, workspace, &[id])?.remove(&id) {
            Some(span) => agents::find(tx, workspace, span.agent)?,
            None => None,
        };
        let open = fields::open(tx, workspace, &NOUN)?;
        let mut held = fields::of_many(tx, workspace, &open, &[id.uuid()])?;
        let held = held.remove(&id.uuid()).unwrap_or_default();
        let mut values = held.document(&open);
        values.retain(|_, value| !value.is_null());
        Ok::<_, kit::db::DbError>((
            tags.into_iter().map(|tag| tag.name).collect(),
            stage.map(|rung| rung.text.name).unwrap_or_default(),
            tier.map(|rung| rung.text.name).unwrap_or_default(),
            owner.map(|agent| agent.name).unwrap_or_default(),
            values,
        ))
    });
    known.await.unwrap()
}

/// The names of the second stage and the first tier.
async fn rungs(db: &TestDb, actor: &Actor) -> (String, String) {
    let workspace = actor.workspace;
    let names = db.read(move |tx| {
        let stage = tandem_core::ladders::open(tx, workspace, tandem_core::ladders::Ladder::Stages)?[1]
            .text
            .name
            .clone();
        let tier = tandem_core::ladders::open(tx, workspace, tandem_core::ladders::Ladder::Tiers)?[0]
            .text
            .name
            .clone();
        Ok::<_, kit::db::DbError>((stage, tier))
    });
    names.await.unwrap()
}

on_both! { LISTS;
    async fn accounts_come_with_all_that_a_file_says_of_them(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        shape(&db, &world.ada).await;
        let (stage, tier) = rungs(&db, &world.ada).await;
        let head = "Id;Name;Tags;Stage;Tier;Owner;Industry;Seats used;Renewal talk;Reference;Region;Modules;Board\n";
        let file = format!("{head}\
            1;Acme;vip, Key account;{};{};ADA@example.com;Rail;1.250,5;13.02.2026;tak;north;South|North;https://acme.example\n\
            2;Best;vip;;;ada;;;;;;;\n\
            3;Cold;;Nowhere;;;;;;;;;\n\
            4;Dull;;;Diamond;;;;;;;;\n\
            5;Even;;;;nobody@example.com;;;;;;;\n\
            6;Fair;;;;;;9x9;;;;;\n\
            7;Good;;;;;;;31.02.2026;;;;\n\
            8;Huge;;;;;;;;perhaps;;;\n\
            9;Idle;;;;;;;;;West;;\n\
            10;Just;;;;;;;;;;North|West;\n\
            11;Keen;;;;;;;;;;;not a link\n\
            12;Long;{};;;;;;;;;;\n", stage.to_uppercase(), tier.to_lowercase(), "x".repeat(41));
        let import = import_to(&db, &world.ada, "accounts", file.clone()).await;
        assert_eq!(reasons(&db, &world.ada, &import).await, [
            reason(4, "not-there", "stage"),
            reason(5, "not-there", "tier"),
            reason(6, "not-there", "owner"),
            reason(7, "bad-amount", "field:seats_used"),
            reason(8, "bad-day", "field:renewal_talk"),
            reason(9, "bad-word", "field:reference"),
            reason(10, "bad-word", "field:region"),
            reason(11, "bad-word", "field:modules"),
            reason(12, "bad-website", "field:board"),
            reason(13, "too-long", "tags"),
        ]);
        assert_eq!((import.state, counts(&import)), (State::Done, [2, 0, 0, 10]));
        let back = refused(&db, &world.ada, import.id).await;
        assert!(back.contains("Region: nobody here knows “West”") && back.contains("North, South"), "{back}");
        let everyone = all(&db, &world.ada).await;
        let (tags, on, pinned, owner, values) = known(&db, &world.ada, &everyone[0]).await;
        assert_eq!((tags, on, pinned), (vec!["Key account".to_owned(), "vip".to_owned()], stage, tier));
        assert_eq!(owner, "Ada");
        let expected = serde_json::json!({
            "industry": "Rail", "seats_used": 1250.5, "renewal_talk": "2026-02-13", "reference": true,
            "region": "North", "modules": ["North", "South"], "board": "https://acme.example",
        });
        assert_eq!(serde_json::json!(values), expected);
        let again = import_to(&db, &world.ada, "accounts", file).await;
        assert_eq!(counts(&again), [0, 0, 2, 10], "the same file says nothing new");
        let undone = undo(&db, &world.ada, &import).await;
        assert_eq!((undone.counts.taken_back, all(&db, &world.ada).await.len()), (2, 0));
    }

    async fn what_a_file_says_anew_is_taken_back_unless_somebody_has_said_something_else(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        shape(&db, &world.ada).await;
        let (stage, tier) = rungs(&db, &world.ada).await;
        import_to(&db, &world.ada, "accounts", "id,name,tags,industry\n1,Acme,old,Rail\n2,Best,old,Rail\n").await;
        let everyone = all(&db, &world.ada).await;
        let before = known(&db, &world.ada, &everyone[0]).await;
        let file = format!("id,name,tags,stage,tier,owner,industry\n1,Acme,new,{stage},{tier},ada@example.com,Road\n2,Best,,,,,Road\n");
        let import = import_to(&db, &world.ada, "accounts", file).await;
        assert_eq!(counts(&import), [0, 2, 0, 0]);
        let now = known(&db, &world.ada, &everyone[0]).await;
        assert_eq!((now.0.join(" "), now.1, now.2, now.3), ("new old".into(), stage, tier, "Ada".into()));
        let (ada, best) = (world.ada.clone(), everyone[1].id);
        db.write(move |tx| {
            let industry = fields::open(tx, ada.workspace, &NOUN)?[0].id;
            let wanted = BTreeMap::from([(industry, Some(FieldValue::Words("Water".into())))]);
            fields::set(tx, &ada, &NOUN, best.into(), &wanted)
        }).await.unwrap();
        let undone = undo(&db, &world.ada, &import).await;
        assert_eq!((undone.counts.taken_back, undone.counts.left_alone), (1, 1), "one was filled in since");
        let after = known(&db, &world.ada, &everyone[0]).await;
        assert_eq!((after.0, after.2, after.3, after.4), (before.0, before.2, before.3, before.4));
        assert_eq!(known(&db, &world.ada, &everyone[1]).await.4["industry"], "Water");
    }

    async fn two_rows_that_say_different_things_of_one_account_are_told_apart(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        let (stage, _) = rungs(&db, &world.ada).await;
        let import = import_to(&db, &world.ada, "accounts", format!("id,name,stage,tags\n1,Acme,{stage},a\n1,Acme,{stage},a\n1,Acme,,b\n")).await;
        assert_eq!(counts(&import), [1, 0, 1, 1]);
        assert_eq!(reasons(&db, &world.ada, &import).await, [reason(4, "same-key", "")]);
    }
}
