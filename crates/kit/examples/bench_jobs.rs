//! How many jobs a second go through the queue, and how long one takes from being queued to running.
//!
//! `cargo run --release -p kit --example bench_jobs`: on a file in a temporary folder, and on PostgreSQL when
//! `TANDEM_BENCH_POSTGRES` holds the URL of an empty database on a server that syncs.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a bench: it prints, reads the environment, measures real time and ends where something is wrong"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use kit::clock::Clock;
use kit::db::{Db, DbConfig, DbError, Location, Migration};
use kit::id::Ids;
use kit::jobs::{self, Job, Jobs, Options, Queue, Worker, WorkerConfig};
use kit::{params, sql};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc::unbounded_channel;

const SCHEMA: &[&[Migration]] = &[
    jobs::MIGRATIONS,
    &[Migration::new(
        "bench_0001_effects",
        "create table effects (
  id bytea not null,
  n bigint not null,
  primary key (id)
);",
    )],
];

/// Stores one row.
#[derive(Serialize, Deserialize)]
struct Count {
    n: i64,
}

impl Job for Count {
    const KIND: &'static str = "bench.count";
}

#[tokio::main]
async fn main() {
    let many: usize = std::env::args()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(20_000);
    println!("database       queued/s  drained/s  both at once/s  queue to start: p50 ms  p99 ms");
    let folder = tempfile::tempdir().unwrap();
    bench("SQLite", Location::File(folder.path().join("bench.sqlite")), many).await;
    match std::env::var("TANDEM_BENCH_POSTGRES") {
        Ok(url) => bench("PostgreSQL", Location::Postgres(url), many).await,
        Err(_) => println!("PostgreSQL     skipped: TANDEM_BENCH_POSTGRES is not set"),
    }
}

async fn bench(name: &str, location: Location, many: usize) {
    let db = Db::open(&DbConfig::new(location), Clock::system(), Ids::random()).unwrap();
    db.migrate(SCHEMA).await.unwrap();
    let queued = queue(&db, many).await;
    let drained = drain(&db, many, false).await;
    let both = drain(&db, many, true).await;
    let waits = latencies(&db, 500).await;
    let per_second = |seconds: f64| many as f64 / seconds;
    println!(
        "{name:<12} {:>10.0} {:>10.0} {:>15.0} {:>23.2} {:>7.2}",
        per_second(queued),
        per_second(drained),
        per_second(both),
        waits[waits.len() / 2] * 1_000.0,
        waits[waits.len() * 99 / 100] * 1_000.0
    );
    db.close().await;
}

/// Queues `many` jobs, each in a transaction of its own, 64 callers at once. Gives seconds.
async fn queue(db: &Db, many: usize) -> f64 {
    let begun = Instant::now();
    let callers = (0..64).map(|caller| {
        let db = db.clone();
        tokio::spawn(async move {
            for n in (caller..many).step_by(64) {
                let job = Count { n: n as i64 };
                let queued = db.write(move |tx| Queue::new(&job).put(tx)).await;
                queued.unwrap();
            }
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await.unwrap();
    }
    begun.elapsed().as_secs_f64()
}

/// Runs `many` jobs, queueing them meanwhile if asked to. Gives seconds.
async fn drain(db: &Db, many: usize, queues: bool) -> f64 {
    let left = Arc::new(AtomicUsize::new(many));
    let (all, mut done) = unbounded_channel();
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), move |tx, job: &Count, about| {
        tx.execute(
            sql!("insert into effects (id, n) values ($1, $2)"),
            params![about.id, job.n],
        )?;
        let (left, all) = (left.clone(), all.clone());
        tx.after_commit(move || {
            if left.fetch_sub(1, Ordering::SeqCst) == 1 {
                all.send(()).unwrap();
            }
        });
        Ok(())
    });
    let begun = Instant::now();
    let worker = Worker::start(db, jobs, WorkerConfig::new(db));
    if queues {
        queue(db, many).await;
    }
    done.recv().await.unwrap();
    let seconds = begun.elapsed().as_secs_f64();
    worker.stop().await;
    seconds
}

/// Seconds from the commit that queued a job to the start of its reaction, one job at a time, in order.
async fn latencies(db: &Db, many: usize) -> Vec<f64> {
    let (told, mut starts) = unbounded_channel();
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), move |_, _: &Count, _| {
        told.send(Instant::now()).unwrap();
        Ok(())
    });
    let worker = Worker::start(db, jobs, WorkerConfig::new(db));
    let mut waits = Vec::new();
    for _ in 0..many {
        let queued = db.write(|tx| Queue::new(&Count { n: 0 }).put(tx)).await;
        queued.unwrap_or_else(|error: DbError| panic!("{error}"));
        let committed = Instant::now();
        let started = starts.recv().await.unwrap();
        waits.push(started.saturating_duration_since(committed).as_secs_f64());
    }
    worker.stop().await;
    waits.sort_by(f64::total_cmp);
    waits
}
