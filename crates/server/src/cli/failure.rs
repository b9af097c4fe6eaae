//! How a command fails: what failed, what to do, and with which exit code.

use std::{fmt, process::ExitCode};

use kit::db::DbError;

use crate::{app::OpenError, config::ConfigError, demo::FillError, lock::LockError, serve::ServeError};

/// The exit codes besides 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The work could not be done.
    Failed = 1,
    /// The command line or the configuration is wrong; nothing was begun.
    Usage = 2,
    /// The work was done and found something wrong.
    Unhealthy = 3,
    /// Another process uses the database file.
    InUse = 4,
}

/// The codes as the help text explains them.
pub(super) const EXIT_CODES: &str = "\
Exit codes: 0 done, 1 failed, 2 wrong command line or configuration, 3 something is unhealthy,
4 the database file is in use by another process.";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// A failed command.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    what: String,
    advice: Option<String>,
}

impl Failure {
    /// Work that could not be done.
    pub fn new(what: impl Into<String>) -> Self {
        Self {
            exit: Exit::Failed,
            what: what.into(),
            advice: None,
        }
    }

    /// The same, with another exit code.
    #[must_use]
    pub fn exit(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.advice {
            Some(advice) => write!(f, "{}; {advice}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::new(error.to_string()).exit(Exit::Usage)
    }
}

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Self {
        let advice = match &error {
            ServeError::Listen { source, .. } if source.kind() == std::io::ErrorKind::AddrInUse => {
                "stop the program that listens there, or choose another with --listen or --operations-listen"
            }
            ServeError::Listen { source, .. } if source.kind() == std::io::ErrorKind::PermissionDenied => {
                "choose a port from 1024 on and put a proxy before it"
            }
            ServeError::Listen { .. } => "give an address of this machine",
            ServeError::Signals(_) => return Self::new(error.to_string()),
        };
        Self::new(error.to_string()).advice(advice)
    }
}

impl From<LockError> for Failure {
    fn from(error: LockError) -> Self {
        let failure = Self::new(error.to_string());
        match error {
            LockError::Held { .. } => failure
                .exit(Exit::InUse)
                .advice("stop that process, or give this one its own --data folder; several processes need PostgreSQL"),
            LockError::Io { .. } => failure.advice("make sure that the data folder exists and belongs to this user"),
        }
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Lock(error) => error.into(),
            OpenError::Db(error) => error.into(),
            other => Self::new(other.to_string()),
        }
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        let failure = Self::new(error.to_string());
        match error {
            DbError::Full => failure.advice("make room on the disk of the database, then start again"),
            DbError::ReadOnly => failure.advice("make the data folder writable for this user"),
            DbError::Unavailable(_) => {
                failure.advice("check that the database runs and that database_url is right")
            }
            _ => failure,
        }
    }
}

impl From<FillError> for Failure {
    fn from(error: FillError) -> Self {
        match error {
            FillError::Open(error) => error.into(),
            FillError::Db(error) => error.into(),
            other => Self::new(other.to_string()).advice("start again with --fresh"),
        }
    }
}
