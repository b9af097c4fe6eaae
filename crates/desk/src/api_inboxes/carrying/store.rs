//! The rows of answers.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::webhooks::deliveries::{DeliveryId, DeliveryState};
use tandem_core::workspaces::WorkspaceId;

use super::super::{Answer, ApiInboxId, Receipt};
use crate::tickets::{MessageId, TicketId};

pub(in crate::api_inboxes) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    answer: &Answer,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into api_answers (workspace_id, message_id, inbox_id, ticket_id, conversation, delivery_id, state,
               written_at, settled_at, arrived_at, read_at, refused_at, refusal)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, null, null, null, '')"
        ),
        params![
            workspace,
            answer.message,
            answer.inbox,
            answer.ticket,
            answer.conversation,
            answer.delivery,
            answer.state.as_str(),
            answer.written_at,
            answer.settled_at
        ],
    )?;
    Ok(())
}

pub(in crate::api_inboxes) fn update(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    answer: &Answer,
) -> Result<(), DbError> {
    let receipt = &answer.receipt;
    let (refused_at, refusal) = match &receipt.refused {
        Some((at, why)) => (Some(*at), why.as_str()),
        None => (None, ""),
    };
    tx.execute(
        sql!(
            "update api_answers
             set state = $3, settled_at = $4, arrived_at = $5, read_at = $6, refused_at = $7, refusal = $8
             where workspace_id = $1 and message_id = $2"
        ),
        params![
            workspace,
            answer.message,
            answer.state.as_str(),
            answer.settled_at,
            receipt.arrived_at,
            receipt.read_at,
            refused_at,
            refusal
        ],
    )?;
    Ok(())
}

pub(in crate::api_inboxes) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    message: MessageId,
) -> Result<Option<Answer>, DbError> {
    tx.optional(
        sql!(
            "select message_id, inbox_id, ticket_id, conversation, delivery_id, state, written_at, settled_at, arrived_at,
               read_at, refused_at, refusal
             from api_answers
             where workspace_id = $1 and message_id = $2"
        ),
        params![workspace, message],
        read,
    )
}

pub(in crate::api_inboxes) fn of_delivery(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    delivery: DeliveryId,
) -> Result<Option<Answer>, DbError> {
    tx.optional(
        sql!(
            "select message_id, inbox_id, ticket_id, conversation, delivery_id, state, written_at, settled_at, arrived_at,
               read_at, refused_at, refusal
             from api_answers
             where workspace_id = $1 and delivery_id = $2"
        ),
        params![workspace, delivery],
        read,
    )
}

/// Answers of a ticket, whatever inbox they left by.
pub(in crate::api_inboxes) fn of_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Vec<Answer>, DbError> {
    tx.rows(
        sql!(
            "select message_id, inbox_id, ticket_id, conversation, delivery_id, state, written_at, settled_at, arrived_at,
               read_at, refused_at, refusal
             from api_answers
             where workspace_id = $1 and ticket_id = $2
             order by message_id"
        ),
        params![workspace, ticket],
        read,
    )
}

/// Takes out of an answer what the other side called the conversation and said of it; one that waited has failed.
pub(in crate::api_inboxes) fn forget(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    message: MessageId,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "update api_answers
             set conversation = '', refusal = '',
               state = case when state = 'waiting' then 'failed' else state end,
               settled_at = coalesce(settled_at, $3)
             where workspace_id = $1 and message_id = $2"
        ),
        params![workspace, message, now],
    )?;
    Ok(())
}

/// Before the last possible id, which none has.
const NEWEST: [u8; 16] = [0xff; 16];

/// Answers of an inbox, the newest first, before the one named.
pub(in crate::api_inboxes) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (inbox, before): (ApiInboxId, Option<MessageId>),
    limit: i64,
) -> Result<Vec<Answer>, DbError> {
    let before = before.map_or(NEWEST, |id| *kit::id::TypedId::uuid(id).as_bytes());
    tx.rows(
        sql!(
            "select message_id, inbox_id, ticket_id, conversation, delivery_id, state, written_at, settled_at, arrived_at,
               read_at, refused_at, refusal
             from api_answers
             where workspace_id = $1 and inbox_id = $2 and message_id < $3
             order by message_id desc
             limit $4"
        ),
        params![workspace, inbox, before, limit],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Answer, DbError> {
    let state: String = row.get("state")?;
    let refused_at: Option<Timestamp> = row.get("refused_at")?;
    let refusal: String = row.get("refusal")?;
    Ok(Answer {
        message: row.get("message_id")?,
        inbox: row.get("inbox_id")?,
        ticket: row.get("ticket_id")?,
        conversation: row.get("conversation")?,
        delivery: row.get("delivery_id")?,
        state: DeliveryState::parse(&state).ok_or_else(|| row.broken("state", "a state of a delivery"))?,
        written_at: row.get("written_at")?,
        settled_at: row.get("settled_at")?,
        receipt: Receipt {
            arrived_at: row.get("arrived_at")?,
            read_at: row.get("read_at")?,
            refused: refused_at.map(|at| (at, refusal)),
        },
    })
}
