//! Says of tokens whose they are (RFC 7662), as a provider says it to a mail server.
//!
//! A token says it itself: `good.u7.…` opens the mailbox of `u7@world.test`, and every other one nothing. So a test's own
//! provider decides which tokens it gives, and the mail server knows them at once.

use crate::failure::Failure;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(5);
/// The longest question.
const LONGEST: usize = 64 * 1_024;

/// Answers at a port of this machine until the process ends.
pub(super) fn answer() -> Result<u16, Failure> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let port = listener.local_addr()?.port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || {
                // Who asks badly or goes away gets no answer.
                let _ = said(stream);
            });
        }
    });
    Ok(port)
}

fn said(stream: TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream);
    let (mut length, mut line) = (0, String::new());
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let head = line.trim_end().to_ascii_lowercase();
        if head.is_empty() {
            break;
        }
        if let Some(value) = head.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length.min(LONGEST)];
    reader.read_exact(&mut body)?;
    let answer = told(&String::from_utf8_lossy(&body));
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        answer.len()
    );
    let mut stream = reader.into_inner();
    stream.write_all(head.as_bytes())?;
    stream.write_all(answer.as_bytes())
}

/// What is known of the token in a question.
fn told(question: &str) -> String {
    let token = question.split('&').find_map(|pair| pair.strip_prefix("token="));
    let mut parts = token.unwrap_or_default().split('.');
    match (parts.next(), parts.next()) {
        (Some("good"), Some(person)) if person.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            format!("{{\"active\":true,\"username\":\"{person}@world.test\"}}")
        }
        _ => "{\"active\":false}".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_says_whose_it_is() {
        assert!(told("token=good.u7.1").contains("u7@world.test"));
        for bad in ["", "token=", "token=dead.u7.1", "token=good", "token=good.a%22.1"] {
            assert!(told(bad).contains("false"), "{bad}");
        }
    }
}
