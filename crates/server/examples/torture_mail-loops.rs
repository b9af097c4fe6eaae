//! Forty topologies of machines that answer mail, played with the program: `[--sqlite|--postgres]`.
//!
//! Fails when a pair sees more than two automatic mails, or somebody writes for ever.

#![allow(clippy::print_stdout, reason = "it prints what it counted")]

use std::process::ExitCode;

use testkit::kills::by_hand;
use testkit::kills::loops::play;

fn main() -> ExitCode {
    by_hand(|program, has_others, _| {
        let outcome = play(program);
        println!("{}: {outcome}", if has_others { "PostgreSQL" } else { "SQLite" });
        outcome.is_good()
    })
}
