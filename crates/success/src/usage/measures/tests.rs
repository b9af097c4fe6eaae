use std::collections::BTreeMap;

use kit::id::{TypedId, Uuid};
use tandem_core::metrics::{Producers, Standing};

use super::*;
use crate::health::usual_content;

fn day(number: i64) -> Day {
    let first: Day = "2026-01-01".parse().expect("a day");
    first.plus_days(number)
}

/// What is read on a day of somebody whose five people were there each day until one, and never again.
fn used(today: i64, last: i64) -> Used {
    let days = (today - 29).max(0)..=last;
    let person = |who: u128| NameId::from_uuid(Uuid::from_u128(who));
    Used {
        last: day(last.min(today)),
        seen: days
            .filter(|at| *at <= today)
            .flat_map(|at| (1..=5).map(move |who| (person(who), day(at))))
            .collect(),
        features: 3,
        seats: 10,
    }
}

fn value(readings: &[Reading], metric: &Metric) -> Option<f64> {
    readings.iter().find(|one| one.metric.name == metric.name)?.value
}

#[test]
fn everybody_is_gone_however_long_that_is_ago() {
    for silent in 28..400 {
        let readings = used(60 + silent, 60).readings(day(60 + silent));
        assert_eq!(value(&readings, &CHANGE), Some(-1.0), "{silent}");
        assert_eq!(value(&readings, &STICKINESS), Some(0.0), "{silent}");
    }
}

#[test]
fn those_who_are_new_are_no_share_of_nobody() {
    assert_eq!(change(5, 0), None);
    assert_eq!(change(5, 4), Some(0.25));
    assert_eq!(change(0, 4), Some(-1.0));
    assert_eq!(value(&used(5, 5).readings(day(5)), &CHANGE), None);
}

#[test]
fn silence_never_makes_a_score_rise() {
    let (content, producers) = (usual_content(), Producers::new(&[&PRODUCER]));
    let mut before = f64::INFINITY;
    for today in 60..=120 {
        let readings = used(today, 60).readings(day(today));
        let held = readings.iter().filter_map(|one| {
            let standing = Standing {
                metric: one.metric.name.to_owned(),
                value: one.value?,
                as_of: one.as_of,
                since: day(today),
            };
            Some((standing.metric.clone(), standing))
        });
        let held: BTreeMap<String, Standing> = held.collect();
        let score = content.score(&held, &producers, day(today)).score;
        let score = score.expect("usage is known");
        assert!(
            score <= before,
            "{score} after {before} on the day {}",
            today - 60
        );
        before = score;
    }
    assert!(before < 1.0, "{before}");
}
