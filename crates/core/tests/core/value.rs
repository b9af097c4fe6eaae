//! Value: estimates are made, shown with their checks, refused with reasons, and asked for by those who may.

use kit::db::Db;
use kit::id::Ids;
use kit::stats::wilson;
use tandem_core::actor::Actor;
use tandem_core::orders::repeating::{self, Repeats};
use tandem_core::permissions::Permission;
use tandem_core::subscriptions::{EndReason, Terms};
use tandem_core::value::{self, Cursor, Estimate, Refusal, Settings, ValueError};
use tandem_core::{orders, subscriptions, workspaces};
use testkit::on_both;

use crate::money::{add_product, day, subscribe, terms};
use crate::orders::{order, order_text};
use crate::world::{LISTS, World, add_account, kinds, without};

async fn estimated(db: &Db, actor: &Actor) -> Estimate {
    value::estimate_now(db, actor.workspace).await.unwrap();
    let actor = actor.clone();
    let newest = db.read(move |tx| value::newest(tx, &actor)).await;
    newest.unwrap().expect("there is an estimate")
}

/// Accounts that order at their own pace until they stop, some sooner and some hardly ever: where all are alike, the model
/// has no bound.
async fn trade(db: &Db, world: &World, accounts: u64) {
    let dice = Ids::seeded(7);
    let workspace = world.workspace.id;
    let today = db.read(move |tx| workspaces::today(tx, workspace)).await.unwrap();
    for number in 0..accounts {
        let account = add_account(db, &world.ada, &format!("Buyer {number}"))
            .await
            .unwrap()
            .id;
        let (mut on, pace) = (today.plus_days(-600), 10 + dice.below(120) as i64);
        let (mut turn, stays) = (0, [2, 4, 60][number as usize % 3]);
        while on < today && (turn == 0 || dice.below(stays) > 0) {
            let total = 5_000 + dice.below(20_000) as i64 + (number as i64 % 9) * 3_000;
            let text = order_text(&format!("SO-{number}-{turn}"), &on.to_string(), total);
            order(db, &world.ada, account, text).await.unwrap();
            on = on.plus_days(1 + dice.below(2 * pace.unsigned_abs()) as i64);
            turn += 1;
        }
    }
}

on_both! { LISTS;
    async fn with_too_little_there_is_a_reason_and_no_number(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        order(&db, &world.ada, account, order_text("SO-1", "2026-01-01", 100)).await.unwrap();
        let estimate = estimated(&db, &world.ada).await;
        assert_eq!((estimate.accounts, estimate.total.minor), (0, 0));
        let models = estimate.models;
        assert_eq!(models.repeat.refused(), Some(&Refusal::TooFewAccounts { given: 1, needed: 60 }));
        assert!(models.contract.refused().is_some());
        let (ada, id) = (world.ada.clone(), estimate.id);
        assert_eq!(db.read(move |tx| value::of_account(tx, &ada, id, account)).await.unwrap(), None);
        let eve = world.eve.clone();
        assert_eq!(db.read(move |tx| value::newest(tx, &eve)).await.unwrap(), None);
    }

    async fn accounts_that_order_have_a_value_that_adds_up_and_explains_itself(db: TestDb) {
        let world = World::new(&db).await;
        trade(&db, &world, 80).await;
        let estimate = estimated(&db, &world.ada).await;
        let repeat = &estimate.models.repeat;
        let model = repeat.fitted().unwrap_or_else(|| panic!("{repeat:?}")).clone();
        assert_eq!((model.accounts, model.checks.len(), model.hold_out.cumulative.len()), (80, 4, 26));
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let (ada, id) = (world.ada.clone(), estimate.id);
            let part = db.read(move |tx| value::list(tx, &ada, id, cursor, 30)).await.unwrap();
            let Some(last) = part.last() else { break };
            cursor = Some(Cursor { estimate: id, worth: last.worth, account: last.account });
            seen.extend(part);
        }
        assert_eq!(seen.len(), 80);
        assert!(seen.is_sorted_by(|one, other| one.worth >= other.worth));
        assert_eq!(seen.iter().map(|one| one.worth).sum::<i64>(), estimate.total.minor);
        for one in seen {
            let reason = one.reasons.repeat.expect("it has ordered");
            assert!((0.0..=1.0).contains(&reason.alive) && reason.expected >= 0.0 && reason.worth == one.worth);
        }
        // Another estimate takes the place of the first.
        let again = estimated(&db, &world.ada).await;
        let (ada, id) = (world.ada.clone(), estimate.id);
        assert!(again.id != id && again.total == estimate.total);
        assert!(db.read(move |tx| value::list(tx, &ada, id, None, 30)).await.unwrap().is_empty());
    }

    async fn accounts_under_contract_are_worth_their_renewals(db: TestDb) {
        let world = World::new(&db).await;
        let product = add_product(&db, &world.ada, "Team plan").await.unwrap();
        let workspace = world.workspace.id;
        let today = db.read(move |tx| workspaces::today(tx, workspace)).await.unwrap();
        for number in 0..60 {
            let account = add_account(&db, &world.ada, &format!("Member {number}")).await.unwrap().id;
            let starts = today.plus_days(-1_200 + number % 5);
            let new = Terms { ends: None, ..terms(&product, starts) };
            let one = subscribe(&db, &world.ada, account, new).await.unwrap();
            if number < 20 {
                let (ada, end) = (world.ada.clone(), starts.plus_months(12 * (1 + i64::from(number % 3 == 0))));
                db.write(move |tx| subscriptions::end(tx, &ada, one.id, end, EndReason::Price)).await.unwrap();
            }
        }
        let estimate = estimated(&db, &world.ada).await;
        let model = estimate.models.contract.fitted().expect("there is enough").clone();
        assert_eq!((model.accounts, model.lost, model.term_months), (60, 20, 12));
        assert_eq!(estimate.accounts, 40);
        let (ada, id) = (world.ada.clone(), estimate.id);
        let first = db.read(move |tx| value::list(tx, &ada, id, None, 1)).await.unwrap().remove(0);
        let reason = first.reasons.contract.unwrap();
        assert_eq!((reason.renewed, reason.revenue), (3, 120_000));
        assert!(reason.chance > 0.8 && reason.terms < 3.0);
    }

    async fn what_is_assumed_is_changed_by_those_who_keep_money_and_asks_for_an_estimate(db: TestDb) {
        let world = World::new(&db).await;
        let settings = Settings { margin: 5_000, discount: 800, horizon_months: 24 };
        let ada = world.ada.clone();
        db.write(move |tx| value::change(tx, &ada, settings)).await.unwrap();
        let ada = world.ada.clone();
        let (now, asked) = db.read(move |tx| Ok::<_, ValueError>((value::settings(tx, &ada)?, value::is_asked(tx, &ada)?))).await.unwrap();
        assert_eq!((now, asked), (settings, true));
        for wrong in [Settings { margin: 10_001, ..settings }, Settings { discount: -1, ..settings }, Settings { horizon_months: 0, ..settings }] {
            let ada = world.ada.clone();
            assert!(db.write(move |tx| value::change(tx, &ada, wrong)).await.is_err());
        }
        let sam = world.sam.clone();
        let refused = db.write(move |tx| value::change(tx, &sam, Settings::default())).await;
        assert!(matches!(refused, Err(ValueError::Forbidden(_))));
        estimated(&db, &world.ada).await;
        let ada = world.ada.clone();
        assert!(!db.read(move |tx| value::is_asked(tx, &ada)).await.unwrap());
        let told: Vec<_> = kinds(&db).await.into_iter().filter(|kind| kind.starts_with("value.")).collect();
        assert_eq!(told, ["value.changed", "value.asked", "value.estimated"]);
    }

    async fn who_ordered_before_or_again_counts_as_a_repeater(db: TestDb) {
        let world = World::new(&db).await;
        for (name, days) in [("once", &["2026-03-05"][..]), ("twice", &["2026-03-05", "2026-03-20"]), ("before", &["2025-01-01", "2026-03-31"]), ("same day", &["2026-03-05", "2026-03-05"]), ("later", &["2026-03-01", "2026-04-01"]), ("never then", &["2025-01-01", "2025-06-01"])] {
            let account = add_account(&db, &world.ada, name).await.unwrap().id;
            for (place, on) in days.iter().enumerate() {
                order(&db, &world.ada, account, order_text(&format!("{name}-{place}"), on, 100)).await.unwrap();
            }
        }
        let account = add_account(&db, &world.ada, "cancelled").await.unwrap().id;
        for on in ["2026-02-01", "2026-03-01"] {
            let id = order(&db, &world.ada, account, order_text(on, on, 100)).await.unwrap().id;
            let ada = world.ada.clone();
            db.write(move |tx| orders::cancel(tx, &ada, id)).await.unwrap();
        }
        let span = (day("2026-03-01"), day("2026-04-01"));
        let ada = world.ada.clone();
        let found = db.read(move |tx| repeating::repeats(tx, &ada, span)).await.unwrap();
        assert_eq!(found, Repeats { accounts: 5, again: 2 });
        assert!(wilson(2, 5, 0.95).0 < found.rate().unwrap());
        let ada = world.ada.clone();
        let mut names: Vec<_> = db.read(move |tx| repeating::repeaters(tx, &ada, (span, true), None, 10)).await.unwrap().into_iter().map(|one| (one.name, one.orders)).collect();
        names.sort();
        assert_eq!(names, [("before".to_owned(), 1), ("twice".to_owned(), 2)]);
        let poor = without(&world.ada, Permission::AccountsRead);
        let named = db.read(move |tx| repeating::repeaters(tx, &poor, (span, true), None, 10)).await;
        assert!(matches!(named, Err(orders::OrderError::Forbidden(_))));
    }
}
