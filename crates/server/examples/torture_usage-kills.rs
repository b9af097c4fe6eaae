//! Events of usage sent in batches while the program is killed: `[--kills N] [--seed N] [--sqlite|--postgres]`.
//!
//! Fails when an event that was answered is not counted, or one is counted twice.

#![allow(clippy::print_stdout, reason = "it prints what it counted")]

use std::process::ExitCode;

use testkit::kills::by_hand;
use testkit::kills::usage::UsageTorment;
use testkit::torture::number;

fn main() -> ExitCode {
    by_hand(|program, has_others, arguments| {
        let torment = UsageTorment {
            program: program.clone(),
            has_others,
            kills: number(arguments, "--kills", 500),
            seed: number(arguments, "--seed", 1) as u64,
        };
        let outcome = torment.run();
        println!("{}: {outcome}", if has_others { "PostgreSQL" } else { "SQLite" });
        outcome.is_good()
    })
}
