//! The same by a real server: Postfix, started by `cargo xtask test` or `cargo xtask mail`.

use desk::mailboxes::Protection;
use desk::outbox::{MailState, Step};
use testkit::on_both;

use super::{Desk, WINDOW, mail_of, run, state_of, steps};
use crate::world::LISTS;

/// A word such as `submission=587` of the line that says where the servers are.
fn word(line: &str, name: &str) -> Option<String> {
    let found = line
        .split(' ')
        .find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
    found.map(str::to_owned)
}

/// The port for SMTP and the authority of the servers; nothing where they are not started.
#[expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "says what is skipped"
)]
fn servers() -> Option<(u16, Vec<u8>)> {
    let line = |name| std::env::var(name).ok();
    let Some((postfix, dovecot)) = line("TANDEM_TEST_POSTFIX").zip(line("TANDEM_TEST_DOVECOT")) else {
        assert!(
            line("CI").as_deref() != Some("true"),
            "nothing may be skipped here"
        );
        eprintln!("skipped: TANDEM_TEST_POSTFIX is not set; `cargo xtask test` sets it");
        return None;
    };
    let folder = std::path::PathBuf::from(word(&dovecot, "folder")?);
    let port = word(&postfix, "smtp")?.parse().ok()?;
    Some((port, std::fs::read(folder.join("ca.der")).unwrap()))
}

on_both! { LISTS;
    async fn postfix_takes_a_reply_for_delivery(db: TestDb) {
        let Some((port, authority)) = servers() else { return };
        let desk = Desk::new(&db, port, Protection::StartTls, Some(authority)).await;
        let (_, message) = desk.replied(&db).await;
        db.clock.advance(WINDOW);
        run(&db).await;
        let sam = &desk.world.sam;
        let sent = mail_of(&db, sam, &message).await;
        assert_eq!(sent.mail.state, MailState::Sent, "{:?}", sent.recipients);
        assert_eq!(sent.recipients[0].enhanced.as_deref(), Some("2.0.0"));
        assert_eq!(state_of(&db, sam, &message).await, MailState::Sent);
        assert_eq!(steps(&db, sam, &sent).await, [Step::Written, Step::Accepted]);
    }
}
