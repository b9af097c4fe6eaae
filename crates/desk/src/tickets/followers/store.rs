//! The rows of followers and mentions.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::agents::AgentId;
use tandem_core::workspaces::WorkspaceId;

use super::super::TicketId;
use super::Mention;

/// Whether it was none before.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (ticket, agent): (TicketId, AgentId),
    now: Timestamp,
) -> Result<bool, DbError> {
    let rows = tx.execute(
        sql!(
            "insert into ticket_followers (workspace_id, ticket_id, agent_id, since, seen_at)
             values ($1, $2, $3, $4, $4)
             on conflict (workspace_id, ticket_id, agent_id) do nothing"
        ),
        params![workspace, ticket, agent, now],
    )?;
    Ok(rows > 0)
}

/// Whether it was one before.
pub(super) fn delete(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    agent: AgentId,
) -> Result<bool, DbError> {
    let rows = tx.execute(
        sql!(
            "delete from ticket_followers
             where workspace_id = $1 and ticket_id = $2 and agent_id = $3"
        ),
        params![workspace, ticket, agent],
    )?;
    Ok(rows > 0)
}

/// Who follows a ticket follows another too, since as long.
pub(super) fn carry(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (from, to): (TicketId, TicketId),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_followers (workspace_id, ticket_id, agent_id, since, seen_at)
             select workspace_id, $3, agent_id, since, seen_at
             from ticket_followers
             where workspace_id = $1 and ticket_id = $2
             on conflict (workspace_id, ticket_id, agent_id) do nothing"
        ),
        params![workspace, from, to],
    )?;
    Ok(())
}

/// Who follows a ticket only because they follow another does not any more.
pub(super) fn give_back(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (from, to): (TicketId, TicketId),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from ticket_followers
             where workspace_id = $1 and ticket_id = $3
               and exists (select 1 from ticket_followers f
                 where f.workspace_id = $1 and f.ticket_id = $2 and f.agent_id = ticket_followers.agent_id
                   and f.since = ticket_followers.since)"
        ),
        params![workspace, from, to],
    )?;
    Ok(())
}

pub(super) fn of_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Vec<(AgentId, Timestamp)>, DbError> {
    tx.rows(
        sql!(
            "select agent_id, since
             from ticket_followers
             where workspace_id = $1 and ticket_id = $2
             order by since, agent_id"
        ),
        params![workspace, ticket],
        |row| Ok((row.get("agent_id")?, row.get("since")?)),
    )
}

pub(super) fn of_many(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    tickets: &[TicketId],
) -> Result<Vec<(TicketId, AgentId)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select ticket_id, agent_id
                   from ticket_followers
                   where workspace_id = $1 and ticket_id in rarray($2)",
            pg: "select ticket_id, agent_id
                 from ticket_followers
                 where workspace_id = $1 and ticket_id = any($2)",
        },
        params![workspace, tickets],
        |row| Ok((row.get("ticket_id")?, row.get("agent_id")?)),
    )
}

/// What an agent follows, the newest tickets, with when they last looked.
pub(super) fn of_agent(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    limit: i64,
) -> Result<Vec<(TicketId, Timestamp)>, DbError> {
    tx.rows(
        sql!(
            "select ticket_id, seen_at
             from ticket_followers
             where workspace_id = $1 and agent_id = $2
             order by ticket_id desc
             limit $3"
        ),
        params![workspace, agent, limit],
        |row| Ok((row.get("ticket_id")?, row.get("seen_at")?)),
    )
}

pub(super) fn seen_at(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    agent: AgentId,
) -> Result<Option<Timestamp>, DbError> {
    tx.optional(
        sql!(
            "select seen_at
             from ticket_followers
             where workspace_id = $1 and ticket_id = $2 and agent_id = $3"
        ),
        params![workspace, ticket, agent],
        |row| row.get("seen_at"),
    )
}

pub(super) fn see(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (ticket, agent): (TicketId, AgentId),
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update ticket_followers
             set seen_at = $4
             where workspace_id = $1 and ticket_id = $2 and agent_id = $3"
        ),
        params![workspace, ticket, agent, now],
    )?;
    Ok(())
}

pub(super) fn insert_mention(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mention: &Mention,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_mentions (workspace_id, message_id, agent_id, ticket_id, author, mentioned_at)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![
            workspace,
            mention.message,
            mention.agent,
            mention.ticket,
            mention.author,
            mention.mentioned_at
        ],
    )?;
    Ok(())
}

/// Where an agent is named, the newest first.
pub(super) fn mentions(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    limit: i64,
) -> Result<Vec<Mention>, DbError> {
    tx.rows(
        sql!(
            "select message_id, ticket_id, agent_id, author, mentioned_at, seen_at
             from ticket_mentions
             where workspace_id = $1 and agent_id = $2
             order by message_id desc
             limit $3"
        ),
        params![workspace, agent, limit],
        read,
    )
}

pub(super) fn has_unseen(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    agent: AgentId,
) -> Result<bool, DbError> {
    let found = tx.optional(
        sql!(
            "select message_id
             from ticket_mentions
             where workspace_id = $1 and ticket_id = $2 and agent_id = $3 and seen_at is null
             limit 1"
        ),
        params![workspace, ticket, agent],
        |row| row.get::<super::MessageId>("message_id"),
    )?;
    Ok(found.is_some())
}

pub(super) fn see_mentions(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (ticket, agent): (TicketId, AgentId),
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update ticket_mentions
             set seen_at = $4
             where workspace_id = $1 and ticket_id = $2 and agent_id = $3 and seen_at is null"
        ),
        params![workspace, ticket, agent, now],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Mention, DbError> {
    Ok(Mention {
        message: row.get("message_id")?,
        ticket: row.get("ticket_id")?,
        agent: row.get("agent_id")?,
        author: row.get("author")?,
        mentioned_at: row.get("mentioned_at")?,
        seen_at: row.get("seen_at")?,
    })
}
