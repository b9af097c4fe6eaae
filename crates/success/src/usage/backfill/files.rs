//! Files on their way in, looked at, tried, and given back as what did not fit.

use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;

use axum::body::Bytes;
use futures::channel::mpsc;
use futures::{SinkExt, Stream, StreamExt};
use kit::blob::{self, Blob, BlobStream, Blobs};
use kit::csv::{Dialect, Sniffer};
use kit::db::{Db, DbError};
use kit::i18n::Text;
use kit::id::TypedId;
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::imports::writing::{Evidence, Writing};
use tandem_core::permissions::Permission;

use super::model::{Backfill, BackfillError, Form, Layout, RefusedLine, State};
use super::reading::{Content, Row, Rows, STEP, Unpacking, aside, cut};
use super::{BackfillId, New, Reading, find, store, table, taking};
use crate::usage::protocol::{Event, Refused};

/// Lines that a preview shows.
pub const PREVIEW: usize = 20;
/// Lines that are looked at in one go when the refused ones are given back.
const PART: usize = 500;
/// How much of a file is read to see its first lines.
const HEAD: u64 = 512 << 10;

/// The store of files.
///
/// # Errors
/// [`DbError::NoRow`] where a program has forgotten to attach it.
pub(super) fn blobs(db: &Db) -> Result<Arc<Blobs>, DbError> {
    db.attached().ok_or_else(|| DbError::NoRow {
        statement: "no blobs are attached to the database".to_owned(),
    })
}

/// Takes a file in, of any length, and makes a draft of a back-fill from it: how it is written and where columns go is
/// guessed. Of a file that its source had already it is the back-fill of then.
///
/// # Errors
/// No permission; a source that is none or off; a file without lines, or that can't be read; trouble of the store. Then
/// nothing stays.
pub async fn receive<E: fmt::Display>(
    db: &Db,
    actor: &Actor,
    new: New,
    content: impl Stream<Item = Result<Bytes, E>> + Send,
) -> Result<Backfill, BackfillError> {
    actor.must(Permission::UsageWrite)?;
    let stored = blobs(db)?.put(content, u64::MAX).await?;
    let author = actor.clone();
    let draft = db
        .write(move |tx| super::draft(tx, &author, &new, &stored))
        .await?;
    if draft.state != State::Draft || draft.total > 0 {
        return Ok(draft);
    }
    let read = read(db, actor, draft.id).await;
    if read.is_err() {
        let (author, id) = (actor.clone(), draft.id);
        db.write(move |tx| super::discard(tx, &author, id)).await?;
    }
    read
}

/// Reads the file of a draft: what it looks like, how many lines it has, and where columns go.
async fn read(db: &Db, actor: &Actor, id: BackfillId) -> Result<Backfill, BackfillError> {
    let (_, file) = file_of(db, actor, id).await?;
    let blobs = blobs(db)?;
    let layout = sniffed(&blobs, &file).await?;
    let reading = look_through(&blobs, &file, layout).await?;
    if reading.total == 0 {
        return Err(BackfillError::Empty);
    }
    let writer = actor.clone();
    db.write(move |tx| super::lay_out(tx, &writer, id, &reading))
        .await
}

async fn file_of(db: &Db, actor: &Actor, id: BackfillId) -> Result<(Backfill, Blob), BackfillError> {
    let reader = actor.clone();
    db.read(move |tx| {
        let backfill = find(tx, &reader, id)?.ok_or(BackfillError::Unknown)?;
        let kept = match backfill.is_kept {
            true => blob::find(tx, reader.workspace.uuid(), backfill.file)?,
            false => None,
        };
        Ok((backfill, kept.ok_or(BackfillError::Gone)?))
    })
    .await
}

/// What a file looks like: lines when it begins as JSON does, else a table.
async fn sniffed(blobs: &Blobs, file: &Blob) -> Result<Layout, BackfillError> {
    let begin = (Unpacking::default(), Look::default());
    let (unpacking, mut look) = through(blobs.read(file).await?, begin, |(unpacking, look), part| {
        unpacking.feed(part, &mut |bytes| look.see(bytes))
    })
    .await?;
    unpacking.finish(&mut |bytes| look.see(bytes))?;
    let Look { sniffer, first } = look;
    Ok(Layout {
        form: match first {
            Some(b'{' | b'[') => Form::Lines,
            _ => Form::Table,
        },
        dialect: match first {
            Some(b'{' | b'[') => Dialect::default(),
            _ => sniffer.guess(),
        },
        columns: Vec::new(),
    })
}

/// What a file looks like, so far.
struct Look {
    sniffer: Sniffer,
    /// Its first sign.
    first: Option<u8>,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            sniffer: Sniffer::new(),
            first: None,
        }
    }
}

impl Look {
    fn see(&mut self, bytes: &[u8]) -> Result<(), BackfillError> {
        self.sniffer.feed(bytes);
        // Whatever marks the order of bytes begins no event.
        let is_sign = |byte: &&u8| !byte.is_ascii_whitespace() && !matches!(byte, 0xef | 0xbb | 0xbf);
        self.first = self.first.or_else(|| bytes.iter().find(is_sign).copied());
        Ok(())
    }
}

/// Lets something take the bytes of a file, part by part in their order; gives it back.
async fn through<T: Send + 'static>(
    mut content: BlobStream,
    mut taker: T,
    feed: fn(&mut T, &[u8]) -> Result<(), BackfillError>,
) -> Result<T, BackfillError> {
    while let Some(piece) = content.next().await {
        let piece = piece?;
        taker = aside(move || {
            piece.chunks(STEP).try_for_each(|part| feed(&mut taker, part))?;
            Ok(taker)
        })
        .await?;
    }
    Ok(taker)
}

/// How many lines a file has, what its columns are called, and how they write days.
async fn look_through(blobs: &Blobs, file: &Blob, mut layout: Layout) -> Result<Reading, BackfillError> {
    let begin = (Rows::of(&layout), Tally::default());
    let (rows, mut tally) = through(blobs.read(file).await?, begin, |(rows, tally), part| {
        rows.feed(part, &mut |row| tally.see(row))
    })
    .await?;
    if let Some(header) = rows.header() {
        layout.columns = header.iter().map(|cell| cell.trim().to_owned()).collect();
    }
    rows.finish(&mut |row| tally.see(row))?;
    let Tally { total, columns } = tally;
    let mut writing: Vec<Writing> = columns.into_iter().map(Evidence::settled).collect();
    writing.resize(layout.columns.len(), Writing::default());
    Ok(Reading {
        mapping: table::guess(&layout.columns),
        layout,
        writing,
        total,
    })
}

/// How many lines there are, and what their cells say of how columns are written.
#[derive(Default)]
struct Tally {
    total: i64,
    columns: Vec<Evidence>,
}

impl Tally {
    fn see(&mut self, row: Row) {
        self.total += 1;
        if let Content::Cells(cells) = row.content {
            let count = self.columns.len().max(cells.len());
            self.columns.resize(count, Evidence::default());
            for (column, cell) in self.columns.iter_mut().zip(&cells) {
                column.see(cell);
            }
        }
    }
}

/// A line of a preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// Its number in the file.
    pub line: i64,
    /// The event that it is, or why it is none.
    pub outcome: Result<Event, Box<Refused>>,
}

/// The first lines of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// What would become of them.
    pub tried: Vec<Tried>,
    /// What stands in the columns of a table, a row each.
    pub cells: Vec<Vec<String>>,
}

/// What would become of the first lines.
///
/// # Errors
/// As of [`receive`].
pub async fn preview(db: &Db, actor: &Actor, id: BackfillId) -> Result<Preview, BackfillError> {
    let (backfill, file) = file_of(db, actor, id).await?;
    let end = file.size.min(HEAD);
    let mut content = blobs(db)?.read_range(&file, 0..end).await?;
    let (mut rows, mut first) = (Rows::of(&backfill.layout), Vec::new());
    while first.len() < PREVIEW {
        let Some(piece) = content.next().await else { break };
        let found;
        (rows, _, found) = cut(rows, piece?, PREVIEW - first.len()).await?;
        first.extend(found);
    }
    // What the end of the part cuts is no line.
    if first.len() < PREVIEW && end == file.size {
        rows.finish(&mut |row| first.push(row))?;
    }
    first.truncate(PREVIEW);
    let now = db.clock().now();
    let tried = |row: &Row| Tried {
        line: row.number,
        outcome: taking::event_of(&backfill, row, now).1,
    };
    Ok(Preview {
        tried: first.iter().map(tried).collect(),
        cells: first
            .into_iter()
            .filter_map(|row| match row.content {
                Content::Cells(cells) => Some(cells),
                Content::Line(_) => None,
            })
            .collect(),
    })
}

/// The lines that were refused, as lines of a file that can be mended and brought again, with why and what to do in the words
/// of `t`: two columns more in a table, two members more in an event.
///
/// # Errors
/// No such back-fill here, a file that is kept no more, or trouble of the store before the first line.
pub async fn refused(
    db: &Db,
    actor: &Actor,
    id: BackfillId,
    t: Text,
) -> Result<impl Stream<Item = Result<Bytes, Infallible>> + Send + use<>, BackfillError> {
    let (backfill, file) = file_of(db, actor, id).await?;
    if backfill.state == State::Draft {
        return Err(BackfillError::Past(State::Draft));
    }
    let mut content = blobs(db)?.read(&file).await?;
    let (mut sender, receiver) = mpsc::channel(2);
    let mut refusals = Refusals::of(db, actor, id);
    tokio::spawn(async move {
        let written = async {
            let (mut rows, mut text) = (Rows::of(&backfill.layout), head(&backfill, &t));
            while let Some(piece) = content.next().await {
                let mut left = piece?;
                while !left.is_empty() {
                    let lines;
                    (rows, left, lines) = cut(rows, left, PART).await?;
                    text.push_str(&refusals.told(&lines, &backfill, &t).await?);
                    let ready = std::mem::take(&mut text);
                    if !ready.is_empty() && sender.send(ready.into()).await.is_err() {
                        return Ok(());
                    }
                }
            }
            let mut lines = Vec::new();
            rows.finish(&mut |row| lines.push(row))?;
            text.push_str(&refusals.told(&lines, &backfill, &t).await?);
            if !text.is_empty() {
                // Whoever asked may have gone.
                let _ = sender.send(text.into()).await;
            }
            Ok::<(), BackfillError>(())
        };
        if let Err(error) = written.await {
            tracing::warn!(%error, "the refused lines of a back-fill ended early");
        }
    });
    Ok(receiver.map(Ok))
}

/// The header of the refused lines of a table.
fn head(backfill: &Backfill, t: &Text) -> String {
    if backfill.layout.form == Form::Lines {
        return String::new();
    }
    let more = [t.say("usage-backfills-reason"), t.say("usage-backfills-remedy")];
    // The mark by which spreadsheets know that it is UTF-8.
    format!(
        "\u{feff}{}",
        kit::csv::line(backfill.layout.columns.iter().chain(&more))
    )
}

/// A refused line with why and what to do.
fn line(content: &Content, refusal: &RefusedLine, backfill: &Backfill, t: &Text) -> String {
    let reason = refusal.reason.said(t, &refusal.about);
    let remedy = refusal.reason.remedy(t, &refusal.about);
    match content {
        Content::Cells(cells) => {
            let mut cells = cells.clone();
            cells.resize(cells.len().max(backfill.layout.columns.len()), String::new());
            cells.extend([reason, remedy]);
            kit::csv::line(cells)
        }
        Content::Line(text) => {
            let mut told = match serde_json::from_str(text) {
                Ok(Value::Object(event)) => Value::Object(event),
                _ => json!({ "tandemLine": text }),
            };
            told["tandemReason"] = format!("{}: {reason}", refusal.line).into();
            told["tandemRemedy"] = remedy.into();
            format!("{told}\n")
        }
    }
}

/// The refused lines of a back-fill, read part by part in their order.
struct Refusals {
    db: Db,
    actor: Actor,
    id: BackfillId,
    part: Vec<RefusedLine>,
    next: usize,
    last: i64,
}

impl Refusals {
    fn of(db: &Db, actor: &Actor, id: BackfillId) -> Self {
        Self {
            db: db.clone(),
            actor: actor.clone(),
            id,
            part: Vec::new(),
            next: 0,
            last: 0,
        }
    }

    /// Those of these lines that were refused, with why and what to do.
    async fn told(&mut self, lines: &[Row], backfill: &Backfill, t: &Text) -> Result<String, DbError> {
        let mut text = String::new();
        for row in lines {
            if let Some(refusal) = self.of_line(row.number).await? {
                text.push_str(&line(&row.content, &refusal, backfill, t));
            }
        }
        Ok(text)
    }

    async fn of_line(&mut self, number: i64) -> Result<Option<RefusedLine>, DbError> {
        if self.next == self.part.len() && self.last != i64::MAX {
            let (workspace, id, after) = (self.actor.workspace, self.id, self.last);
            self.part = self
                .db
                .report(move |tx| store::refused(tx, workspace, id, after, 500))
                .await?;
            self.next = 0;
            self.last = self.part.last().map_or(i64::MAX, |one| one.line);
        }
        let here = self.part.get(self.next).filter(|one| one.line == number).cloned();
        self.next += usize::from(here.is_some());
        Ok(here)
    }
}
