//! Just enough HTTP to ask a process over a real socket.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

use super::LIMIT;

/// An answer as it came.
#[derive(Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Status line and headers.
    pub head: String,
    /// The rest.
    pub body: String,
}

impl Answer {
    /// Reads one answer until the peer closes.
    ///
    /// # Errors
    /// The connection broke, or what came is no answer.
    pub fn read(mut stream: impl Read) -> io::Result<Self> {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        Self::of(&bytes)
    }

    fn of(bytes: &[u8]) -> io::Result<Self> {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").ok_or(io::ErrorKind::UnexpectedEof)?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        Ok(Self {
            status: status.ok_or(io::ErrorKind::InvalidData)?,
            head: named_in_small_letters(head),
            body: body.to_owned(),
        })
    }
}

/// The head with the names of its fields in small letters; what they hold is as it came, since secrets tell letters apart.
fn named_in_small_letters(head: &str) -> String {
    let line = |line: &str| match line.split_once(':') {
        Some((name, value)) => format!("{}:{value}", name.to_lowercase()),
        None => line.to_lowercase(),
    };
    head.split("\r\n").map(line).collect::<Vec<_>>().join("\r\n")
}

/// Connects with limits on every read and write.
pub(super) fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(LIMIT))?;
    stream.set_write_timeout(Some(LIMIT))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Sends bytes as they are and reads what comes back until the server closes.
///
/// # Errors
/// What came is no answer.
pub fn say(address: SocketAddr, bytes: &[u8]) -> io::Result<Answer> {
    let mut stream = connect(address)?;
    let mut answer = Vec::new();
    // The server may answer and close before it has read everything: what it said until then counts.
    let _ = stream.write_all(bytes);
    let _ = stream.read_to_end(&mut answer);
    Answer::of(&answer)
}

/// Sends `line` (method and path) with `more` header lines, each ending in CR LF, and reads the answer.
///
/// # Errors
/// No whole answer came.
pub fn ask(address: SocketAddr, line: &str, token: &str, more: &str) -> io::Result<Answer> {
    let mut stream = connect(address)?;
    let authorization = match token {
        "" => String::new(),
        token => format!("authorization: Bearer {token}\r\n"),
    };
    write!(
        stream,
        "{line} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{authorization}{more}\r\n"
    )?;
    Answer::read(stream)
}

/// Posts a JSON document and reads the answer.
///
/// # Errors
/// No whole answer came.
pub fn post(address: SocketAddr, path: &str, token: &str, body: &str) -> io::Result<Answer> {
    tell(address, &format!("POST {path}"), token, body)
}

/// Sends `line` (method and path) with a JSON document, whatever state the change is made from, and reads the answer.
///
/// # Errors
/// No whole answer came.
pub fn tell(address: SocketAddr, line: &str, token: &str, body: &str) -> io::Result<Answer> {
    let mut stream = connect(address)?;
    write!(
        stream,
        "{line} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\
         if-match: *\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )?;
    Answer::read(stream)
}

/// A browser's end of a live stream.
#[derive(Debug)]
pub struct LiveStream {
    lines: BufReader<TcpStream>,
    /// The position of the last message.
    pub last: Option<String>,
}

impl LiveStream {
    /// Opens a stream, after the position `last` if there is one.
    ///
    /// # Errors
    /// No stream but something else was the answer.
    pub fn open(address: SocketAddr, token: &str, last: Option<&str>) -> io::Result<Self> {
        let mut stream = connect(address)?;
        let last_header = last.map_or_else(String::new, |last| format!("last-event-id: {last}\r\n"));
        write!(
            stream,
            "GET /live HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n{last_header}\r\n"
        )?;
        let mut lines = BufReader::new(stream);
        let mut line = String::new();
        lines.read_line(&mut line)?;
        if !line.starts_with("HTTP/1.1 200") {
            return Err(io::Error::other(line));
        }
        while line != "\r\n" {
            line.clear();
            lines.read_line(&mut line)?;
        }
        Ok(Self {
            lines,
            last: last.map(str::to_owned),
        })
    }

    /// The data of the next message; `None` when the stream has ended.
    pub fn message(&mut self) -> Option<String> {
        let mut line = String::new();
        loop {
            line.clear();
            let length = self.lines.read_line(&mut line).unwrap_or(0);
            if length == 0 {
                return None;
            }
            if let Some(id) = line.strip_prefix("id: ") {
                self.last = Some(id.trim().to_owned());
            }
            if let Some(data) = line.strip_prefix("data: ") {
                return Some(data.trim().to_owned());
            }
        }
    }

    /// Reads until a message that names `part`; whether there was one before the end.
    pub fn names(&mut self, part: &str) -> bool {
        while let Some(data) = self.message() {
            if data.contains(part) {
                return true;
            }
        }
        false
    }
}
