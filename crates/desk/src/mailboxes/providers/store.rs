//! The rows of mail providers.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::{MailProvider, MailProviderId, ProviderKind};

pub(super) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    provider: &MailProvider,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into mail_providers (workspace_id, id, kind, name, client, secret, secret_until, tenant, authorize_at,
               token_at, scopes, version, created_at, revoke_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
        ),
        params![
            workspace,
            provider.id,
            provider.kind.as_str(),
            provider.name,
            provider.client,
            provider.secret,
            provider.secret_until.map(|day| day.to_string()),
            provider.tenant,
            provider.authorize_at,
            provider.token_at,
            provider.scopes,
            provider.version,
            now,
            provider.revoke_at
        ],
    )?;
    Ok(())
}

pub(super) fn update(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    provider: &MailProvider,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update mail_providers
             set kind = $3, name = $4, client = $5, secret = $6, secret_until = $7, tenant = $8, authorize_at = $9,
               token_at = $10, scopes = $11, version = $12, revoke_at = $13
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            provider.id,
            provider.kind.as_str(),
            provider.name,
            provider.client,
            provider.secret,
            provider.secret_until.map(|day| day.to_string()),
            provider.tenant,
            provider.authorize_at,
            provider.token_at,
            provider.scopes,
            provider.version,
            provider.revoke_at
        ],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: MailProviderId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from mail_providers where workspace_id = $1 and id = $2"),
        params![workspace, id],
    )?;
    Ok(())
}

pub(in crate::mailboxes) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MailProviderId,
) -> Result<Option<MailProvider>, DbError> {
    tx.optional(
        sql!(
            "select id, kind, name, client, secret, secret_until, tenant, authorize_at, token_at, revoke_at, scopes, version
             from mail_providers
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<MailProvider>, DbError> {
    tx.rows(
        sql!(
            "select id, kind, name, client, secret, secret_until, tenant, authorize_at, token_at, revoke_at, scopes, version
             from mail_providers
             where workspace_id = $1
             order by name, id"
        ),
        params![workspace],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<MailProvider, DbError> {
    let kind: String = row.get("kind")?;
    let until: Option<String> = row.get("secret_until")?;
    let until = until.map(|day| day.parse().map_err(|_| row.broken("secret_until", "a day")));
    Ok(MailProvider {
        id: row.get("id")?,
        kind: ProviderKind::parse(&kind).ok_or_else(|| row.broken("kind", "a kind of provider"))?,
        name: row.get("name")?,
        client: row.get("client")?,
        secret: row.get("secret")?,
        secret_until: until.transpose()?,
        tenant: row.get("tenant")?,
        authorize_at: row.get("authorize_at")?,
        token_at: row.get("token_at")?,
        revoke_at: row.get("revoke_at")?,
        scopes: row.get("scopes")?,
        version: row.get("version")?,
    })
}
