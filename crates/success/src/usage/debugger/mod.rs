//! The event debugger: is my tracking right? What came, what was rejected and why, how to mend it, and sending it again.

mod again;
mod failures;
mod views;
pub mod web;

use kit::db::{DbError, Tx};
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::{self, WorkspaceId};

use super::log::refusals::{self, NewRefusal, Refusal, RefusalId};
use super::log::{self, Logged, unpacked};
use super::people::{self, Unsettled};
use super::protocol::{Refused, read};
use super::sources::SourceId;

pub use again::{Replayed, replay};

/// How many batches are looked into for the newest events.
const BATCHES: i64 = 40;
/// How many events are shown.
const SHOWN: usize = 100;
/// How many names are shown whose events belong to no account.
const UNSETTLED: i64 = 50;
/// Over how many days.
const RECENT: i64 = 30;

/// An event as the debugger shows it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Where it came from.
    pub source: SourceId,
    /// The event.
    pub event: Logged,
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DebugError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such refusal here.
    #[error("there is no such rejected event")]
    Unknown,
    /// It was sent again already.
    #[error("it was sent again already")]
    Settled,
    /// It is wrong still, or in another way.
    #[error("it still can't be taken")]
    Refused(Box<Refused>),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// The newest events, the newest first; of one source or of all.
///
/// # Errors
/// [`DebugError::Forbidden`], or the database's.
pub fn newest(tx: &mut Tx<'_>, actor: &Actor, source: Option<SourceId>) -> Result<Vec<Seen>, DebugError> {
    actor.must(Permission::UsageRead)?;
    let mut all = Vec::new();
    for batch in log::newest(tx, actor.workspace, source, None, BATCHES)? {
        let mut events = unpacked(&batch.body);
        // What came together is packed in another order.
        events.sort_by_key(|event| std::cmp::Reverse(event.header.happened));
        all.extend(events.into_iter().map(|event| Seen {
            source: batch.source,
            event,
        }));
        if all.len() >= SHOWN {
            break;
        }
    }
    all.truncate(SHOWN);
    Ok(all)
}

/// The newest events that were rejected, of one source or of all.
///
/// # Errors
/// As of [`newest`].
pub fn rejected(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (source, before): (Option<SourceId>, Option<RefusalId>),
    limit: i64,
) -> Result<Vec<Refusal>, DebugError> {
    actor.must(Permission::UsageRead)?;
    Ok(refusals::newest(tx, actor.workspace, source, before, limit)?)
}

/// A rejected event.
///
/// # Errors
/// As of [`newest`].
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: RefusalId) -> Result<Refusal, DebugError> {
    actor.must(Permission::UsageRead)?;
    refusals::find(tx, actor.workspace, id)?.ok_or(DebugError::Unknown)
}

/// The names whose events of the last thirty days belong to no account, those with the most events first.
///
/// # Errors
/// As of [`newest`].
pub fn unsettled(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Unsettled>, DebugError> {
    actor.must(Permission::UsageRead)?;
    let since = workspaces::today(tx, actor.workspace)?.plus_days(-RECENT);
    Ok(people::unsettled(tx, actor.workspace, since, UNSETTLED)?)
}

/// Keeps an invented rejection: for sample data alone.
///
/// # Errors
/// [`DbError`] of the database.
pub fn invent(tx: &mut Tx<'_>, workspace: WorkspaceId, source: SourceId, text: &str) -> Result<(), DbError> {
    let now = tx.now();
    match read(text, 0, None, (now, None)) {
        Ok(_) => Ok(()),
        Err(refused) => refusals::keep(tx, workspace, source, &NewRefusal::of(&refused, (now, None))),
    }
}
