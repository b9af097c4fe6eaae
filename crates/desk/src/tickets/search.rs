//! How tickets are found: by number, subject and what was written in them.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::search::Document;
use tandem_core::accounts::{self, AccountId};
use tandem_core::contacts::{self, ContactId};
use tandem_core::permissions::Permission;
use tandem_core::search::{Follow, Source, filed};
use tandem_core::tags::{self, TagId};
use tandem_core::workspaces::WorkspaceId;

use super::nouns::NOUN;
use super::{Ticket, TicketId, details, history, listing, store};

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
        ("open", "tickets-status-open"),
        ("waiting", "tickets-status-waiting"),
        ("on_hold", "tickets-status-on-hold"),
        ("solved", "tickets-status-solved"),
        ("merged", "tickets-status-merged"),
        ("snoozed", "tickets-view-snoozed"),
    ],
    filters: &["from", "account", "tag"],
    path: "/tickets/",
    actions: &[],
    find,
    after,
};

/// Tickets of a person or an account, or with a tag, that is called otherwise.
pub const FOLLOWS: &[Follow] = &[
    Follow {
        of: ContactId::PREFIX,
        after: &[&contacts::CHANGED, &contacts::MERGED, &contacts::UNMERGED],
        source: &SOURCE,
        find: |tx, workspace, contact, part| {
            listing::ids_of_contact(tx, workspace, ContactId::from_uuid(contact), part)
        },
    },
    Follow {
        of: AccountId::PREFIX,
        after: &[
            &accounts::CHANGED,
            &accounts::merging::MERGED,
            &accounts::merging::UNMERGED,
        ],
        source: &SOURCE,
        find: |tx, workspace, account, part| {
            listing::ids_of_account(tx, workspace, AccountId::from_uuid(account), part)
        },
    },
    Follow {
        of: TagId::PREFIX,
        after: &[&tags::CHANGED, &tags::MERGED],
        source: &SOURCE,
        find: |tx, workspace, tag, part| tags::bearers(tx, workspace, &NOUN, TagId::from_uuid(tag), part),
    },
];

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
    let details = details::words(tx, workspace, ticket.id)?;
    let words = messages.iter().map(|message| message.body.as_str());
    let words: Vec<&str> = words.chain(details.iter().map(String::as_str)).collect();
    let flags = flags(tx, workspace, &ticket)?;
    Ok(Document {
        text: words.join("\n"),
        exact: vec![ticket.number.to_string(), format!("#{}", ticket.number)],
        flags,
        date: ticket.touched_at,
        title: format!("#{} {}", ticket.number, ticket.subject),
        ..Document::default()
    })
}

/// What filters find it by: where it lies, who asks, for which account, and its tags.
fn flags(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: &Ticket,
) -> Result<Vec<(&'static str, String)>, DbError> {
    let mut flags = vec![("is", ticket.shelf().to_owned())];
    if let Some(contact) = ticket.contact {
        flags.extend(contacts::search::filed_from(tx, workspace, contact)?);
    }
    if let Some(account) = ticket.account {
        let name = accounts::name(tx, workspace, account)?;
        flags.extend(name.iter().flat_map(|name| filed("account", name)));
    }
    let tags = tags::of(tx, workspace, &NOUN, ticket.id.uuid())?;
    flags.extend(tags.into_iter().map(|tag| ("tag", tag.name)));
    Ok(flags)
}
