//! The rows of agents.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};

use super::model::fold;
use super::{Agent, AgentId};
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, agent: &Agent) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into agents (workspace_id, id, name, email, email_folded, role, is_active, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            workspace,
            agent.id,
            agent.name,
            agent.email,
            fold(&agent.email),
            agent.role.as_str(),
            agent.is_active,
            agent.created_at
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, agent: &Agent) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update agents
             set name = $3, role = $4, is_active = $5
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            agent.id,
            agent.name,
            agent.role.as_str(),
            agent.is_active
        ],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: AgentId) -> Result<Option<Agent>, DbError> {
    tx.optional(
        sql!(
            "select id, name, email, role, is_active, created_at
             from agents
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn find_by_email(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    folded: &str,
) -> Result<Option<Agent>, DbError> {
    tx.optional(
        sql!(
            "select id, name, email, role, is_active, created_at
             from agents
             where workspace_id = $1 and email_folded = $2"
        ),
        params![workspace, folded],
        read,
    )
}

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Agent>, DbError> {
    tx.rows(
        sql!(
            "select id, name, email, role, is_active, created_at
             from agents
             where workspace_id = $1
             order by is_active desc, name, id"
        ),
        params![workspace],
        read,
    )
}

/// Up to `limit` whose ids come after `last`, in the order of their ids.
pub(super) fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: AgentId,
    limit: i64,
) -> Result<Vec<Agent>, DbError> {
    tx.rows(
        sql!(
            "select id, name, email, role, is_active, created_at
             from agents
             where workspace_id = $1 and id > $2
             order by id
             limit $3"
        ),
        params![workspace, last, limit],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Agent, DbError> {
    let role: String = row.get("role")?;
    Ok(Agent {
        id: row.get("id")?,
        name: row.get("name")?,
        email: row.get("email")?,
        role: role.parse().map_err(|_| row.broken("role", "a role"))?,
        is_active: row.get("is_active")?,
        created_at: row.get("created_at")?,
    })
}
