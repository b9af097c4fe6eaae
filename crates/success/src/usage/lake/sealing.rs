//! Sealing: rows of the log become a file. The file is written and stored first; one transaction then puts its row in the
//! place of theirs, unless one of them was changed meanwhile. Cut off anywhere, nothing is lost and nothing counted twice: a
//! blob without a row is swept.

use std::collections::{BTreeMap, BTreeSet};
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
use crate::usage::log::{BatchId, unpacked, unpacked_size};
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
    /// The most bytes of the rows of a file, packed as the log has them.
    pub bytes: i64,
    /// The most bytes of them once they are unpacked, which are held in memory: what says the same again and again becomes a
    /// thousand times as many.
    pub unpacked: u64,
}

impl Default for Rule {
    fn default() -> Self {
        Self {
            newest: 50,
            age: Duration::from_secs(3_600),
            waits: true,
            events: 100_000,
            bytes: 8 << 20,
            unpacked: 128 << 20,
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
    bodies: Vec<Body>,
}

/// What is in a batch, and where it came from.
type Body = (BatchId, SourceId, Vec<u8>);

/// Seals one file, and says whether it was made: rows may be changed meanwhile, or have nothing in them. None when there is
/// nothing to seal.
async fn one(db: &Db, workspace: WorkspaceId, rule: Rule) -> Result<Option<bool>, LakeError> {
    let Some(mut part) = db.report(move |tx| part(tx, workspace, rule)).await? else {
        return Ok(None);
    };
    let bodies = std::mem::take(&mut part.bodies);
    let events: BTreeMap<BatchId, i64> = part
        .batches
        .iter()
        .map(|batch| (batch.id, batch.events))
        .collect();
    let rows = match super::aside(move || rows_of(&bodies, &events)).await? {
        Ok(rows) => Arc::new(rows),
        // One that can't be read keeps none of the others back.
        Err(broken) => {
            tracing::error!(batches = broken.len(), "rows of usage can't be sealed");
            db.write(move |tx| sealable::set_aside(tx, workspace, &broken))
                .await?;
            return Ok(Some(false));
        }
    };
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
        // Read again at once: what changed them is done.
        Err(LakeError::Moved) => {
            if let Some(stored) = &stored {
                // The sweep takes it otherwise.
                let _ = blobs.discard(stored).await;
            }
            Ok(Some(false))
        }
        // A row may stand for the file all the same: whether it does, the sweep knows.
        Err(error) => Err(error),
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
    let mut bodies = batches::bodies(tx, workspace, &ids(&batches))?;
    is_full |= cut(&mut batches, &mut bodies, rule.unpacked);
    if rule.waits && !is_full && Day::of(end, &TimeZone::UTC) <= of {
        return Ok(None);
    }
    Ok(Some(Part {
        day: of,
        batches,
        bodies,
    }))
}

/// Leaves the first batches, whose bodies have room in memory once they are unpacked, and says whether that is not all of them.
/// One is left whatever its size.
fn cut(batches: &mut Vec<Sealable>, bodies: &mut Vec<Body>, room: u64) -> bool {
    let sizes: BTreeMap<BatchId, u64> = bodies
        .iter()
        .map(|(id, _, body)| (*id, unpacked_size(body)))
        .collect();
    let mut size = 0_u64;
    let fits = |batch: &&Sealable| {
        size = size.saturating_add(sizes.get(&batch.id).copied().unwrap_or_default());
        size <= room
    };
    let count = batches.iter().take_while(fits).count().max(1);
    if count >= batches.len() {
        return false;
    }
    let gone: BTreeSet<BatchId> = batches.drain(count..).map(|batch| batch.id).collect();
    bodies.retain(|(id, _, _)| !gone.contains(id));
    true
}

/// The events of these bodies, of which each should have so many. What can't be read is not taken for nothing.
///
/// # Errors
/// The batches that can't be read, each with how many of its events can.
fn rows_of(bodies: &[Body], events: &BTreeMap<BatchId, i64>) -> Result<Vec<Row>, Vec<(BatchId, i64)>> {
    let (mut rows, mut broken) = (Vec::new(), Vec::new());
    for (id, source, body) in bodies {
        let before = rows.len();
        let read = unpacked(body).into_iter();
        rows.extend(read.map(|event| Row {
            source: *source,
            event,
        }));
        let found = i64::try_from(rows.len() - before).unwrap_or(i64::MAX);
        if events.get(id) != Some(&found) {
            broken.push((*id, found));
        }
    }
    if !broken.is_empty() {
        return Err(broken);
    }
    // Engines that look for a time leave out what is sorted by it.
    rows.sort_by_key(|row| row.event.header.happened);
    Ok(rows)
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

#[cfg(test)]
mod tests {
    use kit::clock::Timestamp;
    use kit::id::Uuid;

    use super::*;

    fn part(sizes: &[usize]) -> (Vec<Sealable>, Vec<Body>) {
        let one = |(at, size): (usize, &usize)| {
            let id: BatchId = TypedId::from_uuid(Uuid::from_u128(at as u128));
            let body = zstd::bulk::compress(&vec![b'x'; *size], 1).unwrap();
            let batch = Sealable {
                id,
                received: Timestamp(0),
                events: 1,
                bytes: body.len() as i64,
                zone: None,
                measured: 0,
                revision: 0,
            };
            (batch, (id, TypedId::from_uuid(Uuid::nil()), body))
        };
        sizes.iter().enumerate().map(one).unzip()
    }

    #[test]
    fn a_file_takes_what_has_room_unpacked() {
        for (sizes, room, count) in [
            (&[1_000, 1_000, 1_000][..], 3_000, 3),
            (&[1_000, 1_000, 1_000][..], 2_999, 2),
            (&[1_000_000, 1][..], 2_000, 1),
        ] {
            let (mut batches, mut bodies) = part(sizes);
            // Bodies come in the order of ids, batches in that of their times.
            bodies.reverse();
            let is_cut = cut(&mut batches, &mut bodies, room);
            assert_eq!((is_cut, batches.len()), (count < sizes.len(), count));
            let mut left: Vec<BatchId> = bodies.iter().map(|(id, _, _)| *id).collect();
            left.sort_unstable();
            assert_eq!(left, ids(&batches));
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_left_out() {
        let (_, mut bodies) = part(&[1, 1]);
        let events = |each| {
            bodies
                .iter()
                .map(|(id, ..)| (*id, each))
                .collect::<BTreeMap<_, i64>>()
        };
        let (one, none) = (events(1), events(0));
        let good = b"{\"c\":\"track\",\"t\":7,\"r\":9}\n{}\n";
        bodies[0].2 = zstd::bulk::compress(b"no header\n{}\n", 1).unwrap();
        bodies[1].2 = zstd::bulk::compress(good, 1).unwrap();
        let of = |bodies: &[Body]| rows_of(bodies, &one).map(|rows| rows.len());
        assert_eq!(of(&bodies), Err(vec![(bodies[0].0, 0)]));
        assert_eq!(of(&bodies[1..]), Ok(1));
        assert_eq!(rows_of(&bodies[1..], &none), Err(vec![(bodies[1].0, 1)]));
        assert_eq!(rows_of(&[], &one), Ok(Vec::new()));
    }
}
