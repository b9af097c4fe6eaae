//! Movements add up, and revenue is what subscriptions bring.

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::DbError;
use kit::id::Ids;
use kit::money::Currency;
use tandem_core::ledger::{self, Kind, Movement};
use tandem_core::retention::{self, Period};
use tandem_core::subscriptions::{self, End, EndReason, Price, Renewal, Subscription, SubscriptionId};
use tandem_core::workspaces;
use testkit::on_both;

use super::book;
use crate::money::{currency, day};
use crate::world::{LISTS, World};

/// How many histories the identity is tried on.
const HISTORIES: u64 = 20_000;

/// How many days a history has.
const SPAN: i64 = 60;

fn begin() -> Day {
    day("2026-01-01")
}

/// A history of one account: a few subscriptions whose prices and ends fall on any days.
fn history(dice: &Ids) -> Vec<Subscription> {
    let below = |end: u64| i64::try_from(dice.below(end)).unwrap();
    let subscription = |_| {
        let starts = begin().plus_days(below(30));
        let price = |since| Price {
            since,
            seats: 1 + below(4),
            amount: below(5) * 1_000 + below(100),
            discount: below(3) * 500,
        };
        let mut prices = vec![price(starts)];
        for _ in 0..below(4) {
            let since = prices.last().unwrap().since.plus_days(1 + below(15));
            prices.push(price(since));
        }
        let end = (below(3) > 0).then(|| End {
            day: starts.plus_days(1 + below(25)),
            reason: EndReason::Other,
            by: String::new(),
            at: Timestamp::default(),
        });
        Subscription {
            id: "sub_01k0000000000000000000000z".parse().unwrap(),
            account: "acc_01k0000000000000000000000z".parse().unwrap(),
            account_name: String::new(),
            product: "prd_01k0000000000000000000000z".parse().unwrap(),
            product_name: String::new(),
            currency: currency(["EUR", "USD"][usize::try_from(below(2)).unwrap()]),
            period_months: [1, 12][usize::try_from(below(2)).unwrap()],
            starts,
            renewal: Renewal {
                term_months: 12,
                notice_days: 0,
                is_automatic: true,
                day: starts.plus_months(12),
            },
            prices,
            end,
            version: 1,
            created_at: Timestamp::default(),
            changed_at: Timestamp::default(),
        }
    };
    (0..1 + below(4)).map(subscription).collect()
}

/// The movements as somebody with a calendar and much time would write them down.
fn slow_movements(history: &[Subscription]) -> Vec<Movement> {
    let mut movements = Vec::new();
    let mut ever = false;
    for number in 0..2 * SPAN {
        let (today, yesterday) = (begin().plus_days(number), begin().plus_days(number - 1));
        let is_there = |day| history.iter().any(|one| one.is_active_on(day));
        let sum = |currency: Currency, day: Day| -> i64 {
            let of = history.iter().filter(|one| one.currency == currency);
            of.map(|one| one.mrr_on(day).minor).sum()
        };
        let (was, is) = (is_there(yesterday), is_there(today));
        let mut today_s = Vec::new();
        for code in ["EUR", "USD"] {
            let currency = currency(code);
            let amount = sum(currency, today) - sum(currency, yesterday);
            let kind = match (was, is) {
                (false, true) if !ever => Kind::New,
                (false, true) => Kind::Reactivation,
                (true, false) => Kind::Churn,
                _ if amount > 0 => Kind::Expansion,
                _ => Kind::Contraction,
            };
            let touched = history.iter().any(|one| {
                one.currency == currency && (one.is_active_on(today) || one.is_active_on(yesterday))
            });
            let movement = Movement {
                day: today,
                currency,
                kind,
                amount,
                closing: sum(currency, today),
                is_active: is,
            };
            if amount != 0 || (was != is && touched) {
                today_s.push(movement);
            }
        }
        // Coming or going without money is written down once, and only when nothing else of the day says it.
        if today_s.iter().any(|movement| movement.amount != 0) {
            today_s.retain(|movement| movement.amount != 0);
        } else if today_s.len() > 1 {
            today_s.drain(..today_s.len() - 1);
        }
        movements.extend(today_s);
        ever |= is;
    }
    movements
}

#[test]
fn movements_of_many_histories_are_those_of_the_slow_way_and_add_up_to_the_cent() {
    let dice = Ids::seeded(20_260_101);
    for number in 0..HISTORIES {
        let history = history(&dice);
        let movements = ledger::movements(&history);
        // The slow way is slow: each hundredth history is enough to know the kinds.
        if number % 100 == 0 {
            assert_eq!(movements, slow_movements(&history), "history {number}");
        }
        for at in [0, SPAN / 4, SPAN / 2, SPAN, 2 * SPAN] {
            let today = begin().plus_days(at);
            let mut balance = BTreeMap::<Currency, i64>::new();
            for movement in movements.iter().filter(|movement| movement.day <= today) {
                let sum = balance.entry(movement.currency).or_default();
                *sum += movement.amount;
                assert_eq!(*sum, movement.closing, "history {number}");
            }
            for code in ["EUR", "USD"] {
                let currency = currency(code);
                let of = history.iter().filter(|one| one.currency == currency);
                let brought: i64 = of.map(|one| one.mrr_on(today).minor).sum();
                assert_eq!(
                    balance.get(&currency).copied().unwrap_or(0),
                    brought,
                    "history {number}, {today}"
                );
            }
        }
    }
}

on_both! { LISTS;
    async fn revenue_of_a_day_is_what_subscriptions_bring_on_it(db: TestDb) {
        let world = World::new(&db).await;
        let (book, _) = book(&db, &world).await;
        let workspace = world.workspace.id;
        for today in [day("2025-05-17"), day("2025-12-31"), day("2026-03-01")] {
            let sums = db.read(move |tx| ledger::mrr_on(tx, workspace, today)).await.unwrap();
            for sum in sums {
                let all = book.accounts.iter().flatten().filter(|one| one.currency == sum.currency);
                assert_eq!(sum.minor, all.map(|one| one.mrr_on(today).minor).sum::<i64>(), "{today}");
            }
            let yearly = db.read(move |tx| subscriptions::arr_on(tx, workspace, today)).await.unwrap();
            for code in ["EUR", "USD"] {
                let found = yearly.iter().find(|sum| sum.currency == currency(code)).map_or(0, |sum| sum.minor);
                let all = book.accounts.iter().flatten().filter(|one| one.currency == currency(code));
                assert_eq!(found, all.map(|one| one.arr_on(today).minor).sum::<i64>(), "{code} {today}");
            }
        }
    }

    async fn deriving_again_changes_nothing_and_forgetting_leaves_nothing(db: TestDb) {
        let world = World::new(&db).await;
        let (_, ids) = book(&db, &world).await;
        let period = Period::new(day("2025-02-01"), day("2027-12-01")).unwrap();
        let numbers = async || {
            let ada = world.ada.clone();
            db.read(move |tx| retention::numbers(tx, &ada, period)).await.unwrap()
        };
        let before = numbers().await;
        let (workspace, again) = (world.workspace.id, ids.clone());
        db.write(move |tx| again.iter().try_for_each(|account| ledger::derive(tx, workspace, *account))).await.unwrap();
        assert_eq!(numbers().await, before);
        let eve = world.eve.clone();
        let theirs = db.read(move |tx| retention::numbers(tx, &eve, period)).await.unwrap();
        assert_eq!((theirs.accounts, theirs.closing()), (0, 0));
        // Subscriptions that are gone leave a ledger of nothing behind.
        let ada = world.ada.clone();
        let open: Vec<SubscriptionId> = db
            .read(move |tx| subscriptions::list(tx, &ada, None, 100))
            .await
            .unwrap()
            .into_iter()
            .filter(|one| one.end.is_none())
            .map(|one| one.id)
            .collect();
        let ada = world.ada.clone();
        let today = db.read(move |tx| workspaces::today(tx, ada.workspace)).await.unwrap();
        let (ada, last) = (world.ada.clone(), today.plus_months(40));
        db.write(move |tx| {
            for id in &open {
                subscriptions::end(tx, &ada, *id, last, EndReason::NoNeed)?;
            }
            for account in &ids {
                ledger::derive(tx, ada.workspace, *account)?;
            }
            Ok::<_, subscriptions::SubscriptionError>(())
        })
        .await
        .unwrap();
        let sums = db.read(move |tx| ledger::mrr_on(tx, workspace, last)).await;
        assert!(sums.unwrap_or_else(|error: DbError| panic!("{error}")).iter().all(|sum| sum.minor == 0));
    }
}
