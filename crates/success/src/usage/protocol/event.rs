//! One event: read, checked against every limit, and brought into the form in which the log keeps it.

use std::borrow::Cow;

use kit::clock::Timestamp;
use serde::Deserialize;

use super::field::{Field, Fields};
use super::reason::{Reason, Refused};
use super::times::{self, Stamps};
use super::{LARGEST_EVENT, LONGEST_ID, LONGEST_NAME, MOST_PROPERTIES};

/// What an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Call {
    /// Somebody did something.
    Track,
    /// Who somebody is.
    Identify,
    /// Which group somebody belongs to.
    Group,
    /// Somebody looked at a page.
    Page,
    /// Somebody looked at a screen of an app.
    Screen,
    /// Two ids are one person.
    Alias,
}

impl Call {
    /// Every call.
    pub const ALL: [Self; 6] = [
        Self::Track,
        Self::Identify,
        Self::Group,
        Self::Page,
        Self::Screen,
        Self::Alias,
    ];

    /// The word in paths and events.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Track => "track",
            Self::Identify => "identify",
            Self::Group => "group",
            Self::Page => "page",
            Self::Screen => "screen",
            Self::Alias => "alias",
        }
    }

    /// The call of this word, or of its first letter, as browsers write it.
    pub fn named(word: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|call| call.as_str() == word || (word.len() == 1 && call.as_str().starts_with(word)))
    }
}

/// Who an event is of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// What the company calls them.
    pub user: Option<String>,
    /// What their browser or device is called.
    pub anonymous: Option<String>,
}

/// An event that is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The sender's id of it; none means that it can't be told from another of the same.
    pub message: Option<String>,
    /// What it is.
    pub call: Call,
    /// The name of what was done or looked at; empty for calls without one.
    pub name: String,
    /// Who.
    pub person: Person,
    /// The group it is of.
    pub group: Option<String>,
    /// The id that an alias says was theirs before.
    pub previous: Option<String>,
    /// What the traits call the person or the group.
    pub title: Option<String>,
    /// The address in the traits.
    pub email: Option<String>,
    /// Its times.
    pub stamps: Stamps,
}

/// The fields of an event that are read; everything else is kept as it came.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sent<'a> {
    #[serde(borrow, default, rename = "type")]
    call: Field<'a>,
    #[serde(borrow, default)]
    message_id: Field<'a>,
    #[serde(borrow, default)]
    event: Field<'a>,
    #[serde(borrow, default)]
    name: Field<'a>,
    #[serde(borrow, default)]
    user_id: Field<'a>,
    #[serde(borrow, default)]
    anonymous_id: Field<'a>,
    #[serde(borrow, default)]
    group_id: Field<'a>,
    #[serde(borrow, default)]
    previous_id: Field<'a>,
    #[serde(borrow, default)]
    timestamp: Field<'a>,
    #[serde(borrow, default)]
    original_timestamp: Field<'a>,
    #[serde(borrow, default)]
    sent_at: Field<'a>,
    #[serde(borrow, default)]
    properties: Fields<'a>,
    #[serde(borrow, default)]
    traits: Fields<'a>,
    #[serde(borrow, default)]
    context: Fields<'a>,
}

/// Why not, and what of it.
type Wrong = (Reason, Cow<'static, str>);

/// Reads the item at `index` of what came at `received`; `call` is what the address says, `sent` what the batch says.
///
/// # Errors
/// [`Refused`], with the reason.
pub fn read(
    text: &str,
    index: usize,
    call: Option<Call>,
    (received, sent): (Timestamp, Option<Timestamp>),
) -> Result<Event, Box<Refused>> {
    read_by(text, index, call, &|fields| stamps(fields, (received, sent)))
}

/// What an event says itself that it is, if it is one of the calls.
pub(in crate::usage) fn said(text: &str) -> Option<Call> {
    #[derive(Deserialize)]
    struct Said<'a> {
        #[serde(borrow, default, rename = "type")]
        call: Field<'a>,
    }
    match serde_json::from_str::<Said<'_>>(text).ok()?.call {
        Field::Text(word) if word.len() > 1 => Call::named(&word),
        _ => None,
    }
}

/// Reads an event of the past from line `index` of a file that came at `received`. It stands by its own time, whatever a
/// clock said when it was sent; without one it is refused.
///
/// # Errors
/// [`Refused`], with the reason.
pub fn read_past(text: &str, index: usize, received: Timestamp) -> Result<Event, Box<Refused>> {
    read_by(text, index, None, &|fields| stamps_of_past(fields, received))
}

/// How the times of an event are read.
type Clock<'c> = &'c dyn Fn(&Sent<'_>) -> Result<Stamps, Wrong>;

fn read_by(text: &str, index: usize, call: Option<Call>, clock: Clock<'_>) -> Result<Event, Box<Refused>> {
    // Nothing is copied of an event that is taken.
    let refused = |reason: Reason, about: String| {
        Box::new(Refused {
            index,
            call: call.map_or("", Call::as_str).to_owned(),
            message: None,
            reason,
            about,
            body: text.to_owned(),
        })
    };
    if text.len() > LARGEST_EVENT {
        return Err(refused(Reason::Large, (text.len() / 1024).to_string()));
    }
    if !text.trim_start().starts_with('{') {
        return Err(refused(Reason::Malformed, "expected an object".to_owned()));
    }
    let fields: Sent<'_> =
        serde_json::from_str(text).map_err(|error| refused(Reason::Malformed, error.to_string()))?;
    checked(&fields, call, clock).map_err(|(reason, about)| {
        let mut refused = refused(reason, about.into_owned());
        // What the address says goes before what stands in the event.
        if let (None, Field::Text(word)) = (call, &fields.call) {
            refused.call = word.chars().take(20).filter(|c| *c != '\0').collect();
        }
        refused.message = id("messageId", &fields.message_id).ok().flatten();
        refused
    })
}

fn checked(fields: &Sent<'_>, call: Option<Call>, clock: Clock<'_>) -> Result<Event, Wrong> {
    let call = call.or_else(|| match &fields.call {
        Field::Text(word) if word.len() > 1 => Call::named(word),
        _ => None,
    });
    let call = call.ok_or((Reason::NoCall, "type".into()))?;
    for (name, fields) in [
        ("properties", &fields.properties),
        ("traits", &fields.traits),
        ("context", &fields.context),
    ] {
        if fields.is_wrong {
            return Err((Reason::WrongType, name.into()));
        }
        if fields.count > MOST_PROPERTIES {
            return Err((Reason::ManyProperties, fields.count.to_string().into()));
        }
    }
    let group = id("groupId", &fields.group_id)?;
    let (title, email) = called(fields, call);
    let event = Event {
        message: id("messageId", &fields.message_id)?,
        call,
        name: named(fields, call)?,
        person: Person {
            user: id("userId", &fields.user_id)?,
            anonymous: id("anonymousId", &fields.anonymous_id)?,
        },
        group: match group {
            Some(group) => Some(group),
            None => id("context.groupId", &fields.context.group)?,
        },
        previous: id("previousId", &fields.previous_id)?,
        title,
        email,
        stamps: clock(fields)?,
    };
    fits(event)
}

/// Whether what the call needs is there.
fn fits(event: Event) -> Result<Event, Wrong> {
    let lacks = match event.call {
        Call::Track if event.name.is_empty() => Some(Reason::NoEvent),
        Call::Group if event.group.is_none() => Some(Reason::NoGroup),
        Call::Alias if event.previous.is_none() || event.person.user.is_none() => Some(Reason::NoPrevious),
        _ if event.person == Person::default() => Some(Reason::NoPerson),
        _ => None,
    };
    lacks.map_or(Ok(event), |reason| Err((reason, "".into())))
}

fn stamps(fields: &Sent<'_>, (received, sent): (Timestamp, Option<Timestamp>)) -> Result<Stamps, Wrong> {
    let time = |name: &'static str, field| times::read(field).map_err(|reason| (reason, name.into()));
    let original = match time("originalTimestamp", &fields.original_timestamp)? {
        Some(original) => Some(original),
        None => time("timestamp", &fields.timestamp)?,
    };
    let own = time("sentAt", &fields.sent_at)?;
    Stamps::of(received, sent.or(own), original).map_err(|reason| (reason, "timestamp".into()))
}

/// The stamps of an event of the past. What services give back has its corrected time in `timestamp`.
fn stamps_of_past(fields: &Sent<'_>, received: Timestamp) -> Result<Stamps, Wrong> {
    let time = |name: &'static str, field| times::read(field).map_err(|reason| (reason, name.into()));
    let happened = match time("timestamp", &fields.timestamp)? {
        Some(happened) => Some(happened),
        None => time("originalTimestamp", &fields.original_timestamp)?,
    };
    let happened = happened.ok_or((Reason::NoTime, "timestamp".into()))?;
    Stamps::of(received, None, Some(happened)).map_err(|reason| (reason, "timestamp".into()))
}

fn named(fields: &Sent<'_>, call: Call) -> Result<String, Wrong> {
    let (label, field) = match call {
        Call::Track => ("event", &fields.event),
        Call::Page | Call::Screen => ("name", &fields.name),
        _ => return Ok(String::new()),
    };
    let name = text(label, field)?.unwrap_or_default();
    if name.chars().count() > LONGEST_NAME {
        return Err((Reason::LongName, label.into()));
    }
    Ok(name)
}

/// An id; one that many share is none.
fn id(label: &'static str, field: &Field<'_>) -> Result<Option<String>, Wrong> {
    let found = text(label, field)?.filter(|id| !is_shared(id));
    match found {
        Some(long) if long.chars().count() > LONGEST_ID => Err((Reason::LongId, label.into())),
        fits => Ok(fits),
    }
}

fn text(label: &'static str, field: &Field<'_>) -> Result<Option<String>, Wrong> {
    let text = match field {
        Field::None => return Ok(None),
        Field::Text(text) => text.trim(),
        Field::Number(_, written) => written,
        Field::Wrong => return Err((Reason::WrongType, label.into())),
    };
    if text.contains('\0') {
        return Err((Reason::Nul, label.into()));
    }
    Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
}

/// Whether programs write this where they know nobody: such an id would make one person of many.
fn is_shared(id: &str) -> bool {
    const WORDS: [&str; 13] = [
        "null",
        "undefined",
        "none",
        "nil",
        "nan",
        "anonymous",
        "guest",
        "unknown",
        "user",
        "[object object]",
        "true",
        "false",
        "n/a",
    ];
    let is_word = if id.is_ascii() {
        WORDS.iter().any(|word| word.eq_ignore_ascii_case(id))
    } else {
        WORDS.contains(&id.to_lowercase().as_str())
    };
    is_word || id.chars().all(|c| c == '0' || c == '-')
}

/// What the traits call whom they describe, and the address in them. RudderStack's SDKs put the traits of a person into the
/// context; with any other call those there are of somebody else than whom it describes.
fn called(fields: &Sent<'_>, call: Call) -> (Option<String>, Option<String>) {
    let outer = (title(&fields.traits), trait_of(&fields.traits.email));
    match &fields.context.traits {
        Some(inner) if call == Call::Identify => (
            outer.0.or_else(|| title(inner)),
            outer.1.or_else(|| trait_of(&inner.email)),
        ),
        _ => outer,
    }
}

/// What the traits call whom they describe.
fn title(traits: &Fields<'_>) -> Option<String> {
    trait_of(&traits.name).or_else(|| {
        let parts = [&traits.first_name, &traits.last_name].map(trait_of);
        let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        Some(name).filter(|name| !name.is_empty())
    })
}

/// A trait as far as it can be used; one that can't be is kept with the event and means nothing.
fn trait_of(field: &Field<'_>) -> Option<String> {
    let Field::Text(text) = field else {
        return None;
    };
    let text: String = text.trim().chars().filter(|c| !c.is_control()).collect();
    Some(text).filter(|text| (1..=LONGEST_NAME).contains(&text.chars().count()))
}

#[cfg(test)]
mod tests;
