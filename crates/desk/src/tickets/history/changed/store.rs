//! The rows of changes.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use crate::tickets::store::word;
use crate::tickets::{Change, ChangeId, TicketId};

pub(in crate::tickets) fn insert_change(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    change: &Change,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_changes (workspace_id, id, ticket_id, field, before_value, after_value, author, changed_at, undoes)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            workspace,
            change.id,
            change.ticket,
            change.field.as_str(),
            change.before,
            change.after,
            change.author,
            change.at,
            change.undoes
        ],
    )?;
    Ok(())
}

pub(in crate::tickets) fn find_change(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ChangeId,
) -> Result<Option<Change>, DbError> {
    tx.optional(
        sql!(
            "select id, ticket_id, field, before_value, after_value, author, changed_at, undoes
             from ticket_changes
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read_change,
    )
}

/// The changes that an author made in a ticket at one moment: those of one act.
pub(in crate::tickets) fn of_act(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (ticket, at): (TicketId, Timestamp),
    author: &str,
) -> Result<Vec<Change>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, field, before_value, after_value, author, changed_at, undoes
             from ticket_changes
             where workspace_id = $1 and ticket_id = $2 and changed_at = $3 and author = $4
             order by id"
        ),
        params![workspace, ticket, at, author],
        read_change,
    )
}

/// When a ticket was last solved, whatever was taken back since.
pub(in crate::tickets) fn last_solving(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Option<Timestamp>, DbError> {
    tx.one(
        sql!(
            "select max(changed_at) as at
             from ticket_changes
             where workspace_id = $1 and ticket_id = $2 and field = 'status' and undoes is null
               and (after_value = 'solved' or after_value like 'solved/%')
               and before_value <> 'solved' and before_value not like 'solved/%'"
        ),
        params![workspace, ticket],
        |row| row.get("at"),
    )
}

/// Changes of a ticket, the newest first.
pub(in crate::tickets) fn changes(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    limit: i64,
) -> Result<Vec<Change>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, field, before_value, after_value, author, changed_at, undoes
             from ticket_changes
             where workspace_id = $1 and ticket_id = $2
             order by id desc
             limit $3"
        ),
        params![workspace, ticket, limit],
        read_change,
    )
}

/// Changes of a ticket from a moment on, the newest first.
pub(in crate::tickets) fn changes_since(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (ticket, since): (TicketId, Timestamp),
    limit: i64,
) -> Result<Vec<Change>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, field, before_value, after_value, author, changed_at, undoes
             from ticket_changes
             where workspace_id = $1 and ticket_id = $2 and changed_at >= $3
             order by id desc
             limit $4"
        ),
        params![workspace, ticket, since, limit],
        read_change,
    )
}

fn read_change(row: &Row<'_>) -> Result<Change, DbError> {
    Ok(Change {
        id: row.get("id")?,
        ticket: row.get("ticket_id")?,
        field: word(row, "field")?,
        before: row.get("before_value")?,
        after: row.get("after_value")?,
        author: row.get("author")?,
        at: row.get("changed_at")?,
        undoes: row.get("undoes")?,
    })
}
