//! The rows of what came and of what agents have looked at.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::agents::AgentId;
use tandem_core::live::Moved;
use tandem_core::workspaces::WorkspaceId;

use super::super::TicketId;
use super::Look;

pub(super) fn arrive(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_arrivals (workspace_id, ticket_id, arrived_at)
             values ($1, $2, $3)
             on conflict (workspace_id, ticket_id) do update set arrived_at = $3"
        ),
        params![workspace, ticket, now],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (agent, ticket): (AgentId, TicketId),
) -> Result<Option<Look>, DbError> {
    tx.optional(
        sql!(
            "select seen_at, told_at, moved_at
             from ticket_looks
             where workspace_id = $1 and agent_id = $2 and ticket_id = $3"
        ),
        params![workspace, agent, ticket],
        |row| {
            Ok(Look {
                seen_at: row.get("seen_at")?,
                told_at: row.get("told_at")?,
                moved_at: row.get("moved_at")?,
            })
        },
    )
}

pub(super) fn put(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (agent, ticket): (AgentId, TicketId),
    look: &Look,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_looks (workspace_id, agent_id, ticket_id, seen_at, told_at, moved_at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (workspace_id, agent_id, ticket_id) do update set seen_at = $4, told_at = $5, moved_at = $6"
        ),
        params![workspace, agent, ticket, look.seen_at, look.told_at, look.moved_at],
    )?;
    Ok(())
}

/// Those of some tickets in which something came since the agent came, and since they had them before them.
pub(super) fn arrived(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (agent, since): (AgentId, Timestamp),
    tickets: &[TicketId],
) -> Result<Vec<TicketId>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select a.ticket_id
                   from ticket_arrivals a
                   left join ticket_looks l on l.workspace_id = a.workspace_id and l.agent_id = $3 and l.ticket_id = a.ticket_id
                   where a.workspace_id = $1 and a.ticket_id in (select value from rarray($2)) and a.arrived_at >= $4
                     and (l.seen_at is null or l.seen_at < a.arrived_at)",
            pg: "select a.ticket_id
                 from ticket_arrivals a
                 left join ticket_looks l on l.workspace_id = a.workspace_id and l.agent_id = $3 and l.ticket_id = a.ticket_id
                 where a.workspace_id = $1 and a.ticket_id = any($2) and a.arrived_at >= $4
                   and (l.seen_at is null or l.seen_at < a.arrived_at)",
        },
        params![workspace, tickets, agent, since],
        |row| row.get("ticket_id"),
    )
}

/// Those of some tickets of which an agent was told since they had them before them.
pub(super) fn told(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    tickets: &[TicketId],
) -> Result<Vec<TicketId>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select ticket_id
                   from ticket_looks
                   where workspace_id = $1 and agent_id = $3 and ticket_id in (select value from rarray($2))
                     and told_at > seen_at",
            pg: "select ticket_id
                 from ticket_looks
                 where workspace_id = $1 and agent_id = $3 and ticket_id = any($2)
                   and told_at > seen_at",
        },
        params![workspace, tickets, agent],
        |row| row.get("ticket_id"),
    )
}

/// Of all workspaces: for whom something became read or unread after a moment.
pub(super) fn moved(tx: &mut Tx<'_>, after: Timestamp) -> Result<Vec<Moved>, DbError> {
    tx.rows(
        sql!(
            "select workspace_id, agent_id, max(moved_at) as at
             from ticket_looks
             where moved_at > $1
             group by workspace_id, agent_id"
        ),
        params![after],
        |row| {
            Ok(Moved {
                workspace: row.get("workspace_id")?,
                topic: super::topic(row.get("agent_id")?),
                at: row.get("at")?,
            })
        },
    )
}

pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: TicketId) -> Result<(), DbError> {
    let statements = [
        sql!("delete from ticket_arrivals where workspace_id = $1 and ticket_id = $2"),
        sql!("delete from ticket_looks where workspace_id = $1 and ticket_id = $2"),
    ];
    for statement in statements {
        tx.execute(statement, params![workspace, ticket])?;
    }
    Ok(())
}
