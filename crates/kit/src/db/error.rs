//! What can go wrong between a verb and its rows, the same words on both databases.

/// A failure of the database layer. Carries no values of rows: it may be logged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DbError {
    /// A row with these columns is already there.
    #[error("a row of {table} with the same {} exists", columns.join(", "))]
    Unique {
        /// The table.
        table: String,
        /// The columns of the constraint, in its order.
        columns: Vec<String>,
    },
    /// These columns point at nothing, or something still points here.
    #[error("{table} ({}) and what it refers to do not fit", columns.join(", "))]
    ForeignKey {
        /// The table that holds the reference.
        table: String,
        /// The referring columns.
        columns: Vec<String>,
    },
    /// A column that must have a value has none.
    #[error("{table}.{column} must have a value")]
    NotNull {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// A named rule of the table does not hold.
    #[error("the rule {name} of {table} does not hold")]
    Check {
        /// The table; empty where SQLite does not tell.
        table: String,
        /// The constraint's name.
        name: String,
    },
    /// A statement ran longer than its lane allows.
    #[error("{statement} took longer than allowed")]
    Timeout {
        /// Where the statement stands in the source.
        statement: String,
    },
    /// The queue to the database stayed full: try again later.
    #[error("the database has more to do than it can take")]
    Overloaded,
    /// Others kept changing the same rows.
    #[error("others kept changing the same rows")]
    Contention,
    /// No room left on the database's disk.
    #[error("the database's disk is full")]
    Full,
    /// The database can't be written to.
    #[error("the database is read-only")]
    ReadOnly,
    /// The database can't be reached.
    #[error("the database can't be reached: {0}")]
    Unavailable(String),
    /// The connection was lost while committing: the change may or may not be stored.
    #[error("the connection was lost while committing; the change may or may not be stored")]
    Unknown,
    /// A column could not be read as the type asked for.
    #[error("{statement}, column {column}: {problem}")]
    Column {
        /// Where the statement stands in the source.
        statement: String,
        /// The column's name.
        column: String,
        /// Expected and found type.
        problem: String,
    },
    /// A statement that must give a row gave none.
    #[error("{statement} found no row")]
    NoRow {
        /// Where the statement stands in the source.
        statement: String,
    },
    /// An earlier statement of this transaction failed, so nothing more can be done in it.
    #[error("an earlier statement of this transaction failed")]
    Doomed,
    /// The closure panicked; its changes were rolled back.
    #[error("the closure panicked; its changes were rolled back")]
    Panicked,
    /// The database's schema and this program do not fit together.
    #[error("{0}")]
    Schema(String),
    /// The handle is closed: the program is stopping.
    #[error("the database handle is closed")]
    Closed,
    /// Anything else: a defect of ours or of the machine.
    #[error("{statement}: {problem}")]
    Internal {
        /// Where the statement stands in the source; a step's name outside statements.
        statement: String,
        /// What the driver said.
        problem: String,
    },
}

impl DbError {
    /// Whether the same call may succeed later without anyone changing it.
    pub fn is_temporary(&self) -> bool {
        matches!(
            self,
            Self::Timeout { .. }
                | Self::Overloaded
                | Self::Contention
                | Self::Full
                | Self::ReadOnly
                | Self::Unavailable(_)
                | Self::Closed
        )
    }

    /// Whether this is a [`DbError::Unique`] of exactly these columns.
    pub fn is_unique(&self, wanted: &[&str]) -> bool {
        matches!(self, Self::Unique { columns, .. } if columns == wanted)
    }

    pub(crate) fn internal(statement: impl Into<String>, problem: impl std::fmt::Display) -> Self {
        Self::Internal {
            statement: statement.into(),
            problem: problem.to_string(),
        }
    }
}
