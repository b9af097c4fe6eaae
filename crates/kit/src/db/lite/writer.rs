//! The writer: takes what waits in the queue, runs each closure in a savepoint, commits all together, then answers.
//!
//! Nobody is answered before the commit is on disk. When the commit fails, everybody is told so. When SQLite gives up
//! the whole transaction in the middle (a full disk does that), those who were fine run once more, each alone.

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::mpsc::Receiver;

use super::errors;
use super::session::Session;
use crate::db::error::DbError;
use crate::db::shared::Shared;
use crate::db::task::{Message, Task};
use crate::db::tx::{AfterCommit, Session as Backend, Tx};
use crate::db::watch::Watch;

/// A group ends at this many closures …
const GROUP: usize = 512;
/// … or when it has run this long, so that the first does not wait for a long tail.
const GROUP_TIME: Duration = Duration::from_millis(10);

struct Writer {
    session: Session,
    limit: Duration,
    shared: Arc<Shared>,
}

/// A closure that ran well and waits for the commit.
struct Pending {
    task: Box<dyn Task>,
    after: Vec<AfterCommit>,
}

/// Starts the writer of `queue` whose closures may take `limit` each.
pub(in crate::db) fn spawn(
    connection: Connection,
    queue: Receiver<Message>,
    limit: Duration,
    shared: Arc<Shared>,
) -> Result<JoinHandle<()>, DbError> {
    let writer = Writer {
        session: Session::new(connection)?,
        limit,
        shared,
    };
    std::thread::Builder::new()
        .name("db-writer".to_owned())
        .spawn(move || writer.serve(queue))
        .map_err(|error| DbError::Unavailable(error.to_string()))
}

impl Writer {
    fn serve(&self, mut queue: Receiver<Message>) {
        while let Some(Message::Task(first)) = queue.blocking_recv() {
            let mut rerun = Vec::new();
            let go_on = self.group(first, &mut queue, &mut rerun);
            for task in rerun {
                self.group_of(task);
            }
            if !go_on {
                break;
            }
        }
    }

    /// One group: `first` and what waits behind it. Gives `false` when asked to stop; `rerun` gets the closures whose
    /// work was lost with the transaction through no fault of theirs.
    fn group(
        &self,
        first: Box<dyn Task>,
        queue: &mut Receiver<Message>,
        rerun: &mut Vec<Box<dyn Task>>,
    ) -> bool {
        let mut pending = Vec::new();
        let mut next = Some(first);
        let mut go_on = true;
        if let Err(error) = self.session.step("begin immediate") {
            refuse(next.take(), &errors::plain(&error, "begin"));
            return true;
        }
        let watch = Watch::start();
        while let Some(task) = next.take() {
            if let Some(done) = self.run(task) {
                pending.push(done);
            }
            if self.session.connection.is_autocommit() {
                rerun.extend(pending.into_iter().map(|done| done.task));
                return true;
            }
            if pending.len() < GROUP && watch.elapsed() < GROUP_TIME {
                match queue.try_recv() {
                    Ok(Message::Task(task)) => next = Some(task),
                    Ok(Message::Stop) => go_on = false,
                    Err(_) => {}
                }
            }
        }
        self.commit(pending);
        go_on
    }

    /// A group of one.
    fn group_of(&self, task: Box<dyn Task>) {
        if let Err(error) = self.session.step("begin immediate") {
            return refuse(Some(task), &errors::plain(&error, "begin"));
        }
        if let Some(done) = self.run(task) {
            return self.commit(vec![done]);
        }
        self.abandon();
    }

    /// Runs one closure in its savepoint; one that failed is taken back and answered at once.
    fn run(&self, mut task: Box<dyn Task>) -> Option<Pending> {
        if task.is_abandoned() {
            return None;
        }
        if let Err(error) = self.session.step("savepoint closure") {
            refuse(Some(task), &errors::plain(&error, "savepoint"));
            return None;
        }
        let limit = if task.manner().is_unlimited {
            Duration::MAX
        } else {
            self.limit
        };
        self.session.allow(limit);
        let mut tx = Tx::new(Backend::Lite(&self.session), &self.shared);
        let is_good = task.run(&mut tx);
        let after = tx.after;
        self.session.allow(Duration::MAX);
        if is_good {
            if self.session.step("release closure").is_ok() {
                return Some(Pending { task, after });
            }
            task.fail(DbError::Full);
        }
        if !self.session.connection.is_autocommit() {
            let taken_back = self
                .session
                .step("rollback to closure")
                .and_then(|()| self.session.step("release closure"));
            if taken_back.is_err() {
                self.abandon();
            }
        }
        task.answer();
        None
    }

    fn commit(&self, pending: Vec<Pending>) {
        let committed = self
            .session
            .step("commit")
            .map_err(|error| errors::plain(&error, "commit"));
        if committed.is_err() {
            self.abandon();
        }
        metrics::histogram!("db_group_closures").record(pending.len() as f64);
        for mut done in pending {
            match &committed {
                Ok(()) => done.after.into_iter().for_each(|then| then()),
                Err(error) => done.task.fail(error.clone()),
            }
            done.task.answer();
        }
    }

    /// Ends a transaction that can't be committed; SQLite may have ended it already.
    fn abandon(&self) {
        if !self.session.connection.is_autocommit() && self.session.step("rollback").is_err() {
            tracing::error!("a failed transaction could not be rolled back");
        }
    }
}

fn refuse(task: Option<Box<dyn Task>>, error: &DbError) {
    if let Some(mut task) = task {
        task.fail(error.clone());
        task.answer();
    }
}
