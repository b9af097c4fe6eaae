//! What a mail says, from its bytes: the same bytes and the same records of the DNS always give the same.

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::Bytes;
use kit::blob::Stored;
use kit::text::sha256;
use mail::authenticate::{self, Arrival as Peer, Checker, Identity, Method, NoResolver, Outcome, Statement};
use mail::automatic::{self, Nature};
use mail::bounces::{self, Bounce, Complaint};
use mail::understand::{Address, Limits, Message, understand};

use super::carrying::NewName;
use super::{Mail, Reading, oddities, shapes};
use crate::mailboxes::{Mailbox, folded, is_at};

/// Checks senders by the DNS.
#[derive(Clone, Debug)]
pub struct MailChecker(Arc<Checker>);

impl MailChecker {
    /// Asks the machine's resolvers.
    ///
    /// # Errors
    /// [`NoResolver`].
    pub fn of_system() -> Result<Self, NoResolver> {
        Ok(Self(Arc::new(Checker::of_system()?)))
    }

    /// Asks as this one does.
    pub fn of(checker: Checker) -> Self {
        Self(Arc::new(checker))
    }

    /// What asks.
    pub(crate) fn checker(&self) -> &Checker {
        &self.0
    }
}

/// What was understood of a mail.
#[derive(Clone, Debug)]
pub(super) struct Understood {
    /// The whole of it.
    pub(super) message: Message,
    /// What is new in it, as text; all of it where nothing would be.
    pub(super) text: String,
    /// Whether anything in it is new.
    pub(super) has_new: bool,
    /// Whom it names in copy alone, in small letters.
    pub(super) copies: Vec<String>,
    /// What is kept of it in its row.
    pub(super) reading: Reading,
    /// Who wrote it.
    pub(super) nature: Nature,
    /// Whether the domain in its From denies it.
    pub(super) is_denied: bool,
    /// What could not be delivered, if it says that.
    pub(super) bounce: Option<Bounce>,
    /// What somebody complained of, if it says that.
    pub(super) complaint: Option<Complaint>,
    /// What was odd about it: codes.
    pub(super) oddities: Vec<&'static str>,
    /// What it has beyond the words of its message.
    pub(super) shape: shapes::Shape,
    /// What it carries, as the store has taken it.
    pub(super) carried: Vec<(NewName, Stored)>,
}

/// Understands a mail.
///
/// # Errors
/// Says in English why it can't be: a fault of ours, for those who look after the installation.
pub(super) async fn understood(
    raw: Bytes,
    mail: &Mail,
    mailbox: &Mailbox,
    checker: Option<&MailChecker>,
) -> Result<Understood, String> {
    let arrived = jiff::Timestamp::from_microsecond(mail.arrival.arrived_at.0).unwrap_or_default();
    let copy = raw.clone();
    let parsing = tokio::task::spawn_blocking(move || taken_apart(&copy, arrived));
    let (message, divided, shape) = parsing.await.map_err(|error| error.to_string())?;
    let stated = authenticate::statements(&message, &mailbox.trusted);
    let checked = match checker {
        Some(MailChecker(checker)) => checker.check(&raw, peer(mail), stated).await,
        None => stated,
    };
    let identity = authenticate::identity(&message, &checked);
    let finding = automatic::nature(&message);
    let mut reading = Reading {
        nature: nature_word(finding.nature).to_owned(),
        checks: checked.iter().map(said).collect::<Vec<_>>().join(" "),
        identity: identity_word(identity).to_owned(),
        content: Some(sha256(body_of(&raw))),
        ..facts(&message, mailbox)
    };
    if let Some(evidence) = finding.evidence.first() {
        reading.evidence = cut(&format!("{}: {}", evidence.field, evidence.value), 300);
    }
    Ok(Understood {
        bounce: bounces::bounce(&message),
        complaint: bounces::complaint(&message),
        oddities: oddities::codes(&message, &divided.shown),
        shape,
        carried: Vec::new(),
        nature: finding.nature,
        is_denied: identity == Identity::Denied,
        copies: copies(&message),
        reading,
        message,
        has_new: divided.has_new,
        text: divided.shown,
    })
}

/// The message, its text in two, and what it has beyond that.
fn taken_apart(raw: &[u8], arrived: jiff::Timestamp) -> (Message, shapes::Divided, shapes::Shape) {
    let message = understand(raw, arrived, &Limits::default());
    let divided = shapes::divided(&message);
    let shape = shapes::Shape::of(&message, &divided.rest);
    (message, divided, shape)
}

/// Who handed it over, where that was a stranger: what our own servers pass on they have checked.
fn peer(mail: &Mail) -> Option<Peer<'_>> {
    let peer: IpAddr = mail.arrival.peer.parse().ok()?;
    kit::outgoing::is_public(peer).then_some(Peer {
        peer,
        hello: &mail.arrival.hello,
        from: &mail.arrival.envelope_from,
        host: "localhost",
    })
}

/// What stands below the header: the same for every copy of a mail, whatever was written above it on the way.
fn body_of(raw: &[u8]) -> &[u8] {
    let end = raw
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .map(|at| at + 4)
        .or_else(|| raw.windows(2).position(|two| two == b"\n\n").map(|at| at + 2));
    end.map_or(raw, |end| &raw[end..])
}

fn facts(message: &Message, mailbox: &Mailbox) -> Reading {
    let own = std::slice::from_ref(mailbox);
    let writer = message.writer().cloned().unwrap_or_default();
    let list = |addresses: &mut dyn Iterator<Item = &Address>| {
        let mut all: Vec<String> = Vec::new();
        for address in addresses {
            let address = folded(&address.address);
            if !all.contains(&address) && !is_at(own, &address) && all.len() < 50 {
                all.push(address);
            }
        }
        all.join(" ")
    };
    let people = message.from.iter().chain(&message.reply_to);
    let people = list(&mut people.chain(&message.to).chain(&message.cc));
    let answers = list(&mut message.reply_to.iter());
    let sender = folded(&writer.address);
    Reading {
        reply_to: if answers.is_empty() {
            sender.clone()
        } else {
            answers
        },
        sender,
        sender_name: cut(&writer.name, 200),
        subject: cut(&message.subject, 300),
        people,
        references: last(&message.references, &message.in_reply_to).join(" "),
        thread_index: message
            .field("Thread-Index")
            .map_or_else(String::new, |value| cut(value, 500)),
        ..Reading::default()
    }
}

/// Who is named in Cc alone.
fn copies(message: &Message) -> Vec<String> {
    let others = message.from.iter().chain(&message.reply_to).chain(&message.to);
    let others: Vec<String> = others.map(|one| folded(&one.address)).collect();
    let copies = message.cc.iter().map(|one| folded(&one.address));
    copies.filter(|one| !others.contains(one)).collect()
}

/// The newest of what came before; where nothing is said, what is answered.
fn last(references: &[String], answered: &[String]) -> Vec<String> {
    let known = if references.is_empty() {
        answered
    } else {
        references
    };
    known[known.len().saturating_sub(20)..].to_vec()
}

fn cut(text: &str, most: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(most).collect()
}

fn said(statement: &Statement) -> String {
    let method = match statement.method {
        Method::Spf => "spf",
        Method::Dkim => "dkim",
        Method::Dmarc => "dmarc",
        Method::Arc => "arc",
    };
    let outcome = match statement.outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::SoftFail => "softfail",
        Outcome::Neutral => "neutral",
        Outcome::None => "none",
        Outcome::TemporaryError => "temperror",
        Outcome::PermanentError => "permerror",
    };
    format!("{method}={outcome}")
}

fn identity_word(identity: Identity) -> &'static str {
    match identity {
        Identity::Authenticated => "authenticated",
        Identity::Denied => "denied",
        Identity::Unknown => "unknown",
    }
}

fn nature_word(nature: Nature) -> &'static str {
    match nature {
        Nature::Person => "person",
        Nature::AutoReply => "auto_reply",
        Nature::OutOfOffice => "out_of_office",
        Nature::Bulk => "bulk",
        Nature::List => "list",
        Nature::DeliveryReport => "delivery_report",
        Nature::ReadReceipt => "read_receipt",
        Nature::Calendar => "calendar",
        Nature::Challenge => "challenge",
        Nature::Complaint => "complaint",
        Nature::Machine => "machine",
    }
}
