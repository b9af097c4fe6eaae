//! The rows of who is where.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::agents::AgentId;
use tandem_core::live::Moved;
use tandem_core::workspaces::WorkspaceId;

use super::super::TicketId;
use super::super::store::word;
use super::Doing;

/// One agent in one ticket.
pub(super) struct Row {
    pub(super) agent: AgentId,
    pub(super) doing: Doing,
    pub(super) since: Timestamp,
    pub(super) moved_at: Timestamp,
    pub(super) beat_at: Timestamp,
}

pub(super) fn put(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    row: &Row,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_presences (workspace_id, ticket_id, agent_id, state, since, moved_at, beat_at)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (workspace_id, ticket_id, agent_id) do update
             set state = $4, since = $5, moved_at = $6, beat_at = $7"
        ),
        params![
            workspace,
            ticket,
            row.agent,
            row.doing.as_str(),
            row.since,
            row.moved_at,
            row.beat_at
        ],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    agent: AgentId,
) -> Result<Option<Row>, DbError> {
    tx.optional(
        sql!(
            "select agent_id, state, since, moved_at, beat_at
             from ticket_presences
             where workspace_id = $1 and ticket_id = $2 and agent_id = $3"
        ),
        params![workspace, ticket, agent],
        read,
    )
}

/// Those who said something after a moment.
pub(super) fn of_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    after: Timestamp,
) -> Result<Vec<Row>, DbError> {
    tx.rows(
        sql!(
            "select agent_id, state, since, moved_at, beat_at
             from ticket_presences
             where workspace_id = $1 and ticket_id = $2 and beat_at > $3
             order by since, agent_id"
        ),
        params![workspace, ticket, after],
        read,
    )
}

/// Of all workspaces: where somebody came, went or did something else after a moment.
pub(super) fn moved(tx: &mut Tx<'_>, after: Timestamp) -> Result<Vec<Moved>, DbError> {
    tx.rows(
        sql!(
            "select workspace_id, ticket_id, max(moved_at) as at
             from ticket_presences
             where moved_at > $1
             group by workspace_id, ticket_id"
        ),
        params![after],
        |row| {
            Ok(Moved {
                workspace: row.get("workspace_id")?,
                topic: super::topic(row.get("ticket_id")?),
                at: row.get("at")?,
            })
        },
    )
}

/// Of all workspaces: those who said nothing since a moment.
pub(super) fn forget(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), DbError> {
    let workspaces: Vec<WorkspaceId> = tx.rows(
        sql!("select distinct workspace_id from ticket_presences where beat_at < $1"),
        params![before],
        |row| row.get("workspace_id"),
    )?;
    for workspace in workspaces {
        tx.execute(
            sql!("delete from ticket_presences where workspace_id = $1 and beat_at < $2"),
            params![workspace, before],
        )?;
    }
    Ok(())
}

fn read(row: &kit::db::Row<'_>) -> Result<Row, DbError> {
    Ok(Row {
        agent: row.get("agent_id")?,
        doing: word(row, "state")?,
        since: row.get("since")?,
        moved_at: row.get("moved_at")?,
        beat_at: row.get("beat_at")?,
    })
}
