//! Mail on its way in by LMTP and IMAP while the program is killed: `[--kills N] [--mails N] [--seed N] [--sqlite|--postgres]`.
//!
//! Fails when a mail is lost or is two messages. Without Dovecot all mails come by LMTP; with libfaketime the first half of it
//! happens three days ago.

#![allow(clippy::print_stdout, reason = "it prints what it counted")]

use std::process::ExitCode;

use testkit::kills::intake::MailTorment;
use testkit::kills::{Dovecot, by_hand};
use testkit::program::Past;
use testkit::torture::number;

fn main() -> ExitCode {
    by_hand(|program, has_others, arguments| {
        let torment = MailTorment {
            program: program.clone(),
            has_others,
            kills: number(arguments, "--kills", 1_000),
            mails: number(arguments, "--mails", 20_000),
            seed: number(arguments, "--seed", 1) as u64,
            // Each database has a mailbox of its own.
            dovecot: Dovecot::find(if has_others { "u6" } else { "u5" }),
            past: Past::days(3),
        };
        let outcome = torment.run();
        println!("{}: {outcome}", if has_others { "PostgreSQL" } else { "SQLite" });
        outcome.is_good()
    })
}
