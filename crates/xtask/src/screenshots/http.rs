//! The least of HTTP/1.1 that a WebDriver on this machine needs: one request, one connection, a length or an end.

use crate::failure::{Failure, While};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A page may take a while to load on a busy machine.
const LIMIT: Duration = Duration::from_secs(60);

/// Sends `body` as JSON to this machine's `port` and reads the JSON that comes back, whatever its status.
pub(super) fn ask(port: u16, method: &str, path: &str, body: &Value) -> Result<Value, Failure> {
    let mut stream =
        TcpStream::connect(("127.0.0.1", port)).while_trying("connect to the browser's driver")?;
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
    stream
        .write_all(request.as_bytes())
        .while_trying("ask the browser's driver")?;
    let mut answer = Vec::new();
    let mut piece = vec![0; 64 * 1024];
    while !is_complete(&answer) {
        match stream
            .read(&mut piece)
            .while_trying("hear the browser's driver")?
        {
            0 => break,
            count => answer.extend_from_slice(&piece[..count]),
        }
    }
    let body = parts(&answer).map(|(_, body)| body).unwrap_or_default();
    serde_json::from_slice(body).while_trying(format!("read the driver's answer to {method} {path}"))
}

/// The head and the body of an answer, once the head has ended.
fn parts(answer: &[u8]) -> Option<(String, &[u8])> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    Some((
        String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase(),
        &answer[end + 4..],
    ))
}

fn is_complete(answer: &[u8]) -> bool {
    let Some((head, body)) = parts(answer) else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    length.is_some_and(|length| body.len() >= length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    /// Answers one request with `answer` and gives back what was asked.
    fn driver(answer: &'static str) -> (u16, std::thread::JoinHandle<String>) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let thread = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = Vec::new();
            let mut piece = [0; 1024];
            while !is_complete(&asked) {
                let count = stream.read(&mut piece).unwrap();
                asked.extend_from_slice(&piece[..count]);
            }
            stream.write_all(answer.as_bytes()).unwrap();
            String::from_utf8(asked).unwrap()
        });
        (port, thread)
    }

    #[test]
    fn a_request_is_sent_and_its_answer_read() {
        let (port, thread) = driver("HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n{\"value\": 42}");
        let answer = ask(port, "POST", "/session", &serde_json::json!({ "a": 1 })).unwrap();
        assert_eq!(answer["value"], 42);
        let asked = thread.join().unwrap();
        assert!(
            asked.starts_with("POST /session HTTP/1.1\r\n") && asked.ends_with("\r\n\r\n{\"a\":1}"),
            "{asked}"
        );
    }

    #[test]
    fn an_answer_without_a_length_ends_with_the_connection() {
        let (port, thread) = driver("HTTP/1.1 200 OK\r\n\r\n{\"value\": null}");
        assert!(ask(port, "GET", "/status", &Value::Null).unwrap()["value"].is_null());
        thread.join().unwrap();
    }
}
