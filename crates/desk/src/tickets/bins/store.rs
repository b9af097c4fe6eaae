//! Which tickets have lain in the trash for long enough, and the rows around a ticket that go with it.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::super::TicketId;

/// Tickets of all workspaces that came into the trash before a moment and have been there since.
pub(super) fn due(
    tx: &mut Tx<'_>,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<(WorkspaceId, TicketId)>, DbError> {
    tx.rows(
        sql!(
            // global: the clock looks through all workspaces
            "select t.workspace_id, t.id
             from tickets t
             where t.shelf = 'trash'
               and not exists (
                 select c.id
                 from ticket_changes c
                 where c.workspace_id = t.workspace_id and c.ticket_id = t.id and c.field = 'status'
                   and c.after_value = 'trash' and c.changed_at > $1)
             order by t.touched_at
             limit $2"
        ),
        params![before, limit],
        |row| Ok((row.get("workspace_id")?, row.get("id")?)),
    )
}

/// Takes away what stands around a ticket: drafts, who follows it and is named in it, what joins it with others.
pub(super) fn delete_around(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<(), DbError> {
    let statements = [
        sql!("delete from ticket_drafts where workspace_id = $1 and ticket_id = $2"),
        sql!("delete from ticket_sendings where workspace_id = $1 and ticket_id = $2"),
        sql!("delete from ticket_presences where workspace_id = $1 and ticket_id = $2"),
        sql!("delete from ticket_followers where workspace_id = $1 and ticket_id = $2"),
        sql!("delete from ticket_mentions where workspace_id = $1 and ticket_id = $2"),
        sql!("delete from ticket_detail_changes where workspace_id = $1 and ticket_id = $2"),
        sql!("delete from ticket_sources where workspace_id = $1 and ticket_id = $2"),
        sql!("delete from ticket_connections where workspace_id = $1 and (ticket_id = $2 or other_id = $2)"),
    ];
    for statement in statements {
        tx.execute(statement, params![workspace, ticket])?;
    }
    Ok(())
}
