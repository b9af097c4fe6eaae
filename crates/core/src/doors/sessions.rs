//! Sessions as their owner sees them: which there are, when each was last used, ending them.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};

use super::{Entering, SESSION_LIFE, SIGNED_OUT, Session, SessionId, SessionKind, elsewhere, store};
use crate::actor::Actor;
use crate::events::{self, NewEvent};

/// How far behind the moment of the last use may be, so that reading does not write each time.
pub const COARSE: Duration = Duration::from_secs(5 * 60);

/// A session in the list of its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// The session.
    pub id: SessionId,
    /// What the browser called itself when it came in.
    pub browser: Option<String>,
    /// The address it was last seen at.
    pub source: Option<String>,
    /// When it came in.
    pub began_at: Timestamp,
    /// When it was last used, give or take [`COARSE`].
    pub last_used_at: Option<Timestamp>,
}

/// The actor's browser sessions that are open, the latest first.
///
/// # Errors
/// [`DbError`] of the database.
pub fn own(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<SessionRow>, DbError> {
    let Some(agent) = actor.agent() else {
        return Ok(Vec::new());
    };
    let now = tx.now();
    store::sessions_of(tx, actor.workspace, agent, now)
}

/// Ends one of the actor's own browser sessions; `false` when there is no such.
///
/// # Errors
/// [`DbError`] of the database.
pub fn end(tx: &mut Tx<'_>, actor: &Actor, id: SessionId) -> Result<bool, DbError> {
    let is_own = own(tx, actor)?.iter().any(|session| session.id == id);
    if is_own {
        super::leave(tx, actor, id)?;
    }
    Ok(is_own)
}

/// Ends all of the actor's browser sessions but `keep`; gives their number.
///
/// # Errors
/// [`DbError`] of the database.
pub fn end_others(tx: &mut Tx<'_>, actor: &Actor, keep: Option<SessionId>) -> Result<usize, DbError> {
    if let Some(agent) = actor.agent() {
        let workspace = actor.workspace;
        elsewhere::forget(tx, Entering { workspace, agent })?;
    }
    let others: Vec<_> = own(tx, actor)?
        .into_iter()
        .filter(|session| Some(session.id) != keep)
        .collect();
    for session in &others {
        super::leave(tx, actor, session.id)?;
    }
    Ok(others.len())
}

impl Session {
    /// Whether its use should be noted now: not yet, or not for [`COARSE`], or from another address.
    pub fn wants_note(&self, now: Timestamp, source: &str) -> bool {
        let is_fresh = self.last_used_at.is_some_and(|at| now.since(at) < COARSE);
        self.kind == SessionKind::Browser && (!is_fresh || self.source.as_deref() != Some(source))
    }

    /// When it expires once it is used now: later than before, and never after its end.
    pub(super) fn expiry_when_used(&self, now: Timestamp) -> Option<Timestamp> {
        let before = self.expires_at?;
        let latest = self.ends_at.unwrap_or(before);
        Some(now.plus(SESSION_LIFE).min(latest).max(before))
    }
}

/// Notes that a session was used from `source`, and that it lasts on from now.
///
/// # Errors
/// [`DbError`] of the database.
pub fn note_use(tx: &mut Tx<'_>, session: &Session, source: &str) -> Result<(), DbError> {
    let now = tx.now();
    elsewhere::note_use(tx, session)?;
    store::note_use(tx, session, session.expiry_when_used(now), source, now)
}

/// Ends every browser session of an agent: their password or second step is another now.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn end_all(tx: &mut Tx<'_>, actor: &Actor, who: Entering) -> Result<(), DbError> {
    let now = tx.now();
    elsewhere::forget(tx, who)?;
    for session in store::sessions_of(tx, who.workspace, who.agent, now)? {
        if store::end_session(tx, who.workspace, session.id, None, now)? {
            events::record(tx, actor, NewEvent::of(&SIGNED_OUT, session.id).topic(who.agent))?;
        }
    }
    Ok(())
}
