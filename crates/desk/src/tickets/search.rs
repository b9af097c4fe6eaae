//! How tickets are found: by number, subject and what was written in them.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::search::Document;
use tandem_core::permissions::Permission;
use tandem_core::search::Source;
use tandem_core::workspaces::WorkspaceId;

use super::{Ticket, TicketId, history, store};

/// How many messages of a ticket are searched, the newest.
const MESSAGES: i64 = 50;

/// Tickets, for the search.
pub const SOURCE: Source = Source {
    prefix: TicketId::PREFIX,
    kind: "ticket",
    title: "tickets-title",
    icon: "inbox",
    needs: Permission::TicketsRead,
    states: &[
        ("waiting", "tickets-status-waiting"),
        ("on_hold", "tickets-status-on-hold"),
        ("solved", "tickets-status-solved"),
        ("merged", "tickets-status-merged"),
        ("snoozed", "tickets-view-snoozed"),
    ],
    filters: &[],
    path: "/tickets/",
    actions: &[],
    find,
    after,
};

fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: Uuid) -> Result<Option<Document>, DbError> {
    let ticket = store::find(tx, workspace, TicketId::from_uuid(id))?;
    ticket.map(|ticket| document(tx, workspace, ticket)).transpose()
}

fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, Document)>, DbError> {
    let tickets = store::after(tx, workspace, TicketId::from_uuid(last), limit)?;
    let document = |ticket: Ticket| Ok((ticket.id.uuid(), document(tx, workspace, ticket)?));
    tickets.into_iter().map(document).collect()
}

fn document(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: Ticket) -> Result<Document, DbError> {
    let messages = history::store::messages(tx, workspace, ticket.id, None, MESSAGES)?;
    let words: Vec<&str> = messages.iter().map(|message| message.body.as_str()).collect();
    let shelf = Some(ticket.shelf()).filter(|shelf| *shelf != "open");
    Ok(Document {
        text: words.join("\n"),
        exact: vec![ticket.number.to_string(), format!("#{}", ticket.number)],
        flags: shelf.map(|shelf| ("is", shelf.to_owned())).into_iter().collect(),
        date: ticket.touched_at,
        title: format!("#{} {}", ticket.number, ticket.subject),
        ..Document::default()
    })
}
