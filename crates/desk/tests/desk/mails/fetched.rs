//! Mail that is read from Dovecot, which `cargo xtask test` starts.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use desk::mailboxes::reach::MailReach;
use desk::mailboxes::{Incoming, Mailbox, MailboxText, Password, Protection, ServerText};
use desk::mails::reconciling::{self, Phase};
use desk::mails::{MailError, State, fetching, watching};
use kit::db::Db;
use kit::jobs::Options;
use mail::imap::client::{Client, Credentials, Entry};
use mail::wire::{Reach, Security, Server};
use tandem_core::actor::Forbidden;
use tandem_core::permissions::Permission;
use testkit::on_both;

use super::post::{Post, letter, settle, work};
use crate::mailboxes::handed;
use crate::world::LISTS;

/// Where Dovecot is, or nothing where a test is to be skipped.
struct Dovecot {
    imaps: u16,
    folder: PathBuf,
}

#[expect(clippy::print_stderr, reason = "says what is skipped")]
fn dovecot() -> Option<Dovecot> {
    #[expect(clippy::disallowed_methods, reason = "says where the servers of tests are")]
    let (line, is_strict) = (
        std::env::var("TANDEM_TEST_DOVECOT"),
        std::env::var("CI").is_ok_and(|value| value == "true"),
    );
    let Ok(line) = line else {
        assert!(
            !is_strict,
            "TANDEM_TEST_DOVECOT is not set, and nothing may be skipped here"
        );
        eprintln!("skipped: TANDEM_TEST_DOVECOT is not set; `cargo xtask test` sets it");
        return None;
    };
    let word = |name: &str| {
        let mut words = line
            .split(' ')
            .filter_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        words.next().unwrap().to_owned()
    };
    Some(Dovecot {
        imaps: word("imaps").parse().unwrap(),
        folder: word("folder").into(),
    })
}

impl Dovecot {
    fn authority(&self) -> Vec<u8> {
        std::fs::read(self.folder.join("ca.der")).unwrap()
    }

    fn attach(&self, db: &Db) {
        let loopback = |address: IpAddr| address.is_loopback();
        let reach = MailReach::new(loopback, &[self.authority()], "desk.example").unwrap();
        db.attach(Arc::new(reach));
    }

    /// A mailbox that reads what comes to somebody.
    fn text(&self, person: &str, folders: &str) -> MailboxText {
        MailboxText {
            incoming: Incoming::Imap,
            imap: ServerText {
                host: "localhost".to_owned(),
                port: self.imaps,
                protection: Protection::Tls,
                login: format!("{person}@world.test"),
                password: Password::of("secret"),
            },
            folders: folders.to_owned(),
            ..handed("help@desk.example")
        }
    }

    /// Their own program.
    async fn client(&self, person: &str) -> Client {
        let loopback = Arc::new(|address: IpAddr| address.is_loopback());
        let reach = Reach::new(loopback, &[self.authority()]).unwrap();
        let server = Server {
            host: "localhost".to_owned(),
            port: self.imaps,
            security: Security::Tls,
        };
        let credentials = Credentials::Password {
            name: format!("{person}@world.test"),
            password: "secret".to_owned(),
        };
        let entry = Entry::knock(&reach, &server).await.unwrap();
        entry.enter(&credentials).await.unwrap()
    }

    /// Without its list of UIDs the server begins a folder anew, with another validity.
    fn forget(&self, person: &str, folder: &str) {
        let root = self.folder.join(format!("mail/{person}/Maildir"));
        for entry in std::fs::read_dir(root.join(format!(".{folder}"))).unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().unwrap().to_string_lossy().starts_with("dovecot") {
                std::fs::remove_file(path).unwrap();
            }
        }
        std::fs::remove_file(root.join("dovecot-uidvalidity")).ok();
    }
}

/// Claims the mailbox for `holder` and reads it once.
async fn fetch(db: &Db, mailbox: &Mailbox, post: &Post, holder: &'static str) -> Result<usize, String> {
    let (workspace, id) = (post.world.workspace, mailbox.id);
    db.write(move |tx| {
        let stood = watching::all(tx, workspace)?.first().map(|watch| watch.beat);
        watching::claim(tx, workspace, id, holder, stood)
    })
    .await
    .unwrap();
    fetching::once(db, workspace, id, holder)
        .await
        .map_err(|error| error.to_string())
}

/// Somebody of this test's own on this database.
fn person(db: &Db, at: usize) -> String {
    format!("u{}", at + usize::from(db.is_postgres()))
}

fn bytes(id: &str, more: &str, text: &str) -> Vec<u8> {
    letter(id, more, text).replace('\n', "\r\n").into_bytes()
}

on_both! { LISTS;
    async fn what_comes_to_a_mailbox_becomes_tickets_once(db: TestDb) {
        let Some(dovecot) = dovecot() else { return };
        dovecot.attach(&db);
        let who = person(&db, 30);
        let mut client = dovecot.client(&who).await;
        let post = Post::with(&db, dovecot.text(&who, "INBOX")).await;
        for at in 0..30 {
            client.append("INBOX", &bytes(&format!("{at}@w"), "", &format!("Request {at}"))).await.unwrap();
        }
        assert_eq!(fetch(&db, &post.mailbox, &post, "one").await, Ok(30));
        assert_eq!(fetch(&db, &post.mailbox, &post, "one").await, Ok(0));
        settle(&db).await;
        let mails = post.mails().await;
        assert_eq!(mails.iter().filter(|mail| mail.state == State::Placed).count(), 30);
        client.append("INBOX", &bytes("r@w", "In-Reply-To: <7@w>\n", "Any news?")).await.unwrap();
        assert_eq!(fetch(&db, &post.mailbox, &post, "two").await, Ok(1), "another process goes on where the first was");
        settle(&db).await;
        let mails = post.mails().await;
        let seventh = mails.iter().find(|mail| mail.arrival.message_id == "7@w").unwrap();
        assert_eq!(mails[0].ticket, seventh.ticket);
        let lost = fetching::once(&db, post.world.workspace, post.mailbox.id, "one").await;
        assert!(lost.is_ok(), "nothing is new");
        client.append("INBOX", &bytes("s@w", "", "Late")).await.unwrap();
        let lost = fetching::once(&db, post.world.workspace, post.mailbox.id, "one").await;
        assert!(lost.is_err(), "who has lost the mailbox stores nothing");
        assert_eq!(fetch(&db, &post.mailbox, &post, "three").await, Ok(1));
    }

    async fn another_validity_doubles_and_loses_nothing(db: TestDb) {
        let Some(dovecot) = dovecot() else { return };
        dovecot.attach(&db);
        let who = person(&db, 32);
        let mut client = dovecot.client(&who).await;
        let post = Post::with(&db, dovecot.text(&who, "Sent")).await;
        for at in 0..12 {
            client.append("Sent", &bytes(&format!("{at}@v"), "", &format!("Request {at}"))).await.unwrap();
        }
        assert_eq!(fetch(&db, &post.mailbox, &post, "one").await, Ok(12));
        client.leave().await;
        dovecot.forget(&who, "Sent");
        let mut client = dovecot.client(&who).await;
        client.append("Sent", &bytes("12@v", "", "While nobody looked")).await.unwrap();
        assert_eq!(fetch(&db, &post.mailbox, &post, "one").await, Ok(1));
        settle(&db).await;
        let mut known: Vec<String> = post.mails().await.into_iter().map(|mail| mail.arrival.message_id).collect();
        known.sort();
        known.dedup();
        assert_eq!(known.len(), 13);
        assert_eq!(fetch(&db, &post.mailbox, &post, "one").await, Ok(0));
    }

    async fn a_reading_that_is_cut_off_at_any_moment_loses_and_doubles_nothing(db: TestDb) {
        let Some(dovecot) = dovecot() else { return };
        dovecot.attach(&db);
        let who = person(&db, 34);
        let mut client = dovecot.client(&who).await;
        let post = Post::with(&db, dovecot.text(&who, "INBOX")).await;
        for at in 0..60 {
            let raw = letter(&format!("{at}@k"), "", &format!("Request {at}")).replace("leyla@", &format!("leyla{at}@"));
            client.append("INBOX", raw.replace('\n', "\r\n").as_bytes()).await.unwrap();
        }
        for cut in 0..40 {
            let reading = fetch(&db, &post.mailbox, &post, "one");
            let _ = tokio::time::timeout(std::time::Duration::from_millis(cut * 7), reading).await;
        }
        fetch(&db, &post.mailbox, &post, "one").await.unwrap();
        settle(&db).await;
        let mails = post.mails().await;
        assert_eq!(mails.len(), 60);
        let mut known: Vec<&str> = mails.iter().map(|mail| mail.arrival.message_id.as_str()).collect();
        known.sort_unstable();
        known.dedup();
        assert_eq!(known.len(), 60);
        assert!(mails.iter().all(|mail| mail.state == State::Placed));
    }

    async fn a_mailbox_is_compared_with_its_server_and_what_is_missing_comes_once(db: TestDb) {
        let Some(dovecot) = dovecot() else { return };
        dovecot.attach(&db);
        let who = person(&db, 28);
        let mut client = dovecot.client(&who).await;
        let post = Post::with(&db, dovecot.text(&who, "Sent")).await;
        let (ada, sam, id) = (post.world.ada.clone(), post.world.sam.clone(), post.mailbox.id);
        for at in 0..3 {
            client.append("Sent", &bytes(&format!("{at}@r"), "", &format!("Request {at}"))).await.unwrap();
        }
        let refused = db.write(move |tx| reconciling::begin(tx, &sam, id)).await;
        assert_eq!(refused.map(|_| ()), Err(Forbidden(Permission::MailsWrite).into()));
        let compare = async || {
            let ada = ada.clone();
            let begun = db.write(move |tx| {
                let begun = reconciling::begin(tx, &ada, id)?;
                assert_eq!(reconciling::begin(tx, &ada, id)?, begun, "one at a time");
                Ok::<_, MailError>(begun)
            });
            assert!(begun.await.unwrap().phase.is_open());
            let mut work = work();
            work.errand(Options::new(), reconciling::jobs::reconcile);
            while kit::jobs::run_due(&db, &work).await.unwrap() > 0 {}
            let ada = post.world.ada.clone();
            db.read(move |tx| reconciling::find(tx, &ada, id)).await.unwrap().unwrap()
        };
        let found = compare().await;
        let sent = found.folders[0].clone();
        assert_eq!((found.phase, sent.on_server, sent.missing, sent.fetched), (Phase::Done, 3, 3, 3), "{found:?}");
        assert_eq!(fetch(&db, &post.mailbox, &post, "one").await, Ok(0), "what came so does not come again");
        client.leave().await;
        dovecot.forget(&who, "Sent");
        let mut client = dovecot.client(&who).await;
        client.append("Sent", &bytes("3@r", "", "While nobody looked")).await.unwrap();
        let sent = compare().await.folders[0].clone();
        assert_eq!((sent.on_server, sent.renumbered, sent.missing, sent.fetched, sent.gone), (4, 3, 1, 1, 0));
        assert_eq!(fetch(&db, &post.mailbox, &post, "one").await, Ok(0));
        let sent = compare().await.folders[0].clone();
        assert_eq!((sent.missing, sent.gone), (0, 0));
        let mails = post.mails().await;
        assert_eq!((mails.len(), mails.iter().filter(|mail| mail.state == State::Placed).count()), (4, 4));
    }

    async fn a_wrong_password_is_said_in_words(db: TestDb) {
        let Some(dovecot) = dovecot() else { return };
        dovecot.attach(&db);
        let mut text = dovecot.text("u36", "INBOX");
        text.imap.password = Password::of("guess");
        let post = Post::with(&db, text).await;
        let (actor, id) = (post.world.ada.clone(), post.mailbox.id);
        let (_, tried) = desk::mailboxes::trying::mailbox(&db, &actor, id).await.unwrap();
        let t = kit::i18n::Text::default();
        assert_eq!(tried.len(), 1);
        let (step, problem) = tried[0].failed(&t).unwrap();
        assert!(!tried[0].is_good() && step != "mailboxes-step-authenticate" && problem.contains("password"), "{step}: {problem}");
    }
}
