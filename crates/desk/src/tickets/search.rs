//! How tickets are found: by number, subject, what was written in them, and the names of their files.
//!
//! They are filed under the names of people, teams and statuses as these were when the ticket last changed or the index was made.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::search::Document;
use tandem_core::accounts::{self, AccountId};
use tandem_core::agents;
use tandem_core::contacts::{self, ContactId};
use tandem_core::permissions::Permission;
use tandem_core::search::{Follow, Source, filed};
use tandem_core::tags::{self, TagId};
use tandem_core::teams;
use tandem_core::workspaces::WorkspaceId;

use super::nouns::NOUN;
use super::{Ticket, TicketId, details, files, history, listing, store};
use crate::statuses;

/// How many messages of a ticket are searched, the newest.
const MESSAGES: i64 = 50;
/// And how many of the first: what was asked stands there.
const FIRST: i64 = 20;

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
        ("spam", "tickets-status-spam"),
        ("trash", "tickets-status-trash"),
    ],
    filters: &[
        "from", "account", "tag", "agent", "team", "channel", "priority", "status", "has",
    ],
    path: "/tickets/",
    keep: Some("/inbox/views/new"),
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
    // The index takes so much of a text and no more: the first request before all else.
    let oldest = messages.last().map(|message| message.id);
    let first = match oldest.filter(|_| messages.len() as i64 == MESSAGES) {
        Some(oldest) => history::store::first_messages(tx, workspace, ticket.id, oldest, FIRST)?,
        None => Vec::new(),
    };
    let files = files::all_of(tx, workspace, ticket.id)?;
    let details = details::words(tx, workspace, ticket.id)?;
    let words = first.iter().chain(&messages).map(|message| message.body.as_str());
    let words: Vec<&str> = words.chain(details.iter().map(String::as_str)).collect();
    let mut flags = flags(tx, workspace, &ticket)?;
    if files.iter().any(|file| !file.is_inline) {
        flags.push(("has", "attachment".to_owned()));
    }
    Ok(Document {
        text: words.join("\n"),
        exact: vec![ticket.number.to_string(), format!("#{}", ticket.number)],
        keywords: files.into_iter().map(|file| file.name).collect(),
        flags,
        is_hidden: ticket.status.is_apart(),
        date: ticket.touched_at,
        title: format!("#{} {}", ticket.number, ticket.subject),
        ..Document::default()
    })
}

/// Who works on it, and how far it is as the workspace says it.
fn worked(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: &Ticket,
) -> Result<Vec<(&'static str, String)>, DbError> {
    let mut flags = Vec::new();
    match ticket.agent {
        Some(id) => {
            let agent = agents::find(tx, workspace, id)?;
            flags.extend(agent.iter().flat_map(|agent| filed("agent", &agent.name)));
        }
        None => flags.push(("agent", "nobody".to_owned())),
    }
    if let Some(id) = ticket.team {
        let teams = teams::all(tx, workspace)?;
        let team = teams.iter().find(|team| team.id == id);
        flags.extend(team.iter().flat_map(|team| filed("team", &team.name)));
    }
    flags.push(("status", ticket.status.as_str().to_owned()));
    if let Some(id) = ticket.own {
        let statuses = statuses::all(tx, workspace)?;
        let own = statuses.iter().find(|status| status.id == id);
        flags.extend(own.iter().flat_map(|own| filed("status", &own.text.name)));
    }
    Ok(flags)
}

/// What filters find it by: where it lies, who asks, for which account, and its tags.
fn flags(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: &Ticket,
) -> Result<Vec<(&'static str, String)>, DbError> {
    let mut flags = vec![
        ("is", ticket.shelf().to_owned()),
        ("channel", ticket.channel.as_str().to_owned()),
        ("priority", ticket.priority.as_str().to_owned()),
    ];
    flags.extend(worked(tx, workspace, ticket)?);
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
