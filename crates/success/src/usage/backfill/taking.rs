//! Taking lines: what they say is made ready beside the database; a batch and the place after it are one transaction.

use std::borrow::Cow;
use std::collections::HashSet;

use jiff::tz::TimeZone;
use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::Ids;
use tandem_core::actor::Actor;
use tandem_core::agents;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::model::{Backfill, BackfillError, RefusedLine, State};
use super::reading::{Content, Row};
use super::{BackfillId, MOST_REFUSED, listened_to, record, store, table};
use crate::usage::log::{self, Entry};
use crate::usage::measures::history;
use crate::usage::protocol::{Event, Reason, Refused, read_past};

/// What a batch came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// So many lines are looked at of so many.
    GoOn(i64, i64),
    /// Somebody paused it, another node has it, or it is over.
    Stop,
}

/// The lines of one transaction, made ready.
#[derive(Clone, Debug)]
pub(super) struct Batch {
    /// The number of the last line before them that was looked at.
    position: i64,
    /// The number of the last of them.
    last: i64,
    parts: Vec<log::Batch>,
    known: i64,
    left_out: i64,
    refused: Vec<RefusedLine>,
    /// The first day of what is taken.
    first: Option<Day>,
    /// Whether the file ends with them.
    is_last: bool,
}

/// How lines become events.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) backfill: Backfill,
    pub(super) zone: TimeZone,
    pub(super) ids: Ids,
}

/// The event of a line, or why it is none; with the text that the log keeps.
pub(super) fn event_of<'r>(
    backfill: &Backfill,
    row: &'r Row,
    received: Timestamp,
) -> (Cow<'r, str>, Result<Event, Box<Refused>>) {
    let index = usize::try_from(row.number).unwrap_or_default();
    let (text, cells): (Cow<'r, str>, &[String]) = match &row.content {
        Content::Line(line) => (Cow::Borrowed(line.as_str()), <&[String]>::default()),
        Content::Cells(cells) => (Cow::Owned(table::event(backfill, cells)), cells.as_slice()),
    };
    let columns = backfill.layout.columns.len();
    if cells.iter().skip(columns).any(|cell| !cell.trim().is_empty()) {
        let refused = Refused {
            index,
            call: String::new(),
            message: None,
            reason: Reason::Malformed,
            about: format!("more cells than the {columns} of the header"),
            body: text.clone().into_owned(),
        };
        return (text, Err(Box::new(refused)));
    }
    let event = read_past(&text, index, received).map(|mut event| {
        // The same file brought again says the same at the same place.
        event.message.get_or_insert_with(|| derived(row));
        event
    });
    (text, event)
}

/// The id of a line that has none: of what it holds, whatever is made of its columns, and of where it stands.
fn derived(row: &Row) -> String {
    let content = match &row.content {
        Content::Line(line) => format!("{}\n{line}", row.number),
        Content::Cells(cells) => format!("{}\n{}", row.number, cells.join("\u{1f}")),
    };
    let hash = kit::text::sha256(content.as_bytes());
    format!("file-{}", kit::text::base64url(&hash[..18]))
}

impl Plan {
    /// Makes lines ready that stand after `position` in the file.
    pub(super) fn batch(&self, rows: &[Row], position: i64, (received, is_last): (Timestamp, bool)) -> Batch {
        let (mut entries, mut seen) = (Vec::with_capacity(rows.len()), HashSet::new());
        let mut batch = Batch {
            position,
            last: rows.last().map_or(position, |row| row.number),
            parts: Vec::new(),
            known: 0,
            left_out: 0,
            refused: Vec::new(),
            first: None,
            is_last,
        };
        for row in rows {
            let (text, event) = event_of(&self.backfill, row, received);
            match event {
                Ok(event) if self.is_late(&event) => batch.left_out += 1,
                Ok(event) => {
                    let entry = Entry::of(&self.ids, &event, &text);
                    if seen.insert(entry.message) {
                        let day = Day::of(event.stamps.happened, &self.zone);
                        batch.first = Some(batch.first.map_or(day, |first| first.min(day)));
                        entries.push(entry);
                    } else {
                        batch.known += 1;
                    }
                }
                Err(refused) => batch.refused.push(RefusedLine {
                    line: row.number,
                    reason: refused.reason,
                    about: refused.about.chars().filter(|c| *c != '\0').take(200).collect(),
                }),
            }
        }
        batch.parts = log::Batch::cut_past(received, entries);
        batch
    }

    fn is_late(&self, event: &Event) -> bool {
        let until = self.backfill.until;
        until.is_some_and(|until| Day::of(event.stamps.happened, &self.zone) >= until)
    }
}

/// Takes a batch.
pub(super) fn take(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: BackfillId,
    batch: &Batch,
) -> Result<Step, BackfillError> {
    let found = store::find(tx, workspace, id)?;
    let is_ours =
        |backfill: &Backfill| backfill.state == State::Running && backfill.position == batch.position;
    let Some(mut backfill) = found.filter(is_ours) else {
        return Ok(Step::Stop);
    };
    let Some(actor) = author(tx, workspace, &backfill)? else {
        fail(tx, workspace, backfill, "forbidden")?;
        return Ok(Step::Stop);
    };
    match listened_to(tx, workspace, backfill.source) {
        Ok(()) => {}
        Err(BackfillError::Db(error)) => return Err(BackfillError::Db(error)),
        Err(_) => {
            fail(tx, workspace, backfill, "source-off")?;
            return Ok(Step::Stop);
        }
    }
    for part in &batch.parts {
        let fresh = log::append(tx, workspace, backfill.source, part)?;
        backfill.counts.taken += number(fresh);
        backfill.counts.known += number(part.len() - fresh);
    }
    let room = usize::try_from(MOST_REFUSED - backfill.counts.refused).unwrap_or_default();
    store::refuse(tx, workspace, id, &batch.refused[..batch.refused.len().min(room)])?;
    backfill.counts.known += batch.known;
    backfill.counts.left_out += batch.left_out;
    backfill.counts.refused += number(batch.refused.len());
    backfill.first = [backfill.first, batch.first].into_iter().flatten().min();
    backfill.position = batch.last;
    backfill.changed_at = tx.now();
    if batch.is_last {
        backfill.state = State::Done;
        record(tx, &actor, &backfill)?;
        look_back(tx, workspace, &backfill)?;
    }
    store::update(tx, workspace, &backfill)?;
    Ok(if batch.is_last {
        Step::Stop
    } else {
        Step::GoOn(backfill.counts.lines(), backfill.total)
    })
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The agent in whose name it runs, as long as they may; the program itself when it began it.
fn author(tx: &mut Tx<'_>, workspace: WorkspaceId, backfill: &Backfill) -> Result<Option<Actor>, DbError> {
    let actor = match backfill.agent {
        None => Some(Actor::system(workspace, "usage")),
        Some(id) => agents::find(tx, workspace, id)?
            .filter(|agent| agent.is_active)
            .map(|agent| agent.actor(workspace)),
    };
    Ok(actor.filter(|actor| actor.may(Permission::UsageWrite)))
}

/// Ends a run that can't go on by itself.
pub(super) fn fail(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mut backfill: Backfill,
    problem: &str,
) -> Result<(), DbError> {
    backfill.state = State::Failed;
    backfill.problem = Some(problem.to_owned());
    backfill.changed_at = tx.now();
    store::update(tx, workspace, &backfill)?;
    look_back(tx, workspace, &backfill)?;
    record(tx, &Actor::system(workspace, "usage"), &backfill)
}

/// Lets the past be written anew once nothing more comes for now: what was taken is part of it.
pub(super) fn look_back(tx: &mut Tx<'_>, workspace: WorkspaceId, backfill: &Backfill) -> Result<(), DbError> {
    if backfill.counts.taken > 0 {
        history::ask_whole(tx, workspace, None)?;
    }
    Ok(())
}
