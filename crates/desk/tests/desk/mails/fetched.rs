//! Mail that is read from Dovecot, which `cargo xtask test` starts.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use desk::mailboxes::reach::MailReach;
use desk::mailboxes::{Incoming, Mailbox, MailboxText, Outgoing, Password, Protection, ServerText};
use desk::mails::reconciling::{self, Phase};
use desk::mails::{Cause, MailError, State, fetching, large, watching};
use desk::outbox;
use desk::tickets::{self, MessageKind, Status};
use kit::db::Db;
use kit::jobs::Options;
use mail::imap::client::{Client, Credentials, Entry};
use mail::wire::{Reach, Security, Server};
use tandem_core::actor::Forbidden;
use tandem_core::contacts::erasing::{self, Holdings};
use tandem_core::events::Wiring;
use tandem_core::permissions::Permission;
use testkit::on_both;

use super::post::{Post, letter, settle, work};
use crate::mailboxes::handed;
use crate::tickets::{says, write};
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

/// What one of us sent from their own program.
fn ours(id: &str, more: &str, text: &str) -> Vec<u8> {
    let raw = letter(id, more, text).replace("Leyla <leyla@example.com>", "Ada <help@desk.example>");
    let raw = raw.replace("To: help@desk.example", "To: Leyla <leyla@example.com>");
    raw.replace('\n', "\r\n").into_bytes()
}

/// The same mailbox, which sends too.
fn sends(text: MailboxText) -> MailboxText {
    MailboxText {
        outgoing: Outgoing::Smtp,
        smtp: ServerText {
            host: "localhost".to_owned(),
            port: 25,
            protection: Protection::Plain,
            ..ServerText::default()
        },
        ..text
    }
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
        assert_eq!((mails.len(), mails.iter().filter(|mail| mail.state == State::Kept).count()), (4, 4));
    }

    async fn answers_from_another_mail_program_are_messages_of_ours_and_are_not_sent_again(db: TestDb) {
        let Some(dovecot) = dovecot() else { return };
        dovecot.attach(&db);
        db.attach(Arc::new(Wiring::default().on(&tickets::REPLIED, &[outbox::WRITE])));
        let who = person(&db, 42);
        let mut client = dovecot.client(&who).await;
        let post = Post::with(&db, MailboxText { sent_folder: "Sent".to_owned(), ..sends(dovecot.text(&who, "INBOX")) }).await;
        client.append("INBOX", &bytes("1@s", "", "Every export stops.")).await.unwrap();
        client.append("Sent", &ours("2@outlook.example", "In-Reply-To: <1@s>\n", "Use the new version.")).await.unwrap();
        client.append("Sent", &ours("3@outlook.example", "", "Lunch?")).await.unwrap();
        let forward = String::from_utf8(ours("5@outlook.example", "In-Reply-To: <1@s>\n", "She is difficult. Can you help?")).unwrap();
        let forward = forward.replace("Leyla <leyla@example.com>", "Tom <tom@fixit.example>");
        client.append("Sent", forward.as_bytes()).await.unwrap();
        assert_eq!(fetch(&db, &post.mailbox, &post, "one").await, Ok(4));
        settle(&db).await;
        let mails = post.mails().await;
        let of = |id: &str| mails.iter().find(|mail| mail.arrival.message_id == id).unwrap();
        let ticket = of("1@s").ticket.unwrap();
        assert_eq!((of("2@outlook.example").state, of("2@outlook.example").ticket), (State::Placed, Some(ticket)));
        assert_eq!(of("2@outlook.example").clue, "sent_elsewhere");
        assert_eq!((of("3@outlook.example").state, of("3@outlook.example").ticket), (State::Kept, None), "kept, and nobody is asked");
        assert_eq!((of("5@outlook.example").state, of("5@outlook.example").ticket), (State::Kept, None), "passed on to somebody else");
        let (now, messages) = post.ticket(ticket).await;
        let last = messages.iter().find(|message| message.kind == MessageKind::Reply).unwrap();
        assert_eq!((now.status, now.replies, messages.len()), (Status::Waiting, 1, 2));
        assert!(now.replied_at.is_some() && last.author.ends_with("Ada"), "{last:?}");
        let (workspace, id) = (post.world.workspace, last.id);
        let mail = db.read(move |tx| outbox::of_message(tx, workspace, id)).await.unwrap();
        assert!(mail.is_none(), "it is out already");
        let newest = db.read(move |tx| desk::mails::newest_of_ticket(tx, workspace, ticket)).await.unwrap().unwrap();
        assert_eq!(newest.message_id, "1@s", "answers still go to the customer");
        client.append("INBOX", &bytes("4@s", "In-Reply-To: <2@outlook.example>\n", "It works.")).await.unwrap();
        assert_eq!(fetch(&db, &post.mailbox, &post, "one").await, Ok(1));
        settle(&db).await;
        assert_eq!(post.mails().await[0].ticket, Some(ticket));
        db.attach(Arc::new(Holdings::new(&[&desk::mails::HOLDS, &tickets::HOLDS])));
        let (ada, contact) = (post.world.ada.clone(), of("1@s").contact.unwrap());
        db.write(move |tx| erasing::erase(tx, &ada, contact).map(drop)).await.unwrap();
        let left = post.mails().await;
        let mut theirs = left.iter().filter(|mail| mail.ticket == Some(ticket));
        assert!(theirs.all(|mail| mail.arrival.blob.is_none()), "what we sent from elsewhere quotes them");
    }

    async fn a_copy_of_our_own_mail_is_known_and_teaches_its_new_identifier(db: TestDb) {
        let Some(dovecot) = dovecot() else { return };
        dovecot.attach(&db);
        db.attach(Arc::new(Wiring::default().on(&tickets::REPLIED, &[outbox::WRITE])));
        let who = person(&db, 44);
        let mut client = dovecot.client(&who).await;
        // Somebody named it among the folders, as one could before.
        let post = Post::with(&db, sends(dovecot.text(&who, "INBOX, Sent"))).await;
        client.append("INBOX", &bytes("1@c", "", "Every export stops.")).await.unwrap();
        assert_eq!(fetch(&db, &post.mailbox, &post, "one").await, Ok(1));
        settle(&db).await;
        let ticket = post.mails().await[0].ticket.unwrap();
        let (_, message) = write(&db, &post.world.sam, ticket, says(MessageKind::Reply, "Try this.")).await.unwrap();
        let workspace = post.world.workspace;
        let parcel = db.read(move |tx| outbox::of_message(tx, workspace, message.id)).await.unwrap().unwrap();
        let stamp = format!("X-Tandem-Mail: {}\n", parcel.mail.id);
        client.append("Sent", &ours("new@relay.example", &stamp, "Try this.")).await.unwrap();
        assert_eq!(fetch(&db, &post.mailbox, &post, "one").await, Ok(1));
        settle(&db).await;
        let copy = post.mails().await.remove(0);
        assert_eq!((copy.state, copy.cause, copy.ticket, copy.message), (State::Known, None, Some(ticket), None));
        assert_eq!(post.ticket(ticket).await.1.len(), 2, "it is no message once more");
        let known = db.read(move |tx| outbox::is_ours(tx, workspace, "new@relay.example")).await.unwrap();
        assert_eq!(known.map(|known| known.mail.id), Some(parcel.mail.id));
        client.append("INBOX", &bytes("2@c", "In-Reply-To: <new@relay.example>\n", "It works.")).await.unwrap();
        assert_eq!(fetch(&db, &post.mailbox, &post, "one").await, Ok(1));
        settle(&db).await;
        assert_eq!(post.mails().await[0].ticket, Some(ticket));
    }

    async fn a_test_of_the_connection_finds_the_folder_of_what_was_sent(db: TestDb) {
        let Some(dovecot) = dovecot() else { return };
        dovecot.attach(&db);
        let who = person(&db, 46);
        dovecot.client(&who).await.append("Sent", &ours("1@t", "", "Hello")).await.unwrap();
        let post = Post::with(&db, dovecot.text(&who, "INBOX")).await;
        let (mailbox, tried) = desk::mailboxes::trying::mailbox(&db, &post.world.ada, post.mailbox.id).await.unwrap();
        assert_eq!(tried[0].unread_sent(&mailbox).map(|folder| folder.name.as_str()), Some("Sent"));
        let reads = Mailbox { sent_folder: "Sent".to_owned(), ..mailbox };
        assert!(tried[0].unread_sent(&reads).is_none());
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

    async fn a_mail_that_was_too_large_comes_when_somebody_wants_it(db: TestDb) {
        let Some(dovecot) = dovecot() else { return };
        dovecot.attach(&db);
        let who = person(&db, 48);
        let mut client = dovecot.client(&who).await;
        let post = Post::with(&db, dovecot.text(&who, "INBOX")).await;
        let mut raw = bytes("large@w", "", "All of it");
        while raw.len() < 51 << 20 {
            raw.extend_from_slice(&[b'x'; 70]);
            raw.extend_from_slice(b"\r\n");
        }
        client.append("INBOX", &raw).await.unwrap();
        assert_eq!(fetch(&db, &post.mailbox, &post, "one").await, Ok(1));
        let held = post.mails().await.remove(0);
        assert_eq!((held.cause, held.arrival.blob), (Some(Cause::TooLarge), None));
        let (ada, id) = (post.world.ada.clone(), held.id);
        for _ in 0..2 {
            let ada = ada.clone();
            db.write(move |tx| large::want(tx, &ada, id)).await.unwrap();
        }
        let mut work = work();
        work.errand(Options::new(), large::jobs::fetch);
        while kit::jobs::run_due(&db, &work).await.unwrap() > 0 {}
        let came = post.mails().await.remove(0);
        assert!(came.id == id && came.arrival.blob.is_some() && came.state == State::Placed, "{came:?}");
        assert_eq!(db.write(move |tx| large::want(tx, &ada, id)).await, Err(MailError::Decided));
        assert_eq!(fetch(&db, &post.mailbox, &post, "one").await, Ok(0));
    }
}
