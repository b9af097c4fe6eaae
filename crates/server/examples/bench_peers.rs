//! How soon the pages of another help desk are answered, timed as `bench inbox` times ours.
//!
//! `cargo xtask bench peers NAME HOST:PORT COOKIE PATH…`: a help desk that runs on this machine already and holds as many tickets,
//! the cookie of somebody who has signed in there (`-` for none), and the addresses of pages. Where `{}` stands in an address comes
//! a number, each time another one, up to the number behind it: `/Ticket/Display.html?id={}=100000`.

#![allow(clippy::print_stdout, reason = "it prints a table")]
#![allow(
    clippy::disallowed_methods,
    reason = "what is measured is said on the command line, and real time is measured"
)]

use std::net::{SocketAddr, ToSocketAddrs};
use std::time::Instant;

use testkit::program::ask;

/// Requests of each page, after some that warm everything up.
const ASKED: usize = 200;
const WARM: usize = 10;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> Outcome {
    let said: Vec<String> = std::env::args().skip(1).collect();
    let [name, host, cookie, paths @ ..] = &said[..] else {
        return Err("NAME HOST:PORT COOKIE PATH…".into());
    };
    let address = host.to_socket_addrs()?.next().ok_or("no such host")?;
    let more = match cookie.as_str() {
        "-" => "accept: text/html\r\n".to_owned(),
        cookie => format!("accept: text/html\r\ncookie: {cookie}\r\n"),
    };
    println!("| where | page | p50 | p95 | p99 | slowest |");
    println!("|---|---|---:|---:|---:|---:|");
    for path in paths {
        measure(name, address, path, &more)?;
    }
    Ok(())
}

/// Asks for one page again and again, and prints a row.
fn measure(name: &str, address: SocketAddr, path: &str, more: &str) -> Outcome {
    let (shape, end) = split(path);
    let mut spans = Vec::with_capacity(ASKED);
    for number in 0..WARM + ASKED {
        let path = shape.replace("{}", &(1 + number * 7_919 % end).to_string());
        let begin = Instant::now();
        let answer = ask(address, &format!("GET {path}"), "", more)?;
        if answer.status != 200 {
            return Err(format!("{path}: {}", answer.status).into());
        }
        if number >= WARM {
            spans.push(begin.elapsed());
        }
    }
    spans.sort_unstable();
    let at = |share: f64| spans[((spans.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!(
        "| {name} | {shape} | {:.1} ms | {:.1} ms | {:.1} ms | {:.1} ms |",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
    Ok(())
}

/// An address, and how many numbers its sign stands for.
fn split(path: &str) -> (&str, usize) {
    let numbered = path.rsplit_once("{}=");
    match numbered.and_then(|(before, end)| Some((before.len() + 2, end.parse().ok()?))) {
        Some((length, end)) => (&path[..length], std::cmp::max(end, 1)),
        None => (path, 1),
    }
}
