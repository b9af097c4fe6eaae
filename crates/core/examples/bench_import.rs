//! How many rows a second an import takes: accounts that are new, known, and taken back, and how much memory it needs.
//!
//! `cargo run --release -p tandem-core --example bench_import [ROWS]`: on a file in a temporary folder, and on PostgreSQL
//! when `TANDEM_BENCH_POSTGRES` holds the URL of an empty database on a server that syncs.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a bench: it prints, reads the environment, measures real time and ends where something is wrong"
)]

use std::convert::Infallible;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use axum::body::Bytes;
use kit::blob::{BlobPlace, Blobs};
use kit::clock::Clock;
use kit::db::{Db, DbConfig, Location, Migration};
use kit::id::Ids;
use kit::jobs::{Jobs, Options, run_due};
use tandem_core::accounts;
use tandem_core::actor::Actor;
use tandem_core::events::Wiring;
use tandem_core::imports::target::Targets;
use tandem_core::imports::{self, Import, ImportError, New, State, files};
use tandem_core::touchpoints::{self, Traces, kinds};
use tandem_core::workspaces::{self, NewWorkspace, WorkspaceError};
use tandem_core::{stages, tallies, tiers};

const SCHEMA: &[&[Migration]] = &[
    kit::jobs::MIGRATIONS,
    kit::blob::MIGRATIONS,
    tandem_core::MIGRATIONS,
];

#[tokio::main]
async fn main() {
    let rows = std::env::args().nth(1).and_then(|rows| rows.parse().ok());
    let rows: usize = rows.unwrap_or(200_000);
    println!("database    rows     what            rows/s   with what follows   CPU a row   peak RSS");
    let folder = tempfile::tempdir().unwrap();
    let file = Location::File(folder.path().join("bench.sqlite"));
    bench("SQLite", file, folder.path(), rows).await;
    match std::env::var("TANDEM_BENCH_POSTGRES") {
        Ok(url) => bench("PostgreSQL", Location::Postgres(url), folder.path(), rows).await,
        Err(_) => println!("PostgreSQL  skipped: TANDEM_BENCH_POSTGRES is not set"),
    }
}

async fn bench(name: &str, location: Location, folder: &Path, rows: usize) {
    let db = Db::open(&DbConfig::new(location), Clock::system(), Ids::random()).unwrap();
    db.migrate(SCHEMA).await.unwrap();
    let place = BlobPlace::Folder(folder.join("blobs"));
    db.attach(Arc::new(
        Blobs::open(&place, Clock::system(), Ids::random()).unwrap(),
    ));
    db.attach(Arc::new(Targets::new(&[&accounts::imports::TARGET])));
    db.attach(Arc::new(Traces::new(&[
        &kinds::ACCOUNT_ADDED,
        &kinds::ACCOUNTS_IMPORTED,
    ])));
    db.attach(Arc::new(
        Wiring::default()
            .on(
                &accounts::ADDED,
                &[accounts::jobs::ONE_MORE, touchpoints::jobs::FOLLOW],
            )
            .on(
                &accounts::bulk::IMPORTED,
                &[
                    accounts::jobs::MANY_MORE,
                    touchpoints::jobs::FOLLOW_ALL,
                    stages::jobs::BEGIN_ALL,
                    tiers::jobs::FOLLOW_MANY,
                ],
            ),
    ));
    let new = NewWorkspace {
        name: "Bench".to_owned(),
        locale: "en".to_owned(),
        zone: "Europe/Warsaw".to_owned(),
    };
    let made = db.write(move |tx| workspaces::create(tx, &new)).await;
    let workspace = made.unwrap_or_else(|error: WorkspaceError| panic!("{error}"));
    let actor = Actor::system(workspace.id, "bench");
    let first = run(&db, &actor, name, rows, "new").await;
    let open = db
        .read(move |tx| tallies::total(tx, actor.workspace, accounts::OPEN_TALLY))
        .await
        .unwrap();
    assert_eq!(open, rows as i64, "the tally is right");
    let actor = Actor::system(workspace.id, "bench");
    run(&db, &actor, name, rows, "known").await;
    let id = first.id;
    let begun = Instant::now();
    db.write(move |tx| imports::undo(tx, &actor, id)).await.unwrap();
    report(&db, name, rows, "taken back", begun).await;
    db.close().await;
}

/// Brings a file of `rows` accounts.
async fn run(db: &Db, actor: &Actor, name: &str, rows: usize, what: &str) -> Import {
    let new = New {
        target: "accounts".to_owned(),
        file_name: "accounts.csv".to_owned(),
    };
    let pieces = (0..rows.div_ceil(1_000)).map(move |piece| {
        let mut text = String::new();
        if piece == 0 {
            text.push_str("External ID,Company,Website\n");
        }
        for row in piece * 1_000..((piece + 1) * 1_000).min(rows) {
            writeln!(
                text,
                "C-{row},Account {row} Sp. z o.o.,https://www.account-{row}.example"
            )
            .unwrap();
        }
        Ok::<_, Infallible>(Bytes::from(text))
    });
    let draft = files::receive(db, actor, new, futures::stream::iter(pieces))
        .await
        .unwrap();
    let (author, id) = (actor.clone(), draft.id);
    db.write(move |tx| imports::start(tx, &author, id)).await.unwrap();
    report(db, name, rows, what, Instant::now()).await;
    let reader = actor.clone();
    let over = db.read(move |tx| imports::find(tx, &reader, id)).await;
    let over = over
        .unwrap_or_else(|error: ImportError| panic!("{error}"))
        .unwrap();
    assert_eq!((over.state, over.counts.rows()), (State::Done, rows as i64));
    over
}

/// Runs the import alone, then what follows from it.
async fn report(db: &Db, name: &str, rows: usize, what: &str, begun: Instant) {
    let before = cpu();
    let mut jobs = Jobs::new();
    jobs.errand(Options::new().time(imports::jobs::LONGEST), imports::jobs::run);
    while run_due(db, &jobs).await.unwrap() > 0 {}
    let taken = begun.elapsed().as_secs_f64();
    jobs.reaction(Options::new(), accounts::jobs::tally);
    jobs.reaction(Options::new(), touchpoints::jobs::follow);
    jobs.reaction(Options::new(), touchpoints::jobs::follow_all);
    jobs.reaction(Options::new(), stages::jobs::begin_all);
    jobs.reaction(Options::new(), tiers::jobs::place_many);
    while run_due(db, &jobs).await.unwrap() > 0 {}
    let all = begun.elapsed().as_secs_f64();
    println!(
        "{name:<11} {rows:<8} {what:<12} {:>9.0} {:>15.0} {:>13.1} µs {:>9.1} MB",
        rows as f64 / taken,
        rows as f64 / all,
        (cpu() - before) / rows as f64 * 1e6,
        peak()
    );
}

/// The seconds that this process has computed: what other programs of the machine do is not in it.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default();
    let ticks = fields.split(' ').skip(11).take(2);
    // A tick is a hundredth of a second, on every Linux there is.
    ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The most memory that was resident, in megabytes (10⁶ bytes).
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kibibytes.unwrap_or_default() * 1_024.0 / 1e6
}
