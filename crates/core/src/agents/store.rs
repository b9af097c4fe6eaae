//! The rows of agents.

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::i18n::Formats;
use kit::{params, sql};

use super::model::fold;
use super::{Agent, AgentId};
use crate::roles;
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, agent: &Agent) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into agents (workspace_id, id, name, email, email_folded, role, is_active, created_at, is_machine)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            workspace,
            agent.id,
            agent.name,
            agent.email,
            fold(&agent.email),
            agent.role.as_str(),
            agent.is_active,
            agent.created_at,
            agent.is_machine
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, agent: &Agent) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update agents
             set name = $3, role = $4, is_active = $5, locale = $6, zone = $7, formats = $8
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            agent.id,
            agent.name,
            agent.role.as_str(),
            agent.is_active,
            agent.locale,
            agent.zone,
            agent.formats.kept()
        ],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: AgentId) -> Result<Option<Agent>, DbError> {
    tx.optional(
        sql!(
            "select a.id, a.name, a.email, a.role, a.is_active, a.is_machine, a.locale, a.zone, a.formats, a.created_at,
               r.id as role_id, r.name as role_name, r.permissions as role_permissions
             from agents a
             left join agent_roles g on g.workspace_id = a.workspace_id and g.agent_id = a.id
             left join custom_roles r on r.workspace_id = g.workspace_id and r.id = g.role_id
             where a.workspace_id = $1 and a.id = $2"
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
            "select a.id, a.name, a.email, a.role, a.is_active, a.is_machine, a.locale, a.zone, a.formats, a.created_at,
               r.id as role_id, r.name as role_name, r.permissions as role_permissions
             from agents a
             left join agent_roles g on g.workspace_id = a.workspace_id and g.agent_id = a.id
             left join custom_roles r on r.workspace_id = g.workspace_id and r.id = g.role_id
             where a.workspace_id = $1 and a.email_folded = $2"
        ),
        params![workspace, folded],
        read,
    )
}

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Agent>, DbError> {
    tx.rows(
        sql!(
            "select a.id, a.name, a.email, a.role, a.is_active, a.is_machine, a.locale, a.zone, a.formats, a.created_at,
               r.id as role_id, r.name as role_name, r.permissions as role_permissions
             from agents a
             left join agent_roles g on g.workspace_id = a.workspace_id and g.agent_id = a.id
             left join custom_roles r on r.workspace_id = g.workspace_id and r.id = g.role_id
             where a.workspace_id = $1
             order by a.is_active desc, a.name, a.id"
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
            "select a.id, a.name, a.email, a.role, a.is_active, a.is_machine, a.locale, a.zone, a.formats, a.created_at,
               r.id as role_id, r.name as role_name, r.permissions as role_permissions
             from agents a
             left join agent_roles g on g.workspace_id = a.workspace_id and g.agent_id = a.id
             left join custom_roles r on r.workspace_id = g.workspace_id and r.id = g.role_id
             where a.workspace_id = $1 and a.id > $2
             order by a.id
             limit $3"
        ),
        params![workspace, last, limit],
        read,
    )
}

/// When each agent was last seen.
pub(super) fn seen(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<BTreeMap<AgentId, Timestamp>, DbError> {
    let seen = tx.rows(
        sql!(
            "select agent_id, max(created_at) as seen_at
             from sessions
             where workspace_id = $1
             group by agent_id"
        ),
        params![workspace],
        |row| Ok((row.get("agent_id")?, row.get("seen_at")?)),
    )?;
    Ok(seen.into_iter().collect())
}

/// Ends every session and token of an agent; gives their number.
pub(super) fn end_sessions(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    now: Timestamp,
) -> Result<u64, DbError> {
    tx.execute(
        sql!(
            "update sessions
             set ended_at = $3
             where workspace_id = $1 and agent_id = $2 and ended_at is null"
        ),
        params![workspace, agent, now],
    )
}

fn read(row: &Row<'_>) -> Result<Agent, DbError> {
    let standing = roles::read_standing(row)?;
    let formats: Option<String> = row.get("formats")?;
    Ok(Agent {
        id: row.get("id")?,
        name: row.get("name")?,
        email: row.get("email")?,
        role: standing.role,
        role_name: standing.name,
        permissions: standing.permissions,
        is_active: row.get("is_active")?,
        is_machine: row.get("is_machine")?,
        locale: row.get("locale")?,
        zone: row.get("zone")?,
        formats: formats.as_deref().map(Formats::read).unwrap_or_default(),
        created_at: row.get("created_at")?,
    })
}
