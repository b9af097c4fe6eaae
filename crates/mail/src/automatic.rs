//! Who wrote a mail: a person, or what kind of machine; with the evidence.
//!
//! Nothing is dropped for it. What follows from the nature (whether a ticket opens again, whether a clock runs, whether
//! an automatic answer may go out) is decided elsewhere from [`Nature`] and [`may_be_answered`].

use crate::bounces;
use crate::understand::{Kind, Message};
use crate::words::Words;

/// What kind of sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Nature {
    /// Nothing speaks for a machine.
    Person,
    /// A machine that answers mail, such as "we got your request".
    AutoReply,
    /// A machine that answers while somebody is away.
    OutOfOffice,
    /// To many at once.
    Bulk,
    /// Through a mailing list; a person may have written it.
    List,
    /// Mail that could not be delivered, or is late (RFC 3464).
    DeliveryReport,
    /// Somebody's program says that a mail was opened or deleted (RFC 3798).
    ReadReceipt,
    /// An invitation, or the answer to one.
    Calendar,
    /// Asks the sender to prove being a person.
    Challenge,
    /// A provider passes on that somebody pressed "this is spam" (RFC 5965).
    Complaint,
    /// A machine, of no kind above.
    Machine,
}

/// What speaks for it: the field and its value, in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The header field, or `Subject`, or `From`.
    pub field: String,
    /// Its value, cut.
    pub value: String,
}

/// The nature of a mail and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub nature: Nature,
    /// Why; empty for a person.
    pub evidence: Vec<Evidence>,
}

/// Subjects of people who are away, at the beginning of the subject.
static AWAY: Words = Words::new(|| include_str!("words/away.txt"));

/// Subjects of programs that say a mail was read or deleted unread.
static READ: Words = Words::new(|| include_str!("words/read.txt"));

static MACHINES: Words = Words::new(|| include_str!("words/machines.txt"));

/// Decides what kind of sender wrote this.
pub fn nature(message: &Message) -> Finding {
    let checks: [fn(&Message) -> Option<Finding>; 7] = [
        complaint, receipt, delivery, submitted, challenge, calendar, spread,
    ];
    checks.iter().find_map(|check| check(message)).unwrap_or(Finding {
        nature: Nature::Person,
        evidence: Vec::new(),
    })
}

/// Whether an automatic answer may go to this mail (RFC 3834 2): not to machines, lists, the null address, or who asks
/// not to get any. Beside this there are budgets, which are counted elsewhere.
pub fn may_be_answered(message: &Message) -> Result<(), Evidence> {
    let found = nature(message);
    if found.nature != Nature::Person {
        return Err(found
            .evidence
            .into_iter()
            .next()
            .unwrap_or_else(|| evidence("Subject", &message.subject)));
    }
    if let Some(path) = message
        .field("Return-Path")
        .filter(|path| matches!(path.trim(), "<>" | ""))
    {
        return Err(evidence("Return-Path", path));
    }
    if let Some(value) = message
        .field("X-Auto-Response-Suppress")
        .filter(|value| suppresses(value))
    {
        return Err(evidence("X-Auto-Response-Suppress", value));
    }
    for name in ["X-Loop", "X-Autorespond", "Feedback-ID", "List-Unsubscribe"] {
        if let Some(value) = message.field(name) {
            return Err(evidence(name, value));
        }
    }
    match message.writer() {
        None => Err(evidence("From", "")),
        Some(writer) if is_machine(&writer.address) => Err(evidence("From", &writer.address)),
        Some(_) => Ok(()),
    }
}

fn suppresses(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    ["all", "autoreply", "oof"]
        .iter()
        .any(|word| lower.split([',', ' ', ';']).any(|part| part == *word))
}

fn evidence(field: &str, value: &str) -> Evidence {
    let value = value.trim();
    let mut end = value.len().min(200);
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    Evidence {
        field: field.to_owned(),
        value: value[..end].to_owned(),
    }
}

fn found(nature: Nature, field: &str, value: &str) -> Option<Finding> {
    Some(Finding {
        nature,
        evidence: vec![evidence(field, value)],
    })
}

fn complaint(message: &Message) -> Option<Finding> {
    let complaint = bounces::complaint(message)?;
    found(Nature::Complaint, "Content-Type", &complaint.kind)
}

fn receipt(message: &Message) -> Option<Finding> {
    let is_report = message.report_type.as_deref() == Some("disposition-notification");
    if is_report || message.attached(Kind::Disposition).is_some() {
        return found(Nature::ReadReceipt, "Content-Type", &message.media_type);
    }
    let subject = message.subject.to_lowercase();
    let has_subject = READ.iter().any(|known| subject.starts_with(known));
    let is_exchange = message.field("X-MS-Exchange-Inbox-Rules-Loop").is_some()
        || message.field("X-Auto-Response-Suppress").is_some();
    (has_subject && is_exchange)
        .then(|| found(Nature::ReadReceipt, "Subject", &message.subject))
        .flatten()
}

fn delivery(message: &Message) -> Option<Finding> {
    bounces::bounce(message)?;
    if message.attached(Kind::DeliveryStatus).is_some() {
        return found(Nature::DeliveryReport, "Content-Type", &message.media_type);
    }
    let writer = message
        .writer()
        .map(|writer| writer.address.as_str())
        .unwrap_or_default();
    found(Nature::DeliveryReport, "From", writer)
}

/// What answers by itself says so, in one of many ways.
fn submitted(message: &Message) -> Option<Finding> {
    let is_away = is_away(message);
    let replied = if is_away {
        Nature::OutOfOffice
    } else {
        Nature::AutoReply
    };
    if let Some(value) = message.field("Auto-Submitted") {
        let keyword = value
            .split([';', ' ', '('])
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        // `no` says that a person wrote it (RFC 3834 5).
        let is_replied =
            keyword.starts_with("auto-replied") || value.to_ascii_lowercase().contains("vacation");
        let nature = match keyword.as_str() {
            "no" | "" => None,
            _ if value.to_ascii_lowercase().contains("vacation") => Some(Nature::OutOfOffice),
            _ if is_replied => Some(replied),
            "auto-generated" if is_away => Some(Nature::OutOfOffice),
            _ if message.field("List-Id").is_some() => Some(Nature::List),
            _ => Some(Nature::Machine),
        };
        if let Some(nature) = nature {
            return found(nature, "Auto-Submitted", value);
        }
    }
    if let Some(finding) = replying(message, replied) {
        return Some(finding);
    }
    away_by_subject(message, is_away)
}

/// Fields older than the standard.
fn replying(message: &Message, replied: Nature) -> Option<Finding> {
    for name in [
        "X-Autoreply",
        "X-Autorespond",
        "X-Autoresponder",
        "X-Autogenerated",
        "X-Auto-Reply",
        "X-AutoReply-From",
        "X-Mail-Autoreply",
        "X-POST-MessageClass",
        "X-Vacation",
    ] {
        if let Some(value) = message
            .field(name)
            .filter(|value| !value.trim().eq_ignore_ascii_case("no"))
        {
            return found(replied, name, value);
        }
    }
    if let Some(value) = message
        .field("Precedence")
        .filter(|value| value.to_ascii_lowercase().contains("auto"))
    {
        return found(replied, "Precedence", value);
    }
    if let Some(value) = message
        .field("Delivered-To")
        .filter(|value| value.to_ascii_lowercase().contains("autoresponder"))
    {
        return found(replied, "Delivered-To", value);
    }
    None
}

fn away_by_subject(message: &Message, is_away: bool) -> Option<Finding> {
    // Words in a subject need a second sign: people write about holidays.
    let is_null = message
        .field("Return-Path")
        .is_some_and(|path| path.trim() == "<>");
    let has_sign = is_null
        || message.field("X-Auto-Response-Suppress").is_some()
        || message.field("X-MS-Exchange-Generated-Message-Source").is_some()
        || message.field("Precedence").is_some();
    let is_announced = AWAY.iter().any(|known| {
        let subject = message.subject.to_lowercase();
        let has_colon = subject
            .strip_prefix(known)
            .is_some_and(|rest| rest.trim_start().starts_with([':', '：']));
        let is_telling = known.contains(' ') || known.chars().any(|letter| letter > '\u{2e80}');
        has_colon && is_telling
    });
    (is_away && (has_sign || is_announced))
        .then(|| found(Nature::OutOfOffice, "Subject", &message.subject))
        .flatten()
}

fn is_away(message: &Message) -> bool {
    let subject = message.subject.to_lowercase();
    AWAY.iter().any(|known| subject.starts_with(known))
}

/// Services that hold mail back until its sender clicks.
fn challenge(message: &Message) -> Option<Finding> {
    for name in [
        "X-Spamarrest-noauth",
        "X-Boxbe-Challenge",
        "X-Qwikify-Challenge",
        "X-TMDA-Confirm",
        "X-Challenge-Response",
    ] {
        if let Some(value) = message.field(name) {
            return found(Nature::Challenge, name, value);
        }
    }
    let writer = message
        .writer()
        .map(|writer| writer.address.to_ascii_lowercase())
        .unwrap_or_default();
    let services = [
        "@spamarrest.com",
        "@boxbe.com",
        "@sendio.com",
        "@mailinblack.com",
        "@vaderetro.com",
    ];
    services
        .iter()
        .any(|service| writer.ends_with(service))
        .then(|| found(Nature::Challenge, "From", &writer))
        .flatten()
}

/// A mail that is an invitation, not one that carries a calendar among other things.
fn calendar(message: &Message) -> Option<Finding> {
    let attached = message.attached(Kind::Calendar)?;
    let text =
        String::from_utf8_lossy(&attached.content[..attached.content.len().min(4_000)]).to_ascii_uppercase();
    let has_method = [
        "METHOD:REQUEST",
        "METHOD:REPLY",
        "METHOD:CANCEL",
        "METHOD:COUNTER",
    ]
    .iter()
    .any(|method| text.contains(method));
    has_method
        .then(|| found(Nature::Calendar, "Content-Type", "text/calendar"))
        .flatten()
}

/// To many: lists, newsletters and what else goes around.
fn spread(message: &Message) -> Option<Finding> {
    for name in [
        "List-Id",
        "List-Post",
        "X-Mailing-List",
        "X-Mailman-Version",
        "X-BeenThere",
    ] {
        if let Some(value) = message.field(name) {
            let is_marketing = message.field("List-Unsubscribe").is_some()
                && message.field("List-Post").is_none()
                && message.field("Feedback-ID").is_some();
            return found(
                if is_marketing { Nature::Bulk } else { Nature::List },
                name,
                value,
            );
        }
    }
    if let Some(value) = message.field("Precedence") {
        let lower = value.trim().to_ascii_lowercase();
        match lower.as_str() {
            "list" => return found(Nature::List, "Precedence", value),
            "bulk" | "junk" => return found(Nature::Bulk, "Precedence", value),
            _ => {}
        }
    }
    for name in [
        "List-Unsubscribe",
        "Feedback-ID",
        "X-Campaign",
        "X-CampaignID",
        "X-Mailgun-Tag",
        "X-SG-EID",
        "X-MC-User",
    ] {
        if let Some(value) = message.field(name) {
            return found(Nature::Bulk, name, value);
        }
    }
    let writer = message.writer()?;
    is_machine(&writer.address)
        .then(|| found(Nature::Machine, "From", &writer.address))
        .flatten()
}

fn is_machine(address: &str) -> bool {
    let local = address
        .split(['@', '+'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    MACHINES.iter().any(|known| {
        local == *known
            || local.starts_with("noreply")
            || local.starts_with("no-reply")
            || local.ends_with("-noreply")
            || local.ends_with("-bounces")
    })
}
