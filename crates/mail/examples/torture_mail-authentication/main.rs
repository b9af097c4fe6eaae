//! Fields about who wrote, right and wrong, checked without a panic and believed by nobody.
//!
//! `cargo xtask torture mail-authentication [MINUTES [FIRST_SEED]]`.

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

use jiff::Timestamp;
use mail::authenticate::{Checker, Identity, Zone, identity};
use mail::understand::{Limits, understand};

fn main() -> std::process::ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let checker = runtime
        .block_on(async { Checker::of_zone(Zone::default()) })
        .unwrap();
    endurance::run("fields about who wrote", |seed| {
        let raw = babble::mail(seed);
        let message = understand(&raw, Timestamp::UNIX_EPOCH, &Limits::default());
        let found = runtime.block_on(checker.check(&raw, None, Vec::new()));
        assert_ne!(identity(&message, &found), Identity::Authenticated);
    })
}
