//! The readers: threads that take closures from one queue, each on its own connection and snapshot.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::session::Session;
use super::{errors, open};
use crate::db::error::DbError;
use crate::db::queue::Queue;
use crate::db::shared::Shared;
use crate::db::task::{Task, follow, unharmed};
use crate::db::tx::{Session as Backend, Tx};

/// What one reading thread has.
pub(in crate::db) struct Reader {
    path: PathBuf,
    limit: Duration,
    shared: Arc<Shared>,
    session: Option<Session>,
}

impl Reader {
    /// A reader of the file at `path` whose closures may take `limit`; it opens the file at the first one.
    pub(in crate::db) fn new(path: &Path, limit: Duration, shared: Arc<Shared>) -> Self {
        Self {
            path: path.to_owned(),
            limit,
            shared,
            session: None,
        }
    }

    /// Serves until the queue is closed.
    pub(in crate::db) fn serve(&mut self, queue: &Queue) {
        while let Some(task) = queue.take(|| ()) {
            if !unharmed("a database thread", || self.answer(task)) {
                self.session = None;
            }
        }
    }

    /// Runs one closure and answers it.
    pub(in crate::db) fn answer(&mut self, mut task: Box<dyn Task>) {
        if task.is_abandoned() {
            return;
        }
        if let Err(error) = self.read(task.as_mut()) {
            // The file may have gone or come back: the next one looks at it anew.
            self.session = None;
            task.fail(error);
        }
        task.answer();
    }

    /// Runs one closure and answers it; gives it back, as if it had never run, when its time was too short or the file
    /// is in trouble.
    pub(super) fn attempt(&mut self, mut task: Box<dyn Task>) -> Option<Box<dyn Task>> {
        match self.read(task.as_mut()) {
            Ok(Ran::Whole) => {
                task.answer();
                None
            }
            Ok(Ran::CutOff) => Some(task),
            Err(_) => {
                self.session = None;
                Some(task)
            }
        }
    }

    fn read(&mut self, task: &mut dyn Task) -> Result<Ran, DbError> {
        let session = match &mut self.session {
            Some(session) => session,
            None => self.session.insert(open::reader(&self.path)?),
        };
        session
            .step("begin")
            .map_err(|error| errors::plain(&error, "begin"))?;
        session.allow(self.limit);
        let mut tx = Tx::new(Backend::Lite(session), &self.shared);
        let is_good = task.run(&mut tx);
        let after = tx.after;
        let ran = if session.was_cut_off() {
            Ran::CutOff
        } else {
            Ran::Whole
        };
        session.allow(Duration::MAX);
        if session.is_in_transaction() && session.step("rollback").is_err() {
            self.session = None;
        }
        if is_good && ran == Ran::Whole {
            follow(after);
        }
        Ok(ran)
    }
}

/// How far a closure came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ran {
    /// To its end.
    Whole,
    /// To the end of its time.
    CutOff,
}
