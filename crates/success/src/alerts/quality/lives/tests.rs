use kit::money::Currency;
use tandem_core::ledger::Kind;

use super::*;

fn day(number: i64) -> Day {
    let first: Day = "2026-01-01".parse().expect("a day");
    first.plus_days(number)
}

/// What an account brings from a day on.
fn movement((at, currency, closing, is_active): (i64, &str, i64, bool)) -> Movement {
    let currency: Currency = currency.parse().expect("a currency");
    Movement {
        day: day(at),
        currency,
        kind: Kind::New,
        amount: closing,
        closing,
        is_active,
    }
}

fn told(movements: &[(i64, &str, i64, bool)]) -> Vec<(Day, Option<Day>)> {
    let movements: Vec<Movement> = movements.iter().copied().map(movement).collect();
    spans(&movements)
}

#[test]
fn who_is_lost_and_comes_back_was_lost() {
    let came_back = told(&[
        (0, "EUR", 100, true),
        (100, "EUR", 0, false),
        (190, "EUR", 80, true),
    ]);
    assert_eq!(came_back, [(day(0), Some(day(100))), (day(190), None)]);
    let lost_twice = told(&[
        (0, "EUR", 100, true),
        (100, "EUR", 0, false),
        (190, "USD", 80, true),
        (300, "USD", 0, false),
    ]);
    assert_eq!(lost_twice, [(day(0), Some(day(100))), (day(190), Some(day(300)))]);
}

#[test]
fn who_renews_late_or_pays_in_another_currency_was_never_gone() {
    let late = told(&[
        (0, "EUR", 100, true),
        (100, "EUR", 0, false),
        (129, "EUR", 100, true),
    ]);
    assert_eq!(late, [(day(0), None)]);
    let moved = told(&[
        (0, "EUR", 100, true),
        (100, "EUR", 0, true),
        (100, "USD", 110, true),
    ]);
    assert_eq!(moved, [(day(0), None)]);
    assert!(told(&[]).is_empty());
}

#[test]
fn a_stage_holds_until_it_is_left() {
    let [young, grown] = [1, 2].map(|number: u128| {
        use kit::id::TypedId;
        RungId::from_uuid(kit::id::Uuid::from_u128(number))
    });
    let stay = |stage, since: i64, until: Option<i64>| Stay {
        stage,
        since: day(since),
        until: until.map(day),
    };
    let life = Life {
        begun: day(0),
        lost: None,
        movements: Vec::new(),
        stays: vec![stay(young, 0, Some(60)), stay(grown, 60, None)],
        tier: None,
    };
    let at = |number| life.stage(day(number));
    assert_eq!(
        [at(-1), at(0), at(59), at(60), at(300)],
        [None, Some(young), Some(young), Some(grown), Some(grown)]
    );
}
