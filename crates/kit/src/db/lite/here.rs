//! Short reads, run at the place where they are asked: no thread is woken for a few microseconds of work.
//!
//! Sending a closure to another thread and its answer back costs more than most reads do. So an interactive read first
//! gets a moment on the thread that asks. One that needs longer is cut off, forgotten, and goes to the reading threads
//! as if nothing had happened: a closure may always run again. What was asked at the same place in the program goes
//! to them at once for a while.

use std::any::TypeId;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::reader::Reader;
use crate::db::shared::Shared;
use crate::db::task::{Task, unharmed};

/// How long a read may keep the thread that asks; what others on it notice at most.
const MOMENT: Duration = Duration::from_millis(2);

/// How many reads of a kind go to the reading threads at once after one that was cut off.
const LONG: u32 = 63;

/// Connections for short reads.
pub(in crate::db) struct Here {
    path: PathBuf,
    shared: Arc<Shared>,
    /// Nothing once closed.
    idle: Mutex<Option<Idle>>,
}

/// Readers that nobody uses now, the one used last at the end.
struct Idle {
    readers: Vec<Reader>,
    /// How many more may be made.
    places: usize,
    /// The kinds of which one was too long, and how many more of each are not tried.
    long: HashMap<TypeId, u32>,
}

impl Here {
    /// At most `places` reads at the same time of the file at `path`.
    pub(in crate::db) fn new(path: &Path, places: usize, shared: Arc<Shared>) -> Self {
        let idle = Idle {
            readers: Vec::new(),
            places,
            long: HashMap::new(),
        };
        Self {
            path: path.to_owned(),
            shared,
            idle: Mutex::new(Some(idle)),
        }
    }

    /// Runs and answers `task` if it is short; else gives it back.
    pub(in crate::db) fn try_answer(&self, task: Box<dyn Task>) -> Option<Box<dyn Task>> {
        let kind = task.kind();
        let Some(mut reader) = self.take(kind) else {
            return Some(task);
        };
        let mut left = None;
        // A reader in which something broke is not kept, its place is.
        let is_whole = unharmed("a short read", || left = reader.attempt(task));
        if let Some(idle) = self.lock().as_mut() {
            idle.places += 1;
            idle.readers.extend(is_whole.then_some(reader));
            if left.is_some() {
                idle.long.insert(kind, LONG);
            }
        }
        left
    }

    fn take(&self, kind: TypeId) -> Option<Reader> {
        let mut idle = self.lock();
        let idle = idle.as_mut().filter(|idle| idle.places > 0)?;
        if let Some(left) = idle.long.get_mut(&kind).filter(|left| **left > 0) {
            *left -= 1;
            return None;
        }
        idle.places -= 1;
        let reader = idle.readers.pop();
        Some(reader.unwrap_or_else(|| Reader::new(&self.path, MOMENT, Arc::clone(&self.shared))))
    }

    /// Lets no more reads run here, and closes the connections.
    pub(in crate::db) fn close(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> MutexGuard<'_, Option<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
