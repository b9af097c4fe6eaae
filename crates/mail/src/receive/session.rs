//! The conversation.

use super::bounds::{Bounds, Dialect};
use super::command::{self, Command};

/// What the caller says to a recipient or to a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is on disk.
    Stored,
    /// There is no such address here.
    NoSuchAddress,
    /// Try again later: nothing was kept.
    Later,
    /// Not this mail.
    Refused,
}

impl Answer {
    fn line(self) -> &'static str {
        match self {
            Self::Stored => "250 2.0.0 OK",
            Self::NoSuchAddress => "550 5.1.1 No such address here",
            Self::Later => "451 4.3.0 Try again later",
            Self::Refused => "554 5.7.1 Not accepted",
        }
    }
}

/// A mail with its envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// Empty for the null path of reports.
    pub from: String,
    /// Accepted recipients, in the order of their answers.
    pub to: Vec<String>,
    /// Without the dots that the protocol added.
    pub raw: Vec<u8>,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Send these lines.
    Send(String),
    /// Say by [`Session::recipient`] whether this address is ours; nothing more happens before.
    Decide(String),
    /// Store this, then say so by [`Session::stored`]; nothing more happens before.
    Store(Envelope),
    /// Send these lines, encrypt, then say so by [`Session::encrypted`]; nothing more happens before.
    Encrypt(String),
    /// Send these lines and close.
    Close(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    Commands,
    Data,
    Deciding(String),
    Storing(usize),
    Encrypting,
    Closed,
}

/// One conversation.
#[derive(Debug)]
pub struct Session {
    dialect: Dialect,
    host: String,
    bounds: Bounds,
    state: State,
    input: Vec<u8>,
    /// Bytes of the input that are known to begin no line's end, so that none is looked at for every piece that comes.
    looked: usize,
    has_greeted: bool,
    has_hello: bool,
    peer_name: String,
    /// STARTTLS is offered, and not yet used.
    may_encrypt: bool,
    from: Option<String>,
    to: Vec<String>,
    raw: Vec<u8>,
    is_too_large: bool,
    is_line_begin: bool,
    errors: u32,
}

impl Session {
    /// `host` is how we name ourselves.
    pub fn new(dialect: Dialect, host: &str, bounds: Bounds) -> Self {
        Self {
            dialect,
            host: host.to_owned(),
            bounds,
            state: State::Commands,
            input: Vec::new(),
            looked: 0,
            has_greeted: false,
            has_hello: false,
            peer_name: String::new(),
            may_encrypt: false,
            from: None,
            to: Vec::new(),
            raw: Vec::new(),
            is_too_large: false,
            is_line_begin: true,
            errors: 0,
        }
    }

    /// Offers STARTTLS (RFC 3207).
    #[must_use]
    pub fn with_encryption(mut self) -> Self {
        self.may_encrypt = true;
        self
    }

    /// Answers a [`Step::Encrypt`]: from here on everything begins anew.
    pub fn encrypted(&mut self) {
        self.forget();
        self.has_hello = false;
        self.peer_name.clear();
        self.state = State::Commands;
    }

    /// What the other side calls itself, which may be anything.
    pub fn peer_name(&self) -> &str {
        &self.peer_name
    }

    /// Takes what the other side sent. Call [`Session::step`] until it has nothing before pushing more, so that what waits
    /// here stays small.
    pub fn push(&mut self, bytes: &[u8]) {
        self.input.extend_from_slice(bytes);
    }

    /// The next thing to do; nothing when more input or an answer of the caller is needed.
    pub fn step(&mut self) -> Option<Step> {
        if !self.has_greeted {
            self.has_greeted = true;
            let protocol = if self.dialect == Dialect::Lmtp {
                "LMTP"
            } else {
                "ESMTP"
            };
            return Some(Step::Send(format!("220 {} {protocol}\r\n", self.host)));
        }
        match self.state {
            State::Commands => self.command(),
            State::Data => self.data(),
            State::Deciding(_) | State::Storing(_) | State::Encrypting | State::Closed => None,
        }
    }

    /// Answers a [`Step::Decide`].
    pub fn recipient(&mut self, answer: Answer) -> Step {
        let State::Deciding(address) = std::mem::replace(&mut self.state, State::Commands) else {
            return self.close("421 4.3.0 Out of step");
        };
        if answer == Answer::Stored {
            self.to.push(address);
            return send("250 2.1.5 OK");
        }
        send(answer.line())
    }

    /// Answers a [`Step::Store`]: one answer for each recipient. By SMTP, which has a single one, the mail counts as taken
    /// only if all recipients' were, since a repetition is better than a loss.
    pub fn stored(&mut self, answers: &[Answer]) -> Step {
        let State::Storing(count) = std::mem::replace(&mut self.state, State::Commands) else {
            return self.close("421 4.3.0 Out of step");
        };
        let answer = |at: usize| answers.get(at).copied().unwrap_or(Answer::Later);
        if self.dialect == Dialect::Lmtp {
            let lines: Vec<&str> = (0..count).map(|at| answer(at).line()).collect();
            return Step::Send(format!("{}\r\n", lines.join("\r\n")));
        }
        let worst = (0..count).map(answer).find(|answer| *answer != Answer::Stored);
        send(worst.unwrap_or(Answer::Stored).line())
    }

    fn command(&mut self) -> Option<Step> {
        let Some(end) = line_end(&self.input, self.looked) else {
            self.looked = self.input.len().saturating_sub(1);
            let is_too_long = self.input.len() > self.bounds.line;
            return is_too_long.then(|| self.close("500 5.5.2 Line too long"));
        };
        self.looked = 0;
        let line: Vec<u8> = self.input.drain(..end + 2).take(end).collect();
        if line.len() > self.bounds.line {
            return Some(self.wrong("500 5.5.2 Line too long"));
        }
        let Ok(line) = String::from_utf8(line) else {
            return Some(self.wrong("500 5.5.2 Not text"));
        };
        if line.contains(['\n', '\r', '\0']) {
            return Some(self.close("421 5.5.2 Lines end with CR LF"));
        }
        Some(self.obey(command::read(&line)))
    }

    fn obey(&mut self, command: Command) -> Step {
        match command {
            Command::Hello(verb, name) => self.hello(verb, name),
            Command::Mail { .. } | Command::Recipient(_) | Command::Data if !self.has_hello => {
                self.wrong("503 5.5.1 Say hello first")
            }
            Command::Mail { from, size } => self.mail(from, size),
            Command::Recipient(to) => self.rcpt(to),
            Command::Data if self.from.is_none() => self.wrong("503 5.5.1 From whom?"),
            Command::Data if self.to.is_empty() => self.wrong("503 5.5.1 To whom?"),
            Command::Data => {
                self.state = State::Data;
                (self.is_line_begin, self.is_too_large) = (true, false);
                send("354 Go on, end with a dot")
            }
            Command::Reset => {
                self.forget();
                send("250 2.0.0 OK")
            }
            Command::Nothing => send("250 2.0.0 OK"),
            Command::Verify => send("252 2.1.5 Try and see"),
            Command::Quit => self.close("221 2.0.0 Bye"),
            Command::Encrypt => self.encrypt(),
            Command::Unknown => self.wrong("500 5.5.1 Unknown command"),
            Command::Odd => self.wrong("501 5.5.4 Wrong arguments"),
        }
    }

    fn encrypt(&mut self) -> Step {
        if !self.may_encrypt {
            return self.wrong("500 5.5.1 Unknown command");
        }
        // What came in the same breath was said by somebody whom encryption would have kept out.
        if !self.input.is_empty() {
            return self.close("501 5.5.4 Nothing may follow STARTTLS");
        }
        self.may_encrypt = false;
        self.state = State::Encrypting;
        Step::Encrypt("220 2.0.0 Go on\r\n".into())
    }

    fn hello(&mut self, verb: &str, name: String) -> Step {
        // RFC 2033 4.1: neither protocol takes the other's word.
        if (verb == "LHLO") != (self.dialect == Dialect::Lmtp) {
            return self.wrong("500 5.5.1 Wrong protocol");
        }
        self.forget();
        self.has_hello = true;
        self.peer_name = name;
        if verb == "HELO" {
            return send(&format!("250 {}", self.host));
        }
        let size = self.bounds.bytes;
        let encryption = if self.may_encrypt { "250-STARTTLS\r\n" } else { "" };
        Step::Send(format!(
            "250-{}\r\n250-PIPELINING\r\n250-SIZE {size}\r\n{encryption}250-8BITMIME\r\n250-SMTPUTF8\r\n250 ENHANCEDSTATUSCODES\r\n",
            self.host
        ))
    }

    fn mail(&mut self, from: String, size: Option<u64>) -> Step {
        if self.from.is_some() {
            return self.wrong("503 5.5.1 One mail at a time");
        }
        if size.is_some_and(|size| size > self.bounds.bytes as u64) {
            return send("552 5.3.4 Too large");
        }
        self.from = Some(from);
        send("250 2.1.0 OK")
    }

    fn rcpt(&mut self, to: String) -> Step {
        if self.from.is_none() {
            return self.wrong("503 5.5.1 From whom?");
        }
        if self.to.len() >= self.bounds.recipients {
            return send("452 4.5.3 Too many recipients");
        }
        self.state = State::Deciding(to.clone());
        Step::Decide(to)
    }

    /// Reads lines of the mail up to the one dot. Only CR LF ends a line here.
    fn data(&mut self) -> Option<Step> {
        // What is left of the input moves once, not for every line.
        let mut input = std::mem::take(&mut self.input);
        let (mut begin, mut is_over) = (0, false);
        while let Some(end) = line_end(&input, begin.max(self.looked)) {
            let line = &input[begin..end + 2];
            (begin, self.looked) = (end + 2, 0);
            is_over = self.is_line_begin && line == b".\r\n";
            if is_over {
                break;
            }
            self.keep(line);
            self.is_line_begin = true;
        }
        input.drain(..begin);
        if is_over {
            self.input = input;
            return Some(self.finished());
        }
        // A line without end is taken in pieces; the last byte may be half of a line's end.
        let most = input.len().saturating_sub(1);
        if most > 64 << 10 {
            let piece: Vec<u8> = input.drain(..most).collect();
            self.keep(&piece);
            self.is_line_begin = false;
        }
        self.looked = input.len().saturating_sub(1);
        self.input = input;
        None
    }

    fn keep(&mut self, line: &[u8]) {
        let line = if self.is_line_begin {
            line.strip_prefix(b".").unwrap_or(line)
        } else {
            line
        };
        if self.raw.len() + line.len() > self.bounds.bytes {
            self.is_too_large = true;
            self.raw.clear();
        }
        if !self.is_too_large {
            self.raw.extend_from_slice(line);
        }
    }

    fn finished(&mut self) -> Step {
        let envelope = Envelope {
            from: self.from.take().unwrap_or_default(),
            to: std::mem::take(&mut self.to),
            raw: std::mem::take(&mut self.raw),
        };
        let is_too_large = self.is_too_large;
        self.forget();
        if is_too_large {
            self.state = State::Commands;
            let count = if self.dialect == Dialect::Lmtp {
                envelope.to.len()
            } else {
                1
            };
            return Step::Send("552 5.3.4 Too large\r\n".repeat(count));
        }
        self.state = State::Storing(envelope.to.len());
        Step::Store(envelope)
    }

    fn forget(&mut self) {
        self.from = None;
        self.to.clear();
        self.raw.clear();
        self.is_too_large = false;
    }

    fn wrong(&mut self, line: &str) -> Step {
        self.errors += 1;
        if self.errors > self.bounds.errors {
            return self.close("421 4.7.0 Too many errors");
        }
        send(line)
    }

    fn close(&mut self, line: &str) -> Step {
        self.state = State::Closed;
        self.input.clear();
        self.looked = 0;
        Step::Close(format!("{line}\r\n"))
    }
}

fn send(line: &str) -> Step {
    Step::Send(format!("{line}\r\n"))
}

/// Where a line ends, if its end begins at `from` or later.
fn line_end(input: &[u8], from: usize) -> Option<usize> {
    let found = input[from..].windows(2).position(|two| two == b"\r\n");
    found.map(|at| from + at)
}
