//! Refusals: what was sent and not taken, with the reason, until somebody sends it again or it is too old.

mod store;

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use tandem_core::workspaces::WorkspaceId;

use crate::usage::folding::FOLDED;
use crate::usage::protocol::{LARGEST_EVENT, Reason, Refused};
use crate::usage::sources::SourceId;

kit::id! {
    /// Something that was sent and not taken.
    RefusalId, "rfs"
}

/// How long refusals are kept.
pub const KEPT: Duration = Duration::from_secs(30 * 86_400);

/// How many refusals of one source are kept within an hour.
pub const MOST: i64 = 1_000;
/// How much is kept of an event that is too large.
const BEGINNING: usize = 2 * 1024;
/// How many are looked through at once for what a person left.
const PART: i64 = 500;

/// Something that was sent and not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Its id.
    pub id: RefusalId,
    /// Where it came from.
    pub source: SourceId,
    /// When it came.
    pub received: Timestamp,
    /// When it was sent, by the sender's clock.
    pub sent: Option<Timestamp>,
    /// The call, as far as it could be read.
    pub call: String,
    /// Why it was not taken.
    pub reason: Reason,
    /// What of it is wrong.
    pub about: String,
    /// What was sent.
    pub body: String,
    /// Whether that is all of it.
    pub is_whole: bool,
    /// Who sent it again, and when.
    pub settled: Option<(String, Timestamp)>,
}

impl Refusal {
    /// Whether it can be sent again and was not yet.
    pub fn is_open(&self) -> bool {
        self.is_whole && self.settled.is_none()
    }
}

/// A refusal in the making.
#[derive(Clone, Debug)]
pub struct NewRefusal {
    received: Timestamp,
    sent: Option<Timestamp>,
    call: String,
    reason: Reason,
    about: String,
    body: Vec<u8>,
    /// Whether the body is all that was sent.
    pub is_whole: bool,
}

impl NewRefusal {
    /// The refusal of an item that came at `received`; of a huge one only the beginning is kept.
    pub fn of(refused: &Refused, (received, sent): (Timestamp, Option<Timestamp>)) -> Self {
        // What is too large can't be sent again as it is; its beginning says which it was.
        let most = if refused.reason == Reason::Large {
            BEGINNING
        } else {
            LARGEST_EVENT
        };
        let mut end = refused.body.len().min(most);
        while !refused.body.is_char_boundary(end) {
            end -= 1;
        }
        let plain = |text: &str| text.chars().filter(|c| *c != '\0').take(200).collect();
        Self {
            received,
            sent,
            call: plain(&refused.call),
            reason: refused.reason,
            about: plain(&refused.about),
            is_whole: end == refused.body.len(),
            body: refused.body.as_bytes()[..end].to_vec(),
        }
    }
}

/// Keeps refusals as long as their source does not have [`MOST`] of the last hour: whoever knows a write key, and it stands in
/// public pages, fills no disk.
///
/// # Errors
/// [`DbError`] of the database.
pub fn keep_some(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    source: SourceId,
    all: &[NewRefusal],
) -> Result<(), DbError> {
    if all.is_empty() {
        return Ok(());
    }
    let hour_ago = tx.now().minus(Duration::from_secs(3_600));
    let recent = store::since(tx, workspace, source, (hour_ago, MOST))?;
    let room = usize::try_from(MOST - recent).unwrap_or_default();
    // Not many, however many are sent: there is room for a thousand an hour.
    let mut some = all.iter().take(room);
    some.try_for_each(|one| keep(tx, workspace, source, one))
}

/// Keeps a refusal.
///
/// # Errors
/// [`DbError`] of the database.
pub fn keep(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    source: SourceId,
    new: &NewRefusal,
) -> Result<(), DbError> {
    let id: RefusalId = tx.new_id();
    store::insert(tx, workspace, (id, source), new)?;
    tx.wake(FOLDED);
    Ok(())
}

/// The refusal with this id.
///
/// # Errors
/// [`DbError`] of the database.
pub fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: RefusalId) -> Result<Option<Refusal>, DbError> {
    store::find(tx, workspace, id)
}

/// Up to `limit` refusals, the newest first; of one source or of all, before one that was seen.
///
/// # Errors
/// [`DbError`] of the database.
pub fn newest(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    source: Option<SourceId>,
    before: Option<RefusalId>,
    limit: i64,
) -> Result<Vec<Refusal>, DbError> {
    store::newest(tx, workspace, (source, None), before, limit)
}

/// As of [`newest`], those that were rejected for a reason or for any.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn newest_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    which: (Option<SourceId>, Option<Reason>),
    before: Option<RefusalId>,
    limit: i64,
) -> Result<Vec<Refusal>, DbError> {
    store::newest(tx, workspace, which, before, limit)
}

/// How many can be sent again and were not yet: of a source or of all, for a reason or for any.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn open(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (source, reason): (Option<SourceId>, Option<Reason>),
) -> Result<i64, DbError> {
    store::open(tx, workspace, source, reason.map_or("", Reason::as_str))
}

/// Says that a refusal was sent again; `false` when somebody was quicker.
///
/// # Errors
/// [`DbError`] of the database.
pub fn settle(tx: &mut Tx<'_>, workspace: WorkspaceId, id: RefusalId, by: &str) -> Result<bool, DbError> {
    let now = tx.now();
    let is_settled = store::settle(tx, workspace, id, (by, now))?;
    tx.wake(FOLDED);
    Ok(is_settled)
}

pub(in crate::usage) fn moved_since(
    tx: &mut Tx<'_>,
    since: Timestamp,
) -> Result<Vec<(WorkspaceId, Timestamp)>, DbError> {
    store::moved_since(tx, since)
}

/// Forgets the refusals of a part whose body `names` somebody; gives where the next part begins.
pub(super) fn scrub(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    before: Option<RefusalId>,
    names: impl Fn(&str) -> bool,
) -> Result<Option<RefusalId>, DbError> {
    let part = store::newest(tx, workspace, (None, None), before, PART)?;
    for refusal in part.iter().filter(|refusal| names(&refusal.body)) {
        store::delete(tx, workspace, refusal.id)?;
    }
    Ok(part.last().map(|last| last.id))
}

pub(super) fn sweep(tx: &mut Tx<'_>, end: Timestamp, limit: i64) -> Result<u64, DbError> {
    store::sweep(tx, end, limit)
}
