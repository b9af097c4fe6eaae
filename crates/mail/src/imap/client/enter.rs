//! Getting in: connection, encryption, greeting, password or token.

use super::answer::{Answer, Verdict, read};
use super::{Client, Done, ImapError, SMALL, quoted};
use crate::wire::{Reach, Security, Server, Wire};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt;

/// Who comes in. Nobody sees the secret in a log.
#[derive(Clone, PartialEq, Eq)]
pub enum Credentials {
    /// A name and a password.
    Password {
        /// The name.
        name: String,
        /// The password.
        password: String,
    },
    /// A name and a token that is valid now (XOAUTH2 or, where a server has only that, OAUTHBEARER); whoever has it renews it
    /// before.
    Token {
        /// The address of the mailbox.
        name: String,
        /// The token.
        token: String,
    },
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Password { .. } => "Password(…)",
            Self::Token { .. } => "Token(…)",
        })
    }
}

/// The mechanism of RFC 7628.
const BEARER: &str = "OAUTHBEARER";

/// What answers the reason of a refusal, so that the refusal itself comes: nothing, or one byte (RFC 7628, section 3.2.3).
pub(crate) fn understood(mechanism: &str) -> &'static str {
    if mechanism == BEARER { "AQ==" } else { "" }
}

/// The reason of a refusal as a server says it: a base64 of JSON, which is short and names no secret.
pub(crate) fn reason(said: &str) -> Option<String> {
    let bytes = STANDARD.decode(said.trim()).ok()?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let text: String = text.chars().filter(|c| !c.is_control()).take(300).collect();
    (!text.is_empty()).then_some(text)
}

impl Credentials {
    /// The words of SASL PLAIN (RFC 4616), XOAUTH2 or OAUTHBEARER (RFC 7628).
    pub(crate) fn words(&self, mechanism: &str) -> String {
        STANDARD.encode(match self {
            Self::Password { name, password } => format!("\0{name}\0{password}"),
            Self::Token { name, token } if mechanism == BEARER => {
                let name = name.replace('=', "=3D").replace(',', "=2C");
                format!("n,a={name},\u{1}auth=Bearer {token}\u{1}\u{1}")
            }
            Self::Token { name, token } => format!("user={name}\u{1}auth=Bearer {token}\u{1}\u{1}"),
        })
    }

    /// The ways to show them, the usual one first.
    pub(crate) fn mechanisms(&self) -> &'static [&'static str] {
        match self {
            Self::Password { .. } => &["PLAIN"],
            Self::Token { .. } => &["XOAUTH2", BEARER],
        }
    }

    pub(crate) fn is_token(&self) -> bool {
        matches!(self, Self::Token { .. })
    }
}

/// A connection on its way in, one step after the other, so that a test of it can say which step failed.
pub struct Entry {
    client: Client,
    is_in: bool,
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Entry")
    }
}

/// Bytes of a mail that is taken.
const LARGEST: usize = 50 << 20;

impl Entry {
    /// Connects, encrypts and is greeted.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn knock(reach: &Reach, server: &Server) -> Result<Self, ImapError> {
        let wire = reach.connect(server).await?;
        let entry = Self::greeted(wire).await?;
        if server.security != Security::StartTls {
            return Ok(entry);
        }
        entry.encrypt(reach, &server.host).await
    }

    pub(crate) async fn greeted(mut wire: Wire) -> Result<Self, ImapError> {
        let wait = wire.patience();
        let greeting = read(&mut wire, SMALL, wait).await.map_err(|error| match error {
            ImapError::Odd => ImapError::NotImap,
            other => other,
        })?;
        let Answer::Status {
            tag: None, verdict, ..
        } = greeting
        else {
            return Err(ImapError::NotImap);
        };
        let is_in = match verdict {
            Verdict::Ok => false,
            // Without encryption somebody between us may have said so.
            Verdict::Preauth if wire.is_encrypted() => true,
            Verdict::Bye => return Err(ImapError::Unavailable),
            _ => return Err(ImapError::NotImap),
        };
        let mut client = Client {
            wire,
            tags: 0,
            abilities: Vec::new(),
            exists: 0,
            largest: LARGEST,
        };
        client.ask("CAPABILITY", |_| ()).await?;
        Ok(Self { client, is_in })
    }

    pub(crate) async fn encrypt(mut self, reach: &Reach, host: &str) -> Result<Self, ImapError> {
        if !self.client.can("STARTTLS") {
            return Err(ImapError::NoStartTls);
        }
        self.client.ask("STARTTLS", |_| ()).await?;
        self.client.wire = self.client.wire.encrypted(reach, host).await?;
        // What was said before counts nothing.
        self.client.abilities.clear();
        self.client.ask("CAPABILITY", |_| ()).await?;
        Ok(self)
    }

    /// Gets in.
    ///
    /// # Errors
    /// [`ImapError::BadCredentials`], [`ImapError::TokenRefused`], [`ImapError::AppPassword`], [`ImapError::NoWayIn`],
    /// [`ImapError::TokenNotTaken`] and the others.
    pub async fn enter(mut self, credentials: &Credentials) -> Result<Client, ImapError> {
        if !self.is_in {
            let client = &self.client;
            let mut ways = credentials.mechanisms().iter().copied();
            if let Some(mechanism) = ways.find(|way| client.can(&format!("AUTH={way}"))) {
                self.authenticate(credentials, mechanism).await
            } else if credentials.is_token() {
                Err(ImapError::TokenNotTaken)
            } else if let Credentials::Password { name, password } = credentials
                && !self.client.can("LOGINDISABLED")
            {
                let command = format!("LOGIN {} {}", quoted(name)?, quoted(password)?);
                self.client.ask(&command, |_| ()).await.map(|_| ())
            } else {
                Err(ImapError::NoWayIn)
            }
            .map_err(refused)?;
        }
        self.client.ask("CAPABILITY", |_| ()).await?;
        Ok(self.client)
    }

    async fn authenticate(
        &mut self,
        credentials: &Credentials,
        mechanism: &'static str,
    ) -> Result<(), ImapError> {
        let client = &mut self.client;
        let words = credentials.words(mechanism);
        let is_short = client.can("SASL-IR");
        let command = if is_short {
            format!("AUTHENTICATE {mechanism} {words}")
        } else {
            format!("AUTHENTICATE {mechanism}")
        };
        let tag = client.start(&command).await?;
        let mut words = (!is_short).then_some(words);
        let mut why = None;
        for _ in 0..100 {
            match client.next(SMALL).await? {
                // A second question is the reason of a refusal, which has to be answered.
                Answer::Continue(said) => {
                    let line = words.take().unwrap_or_else(|| {
                        why = reason(&said);
                        understood(mechanism).to_owned()
                    });
                    client.wire.send(format!("{line}\r\n").as_bytes()).await?;
                }
                Answer::Status {
                    tag: Some(known),
                    verdict,
                    code,
                    said,
                } if known == tag => {
                    return match super::done(verdict, code, said) {
                        Err(ImapError::Refused(said)) if credentials.is_token() => {
                            Err(ImapError::TokenRefused(why.unwrap_or(said)))
                        }
                        done => done.map(|_: Done| ()),
                    };
                }
                _ => {}
            }
        }
        Err(ImapError::Odd)
    }
}

/// A refusal here is about who we are; some servers say that they want another kind of password.
fn refused(error: ImapError) -> ImapError {
    let ImapError::Refused(said) = error else {
        return error;
    };
    let said = said.to_ascii_lowercase();
    let words = [
        "application-specific",
        "app password",
        "app-specific",
        "application password",
        "web login required",
    ];
    if words.iter().any(|word| said.contains(word)) {
        ImapError::AppPassword
    } else {
        ImapError::BadCredentials
    }
}
