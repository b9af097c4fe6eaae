//! One event in the log: a line with what the program needs of it, and a line with the event as it came.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::Read;

use kit::clock::Timestamp;
use kit::id::Ids;
use serde::{Deserialize, Serialize};
use zstd::bulk::{Compressor, Decompressor};

use crate::usage::protocol::{Call, Event};

/// By what an event that comes again is known: the first half of its id's SHA-256, of which the seconds when the id was
/// made take the first four bytes where it says them.
pub type Mark = [u8; 16];

/// How hard bodies are packed: the quickest that still takes four fifths away.
const LEVEL: i32 = 1;
/// The largest body that is unpacked; no batch is larger.
const LARGEST: u64 = 64 * 1024 * 1024;

thread_local! {
    /// What packs and unpacks, made once a thread: making it takes longer than packing an event.
    static PACKING: RefCell<Compressor<'static>> =
        RefCell::new(Compressor::new(LEVEL).expect("the level is one that there is"));
    static UNPACKING: RefCell<Decompressor<'static>> = RefCell::new(Decompressor::default());
}

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

/// A header as it is written and as folding reads it: nothing is copied that need not be.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Line<'a> {
    #[serde(rename = "c", borrow)]
    pub(crate) call: Text<'a>,
    #[serde(rename = "n", borrow, default, skip_serializing_if = "Text::is_empty")]
    pub(crate) name: Text<'a>,
    #[serde(rename = "i", borrow, default, skip_serializing_if = "Option::is_none")]
    message: Option<Text<'a>>,
    #[serde(rename = "u", borrow, default, skip_serializing_if = "Option::is_none")]
    pub(crate) user: Option<Text<'a>>,
    #[serde(rename = "a", borrow, default, skip_serializing_if = "Option::is_none")]
    pub(crate) anonymous: Option<Text<'a>>,
    #[serde(rename = "g", borrow, default, skip_serializing_if = "Option::is_none")]
    pub(crate) group: Option<Text<'a>>,
    #[serde(rename = "p", borrow, default, skip_serializing_if = "Option::is_none")]
    pub(crate) previous: Option<Text<'a>>,
    #[serde(rename = "m", borrow, default, skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<Text<'a>>,
    #[serde(rename = "e", borrow, default, skip_serializing_if = "Option::is_none")]
    pub(crate) email: Option<Text<'a>>,
    #[serde(rename = "t")]
    pub(crate) happened: i64,
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    original: Option<i64>,
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    sent: Option<i64>,
    #[serde(rename = "r")]
    received: i64,
}

/// A text that is borrowed wherever it has nothing escaped in it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl Text<'_> {
    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl Entry {
    /// The entry of an event that came as `raw`. One without an id of its sender's gets a mark that no other has.
    pub fn of(ids: &Ids, event: &Event, raw: &str) -> Self {
        let message = match &event.message {
            Some(id) => mark_of(id),
            None => {
                let mut mark = Mark::default();
                ids.fill(&mut mark);
                mark
            }
        };
        // A header has some hundred bytes: once is enough to make room.
        let mut lines = Vec::with_capacity(raw.len() + 320);
        serde_json::to_writer(&mut lines, &Line::of(event)).expect("texts and numbers are always JSON");
        let mut lines = String::from_utf8(lines).expect("JSON is written in UTF-8");
        lines.push('\n');
        // Between values JSON may have line breaks, within texts it has none.
        if raw.bytes().any(|byte| byte == b'\n' || byte == b'\r') {
            lines.extend(raw.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c }));
        } else {
            lines.push_str(raw);
        }
        lines.push('\n');
        Self { message, lines }
    }
}

/// The mark of a sender's id. Segment's SDKs write the time into ids: marks of one time then lie together, and a commit
/// changes a few pages of the index instead of one for each event.
pub(in crate::usage) fn mark_of(id: &str) -> Mark {
    let mut mark = Mark::default();
    mark.copy_from_slice(&kit::text::sha256(id.as_bytes())[..16]);
    if let Some(seconds) = made_at(id) {
        mark[..4].copy_from_slice(&seconds.to_be_bytes());
    }
    mark
}

/// When an id says that it was made, in seconds since 1970: thirteen digits in a row are milliseconds from 2001 to 2033.
fn made_at(id: &str) -> Option<u32> {
    let mut runs = id.split(|c: char| !c.is_ascii_digit());
    let millis = runs.find(|digits| digits.len() == 13 && digits.starts_with('1'))?;
    u32::try_from(millis.parse::<u64>().ok()? / 1_000).ok()
}

impl<'a> Line<'a> {
    fn of(event: &'a Event) -> Self {
        let text = |text: &'a Option<String>| text.as_deref().map(Text::from);
        let micros = |at: Option<Timestamp>| at.map(|at| at.0);
        Self {
            call: event.call.as_str().into(),
            name: event.name.as_str().into(),
            message: text(&event.message),
            user: text(&event.person.user),
            anonymous: text(&event.person.anonymous),
            group: text(&event.group),
            previous: text(&event.previous),
            title: text(&event.title),
            email: text(&event.email),
            happened: event.stamps.happened.0,
            original: micros(event.stamps.original),
            sent: micros(event.stamps.sent),
            received: event.stamps.received.0,
        }
    }
}

impl Header {
    /// The call.
    pub fn call(&self) -> Option<Call> {
        Call::named(&self.call)
    }
}

pub(super) fn packed<'a>(entries: impl Iterator<Item = &'a Entry>) -> Vec<u8> {
    let mut text = String::new();
    for entry in entries {
        text.push_str(&entry.lines);
    }
    pack(&text)
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
    pack(&text)
}

fn pack(text: &str) -> Vec<u8> {
    let packed = PACKING.with_borrow_mut(|packing| packing.compress(text.as_bytes()));
    let mut packed = packed.expect("memory takes what is written to it");
    // Room was made for the worst, and a body may wait for its turn.
    packed.shrink_to_fit();
    packed
}

/// The events of a body, in its order. What can't be read is left out: the log writes nothing of the kind.
pub fn unpacked(body: &[u8]) -> Vec<Logged> {
    let text = unpack(body);
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

/// Reads the headers of a body, in its order, and none of the events as they came.
pub(crate) fn each_header(body: &[u8], mut each: impl FnMut(&Line<'_>)) {
    let text = unpack(body);
    let mut lines = text.lines();
    while let (Some(header), Some(_)) = (lines.next(), lines.next()) {
        if let Ok(line) = serde_json::from_str(header) {
            each(&line);
        }
    }
}

/// How many bytes a body has unpacked; of one that does not say it, the most that it may.
pub(in crate::usage) fn unpacked_size(body: &[u8]) -> u64 {
    let said = zstd::zstd_safe::get_frame_content_size(body).ok().flatten();
    said.map_or(LARGEST, |size| size.min(LARGEST))
}

/// The text of a body; of one that is broken, nothing.
fn unpack(body: &[u8]) -> String {
    let size = zstd::zstd_safe::get_frame_content_size(body).ok().flatten();
    let read = match size.filter(|size| *size <= LARGEST) {
        Some(size) => {
            let size = usize::try_from(size).unwrap_or_default();
            UNPACKING.with_borrow_mut(|unpacking| unpacking.decompress(body, size))
        }
        // Bodies that were packed as a stream do not say how large they are.
        None => zstd::Decoder::new(body).and_then(|unpacking| {
            let mut bytes = Vec::new();
            unpacking.take(LARGEST).read_to_end(&mut bytes)?;
            Ok(bytes)
        }),
    };
    let text = read.and_then(|bytes| String::from_utf8(bytes).map_err(std::io::Error::other));
    text.unwrap_or_else(|error| {
        tracing::error!(%error, "a batch of usage can't be unpacked");
        String::new()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_follow_the_time_that_ids_say_and_are_different_all_the_same() {
        let node = |millis: u64, end: &str| mark_of(&format!("node-next-{millis}-{end}"));
        let first = node(1_764_000_000_000, "a");
        assert_eq!(first, node(1_764_000_000_000, "a"));
        assert_ne!(first, node(1_764_000_000_000, "b"));
        assert_eq!(first[..4], node(1_764_000_000_999, "c")[..4]);
        assert!(first < node(1_764_000_001_000, "a"));
        assert_eq!(made_at("ajs-next-1764000000123-0f3c"), Some(1_764_000_000));
        for other in [
            "",
            "17640000001234",
            "2764000000123",
            "0193c6a2-7d0e-7b3a-8c55-3f2e9d1a4b6c",
        ] {
            assert_eq!(made_at(other), None, "{other}");
            assert_eq!(mark_of(other), kit::text::sha256(other.as_bytes())[..16]);
        }
    }

    #[test]
    fn a_body_is_read_however_it_was_packed() {
        let text = "{\"c\":\"track\",\"n\":\"Say \\\"hi\\\"\",\"u\":\"u-1\",\"t\":7,\"r\":9}\n{}\n";
        let streamed = zstd::encode_all(text.as_bytes(), LEVEL).unwrap();
        for body in [pack(text), streamed] {
            let logged = unpacked(&body);
            assert_eq!((logged.len(), logged[0].raw.as_str()), (1, "{}"));
            assert_eq!(logged[0].header.name, "Say \"hi\"");
            let mut seen = Vec::new();
            each_header(&body, |line| {
                let user = line.user.as_ref().map(|user| user.as_str().to_owned());
                seen.push((line.name.as_str().to_owned(), user, line.happened));
            });
            assert_eq!(seen, [("Say \"hi\"".to_owned(), Some("u-1".to_owned()), 7)]);
        }
        assert!(unpacked(b"no body").is_empty());
    }
}
