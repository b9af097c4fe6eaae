//! The rows of arrangements.

use kit::db::{DbError, Tx};
use kit::{params, sql};

use crate::agents::AgentId;
use crate::workspaces::WorkspaceId;

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    name: &str,
) -> Result<Option<String>, DbError> {
    tx.optional(
        sql!(
            "select arrangement
             from agent_tables
             where workspace_id = $1 and agent_id = $2 and name = $3"
        ),
        params![workspace, agent, name],
        |row| row.get("arrangement"),
    )
}

pub(super) fn put(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    name: &str,
    arrangement: &str,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into agent_tables (workspace_id, agent_id, name, arrangement)
             values ($1, $2, $3, $4)
             on conflict (workspace_id, agent_id, name) do update
             set arrangement = excluded.arrangement"
        ),
        params![workspace, agent, name, arrangement],
    )?;
    Ok(())
}
