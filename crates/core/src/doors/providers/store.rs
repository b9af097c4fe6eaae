//! The rows of providers and of the identities that were linked. The look-up at the front door begins without a workspace.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};

use super::{Provider, ProviderId};
use crate::agents::AgentId;
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, provider: &Provider) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into providers (workspace_id, id, label, issuer, client, secret, domains, role, is_on, version,
               created_at, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)"
        ),
        params![
            provider.workspace,
            provider.id,
            provider.label,
            provider.issuer,
            provider.client,
            provider.secret,
            provider.domains.join(" "),
            provider.role.map(|role| role.to_string()),
            provider.is_on,
            provider.version,
            now
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, provider: &Provider) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "update providers
             set label = $3, issuer = $4, client = $5, secret = $6, domains = $7, role = $8, is_on = $9, version = $10,
               changed_at = $11
             where workspace_id = $1 and id = $2"
        ),
        params![
            provider.workspace,
            provider.id,
            provider.label,
            provider.issuer,
            provider.client,
            provider.secret,
            provider.domains.join(" "),
            provider.role.map(|role| role.to_string()),
            provider.is_on,
            provider.version,
            now
        ],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: ProviderId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from providers where workspace_id = $1 and id = $2"),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ProviderId,
) -> Result<Option<Provider>, DbError> {
    tx.optional(
        sql!(
            "select workspace_id, id, label, issuer, client, secret, domains, role, is_on, version
             from providers
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Provider>, DbError> {
    tx.rows(
        sql!(
            "select workspace_id, id, label, issuer, client, secret, domains, role, is_on, version
             from providers
             where workspace_id = $1
             order by label, id"
        ),
        params![workspace],
        read,
    )
}

/// Those that are on, of every workspace.
pub(super) fn offered(tx: &mut Tx<'_>) -> Result<Vec<Provider>, DbError> {
    tx.rows(
        sql!(
            "select workspace_id, id, label, issuer, client, secret, domains, role, is_on, version
             from providers -- global: whoever stands at the front door has no workspace yet
             where is_on = $1
             order by label, id"
        ),
        params![true],
        read,
    )
}

/// The agent whom an issuer knows as `subject`.
pub(super) fn agent_of(
    tx: &mut Tx<'_>,
    provider: &Provider,
    subject: &str,
) -> Result<Option<AgentId>, DbError> {
    tx.optional(
        sql!(
            "select agent_id
             from agent_identities
             where workspace_id = $1 and issuer = $2 and subject = $3"
        ),
        params![provider.workspace, provider.issuer, subject],
        |row| row.get("agent_id"),
    )
}

pub(super) fn link(
    tx: &mut Tx<'_>,
    provider: &Provider,
    subject: &str,
    agent: AgentId,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into agent_identities (workspace_id, issuer, subject, agent_id, linked_at)
             values ($1, $2, $3, $4, $5)"
        ),
        params![provider.workspace, provider.issuer, subject, agent, now],
    )?;
    Ok(())
}

/// How many issuers know an agent, this one or all.
pub(super) fn issuers_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    only: Option<&str>,
) -> Result<i64, DbError> {
    let found = tx.optional(
        sql!(
            "select count(*) as issuers
             from agent_identities
             where workspace_id = $1 and agent_id = $2 and issuer = coalesce($3, issuer)"
        ),
        params![workspace, agent, only],
        |row| row.get("issuers"),
    )?;
    Ok(found.unwrap_or_default())
}

/// Forgets what every issuer calls an agent.
pub(super) fn unlink(tx: &mut Tx<'_>, workspace: WorkspaceId, agent: AgentId) -> Result<u64, DbError> {
    tx.execute(
        sql!("delete from agent_identities where workspace_id = $1 and agent_id = $2"),
        params![workspace, agent],
    )
}

/// Forgets what the provider's issuer calls an agent; whether it knew them.
pub(super) fn unlink_from(tx: &mut Tx<'_>, provider: &Provider, agent: AgentId) -> Result<bool, DbError> {
    let gone = tx.execute(
        sql!("delete from agent_identities where workspace_id = $1 and agent_id = $2 and issuer = $3"),
        params![provider.workspace, agent, provider.issuer],
    )?;
    Ok(gone > 0)
}

/// The issuers that know an agent, and since when.
pub(super) fn issuers(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
) -> Result<Vec<(String, Timestamp)>, DbError> {
    tx.rows(
        sql!(
            "select issuer, linked_at
             from agent_identities
             where workspace_id = $1 and agent_id = $2
             order by issuer"
        ),
        params![workspace, agent],
        |row| Ok((row.get("issuer")?, row.get("linked_at")?)),
    )
}

/// How many agents each issuer knows.
pub(super) fn known(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<(String, i64)>, DbError> {
    tx.rows(
        sql!(
            "select issuer, count(*) as agents
             from agent_identities
             where workspace_id = $1
             group by issuer
             order by issuer"
        ),
        params![workspace],
        |row| Ok((row.get("issuer")?, row.get("agents")?)),
    )
}

fn read(row: &Row<'_>) -> Result<Provider, DbError> {
    let (domains, role): (String, Option<String>) = (row.get("domains")?, row.get("role")?);
    let role = role.map(|role| role.parse().map_err(|_| row.broken("role", "a role")));
    Ok(Provider {
        id: row.get("id")?,
        workspace: row.get("workspace_id")?,
        label: row.get("label")?,
        issuer: row.get("issuer")?,
        client: row.get("client")?,
        secret: row.get("secret")?,
        domains: domains.split_whitespace().map(str::to_owned).collect(),
        role: role.transpose()?,
        is_on: row.get("is_on")?,
        version: row.get("version")?,
    })
}
