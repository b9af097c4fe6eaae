//! How many mails a second become visible tickets, from LMTP to the API, and how soon after their 250, in the built program.
//!
//! `cargo xtask bench intake [MAILS]`. Eight connections hand mails over as fast as they are answered, each from a writer with
//! ten mails, most of whom nobody knew. A mail is visible once the API lists it with its ticket; it is asked every few
//! milliseconds, which is in the numbers, and on the same machine.

#![allow(clippy::print_stdout, reason = "it prints a table")]
#![allow(
    clippy::disallowed_methods,
    reason = "where things are comes from the environment, and real time is measured"
)]

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;
use testkit::kills::{Api, Listing, Lmtp, Victim, address_for_later};
use testkit::program::Program;

/// Who hands over at the same time.
const CONNECTIONS: usize = 8;
/// Mails of one writer.
const MAILS_A_WRITER: usize = 10;
/// Mails that warm everything up.
const WARM: usize = 100;
/// The pause between two looks.
const AGAIN: Duration = Duration::from_millis(10);
/// How long nothing may become visible before it is given up.
const STUCK: Duration = Duration::from_secs(60);
const ADDRESS: &str = "help@desk.example";

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;
/// When something happened to each mail.
type Moments = HashMap<usize, Instant>;

fn main() -> Outcome {
    let binary = std::env::var("TANDEM_BENCH_BINARY")?;
    let mails = std::env::args().nth(1).and_then(|mails| mails.parse().ok());
    let mails: usize = mails.unwrap_or(3_000);
    println!(
        "| database | mails | connections | answered a second | visible a second | p50 | p99 | slowest |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|");
    measure("SQLite", &Program::new(&binary), mails)?;
    if let Ok(url) = std::env::var("TANDEM_BENCH_POSTGRES") {
        measure(
            "PostgreSQL",
            &Program::new(&binary).with("database_url", url),
            mails,
        )?;
    }
    Ok(())
}

fn measure(place: &str, program: &Program, mails: usize) -> Outcome {
    let door = address_for_later();
    let program = Victim::prepared(program).with("lmtp_listen", door.to_string());
    let token = program.token();
    let node = program.serve();
    let api = Api {
        address: node.address,
        token,
    };
    let mailbox = json!({ "name": "Support", "address": ADDRESS, "incoming": "handed" });
    api.send("POST /api/v1/mailboxes", "mailbox", &mailbox);
    through(&api, door, 0..WARM)?;
    let begin = Instant::now();
    let (answered, visible) = through(&api, door, WARM..WARM + mails)?;
    let last = |moments: &Moments| moments.values().max().map_or(Duration::ZERO, |at| *at - begin);
    let rate = |moments: &Moments| moments.len() as f64 / last(moments).as_secs_f64();
    let mut spans: Vec<Duration> = visible
        .iter()
        .filter_map(|(number, at)| Some(at.saturating_duration_since(*answered.get(number)?)))
        .collect();
    spans.sort_unstable();
    let at = |share: f64| spans[((spans.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!(
        "| {place} | {mails} | {CONNECTIONS} | {:.0} | {:.0} | {:.0} ms | {:.0} ms | {:.0} ms |",
        rate(&answered),
        rate(&visible),
        at(0.5),
        at(0.99),
        at(1.0)
    );
    node.end_politely();
    Ok(())
}

/// Hands mails over and looks until all of them are visible; gives when each was answered and seen.
fn through(api: &Api, door: SocketAddr, numbers: std::ops::Range<usize>) -> Outcome<(Moments, Moments)> {
    let (answered, next) = (Mutex::new(Moments::new()), AtomicUsize::new(numbers.start));
    let hand_over = || -> Outcome {
        let mut line = Lmtp::open(door)?;
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= numbers.end {
                return Ok(());
            }
            let writer = format!("w{}@customers.test", number / MAILS_A_WRITER);
            let code = line.hand(&writer, ADDRESS, &letter(number, &writer))?;
            if code != 250 {
                return Err(format!("{code} to mail {number}").into());
            }
            answered
                .lock()
                .expect("no thread panics")
                .insert(number, Instant::now());
        }
    };
    let visible = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(hand_over)).collect();
        let visible = watch(api, &numbers)?;
        for sender in senders {
            sender.join().expect("no sender panics")?;
        }
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(visible)
    })?;
    let answered = answered.into_inner().expect("no thread panics");
    Ok((answered, visible))
}

fn letter(number: usize, writer: &str) -> String {
    format!(
        "From: Writer <{writer}>\r\nTo: {ADDRESS}\r\nSubject: Export {number} stops\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\n\
         Message-ID: <n{number}@customers.test>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello,\r\n\r\n\
         every export of report {number} ends after ten thousand rows since this morning. We need it for the\r\nmeeting of \
         tomorrow. What can we do?\r\n\r\nThank you\r\n-- \r\nWriter\r\nHead of reports\r\n"
    )
}

/// Looks until all mails have their tickets, the newest first and no further than what was seen before.
fn watch(api: &Api, numbers: &std::ops::Range<usize>) -> Outcome<Moments> {
    let (mut seen, mut since) = (Moments::new(), Instant::now());
    while seen.len() < numbers.len() {
        if since.elapsed() > STUCK {
            return Err(format!("{} of {} mails became tickets", seen.len(), numbers.len()).into());
        }
        let before = seen.len();
        for part in Listing::of(api, "/api/v1/mails?state=placed") {
            let at = Instant::now();
            let news = part.iter().filter_map(|mail| {
                let id = Api::text(mail, "message_id").strip_prefix('n')?;
                let number = id.split('@').next()?.parse::<usize>().ok()?;
                numbers.contains(&number).then_some(number)
            });
            let known = seen.len();
            for number in news {
                seen.entry(number).or_insert(at);
            }
            if seen.len() - known < part.len() {
                break;
            }
        }
        if seen.len() > before {
            since = Instant::now();
        }
        std::thread::sleep(AGAIN);
    }
    Ok(seen)
}
