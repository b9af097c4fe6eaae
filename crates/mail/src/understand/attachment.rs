//! What a mail carries beside its text.

use super::fields::RawFields;
use super::limits::Limits;
use super::names::safe_file_name;
use super::structure::Part;
use super::trouble::{Trouble, Troubles};
use super::{transfer, values, words};

/// What an attachment is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A file to save.
    File,
    /// Shown inside the text.
    Inline,
    /// An invitation or an answer to one (RFC 5545).
    Calendar,
    /// Another mail, whole or its header only; [`super::understand`] opens its content.
    Message,
    /// The machine's part of a delivery report (RFC 3464).
    DeliveryStatus,
    /// The machine's part of a note that a mail was read (RFC 3798).
    Disposition,
    /// The machine's part of a complaint (RFC 5965).
    Feedback,
    /// A signature over the text (PGP or S/MIME).
    Signature,
    /// A text only its recipient can open (PGP or S/MIME).
    Encrypted,
    /// A text inside its own signature (S/MIME).
    SignedEnvelope,
    /// Parts that could not be divided, kept as they came.
    Undivided,
}

/// One of them, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What it is.
    pub kind: Kind,
    /// Safe to show and to offer; nothing if the mail names none.
    pub name: Option<String>,
    /// In small letters, without parameters; what the sender says, not what it is.
    pub media_type: String,
    /// By which the text may refer to it, without brackets.
    pub content_id: Option<String>,
    /// Its bytes.
    pub content: Vec<u8>,
}

impl Attachment {
    pub(crate) fn of(part: &Part<'_>, limits: &Limits, troubles: &mut Troubles) -> Self {
        let kind = kind(part);
        let content = match kind {
            Kind::Undivided => part.body.to_vec(),
            _ => transfer::decode(part.body, part.fields.get("content-transfer-encoding"), troubles)
                .into_owned(),
        };
        Self {
            name: name(part, kind, &content, limits, troubles),
            kind,
            media_type: part.essence().to_owned(),
            content_id: content_id(&part.fields),
            content,
        }
    }
}

fn kind(part: &Part<'_>) -> Kind {
    let essence = part.essence();
    match essence {
        _ if essence.starts_with("multipart/") => Kind::Undivided,
        "text/calendar" => Kind::Calendar,
        "message/rfc822"
        | "message/global"
        | "message/news"
        | "text/rfc822-headers"
        | "text/rfc822"
        | "message/rfc822-headers"
        | "message/global-headers" => Kind::Message,
        "message/delivery-status" | "message/global-delivery-status" => Kind::DeliveryStatus,
        "message/disposition-notification" | "message/global-disposition-notification" => Kind::Disposition,
        "message/feedback-report" => Kind::Feedback,
        "application/pgp-signature" | "application/pkcs7-signature" | "application/x-pkcs7-signature" => {
            Kind::Signature
        }
        "application/pgp-encrypted" => Kind::Encrypted,
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => match part.media.get("smime-type") {
            Some(kind) if kind.eq_ignore_ascii_case("signed-data") => Kind::SignedEnvelope,
            _ => Kind::Encrypted,
        },
        _ if is_inline(part) => Kind::Inline,
        _ => Kind::File,
    }
}

/// An image with an identifier is meant for the text even without a disposition.
fn is_inline(part: &Part<'_>) -> bool {
    let is_image = part.essence().starts_with("image/");
    match part.disposition.essence.as_str() {
        "inline" => is_image || part.fields.get("content-id").is_some(),
        "attachment" => false,
        _ => is_image && part.fields.get("content-id").is_some(),
    }
}

pub(crate) fn content_id(fields: &RawFields<'_>) -> Option<String> {
    let value = fields.get("content-id")?;
    let found = values::identifiers(value, 1).pop();
    let plain = || {
        let text = String::from_utf8_lossy(value).trim().to_owned();
        (!text.is_empty() && text.len() < 500).then_some(text)
    };
    found.or_else(plain)
}

/// The name of a part as its writer gave it.
pub(crate) fn raw_name<'p>(part: &'p Part<'_>) -> Option<&'p str> {
    part.disposition
        .get("filename")
        .or_else(|| part.media.get("name"))
        .filter(|name| !name.trim().is_empty())
}

fn name(
    part: &Part<'_>,
    kind: Kind,
    content: &[u8],
    limits: &Limits,
    troubles: &mut Troubles,
) -> Option<String> {
    if let Some(raw) = raw_name(part) {
        let safe = safe_file_name(raw);
        if safe.as_deref() != Some(raw.trim()) {
            troubles.add(Trouble::UnsafeFileName);
        }
        return safe;
    }
    if kind != Kind::Message {
        return None;
    }
    let (fields, _) = RawFields::read(content, limits, &mut Troubles::default());
    let subject = words::text(fields.get("subject")?, &mut Troubles::default());
    safe_file_name(&format!("{}.eml", subject.replace(['/', '\\'], "_")))
}
