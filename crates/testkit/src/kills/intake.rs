//! Mail on its way in: by LMTP to our receiver, and by IMAP from Dovecot, while the program is killed.
//!
//! Each mail has a mark of its own. Whoever hands over by LMTP sends again what was not answered with 250. The owner of the
//! mailbox on Dovecot puts mail into it, moves some of it to another folder, and now and then its UIDs lose their meaning.
//! Half-way the program is away for three days in which mail gathers.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use kit::clock::Clock;
use serde_json::{Value, json};

use super::imap::{Dovecot, MOVED};
use super::{
    Api, Listing, Lmtp, PAUSE, Pace, Patience, STILL, Victim, address_for_later, crowd, parallel, settled,
};
use crate::program::{Past, Program, until};

/// Who hands over by LMTP at the same time.
const SENDERS: usize = 8;
/// Mails of one conversation: two that open tickets, one more, and its answer.
const CONVERSATION: usize = 4;
/// Mails that are put into the mailbox at a time.
const BATCH: usize = 5;
/// How many kills lie between two changes of UIDVALIDITY.
const KILLS_A_CHANGE: usize = 25;
/// The addresses of the two mailboxes.
const HANDED: &str = "help@desk.example";
const FETCHED: &str = "imap@desk.example";

/// What to do to whom.
#[derive(Clone, Debug)]
pub struct MailTorment {
    /// The program on an empty database.
    pub program: Program,
    /// Whether its database is PostgreSQL.
    pub has_others: bool,
    /// How often it is killed.
    pub kills: usize,
    /// How many mails come.
    pub mails: usize,
    /// Chooses the moments.
    pub seed: u64,
    /// Where half of the mails lie; without one all come by LMTP.
    pub dovecot: Option<Dovecot>,
    /// How the clock is put back until the outage.
    pub past: Option<Past>,
}

/// What a torment showed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailOutcome {
    /// Kills.
    pub kills: usize,
    /// Mails that were answered with 250.
    pub handed: usize,
    /// How often one was sent again because nothing was answered.
    pub again: usize,
    /// Mails that were put into the mailbox on Dovecot.
    pub fetched: usize,
    /// Changes of UIDVALIDITY.
    pub changes: usize,
    /// Tickets at the end.
    pub tickets: usize,
    /// Mails that are no message.
    pub lost: usize,
    /// Messages too many.
    pub doubled: usize,
    /// Some of those that are lost, with what became of them.
    pub missing: Vec<String>,
}

impl MailOutcome {
    /// Whether all is as it must be.
    pub fn is_good(&self) -> bool {
        self.handed > 0 && (self.lost, self.doubled) == (0, 0)
    }
}

impl fmt::Display for MailOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} kills: {} mails by LMTP ({} sent again), {} by IMAP ({} changes of UIDVALIDITY), {} tickets; {} lost, {} doubled",
            self.kills,
            self.handed,
            self.again,
            self.fetched,
            self.changes,
            self.tickets,
            self.lost,
            self.doubled
        )?;
        if !self.missing.is_empty() {
            write!(f, "; such as {}", self.missing.join(", "))?;
        }
        Ok(())
    }
}

/// The mail with this number; some are answers to the one before.
pub fn letter(seed: u64, number: usize, to: &str) -> String {
    let writer = number / CONVERSATION;
    let answers = if number % CONVERSATION == CONVERSATION - 1 {
        format!("In-Reply-To: <{}@customers.test>\r\n", mark(seed, number - 1))
    } else {
        String::new()
    };
    let mark = mark(seed, number);
    format!(
        "From: Writer {writer} <w{writer}@customers.test>\r\nTo: {to}\r\nSubject: Request {mark}\r\n\
         Date: Mon, 23 Nov 2026 09:00:00 +0000\r\nMessage-ID: <{mark}@customers.test>\r\n{answers}MIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{mark} has stopped working since this morning.\r\n"
    )
}

/// What tells a mail from all others.
pub fn mark(seed: u64, number: usize) -> String {
    format!("m{seed}x{number:07}")
}

/// The load: what is sent, and how far it has come.
#[derive(Debug, Default)]
struct Load {
    handed: AtomicUsize,
    again: AtomicUsize,
    fetched: AtomicUsize,
    /// Held by whoever is connected to Dovecot, and while its lists are taken away.
    mailbox: Mutex<()>,
}

impl MailTorment {
    /// Torments the program.
    ///
    /// # Panics
    /// When the program does not start, or refuses what it must take.
    pub fn run(&self) -> MailOutcome {
        let door = address_for_later();
        let program = Victim::prepared(&self.program).with("lmtp_listen", door.to_string());
        let early = match &self.past {
            Some(past) => program.clone().at(past),
            None => program.clone(),
        };
        let token = early.token();
        let mut victim = Victim::start(early, self.seed, self.has_others);
        let api = Api {
            address: victim.address,
            token,
        };
        self.set_up(&api);
        let (load, paces) = (Arc::new(Load::default()), [Pace::default(), Pace::default()]);
        let loads = self.loads(door, &load, &paces);
        let changes = self.kill_all(&mut victim, &program, &load, &paces);
        for load in loads {
            load.join().expect("no sender panics");
        }
        let outcome = MailOutcome {
            kills: victim.kills,
            handed: load.handed.load(Ordering::Relaxed),
            again: load.again.load(Ordering::Relaxed),
            fetched: load.fetched.load(Ordering::Relaxed),
            changes,
            ..self.reckon(&api)
        };
        victim.end();
        outcome
    }

    /// How many come by LMTP; the rest by IMAP.
    fn by_lmtp(&self) -> usize {
        match self.dovecot {
            Some(_) => self.mails / 2 / CONVERSATION * CONVERSATION,
            None => self.mails,
        }
    }

    fn set_up(&self, api: &Api) {
        let handed =
            json!({ "name": "Support", "address": HANDED, "incoming": "handed", "is_default": true });
        api.send("POST /api/v1/mailboxes", "handed", &handed);
        let Some(dovecot) = &self.dovecot else { return };
        dovecot.prepare();
        let server = json!({
            "host": "127.0.0.1", "port": dovecot.port, "protection": "plain",
            "login": format!("{}@world.test", dovecot.person), "password": "secret",
        });
        let fetched = json!({
            "name": "Read", "address": FETCHED, "incoming": "imap", "imap": server, "folders": ["INBOX", MOVED],
        });
        api.send("POST /api/v1/mailboxes", "fetched", &fetched);
    }

    /// Starts what sends.
    fn loads(&self, door: SocketAddr, load: &Arc<Load>, paces: &[Pace; 2]) -> Vec<JoinHandle<()>> {
        let (count, seed) = (self.by_lmtp(), self.seed);
        let (handing, pace) = (Arc::clone(load), paces[0].clone());
        let senders = std::thread::spawn(move || {
            let next = AtomicUsize::new(0);
            crowd(SENDERS, |_| {
                let mut line = None;
                loop {
                    let first = next.fetch_add(CONVERSATION, Ordering::Relaxed);
                    if first >= count {
                        return;
                    }
                    for number in first..(first + CONVERSATION).min(count) {
                        pace.wait_for(number);
                        hand_over(&mut line, door, (seed, number), &handing);
                    }
                }
            });
        });
        let mut all = vec![senders];
        if let Some(dovecot) = self.dovecot.clone() {
            let (load, pace, torment) = (Arc::clone(load), paces[1].clone(), self.clone());
            all.push(std::thread::spawn(move || torment.fill(&dovecot, &load, &pace)));
        }
        all
    }

    /// Puts mails into the mailbox, and moves some.
    fn fill(&self, dovecot: &Dovecot, load: &Load, pace: &Pace) {
        let first = self.by_lmtp();
        for (round, start) in (first..self.mails).step_by(BATCH).enumerate() {
            let numbers = start..(start + BATCH).min(self.mails);
            pace.wait_for(numbers.end - 1 - first);
            // What gathers during the outage came at any time within it.
            let hours = round as u64 * 7 % 72;
            let mails: Vec<_> = numbers
                .clone()
                .map(|number| (letter(self.seed, number, FETCHED), came(hours)))
                .collect();
            let _alone = load.mailbox.lock().expect("nobody panics there");
            dovecot.append(&mails);
            load.fetched.fetch_add(numbers.len(), Ordering::Relaxed);
            // Never what comes last: the folder that it goes to is looked at with the next mail.
            if round % 4 == 2 {
                dovecot.move_away(BATCH - 2);
            }
        }
    }

    /// Kills; gives how often the UIDs lost their meaning.
    fn kill_all(&self, victim: &mut Victim, program: &Program, load: &Load, paces: &[Pace; 2]) -> usize {
        let (handed, fetched) = (self.by_lmtp(), self.mails - self.by_lmtp());
        let gathered = fetched * 6 / 10 / BATCH * BATCH;
        let mut changes = 0;
        for kill in 0..self.kills {
            let part = |count: usize| count * (kill + 1) / self.kills;
            paces[0].allow(part(handed));
            let is_outage = kill == self.kills / 2;
            // A tenth of what is read from the server comes during the outage.
            paces[1].allow(if is_outage { gathered } else { part(fetched) });
            let has_change = kill % KILLS_A_CHANGE == 3;
            if is_outage {
                victim.go_on_as(program.clone());
            }
            victim.kill(|| {
                if is_outage {
                    until("the mails of the outage", || {
                        (load.fetched.load(Ordering::Relaxed) >= gathered).then_some(())
                    });
                }
                if has_change && let Some(dovecot) = &self.dovecot {
                    let _alone = load.mailbox.lock().expect("nobody panics there");
                    dovecot.forget();
                    changes += 1;
                }
                if self.has_others {
                    free_mailboxes(program);
                }
            });
        }
        for (pace, count) in paces.iter().zip([handed, fetched]) {
            pace.allow(count);
        }
        changes
    }

    /// Counts what came of the mails.
    fn reckon(&self, api: &Api) -> MailOutcome {
        let wanted: BTreeSet<String> = (0..self.mails).map(|number| mark(self.seed, number)).collect();
        settled(STILL, || messages_so_far(api), |placed| *placed >= wanted.len());
        let tickets: Vec<Value> = Listing::of(api, "/api/v1/tickets").flatten().collect();
        let found = parallel(&tickets, |ticket| {
            let path = format!("/api/v1/tickets/{}/messages", Api::text(ticket, "id"));
            let messages = Listing::of(api, &path).flatten();
            let mark = |message: Value| Api::text(&message, "body").split(' ').next().map(str::to_owned);
            messages.filter_map(mark).collect::<Vec<String>>()
        });
        let mut counts: HashMap<String, usize> = HashMap::new();
        for mark in found.into_iter().flatten() {
            *counts.entry(mark).or_default() += 1;
        }
        let lost: Vec<&String> = wanted.iter().filter(|mark| !counts.contains_key(*mark)).collect();
        MailOutcome {
            tickets: tickets.len(),
            lost: lost.len(),
            doubled: counts.values().map(|count| count - 1).sum(),
            missing: if lost.is_empty() {
                Vec::new()
            } else {
                fates(api, &lost)
            },
            ..MailOutcome::default()
        }
    }
}

/// Hands one mail over until it is answered with 250.
fn hand_over(line: &mut Option<Lmtp>, door: SocketAddr, (seed, number): (u64, usize), load: &Load) {
    let writer = format!("w{}@customers.test", number / CONVERSATION);
    let (mail, patience) = (letter(seed, number, HANDED), Patience::begin());
    loop {
        if line.is_none() {
            *line = Lmtp::open(door).ok();
        }
        let answer = line.as_mut().map(|line| line.hand(&writer, HANDED, &mail));
        match answer {
            Some(Ok(250)) => {
                load.handed.fetch_add(1, Ordering::Relaxed);
                return;
            }
            Some(Ok(code @ 500..)) => panic!("{code} to a mail that must be taken"),
            Some(Ok(_)) => {}
            Some(Err(_)) => {
                load.again.fetch_add(1, Ordering::Relaxed);
                *line = None;
            }
            None => {}
        }
        patience.wait(PAUSE);
    }
}

/// How many mails are messages by now.
fn messages_so_far(api: &Api) -> usize {
    let placed = Listing::of(api, "/api/v1/mails?state=placed").map(|part| part.len());
    placed.sum()
}

/// What became of some of the mails that are lost.
fn fates(api: &Api, lost: &[&String]) -> Vec<String> {
    let mut known: HashMap<String, String> = HashMap::new();
    for mail in Listing::of(api, "/api/v1/mails").flatten() {
        let mark = Api::text(&mail, "message_id")
            .split('@')
            .next()
            .unwrap_or_default();
        let fate = format!("{} {} {}", mail["state"], mail["cause"], mail["trouble"]);
        known.entry(mark.to_owned()).or_default().push_str(&fate);
    }
    let fate = |mark: &&String| {
        let fate = known.get(*mark).map_or("never seen", String::as_str);
        format!("{mark}: {fate}")
    };
    lost.iter().take(10).map(fate).collect()
}

/// The moment so many hours ago, as IMAP writes it.
fn came(hours: u64) -> String {
    let at = Clock::system().now().minus(Duration::from_secs(hours * 3_600));
    let calendar = at.calendar().expect("a moment of our time");
    calendar.strftime("%d-%b-%Y %H:%M:%S +0000").to_string()
}

/// Where several processes share a database, a mailbox that somebody reads is taken over after a minute in which nothing
/// shows that they live. Here they do not, and nobody waits a minute for each kill.
fn free_mailboxes(program: &Program) {
    let Some(url) = program.setting("database_url") else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls)
            .await
            .expect("PostgreSQL answers");
        let connection = tokio::spawn(connection);
        client
            .batch_execute("update mail_watches set holder = ''")
            .await
            .expect("the mailboxes are free");
        drop(client);
        let _ = connection.await;
    });
}
