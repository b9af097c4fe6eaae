use tandem_core::metrics::{Metric, Producer, Unit, number};
use tandem_core::permissions::Permission::AccountsRead;

use super::*;

static OPEN: Metric = Metric::new("a.open", Unit::Count, AccountsRead);
static SINCE: Metric = Metric::new("a.since", Unit::DaysSince, AccountsRead);
static MOOD: Metric = Metric::new("a.mood", Unit::Number, AccountsRead);
static PRODUCER: Producer = Producer {
    metrics: &[&OPEN, &SINCE, &MOOD],
    read: |_, _, _, _| Ok(Vec::new()),
};

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn measure(metric: &str, weight: f64, half_life: Option<i64>, curve: &[(f64, f64)]) -> Measure {
    Measure {
        metric: metric.to_owned(),
        group: String::new(),
        weight,
        half_life,
        curve: curve.to_vec(),
    }
}

fn content() -> Content {
    Content {
        measures: vec![
            measure("a.open", 30.0, None, &[(0.0, 100.0), (2.0, 60.0), (5.0, 0.0)]),
            measure("a.since", 20.0, None, &[(0.0, 100.0), (100.0, 0.0)]),
            measure("a.mood", 50.0, Some(30), &[(-2.0, 0.0), (2.0, 100.0)]),
        ],
        groups: Vec::new(),
        floor: 0.4,
        red_below: 40.0,
        green_from: 70.0,
    }
}

fn held(name: &str, value: f64, as_of: Option<Day>) -> (String, Standing) {
    let standing = Standing {
        metric: name.to_owned(),
        value,
        as_of,
        since: day("2026-01-01"),
    };
    (name.to_owned(), standing)
}

fn producers() -> Producers {
    Producers::new(&[&PRODUCER])
}

#[test]
fn the_score_is_the_formula() {
    let today = day("2026-11-22");
    let metrics = [
        held("a.open", 1.0, None),
        held("a.since", number(day("2026-11-12")), None),
        // A half-life old: counts half.
        held("a.mood", 0.0, Some(day("2026-10-23"))),
    ];
    let scored = content().score(&metrics.into_iter().collect(), &producers(), today);
    let by_hand = (30.0 * 80.0 + 20.0 * 90.0 + 25.0 * 50.0) / 75.0;
    assert!(
        (scored.score.expect("a score") - by_hand).abs() < 1e-9,
        "{scored:?}"
    );
    assert!((scored.confidence - 0.75).abs() < 1e-9);
    assert_eq!(scored.band, Band::Green);
    let sum: f64 = contributions(&scored.parts).iter().map(|(_, by)| by).sum();
    assert!((sum - (by_hand - NEUTRAL)).abs() < 1e-9);
    assert_eq!(reason(&scored.parts), "a.mood");
}

/// The same measures, two of them in a group that counts as much as the third.
fn grouped() -> Content {
    let mut content = content();
    for (index, name) in [(0, "support"), (1, "support"), (2, "people")] {
        content.measures[index].group = name.to_owned();
    }
    content.groups = [("support", 40.0), ("people", 40.0)]
        .map(|(name, weight)| Group {
            name: name.to_owned(),
            weight,
        })
        .to_vec();
    content
}

#[test]
fn a_group_shares_its_weight_out_and_says_its_own_score() {
    let today = day("2026-11-22");
    let metrics: BTreeMap<_, _> = [
        held("a.open", 1.0, None),
        held("a.since", number(day("2026-11-12")), None),
        held("a.mood", 0.0, Some(day("2026-10-23"))),
    ]
    .into();
    let scored = grouped().score(&metrics, &producers(), today);
    let weights: Vec<f64> = scored.parts.iter().map(|part| part.weight).collect();
    assert!((weights[0] - 24.0).abs() < 1e-9 && (weights[1] - 16.0).abs() < 1e-9 && weights[2] == 40.0);
    let by_hand = (24.0 * 80.0 + 16.0 * 90.0 + 20.0 * 50.0) / 60.0;
    assert!(
        (scored.score.expect("a score") - by_hand).abs() < 1e-9,
        "{scored:?}"
    );
    let said = groups(&scored.parts);
    let names: Vec<&str> = said.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names, ["support", "people"]);
    assert!((said[0].score.expect("a score") - 84.0).abs() < 1e-9 && (said[0].share - 0.5).abs() < 1e-9);
    assert_eq!((said[0].confidence, said[1].score), (Some(1.0), Some(50.0)));
    assert!((said[1].confidence.expect("known") - 0.5).abs() < 1e-9);
    let sum: f64 = said.iter().filter_map(|group| group.contribution).sum();
    assert!((sum - (by_hand - NEUTRAL)).abs() < 1e-9);

    // Of a group of which nothing is known, nothing is said.
    let few: BTreeMap<_, _> = [held("a.open", 1.0, None)].into();
    let said = groups(&grouped().score(&few, &producers(), today).parts);
    assert_eq!(
        (said[1].score, said[1].confidence, said[1].contribution),
        (None, Some(0.0), None)
    );
}

#[test]
fn groups_that_weigh_what_their_measures_do_change_no_digit_and_none_is_written_where_none_is() {
    let today = day("2026-11-22");
    let metrics: BTreeMap<_, _> = [
        held("a.open", 1.3, None),
        held("a.mood", 0.7, Some(day("2026-11-01"))),
    ]
    .into();
    let plain = content().score(&metrics, &producers(), today);
    let mut same = grouped();
    (same.groups[0].weight, same.groups[1].weight) = (50.0, 50.0);
    let grouped = same.score(&metrics, &producers(), today);
    assert_eq!(
        (plain.score, plain.confidence),
        (grouped.score, grouped.confidence)
    );
    assert!(groups(&plain.parts).is_empty());
    let written = serde_json::to_string(&(content(), &plain.parts)).expect("JSON");
    assert!(!written.contains("group"), "{written}");
    let old = r#"{"measures":[{"metric":"a.open","weight":1.0,"half_life":null,"curve":[[0.0,1.0],[1.0,2.0]]}],"floor":0.1,"red_below":1.0,"green_from":2.0}"#;
    let read: Content = serde_json::from_str(old).expect("an old version");
    assert_eq!(serde_json::to_string(&read).expect("JSON"), old);
}

#[test]
fn what_is_not_known_lowers_the_confidence_and_never_the_score() {
    let today = day("2026-11-22");
    let few: BTreeMap<_, _> = [held("a.since", number(today), None)].into();
    let scored = content().score(&few, &producers(), today);
    assert_eq!((scored.score, scored.band), (Some(100.0), Band::Unknown));
    assert!((scored.confidence - 0.2).abs() < 1e-12);
    let none = content().score(&BTreeMap::new(), &producers(), today);
    assert_eq!(
        (none.score, none.confidence, none.band),
        (None, 0.0, Band::Unknown)
    );
    assert_eq!(reason(&none.parts), "");
}

#[test]
fn a_clock_in_the_future_makes_nothing_fresher_than_fresh() {
    let today = day("2026-11-22");
    let ahead: BTreeMap<_, _> = [held("a.mood", 2.0, Some(day("2030-01-01")))].into();
    let scored = content().score(&ahead, &producers(), today);
    assert_eq!(scored.parts[2].freshness, 1.0);
}

#[test]
fn curves_are_straight_between_points_and_level_beyond() {
    let measure = &content().measures[0];
    let scores = [-1.0, 0.0, 1.0, 2.0, 3.5, 5.0, 99.0].map(|value| measure.score(value));
    assert_eq!(scores, [100.0, 100.0, 80.0, 60.0, 30.0, 0.0, 0.0]);
}

#[test]
fn the_change_is_told_to_the_last_point() {
    let today = day("2026-11-22");
    let before: BTreeMap<_, _> = [held("a.open", 0.0, None), held("a.mood", 1.0, None)].into();
    let after: BTreeMap<_, _> = [held("a.open", 5.0, None), held("a.since", number(today), None)].into();
    let [before, after] = [before, after].map(|metrics| content().score(&metrics, &producers(), today));
    let told = changes(&before.parts, &after.parts);
    let sum: f64 = told.iter().map(|(_, by)| by).sum();
    let moved = after.score.expect("a score") - before.score.expect("a score");
    assert!((sum - moved).abs() < 1e-9, "{told:?}");
    assert_eq!(told[0].0, "a.open");
}

#[test]
fn bad_scorecards_are_refused_with_the_measures_number() {
    let refused = |change: fn(&mut Content)| {
        let mut content = content();
        change(&mut content);
        content.checked(&producers()).expect_err("refused")
    };
    assert!(matches!(
        refused(|c| c.measures.clear()),
        HealthError::MeasureCount
    ));
    assert!(matches!(
        refused(|c| c.measures[1].weight = 0.0),
        HealthError::BadWeight(2)
    ));
    assert!(matches!(
        refused(|c| c.measures[1].weight = f64::NAN),
        HealthError::BadWeight(2)
    ));
    assert!(matches!(
        refused(|c| c.measures[2].metric = "x.y".into()),
        HealthError::UnknownMetric(3)
    ));
    assert!(matches!(
        refused(|c| c.measures[2].metric = "health.score".into()),
        HealthError::CircularMetric(3)
    ));
    assert!(matches!(
        refused(|c| c.measures[2].metric = "a.open".into()),
        HealthError::DoubleMetric(3)
    ));
    assert!(matches!(
        refused(|c| c.measures[0].curve = vec![(1.0, 1.0)]),
        HealthError::BadCurve(1)
    ));
    assert!(matches!(
        refused(|c| c.measures[0].curve.reverse()),
        HealthError::BadCurve(1)
    ));
    assert!(matches!(
        refused(|c| c.measures[2].half_life = Some(0)),
        HealthError::BadHalfLife(3)
    ));
    let group = |name: &str, weight| Group {
        name: name.to_owned(),
        weight,
    };
    let with = |groups: Vec<Group>| Content { groups, ..content() }.checked(&producers());
    assert!(matches!(
        with(vec![group("Use", 1.0), group("use", 1.0)]),
        Err(HealthError::BadGroup(2))
    ));
    assert!(matches!(
        with(vec![group(" ", 1.0)]),
        Err(HealthError::BadGroup(1))
    ));
    assert!(matches!(
        with(vec![group("Use", f64::INFINITY)]),
        Err(HealthError::BadGroupWeight(1))
    ));
    assert!(matches!(
        with((0..9).map(|n| group(&n.to_string(), 1.0)).collect()),
        Err(HealthError::GroupCount)
    ));
    assert!(with(vec![group("Use", 1.0)]).is_ok());
    assert!(matches!(
        refused(|c| c.measures[1].group = "Elsewhere".into()),
        HealthError::UnknownGroup(2)
    ));
    assert!(matches!(refused(|c| c.floor = 1.5), HealthError::BadFloor));
    assert!(matches!(refused(|c| c.red_below = 80.0), HealthError::BadBands));
    assert!(content().checked(&producers()).is_ok());
}

#[test]
fn a_trend_needs_more_than_noise() {
    let line = |slope: f64| -> Vec<Option<f64>> {
        (0..WINDOW)
            .map(|day| {
                let noise = if day % 2 == 0 { 1.0 } else { -1.0 };
                Some(60.0 + slope * day as f64 + noise)
            })
            .collect()
    };
    assert_eq!(trend(&line(0.02)).1, Way::Flat);
    assert_eq!(trend(&line(-0.5)).1, Way::Down);
    let (slope, way) = trend(&line(0.5));
    assert_eq!(way, Way::Up);
    assert!((slope.expect("a slope") - 3.5).abs() < 0.3);
    assert_eq!(trend(&[Some(1.0), None, Some(3.0)]), (None, Way::Unknown));
}
