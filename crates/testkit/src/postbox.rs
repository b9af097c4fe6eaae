//! The people of `world.test`: what they send by the real SMTP server of the tests, and what lies in their mailboxes.
//!
//! `cargo xtask test` starts Postfix and Dovecot and says where they are in `TANDEM_TEST_POSTFIX` and
//! `TANDEM_TEST_DOVECOT`. The few words of SMTP (RFC 5321) and IMAP (RFC 9051) here are what a mail program says; the
//! product's own clients are tested elsewhere.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use crate::skip;

/// Where the real mail servers are.
#[derive(Clone, Copy, Debug)]
pub struct Postbox {
    /// The port of Postfix.
    pub smtp: u16,
    /// The port of Dovecot, without encryption.
    pub imap: u16,
}

impl Postbox {
    /// The servers, or nothing where a test is to be skipped.
    ///
    /// # Panics
    /// In CI, where nothing is skipped.
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration struct")]
    pub fn find() -> Option<Self> {
        let port = |variable: &str, name: &str| {
            let line = std::env::var(variable).ok()?;
            let mut words = line.split(' ');
            words.find_map(|word| word.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
        };
        let found = port("TANDEM_TEST_POSTFIX", "smtp").zip(port("TANDEM_TEST_DOVECOT", "imap"));
        if found.is_none() {
            skip("no Postfix and Dovecot; `cargo xtask test` starts them");
        }
        found.map(|(smtp, imap)| Self { smtp, imap })
    }

    /// Sends a mail with these lines, which have no line of one dot.
    ///
    /// # Panics
    /// When the server does not take it.
    pub fn send(&self, from: &str, to: &str, mail: &str) {
        let mut wire = Wire::open(self.smtp);
        assert!(wire.line().starts_with("220"));
        let data = format!("{}\r\n.", mail.replace("\r\n", "\n").replace('\n', "\r\n"));
        let steps = [
            ("HELO world.test".to_owned(), "250"),
            (format!("MAIL FROM:<{from}>"), "250"),
            (format!("RCPT TO:<{to}>"), "250"),
            ("DATA".to_owned(), "354"),
            (data, "250"),
        ];
        for (said, wanted) in steps {
            let answer = wire.ask(&said);
            assert!(answer.starts_with(wanted), "{answer}");
        }
    }

    /// What lies in somebody's inbox, the oldest first, as it came.
    ///
    /// # Panics
    /// When Dovecot can't be asked.
    pub fn mails(&self, person: &str) -> Vec<String> {
        let mut wire = Wire::open(self.imap);
        wire.line();
        let login = wire.ask(&format!("a LOGIN {person} secret"));
        assert!(login.starts_with("a OK"), "{login}");
        wire.write("b SELECT INBOX");
        let selected = wire.until("b ");
        if selected.iter().any(|line| line.starts_with("* 0 EXISTS")) {
            return Vec::new();
        }
        wire.write("c FETCH 1:* BODY.PEEK[]");
        wire.literals("c ")
    }
}

/// The text of a mail without soft line breaks and with the bytes that `=3D` and the like stand for (RFC 2045, section 6.7).
pub fn unfolded(mail: &str) -> String {
    let mail = mail.replace("=\r\n", "");
    let mut bytes = Vec::with_capacity(mail.len());
    let mut rest = mail.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let hex = more.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if *first == b'=' => {
                bytes.push(byte);
                rest = &more[2..];
            }
            _ => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// One connection, a line at a time.
pub(crate) struct Wire(BufReader<TcpStream>);

impl Wire {
    pub(crate) fn open(port: u16) -> Self {
        Self(BufReader::new(
            TcpStream::connect(("127.0.0.1", port)).expect("the server answers"),
        ))
    }

    pub(crate) fn write(&mut self, line: &str) {
        let stream = self.0.get_mut();
        write!(stream, "{line}\r\n").expect("the server listens");
    }

    pub(crate) fn line(&mut self) -> String {
        let mut line = Vec::new();
        self.0.read_until(b'\n', &mut line).expect("the server speaks");
        assert!(!line.is_empty(), "the server has hung up");
        String::from_utf8_lossy(&line).into_owned()
    }

    pub(crate) fn ask(&mut self, line: &str) -> String {
        self.write(line);
        self.line()
    }

    /// Lines up to the one that begins with `tag`.
    pub(crate) fn until(&mut self, tag: &str) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            lines.push(self.line());
            if lines.last().is_some_and(|line| line.starts_with(tag)) {
                return lines;
            }
        }
    }

    /// The literals of an answer that ends with a line that begins with `tag`.
    fn literals(&mut self, tag: &str) -> Vec<String> {
        let mut found = Vec::new();
        loop {
            let line = self.line();
            if line.starts_with(tag) {
                return found;
            }
            let length = line
                .trim_end()
                .strip_suffix('}')
                .and_then(|line| line.rsplit('{').next());
            if let Some(length) = length.and_then(|length| length.parse().ok()) {
                let mut mail = vec![0; length];
                self.0.read_exact(&mut mail).expect("the whole literal");
                found.push(String::from_utf8_lossy(&mail).into_owned());
            }
        }
    }
}
