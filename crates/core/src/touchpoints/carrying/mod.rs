//! What something left on a timeline goes along when the thing becomes another account's.

mod store;

use std::collections::BTreeSet;

use kit::db::{DbError, Tx};

use crate::accounts::AccountId;
use crate::metrics;
use crate::workspaces::WorkspaceId;

/// Puts what the program itself wrote down of one thing, named by its address, onto the timeline of another account. What people
/// wrote stays where they did.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn carry(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (from, to): (AccountId, AccountId),
    evidence: &str,
) -> Result<(), DbError> {
    if store::carry(tx, workspace, (from, to), evidence)? {
        metrics::jobs::look_at_each(tx, workspace, &BTreeSet::from([from, to]))?;
    }
    Ok(())
}
