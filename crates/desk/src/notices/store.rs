//! The rows of choices and notices.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::agents::AgentId;
use tandem_core::workspaces::WorkspaceId;

use super::{Choices, NoticeId, Reason, TicketNotice};
use crate::tickets::{MessageId, TicketId};

pub(super) fn choices(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
) -> Result<Option<Choices>, DbError> {
    tx.optional(
        sql!(
            "select assigned, heard, mentioned, followed, version
             from agent_notice_choices
             where workspace_id = $1 and agent_id = $2"
        ),
        params![workspace, agent],
        |row| {
            Ok(Choices {
                assigned: row.get("assigned")?,
                heard: row.get("heard")?,
                mentioned: row.get("mentioned")?,
                followed: row.get("followed")?,
                version: row.get("version")?,
            })
        },
    )
}

pub(super) fn put(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    choices: Choices,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into agent_notice_choices (workspace_id, agent_id, assigned, heard, mentioned, followed, version)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (workspace_id, agent_id) do update
             set assigned = excluded.assigned, heard = excluded.heard, mentioned = excluded.mentioned,
               followed = excluded.followed, version = excluded.version"
        ),
        params![
            workspace,
            agent,
            choices.assigned,
            choices.heard,
            choices.mentioned,
            choices.followed,
            choices.version
        ],
    )?;
    Ok(())
}

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, notice: &TicketNotice) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into agent_notices (workspace_id, id, agent_id, ticket_id, message_id, reason, is_internal, made_at, expires_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            workspace,
            notice.id,
            notice.agent,
            notice.ticket,
            notice.message,
            notice.reason.as_str(),
            notice.is_internal,
            notice.made_at,
            notice.expires_at
        ],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: NoticeId,
) -> Result<Option<TicketNotice>, DbError> {
    tx.optional(
        sql!(
            "select id, agent_id, ticket_id, message_id, reason, is_internal, made_at, expires_at
             from agent_notices
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        |row| {
            let reason: String = row.get("reason")?;
            Ok(TicketNotice {
                id: row.get("id")?,
                agent: row.get("agent_id")?,
                ticket: row.get("ticket_id")?,
                message: row.get("message_id")?,
                reason: Reason::parse(&reason).ok_or_else(|| row.broken("reason", "a reason of a notice"))?,
                is_internal: row.get("is_internal")?,
                made_at: row.get("made_at")?,
                expires_at: row.get("expires_at")?,
            })
        },
    )
}

/// The messages that an agent was told of in a ticket since a moment; none for what was no message.
pub(super) fn told_since(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (agent, ticket): (AgentId, TicketId),
    since: Timestamp,
) -> Result<Vec<Option<MessageId>>, DbError> {
    tx.rows(
        sql!(
            "select message_id
             from agent_notices
             where workspace_id = $1 and agent_id = $2 and ticket_id = $3 and made_at >= $4"
        ),
        params![workspace, agent, ticket, since],
        |row| row.get("message_id"),
    )
}

/// Forgets notices of an agent that nobody can answer any more.
pub(super) fn forget(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from agent_notices where workspace_id = $1 and agent_id = $2 and expires_at < $3"),
        params![workspace, agent, now],
    )?;
    Ok(())
}
