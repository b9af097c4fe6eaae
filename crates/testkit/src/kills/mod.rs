//! The built program killed with `SIGKILL` under load, again and again, and the reckoning afterwards: is everything there
//! that was answered, and nothing twice?
//!
//! Loads go on in threads of their own while the program dies and comes back; what is not answered they send again, as
//! mail servers and SDKs do. How far a load may have come follows from how many kills there were, so that the last of it
//! is not over before the last kill.

#![allow(
    clippy::disallowed_methods,
    reason = "a program that is killed cannot tell when it is back: it is asked again, in real time"
)]

pub mod handover;
mod imap;
pub mod intake;
mod lmtp;
pub mod loops;
mod peer;
mod reckoning;
pub mod usage;

use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use kit::id::Ids;
use serde_json::Value;

use crate::program::{Answer, Node, Program, ask};

pub use imap::Dovecot;
pub use lmtp::Lmtp;
pub use peer::{Given, Manners, Peer};
pub use reckoning::{Listing, parallel};

/// How long a process lives at least and at most before it is killed, in milliseconds.
const SHORTEST: u64 = 30;
const LONGEST: u64 = 500;
/// Jobs of a killed process are taken over by others after ten seconds on PostgreSQL: every so many lives are that long, so
/// that kills meet this too.
const LIVES_A_LONG_ONE: usize = 20;
const LONG: Duration = Duration::from_secs(13);
/// How long nothing may change at the end before it counts as the end: a folder that nobody tells us of is looked at every
/// minute.
pub const STILL: Duration = Duration::from_secs(90);
/// How long to wait before asking again.
const PAUSE: Duration = Duration::from_millis(20);

/// How long a load is not answered before it gives up: only a program that does not come back takes so long.
const GIVEN_UP: Duration = Duration::from_secs(300);

/// Waiting for a program that may be away, and not for ever.
#[derive(Debug)]
struct Patience(Instant);

impl Patience {
    fn begin() -> Self {
        Self(Instant::now())
    }

    /// Waits for a moment.
    fn wait(&self, time: Duration) {
        assert!(self.0.elapsed() < GIVEN_UP, "the program does not come back");
        std::thread::sleep(time);
    }
}

/// An address of this machine for later: below those that connections get, so that nobody takes it meanwhile, and the same at
/// every start.
///
/// # Panics
/// When none is free.
pub fn address_for_later() -> SocketAddr {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let first = usize::try_from(std::process::id()).unwrap_or(0) * 17;
    for _ in 0..8_000 {
        let place = (first + NEXT.fetch_add(1, Ordering::Relaxed)) % 8_000;
        let port = 10_000 + u16::try_from(place).expect("below eight thousand");
        if let Ok(listener) = TcpListener::bind(("127.0.0.1", port)) {
            return listener.local_addr().expect("bound");
        }
    }
    panic!("no port is free");
}

/// A program that is killed: it serves at the same address in all its lives.
#[derive(Debug)]
pub struct Victim {
    program: Program,
    node: Node,
    chance: Ids,
    /// Where it serves.
    pub address: SocketAddr,
    /// How often it was killed.
    pub kills: usize,
    /// Whether its database is not its own file: then others take its jobs over after a while.
    has_others: bool,
}

/// How much of a load may have been sent by now.
#[derive(Clone, Debug, Default)]
pub struct Pace {
    allowed: Arc<AtomicUsize>,
}

impl Pace {
    /// Lets a load come to this part of it.
    pub fn allow(&self, count: usize) {
        self.allowed.store(count, Ordering::Release);
    }

    /// Waits until the load may go on with its item `number`.
    ///
    /// # Panics
    /// When nobody lets it for minutes.
    pub fn wait_for(&self, number: usize) {
        let patience = Patience::begin();
        while self.allowed.load(Ordering::Acquire) <= number {
            patience.wait(PAUSE / 4);
        }
    }
}

impl Victim {
    /// `program` with what these torments need, at an address of its own; nothing runs yet.
    pub fn prepared(program: &Program) -> Program {
        program
            .clone()
            .with("listen", address_for_later().to_string())
            .with("log_level", "warn,server=info")
            // Asking again and again is what waiting is here.
            .with("api_requests", "1000000")
            .with("outgoing_allowed", "127.0.0.0/8")
    }

    /// Starts a prepared program. `seed` chooses the moments.
    pub fn start(program: Program, seed: u64, has_others: bool) -> Self {
        let node = program.serve();
        Self {
            address: node.address,
            program,
            node,
            chance: Ids::seeded(seed),
            kills: 0,
            has_others,
        }
    }

    /// Lets it live for a moment, kills it, and starts it anew after `between`.
    pub fn kill(&mut self, between: impl FnOnce()) {
        let mut life = Duration::from_millis(SHORTEST + self.chance.below(LONGEST - SHORTEST));
        if self.has_others && self.kills % LIVES_A_LONG_ONE == LIVES_A_LONG_ONE - 1 {
            life = LONG;
        }
        std::thread::sleep(life);
        self.node.kill();
        self.kills += 1;
        between();
        self.node = self.program.serve();
    }

    /// From its next life on it is `program`, which has the same data: with another clock.
    pub fn go_on_as(&mut self, program: Program) {
        self.program = program;
    }

    /// Ends it in peace.
    pub fn end(self) {
        self.node.end_politely();
    }
}

/// A server that may be away at any moment, and who asks it.
#[derive(Clone, Debug)]
pub struct Api {
    /// Where it is.
    pub address: SocketAddr,
    /// By what we come in.
    pub token: String,
}

impl Api {
    /// What is at `path`, asked until there is an answer.
    ///
    /// # Panics
    /// When what is answered is no document.
    pub fn get(&self, path: &str) -> Value {
        let answer = patiently(|| ask(self.address, &format!("GET {path}"), &self.token, ""));
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        document(&answer)
    }

    /// Sends a document with a key by which it is done once, until it is answered; gives the answer's document.
    ///
    /// # Panics
    /// When it is refused.
    pub fn send(&self, line: &str, once: &str, body: &Value) -> Value {
        let body = body.to_string();
        let more = format!(
            "if-match: *\r\nidempotency-key: {once}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let answer = patiently(|| ask(self.address, line, &self.token, &more));
        assert!((200..300).contains(&answer.status), "{line}: {}", answer.body);
        document(&answer)
    }
}

fn document(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.body))
}

/// Asks until there is an answer, and not one of a server at its limits.
fn patiently(mut sends: impl FnMut() -> std::io::Result<Answer>) -> Answer {
    let patience = Patience::begin();
    loop {
        match sends() {
            Ok(answer) if !matches!(answer.status, 429 | 503) => return answer,
            _ => patience.wait(PAUSE),
        }
    }
}

/// Looks until `done` says so, or nothing has changed for so long; gives the last look.
pub fn settled<T: PartialEq>(still: Duration, mut look: impl FnMut() -> T, done: impl Fn(&T) -> bool) -> T {
    let (mut seen, mut since) = (look(), Instant::now());
    while !done(&seen) && since.elapsed() < still {
        std::thread::sleep(PAUSE * 10);
        let next = look();
        if next != seen {
            (seen, since) = (next, Instant::now());
        }
    }
    seen
}

/// Runs `each` for every number below `count`, in threads; gives what came of it in any order.
fn crowd<T: Send>(count: usize, each: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let all = Mutex::new(Vec::with_capacity(count));
    std::thread::scope(|scope| {
        for number in 0..count {
            let (all, each) = (&all, &each);
            scope.spawn(move || {
                let one = each(number);
                all.lock().expect("no thread panics").push(one);
            });
        }
    });
    all.into_inner().expect("no thread panics")
}

/// What a program does that is started by `cargo xtask torture`: `torment` on both databases, or with `--sqlite` or
/// `--postgres` on one, each with whether others share it. Fails where the outcome is not good.
///
/// # Panics
/// When nobody says where the built program lies.
pub fn by_hand(torment: impl Fn(&Program, bool, &[String]) -> bool) -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let wants = |other: &str| !arguments.iter().any(|word| word == other);
    let binary =
        std::env::var("TANDEM_BENCH_BINARY").expect("`cargo xtask torture` says where the program is");
    let mut is_good = true;
    if wants("--postgres") {
        is_good &= torment(&Program::new(&binary), false, &arguments);
    }
    if let Ok(url) = std::env::var("TANDEM_BENCH_POSTGRES")
        && wants("--sqlite")
    {
        let program = Program::new(&binary).with("database_url", url);
        is_good &= torment(&program, true, &arguments);
    }
    if is_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
