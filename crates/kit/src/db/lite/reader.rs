//! The readers: threads that take closures from one queue, each on its own connection and snapshot.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::mpsc::Receiver;

use super::errors;
use super::session::Session;
use crate::db::error::DbError;
use crate::db::shared::Shared;
use crate::db::task::{Message, Task};
use crate::db::tx::{Session as Backend, Tx};

/// Starts a reader of the queue `lane` whose closures may take `limit`.
pub(in crate::db) fn spawn(
    name: &str,
    path: PathBuf,
    lane: Arc<Mutex<Receiver<Message>>>,
    limit: Duration,
    shared: Arc<Shared>,
) -> std::io::Result<JoinHandle<()>> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .stack_size(2 << 20)
        .spawn(move || {
            let mut session = None;
            loop {
                let message = lane
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .blocking_recv();
                let Some(Message::Task(task)) = message else { break };
                answer(task, &mut session, &path, limit, &shared);
            }
        })
}

/// Runs `task` on a thread and a connection of its own, without a limit.
pub(in crate::db) fn snapshot(
    task: Box<dyn Task>,
    path: PathBuf,
    shared: Arc<Shared>,
) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("db-snapshot".to_owned())
        .spawn(move || answer(task, &mut None, &path, Duration::MAX, &shared))
        .map(drop)
}

fn answer(
    mut task: Box<dyn Task>,
    session: &mut Option<Session>,
    path: &std::path::Path,
    limit: Duration,
    shared: &Shared,
) {
    if task.is_abandoned() {
        return;
    }
    match opened(session, path) {
        Ok(session) => read(task.as_mut(), session, limit, shared),
        Err(error) => task.fail(error),
    }
    task.answer();
}

fn opened<'s>(session: &'s mut Option<Session>, path: &std::path::Path) -> Result<&'s Session, DbError> {
    match session {
        Some(session) => Ok(session),
        None => Ok(session.insert(Session::new(super::open_reader(path)?)?)),
    }
}

fn read(task: &mut dyn Task, session: &Session, limit: Duration, shared: &Shared) {
    if let Err(error) = session.step("begin") {
        return task.fail(errors::plain(&error, "begin"));
    }
    session.allow(limit);
    let mut tx = Tx::new(Backend::Lite(session), shared);
    task.run(&mut tx);
    session.allow(Duration::MAX);
    let after = tx.after;
    if session.step("rollback").is_ok() {
        after.into_iter().for_each(|then| then());
    }
}
