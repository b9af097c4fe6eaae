//! Notices: mails to agents about tickets, to whoever wants them, which can be answered from their own mail program.
//!
//! Everybody chooses for themselves, and nobody is told of anything before they have. A notice names a reply address whose token
//! stands for this notice: one ticket, one agent, for so many days. What comes to it counts as that agent's only if the mail is
//! theirs and they may answer today (`mails/by_agents.rs`). Notices leave by the way of letters, say that a machine wrote them, and
//! nothing that bounces of them comes to a ticket.

pub mod api;
mod hearing;
pub mod jobs;
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

pub use hearing::TELL;

use crate::tickets::{MessageId, TicketError, TicketId};

kit::id! {
    /// A mail to an agent about a ticket.
    NoticeId, "ntc"
}

/// For how long a notice can be answered.
const ANSWERABLE: Duration = Duration::from_secs(30 * 86_400);

/// Why an agent is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A ticket is theirs now.
    Assigned,
    /// The customer wrote in a ticket of theirs.
    Heard,
    /// A note names them.
    Mentioned,
    /// Somebody wrote in a ticket that they follow.
    Followed,
}

impl Reason {
    /// All of them, in the order in which people choose.
    pub const ALL: &'static [Self] = &[Self::Assigned, Self::Heard, Self::Mentioned, Self::Followed];

    /// The word in rows and forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Heard => "heard",
            Self::Mentioned => "mentioned",
            Self::Followed => "followed",
        }
    }

    /// Reads what [`Self::as_str`] wrote.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.as_str() == word)
    }
}

/// Of what an agent wants to be told; of nothing until they say so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Of tickets that become theirs.
    pub assigned: bool,
    /// Of what customers write in their tickets.
    pub heard: bool,
    /// Of notes that name them.
    pub mentioned: bool,
    /// Of what others write in tickets that they follow.
    pub followed: bool,
    /// Grows with every change.
    pub version: i64,
}

impl Choices {
    /// Whether they want to be told for this reason.
    pub const fn want(&self, reason: Reason) -> bool {
        match reason {
            Reason::Assigned => self.assigned,
            Reason::Heard => self.heard,
            Reason::Mentioned => self.mentioned,
            Reason::Followed => self.followed,
        }
    }
}

/// A mail to an agent about a ticket.
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
    /// Until when it can be answered.
    pub expires_at: Timestamp,
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
