//! What the API's document says about the queue of what belongs to no account.

use kit::web::api::{Listed, Operation};

use super::documents::{AccountInput, QueueQuery, WaitingDocument};
use super::failures::{ACCOUNT, UNFIT};
use crate::usage::identity::IdentityDocument;
use crate::usage::people::NameId;

const PART: &str = "Usage";

/// `GET /api/v1/usage-unsettled`
pub const LIST: Operation = Operation::new(
    PART,
    "List what belongs to no account",
    "Groups that no account is called, and people who are at none or at several, each with why and the accounts that may be meant; those with the most events first.",
)
.asks::<QueueQuery>()
.gives::<Listed<WaitingDocument>>();

/// `PUT /api/v1/usage-names/{id}/account`
pub const SETTLE: Operation = Operation::new(
    PART,
    "Choose the account of an id",
    "A group is called so by its account from now on, by an external id of the source `usage`. Of a person the account holds on the days on which nothing else tells it. What was counted goes with it.",
)
.of::<NameId>()
.takes::<AccountInput>()
.shows::<IdentityDocument>()
.fails(&[&ACCOUNT]);

/// `DELETE /api/v1/usage-names/{id}/account`
pub const UNSETTLE: Operation = Operation::new(
    PART,
    "Take the choice of an account back",
    "What was counted waits again, unless something else tells the account.",
)
.of::<NameId>()
.shows::<IdentityDocument>();

/// `PUT /api/v1/usage-names/{id}/leaving`
pub const LEAVE: Operation = Operation::new(
    PART,
    "Leave an id without an account",
    "It waits no more; its events are kept and belong to no account.",
)
.of::<NameId>()
.shows::<IdentityDocument>();

/// `DELETE /api/v1/usage-names/{id}/leaving`
pub const MIND: Operation = Operation::new(
    PART,
    "Let an id wait for its account again",
    "It stands in the queue as before.",
)
.of::<NameId>()
.shows::<IdentityDocument>();

/// `POST /api/v1/usage-names/{id}/making`
pub const MAKE: Operation = Operation::new(
    PART,
    "Make what an id stands for",
    "An account of a group, a contact of a user; what was counted goes with it. Asks for the permission to write accounts or contacts too.",
)
.of::<NameId>()
.gives::<IdentityDocument>()
.fails(&[&UNFIT]);
