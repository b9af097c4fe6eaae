//! The tournament of loops with the built program: mail comes by LMTP, what the program sends is taken by SMTP and answered
//! by the machines of [`crate::loops`]. Nobody is killed. An agent answers the first mails and solves every ticket at once;
//! the program asks after each of them and is set to rest between two questions for no day at all.

use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Api, Given, Listing, Lmtp, Manners, PAUSE, Peer, Victim, address_for_later, settled};
use crate::loops::{Letter, Topology, bare, field, topologies};
use crate::program::Program;

/// The desks: two of the program's, and one that is nobody's.
const DESKS: [&str; 3] = ["help@desk.example", "sales@desk.example", "eve@elsewhere.example"];
/// How many rounds there are at most.
const ROUNDS: usize = 25;
/// How many automatic mails a pair may see in a day.
const MOST: usize = 2;
/// For how long nothing may go out before a round counts as over: one host is asked a few times a second.
const QUIET: Duration = Duration::from_secs(4);

/// What the tournament showed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoopOutcome {
    /// How many topologies there were.
    pub topologies: usize,
    /// Rounds until nobody wrote any more.
    pub rounds: usize,
    /// Mails that came in.
    pub received: usize,
    /// Mails that went out.
    pub sent: usize,
    /// Automatic ones among them.
    pub automatic: usize,
    /// The most that one pair saw.
    pub most: usize,
    /// Whether somebody still wrote at the end.
    pub goes_on: bool,
}

impl LoopOutcome {
    /// Whether all is as it must be.
    pub fn is_good(&self) -> bool {
        self.automatic > 0 && self.most <= MOST && !self.goes_on
    }
}

impl fmt::Display for LoopOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} topologies, {} rounds: {} mails in, {} out, {} of them automatic, {} to one pair at most{}",
            self.topologies,
            self.rounds,
            self.received,
            self.sent,
            self.automatic,
            self.most,
            if self.goes_on { "; IT GOES ON" } else { "" }
        )
    }
}

/// Plays the tournament with `program`, which is on an empty database.
///
/// # Panics
/// When the program does not start, or refuses what it must take.
pub fn play(program: &Program) -> LoopOutcome {
    let peers = Peer::several(2, Manners::Kind);
    let door = address_for_later();
    let program = Victim::prepared(program).with("lmtp_listen", door.to_string());
    let token = program.token();
    let node = program.serve();
    let api = Api {
        address: node.address,
        token,
    };
    set_up(&api, &peers);
    let mut all = topologies(DESKS);
    let mut letters: Vec<Letter> = all.iter_mut().flat_map(Topology::begins).collect();
    let mut pairs: HashMap<(String, String), usize> = HashMap::new();
    let mut outcome = LoopOutcome {
        topologies: all.len(),
        ..LoopOutcome::default()
    };
    while !letters.is_empty() && outcome.rounds < ROUNDS {
        let mut line = Lmtp::open(door).expect("the receiver is there");
        for letter in letters
            .drain(..)
            .filter(|letter| DESKS[..2].contains(&bare(&letter.to).as_str()))
        {
            let code = line.hand(&letter.from, &letter.to, letter.raw.trim_end());
            assert_eq!(code.expect("an answer"), 250);
            outcome.received += 1;
        }
        settled(
            QUIET * 10,
            || count(&api, "/api/v1/mails?state=stored"),
            |count| *count == 0,
        );
        work(&api, outcome.rounds);
        let given = sent(&peers[0]);
        outcome.sent += given.len();
        for mail in given
            .iter()
            .filter(|mail| field(&mail.text, "Auto-Submitted").is_some())
        {
            outcome.automatic += 1;
            *pairs.entry((mail.from.clone(), mail.to[0].clone())).or_default() += 1;
        }
        letters = given.iter().flat_map(|mail| answers(mail, &mut all)).collect();
        outcome.rounds += 1;
    }
    outcome.most = pairs.values().copied().max().unwrap_or(0);
    outcome.goes_on = !letters.is_empty();
    node.end_politely();
    outcome
}

/// Two mailboxes, answers that leave at once, and a question after each ticket.
fn set_up(api: &Api, peers: &[Peer]) {
    for (address, peer) in DESKS.iter().zip(peers) {
        let server = json!({ "host": peer.host, "port": peer.port, "protection": "plain" });
        let mailbox = json!({
            "name": address, "address": address, "incoming": "handed", "outgoing": "smtp", "smtp": server,
        });
        api.send("POST /api/v1/mailboxes", address, &mailbox);
    }
    let at_once = json!({ "undo_seconds": 0, "quotes_history": true });
    api.send("PUT /api/v1/outbox-settings", "outbox", &at_once);
    let mut asking = api.get("/api/v1/survey-settings");
    for (name, value) in [
        ("is_on", json!(true)),
        ("delay_minutes", json!(0)),
        ("is_working_time", json!(false)),
        ("rest_days", json!(0)),
    ] {
        asking[name] = value;
    }
    api.send("PUT /api/v1/survey-settings", "surveys", &asking);
}

/// An agent answers in the first round, and solves every ticket.
fn work(api: &Api, round: usize) {
    let tickets: Vec<Value> = Listing::of(api, "/api/v1/tickets").flatten().collect();
    for ticket in tickets {
        let id = Api::text(&ticket, "id");
        let path = format!("POST /api/v1/tickets/{id}/messages");
        if round == 0 {
            let reply =
                json!({ "kind": "reply", "body": "Try another bulb.", "status": "solved", "force": true });
            api.send(&path, &format!("reply-{id}"), &reply);
        } else if Api::text(&ticket, "status") != "solved" {
            let note = json!({ "kind": "note", "body": "Done.", "status": "solved" });
            api.send(&path, &format!("note-{round}-{id}"), &note);
        }
    }
}

/// Everything that goes out until nothing more does.
fn sent(peer: &Peer) -> Vec<Given> {
    let mut all = peer.given();
    let mut rounds_of_silence = 0;
    // A question waits for its job, and each mail for its turn at the host.
    while PAUSE * rounds_of_silence < QUIET {
        std::thread::sleep(PAUSE);
        let more = peer.given();
        rounds_of_silence = if more.is_empty() { rounds_of_silence + 1 } else { 0 };
        all.extend(more);
    }
    all
}

fn count(api: &Api, path: &str) -> usize {
    Listing::of(api, path).map(|part| part.len()).sum()
}

/// What the machines send back.
fn answers(mail: &Given, all: &mut [Topology]) -> Vec<Letter> {
    let mut back = Vec::new();
    for to in &mail.to {
        let letter = Letter {
            from: mail.from.clone(),
            to: to.clone(),
            raw: mail.text.clone(),
        };
        match all.iter_mut().find(|topology| topology.knows(to)) {
            Some(topology) => back.extend(topology.hear(&letter)),
            None => back.push(letter),
        }
    }
    back
}
