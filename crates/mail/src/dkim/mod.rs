//! Signing what we send (RFC 6376), so that the world knows it from what others send in our name.
//!
//! The time of a signature is a parameter, and both kinds of signature hold no randomness: the same mail signed twice is the
//! same bytes, as it must be where it may be sent twice. From and what shows in a list of mails are signed once more than
//! they occur, so that nobody can add a second one.

mod canonical;
mod keys;
mod published;

pub(crate) use canonical::{body as relaxed_body, header_end};
pub use keys::{Algorithm, Secret, generate};
pub use published::Published;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use keys::Key;
use std::fmt;

/// Why nothing can be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DkimError {
    /// The bytes are no key of that kind.
    #[error("the key can't be used")]
    Key,
    /// Domain or selector are no names.
    #[error("domain and selector must be names of the DNS, such as example.com and s1")]
    Name,
    /// The mail has no From.
    #[error("a mail without From can't be signed")]
    NoFrom,
}

/// Signs for one domain with one key.
pub struct Signer {
    domain: String,
    selector: String,
    key: Key,
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Signer({}, {}, {:?})",
            self.domain,
            self.selector,
            self.key.algorithm()
        )
    }
}

/// Fields that are signed as often as they occur and once more.
const GUARDED: &[&str] = &["from", "to", "cc", "subject", "date", "reply-to"];
/// Fields that are signed as often as they occur; relays may add others of them.
const SIGNED: &[&str] = &[
    "message-id",
    "in-reply-to",
    "references",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "auto-submitted",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
];

impl Signer {
    /// Signs for `domain` with the key that is published under `selector`.
    ///
    /// # Errors
    /// [`DkimError::Name`] and [`DkimError::Key`].
    pub fn new(domain: &str, selector: &str, secret: &Secret) -> Result<Self, DkimError> {
        if !is_name(domain) || !is_name(selector) || !domain.contains('.') {
            return Err(DkimError::Name);
        }
        Ok(Self {
            domain: domain.to_ascii_lowercase(),
            selector: selector.to_ascii_lowercase(),
            key: Key::of(secret)?,
        })
    }

    /// The name and the text of the TXT record to publish.
    pub fn record(&self) -> (String, String) {
        let name = format!("{}._domainkey.{}", self.selector, self.domain);
        (name, self.key.record())
    }

    /// The field to put before a mail, with its end of line.
    ///
    /// # Errors
    /// [`DkimError::NoFrom`].
    pub fn sign(&self, raw: &[u8], at: Timestamp) -> Result<Vec<u8>, DkimError> {
        let end = header_end(raw);
        let fields = canonical::fields(&raw[..end]);
        let names = signed_names(&fields).ok_or(DkimError::NoFrom)?;
        let body_hash = ring::digest::digest(&ring::digest::SHA256, &canonical::body(&raw[end..]));
        let unsigned = format!(
            " v=1; a={}; c=relaxed/relaxed; d={};\r\n\ts={}; t={}; h={};\r\n\tbh={};\r\n\tb=",
            self.key.algorithm().name(),
            self.domain,
            self.selector,
            at.as_second(),
            folded(&names.join(":"), ':'),
            STANDARD.encode(body_hash.as_ref()),
        );
        let mut data = chosen(&fields, &names);
        data.extend(canonical::field(b"DKIM-Signature", unsigned.as_bytes()));
        let signature = STANDARD.encode(self.key.sign(&data)?);
        let field = format!("DKIM-Signature:{unsigned}{}\r\n", cut(&signature));
        Ok(field.into_bytes())
    }
}

/// Labels of letters, digits, `-` and `_`.
fn is_name(name: &str) -> bool {
    name.len() <= 253
        && name.split('.').all(|label| {
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
            (1..=63).contains(&label.len()) && label.bytes().all(is_plain)
        })
}

/// The names for `h=`; nothing for a mail without From.
fn signed_names(fields: &[(&[u8], &[u8])]) -> Option<Vec<&'static str>> {
    let count = |name: &str| {
        fields
            .iter()
            .filter(|(known, _)| known.trim_ascii().eq_ignore_ascii_case(name.as_bytes()))
            .count()
    };
    if count("from") == 0 {
        return None;
    }
    let guarded = GUARDED.iter().map(|name| (*name, count(name) + 1));
    let signed = SIGNED.iter().map(|name| (*name, count(name)));
    Some(
        guarded
            .chain(signed)
            .flat_map(|(name, count)| std::iter::repeat_n(name, count))
            .collect(),
    )
}

/// The named fields in their relaxed form, from the lowest of a name upwards (RFC 6376 5.4.2); one that isn't there is
/// nothing.
fn chosen(fields: &[(&[u8], &[u8])], names: &[&str]) -> Vec<u8> {
    let mut left: Vec<&(&[u8], &[u8])> = fields.iter().collect();
    let mut data = Vec::new();
    for name in names {
        let lowest = left
            .iter()
            .rposition(|(known, _)| known.trim_ascii().eq_ignore_ascii_case(name.as_bytes()));
        if let Some(at) = lowest {
            let (name, value) = left.remove(at);
            data.extend(canonical::field(name, value));
            data.extend_from_slice(b"\r\n");
        }
    }
    data
}

/// A list over several lines.
fn folded(list: &str, separator: char) -> String {
    let mut lines = String::new();
    let mut length = 20;
    for item in list.split_inclusive(separator) {
        if length + item.len() > 74 {
            lines.push_str("\r\n\t ");
            length = 9;
        }
        lines.push_str(item);
        length += item.len();
    }
    lines
}

/// A signature over several lines.
fn cut(text: &str) -> String {
    let pieces: Vec<&str> = text
        .as_bytes()
        .chunks(70)
        .map(|piece| std::str::from_utf8(piece).unwrap_or_default())
        .collect();
    pieces.join("\r\n\t ")
}
