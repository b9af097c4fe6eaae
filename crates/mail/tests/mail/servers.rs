//! With real servers: Dovecot and Postfix, started by `cargo xtask test` or `cargo xtask mail`.

mod fetching;
mod receiving;
mod sending;

use mail::imap::client::{Client, Credentials, Entry, Fetched, Survey};
use mail::imap::{Cursor, Remembered, batches};
use mail::submit;
use mail::wire::{Reach, Security, Server};
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Where the real servers are.
pub struct Servers {
    pub imap: u16,
    pub imaps: u16,
    pub folder: PathBuf,
    /// Port for SMTP, port for submission, ports of receivers: nothing without Postfix.
    pub postfix: Option<(u16, u16, Vec<u16>)>,
}

/// A word such as `imap=143` of a line.
fn word(line: &str, name: &str) -> String {
    let found = line
        .split(' ')
        .find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
    found
        .unwrap_or_else(|| panic!("no {name} in `{line}`"))
        .to_owned()
}

#[expect(clippy::print_stderr, reason = "says what is skipped")]
fn variable(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "says where the servers of tests are")]
    let (value, is_strict) = (
        std::env::var(name).ok(),
        std::env::var("CI").is_ok_and(|value| value == "true"),
    );
    assert!(
        value.is_some() || !is_strict,
        "{name} is not set, and nothing may be skipped here"
    );
    if value.is_none() {
        eprintln!("skipped: {name} is not set; `cargo xtask test` sets it");
    }
    value
}

/// The servers, or nothing where a test is to be skipped.
pub fn dovecot() -> Option<Servers> {
    let line = variable("TANDEM_TEST_DOVECOT")?;
    let port = |name: &str| word(&line, name).parse().unwrap();
    Some(Servers {
        imap: port("imap"),
        imaps: port("imaps"),
        folder: word(&line, "folder").into(),
        postfix: None,
    })
}

/// The same with Postfix.
pub fn both() -> Option<Servers> {
    let line = variable("TANDEM_TEST_POSTFIX")?;
    let mut servers = dovecot()?;
    let port = |name: &str| word(&line, name).parse().unwrap();
    let receivers = word(&line, "receivers")
        .split(',')
        .map(|port| port.parse().unwrap())
        .collect();
    servers.postfix = Some((port("smtp"), port("submission"), receivers));
    Some(servers)
}

pub fn password(person: &str) -> Credentials {
    Credentials::Password {
        name: format!("{person}@world.test"),
        password: "secret".into(),
    }
}

impl Servers {
    /// A way to them: loopback is allowed, their authority known.
    pub fn reach(&self) -> Reach {
        let authority = std::fs::read(self.folder.join("ca.der")).unwrap();
        Reach::new(Arc::new(|address: IpAddr| address.is_loopback()), &[authority])
            .unwrap()
            .with_patience(Duration::from_secs(20))
            .with_plain_loopback()
    }

    pub fn at(&self, port: u16, security: Security) -> Server {
        Server {
            host: "localhost".into(),
            port,
            security,
        }
    }

    pub async fn mailbox(&self, person: &str) -> Client {
        let server = self.at(self.imaps, Security::Tls);
        let entry = Entry::knock(&self.reach(), &server).await.unwrap();
        entry.enter(&password(person)).await.unwrap()
    }

    /// A conversation with Postfix as this machine.
    pub async fn way_out(&self) -> submit::Client {
        let (port, _, _) = self.postfix.clone().unwrap();
        let server = self.at(port, Security::StartTls);
        let entry = submit::Entry::knock(&self.reach(), &server, "desk.test")
            .await
            .unwrap();
        entry.enter(None).await.unwrap()
    }
}

pub fn letter(from: &str, to: &str, id: &str, text: &str) -> Vec<u8> {
    let date = "Sun, 1 Mar 2026 12:00:00 +0000";
    let header = format!("From: {from}\r\nTo: {to}\r\nSubject: {text}\r\nDate: {date}\r\nMessage-ID: <{id}>");
    format!("{header}\r\n\r\n{text}\r\n").into_bytes()
}

/// What a store would hold of a folder: raw mails with what the ledger remembers, and the place.
#[derive(Default)]
pub struct Store {
    pub cursor: Option<Cursor>,
    pub ledger: Vec<Remembered>,
    pub raws: Vec<Vec<u8>>,
}

impl Store {
    /// Fetches what is new; stops, as a program that is killed would, when the connection breaks.
    pub async fn fetch(
        &mut self,
        client: &mut Client,
        folder: &str,
    ) -> Result<Survey, mail::imap::client::ImapError> {
        let survey = client.survey(folder, self.cursor).await?;
        let wanted = survey.wanted(&self.ledger);
        for batch in batches(&wanted, 10, 5 << 20) {
            let mut fetching = client.fetch(batch).await?;
            while let Some(fetched) = fetching.next().await? {
                let Fetched::Mail { listed, raw } = fetched else {
                    continue;
                };
                self.ledger.push(Remembered {
                    size: listed.size,
                    arrived: listed.arrived,
                    message_id: listed.message_id.clone(),
                });
                self.raws.push(raw);
                self.cursor = survey.after(self.cursor, &[listed]);
            }
        }
        self.cursor = survey.end(self.cursor);
        Ok(survey)
    }

    /// The identifiers of the mails, in order.
    pub fn identifiers(&self) -> Vec<&str> {
        let all = self.ledger.iter().filter_map(|mail| mail.message_id.as_deref());
        let mut all: Vec<&str> = all.collect();
        all.sort_unstable();
        all
    }

    /// How often a text is in the mails.
    pub fn count(&self, text: &str) -> usize {
        let has = |raw: &&Vec<u8>| String::from_utf8_lossy(raw).contains(text);
        self.raws.iter().filter(has).count()
    }
}

/// Fetches until a mail with this text is there, at most half a minute.
pub async fn awaited(client: &mut Client, store: &mut Store, text: &str) {
    for _ in 0..30 {
        store.fetch(client, "INBOX").await.unwrap();
        if store.count(text) > 0 {
            return;
        }
        client
            .wait(Duration::from_secs(1), Duration::from_millis(200))
            .await
            .unwrap();
    }
    panic!("no mail with `{text}`");
}
