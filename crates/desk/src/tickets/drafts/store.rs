//! The rows of drafts.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::agents::AgentId;
use tandem_core::workspaces::WorkspaceId;

use super::super::TicketId;
use super::super::store::word;
use super::Draft;

pub(super) fn put(tx: &mut Tx<'_>, workspace: WorkspaceId, draft: &Draft) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_drafts (workspace_id, ticket_id, agent_id, kind, body, html, begun_at, saved_at, discarded_at, taken_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             on conflict (workspace_id, ticket_id, agent_id) do update
             set kind = $4, body = $5, html = $6, begun_at = $7, saved_at = $8, discarded_at = $9, taken_by = $10"
        ),
        params![
            workspace,
            draft.ticket,
            draft.agent,
            draft.kind.as_str(),
            draft.body,
            draft.html,
            draft.begun_at,
            draft.saved_at,
            draft.discarded_at,
            draft.taken_by
        ],
    )?;
    Ok(())
}

pub(super) fn delete(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    agent: AgentId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from ticket_drafts
             where workspace_id = $1 and ticket_id = $2 and agent_id = $3"
        ),
        params![workspace, ticket, agent],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    agent: AgentId,
) -> Result<Option<Draft>, DbError> {
    tx.optional(
        sql!(
            "select ticket_id, agent_id, kind, body, html, begun_at, saved_at, discarded_at, taken_by
             from ticket_drafts
             where workspace_id = $1 and ticket_id = $2 and agent_id = $3"
        ),
        params![workspace, ticket, agent],
        read,
    )
}

/// Those of a ticket that were not thrown away.
pub(super) fn of_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Vec<Draft>, DbError> {
    tx.rows(
        sql!(
            "select ticket_id, agent_id, kind, body, html, begun_at, saved_at, discarded_at, taken_by
             from ticket_drafts
             where workspace_id = $1 and ticket_id = $2 and discarded_at is null
             order by begun_at, agent_id"
        ),
        params![workspace, ticket],
        read,
    )
}

/// Those of an agent that were not thrown away.
pub(super) fn of_agent(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    limit: i64,
) -> Result<Vec<Draft>, DbError> {
    tx.rows(
        sql!(
            "select ticket_id, agent_id, kind, body, html, begun_at, saved_at, discarded_at, taken_by
             from ticket_drafts
             where workspace_id = $1 and agent_id = $2 and discarded_at is null
             order by saved_at desc, ticket_id desc
             limit $3"
        ),
        params![workspace, agent, limit],
        read,
    )
}

/// Of all workspaces: what was thrown away before a moment.
pub(super) fn forget(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), DbError> {
    let workspaces: Vec<WorkspaceId> = tx.rows(
        sql!("select distinct workspace_id from ticket_drafts where discarded_at < $1"),
        params![before],
        |row| row.get("workspace_id"),
    )?;
    for workspace in workspaces {
        tx.execute(
            sql!("delete from ticket_drafts where workspace_id = $1 and discarded_at < $2"),
            params![workspace, before],
        )?;
    }
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Draft, DbError> {
    Ok(Draft {
        ticket: row.get("ticket_id")?,
        agent: row.get("agent_id")?,
        kind: word(row, "kind")?,
        body: row.get("body")?,
        html: row.get("html")?,
        begun_at: row.get("begun_at")?,
        saved_at: row.get("saved_at")?,
        discarded_at: row.get("discarded_at")?,
        taken_by: row.get("taken_by")?,
    })
}
