//! What the API's document says about acts on many accounts.

use kit::web::api::{Listed, Operation};

use super::AccountBulkId;
use super::documents::{AccountBulkDocument, AccountBulkInput, AccountBulkQuery, AccountBulkResult};
use super::failures::{DEED, NO_ACCOUNTS, NO_DEEDS, NOT_NOW, TOO_MANY, VALUE};

const PART: &str = "Accounts";

/// `POST /api/v1/accounts/bulk`
pub const BEGIN: Operation = Operation::new(
    PART,
    "Change many accounts",
    "In one act, which can be taken back as one. Up to 30 are changed when the answer comes; more are gone through in the \
     background. An account gets all the deeds or none; one that can't be changed stays as it is, with the reason.",
)
.takes::<AccountBulkInput>()
.makes::<AccountBulkDocument>()
.fails(&[&NO_ACCOUNTS, &TOO_MANY, &NO_DEEDS, &DEED, &VALUE]);

/// `GET /api/v1/accounts/bulk/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show an act on many accounts",
    "What it does, and how far it is.",
)
.of::<AccountBulkId>()
.shows::<AccountBulkDocument>();

/// `GET /api/v1/accounts/bulk/{id}/results`
pub const RESULTS: Operation = Operation::new(
    PART,
    "List what became of the accounts of an act",
    "Each account with its fate, and with the reason where it stayed as it was.",
)
.of::<AccountBulkId>()
.asks::<AccountBulkQuery>()
.gives::<Listed<AccountBulkResult>>();

/// `PUT /api/v1/accounts/bulk/{id}/undo`
pub const UNDO: Operation = Operation::new(
    PART,
    "Take an act on many accounts back",
    "Each account that it changed is as it was, but for those that somebody changed since: they stay and are named.",
)
.of::<AccountBulkId>()
.shows::<AccountBulkDocument>()
.fails(&[&NOT_NOW]);
