//! How long it takes to score the whole book again, and to test early warning on the past year.
//!
//! `cargo run --release -p success --example bench_health [ACCOUNTS]`: on a file in a temporary folder, and on PostgreSQL when
//! `TANDEM_BENCH_POSTGRES` holds the URL of an empty database on a server that syncs. The rows are loaded as they lie in the
//! tables; the work is done by the jobs of the product. The back-test has a tenth of the accounts. At last it is measured how long
//! an alert takes while all accounts are scored.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a bench: it prints, reads the environment, measures real time and ends where something is wrong"
)]

mod latency;
mod rows;

use std::sync::Arc;
use std::time::{Duration, Instant};

use kit::clock::Clock;
use kit::day::Day;
use kit::db::{Db, DbConfig, DbError, Location, Migration, Tx};
use kit::id::Ids;
use kit::jobs::{Jobs, Options, run_due};
use success::alerts::quality::{self, Ask, QualityError};
use success::alerts::rules::{self, Condition, Content};
use success::alerts::{self, AlertError, Test, Way};
use success::health::{self, HealthError, ScorecardText, scorecards};
use success::{playbooks, usage};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::contacts::memberships;
use tandem_core::events::Wiring;
use tandem_core::metrics::{self, Metric, Producer, Producers, Reading, Unit};
use tandem_core::permissions::Permission::TicketsRead;
use tandem_core::workspaces::{self, NewWorkspace, WorkspaceError, WorkspaceId};
use tandem_core::{invoices, segments, stages, touchpoints, webhooks, worth};

const SCHEMA: &[&[Migration]] = &[
    kit::jobs::MIGRATIONS,
    kit::blob::MIGRATIONS,
    tandem_core::MIGRATIONS,
    success::MIGRATIONS,
];
/// Accounts that are loaded in one transaction.
const PART: i64 = 500;
/// Days of the past: the year that is tested, and what its first days look back at.
const PAST: i64 = 364 + 280;

/// What the help desk measures, which this crate does not know.
static OPEN: Metric = Metric::new("tickets.open", Unit::Count, TicketsRead);
static URGENT: Metric = Metric::new("tickets.urgent", Unit::Count, TicketsRead);
static REOPENED: Metric = Metric::new("tickets.reopened_90d", Unit::Count, TicketsRead);
static TICKETS: Producer = Producer {
    metrics: &[&OPEN, &URGENT, &REOPENED],
    read: nothing,
};

fn nothing(_: &mut Tx<'_>, _: WorkspaceId, _: AccountId, _: Day) -> Result<Vec<Reading>, DbError> {
    Ok(Vec::new())
}

fn producers() -> Producers {
    Producers::new(&[
        &usage::measures::PRODUCER,
        &touchpoints::measures::PRODUCER,
        &memberships::measures::PRODUCER,
        &worth::measures::PRODUCER,
        &invoices::measures::PRODUCER,
        &stages::measures::PRODUCER,
        &TICKETS,
    ])
}

/// Who listens, as in the program, as far as it has to do with health.
fn wiring() -> Wiring {
    let scored = [alerts::jobs::FOLLOW, segments::jobs::FOLLOW];
    Wiring::default()
        .on(&touchpoints::ADDED, &[metrics::jobs::FOLLOW])
        .on(&metrics::CHANGED, &[health::jobs::FOLLOW])
        .on(&metrics::CHANGED, &scored)
        .on(&health::SCORED, &scored)
        .on(
            &health::BANDED,
            &[
                touchpoints::jobs::FOLLOW,
                playbooks::jobs::HEAR,
                segments::jobs::FOLLOW,
            ],
        )
        .on(
            &alerts::OPENED,
            &[touchpoints::jobs::FOLLOW, playbooks::jobs::HEAR],
        )
        .on_every(&[webhooks::jobs::TELL])
}

/// What scores.
fn scoring() -> Jobs {
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new().limit(1), health::jobs::score_all);
    jobs
}

/// All that is measured here, and what follows from it.
fn jobs() -> Jobs {
    let mut jobs = scoring();
    jobs.reaction(Options::new(), metrics::jobs::find);
    jobs.reaction(Options::new(), health::jobs::score);
    jobs.reaction(Options::new().limit(1), health::jobs::score_these);
    jobs.reaction(Options::new(), alerts::jobs::look);
    jobs.reaction(Options::new().limit(1), alerts::jobs::look_these);
    jobs.reaction(Options::new().limit(1), alerts::jobs::look_all);
    jobs.reaction(Options::new(), touchpoints::jobs::follow);
    jobs.errand(
        Options::new().limit(1).time(Duration::from_secs(1_800)),
        quality::jobs::compute,
    );
    jobs
}

#[tokio::main]
async fn main() {
    let accounts = std::env::args().nth(1).and_then(|accounts| accounts.parse().ok());
    let accounts: i64 = accounts.unwrap_or(100_000);
    println!("| database | what | accounts | seconds | accounts a second |");
    println!("|---|---|---:|---:|---:|");
    let folder = tempfile::tempdir().unwrap();
    let file = Location::File(folder.path().join("bench.sqlite"));
    bench("SQLite", file, accounts).await;
    match std::env::var("TANDEM_BENCH_POSTGRES") {
        Ok(url) => bench("PostgreSQL", Location::Postgres(url), accounts).await,
        Err(_) => println!("\nPostgreSQL was skipped: TANDEM_BENCH_POSTGRES is not set"),
    }
}

async fn bench(name: &str, location: Location, accounts: i64) {
    let db = Db::open(&DbConfig::new(location), Clock::system(), Ids::random()).unwrap();
    db.migrate(SCHEMA).await.unwrap();
    db.attach(Arc::new(producers()));
    db.attach(Arc::new(wiring()));
    let book = rescoring(name, &db, accounts).await;
    back_test(name, &db, (accounts / 10).max(1)).await;
    let spans = latency::measure(&db, book).await;
    let of_hundred = |share: usize| spans[(spans.len() * share / 100).min(spans.len() - 1)].as_secs_f64();
    let (middle, late) = (of_hundred(50), of_hundred(99));
    println!(
        "| {name} | from a bad talk to its alert, while all are scored: p50 {middle:.2} s, p99 {late:.2} s | {} | – | – |",
        spans.len()
    );
    db.close().await;
}

async fn rescoring(name: &str, db: &Db, accounts: i64) -> WorkspaceId {
    let workspace = workspace(db, "Book").await;
    let today = today(db, workspace).await;
    let begin = Instant::now();
    for first in (0..accounts).step_by(PART as usize) {
        let numbers = first..(first + PART).min(accounts);
        db.load(move |tx| {
            let made = rows::accounts(tx, workspace, numbers.clone())?;
            rows::present(tx, workspace, &made, today)
        })
        .await
        .unwrap();
    }
    row(name, "loaded, with 12 metrics each", accounts, begin.elapsed());
    score_all(name, "scored for the first time", db, (workspace, accounts)).await;
    score_all(
        name,
        "scored again, nothing is another",
        db,
        (workspace, accounts),
    )
    .await;
    other_scorecard(db, workspace).await;
    score_all(
        name,
        "scored again by another scorecard",
        db,
        (workspace, accounts),
    )
    .await;
    workspace
}

/// Scores the book by the job that does it each night and after a change of a scorecard.
async fn score_all(name: &str, what: &str, db: &Db, (workspace, accounts): (WorkspaceId, i64)) {
    db.write(move |tx| health::jobs::all(tx, workspace))
        .await
        .unwrap();
    let begin = Instant::now();
    while run_due(db, &scoring()).await.unwrap() > 0 {}
    row(name, what, accounts, begin.elapsed());
    let begin = Instant::now();
    while run_due(db, &jobs()).await.unwrap() > 0 {}
    row(
        name,
        "what follows: looked at by all rules, timelines",
        accounts,
        begin.elapsed(),
    );
}

/// Moves a weight, so that every score is another.
async fn other_scorecard(db: &Db, workspace: WorkspaceId) {
    db.write(move |tx| {
        let actor = Actor::system(workspace, "bench");
        let held = scorecards::list(tx, &actor)?;
        let card = held.first().unwrap();
        let mut content = card.content.clone();
        content.measures[0].weight += 20.0;
        let text = ScorecardText {
            name: card.name.clone(),
            stage: card.stage,
            tier: card.tier,
            content,
        };
        scorecards::change(tx, &actor, card.id, card.version, &text)?;
        Ok::<_, HealthError>(())
    })
    .await
    .unwrap();
}

async fn back_test(name: &str, db: &Db, accounts: i64) {
    let workspace = workspace(db, "Past").await;
    let today = today(db, workspace).await;
    let begin = Instant::now();
    for first in (0..accounts).step_by(PART as usize / 10) {
        let numbers = first..(first + PART / 10).min(accounts);
        db.load(move |tx| {
            let made = rows::accounts(tx, workspace, numbers.clone())?;
            rows::past(tx, workspace, &made, (today.plus_days(-PAST), today))
        })
        .await
        .unwrap();
    }
    row(
        name,
        "loaded, with 21 months of days each",
        accounts,
        begin.elapsed(),
    );
    library(db, workspace).await;
    let ask = Ask {
        horizon: 90,
        reach: 100,
    };
    db.write(move |tx| {
        quality::ask(tx, &Actor::system(workspace, "bench"), ask)?;
        Ok::<_, QualityError>(())
    })
    .await
    .unwrap();
    let begin = Instant::now();
    while run_due(db, &jobs()).await.unwrap() > 0 {}
    row(name, "a year of back-test", accounts, begin.elapsed());
    let newest = db.read(move |tx| quality::newest(tx, &Actor::system(workspace, "bench")));
    let ready = newest
        .await
        .unwrap()
        .ready
        .expect("the back-test came to its end");
    let alerts: u64 = ready
        .report
        .expect("it is ready")
        .rules
        .iter()
        .map(|rule| rule.alerts)
        .sum();
    assert!(alerts > 0, "a back-test without a single alert measures nothing");
}

/// The rules of the library come with the first rule that somebody adds; that one is taken away again.
async fn library(db: &Db, workspace: WorkspaceId) {
    db.write(move |tx| {
        let actor = Actor::system(workspace, "bench");
        let condition = Condition {
            metric: OPEN.name.to_owned(),
            test: Test::AtLeast,
            value: 1_000.0,
            days: 0,
            before: 0,
            least: 0,
        };
        let content = Content {
            name: "Bench".to_owned(),
            way: Way::Risk,
            is_on: true,
            stage: None,
            tier: None,
            conditions: vec![condition],
            cooldown: 30,
            easing: 3,
        };
        let rule = rules::add(tx, &actor, &content)?;
        rules::remove(tx, &actor, rule.id)?;
        Ok::<_, AlertError>(())
    })
    .await
    .unwrap();
}

async fn workspace(db: &Db, name: &'static str) -> WorkspaceId {
    db.write(move |tx| {
        let new = NewWorkspace {
            name: name.to_owned(),
            locale: "en".to_owned(),
            zone: "UTC".to_owned(),
        };
        Ok::<_, WorkspaceError>(workspaces::create(tx, &new)?.id)
    })
    .await
    .unwrap()
}

async fn today(db: &Db, workspace: WorkspaceId) -> Day {
    db.read(move |tx| workspaces::today(tx, workspace)).await.unwrap()
}

fn row(name: &str, what: &str, accounts: i64, span: Duration) {
    let seconds = span.as_secs_f64();
    println!(
        "| {name} | {what} | {accounts} | {seconds:.1} | {:.0} |",
        accounts as f64 / seconds
    );
}
