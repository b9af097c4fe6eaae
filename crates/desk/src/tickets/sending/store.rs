//! The rows of forms that were sent.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::super::{Message, MessageId};
use super::FormId;

/// What an author sent by a form.
pub(super) fn message(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    form: FormId,
    author: &str,
) -> Result<Option<MessageId>, DbError> {
    tx.optional(
        sql!(
            "select message_id
             from ticket_sendings
             where workspace_id = $1 and id = $2 and author = $3"
        ),
        params![workspace, form, author],
        |row| row.get("message_id"),
    )
}

/// Notes what a form became; the last counts.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    form: FormId,
    message: &Message,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_sendings (workspace_id, id, ticket_id, message_id, author, sent_at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (workspace_id, id) do update
             set ticket_id = excluded.ticket_id, message_id = excluded.message_id, sent_at = excluded.sent_at
             where ticket_sendings.author = excluded.author"
        ),
        params![
            workspace,
            form,
            message.ticket,
            message.id,
            message.author,
            message.written_at
        ],
    )?;
    Ok(())
}

/// Of all workspaces: only their age counts.
pub(super) fn forget(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), DbError> {
    let workspaces: Vec<WorkspaceId> = tx.rows(
        sql!("select distinct workspace_id from ticket_sendings where sent_at < $1"),
        params![before],
        |row| row.get("workspace_id"),
    )?;
    for workspace in workspaces {
        tx.execute(
            sql!("delete from ticket_sendings where workspace_id = $1 and sent_at < $2"),
            params![workspace, before],
        )?;
    }
    Ok(())
}
