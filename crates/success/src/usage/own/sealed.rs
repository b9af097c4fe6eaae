//! Counting files of the lake for metrics of people's own: a file is read once, outside of the database, and stored in parts
//! none of which is a long write. How far it was counted stands in its row, so that whoever is cut off goes on from there.

use std::sync::Arc;

use jiff::tz::TimeZone;
use kit::db::{DbError, Tx};
use kit::jobs::{Errand, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::metrics::own::OwnMetricId;
use tandem_core::workspaces::{self, WorkspaceId};

use super::counting::Counting;
use super::{Definition, jobs, store};
use crate::usage::lake::{self, File, LakeError, Measured, Row};
use crate::usage::log::zone_of;

/// How many events are counted in one write.
const PART: usize = 5_000;

/// Counts the files of a workspace that were not counted.
#[derive(Debug, Serialize, Deserialize)]
pub struct CountFiles {}

impl Job for CountFiles {
    const KIND: &'static str = "usage.own-count-files";
    const LANE: Lane = Lane::Slow;
}

/// Lets files be counted; asked often, it is done once.
pub(super) fn count_soon(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    let job = CountFiles {};
    Queue::new(&job).workspace(workspace).key("all").put(tx).map(drop)
}

/// A file that is to be counted, and for what.
#[derive(Debug)]
struct Begun {
    file: File,
    blob: kit::blob::Blob,
    definitions: Vec<Definition>,
    zone: TimeZone,
}

/// Counts file after file.
///
/// # Errors
/// Trouble of the database or of the blob store; the job is then tried again.
pub async fn count(errand: Errand, _: CountFiles) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    let db = errand.db();
    while let Some(begun) = db.read(move |tx| begin(tx, workspace)).await? {
        let (file, definitions, zone) = (begun.file, begun.definitions, begun.zone);
        let rows = lake::rows(db, &begun.blob).await?;
        let zone = zone_of(file.zone.as_deref(), &zone);
        let counted = usize::try_from(file.measured.rows).unwrap_or_default();
        let mut part = Part {
            left: rows.len().saturating_sub(counted),
            done: file.measured.rows,
            file,
            definitions,
            counted: Vec::new(),
        };
        let mut rows = rows.into_iter().skip(counted);
        loop {
            errand.go_on()?;
            let next: Vec<Row> = rows.by_ref().take(PART).collect();
            part = part.of(next, zone.clone()).await?;
            let (left, kept) = (part.left, Arc::new(part));
            let writing = Arc::clone(&kept);
            let Some(file) = db.write(move |tx| writing.store(tx, workspace)).await? else {
                // Another definition, or another content: begun again with what there is now.
                break;
            };
            if left == 0 {
                break;
            }
            part = Part {
                left,
                done: file.measured.rows,
                file,
                definitions: kept.definitions.clone(),
                counted: Vec::new(),
            };
        }
    }
    // The log may have more by now; what was new writes its history there.
    Ok(db.write(move |tx| jobs::count_soon(tx, workspace)).await?)
}

fn begin(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Begun>, LakeError> {
    let generation = super::generation(tx, workspace)?;
    let Some((file, blob)) = lake::unmeasured(tx, workspace, generation)? else {
        return Ok(None);
    };
    // What was begun for some is first brought to its end for them.
    let next = match file.measured.rows {
        0 => generation,
        _ => file.measured.next,
    };
    let definitions = concerned(tx, workspace, (file.measured.whole, next))?;
    Ok(Some(Begun {
        file: File {
            measured: Measured {
                next,
                ..file.measured
            },
            ..file
        },
        blob,
        definitions,
        zone: workspaces::zone(tx, workspace)?,
    }))
}

/// The definitions that are new between two generations.
fn concerned(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (whole, next): (i64, i64),
) -> Result<Vec<Definition>, DbError> {
    let mut all = store::newest(tx, workspace)?;
    all.retain(|one| one.generation > whole && one.generation <= next);
    Ok(all)
}

/// Events that follow each other in a file, counted.
#[derive(Debug)]
struct Part {
    /// How many events come after them.
    left: usize,
    /// How many of the file are counted with them.
    done: i64,
    /// The file, as it is before they are counted; `next` is what it is counted for.
    file: File,
    definitions: Vec<Definition>,
    counted: Vec<Counting>,
}

impl Part {
    /// Counts events, beside the threads on which requests are answered.
    async fn of(mut self, rows: Vec<Row>, zone: TimeZone) -> Result<Self, LakeError> {
        let counting = tokio::task::spawn_blocking(move || {
            let concerned: Vec<usize> = (0..self.definitions.len()).collect();
            self.counted = concerned
                .iter()
                .map(|_| Counting::in_zone(zone.clone()))
                .collect();
            for row in &rows {
                jobs::count_one(&mut self.counted, &self.definitions, (&concerned, &row.event));
            }
            self.left = self.left.saturating_sub(rows.len());
            self.done += i64::try_from(rows.len()).unwrap_or_default();
            self
        });
        counting
            .await
            .map_err(|error| LakeError::Broken(error.to_string()))
    }

    /// Stores them, and how far the file was counted; gives the file as it is then, none when something is another meanwhile.
    fn store(&self, tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<File>, DbError> {
        let now = Measured {
            rows: self.done,
            ..self.file.measured
        };
        let mut definitions = concerned(tx, workspace, (now.whole, now.next))?;
        if keys(&definitions) != keys(&self.definitions) {
            return Ok(None);
        }
        let after = match self.left {
            0 => Measured {
                whole: now.next,
                next: now.next,
                rows: 0,
            },
            _ => now,
        };
        if !lake::mark(tx, workspace, &self.file, after)? {
            return Ok(None);
        }
        let looked = match self.left {
            0 => self.file.batches,
            _ => 0,
        };
        let counted = definitions.iter_mut().zip(&self.counted);
        jobs::store_counted(tx, workspace, counted, |_| looked)?;
        Ok(Some(File {
            measured: after,
            ..self.file.clone()
        }))
    }
}

/// Under which metric and version what is counted is kept, and since when.
fn keys(definitions: &[Definition]) -> Vec<(OwnMetricId, i64, i64)> {
    let keys = definitions.iter();
    keys.map(|one| (one.metric, one.counted_as, one.generation))
        .collect()
}
