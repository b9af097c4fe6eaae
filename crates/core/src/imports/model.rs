//! What an import is: a file, how it is read, where its columns go, and how far it is.

use kit::blob::{BlobError, BlobId};
use kit::clock::Timestamp;
use kit::csv::{CsvError, Dialect};
use kit::db::{ColumnError, DbError, FromColumn, ToParam, Value};
use kit::id::Uuid;

use super::ImportId;
use super::target::{Form, Slots};
use super::writing::{DayOrder, DecimalSign, Writing};
use crate::actor::Forbidden;
use crate::agents::AgentId;

/// An import.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// The name of what it brings.
    pub target: String,
    /// What the file was called.
    pub file_name: String,
    /// The file.
    pub file: BlobId,
    /// Its length in bytes.
    pub size: i64,
    /// How it is written.
    pub layout: Layout,
    /// Where its columns go: a field for each, or nothing.
    pub mapping: Vec<Option<String>>,
    /// How the columns write days and amounts.
    pub writing: Vec<Writing>,
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
    /// Rows of the file, without the header.
    pub total: i64,
    /// The number of the last row that was taken or refused; the rows after it are still to come. While it is undone,
    /// the number of the last row that was not looked at.
    pub position: i64,
    /// What became of the rows.
    pub counts: Counts,
}

/// How a file is to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Characters, separator, quotation mark.
    pub dialect: Dialect,
    /// Whether the first row names the columns.
    pub has_header: bool,
    /// The names of the columns; numbers when nothing names them.
    pub columns: Vec<String>,
}

/// What became of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// They brought something new.
    pub added: i64,
    /// They changed something.
    pub changed: i64,
    /// They said what was known.
    pub unchanged: i64,
    /// They do not fit.
    pub refused: i64,
    /// What they did was taken back.
    pub taken_back: i64,
    /// What they did was touched since and stays.
    pub left_alone: i64,
}

impl Counts {
    /// Rows that were looked at.
    pub fn rows(&self) -> i64 {
        self.added + self.changed + self.unchanged + self.refused
    }

    /// Rows that did something.
    pub fn effective(&self) -> i64 {
        self.added + self.changed
    }
}

/// What is going on with an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing has happened; columns can be mapped.
    Draft,
    /// Rows are being taken.
    Running,
    /// It waits for somebody to let it go on.
    Paused,
    /// Every row was looked at.
    Done,
    /// It can't go on.
    Failed,
    /// What it did is being taken back.
    Undoing,
    /// What it did was taken back, as far as nobody had touched it.
    Undone,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Running,
        Self::Paused,
        Self::Done,
        Self::Failed,
        Self::Undoing,
        Self::Undone,
    ];

    /// The word in tables and for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
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
        found.ok_or_else(|| column.is_not("the state of an import"))
    }
}

impl Import {
    /// Whether something runs in the background.
    pub fn is_moving(&self) -> bool {
        matches!(self.state, State::Running | State::Undoing)
    }

    /// Whether there is something to take back.
    pub fn can_be_undone(&self) -> bool {
        matches!(self.state, State::Done | State::Failed | State::Paused) && self.counts.effective() > 0
    }

    /// The name without the id in the signature of who asked for it.
    pub fn author(&self) -> &str {
        self.by.split_once(' ').map_or(&self.by, |(_, name)| name)
    }

    /// How a column writes what it holds.
    pub fn writing_of(&self, column: usize) -> Writing {
        self.writing.get(column).copied().unwrap_or_default()
    }

    /// What has to be said about the writing of a column before it can be read: its days, its amounts, or nothing.
    pub fn question(&self, slots: &Slots, column: usize) -> Option<Form> {
        let key = self.mapping.get(column)?.as_deref()?;
        let field = slots.named(key)?;
        let writing = self.writing_of(column);
        match field.form {
            Form::Day | Form::Moment if writing.days.is_some() => Some(Form::Day),
            Form::Amount if writing.amounts.is_some() => Some(Form::Amount),
            _ => None,
        }
    }

    /// The first column whose writing nobody knows.
    pub(super) fn unclear(&self, slots: &Slots) -> Option<&str> {
        let is_unclear = |column: &usize| match self.question(slots, *column) {
            Some(Form::Day) => self.writing_of(*column).days == Some(DayOrder::Unclear),
            Some(Form::Amount) => self.writing_of(*column).amounts == Some(DecimalSign::Unclear),
            _ => false,
        };
        let column = (0..self.layout.columns.len()).find(is_unclear)?;
        self.layout.columns.get(column).map(String::as_str)
    }

    /// How many rows there are before the first one with data.
    pub(super) fn header_rows(&self) -> u64 {
        u64::from(self.layout.has_header)
    }
}

/// A row whose effect was left alone when its import was undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Its number in the file.
    pub row: i64,
    /// What it had brought.
    pub subject: Uuid,
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such import here.
    #[error("there is no such import")]
    Unknown,
    /// Nothing of this name can be imported.
    #[error("there is no such target: {0}")]
    UnknownTarget(String),
    /// The file holds no rows.
    #[error("the file holds no rows")]
    Empty,
    /// The file can't be read.
    #[error(transparent)]
    Csv(#[from] CsvError),
    /// A required field has no column.
    #[error("no column is mapped to the field {0}")]
    Unmapped(&'static str),
    /// Two columns go to one field.
    #[error("two columns are mapped to the field {0}")]
    Twice(String),
    /// The file does not say how a column writes its days or amounts.
    #[error("say how days or amounts are written in the column {0}")]
    Unclear(String),
    /// The import is past that.
    #[error("the import is past that: it is {}", .0.as_str())]
    Past(State),
    /// The store of files failed.
    #[error(transparent)]
    Blob(BlobError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl ImportError {
    /// What is kept of it when it ends an import: a word, and where in the file it is. `cell 3 1`, `columns 7`.
    pub(super) fn problem(&self) -> String {
        match self {
            Self::Csv(CsvError::LongCell { row, column }) => format!("cell {row} {column}"),
            Self::Csv(CsvError::ManyCells { row }) => format!("columns {row}"),
            other => other.to_string(),
        }
    }
}

impl From<BlobError> for ImportError {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::Database(error) => Self::Db(error),
            error => Self::Blob(error),
        }
    }
}
