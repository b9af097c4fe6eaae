//! Attempts that end anywhere, hundreds of times: nothing is lost, nothing is sent twice, what can't be known says so.
//!
//! An attempt whose time is over is dropped where it stands, which the database and the other server see as they see a
//! process that is killed. `TANDEM_TORTURE_KILLS` says how many; a test makes do with fewer.

use std::sync::Arc;
use std::time::Duration;

use desk::mailboxes::Protection;
use desk::mailboxes::reach::MailReach;
use desk::outbox::MailState;
use kit::id::Ids;
use mail::wire::Budget;
use testkit::on_both;

use super::peer::Peer;
use super::{Desk, WINDOW, mail_of, run, run_within};
use crate::world::LISTS;

/// Mails of one round.
const ROUND: usize = 10;

#[expect(clippy::disallowed_methods, reason = "says how long a test may take")]
fn kills() -> usize {
    let told = std::env::var("TANDEM_TORTURE_KILLS").ok();
    told.and_then(|told| told.parse().ok()).unwrap_or(60)
}

#[expect(clippy::print_stderr, reason = "says what was measured")]
fn report(sent: usize, unknown: usize, arrived: usize) {
    eprintln!("{sent} sent, {unknown} unknown, of which {arrived} had arrived");
}

on_both! { LISTS;
    async fn killed_anywhere_a_mail_is_sent_once_or_called_unknown(db: TestDb) {
        let peer = Peer::new(&[]).await;
        let desk = Desk::new(&db, peer.port, Protection::Plain, None).await;
        let reach = MailReach::new(|_| true, &[], "desk.test").unwrap();
        db.attach(Arc::new(MailReach { budget: Budget::new(64, Duration::ZERO), ..reach }));
        let (sam, dice) = (&desk.world.sam, Ids::seeded(11));
        let (mut sent, mut unknown, mut arrived) = (0, 0, 0);
        for _ in 0..kills().div_ceil(ROUND) {
            let mut messages = Vec::new();
            for _ in 0..ROUND {
                messages.push(desk.replied(&db).await.1);
            }
            db.clock.advance(WINDOW);
            run_within(&db, Duration::from_micros(300 + dice.below(25_000))).await;
            db.clock.advance(Duration::from_secs(3_600));
            run(&db).await;
            let mails = peer.mails();
            for message in &messages {
                let parcel = mail_of(&db, sam, message).await;
                let id = format!("Message-ID: <{}>", parcel.mail.identifier);
                let copies = mails.iter().filter(|mail| mail.contains(&id)).count();
                match parcel.mail.state {
                    MailState::Sent => assert_eq!(copies, 1, "sent is sent once"),
                    MailState::Unknown => assert!(copies <= 1, "what is unknown is not sent again"),
                    other => panic!("{other:?} after everything was over"),
                }
                sent += usize::from(parcel.mail.state == MailState::Sent);
                unknown += usize::from(parcel.mail.state == MailState::Unknown);
                arrived += copies;
            }
        }
        report(sent, unknown, arrived - sent);
    }
}
