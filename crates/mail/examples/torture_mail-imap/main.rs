//! What IMAP servers may answer, right and wrong, read without a panic.
//!
//! `cargo xtask torture mail-imap [MINUTES [FIRST_SEED]]`.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a measuring program: it prints and reads the clock"
)]
#![allow(dead_code, reason = "each program uses a part of what is shared")]

#[path = "../../tests/mail/babble.rs"]
mod babble;
#[path = "../endurance/mod.rs"]
mod endurance;

fn main() -> std::process::ExitCode {
    endurance::run("answers of IMAP", |seed| {
        let said = babble::bytes(&mut babble::of(seed), 200);
        for line in said.split_inclusive(|byte| *byte == b'\n') {
            let _ = mail::imap::client::survives(line);
        }
    })
}
