//! The rows of roles and of who has them.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::text::fold;
use kit::{params, sql};

use super::{CustomRole, RoleId};
use crate::agents::AgentId;
use crate::permissions::PermissionSet;
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, role: &CustomRole) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into custom_roles (workspace_id, id, name, name_folded, permissions, version, created_at, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $7)"
        ),
        params![
            workspace,
            role.id,
            role.name,
            fold(&role.name),
            role.permissions.words(),
            role.version,
            role.changed_at
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, role: &CustomRole) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update custom_roles
             set name = $3, name_folded = $4, permissions = $5, version = $6, changed_at = $7
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            role.id,
            role.name,
            fold(&role.name),
            role.permissions.words(),
            role.version,
            role.changed_at
        ],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: RoleId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from custom_roles where workspace_id = $1 and id = $2"),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: RoleId,
) -> Result<Option<CustomRole>, DbError> {
    tx.optional(
        sql!(
            "select id, name, permissions, version, changed_at
             from custom_roles
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<CustomRole>, DbError> {
    tx.rows(
        sql!(
            "select id, name, permissions, version, changed_at
             from custom_roles
             where workspace_id = $1
             order by name_folded, id"
        ),
        params![workspace],
        read,
    )
}

/// How many agents and open invitations have a role.
pub(super) fn holders(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: RoleId,
    now: Timestamp,
) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "select (select count(*) from agent_roles where workspace_id = $1 and role_id = $2)
               + (select count(*) from invitations
                  where workspace_id = $1 and role = $3
                    and accepted_at is null and revoked_at is null and expires_at > $4) as holders"
        ),
        params![workspace, id, id.to_string(), now],
        |row| row.get("holders"),
    )
}

pub(super) fn give(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    role: RoleId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into agent_roles (workspace_id, agent_id, role_id)
             values ($1, $2, $3)
             on conflict (workspace_id, agent_id) do update
             set role_id = excluded.role_id"
        ),
        params![workspace, agent, role],
    )?;
    Ok(())
}

pub(super) fn take(tx: &mut Tx<'_>, workspace: WorkspaceId, agent: AgentId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from agent_roles where workspace_id = $1 and agent_id = $2"),
        params![workspace, agent],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<CustomRole, DbError> {
    Ok(CustomRole {
        id: row.get("id")?,
        name: row.get("name")?,
        permissions: PermissionSet::of_words(&row.get::<String>("permissions")?),
        version: row.get("version")?,
        changed_at: row.get("changed_at")?,
    })
}
