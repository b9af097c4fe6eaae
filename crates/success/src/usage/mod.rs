//! Usage: what people at accounts do in the company's product, sent by the SDKs that it has already.
//!
//! A *source* is a place that events come from, known by its *write key*. The *protocol* is the one of Segment's HTTP
//! API: whoever sends changes the host and nothing else. What is accepted is in the *log* before it is answered; what is
//! not is a *refusal*, kept with its reason until somebody sends it again. What is in the log is *folded* into numbers per
//! person, feature and day, and *people* says whose they are; *identity* shows why, and *settling* asks where nobody can tell.
//! *Adoption* is what accounts do with each feature. What was folded is sealed as files, the *lake*.

pub mod account;
pub mod adoption;
pub mod backfill;
pub mod contact;
pub mod counts;
pub mod debugger;
pub mod first;
pub mod folding;
pub mod identity;
pub mod keeping;
pub mod lake;
pub mod log;
pub mod measures;
pub mod own;
pub mod people;
pub mod protocol;
pub mod settling;
pub mod sources;

use kit::db::{DbError, Tx};
use tandem_core::accounts::AccountId;
use tandem_core::accounts::merging::{Part, Way};
use tandem_core::workspaces::WorkspaceId;

/// What a merge of accounts does with usage: it follows from whose the groups and persons are.
pub const MERGES: Part = Part::new("usage_days", Way::Derive(forget_account, people::follow_account));

fn forget_account(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    // What was done at an account of very many days goes from there by parts, once it is followed.
    if people::shifting::is_large_account(tx, workspace, account)? {
        return Ok(());
    }
    folding::store::clear_account(tx, workspace, account)
}

/// The name of everything that moves with usage, for pages that show it.
pub const TOPIC: &str = "usage";
