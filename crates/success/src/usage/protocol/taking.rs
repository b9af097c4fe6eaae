//! Taking items: each is read by itself, what fits goes into the log, what does not becomes a refusal, in one transaction.

use std::collections::HashSet;

use kit::clock::Timestamp;
use kit::db::{Db, DbError};

use super::event::{Call, read};
use super::reason::Refused;
use crate::usage::log::refusals::{self, NewRefusal};
use crate::usage::log::{self, Entry};
use crate::usage::sources::Gate;

/// How many refusals of one request are kept; the sender hears of all.
const KEPT: usize = 20;

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
    let mut outcome = Outcome::default();
    let (mut entries, mut seen) = (Vec::with_capacity(items.len()), HashSet::new());
    for (index, item) in items.iter().enumerate() {
        match read(item, index, call, (received, sent)) {
            Ok(event) => {
                let entry = Entry::of(db.ids(), &event, item);
                if seen.insert(entry.message) {
                    entries.push(entry);
                } else {
                    outcome.duplicates += 1;
                }
            }
            Err(refused) => outcome.refused.push(*refused),
        }
    }
    let kept: Vec<NewRefusal> = outcome
        .refused
        .iter()
        .take(KEPT)
        .map(|refused| NewRefusal::of(refused, (received, sent)))
        .collect();
    let offered = entries.len();
    let fresh = store(db, gate, log::Batch::cut(received, entries), kept).await?;
    outcome.accepted = fresh;
    outcome.duplicates += offered - fresh;
    metrics::counter!("usage_events_total").increment(fresh as u64);
    metrics::counter!("usage_refused_total").increment(outcome.refused.len() as u64);
    Ok(outcome)
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
    db.write_committed(move |tx| {
        refusals::keep_some(tx, workspace, source, &kept)?;
        let mut fresh = 0;
        for batch in &batches {
            fresh += log::append(tx, workspace, source, batch)?;
        }
        Ok(fresh)
    })
    .await
}
