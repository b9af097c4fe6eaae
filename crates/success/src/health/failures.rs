//! How the failures of health look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::HealthError;

const fn code(name: &'static str, text: &'static str) -> Code {
    Code::new(name, StatusCode::UNPROCESSABLE_ENTITY, text)
}

pub(super) const NAME: Code = code("scorecard-name", "health-failure-name");
pub(super) const TAKEN: Code = Code::new("scorecard-taken", StatusCode::CONFLICT, "health-failure-taken");
pub(super) const GENERAL: Code = Code::new(
    "scorecard-general",
    StatusCode::CONFLICT,
    "health-failure-general",
);
pub(super) const RUNG: Code = code("scorecard-rung", "health-failure-rung");
pub(super) const MEASURES: Code = code("scorecard-measures", "health-failure-measures");
pub(super) const METRIC: Code = code("scorecard-metric", "health-failure-metric");
pub(super) const CIRCULAR: Code = code("scorecard-circular", "health-failure-circular");
pub(super) const DOUBLE: Code = code("scorecard-double", "health-failure-double");
pub(super) const WEIGHT: Code = code("scorecard-weight", "health-failure-weight");
pub(super) const HALF_LIFE: Code = code("scorecard-half-life", "health-failure-half-life");
pub(super) const CURVE: Code = code("scorecard-curve", "health-failure-curve");
pub(super) const GROUP: Code = code("scorecard-group", "health-failure-group");
pub(super) const GROUP_WEIGHT: Code = code("scorecard-group-weight", "health-failure-weight");
pub(super) const GROUPS: Code = code("scorecard-groups", "health-failure-groups");
pub(super) const IN_GROUP: Code = code("scorecard-in-group", "health-failure-in-group");
pub(super) const FLOOR: Code = code("scorecard-floor", "health-failure-floor");
pub(super) const BANDS: Code = code("scorecard-bands", "health-failure-bands");
pub(super) const STALE: Code = Code::new("scorecard-stale", StatusCode::CONFLICT, "health-failure-stale");
pub(super) const REASON: Code = code("health-reason", "health-failure-reason");
pub(super) const UNTIL: Code = code("health-until", "health-failure-until");
pub(super) const BAND: Code = code("health-band", "health-failure-band");

/// The code of what is wrong with a measure, the field of the form, and the measure's number from 1.
pub(super) fn of_measure(error: &HealthError) -> Option<(&'static Code, &'static str, usize)> {
    Some(match error {
        HealthError::UnknownMetric(number) => (&METRIC, "metric", *number),
        HealthError::CircularMetric(number) => (&CIRCULAR, "metric", *number),
        HealthError::DoubleMetric(number) => (&DOUBLE, "metric", *number),
        HealthError::BadWeight(number) => (&WEIGHT, "weight", *number),
        HealthError::BadHalfLife(number) => (&HALF_LIFE, "half_life", *number),
        HealthError::BadCurve(number) => (&CURVE, "curve", *number),
        HealthError::UnknownGroup(number) => (&IN_GROUP, "in", *number),
        _ => return None,
    })
}

/// The same of what is wrong with a group.
pub(super) fn of_group(error: &HealthError) -> Option<(&'static Code, &'static str, usize)> {
    Some(match error {
        HealthError::BadGroup(number) => (&GROUP, "group", *number),
        HealthError::BadGroupWeight(number) => (&GROUP_WEIGHT, "group_weight", *number),
        _ => return None,
    })
}

impl From<HealthError> for Failure {
    fn from(error: HealthError) -> Self {
        let said = error.to_string();
        if let Some((code, _, _)) = of_measure(&error) {
            return Self::field("measures", code).detail(said);
        }
        if let Some((code, _, _)) = of_group(&error) {
            return Self::field("groups", code).detail(said);
        }
        match error {
            HealthError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            HealthError::UnknownAccount | HealthError::UnknownScorecard => Self::of(StatusCode::NOT_FOUND),
            HealthError::Stale(_) => Self::new(&STALE),
            HealthError::BadName => Self::field("name", &NAME),
            HealthError::Taken => Self::field("stage", &TAKEN),
            HealthError::General => Self::field("stage", &GENERAL),
            HealthError::UnknownRung => Self::field("stage", &RUNG),
            HealthError::GroupCount => Self::field("groups", &GROUPS),
            HealthError::BadFloor => Self::field("floor", &FLOOR),
            HealthError::BadBands => Self::field("red_below", &BANDS),
            HealthError::BadReason => Self::field("reason", &REASON),
            HealthError::BadUntil => Self::field("until", &UNTIL),
            HealthError::BadBand => Self::field("band", &BAND),
            HealthError::Db(error) => error.into(),
            _ => Self::field("measures", &MEASURES),
        }
    }
}
