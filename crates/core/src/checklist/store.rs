//! The rows of agents who have put the checklist away.

use kit::db::{DbError, Tx};
use kit::{params, sql};

use crate::agents::AgentId;
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, agent: AgentId) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into checklist_dismissals (workspace_id, agent_id, dismissed_at)
             values ($1, $2, $3)
             on conflict (workspace_id, agent_id) do nothing"
        ),
        params![workspace, agent, now],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, agent: AgentId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from checklist_dismissals
             where workspace_id = $1 and agent_id = $2"
        ),
        params![workspace, agent],
    )?;
    Ok(())
}

pub(super) fn exists(tx: &mut Tx<'_>, workspace: WorkspaceId, agent: AgentId) -> Result<bool, DbError> {
    let found: Option<i64> = tx.optional(
        sql!(
            "select dismissed_at
             from checklist_dismissals
             where workspace_id = $1 and agent_id = $2"
        ),
        params![workspace, agent],
        |row| row.get("dismissed_at"),
    )?;
    Ok(found.is_some())
}
