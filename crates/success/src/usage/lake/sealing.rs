//! Sealing: rows of the log become a file. The file is written and stored first; one transaction then puts its row in the
//! place of theirs, unless one of them was changed meanwhile. Cut off anywhere, nothing is lost and nothing counted twice: a
//! blob without a row is swept.

use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use kit::blob::{self, Stored};
use kit::day::Day;
use kit::db::{Db, DbError, Tx};
use kit::id::TypedId;
use kit::jobs::{About, Errand, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::events::{self, NewEvent};
use tandem_core::workspaces::WorkspaceId;

use super::{File, LIST, LakeError, MEDIA, Measured, Row, SEALED, UsageFileId, blobs, file, packed, store};
use crate::usage::log::sealable::{self, Sealable, store as batches};
use crate::usage::log::{BatchId, unpacked};
use crate::usage::own;
use crate::usage::sources::SourceId;

/// What may be sealed.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// So many of the newest rows of each source stay in the log: more than the debugger looks into.
    pub newest: i64,
    /// Rows younger than this stay, and a day is over so long after its end.
    pub age: Duration,
    /// Whether a day that is not over is sealed only in whole files.
    pub waits: bool,
    /// The most events of a file.
    pub events: i64,
    /// The most bytes of the rows of a file, packed as the log has them: some eight times as many are held in memory.
    pub bytes: i64,
}

impl Default for Rule {
    fn default() -> Self {
        Self {
            newest: 50,
            age: Duration::from_secs(3_600),
            waits: true,
            events: 100_000,
            bytes: 8 << 20,
        }
    }
}

/// Seals what may be sealed in a workspace.
#[derive(Debug, Serialize, Deserialize)]
pub struct Seal {}

/// Lets every workspace that has something to seal be looked at.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

impl Job for Seal {
    const KIND: &'static str = "usage.seal";
    const LANE: Lane = Lane::Slow;
}

impl Job for Turn {
    const KIND: &'static str = "usage.seal-turn";
    const LANE: Lane = Lane::Slow;
}

/// Queues a [`Seal`] for each workspace whose log has folded rows.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    for workspace in batches::workspaces(tx)? {
        let job = Seal {};
        Queue::new(&job).workspace(workspace).key("all").put(tx)?;
    }
    Ok(())
}

/// Seals file after file, until nothing is left that may be.
///
/// # Errors
/// Trouble of the database or of the blob store; it is then tried again.
pub async fn seal(errand: Errand, _: Seal) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    while one(errand.db(), workspace, Rule::default()).await?.is_some() {
        errand.go_on()?;
    }
    Ok(())
}

/// Seals everything that a rule allows; gives how many files were made.
///
/// # Errors
/// Trouble of the database or of the blob store.
pub async fn seal_all(db: &Db, workspace: WorkspaceId, rule: Rule) -> Result<usize, LakeError> {
    let mut files = 0;
    while let Some(is_made) = one(db, workspace, rule).await? {
        files += usize::from(is_made);
    }
    Ok(files)
}

/// What becomes one file.
#[derive(Debug)]
struct Part {
    day: Day,
    batches: Vec<Sealable>,
    bodies: Vec<(SourceId, Vec<u8>)>,
}

/// Seals one file, and says whether it was made: rows may be changed meanwhile, or have nothing in them. None when there is
/// nothing to seal.
async fn one(db: &Db, workspace: WorkspaceId, rule: Rule) -> Result<Option<bool>, LakeError> {
    let Some(mut part) = db.report(move |tx| part(tx, workspace, rule)).await? else {
        return Ok(None);
    };
    let bodies = std::mem::take(&mut part.bodies);
    let rows = Arc::new(super::aside(move || rows_of(&bodies)).await?);
    let (part, blobs) = (Arc::new(part), blobs(db)?);
    // All that came may have been of persons who are erased.
    let stored = match rows.is_empty() {
        true => None,
        false => Some(blobs.put_bytes(packed(Arc::clone(&rows)).await?).await?),
    };
    let written = stored.clone();
    let done = db.write(move |tx| replace(tx, workspace, &part, (&rows, written.as_ref())));
    match done.await {
        Ok(()) => Ok(Some(stored.is_some())),
        Err(error) => {
            if let Some(stored) = &stored {
                // The sweep takes it otherwise.
                let _ = blobs.discard(stored).await;
            }
            match error {
                // Read again at once: what changed them is done.
                LakeError::Moved => Ok(Some(false)),
                error => Err(error),
            }
        }
    }
}

/// The oldest rows that belong in one file: of one day, folded by one zone's days, counted alike.
fn part(tx: &mut Tx<'_>, workspace: WorkspaceId, rule: Rule) -> Result<Option<Part>, DbError> {
    let end = tx.now().minus(rule.age);
    let generation = own::generation(tx, workspace)?;
    let mut waiting = sealable::until(tx, workspace, end, rule.newest)?.into_iter();
    let Some(first) = waiting.find(|batch| batch.measured >= generation) else {
        return Ok(None);
    };
    let day = |batch: &Sealable| Day::of(batch.received, &TimeZone::UTC);
    let of = day(&first);
    let belongs =
        |batch: &Sealable| day(batch) == of && batch.zone == first.zone && batch.measured == first.measured;
    let (mut events, mut bytes, mut is_full) = (first.events, first.bytes, false);
    let mut batches = vec![first.clone()];
    for batch in waiting.filter(belongs) {
        is_full = events + batch.events > rule.events || bytes + batch.bytes > rule.bytes;
        if is_full {
            break;
        }
        (events, bytes) = (events + batch.events, bytes + batch.bytes);
        batches.push(batch);
    }
    if rule.waits && !is_full && Day::of(end, &TimeZone::UTC) <= of {
        return Ok(None);
    }
    let ids = ids(&batches);
    let bodies = batches::bodies(tx, workspace, &ids)?;
    Ok(Some(Part {
        day: of,
        batches,
        bodies,
    }))
}

fn rows_of(bodies: &[(SourceId, Vec<u8>)]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (source, body) in bodies {
        let events = unpacked(body).into_iter();
        rows.extend(events.map(|event| Row {
            source: *source,
            event,
        }));
    }
    // Engines that look for a time leave out what is sorted by it.
    rows.sort_by_key(|row| row.event.header.happened);
    rows
}

/// Puts the file in the place of its rows.
fn replace(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    part: &Part,
    (rows, stored): (&[Row], Option<&Stored>),
) -> Result<(), LakeError> {
    let ids = ids(&part.batches);
    let states = batches::states(tx, workspace, &ids)?;
    let mut read: Vec<(BatchId, i64, i64)> = part
        .batches
        .iter()
        .map(|batch| (batch.id, batch.measured, batch.revision))
        .collect();
    read.sort_unstable();
    if states != read {
        return Err(LakeError::Moved);
    }
    batches::remove(tx, workspace, &ids)?;
    let times = file::received(rows).zip(file::happened(rows));
    let (Some(stored), Some((received, happened)), Some(first)) = (stored, times, part.batches.first())
    else {
        return Ok(());
    };
    let id: UsageFileId = tx.new_id();
    let blob = blob::add(tx, workspace.uuid(), stored, MEDIA, &id.to_string())?;
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let sealed = File {
        id,
        day: part.day,
        zone: first.zone.clone(),
        blob,
        events: number(rows.len()),
        bytes: i64::try_from(stored.size).unwrap_or(i64::MAX),
        batches: number(part.batches.len()),
        span: (read[0].0, read[read.len() - 1].0),
        received,
        happened,
        sealed_at: tx.now(),
        measured: Measured {
            whole: first.measured,
            next: first.measured,
            rows: 0,
        },
        revision: 0,
    };
    store::insert(tx, workspace, &sealed)?;
    let event = NewEvent::of(&SEALED, id)
        .topic(LIST)
        .payload(json!({ "day": sealed.day }));
    events::record(tx, &Actor::system(workspace, "usage"), event)?;
    Ok(())
}

fn ids(batches: &[Sealable]) -> Vec<BatchId> {
    batches.iter().map(|batch| batch.id).collect()
}
