//! Taking away what nobody needs: rows without reference, objects without row, and what a crash left half-written.

use std::{
    fs::DirEntry,
    io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use futures::StreamExt;

use super::{BlobError, Blobs, GRACE, store};
use crate::{clock::Timestamp, db::Db};

/// Objects asked about at once.
const BATCH: usize = 500;

/// What a sweep took away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Rows that no reference held.
    pub rows: u64,
    /// Objects that no row held.
    pub objects: u64,
    /// Files that were never finished.
    pub leftovers: u64,
}

/// Sweeps once. Safe to run at any time, on several nodes, and again after it was cut off.
///
/// # Errors
/// Trouble of the database or the store; what was swept until then stays swept.
pub async fn sweep(db: &Db, blobs: &Blobs) -> Result<Swept, BlobError> {
    let moment = blobs.now().minus(GRACE);
    let mut swept = Swept::default();
    loop {
        let rows = db.write(move |tx| store::remove_unused(tx, moment)).await?;
        swept.rows += rows;
        if rows == 0 {
            break;
        }
    }
    let mut batches = blobs.list().ready_chunks(BATCH);
    while let Some(batch) = batches.next().await {
        let mut old = Vec::new();
        for object in batch {
            let object = object?;
            if Timestamp(object.last_modified.timestamp_micros()) <= moment {
                old.push(object.location.to_string());
            }
        }
        swept.objects += sweep_objects(db, blobs, old).await?;
    }
    if let Some(folder) = blobs.folder() {
        swept.leftovers = sweep_leftovers(folder, moment).await?;
    }
    Ok(swept)
}

async fn sweep_objects(db: &Db, blobs: &Blobs, old: Vec<String>) -> Result<u64, BlobError> {
    if old.is_empty() {
        return Ok(0);
    }
    let asked = old.clone();
    let needed = db.read(move |tx| store::with_row(tx, &asked)).await?;
    let mut count = 0;
    for object in old.iter().filter(|object| !needed.contains(object)) {
        blobs.remove(object).await?;
        count += 1;
    }
    Ok(count)
}

/// The store lists no files that it had not finished when the process died: they are `name#number`.
async fn sweep_leftovers(folder: PathBuf, moment: Timestamp) -> Result<u64, BlobError> {
    let walk = tokio::task::spawn_blocking(move || remove_leftovers(&folder, moment));
    let removed = walk
        .await
        .map_err(|_| BlobError::Unavailable("the walk through the folder failed".to_owned()))?;
    removed.map_err(|error| BlobError::Unavailable(error.to_string()))
}

fn remove_leftovers(folder: &Path, moment: Timestamp) -> io::Result<u64> {
    let mut count = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            count += remove_leftovers(&entry.path(), moment)?;
        } else if is_unfinished(&entry.file_name().to_string_lossy()) {
            match remove_if_old(&entry, moment) {
                Ok(is_removed) => count += u64::from(is_removed),
                // Finished in this very moment.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(count)
}

fn remove_if_old(entry: &DirEntry, moment: Timestamp) -> io::Result<bool> {
    let is_old = changed_at(entry.metadata()?.modified()?) <= moment;
    if is_old {
        std::fs::remove_file(entry.path())?;
    }
    Ok(is_old)
}

fn is_unfinished(name: &str) -> bool {
    name.rsplit_once('#')
        .is_some_and(|(_, number)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

fn changed_at(time: SystemTime) -> Timestamp {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => Timestamp(0).plus(since),
        Err(before) => Timestamp(0).minus(before.duration()),
    }
}
