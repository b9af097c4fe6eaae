//! Another mail server: it speaks SMTP (RFC 5321), notes what it is given, and has manners that go wrong now and then, by
//! chance.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use kit::id::Ids;

/// How long a stall lasts at most, in milliseconds.
const STALL: u64 = 800;
/// How long it listens to somebody who says nothing.
const SILENCE: Duration = Duration::from_secs(60);

/// What it does with one mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Take,
    StallBeforeData,
    StallBeforeAnswer,
    StallAfterAnswer,
    HangUpInData,
    HangUpBeforeAnswer,
    RefuseAtEnd,
    DeferRecipient,
}

/// A mail as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipients.
    pub to: Vec<String>,
    /// Head and body, lines with `\r\n`.
    pub text: String,
}

/// A mail server on a port of this machine.
#[derive(Clone, Debug)]
pub struct Peer {
    /// At which address of loopback.
    pub host: String,
    /// Its port.
    pub port: u16,
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    /// How often each Message-ID was kept.
    copies: Mutex<HashMap<String, usize>>,
    given: Mutex<Vec<Given>>,
    chance: Ids,
    is_kind: bool,
    /// Whether whole mails are kept.
    keeps: bool,
    /// Whether it says of some recipients that it takes them later.
    defers: bool,
}

/// How servers behave.
#[derive(Clone, Copy, Debug)]
pub enum Manners {
    /// All goes well, and the mails are kept.
    Kind,
    /// All sorts of things go wrong, by this seed.
    Odd(u64),
    /// The same, and some recipients are taken later, which costs a minute.
    OddAndLate(u64),
}

impl Peer {
    /// So many servers at addresses of loopback that are each another host, which note together.
    ///
    /// # Panics
    /// When no port is free.
    pub fn several(count: u8, manners: Manners) -> Vec<Self> {
        let (is_kind, seed, defers) = match manners {
            Manners::Kind => (true, 0, false),
            Manners::Odd(seed) => (false, seed, false),
            Manners::OddAndLate(seed) => (false, seed, true),
        };
        let state = Arc::new(State {
            copies: Mutex::default(),
            given: Mutex::default(),
            chance: Ids::seeded(seed),
            is_kind,
            keeps: is_kind,
            defers,
        });
        (1..=count).map(|number| Self::at(number, &state)).collect()
    }

    fn at(number: u8, state: &Arc<State>) -> Self {
        let host = format!("127.0.0.{number}");
        let listener = TcpListener::bind((host.as_str(), 0)).expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        let served = Arc::clone(state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&served);
                // A client that is killed in the middle is its own affair.
                std::thread::spawn(move || drop(talk(&state, stream)));
            }
        });
        Self {
            host,
            port,
            state: Arc::clone(state),
        }
    }

    /// How often each Message-ID was kept, by all that note together.
    pub fn copies(&self) -> HashMap<String, usize> {
        self.state.copies.lock().expect("no thread panics").clone()
    }

    /// What was given since it was last asked.
    pub fn given(&self) -> Vec<Given> {
        std::mem::take(&mut *self.state.given.lock().expect("no thread panics"))
    }
}

impl State {
    fn way(&self) -> Way {
        if self.is_kind {
            return Way::Take;
        }
        match self.chance.below(100) {
            0..70 => Way::Take,
            70..76 => Way::StallBeforeData,
            76..88 => Way::StallBeforeAnswer,
            88..91 => Way::StallAfterAnswer,
            91..94 => Way::HangUpInData,
            94..97 => Way::HangUpBeforeAnswer,
            97 => Way::RefuseAtEnd,
            98 if self.defers => Way::DeferRecipient,
            _ => Way::Take,
        }
    }

    fn stall(&self, way: Way, at: Way) {
        if way == at {
            std::thread::sleep(Duration::from_millis(self.chance.below(STALL)));
        }
    }

    fn keep(&self, given: Given) {
        let name = "message-id:";
        let line = given.text.lines().find(|line| {
            let start = line.get(..name.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(name))
        });
        let id = line.map(|line| line[name.len()..].trim().trim_matches(['<', '>']).to_owned());
        *self
            .copies
            .lock()
            .expect("no thread panics")
            .entry(id.unwrap_or_default())
            .or_default() += 1;
        if self.keeps {
            self.given.lock().expect("no thread panics").push(given);
        }
    }
}

/// One conversation.
fn talk(state: &State, stream: TcpStream) -> io::Result<()> {
    stream.set_read_timeout(Some(SILENCE))?;
    stream.set_nodelay(true)?;
    let mut reading = BufReader::new(stream.try_clone()?);
    let mut writing = stream;
    let mut say = move |line: &str| writing.write_all(format!("{line}\r\n").as_bytes());
    say("220 peer.test")?;
    let (mut from, mut to, mut way) = (String::new(), Vec::new(), Way::Take);
    loop {
        let line = line(&mut reading)?;
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" | "HELO" => say("250-peer.test\r\n250-8BITMIME\r\n250 SIZE 30000000")?,
            "MAIL" => {
                (from, to, way) = (address(&line), Vec::new(), state.way());
                say("250 2.1.0 Ok")?;
            }
            "RCPT" if way == Way::DeferRecipient => say("451 4.2.1 Later, please")?,
            "RCPT" => {
                to.push(address(&line));
                say("250 2.1.5 Ok")?;
            }
            "DATA" => {
                state.stall(way, Way::StallBeforeData);
                say("354 Go on")?;
                if way == Way::HangUpInData {
                    return Ok(());
                }
                let text = text(&mut reading)?;
                if way == Way::RefuseAtEnd {
                    say("554 5.6.0 Not this one")?;
                    continue;
                }
                state.keep(Given {
                    from: std::mem::take(&mut from),
                    to: std::mem::take(&mut to),
                    text,
                });
                state.stall(way, Way::StallBeforeAnswer);
                if way == Way::HangUpBeforeAnswer {
                    return Ok(());
                }
                say("250 2.0.0 Ok: queued")?;
                state.stall(way, Way::StallAfterAnswer);
            }
            "QUIT" => return say("221 2.0.0 Bye"),
            _ => say("250 2.0.0 Ok")?,
        }
    }
}

/// A line without its end.
fn line(reading: &mut impl BufRead) -> io::Result<String> {
    let mut bytes = Vec::new();
    if reading.read_until(b'\n', &mut bytes)? == 0 || bytes.last() != Some(&b'\n') {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(String::from_utf8_lossy(&bytes)
        .trim_end_matches(['\r', '\n'])
        .to_owned())
}

/// The lines up to the lone dot, without the dots that were doubled on the way.
fn text(reading: &mut impl BufRead) -> io::Result<String> {
    let mut text = String::new();
    loop {
        let line = line(reading)?;
        if line == "." {
            return Ok(text);
        }
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
        text.push_str("\r\n");
    }
}

fn address(line: &str) -> String {
    let inside = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map_or_else(String::new, |(address, _)| address.to_owned())
}
