use std::collections::{BTreeMap, BTreeSet};

use kit::id::{TypedId, Uuid};
use tandem_core::metrics::{Producers, Standing};

use super::course::Seen;
use super::*;
use crate::health::usual_content;
use crate::usage::folding::FeatureId;
use crate::usage::people::NameId;

fn day(number: i64) -> Day {
    let first: Day = "2026-01-01".parse().expect("a day");
    first.plus_days(number)
}

fn person(number: u128) -> NameId {
    NameId::from_uuid(Uuid::from_u128(number))
}

fn feature(number: u128) -> FeatureId {
    FeatureId::from_uuid(Uuid::from_u128(number))
}

/// What is read on a day of somebody whose five people were there each day until one, and never again.
fn used(today: i64, last: i64) -> Vec<Reading> {
    let days = || ((today - 90).max(0)..=last).filter(move |at| *at <= today);
    let seen = |at: i64, who: u128| Seen {
        who: person(who),
        day: day(at),
        actions: 2,
    };
    let done = Done {
        first: Some(day(0)),
        last: Some(day(last.min(today))),
        seen: days()
            .flat_map(|at| (1..=5).map(move |who| (at, who)))
            .map(|(at, who)| seen(at, who))
            .collect(),
        features: days()
            .flat_map(|at| (1..=3).map(move |one| (feature(one), day(at))))
            .collect(),
    };
    let now = figures(&done, (day(today), day(today)));
    readings(&now[0], 10)
}

fn value(readings: &[Reading], metric: &Metric) -> Option<f64> {
    readings.iter().find(|one| one.metric.name == metric.name)?.value
}

#[test]
fn everybody_is_gone_however_long_that_is_ago() {
    for silent in 28..400 {
        let readings = used(60 + silent, 60);
        assert_eq!(value(&readings, &CHANGE), Some(-1.0), "{silent}");
        assert_eq!(value(&readings, &STICKINESS), Some(0.0), "{silent}");
    }
}

#[test]
fn those_who_are_new_are_no_share_of_nobody() {
    assert_eq!(change(5, 0), None);
    assert_eq!(change(5, 4), Some(0.25));
    assert_eq!(change(0, 4), Some(-1.0));
    assert_eq!(value(&used(5, 5), &CHANGE), None);
}

#[test]
fn silence_never_makes_a_score_rise() {
    let (content, producers) = (usual_content(), Producers::new(&[&PRODUCER]));
    let mut before = f64::INFINITY;
    for today in 60..=120 {
        let readings = used(today, 60);
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

#[test]
fn depth_is_what_each_active_person_does_of_what_counts() {
    let readings = used(40, 40);
    assert_eq!(value(&readings, &KEY_ACTIONS), Some(300.0));
    assert_eq!(value(&readings, &DEPTH), Some(60.0));
    assert_eq!(value(&readings, &SEATS), Some(0.5));
    assert_eq!(value(&readings, &FEATURES), Some(3.0));
    let gone = used(100, 40);
    assert_eq!(
        (value(&gone, &KEY_ACTIONS), value(&gone, &DEPTH)),
        (Some(0.0), Some(0.0))
    );
}

#[test]
fn a_trend_is_known_after_some_whole_weeks_falls_with_silence_and_rests_in_the_end() {
    assert_eq!(value(&used(40, 40), &TREND), None, "five weeks and some days");
    assert_eq!(value(&used(41, 41), &TREND), Some(0.0), "the same five each week");
    let falls = value(&used(60 + 42, 60), &TREND);
    assert!(falls.is_some_and(|falls| falls < -0.3), "{falls:?}");
    assert_eq!(value(&used(60 + 200, 60), &TREND), Some(0.0));
}

/// The figures of a day, counted one by one.
fn one_by_one(done: &Done, today: Day) -> Figures {
    let people = |least: i64, most: i64| {
        let seen = done.seen.iter();
        let within = seen.filter(|one| (least..=most).contains(&one.day.days_until(today)));
        within.map(|one| one.who).collect::<BTreeSet<_>>().len() as i64
    };
    let ago = |at: Day, days: i64| (0..days).contains(&at.days_until(today));
    let used = done.features.iter().filter(|(_, at)| ago(*at, WINDOW));
    let days = done.features.iter().map(|(_, at)| *at).chain(done.last);
    Figures {
        week: people(0, 6),
        month: people(0, 29),
        lately: people(0, 13),
        before: people(14, 27),
        daily: done.seen.iter().filter(|one| ago(one.day, 7)).count() as i64,
        actions: done
            .seen
            .iter()
            .filter(|one| ago(one.day, WINDOW))
            .map(|one| one.actions)
            .sum(),
        features: used.map(|(one, _)| *one).collect::<BTreeSet<_>>().len() as i64,
        weeks: std::array::from_fn(|place| {
            let ago = 7 * (12 - place as i64);
            let is_over = done.first.is_some_and(|first| first.days_until(today) >= ago + 6);
            is_over.then(|| people(ago, ago + 6))
        }),
        last: days.filter(|at| *at <= today).max(),
    }
}

#[test]
fn a_past_of_many_days_is_what_each_of_them_says() {
    let mut done = Done {
        first: Some(day(-30)),
        last: Some(day(-40)),
        ..Done::default()
    };
    // Each comes in a rhythm of their own, and some stay away for long.
    for at in (-29..200).filter(|at| !(60..=110).contains(at)) {
        for who in (1_i64..7).filter(|who| at % (who * who) == 0) {
            let (who, at) = (u128::from(who.unsigned_abs()), day(at));
            let seen = Seen {
                who: person(who),
                day: at,
                actions: 1 + i64::from(who == 3),
            };
            done.seen.push(seen);
            done.features.push((feature(who % 3), at));
        }
    }
    done.features.dedup();
    let all = figures(&done, (day(0), day(199)));
    assert_eq!(all.len(), 200);
    for (number, found) in (0..).zip(all) {
        assert_eq!(found, one_by_one(&done, day(number)), "{number}");
    }
}
