//! What strangers' servers may say, for torture: one line, or a whole conversation without a network.

use super::{Credentials, Entry, Fetched, ImapError, answer};
use crate::imap::Listed;
use crate::wire::Wire;
use std::io::Cursor;
use std::time::Duration;

/// Never more than an answer or nothing.
pub fn survives(line: &[u8]) -> bool {
    answer::of_line(line).is_some()
}

/// What came of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The mails that there are.
    pub wanted: Vec<Listed>,
    /// Those that came.
    pub fetched: Vec<Fetched>,
}

/// Bytes that a mail may have here.
const LARGEST: usize = 1_000;

/// A conversation with a server that says these bytes, whatever it hears: in, through the folders, and
/// every mail that has at most a thousand bytes.
///
/// # Errors
/// [`ImapError`], at the latest where the bytes end.
pub async fn heard(said: &[u8]) -> Result<Heard, ImapError> {
    let server = tokio::io::join(Cursor::new(said.to_vec()), tokio::io::sink());
    let entry = Entry::greeted(Wire::new(server, Duration::from_secs(60))).await?;
    let credentials = Credentials::Password {
        name: "ada".into(),
        password: "secret".into(),
    };
    let mut client = entry.enter(&credentials).await?.with_largest(LARGEST);
    client.folders().await?;
    let wanted = client.survey("INBOX", None).await?.wanted(&[]);
    client.uids(1, 1_000).await?;
    let mut fetched = Vec::new();
    let mut fetching = client.fetch(&wanted).await?;
    while let Some(mail) = fetching.next().await? {
        fetched.push(mail);
    }
    Ok(Heard { wanted, fetched })
}
