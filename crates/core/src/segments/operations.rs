//! What the API's document says of segments.

use kit::web::api::{Listed, Operation, Precondition};

use super::SegmentId;
use super::api::MembersQuery;
use super::documents::{MemberDocument, PreviewDocument, SegmentDocument, SegmentInput, SegmentPreviewInput};
use super::failures::{ALL, CONDITION, NOT_YOURS};

const PART: &str = "Segments";

/// `GET /api/v1/segments`
pub const LIST: Operation = Operation::new(
    PART,
    "List segments",
    "Those that the caller sees, by name: shared ones and their own. The list is whole.",
)
.gives::<Listed<SegmentDocument>>();

/// `POST /api/v1/segments`
pub const CREATE: Operation = Operation::new(
    PART,
    "Add a segment",
    "All accounts are looked at soon; until `is_counted` some may be missing. One for everyone needs `segments.write`.",
)
.takes::<SegmentInput>()
.makes::<SegmentDocument>()
.fails(ALL);

/// `POST /api/v1/segments/preview`
pub const PREVIEW: Operation = Operation::new(
    PART,
    "Try a definition",
    "Says which accounts fit it, and keeps nothing. Up to 20 000 accounts are looked at.",
)
.takes::<SegmentPreviewInput>()
.shows::<PreviewDocument>()
.fails(&[&CONDITION]);

/// `GET /api/v1/segments/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a segment",
    "Its ETag is what a change names with If-Match.",
)
.of::<SegmentId>()
.shows::<SegmentDocument>();

/// `PUT /api/v1/segments/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a segment",
    "Replaces name, description, audience and definition. With another definition all accounts are looked at again; nobody \
     is told of each that comes or goes by that.",
)
.of::<SegmentId>()
.takes::<SegmentInput>()
.shows::<SegmentDocument>()
.held_by(Precondition::Required)
.fails(ALL);

/// `GET /api/v1/segments/{id}/accounts`
pub const ACCOUNTS: Operation = Operation::new(
    PART,
    "List the accounts of a segment",
    "In the order of their ids, with when each came in. `GET /api/v1/accounts` with the segment's id as `segment` has them whole.",
)
.of::<SegmentId>()
.asks::<MembersQuery>()
.gives::<Listed<MemberDocument>>();

/// `PUT /api/v1/segments/{id}/removal`
pub const REMOVE: Operation = Operation::new(
    PART,
    "Remove a segment",
    "It can be brought back. Removing a removed one changes nothing; its accounts stay as they are.",
)
.of::<SegmentId>()
.shows::<SegmentDocument>()
.held_by(Precondition::Optional)
.fails(&[&NOT_YOURS]);

/// `DELETE /api/v1/segments/{id}/removal`
pub const RESTORE: Operation = Operation::new(
    PART,
    "Bring a segment back",
    "One that is not removed stays as it is.",
)
.of::<SegmentId>()
.shows::<SegmentDocument>()
.held_by(Precondition::Optional)
.fails(&[&NOT_YOURS]);
