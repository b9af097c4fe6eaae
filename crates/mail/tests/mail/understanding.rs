//! Mail of every shape, from raw bytes.

use crate::malformed;
use jiff::Timestamp;
use mail::understand::{Kind, Limits, Message, Trouble, understand};
use proptest::prelude::*;

fn arrived() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

fn understood(raw: &str) -> Message {
    understand(raw.as_bytes(), arrived(), &Limits::default())
}

fn kinds(message: &Message) -> Vec<(Kind, Option<&str>)> {
    message
        .attachments
        .iter()
        .map(|attachment| (attachment.kind, attachment.name.as_deref()))
        .collect()
}

#[test]
fn a_plain_mail_is_read_whole() {
    let message = understood(
        "From: Ada <ada@example.com>\r\nTo: help@desk.example\r\nSubject: =?utf-8?Q?Za=C5=BC=C3=B3=C5=82=C4=87?=\r\n\
         Message-ID: <1@example.com>\r\nIn-Reply-To: <0@example.com>\r\nReferences: <a@x>\r\n <0@example.com>\r\n\
         Date: Sun, 1 Mar 2026 11:00:00 +0000\r\n\r\nHello\r\nthere\r\n",
    );
    assert_eq!(message.subject, "Zażółć");
    assert_eq!(message.from[0].address, "ada@example.com");
    assert_eq!(message.references, ["a@x", "0@example.com"]);
    assert_eq!(message.text, "Hello\nthere\n");
    assert!(message.troubles.is_empty(), "{:?}", message.troubles);
}

#[test]
fn everything_missing_has_a_name() {
    let message = understood("X-Nothing: here\n\n");
    for trouble in [
        Trouble::NoMessageId,
        Trouble::NoDate,
        Trouble::NoFrom,
        Trouble::NoRecipients,
        Trouble::NoSubject,
        Trouble::NoBody,
    ] {
        assert!(message.troubles.has(trouble), "{trouble:?}");
    }
    assert_eq!(message.written.at, arrived());
    assert!(understood("").troubles.has(Trouble::NoFields));
}

#[test]
fn alternatives_give_text_and_html_and_related_images_are_inline() {
    let message = understood(
        "Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: multipart/alternative; boundary=a\n\n\
         --a\nContent-Type: text/plain\n\nHello\n--a\nContent-Type: multipart/related; boundary=r\n\n\
         --r\nContent-Type: text/html\n\n<p>Hello <img src=\"cid:1@x\"></p>\n\
         --r\nContent-Type: image/png\nContent-ID: <1@x>\nContent-Transfer-Encoding: base64\n\niVBORw==\n--r--\n--a--\n\
         --m\nContent-Type: application/pdf; name=\"a.pdf\"\nContent-Disposition: attachment\n\nPDF\n--m--\n",
    );
    assert_eq!(message.text, "Hello");
    assert!(message.html.as_deref().unwrap().contains("cid:1@x"));
    assert_eq!(
        kinds(&message),
        [(Kind::Inline, None), (Kind::File, Some("a.pdf"))]
    );
    assert_eq!(message.attachments[0].content_id.as_deref(), Some("1@x"));
    assert_eq!(message.attachments[0].content, b"\x89PNG");
}

#[test]
fn apple_puts_texts_around_files_and_all_of_it_is_read() {
    let message = understood(
        "Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/plain\n\nbefore\n--m\n\
         Content-Type: image/jpeg; name=a.jpg\nContent-Disposition: inline; filename=a.jpg\n\njpg\n--m\n\
         Content-Type: text/plain\n\nafter\n--m--\n",
    );
    assert_eq!(message.text, "before\nafter");
    assert_eq!(kinds(&message), [(Kind::Inline, Some("a.jpg"))]);
}

#[test]
fn text_that_is_a_file_is_no_body_unless_it_is_all_there_is() {
    let message = understood(
        "Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/plain\n\nsee log\n--m\n\
         Content-Type: text/plain; name=log.txt\nContent-Disposition: attachment\n\nlog\n--m--\n",
    );
    assert_eq!(message.text, "see log");
    assert_eq!(kinds(&message), [(Kind::File, Some("log.txt"))]);
    let alone = understood("Content-Type: text/plain; name=x.txt\n\nHello");
    assert_eq!(alone.text, "Hello");
}

#[test]
fn other_mails_reports_calendars_and_envelopes_are_told_apart() {
    let message = understood(
        "Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: message/rfc822\n\nSubject: Inner/one\n\ntext\n\
         --m\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\n\
         --m\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\
         --m\nContent-Type: application/pkcs7-signature; name=smime.p7s\n\nx\n\
         --m\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nx\n\
         --m\nContent-Type: application/pkcs7-mime; smime-type=signed-data\n\nx\n--m--\n",
    );
    let kinds: Vec<Kind> = message
        .attachments
        .iter()
        .map(|attachment| attachment.kind)
        .collect();
    assert_eq!(
        kinds,
        [
            Kind::Message,
            Kind::Calendar,
            Kind::DeliveryStatus,
            Kind::Signature,
            Kind::Encrypted,
            Kind::SignedEnvelope
        ]
    );
    assert_eq!(message.attachments[0].name.as_deref(), Some("Inner_one.eml"));
    let inner = understand(&message.attachments[0].content, arrived(), &Limits::default());
    assert_eq!(
        (inner.subject.as_str(), inner.text.as_str()),
        ("Inner/one", "text")
    );
}

#[test]
fn flowed_text_is_put_together_again() {
    let message = understood(
        "Content-Type: text/plain; format=flowed\n\nOne long \nline.\n> quoted \n> too\n-- \nme\n\nlast",
    );
    assert_eq!(message.text, "One long line.\n> quoted too\n-- \nme\n\nlast");
}

#[test]
fn html_alone_makes_the_text() {
    let message = understood("Content-Type: text/html\n\n<p>Hello</p><p>World</p>");
    assert_eq!(message.text, "Hello\n\nWorld");
    assert!(message.is_text_from_html);
}

#[test]
fn a_subject_cannot_make_a_second_field() {
    let message = understood("Subject: =?utf-8?Q?a=0D=0ABcc:_x@y?=\n\nHi");
    assert_eq!(message.subject, "a Bcc: x@y");
}

#[test]
fn malformed_mail_is_understood_all_the_same() {
    for seed in 0..1_000 {
        let raw = malformed::mail(seed);
        let once = understand(&raw, arrived(), &Limits::default());
        let twice = understand(&raw, arrived(), &Limits::default());
        assert_eq!(once, twice, "seed {seed}");
        assert!(once.written.at <= arrived());
        assert!(!once.text.contains('\0') && !once.subject.contains(['\r', '\n', '\0']));
    }
}

proptest! {
    #[test]
    fn any_bytes_are_understood(raw in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let message = understand(&raw, arrived(), &Limits::default());
        prop_assert!(!message.text.contains('\0'));
    }

    #[test]
    fn any_text_comes_through_every_encoding(text in "[^\0\r]{0,200}") {
        use base64::Engine;
        let encoded = base64::engine::general_purpose::STANDARD.encode(&text);
        let raw = format!("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{encoded}\n");
        let message = understand(raw.as_bytes(), arrived(), &Limits::default());
        let expected = text.strip_prefix('\u{feff}').unwrap_or(&text);
        if message.html.is_none() && !expected.trim().is_empty() {
            prop_assert_eq!(message.text, expected);
        }
    }
}
