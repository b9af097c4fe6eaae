//! The short forms of `cargo xtask torture mail-…`.

use super::babble;
use jiff::Timestamp;
use mail::authenticate::{Checker, Zone, identity, statements};
use mail::receive::{Answer, Bounds, Dialect, Session, Step};
use mail::understand::{Limits, understand};

#[test]
fn babble_of_servers_is_survived() {
    for seed in 0..3_000 {
        let said = babble::bytes(&mut babble::of(seed), 40);
        for line in said.split_inclusive(|byte| *byte == b'\n') {
            let _ = mail::imap::client::survives(line);
        }
    }
}

#[test]
fn babble_of_senders_is_survived() {
    for seed in 0..2_000 {
        let mut session = Session::new(Dialect::Smtp, "desk.test", Bounds::default()).with_encryption();
        session.push(&babble::bytes(&mut babble::of(seed), 60));
        let mut steps = 0;
        while let Some(step) = session.step() {
            match step {
                Step::Decide(_) => drop(session.recipient(Answer::Stored)),
                Step::Store(envelope) => drop(session.stored(&vec![Answer::Stored; envelope.to.len()])),
                Step::Close(_) => break,
                Step::Encrypt(_) => session.encrypted(),
                Step::Send(_) => {}
            }
            steps += 1;
            assert!(steps < 10_000, "seed {seed}");
        }
    }
}

#[tokio::test]
async fn babble_about_the_writer_is_survived_and_believed_by_nobody() {
    let checker = Checker::of_zone(Zone::default()).unwrap();
    for seed in 0..1_000 {
        let raw = babble::mail(seed);
        let message = understand(&raw, Timestamp::UNIX_EPOCH, &Limits::default());
        let stated = statements(&message, &[]);
        assert!(stated.is_empty());
        let found = checker.check(&raw, None, stated).await;
        assert_ne!(
            identity(&message, &found),
            mail::authenticate::Identity::Authenticated,
            "seed {seed}"
        );
    }
}
