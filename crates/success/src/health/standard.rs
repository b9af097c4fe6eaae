//! The scorecard that every workspace begins with: good with whatever data is there.

use super::model::{Content, Measure};

/// A measure: metric, weight, half-life in days, curve.
type Line = (&'static str, f64, Option<i64>, &'static [(f64, f64)]);

const MEASURES: &[Line] = &[
    (
        "usage.change_14d",
        25.0,
        None,
        &[(-0.8, 0.0), (-0.4, 30.0), (-0.1, 75.0), (0.0, 85.0), (0.3, 100.0)],
    ),
    (
        "usage.last_used",
        15.0,
        None,
        &[(1.0, 100.0), (7.0, 80.0), (21.0, 30.0), (45.0, 0.0)],
    ),
    (
        "people.experience",
        30.0,
        Some(90),
        &[(-2.0, 0.0), (-0.5, 30.0), (0.0, 55.0), (1.0, 90.0), (2.0, 100.0)],
    ),
    (
        "people.last_touch",
        15.0,
        None,
        &[(7.0, 100.0), (30.0, 85.0), (90.0, 40.0), (180.0, 0.0)],
    ),
    (
        "people.contacts",
        10.0,
        None,
        &[(0.0, 0.0), (1.0, 40.0), (3.0, 85.0), (5.0, 100.0)],
    ),
    (
        "tickets.urgent",
        10.0,
        None,
        &[(0.0, 100.0), (1.0, 50.0), (3.0, 0.0)],
    ),
    (
        "tickets.open",
        10.0,
        None,
        &[(0.0, 100.0), (3.0, 70.0), (10.0, 0.0)],
    ),
    (
        "tickets.reopened_90d",
        10.0,
        None,
        &[(0.0, 100.0), (1.0, 60.0), (4.0, 0.0)],
    ),
    (
        "money.overdue_invoices",
        20.0,
        None,
        &[(0.0, 100.0), (1.0, 40.0), (3.0, 0.0)],
    ),
];

/// What it says.
pub(crate) fn content() -> Content {
    let measure = |(metric, weight, half_life, curve): &Line| Measure {
        metric: (*metric).to_owned(),
        weight: *weight,
        half_life: *half_life,
        curve: curve.to_vec(),
    };
    Content {
        measures: MEASURES.iter().map(measure).collect(),
        // One kind of data is enough for a colour: usage alone, or support alone.
        floor: 0.25,
        red_below: 55.0,
        green_from: 75.0,
    }
}
