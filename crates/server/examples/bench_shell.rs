//! How soon pages are answered while fifty agents work, and what a browser loads for its first page, in the built program.
//!
//! Time is counted from sending a request until the last byte of its compressed answer, on a connection that stays open,
//! as browsers do it. The measuring program shares the machine with the server.

#![allow(clippy::print_stdout, reason = "it prints tables")]
#![allow(
    clippy::disallowed_methods,
    reason = "where things are comes from the environment"
)]

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::Duration;

use testkit::program::{Node, Program, ask};
use testkit::tour::Place;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::Instant;

/// Agents at work, each on a connection of its own.
const AGENTS: u32 = 50;
/// Pages that each opens, after some that warm everything up.
const PAGES: usize = 120;
const WARM: usize = 10;
/// How long an agent looks at a page: shorter than people do, and far shorter.
const LOOKS: [(&str, Duration); 3] = [
    ("a page each second", Duration::from_secs(1)),
    ("a page each 0.2 s", Duration::from_millis(200)),
    ("as fast as they can", Duration::ZERO),
];
/// Accounts in the sample data.
const ACCOUNTS: usize = 200;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Outcome {
    let binary = std::env::var("TANDEM_BENCH_BINARY")?;
    let program = Program::new(&binary).with("log_level", "warn,server=info");
    let (node, place) = program.demo(ACCOUNTS);
    node.wait_until_at_rest();
    let caller = Caller::of(&program, &node, &place)?;
    weigh(&node, &caller)?;
    println!();
    println!("| where | pages/s | p50 | p95 | p99 | slowest |");
    println!("|---|---|---|---|---|---|");
    measure("SQLite", &node, &caller).await?;
    node.end_politely();
    if let Ok(url) = std::env::var("TANDEM_BENCH_POSTGRES") {
        let program = Program::new(&binary)
            .with("log_level", "warn,server=info")
            .with("database_url", url);
        let (node, place) = program.demo(ACCOUNTS);
        node.wait_until_at_rest();
        let caller = Caller::of(&program, &node, &place)?;
        measure("PostgreSQL", &node, &caller).await?;
    }
    Ok(())
}

/// The first agent of the sample data, as a program and in a browser.
#[derive(Clone)]
struct Caller {
    token: String,
    cookie: String,
}

impl Caller {
    fn of(program: &Program, node: &Node, place: &Place) -> Outcome<Self> {
        let list = program.output(&["admin", "list"]);
        let email = list.split_whitespace().find(|word| word.contains('@'));
        Ok(Self {
            token: program.output(&["admin", "token", "--email", email.ok_or("no agent")?]),
            cookie: node.come_in(place),
        })
    }
}

/// What agents open again and again.
fn paths(node: &Node, caller: &Caller) -> Outcome<Vec<String>> {
    let list = node.get("/api/v1/accounts", &caller.token).body;
    let account = list.split('"').find(|part| part.starts_with("acc_"));
    let account = account.ok_or("no account")?;
    let fixed = [
        "/",
        "/accounts",
        "/accounts/new",
        "/settings/work",
        "/preferences",
    ];
    Ok(fixed
        .map(str::to_owned)
        .into_iter()
        .chain([
            format!("/accounts/{account}"),
            format!("/accounts/{account}/edit"),
        ])
        .collect())
}

async fn measure(place: &str, node: &Node, caller: &Caller) -> Outcome {
    let paths = paths(node, caller)?;
    for (pace, look) in LOOKS {
        at_work(&format!("{place}, {pace}"), (node.address, caller, &paths), look).await?;
    }
    Ok(())
}

/// All agents at once, each looking at every page for as long as `look`.
async fn at_work(
    place: &str,
    (address, caller, paths): (SocketAddr, &Caller, &[String]),
    look: Duration,
) -> Outcome {
    let begin = Instant::now();
    let agents: Vec<_> = (0..AGENTS)
        .map(|number| {
            let (cookie, paths) = (caller.cookie.clone(), paths.to_vec());
            tokio::spawn(work(address, cookie, paths, look, number))
        })
        .collect();
    let mut spans = Vec::new();
    for agent in agents {
        spans.extend(agent.await??);
    }
    let rate = f64::from(AGENTS) * (PAGES + WARM) as f64 / begin.elapsed().as_secs_f64();
    spans.sort_unstable();
    let at = |share: f64| spans[((spans.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!(
        "| {place} | {rate:.0} | {:.1} ms | {:.1} ms | {:.1} ms | {:.1} ms |",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
    Ok(())
}

/// One agent: opens pages, looks at each, gives how long each took.
async fn work(
    address: SocketAddr,
    cookie: String,
    paths: Vec<String>,
    look: Duration,
    number: u32,
) -> Outcome<Vec<Duration>> {
    // Not all at once.
    tokio::time::sleep(look * number / AGENTS).await;
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut spans = Vec::new();
    for page in 0..WARM + PAGES {
        let path = &paths[(page + number as usize) % paths.len()];
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\naccept: text/html\r\n\
             accept-encoding: br\r\n\r\n"
        );
        let begin = Instant::now();
        stream.write_all(request.as_bytes()).await?;
        read(&mut stream).await?;
        if page >= WARM {
            spans.push(begin.elapsed());
        }
        tokio::time::sleep(look).await;
    }
    Ok(spans)
}

/// Reads one answer to its end, in pieces or by its length.
async fn read(stream: &mut TcpStream) -> Outcome {
    let mut answer = Vec::with_capacity(16 * 1024);
    loop {
        if stream.read_buf(&mut answer).await? == 0 {
            return Err("the answer was cut off".into());
        }
        let Some(head) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let text = String::from_utf8_lossy(&answer[..head]).to_lowercase();
        if !text.starts_with("http/1.1 200") {
            return Err(text.into());
        }
        let length = text
            .lines()
            .find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
        let is_whole = match length {
            Some(length) => answer.len() >= head + 4 + length,
            None => answer.ends_with(b"\r\n0\r\n\r\n"),
        };
        if is_whole {
            return Ok(());
        }
    }
}

/// Everything that the first page of a browser loads, compressed: scripts with what they import, styles, icons.
fn weigh(node: &Node, caller: &Caller) -> Outcome {
    let page = node.page("/accounts", &caller.cookie).body;
    let mut wanted: Vec<String> = page
        .split('"')
        .filter(|part| part.starts_with("/assets/"))
        .map(|part| part.split('#').next().unwrap_or(part).to_owned())
        .collect();
    let mut seen = BTreeSet::new();
    let (mut scripts, mut styles, mut pictures) = (0, 0, 0);
    while let Some(path) = wanted.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let packed = ask(
            node.address,
            &format!("GET {path}"),
            "",
            "accept-encoding: br\r\n",
        )?;
        let length = packed.head.split("content-length: ").nth(1);
        let length = length.and_then(|rest| rest.split_whitespace().next()?.parse::<usize>().ok());
        let length = length.ok_or_else(|| format!("{path} has no length: {}", packed.head))?;
        match path.rsplit('.').next() {
            Some("js") => {
                scripts += length;
                let plain = ask(node.address, &format!("GET {path}"), "", "")?.body;
                wanted.extend(imports(&path, &plain));
            }
            Some("css") => styles += length,
            _ => pictures += length,
        }
    }
    let total = scripts + styles + pictures;
    println!("| scripts | styles | icons and pictures | together |");
    println!("|---|---|---|---|");
    let kb = |bytes: usize| format!("{:.1} kB", bytes as f64 / 1e3);
    println!(
        "| {} | {} | {} | {} |",
        kb(scripts),
        kb(styles),
        kb(pictures),
        kb(total)
    );
    Ok(())
}

/// The addresses that a script imports by relative paths.
fn imports(path: &str, script: &str) -> Vec<String> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
    let named = script.lines().filter(|line| line.starts_with("import"));
    let named = named.filter_map(|line| line.split('"').nth(1));
    named
        .filter_map(|name| {
            name.strip_prefix("./")
                .map(|name| format!("{folder}/{name}"))
                .or_else(|| name.strip_prefix("../").map(|name| format!("{above}/{name}")))
        })
        .collect()
}
