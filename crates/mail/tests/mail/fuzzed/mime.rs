//! Bytes as a mail: understood, divided, classified, read as a report, shown.

use super::stored;
use crate::harmless::{assert_harmless, cleaned};
use crate::malformed;
use jiff::Timestamp;
use mail::understand::{Limits, Message, understand};
use mail::{authenticate, automatic, bounces, html, quotes};

/// One mail.
pub fn run(data: &[u8]) {
    let message = understand(data, Timestamp::UNIX_EPOCH, &Limits::default());
    is_within(&message, &Limits::default());
    let division = quotes::text(&message.text);
    let end = division.spans.last().map_or(0, |span| span.range.end);
    assert_eq!(end, message.text.len(), "all of the text is in some span");
    if let Some(written) = &message.html {
        let marked = quotes::html(written);
        assert_harmless(&cleaned(&marked.html).html, "a mail");
        let _ = html::has_look(written);
    }
    let _ = (automatic::nature(&message), automatic::may_be_answered(&message));
    let _ = (bounces::bounce(&message), bounces::complaint(&message));
    let stated = authenticate::statements(&message, &[]);
    assert!(stated.is_empty(), "nobody is believed who was not named");
}

/// What the limits promise.
fn is_within(message: &Message, limits: &Limits) {
    assert!(message.text.len() <= limits.body_bytes, "the text is cut");
    assert!(message.references.len() <= limits.references);
    for list in [
        &message.from,
        &message.to,
        &message.cc,
        &message.bcc,
        &message.reply_to,
    ] {
        assert!(list.len() <= limits.addresses);
    }
    for attachment in &message.attachments {
        let name = attachment.name.as_deref().unwrap_or("named");
        assert!(
            !name.is_empty() && !name.contains(['/', '\\', '\0', '\n']),
            "{name:?}"
        );
    }
}

/// Mails that are broken on purpose, and sound ones.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = (0..200).map(malformed::mail).collect();
    seeds.extend(stored::files("crates/mail/tests/mail/vectors"));
    seeds.extend(stored::files("crates/mail/tests/data/replies/emails"));
    seeds.push(b"Content-Type: text/html\r\n\r\n<p>Hi<blockquote type=cite>old".to_vec());
    seeds
}
