//! The rows of deliveries and of the attempts at them.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};

use super::super::WebhookId;
use super::{Attempt, Delivery, DeliveryId, DeliveryState};
use crate::events::EventId;
use crate::workspaces::WorkspaceId;

/// Whether it is new: an event goes to a webhook once.
pub(in crate::webhooks) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    delivery: &Delivery,
) -> Result<bool, DbError> {
    let inserted = tx.execute(
        sql!(
            "insert into webhook_deliveries
               (workspace_id, id, webhook_id, event_id, kind, body, state, attempts, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (workspace_id, webhook_id, event_id) do nothing"
        ),
        params![
            workspace,
            delivery.id,
            delivery.webhook,
            delivery.event,
            delivery.kind,
            delivery.body,
            delivery.state.as_str(),
            delivery.attempts,
            delivery.created_at
        ],
    )?;
    Ok(inserted > 0)
}

/// The delivery that takes an event to a webhook.
pub(super) fn of_event(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    webhook: WebhookId,
    event: EventId,
) -> Result<Option<DeliveryId>, DbError> {
    tx.optional(
        sql!(
            "select id from webhook_deliveries where workspace_id = $1 and webhook_id = $2 and event_id = $3"
        ),
        params![workspace, webhook, event],
        |row| row.get("id"),
    )
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, delivery: &Delivery) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update webhook_deliveries
             set state = $3, attempts = $4, settled_at = $5
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            delivery.id,
            delivery.state.as_str(),
            delivery.attempts,
            delivery.settled_at
        ],
    )?;
    Ok(())
}

pub(super) fn wait_again(tx: &mut Tx<'_>, workspace: WorkspaceId, id: DeliveryId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update webhook_deliveries
             set state = 'waiting', attempts = 0, settled_at = null
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: DeliveryId,
) -> Result<Option<Delivery>, DbError> {
    tx.optional(
        sql!(
            "select id, webhook_id, event_id, kind, body, state, attempts, created_at, settled_at
             from webhook_deliveries
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// Before the last possible id, which none has.
const NEWEST: [u8; 16] = [0xff; 16];

pub(in crate::webhooks) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    webhook: WebhookId,
    (state, before): (Option<DeliveryState>, Option<DeliveryId>),
    limit: i64,
) -> Result<Vec<Delivery>, DbError> {
    let before = before.map_or(NEWEST, |id| *kit::id::TypedId::uuid(id).as_bytes());
    match state {
        None => tx.rows(
            sql!(
                "select id, webhook_id, event_id, kind, body, state, attempts, created_at, settled_at
                 from webhook_deliveries
                 where workspace_id = $1 and webhook_id = $2 and id < $3
                 order by id desc
                 limit $4"
            ),
            params![workspace, webhook, before, limit],
            read,
        ),
        Some(state) => tx.rows(
            sql!(
                "select id, webhook_id, event_id, kind, body, state, attempts, created_at, settled_at
                 from webhook_deliveries
                 where workspace_id = $1 and webhook_id = $2 and state = $3 and id < $4
                 order by id desc
                 limit $5"
            ),
            params![workspace, webhook, state.as_str(), before, limit],
            read,
        ),
    }
}

pub(super) fn failed_since(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    webhook: WebhookId,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<DeliveryId>, DbError> {
    tx.rows(
        sql!(
            "select id
             from webhook_deliveries
             where workspace_id = $1 and webhook_id = $2 and state = 'failed' and created_at >= $3
             order by id
             limit $4"
        ),
        params![workspace, webhook, since, limit],
        |row| row.get("id"),
    )
}

pub(super) fn insert_attempt(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    delivery: DeliveryId,
    attempt: &Attempt,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into webhook_attempts
               (workspace_id, delivery_id, id, status, error, answer, took_ms, tried_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            workspace,
            delivery,
            attempt.id,
            attempt.status,
            attempt.error,
            attempt.answer,
            attempt.took_ms,
            attempt.at
        ],
    )?;
    Ok(())
}

pub(in crate::webhooks) fn attempts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    delivery: DeliveryId,
) -> Result<Vec<Attempt>, DbError> {
    tx.rows(
        sql!(
            "select id, status, error, answer, took_ms, tried_at
             from webhook_attempts
             where workspace_id = $1 and delivery_id = $2
             order by id desc"
        ),
        params![workspace, delivery],
        |row| {
            Ok(Attempt {
                id: row.get("id")?,
                status: row.get("status")?,
                error: row.get("error")?,
                answer: row.get("answer")?,
                took_ms: row.get("took_ms")?,
                at: row.get("tried_at")?,
            })
        },
    )
}

/// Takes a delivery away with the attempts at it.
pub(in crate::webhooks) fn delete(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: DeliveryId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from webhook_attempts where workspace_id = $1 and delivery_id = $2"),
        params![workspace, id],
    )?;
    tx.execute(
        sql!("delete from webhook_deliveries where workspace_id = $1 and id = $2"),
        params![workspace, id],
    )?;
    Ok(())
}

/// Takes away, of all workspaces, what is older than `end` and settled.
pub(in crate::webhooks) fn sweep(tx: &mut Tx<'_>, end: Timestamp) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from webhook_attempts
             where (workspace_id, delivery_id) in
               (select workspace_id, id from webhook_deliveries where created_at < $1 and state <> 'waiting')"
        ),
        params![end],
    )?;
    tx.execute(
        sql!("delete from webhook_deliveries where created_at < $1 and state <> 'waiting'"),
        params![end],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Delivery, DbError> {
    let state: String = row.get("state")?;
    Ok(Delivery {
        id: row.get("id")?,
        webhook: row.get("webhook_id")?,
        event: row.get("event_id")?,
        kind: row.get("kind")?,
        body: row.get("body")?,
        state: DeliveryState::parse(&state).ok_or_else(|| row.broken("state", "a state of a delivery"))?,
        attempts: row.get("attempts")?,
        created_at: row.get("created_at")?,
        settled_at: row.get("settled_at")?,
    })
}
