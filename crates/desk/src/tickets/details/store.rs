//! The rows of changes of tickets' own fields.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use serde_json::Value;
use tandem_core::workspaces::WorkspaceId;

use super::{DetailChange, DetailChangeId};
use crate::tickets::TicketId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, change: &DetailChange) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_detail_changes (workspace_id, id, ticket_id, field_id, before_value, after_value, author, changed_at, undoes)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            workspace,
            change.id,
            change.ticket,
            change.field,
            change.before.to_string(),
            change.after.to_string(),
            change.author,
            change.at,
            change.undoes
        ],
    )?;
    Ok(())
}

/// Says which change another one took back.
pub(super) fn set_undoes(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: DetailChangeId,
    undoes: DetailChangeId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update ticket_detail_changes set undoes = $3 where workspace_id = $1 and id = $2"),
        params![workspace, id, undoes],
    )?;
    Ok(())
}

/// Changes of a ticket's fields, the newest first.
pub(super) fn changes(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    limit: i64,
) -> Result<Vec<DetailChange>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, field_id, before_value, after_value, author, changed_at, undoes
             from ticket_detail_changes
             where workspace_id = $1 and ticket_id = $2
             order by id desc
             limit $3"
        ),
        params![workspace, ticket, limit],
        read,
    )
}

/// What somebody changed last in a ticket, all that they changed in that act.
pub(super) fn last_act(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    author: &str,
) -> Result<Vec<DetailChange>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, field_id, before_value, after_value, author, changed_at, undoes
             from ticket_detail_changes
             where workspace_id = $1 and ticket_id = $2 and author = $3
               and changed_at = (
                 select max(changed_at)
                 from ticket_detail_changes
                 where workspace_id = $1 and ticket_id = $2 and author = $3
               )
             order by id"
        ),
        params![workspace, ticket, author],
        read,
    )
}

/// What was said in a ticket's fields is gone; that something was changed stays.
pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: TicketId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update ticket_detail_changes
             set before_value = 'null', after_value = 'null'
             where workspace_id = $1 and ticket_id = $2"
        ),
        params![workspace, ticket],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<DetailChange, DbError> {
    let value = |column: &'static str| -> Result<Value, DbError> {
        let text: String = row.get(column)?;
        serde_json::from_str(&text).map_err(|_| row.broken(column, "a value"))
    };
    Ok(DetailChange {
        id: row.get("id")?,
        ticket: row.get("ticket_id")?,
        field: row.get("field_id")?,
        before: value("before_value")?,
        after: value("after_value")?,
        author: row.get("author")?,
        at: row.get("changed_at")?,
        undoes: row.get("undoes")?,
    })
}
