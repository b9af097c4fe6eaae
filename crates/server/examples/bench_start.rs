//! How soon the built program serves an existing database, what it takes of memory, and how soon a page shows a change.
//!
//! The files are in the system's cache: only the first start after a boot reads them from the disk.

#![allow(clippy::print_stdout, reason = "it prints a table")]
#![allow(
    clippy::disallowed_methods,
    reason = "where things are comes from the environment"
)]

use std::time::{Duration, Instant};

use testkit::program::{Node, Program};

const STARTS: usize = 20;
const CHANGES: usize = 100;
const PAGES: usize = 20;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let binary = std::env::var("TANDEM_BENCH_BINARY")?;
    let size = std::fs::metadata(&binary)?.len();
    println!("the program itself: {:.1} MB\n", size as f64 / 1e6);
    println!(
        "| where | start p50 | slowest of {STARTS} | idle 5 s | after {PAGES} pages | change to page p50 | p95 | slowest |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let program = Program::new(&binary);
    measure("SQLite", &program)?;
    if let Ok(url) = std::env::var("TANDEM_BENCH_POSTGRES") {
        measure("PostgreSQL", &Program::new(&binary).with("database_url", url))?;
    }
    Ok(())
}

fn measure(place: &str, program: &Program) -> Outcome {
    // Sample data, by the command that serves it.
    let filled = Node::serving(program.command(&["demo", "--still"]));
    filled.wait_until_filled();
    filled.wait_until_at_rest();
    filled.end_politely();
    let starts = sorted((0..STARTS).map(|_| start(program)).collect());
    let email = someone(program)?;
    let token = program.output(&["admin", "token", "--email", &email]);
    let node = program.serve();
    let cookie = node.come_in(&program.place_of(&node, &email));
    std::thread::sleep(Duration::from_secs(5));
    let idle = node.memory();
    for page in 0..PAGES {
        let path = ["/", "/accounts", "/accounts/new", "/contacts"][page % 4];
        assert_eq!(node.page(path, &cookie).status, 200, "{path}");
    }
    let used = node.memory();
    let changes = sorted(changes(&node, &token, &cookie));
    println!(
        "| {place} | {:.0} ms | {:.0} ms | {idle:.1} MB | {used:.1} MB | {:.1} ms | {:.1} ms | {:.1} ms |",
        starts[starts.len() / 2],
        starts[starts.len() - 1],
        changes[changes.len() / 2],
        changes[changes.len() * 95 / 100],
        changes[changes.len() - 1]
    );
    Ok(())
}

/// Milliseconds from starting the process to its saying that it is ready.
fn start(program: &Program) -> f64 {
    let begin = Instant::now();
    let node = program.serve();
    assert_eq!(node.get("/readyz", "").status, 200);
    let took = begin.elapsed();
    node.end_politely();
    took.as_secs_f64() * 1e3
}

/// Milliseconds from sending a change to having the page that shows it, fetched when the live stream said so.
fn changes(node: &Node, token: &str, cookie: &str) -> Vec<f64> {
    let mut stream = node.live(token, None);
    let change = |number: usize| {
        let name = format!("Benchmark {number}");
        let begin = Instant::now();
        let answer = node.add_account(&name, token).expect("an answer");
        let id = answer.body.split('"').find(|part| part.starts_with("acc_"));
        let id = id.expect("an account");
        assert!(stream.names(id));
        assert!(node.page(&format!("/accounts/{id}"), cookie).body.contains(&name));
        begin.elapsed().as_secs_f64() * 1e3
    };
    (0..CHANGES).map(change).collect()
}

/// The address of somebody who may add accounts.
fn someone(program: &Program) -> Outcome<String> {
    let list = program.output(&["admin", "list"]);
    let line = list.lines().find(|line| line.trim_start().starts_with("admin "));
    let address = line.and_then(|line| line.split_whitespace().next_back());
    Ok(address.ok_or("no admin in the sample data")?.to_owned())
}

fn sorted(mut numbers: Vec<f64>) -> Vec<f64> {
    numbers.sort_unstable_by(f64::total_cmp);
    numbers
}
