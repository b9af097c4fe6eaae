//! The rows of webhooks, their stops and their secrets.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};

use super::secrets::WebhookSecretId;
use super::{Stop, StopReason, Webhook, WebhookId};
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, webhook: &Webhook) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into webhooks (workspace_id, id, name, url, kinds, version, created_by, created_at, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            workspace,
            webhook.id,
            webhook.name,
            webhook.url,
            webhook.kinds.join(" "),
            webhook.version,
            webhook.created_by,
            webhook.created_at,
            webhook.changed_at
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, webhook: &Webhook) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update webhooks
             set name = $3, url = $4, kinds = $5, version = $6, changed_at = $7
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            webhook.id,
            webhook.name,
            webhook.url,
            webhook.kinds.join(" "),
            webhook.version,
            webhook.changed_at
        ],
    )?;
    Ok(())
}

pub(super) fn set_failing_since(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: WebhookId,
    since: Option<Timestamp>,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update webhooks
             set failing_since = $3
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id, since],
    )?;
    Ok(())
}

/// Takes the webhook away with everything that hangs on it.
pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: WebhookId) -> Result<(), DbError> {
    let parts = [
        sql!(
            "delete from webhook_attempts
             where workspace_id = $1 and delivery_id in
               (select id from webhook_deliveries where workspace_id = $1 and webhook_id = $2)"
        ),
        sql!("delete from webhook_deliveries where workspace_id = $1 and webhook_id = $2"),
        sql!("delete from webhook_secrets where workspace_id = $1 and webhook_id = $2"),
        sql!("delete from webhook_stops where workspace_id = $1 and webhook_id = $2"),
        sql!("delete from webhooks where workspace_id = $1 and id = $2"),
    ];
    for part in parts {
        tx.execute(part, params![workspace, id])?;
    }
    Ok(())
}

/// How many there are that are no lines: those have limits of their own.
pub(super) fn count(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<i64, DbError> {
    tx.one(
        sql!("select count(*) as n from webhooks where workspace_id = $1 and kinds not like 'line %'"),
        params![workspace],
        |row| row.get("n"),
    )
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: WebhookId,
) -> Result<Option<Webhook>, DbError> {
    tx.optional(
        sql!(
            "select w.id, w.name, w.url, w.kinds, w.version, w.created_by, w.created_at, w.changed_at, w.failing_since,
               s.reason, s.stopped_by, s.stopped_at
             from webhooks w
             left join webhook_stops s on s.workspace_id = w.workspace_id and s.webhook_id = w.id
             where w.workspace_id = $1 and w.id = $2"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Webhook>, DbError> {
    tx.rows(
        sql!(
            "select w.id, w.name, w.url, w.kinds, w.version, w.created_by, w.created_at, w.changed_at, w.failing_since,
               s.reason, s.stopped_by, s.stopped_at
             from webhooks w
             left join webhook_stops s on s.workspace_id = w.workspace_id and s.webhook_id = w.id
             where w.workspace_id = $1
             order by w.id"
        ),
        params![workspace],
        read,
    )
}

pub(super) fn insert_stop(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: WebhookId,
    stop: &Stop,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into webhook_stops (workspace_id, webhook_id, reason, stopped_by, stopped_at)
             values ($1, $2, $3, $4, $5)"
        ),
        params![workspace, id, stop.reason.as_str(), stop.by, stop.at],
    )?;
    Ok(())
}

pub(super) fn delete_stop(tx: &mut Tx<'_>, workspace: WorkspaceId, id: WebhookId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from webhook_stops where workspace_id = $1 and webhook_id = $2"),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn insert_secret(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    webhook: WebhookId,
    id: WebhookSecretId,
    sealed: &[u8],
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into webhook_secrets (workspace_id, webhook_id, id, sealed, created_at)
             values ($1, $2, $3, $4, $5)"
        ),
        params![workspace, webhook, id, sealed, now],
    )?;
    Ok(())
}

/// Lets the secret that signs alone sign until `end`.
pub(super) fn end_secrets(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    webhook: WebhookId,
    end: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update webhook_secrets
             set expires_at = $3
             where workspace_id = $1 and webhook_id = $2 and expires_at is null"
        ),
        params![workspace, webhook, end],
    )?;
    Ok(())
}

/// Takes those away that were rotated before.
pub(super) fn delete_rotated_secrets(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    webhook: WebhookId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from webhook_secrets
             where workspace_id = $1 and webhook_id = $2 and expires_at is not null"
        ),
        params![workspace, webhook],
    )?;
    Ok(())
}

/// The secrets that sign at `now`, the newest first.
pub(super) fn secrets(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    webhook: WebhookId,
    now: Timestamp,
) -> Result<Vec<(WebhookSecretId, Vec<u8>)>, DbError> {
    tx.rows(
        sql!(
            "select id, sealed
             from webhook_secrets
             where workspace_id = $1 and webhook_id = $2 and (expires_at is null or expires_at > $3)
             order by id desc"
        ),
        params![workspace, webhook, now],
        |row| Ok((row.get("id")?, row.get("sealed")?)),
    )
}

fn read(row: &Row<'_>) -> Result<Webhook, DbError> {
    let reason: Option<String> = row.get("reason")?;
    let stop = match (reason, row.get("stopped_by")?, row.get("stopped_at")?) {
        (Some(reason), Some(by), Some(at)) => Some(Stop {
            reason: StopReason::parse(&reason).ok_or_else(|| row.broken("reason", "a reason to stop"))?,
            by,
            at,
        }),
        _ => None,
    };
    let kinds: String = row.get("kinds")?;
    Ok(Webhook {
        id: row.get("id")?,
        name: row.get("name")?,
        url: row.get("url")?,
        kinds: kinds.split_whitespace().map(str::to_owned).collect(),
        version: row.get("version")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
        failing_since: row.get("failing_since")?,
        stop,
    })
}
