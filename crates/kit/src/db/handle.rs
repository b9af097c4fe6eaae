//! The handle: lanes, and the calls that everyone makes.

use std::any::Any;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::bus::{Bus, Wakeups};
use super::config::{DbConfig, Location};
use super::error::DbError;
use super::lane::{Lane, answered, spawn};
use super::shared::Shared;
use super::task::{Manner, Task, pack};
use super::turns::Turns;
use super::tx::Tx;
use super::{Migration, lite, migrate, open, pg};
use crate::clock::Clock;
use crate::id::Ids;

/// A handle on the database. Clones are cheap and share threads and connections.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

pub(super) struct Inner {
    pub(super) shared: Arc<Shared>,
    pub(super) read: Lane,
    pub(super) report: Lane,
    pub(super) write: Lane,
    pub(super) threads: Mutex<Vec<JoinHandle<()>>>,
    pub(super) announcer: Option<tokio::task::JoinHandle<()>>,
    pub(super) backend: Backend,
    pub(super) turns: Turns,
    /// How long a closure may take, and so how long one waits for its turn.
    pub(super) limit: Duration,
}

/// Where a connection beside the lanes goes.
pub(super) enum Backend {
    Lite(PathBuf, lite::Here),
    Pg(Box<pg::Address>),
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Db")
            .field("is_postgres", &self.is_postgres())
            .finish_non_exhaustive()
    }
}

impl Db {
    /// Opens the database. Call inside a tokio runtime. SQLite's file must not be open in another process: that is the
    /// caller's lock to hold.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when the file can't be opened or the URL can't be read. A PostgreSQL server that is
    /// down shows at the first closure.
    pub fn open(config: &DbConfig, clock: Clock, ids: Ids) -> Result<Self, DbError> {
        let shared = Arc::new(Shared::new(clock, ids, config.slow));
        match &config.location {
            Location::File(path) => open::open_file(config, path, shared),
            Location::Postgres(url) => open::open_postgres(config, url, shared),
        }
    }

    pub(super) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// Brings the schema up to the newest of `migrations`, from any earlier state, in one transaction.
    ///
    /// # Errors
    /// [`DbError::Schema`] when the database is newer than this program or its history was changed.
    pub async fn migrate(
        &self,
        migrations: &'static [&'static [Migration]],
    ) -> Result<Vec<&'static str>, DbError> {
        let manner = Manner {
            is_unlimited: true,
            is_migration: true,
            ..Manner::default()
        };
        self.0
            .write(manner, move |tx| migrate::bring_up(tx, migrations))
            .await
    }

    /// The names of `migrations` that the database does not have yet.
    ///
    /// # Errors
    /// As of [`Db::migrate`].
    pub async fn pending_migrations(
        &self,
        migrations: &'static [&'static [Migration]],
    ) -> Result<Vec<&'static str>, DbError> {
        self.load(move |tx| migrate::pending(tx, migrations)).await
    }

    /// Runs an interactive read. On SQLite a short one runs on the thread that asks.
    ///
    /// # Errors
    /// What `body` returns, or a [`DbError`] when it could not run.
    pub async fn read<T, E, F>(&self, body: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let (task, answer) = pack(Manner::default(), body);
        let left = match &self.0.backend {
            Backend::Lite(_, here) => here.try_answer(task),
            Backend::Pg(_) => Some(task),
        };
        if let Some(task) = left {
            self.0.read.send(task).await?;
        }
        answered(answer).await
    }

    /// Runs a slow read on its own threads, in one snapshot.
    ///
    /// # Errors
    /// What `body` returns, or a [`DbError`] when it could not run.
    pub async fn report<T, E, F>(&self, body: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.0.report.ask(Manner::default(), body).await
    }

    /// Runs a write and answers once it is on disk.
    ///
    /// # Errors
    /// What `body` returns, or a [`DbError`] when it could not be run or stored.
    pub async fn write<T, E, F>(&self, body: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.0.write.ask(Manner::default(), body).await
    }

    /// Runs a write that takes turns with all others of the same `turn`, on every node: for rows that everybody
    /// changes, where running again would be the rule.
    ///
    /// # Errors
    /// As of [`Db::write`].
    pub async fn write_in_turn<T, E, F>(&self, turn: &str, body: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let manner = Manner {
            turn: Some(turn.to_owned()),
            ..Manner::default()
        };
        self.0.write(manner, body).await
    }

    /// Runs a write of which each statement sees what others have committed by then (`read committed`): for statements
    /// that do their own locking, such as claims, where serializable writes would only run again and again. Whatever
    /// reads a row to decide about another belongs into [`Db::write`]. On SQLite it is the same as that.
    ///
    /// # Errors
    /// As of [`Db::write`].
    pub async fn write_committed<T, E, F>(&self, body: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let manner = Manner {
            sees_commits: true,
            ..Manner::default()
        };
        self.0.write(manner, body).await
    }

    /// A [`Db::write_committed`] that takes turns with all others of the same `turn`, on every node: alone among them,
    /// it may count and then act on the count.
    ///
    /// # Errors
    /// As of [`Db::write`].
    pub async fn write_committed_in_turn<T, E, F>(&self, turn: &str, body: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let manner = Manner {
            turn: Some(turn.to_owned()),
            sees_commits: true,
            ..Manner::default()
        };
        self.0.write(manner, body).await
    }

    /// Runs a write without a limit on its time: for migrations, import and restore. On SQLite all other writes wait
    /// until it has ended.
    ///
    /// # Errors
    /// As of [`Db::write`].
    pub async fn load<T, E, F>(&self, body: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let manner = Manner {
            is_unlimited: true,
            ..Manner::default()
        };
        self.0.write(manner, body).await
    }

    /// Reads one consistent snapshot without a limit on its time, on a thread and a connection of its own: for backup
    /// and export. While it runs, SQLite's log and PostgreSQL's dead rows can't be cleared away.
    ///
    /// # Errors
    /// What `body` returns, or a [`DbError`] when it could not run.
    pub async fn snapshot<T, E, F>(&self, body: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let manner = Manner {
            is_unlimited: true,
            ..Manner::default()
        };
        let (task, answer) = pack(manner, body);
        self.0.beside_the_lanes(task)?;
        answered(answer).await
    }

    /// Gives `value` to all closures: [`Tx::attached`] finds it by its type. A second one of a type replaces the first.
    pub fn attach<T: Any + Send + Sync>(&self, value: Arc<T>) {
        self.0.shared.attach(value);
    }

    /// What [`Db::attach`] gave under the type `T`.
    pub fn attached<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        self.0.shared.attached()
    }

    /// Wake-ups under `topic` from any node, from now on.
    pub fn wakeups(&self, topic: &'static str) -> Wakeups {
        self.0.shared.bus.wakeups(topic)
    }

    /// The bus, to wake without a transaction.
    pub fn bus(&self) -> &Bus {
        &self.0.shared.bus
    }

    /// The clock that transactions use.
    pub fn clock(&self) -> &Clock {
        &self.0.shared.clock
    }

    /// The source of ids and randomness.
    pub fn ids(&self) -> &Ids {
        &self.0.shared.ids
    }

    /// Whether this is PostgreSQL; for operations, never for rules.
    pub fn is_postgres(&self) -> bool {
        matches!(self.0.backend, Backend::Pg(_))
    }

    /// Closures waiting for the writer now.
    pub fn waiting_writes(&self) -> usize {
        self.0.write.queue.len()
    }

    /// Finishes what is queued, closes all connections, and answers later calls with [`DbError::Closed`].
    pub async fn close(&self) {
        for lane in [&self.0.read, &self.0.report, &self.0.write] {
            lane.queue.close();
        }
        if let Backend::Lite(_, here) = &self.0.backend {
            here.close();
        }
        let threads = std::mem::take(&mut *self.0.threads.lock().unwrap_or_else(PoisonError::into_inner));
        let joined =
            tokio::task::spawn_blocking(move || threads.into_iter().for_each(|thread| drop(thread.join())));
        let _ = joined.await;
        if let Some(announcer) = &self.0.announcer {
            announcer.abort();
        }
    }
}

impl Inner {
    /// Keeps a thread of a lane, to wait for its end.
    pub(super) fn keep(&self, thread: JoinHandle<()>) {
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        threads.push(thread);
    }

    async fn write<T, E, F>(&self, manner: Manner, body: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let _turn = match (&manner.turn, &self.backend) {
            (Some(turn), Backend::Pg(_)) => Some(self.turns.wait(turn, self.limit).await?),
            _ => None,
        };
        self.write.ask(manner, body).await
    }

    /// Runs `task` on a thread and a connection of its own, in one snapshot, without a limit.
    fn beside_the_lanes(&self, task: Box<dyn Task>) -> Result<(), DbError> {
        let (limit, shared) = (Duration::MAX, Arc::clone(&self.shared));
        match &self.backend {
            Backend::Lite(path, _) => {
                let mut reader = lite::Reader::new(path, limit, shared);
                spawn("db-snapshot", move || reader.answer(task))?;
            }
            Backend::Pg(address) => {
                let address = pg::Address::clone(address);
                let mut worker = pg::Worker::new(pg::Lane::Report, address, limit, shared);
                spawn("db-snapshot", move || worker.answer(task))?;
            }
        }
        Ok(())
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(announcer) = &self.announcer {
            announcer.abort();
        }
    }
}
