//! Workspaces side by side: whoever has shown themselves good for several goes from one to the next without a door.
//!
//! A *reach* is a row of a session: another workspace, as which agent, and until when that holds. It comes from a proof
//! and from nothing else; that two agents have the same address gives none. It is gone when the agent's password or
//! second step changes. Using the session keeps it open, as it keeps the session, and never for longer after the proof than
//! a session lasts at most.

mod store;
mod views;
pub mod web;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use serde::{Deserialize, Serialize};

use super::{
    Arrival, Carried, CodeStep, Entering, Proof, SESSION_LIFE, Session, SessionId, Visitor, arrive_carrying,
};
use crate::workspaces::WorkspaceId;

/// A workspace that a session's owner may go to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// The workspace, and who they are there.
    pub who: Entering,
    /// Whether they have shown all that is asked there; else the code of an authenticator may be asked yet.
    pub is_whole: bool,
    /// When it lapses unless the session is used before.
    pub until: Timestamp,
    /// When it lapses however much the session is used; none where it only lapses.
    #[serde(default)]
    pub ends_at: Option<Timestamp>,
}

impl Reach {
    /// When it lapses at the latest.
    fn most(&self) -> Timestamp {
        self.ends_at.unwrap_or(self.until)
    }
}

/// A workspace in the list to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// Its name.
    pub name: String,
    /// The name of the agent that the session's owner is there.
    pub agent_name: String,
    /// Their address there.
    pub email: String,
}

/// Where the session's owner may go, by name.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of(tx: &mut Tx<'_>, session: &Session) -> Result<Vec<Elsewhere>, DbError> {
    let now = tx.now();
    store::open(tx, session.workspace, session.id, now)
}

/// Takes the session's owner to another workspace; `None` when they have not shown themselves good for it. The session
/// they had ends once the new one begins, and the way back stays open.
///
/// # Errors
/// [`DbError`] of the database.
pub fn go(
    tx: &mut Tx<'_>,
    session: &Session,
    to: WorkspaceId,
    visitor: &Visitor,
) -> Result<Option<Arrival>, DbError> {
    let mut reaches = carried(tx, session)?;
    let Some(at) = reaches.iter().position(|reach| reach.who.workspace == to) else {
        return Ok(None);
    };
    let there = reaches.remove(at);
    let proof = if there.is_whole { Proof::Two } else { Proof::One };
    let carried = Carried {
        reaches,
        until: Some(there.most()),
    };
    let step = CodeStep {
        who: there.who,
        next: "/".to_owned(),
        carried,
    };
    arrive_carrying(tx, step, proof, visitor).map(Some)
}

/// What a session takes along: what it reaches now, and its own workspace.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn carried(tx: &mut Tx<'_>, session: &Session) -> Result<Vec<Reach>, DbError> {
    let now = tx.now();
    let mut reaches = store::reaches(tx, session.workspace, session.id, now)?;
    let who = Entering {
        workspace: session.workspace,
        agent: session.agent,
    };
    if let Some(until) = session.expiry_when_used(now) {
        reaches.push(Reach {
            who,
            is_whole: true,
            until,
            ends_at: session.ends_at,
        });
    }
    Ok(reaches)
}

/// Keeps what a session reaches.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    session: SessionId,
    reaches: &[Reach],
) -> Result<(), DbError> {
    for reach in reaches.iter().filter(|reach| reach.who.workspace != workspace) {
        store::insert(tx, workspace, session, reach)?;
    }
    Ok(())
}

/// What a session reaches lasts on from now, as the session does that is used.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn note_use(tx: &mut Tx<'_>, session: &Session) -> Result<(), DbError> {
    let now = tx.now();
    // A session reaches a handful of workspaces, and its use is noted now and then.
    for reach in store::reaches(tx, session.workspace, session.id, now)? {
        let until = now.plus(SESSION_LIFE).min(reach.most()).max(reach.until);
        if until != reach.until {
            store::insert(tx, session.workspace, session.id, &Reach { until, ..reach })?;
        }
    }
    Ok(())
}

/// The session reaches `who` too, for as long as it lasts itself: its owner has just become them.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn reach(tx: &mut Tx<'_>, session: &Session, who: Entering) -> Result<(), DbError> {
    let now = tx.now();
    let reach = Reach {
        who,
        is_whole: true,
        until: session.expiry_when_used(now).unwrap_or(now.plus(SESSION_LIFE)),
        ends_at: session.ends_at,
    };
    store::insert(tx, session.workspace, session.id, &reach)
}

/// No session reaches this agent any more: what they sign in with is another now.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn forget(tx: &mut Tx<'_>, who: Entering) -> Result<(), DbError> {
    store::forget(tx, who)
}

/// Removes what has lapsed.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn sweep(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let now = tx.now();
    store::sweep(tx, now)
}
