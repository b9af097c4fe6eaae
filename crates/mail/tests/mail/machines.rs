//! Mail that machines wrote: classified with evidence, never answered.

use jiff::Timestamp;
use mail::automatic::{Nature, may_be_answered, nature};
use mail::bounces::{Lasting, Reason, bounce, complaint};
use mail::understand::{Limits, Message, understand};

fn understood(raw: &str) -> Message {
    understand(raw.as_bytes(), Timestamp::UNIX_EPOCH, &Limits::default())
}

#[test]
fn machines_are_told_from_people_by_their_fields() {
    for (header, expected) in [
        ("Subject: Lamp", Nature::Person),
        ("Auto-Submitted: no\nSubject: Lamp", Nature::Person),
        ("X-Auto-Response-Suppress: DR\nSubject: Lamp", Nature::Person),
        ("Subject: Out of office lamps are broken", Nature::Person),
        (
            "Auto-Submitted: auto-replied\nSubject: We got your mail",
            Nature::AutoReply,
        ),
        (
            "Auto-Submitted: auto-replied (vacation)\nSubject: Re: Lamp",
            Nature::OutOfOffice,
        ),
        (
            "Auto-Submitted: auto-replied\nSubject: Automatic reply: Lamp",
            Nature::OutOfOffice,
        ),
        (
            "X-Auto-Response-Suppress: All\nSubject: Automatische Antwort: Lampe",
            Nature::OutOfOffice,
        ),
        ("Subject: Out of Office: Lamp", Nature::OutOfOffice),
        ("Subject: 自动回复：灯", Nature::OutOfOffice),
        (
            "Auto-Submitted: auto-generated\nSubject: Build failed",
            Nature::Machine,
        ),
        ("Precedence: auto_reply\nSubject: Lamp", Nature::AutoReply),
        ("X-Autoreply: yes\nSubject: Lamp", Nature::AutoReply),
        ("List-Id: <dev.example.org>\nSubject: Lamp", Nature::List),
        ("Precedence: bulk\nSubject: Sale", Nature::Bulk),
        (
            "List-Unsubscribe: <https://x.example/u>\nSubject: Sale",
            Nature::Bulk,
        ),
    ] {
        let message = understood(&format!(
            "From: Ada <ada@example.com>\nTo: s@d.example\n{header}\n\nText"
        ));
        let found = nature(&message);
        assert_eq!(found.nature, expected, "{header}: {:?}", found.evidence);
        assert_eq!(found.evidence.is_empty(), expected == Nature::Person, "{header}");
    }
    let message = understood("From: no-reply@shop.example\nSubject: Order\n\nText");
    assert_eq!(nature(&message).nature, Nature::Machine);
}

#[test]
fn no_machine_gets_an_automatic_answer() {
    for (header, may) in [
        ("From: ada@example.com", true),
        ("From: ada@example.com\nReturn-Path: <ada@example.com>", true),
        ("From: ada@example.com\nReturn-Path: <>", false),
        (
            "From: ada@example.com\nX-Auto-Response-Suppress: DR, OOF, AutoReply",
            false,
        ),
        ("From: ada@example.com\nX-Auto-Response-Suppress: DR", true),
        ("From: ada@example.com\nPrecedence: list", false),
        ("From: ada@example.com\nX-Loop: x", false),
        ("From: noreply@example.com", false),
        ("Subject: nobody", false),
    ] {
        let message = understood(&format!("{header}\n\nText"));
        assert_eq!(may_be_answered(&message).is_ok(), may, "{header}");
    }
}

const REPORT: &str = "From: MAILER-DAEMON@mx.example\nTo: support@desk.example\nSubject: Undelivered Mail Returned to Sender\n\
    Return-Path: <>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
    --b\nContent-Type: text/plain\n\nSorry.\n\
    --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n\
    Final-Recipient: rfc822; ada@example.com\nAction: failed\nStatus: 5.1.1\n\
    Diagnostic-Code: smtp; 550 5.1.1 User unknown\n\n\
    Final-Recipient: rfc822; bob@example.com\nAction: delayed\nStatus: 4.4.1\n\n\
    Final-Recipient: rfc822; eve@example.com\nAction: relayed\nStatus: 2.0.0\n\
    --b\nContent-Type: message/rfc822\n\nMessage-ID: <1@desk.example>\nSubject: Your lamp\n\nHi\n--b--\n";

#[test]
fn a_report_by_the_book_is_read_as_data() {
    let message = understood(REPORT);
    assert_eq!(nature(&message).nature, Nature::DeliveryReport);
    let bounce = bounce(&message).unwrap();
    let failures: Vec<_> = bounce
        .failures
        .iter()
        .map(|failure| (failure.address.as_str(), failure.lasting, failure.reason))
        .collect();
    assert_eq!(
        failures,
        [
            ("ada@example.com", Lasting::Permanent, Reason::NoSuchAddress),
            ("bob@example.com", Lasting::Temporary, Reason::Unreachable)
        ]
    );
    assert_eq!(bounce.failures[0].said, "550 5.1.1 User unknown");
    assert_eq!(bounce.original.message_id.as_deref(), Some("1@desk.example"));
}

#[test]
fn letters_of_mail_programs_are_read_by_what_they_have_in_common() {
    for text in [
        "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<ada@example.com>:\nNo such user.\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <1@desk.example>\nTo: eve@example.com\n",
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ada@example.com\n    host mx.example.com: 550 user unknown\n\n------ This is a copy of the message ------\n\nMessage-Id: <1@desk.example>\n",
        "Your message to ada@example.com couldn't be delivered.\n\nada wasn't found at example.com.\n\nOriginal message headers:\n\nMessage-ID: <1@desk.example>\n",
        "Ihre Nachricht konnte nicht zugestellt werden. Folgende Adresse:\n\n  ada@example.com\n\n550 Postfach ist voll\n",
    ] {
        let raw = format!(
            "From: Mail Delivery System <mailer-daemon@mx.example>\nTo: support@desk.example\nSubject: Undeliverable: x\n\n{text}"
        );
        let bounce = bounce(&understood(&raw)).unwrap();
        let found: Vec<_> = bounce
            .failures
            .iter()
            .map(|failure| failure.address.as_str())
            .collect();
        assert_eq!(found, ["ada@example.com"], "{text}");
        assert_eq!(bounce.failures[0].lasting, Lasting::Permanent, "{text}");
        if text.contains("1@desk") {
            assert_eq!(
                bounce.original.message_id.as_deref(),
                Some("1@desk.example"),
                "{text}"
            );
        }
    }
}

#[test]
fn people_who_write_about_delivery_are_no_report() {
    for raw in [
        "From: ada@example.com\nSubject: Delivery problem\n\nMy lamp was not delivered to me.",
        "From: ada@example.com\nSubject: Re: Undeliverable: x\nIn-Reply-To: <1@desk.example>\n\nWhy was bob@example.com rejected?",
        "From: postmaster@example.com\nSubject: New disk\nReturn-Path: <postmaster@example.com>\n\nWe bought a disk.",
    ] {
        assert!(bounce(&understood(raw)).is_none(), "{raw}");
    }
}

#[test]
fn complaints_name_who_complained_about_what() {
    let message = understood(
        "From: fbl@provider.example\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n\
         --b\nContent-Type: text/plain\n\nabuse\n--b\nContent-Type: message/feedback-report\n\n\
         Feedback-Type: abuse\nVersion: 1\nOriginal-Rcpt-To: <ada@example.com>\n\
         --b\nContent-Type: message/rfc822\n\nMessage-ID: <1@desk.example>\n\nHi\n--b--\n",
    );
    let complaint = complaint(&message).unwrap();
    assert_eq!(complaint.address.as_deref(), Some("ada@example.com"));
    assert_eq!(complaint.original.message_id.as_deref(), Some("1@desk.example"));
    assert_eq!(nature(&message).nature, Nature::Complaint);
}
