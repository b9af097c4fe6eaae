//! The rows of looks.

use kit::db::{DbError, Tx};
use kit::{params, sql};

use crate::agents::AgentId;
use crate::workspaces::WorkspaceId;

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
) -> Result<Option<String>, DbError> {
    tx.optional(
        sql!(
            "select look
             from agent_looks
             where workspace_id = $1 and agent_id = $2"
        ),
        params![workspace, agent],
        |row| row.get("look"),
    )
}

pub(super) fn put(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    look: &str,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into agent_looks (workspace_id, agent_id, look, changed_at)
             values ($1, $2, $3, $4)
             on conflict (workspace_id, agent_id) do update
             set look = excluded.look, changed_at = excluded.changed_at"
        ),
        params![workspace, agent, look, now],
    )?;
    Ok(())
}
