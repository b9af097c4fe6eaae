//! Which addresses a mail says could not be reached, for how long, and which mail it is about.
//!
//! Reports by the book (RFC 3464) are read as data. All others are letters that mail programs write to people, read by
//! what such letters have in common: they announce addresses, name them on lines of their own or beside an error, and
//! end where the copy of the original begins. Nothing here knows a single program.

mod reason;
mod report;
mod told;

pub use reason::{Reason, reason};

use crate::understand::{Kind, Limits, Message, understand};

/// Whether trying again makes sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lasting {
    /// It won't arrive: suppress the address.
    Permanent,
    /// The other side goes on trying, or said that it was busy.
    Temporary,
}

/// One address that was not reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// As the mail was addressed, where the report says so.
    pub address: String,
    /// For good, or not yet.
    pub lasting: Lasting,
    /// The enhanced status (RFC 3463), such as `5.1.1`.
    pub status: Option<String>,
    /// Why, in a word.
    pub reason: Reason,
    /// What the other server said, in one line.
    pub said: String,
}

/// The mail that did not arrive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Original {
    /// Its Message-ID, without brackets.
    pub message_id: Option<String>,
    /// Its subject.
    pub subject: Option<String>,
}

/// A delivery report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    /// Addresses that were not reached; empty if the report names none that could be found.
    pub failures: Vec<Failure>,
    /// Whether it says of everybody whom it names that the mail arrived, or was passed on.
    pub has_arrived: bool,
    /// The mail it is about, as far as the report has it.
    pub original: Original,
}

/// A complaint of somebody who pressed "this is spam" (RFC 5965).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// `abuse`, `fraud`, `not-spam` and so on.
    pub kind: String,
    /// Who complained, where the provider says so.
    pub address: Option<String>,
    /// The mail it is about.
    pub original: Original,
}

/// Reads a mail as a delivery report; nothing if it isn't one.
pub fn bounce(message: &Message) -> Option<Bounce> {
    let reported = report::failures(message);
    let certainty = told::certainty(message);
    if reported.is_none() && certainty == told::Certainty::None {
        return None;
    }
    let has_report = reported.is_some();
    let mut failures = reported.unwrap_or_default();
    let has_arrived = failures.is_empty() && report::says_it_arrived(message);
    if failures.is_empty() && !has_arrived {
        failures = told::failures(message);
        if failures.is_empty() {
            failures = passed_on(message);
        }
    }
    // A letter that only sounds like a report must name somebody.
    if !has_report && certainty == told::Certainty::Words && failures.is_empty() {
        return None;
    }
    Some(Bounce {
        failures,
        has_arrived,
        original: original(message),
    })
}

/// A report that some gateway wrapped into a mail of its own.
fn passed_on(message: &Message) -> Vec<Failure> {
    let attached = message
        .attachments
        .iter()
        .filter(|attachment| attachment.kind == Kind::Message);
    for wrapped in attached.take(3) {
        let inner = understand(&wrapped.content, message.written.at, &Limits::default());
        if let Some(failures) = report::failures(&inner).filter(|failures| !failures.is_empty()) {
            return failures;
        }
        if told::certainty(&inner) == told::Certainty::Sender {
            return told::failures(&inner);
        }
    }
    Vec::new()
}

/// Reads a mail as a complaint; nothing if it isn't one.
pub fn complaint(message: &Message) -> Option<Complaint> {
    let feedback = message.attached(Kind::Feedback)?;
    let fields = crate::understand::blocks(&feedback.content).concat();
    let value = |name: &str| {
        let field = fields
            .iter()
            .find(|field| field.name.eq_ignore_ascii_case(name))?;
        Some(field.value.trim().to_owned()).filter(|value| !value.is_empty())
    };
    Some(Complaint {
        kind: value("Feedback-Type")
            .unwrap_or_else(|| "abuse".into())
            .to_ascii_lowercase(),
        address: value("Original-Rcpt-To")
            .or_else(|| value("Removal-Recipient"))
            .and_then(|value| report::address(&value)),
        original: original(message),
    })
}

/// The mail that came back, from the copy attached or quoted.
fn original(message: &Message) -> Original {
    let limits = Limits::default();
    let attached = message
        .attachments
        .iter()
        .filter(|attachment| attachment.kind == Kind::Message);
    for copy in attached {
        let inner = understand(&copy.content, message.written.at, &limits);
        if inner.message_id.is_some() || !inner.subject.is_empty() {
            return Original {
                message_id: inner.message_id,
                subject: Some(inner.subject).filter(|subject| !subject.is_empty()),
            };
        }
    }
    told::original(message)
}
