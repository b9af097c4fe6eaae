//! Making an archive.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::runtime::Handle;

use super::file::{MANIFEST, OBJECTS, ROWS, verify};
use super::objects::ContentReader;
use super::rows::{Cell, Tally, line};
use super::{ArchiveError, FORMAT, Kind, Manifest, ObjectSummary, Progress, TableSummary};
use crate::blob::{Blob, Blobs, archived};
use crate::clock::Timestamp;
use crate::db::catalog::{self, Part, Table};
use crate::db::{Db, DbError, ToParam, Tx};
use crate::id::Uuid;

/// Lines that are written as one entry.
const CHUNK: usize = 4 << 20;
/// How well the file is compressed: the level at which compressing is no slower than reading rows.
const LEVEL: i32 = 3;
/// The table whose rows name the contents.
pub(super) const BLOBS: &str = "blobs";

/// What an archive is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The whole database.
    Everything,
    /// One workspace: its row in `table`, and every row whose `workspace_id` it is. Tables without that column, and
    /// those in `without`, stay behind.
    Workspace {
        /// Its bare id.
        id: Uuid,
        /// The table of the workspaces themselves, whose `id` it is.
        table: &'static str,
        /// Tables that belong to this installation and not to the workspace's content.
        without: &'static [&'static str],
        /// Columns, each with its table, that mean something in this installation only and are left empty.
        blank: &'static [(&'static str, &'static str)],
    },
}

impl Scope {
    /// The rows of `table` that belong to this scope, if any do.
    pub(super) fn part(&self, table: &Table) -> Option<Part<'_>> {
        match self {
            Self::Everything => Some(Part::Whole),
            Self::Workspace { without, .. } if without.contains(&table.name.as_str()) => None,
            Self::Workspace { id, table: root, .. } if table.name == *root => {
                Some(Part::Where("id", id.to_param()))
            }
            Self::Workspace { id, .. } => {
                let mut columns = table.columns.iter();
                let is_theirs = columns.any(|column| column.name == "workspace_id");
                is_theirs.then(|| Part::Where("workspace_id", id.to_param()))
            }
        }
    }

    /// The places of the columns of `table` that are left empty.
    fn blanks(&self, table: &Table) -> Vec<usize> {
        let Self::Workspace { blank, .. } = self else {
            return Vec::new();
        };
        let is_blank = |name: &str| blank.contains(&(table.name.as_str(), name));
        let columns = table.columns.iter().enumerate();
        let blank = columns.filter(|(_, column)| is_blank(&column.name));
        blank.map(|(place, _)| place).collect()
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Everything => Kind::Backup,
            Self::Workspace { id, .. } => Kind::Workspace(*id),
        }
    }
}

/// Which rows of a table go into the file.
struct RowsOf<'r> {
    table: &'r Table,
    part: &'r Part<'r>,
    blanks: Vec<usize>,
}

/// Tells how far it is.
pub(super) type Watcher = Arc<dyn Fn(Progress) + Send + Sync>;

/// Makes an archive of `scope` at `path`, reads it back, and gives what it holds. Others may go on writing meanwhile.
/// Only a whole archive ever has that name; until then it is `path` with `.partial` behind.
///
/// # Errors
/// A file of that name exists; trouble of the disk, the database or the blob store.
pub async fn write(
    db: &Db,
    blobs: &Blobs,
    scope: Scope,
    path: &Path,
    watcher: impl Fn(Progress) + Send + Sync + 'static,
) -> Result<Manifest, ArchiveError> {
    let watcher: Watcher = Arc::new(watcher);
    let path = path.to_owned();
    if path.exists() {
        return Err(cannot("make", &path)(io::Error::from(
            io::ErrorKind::AlreadyExists,
        )));
    }
    let mut partial = path.clone().into_os_string();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let (draft, objects) = {
        let (partial, watcher) = (partial.clone(), Arc::clone(&watcher));
        db.snapshot(move |tx| snapshot(tx, &scope, &partial, &watcher))
            .await?
    };
    // Contents are taken after the snapshot: the sweep leaves what the snapshot names for a day.
    let (blobs, handle) = (blobs.clone(), Handle::current());
    let work = move || {
        let manifest = draft.finish(&handle, &blobs, &objects, &watcher)?;
        watcher(Progress::Verifying);
        let read = verify(&partial)?;
        if read != manifest {
            return Err(ArchiveError::damaged(
                "what was read back is not what was written",
            ));
        }
        publish(&partial, &path)?;
        Ok(manifest)
    };
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|_| Err(ArchiveError::Unfit("the archive's writer panicked".to_owned())))
}

/// An archive being written. Dropped before its end, it takes its file away.
struct Draft {
    tar: Option<tar::Builder<zstd::Encoder<'static, BufWriter<File>>>>,
    path: PathBuf,
    kind: Kind,
    made_at: Timestamp,
    migrations: Vec<String>,
    tables: Vec<TableSummary>,
    is_finished: bool,
}

impl Drop for Draft {
    fn drop(&mut self) {
        self.tar = None;
        if !self.is_finished {
            // What can't be removed now is overwritten by the next try.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Writes the rows, all from the one snapshot of `tx`; gives the contents they name.
fn snapshot(
    tx: &mut Tx<'_>,
    scope: &Scope,
    path: &Path,
    watcher: &Watcher,
) -> Result<(Draft, Vec<Blob>), ArchiveError> {
    let mut draft = Draft::begin(path, scope, tx)?;
    let mut objects = Vec::new();
    for table in catalog::tables(tx)? {
        let Some(part) = scope.part(&table) else { continue };
        let rows = RowsOf {
            table: &table,
            part: &part,
            blanks: scope.blanks(&table),
        };
        let summary = draft.table(tx, &rows, &mut objects)?;
        watcher(Progress::Table {
            name: summary.name.clone(),
            rows: summary.rows,
        });
        draft.tables.push(summary);
    }
    if let Scope::Workspace { table, .. } = scope {
        let is_there = draft
            .tables
            .iter()
            .any(|found| found.name == *table && found.rows == 1);
        if !is_there {
            return Err(ArchiveError::Unfit("there is no such workspace".to_owned()));
        }
    }
    Ok((draft, objects))
}

impl Draft {
    fn begin(path: &Path, scope: &Scope, tx: &mut Tx<'_>) -> Result<Self, ArchiveError> {
        let failed = cannot("make", path);
        // Left behind by a process that was killed.
        if path.exists() {
            std::fs::remove_file(path).map_err(&failed)?;
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        // It holds everybody's mail and every secret's hash.
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = BufWriter::new(options.open(path).map_err(&failed)?);
        let mut packed = zstd::Encoder::new(file, LEVEL).map_err(&failed)?;
        packed.include_checksum(true).map_err(&failed)?;
        Ok(Self {
            tar: Some(tar::Builder::new(packed)),
            path: path.to_owned(),
            kind: scope.kind(),
            made_at: tx.now(),
            migrations: catalog::applied(tx)?,
            tables: Vec::new(),
            is_finished: false,
        })
    }

    fn table(
        &mut self,
        tx: &mut Tx<'_>,
        rows: &RowsOf<'_>,
        objects: &mut Vec<Blob>,
    ) -> Result<TableSummary, ArchiveError> {
        let table = rows.table;
        let mut tally = Tally::of_table(table);
        let mut chunk = Vec::new();
        let mut number = 0;
        let mut failure = None;
        let outcome = catalog::each_row(tx, table, rows.part, |row| {
            let mut cells: Vec<Cell> = row.iter().map(Cell::of).collect();
            rows.blanks.iter().for_each(|place| cells[*place] = Cell::Null);
            let line = line(&cells);
            tally.add(&line);
            chunk.extend_from_slice(&line);
            if table.name == BLOBS {
                objects.push(content_of(table, &cells)?);
            }
            if chunk.len() >= CHUNK {
                number += 1;
                self.rows(&table.name, number, &mut chunk)
                    .map_err(|error| stop(&mut failure, error))?;
            }
            Ok(())
        });
        if let Some(error) = failure {
            return Err(error);
        }
        outcome?;
        if !chunk.is_empty() {
            self.rows(&table.name, number + 1, &mut chunk)?;
        }
        Ok(tally.summary())
    }

    fn rows(&mut self, table: &str, number: u32, chunk: &mut Vec<u8>) -> Result<(), ArchiveError> {
        let size = chunk.len() as u64;
        self.entry(
            &format!("{ROWS}{table}/{number:06}.jsonl"),
            size,
            &mut chunk.as_slice(),
        )?;
        chunk.clear();
        Ok(())
    }

    fn entry(&mut self, name: &str, size: u64, content: &mut dyn Read) -> Result<(), ArchiveError> {
        let failed = cannot("write", &self.path);
        let mut header = tar::Header::new_gnu();
        header.set_size(size);
        header.set_mode(0o600);
        header.set_mtime(u64::try_from(self.made_at.seconds()).unwrap_or(0));
        let tar = self
            .tar
            .as_mut()
            .expect("it is there until the draft is finished");
        tar.append_data(&mut header, name, content).map_err(failed)
    }

    /// Writes the contents and the manifest, and sees all of it onto the disk.
    fn finish(
        mut self,
        handle: &Handle,
        blobs: &Blobs,
        contents: &[Blob],
        watcher: &Watcher,
    ) -> Result<Manifest, ArchiveError> {
        let mut objects = ObjectSummary::default();
        for blob in contents {
            self.content(handle, blobs, blob)?;
            objects.count += 1;
            objects.bytes += blob.size;
            if objects.count % 1_000 == 0 || objects.count == contents.len() as u64 {
                watcher(Progress::Objects {
                    done: objects.count,
                    of: contents.len() as u64,
                });
            }
        }
        let manifest = Manifest {
            format: FORMAT,
            kind: self.kind.clone(),
            made_at: self.made_at,
            migrations: std::mem::take(&mut self.migrations),
            tables: std::mem::take(&mut self.tables),
            objects,
        };
        let text = serde_json::to_vec_pretty(&manifest).expect("a manifest has only plain fields");
        self.entry(MANIFEST, text.len() as u64, &mut text.as_slice())?;
        let tar = self.tar.take().expect("it is there until now");
        let written = tar
            .into_inner()
            .and_then(zstd::Encoder::finish)
            .and_then(|mut file| file.flush().map(|()| file))
            .and_then(|file| file.get_ref().sync_all());
        written.map_err(cannot("write", &self.path))?;
        self.is_finished = true;
        Ok(manifest)
    }

    fn content(&mut self, handle: &Handle, blobs: &Blobs, blob: &Blob) -> Result<(), ArchiveError> {
        let mut reader = ContentReader::open(handle, blobs, blob)?;
        let name = format!("{OBJECTS}{}", blob.object());
        let written = self.entry(&name, blob.size, &mut reader);
        match reader.failure {
            Some(failure) => Err(failure.into()),
            None => written,
        }
    }
}

/// The content that a row of `blobs` names.
fn content_of(table: &Table, cells: &[Cell]) -> Result<Blob, DbError> {
    let cell = |name: &str| {
        let place = table.columns.iter().position(|column| column.name == name);
        place.and_then(|place| cells.get(place))
    };
    let (size, object) = match (cell("size"), cell("object")) {
        (Some(Cell::Int(size)), Some(Cell::Text(object))) => (size.unsigned_abs(), object),
        _ => return Err(DbError::Schema("blobs have no size and object".to_owned())),
    };
    archived(object, size).ok_or_else(|| DbError::Schema(format!("{object:?} is not the name of a content")))
}

/// Ends a walk over rows because of something that is not the database's fault; the caller looks into `failure`.
fn stop(failure: &mut Option<ArchiveError>, error: ArchiveError) -> DbError {
    *failure = Some(error);
    DbError::Internal {
        statement: "archive".to_owned(),
        problem: "the file can't be written".to_owned(),
    }
}

fn publish(partial: &Path, path: &Path) -> Result<(), ArchiveError> {
    std::fs::rename(partial, path).map_err(cannot("make", path))?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // The name is part of what must survive a power cut.
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(cannot("write", path))
}

fn cannot(what: &'static str, path: &Path) -> impl Fn(io::Error) -> ArchiveError + use<> {
    let path = path.display().to_string();
    move |source| ArchiveError::File {
        what,
        path: path.clone(),
        source,
    }
}
