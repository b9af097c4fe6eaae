//! What people did to a touchpoint since it was written down.

use kit::db::{DbError, Tx};
use kit::{params, sql};

use crate::touchpoints::TouchpointId;
use crate::workspaces::WorkspaceId;

/// How often it was judged anew, and whether it is withdrawn.
pub(super) fn touches(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: TouchpointId,
) -> Result<(i64, bool), DbError> {
    let judgements = tx.one(
        sql!(
            "select count(*) as n
             from touchpoint_impressions
             where workspace_id = $1 and touchpoint_id = $2"
        ),
        params![workspace, id],
        |row| row.get("n"),
    )?;
    let withdrawn: Option<i64> = tx.optional(
        sql!(
            "select withdrawn_at
             from touchpoint_withdrawals
             where workspace_id = $1 and touchpoint_id = $2"
        ),
        params![workspace, id],
        |row| row.get("withdrawn_at"),
    )?;
    Ok((judgements, withdrawn.is_some()))
}
