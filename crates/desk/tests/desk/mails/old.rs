//! Old mail: a folder becomes tickets of the past, once, whoever kills it; and it can be taken back.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use desk::mailboxes::MailboxText;
use desk::mails::old::{
    self, Choices, Counts, MailImport, MailImportError, MailImportState, New, Outcome, Phase,
};
use desk::mails::{self, State};
use desk::tickets::{self, MessageKind, NewMessage, Status, TicketId};
use futures::stream;
use kit::db::{Db, DbError};
use kit::jobs::{Jobs, Options, Worker, WorkerConfig};
use tandem_core::actor::Actor;
use tandem_core::contacts::erasing::{self, Holdings};
use testkit::on_both;

use super::post::{Post, letter, work};
use crate::mailboxes::handed;
use crate::sides::{asking, begun};
use crate::world::LISTS;

/// Conversations of three mails each.
const MANY: i64 = 60;

fn jobs() -> Jobs {
    let mut jobs = work();
    jobs.errand(Options::new(), old::jobs::carry);
    jobs
}

async fn settle(db: &Db) {
    while kit::jobs::run_due(db, &jobs()).await.unwrap() > 0 {}
}

fn mail(id: &str, (from, to): (&str, &str), date: &str, more: &str) -> String {
    format!(
        "From: {from}\nTo: {to}\nDate: {date} +0000\nSubject: Exports of {date}\nMessage-ID: <{id}@old.example>\n{more}\nThis is {id}.\n"
    )
}

fn write(folder: &Path, place: &str, raw: &str) {
    let path = folder.join(place);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, raw).unwrap();
}

/// Years of mail, the answers before the questions: requests, what we answered, thanks, what a machine sent, a mail that
/// came here by itself and one that answers it.
fn fill(folder: &Path) {
    let (leyla, us) = ("Leyla <leyla@example.com>", "Ada <help@desk.example>");
    for number in 0..MANY {
        let day = |hour: i64| format!("{} Jan 2024 {hour:02}:00:00", 1 + number % 28);
        let answers = |id: &str| format!("In-Reply-To: <{id}{number}@old.example>\n");
        let thanks = mail(
            &format!("thanks{number}"),
            (leyla, us),
            &day(12),
            &answers("answer"),
        );
        write(folder, &format!("cur/{number}.a:2,S"), &thanks);
        let answer = mail(&format!("answer{number}"), (us, leyla), &day(10), &answers("ask"));
        write(folder, &format!(".Sent/cur/{number}.b:2,S"), &answer);
        let asked = mail(&format!("ask{number}"), (leyla, us), &day(8), "");
        write(folder, &format!("new/{number}.c"), &asked);
    }
    let first = mail("ask0", (leyla, us), "1 Jan 2024 08:00:00", "");
    write(folder, "new/again", &first);
    let news = "Precedence: bulk\nList-Unsubscribe: <mailto:stop@news.example>\n";
    let news = mail(
        "news",
        ("News <news@news.example>", us),
        "3 Jan 2024 08:00:00",
        news,
    );
    write(folder, "new/news", &news);
    write(
        folder,
        "new/known",
        &format!("{}\n", letter("known@example.com", "", "It came by itself.")),
    );
    let more = mail(
        "more",
        (leyla, us),
        "2 Mar 2026 08:30:00",
        "In-Reply-To: <known@example.com>\n",
    );
    write(folder, "new/more", &more);
}

async fn bring(post: &Post, folder: &Path) -> MailImport {
    let new = New {
        mailbox: post.mailbox.id,
        file_name: "Maildir".to_owned(),
    };
    let brought = old::receive(&post.db, &post.world.ada, new, old::maildir(folder)).await;
    settle(&post.db).await;
    find(post, &brought.unwrap()).await
}

async fn find(post: &Post, import: &MailImport) -> MailImport {
    let (ada, id) = (post.world.ada.clone(), import.id);
    post.db
        .read(move |tx| old::find(tx, &ada, id))
        .await
        .unwrap()
        .unwrap()
}

async fn start(post: &Post, import: &MailImport) {
    let (ada, id) = (post.world.ada.clone(), import.id);
    let choices = Choices {
        open_days: 14,
        ..Choices::default()
    };
    post.db
        .write(move |tx| old::start(tx, &ada, id, &choices))
        .await
        .unwrap();
}

async fn undo(post: &Post, import: &MailImport) -> MailImport {
    let (ada, id) = (post.world.ada.clone(), import.id);
    post.db.write(move |tx| old::undo(tx, &ada, id)).await.unwrap();
    settle(&post.db).await;
    find(post, import).await
}

/// Where a mail of the file is, by its identifier.
async fn ticket_of(post: &Post, message_id: &str) -> TicketId {
    let found = post.mails().await;
    let placed = |mail: &&mails::Mail| mail.arrival.message_id == message_id && mail.state == State::Placed;
    found.iter().find(placed).unwrap().ticket.unwrap()
}

async fn is_there(post: &Post, id: TicketId) -> bool {
    let ada: Actor = post.world.ada.clone();
    let found = post
        .db
        .read(move |tx| Ok::<_, DbError>(tickets::find(tx, &ada, id).unwrap()));
    found.await.unwrap().is_some()
}

on_both! { LISTS;
    async fn a_folder_becomes_tickets_of_the_past_once_and_is_taken_back(db: TestDb) {
        let post = Post::open(&db).await;
        let known = post.deliver(&letter("known@example.com", "", "It came by itself.")).await.ticket.unwrap();
        let folder = tempfile::tempdir().unwrap();
        fill(folder.path());

        // What is in it is known before anything happens.
        let import = bring(&post, folder.path()).await;
        assert_eq!(import.state, MailImportState::Ready, "{}", import.problem);
        let found = &import.found;
        assert_eq!((found.mails, found.threads), (3 * MANY + 4, MANY + 2));
        assert_eq!(found.own, [("help@desk.example".to_owned(), MANY)]);
        assert_eq!(post.mails().await.len(), 1);

        // It is killed in the middle, carried on, and loses and doubles nothing.
        start(&post, &import).await;
        let mut config = WorkerConfig::new(&post.db);
        config.alone = true;
        let killed = Worker::start(&post.db, jobs(), config.clone());
        while find(&post, &import).await.taken == 0 {
            tokio::task::yield_now().await;
        }
        drop(killed);
        let worker = Worker::start(&post.db, jobs(), config);
        while find(&post, &import).await.is_moving() {
            tokio::task::yield_now().await;
        }
        worker.stop().await;
        let done = find(&post, &import).await;
        assert_eq!(done.state, MailImportState::Done, "{}", done.problem);
        let counts = Counts {
            opened: MANY,
            joined: 2 * MANY + 1,
            repeated: 2,
            aside: 1,
            ..Counts::default()
        };
        assert_eq!((done.counts, done.file), (counts, None));

        // A ticket has its past: its times, our answer as ours, its end.
        let id = ticket_of(&post, "ask7@old.example").await;
        let (ticket, messages) = post.ticket(id).await;
        let kinds: Vec<MessageKind> = messages.iter().map(|message| message.kind).collect();
        assert_eq!(kinds, [MessageKind::Inbound, MessageKind::Reply, MessageKind::Inbound]);
        let at = |hour: i64| 1_704_067_200_000_000 + (7 * 24 + hour) * 3_600_000_000;
        let times: Vec<i64> = messages.iter().map(|message| message.written_at.0).collect();
        assert_eq!(times, [at(8), at(10), at(12)]);
        assert_eq!((ticket.opened_at.0, ticket.touched_at.0, ticket.replies), (at(8), at(12), 1));
        assert_eq!((ticket.status, ticket.solved_at.map(|at| at.0)), (Status::Solved, Some(at(12))));
        assert_eq!(messages[1].author, post.world.ada.signature(), "whoever is called so has written it");
        let (workspace, newest) = (post.world.workspace, id);
        let newest = post.db.read(move |tx| mails::newest_of_ticket(tx, workspace, newest)).await.unwrap().unwrap();
        assert_eq!(newest.message_id, "thanks7@old.example");
        let (standing, messages) = post.ticket(known).await;
        assert_eq!((messages.len(), standing.status), (2, Status::Open), "it joins what had come by itself");

        // Brought again, nothing is doubled.
        let again = bring(&post, folder.path()).await;
        start(&post, &again).await;
        settle(&post.db).await;
        let again = find(&post, &again).await;
        assert_eq!((again.counts.repeated, again.counts.mails()), (found.mails, found.mails));
        let (ada, again_id) = (post.world.ada.clone(), again.id);
        let lines = post.db.read(move |tx| old::lines(tx, &ada, (again_id, Some(Outcome::Repeated)), 0, 1_000));
        assert_eq!(i64::try_from(lines.await.unwrap().len()), Ok(found.mails));

        // What somebody works on stays, the rest goes, and what had come by itself is as it was.
        let (ada, note) = (post.world.ada.clone(), NewMessage {
            kind: MessageKind::Note,
            body: "We should call them.".to_owned(),
            html: None,
            seen: None,
            then: None,
            files: Vec::new(),
        });
        post.db.write(move |tx| tickets::write(tx, &ada, id, &note)).await.unwrap();
        let other = ticket_of(&post, "ask8@old.example").await;
        undo(&post, &again).await;
        let undone = undo(&post, &import).await;
        assert_eq!(undone.state, MailImportState::Undone, "{}", undone.problem);
        assert_eq!((undone.counts.taken_back, undone.counts.left_alone), (MANY, 1));
        assert!(is_there(&post, id).await && !is_there(&post, other).await);
        let (standing, messages) = post.ticket(known).await;
        assert_eq!((messages.len(), standing.status), (1, Status::Open));
        let first = messages[0].id;
        assert_eq!(standing.last_public, Some(first));
        let left = post.mails().await;
        assert_eq!(left.len(), 4, "what came by itself, and the conversation that stays");

        // Taken back, it can be brought again.
        let third = bring(&post, folder.path()).await;
        start(&post, &third).await;
        settle(&post.db).await;
        assert_eq!(find(&post, &third).await.counts.opened, MANY - 1);
    }

    async fn a_zip_file_is_unpacked_looked_through_and_brought(db: TestDb) {
        let post = Post::open(&db).await;
        let (leyla, us) = ("Leyla <leyla@example.com>", "Ada <help@desk.example>");
        let (ask, more) = (mail("zip1", (leyla, us), "1 Jan 2024 08:00:00", ""), mail("zip2", (leyla, us), "1 Jan 2024 09:00:00", "In-Reply-To: <zip1@old.example>\n"));
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, content) in [("mail/cur/1", ask.as_str()), ("all.mbox", &format!("From -\n{more}")), ("read me", "Nothing")] {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut writer, content.as_bytes()).unwrap();
        }
        let packed = axum::body::Bytes::from(writer.finish().unwrap().into_inner());
        let new = New {
            mailbox: post.mailbox.id,
            file_name: "mail.zip".to_owned(),
        };
        let content = stream::iter([Ok::<_, std::io::Error>(packed)]);
        let brought = old::receive(&post.db, &post.world.ada, new, content).await.unwrap();
        assert_eq!((brought.state, brought.phase), (MailImportState::Looking, Phase::Unpacking));
        settle(&post.db).await;
        let import = find(&post, &brought).await;
        assert_eq!((import.state, import.found.mails, import.found.threads, import.found.left_out), (MailImportState::Ready, 2, 1, 1), "{}", import.problem);
        start(&post, &import).await;
        settle(&post.db).await;
        let done = find(&post, &import).await;
        assert_eq!((done.counts.opened, done.counts.joined, done.file), (1, 1, None));
        let new = New {
            mailbox: post.mailbox.id,
            file_name: "broken.zip".to_owned(),
        };
        let content = stream::iter([Ok::<_, std::io::Error>(axum::body::Bytes::from_static(b"PK\x03\x04 and no end"))]);
        let broken = old::receive(&post.db, &post.world.ada, new, content).await.unwrap();
        settle(&post.db).await;
        let broken = find(&post, &broken).await;
        assert_eq!((broken.state, broken.found.mails), (MailImportState::Failed, 0), "{}", broken.problem);
    }

    async fn a_ticket_that_was_there_is_touched_when_it_had_been_once_old_mail_is_taken_back(db: TestDb) {
        let post = Post::open(&db).await;
        let known = post.deliver(&letter("known@example.com", "", "It came by itself.")).await.ticket.unwrap();
        db.clock().advance(std::time::Duration::from_secs(7_200));
        let (ada, note) = (post.world.ada.clone(), NewMessage {
            kind: MessageKind::Note,
            body: "We should call them.".to_owned(),
            html: None,
            seen: None,
            then: None,
            files: Vec::new(),
        });
        post.db.write(move |tx| tickets::write(tx, &ada, known, &note)).await.unwrap();
        let (before, _) = post.ticket(known).await;
        db.clock().advance(std::time::Duration::from_secs(7_200));
        let date = db.clock().now().calendar().unwrap().strftime("%d %b %Y %H:%M:%S").to_string();
        let more = mail("more", ("Leyla <leyla@example.com>", "Ada <help@desk.example>"), &date, "In-Reply-To: <known@example.com>\n");
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "new/more", &more);
        db.clock().advance(std::time::Duration::from_secs(7_200));
        let import = bring(&post, folder.path()).await;
        start(&post, &import).await;
        settle(&post.db).await;
        let (with, messages) = post.ticket(known).await;
        assert!(with.touched_at > before.touched_at, "{with:?}");
        assert_eq!(messages.len(), 3);
        undo(&post, &import).await;
        let (after, messages) = post.ticket(known).await;
        assert_eq!((after.touched_at, after.last_public, messages.len()), (before.touched_at, before.last_public, 2));
    }

    async fn an_outsider_who_names_a_conversation_is_a_stranger_in_it(db: TestDb) {
        let post = Post::open(&db).await;
        let known = post.deliver(&letter("known@example.com", "", "It came by itself.")).await.ticket.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (leyla, mal, us) = ("Leyla <leyla@example.com>", "Mal <mal@evil.example>", "Ada <help@desk.example>");
        let names = |id: &str| format!("References: <{id}>\n");
        for (place, mail) in [
            ("new/1", mail("ask", (leyla, us), "1 Jan 2024 08:00:00", "")),
            ("new/2", mail("late", (mal, us), "1 Jan 2099 08:00:00", &names("ask@old.example"))),
            ("new/3", mail("early", (mal, us), "1 Jan 1999 08:00:00", &names("ask@old.example"))),
            ("new/4", mail("in", (mal, us), "2 Jan 2024 08:00:00", &names("known@example.com"))),
        ] {
            write(folder.path(), place, &mail);
        }
        let import = bring(&post, folder.path()).await;
        start(&post, &import).await;
        settle(&post.db).await;
        let asked = ticket_of(&post, "ask@old.example").await;
        let (ticket, messages) = post.ticket(asked).await;
        assert_eq!(messages.len(), 3);
        assert!(messages.iter().all(|message| message.written_at.0 < 1_704_326_400_000_000), "nothing is of 2099");
        let hers = messages.iter().find(|message| message.body == "This is ask.").unwrap();
        assert!(ticket.contact.is_some() && ticket.contact == hers.contact, "whoever forges a date asked nothing");
        for (id, newest) in [(asked, "ask@old.example"), (known, "known@example.com")] {
            let workspace = post.world.workspace;
            let found = post.db.read(move |tx| mails::newest_of_ticket(tx, workspace, id)).await.unwrap().unwrap();
            assert_eq!(found.message_id, newest);
        }
        assert_eq!(post.mails().await.iter().filter(|mail| mail.is_stranger).count(), 3);
    }

    async fn what_others_were_asked_beside_a_ticket_comes_into_no_customers_ticket(db: TestDb) {
        let (post, ticket) = begun(&db).await;
        let asked = asking("service@fixit.example", "Is this batch known?");
        let (side, ours) = crate::sides::open(&db, &post.world.sam, ticket, asked).await.unwrap();
        let (before, _) = post.ticket(ticket).await;
        let folder = tempfile::tempdir().unwrap();
        let (us, they) = ("Ada <help@desk.example>", "Fixit <service@fixit.example>");
        let names = format!("References: <{}>\n", ours.mail.identifier);
        let first = mail("ours", (us, they), "2 Mar 2026 08:00:00", "");
        write(folder.path(), "new/1", &first.replace("ours@old.example", &ours.mail.identifier));
        write(folder.path(), "new/2", &mail("second", (us, they), "2 Mar 2026 08:10:00", &names));
        write(folder.path(), "new/3", &mail("answer", (they, us), "2 Mar 2026 08:20:00", &names));
        let import = bring(&post, folder.path()).await;
        start(&post, &import).await;
        settle(&post.db).await;
        let counts = find(&post, &import).await.counts;
        assert_eq!((counts.repeated, counts.opened, counts.joined), (1, 1, 1));
        let (after, messages) = post.ticket(ticket).await;
        assert_eq!((messages.len(), after.replies, after.version), (1, 0, before.version));
        let mails = post.mails().await;
        let again = mails.iter().find(|mail| mail.state == State::Repeated).unwrap();
        assert_eq!((again.ticket, again.side), (None, Some(side.id)));
    }

    async fn whoever_takes_an_address_of_ours_is_none_of_us(db: TestDb) {
        let text = MailboxText { trusted: "mx.desk.example".to_owned(), ..handed("help@desk.example") };
        let post = Post::with(&db, text).await;
        let folder = tempfile::tempdir().unwrap();
        let (us, leyla) = ("Ada <help@desk.example>", "Leyla <leyla@example.com>");
        let denied = "Authentication-Results: mx.desk.example; dmarc=fail header.from=desk.example\n";
        write(folder.path(), "new/1", &mail("ours", (us, leyla), "1 Jan 2024 08:00:00", ""));
        write(folder.path(), "new/2", &mail("forged", (us, leyla), "2 Jan 2024 08:00:00", denied));
        let import = bring(&post, folder.path()).await;
        start(&post, &import).await;
        settle(&post.db).await;
        let counts = find(&post, &import).await.counts;
        assert_eq!((counts.opened, counts.aside), (1, 1));
    }

    async fn a_mail_that_is_held_is_not_lost_to_its_old_copy(db: TestDb) {
        let post = Post::open(&db).await;
        let raw = letter("held@example.com", "X-Spam-Flag: YES\n", "Hello");
        let held = post.deliver(&raw).await;
        assert_eq!(held.state, State::Suspended);
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "new/held", &format!("{raw}\n"));
        let import = bring(&post, folder.path()).await;
        start(&post, &import).await;
        settle(&post.db).await;
        assert_eq!(find(&post, &import).await.counts.repeated, 1);
        let (ada, id) = (post.world.ada.clone(), held.id);
        post.db.write(move |tx| mails::deciding::release(tx, &ada, id, false)).await.unwrap();
        settle(&post.db).await;
        let released = post.mails().await.into_iter().find(|mail| mail.id == id).unwrap();
        assert_eq!(released.state, State::Placed);
    }

    async fn who_is_erased_is_in_no_file_that_waits(db: TestDb) {
        db.attach(Arc::new(Holdings::new(&[&mails::HOLDS])));
        let post = Post::open(&db).await;
        let contact = post.deliver(&letter("known@example.com", "", "It came by itself.")).await.contact.unwrap();
        let folder = tempfile::tempdir().unwrap();
        fill(folder.path());
        let import = bring(&post, folder.path()).await;
        assert!(import.file.is_some() && !import.found.to.is_empty());
        let ada = post.world.ada.clone();
        post.db.write(move |tx| erasing::erase(tx, &ada, contact).map(drop)).await.unwrap();
        let gone = find(&post, &import).await;
        assert_eq!((gone.state, gone.file), (MailImportState::Failed, None));
        assert!(gone.found.own.is_empty() && gone.found.to.is_empty() && !gone.problem.is_empty());
    }

    async fn what_is_no_mail_is_refused_and_nobody_else_sees_an_import(db: TestDb) {
        let post = Post::open(&db).await;
        let new = || New { mailbox: post.mailbox.id, file_name: "x.mbox".to_owned() };
        let content = |text: &'static str| stream::iter([Ok::<_, std::io::Error>(bytes::Bytes::from_static(text.as_bytes()))]);
        let refused = old::receive(&post.db, &post.world.ada, new(), content("\u{7f}ELF")).await;
        assert_eq!(refused.unwrap_err(), MailImportError::NotMbox);
        let refused = old::receive(&post.db, &post.world.ada, new(), content("")).await;
        assert_eq!(refused.unwrap_err(), MailImportError::Empty);
        let refused = old::receive(&post.db, &post.world.eve, new(), content("From -\n")).await;
        assert_eq!(refused.unwrap_err(), MailImportError::NoMailbox);
        let refused = old::receive(&post.db, &post.world.sam, new(), content("From -\n")).await;
        assert!(matches!(refused, Err(MailImportError::Forbidden(_))));
        let taken = old::receive(&post.db, &post.world.ada, new(), content("From -\nSubject: x\n\nHello\n\n")).await.unwrap();
        settle(&post.db).await;
        let (eve, ada, id) = (post.world.eve.clone(), post.world.ada.clone(), taken.id);
        assert_eq!(post.db.read(move |tx| old::find(tx, &eve, id)).await.unwrap(), None);
        let wrong = Choices { own: vec!["nobody".to_owned()], ..Choices::default() };
        let refused = post.db.write(move |tx| old::start(tx, &ada, id, &wrong)).await;
        assert_eq!(refused.unwrap_err(), MailImportError::BadAddress("nobody".to_owned()));
        let ada = post.world.ada.clone();
        post.db.write(move |tx| old::discard(tx, &ada, id)).await.unwrap();
        let ada = post.world.ada.clone();
        assert_eq!(post.db.read(move |tx| old::find(tx, &ada, id)).await.unwrap(), None);
    }
}
