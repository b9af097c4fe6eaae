//! The rows of invitations. The look-up by secret begins without a workspace.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};

use super::{Invitation, InvitationId};
use crate::agents::fold;
use crate::doors::Secret;
use crate::workspaces::WorkspaceId;

pub(super) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    invitation: &Invitation,
    secret: &Secret,
) -> Result<(), DbError> {
    let teams: Vec<String> = invitation.teams.iter().map(ToString::to_string).collect();
    tx.execute(
        sql!(
            "insert into invitations (workspace_id, id, email, email_folded, name, role, teams, token_hash,
               invited_by, created_at, expires_at, accepted_at, revoked_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, null, null)"
        ),
        params![
            workspace,
            invitation.id,
            invitation.email,
            fold(&invitation.email),
            invitation.name,
            invitation.role.to_string(),
            teams.join(" "),
            secret.hash(),
            invitation.invited_by,
            invitation.created_at,
            invitation.expires_at
        ],
    )?;
    Ok(())
}

pub(super) fn renew(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    invitation: &Invitation,
    secret: &Secret,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update invitations
             set token_hash = $3, expires_at = $4
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, invitation.id, secret.hash(), invitation.expires_at],
    )?;
    Ok(())
}

pub(super) fn revoke(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: InvitationId,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update invitations
             set revoked_at = $3
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id, now],
    )?;
    Ok(())
}

pub(super) fn accept(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: InvitationId,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update invitations
             set accepted_at = $3
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id, now],
    )?;
    Ok(())
}

/// One that was neither accepted nor revoked.
pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: InvitationId,
) -> Result<Option<Invitation>, DbError> {
    tx.optional(
        sql!(
            "select id, email, name, role, teams, invited_by, created_at, expires_at
             from invitations
             where workspace_id = $1 and id = $2 and accepted_at is null and revoked_at is null"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn waiting(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Invitation>, DbError> {
    tx.rows(
        sql!(
            "select id, email, name, role, teams, invited_by, created_at, expires_at
             from invitations
             where workspace_id = $1 and accepted_at is null and revoked_at is null
             order by created_at desc, id desc"
        ),
        params![workspace],
        read,
    )
}

/// The one for this address that still opens.
pub(super) fn find_for(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    folded: &str,
    now: Timestamp,
) -> Result<Option<Invitation>, DbError> {
    tx.optional(
        sql!(
            "select id, email, name, role, teams, invited_by, created_at, expires_at
             from invitations
             where workspace_id = $1 and email_folded = $2
               and accepted_at is null and revoked_at is null and expires_at > $3"
        ),
        params![workspace, folded, now],
        read,
    )
}

pub(super) fn find_open(
    tx: &mut Tx<'_>,
    secret: &Secret,
    now: Timestamp,
) -> Result<Option<(WorkspaceId, Invitation)>, DbError> {
    tx.optional(
        sql!(
            "select workspace_id, id, email, name, role, teams, invited_by, created_at, expires_at
             from invitations
             where token_hash = $1 and accepted_at is null and revoked_at is null and expires_at > $2"
        ),
        params![secret.hash(), now],
        |row| Ok((row.get("workspace_id")?, read(row)?)),
    )
}

fn read(row: &Row<'_>) -> Result<Invitation, DbError> {
    let role: String = row.get("role")?;
    let teams: String = row.get("teams")?;
    Ok(Invitation {
        id: row.get("id")?,
        email: row.get("email")?,
        name: row.get("name")?,
        role: role.parse().map_err(|_| row.broken("role", "a role"))?,
        teams: teams
            .split_whitespace()
            .filter_map(|id| id.parse().ok())
            .collect(),
        invited_by: row.get("invited_by")?,
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
    })
}
