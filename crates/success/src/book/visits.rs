//! Until when somebody has seen what changed.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::Tx;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::permissions::Permission;

use super::{BookError, store};

/// How far back somebody looks who never said that they had seen anything.
const FIRST: Duration = Duration::from_secs(7 * 86_400);

/// Until when somebody has seen what changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The moment.
    pub until: Timestamp,
    /// What it was before they last said so.
    pub before: Timestamp,
    /// Grows each time they say so; 0 when they never did.
    pub version: i64,
}

/// Until when the actor has seen what changed at their accounts.
///
/// # Errors
/// [`BookError`].
pub fn visit(tx: &mut Tx<'_>, actor: &Actor) -> Result<Visit, BookError> {
    let agent = reader(actor)?;
    let first = tx.now().minus(FIRST);
    let never = Visit {
        until: first,
        before: first,
        version: 0,
    };
    Ok(store::visit(tx, actor.workspace, agent)?.unwrap_or(never))
}

/// The actor has seen everything up to a moment: that of the page they looked at. It never goes back, nor beyond now.
///
/// # Errors
/// [`BookError`].
pub fn see(tx: &mut Tx<'_>, actor: &Actor, until: Timestamp) -> Result<Visit, BookError> {
    let (agent, held) = (reader(actor)?, visit(tx, actor)?);
    let until = until.min(tx.now());
    if until <= held.until {
        return Ok(held);
    }
    let seen = Visit {
        until,
        before: held.until,
        version: held.version + 1,
    };
    store::put_visit(tx, actor.workspace, agent, &seen)?;
    Ok(seen)
}

/// Takes back that the actor has seen something, if that was the last they said.
///
/// # Errors
/// [`BookError::Superseded`] otherwise, and as of [`see`].
pub fn take_back(tx: &mut Tx<'_>, actor: &Actor, version: i64) -> Result<Visit, BookError> {
    let (agent, held) = (reader(actor)?, visit(tx, actor)?);
    if held.version != version || version == 0 {
        return Err(BookError::Superseded);
    }
    let back = Visit {
        until: held.before,
        before: held.before,
        version: held.version + 1,
    };
    store::put_visit(tx, actor.workspace, agent, &back)?;
    Ok(back)
}

fn reader(actor: &Actor) -> Result<AgentId, BookError> {
    actor.must(Permission::AccountsRead)?;
    actor.agent().ok_or(BookError::NoAgent)
}
