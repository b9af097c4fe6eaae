//! Senders that cost little: connections that stay open, requests that are written beforehand and get fresh ids in place.
//!
//! With a rate each request has its moment, and its time is counted from then: one that had to wait for the one before it was
//! slow, too.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How many people there are, in how many groups.
pub(crate) const PEOPLE: u64 = 5_000;
pub(crate) const GROUPS: u64 = 400;
/// Requests that each sender has written beforehand.
const PREPARED: u64 = 4;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// What stands before the ids that SDKs write, and what lies between their moment and their number.
const MARK: &str = "node-next-";
const MOMENT: usize = 13;
const NUMBER: usize = 8;

/// What is sent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// Events of a request; one goes to `/v1/track`.
    pub(crate) events: u64,
    /// Whether they stand where events are looked for. If not, everything is read and answered and nothing is stored.
    pub(crate) is_stored: bool,
}

/// When it is over.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Until {
    /// After a while.
    Over(Duration),
    /// After so many requests.
    Requests(u64),
}

/// A load.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Load<'a> {
    pub(crate) address: SocketAddr,
    pub(crate) key: &'a str,
    pub(crate) shape: Shape,
    pub(crate) connections: u64,
    pub(crate) until: Until,
    /// Requests a second; without it each sender sends as soon as it is answered.
    pub(crate) rate: Option<f64>,
    /// How long a sender rests that was told to wait.
    pub(crate) rest: Duration,
}

/// What became of a load.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    /// Events that were taken.
    pub(crate) taken: u64,
    /// Requests that were answered with 200.
    pub(crate) answered: u64,
    /// Answered with 429 that says how long to wait, and with one that does not.
    pub(crate) put_off: u64,
    pub(crate) put_off_without: u64,
    /// Answered with anything else.
    pub(crate) other: u64,
    /// Not answered.
    pub(crate) broken: u64,
    /// Microseconds of each that was answered with 200, in order.
    pub(crate) took: Vec<u32>,
    /// How long all of it took.
    pub(crate) span: Duration,
}

impl Sent {
    fn add(&mut self, other: Self) {
        self.taken += other.taken;
        self.answered += other.answered;
        self.put_off += other.put_off;
        self.put_off_without += other.put_off_without;
        self.other += other.other;
        self.broken += other.broken;
        self.took.extend(other.took);
    }

    /// Events a second: those that were taken, or those of requests that bring nothing to take.
    pub(crate) fn rate(&self, shape: Shape) -> f64 {
        let events = match shape.is_stored {
            true => self.taken,
            false => self.answered * shape.events,
        };
        events as f64 / self.span.as_secs_f64()
    }

    /// Milliseconds within which this share of the requests was answered.
    pub(crate) fn within(&self, share: f64) -> f64 {
        let last = self.took.len().saturating_sub(1);
        let place = ((self.took.len() as f64 * share) as usize).min(last);
        self.took
            .get(place)
            .map_or(f64::NAN, |micros| f64::from(*micros) / 1e3)
    }
}

impl Load<'_> {
    /// Sends all of it.
    pub(crate) fn send(&self) -> Sent {
        let (begin, turns) = (Instant::now(), AtomicU64::new(0));
        let mut all = Sent::default();
        std::thread::scope(|scope| {
            let turns = &turns;
            let senders: Vec<_> = (0..self.connections)
                .map(|sender| {
                    let thread = std::thread::Builder::new().stack_size(256 * 1024);
                    let sending = move || self.send_some(sender, (begin, turns));
                    thread.spawn_scoped(scope, sending).expect("a thread")
                })
                .collect();
            for sender in senders {
                all.add(sender.join().expect("no sender panics"));
            }
        });
        all.span = begin.elapsed();
        all.took.sort_unstable();
        all
    }

    fn send_some(&self, sender: u64, (begin, turns): (Instant, &AtomicU64)) -> Sent {
        let mut requests: Vec<Request> = (0..PREPARED)
            .map(|place| self.request(sender * PREPARED + place))
            .collect();
        let (mut line, mut sent) = (None, Sent::default());
        loop {
            let turn = turns.fetch_add(1, Ordering::Relaxed);
            let is_over = match self.until {
                Until::Over(span) => begin.elapsed() >= span,
                Until::Requests(most) => turn >= most,
            };
            if is_over {
                return sent;
            }
            let start = match self.rate {
                Some(rate) => {
                    let due = begin + Duration::from_secs_f64(turn as f64 / rate);
                    std::thread::sleep(due.saturating_duration_since(Instant::now()));
                    due
                }
                None => Instant::now(),
            };
            let place = usize::try_from(turn % PREPARED).unwrap_or(0);
            requests[place].refresh();
            match asked(&mut line, self.address, &requests[place].bytes) {
                Ok(answer) => sent.note(&answer, start.elapsed()),
                Err(_) => {
                    line = None;
                    sent.broken += 1;
                    std::thread::sleep(self.rest);
                }
            }
            if line.as_ref().is_some_and(|line| line.was_put_off) {
                std::thread::sleep(self.rest);
            }
        }
    }

    fn request(&self, first: u64) -> Request {
        let now = jiff::Timestamp::now().to_string();
        let events = (0..self.shape.events).map(|number| event(first * self.shape.events + number, &now));
        let events: Vec<String> = events.collect();
        let (path, body) = match (self.shape.events, self.shape.is_stored) {
            (1, true) => ("/v1/track", events.concat()),
            (_, true) => ("/v1/batch", format!(r#"{{"batch":[{}]}}"#, events.join(","))),
            (_, false) => (
                "/v1/batch",
                format!(r#"{{"seen":[{}],"batch":[]}}"#, events.join(",")),
            ),
        };
        let (key, size) = (self.key, body.len());
        Request::of(format!(
            "POST {path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {key}\r\ncontent-type: application/json\r\n\
             content-length: {size}\r\n\r\n{body}"
        ))
    }
}

impl Sent {
    fn note(&mut self, answer: &Said, took: Duration) {
        match answer.status {
            200 => {
                self.answered += 1;
                self.taken += answer.taken;
                self.took
                    .push(u32::try_from(took.as_micros()).unwrap_or(u32::MAX));
            }
            429 if answer.says_when => self.put_off += 1,
            429 => self.put_off_without += 1,
            _ => self.other += 1,
        }
    }
}

/// An event as an SDK sends it, some 500 bytes.
pub(crate) fn event(number: u64, now: &str) -> String {
    format!(
        r#"{{"type":"track","messageId":"{MARK}{:0MOMENT$}-{number:0NUMBER$x}-6b3f-4a1c-9d2e-5f7a8b9c0d1e","event":"Report opened","userId":"u-{}","timestamp":"{now}","properties":{{"rows":{},"format":"xlsx","filter":"last 30 days","duration":1.{}}},"context":{{"groupId":"g-{}","library":{{"name":"@segment/analytics-node","version":"3.1.0"}},"userAgent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"}},"integrations":{{}},"_metadata":{{"nodeVersion":"20.20.2"}}}}"#,
        0,
        number % PEOPLE,
        number % 977,
        number % 100,
        number % GROUPS
    )
}

/// A request and where the ids of its events stand in it.
struct Request {
    bytes: Vec<u8>,
    ids: Vec<usize>,
}

impl Request {
    fn of(text: String) -> Self {
        let ids = text.match_indices(MARK).map(|(place, _)| place + MARK.len());
        Self {
            ids: ids.collect(),
            bytes: text.into_bytes(),
        }
    }

    /// Gives each event an id that none had before, made now.
    fn refresh(&mut self) {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let first = NEXT.fetch_add(self.ids.len() as u64, Ordering::Relaxed);
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.map_or(0, |since| since.as_millis() as u64);
        for (number, place) in (first..).zip(&self.ids) {
            write_digits(&mut self.bytes[*place..*place + MOMENT], now, 10);
            let place = place + MOMENT + 1;
            write_digits(&mut self.bytes[place..place + NUMBER], number, 16);
        }
    }
}

/// Writes the last digits of a number.
fn write_digits(place: &mut [u8], mut number: u64, base: u64) {
    for digit in place.iter_mut().rev() {
        *digit = b"0123456789abcdef"[(number % base) as usize];
        number /= base;
    }
}

/// A connection that stays open.
struct Line {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// Whether the last answer said to wait.
    was_put_off: bool,
}

/// What was answered.
struct Said {
    status: u16,
    says_when: bool,
    taken: u64,
    closes: bool,
}

/// Asks on the line, which is opened if there is none.
fn asked(line: &mut Option<Line>, address: SocketAddr, request: &[u8]) -> io::Result<Said> {
    let mut open = match line.take() {
        Some(open) => open,
        None => Line::open(address)?,
    };
    let answer = open.ask(request)?;
    open.was_put_off = answer.status == 429;
    if !answer.closes {
        *line = Some(open);
    }
    Ok(answer)
}

impl Line {
    fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(Self {
            stream,
            buffer: Vec::with_capacity(4_096),
            was_put_off: false,
        })
    }

    fn ask(&mut self, request: &[u8]) -> io::Result<Said> {
        self.stream.write_all(request)?;
        self.buffer.clear();
        let head = loop {
            let end = self.buffer.windows(4).position(|four| four == b"\r\n\r\n");
            match end {
                Some(end) => break end + 4,
                None => self.read_on()?,
            }
        };
        let text = String::from_utf8_lossy(&self.buffer[..head]).to_ascii_lowercase();
        let field = |name: &str| {
            let mut lines = text.lines();
            lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(':').map(str::trim))
        };
        let status = text.split(' ').nth(1).and_then(|status| status.parse().ok());
        let size: usize = field("content-length")
            .and_then(|size| size.parse().ok())
            .unwrap_or(0);
        let (says_when, closes) = (
            field("retry-after").is_some(),
            field("connection") == Some("close"),
        );
        while self.buffer.len() < head + size {
            self.read_on()?;
        }
        let body = String::from_utf8_lossy(&self.buffer[head..]);
        let taken = body.split_once(r#""accepted":"#).map_or("", |(_, rest)| rest);
        let digits = taken.find(|letter: char| !letter.is_ascii_digit());
        let taken = taken[..digits.unwrap_or(taken.len())].parse().unwrap_or(0);
        Ok(Said {
            status: status.ok_or(io::ErrorKind::InvalidData)?,
            says_when,
            taken,
            closes,
        })
    }

    fn read_on(&mut self) -> io::Result<()> {
        let mut piece = [0; 4_096];
        match self.stream.read(&mut piece)? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                self.buffer.extend_from_slice(&piece[..read]);
                Ok(())
            }
        }
    }
}
