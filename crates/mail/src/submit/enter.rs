//! Getting in: connection, encryption, greeting, password or token.

use super::{Client, Reply, SubmitError, reply};
use crate::imap::client::{Credentials, reason, understood};
use crate::wire::{Reach, Security, Server, Wire};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A connection on its way in.
#[derive(Debug)]
pub struct Entry {
    client: Client,
}

impl Entry {
    /// Connects, encrypts and is greeted; `hello` is how we name ourselves.
    ///
    /// # Errors
    /// [`SubmitError`].
    pub async fn knock(reach: &Reach, server: &Server, hello: &str) -> Result<Self, SubmitError> {
        let wire = reach.connect(server).await?;
        let entry = Self::greeted(wire, hello).await?;
        if server.security != Security::StartTls {
            return Ok(entry);
        }
        entry.encrypt(reach, &server.host, hello).await
    }

    pub(crate) async fn greeted(wire: Wire, hello: &str) -> Result<Self, SubmitError> {
        let mut client = Client {
            wire,
            abilities: Vec::new(),
        };
        let greeting = reply::read(&mut client.wire).await?;
        if greeting.code != 220 {
            return Err(SubmitError::Refused(greeting));
        }
        client.hello(hello).await?;
        Ok(Self { client })
    }

    pub(crate) async fn encrypt(
        mut self,
        reach: &Reach,
        host: &str,
        hello: &str,
    ) -> Result<Self, SubmitError> {
        if !self.client.can("STARTTLS") {
            return Err(SubmitError::NoStartTls);
        }
        let reply = self.client.ask("STARTTLS").await?;
        if reply.code != 220 {
            return Err(SubmitError::Refused(reply));
        }
        let wire = self.client.wire.encrypted(reach, host).await?;
        // What was said before counts nothing.
        let mut client = Client {
            wire,
            abilities: Vec::new(),
        };
        client.hello(hello).await?;
        Ok(Self { client })
    }

    /// Gets in, if there is somebody to get in as.
    ///
    /// # Errors
    /// [`SubmitError::BadCredentials`], [`SubmitError::TokenRefused`], [`SubmitError::AppPassword`], [`SubmitError::NoWayIn`],
    /// [`SubmitError::TokenNotTaken`] and the others.
    pub async fn enter(mut self, credentials: Option<&Credentials>) -> Result<Client, SubmitError> {
        if let Some(credentials) = credentials {
            self.authenticate(credentials).await?;
        }
        Ok(self.client)
    }

    async fn authenticate(&mut self, credentials: &Credentials) -> Result<(), SubmitError> {
        let client = &mut self.client;
        let offered = client.words("AUTH").unwrap_or_default().to_owned();
        let has = |mechanism: &str| offered.split([' ', '=']).any(|word| word == mechanism);
        let found = credentials.mechanisms().iter().copied().find(|way| has(way));
        let mut reply = if let Some(mechanism) = found {
            let words = credentials.words(mechanism);
            client.ask(&format!("AUTH {mechanism} {words}")).await?
        } else if credentials.is_token() {
            return Err(SubmitError::TokenNotTaken);
        } else if let Credentials::Password { name, password } = credentials
            && has("LOGIN")
        {
            let mut reply = client.ask("AUTH LOGIN").await?;
            for words in [name, password] {
                if reply.code == 334 {
                    reply = client.ask(&STANDARD.encode(words)).await?;
                }
            }
            reply
        } else {
            return Err(SubmitError::NoWayIn);
        };
        // A question now is the reason of a refusal, which has to be answered.
        let mut why = None;
        if reply.code == 334 {
            why = reason(&reply.said);
            reply = client.ask(found.map_or("", understood)).await?;
        }
        if reply.is_good() {
            Ok(())
        } else if credentials.is_token() && !reply.is_for_later() {
            Err(SubmitError::TokenRefused(why.unwrap_or(reply.said)))
        } else {
            Err(refused(reply))
        }
    }
}

impl Client {
    async fn hello(&mut self, hello: &str) -> Result<(), SubmitError> {
        let reply = self.ask(&format!("EHLO {hello}")).await?;
        if !reply.is_good() {
            return Err(SubmitError::Refused(reply));
        }
        let lines = reply.said.lines().skip(1);
        self.abilities = lines.map(|line| line.trim().to_ascii_uppercase()).collect();
        Ok(())
    }
}

/// A refusal here is about who we are; some servers say that they want another kind of password.
fn refused(reply: Reply) -> SubmitError {
    let said = reply.said.to_ascii_lowercase();
    let is_about_kind = [
        "application-specific",
        "app password",
        "app-specific",
        "invalidsecondfactor",
    ]
    .iter()
    .any(|word| said.contains(word));
    match reply.code {
        _ if is_about_kind || reply.enhanced.as_deref() == Some("5.7.9") => SubmitError::AppPassword,
        535 | 534 | 530 | 501 => SubmitError::BadCredentials,
        _ => SubmitError::Refused(reply),
    }
}
