//! Retention and cohorts are what counting accounts one by one gives, and every number opens who is behind it.

use tandem_core::accounts::AccountId;
use tandem_core::ledger::{Kind, Movement};
use tandem_core::permissions::Permission;
use tandem_core::retention::{self, Behind, Of, Period, RetentionError};
use tandem_core::subscriptions::Subscription;
use testkit::on_both;

use super::book;
use crate::money::day;
use crate::world::{LISTS, World, without};

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
}
