//! Events of usage, sent in batches by several senders while the program is killed.
//!
//! A sender repeats a batch until it is answered with 200, as SDKs do, and now and then once more, as if that answer had
//! been lost on the way. Each event has a name by its batch and goes to its sender's account, so that what is counted
//! can be compared in many small sums, in which nothing that is lost hides behind something that is doubled.

use std::collections::HashMap;
use std::fmt;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use super::{Api, PAUSE, Patience, STILL, Victim, crowd, settled};
use crate::program::{Program, post};

/// Who sends at the same time, each for an account.
const SENDERS: usize = 8;
/// Events of a batch.
const BATCH: usize = 20;
/// Names of events: as many as the usage of an account shows.
const NAMES: usize = 20;
/// People of an account.
const PEOPLE: usize = 5;
/// How many batches lie between two that are sent again although they were answered.
const BATCHES_AN_ECHO: usize = 8;
/// The pause between two batches: without one the log would have millions of events.
const BREATH: Duration = Duration::from_millis(8);

/// What to do to whom.
#[derive(Clone, Debug)]
pub struct UsageTorment {
    /// The program on an empty database.
    pub program: Program,
    /// Whether its database is PostgreSQL.
    pub has_others: bool,
    /// How often it is killed.
    pub kills: usize,
    /// Chooses the moments.
    pub seed: u64,
}

/// What a torment showed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UsageOutcome {
    /// Kills.
    pub kills: usize,
    /// Events that were answered, each counted once.
    pub answered: usize,
    /// How often a batch was sent again because nothing was answered.
    pub again: usize,
    /// How often the answer was 429 or 503.
    pub put_off: usize,
    /// Events that were refused, of which none has a reason to be.
    pub refused: usize,
    /// Events that are counted at the end.
    pub counted: usize,
    /// Answered, and not counted.
    pub lost: usize,
    /// Counted more often than sent.
    pub doubled: usize,
}

impl UsageOutcome {
    /// Whether all is as it must be.
    pub fn is_good(&self) -> bool {
        self.answered > 0 && (self.refused, self.lost, self.doubled) == (0, 0, 0)
    }
}

impl fmt::Display for UsageOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} kills: {} events answered, {} batches sent again, {} put off, {} refused; {} counted, {} lost, {} doubled",
            self.kills,
            self.answered,
            self.again,
            self.put_off,
            self.refused,
            self.counted,
            self.lost,
            self.doubled
        )
    }
}

/// What the senders count together.
#[derive(Debug, Default)]
struct Load {
    is_over: AtomicBool,
    again: AtomicUsize,
    put_off: AtomicUsize,
    refused: AtomicUsize,
}

/// How many events of each name a sender had answered.
type Answered = [usize; NAMES];

impl UsageTorment {
    /// Torments the program.
    ///
    /// # Panics
    /// When the program does not start, or refuses what it must take.
    pub fn run(&self) -> UsageOutcome {
        let program = Victim::prepared(&self.program);
        let token = program.token();
        let mut victim = Victim::start(program, self.seed, self.has_others);
        let api = Api {
            address: victim.address,
            token,
        };
        let (key, accounts) = set_up(&api);
        let load = Load::default();
        let answered = std::thread::scope(|scope| {
            let address = victim.address;
            let (load, key) = (&load, &key);
            let sending =
                scope.spawn(move || crowd(SENDERS, |sender| (sender, send(address, key, sender, load))));
            for _ in 0..self.kills {
                victim.kill(|| {});
            }
            load.is_over.store(true, Ordering::Release);
            sending.join().expect("no sender panics")
        });
        let outcome = UsageOutcome {
            kills: victim.kills,
            again: load.again.load(Ordering::Relaxed),
            put_off: load.put_off.load(Ordering::Relaxed),
            refused: load.refused.load(Ordering::Relaxed),
            ..reckon(&api, &accounts, &answered)
        };
        victim.end();
        outcome
    }
}

/// A source and an account for each sender; its key and their ids.
fn set_up(api: &Api) -> (String, Vec<String>) {
    let source = api.send(
        "POST /api/v1/usage-sources",
        "source",
        &json!({ "name": "Web app" }),
    );
    let key = source["keys"][0]["key"]
        .as_str()
        .expect("a new source has a key")
        .to_owned();
    let account = |sender: usize| {
        let name = json!({ "name": format!("Sender {sender}") });
        let made = api.send("POST /api/v1/accounts", &format!("account-{sender}"), &name);
        let id = Api::text(&made, "id").to_owned();
        let path = format!("POST /api/v1/accounts/{id}/external-ids");
        let named = json!({ "source": "usage", "value": group(sender) });
        api.send(&path, &format!("external-{sender}"), &named);
        id
    };
    (key, (0..SENDERS).map(account).collect())
}

fn group(sender: usize) -> String {
    format!("group-{sender}")
}

/// A batch whose events are all of one name.
fn batch(sender: usize, number: usize) -> Value {
    let event = |place: usize| {
        json!({
            "type": "track", "event": format!("Step {}", number % NAMES), "messageId": format!("event-{sender}-{number}-{place}"),
            "userId": format!("u-{sender}-{}", place % PEOPLE), "context": { "groupId": group(sender) },
        })
    };
    json!({ "batch": (0..BATCH).map(event).collect::<Vec<_>>() })
}

/// Sends until it is over, each batch until it is answered.
fn send(address: SocketAddr, key: &str, sender: usize, load: &Load) -> Answered {
    let mut answered = [0; NAMES];
    for number in 0_usize.. {
        if load.is_over.load(Ordering::Acquire) {
            break;
        }
        let body = batch(sender, number).to_string();
        send_one(address, key, &body, load);
        answered[number % NAMES] += BATCH;
        if number.is_multiple_of(BATCHES_AN_ECHO) {
            send_one(address, key, &body, load);
        }
        std::thread::sleep(BREATH);
    }
    answered
}

fn send_one(address: SocketAddr, key: &str, body: &str, load: &Load) {
    let patience = Patience::begin();
    loop {
        match post(address, "/v1/batch", key, body) {
            Ok(answer) if answer.status == 200 => {
                let said: Value = serde_json::from_str(&answer.body).unwrap_or_default();
                let refused = said["refused"].as_u64().unwrap_or(BATCH as u64);
                load.refused
                    .fetch_add(usize::try_from(refused).unwrap_or(BATCH), Ordering::Relaxed);
                return;
            }
            Ok(answer) if matches!(answer.status, 429 | 503) => {
                load.put_off.fetch_add(1, Ordering::Relaxed);
            }
            Ok(answer) => panic!("{}: {}", answer.status, answer.body),
            // Nobody knows whether it was taken.
            Err(_) => {
                load.again.fetch_add(1, Ordering::Relaxed);
            }
        }
        patience.wait(PAUSE);
    }
}

/// What an account's pages count, by name.
fn counted(api: &Api, account: &str) -> HashMap<String, usize> {
    let usage = api.get(&format!("/api/v1/accounts/{account}/usage"));
    let features = usage["features"].as_array().cloned().unwrap_or_default();
    let count = |feature: &Value| {
        let events = feature["events"].as_u64().unwrap_or(0);
        let events = usize::try_from(events).unwrap_or(usize::MAX);
        (Api::text(feature, "name").to_owned(), events)
    };
    features.iter().map(count).collect()
}

fn reckon(api: &Api, accounts: &[String], answered: &[(usize, Answered)]) -> UsageOutcome {
    let wanted: usize = answered
        .iter()
        .map(|(_, names)| names.iter().sum::<usize>())
        .sum();
    let look = || {
        let all = accounts.iter().map(|account| counted(api, account));
        all.collect::<Vec<_>>()
    };
    let seen = settled(STILL, look, |seen| {
        seen.iter().map(|one| one.values().sum::<usize>()).sum::<usize>() >= wanted
    });
    let mut outcome = UsageOutcome {
        answered: wanted,
        counted: seen.iter().map(|one| one.values().sum::<usize>()).sum(),
        ..UsageOutcome::default()
    };
    for (sender, names) in answered {
        for (number, answered) in names.iter().enumerate() {
            let found = seen[*sender].get(&format!("Step {number}")).copied().unwrap_or(0);
            outcome.lost += answered.saturating_sub(found);
            outcome.doubled += found.saturating_sub(*answered);
        }
    }
    outcome
}
