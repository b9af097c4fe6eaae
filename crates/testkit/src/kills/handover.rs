//! Replies on their way out: written through the API, handed over by SMTP to a server that stalls and hangs up, while the
//! program is killed.
//!
//! Every reply must be handed over at least once or be marked: as unknown where it was handed over and nobody heard the
//! answer, as failed where it was refused. What is handed over more than once must be marked unknown.

use std::collections::HashMap;
use std::fmt;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::json;

use super::intake::{letter, mark};
use super::peer::{Manners, Peer};
use super::{Api, Listing, Lmtp, Pace, Victim, address_for_later, crowd, settled};
use crate::program::Program;

/// At how many hosts the peer listens: one host is not asked more than a few times a second.
const HOSTS: u8 = 12;
/// Who writes replies at the same time.
const WRITERS: usize = 4;
/// Mails of one writer of [`letter`].
const CONVERSATION: usize = 4;
/// What a recipient who is to be tried later costs: a minute, and up to half of one more.
const LATER: Duration = Duration::from_secs(110);

/// What to do to whom.
#[derive(Clone, Debug)]
pub struct HandoverTorment {
    /// The program on an empty database.
    pub program: Program,
    /// Whether its database is PostgreSQL.
    pub has_others: bool,
    /// How often it is killed.
    pub kills: usize,
    /// How many replies are written.
    pub replies: usize,
    /// Chooses the moments and the peer's manners.
    pub seed: u64,
    /// Whether the peer takes some recipients later, which makes the end a minute longer.
    pub defers: bool,
}

/// What a torment showed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandoverOutcome {
    /// Kills.
    pub kills: usize,
    /// Replies that were written.
    pub replies: usize,
    /// Mails marked as sent.
    pub sent: usize,
    /// Mails marked as failed.
    pub failed: usize,
    /// Mails marked as unknown.
    pub unknown: usize,
    /// Those of them that the peer has.
    pub arrived: usize,
    /// Replies without a mail, mails marked as sent that the peer has not, mails that still wait.
    pub lost: usize,
    /// Mails that the peer has more than once, and that are marked unknown.
    pub repeated: usize,
    /// Those that are not marked so, and those marked as failed that the peer has.
    pub unmarked: usize,
}

impl HandoverOutcome {
    /// Whether all is as it must be.
    pub fn is_good(&self) -> bool {
        self.sent > 0 && (self.lost, self.unmarked) == (0, 0)
    }
}

impl fmt::Display for HandoverOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} kills: {} replies, {} sent, {} failed, {} unknown ({} had arrived); {} lost, {} repeated and marked, {} not marked",
            self.kills,
            self.replies,
            self.sent,
            self.failed,
            self.unknown,
            self.arrived,
            self.lost,
            self.repeated,
            self.unmarked
        )
    }
}

impl HandoverTorment {
    /// Torments the program.
    ///
    /// # Panics
    /// When the program does not start, or refuses what it must take.
    pub fn run(&self) -> HandoverOutcome {
        let manners = if self.defers {
            Manners::OddAndLate(self.seed)
        } else {
            Manners::Odd(self.seed)
        };
        let peers = Peer::several(HOSTS, manners);
        let door = address_for_later();
        let program = Victim::prepared(&self.program).with("lmtp_listen", door.to_string());
        let token = program.token();
        let mut victim = Victim::start(program, self.seed, self.has_others);
        let api = Api {
            address: victim.address,
            token,
        };
        set_up(&api, &peers);
        let tickets = self.tickets(&api, door);
        let pace = Pace::default();
        let written = std::thread::scope(|scope| {
            let writing = scope.spawn(|| write_all(&api, &tickets, &pace));
            for kill in 0..self.kills {
                pace.allow(self.replies * (kill + 1) / self.kills);
                victim.kill(|| {});
            }
            pace.allow(self.replies);
            writing.join().expect("no writer panics")
        });
        let outcome = HandoverOutcome {
            kills: victim.kills,
            ..self.reckon(&api, &peers[0], &written)
        };
        victim.end();
        outcome
    }

    /// A ticket by mail for each reply, so that each has a recipient of its own; their ids by marks.
    fn tickets(&self, api: &Api, door: SocketAddr) -> Vec<String> {
        let next = AtomicUsize::new(0);
        crowd(WRITERS, |_| {
            let mut line = Lmtp::open(door).expect("the receiver is there");
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= self.replies {
                    return;
                }
                let to = address(number % usize::from(HOSTS));
                let mail = letter(self.seed, number * CONVERSATION, &to);
                let code = line.hand(&format!("w{number}@customers.test"), &to, &mail);
                assert_eq!(code.expect("an answer"), 250);
            }
        });
        let all = || Listing::of(api, "/api/v1/tickets").flatten();
        settled(
            Duration::from_secs(60),
            || all().count(),
            |count| *count >= self.replies,
        );
        let known: HashMap<String, String> = all()
            .map(|ticket| {
                let mark = Api::text(&ticket, "subject")
                    .rsplit(' ')
                    .next()
                    .unwrap_or_default()
                    .to_owned();
                (mark, Api::text(&ticket, "id").to_owned())
            })
            .collect();
        let of = |number: usize| known[&mark(self.seed, number * CONVERSATION)].clone();
        (0..self.replies).map(of).collect()
    }

    fn reckon(&self, api: &Api, peer: &Peer, written: &[String]) -> HandoverOutcome {
        let still = if self.defers { LATER } else { super::STILL };
        let open = || {
            let count = |state: &str| {
                let path = format!("/api/v1/outgoing-mails?state={state}");
                Listing::of(api, &path).map(|part| part.len()).sum::<usize>()
            };
            (count("waiting"), count("handing"))
        };
        settled(still, open, |open| *open == (0, 0));
        let copies = peer.copies();
        let mut mails = HashMap::new();
        for mail in Listing::of(api, "/api/v1/outgoing-mails").flatten() {
            let count = copies.get(Api::text(&mail, "message_id")).copied().unwrap_or(0);
            let state = Api::text(&mail, "state").to_owned();
            mails.insert(Api::text(&mail, "message").to_owned(), (state, count));
        }
        let mut outcome = HandoverOutcome {
            replies: written.len(),
            ..HandoverOutcome::default()
        };
        for message in written {
            match mails.get(message) {
                Some((state, count)) => outcome.add(state, *count),
                None => outcome.lost += 1,
            }
        }
        outcome
    }
}

impl HandoverOutcome {
    /// Counts a mail that stands so and that the peer has so often.
    fn add(&mut self, state: &str, copies: usize) {
        match (state, copies) {
            ("sent", 0) => self.lost += 1,
            ("sent", _) => self.sent += 1,
            ("failed", _) => self.failed += 1,
            ("unknown", _) => self.unknown += 1,
            _ => self.lost += 1,
        }
        self.arrived += usize::from(state == "unknown" && copies > 0);
        self.repeated += usize::from(state == "unknown" && copies > 1);
        // Who refuses a mail for good has none of it.
        let most = usize::from(state != "failed");
        self.unmarked += usize::from(state != "unknown" && copies > most);
    }
}

fn address(host: usize) -> String {
    format!("help{host}@desk.example")
}

/// A mailbox for each host, and replies that leave at once.
fn set_up(api: &Api, peers: &[Peer]) {
    for (number, peer) in peers.iter().enumerate() {
        let server = json!({ "host": peer.host, "port": peer.port, "protection": "plain" });
        let mailbox = json!({
            "name": format!("Support {number}"), "address": address(number), "incoming": "handed", "outgoing": "smtp",
            "smtp": server,
        });
        api.send("POST /api/v1/mailboxes", &address(number), &mailbox);
    }
    let settings = json!({ "undo_seconds": 0, "quotes_history": false });
    api.send("PUT /api/v1/outbox-settings", "settings", &settings);
}

/// Writes a reply in each ticket, as far as the pace allows; gives the ids of the messages.
fn write_all(api: &Api, tickets: &[String], pace: &Pace) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let written = crowd(WRITERS, |_| {
        let mut written = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(ticket) = tickets.get(number) else {
                return written;
            };
            pace.wait_for(number);
            let reply = json!({ "kind": "reply", "body": format!("Try number {number}."), "force": true });
            let path = format!("POST /api/v1/tickets/{ticket}/messages");
            let message = api.send(&path, &format!("reply-{number}"), &reply);
            written.push(Api::text(&message, "id").to_owned());
        }
    });
    written.into_iter().flatten().collect()
}
