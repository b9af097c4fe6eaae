//! How a command fails: what failed, what to do, and with which exit code.

use std::{fmt, io::ErrorKind, process::ExitCode};

use kit::{archive::ArchiveError, blob::BlobError, db::DbError};

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
            ServeError::Listen { source, .. } if source.kind() == ErrorKind::AddrInUse => {
                "stop the program that listens there, or choose another with --listen or --operations-listen"
            }
            ServeError::Listen { source, .. } if source.kind() == ErrorKind::PermissionDenied => {
                "choose a port from 1024 on and put a proxy before it"
            }
            ServeError::Listen { .. } => "give an address of this machine",
            ServeError::Signals(_) | ServeError::Certificate(_) => return Self::new(error.to_string()),
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
            OpenError::Blobs(error) => error.into(),
            seal @ OpenError::Seal(_) => {
                Self::new(seal.to_string()).advice("check seal_keys, or the file seal.key in the data folder")
            }
            post @ OpenError::Post(_) => Self::new(post.to_string()).exit(Exit::Usage),
            client @ OpenError::Outgoing(_) => Self::new(client.to_string())
                .advice("install the certificates of this system: ca-certificates"),
            reach @ OpenError::Reach(_) => Self::new(reach.to_string()),
            folder @ OpenError::Folder(..) => {
                Self::new(folder.to_string()).advice("choose a folder that this user may make with --data")
            }
        }
    }
}

impl From<BlobError> for Failure {
    fn from(error: BlobError) -> Self {
        let failure = Self::new(error.to_string());
        match error {
            BlobError::Database(error) => error.into(),
            BlobError::Full => failure.advice("make room where the blobs are kept"),
            BlobError::ReadOnly => failure.advice("make the blob store writable for this user"),
            BlobError::Missing { .. } | BlobError::Damaged { .. } => {
                failure.advice("take the object from a backup of the blob store")
            }
            _ => failure.advice("`tandem doctor` tells more"),
        }
    }
}

impl From<ArchiveError> for Failure {
    fn from(error: ArchiveError) -> Self {
        let text = error.to_string();
        match error {
            ArchiveError::Database(error) => error.into(),
            ArchiveError::Blob(error) => error.into(),
            ArchiveError::Damaged(_) => {
                Self::new(text).advice("use another archive; nothing was loaded from this one")
            }
            ArchiveError::Unfit(_) => Self::new(text).exit(Exit::Usage),
            ArchiveError::File { source, .. } => match source.kind() {
                ErrorKind::AlreadyExists => Self::new(text).advice("choose another name").exit(Exit::Usage),
                ErrorKind::NotFound => Self::new(text).advice("check the name").exit(Exit::Usage),
                ErrorKind::StorageFull => Self::new(text).advice("make room, then start again"),
                _ => Self::new(text),
            },
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
            FillError::Import(error) => error.into(),
            other => Self::new(other.to_string()).advice("start again with --fresh"),
        }
    }
}
