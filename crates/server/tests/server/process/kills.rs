//! The short forms of `cargo xtask torture mail-kills`, `mail-handover` and `usage-kills`.

use testkit::kills::Dovecot;
use testkit::kills::handover::HandoverTorment;
use testkit::kills::intake::MailTorment;
use testkit::kills::usage::UsageTorment;

use super::on_sqlite;

#[test]
fn mail_that_comes_while_the_program_is_killed_is_one_message_each() {
    let torment = MailTorment {
        program: on_sqlite(),
        has_others: false,
        kills: 6,
        mails: 120,
        seed: 7,
        dovecot: Dovecot::find("u7"),
        past: None,
    };
    let outcome = torment.run();
    assert!(outcome.is_good(), "{outcome}");
}

#[test]
fn a_reply_that_is_sent_while_the_program_is_killed_is_handed_over_or_marked() {
    let torment = HandoverTorment {
        program: on_sqlite(),
        has_others: false,
        kills: 6,
        replies: 36,
        seed: 7,
        defers: false,
    };
    let outcome = torment.run();
    assert!(outcome.is_good(), "{outcome}");
}

#[test]
fn usage_that_is_sent_while_the_program_is_killed_is_counted_once() {
    let torment = UsageTorment {
        program: on_sqlite(),
        has_others: false,
        kills: 6,
        seed: 7,
    };
    let outcome = torment.run();
    assert!(outcome.is_good(), "{outcome}");
}
