//! Who comes and goes after whatever happened, and who is told of it.

use std::time::Duration;

use kit::db::Db;
use kit::id::Ids;
use kit::jobs::Job as _;
use kit::jobs::admin::{self, Filter};
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::assignment;
use tandem_core::events;
use tandem_core::segments::jobs::Build;
use tandem_core::segments::{self, Group, Join, SegmentError, Subject, Test};
use testkit::on_both;

use super::{add, all_of, ask, find, know, members, open_ones, people, settle, shared, tag, told, wired};
use crate::world::{LISTS, World, add_account};

/// Who would be in by a look at every account.
async fn scanned(db: &Db, actor: &Actor, definition: &Group) -> i64 {
    let (actor, definition) = (actor.clone(), definition.clone());
    let preview = db
        .read(move |tx| segments::preview(tx, &actor, &definition))
        .await
        .unwrap();
    assert!(preview.is_whole);
    preview.members
}

async fn close(db: &Db, actor: &Actor, account: AccountId, is_closed: bool) {
    let actor = actor.clone();
    db.write(move |tx| {
        if is_closed {
            accounts::close(tx, &actor, account)
        } else {
            accounts::reopen(tx, &actor, account)
        }
    })
    .await
    .unwrap();
}

on_both! { LISTS;
    async fn a_random_history_leaves_who_a_look_at_every_account_finds(db: TestDb) {
        wired(&db);
        let (world, dice) = (World::new(&db).await, Ids::seeded(40));
        let mut all = Vec::new();
        for number in 0..8 {
            all.push(add_account(&db, &world.ada, &format!("Account {number}")).await.unwrap().id);
        }
        let vip = tag(&db, &world.ada, all[0], "vip").await.id.to_string();
        let definitions = [
            open_ones(),
            Group { join: Join::Any, ..all_of(vec![people(Test::AtLeast(5.0)), people(Test::Unknown)]) },
            Group { groups: vec![Group { join: Join::None, ..all_of(vec![people(Test::Below(3.0))]) }],
                ..all_of(vec![ask(Subject::Tag, Test::NoneOf(vec![vip])), ask(Subject::Owner, Test::Unknown)]) },
            all_of(vec![ask(Subject::Name, Test::Contains("ACCOUNT 3".to_owned()))]),
        ];
        let mut kept = Vec::new();
        for definition in &definitions {
            kept.push(add(&db, &world.ada, shared(definition.clone())).await.unwrap().id);
        }
        for _ in 0..60 {
            let account = all[dice.below(8) as usize];
            match dice.below(5) {
                0 => close(&db, &world.ada, account, dice.below(2) == 0).await,
                1 => drop(tag(&db, &world.ada, account, "vip").await),
                2 => know(&db, &world.ada, account, None).await,
                3 => know(&db, &world.ada, account, Some(dice.below(10) as f64)).await,
                _ => {
                    let (ada, owner) = (world.ada.clone(), world.ada.agent().filter(|_| dice.below(2) == 0));
                    db.write(move |tx| assignment::give(tx, &ada, account, owner)).await.unwrap();
                }
            }
            settle(&db).await;
            for (id, definition) in kept.iter().zip(&definitions) {
                let held = members(&db, &world.ada, *id).await;
                assert_eq!(held.len() as i64, scanned(&db, &world.ada, definition).await, "{definition:?}");
            }
        }
        // What was told is what happened: each comes before it goes, and goes before it comes again.
        let mut inside = std::collections::BTreeMap::new();
        events::give_positions(&db).await.unwrap();
        for event in db.read(|tx| events::after(tx, events::Position::default(), 10_000)).await.unwrap() {
            if event.kind == segments::ENTERED.name || event.kind == segments::LEFT.name {
                let segment = event.payload["segment"].as_str().unwrap().to_owned();
                let is_in = event.kind == segments::ENTERED.name;
                let before = inside.insert((segment, event.subject), is_in);
                assert_ne!(before, Some(is_in));
            }
        }
    }

    async fn a_new_definition_is_told_once_and_an_account_that_changes_by_itself(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let one = add_account(&db, &world.ada, "One").await.unwrap().id;
        let two = add_account(&db, &world.ada, "Two").await.unwrap().id;
        let segment = add(&db, &world.ada, shared(open_ones())).await.unwrap();
        assert_eq!(members(&db, &world.sam, segment.id).await, [one, two]);
        let now = find(&db, &world.sam, segment.id).await.unwrap();
        assert!(now.is_counted && now.progress() == 100);
        assert!(told(&db).await.is_empty(), "the definition was the cause");
        close(&db, &world.ada, two, true).await;
        settle(&db).await;
        assert_eq!(told(&db).await, [(segments::LEFT.name.to_owned(), two.to_string())]);
        // Another definition moves both, and nobody is told of each.
        let closed = ask(Subject::State, Test::OneOf(vec!["closed".to_owned()]));
        let (ada, text) = (world.ada.clone(), shared(all_of(vec![closed])));
        let changed = db.write(move |tx| segments::change(tx, &ada, segment.id, 1, &text)).await.unwrap();
        assert!(!changed.is_counted && changed.version == 2);
        settle(&db).await;
        assert_eq!(members(&db, &world.ada, segment.id).await, [two]);
        assert_eq!(told(&db).await.len(), 1);
        events::give_positions(&db).await.unwrap();
        let all = db.read(|tx| events::after(tx, events::Position::default(), 1_000)).await.unwrap();
        let counts: Vec<_> = all.into_iter().filter(|event| event.kind == segments::CHANGED.name).collect();
        assert_eq!((&counts[0].payload["entered"], &counts[0].payload["members"]), (&2.into(), &2.into()));
        assert_eq!((&counts[1].payload["entered"], &counts[1].payload["left"]), (&1.into(), &1.into()));
        // An older state is refused, the same twice is no change.
        let (ada, text) = (world.ada.clone(), changed.text.clone());
        let again = db.write(move |tx| segments::change(tx, &ada, segment.id, 2, &text)).await.unwrap();
        assert_eq!(again.version, 2);
        let (ada, text) = (world.ada.clone(), shared(open_ones()));
        let stale = db.write(move |tx| segments::change(tx, &ada, segment.id, 1, &text)).await;
        assert!(matches!(stale, Err(SegmentError::Stale(now)) if now.version == 2));
    }

    async fn a_new_day_lets_accounts_come_and_go(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let one = add_account(&db, &world.ada, "One").await.unwrap().id;
        let young = add(&db, &world.ada, shared(all_of(vec![ask(Subject::Created, Test::Last(3))]))).await.unwrap();
        let plain = add(&db, &world.ada, shared(open_ones())).await.unwrap();
        assert!(young.is_timed && !plain.is_timed);
        assert_eq!(members(&db, &world.ada, young.id).await, [one]);
        for day in 0..5 {
            db.clock.advance(Duration::from_secs(86_400));
            let workspace = world.workspace.id;
            db.write(move |tx| kit::jobs::queue(tx, workspace, &segments::jobs::Turn {})).await.unwrap();
            settle(&db).await;
            assert_eq!(members(&db, &world.ada, young.id).await.len(), usize::from(day < 3), "day {day}");
        }
        assert_eq!(told(&db).await, [(segments::LEFT.name.to_owned(), one.to_string())]);
        assert_eq!(members(&db, &world.ada, plain.id).await, [one]);
    }

    async fn an_account_that_comes_while_a_definition_is_counted_is_told(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let one = add_account(&db, &world.ada, "One").await.unwrap().id;
        let two = add_account(&db, &world.ada, "Two").await.unwrap().id;
        know(&db, &world.ada, two, Some(4.0)).await;
        let large = add(&db, &world.ada, shared(all_of(vec![people(Test::AtLeast(5.0))]))).await.unwrap();
        let (ada, text, workspace) = (world.ada.clone(), shared(all_of(vec![people(Test::AtLeast(3.0))])), world.workspace.id);
        db.write(move |tx| segments::change(tx, &ada, large.id, 1, &text)).await.unwrap();
        know(&db, &world.ada, one, Some(4.0)).await;
        db.write(move |tx| segments::follow(tx, workspace, one)).await.unwrap();
        settle(&db).await;
        assert_eq!(members(&db, &world.ada, large.id).await, [one, two]);
        assert_eq!(told(&db).await, [(segments::ENTERED.name.to_owned(), one.to_string())]);
    }

    async fn a_count_that_was_lost_is_taken_up_with_the_day(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let one = add_account(&db, &world.ada, "One").await.unwrap().id;
        let (ada, workspace) = (world.ada.clone(), world.workspace.id);
        let lost = db.write(move |tx| {
            let segment = segments::add(tx, &ada, &shared(open_ones()))?;
            let builds = Filter { kind: Some(Build::KIND.to_owned()), ..Filter::default() };
            for job in admin::list(tx, &builds, None, 9)? {
                admin::cancel(tx, job.workspace, job.id)?;
            }
            Ok::<_, SegmentError>(segment.id)
        }).await.unwrap();
        settle(&db).await;
        assert!(!find(&db, &world.ada, lost).await.unwrap().is_counted);
        db.write(move |tx| kit::jobs::queue(tx, workspace, &segments::jobs::Turn {})).await.unwrap();
        settle(&db).await;
        assert!(find(&db, &world.ada, lost).await.unwrap().is_counted);
        assert_eq!(members(&db, &world.ada, lost).await, [one]);
    }
}
