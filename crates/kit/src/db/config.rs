//! Where the database is and how its handle works.

use std::path::PathBuf;
use std::time::Duration;

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A SQLite file; made when it is not there.
    File(PathBuf),
    /// A `postgres://` URL.
    Postgres(String),
}

/// How the handle works. [`DbConfig::new`] gives values that suit a small machine.
#[derive(Clone, Debug)]
pub struct DbConfig {
    /// Where the database is.
    pub location: Location,
    /// Threads for interactive reads.
    pub readers: usize,
    /// Threads for reports.
    pub reporters: usize,
    /// Threads for writes on PostgreSQL; SQLite always has one.
    pub writers: usize,
    /// Closures that may wait in each queue.
    pub queue: usize,
    /// How long a caller waits for a place in a full queue before [`DbError::Overloaded`].
    pub queue_wait: Duration,
    /// Time limit of an interactive read and of a write.
    pub limit: Duration,
    /// Time limit of a report.
    pub report_limit: Duration,
    /// Statements slower than this are logged.
    pub slow: Duration,
}

impl DbConfig {
    /// The usual settings for a database at `location`.
    pub fn new(location: Location) -> Self {
        Self {
            location,
            readers: 4,
            reporters: 2,
            writers: 8,
            queue: 4_096,
            queue_wait: Duration::from_secs(2),
            limit: Duration::from_secs(5),
            report_limit: Duration::from_secs(60),
            slow: Duration::from_millis(200),
        }
    }
}
