//! The handle: configuration, opening, lanes, and the calls that everyone makes.

use std::any::Any;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::bus::{Bus, Wakeups};
use super::error::DbError;
use super::pg::{self, Lane as PgLane};
use super::shared::Shared;
use super::task::{Answer, Manner, Message, pack};
use super::tx::Tx;
use super::{Migration, lite, migrate};
use crate::clock::Clock;
use crate::id::Ids;

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

/// A handle on the database. Clones are cheap and share threads and connections.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    shared: Arc<Shared>,
    read: Lane,
    report: Lane,
    write: Lane,
    threads: Mutex<Vec<JoinHandle<()>>>,
    announcer: Option<tokio::task::JoinHandle<()>>,
    is_postgres: bool,
}

struct Lane {
    queue: Sender<Message>,
    threads: usize,
    wait: Duration,
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Db")
            .field("is_postgres", &self.0.is_postgres)
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
            Location::File(path) => open_file(config, path.clone(), shared),
            Location::Postgres(url) => open_postgres(config, url, shared),
        }
    }

    /// Brings the schema up to the newest of `migrations`, from any earlier state, in one transaction.
    ///
    /// # Errors
    /// [`DbError::Schema`] when the database is newer than this program or its history was changed.
    pub async fn migrate(
        &self,
        migrations: &'static [&'static [Migration]],
    ) -> Result<Vec<&'static str>, DbError> {
        self.write(move |tx| migrate::bring_up(tx, migrations)).await
    }

    /// The names of `migrations` that the database does not have yet.
    ///
    /// # Errors
    /// As of [`Db::migrate`].
    pub async fn pending_migrations(
        &self,
        migrations: &'static [&'static [Migration]],
    ) -> Result<Vec<&'static str>, DbError> {
        self.write(move |tx| migrate::pending(tx, migrations)).await
    }

    /// Runs an interactive read.
    ///
    /// # Errors
    /// What `body` returns, or a [`DbError`] when it could not run.
    pub async fn read<T, E, F>(&self, body: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        ask(&self.0.read, Manner::default(), body).await
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
        ask(&self.0.report, Manner::default(), body).await
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
        ask(&self.0.write, Manner::default(), body).await
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
        ask(&self.0.write, manner, body).await
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
        ask(&self.0.write, manner, body).await
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
        };
        ask(&self.0.write, manner, body).await
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
        self.0.is_postgres
    }

    /// Closures waiting for the writer now.
    pub fn waiting_writes(&self) -> usize {
        self.0.write.queue.max_capacity() - self.0.write.queue.capacity()
    }

    /// Finishes what is queued, closes all connections, and answers later calls with [`DbError::Closed`].
    pub async fn close(&self) {
        for lane in [&self.0.read, &self.0.report, &self.0.write] {
            for _ in 0..lane.threads {
                // A send fails only when the threads have ended already.
                let _ = lane.queue.send(Message::Stop).await;
            }
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

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(announcer) = &self.announcer {
            announcer.abort();
        }
    }
}

async fn ask<T, E, F>(lane: &Lane, manner: Manner, body: F) -> Result<T, E>
where
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
{
    let (task, answer): (_, Answer<T, E>) = pack(manner, body);
    let place = match lane.queue.try_reserve() {
        Ok(place) => place,
        Err(tokio::sync::mpsc::error::TrySendError::Closed(())) => return Err(DbError::Closed.into()),
        Err(tokio::sync::mpsc::error::TrySendError::Full(())) => {
            match tokio::time::timeout(lane.wait, lane.queue.reserve()).await {
                Ok(Ok(place)) => place,
                Ok(Err(_)) => return Err(DbError::Closed.into()),
                Err(_) => {
                    metrics::counter!("db_overloaded_total").increment(1);
                    return Err(DbError::Overloaded.into());
                }
            }
        }
    };
    place.send(Message::Task(task));
    answer.await.unwrap_or_else(|_| Err(DbError::Closed.into()))
}

fn lane(config: &DbConfig, threads: usize) -> (Lane, Receiver<Message>) {
    let (queue, receiver) = channel(config.queue);
    (
        Lane {
            queue,
            threads,
            wait: config.queue_wait,
        },
        receiver,
    )
}

fn open_file(config: &DbConfig, path: PathBuf, shared: Arc<Shared>) -> Result<Db, DbError> {
    let (read, read_queue) = lane(config, config.readers);
    let (report, report_queue) = lane(config, config.reporters);
    let (write, write_queue) = lane(config, 1);
    let writer = lite::open_writer(&path)?;
    let mut threads = vec![lite::spawn_writer(
        writer,
        write_queue,
        config.limit,
        Arc::clone(&shared),
    )?];
    let lanes = [
        ("db-read", read_queue, config.readers, config.limit),
        ("db-report", report_queue, config.reporters, config.report_limit),
    ];
    for (name, queue, count, limit) in lanes {
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..count {
            let thread =
                lite::spawn_reader(name, path.clone(), Arc::clone(&queue), limit, Arc::clone(&shared));
            threads.push(thread.map_err(|error| DbError::Unavailable(error.to_string()))?);
        }
    }
    let threads = Mutex::new(threads);
    Ok(Db(Arc::new(Inner {
        shared,
        read,
        report,
        write,
        threads,
        announcer: None,
        is_postgres: false,
    })))
}

fn open_postgres(config: &DbConfig, url: &str, shared: Arc<Shared>) -> Result<Db, DbError> {
    let address = pg::Address::parse(url)?;
    let (read, read_queue) = lane(config, config.readers);
    let (report, report_queue) = lane(config, config.reporters);
    let (write, write_queue) = lane(config, config.writers);
    let lanes = [
        ("db-read", PgLane::Read, read_queue, config.readers, config.limit),
        (
            "db-report",
            PgLane::Report,
            report_queue,
            config.reporters,
            config.report_limit,
        ),
        (
            "db-write",
            PgLane::Write,
            write_queue,
            config.writers,
            config.limit,
        ),
    ];
    let mut threads = Vec::new();
    for (name, lane, queue, count, limit) in lanes {
        let queue = Arc::new(Mutex::new(queue));
        let work = pg::Work {
            lane,
            address: address.clone(),
            queue,
            limit,
            shared: Arc::clone(&shared),
        };
        for _ in 0..count {
            let thread = pg::spawn_worker(name, work.clone());
            threads.push(thread.map_err(|error| DbError::Unavailable(error.to_string()))?);
        }
    }
    let announcer = Some(pg::spawn_announcer(address, Arc::clone(&shared)));
    let threads = Mutex::new(threads);
    Ok(Db(Arc::new(Inner {
        shared,
        read,
        report,
        write,
        threads,
        announcer,
        is_postgres: true,
    })))
}
