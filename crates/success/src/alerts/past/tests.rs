use kit::id::{Ids, TypedId};

use super::*;
use tandem_core::accounts::AccountId;
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
    let looked = |metric: Metric| (metric.name.to_owned(), Looked { metric, by_day: true });
    let wanted = Wanted {
        metrics: [PEOPLE, LAST].into_iter().map(looked).collect(),
        reach: 280,
    };
    let courses = [(PEOPLE.name.to_owned(), moments.collect())];
    let account = AccountId::from_uuid(kit::id::Uuid::nil());
    let span = (day(-wanted.reach), day(400));
    Past::of(&wanted, &Kept::of(account, span, courses.into_iter().collect()))
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

/// The known values of some days up to one, found day by day.
fn values(past: &Past, last: i64, count: i64) -> Vec<(i64, f64)> {
    let days = last - count + 1..=last;
    days.filter_map(|number| Some((number, past.value(PEOPLE.name, day(number))?)))
        .collect()
}

/// What a comparison finds, by the slow way: each day is looked up, and everything is sorted.
fn slowly(past: &Past, condition: &Condition, judged: i64) -> (Verdict, Option<f64>, Option<Day>) {
    let recent = values(past, judged, condition.days);
    let before = values(past, judged - condition.days, condition.before);
    if past.value(PEOPLE.name, day(judged)).is_none() || (before.len() as i64) < condition.least {
        return (Verdict::Unknown, None, None);
    }
    let plain = |values: &[(i64, f64)]| values.iter().map(|(_, value)| *value).collect::<Vec<f64>>();
    let middle = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        let (low, high) = (values[(values.len() - 1) / 2], values[values.len() / 2]);
        low + (high - low) * 0.5
    };
    let holds = |holds: bool| if holds { Verdict::Holds } else { Verdict::Fails };
    let (now, then) = (middle(plain(&recent)), middle(plain(&before)));
    match condition.test {
        Test::Falls | Test::Rises if then <= 0.0 => (Verdict::Unknown, Some(then), None),
        Test::Falls => (holds(now <= then * (1.0 - condition.value)), Some(then), None),
        Test::Rises => (holds(now >= then * (1.0 + condition.value)), Some(then), None),
        _ => {
            let floor = (then.abs() * 0.1).max(1e-6);
            let baseline = Baseline::of(&plain(&before), floor).expect("values");
            let change = baseline.change(&plain(&recent), condition.test == Test::ShiftsUp);
            let change = change.filter(|change| change.sum >= condition.value);
            let since = change.map(|change| day(recent[change.since].0));
            (holds(change.is_some()), Some(baseline.level), since)
        }
    }
}

#[test]
fn days_side_by_side_say_what_days_one_by_one_say() {
    let dice = Ids::seeded(21);
    for _ in 0..300 {
        let mut steps: Vec<(i64, Option<f64>)> = (0..3 + dice.below(30))
            .map(|_| {
                (
                    dice.below(150) as i64,
                    (dice.below(6) > 0).then(|| dice.below(9) as f64),
                )
            })
            .collect();
        steps.sort_by_key(|(since, _)| *since);
        steps.dedup_by_key(|(since, _)| *since);
        let past = past(&steps);
        let judged = dice.below(200) as i64;
        for test in Test::ALL.iter().filter(|test| test.has_baseline()) {
            let condition = Condition {
                days: 1 + dice.below(20) as i64,
                before: 7 + dice.below(60) as i64,
                least: 3,
                ..condition(*test, 0.5)
            };
            let found = past.look(&condition, day(judged));
            let (verdict, baseline, since) = slowly(&past, &condition, judged);
            assert_eq!(
                (found.verdict, found.baseline),
                (verdict, baseline),
                "{test:?} {steps:?}"
            );
            assert!(since.is_none() || found.since == since, "{test:?} {steps:?}");
            assert_eq!(
                past.holds(std::slice::from_ref(&condition), day(judged)),
                verdict == Verdict::Holds
            );
        }
    }
}
