//! What an SMTP server answers: three digits, perhaps a status code (RFC 3463), and words for people.

use super::SubmitError;
use crate::wire::Wire;
use std::time::Duration;

/// Bytes of one line, lines of one answer.
const LINE: usize = 4_096;
const LINES: usize = 200;
/// Characters that are kept of the words.
const KEPT: usize = 4_000;

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reply {
    /// Such as 250.
    pub code: u16,
    /// Such as 5.1.1, if the server says one.
    pub enhanced: Option<String>,
    /// Its words, with their lines.
    pub said: String,
}

impl Reply {
    /// Whether it is done.
    pub fn is_good(&self) -> bool {
        (200..300).contains(&self.code)
    }

    /// Whether it may be done later.
    pub fn is_for_later(&self) -> bool {
        (400..500).contains(&self.code)
    }
}

/// Reads an answer.
pub(super) async fn read(wire: &mut Wire) -> Result<Reply, SubmitError> {
    let wait = wire.patience();
    read_within(wire, wait).await
}

/// The same with another wait for each line.
pub(super) async fn read_within(wire: &mut Wire, wait: Duration) -> Result<Reply, SubmitError> {
    let mut lines = Vec::new();
    loop {
        let line = wire.line_within(LINE, wait).await?;
        let (code, is_last, text) = parts(&line).ok_or(SubmitError::NotSmtp)?;
        lines.push(text);
        if lines.len() > LINES {
            return Err(SubmitError::NotSmtp);
        }
        if is_last {
            return Ok(reply(code, &lines));
        }
    }
}

/// `250-text`.
fn parts(line: &[u8]) -> Option<(u16, bool, String)> {
    let text = String::from_utf8_lossy(line);
    let text = text.trim_end();
    let code: u16 = text.get(..3)?.parse().ok()?;
    let is_last = match text.as_bytes().get(3) {
        None | Some(b' ') => true,
        Some(b'-') => false,
        Some(_) => return None,
    };
    let text = text.get(4..).unwrap_or_default().to_owned();
    (200..600).contains(&code).then_some((code, is_last, text))
}

fn reply(code: u16, lines: &[String]) -> Reply {
    let mut enhanced = None;
    let mut words = Vec::new();
    for line in lines {
        let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
        if is_enhanced(first) {
            enhanced.get_or_insert_with(|| first.to_owned());
            words.push(rest);
        } else {
            words.push(line);
        }
    }
    Reply {
        code,
        enhanced,
        said: words.join("\n").chars().take(KEPT).collect(),
    }
}

/// Class, subject and detail (RFC 3463 2).
fn is_enhanced(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    let is_number =
        |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.len() == 3 && matches!(parts[0], "2" | "4" | "5") && parts.iter().all(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_words_are_told_apart() {
        assert_eq!(
            parts(b"550-5.1.1 No such\r\n"),
            Some((550, false, "5.1.1 No such".into()))
        );
        assert_eq!(parts(b"250\r\n"), Some((250, true, String::new())));
        for odd in [
            &b"hello\r\n"[..],
            b"25\r\n",
            b"999 x\r\n",
            b"250_x\r\n",
            b"\xff\xff\xff\xff\r\n",
        ] {
            assert_eq!(parts(odd), None);
        }
        let reply = reply(550, &["5.1.1 No such".into(), "5.1.1 person".into()]);
        assert_eq!(
            (reply.enhanced.as_deref(), reply.said.as_str()),
            (Some("5.1.1"), "No such\nperson")
        );
        assert!(!is_enhanced("1.2.3.4") && !is_enhanced("3.1.1") && !is_enhanced("5.1.1234"));
    }
}
