//! Drafts: what an agent has begun to write in a ticket and not sent yet. One for each agent and ticket, kept while they
//! type, there again on any device; what was discarded can be taken back for a day.

pub mod api;
pub mod jobs;
pub mod operations;
pub(super) mod store;
mod taking_over;
mod views;
pub mod web;

use std::time::Duration;

pub use taking_over::{take_over, taken};

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::events::Kind;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::connections::must_stand;
use super::sending::{self, FormId};
use super::{LONGEST, MessageKind, Ticket, TicketError, TicketId, formatted, record, store as tickets};

/// Somebody began to write in a ticket, threw away what they had begun, or took that back.
pub const DRAFTED: Kind = Kind::new("ticket.drafted", Permission::TicketsRead);

/// The name of all lists of drafts, for pages that show them.
pub const LIST: &str = "ticket_drafts";
/// How long a draft that was discarded can be taken back.
pub const KEPT: Duration = Duration::from_secs(86_400);
/// How many drafts a list has at most.
const MOST: i64 = 200;

/// What somebody has begun to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The ticket.
    pub ticket: TicketId,
    /// Who writes.
    pub agent: AgentId,
    /// What it becomes.
    pub kind: MessageKind,
    /// The words so far.
    pub body: String,
    /// The same with formatting; none where the words say everything.
    pub html: Option<String>,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When it was last kept.
    pub saved_at: Timestamp,
    /// When it was thrown away, if it was.
    pub discarded_at: Option<Timestamp>,
    /// Who took it over, if somebody did: a signature.
    pub taken_by: Option<String>,
}

/// What a composer holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDraft {
    /// What it becomes.
    pub kind: MessageKind,
    /// The words so far; none ends the draft.
    pub body: String,
    /// The words with formatting, as an editor writes them; then `body` follows from it.
    pub html: Option<String>,
    /// The composer; what was sent from it is no draft any more, however late this comes.
    pub form: Option<FormId>,
}

/// Keeps what an agent has written so far in place of what they had before. Gives nothing where nothing is left to keep.
///
/// # Errors
/// [`TicketError::BadBody`] or [`TicketError::BadHtml`] for too many words, [`TicketError::NoAgent`] for whoever is none, a missing permission, or a
/// ticket of no or another workspace.
pub fn save(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    new: &NewDraft,
) -> Result<Option<Draft>, TicketError> {
    let (ticket, agent) = place(tx, actor, id)?;
    must_stand(tx, actor.workspace, &ticket)?;
    if let Some(form) = new.form
        && sending::was_sent(tx, actor, form)?
    {
        return Ok(None);
    }
    let is_kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let words = formatted::begun(new.body.as_str(), new.html.as_deref())?;
    let body: String = words.body.replace("\r\n", "\n").chars().filter(is_kept).collect();
    if body.chars().count() > LONGEST {
        return Err(TicketError::BadBody);
    }
    let before = store::find(tx, actor.workspace, id, agent)?;
    let standing = before.filter(|draft| draft.discarded_at.is_none());
    if body.trim().is_empty() {
        if standing.is_some() {
            store::delete(tx, actor.workspace, id, agent)?;
            tell(tx, actor, &ticket)?;
        }
        return Ok(None);
    }
    let now = tx.now();
    let draft = Draft {
        ticket: id,
        agent,
        kind: new.kind,
        body,
        html: words.html,
        begun_at: standing.as_ref().map_or(now, |draft| draft.begun_at),
        saved_at: now,
        discarded_at: None,
        taken_by: None,
    };
    store::put(tx, actor.workspace, &draft)?;
    if standing.is_none_or(|before| before.kind != draft.kind) {
        tell(tx, actor, &ticket)?;
    }
    Ok(Some(draft))
}

/// Throws the actor's draft in a ticket away; [`restore`] takes that back. Twice is no harm.
///
/// # Errors
/// [`TicketError::Unknown`] where there is none; as of [`save`].
pub fn discard(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<Draft, TicketError> {
    let now = tx.now();
    put_away(tx, actor, id, Some(now))
}

/// Takes back that a draft was thrown away.
///
/// # Errors
/// As of [`discard`].
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<Draft, TicketError> {
    put_away(tx, actor, id, None)
}

fn put_away(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    at: Option<Timestamp>,
) -> Result<Draft, TicketError> {
    let (ticket, agent) = place(tx, actor, id)?;
    let mut draft = store::find(tx, actor.workspace, id, agent)?.ok_or(TicketError::Unknown)?;
    if draft.discarded_at.is_some() != at.is_some() {
        draft.discarded_at = at;
        draft.taken_by = None;
        store::put(tx, actor.workspace, &draft)?;
        tell(tx, actor, &ticket)?;
    }
    Ok(draft)
}

/// What the actor has begun to write in a ticket.
///
/// # Errors
/// [`TicketError::Forbidden`], or the database's.
pub fn mine(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<Option<Draft>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let Some(agent) = actor.agent() else {
        return Ok(None);
    };
    let draft = store::find(tx, actor.workspace, id, agent)?;
    Ok(draft.filter(|draft| draft.discarded_at.is_none()))
}

/// What others have begun to write in a ticket, in the order in which they began.
///
/// # Errors
/// [`TicketError::Forbidden`], or the database's.
pub fn of_others(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<Vec<Draft>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let mut drafts = store::of_ticket(tx, actor.workspace, id)?;
    drafts.retain(|draft| Some(draft.agent) != actor.agent());
    Ok(drafts)
}

/// All that the actor has begun to write, what was kept last first, with the tickets; 200 at most.
///
/// # Errors
/// [`TicketError::Forbidden`], or the database's.
pub fn all_mine(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<(Draft, Ticket)>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let Some(agent) = actor.agent() else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for draft in store::of_agent(tx, actor.workspace, agent, MOST)? {
        // One look-up by key for each of a few.
        let ticket = tickets::find(tx, actor.workspace, draft.ticket)?;
        if let Some(ticket) = ticket.filter(|ticket| !ticket.status.is_apart()) {
            found.push((draft, ticket));
        }
    }
    Ok(found)
}

/// The draft of what was sent is none any more.
pub(super) fn end(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<(), DbError> {
    match actor.agent() {
        Some(agent) => store::delete(tx, actor.workspace, id, agent),
        None => Ok(()),
    }
}

/// What was begun in a ticket goes on in another, behind what its writer has begun there.
pub(super) fn carry(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (from, to): (TicketId, TicketId),
) -> Result<(), DbError> {
    for mut draft in store::of_ticket(tx, workspace, from)? {
        // One look-up by key for each of a few.
        let there = store::find(tx, workspace, to, draft.agent)?;
        if let Some(there) = there.filter(|there| there.discarded_at.is_none()) {
            draft.html = formatted::joined(both(&there), both(&draft));
            (draft.kind, draft.body) = joined(&there, draft.kind, &draft.body);
            draft.begun_at = there.begun_at;
            // Both stay where they are rather than that one loses words.
            if draft.body.chars().count() > LONGEST {
                continue;
            }
        }
        store::delete(tx, workspace, from, draft.agent)?;
        draft.ticket = to;
        store::put(tx, workspace, &draft)?;
    }
    Ok(())
}

/// Keeps what an agent has written behind what they have begun in a ticket already.
///
/// # Errors
/// As of [`save`].
pub(super) fn append(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    mut new: NewDraft,
) -> Result<Option<Draft>, TicketError> {
    let there = mine(tx, actor, id)?;
    // What goes on from the same words says them already.
    if let Some(there) = there.filter(|there| !new.body.starts_with(there.body.trim_end())) {
        new.html = formatted::joined(both(&there), (&new.body, new.html.as_deref()));
        (new.kind, new.body) = joined(&there, new.kind, &new.body);
    }
    save(tx, actor, id, &new)
}

/// Words behind those of a draft. Where one is a note, both are: nothing that was meant for us goes to the customer.
fn joined(there: &Draft, kind: MessageKind, body: &str) -> (MessageKind, String) {
    let kind = if there.kind == kind {
        kind
    } else {
        MessageKind::Note
    };
    (kind, format!("{}\n\n{body}", there.body.trim_end()))
}

fn both(draft: &Draft) -> (&str, Option<&str>) {
    (draft.body.as_str(), draft.html.as_deref())
}

fn place(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<(Ticket, AgentId), TicketError> {
    actor.must(Permission::TicketsWrite)?;
    let agent = actor.agent().ok_or(TicketError::NoAgent)?;
    let ticket = tickets::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    Ok((ticket, agent))
}

fn tell(tx: &mut Tx<'_>, actor: &Actor, ticket: &Ticket) -> Result<(), DbError> {
    record(tx, actor, &DRAFTED, ticket, json!({}))
}
