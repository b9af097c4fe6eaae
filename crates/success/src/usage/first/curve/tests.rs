use kit::id::{TypedId, Uuid};

use super::parts::parted;
use super::*;

fn account(number: u128, start: &str, (days, reached): (i64, bool)) -> Account {
    Account {
        account: AccountId::from_uuid(Uuid::from_u128(number)),
        name: number.to_string(),
        start: start.parse().unwrap(),
        days,
        reached,
        is_over: false,
        tier: None,
    }
}

fn all() -> Vec<Account> {
    vec![
        account(1, "2026-01-05", (3, true)),
        account(2, "2026-02-01", (5, true)),
        account(3, "2026-03-31", (5, false)),
        account(4, "2026-04-01", (8, true)),
        account(5, "2026-06-30", (40, false)),
    ]
}

#[test]
fn who_waits_counts_for_as_long_as_they_waited() {
    let accounts = all();
    let found = summary(&accounts.iter().collect::<Vec<_>>());
    // By hand: 1 − 1⁄5, then 1 − 1⁄4 of that, then half of it: .8, .6, .3.
    assert_eq!((found.accounts, found.reached, found.median), (5, 3, Some(8)));
    assert_eq!(found.low, Some(3));
    assert_eq!(found.high, None);
    // The mean of those who had it alone would be five days and a third.
    let quick: Vec<&Account> = accounts.iter().filter(|one| one.reached).collect();
    assert_eq!(summary(&quick).median, Some(5));
    assert_eq!(summary(&[]), Summary::default());
}

#[test]
fn quarters_part_the_accounts_by_when_they_began() {
    let accounts = all();
    let parts = parted(&accounts, |one| {
        let (year, month) = one.start.year_and_month();
        let quarter = (month - 1) / 3 + 1;
        (
            i64::from(quarter),
            format!("{year}-Q{quarter}"),
            Called::Quarter(year, quarter),
        )
    });
    let keys: Vec<(&str, usize)> = parts
        .iter()
        .map(|part| (part.key.as_str(), part.of(&accounts).len()))
        .collect();
    assert_eq!(keys, [("2026-Q1", 3), ("2026-Q2", 2)]);
}

#[test]
fn the_longest_waiting_stands_first_and_who_went_waits_no_more() {
    let mut accounts = all();
    accounts[2].is_over = true;
    accounts.push(account(6, "2026-06-30", (50, false)));
    let overview = Overview {
        counts: Counts::default(),
        watched: None,
        progress: None,
        left_out: 0,
        of: None,
        summary: Summary::default(),
        curve: curve(&accounts.iter().collect::<Vec<_>>()),
        accounts,
        groups: Vec::new(),
    };
    let names: Vec<&str> = overview.waiting().iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["6", "5"]);
    let points = overview.points();
    assert_eq!((points[0].day, points[0].at_risk, points[0].reached), (3, 6, 1));
    assert!((points[0].share.0 - 1.0 / 6.0).abs() < 1e-12);
    assert!(points[0].share.1 < points[0].share.0 && points[0].share.0 < points[0].share.2);
}
