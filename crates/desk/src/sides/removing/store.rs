//! The rows of side conversations that are removed.

use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use crate::sides::SideId;

/// Takes one away, with what was written in it.
pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, side: SideId) -> Result<(), DbError> {
    let statements = [
        sql!("delete from side_entries where workspace_id = $1 and side_id = $2"),
        sql!("delete from side_people where workspace_id = $1 and side_id = $2"),
        sql!("delete from side_conversations where workspace_id = $1 and id = $2"),
    ];
    for statement in statements {
        tx.execute(statement, params![workspace, side])?;
    }
    Ok(())
}
