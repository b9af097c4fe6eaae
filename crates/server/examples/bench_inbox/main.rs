//! How soon the inbox answers at a million tickets and five million messages, in the built program.
//!
//! `cargo xtask bench inbox [TICKETS [AGENTS]]`. The tickets live through a past as sample data does (`tickets/past`), so what is
//! counted of them is there too. Time is counted from sending a request until the last byte of its answer, one request
//! after the other; the measuring program shares the machine with the server.

#![allow(clippy::print_stdout, reason = "it prints tables")]
#![allow(clippy::print_stderr, reason = "loading takes a while and says how far it is")]
#![allow(
    clippy::disallowed_methods,
    reason = "where things are comes from the environment, and real time is measured"
)]

mod creating;
mod load;
mod pages;
mod streams;
mod texts;

use std::time::{Duration, Instant};

use kit::db::Location;
use testkit::program::{Node, Program, ask};

use load::Loaded;

/// Requests of each kind, after some that warm everything up.
const ASKED: usize = 200;
const WARM: usize = 10;
/// How long the index and the views may take to be built.
const BUILDING: Duration = Duration::from_secs(7_200);

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// What is measured, and as how much.
#[derive(Clone, Copy)]
struct Size {
    tickets: usize,
    agents: usize,
}

#[tokio::main]
async fn main() -> Outcome {
    let binary = std::env::var("TANDEM_BENCH_BINARY")?;
    let number = |place: usize| std::env::args().nth(place).and_then(|word| word.parse().ok());
    let size = Size {
        tickets: number(1).unwrap_or(1_000_000),
        agents: number(2).unwrap_or(200).max(1),
    };
    let program = Program::new(&binary);
    let file = program.data().join("tandem.sqlite");
    one("SQLite", program, Location::File(file), size).await?;
    if let Ok(url) = std::env::var("TANDEM_BENCH_POSTGRES") {
        let program = Program::new(&binary).with("database_url", &url);
        one("PostgreSQL", program, Location::Postgres(url), size).await?;
    }
    Ok(())
}

/// Everything on one database.
async fn one(place: &str, program: Program, location: Location, size: Size) -> Outcome {
    let program = program
        .with("log_level", "warn,server=info")
        .with("api_requests", "1000000");
    let token = program.token();
    let begin = Instant::now();
    let loaded = load::load(location, size).await?;
    eprintln!("{place}: {} tickets in {:.0?}", size.tickets, begin.elapsed());
    let node = program.serve();
    let begin = Instant::now();
    built(&node, &token, &loaded).await?;
    eprintln!("{place}: index and views in {:.0?}", begin.elapsed());
    // What was needed to build them is not what a day's work needs.
    node.wait_until_at_rest();
    node.end_politely();
    let node = program.serve();
    node.wait_until_at_rest();
    println!("\n| where | page | p50 | p95 | p99 | slowest |");
    println!("|---|---|---:|---:|---:|---:|");
    let cookie = node.come_in(&program.place(&node));
    for (name, path) in pages::pages(&loaded) {
        measure(
            (place, name),
            &node,
            &format!("cookie: {cookie}\r\naccept: text/html\r\n"),
            &path,
        )?;
    }
    for (name, path) in pages::addresses(&loaded) {
        measure(
            (place, name),
            &node,
            &format!("authorization: Bearer {token}\r\n"),
            &path,
        )?;
    }
    println!("\n| where | callers | tickets opened a second | p50 | p99 |");
    println!("|---|---:|---:|---:|---:|");
    for callers in [1, 16, 64] {
        creating::measure(place, &node, &token, callers).await?;
    }
    // What follows from the new tickets is done first, and is no part of what comes.
    node.wait_until_at_rest();
    println!(
        "\n| where | agents | RSS before | with streams | of which no file’s | p50 | p95 | p99 | slowest |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
    streams::measure(place, &node, &token, &loaded).await
}

/// Waits until search has an index and the views have been looked through.
async fn built(node: &Node, token: &str, loaded: &Loaded) -> Outcome {
    let begin = Instant::now();
    let is_ready = || {
        node.get("/api/v1/search?q=bench", token)
            .body
            .contains("\"is_ready\":true")
    };
    let is_counted = || {
        let counted = |view: &String| {
            let answer = node.get(&format!("/api/v1/inbox-views/{view}"), token);
            answer.body.contains("\"is_counted\":true")
        };
        loaded.views.iter().all(counted)
    };
    while !(is_ready() && is_counted()) {
        if begin.elapsed() > BUILDING {
            return Err("the index or a view was not built in time".into());
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    Ok(())
}

/// Asks for one kind of page again and again, and prints a row.
fn measure((place, name): (&str, &str), node: &Node, more: &str, path: &pages::Address<'_>) -> Outcome {
    let mut spans = Vec::with_capacity(ASKED);
    for number in 0..WARM + ASKED {
        let line = format!("GET {}", path(number));
        let begin = Instant::now();
        let answer = ask(node.address, &line, "", more)?;
        if answer.status != 200 {
            return Err(format!("{line}: {}", answer.status).into());
        }
        if number >= WARM {
            spans.push(begin.elapsed());
        }
    }
    let at = shares(spans);
    println!(
        "| {place} | {name} | {:.1} ms | {:.1} ms | {:.1} ms | {:.1} ms |",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
    Ok(())
}

/// In which time a share of all was done, in milliseconds.
fn shares(mut spans: Vec<Duration>) -> impl Fn(f64) -> f64 {
    spans.sort_unstable();
    move |share| {
        let last = spans.len().saturating_sub(1);
        let span = spans.get((last as f64 * share) as usize);
        span.map_or(0.0, |span| span.as_secs_f64() * 1e3)
    }
}
