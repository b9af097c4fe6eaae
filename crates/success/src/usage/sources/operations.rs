//! What the API's document says about sources of usage.

use kit::web::api::{Listed, Operation, Precondition};

use super::SourceId;
use super::documents::{SourceDocument, SourceInput};
use super::failures::{NAME, TOO_MANY};

const PART: &str = "Usage";

/// `GET /api/v1/usage-sources`
pub const LIST: Operation = Operation::new(
    PART,
    "List sources of usage",
    "All sources of the workspace with their write keys, the oldest first.",
)
.gives::<Listed<SourceDocument>>();

/// `POST /api/v1/usage-sources`
pub const CREATE: Operation = Operation::new(
    PART,
    "Set a source up",
    "Its write key lets events in by Segment's HTTP protocol: point the SDK's host at this installation. The paths are \
     `/v1/track`, `/v1/identify`, `/v1/group`, `/v1/page`, `/v1/screen`, `/v1/alias` and `/v1/batch`; an event has at \
     most 32 KB, a batch 500 KB.",
)
.takes::<SourceInput>()
.makes::<SourceDocument>()
.fails(&[&NAME, &TOO_MANY]);

/// `GET /api/v1/usage-sources/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a source",
    "Its ETag is what a change names with If-Match.",
)
.of::<SourceId>()
.shows::<SourceDocument>();

/// `PUT /api/v1/usage-sources/{id}`
pub const CHANGE: Operation = Operation::new(PART, "Rename a source", "Calls it something else.")
    .of::<SourceId>()
    .takes::<SourceInput>()
    .shows::<SourceDocument>()
    .held_by(Precondition::Required)
    .fails(&[&NAME]);

/// `POST /api/v1/usage-sources/{id}/keys`
pub const ROTATE: Operation = Operation::new(
    PART,
    "Rotate the write key",
    "The new key is taken at once. The one before is taken for a day more.",
)
.of::<SourceId>()
.gives::<SourceDocument>();

/// `PUT /api/v1/usage-sources/{id}/stop`
pub const STOP: Operation = Operation::new(
    PART,
    "Switch a source off",
    "Its events are answered 403 from now on and are not kept.",
)
.of::<SourceId>()
.shows::<SourceDocument>();

/// `DELETE /api/v1/usage-sources/{id}/stop`
pub const START: Operation = Operation::new(
    PART,
    "Switch a source on again",
    "Its events are taken from now on.",
)
.of::<SourceId>()
.shows::<SourceDocument>();
