//! How many events a second are taken durably, in batches of a hundred and one by one, folded, both at once, and what one costs
//! on disk.
//!
//! `cargo run --release -p success --example bench_usage [SECONDS]`: on a file in a temporary folder, and on PostgreSQL when
//! `TANDEM_BENCH_POSTGRES` holds the URL of an empty database on a server that syncs. The load is made in the same process.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a bench: it prints, reads the environment, measures real time and ends where something is wrong"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use kit::clock::Clock;
use kit::db::{Db, DbConfig, Location, Migration};
use kit::id::Ids;
use success::usage::folding;
use success::usage::log::{self, Entry};
use success::usage::protocol::taking::take;
use success::usage::protocol::{Call, read};
use success::usage::sources::{self, Gate};
use tandem_core::accounts::{self, AccountError, AccountText, external_ids};
use tandem_core::actor::Actor;
use tandem_core::workspaces::{self, NewWorkspace, WorkspaceError};
use tokio_util::sync::CancellationToken;

const SCHEMA: &[&[Migration]] = &[
    kit::jobs::MIGRATIONS,
    kit::blob::MIGRATIONS,
    tandem_core::MIGRATIONS,
    success::MIGRATIONS,
];
/// How many senders there are at once.
const SENDERS: u64 = 64;
/// How many people there are, in how many groups.
const PEOPLE: u64 = 5_000;
const GROUPS: u64 = 400;

#[tokio::main]
async fn main() {
    let seconds = std::env::args().nth(1).and_then(|seconds| seconds.parse().ok());
    let span = Duration::from_secs(seconds.unwrap_or(10));
    println!("database    what                      a second    p50 ms    p99 ms");
    parse_only(span);
    let folder = tempfile::tempdir().unwrap();
    let file = Location::File(folder.path().join("bench.sqlite"));
    bench("SQLite", file, span).await;
    match std::env::var("TANDEM_BENCH_POSTGRES") {
        Ok(url) => bench("PostgreSQL", Location::Postgres(url), span).await,
        Err(_) => println!("PostgreSQL  skipped: TANDEM_BENCH_POSTGRES is not set"),
    }
}

/// An event as an SDK sends it, some 500 bytes.
fn event(number: u64) -> String {
    format!(
        r#"{{"type":"track","messageId":"node-next-{}-{number:08x}-6b3f-4a1c-9d2e-5f7a8b9c0d1e","event":"Report opened","userId":"u-{}","timestamp":"2026-11-22T09:00:00.000Z","properties":{{"rows":{},"format":"xlsx","filter":"last 30 days","duration":1.{}}},"context":{{"groupId":"g-{}","library":{{"name":"@segment/analytics-node","version":"3.1.0"}},"userAgent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"}},"integrations":{{}},"_metadata":{{"nodeVersion":"20.20.2"}}}}"#,
        1_764_000_000_000 + number / 50,
        number % PEOPLE,
        number % 977,
        number % 100,
        number % GROUPS
    )
}

/// The ceiling: reading and packing alone, on one core.
fn parse_only(span: Duration) {
    let (ids, now) = (Ids::random(), Clock::system().now());
    let items: Vec<String> = (0..100).map(event).collect();
    let (begin, mut done) = (Instant::now(), 0);
    while begin.elapsed() < span / 5 {
        let entries = items.iter().map(|item| {
            let event = read(item, 0, None::<Call>, (now, None)).unwrap();
            Entry::of(&ids, &event, item)
        });
        assert!(!log::Batch::of(now, entries.collect()).is_empty());
        done += items.len();
    }
    row(
        "none",
        "reading and packing",
        done as f64 / begin.elapsed().as_secs_f64(),
        &mut [],
    );
}

async fn bench(name: &str, location: Location, span: Duration) {
    let db = Db::open(&DbConfig::new(location), Clock::system(), Ids::random()).unwrap();
    db.migrate(SCHEMA).await.unwrap();
    let gate = open(&db).await;
    let before = db.check().await.unwrap().bytes;
    let taken = send(name, "taken, batches of 100", (&db, &gate), (100, span)).await;
    let stored = db.check().await.unwrap().bytes;
    let begin = Instant::now();
    let folded = folding::fold(&db).await.unwrap();
    row(
        name,
        "folded, what waited",
        folded as f64 / begin.elapsed().as_secs_f64(),
        &mut [],
    );
    let after = db.check().await.unwrap().bytes;
    println!(
        "{name:<11} bytes an event: {:.0}, and {:.0} once it is folded",
        (stored - before) as f64 / taken as f64,
        (after - before) as f64 / taken as f64
    );
    through(name, (&db, &gate), span).await;
    send(name, "taken, one by one", (&db, &gate), (1, span)).await;
    let begin = Instant::now();
    let folded = folding::fold(&db).await.unwrap();
    row(
        name,
        "folded, one by one",
        folded as f64 / begin.elapsed().as_secs_f64(),
        &mut [],
    );
    db.close().await;
}

/// Sends while a node follows the log, until everything is counted.
async fn through(name: &str, (db, gate): (&Db, &Gate), span: Duration) {
    let ending = CancellationToken::new();
    let following = tokio::spawn(folding::follow(db.clone(), ending.clone()));
    let begin = Instant::now();
    let taken = send(name, "taken while it is folded", (db, gate), (100, span)).await;
    let sent = Instant::now();
    while !db.read(log::waiting).await.unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    row(
        name,
        "taken and folded",
        taken as f64 / begin.elapsed().as_secs_f64(),
        &mut [],
    );
    println!(
        "{name:<11} the last event was counted {:.1} s after it was taken",
        sent.elapsed().as_secs_f64()
    );
    ending.cancel();
    following.await.unwrap();
}

/// A workspace with a source, and an account for each group, called as the product calls it.
async fn open(db: &Db) -> Gate {
    let gate = db
        .write(|tx| {
            let new = NewWorkspace {
                name: "Bench".to_owned(),
                locale: "en".to_owned(),
                zone: "UTC".to_owned(),
            };
            let workspace = workspaces::create(tx, &new)?.id;
            let source = sources::add(tx, &Actor::system(workspace, "bench"), "Bench").unwrap();
            Ok::<_, WorkspaceError>(sources::of_key(tx, source.key())?.unwrap())
        })
        .await
        .unwrap();
    let workspace = gate.workspace;
    db.load(move |tx| {
        let actor = Actor::system(workspace, "bench");
        for number in 0..GROUPS {
            let text = AccountText {
                name: format!("Group {number}"),
                ..AccountText::default()
            };
            let account = accounts::add(tx, &actor, &text)?.id;
            external_ids::add(tx, &actor, account, "usage", &format!("g-{number}"))?;
        }
        Ok::<_, AccountError>(())
    })
    .await
    .unwrap();
    gate
}

/// Sends for a while, and gives how many events were taken.
async fn send(name: &str, what: &str, (db, gate): (&Db, &Gate), (size, span): (u64, Duration)) -> u64 {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let begin = Instant::now();
    let taken = Arc::new(AtomicU64::new(0));
    let senders: Vec<_> = (0..SENDERS)
        .map(|_| {
            let (db, gate, taken) = (db.clone(), gate.clone(), Arc::clone(&taken));
            tokio::spawn(async move {
                let mut took = Vec::new();
                while begin.elapsed() < span {
                    let first = NUMBER.fetch_add(size, Ordering::Relaxed);
                    let items: Vec<String> = (first..first + size).map(event).collect();
                    let items: Vec<&str> = items.iter().map(String::as_str).collect();
                    let start = Instant::now();
                    match take(&db, &gate, &items, (None, None)).await {
                        Ok(outcome) => {
                            taken.fetch_add(outcome.accepted as u64, Ordering::Relaxed);
                            took.push(start.elapsed());
                        }
                        // Overload is told, not lost: the sender waits.
                        Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
                    }
                }
                took
            })
        })
        .collect();
    let mut took = Vec::new();
    for sender in senders {
        took.extend(sender.await.unwrap());
    }
    let taken = taken.load(Ordering::Relaxed);
    row(
        name,
        what,
        taken as f64 / begin.elapsed().as_secs_f64(),
        &mut took,
    );
    taken
}

fn row(name: &str, what: &str, rate: f64, took: &mut [Duration]) {
    took.sort();
    let at = |share: f64| {
        let place = ((took.len() as f64 * share) as usize).min(took.len().saturating_sub(1));
        took.get(place).map_or("–".to_owned(), |span| {
            format!("{:.1}", span.as_secs_f64() * 1e3)
        })
    };
    println!("{name:<11} {what:<24} {rate:>9.0} {:>9} {:>9}", at(0.5), at(0.99));
}
