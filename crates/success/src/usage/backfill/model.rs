//! What a back-fill is: a file of events of the past, how it is read, and how far it is.

use kit::blob::{BlobError, BlobId};
use kit::clock::Timestamp;
use kit::csv::{CsvError, Dialect};
use kit::day::Day;
use kit::db::{ColumnError, DbError, FromColumn, ToParam, Value};
use tandem_core::actor::Forbidden;
use tandem_core::agents::AgentId;
use tandem_core::imports::writing::{DayOrder, Writing};

use super::BackfillId;
use super::table::Slot;
use crate::usage::protocol::Reason;
use crate::usage::sources::SourceId;

/// A back-fill.
#[derive(Clone, Debug, PartialEq)]
pub struct Backfill {
    /// Its id.
    pub id: BackfillId,
    /// The source whose events they are.
    pub source: SourceId,
    /// What the file was called.
    pub file_name: String,
    /// The file.
    pub file: BlobId,
    /// Its length in bytes, as it came.
    pub size: i64,
    /// Whether the file is still kept.
    pub is_kept: bool,
    /// How it is written.
    pub layout: Layout,
    /// Where the columns of a table go; none for one that is a property.
    pub mapping: Vec<Option<Slot>>,
    /// How the columns of a table write days.
    pub writing: Vec<Writing>,
    /// Events of this day and later are left out.
    pub until: Option<Day>,
    /// What is going on.
    pub state: State,
    /// Why it failed.
    pub problem: Option<String>,
    /// The agent in whose name it runs; none for the program itself.
    pub agent: Option<AgentId>,
    /// The signature of who asked for it.
    pub by: String,
    /// When.
    pub created_at: Timestamp,
    /// When something last changed.
    pub changed_at: Timestamp,
    /// Lines of the file, without the header and empty ones.
    pub total: i64,
    /// The number of the last line that was looked at; those after it are still to come.
    pub position: i64,
    /// What became of the lines.
    pub counts: Counts,
    /// The first day of what was taken.
    pub first: Option<Day>,
}

/// How a file is to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Which of the two.
    pub form: Form,
    /// Characters, separator, quotation mark; of a table.
    pub dialect: Dialect,
    /// The names of the columns; of a table.
    pub columns: Vec<String>,
}

/// What a file looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// An event in JSON on each line.
    Lines,
    /// A table with a header: CSV.
    Table,
}

/// What became of lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// They are in the log now.
    pub taken: i64,
    /// They were there already.
    pub known: i64,
    /// They are of the day from which on nothing is taken, or later.
    pub left_out: i64,
    /// They do not fit.
    pub refused: i64,
}

impl Counts {
    /// Lines that were looked at.
    pub fn lines(&self) -> i64 {
        self.taken + self.known + self.left_out + self.refused
    }
}

/// What is going on with a back-fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing has happened; columns can be mapped.
    Draft,
    /// Lines are being taken.
    Running,
    /// It waits for somebody to let it go on.
    Paused,
    /// Every line was looked at.
    Done,
    /// It can't go on by itself.
    Failed,
}

impl Form {
    /// The word in tables and for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lines => "lines",
            Self::Table => "table",
        }
    }
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Running, Self::Paused, Self::Done, Self::Failed];

    /// The word in tables and for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

impl ToParam for State {
    fn to_param(&self) -> Value<'_> {
        Value::Text(self.as_str().into())
    }
}

impl FromColumn for State {
    fn from_column(column: Value<'_>) -> Result<Self, ColumnError> {
        let found = match &column {
            Value::Text(word) => Self::ALL.into_iter().find(|state| state.as_str() == word),
            _ => None,
        };
        found.ok_or_else(|| column.is_not("the state of a back-fill"))
    }
}

impl ToParam for Form {
    fn to_param(&self) -> Value<'_> {
        Value::Text(self.as_str().into())
    }
}

impl FromColumn for Form {
    fn from_column(column: Value<'_>) -> Result<Self, ColumnError> {
        let found = match &column {
            Value::Text(word) => [Self::Lines, Self::Table]
                .into_iter()
                .find(|form| form.as_str() == word),
            _ => None,
        };
        found.ok_or_else(|| column.is_not("the form of a file"))
    }
}

impl Backfill {
    /// The name without the id in the signature of who asked for it.
    pub fn author(&self) -> &str {
        self.by.split_once(' ').map_or(&self.by, |(_, name)| name)
    }

    /// Whether it can go on where it is.
    pub fn can_go_on(&self) -> bool {
        self.is_kept && matches!(self.state, State::Paused | State::Failed)
    }

    /// The column of a slot.
    pub fn column_of(&self, slot: Slot) -> Option<usize> {
        self.mapping.iter().position(|mapped| *mapped == Some(slot))
    }

    /// How the column of times writes days.
    pub fn days(&self) -> Option<DayOrder> {
        let column = self.column_of(Slot::Time)?;
        self.writing.get(column)?.days
    }
}

/// A line that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedLine {
    /// Its number in the file, from 1.
    pub line: i64,
    /// Why.
    pub reason: Reason,
    /// What of it is wrong.
    pub about: String,
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BackfillError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such back-fill here.
    #[error("there is no such back-fill")]
    Unknown,
    /// There is no such source here.
    #[error("there is no such source")]
    NoSource,
    /// Nothing is taken from the source.
    #[error("the source is switched off")]
    SourceOff,
    /// The file holds no lines.
    #[error("the file holds no lines")]
    Empty,
    /// The file can't be unpacked.
    #[error("the file is packed and damaged")]
    Damaged,
    /// The file can't be read.
    #[error(transparent)]
    Csv(#[from] CsvError),
    /// A table without a column that every event needs.
    #[error("no column is mapped to {0}")]
    Unmapped(&'static str),
    /// Two columns go to one place.
    #[error("two columns are mapped to {0}")]
    Twice(&'static str),
    /// The file does not say how its times write days.
    #[error("say how days are written in the column of times")]
    Unclear,
    /// The day from which on nothing is taken is none.
    #[error("the day is written as 2026-11-22")]
    BadDay,
    /// The back-fill is past that.
    #[error("the back-fill is past that: it is {}", .0.as_str())]
    Past(State),
    /// The file was let go.
    #[error("the file is kept no more")]
    Gone,
    /// The store of files failed.
    #[error(transparent)]
    Blob(BlobError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<BlobError> for BackfillError {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::Database(error) => Self::Db(error),
            error => Self::Blob(error),
        }
    }
}
