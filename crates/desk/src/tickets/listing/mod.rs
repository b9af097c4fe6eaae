//! Lists of tickets: the views of the inbox, and those of an account or a contact.

mod store;

use std::fmt;
use std::str::FromStr;

use kit::db::{DbError, Tx};
use kit::id::Uuid;
use kit::web::api::cursor;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::contacts::{ContactId, merging};
use tandem_core::permissions::Permission;
use tandem_core::tallies;
use tandem_core::teams::TeamId;
use tandem_core::workspaces::WorkspaceId;

use super::{LIST, Ticket, TicketError, TicketId};
use crate::own_views::{self, Order, OwnViewId, ViewError};

/// Where tickets lie: each on one. Those that lie apart, as spam and in the trash, are none of all.
const SHELVES: [&str; 6] = ["open", "waiting", "on_hold", "snoozed", "solved", "merged"];
/// Tickets in one part of a list.
pub const PAGE: i64 = 30;

/// A view of the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Open ones of whoever looks.
    Mine,
    /// Open ones of nobody.
    Unassigned,
    /// Every open one.
    Open,
    /// Those that wait for the customer.
    Waiting,
    /// Those that wait for somebody else.
    OnHold,
    /// Those that nobody wants to see for now.
    Snoozed,
    /// Solved ones.
    Solved,
    /// Every one that does not lie apart.
    All,
    /// What is spam.
    Spam,
    /// What is to be gone.
    Trash,
    /// Open ones of a team.
    Team(TeamId),
    /// What a view that somebody made asks for.
    Own(OwnViewId),
}

impl View {
    /// The views that everybody has, in the order of the inbox.
    pub const ALL: [Self; 10] = [
        Self::Mine,
        Self::Unassigned,
        Self::Open,
        Self::Waiting,
        Self::OnHold,
        Self::Snoozed,
        Self::Solved,
        Self::All,
        Self::Spam,
        Self::Trash,
    ];

    /// The key of its name in the reader's language; a team has its own name.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Mine => "tickets-view-mine",
            Self::Unassigned => "tickets-view-unassigned",
            Self::Open => "tickets-view-open",
            Self::Waiting => "tickets-status-waiting",
            Self::OnHold => "tickets-status-on-hold",
            Self::Snoozed => "tickets-view-snoozed",
            Self::Solved => "tickets-status-solved",
            Self::All => "tickets-view-all",
            Self::Spam => "tickets-status-spam",
            Self::Trash => "tickets-status-trash",
            Self::Team(_) => "tickets-team",
            Self::Own(_) => "own-views-name",
        }
    }

    /// Its icon.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Mine => "user",
            Self::Unassigned => "user-plus",
            Self::Open => "inbox",
            Self::Waiting | Self::Snoozed => "clock",
            Self::OnHold => "hourglass",
            Self::Solved => "circle-check",
            Self::All => "hash",
            Self::Spam => "ban",
            Self::Trash => "trash-2",
            Self::Team(_) => "users",
            Self::Own(_) => "list-filter",
        }
    }

    /// The tally that counts it; none where it is made of several, or kept with the view.
    pub fn tally(self, agent: Option<AgentId>) -> Option<String> {
        Some(match self {
            Self::Mine => format!("tickets.open.{}", agent?),
            Self::Unassigned => "tickets.open.nobody".to_owned(),
            Self::Team(team) => format!("tickets.open.{team}"),
            Self::Open => "tickets.open".to_owned(),
            Self::Waiting => "tickets.waiting".to_owned(),
            Self::OnHold => "tickets.on_hold".to_owned(),
            Self::Snoozed => "tickets.snoozed".to_owned(),
            Self::Solved => "tickets.solved".to_owned(),
            Self::Spam => "tickets.spam".to_owned(),
            Self::Trash => "tickets.trash".to_owned(),
            Self::All | Self::Own(_) => return None,
        })
    }

    fn place(self, agent: Option<AgentId>) -> Where {
        match (self, agent) {
            (Self::Mine, Some(agent)) => Where::Agent("open", agent),
            (Self::Mine, None) | (Self::Unassigned, _) => Where::Nobody("open"),
            (Self::Open, _) => Where::Shelf("open"),
            (Self::Waiting, _) => Where::Shelf("waiting"),
            (Self::OnHold, _) => Where::Shelf("on_hold"),
            (Self::Snoozed, _) => Where::Shelf("snoozed"),
            (Self::Solved, _) => Where::Shelf("solved"),
            (Self::Spam, _) => Where::Shelf("spam"),
            (Self::Trash, _) => Where::Shelf("trash"),
            (Self::All | Self::Own(_), _) => Where::Everywhere,
            (Self::Team(team), _) => Where::Team("open", team),
        }
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mine => f.write_str("mine"),
            Self::Unassigned => f.write_str("unassigned"),
            Self::Open => f.write_str("open"),
            Self::Waiting => f.write_str("waiting"),
            Self::OnHold => f.write_str("on_hold"),
            Self::Snoozed => f.write_str("snoozed"),
            Self::Solved => f.write_str("solved"),
            Self::All => f.write_str("all"),
            Self::Spam => f.write_str("spam"),
            Self::Trash => f.write_str("trash"),
            Self::Team(team) => team.fmt(f),
            Self::Own(view) => view.fmt(f),
        }
    }
}

impl FromStr for View {
    type Err = TicketError;
    fn from_str(word: &str) -> Result<Self, TicketError> {
        let own = Self::ALL.into_iter().find(|view| view.to_string() == word);
        own.or_else(|| word.parse().ok().map(Self::Team))
            .or_else(|| word.parse().ok().map(Self::Own))
            .ok_or(TicketError::Unknown)
    }
}

/// Where tickets lie together.
#[derive(Clone, Copy, Debug)]
enum Where {
    Everywhere,
    Shelf(&'static str),
    Agent(&'static str, AgentId),
    Nobody(&'static str),
    Team(&'static str, TeamId),
    Account(AccountId),
    Contact(ContactId),
}

/// A place in a list, what was written in last first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// When somebody last wrote in the last one seen.
    pub at: i64,
    /// Its id.
    pub id: TicketId,
}

impl Cursor {
    /// The place of a ticket.
    pub fn of(ticket: &Ticket) -> Self {
        Self {
            at: ticket.touched_at.0,
            id: ticket.id,
        }
    }

    /// The text for URLs.
    pub fn encode(&self) -> String {
        cursor::write(LIST, self)
    }

    /// Reads what [`Cursor::encode`] wrote; `None` for anything else.
    pub fn decode(text: &str) -> Option<Self> {
        cursor::read(LIST, text)
    }
}

/// A part of a view, what was written in last first.
///
/// # Errors
/// [`TicketError::Forbidden`], or the database's.
pub fn view(
    tx: &mut Tx<'_>,
    actor: &Actor,
    view: View,
    from: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Ticket>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    if let View::Own(id) = view {
        return own_views::tickets(tx, actor, id, from, limit).map_err(of_view);
    }
    let place = view.place(actor.agent());
    Ok(store::part(tx, actor.workspace, place, from, limit)?)
}

/// In which order a view shows its tickets, where somebody made it.
///
/// # Errors
/// As of [`view`].
pub fn order(tx: &mut Tx<'_>, actor: &Actor, view: View) -> Result<Option<Order>, TicketError> {
    let View::Own(id) = view else { return Ok(None) };
    let found = own_views::find(tx, actor, id).map_err(of_view)?;
    Ok(found.map(|view| view.text.order))
}

/// Where a list in this order goes on after a ticket; what was written in last first unless told.
pub fn after(order: Option<Order>, ticket: &Ticket) -> Cursor {
    order.map_or_else(|| Cursor::of(ticket), |order| order.cursor(ticket))
}

/// A part of the seats of a view that somebody made, or of one agent's in it.
pub(crate) fn seated(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    seats: (OwnViewId, Uuid),
    from: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Ticket>, DbError> {
    store::seated(tx, workspace, seats, from, limit)
}

pub(super) fn of_view(error: ViewError) -> TicketError {
    match error {
        ViewError::Forbidden(missing) => missing.into(),
        ViewError::Db(error) => error.into(),
        ViewError::Ticket(error) => error,
        _ => TicketError::Unknown,
    }
}

/// A part of an account's tickets.
///
/// # Errors
/// As of [`view`].
pub fn of_account(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    from: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Ticket>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let place = Where::Account(account);
    Ok(store::part(tx, actor.workspace, place, from, limit)?)
}

/// A part of what a contact asked for, and those who were merged into them.
///
/// # Errors
/// As of [`view`].
pub fn of_contact(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact: ContactId,
    from: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Ticket>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let mut found = store::part(tx, actor.workspace, Where::Contact(contact), from, limit)?;
    if actor.may(Permission::ContactsRead) {
        for part in merging::merged_into(tx, actor, contact).map_err(super::of_contact)? {
            found.extend(store::part(
                tx,
                actor.workspace,
                Where::Contact(part.id),
                from,
                limit,
            )?);
        }
    }
    found.sort_by_key(|ticket| std::cmp::Reverse((ticket.touched_at, ticket.id)));
    found.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(found)
}

/// The tickets with these ids.
///
/// # Errors
/// [`TicketError::Forbidden`], or the database's.
pub(crate) fn with_ids(tx: &mut Tx<'_>, actor: &Actor, ids: &[TicketId]) -> Result<Vec<Ticket>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    Ok(store::with_ids(tx, actor.workspace, ids)?)
}

/// Up to so many tickets of an account after one, in the order of their ids.
pub(super) fn ids_of_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    part: (Uuid, i64),
) -> Result<Vec<Uuid>, DbError> {
    store::ids_of_account(tx, workspace, account, part)
}

/// The same of a contact and of whoever was merged into them.
pub(super) fn ids_of_contact(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
    part: (Uuid, i64),
) -> Result<Vec<Uuid>, DbError> {
    let all = merging::all_of(tx, workspace, contact)?;
    store::ids_of_contacts(tx, workspace, &all, part)
}

/// How many tickets a view has, where that is counted.
///
/// # Errors
/// [`DbError`] of the database.
pub fn count(tx: &mut Tx<'_>, actor: &Actor, view: View) -> Result<Option<i64>, DbError> {
    if view == View::All {
        let mut all = 0;
        for shelf in SHELVES {
            all += tallies::total(tx, actor.workspace, &format!("tickets.{shelf}"))?;
        }
        return Ok(Some(all));
    }
    let tally = view.tally(actor.agent());
    tally
        .map(|name| tallies::total(tx, actor.workspace, &name))
        .transpose()
}
