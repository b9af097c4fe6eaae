//! What senders may say to our receiver, right and wrong, answered without a panic.
//!
//! `cargo xtask torture mail-receive [MINUTES [FIRST_SEED]]`.

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

use mail::receive::{Answer, Bounds, Dialect, Session, Step};

fn main() -> std::process::ExitCode {
    endurance::run("conversations of SMTP and LMTP", |seed| {
        let dialect = if seed % 2 == 0 {
            Dialect::Smtp
        } else {
            Dialect::Lmtp
        };
        let mut session = Session::new(dialect, "desk.test", Bounds::default()).with_encryption();
        let said = babble::bytes(&mut babble::of(seed), 300);
        for piece in said.chunks(1 + (seed % 97) as usize) {
            session.push(piece);
            while let Some(step) = session.step() {
                match step {
                    Step::Decide(_) => drop(session.recipient(Answer::Stored)),
                    Step::Store(envelope) => drop(session.stored(&vec![Answer::Stored; envelope.to.len()])),
                    Step::Close(_) => return,
                    Step::Encrypt(_) => session.encrypted(),
                    Step::Send(_) => {}
                }
            }
        }
    })
}
