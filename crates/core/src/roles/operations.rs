//! What the API's document says about roles.

use kit::web::api::{Listed, Operation, Precondition, Sample};

use super::RoleId;
use super::api::{RoleDocument, RoleInput};
use super::failures::{IN_USE, LAST_ADMIN, NAME, TAKEN};

const PART: &str = "Roles";

/// `GET /api/v1/roles`
pub const LIST: Operation = Operation::new(
    PART,
    "List roles",
    "Those that are built in, then the workspace's own by name. The list is whole.",
)
.gives::<Listed<RoleDocument>>();

/// `POST /api/v1/roles`
pub const CREATE: Operation = Operation::new(
    PART,
    "Add a role",
    "No two roles have the same name, and nobody makes one that may do more than they.",
)
.takes::<RoleInput>()
.makes::<RoleDocument>()
.fails(&[&NAME, &TAKEN]);

/// `GET /api/v1/roles/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a role",
    "One of the workspace's own. Its ETag is what a change names with If-Match.",
)
.of::<RoleId>()
.shows::<RoleDocument>();

/// `PUT /api/v1/roles/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a role",
    "Replaces name and permissions, which hold for its agents from their next request on.",
)
.of::<RoleId>()
.takes::<RoleInput>()
.shows::<RoleDocument>()
.held_by(Precondition::Required)
.fails(&[&NAME, &TAKEN, &LAST_ADMIN]);

/// `DELETE /api/v1/roles/{id}`
pub const REMOVE: Operation = Operation::new(PART, "Remove a role", "Only one that no agent has.")
    .of::<RoleId>()
    .held_by(Precondition::Optional)
    .fails(&[&IN_USE]);

impl Sample for RoleInput {
    fn sample() -> Self {
        Self {
            name: "Auditor".to_owned(),
            permissions: vec!["accounts.read".to_owned(), "audit.read".to_owned()],
        }
    }
}

impl Sample for RoleDocument {
    fn sample() -> Self {
        Self {
            id: "rol_01k5x0h3m8f2rq7v9c4w6d1nbe".to_owned(),
            name: "Auditor".to_owned(),
            is_built_in: false,
            permissions: vec!["accounts.read", "audit.read"],
            version: Some(3),
        }
    }
}
