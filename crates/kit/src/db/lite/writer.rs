//! The writer: takes what waits in the queue, runs each closure in a savepoint, commits all together, then answers.
//!
//! Nobody is answered before the commit, not even those whose closures failed: they have seen what others of the group
//! wrote. When the commit fails, everybody is told so. When the transaction is lost for a reason that may lie in one
//! closure alone (a time limit, a reference that does not fit), the others run once more, each alone.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::session::Session;
use super::{errors, open, references};
use crate::db::error::DbError;
use crate::db::queue::Queue;
use crate::db::shared::Shared;
use crate::db::task::{Task, follow, unharmed};
use crate::db::tx::{AfterCommit, Session as Backend, Tx};
use crate::db::watch::Watch;

/// A group ends at this many closures …
const GROUP: usize = 512;
/// … or when it has run this long, so that the first does not wait for a long tail.
const GROUP_TIME: Duration = Duration::from_millis(10);

/// What the writing thread has.
pub(in crate::db) struct Writer {
    path: PathBuf,
    limit: Duration,
    shared: Arc<Shared>,
    session: Option<Session>,
}

/// A closure that ran and waits for the commit.
struct Ran {
    task: Box<dyn Task>,
    is_good: bool,
    after: Vec<AfterCommit>,
}

/// How running a closure left the transaction.
enum Left {
    /// Open, with the closure's changes in it if it was good.
    Open(Option<Ran>),
    /// Gone, with the changes of the whole group. The closure that was running has been answered.
    Lost,
}

impl Writer {
    /// Opens the file at `path`, creating it.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when that can't be.
    pub(in crate::db) fn open(path: &Path, limit: Duration, shared: Arc<Shared>) -> Result<Self, DbError> {
        Ok(Self {
            path: path.to_owned(),
            limit,
            shared,
            session: Some(open::writer(path)?),
        })
    }

    /// Serves until the queue is closed.
    pub(in crate::db) fn serve(mut self, queue: &Queue) {
        let mut next = None;
        while let Some(first) = next.take().or_else(|| queue.take(|| ())) {
            let is_whole = unharmed("the database's writer", || next = self.group(first, queue));
            if !is_whole {
                self.session = None;
            }
        }
    }

    /// One group: `first` and what waits behind it. Gives what was taken from the queue but must begin a group.
    fn group(&mut self, first: Box<dyn Task>, queue: &Queue) -> Option<Box<dyn Task>> {
        let is_alone = stands_alone(first.as_ref());
        if let Err(error) = self.begin(first.as_ref()) {
            refuse(first, error);
            return None;
        }
        let watch = Watch::start();
        let mut ran = Vec::new();
        let mut next = Some(first);
        while let Some(task) = next.take() {
            match self.run(task) {
                Left::Open(done) => ran.extend(done),
                Left::Lost => {
                    self.rerun(ran);
                    return None;
                }
            }
            let is_over =
                is_alone || ran.len() >= GROUP || watch.elapsed() >= GROUP_TIME || self.has_put_off();
            if !is_over {
                next = queue.take_waiting();
            }
            if next.as_deref().is_some_and(stands_alone) {
                break;
            }
        }
        metrics::histogram!("db_group_closures").record(ran.len() as f64);
        self.store(ran);
        next
    }

    /// A group of one.
    fn alone(&mut self, task: Box<dyn Task>) {
        if let Err(error) = self.begin(task.as_ref()) {
            return refuse(task, error);
        }
        match self.run(task) {
            Left::Open(ran) => self.store(ran.into_iter().collect()),
            Left::Lost => self.abandon(),
        }
    }

    fn rerun(&mut self, ran: Vec<Ran>) {
        self.abandon();
        for done in ran {
            self.alone(done.task);
        }
    }

    fn begin(&mut self, task: &dyn Task) -> Result<(), DbError> {
        let session = match &mut self.session {
            Some(session) => session,
            None => self.session.insert(open::writer(&self.path)?),
        };
        if task.manner().is_migration {
            // A table that others refer to can only be built anew while nobody looks; the migration's end looks.
            session.script("pragma foreign_keys = off")?;
        }
        let begun = session.step("begin immediate");
        if begun.is_err() {
            self.session = None;
        }
        begun.map_err(|error| errors::plain(&error, "begin"))
    }

    /// Runs one closure in its savepoint and takes it back if it failed.
    fn run(&mut self, mut task: Box<dyn Task>) -> Left {
        let Some(session) = self.session.as_mut().filter(|_| !task.is_abandoned()) else {
            return Left::Open(None);
        };
        if let Err(error) = session.step("savepoint closure") {
            refuse(task, errors::plain(&error, "savepoint"));
            return Left::Lost;
        }
        let is_unlimited = task.manner().is_unlimited;
        session.allow(if is_unlimited { Duration::MAX } else { self.limit });
        let mut tx = Tx::new(Backend::Lite(session), &self.shared);
        let is_good = task.run(&mut tx);
        let after = tx.after;
        session.allow(Duration::MAX);
        let ended = if is_good {
            session.step("release closure")
        } else {
            session
                .step("rollback to closure")
                .and_then(|()| session.step("release closure"))
        };
        match ended {
            Ok(()) => Left::Open(Some(Ran { task, is_good, after })),
            Err(error) => {
                if is_good {
                    task.fail(errors::plain(&error, "savepoint"));
                }
                task.answer();
                Left::Lost
            }
        }
    }

    /// Commits and answers all of a group.
    fn store(&mut self, ran: Vec<Ran>) {
        match self.commit(&ran) {
            Ok(()) => {
                for done in ran {
                    if done.is_good {
                        follow(done.after);
                    }
                    done.task.answer();
                }
            }
            Err(DbError::ForeignKey { .. }) if ran.len() > 1 => self.rerun(ran),
            Err(error) => {
                self.abandon();
                for mut done in ran {
                    match &error {
                        DbError::Unknown if !done.is_good => {
                            done.task.fail(DbError::Unavailable(error.to_string()));
                        }
                        error => done.task.fail(error.clone()),
                    }
                    done.task.answer();
                }
            }
        }
    }

    fn commit(&mut self, ran: &[Ran]) -> Result<(), DbError> {
        let Some(session) = &mut self.session else {
            return Err(DbError::Closed);
        };
        let is_migration = ran.iter().any(|done| done.task.manner().is_migration);
        if is_migration && let Some((table, columns)) = references::broken(&session.connection) {
            let columns = columns.join(", ");
            return Err(DbError::Schema(format!(
                "after the migrations, rows of {table} ({columns}) refer to nothing"
            )));
        }
        let committed = session
            .step("commit")
            .map_err(|error| errors::of_commit(&error, &session.connection));
        if is_migration {
            session.script("pragma foreign_keys = on")?;
        }
        committed
    }

    /// Ends a transaction that can't be committed; SQLite may have ended it already. A connection that is in doubt is
    /// opened anew.
    fn abandon(&mut self) {
        let is_clean = self.session.as_ref().is_some_and(|session| {
            (!session.is_in_transaction() || session.step("rollback").is_ok())
                && session.script("pragma foreign_keys = on").is_ok()
        });
        if !is_clean {
            tracing::warn!("the writer's connection is opened anew");
            self.session = None;
        }
    }

    fn has_put_off(&self) -> bool {
        self.session.as_ref().is_some_and(Session::has_put_off_references)
    }
}

/// Whether a closure shares no group: it may take long, or has its own settings.
fn stands_alone(task: &dyn Task) -> bool {
    let manner = task.manner();
    manner.is_unlimited || manner.is_migration
}

fn refuse(mut task: Box<dyn Task>, error: DbError) {
    task.fail(error);
    task.answer();
}
