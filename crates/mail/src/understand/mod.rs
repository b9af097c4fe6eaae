//! From raw bytes to a [`Message`], whatever the bytes are.
//!
//! [`understand`] never fails and never panics: what is odd is named in [`Message::troubles`], and what can't be
//! taken apart is one attachment. The same bytes always make the same message, so it can be done again over old mail
//! when this gets better.

mod attachment;
mod body;
mod charset;
mod fields;
mod limits;
mod lists;
mod names;
mod parameters;
mod rtf;
mod structure;
mod tnef;
mod transfer;
mod trouble;
mod values;
mod words;

pub use attachment::{Attachment, Kind};
pub use limits::Limits;
pub use names::safe_file_name;
pub use trouble::{Trouble, Troubles};
pub use values::{Address, Written};

use fields::RawFields;
use jiff::Timestamp;
use limits::Work;
use structure::{Part, Walk};

/// One header field, decoded, in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// As it is written in the mail.
    pub name: String,
    /// Without folds and encoded words.
    pub value: String,
}

/// A mail, understood as far as it can be.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Its own identifier, without brackets.
    pub message_id: Option<String>,
    /// What it answers, as its writer's program says.
    pub in_reply_to: Vec<String>,
    /// The conversation before it, oldest first.
    pub references: Vec<String>,
    /// When it was written.
    pub written: Written,
    /// Who wrote it.
    pub from: Vec<Address>,
    /// Who sent it, where that is somebody else.
    pub sender: Option<Address>,
    /// Where answers should go.
    pub reply_to: Vec<Address>,
    /// To whom.
    pub to: Vec<Address>,
    /// Who else may read it.
    pub cc: Vec<Address>,
    /// Who else, unseen by the others.
    pub bcc: Vec<Address>,
    /// In one line; empty if there is none.
    pub subject: String,
    /// What there is to read as plain text; made from the HTML if the mail has nothing else.
    pub text: String,
    /// Whether `text` was made from the HTML.
    pub is_text_from_html: bool,
    /// What there is to read as HTML, as it came: not safe to show.
    pub html: Option<String>,
    /// Everything else, in the order of the mail.
    pub attachments: Vec<Attachment>,
    /// All header fields, from top to bottom.
    pub fields: Vec<Field>,
    /// The media type of the whole, in small letters, such as `multipart/report`.
    pub media_type: String,
    /// The parameter `report-type` of a multipart/report.
    pub report_type: Option<String>,
    /// Everything odd about it.
    pub troubles: Troubles,
}

impl Message {
    /// The value of the first field of this name.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|field| field.name.eq_ignore_ascii_case(name))
            .map(|field| field.value.as_str())
    }

    /// The values of all fields of this name, from top to bottom.
    pub fn all<'m>(&'m self, name: &'m str) -> impl Iterator<Item = &'m str> + 'm {
        self.fields
            .iter()
            .filter(move |field| field.name.eq_ignore_ascii_case(name))
            .map(|field| field.value.as_str())
    }

    /// Who counts as its writer: the first address in From, or in Sender.
    pub fn writer(&self) -> Option<&Address> {
        self.from.first().or(self.sender.as_ref())
    }

    /// The first attachment of this kind.
    pub fn attached(&self, kind: Kind) -> Option<&Attachment> {
        self.attachments.iter().find(|attachment| attachment.kind == kind)
    }
}

/// Understands one mail. `arrived` is when we got it: nothing counts as written later.
pub fn understand(raw: &[u8], arrived: Timestamp, limits: &Limits) -> Message {
    let mut troubles = Troubles::default();
    let mut work = Work::of(limits);
    let looked_at = &raw[..raw.len().min(limits.bytes)];
    if looked_at.len() < raw.len() {
        troubles.add(Trouble::TooLarge);
    }
    let mut walk = Walk {
        limits,
        work: &mut work,
        troubles: &mut troubles,
        parts: 0,
    };
    let root = walk.part(without_mark(looked_at), 0, false);
    if root.fields.0.is_empty() {
        troubles.add(Trouble::NoFields);
    }
    let content = body::content(&root, limits, &mut work, &mut troubles);
    let mut message = Message {
        text: content.text,
        is_text_from_html: content.is_text_from_html,
        html: content.html,
        attachments: content.attachments,
        media_type: root.essence().to_owned(),
        report_type: root.media.get("report-type").map(str::to_ascii_lowercase),
        ..header(&root.fields, arrived, limits, &mut troubles)
    };
    if message.text.trim().is_empty() && message.html.is_none() {
        troubles.add(Trouble::NoBody);
    }
    message.troubles = troubles;
    message
}

/// A byte order mark or empty lines before the header.
fn without_mark(raw: &[u8]) -> &[u8] {
    let raw = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw);
    let blank = raw
        .iter()
        .take_while(|byte| matches!(byte, b'\r' | b'\n'))
        .count();
    &raw[blank.min(100)..]
}

fn header(raw: &RawFields<'_>, arrived: Timestamp, limits: &Limits, troubles: &mut Troubles) -> Message {
    let mut list = |name: &str| {
        let mut found: Vec<Address> = Vec::new();
        for value in raw.all(name) {
            for address in values::addresses(value, limits, troubles) {
                if found.len() < limits.addresses && !found.contains(&address) {
                    found.push(address);
                }
            }
        }
        found
    };
    let (from, sender) = (list("from"), list("sender").into_iter().next());
    let (reply_to, to, cc, bcc) = (list("reply-to"), list("to"), list("cc"), list("bcc"));
    let message_ids = identifiers(raw, "message-id", limits);
    let in_reply_to = identifiers(raw, "in-reply-to", limits);
    let references = identifiers(raw, "references", limits);
    let has_message_id_field = raw.get("message-id").is_some();
    let subject = words::text(raw.get("subject").unwrap_or_default(), troubles);
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    let written = values::written(raw.get("date"), arrived, troubles);
    let fields = raw.0.iter().map(|field| Field {
        name: field.name.to_owned(),
        value: words::text(field.value, troubles),
    });
    let fields = fields.collect();
    let id_count = has_message_id_field.then_some(message_ids.len());
    let message = Message {
        message_id: message_ids.into_iter().next(),
        in_reply_to,
        references,
        written,
        from,
        sender,
        reply_to,
        to,
        cc,
        bcc,
        subject,
        text: String::new(),
        is_text_from_html: false,
        html: None,
        attachments: Vec::new(),
        fields,
        media_type: String::new(),
        report_type: None,
        troubles: Troubles::default(),
    };
    name_oddities(&message, id_count, raw.all("from").count(), troubles);
    message
}

fn identifiers(raw: &RawFields<'_>, name: &str, limits: &Limits) -> Vec<String> {
    let all = raw
        .all(name)
        .flat_map(|value| values::identifiers(value, limits.references));
    let mut known: Vec<String> = Vec::new();
    for id in all {
        if !known.contains(&id) {
            known.push(id);
        }
    }
    let surplus = known.len().saturating_sub(limits.references);
    known.split_off(surplus)
}

/// `id_count` is how many identifiers the Message-ID field holds, if there is one.
fn name_oddities(message: &Message, id_count: Option<usize>, from_fields: usize, troubles: &mut Troubles) {
    let has_recipients = !(message.to.is_empty() && message.cc.is_empty() && message.bcc.is_empty());
    let oddities = [
        (id_count.is_none(), Trouble::NoMessageId),
        (id_count.is_some_and(|count| count != 1), Trouble::OddMessageId),
        (message.from.is_empty(), Trouble::NoFrom),
        (message.from.len() > 1 || from_fields > 1, Trouble::ManyFrom),
        (!has_recipients, Trouble::NoRecipients),
        (message.subject.is_empty(), Trouble::NoSubject),
    ];
    for (is_odd, trouble) in oddities {
        if is_odd {
            troubles.add(trouble);
        }
    }
}

/// Reads fields that stand in a body, such as those of a delivery report, block by block.
pub(crate) fn blocks(content: &[u8]) -> Vec<Vec<Field>> {
    let limits = Limits::default();
    let mut troubles = Troubles::default();
    let mut blocks = Vec::new();
    let mut rest = content;
    while !rest.is_empty() && blocks.len() < 1_000 {
        let (fields, end) = RawFields::read(rest, &limits, &mut troubles);
        if !fields.0.is_empty() {
            let block = fields.0.iter().map(|field| Field {
                name: field.name.to_owned(),
                value: words::text(field.value, &mut troubles),
            });
            blocks.push(block.collect());
        }
        // A line that is no field is passed over, so that the reading always gets on.
        let next = if end == 0 {
            fields::line_at(rest, 0).end
        } else {
            end
        };
        rest = &rest[next..];
    }
    blocks
}

/// Whether this part is something to read rather than to save.
fn is_readable(part: &Part<'_>) -> bool {
    matches!(
        part.essence(),
        "text/plain" | "text/html" | "text/enriched" | "text/richtext"
    )
}
