//! Taking items: each is read by itself, what fits goes into the log, what does not becomes a refusal, in one transaction.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use kit::clock::Timestamp;
use kit::db::{Db, DbError, Tx};
use kit::id::Ids;
use tandem_core::workspaces::WorkspaceId;

use super::event::{Call, Event, read};
use super::reason::Refused;
use crate::usage::log::refusals::{self, NewRefusal};
use crate::usage::log::{self, Entry, Mark};
use crate::usage::sources::{Gate, SourceId};

/// What became of the items of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many are in the log now.
    pub accepted: usize,
    /// How many were there already.
    pub duplicates: usize,
    /// Those that were not taken.
    pub refused: Vec<Refused>,
}

/// Takes items that came at a gate; answers once they are on disk.
///
/// # Errors
/// [`DbError`] of the database; nothing was taken then.
pub async fn take(
    db: &Db,
    gate: &Gate,
    items: &[&str],
    (call, sent): (Option<Call>, Option<Timestamp>),
) -> Result<Outcome, DbError> {
    let received = db.clock().now();
    let (mut outcome, entries) = read_all(db.ids(), gate.source, items, (call, received, sent));
    let kept = kept(&outcome.refused, (received, sent));
    let offered = entries.len();
    let fresh = store(db, gate, log::Batch::cut(received, entries), kept).await?;
    outcome.accepted = fresh;
    outcome.duplicates += offered - fresh;
    metrics::counter!("usage_events_total").increment(fresh as u64);
    metrics::counter!("usage_refused_total").increment(outcome.refused.len() as u64);
    Ok(outcome)
}

/// Takes items of a body that was refused as a whole when it came at `received`.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn take_again(
    tx: &mut Tx<'_>,
    (workspace, source): (WorkspaceId, SourceId),
    items: &[&str],
    (received, sent): (Timestamp, Option<Timestamp>),
) -> Result<Outcome, DbError> {
    let (mut outcome, entries) = read_all(tx.ids(), source, items, (None, received, sent));
    refusals::keep_some(tx, workspace, source, &kept(&outcome.refused, (received, sent)))?;
    let offered = entries.len();
    for batch in log::Batch::cut(tx.now(), entries) {
        outcome.accepted += log::append(tx, workspace, source, &batch)?;
    }
    outcome.duplicates += offered - outcome.accepted;
    Ok(outcome)
}

/// Reads items: what fits is an entry, the rest is refused.
fn read_all(
    ids: &Ids,
    source: SourceId,
    items: &[&str],
    (call, received, sent): (Option<Call>, Timestamp, Option<Timestamp>),
) -> (Outcome, Vec<Entry>) {
    let mut outcome = Outcome::default();
    let (mut entries, mut seen) = (Vec::with_capacity(items.len()), HashSet::new());
    let mut nameless = Nameless::default();
    for (index, item) in items.iter().enumerate() {
        match read(item, index, call, (received, sent)) {
            Ok(event) => {
                let mut entry = Entry::of(ids, &event, item);
                if let Some(mark) = nameless.mark(source, &event, item) {
                    entry.message = mark;
                }
                if seen.insert(entry.message) {
                    entries.push(entry);
                } else {
                    outcome.duplicates += 1;
                }
            }
            Err(refused) => outcome.refused.push(*refused),
        }
    }
    (outcome, entries)
}

/// What of the refused may be kept.
fn kept(refused: &[Refused], times: (Timestamp, Option<Timestamp>)) -> Vec<NewRefusal> {
    let most = usize::try_from(refusals::MOST).unwrap_or_default();
    let some = refused.iter().take(most);
    some.map(|refused| NewRefusal::of(refused, times)).collect()
}

/// Marks for events without an id of their sender's that say when they were: what says the same of the same moment came
/// again, unless it stands several times in one request. Whatever says no time can't be told from another of its kind.
#[derive(Default)]
struct Nameless<'a>(HashMap<&'a str, u32>);

impl<'a> Nameless<'a> {
    fn mark(&mut self, source: SourceId, event: &Event, item: &'a str) -> Option<Mark> {
        if event.message.is_some() {
            return None;
        }
        let at = event.stamps.original.or(event.stamps.sent)?.0;
        let nth = self.0.entry(item).and_modify(|nth| *nth += 1).or_default();
        let call = event.call.as_str();
        Some(log::mark_of(&format!("{source} {call} {at} {nth} {item}")))
    }
}

/// Keeps what a request brought; gives how many of the entries were new.
async fn store(
    db: &Db,
    gate: &Gate,
    batches: Vec<log::Batch>,
    kept: Vec<NewRefusal>,
) -> Result<usize, DbError> {
    if batches.is_empty() && kept.is_empty() {
        return Ok(0);
    }
    let (workspace, source) = (gate.workspace, gate.source);
    let brought = Arc::new((batches, kept));
    let once = || {
        let brought = Arc::clone(&brought);
        db.write_committed(move |tx| {
            let (batches, kept) = &*brought;
            refusals::keep_some(tx, workspace, source, kept)?;
            let mut fresh = 0;
            for batch in batches {
                fresh += log::append(tx, workspace, source, batch)?;
            }
            Ok::<_, DbError>(fresh)
        })
    };
    match once().await {
        // Whether it is stored nobody knows, and the sender would hear that it is not. The marks know what came before.
        Err(DbError::Unknown) => once().await,
        done => done,
    }
}
