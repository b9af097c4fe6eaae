//! How many events of usage a second the built program takes durably, how soon they show, and what they cost.
//!
//! `cargo xtask bench usage [EVENTS [SECONDS]]`: the long run has so many events, everything else so many seconds. In this order, for
//! each database: the ceilings (reading alone, HTTP alone, the driver alone), requests of a hundred events and of one, half of what
//! was taken with the time until an event shows at its account, more than can be taken, and the long run with memory and disk. The senders
//! have the same cores.

#![allow(clippy::print_stdout, reason = "it prints a table")]
#![allow(
    clippy::disallowed_methods,
    reason = "where things are comes from the environment, and real time is measured"
)]

mod ceilings;
mod load;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;
use testkit::kills::{Api, Victim};
use testkit::program::{Node, Program, post};

use load::{GROUPS, Load, Sent, Shape, Until};

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// How many send at the same time, and how many send more than can be taken.
const SENDERS: u64 = 32;
const CROWD: u64 = 256;
/// The pause between two looks at an account, and between two events that are looked for.
const AGAIN: Duration = Duration::from_millis(5);
const BETWEEN: Duration = Duration::from_millis(100);
/// How long nothing may be counted before it is given up.
const STUCK: Duration = Duration::from_secs(120);
/// The group of the events that are looked for.
const LOOKED_FOR: &str = "looked-for";

const BATCHES: Shape = Shape {
    events: 100,
    is_stored: true,
};
const SINGLE: Shape = Shape {
    events: 1,
    is_stored: true,
};

/// As how much is measured.
#[derive(Clone, Copy)]
struct Size {
    events: u64,
    span: Duration,
}

/// A database and the program on it.
struct Bench {
    name: &'static str,
    program: Program,
    url: Option<String>,
    api: Api,
    key: String,
    /// The account of what is looked for.
    account: String,
}

fn main() -> Outcome {
    let binary = std::env::var("TANDEM_BENCH_BINARY")?;
    let number = |place: usize| std::env::args().nth(place).and_then(|word| word.parse().ok());
    let size = Size {
        events: number(1).unwrap_or(2_000_000),
        span: Duration::from_secs(number(2).unwrap_or(10)),
    };
    println!("| database | what | events a second | p50 | p99 | slowest |");
    println!("|---|---|---:|---:|---:|---:|");
    bare(
        "none",
        "reading and packing, one core",
        ceilings::reading(size.span / 5),
    );
    let program = Program::new(&binary);
    one("SQLite", program, None, size)?;
    match std::env::var("TANDEM_BENCH_POSTGRES") {
        Ok(url) => {
            let program = Program::new(&binary).with("database_url", &url);
            one("PostgreSQL", program, Some(url), size)?;
        }
        Err(_) => println!("| PostgreSQL | not there | – | – | – | – |"),
    }
    Ok(())
}

/// Everything on one database.
fn one(name: &'static str, program: Program, url: Option<String>, size: Size) -> Outcome {
    let driver = match &url {
        Some(url) => ceilings::pg(url, size.span)?,
        None => ceilings::lite(program.folder(), size.span)?,
    };
    bare(name, "the driver alone, a hundred a commit", driver);
    let program = Victim::prepared(&program);
    let token = program.token();
    let node = program.serve();
    let api = Api {
        address: node.address,
        token,
    };
    let (key, account) = set_up(&api);
    let bench = Bench {
        name,
        program,
        url,
        api,
        key,
        account,
    };
    for (what, shape) in [
        ("HTTP alone, batches of 100", BATCHES),
        ("HTTP alone, one by one", SINGLE),
    ] {
        let shape = Shape {
            is_stored: false,
            ..shape
        };
        bench.timed(what, &bench.load(shape, size.span), shape);
    }
    let taken = bench.timed("taken, batches of 100", &bench.load(BATCHES, size.span), BATCHES);
    bench.counted(&node, "counted after that")?;
    bench.timed("taken, one by one", &bench.load(SINGLE, size.span), SINGLE);
    bench.counted(&node, "counted after that")?;
    bench.half(taken, size.span)?;
    bench.counted(&node, "counted after that")?;
    bench.too_much(size.span);
    bench.counted(&node, "counted after that")?;
    node.end_politely();
    bench.long(size.events)
}

/// A source and an account for each group, which is called so by the product; the key, and the account of what is looked for.
fn set_up(api: &Api) -> (String, String) {
    let source = api.send(
        "POST /api/v1/usage-sources",
        "source",
        &json!({ "name": "Bench" }),
    );
    let key = source["keys"][0]["key"].as_str().expect("a key").to_owned();
    let account = |group: String| {
        let made = api.send(
            "POST /api/v1/accounts",
            &format!("account-{group}"),
            &json!({ "name": group }),
        );
        let id = Api::text(&made, "id").to_owned();
        let path = format!("POST /api/v1/accounts/{id}/external-ids");
        let named = json!({ "source": "usage", "value": group });
        api.send(&path, &format!("external-{group}"), &named);
        id
    };
    (0..GROUPS).for_each(|number| {
        account(format!("g-{number}"));
    });
    (key, account(LOOKED_FOR.to_owned()))
}

impl Bench {
    fn load(&self, shape: Shape, span: Duration) -> Load<'_> {
        Load {
            address: self.api.address,
            key: &self.key,
            shape,
            connections: SENDERS,
            until: Until::Over(span),
            rate: None,
            rest: Duration::from_millis(50),
        }
    }

    /// Sends and prints a line; gives how many events a second that were.
    fn timed(&self, what: &str, load: &Load<'_>, shape: Shape) -> f64 {
        let sent = load.send();
        self.line(what, &sent, shape);
        sent.rate(shape)
    }

    fn line(&self, what: &str, sent: &Sent, shape: Shape) {
        self.numbers(what, sent, shape);
        if sent.put_off + sent.put_off_without + sent.other + sent.broken > 0 {
            self.told(what, sent);
        }
    }

    fn numbers(&self, what: &str, sent: &Sent, shape: Shape) {
        println!(
            "| {} | {what} | {:.0} | {:.1} ms | {:.1} ms | {:.1} ms |",
            self.name,
            sent.rate(shape),
            sent.within(0.5),
            sent.within(0.99),
            sent.within(1.0)
        );
    }

    /// What the others were told.
    fn told(&self, what: &str, sent: &Sent) {
        println!(
            "| {} | {what}: {} answered 200, {} answered 429 with Retry-After, {} without, {} otherwise, {} broken off | – | – | – | – |",
            self.name, sent.answered, sent.put_off, sent.put_off_without, sent.other, sent.broken
        );
    }

    /// Waits until everything that was taken is counted, and says how long that was.
    fn counted(&self, node: &Node, what: &str) -> Outcome {
        let begin = Instant::now();
        let waited = left(node);
        let (mut least, mut since) = (waited, Instant::now());
        while least > 0 {
            if since.elapsed() > STUCK {
                return Err(format!("{least} events are not counted").into());
            }
            std::thread::sleep(AGAIN);
            let now = left(node);
            if now < least {
                (least, since) = (now, Instant::now());
            }
        }
        let span = begin.elapsed();
        let rate = waited as f64 / span.as_secs_f64().max(1e-3);
        println!(
            "| {} | {what}: {waited} events in {:.1} s | {rate:.0} | – | – | – |",
            self.name,
            span.as_secs_f64()
        );
        Ok(())
    }

    /// Sends half of what can be taken, and looks how soon single events among them show at their account.
    fn half(&self, taken: f64, span: Duration) -> Outcome {
        let load = Load {
            rate: Some(taken / 2.0 / BATCHES.events as f64),
            ..self.load(BATCHES, span)
        };
        let is_over = AtomicBool::new(false);
        let (sent, seen) = std::thread::scope(|scope| {
            let looking = scope.spawn(|| self.look(&is_over));
            let sent = load.send();
            is_over.store(true, Ordering::Release);
            (sent, looking.join().expect("no look panics"))
        });
        self.line("half of that, batches of 100", &sent, BATCHES);
        self.line(
            "half of that, until an event shows at its account",
            &seen?,
            SINGLE,
        );
        Ok(())
    }

    /// Sends events one after the other and looks until each is in the numbers of its account.
    fn look(&self, is_over: &AtomicBool) -> Outcome<Sent> {
        let mut seen = Sent::default();
        let begin = Instant::now();
        while !is_over.load(Ordering::Acquire) {
            let number = seen.answered + 1;
            let body = json!({
                "event": "Looked for", "userId": "u-looked-for", "messageId": format!("looked-for-{number}"),
                "context": { "groupId": LOOKED_FOR },
            });
            let sent = Instant::now();
            let answer = post(self.api.address, "/v1/track", &self.key, &body.to_string())?;
            if answer.status != 200 {
                std::thread::sleep(BETWEEN);
                continue;
            }
            let path = format!("/api/v1/accounts/{}/usage", self.account);
            while self.api.get(&path)["events_30d"].as_u64() < Some(number) {
                if sent.elapsed() > STUCK {
                    return Err("an event does not show".into());
                }
                std::thread::sleep(AGAIN);
            }
            let took = u32::try_from(sent.elapsed().as_micros())?;
            (seen.answered, seen.taken) = (number, number);
            seen.took.push(took);
            std::thread::sleep(BETWEEN);
        }
        seen.span = begin.elapsed();
        seen.took.sort_unstable();
        Ok(seen)
    }

    /// Sends more than can be taken, by many who don't wait when they are told to.
    fn too_much(&self, span: Duration) {
        let load = Load {
            connections: CROWD,
            rest: Duration::from_millis(1),
            ..self.load(BATCHES, span)
        };
        let sent = load.send();
        self.numbers("more than can be taken, batches of 100", &sent, BATCHES);
        self.told("more than can be taken", &sent);
    }

    /// Sends very many events to a fresh process and says what it holds of memory at the beginning, in the middle and at the end,
    /// and how many bytes an event has on the disk once all are counted.
    fn long(&self, events: u64) -> Outcome {
        let before = self.bytes()?;
        let node = self.program.serve();
        let mut memory = vec![node.memory()];
        let (mut taken, begin) = (0, Instant::now());
        for _ in 0..2 {
            let requests = Until::Requests((events / 2).div_ceil(BATCHES.events));
            let load = Load {
                until: requests,
                ..self.load(BATCHES, Duration::ZERO)
            };
            taken += load.send().taken;
            memory.push(node.memory());
        }
        let rate = taken as f64 / begin.elapsed().as_secs_f64();
        println!(
            "| {} | taken in a row: {taken} | {rate:.0} | – | – | – |",
            self.name
        );
        self.counted(&node, "counted after that")?;
        memory.push(node.memory());
        let held: Vec<String> = memory.iter().map(|held| format!("{held:.0}")).collect();
        println!(
            "| {} | memory at the beginning, in the middle, at the end, and when all is counted: {} MB | – | – | – | – |",
            self.name,
            held.join(", ")
        );
        node.end_politely();
        let grown = self.bytes()?.saturating_sub(before);
        println!(
            "| {} | bytes an event on the disk, counted: {:.0} | – | – | – | – |",
            self.name,
            grown as f64 / taken.max(1) as f64
        );
        Ok(())
    }

    /// What the database and the data folder have on the disk.
    fn bytes(&self) -> Outcome<u64> {
        let folder = folder_size(&self.program.data())?;
        let database = self.url.as_deref().map_or(Ok(0), ceilings::pg_size)?;
        Ok(folder + database)
    }
}

fn bare(place: &str, what: &str, rate: f64) {
    println!("| {place} | {what} | {rate:.0} | – | – | – |");
}

/// How many events this process took and has not counted yet.
fn left(node: &Node) -> u64 {
    let page = node.operators("/metrics").body;
    let total = |name: &str| {
        let mut lines = page.lines();
        let value = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        value.and_then(|value| value.parse::<f64>().ok()).unwrap_or(0.0) as u64
    };
    total("usage_events_total").saturating_sub(total("usage_folded_total"))
}

fn folder_size(folder: &Path) -> Outcome<u64> {
    let mut size = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        size += match about.is_dir() {
            true => folder_size(&entry.path())?,
            false => about.len(),
        };
    }
    Ok(size)
}
