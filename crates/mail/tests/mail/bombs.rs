//! Mail that wants to hold the program up: it is bounded by counting work, so the counts are what is asserted.

use jiff::Timestamp;
use mail::understand::{Limits, Message, Trouble, understand};

fn understood(raw: &[u8]) -> Message {
    understand(raw, Timestamp::UNIX_EPOCH, &Limits::default())
}

#[test]
fn nested_parts_end_at_the_limit() {
    let mut raw = String::from("From: a@b.example\n");
    for depth in 0..1_000 {
        raw.push_str(&format!(
            "Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n"
        ));
    }
    let message = understood(raw.as_bytes());
    assert!(message.troubles.has(Trouble::TooDeep));
    assert_eq!(message.attachments.len(), 1, "the rest is kept, undivided");
}

#[test]
fn a_million_fields_cost_one_look_each() {
    let raw = format!("{}Subject: there\n\nHi", "X-A: b\n".repeat(1_000_000));
    let message = understood(raw.as_bytes());
    assert!(message.troubles.has(Trouble::TooManyFields));
    assert_eq!(message.subject, "there");
    assert!(message.fields.len() <= 202);
    assert_eq!(message.text, "Hi");
}

#[test]
fn multiparts_without_their_boundary_are_not_searched_again_and_again() {
    let mut raw = String::from("Content-Type: multipart/mixed; boundary=a\n\n");
    for part in 0..900 {
        raw.push_str(&format!(
            "--a\nContent-Type: multipart/mixed; boundary=none{part}\n\n"
        ));
    }
    raw.push_str(&"x\n".repeat(5 << 20));
    let message = understood(raw.as_bytes());
    assert!(message.troubles.has(Trouble::NoBoundary));
}

#[test]
fn a_hundred_megabytes_are_looked_at_up_to_the_limit() {
    let raw = format!(
        "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{}",
        "A".repeat(100 << 20)
    );
    let message = understood(raw.as_bytes());
    assert!(message.troubles.has(Trouble::TooLarge));
    assert!(message.troubles.has(Trouble::BodyTooLong));
    assert!(message.text.len() <= Limits::default().body_bytes);
}

#[test]
fn deep_html_is_read_without_its_structure() {
    let raw = format!("Content-Type: text/html\n\n{}deep", "<div><font>".repeat(50_000));
    let message = understood(raw.as_bytes());
    assert!(message.troubles.has(Trouble::OddHtml));
    assert_eq!(message.text.trim(), "deep");
}

#[test]
fn a_field_of_a_megabyte_is_cut_and_a_million_addresses_are_counted_off() {
    let raw = format!(
        "To: {}\nSubject: {}\n\nHi",
        "a@b.example, ".repeat(100_000),
        "x".repeat(1 << 20)
    );
    let message = understood(raw.as_bytes());
    assert!(message.troubles.has(Trouble::FieldTooLong));
    assert!(message.to.len() <= Limits::default().addresses);
    assert!(message.subject.len() <= 64 << 10);
}

#[test]
fn encoded_words_without_end_are_read_once() {
    let raw = format!("Subject: {}\n\nHi", "=?utf-8?Q?".repeat(6_000));
    let message = understood(raw.as_bytes());
    assert!(message.subject.starts_with("=?utf-8?Q?"));
}

#[test]
fn texts_made_to_be_divided_slowly_are_not() {
    for line in [
        "-- ",
        "-----",
        "On 2016 wrote",
        "> a\n--",
        "From: a",
        "On Mon, 1 Feb 2016 at 10:00, a@b.example",
        "a@b.example ",
        "=====\nx",
    ] {
        let text = format!("{line}\n").repeat(100_000);
        let division = mail::quotes::text(&text);
        assert_eq!(division.spans.last().map(|span| span.range.end), Some(text.len()));
        let raw = format!("From: postmaster@x.example\nSubject: Undeliverable\n\n{text}");
        assert!(mail::bounces::bounce(&understood(raw.as_bytes())).is_some());
    }
}

#[test]
fn one_long_attribute_is_not_read_again_for_every_child() {
    let html = format!(
        "<div class=\"{0}\" style=\"{0}\">{1}</div>",
        "x ".repeat(200_000),
        "<div id=a>a\nb</div>".repeat(20_000)
    );
    assert!(!mail::quotes::html(&html).is_odd);
}

#[test]
fn twenty_thousand_references_are_counted_off() {
    let ids: String = (0..12_000).map(|at| format!("<{at}>")).collect();
    let message = understood(format!("References: {ids}\n\nHi").as_bytes());
    assert_eq!(message.references.last().map(String::as_str), Some("11999"));
    assert_eq!(message.references.len(), Limits::default().references);
}
