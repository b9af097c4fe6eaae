//! What a mail looks like, made safe: HTML by an allow-list, images that stand in the mail only.

use axum::body::Bytes;
use kit::db::Db;
use kit::jobs::JobError;
use kit::text::base64;
use mail::dom::from_text;
use mail::html::{RemoteImage, safe};
use mail::understand::{Attachment, Limits, Message, understand};
use tandem_core::actor::Actor;

use super::pictures::Addresses;
use super::{Mail, MailError, MailId, reading, seen};

/// The style of the document; mails bring their own beside it.
const STYLE: &str = include_str!("views/look.css");
/// The largest image of a mail that stands in the document itself; larger ones have addresses.
const LARGEST: usize = 180 << 10;
/// Types of images that are shown.
const SHOWN: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// A mail and its bytes, for somebody who may see it.
///
/// # Errors
/// [`MailError::Unknown`] for a mail that they may not see, [`MailError::NotKept`] for one without bytes.
pub(super) async fn bytes(db: &Db, actor: &Actor, id: MailId) -> Result<(Mail, Bytes), MailError> {
    let reader = actor.clone();
    let mail = db.read(move |tx| seen(tx, &reader, id)).await?;
    match reading::bytes(db, actor.workspace, &mail).await {
        Ok(Ok(raw)) => Ok((mail, raw)),
        Err(JobError::Database(error)) => Err(error.into()),
        _ => Err(MailError::NotKept),
    }
}

/// The images of other hosts that a mail asks for.
pub(super) fn remote(mail: &Mail, raw: &[u8]) -> Vec<RemoteImage> {
    let arrived = jiff::Timestamp::from_microsecond(mail.arrival.arrived_at.0).unwrap_or_default();
    let message = understand(raw, arrived, &Limits::default());
    let html = message.html.as_deref().unwrap_or_default();
    safe(html, |_| None).remote_images
}

/// The document for the frame, with those images of other hosts that were fetched for it, and with pictures of its ticket.
pub(super) fn document(mail: &Mail, raw: &[u8], fetched: &[(usize, String)], pictures: &Addresses) -> String {
    let arrived = jiff::Timestamp::from_microsecond(mail.arrival.arrived_at.0).unwrap_or_default();
    let message = understand(raw, arrived, &Limits::default());
    let picture = |id: &str| image(&message, id).or_else(|| pictures.get(id).cloned());
    let body = match &message.html {
        Some(html) => with_images(safe(html, picture).html, fetched),
        None => from_text(&message.text),
    };
    format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title></title><style>{STYLE}</style></head><body>{body}</body></html>"
    )
}

/// Puts fetched images where they belong: the mark of each is ours alone, and in an attribute nobody else can write it.
fn with_images(mut html: String, fetched: &[(usize, String)]) -> String {
    for (number, address) in fetched {
        let mark = format!("data-remote=\"{number}\"");
        html = html.replacen(&mark, &format!("{mark} src=\"{address}\""), 1);
    }
    html
}

/// The image that the HTML asks for by its Content-ID.
fn image(message: &Message, id: &str) -> Option<String> {
    let is_it = |file: &&Attachment| {
        file.content_id.as_deref() == Some(id)
            && SHOWN.contains(&file.media_type.as_str())
            && file.content.len() <= LARGEST
    };
    let file = message.attachments.iter().find(is_it)?;
    Some(format!(
        "data:{};base64,{}",
        file.media_type,
        base64(&file.content)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mails::Arrival;
    use kit::clock::Timestamp;
    use kit::id::{TypedId, Uuid};

    fn shown(raw: &str) -> String {
        shown_with(raw, &Addresses::new())
    }

    fn shown_with(raw: &str, pictures: &Addresses) -> String {
        let arrival = Arrival {
            folder: String::new(),
            place: None,
            blob: None,
            size: 0,
            arrived_at: Timestamp(0),
            stored_at: Timestamp(0),
            envelope_from: String::new(),
            envelope_to: Vec::new(),
            peer: String::new(),
            hello: String::new(),
            message_id: String::new(),
        };
        let mail = Mail::of(
            MailId::from_uuid(Uuid::nil()),
            crate::mailboxes::MailboxId::from_uuid(Uuid::nil()),
            arrival,
        );
        document(
            &mail,
            raw.as_bytes(),
            &[(0, "data:image/png;base64,AAAA".to_owned())],
            pictures,
        )
    }

    #[test]
    fn nothing_runs_and_nothing_is_fetched() {
        let html = "<p onclick=x()>Hi</p><script>alert(1)</script><img src=https://evil.example/p.gif><iframe src=//x></iframe><form action=//x><input></form>";
        let page = shown(&format!("Content-Type: text/html\n\n{html}"));
        for bad in [
            "<script",
            "onclick",
            "src=\"https://evil",
            "<iframe",
            "<form",
            "<input",
        ] {
            assert!(!page.contains(bad), "{bad}: {page}");
        }
        assert!(page.contains("Hi"));
        assert!(shown("Subject: x\n\n<b>not bold</b>").contains("&lt;b&gt;not bold"));
    }

    #[test]
    fn a_fetched_image_stands_in_it_and_another_does_not() {
        let html = "<img src=https://a.example/one.png><img src=https://a.example/two.png>";
        let page = shown(&format!("Content-Type: text/html\n\n{html}"));
        assert!(page.contains("data:image/png;base64,AAAA"));
        assert!(page.contains("data-remote=\"1\"") && !page.contains("a.example"));
    }

    #[test]
    fn an_image_of_the_mail_stands_in_it() {
        let raw = "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<img src=cid:logo>\n--b\nContent-Type: image/png\nContent-ID: <logo>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n";
        assert!(shown(raw).contains("data:image/png;base64,iVBORw0KGgo="));
    }

    #[test]
    fn what_is_too_large_or_of_an_older_message_has_an_address() {
        let address = "/mail-pictures/x".to_owned();
        let pictures = Addresses::from([("logo".to_owned(), address.clone())]);
        let older = "Content-Type: text/html\n\n<img src=cid:logo><img src=cid:other>";
        assert!(shown_with(older, &pictures).contains("<img src=\"/mail-pictures/x\"><img>"));
        let large = "iVBORw0KGgo".repeat(LARGEST / 6);
        let raw = format!(
            "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<img src=cid:logo>\n--b\nContent-Type: image/png\nContent-ID: <logo>\n\n{large}\n--b--\n"
        );
        let page = shown_with(&raw, &pictures);
        assert!(page.contains(&address) && !page.contains("base64,"));
        let small = raw.replace(&large, "iVBORw0KGgo");
        assert!(
            !shown_with(&small, &pictures).contains(&address),
            "what is in the mail comes first"
        );
    }
}
