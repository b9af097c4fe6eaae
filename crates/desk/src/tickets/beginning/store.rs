//! The rows of forms that are filled in, and of what tickets were made from.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::agents::AgentId;
use tandem_core::workspaces::WorkspaceId;

use super::super::TicketId;
use super::draft::FormDraft;

/// The ticket that was made from something.
pub(super) fn of_source(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    source: &str,
) -> Result<Option<TicketId>, DbError> {
    tx.optional(
        sql!(
            "select ticket_id
             from ticket_sources
             where workspace_id = $1 and source = $2"
        ),
        params![workspace, source],
        |row| row.get("ticket_id"),
    )
}

/// Notes what a ticket was made from; of one that is gone the new one takes the place.
pub(super) fn set_source(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    source: &str,
    ticket: TicketId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_sources (workspace_id, source, ticket_id)
             values ($1, $2, $3)
             on conflict (workspace_id, source) do update set ticket_id = excluded.ticket_id"
        ),
        params![workspace, source, ticket],
    )?;
    Ok(())
}

/// What an agent has begun to fill in and kept last.
pub(super) fn draft(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
) -> Result<Option<FormDraft>, DbError> {
    tx.optional(
        sql!(
            "select filled, begun_at, saved_at
             from ticket_beginnings
             where workspace_id = $1 and agent_id = $2
             order by saved_at desc, form desc
             limit 1"
        ),
        params![workspace, agent],
        |row| {
            let filled: String = row.get("filled")?;
            let pairs = serde_json::from_str(&filled);
            Ok(FormDraft {
                pairs: pairs.map_err(|_| row.broken("filled", "the fields of a form"))?,
                begun_at: row.get("begun_at")?,
                saved_at: row.get("saved_at")?,
            })
        },
    )
}

/// Since when a form was begun.
pub(super) fn begun_at(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    form: &str,
) -> Result<Option<Timestamp>, DbError> {
    tx.optional(
        sql!(
            "select begun_at
             from ticket_beginnings
             where workspace_id = $1 and agent_id = $2 and form = $3"
        ),
        params![workspace, agent, form],
        |row| row.get("begun_at"),
    )
}

pub(super) fn put_draft(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    draft: &FormDraft,
) -> Result<(), DbError> {
    let filled = serde_json::json!(draft.pairs).to_string();
    tx.execute(
        sql!(
            "insert into ticket_beginnings (workspace_id, agent_id, form, filled, begun_at, saved_at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (workspace_id, agent_id, form) do update
             set filled = $4, begun_at = $5, saved_at = $6"
        ),
        params![
            workspace,
            agent,
            draft.form(),
            filled,
            draft.begun_at,
            draft.saved_at
        ],
    )?;
    Ok(())
}

pub(super) fn delete_draft(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    form: &str,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from ticket_beginnings
             where workspace_id = $1 and agent_id = $2 and form = $3"
        ),
        params![workspace, agent, form],
    )?;
    Ok(())
}

/// Of all workspaces: what nobody has gone on with since a moment.
pub(super) fn forget(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), DbError> {
    let workspaces: Vec<WorkspaceId> = tx.rows(
        sql!("select distinct workspace_id from ticket_beginnings where saved_at < $1"),
        params![before],
        |row| row.get("workspace_id"),
    )?;
    for workspace in workspaces {
        tx.execute(
            sql!("delete from ticket_beginnings where workspace_id = $1 and saved_at < $2"),
            params![workspace, before],
        )?;
    }
    Ok(())
}
