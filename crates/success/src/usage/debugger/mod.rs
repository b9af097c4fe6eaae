//! The event debugger: is my tracking right? What came, what was rejected and why, how to mend it, and sending it again.

mod again;
pub mod api;
pub mod bulk;
mod documents;
mod failures;
mod filter;
mod store;
pub(super) mod views;
pub mod web;
mod whose;

use kit::db::{DbError, Tx};
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::log::refusals::{self, NewRefusal, Refusal, RefusalId};
use super::log::{self, BatchId, Logged, unpacked};
use super::protocol::{Refused, read};
use super::sources::SourceId;

pub use again::{Replayed, replay};
pub use filter::{Asked, Filter};
pub use whose::{Whose, whose};

/// How many batches are looked into at once for the newest events, and how many rejected events are looked through.
const BATCHES: i64 = 40;
const PART: i64 = 200;
/// How often, for one page.
const PARTS: usize = 5;
/// How many events are shown.
const SHOWN: usize = 100;

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

/// What came, as far as it was looked at.
#[derive(Clone, Debug, Default)]
pub struct Came {
    /// The events, the newest first.
    pub events: Vec<Seen>,
    /// Before which batch it goes on; none at the end of the log.
    pub next: Option<BatchId>,
}

/// What was rejected, as far as it was looked at.
#[derive(Clone, Debug, Default)]
pub struct Rejected {
    /// The newest first.
    pub refusals: Vec<Refusal>,
    /// Before which it goes on; none at the end.
    pub next: Option<RefusalId>,
}

/// The newest events that a filter lets through and that came before a batch: a hundred, or all that came together with the
/// hundredth.
///
/// # Errors
/// [`DebugError::Forbidden`], or the database's.
pub fn newest(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: &Filter,
    before: Option<BatchId>,
) -> Result<Came, DebugError> {
    actor.must(Permission::UsageRead)?;
    let (mut came, mut place) = (Came::default(), before);
    for _ in 0..PARTS {
        let batches = log::newest(tx, actor.workspace, filter.source, place, BATCHES)?;
        let is_all = batches.len() as i64 != BATCHES;
        for batch in batches {
            place = Some(batch.id);
            let mut events = unpacked(&batch.body);
            // What came together is packed in another order.
            events.sort_by_key(|event| std::cmp::Reverse(event.header.happened));
            let seen = events.into_iter().map(|event| Seen {
                source: batch.source,
                event,
            });
            came.events.extend(seen.filter(|seen| filter.takes(seen)));
            if came.events.len() >= SHOWN {
                came.next = place;
                return Ok(came);
            }
        }
        if is_all {
            return Ok(came);
        }
    }
    came.next = place;
    Ok(came)
}

/// Up to `limit` of the newest events that were rejected, that a filter lets through and that came before one.
///
/// # Errors
/// As of [`newest`].
pub fn rejected(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: &Filter,
    before: Option<RefusalId>,
    limit: usize,
) -> Result<Rejected, DebugError> {
    actor.must(Permission::UsageRead)?;
    let (mut found, mut place) = (Rejected::default(), before);
    let which = (filter.source, filter.reason);
    for _ in 0..PARTS {
        let part = refusals::newest_of(tx, actor.workspace, which, place, PART)?;
        let is_all = part.len() as i64 != PART;
        for refusal in part {
            if found.refusals.len() == limit {
                found.next = place;
                return Ok(found);
            }
            place = Some(refusal.id);
            if filter.takes_rejected(&refusal) {
                found.refusals.push(refusal);
            }
        }
        if is_all {
            return Ok(found);
        }
    }
    found.next = place;
    Ok(found)
}

/// A rejected event.
///
/// # Errors
/// As of [`newest`].
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: RefusalId) -> Result<Refusal, DebugError> {
    actor.must(Permission::UsageRead)?;
    refusals::find(tx, actor.workspace, id)?.ok_or(DebugError::Unknown)
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
