//! The log: every event that was taken, as it came, in the order in which it came.
//!
//! What came together is one row, compressed, with the marks of its events beside it, so that what comes again is not
//! taken again. A batch is appended, and marked once it is folded into roll-ups; what was folded leaves the log for the
//! [lake](super::lake), which reads both ([why](../../../../../docs/decisions/0036-usage-in-a-log.md)).

mod again;
mod entry;
pub mod jobs;
pub mod refusals;
pub mod scrubbing;
pub(in crate::usage) mod sealable;
mod store;

use std::time::Duration;

use jiff::tz::TimeZone;
use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use tandem_core::workspaces::WorkspaceId;

pub(in crate::usage) use again::again;
pub use entry::{Entry, Header, Logged, Mark, unpacked};
pub(crate) use entry::{Line, Text, each_header};
pub(in crate::usage) use entry::{mark_of, unpacked_size};
pub use store::{Pending, bodies, mark_folded, pending, waiting, waits_since};

use crate::usage::TOPIC;
use crate::usage::sources::SourceId;

kit::id! {
    /// Events that came together.
    BatchId, "bat"
}

/// How long an event that comes again is known.
pub const KNOWN: Duration = Duration::from_secs(48 * 3_600);

/// How much longer one is known that came with a file of the past: files are mended and brought again weeks later.
pub const KNOWN_LONGER: Duration = Duration::from_secs(88 * 86_400);

/// The most events of a batch.
const LARGEST: usize = 500;

/// Events that came together, ready to be stored.
#[derive(Clone, Debug)]
pub struct Batch {
    received: Timestamp,
    /// From when on its marks grow old.
    marked: Timestamp,
    entries: Vec<Entry>,
    body: Vec<u8>,
}

/// A batch as the log has it.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its id.
    pub id: BatchId,
    /// Where it came from.
    pub source: SourceId,
    /// When it came.
    pub received: Timestamp,
    /// How many events it has.
    pub events: i64,
    /// Its events, compressed; [`unpacked`] reads them.
    pub body: Vec<u8>,
    /// By which zone's days it was folded; none before that, and where nobody kept it.
    pub zone: Option<String>,
}

impl Batch {
    /// Packs entries that came at `received`.
    pub fn of(received: Timestamp, mut entries: Vec<Entry>) -> Self {
        // Whoever stores the same marks at the same moment waits for the other, and never the two for each other.
        entries.sort_by_key(|entry| entry.message);
        let body = entry::packed(entries.iter());
        Self {
            received,
            marked: received,
            entries,
            body,
        }
    }

    /// Packs entries in batches none of which is large: each is folded whole or not at all, within the time of a write.
    pub fn cut(received: Timestamp, mut entries: Vec<Entry>) -> Vec<Self> {
        // In one order everywhere, so that two that store the same marks never wait for each other.
        entries.sort_by_key(|entry| entry.message);
        let mut batches = Vec::new();
        while !entries.is_empty() {
            let rest = entries.split_off(entries.len().min(LARGEST));
            batches.push(Self::of(received, entries));
            entries = rest;
        }
        batches
    }

    /// As [`Batch::cut`], of events that came with a file of the past: their marks are kept [`KNOWN_LONGER`].
    pub fn cut_past(received: Timestamp, entries: Vec<Entry>) -> Vec<Self> {
        let mut batches = Self::cut(received, entries);
        for batch in &mut batches {
            batch.marked = received.plus(KNOWN_LONGER);
        }
        batches
    }

    /// How many events are in it.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Appends a batch; gives how many of its events were new. Those that are known already are not stored again.
///
/// # Errors
/// [`DbError`] of the database.
pub fn append(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    source: SourceId,
    batch: &Batch,
) -> Result<usize, DbError> {
    if batch.is_empty() {
        return Ok(0);
    }
    let id: BatchId = tx.new_id();
    let marks: Vec<&[u8]> = batch
        .entries
        .iter()
        .map(|entry| entry.message.as_slice())
        .collect();
    let fresh = store::mark_seen(tx, workspace, id, &marks, batch.marked)?;
    if fresh < batch.entries.len() {
        again::count(tx, workspace, id, &marks)?;
    }
    if batch.marked > batch.received && fresh < batch.entries.len() {
        // They may come again with a file, as those that are new.
        store::know_longer(tx, workspace, &marks, batch.marked)?;
    }
    let again;
    let (body, events) = if fresh == batch.entries.len() {
        (&batch.body, fresh)
    } else if fresh == 0 {
        return Ok(0);
    } else {
        let known = store::seen_elsewhere(tx, workspace, id, &marks)?;
        let fresh = || {
            batch
                .entries
                .iter()
                .filter(|entry| !known.contains(&entry.message))
        };
        again = entry::packed(fresh());
        (&again, fresh().count())
    };
    let new = New {
        id,
        source,
        received: batch.received,
        events: i64::try_from(events).unwrap_or(i64::MAX),
        body,
    };
    store::insert(tx, workspace, &new)?;
    tx.wake(TOPIC);
    Ok(events)
}

/// Takes away up to `limit` batches that came before a moment and are in the roll-ups; gives how many.
///
/// # Errors
/// [`DbError`] of the database.
pub fn sweep(tx: &mut Tx<'_>, workspace: WorkspaceId, end: Timestamp, limit: i64) -> Result<u64, DbError> {
    store::sweep_batches(tx, workspace, end, limit)
}

/// The zone by whose days a batch was folded; `today` where that is not known.
pub(crate) fn zone_of(folded: Option<&str>, today: &TimeZone) -> TimeZone {
    let folded = folded.and_then(|name| TimeZone::get(name).ok());
    folded.unwrap_or_else(|| today.clone())
}

/// How many events came before a moment, and how many since.
///
/// # Errors
/// [`DbError`] of the database.
pub fn stock(tx: &mut Tx<'_>, workspace: WorkspaceId, end: Timestamp) -> Result<(i64, i64), DbError> {
    store::stock(tx, workspace, end)
}

/// A row of the log in the making.
#[derive(Debug)]
struct New<'a> {
    id: BatchId,
    source: SourceId,
    received: Timestamp,
    events: i64,
    body: &'a [u8],
}

/// Up to `limit` batches, the newest first; of one source or of all, before one that was seen.
///
/// # Errors
/// [`DbError`] of the database.
pub fn newest(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    source: Option<SourceId>,
    before: Option<BatchId>,
    limit: i64,
) -> Result<Vec<Stored>, DbError> {
    store::newest(tx, workspace, source, before, limit)
}
