//! What the API's document says about views of the inbox.

use kit::web::api::{Listed, Operation, Precondition};

use super::OwnViewId;
use super::documents::{ViewDocument, ViewInput};
use super::failures::{ALL, NOT_YOURS};

const PART: &str = "Inbox views";

/// `GET /api/v1/inbox-views`
pub const LIST: Operation = Operation::new(
    PART,
    "List views",
    "Those that the caller sees, by name: for everyone, for their teams, and their own. The list is whole. The tickets of one \
     are listed by `GET /api/v1/tickets` with its id as `view`.",
)
.gives::<Listed<ViewDocument>>();

/// `POST /api/v1/inbox-views`
pub const CREATE: Operation = Operation::new(
    PART,
    "Add a view",
    "It is looked through at once; until `is_counted` its list may lack tickets. One for others needs `inbox.write`.",
)
.takes::<ViewInput>()
.makes::<ViewDocument>()
.fails(ALL);

/// `GET /api/v1/inbox-views/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a view",
    "Its ETag is what a change names with If-Match.",
)
.of::<OwnViewId>()
.shows::<ViewDocument>();

/// `PUT /api/v1/inbox-views/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a view",
    "Replaces its name, audience, conditions and order.",
)
.of::<OwnViewId>()
.takes::<ViewInput>()
.shows::<ViewDocument>()
.held_by(Precondition::Required)
.fails(ALL);

/// `PUT /api/v1/inbox-views/{id}/removal`
pub const REMOVE: Operation = Operation::new(
    PART,
    "Remove a view",
    "It can be brought back. Removing a removed one changes nothing; its tickets stay as they are.",
)
.of::<OwnViewId>()
.shows::<ViewDocument>()
.held_by(Precondition::Optional)
.fails(&[&NOT_YOURS]);

/// `DELETE /api/v1/inbox-views/{id}/removal`
pub const RESTORE: Operation = Operation::new(
    PART,
    "Bring a view back",
    "One that is not removed stays as it is.",
)
.of::<OwnViewId>()
.shows::<ViewDocument>()
.held_by(Precondition::Optional)
.fails(&[&NOT_YOURS]);
