//! Replies handed over by SMTP to a server that stalls and hangs up while the program is killed: `[--kills N] [--replies N] [--seed N] [--sqlite|--postgres]`.
//!
//! Fails when a reply is neither with the other server nor marked, or is there twice without being marked.

#![allow(clippy::print_stdout, reason = "it prints what it counted")]

use std::process::ExitCode;

use testkit::kills::by_hand;
use testkit::kills::handover::HandoverTorment;
use testkit::torture::number;

fn main() -> ExitCode {
    by_hand(|program, has_others, arguments| {
        let torment = HandoverTorment {
            program: program.clone(),
            has_others,
            kills: number(arguments, "--kills", 500),
            replies: number(arguments, "--replies", 5_000),
            seed: number(arguments, "--seed", 1) as u64,
            defers: true,
        };
        let outcome = torment.run();
        println!("{}: {outcome}", if has_others { "PostgreSQL" } else { "SQLite" });
        outcome.is_good()
    })
}
