//! The rows of touchpoints that go along.

use kit::db::{DbError, Tx};
use kit::{params, sql};

use crate::accounts::AccountId;
use crate::workspaces::WorkspaceId;

/// Whether there were any.
pub(super) fn carry(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (from, to): (AccountId, AccountId),
    evidence: &str,
) -> Result<bool, DbError> {
    let carried = tx.execute(
        sql!(
            "update touchpoints
             set account_id = $4
             where workspace_id = $1 and account_id = $2 and evidence = $3 and channel = 'system'"
        ),
        params![workspace, from, evidence, to],
    )?;
    Ok(carried > 0)
}
