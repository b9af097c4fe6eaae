//! System mail: short letters of the program itself, such as a link that signs in. Never the conversations of customers.
//!
//! A letter is handed to one SMTP server. Each has a Message-ID made from a key, so that a letter that was handed over
//! twice, because the first answer was lost, is recognised as the same. Neither the server's password nor what it says
//! about an address gets into an error.

use std::fmt;
use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use crate::clock::Timestamp;

/// Longest wait for one answer of the server.
const PATIENCE: Duration = Duration::from_secs(30);

/// A letter in plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The address it goes to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// The same for the same letter, however often it is sent: letters, digits, `-` and `_`.
    pub key: String,
}

/// Why a letter did not leave.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PostError {
    /// The address of the server is none.
    #[error("the address of the mail server must look like smtps://user:password@mail.example.com")]
    BadServer,
    /// The sender is no address.
    #[error("the sender must be an address, such as Tandem <tandem@example.com>")]
    BadSender,
    /// The letter can't be written to that address.
    #[error("the letter can't be addressed")]
    BadLetter,
    /// The server does not want it now; later it may.
    #[error("the mail server does not take it now ({0})")]
    Later(String),
    /// The server will never want it.
    #[error("the mail server refused it ({0})")]
    Refused(String),
}

/// The way to the mail server. Clones share.
#[derive(Clone)]
pub struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Mailbox,
}

impl fmt::Debug for Post {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Post(…)")
    }
}

impl Post {
    /// Letters from `sender` by the server at `url`: `smtps://user:password@host`, `smtp://host?tls=required`, or
    /// `smtp://host` without encryption.
    ///
    /// # Errors
    /// [`PostError::BadServer`] and [`PostError::BadSender`].
    pub fn new(url: &str, sender: &str) -> Result<Self, PostError> {
        let builder =
            AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| PostError::BadServer)?;
        Ok(Self {
            transport: builder.timeout(Some(PATIENCE)).build(),
            sender: sender.parse().map_err(|_| PostError::BadSender)?,
        })
    }

    /// Hands a letter over; the server has it when this returns.
    ///
    /// # Errors
    /// [`PostError::BadLetter`], [`PostError::Later`] or [`PostError::Refused`].
    pub async fn send(&self, letter: &Letter, now: Timestamp) -> Result<(), PostError> {
        self.send_answerable(letter, None, now).await
    }

    /// The same with an address that answers go to.
    ///
    /// # Errors
    /// As of [`Self::send`].
    pub async fn send_answerable(
        &self,
        letter: &Letter,
        reply_to: Option<&str>,
        now: Timestamp,
    ) -> Result<(), PostError> {
        let message = self.written(letter, reply_to, now)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => {
                let answer = error
                    .status()
                    .map_or_else(|| "no answer".to_owned(), |code| code.to_string());
                Err(if error.is_permanent() {
                    PostError::Refused(answer)
                } else {
                    PostError::Later(answer)
                })
            }
        }
    }

    fn written(&self, letter: &Letter, reply_to: Option<&str>, now: Timestamp) -> Result<Message, PostError> {
        let to = letter.to.parse().map_err(|_| PostError::BadLetter)?;
        let moment = std::time::UNIX_EPOCH + now.since(Timestamp::default());
        let id = format!("<{}@{}>", letter.key, self.sender.email.domain());
        let automatic = HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        );
        let mut builder = Message::builder();
        if let Some(address) = reply_to {
            let address = address.parse().map_err(|_| PostError::BadLetter)?;
            builder = builder.reply_to(Mailbox::new(None, address));
        }
        builder
            .from(self.sender.clone())
            .to(Mailbox::new(None, to))
            .subject(&letter.subject)
            .message_id(Some(id))
            .date(moment)
            .raw_header(automatic)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(|_| PostError::BadLetter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(to: &str) -> Letter {
        Letter {
            to: to.to_owned(),
            subject: "Zaloguj się".to_owned(),
            text: "Odnośnik:\nhttp://localhost/x\n".to_owned(),
            key: "job_1".to_owned(),
        }
    }

    #[test]
    fn a_letter_is_the_same_each_time_and_marked_as_automatic() {
        let post = Post::new("smtp://localhost", "Tandem <tandem@desk.example>").unwrap();
        let now = Timestamp::from_seconds(1_772_442_000);
        let written = post
            .written(&letter("ada@example.com"), None, now)
            .unwrap()
            .formatted();
        let text = String::from_utf8(written.clone()).unwrap();
        for line in [
            "Message-ID: <job_1@desk.example>",
            "Auto-Submitted: auto-generated",
            "Date: Mon, 02 Mar 2026 09:00:00 +0000",
            "To: ada@example.com",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
        assert_eq!(
            post.written(&letter("ada@example.com"), None, now)
                .unwrap()
                .formatted(),
            written
        );
        let answerable = post.written(&letter("ada@example.com"), Some("help+k1@desk.example"), now);
        let text = String::from_utf8(answerable.unwrap().formatted()).unwrap();
        assert!(text.contains("Reply-To: help+k1@desk.example"), "{text}");
    }

    #[test]
    fn no_line_of_another_letter_gets_in_and_errors_keep_the_password() {
        let post = Post::new("smtp://localhost", "tandem@desk.example").unwrap();
        for to in [
            "ada@example.com\r\nBcc: eve@example.com",
            "nobody",
            "a@b.de, eve@example.com",
        ] {
            assert_eq!(
                post.written(&letter(to), None, Timestamp::default()).unwrap_err(),
                PostError::BadLetter,
                "{to}"
            );
        }
        let mut tricky = letter("ada@example.com");
        tricky.subject = "Hello\r\nBcc: eve@example.com".to_owned();
        let written = post.written(&tricky, None, Timestamp::default()).unwrap();
        let text = String::from_utf8(written.formatted()).unwrap();
        assert!(!text.contains("\nBcc:"), "{text}");
        let error = Post::new("http://ada:secret@host", "a@b.de")
            .unwrap_err()
            .to_string();
        assert!(!error.contains("secret") && format!("{post:?}") == "Post(…)");
    }
}
