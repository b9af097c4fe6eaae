//! The least of HTTP/1.1 that a WebDriver on this machine needs: one request, one connection, a length or an end.

use std::io::{self, Read, Write};
use std::net::TcpStream;

use serde_json::Value;

use crate::program::LIMIT;

/// Sends `body` as JSON to this machine's `port` and reads the JSON that comes back, whatever its status.
pub(super) fn ask(port: u16, method: &str, path: &str, body: &Value) -> io::Result<Value> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(LIMIT))?;
    let body = if method == "GET" {
        String::new()
    } else {
        body.to_string()
    };
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    let mut piece = vec![0; 64 * 1024];
    let mut whole = None;
    while whole.is_none_or(|whole| answer.len() < whole) {
        match stream.read(&mut piece)? {
            0 => break,
            count => answer.extend_from_slice(&piece[..count]),
        }
        whole = whole.or_else(|| length_of(&answer));
    }
    let body = answer
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .map_or(&[][..], |end| &answer[end + 4..]);
    serde_json::from_slice(body).map_err(io::Error::other)
}

/// How long an answer will be, once its head is there and says so.
fn length_of(answer: &[u8]) -> Option<usize> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok())?;
    Some(end + 4 + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Answers one request with `answer`.
    fn driver(answer: &'static str) -> u16 {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let asked = stream.read(&mut [0; 1024]).unwrap();
            assert!(asked > 0);
            stream.write_all(answer.as_bytes()).unwrap();
        });
        port
    }

    #[test]
    fn an_answer_ends_by_its_length_or_with_the_connection() {
        for answer in [
            "HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n{\"value\": 42}",
            "HTTP/1.1 200 OK\r\n\r\n{\"value\": 42}",
        ] {
            let heard = ask(driver(answer), "POST", "/session", &json!({ "a": 1 })).unwrap();
            assert_eq!(heard["value"], 42);
        }
    }
}
