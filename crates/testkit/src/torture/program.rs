//! What a tormented worker does: it runs jobs, and queues more of them as fast as they go.

use std::io::Write;
use std::time::Duration;

use kit::clock::Clock;
use kit::db::{Db, DbConfig, DbError, Location, Migration, Tx};
use kit::id::Ids;
use kit::jobs::{self, About, Job, JobError, Jobs, Lane, Options, Queue, Worker, WorkerConfig, admin};
use kit::{params, sql};
use serde::{Deserialize, Serialize};

use crate::fresh::Lists;

/// Reactions in a chain: each queues the next in its own transaction.
pub(super) const CHAIN: i64 = 3;
/// Callers that queue at the same time in each worker.
const PRODUCERS: usize = 8;
/// Rows in which asking and seeing are counted.
const BUCKETS: u64 = 32;
/// Jobs that may wait before the workers stop queueing more.
const ENOUGH: i64 = 400;

pub(super) const SCHEMA: Lists = &[
    jobs::MIGRATIONS,
    &[Migration::new(
        "torture_0001_effects",
        "create table effects (
  root text not null,
  step bigint not null,
  job_id bytea not null
);
create table trips (
  root text not null,
  job_id bytea not null
);
create table sums (
  bucket bigint not null,
  asked bigint not null,
  seen bigint not null,
  primary key (bucket)
);",
    )],
];

/// A reaction that leaves a row and queues the next of its chain.
#[derive(Serialize, Deserialize)]
pub(super) struct Step {
    root: String,
    step: i64,
}

impl Job for Step {
    const KIND: &'static str = "torture.step";
}

/// An errand that leaves a row, at least one.
#[derive(Serialize, Deserialize)]
struct Trip {
    root: String,
}

impl Job for Trip {
    const KIND: &'static str = "torture.trip";
    const LANE: Lane = Lane::Slow;
}

/// A reaction with its bucket as key: takes note of how much was asked for so far.
#[derive(Serialize, Deserialize)]
struct Sum {
    bucket: i64,
}

impl Job for Sum {
    const KIND: &'static str = "torture.sum";
    const LANE: Lane = Lane::Urgent;
}

/// How each kind runs.
pub(super) fn jobs() -> Jobs {
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), step);
    jobs.reaction(Options::new().limit(2), sum);
    jobs.errand(Options::new(), |errand, trip: Trip| async move {
        let id = errand.about().id;
        let leave = move |tx: &mut Tx<'_>| {
            tx.execute(
                sql!("insert into trips (root, job_id) values ($1, $2)"),
                params![trip.root, id],
            )
        };
        errand.db().write(leave).await?;
        Ok(())
    });
    jobs
}

fn step(tx: &mut Tx<'_>, job: &Step, about: &About) -> Result<(), JobError> {
    tx.execute(
        sql!("insert into effects (root, step, job_id) values ($1, $2, $3)"),
        params![job.root, job.step, about.id],
    )?;
    if job.step < CHAIN {
        let next = Step {
            root: job.root.clone(),
            step: job.step + 1,
        };
        Queue::new(&next).put(tx)?;
    }
    Ok(())
}

fn sum(tx: &mut Tx<'_>, job: &Sum, _: &About) -> Result<(), JobError> {
    tx.execute(
        sql!("update sums set seen = asked where bucket = $1"),
        params![job.bucket],
    )?;
    Ok(())
}

/// Serves and queues on `location` until killed. Prints the root of a chain and of a trip once they are committed.
pub async fn serve(location: &str) {
    let location = match location.strip_prefix("file:") {
        Some(path) => Location::File(path.into()),
        None => Location::Postgres(location.to_owned()),
    };
    let mut config = DbConfig::new(location);
    // Few writers make long queues: many jobs are in hand whenever the end comes.
    config.writers = 1;
    let db = Db::open(&config, Clock::system(), Ids::random()).expect("the database opens");
    let mut config = WorkerConfig::new(&db);
    config.beat = Duration::from_millis(60);
    config.patience = 6;
    let _worker = Worker::start(&db, jobs(), config);
    let producers = (0..PRODUCERS).map(|_| async {
        loop {
            if queue_one(&db).await.is_err() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    });
    futures::future::join_all(producers).await;
}

async fn queue_one(db: &Db) -> Result<(), DbError> {
    if db.read(waiting).await? > ENOUGH {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let root = db.write(queue_root).await?;
    // One write for the whole line: the process may end between any two.
    std::io::stdout()
        .write_all(format!("{root}\n").as_bytes())
        .expect("the tormentor listens");
    Ok(())
}

fn waiting(tx: &mut Tx<'_>) -> Result<i64, DbError> {
    let counts = admin::counts(tx, None)?;
    Ok(counts.iter().map(|count| count.count).sum())
}

fn queue_root(tx: &mut Tx<'_>) -> Result<String, DbError> {
    let root = tx.new_uuid().simple().to_string();
    Queue::new(&Step {
        root: root.clone(),
        step: 1,
    })
    .put(tx)?;
    Queue::new(&Trip { root: root.clone() }).put(tx)?;
    let bucket = i64::try_from(tx.ids().below(BUCKETS)).expect("there are few buckets");
    tx.execute(
        sql!(
            "insert into sums (bucket, asked, seen) values ($1, 1, 0)
             on conflict (bucket) do update set asked = sums.asked + 1"
        ),
        params![bucket],
    )?;
    Queue::new(&Sum { bucket }).key(bucket.to_string()).put(tx)?;
    Ok(root)
}
