//! Followers: agents who want to know how a ticket goes on, because they said so or because a note mentions them.
//!
//! A note mentions whom it names after an `@`. Who is mentioned follows from then on, and finds the note among their mentions
//! until they have opened the ticket. A ticket that they follow has news for them while somebody else has written since they
//! looked.

pub mod api;
pub mod operations;
mod store;
mod views;
pub mod web;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::text::fold;
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::agents::{self, AgentId};
use tandem_core::events::Kind;
use tandem_core::panels::{Panel, Place};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

pub(super) use views::Line;

use super::{
    Message, MessageId, Status, Ticket, TicketError, TicketId, connections, history, record,
    store as tickets, unread,
};

/// Somebody follows a ticket from now on, or does not any more.
pub const FOLLOWED: Kind = Kind::new("ticket.followed", Permission::TicketsRead);
/// A note names somebody.
pub const MENTIONED: Kind = Kind::new("ticket.mentioned", Permission::TicketsRead);

/// The name of all lists of mentions and of followed tickets, for pages that show them.
pub const LIST: &str = "ticket_followers";
/// How many rows a list has at most.
const MOST: i64 = 100;

/// The panel of the home page: where somebody named the person who looks, and what they follow that has news.
pub const PANEL: Panel = Panel {
    lines: 4,
    first_for: &[Permission::TicketsWrite],
    ..Panel::new("mentions", Place::Home, Permission::TicketsRead, "/home/mentions")
};

/// That a note names an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The note.
    pub message: MessageId,
    /// The ticket.
    pub ticket: TicketId,
    /// Who is named.
    pub agent: AgentId,
    /// Who wrote it: a signature.
    pub author: String,
    /// When.
    pub mentioned_at: Timestamp,
    /// When the agent opened the ticket after it.
    pub seen_at: Option<Timestamp>,
}

/// A mention with what it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The mention.
    pub mention: Mention,
    /// The ticket.
    pub ticket: Ticket,
    /// The words of the note.
    pub words: String,
}

/// The actor follows a ticket from now on. Twice is no harm.
///
/// # Errors
/// [`TicketError::NoAgent`] for whoever is none, a missing permission, or a ticket of no or another workspace.
pub fn follow(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<(), TicketError> {
    let (ticket, agent) = place(tx, actor, id)?;
    add(tx, actor, &ticket, agent)
}

/// The actor does not follow a ticket any more. Twice is no harm.
///
/// # Errors
/// As of [`follow`].
pub fn unfollow(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<(), TicketError> {
    let (ticket, agent) = place(tx, actor, id)?;
    if store::delete(tx, actor.workspace, id, agent)? {
        tell(tx, actor, &ticket, (agent, false))?;
    }
    Ok(())
}

/// Who follows a ticket, in the order in which they began.
///
/// # Errors
/// [`TicketError::Forbidden`], or the database's.
pub fn of(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<Vec<(AgentId, Timestamp)>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    Ok(store::of_ticket(tx, actor.workspace, id)?)
}

/// Who follows several tickets.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn of_many(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    tickets: &[TicketId],
) -> Result<Vec<(TicketId, AgentId)>, DbError> {
    store::of_many(tx, workspace, tickets)
}

/// Who follows a ticket, for what is said of it.
pub(super) fn ids(tx: &mut Tx<'_>, workspace: WorkspaceId, id: TicketId) -> Result<Vec<AgentId>, DbError> {
    let all = store::of_ticket(tx, workspace, id)?;
    Ok(all.into_iter().map(|(agent, _)| agent).collect())
}

/// The tickets that the actor follows, each with whether it has news for them; what was written in last comes first.
///
/// # Errors
/// [`TicketError::Forbidden`], or the database's.
pub fn followed(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<(Ticket, bool)>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let Some(agent) = actor.agent() else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for (id, seen_at) in store::of_agent(tx, actor.workspace, agent, MOST)? {
        // One look-up by key for each of a few. A merged one is shown in another, which they follow too.
        let ticket = tickets::find(tx, actor.workspace, id)?;
        if let Some(ticket) =
            ticket.filter(|ticket| ticket.status != Status::Merged && !ticket.status.is_apart())
        {
            let has_news = ticket.touched_at > seen_at;
            found.push((ticket, has_news));
        }
    }
    found.sort_by_key(|(ticket, _)| std::cmp::Reverse((ticket.touched_at, ticket.id)));
    Ok(found)
}

/// Where notes name the actor, the newest first.
///
/// # Errors
/// [`TicketError::Forbidden`], or the database's.
pub fn mentions(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Shown>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let Some(agent) = actor.agent() else {
        return Ok(Vec::new());
    };
    let mut shown = Vec::new();
    for mention in store::mentions(tx, actor.workspace, agent, MOST)? {
        // Two look-ups by key for each of a few.
        let ticket = tickets::find(tx, actor.workspace, mention.ticket)?;
        let note = history::store::find_message(tx, actor.workspace, mention.message)?;
        let ticket = ticket.filter(|ticket| !ticket.status.is_apart());
        if let Some((ticket, note)) = ticket.zip(note) {
            shown.push(Shown {
                mention,
                ticket,
                words: note.body,
            });
        }
    }
    Ok(shown)
}

/// The actor has a ticket before them: what it had for them is news no more.
///
/// # Errors
/// The database's.
pub fn see(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<(), DbError> {
    let Some(agent) = actor.agent() else {
        return Ok(());
    };
    let now = tx.now();
    // What is merged into it is shown with it. A few look-ups by key for each.
    for id in connections::parts(tx, actor.workspace, id)? {
        if let Some(ticket) = tickets::find(tx, actor.workspace, id)?
            && let Some(seen_at) = store::seen_at(tx, actor.workspace, id, agent)?
            && seen_at < ticket.touched_at
        {
            store::see(tx, actor.workspace, (id, agent), now)?;
        }
        if store::has_unseen(tx, actor.workspace, id, agent)? {
            store::see_mentions(tx, actor.workspace, (id, agent), now)?;
        }
    }
    Ok(())
}

/// Who follows a ticket that is merged into another follows that one.
pub(super) fn carry(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (from, to): (TicketId, TicketId),
) -> Result<(), DbError> {
    store::carry(tx, workspace, (from, to))
}

/// Takes [`carry`] back.
pub(super) fn give_back(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (from, to): (TicketId, TicketId),
) -> Result<(), DbError> {
    store::give_back(tx, workspace, (from, to))
}

/// Whom a note names: they follow its ticket from now on.
pub(super) fn mention(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ticket: &Ticket,
    note: &Message,
) -> Result<(), TicketError> {
    if !note.body.contains('@') {
        return Ok(());
    }
    let everybody = agents::all(tx, actor.workspace)?;
    let people = everybody
        .iter()
        .filter(|agent| agent.is_active && !agent.is_machine);
    let named: Vec<(AgentId, &str)> = people.map(|agent| (agent.id, agent.name.as_str())).collect();
    for agent in named_in(&note.body, &named) {
        if Some(agent) == actor.agent() {
            continue;
        }
        let mention = Mention {
            message: note.id,
            ticket: ticket.id,
            agent,
            author: note.author.clone(),
            mentioned_at: note.written_at,
            seen_at: None,
        };
        store::insert_mention(tx, actor.workspace, &mention)?;
        add(tx, actor, ticket, agent)?;
        unread::tell(tx, actor.workspace, (agent, ticket.id))?;
        let payload = json!({ "agent": agent, "message": note.id });
        record(tx, actor, &MENTIONED, ticket, payload)?;
    }
    Ok(())
}

/// Whose names stand in a text after an `@`, each once; of names that begin alike the longest.
fn named_in(text: &str, people: &[(AgentId, &str)]) -> Vec<AgentId> {
    let mut found = Vec::new();
    for part in text.split('@').skip(1) {
        let part = fold(part);
        let fits = |name: &str| {
            let rest = part.strip_prefix(&fold(name));
            rest.is_some_and(|rest| rest.chars().next().is_none_or(|next| !next.is_alphanumeric()))
        };
        let longest = people
            .iter()
            .filter(|(_, name)| !name.is_empty() && fits(name))
            .max_by_key(|(_, name)| name.len());
        if let Some((agent, _)) = longest
            && !found.contains(agent)
        {
            found.push(*agent);
        }
    }
    found
}

fn add(tx: &mut Tx<'_>, actor: &Actor, ticket: &Ticket, agent: AgentId) -> Result<(), TicketError> {
    let now = tx.now();
    if store::insert(tx, actor.workspace, (ticket.id, agent), now)? {
        tell(tx, actor, ticket, (agent, true))?;
    }
    Ok(())
}

fn tell(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ticket: &Ticket,
    (agent, follows): (AgentId, bool),
) -> Result<(), DbError> {
    record(
        tx,
        actor,
        &FOLLOWED,
        ticket,
        json!({ "agent": agent, "follows": follows }),
    )
}

fn place(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<(Ticket, AgentId), TicketError> {
    actor.must(Permission::TicketsRead)?;
    let agent = actor.agent().ok_or(TicketError::NoAgent)?;
    let ticket = tickets::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    Ok((ticket, agent))
}

#[cfg(test)]
mod tests {
    use kit::id::{TypedId, Uuid};

    use super::*;

    #[test]
    fn names_are_found_after_an_at_the_longest_first_and_once() {
        let id = |n: u128| AgentId::from_uuid(Uuid::from_u128(n));
        let people = [
            (id(1), "Anna"),
            (id(2), "Anna Nowak"),
            (id(3), "Ольга Соколова"),
            (id(4), ""),
        ];
        let found = |text| named_in(text, &people);
        assert_eq!(found("@Anna, look"), [id(1)]);
        assert_eq!(
            found("@anna nowak and @ОЛЬГА СОКОЛОВА: look; @Anna Nowak?"),
            [id(2), id(3)]
        );
        assert_eq!(found("@Annabel, a@anna.example"), [id(1)]);
        assert_eq!(found("Anna @ nobody @"), []);
    }
}
