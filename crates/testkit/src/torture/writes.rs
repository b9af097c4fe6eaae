//! Writers killed in the middle of their commits, and PostgreSQL's own processes too: is all there that was
//! acknowledged, each once, and nothing half?
//!
//! A writer stores numbers of its own. Each transaction leaves a row in two tables and adds to a counter between them,
//! and is told once it is committed. What is there beyond that was committed by a writer who died before telling.

use std::collections::BTreeSet;
use std::fmt;
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use kit::clock::Clock;
use kit::db::{Db, DbConfig, DbError, Location, Migration, Tx};
use kit::id::Ids;
use kit::{params, sql};
use rustix::process::{Pid, Signal, kill_process};

use super::workers::Workers;
use crate::fresh::{Lists, Place, fresh};
use crate::postgres;

/// Writers at the same time in each process: enough for SQLite to commit them in groups.
const WRITERS: usize = 24;
/// Counters that all writers add to.
const COUNTERS: i64 = 8;
/// How many kills lie between two of the server's own.
const KILLS_A_CRASH: usize = 4;

const SCHEMA: Lists = &[&[Migration::new(
    "torture_0001_halves",
    "create table left_halves (
  writer text not null,
  n bigint not null,
  primary key (writer, n)
);
create table right_halves (
  writer text not null,
  n bigint not null,
  primary key (writer, n)
);
create table counters (
  bucket bigint not null,
  total bigint not null,
  primary key (bucket)
);
insert into counters (bucket, total) values (0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0);",
)]];

/// What to do to whom.
#[derive(Clone, Debug)]
pub struct WriteTorment {
    /// Which database.
    pub place: Place,
    /// How many processes are to be killed.
    pub kills: usize,
    /// Whether the server's processes are among them: all who use that server will notice.
    pub crashes_server: bool,
    /// Chooses victims and moments.
    pub seed: u64,
    /// The program whose `worker LOCATION` calls [`write_until_killed`].
    pub program: PathBuf,
}

/// What a torment of writers showed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WriteOutcome {
    /// Writing processes killed.
    pub kills: usize,
    /// Crashes of the server, each followed by its recovery.
    pub crashes: usize,
    /// Writes that were acknowledged.
    pub acknowledged: usize,
    /// Writes that are stored.
    pub stored: usize,
    /// Acknowledged, and not there.
    pub lost: usize,
    /// There by half.
    pub halves: usize,
    /// By how much the counters differ from the rows.
    pub miscounted: i64,
}

impl WriteOutcome {
    /// Whether all is as it must be.
    pub fn is_good(&self) -> bool {
        self.acknowledged > 0 && (self.lost, self.halves, self.miscounted) == (0, 0, 0)
    }
}

impl fmt::Display for WriteOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} kills, {} crashes of the server: {} writes acknowledged, {} stored, {} lost, {} halves, {} miscounted",
            self.kills, self.crashes, self.acknowledged, self.stored, self.lost, self.halves, self.miscounted
        )
    }
}

impl WriteTorment {
    /// Torments a fresh database; `None` when there is no server for it.
    pub async fn run(&self) -> Option<WriteOutcome> {
        let test = fresh(self.place, SCHEMA).await?;
        test.db.close().await;
        let location = test.config.location.clone();
        let mut workers = Workers::start(&self.program, &location, self.place);
        let crashes = self.kill(&mut workers, &location).await;
        let acknowledged = workers.end().await;
        let db = open(&location);
        let mut outcome = reckon(&db, acknowledged).await;
        (outcome.kills, outcome.crashes) = (self.kills, crashes);
        db.close().await;
        if let Location::Postgres(url) = &location {
            postgres::drop_database(url).await;
        }
        Some(outcome)
    }

    /// Kills; gives how often the server crashed.
    async fn kill(&self, workers: &mut Workers, location: &Location) -> usize {
        let chance = Ids::seeded(self.seed);
        let mut crashes = 0;
        // A writer's processes need a moment to connect, all the more to a server that recovers.
        let shortest = if self.place == Place::Sqlite { 40 } else { 200 };
        for kill in 0..self.kills {
            tokio::time::sleep(Duration::from_millis(shortest + chance.below(shortest * 4))).await;
            let is_crash = self.place == Place::Postgres && kill % KILLS_A_CRASH == KILLS_A_CRASH - 1;
            if self.crashes_server && is_crash {
                crashes += usize::from(crash_server(location).await);
            }
            let victim =
                usize::try_from(chance.below(workers.count() as u64)).expect("there are few workers");
            workers.kill(victim).await;
        }
        crashes
    }
}

fn open(location: &Location) -> Db {
    let config = DbConfig::new(location.clone());
    Db::open(&config, Clock::system(), Ids::random()).expect("the database opens after all that")
}

/// Kills one of the server's processes in the middle of a writer's work. The server then ends all others, forgets its
/// memory and recovers from its log, as after a power failure.
async fn crash_server(location: &Location) -> bool {
    let db = open(location);
    let busy = db.read(|tx| {
        tx.rows(
            sql!(
                "select cast(pid as bigint) as pid from pg_stat_activity
                 where datname = current_database() and pid <> pg_backend_pid() and state is not null
                 order by case when state = 'idle' then 1 else 0 end, pid"
            ),
            params![],
            |row| row.get::<i64>("pid"),
        )
    });
    let busy = busy.await.unwrap_or_else(|_: DbError| Vec::new());
    db.close().await;
    let victim = busy.first().and_then(|pid| i32::try_from(*pid).ok());
    victim
        .and_then(Pid::from_raw)
        .is_some_and(|pid| kill_process(pid, Signal::KILL).is_ok())
}

/// Writes to `location` until killed. Prints each number once it is committed.
pub async fn write_until_killed(location: &str) {
    let location = match location.strip_prefix("file:") {
        Some(path) => Location::File(path.into()),
        None => Location::Postgres(location.to_owned()),
    };
    let db = open(&location);
    let writers = (0..WRITERS).map(|_| write_for_ever(&db));
    futures::future::join_all(writers).await;
}

async fn write_for_ever(db: &Db) {
    let id: kit::id::Uuid = db.ids().next(db.clock().now());
    let writer = id.simple().to_string();
    for n in 0.. {
        let name = writer.clone();
        if db.write(move |tx| store(tx, &name, n)).await.is_ok() {
            // One write for the whole line: the process may end between any two.
            std::io::stdout()
                .write_all(format!("{writer} {n}\n").as_bytes())
                .expect("the tormentor listens");
        } else {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

fn store(tx: &mut Tx<'_>, writer: &str, n: i64) -> Result<(), DbError> {
    tx.execute(
        sql!("insert into left_halves (writer, n) values ($1, $2)"),
        params![writer, n],
    )?;
    tx.execute(
        sql!("update counters set total = total + 1 where bucket = $1"),
        params![n % COUNTERS],
    )?;
    tx.execute(
        sql!("insert into right_halves (writer, n) values ($1, $2)"),
        params![writer, n],
    )?;
    Ok(())
}

async fn reckon(db: &Db, acknowledged: Vec<String>) -> WriteOutcome {
    let left = written(db, sql!("select writer, n from left_halves order by writer, n")).await;
    let right = written(db, sql!("select writer, n from right_halves order by writer, n")).await;
    let counted = db.read(|tx| {
        tx.one(
            sql!("select cast(sum(total) as bigint) as total from counters"),
            params![],
            |row| row.get::<i64>("total"),
        )
    });
    let counted = counted.await.unwrap_or_else(|error: DbError| panic!("{error}"));
    let told: BTreeSet<String> = acknowledged.into_iter().collect();
    WriteOutcome {
        acknowledged: told.len(),
        stored: left.len(),
        lost: told.difference(&left).count(),
        halves: left.symmetric_difference(&right).count(),
        miscounted: counted - i64::try_from(left.len()).expect("there are fewer rows than that"),
        ..WriteOutcome::default()
    }
}

/// The rows of one table. A server that crashed a moment ago may still be recovering.
async fn written(db: &Db, sql: &'static kit::db::sql::Sql) -> BTreeSet<String> {
    let read = move |tx: &mut Tx<'_>| {
        tx.rows(sql, params![], |row| {
            Ok(format!(
                "{} {}",
                row.get::<String>("writer")?,
                row.get::<i64>("n")?
            ))
        })
    };
    loop {
        match db.report(read).await {
            Ok(rows) => return rows.into_iter().collect(),
            Err(DbError::Unavailable(_)) => tokio::time::sleep(Duration::from_millis(100)).await,
            Err(error) => panic!("{error}"),
        }
    }
}
