//! How soon the pages of customers are answered at a hundred thousand accounts, a million contacts and five million
//! touchpoints, in the built program.
//!
//! `cargo xtask bench customers [ACCOUNTS]`. The rows are loaded as they lie in the tables; movements are derived by the
//! ledger itself. Time is counted from sending a request until the last byte of its answer, one request after the other.

#![allow(clippy::print_stdout, reason = "it prints tables")]
#![allow(
    clippy::disallowed_methods,
    reason = "where things are comes from the environment, and real time is measured"
)]

mod load;
mod pages;
mod rows;

use std::time::{Duration, Instant};

use kit::db::Location;
use tandem_core::accounts::AccountId;
use testkit::program::{Node, Program, ask};

use load::{Rungs, load};

/// Requests of each kind, after some that warm everything up.
const ASKED: usize = 200;
const WARM: usize = 10;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Outcome {
    let binary = std::env::var("TANDEM_BENCH_BINARY")?;
    let accounts = std::env::args().nth(1).and_then(|rows| rows.parse().ok());
    let accounts: usize = accounts.unwrap_or(100_000);
    let program = Program::new(&binary).with("log_level", "warn,server=info");
    program.token();
    let file = program.data().join("tandem.sqlite");
    println!("| where | page | p50 | p99 | slowest |");
    println!("|---|---|---:|---:|---:|");
    let loaded = load(Location::File(file), accounts).await?;
    let node = program.serve();
    measure("SQLite", &node, &node.come_in(&program.place(&node)), &loaded)?;
    if let Ok(url) = std::env::var("TANDEM_BENCH_POSTGRES") {
        let program = Program::new(&binary)
            .with("log_level", "warn,server=info")
            .with("database_url", &url);
        program.token();
        let loaded = load(Location::Postgres(url), accounts).await?;
        let node = program.serve();
        measure("PostgreSQL", &node, &node.come_in(&program.place(&node)), &loaded)?;
    }
    Ok(())
}

fn measure(place: &str, node: &Node, cookie: &str, (ids, rungs): &(Vec<AccountId>, Rungs)) -> Outcome {
    let more = format!("cookie: {cookie}\r\naccept: text/html\r\n");
    for (name, path) in pages::all(ids, rungs) {
        let mut spans = Vec::with_capacity(ASKED);
        for number in 0..WARM + ASKED {
            let line = format!("GET {}", path(number));
            let begin = Instant::now();
            let answer = ask(node.address, &line, "", &more)?;
            if answer.status != 200 {
                return Err(format!("{line}: {}", answer.status).into());
            }
            if number >= WARM {
                spans.push(begin.elapsed());
            }
        }
        spans.sort_unstable();
        let at = |share: f64| millis(spans[((spans.len() - 1) as f64 * share) as usize]);
        println!(
            "| {place} | {name} | {:.1} ms | {:.1} ms | {:.1} ms |",
            at(0.5),
            at(0.99),
            at(1.0)
        );
    }
    Ok(())
}

fn millis(span: Duration) -> f64 {
    span.as_secs_f64() * 1e3
}
