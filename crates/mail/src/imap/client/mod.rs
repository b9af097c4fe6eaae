//! A client of IMAP (RFC 3501) for mailboxes that are read by us and by others: nothing is changed unless it is asked for.
//!
//! Mails come one at a time and are handed over before the next is read. A server may be slow, odd or hostile: every answer
//! has a longest wait and a largest size, and what does not fit ends the connection, never the program.

mod answer;
mod enter;
mod fetch;
mod folders;
mod idle;
mod torture;

pub use enter::{Credentials, Entry};
pub(crate) use enter::{reason, understood};
pub use fetch::{Fetched, Fetching, Survey};
pub use folders::{Folder, Use, is_usual_sent};
pub use idle::Woken;
pub use torture::{Heard, heard, survives};

use crate::wire::{Wire, WireError};
use answer::{Answer, Value, Verdict};
use std::time::Duration;
use tokio::time::timeout;

/// Why something did not come of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImapError {
    /// The connection.
    #[error("{0}")]
    Wire(#[from] WireError),
    /// The other side does not speak IMAP.
    #[error("the other side does not speak IMAP")]
    NotImap,
    /// The server does not offer STARTTLS.
    #[error("the server offers no encryption at this port")]
    NoStartTls,
    /// The server takes no password, or none by a way that we know.
    #[error("the server takes no password over this connection")]
    NoWayIn,
    /// The server says that the password must be one for programs.
    #[error("the server wants a password for programs")]
    AppPassword,
    /// Name or password are wrong.
    #[error("the server refused name and password")]
    BadCredentials,
    /// The server takes no tokens, or by no way that we know.
    #[error("the server takes no token over this connection")]
    TokenNotTaken,
    /// The server does not take the token, with its words.
    #[error("the server refused the token: {0}")]
    TokenRefused(String),
    /// The server does not let anybody in now.
    #[error("the server is not available now")]
    Unavailable,
    /// There is no such folder.
    #[error("there is no such folder")]
    NoSuchFolder,
    /// The server refused a command, with its words.
    #[error("the server refused: {0}")]
    Refused(String),
    /// The server ended the conversation.
    #[error("the server ended the conversation")]
    Bye,
    /// The server said what can't be understood.
    #[error("the server said what can't be understood")]
    Odd,
}

/// The largest literal of answers that bring no mails.
const SMALL: usize = 64 << 10;
/// Answers to one command, so that a server can't talk for ever.
const ANSWERS: usize = 2_000_000;

/// Longest time for the answers to one command.
const COMMAND: Duration = Duration::from_secs(30 * 60);
/// Remarks of a server during one command that bring nothing.
const CHATTER: usize = 1_000;

/// A conversation with a server.
pub struct Client {
    wire: Wire,
    tags: u32,
    abilities: Vec<String>,
    /// Mails in the selected folder, as the server last said.
    exists: u32,
    /// Bytes that a mail may have.
    largest: usize,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("tags", &self.tags)
            .finish_non_exhaustive()
    }
}

/// What a command came to: the code of its status.
pub(super) struct Done {
    code: Vec<Value>,
}

impl Client {
    /// Whether the server has an ability, such as `IDLE`.
    pub fn can(&self, ability: &str) -> bool {
        self.abilities
            .iter()
            .any(|known| known.eq_ignore_ascii_case(ability))
    }

    /// The same with another size that a mail may have; larger ones are named and skipped.
    #[must_use]
    pub fn with_largest(mut self, bytes: usize) -> Self {
        self.largest = bytes;
        self
    }

    /// Ends the conversation; that the server takes note of it is not waited for long.
    pub async fn leave(mut self) {
        // Nothing depends on it.
        let _ = self.ask("LOGOUT", |_| ()).await;
    }

    /// Sends a command and passes its data on.
    async fn ask(&mut self, command: &str, on: impl FnMut(&[Value])) -> Result<Done, ImapError> {
        let tag = self.start(command).await?;
        self.finish(&tag, on).await
    }

    async fn start(&mut self, command: &str) -> Result<String, ImapError> {
        if command.contains(['\r', '\n', '\0']) {
            return Err(ImapError::Odd);
        }
        self.tags += 1;
        let tag = format!("t{}", self.tags);
        self.wire.send(format!("{tag} {command}\r\n").as_bytes()).await?;
        Ok(tag)
    }

    async fn finish(&mut self, tag: &str, on: impl FnMut(&[Value])) -> Result<Done, ImapError> {
        match timeout(COMMAND, self.end(tag, on)).await {
            Ok(result) => result,
            Err(_) => Err(WireError::TooLate.into()),
        }
    }

    async fn end(&mut self, tag: &str, mut on: impl FnMut(&[Value])) -> Result<Done, ImapError> {
        let mut chatter = 0;
        for _ in 0..ANSWERS {
            match self.next(SMALL).await? {
                Answer::Data(values) => on(&values),
                Answer::Status {
                    tag: Some(known),
                    verdict,
                    code,
                    said,
                } if known == tag => return done(verdict, code, said),
                Answer::Status { .. } | Answer::Continue(_) if chatter > CHATTER => break,
                Answer::Status { .. } | Answer::Continue(_) => chatter += 1,
            }
        }
        Err(WireError::TooLong.into())
    }

    /// The next answer; BYE and what the server says of the folder by itself are seen to.
    async fn next(&mut self, literals: usize) -> Result<Answer, ImapError> {
        self.next_within(literals, self.wire.patience()).await
    }

    async fn next_within(&mut self, literals: usize, wait: Duration) -> Result<Answer, ImapError> {
        let answer = answer::read(&mut self.wire, literals, wait).await?;
        match &answer {
            Answer::Status {
                tag: None,
                verdict: Verdict::Bye,
                ..
            } => return Err(ImapError::Bye),
            Answer::Data(values) => self.note(values),
            _ => {}
        }
        Ok(answer)
    }

    fn note(&mut self, values: &[Value]) {
        match values {
            [count, word, ..] if word.is("EXISTS") => self.exists = count.number().unwrap_or(self.exists),
            [_, word, ..] if word.is("EXPUNGE") => self.exists = self.exists.saturating_sub(1),
            [word, abilities @ ..] if word.is("CAPABILITY") => self.learn(abilities),
            _ => {}
        }
    }

    fn learn(&mut self, abilities: &[Value]) {
        let known = abilities
            .iter()
            .filter_map(|value| value.atom().map(str::to_owned));
        self.abilities = known.take(200).collect();
    }
}

fn done(verdict: Verdict, code: Vec<Value>, said: String) -> Result<Done, ImapError> {
    if verdict == Verdict::Ok {
        return Ok(Done { code });
    }
    let is = |word: &str| code.first().is_some_and(|value| value.is(word));
    if is("NONEXISTENT") || is("TRYCREATE") {
        return Err(ImapError::NoSuchFolder);
    }
    if is("UNAVAILABLE") || is("INUSE") || is("LIMIT") {
        return Err(ImapError::Unavailable);
    }
    Err(ImapError::Refused(said.chars().take(300).collect()))
}

/// A string as it is written in a command.
///
/// # Errors
/// [`ImapError::Odd`] for what can't be written so.
fn quoted(text: &str) -> Result<String, ImapError> {
    if !text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return Err(ImapError::Odd);
    }
    Ok(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}
