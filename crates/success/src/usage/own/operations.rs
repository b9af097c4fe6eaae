//! What the API's document says of metrics that people define.

use kit::web::api::{Listed, Operation, Precondition};
use tandem_core::metrics::own::OwnMetricId;

use super::documents::{OwnMetricDocument, OwnMetricInput, OwnPreviewDocument};
use super::failures::{ALL, EVENT, FILTER, FILTERS, IN_USE, PROPERTY, TOO_MANY, VALUE, WINDOW};

const PART: &str = "Metrics";

/// `GET /api/v1/metrics/own`
pub const LIST: Operation = Operation::new(
    PART,
    "List the metrics that people define",
    "By name, without those that were removed, each with how far it was counted. The list is whole.",
)
.gives::<Listed<OwnMetricDocument>>();

/// `POST /api/v1/metrics/own`
pub const CREATE: Operation = Operation::new(
    PART,
    "Define a metric",
    "It is counted in the background: `state` says how far that has come, `exact_from` from which day on the number is exact.",
)
.takes::<OwnMetricInput>()
.makes::<OwnMetricDocument>()
.fails(ALL);

/// `POST /api/v1/metrics/own/preview`
pub const PREVIEW: Operation = Operation::new(
    PART,
    "Try the definition of a metric",
    "Says what it would be at the three accounts that use the product most, and keeps nothing. Up to 100 000 events are read.",
)
.takes::<OwnMetricInput>()
.shows::<OwnPreviewDocument>()
.fails(&[&EVENT, &WINDOW, &PROPERTY, &FILTERS, &FILTER, &VALUE]);

/// `GET /api/v1/metrics/own/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a metric that people define",
    "Its ETag is what a change names with If-Match.",
)
.of::<OwnMetricId>()
.shows::<OwnMetricDocument>();

/// `PUT /api/v1/metrics/own/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a metric that people define",
    "What counts other things makes a new version; how it went at every account is then written anew in the background.",
)
.of::<OwnMetricId>()
.takes::<OwnMetricInput>()
.shows::<OwnMetricDocument>()
.held_by(Precondition::Required)
.fails(ALL);

/// `PUT /api/v1/metrics/own/{id}/removal`
pub const REMOVE: Operation = Operation::new(
    PART,
    "Remove a metric that people define",
    "Only what no scorecard, rule, segment or playbook uses. It can be brought back.",
)
.of::<OwnMetricId>()
.shows::<OwnMetricDocument>()
.held_by(Precondition::Optional)
.fails(&[&IN_USE]);

/// `DELETE /api/v1/metrics/own/{id}/removal`
pub const RESTORE: Operation = Operation::new(
    PART,
    "Bring a metric back",
    "One that is not removed stays as it is.",
)
.of::<OwnMetricId>()
.shows::<OwnMetricDocument>()
.held_by(Precondition::Optional)
.fails(&[&TOO_MANY]);
