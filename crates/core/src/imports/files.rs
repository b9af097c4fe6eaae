//! Files on their way in, looked at, tried, and given back as what did not fit.

use std::convert::Infallible;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use futures::channel::mpsc;
use futures::{SinkExt, Stream, StreamExt};
use kit::blob::{self, Blob, Blobs};
use kit::csv::{Dialect, Reader, Record, Sniffer};
use kit::db::{Db, DbError, Tx};
use kit::id::TypedId;

use super::model::{Import, ImportError, Layout, State};
use super::rows::Plan;
use super::target::{Refusal, Slots, Taken, Values};
use super::writing::{Evidence, Writing};
use super::{ImportId, New, Reading, find, guess, slots_of, store, taking, target_of};
use crate::actor::Actor;
use crate::permissions::Permission;

/// Rows that a preview shows.
pub const PREVIEW: usize = 50;
/// How much of a file is read to see its first rows.
const HEAD: u64 = 512 << 10;

/// The store of files.
///
/// # Errors
/// [`DbError::Internal`] where a program has forgotten to attach it.
pub(super) fn blobs(db: &Db) -> Result<Arc<Blobs>, DbError> {
    db.attached().ok_or_else(missing)
}

fn missing() -> DbError {
    DbError::NoRow {
        statement: "no blobs are attached to the database".to_owned(),
    }
}

/// Takes a file in, of any length, and makes a draft of an import from it: dialect, columns and mapping are guessed.
///
/// # Errors
/// No permission; a file without rows or with a cell of absurd size; trouble of the store. Then nothing stays.
pub async fn receive<E: fmt::Display>(
    db: &Db,
    actor: &Actor,
    new: New,
    content: impl Stream<Item = Result<Bytes, E>> + Send,
) -> Result<Import, ImportError> {
    actor.must(Permission::ImportsWrite)?;
    let blobs = blobs(db)?;
    let sniffer = Mutex::new(Sniffer::new());
    let watched = content.inspect(|piece| {
        if let Ok(piece) = piece {
            sniffer.lock().unwrap_or_else(PoisonError::into_inner).feed(piece);
        }
    });
    let stored = blobs.put(watched, u64::MAX).await?;
    let dialect = sniffer
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner)
        .guess();
    let author = actor.clone();
    let draft = db
        .write(move |tx| super::draft(tx, &author, &new, &stored, dialect))
        .await?;
    if draft.total > 0 {
        return Ok(draft);
    }
    let read = read_again(db, actor, draft.id, dialect, None).await;
    if read.is_err() {
        let (author, id) = (actor.clone(), draft.id);
        db.write(move |tx| super::discard(tx, &author, id)).await?;
    }
    read
}

/// Reads the file of a draft in this dialect: counts its rows and guesses what its columns mean.
///
/// # Errors
/// As of [`receive`]; [`ImportError::Past`] when it is no draft any more.
pub async fn read_again(
    db: &Db,
    actor: &Actor,
    id: ImportId,
    dialect: Dialect,
    has_header: Option<bool>,
) -> Result<Import, ImportError> {
    let (import, file) = file_of(db, actor, id).await?;
    let blobs = blobs(db)?;
    let (rows, seen) = look_through(&blobs, &file, dialect).await?;
    let first = head(&blobs, &file, dialect, PREVIEW + 1).await?;
    let writer = actor.clone();
    db.write(move |tx| {
        let slots = slots_of(tx, &writer, &import)?;
        let layout = layout(&slots, dialect, has_header, &first);
        let total = rows.saturating_sub(u64::from(layout.has_header));
        if total == 0 {
            return Err(ImportError::Empty);
        }
        let cells: Vec<Vec<String>> = first
            .iter()
            .skip(usize::from(layout.has_header))
            .map(|record| record.cells.clone())
            .collect();
        let mapping = guess::mapping(&slots, &layout.columns, &cells);
        let total = i64::try_from(total).unwrap_or(i64::MAX);
        let reading = Reading {
            layout,
            mapping,
            writing: seen.clone(),
            total,
        };
        super::lay_out(tx, &writer, id, reading)
    })
    .await
}

fn layout(slots: &Slots, dialect: Dialect, has_header: Option<bool>, first: &[Record]) -> Layout {
    let top = first
        .first()
        .map(|record| record.cells.clone())
        .unwrap_or_default();
    let has_header = has_header.unwrap_or_else(|| guess::has_header(slots, &top));
    let columns = if has_header {
        top.iter().map(|cell| cell.trim().to_owned()).collect()
    } else {
        let width = first
            .iter()
            .map(|record| record.cells.len())
            .max()
            .unwrap_or_default();
        (1..=width).map(|number| number.to_string()).collect()
    };
    Layout {
        dialect,
        has_header,
        columns,
    }
}

async fn file_of(db: &Db, actor: &Actor, id: ImportId) -> Result<(Import, Blob), ImportError> {
    let reader = actor.clone();
    db.read(move |tx| {
        let import = find(tx, &reader, id)?.ok_or(ImportError::Unknown)?;
        let file = blob::find(tx, reader.workspace.uuid(), import.file)?;
        Ok((import, file.ok_or(ImportError::Unknown)?))
    })
    .await
}

/// How many rows a file has, and how its columns write days and amounts.
async fn look_through(
    blobs: &Blobs,
    file: &Blob,
    dialect: Dialect,
) -> Result<(u64, Vec<Writing>), ImportError> {
    let mut content = blobs.read(file).await?;
    let mut reader = Reader::new(dialect);
    let (mut rows, mut columns) = (0_u64, Vec::<Evidence>::new());
    let mut look = |record: Record| {
        rows += 1;
        columns.resize(columns.len().max(record.cells.len()), Evidence::default());
        for (column, cell) in columns.iter_mut().zip(&record.cells) {
            column.see(cell);
        }
    };
    while let Some(piece) = content.next().await {
        reader.feed(&piece?, &mut look)?;
    }
    reader.finish(&mut look)?;
    Ok((rows, columns.into_iter().map(Evidence::settled).collect()))
}

async fn head(blobs: &Blobs, file: &Blob, dialect: Dialect, most: usize) -> Result<Vec<Record>, ImportError> {
    let end = file.size.min(HEAD);
    let mut records = Vec::new();
    if end == 0 {
        return Ok(records);
    }
    let mut content = blobs.read_range(file, 0..end).await?;
    let mut reader = Reader::new(dialect);
    while let Some(piece) = content.next().await {
        reader.feed(&piece?, &mut |record| records.push(record))?;
    }
    // What the end of the part cuts is no row.
    if end == file.size {
        reader.finish(&mut |record| records.push(record))?;
    }
    records.truncate(most);
    Ok(records)
}

/// A row of a preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// Its number in the file.
    pub row: u64,
    /// What it says.
    pub values: Values,
    /// What would become of it.
    pub outcome: Result<Taken, Refusal>,
}

/// The end of a trial: its error, so that nothing of it is kept.
enum Trial {
    Over(Vec<Tried>),
    Failed(ImportError),
}

impl<E: Into<ImportError>> From<E> for Trial {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What would become of the first rows: they are really taken, and then all of it is rolled back.
///
/// # Errors
/// As of [`receive`].
pub async fn preview(db: &Db, actor: &Actor, id: ImportId) -> Result<(Vec<Tried>, Vec<Record>), ImportError> {
    let (import, file) = file_of(db, actor, id).await?;
    let skipped = usize::from(import.layout.has_header);
    let mut records = head(&*blobs(db)?, &file, import.layout.dialect, PREVIEW + skipped).await?;
    records.drain(..skipped.min(records.len()));
    let (author, taken) = (actor.clone(), records.clone());
    let trial: Result<(), Trial> = db
        .write(move |tx| Err(Trial::Over(tried(tx, &author, &import, &taken)?)))
        .await;
    match trial {
        Err(Trial::Over(rows)) => Ok((rows, records)),
        Err(Trial::Failed(error)) => Err(error),
        Ok(()) => Ok((Vec::new(), records)),
    }
}

fn tried(
    tx: &mut Tx<'_>,
    actor: &Actor,
    import: &Import,
    records: &[Record],
) -> Result<Vec<Tried>, ImportError> {
    let slots = slots_of(tx, actor, import)?;
    let plan = Plan::of(target_of(tx, &import.target)?, &slots, import);
    let mut rows = Vec::new();
    for record in records {
        let (_, outcome) = taking::row(tx, actor, &plan, &plan.row(record))?;
        rows.push(Tried {
            row: record.row,
            values: plan.values(record),
            outcome,
        });
    }
    Ok(rows)
}

/// The rows that were refused, as lines of a file that can be mended and brought again: every cell as it was, then what
/// `say` makes of the refusal. The header gets `heads`.
///
/// # Errors
/// No such import, or trouble of the store before the first line.
pub(super) async fn refused<S>(
    db: &Db,
    actor: &Actor,
    id: ImportId,
    heads: [String; 2],
    say: S,
) -> Result<impl Stream<Item = Result<Bytes, Infallible>> + Send + use<S>, ImportError>
where
    S: Fn(&Refusal) -> [String; 2] + Send + Sync + 'static,
{
    let (import, file) = file_of(db, actor, id).await?;
    if import.state == State::Draft {
        return Err(ImportError::Past(State::Draft));
    }
    let blobs = blobs(db)?;
    let (sender, receiver) = mpsc::channel(2);
    let out = Lines {
        db: db.clone(),
        actor: actor.clone(),
        import,
        refusals: Vec::new(),
        next: 0,
        last: 0,
        sender,
    };
    tokio::spawn(async move {
        if let Err(error) = out.write(&blobs, &file, heads, say).await {
            tracing::warn!(%error, "the refused rows of an import ended early");
        }
    });
    Ok(receiver.map(Ok))
}

/// The refused rows on their way out.
struct Lines {
    db: Db,
    actor: Actor,
    import: Import,
    refusals: Vec<(i64, Refusal)>,
    next: usize,
    last: i64,
    sender: mpsc::Sender<Bytes>,
}

impl Lines {
    async fn write(
        mut self,
        blobs: &Blobs,
        file: &Blob,
        heads: [String; 2],
        say: impl Fn(&Refusal) -> [String; 2],
    ) -> Result<(), ImportError> {
        // The mark by which spreadsheets know that it is UTF-8.
        let columns = self.import.layout.columns.iter().chain(&heads);
        let head = format!("\u{feff}{}", kit::csv::line(columns));
        if self.sender.send(head.into()).await.is_err() {
            return Ok(());
        }
        let mut content = blobs.read(file).await?;
        let mut reader = Some(Reader::new(self.import.layout.dialect));
        let mut records = Vec::new();
        while reader.is_some() {
            match (content.next().await, &mut reader) {
                (Some(piece), Some(reader)) => reader.feed(&piece?, &mut |record| records.push(record))?,
                (None, left) => {
                    if let Some(reader) = left.take() {
                        reader.finish(&mut |record| records.push(record))?;
                    }
                }
                (Some(_), None) => {}
            }
            let mut text = String::new();
            for record in records.drain(..) {
                let Some(refusal) = self.refusal_of(&record).await? else {
                    continue;
                };
                let mut cells = record.cells;
                cells.resize(cells.len().max(self.import.layout.columns.len()), String::new());
                cells.extend(say(&refusal));
                text.push_str(&kit::csv::line(cells));
            }
            if !text.is_empty() && self.sender.send(text.into()).await.is_err() {
                return Ok(());
            }
        }
        Ok(())
    }

    async fn refusal_of(&mut self, record: &Record) -> Result<Option<Refusal>, DbError> {
        let row = i64::try_from(record.row).unwrap_or(i64::MAX);
        if self.next == self.refusals.len() && self.last != i64::MAX {
            let (workspace, id, after) = (self.actor.workspace, self.import.id, self.last);
            self.refusals = self
                .db
                .report(move |tx| store::refused(tx, workspace, id, after, 500))
                .await?;
            self.next = 0;
            self.last = self.refusals.last().map_or(i64::MAX, |(row, _)| *row);
        }
        let here = self
            .refusals
            .get(self.next)
            .filter(|(refused, _)| *refused == row);
        let refusal = here.map(|(_, refusal)| refusal.clone());
        self.next += usize::from(refusal.is_some());
        Ok(refusal)
    }
}
