//! How soon open pages hear of a change, how soon search finds it, and what a thousand pages cost, in the built program.
//!
//! Latency is counted from sending the request that adds an account until a stream has the line that names it, so the
//! commit is in it; the search is asked again and again from then on until it finds the account. The measuring program shares the machine with the server.

#![allow(clippy::print_stdout, reason = "it prints a table")]
#![allow(
    clippy::disallowed_methods,
    reason = "where things are comes from the environment"
)]

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use testkit::program::{Node, Program, post};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::Instant;

/// Streams that are open.
const STREAMS: usize = 1_000;
/// Accounts that are added, and the pause between two.
const ACCOUNTS: usize = 200;
const PAUSE: Duration = Duration::from_millis(50);
/// Accounts that are looked for, and the pause between two questions.
const SOUGHT: usize = 100;
const AGAIN: Duration = Duration::from_millis(5);

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;
/// When which account was named, by any stream.
type Heard = Arc<Mutex<Vec<(String, Instant)>>>;

#[tokio::main]
async fn main() -> Outcome {
    let binary = std::env::var("TANDEM_BENCH_BINARY")?;
    println!("| where | RSS before | with {STREAMS} streams | more | p50 | p95 | p99 | slowest |");
    println!("|---|---|---|---|---|---|---|---|");
    let program = Program::new(&binary)
        .with("log_level", "warn,server=info")
        .with("api_requests", "1000000");
    let token = program.token();
    let node = program.serve();
    measure("SQLite, one node", &node, &node, &token).await?;
    let mut rows = vec![sought("SQLite, one node", &node, &node, &token)?];
    if let Ok(url) = std::env::var("TANDEM_BENCH_POSTGRES") {
        let program = program.with("database_url", url);
        let token = program.token();
        let (first, second) = (program.serve(), program.serve());
        measure("PostgreSQL, one node", &first, &first, &token).await?;
        measure("PostgreSQL, from node to node", &first, &second, &token).await?;
        rows.push(sought("PostgreSQL, one node", &first, &first, &token)?);
        rows.push(sought("PostgreSQL, from node to node", &first, &second, &token)?);
    }
    println!("\n| found by search | p50 | p95 | p99 | slowest |");
    println!("|---|---|---|---|---|");
    rows.iter().for_each(|row| println!("{row}"));
    Ok(())
}

/// Adds accounts one after the other on `adding` and asks the search of `looking` for each until it has it; gives a row.
fn sought(place: &str, adding: &Node, looking: &Node, token: &str) -> Outcome<String> {
    let mut took = Vec::new();
    for number in 0..SOUGHT {
        let begin = Instant::now();
        let body = format!(r#"{{"name":"Sought {number}"}}"#);
        let made = post(adding.address, "/api/v1/accounts", token, &body)?;
        let id = made.body.split('"').find(|part| part.starts_with("acc_"));
        let id = id.ok_or_else(|| made.body.clone())?;
        let path = format!("/api/v1/search?q=sought+{number}+kind:account&limit=200");
        while !looking.get(&path, token).body.contains(id) {
            if begin.elapsed() > Duration::from_secs(30) {
                return Err(format!("{id} is not found").into());
            }
            std::thread::sleep(AGAIN);
        }
        took.push(begin.elapsed());
    }
    took.sort_unstable();
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    Ok(format!(
        "| {place} | {:.0} ms | {:.0} ms | {:.0} ms | {:.0} ms |",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    ))
}

/// Opens the streams on `listening`, adds the accounts on `adding`, prints a row.
async fn measure(place: &str, adding: &Node, listening: &Node, token: &str) -> Outcome {
    // What the first requests bring into memory is not the streams' doing.
    for path in ["/", "/accounts", "/api/v1/accounts"] {
        adding.get(path, token);
        listening.get(path, token);
    }
    let before = listening.memory();
    let heard = Heard::default();
    let mut streams = Vec::new();
    for _ in 0..STREAMS {
        let stream = open(listening.address, token).await?;
        streams.push(tokio::spawn(follow(stream, Arc::clone(&heard))));
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    let with_streams = listening.memory();

    let sent = add_accounts(adding.address, token).await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    streams.iter().for_each(tokio::task::JoinHandle::abort);
    let latencies = latencies(&sent, &heard.lock().expect("no task panics"));
    assert_eq!(
        latencies.len(),
        STREAMS * ACCOUNTS,
        "every stream hears of every account"
    );
    let at = |share: f64| {
        let index = (latencies.len() - 1) as f64 * share;
        latencies[index as usize].as_secs_f64() * 1e3
    };
    println!(
        "| {place} | {before:.1} MB | {with_streams:.1} MB | {:.1} MB | {:.1} ms | {:.1} ms | {:.1} ms | {:.1} ms |",
        with_streams - before,
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
    Ok(())
}

async fn open(address: SocketAddr, token: &str) -> Outcome<BufReader<TcpStream>> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET /live HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut lines = BufReader::with_capacity(1024, stream);
    let mut line = String::new();
    lines.read_line(&mut line).await?;
    if !line.starts_with("HTTP/1.1 200") {
        return Err(line.into());
    }
    while line != "\r\n" {
        line.clear();
        lines.read_line(&mut line).await?;
    }
    Ok(lines)
}

/// Notes when which account is named, until the stream ends.
async fn follow(mut lines: BufReader<TcpStream>, heard: Heard) {
    let mut line = String::new();
    while lines.read_line(&mut line).await.is_ok_and(|length| length > 0) {
        let now = Instant::now();
        if let Some(id) = line.split('"').find(|part| part.starts_with("acc_")) {
            let mut heard = heard.lock().expect("no task panics");
            heard.push((id.to_owned(), now));
        }
        line.clear();
    }
}

/// Adds the accounts at an even pace; gives when each was sent.
async fn add_accounts(address: SocketAddr, token: &str) -> Outcome<HashMap<String, Instant>> {
    let mut sent = HashMap::new();
    let mut beat = tokio::time::interval(PAUSE);
    for number in 0..ACCOUNTS {
        beat.tick().await;
        let body = format!(r#"{{"name":"Account {number}"}}"#);
        let begin = Instant::now();
        let mut stream = TcpStream::connect(address).await?;
        let request = format!(
            "POST /api/v1/accounts HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
             authorization: Bearer {token}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        let id = answer.split('"').find(|part| part.starts_with("acc_"));
        sent.insert(id.ok_or_else(|| answer.clone())?.to_owned(), begin);
    }
    Ok(sent)
}

/// Sorted.
fn latencies(sent: &HashMap<String, Instant>, heard: &[(String, Instant)]) -> Vec<Duration> {
    let mut latencies: Vec<Duration> = heard
        .iter()
        .filter_map(|(id, at)| Some(at.saturating_duration_since(*sent.get(id)?)))
        .collect();
    latencies.sort_unstable();
    latencies
}
