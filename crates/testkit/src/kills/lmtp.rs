//! One who hands mail over by LMTP (RFC 2033).

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};

use crate::program::LIMIT;

/// A connection to a receiver.
#[derive(Debug)]
pub struct Lmtp(BufReader<TcpStream>);

impl Lmtp {
    /// Connects and says hello.
    ///
    /// # Errors
    /// The receiver is away or says no.
    pub fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(LIMIT))?;
        stream.set_write_timeout(Some(LIMIT))?;
        stream.set_nodelay(true)?;
        let mut lmtp = Self(BufReader::new(stream));
        lmtp.must(None, 220)?;
        lmtp.must(Some("LHLO mx.customers.test"), 250)?;
        Ok(lmtp)
    }

    /// Hands a mail over to one recipient; gives the code of the last answer. Lines end in CR LF and none is a dot.
    ///
    /// # Errors
    /// The connection broke, or an answer before the mail was no yes: nobody knows then, or nothing was sent.
    pub fn hand(&mut self, from: &str, to: &str, mail: &str) -> io::Result<u16> {
        self.must(Some(&format!("MAIL FROM:<{from}>")), 250)?;
        self.must(Some(&format!("RCPT TO:<{to}>")), 250)?;
        self.must(Some("DATA"), 354)?;
        self.say(&format!("{mail}\r\n."))?;
        self.answer()
    }

    fn must(&mut self, line: Option<&str>, code: u16) -> io::Result<()> {
        if let Some(line) = line {
            self.say(line)?;
        }
        let answer = self.answer()?;
        if answer == code {
            Ok(())
        } else {
            Err(io::Error::other(format!("{answer} to {line:?}")))
        }
    }

    fn say(&mut self, line: &str) -> io::Result<()> {
        // One write for the whole: in two, each would wait for the other side's acknowledgement.
        self.0.get_mut().write_all(format!("{line}\r\n").as_bytes())
    }

    /// The code of an answer, which may have several lines.
    fn answer(&mut self) -> io::Result<u16> {
        let mut line = String::new();
        loop {
            line.clear();
            if self.0.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if line.as_bytes().get(3) != Some(&b'-') {
                let code = line.get(..3).and_then(|code| code.parse().ok());
                return code.ok_or_else(|| io::ErrorKind::InvalidData.into());
            }
        }
    }
}
