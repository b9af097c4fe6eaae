//! How the failures of metrics of people's own look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::{OwnError, Wrong};

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const TITLE: Code = Code::new("own-metric-name", WRONG, "own-metrics-failure-name");
pub(super) const ABOUT: Code = Code::new("own-metric-about", WRONG, "own-metrics-failure-about");
pub(super) const EVENT: Code = Code::new("own-metric-event", WRONG, "own-metrics-failure-event");
pub(super) const WINDOW: Code = Code::new("own-metric-window", WRONG, "own-metrics-failure-window");
pub(super) const PROPERTY: Code = Code::new("own-metric-property", WRONG, "own-metrics-failure-property");
pub(super) const FILTERS: Code = Code::new("own-metric-filters", WRONG, "own-metrics-failure-filters");
pub(super) const FILTER: Code = Code::new("own-metric-filter", WRONG, "own-metrics-failure-filter");
pub(super) const VALUE: Code = Code::new("own-metric-value", WRONG, "own-metrics-failure-value");
pub(super) const TOO_MANY: Code = Code::new(
    "own-metric-too-many",
    StatusCode::CONFLICT,
    "own-metrics-failure-too-many",
);
pub(super) const REMOVED: Code = Code::new(
    "own-metric-removed",
    StatusCode::CONFLICT,
    "own-metrics-failure-removed",
);
pub(super) const IN_USE: Code = Code::new(
    "own-metric-in-use",
    StatusCode::CONFLICT,
    "own-metrics-failure-in-use",
);
pub(super) const STALE: Code = Code::new(
    "own-metric-stale",
    StatusCode::CONFLICT,
    "own-metrics-failure-stale",
);

/// What is wrong with a new or changed metric.
pub(super) const ALL: &[&Code] = &[
    &TITLE, &ABOUT, &EVENT, &WINDOW, &PROPERTY, &FILTERS, &FILTER, &VALUE, &TOO_MANY, &REMOVED,
];

/// The code of what is wrong with a condition, the field of the form, and the condition's number from 1.
pub(super) fn of_filter(error: &OwnError) -> Option<(&'static Code, &'static str, usize)> {
    match error {
        OwnError::Bad(Wrong::FilterProperty(number)) => Some((&FILTER, "filter", *number)),
        OwnError::Bad(Wrong::FilterValue(number)) => Some((&VALUE, "value", *number)),
        _ => None,
    }
}

impl From<OwnError> for Failure {
    fn from(error: OwnError) -> Self {
        match error {
            OwnError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            OwnError::BadTitle => Self::field("name", &TITLE),
            OwnError::LongAbout => Self::field("about", &ABOUT),
            OwnError::Bad(wrong) => of_wrong(wrong),
            OwnError::TooMany => Self::new(&TOO_MANY),
            OwnError::Unknown => Self::of(StatusCode::NOT_FOUND),
            OwnError::Removed => Self::new(&REMOVED),
            OwnError::InUse(uses) => {
                let names: Vec<String> = uses.into_iter().map(|one| one.name).collect();
                Self::new(&IN_USE).detail(names.join(", "))
            }
            OwnError::Stale(now) => {
                Self::new(&STALE).detail(format!("the metric is at version {}", now.metric.version))
            }
            OwnError::Lake(error) => error.into(),
            OwnError::Db(error) => error.into(),
        }
    }
}

fn of_wrong(wrong: Wrong) -> Failure {
    match wrong {
        Wrong::Event => Failure::field("event", &EVENT),
        Wrong::Window => Failure::field("window", &WINDOW),
        Wrong::Property => Failure::field("property", &PROPERTY),
        Wrong::Filters => Failure::field("filters", &FILTERS),
        Wrong::FilterProperty(number) => {
            Failure::field("filters", &FILTER).detail(format!("the condition of number {number}"))
        }
        Wrong::FilterValue(number) => {
            Failure::field("filters", &VALUE).detail(format!("the condition of number {number}"))
        }
    }
}
