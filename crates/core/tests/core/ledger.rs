//! The ledger adds up: against an oracle that walks day by day, and through events, jobs and roll-ups.

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{Db, DbError};
use kit::id::Ids;
use kit::money::{Currency, Rate};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::ledger::{self, Kind, Movement};
use tandem_core::permissions::Permission;
use tandem_core::retention::{self, Behind, Of, Period, RetentionError};
use tandem_core::subscriptions::{
    self, Change, End, EndReason, Price, Renewal, RenewalTerms, Subscription, SubscriptionId,
};
use tandem_core::{currencies, workspaces};
use testkit::on_both;

use crate::money::{add_product, currency, day, subscribe, terms};
use crate::world::{LISTS, World, add_account, without};

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

/// What the accounts of a workspace bring, straight from their subscriptions.
struct Book {
    accounts: Vec<Vec<Subscription>>,
}

impl Book {
    fn is_active(&self, account: usize, day: Day) -> bool {
        self.accounts[account].iter().any(|one| one.is_active_on(day))
    }

    /// In euros, a dollar being worth half of one.
    fn mrr(&self, account: usize, day: Day) -> i64 {
        let of = |code| -> i64 {
            let one = self.accounts[account]
                .iter()
                .filter(|one| one.currency == currency(code));
            one.map(|one| one.mrr_on(day).minor).sum()
        };
        of("EUR") + of("USD") / 2
    }
}

async fn live(
    db: &Db,
    actor: &Actor,
    account: AccountId,
    dice: &Ids,
    product: &tandem_core::products::Product,
) {
    let starts = day("2025-01-01").plus_days(i64::try_from(dice.below(600)).unwrap());
    let mut first = terms(product, starts);
    // Even amounts, so that half of a dollar is exact.
    first.price.amount = 24_000 * (1 + i64::try_from(dice.below(5)).unwrap());
    first.currency = currency(["EUR", "USD"][usize::try_from(dice.below(2)).unwrap()]);
    let added = subscribe(db, actor, account, first.clone()).await.unwrap();
    let (mut now, mut since) = (added, starts);
    for _ in 0..dice.below(4) {
        since = since.plus_days(10 + i64::try_from(dice.below(150)).unwrap());
        let price = Price {
            since,
            seats: 2 * (1 + i64::try_from(dice.below(8)).unwrap()),
            ..now.prices[0]
        };
        let renewal = RenewalTerms {
            term_months: 12,
            notice_days: 30,
            is_automatic: true,
            day: None,
        };
        let (actor, id, version) = (actor.clone(), now.id, now.version);
        let change = Change { price, renewal };
        now = db
            .write(move |tx| subscriptions::change(tx, &actor, id, version, &change))
            .await
            .unwrap();
    }
    if dice.below(2) == 0 {
        let (ender, id, day) = (
            actor.clone(),
            now.id,
            since.plus_days(5 + i64::try_from(dice.below(90)).unwrap()),
        );
        db.write(move |tx| subscriptions::end(tx, &ender, id, day, EndReason::Price))
            .await
            .unwrap();
        if dice.below(2) == 0 {
            // Some come back in the other currency, some of them on the same day.
            let back = subscriptions::Terms {
                price: Price {
                    since: day.plus_days(20 * i64::try_from(dice.below(4)).unwrap()),
                    ..first.price
                },
                currency: currency(["EUR", "USD"][usize::try_from(dice.below(2)).unwrap()]),
                ..first
            };
            subscribe(db, actor, account, back).await.unwrap();
        }
    }
}

async fn book(db: &Db, world: &World) -> (Book, Vec<AccountId>) {
    let dice = Ids::seeded(4);
    let product = add_product(db, &world.ada, "Team plan").await.unwrap();
    let ada = world.ada.clone();
    db.write(move |tx| {
        let worth = Rate::read("0.5").unwrap();
        currencies::set_rate(tx, &ada, currency("USD"), day("2020-01-01"), worth)
    })
    .await
    .unwrap();
    let mut ids = Vec::new();
    for number in 0..14 {
        let account = add_account(db, &world.ada, &format!("Account {number}"))
            .await
            .unwrap()
            .id;
        live(db, &world.ada, account, &dice, &product).await;
        ids.push(account);
    }
    let (ada, accounts) = (world.ada.clone(), ids.clone());
    let accounts = db
        .write(move |tx| {
            let mut all = Vec::new();
            for account in &accounts {
                ledger::derive(tx, ada.workspace, *account)?;
                all.push(subscriptions::of_account(tx, &ada, *account)?);
            }
            Ok::<_, subscriptions::SubscriptionError>(all)
        })
        .await
        .unwrap();
    (Book { accounts }, ids)
}

on_both! { LISTS;
    async fn retention_is_what_counting_accounts_one_by_one_gives(db: TestDb) {
        let world = World::new(&db).await;
        let (book, _) = book(&db, &world).await;
        let all = 0..book.accounts.len();
        for (from, last) in [("2025-06-01", "2025-06-01"), ("2025-03-01", "2026-02-01"), ("2025-02-01", "2027-12-01")] {
            let period = Period::new(day(from), day(last)).unwrap();
            let ada = world.ada.clone();
            let numbers = db.read(move |tx| retention::numbers(tx, &ada, period)).await.unwrap();
            let (start, end) = (period.from.plus_days(-1), period.until.plus_days(-1));
            let there: Vec<usize> = all.clone().filter(|one| book.is_active(*one, start)).collect();
            let lost = there.iter().filter(|one| !book.is_active(**one, end)).count();
            assert_eq!((numbers.accounts, numbers.lost), (there.len() as i64, lost as i64), "{from}");
            let sum = |amount: &dyn Fn(usize) -> i64| there.iter().map(|one| amount(*one)).sum::<i64>();
            assert_eq!(numbers.opening.total.minor, sum(&|one| book.mrr(one, start)), "{from}");
            assert_eq!(numbers.of_those, sum(&|one| book.mrr(one, end)), "{from}");
            assert_eq!(numbers.kept, sum(&|one| book.mrr(one, end).min(book.mrr(one, start))), "{from}");
            assert_eq!(numbers.closing(), all.clone().map(|one| book.mrr(one, end)).sum::<i64>(), "{from}");
            assert!(numbers.grr().is_none_or(|grr| grr <= 1.0));
            for month in &numbers.months {
                let end = month.month.plus_months(1).plus_days(-1);
                assert_eq!(month.closing(), all.clone().map(|one| book.mrr(one, end)).sum::<i64>());
            }
        }
    }

    async fn cohorts_are_what_counting_accounts_one_by_one_gives(db: TestDb) {
        let world = World::new(&db).await;
        let (book, _) = book(&db, &world).await;
        let period = Period::new(day("2025-01-01"), day("2026-12-01")).unwrap();
        let ada = world.ada.clone();
        let cohorts = db.read(move |tx| retention::cohorts(tx, &ada, period, Of::Accounts)).await.unwrap();
        let came = |account: &Vec<Subscription>| account.iter().map(|one| one.starts).min().unwrap();
        for cohort in &cohorts {
            let of = |one: &usize| came(&book.accounts[*one]).month() == cohort.month;
            let members: Vec<usize> = (0..book.accounts.len()).filter(of).collect();
            assert_eq!(cohort.began, members.len() as i64);
            for (age, share) in (1..).zip(&cohort.shares) {
                let end = cohort.month.plus_months(age).plus_days(-1);
                let left = members.iter().filter(|one| book.is_active(**one, end)).count();
                assert_eq!(*share, left as f64 / members.len() as f64, "{} {age}", cohort.month);
            }
        }
        assert_eq!(cohorts.iter().map(|cohort| cohort.began).sum::<i64>(), 14);
    }

    async fn every_number_opens_the_accounts_behind_it(db: TestDb) {
        let world = World::new(&db).await;
        let (book, ids) = book(&db, &world).await;
        let period = Period::new(day("2025-06-01"), day("2026-05-01")).unwrap();
        let behind = async |behind| {
            let mut found: Vec<AccountId> = Vec::new();
            let mut after = None;
            loop {
                let ada = world.ada.clone();
                let page = db.read(move |tx| retention::behind(tx, &ada, (period, behind), after, 3)).await.unwrap();
                let Some(last) = page.last() else { break };
                after = Some(last.place());
                found.extend(page.iter().map(|one| one.account));
            }
            found.sort();
            found
        };
        let there: Vec<AccountId> = (0..ids.len()).filter(|one| book.is_active(*one, day("2025-05-31"))).map(|one| ids[one]).collect();
        let gone: Vec<AccountId> = (0..ids.len())
            .filter(|one| book.is_active(*one, day("2025-05-31")) && !book.is_active(*one, day("2026-05-31")))
            .map(|one| ids[one])
            .collect();
        let sorted = |mut ids: Vec<AccountId>| { ids.sort(); ids };
        assert_eq!(behind(Behind::Start).await, sorted(there));
        let at_end: Vec<AccountId> = (0..ids.len()).filter(|one| book.is_active(*one, day("2026-05-31"))).map(|one| ids[one]).collect();
        assert_eq!(behind(Behind::End).await, sorted(at_end));
        let came = |one: usize| book.accounts[one].iter().map(|sub| sub.starts).min().unwrap().month();
        let month = came(0);
        let cohort: Vec<usize> = (0..ids.len()).filter(|one| came(*one) == month).collect();
        let left = cohort.iter().filter(|one| book.is_active(**one, month.plus_months(6).plus_days(-1)));
        assert_eq!(behind(Behind::Stayed(month, 5)).await, sorted(left.map(|one| ids[*one]).collect()));
        assert_eq!(behind(Behind::Came(month)).await, sorted(cohort.iter().map(|one| ids[*one]).collect()));
        assert_eq!(behind(Behind::Lost).await, sorted(gone));
        let ada = world.ada.clone();
        let numbers = db.read(move |tx| retention::numbers(tx, &ada, period)).await.unwrap();
        assert_eq!(behind(Behind::Moved(Kind::Churn)).await.is_empty(), numbers.moved(Kind::Churn) == 0);
        let poor = without(&world.ada, Permission::AccountsRead);
        let named = db.read(move |tx| retention::behind(tx, &poor, (period, Behind::Start), None, 3)).await;
        assert!(matches!(named, Err(RetentionError::Forbidden(_))));
        // What stands beside the accounts adds up to the numbers, and no movement is lost between two pages.
        let ada = world.ada.clone();
        let whole = db.read(move |tx| retention::behind(tx, &ada, (period, Behind::Start), None, 100)).await.unwrap();
        let sum = |amount: fn(&retention::Backing) -> i64| whole.iter().map(amount).sum::<i64>();
        assert_eq!((sum(|one| one.then), sum(|one| one.now), sum(|one| one.kept())), (numbers.opening.total.minor, numbers.of_those, numbers.kept));
        for kind in Kind::ALL {
            let ada = world.ada.clone();
            let whole = db.read(move |tx| retention::behind(tx, &ada, (period, Behind::Moved(*kind)), None, 1_000)).await.unwrap();
            assert_eq!(behind(Behind::Moved(*kind)).await.len(), whole.len(), "{kind:?}");
        }
        // The numbers of the ledger count several kinds: all of them are behind each, in one order over all pages.
        let (less, more) = ([Kind::Contraction, Kind::Churn], [Kind::Expansion, Kind::Contraction, Kind::Churn]);
        for (of, kinds) in [(Behind::Lessened, less.as_slice()), (Behind::Changed, more.as_slice())] {
            let ada = world.ada.clone();
            let whole = db.read(move |tx| retention::behind(tx, &ada, (period, of), None, 1_000)).await.unwrap();
            let moved: Vec<Movement> = whole.iter().filter_map(|one| one.movement).collect();
            assert!(moved.is_sorted_by_key(|one| one.day) && moved.iter().all(|one| kinds.contains(&one.kind)));
            let mut many = 0;
            for kind in kinds {
                many += behind(Behind::Moved(*kind)).await.len();
            }
            assert_eq!((behind(of).await.len(), whole.len()), (many, many), "{of:?}");
        }
    }

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
