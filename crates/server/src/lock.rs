//! One process per SQLite file.
//!
//! SQLite would let two processes write, but each keeps its own caches, queues and wake-ups, and
//! jobs would run twice. The lock is the operating system's: it ends with the process, however
//! that ends, so no stale file ever has to be removed.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
};

/// The right to be the only process on a database file, until dropped.
#[derive(Debug)]
pub struct DatabaseLock {
    // Closing the file gives the lock back.
    _file: File,
}

/// Why the lock cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process has it.
    #[error("{} is in use by {}", database.display(), holder(pid))]
    Held {
        /// The database file.
        database: PathBuf,
        /// The process that has it, when it says so.
        pid: Option<u32>,
    },
    /// The lock file cannot be made or locked.
    #[error("cannot lock {}: {source}", path.display())]
    Io {
        /// The lock file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

fn holder(pid: &Option<u32>) -> String {
    pid.map_or_else(|| "another process".to_owned(), |pid| format!("process {pid}"))
}

impl DatabaseLock {
    /// Takes the lock on `database` or says who has it; never waits.
    ///
    /// # Errors
    /// See [`LockError`].
    pub fn take(database: &Path) -> Result<Self, LockError> {
        let mut path = database.as_os_str().to_owned();
        path.push(".lock");
        let path = PathBuf::from(path);
        let failed = |source| LockError::Io {
            path: path.clone(),
            source,
        };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            // The text inside belongs to the holder until we hold the lock.
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(LockError::Held {
                    database: database.to_owned(),
                    pid: read_pid(&mut file),
                });
            }
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        write_pid(&mut file).map_err(failed)?;
        Ok(Self { _file: file })
    }
}

fn read_pid(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(20).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

fn write_pid(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_holder_is_told_who_the_first_is() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("tandem.db");
        let first = DatabaseLock::take(&database).unwrap();
        let refused = DatabaseLock::take(&database).unwrap_err().to_string();
        assert!(
            refused.ends_with(&format!("in use by process {}", std::process::id())),
            "{refused}"
        );
        drop(first);
        DatabaseLock::take(&database).unwrap();
    }

    #[test]
    fn a_missing_folder_is_named() {
        let refused = DatabaseLock::take(Path::new("/nowhere/tandem.db"))
            .unwrap_err()
            .to_string();
        assert!(
            refused.starts_with("cannot lock /nowhere/tandem.db.lock: "),
            "{refused}"
        );
    }
}
