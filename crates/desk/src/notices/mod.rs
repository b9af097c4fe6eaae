//! Notices: what agents are told about tickets: in the bell of every page, by mail, and by their browser.
//!
//! Everybody chooses for themselves of what they are told which way; before they do, it is all in the bell and nowhere else. What is
//! in the bell is unread until they say so or open its ticket. One by mail can be answered from their own mail program: it
//! names a reply address whose token
//! stands for this notice: one ticket, one agent, for so many days. What comes to it counts as that agent's only if the mail is
//! theirs and they may answer today (`mails/by_agents.rs`). Notices leave by the way of letters, say that a machine wrote them, and
//! nothing that bounces of them comes to a ticket.

pub mod api;
mod bell;
mod hearing;
pub mod jobs;
pub mod listing;
mod model;
mod store;
mod views;
pub mod web;

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

pub use bell::{MOVES, read, see, topic, unread, unread_again};
pub use hearing::TELL;
pub use model::{Choices, Kinds, Reason};

use crate::tickets::{MessageId, TicketError, TicketId};

kit::id! {
    /// What an agent is told about a ticket.
    NoticeId, "ntc"
}

/// For how long a notice can be answered.
const ANSWERABLE: Duration = Duration::from_secs(30 * 86_400);

/// What an agent is told about a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketNotice {
    /// Its id: what its reply address names.
    pub id: NoticeId,
    /// Who gets it.
    pub agent: AgentId,
    /// About which ticket.
    pub ticket: TicketId,
    /// What was written, where something was.
    pub message: Option<MessageId>,
    /// Why.
    pub reason: Reason,
    /// Whether it tells of a note: then an answer is one too.
    pub is_internal: bool,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it can be answered, and is kept.
    pub expires_at: Timestamp,
    /// Whether it goes out by mail.
    pub is_mailed: bool,
    /// Whether it is in the bell.
    pub is_shown: bool,
    /// Whether the browser shows it.
    pub is_browsed: bool,
    /// When they read it.
    pub read_at: Option<Timestamp>,
}

/// Of what the actor is told.
///
/// # Errors
/// A missing permission, or the database's.
pub fn mine(tx: &mut Tx<'_>, actor: &Actor) -> Result<Choices, TicketError> {
    actor.must(Permission::TicketsRead)?;
    match actor.agent() {
        Some(agent) => Ok(of(tx, actor.workspace, agent)?),
        None => Ok(Choices::default()),
    }
}

/// Chooses of what the actor is told.
///
/// # Errors
/// [`TicketError::NoAgent`] for whoever is none, a missing permission, or the database's.
pub fn choose(tx: &mut Tx<'_>, actor: &Actor, wanted: Choices) -> Result<Choices, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let agent = actor.agent().ok_or(TicketError::NoAgent)?;
    let before = of(tx, actor.workspace, agent)?;
    let same = Choices {
        version: before.version,
        ..wanted
    };
    if same == before {
        return Ok(before);
    }
    let after = Choices {
        version: before.version + 1,
        ..wanted
    };
    store::put(tx, actor.workspace, agent, after)?;
    Ok(after)
}

fn of(tx: &mut Tx<'_>, workspace: WorkspaceId, agent: AgentId) -> Result<Choices, DbError> {
    Ok(store::choices(tx, workspace, agent)?.unwrap_or_default())
}

/// The notice that a token names; most name tickets and side conversations.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn named(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    conversation: [u8; 16],
) -> Result<Option<TicketNotice>, DbError> {
    store::find(tx, workspace, NoticeId::from_uuid(Uuid::from_bytes(conversation)))
}

/// Forgets what was told about a ticket that is removed.
pub(crate) fn forget_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<(), DbError> {
    store::delete_of_ticket(tx, workspace, ticket)
}
