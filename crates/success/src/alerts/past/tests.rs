use kit::id::Ids;

use super::*;
use tandem_core::metrics::Unit;
use tandem_core::permissions::Permission::AccountsRead;

const PEOPLE: Metric = Metric::new("a.people", Unit::Count, AccountsRead);
const LAST: Metric = Metric::new("a.last", Unit::DaysSince, AccountsRead);

fn day(number: i64) -> Day {
    let first: Day = "2026-01-01".parse().expect("a day");
    first.plus_days(number)
}

/// Values from days on, by the number of the day.
fn past(people: &[(i64, Option<f64>)]) -> Past {
    let moments = people.iter().map(|(since, value)| Moment {
        since: day(*since),
        value: *value,
        as_of: None,
    });
    Past {
        from: day(-REACH),
        until: day(400),
        courses: [(PEOPLE.name.to_owned(), moments.collect())]
            .into_iter()
            .collect(),
        units: [PEOPLE, LAST]
            .into_iter()
            .map(|one| (one.name.to_owned(), one))
            .collect(),
    }
}

fn condition(test: Test, value: f64) -> Condition {
    Condition {
        metric: PEOPLE.name.to_owned(),
        test,
        value,
        days: 7,
        before: 28,
        least: 14,
    }
}

#[test]
fn a_threshold_holds_or_not_and_nothing_is_said_of_what_is_not_known() {
    let past = past(&[(0, Some(3.0)), (10, None), (12, Some(1.0))]);
    let at = |test, value, number| past.look(&condition(test, value), day(number)).verdict;
    assert_eq!(at(Test::AtLeast, 3.0, 0), Verdict::Holds);
    assert_eq!(at(Test::AtMost, 2.0, 9), Verdict::Fails);
    assert_eq!(at(Test::AtMost, 2.0, 11), Verdict::Unknown);
    assert_eq!(at(Test::AtMost, 2.0, 12), Verdict::Holds);
    assert_eq!(at(Test::AtMost, 2.0, -1), Verdict::Unknown);
}

#[test]
fn a_fall_is_against_the_own_past_of_which_enough_is_known() {
    let past = past(&[(0, Some(10.0)), (40, Some(4.0))]);
    let half = condition(Test::Falls, 0.5);
    assert_eq!(
        past.look(&half, day(10)).verdict,
        Verdict::Unknown,
        "four days are too few"
    );
    assert_eq!(past.look(&half, day(39)).verdict, Verdict::Fails);
    let found = past.look(&half, day(46));
    assert_eq!(
        (found.value, found.baseline, found.verdict),
        (Some(4.0), Some(10.0), Verdict::Holds)
    );
    assert_eq!(
        past.look(&half, day(90)).verdict,
        Verdict::Fails,
        "by then it is how it always was"
    );
    assert_eq!(
        past.look(&condition(Test::Rises, 0.5), day(46)).verdict,
        Verdict::Fails
    );
}

#[test]
fn no_share_of_nothing() {
    let past = past(&[(0, Some(0.0)), (40, Some(5.0))]);
    assert_eq!(
        past.look(&condition(Test::Rises, 0.5), day(46)).verdict,
        Verdict::Unknown
    );
}

#[test]
fn a_change_is_found_with_the_day_on_which_it_began() {
    let past = past(&[(0, Some(10.0)), (40, Some(6.0))]);
    let found = past.look(&condition(Test::ShiftsDown, 5.0), day(43));
    assert_eq!((found.verdict, found.since), (Verdict::Holds, Some(day(40))));
    assert_eq!(
        past.look(&condition(Test::ShiftsDown, 5.0), day(40)).verdict,
        Verdict::Fails
    );
    assert_eq!(
        past.look(&condition(Test::ShiftsUp, 5.0), day(43)).verdict,
        Verdict::Fails
    );
}

#[test]
fn what_stands_still_or_is_missing() {
    let past = past(&[(0, Some(10.0)), (20, None)]);
    let at = |test, number| past.look(&condition(test, 0.0), day(number)).verdict;
    assert_eq!(at(Test::Still, 6), Verdict::Fails);
    assert_eq!(at(Test::Still, 7), Verdict::Holds);
    assert_eq!(at(Test::Missing, 7), Verdict::Fails);
    assert_eq!(at(Test::Missing, 27), Verdict::Holds);
    assert_eq!(
        at(Test::Missing, -3),
        Verdict::Unknown,
        "what was never known is not missed"
    );
}

#[test]
fn all_conditions_must_hold() {
    let past = past(&[(0, Some(3.0))]);
    let (holds, fails) = (condition(Test::AtLeast, 3.0), condition(Test::AtMost, 2.0));
    let unknown = Condition {
        metric: LAST.name.to_owned(),
        ..holds.clone()
    };
    assert_eq!(
        past.judge(&[holds.clone(), holds.clone()], day(1)).0,
        Verdict::Holds
    );
    assert_eq!(
        past.judge(&[holds.clone(), unknown.clone()], day(1)).0,
        Verdict::Unknown
    );
    assert_eq!(past.judge(&[unknown, fails, holds], day(1)).0, Verdict::Fails);
}

/// Whatever comes after a day, or is changed there, what was said of the day stays.
#[test]
fn nothing_looks_ahead() {
    let dice = Ids::seeded(8);
    let below = |count: u64| dice.below(count);
    for _ in 0..200 {
        let count = 3 + below(20);
        let mut steps: Vec<(i64, Option<f64>)> = (0..count)
            .map(|_| (below(120) as i64, (below(8) > 0).then(|| below(12) as f64)))
            .collect();
        steps.sort_by_key(|(since, _)| *since);
        steps.dedup_by_key(|(since, _)| *since);
        let judged = below(120) as i64;
        let changed: Vec<_> = steps
            .iter()
            .map(|(since, value)| match *since > judged {
                true => (*since, value.map(|value| 99.0 - value)),
                false => (*since, *value),
            })
            .collect();
        let cut: Vec<_> = steps
            .iter()
            .copied()
            .filter(|(since, _)| *since <= judged)
            .collect();
        for test in Test::ALL {
            let condition = condition(*test, 0.5);
            let said = past(&steps).look(&condition, day(judged));
            assert_eq!(said, past(&changed).look(&condition, day(judged)), "{test:?}");
            assert_eq!(said, past(&cut).look(&condition, day(judged)), "{test:?}");
        }
    }
}
