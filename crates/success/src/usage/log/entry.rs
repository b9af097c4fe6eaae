//! One event in the log: a line with what the program needs of it, and a line with the event as it came.

use std::io::{Read, Write};

use kit::clock::Timestamp;
use kit::id::Ids;
use serde::{Deserialize, Serialize};

use crate::usage::protocol::{Call, Event};

/// By what an event that comes again is known: the first half of its id's SHA-256.
pub type Mark = [u8; 16];

/// How hard bodies are packed: the quickest that still takes four fifths away.
const LEVEL: i32 = 1;
/// The largest body that is unpacked; no batch is larger.
const LARGEST: u64 = 64 * 1024 * 1024;

/// An event on its way into the log.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its mark.
    pub message: Mark,
    lines: String,
}

/// What the program needs of an event. The letters are short because there are millions of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The call.
    #[serde(rename = "c")]
    pub call: String,
    /// The name of what was done.
    #[serde(rename = "n", default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The sender's id of it.
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What the company calls the person.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// What their browser is called.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub anonymous: Option<String>,
    /// The group.
    #[serde(rename = "g", default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The id before.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
    /// What the traits call it.
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The address in the traits.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// When it happened, by our clock.
    #[serde(rename = "t")]
    pub happened: i64,
    /// When it happened, by the sender's.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub original: Option<i64>,
    /// When it was sent, by the sender's.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<i64>,
    /// When it came.
    #[serde(rename = "r")]
    pub received: i64,
}

/// An event as the log gives it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// What the program needs of it.
    pub header: Header,
    /// The event as it came, in one line.
    pub raw: String,
}

impl Entry {
    /// The entry of an event that came as `raw`. One without an id of its sender's gets a mark that no other has.
    pub fn of(ids: &Ids, event: &Event, raw: &str) -> Self {
        let mut message = Mark::default();
        match &event.message {
            Some(id) => message.copy_from_slice(&kit::text::sha256(id.as_bytes())[..16]),
            None => ids.fill(&mut message),
        }
        let micros = |at: Option<Timestamp>| at.map(|at| at.0);
        let header = Header {
            call: event.call.as_str().to_owned(),
            name: event.name.clone(),
            message: event.message.clone(),
            user: event.person.user.clone(),
            anonymous: event.person.anonymous.clone(),
            group: event.group.clone(),
            previous: event.previous.clone(),
            title: event.title.clone(),
            email: event.email.clone(),
            happened: event.stamps.happened.0,
            original: micros(event.stamps.original),
            sent: micros(event.stamps.sent),
            received: event.stamps.received.0,
        };
        let mut lines = serde_json::to_string(&header).expect("texts and numbers are always JSON");
        lines.push('\n');
        // Between values JSON may have line breaks, within texts it has none.
        lines.extend(raw.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c }));
        lines.push('\n');
        Self { message, lines }
    }
}

impl Header {
    /// The call.
    pub fn call(&self) -> Option<Call> {
        Call::named(&self.call)
    }
}

pub(super) fn packed<'a>(entries: impl Iterator<Item = &'a Entry>) -> Vec<u8> {
    let mut packing = zstd::Encoder::new(Vec::new(), LEVEL).expect("the level is one that there is");
    for entry in entries {
        packing
            .write_all(entry.lines.as_bytes())
            .expect("memory takes what is written to it");
    }
    packing.finish().expect("memory takes what is written to it")
}

/// The body of events that the log gave back.
pub(super) fn packed_again(events: &[&Logged]) -> Vec<u8> {
    let mut text = String::new();
    for event in events {
        text.push_str(&serde_json::to_string(&event.header).expect("texts and numbers are always JSON"));
        text.push('\n');
        text.push_str(&event.raw);
        text.push('\n');
    }
    zstd::encode_all(text.as_bytes(), LEVEL).expect("memory takes what is written to it")
}

/// The events of a body, in its order. What can't be read is left out: the log writes nothing of the kind.
pub fn unpacked(body: &[u8]) -> Vec<Logged> {
    let mut text = String::new();
    let read =
        zstd::Decoder::new(body).and_then(|unpacking| unpacking.take(LARGEST).read_to_string(&mut text));
    if let Err(error) = read {
        tracing::error!(%error, "a batch of usage can't be unpacked");
        return Vec::new();
    }
    let mut lines = text.lines();
    let mut all = Vec::new();
    while let (Some(header), Some(raw)) = (lines.next(), lines.next()) {
        if let Ok(header) = serde_json::from_str(header) {
            all.push(Logged {
                header,
                raw: raw.to_owned(),
            });
        }
    }
    all
}
