//! Presence: who has a ticket open, and who writes in it right now. A browser says so every fifteen seconds; who has said
//! nothing for forty is gone. It is courtesy only: what keeps two answers from crossing is asked when they are sent.
//!
//! Being somewhere is no event: nothing of it is kept, and streams are told by [`MOVES`].

pub mod api;
pub mod operations;
mod store;
mod views;
pub mod web;

use std::time::Duration;

pub(super) use views::Strip;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;
use tandem_core::agents::{self, AgentId};
use tandem_core::live::Moves;
use tandem_core::permissions::Permission;

use super::drafts::{self, Draft};
use super::{TicketError, TicketId, store as tickets};

/// After how long without a word somebody is gone.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// Wakes those who follow who is where.
const WAKES: &str = "ticket_presence";

/// What streams are told of it: the topic of [`topic`].
pub const MOVES: Moves = Moves {
    wakes: WAKES,
    needs: Permission::TicketsRead,
    since,
};

/// What somebody does in a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    /// They look at it.
    Viewing,
    /// They write an answer.
    Replying,
    /// They write a note.
    Noting,
}

impl Doing {
    /// The word in rows and forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Viewing => "viewing",
            Self::Replying => "replying",
            Self::Noting => "noting",
        }
    }
}

impl std::str::FromStr for Doing {
    type Err = TicketError;
    fn from_str(word: &str) -> Result<Self, TicketError> {
        let all = [Self::Viewing, Self::Replying, Self::Noting];
        let found = all.into_iter().find(|one| one.as_str() == word);
        found.ok_or(TicketError::BadField)
    }
}

/// Somebody in a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    /// Who.
    pub agent: AgentId,
    /// What they are called.
    pub name: String,
    /// What they do.
    pub doing: Doing,
    /// Since when.
    pub since: Timestamp,
}

/// Somebody else in a ticket, or what they left there unsent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Other {
    /// They are here now.
    Here(Presence),
    /// They have begun something, and do not write right now.
    Begun(String, Draft),
}

/// The topic of who is in a ticket.
pub fn topic(id: TicketId) -> String {
    format!("presence:{id}")
}

/// The actor is in a ticket and does this there; nothing for "left". Whoever did the same a moment ago disturbs nobody.
///
/// # Errors
/// [`TicketError::Unknown`] for a ticket of no or another workspace, a missing permission, or the database's.
pub fn come(tx: &mut Tx<'_>, actor: &Actor, id: TicketId, doing: Option<Doing>) -> Result<(), TicketError> {
    actor.must(Permission::TicketsRead)?;
    tickets::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    let Some(agent) = actor.agent() else {
        return Ok(());
    };
    let (now, gone) = (tx.now(), tx.now().minus(PATIENCE));
    let before = store::find(tx, actor.workspace, id, agent)?.filter(|row| row.beat_at > gone);
    let row = match (doing, before) {
        (None, None) => return Ok(()),
        // Who leaves was last heard too long ago.
        (None, Some(before)) => store::Row {
            moved_at: now,
            beat_at: gone,
            ..before
        },
        (Some(doing), Some(before)) if before.doing == doing => store::Row {
            beat_at: now,
            ..before
        },
        (Some(doing), _) => store::Row {
            agent,
            doing,
            since: now,
            moved_at: now,
            beat_at: now,
        },
    };
    let has_moved = row.moved_at == now;
    store::put(tx, actor.workspace, id, &row)?;
    if has_moved {
        tx.wake(WAKES);
    }
    Ok(())
}

/// Who is in a ticket, in the order in which they came.
///
/// # Errors
/// [`TicketError::Forbidden`], or the database's.
pub fn all(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<Vec<Presence>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let gone = tx.now().minus(PATIENCE);
    let mut here = Vec::new();
    for row in store::of_ticket(tx, actor.workspace, id, gone)? {
        // One look-up by key for each of a few.
        let Some(agent) = agents::find(tx, actor.workspace, row.agent)? else {
            continue;
        };
        here.push(Presence {
            agent: row.agent,
            name: agent.name,
            doing: row.doing,
            since: row.since,
        });
    }
    Ok(here)
}

/// Who else is in a ticket, those who write first, and what others have begun.
///
/// # Errors
/// As of [`all`].
pub fn others(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<Vec<Other>, TicketError> {
    let mut here = all(tx, actor, id)?;
    here.retain(|one| Some(one.agent) != actor.agent());
    here.sort_by_key(|one| one.since);
    let mut others = Vec::new();
    for draft in drafts::of_others(tx, actor, id)? {
        let writes = |one: &Presence| one.agent == draft.agent && one.doing != Doing::Viewing;
        if here.iter().any(writes) {
            continue;
        }
        if let Some(agent) = agents::find(tx, actor.workspace, draft.agent)? {
            others.push(Other::Begun(agent.name, draft));
        }
    }
    let (viewing, writing): (Vec<_>, Vec<_>) = here.into_iter().partition(|one| one.doing == Doing::Viewing);
    let writing = writing.into_iter().map(Other::Here);
    let viewing = viewing.into_iter().map(Other::Here);
    Ok(writing.chain(others).chain(viewing).collect())
}

/// What a page shows of whoever else is in a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// Who else is here, and what others left unsent.
    pub others: Vec<Other>,
    /// What others have written so far.
    pub drafts: Vec<Draft>,
    /// Who took over what the actor had begun, by signature, and when.
    pub taken: Option<(String, Timestamp)>,
}

/// Who else is in a ticket, with what they have written so far.
///
/// # Errors
/// As of [`all`].
pub fn room(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<Room, TicketError> {
    Ok(Room {
        others: others(tx, actor, id)?,
        drafts: drafts::of_others(tx, actor, id)?,
        taken: drafts::taken(tx, actor, id)?,
    })
}

/// Wakes those who see the actor in a ticket: what they show of them is another by now.
pub(super) fn stir(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<(), TicketError> {
    let Some(agent) = actor.agent() else {
        return Ok(());
    };
    let (now, gone) = (tx.now(), tx.now().minus(PATIENCE));
    let here = store::find(tx, actor.workspace, id, agent)?;
    if let Some(row) = here.filter(|row| row.beat_at > gone) {
        store::put(tx, actor.workspace, id, &store::Row { moved_at: now, ..row })?;
        tx.wake(WAKES);
    }
    Ok(())
}

/// Forgets who was where before a moment, in all workspaces.
pub(super) fn forget(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), DbError> {
    store::forget(tx, before)
}

/// Whose presence moved since a moment, with when.
fn since(tx: &mut Tx<'_>, at: Timestamp) -> Result<Vec<tandem_core::live::Moved>, DbError> {
    store::moved(tx, at)
}
