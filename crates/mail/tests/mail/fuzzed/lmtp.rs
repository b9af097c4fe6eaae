//! Conversations with our receiver in pieces of any size, held against a slow reading of the same bytes.
//!
//! The first three bytes say how the conversation goes (see [`Talk::of`]); the rest is what the sender says, in which a byte
//! `0xFE` stands for a long stretch of letters, so that small inputs reach large bounds.

use super::stored;
use crate::babble;
use mail::receive::{Answer, Bounds, Dialect, Envelope, Session, Step};

/// What `0xFE` stands for, so that two of them are more than a line is kept for.
const STRETCH: usize = 33_000;

/// One conversation.
pub fn run(data: &[u8]) {
    let [how, size, fates, said @ ..] = data else {
        return;
    };
    let mut talk = Talk::of(*how, *fates);
    let said = stretched(said);
    for piece in said.chunks(1 + usize::from(*size)) {
        talk.heard.extend_from_slice(piece);
        talk.session.push(piece);
        while let Some(step) = talk.session.step() {
            assert!(!talk.is_over, "nothing follows a farewell");
            talk.take(step);
        }
        if talk.is_over {
            return;
        }
    }
}

fn stretched(said: &[u8]) -> Vec<u8> {
    let mut all = Vec::with_capacity(said.len());
    for byte in said {
        match byte {
            0xFE => all.extend(std::iter::repeat_n(b'x', STRETCH)),
            other => all.push(*other),
        }
    }
    all
}

/// A conversation and what a slow reader knows of it.
struct Talk {
    session: Session,
    dialect: Dialect,
    bounds: Bounds,
    /// What becomes of recipients and mails, by turns; two bits each.
    fates: u8,
    asked: u32,
    /// Everything that was said, and how far it was answered.
    heard: Vec<u8>,
    at: usize,
    has_greeted: bool,
    is_data: bool,
    is_over: bool,
    /// Recipients that were taken, of all mails.
    accepted: Vec<String>,
    mistakes: u32,
}

impl Talk {
    /// Bit 0 of `how`: the protocol; bit 1: with encryption; bit 2: with narrow bounds.
    fn of(how: u8, fates: u8) -> Self {
        let dialect = if how & 1 == 0 {
            Dialect::Lmtp
        } else {
            Dialect::Smtp
        };
        let bounds = if how & 4 == 0 {
            Bounds {
                bytes: 100_000,
                ..Bounds::default()
            }
        } else {
            Bounds {
                bytes: 60,
                recipients: 2,
                line: 80,
                errors: 3,
            }
        };
        let session = Session::new(dialect, "desk.test", bounds);
        let session = if how & 2 == 0 {
            session
        } else {
            session.with_encryption()
        };
        Self {
            session,
            dialect,
            bounds,
            fates,
            asked: 0,
            heard: Vec::new(),
            at: 0,
            has_greeted: false,
            is_data: false,
            is_over: false,
            accepted: Vec::new(),
            mistakes: 0,
        }
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Send(lines) => self.sent(&lines),
            Step::Decide(address) => {
                self.pass_command();
                let fate = self.fate();
                let reply = lines_of(self.session.recipient(fate));
                assert_eq!(reply.starts_with("250 "), fate == Answer::Stored, "{reply}");
                if fate == Answer::Stored {
                    self.accepted.push(address);
                }
            }
            Step::Store(envelope) => self.store(&envelope),
            Step::Encrypt(_) => {
                self.pass_command();
                assert_eq!(self.at, self.heard.len(), "nothing comes with STARTTLS");
                self.session.encrypted();
                self.accepted.clear();
            }
            Step::Close(lines) => {
                assert!(!lines.starts_with("250") && !lines.starts_with("354"), "{lines}");
                self.is_over = true;
            }
        }
    }

    /// Lines that answer something: the greeting nothing, what is too large a whole mail, everything else one command.
    fn sent(&mut self, lines: &str) {
        assert!(lines.ends_with("\r\n"), "{lines:?}");
        if !self.has_greeted {
            self.has_greeted = true;
            assert!(lines.starts_with("220 "), "{lines}");
            return;
        }
        if self.is_data {
            let raw = self.pass_mail();
            assert!(raw.len() > self.bounds.bytes, "{} bytes are too many", raw.len());
            assert!(lines.lines().all(|line| line.starts_with("552 ")), "{lines}");
            return;
        }
        self.pass_command();
        self.is_data = lines.starts_with("354 ");
        if ["500 ", "501 ", "503 "]
            .iter()
            .any(|code| lines.starts_with(code))
        {
            self.mistakes += 1;
            assert!(self.mistakes <= self.bounds.errors, "{lines}");
        }
    }

    /// The mail is what was said between the commands and its end, and is answered as it was stored.
    fn store(&mut self, envelope: &Envelope) {
        assert!(self.is_data, "a mail without DATA");
        assert_eq!(self.pass_mail(), envelope.raw);
        assert!(envelope.raw.len() <= self.bounds.bytes);
        let count = envelope.to.len();
        assert!(
            (1..=self.bounds.recipients).contains(&count),
            "{count} recipients"
        );
        assert!(self.accepted.ends_with(&envelope.to), "{:?}", envelope.to);
        let fates: Vec<Answer> = (0..count).map(|_| self.fate()).collect();
        let reply = lines_of(self.session.stored(&fates));
        let good: Vec<bool> = reply.lines().map(|line| line.starts_with("250 ")).collect();
        let stored: Vec<bool> = fates.iter().map(|fate| *fate == Answer::Stored).collect();
        match self.dialect {
            Dialect::Lmtp => assert_eq!(good, stored, "{reply}"),
            Dialect::Smtp => assert_eq!(good, [stored.iter().all(|stored| *stored)], "{reply}"),
        }
    }

    fn fate(&mut self) -> Answer {
        let fate = self.fates.rotate_right(2 * (self.asked % 4));
        self.asked += 1;
        match fate & 3 {
            0 => Answer::Stored,
            1 => Answer::NoSuchAddress,
            2 => Answer::Later,
            _ => Answer::Refused,
        }
    }

    /// One line was answered.
    fn pass_command(&mut self) {
        assert!(!self.is_data, "no command is heard in a mail");
        let end = find(&self.heard[self.at..], b"\r\n").expect("a whole line was heard");
        self.at += end + 2;
    }

    /// A mail was answered: what it was, without the dots that the protocol adds.
    fn pass_mail(&mut self) -> Vec<u8> {
        self.is_data = false;
        let heard = &self.heard[self.at..];
        let length = if heard.starts_with(b".\r\n") {
            0
        } else {
            find(heard, b"\r\n.\r\n").expect("the end of the mail was heard") + 2
        };
        let raw = unstuffed(&heard[..length]);
        self.at += length + 3;
        raw
    }
}

fn lines_of(step: Step) -> String {
    match step {
        Step::Send(lines) => lines,
        other => panic!("lines, not {other:?}"),
    }
}

fn unstuffed(mut mail: &[u8]) -> Vec<u8> {
    let mut raw = Vec::with_capacity(mail.len());
    while !mail.is_empty() {
        let end = find(mail, b"\r\n").map_or(mail.len(), |at| at + 2);
        let (line, rest) = mail.split_at(end);
        raw.extend_from_slice(line.strip_prefix(b".").unwrap_or(line));
        mail = rest;
    }
    raw
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// Conversations in both protocols and in pieces of several sizes, and babble.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for said in SAID {
        for start in [[0, 255, 0], [4, 3, 0], [6, 0, 0b0110_0100], [1, 40, 0b0000_0010]] {
            let said = if start[0] & 1 == 0 {
                said.to_vec()
            } else {
                String::from_utf8_lossy(said).replace("LHLO", "EHLO").into_bytes()
            };
            seeds.push([&start[..], &said].concat());
        }
    }
    // A line that comes letter by letter and does not end.
    seeds.push([&[0, 0, 0][..], BEGUN, &[0xFE; 3], b"\r\n.\r\n"].concat());
    seeds.extend((0..40).map(|seed| {
        let babbled = babble::bytes(&mut babble::of(seed), 60);
        [&[seed as u8, 90, 0][..], &babbled].concat()
    }));
    seeds.extend(
        stored::files("crates/mail/tests/mail/vectors")
            .into_iter()
            .map(|mail| [&[0, 63, 0][..], BEGUN, &mail, b"\r\n.\r\nQUIT\r\n"].concat()),
    );
    seeds
}

const BEGUN: &[u8] = b"LHLO a\r\nMAIL FROM:<a@b> SIZE=20\r\nRCPT TO:<c@d>\r\nDATA\r\n";

const SAID: &[&[u8]] = &[
    b"LHLO a\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nRCPT TO:<e@f>\r\nDATA\r\nSubject: x\r\n\r\n..a\r\n.b\r\n.\r\nQUIT\r\n",
    b"LHLO a\r\nMAIL FROM:<> SIZE=10 BODY=8BITMIME\r\nRCPT TO:<c@d>\r\nDATA\r\n.\r\nRSET\r\nNOOP\r\nVRFY x\r\nHELP\r\n",
    b"LHLO a\r\nSTARTTLS\r\nLHLO a\r\nMAIL FROM:<\"a>\\\"\"@b>\r\nRCPT TO:<postmaster>\r\nDATA\r\nx\n.\nx\r.\rx\r\n.\r\n",
    b"MAIL FROM:<a@b>\r\nDATA\r\nLHLO\r\nRCPT TO:<@x,@y:c@d>\r\nLHLO a\r\nMAIL FROM:<a@b> SIZE=99999999999\r\n\xff\r\n",
    b"LHLO a\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n\xfe\xfe\xfe\xfe\r\n.\r\nMAIL FROM:<a@b>\r\n",
];
