//! Mail that is handed over.

use std::sync::Arc;
use std::time::Duration;

use desk::mailboxes;
use desk::mails::{self, Cause, MailError, Reading, State, Verdict, deciding, held, large, senders};
use desk::reopening::{self, Reopening, ReopeningError};
use desk::tickets::bins;
use desk::tickets::connections::{self, Joint};
use desk::tickets::files;
use desk::tickets::{self, MessageKind, NewMessage, Status};
use kit::db::Migration;
use kit::id::TypedId;
use kit::jobs::{self, Jobs, Options};
use tandem_core::actor::Forbidden;
use tandem_core::contacts::erasing::{self, Holdings};
use tandem_core::permissions::Permission;
use testkit::on_both;

use super::post::{Post, letter, settle};
use crate::mailboxes::{create, handed};
use crate::world::LISTS;

/// The schema with a rule of which the program knows nothing.
const TRAPPED: &[&[Migration]] = &[
    jobs::MIGRATIONS,
    kit::blob::MIGRATIONS,
    tandem_core::MIGRATIONS,
    desk::MIGRATIONS,
    &[Migration::new(
        "desk_trap",
        "create unique index mails_trap on mails (workspace_id, sender_name) where sender_name = 'Trap';",
    )],
];

on_both! { TRAPPED;
    async fn a_mail_that_does_not_go_into_the_database_has_failed_and_stops_no_other(db: TestDb) {
        let post = Post::open(&db).await;
        let trap = |id: &str| letter(id, "", "Hello").replace("Leyla <", "Trap <");
        assert_eq!(post.deliver(&trap("1@example.com")).await.state, State::Placed);
        post.hand("x@example.com", &["help@desk.example"], &trap("2@example.com")).await;
        let next = post.deliver(&letter("3@example.com", "", "The next")).await;
        assert_eq!(next.state, State::Placed);
        let stuck = post.mails().await.remove(1);
        assert_eq!(stuck.state, State::Failed);
        assert!(!stuck.trouble.is_empty() && stuck.ticket.is_none(), "{stuck:?}");
    }
}

on_both! { LISTS;
    async fn a_mail_opens_a_ticket_and_its_answer_joins_it(db: TestDb) {
        let post = Post::open(&db).await;
        let first = post.deliver(&letter("1@example.com", "", "Every export ends after 10,000 rows.")).await;
        assert_eq!((first.state, first.clue.as_str(), first.is_stranger), (State::Placed, "", false));
        let (ticket, messages) = post.ticket(first.ticket.unwrap()).await;
        assert_eq!((ticket.subject.as_str(), messages.len()), ("Exports stop", 1));
        assert_eq!(messages[0].body, "Every export ends after 10,000 rows.");
        assert!(ticket.contact.is_some() && messages[0].contact == ticket.contact);
        let quoted = "It is worse now.\n\nOn Mon, 2 Mar 2026 at 08:00, Leyla <leyla@example.com> wrote:\n> Every export ends";
        let second = post.deliver(&letter("2@example.com", "In-Reply-To: <1@example.com>\n", quoted)).await;
        assert_eq!((second.ticket, second.clue.as_str()), (first.ticket, "known_in_reply_to"));
        let (_, messages) = post.ticket(first.ticket.unwrap()).await;
        assert_eq!(messages.last().unwrap().body, "It is worse now.", "what was quoted is not said again");
        let (workspace, id) = (post.world.workspace, first.ticket.unwrap());
        let newest = db.read(move |tx| mails::newest_of_ticket(tx, workspace, id)).await.unwrap().unwrap();
        assert_eq!((newest.message_id.as_str(), newest.reply_to), ("2@example.com", vec!["leyla@example.com".to_owned()]));
    }

    async fn the_same_mail_twice_is_one_message(db: TestDb) {
        let post = Post::open(&db).await;
        let raw = letter("1@example.com", "", "Hello");
        let first = post.deliver(&raw).await;
        let again = post.deliver(&raw.replace("from mx.example", "from another.example")).await;
        assert_eq!((again.state, again.message), (State::Repeated, first.message));
        let nameless = raw.replace("Message-ID: <1@example.com>\n", "");
        let one = post.deliver(&nameless).await;
        let two = post.deliver(&nameless).await;
        assert_eq!((one.state, two.state, two.message), (State::Placed, State::Repeated, one.message));
        let other = post.deliver(&letter("1@example.com", "", "Something else")).await;
        assert_eq!(other.state, State::Placed, "the same identifier with other words is another mail");
    }

    async fn a_signed_address_leads_to_its_ticket_and_a_stranger_is_named_so(db: TestDb) {
        let post = Post::open(&db).await;
        let first = post.deliver(&letter("1@example.com", "", "Hello")).await;
        let (ticket, workspace) = (first.ticket.unwrap(), post.world.workspace);
        let signer = db.read(move |tx| mailboxes::signer(tx, workspace)).await.unwrap();
        let address = signer.address("help@desk.example", *ticket.uuid().as_bytes(), None).unwrap();
        let from_others = letter("2@other.example", "", "May I join?").replace("leyla@example.com", "pal@other.example");
        let answers = post.hand("pal@other.example", &[&address], &from_others).await;
        assert_eq!(answers, ["250"]);
        settle(&db).await;
        let joined = post.mails().await.remove(0);
        assert_eq!((joined.ticket, joined.clue.as_str(), joined.is_stranger), (Some(ticket), "reply_address", true));
        let (now, messages) = post.ticket(ticket).await;
        assert_ne!(messages.last().unwrap().contact, now.contact, "the requester stays who it was");
        let forged = address.replace("+k", "+kx").replace("+a", "+az");
        post.hand("pal@other.example", &[&forged], &letter("3@other.example", "", "Hm")).await;
        settle(&db).await;
        assert_ne!(post.mails().await[0].ticket, Some(ticket));
    }

    async fn who_is_away_opens_nothing_again(db: TestDb) {
        let post = Post::open(&db).await;
        let first = post.deliver(&letter("1@example.com", "", "Hello")).await;
        let (ticket, ada) = (first.ticket.unwrap(), post.world.ada.clone());
        let solve = NewMessage { kind: MessageKind::Reply, body: "Done".to_owned(), html: None, seen: None, then: Some(Status::Solved.into()), files: Vec::new() };
        db.write(move |tx| tickets::write(tx, &ada, ticket, &solve).map(drop)).await.unwrap();
        let away = "In-Reply-To: <1@example.com>\nAuto-Submitted: auto-replied\nX-Autoreply: yes\n";
        let mail = post.deliver(&letter("2@example.com", away, "I am away until Monday.")).await;
        assert_eq!((mail.state, mail.ticket), (State::Placed, Some(ticket)));
        let (now, messages) = post.ticket(ticket).await;
        assert_eq!((now.status, now.reopenings, messages.len()), (Status::Solved, 0, 3));
        let person = post.deliver(&letter("3@example.com", "In-Reply-To: <1@example.com>\n", "It is back.")).await;
        assert_eq!(person.ticket, Some(ticket));
        assert_eq!(post.ticket(ticket).await.0.status, Status::Open);
    }

    async fn an_answer_to_what_was_solved_long_ago_is_a_ticket_of_its_own(db: TestDb) {
        let post = Post::open(&db).await;
        let day = Duration::from_secs(86_400);
        let (ada, week) = (post.world.ada.clone(), Reopening { days: Some(7), version: 0 });
        let kept = db.write(move |tx| reopening::change(tx, &ada, week)).await.unwrap();
        assert_eq!((kept.days, kept.version), (Some(7), 1));
        for (days, version, wrong) in [(Some(-1), 1, ReopeningError::BadDays), (None, 0, ReopeningError::Stale)] {
            let ada = post.world.ada.clone();
            let refused = db.write(move |tx| reopening::change(tx, &ada, Reopening { days, version })).await;
            assert_eq!(refused.unwrap_err(), wrong);
        }
        let solve = |ticket| {
            let (db, ada) = (db.db.clone(), post.world.ada.clone());
            let done = NewMessage { kind: MessageKind::Reply, body: "Done".to_owned(), html: None, seen: None, then: Some(Status::Solved.into()), files: Vec::new() };
            async move { db.write(move |tx| tickets::write(tx, &ada, ticket, &done).map(drop)).await.unwrap() }
        };
        let old = post.deliver(&letter("1@example.com", "", "Hello")).await.ticket.unwrap();
        solve(old).await;
        db.clock().advance(6 * day);
        let answer = "In-Reply-To: <1@example.com>\n";
        assert_eq!(post.deliver(&letter("2@example.com", answer, "It is back.")).await.ticket, Some(old));
        solve(old).await;
        db.clock().advance(8 * day);
        let away = format!("{answer}Auto-Submitted: auto-replied\nX-Autoreply: yes\n");
        assert_eq!(post.deliver(&letter("3@example.com", &away, "I am away.")).await.ticket, Some(old));
        let new = post.deliver(&letter("4@example.com", answer, "Something else.")).await.ticket.unwrap();
        assert_ne!(new, old);
        assert_eq!(post.deliver(&letter("5@example.com", answer, "And this.")).await.ticket, Some(new), "not a third one");
        assert_eq!(post.ticket(old).await.0.status, Status::Solved);
        let ada = post.world.ada.clone();
        let around = db.read(move |tx| connections::all(tx, &ada, old)).await.unwrap();
        let joined: Vec<_> = around.iter().map(|(one, ticket)| (one.joint, ticket.id)).collect();
        assert_eq!(joined, [(Joint::Related, new)]);
        let into = post.deliver(&letter("6@example.com", "", "The same again.")).await.ticket.unwrap();
        let ada = post.world.ada.clone();
        db.write(move |tx| connections::connect(tx, &ada, (new, into), Joint::Merged)).await.unwrap();
        assert_eq!(post.deliver(&letter("7@example.com", answer, "Still.")).await.ticket, Some(into), "where that one is shown");
    }

    async fn what_should_be_no_ticket_is_held_until_somebody_decides(db: TestDb) {
        let post = Post::open(&db).await;
        let away = post.deliver(&letter("1@example.com", "Auto-Submitted: auto-replied\nSubject: Out of office\n", "Away")).await;
        assert_eq!(away.state, State::Suspended);
        let (sam, ada, id) = (post.world.sam.clone(), post.world.ada.clone(), away.id);
        let refused = db.write(move |tx| deciding::release(tx, &sam, id, false)).await;
        assert_eq!(refused, Err(Forbidden(Permission::MailsWrite).into()));
        db.write(move |tx| deciding::release(tx, &ada, id, false)).await.unwrap();
        settle(&db).await;
        let released = post.mails().await.remove(0);
        assert!(released.state == State::Placed && released.ticket.is_some() && released.cause.is_none());
        let ada = post.world.ada.clone();
        assert_eq!(db.write(move |tx| deciding::release(tx, &ada, id, false)).await, Err(MailError::Decided));
        let spam = post.deliver(&letter("2@example.com", "X-Spam-Flag: YES\n", "Buy")).await;
        assert_eq!((spam.state, spam.cause), (State::Suspended, Some(Cause::Spam)));
        let (ada, id) = (post.world.ada.clone(), spam.id);
        db.write(move |tx| deciding::block(tx, &ada, id, true)).await.unwrap();
        let next = post.deliver(&letter("3@example.com", "", "Buy more")).await;
        assert_eq!((next.state, next.cause), (State::Suspended, Some(Cause::BlockedSender)));
        let own = letter("4@example.com", "", "Hello").replace("leyla@example.com", "help@desk.example");
        assert_eq!(post.deliver(&own).await.cause, Some(Cause::Loop));
        let bounce = letter("5@example.com", "Return-Path: <>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n", "--b\nContent-Type: text/plain\n\nNo.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; x@y.example\nAction: failed\nStatus: 5.1.1\n\n--b--").replace("leyla@", "mailer-daemon@");
        assert_eq!(post.deliver(&bounce).await.cause, Some(Cause::DeliveryFailure));
    }

    async fn hostile_and_broken_mails_become_rows_and_never_block_the_next(db: TestDb) {
        let post = Post::open(&db).await;
        for (at, from) in [
            "\"<script>alert(1)</script>\" <x'--;drop@example.com>".to_owned(),
            format!("{} <{}@example.com>", "n".repeat(5_000), "a".repeat(300)),
            "no address at all".to_owned(),
            "a@b.example, c@d.example, e@f.example".to_owned(),
            "=?utf-8?B?//79?= <\u{202e}moc.elpmaxe@bob>".to_owned(),
        ].iter().enumerate() {
            let raw = letter(&format!("{at}@hostile.example"), "", "Hello").replace("Leyla <leyla@example.com>", from);
            let mail = post.deliver(&raw).await;
            assert!(matches!(mail.state, State::Placed | State::Suspended), "{from}: {mail:?}");
            assert_eq!(mail.trouble, "");
        }
        let empty = post.deliver("\n").await;
        assert_eq!((empty.state, empty.cause), (State::Suspended, Some(Cause::Blank)));
        let nul = post.deliver(&letter("n@example.com", "", "Nul \0 byte")).await;
        assert_eq!(nul.state, State::Placed);
        let next = post.deliver(&letter("next@example.com", "", "Hello")).await;
        assert_eq!(next.state, State::Placed);
    }

    async fn an_address_of_five_thousand_letters_stops_nobody(db: TestDb) {
        let post = Post::open(&db).await;
        let long = "a".repeat(5_000);
        let raw = letter("1@example.com", "", "Hello").replace("leyla@", &format!("{long}@"));
        post.hand("x@example.com", &["help@desk.example"], &raw).await;
        let next = post.deliver(&letter("2@example.com", "", "The next")).await;
        assert_eq!(next.state, State::Placed);
        let hostile = post.mails().await.remove(1);
        assert_eq!((hostile.state, hostile.reading.sender.as_str()), (State::Placed, ""), "it is from nobody");
    }

    async fn what_can_not_be_read_is_seen_and_can_be_read_again(db: TestDb) {
        let post = Post::open(&db).await;
        post.hand("a@example.com", &["help@desk.example"], &letter("1@example.com", "", "Lost bytes")).await;
        let blobs = db.folder.path().join("blobs");
        let hidden = db.folder.path().join("hidden");
        std::fs::rename(&blobs, &hidden).unwrap();
        settle(&db).await;
        let mail = post.mails().await.remove(0);
        assert_eq!(mail.state, State::Failed, "{mail:?}");
        assert!(!mail.trouble.is_empty());
        std::fs::remove_dir_all(&blobs).ok();
        std::fs::rename(&hidden, &blobs).unwrap();
        let next = post.deliver(&letter("2@example.com", "", "The next")).await;
        assert_eq!(next.state, State::Placed);
        let (ada, id) = (post.world.ada.clone(), mail.id);
        db.write(move |tx| deciding::reread(tx, &ada, id)).await.unwrap();
        settle(&db).await;
        assert!(post.mails().await.iter().all(|mail| mail.state == State::Placed));
    }

    async fn what_a_mail_carries_is_with_its_message_and_its_reason_below_it(db: TestDb) {
        let post = Post::open(&db).await;
        let parts = "Content-Type: multipart/mixed; boundary=x\n";
        let body = "--x\nContent-Type: text/plain\n\nSee the picture.\n--x\nContent-Type: image/png\nContent-Disposition: attachment; \
                    filename=\"../../shot.png\"\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--x--\n";
        let mail = post.deliver(&letter("1@example.com", parts, body)).await;
        let (ada, ticket) = (post.world.ada.clone(), mail.ticket.unwrap());
        let text = kit::i18n::Text::new(kit::i18n::Locale::english(), jiff::tz::TimeZone::UTC, db.clock().now());
        let (files, marks) = db.read(move |tx| {
            let files = files::of_ticket(tx, &ada, ticket)?;
            let ticket = tickets::find(tx, &ada, ticket)?.unwrap();
            let marks = mails::marks::say(tx, &ada, &text, &ticket, &[mail.message.unwrap()])?;
            Ok::<_, tickets::TicketError>((files, marks))
        }).await.unwrap();
        let [file] = &files[..] else { panic!("{files:?}") };
        assert_eq!((file.name.as_str(), file.size, file.is_picture()), ("shot.png", 8, true));
        assert_eq!((file.message, marks.len()), (mail.message, 1));
        assert_eq!(marks[0].links[0].1, format!("/mails/{}", mail.id));
    }

    async fn what_a_mail_has_beyond_its_words_is_unfolded_below_them(db: TestDb) {
        let post = Post::open(&db).await;
        let folds = async |mail: &mails::Mail| {
            let (ada, ticket, message) = (post.world.ada.clone(), mail.ticket.unwrap(), mail.message.unwrap());
            let text = kit::i18n::Text::new(kit::i18n::Locale::english(), jiff::tz::TimeZone::UTC, db.clock().now());
            let marks = db.read(move |tx| {
                let ticket = tickets::find(tx, &ada, ticket)?.unwrap();
                mails::marks::say(tx, &ada, &text, &ticket, &[message])
            }).await.unwrap();
            marks[0].folds.iter().map(|fold| fold.address.clone()).collect::<Vec<_>>()
        };
        let plain = post.deliver(&letter("1@example.com", "", "Hello")).await;
        assert!(folds(&plain).await.is_empty());
        let quotes = post.deliver(&letter("2@example.com", "", "It works.\n\nOn Mon, 2 Mar 2026, Ada wrote:\n> Does it?\n")).await;
        assert_eq!(folds(&quotes).await, [format!("/mails/{}/rest", quotes.id)]);
        let html = "Content-Type: text/html\n";
        let table = post.deliver(&letter("3@example.com", html, "<table><tr><td bgcolor=red>Offer</td></tr></table>")).await;
        assert_eq!(folds(&table).await, [format!("/mails/{}/sheet", table.id)]);
    }

    async fn what_is_not_in_the_message_is_said_below_it(db: TestDb) {
        let post = Post::open(&db).await;
        let say = async |mail: &mails::Mail| {
            let (ada, ticket, message) = (post.world.ada.clone(), mail.ticket.unwrap(), mail.message.unwrap());
            let text = kit::i18n::Text::new(kit::i18n::Locale::english(), jiff::tz::TimeZone::UTC, db.clock().now());
            db.read(move |tx| {
                let ticket = tickets::find(tx, &ada, ticket)?.unwrap();
                mails::marks::say(tx, &ada, &text, &ticket, &[message])
            }).await.unwrap()
        };
        let whole = post.deliver(&letter("1@example.com", "", "Hello")).await;
        assert_eq!(say(&whole).await.len(), 1);
        let long = post.deliver(&letter("2@example.com", "", &"All of this.\n".repeat(10_000))).await;
        let marks = say(&long).await;
        assert_eq!((marks.len(), marks[1].tone), (2, "warn"));
        assert_eq!(marks[1].links[0].1, format!("/mails/{}/raw", long.id));
    }

    async fn who_is_erased_leaves_no_words_and_no_bytes(db: TestDb) {
        db.attach(Arc::new(Holdings::new(&[&mails::HOLDS])));
        let post = Post::open(&db).await;
        let mail = post.deliver(&letter("1@example.com", "", "My secret")).await;
        // What was held back is nobody's in its row, and theirs by its address.
        let away = "Auto-Submitted: auto-replied\nSubject: Out of office\n";
        let held = post.deliver(&letter("2@example.com", away, "At home")).await;
        assert_eq!(held.contact, None);
        let (ada, held) = (post.world.ada.clone(), held.id);
        db.write(move |tx| deciding::block(tx, &ada, held, true)).await.unwrap();
        let (ada, contact) = (post.world.ada.clone(), mail.contact.unwrap());
        db.write(move |tx| erasing::erase(tx, &ada, contact).map(drop)).await.unwrap();
        settle(&db).await;
        let all = post.mails().await;
        assert_eq!(all.len(), 2);
        for forgotten in all {
            assert_eq!((forgotten.reading, forgotten.arrival.blob, forgotten.contact), (Reading::default(), None, None));
            assert!(forgotten.arrival.envelope_from.is_empty() && forgotten.arrival.message_id.is_empty());
        }
        let next = post.deliver(&letter("3@example.com", "", "Hello")).await;
        assert_eq!(next.state, State::Placed, "nor what was decided about their address");
    }

    async fn workspaces_have_nothing_of_each_other(db: TestDb) {
        let post = Post::open(&db).await;
        create(&db, &post.world.eve, handed("eve@desk.example")).await.unwrap();
        let first = post.deliver(&letter("1@example.com", "", "Ours")).await;
        let answers = post.hand("x@example.com", &["eve@desk.example", "nobody@desk.example", "help@desk.example"], &letter("2@example.com", "In-Reply-To: <1@example.com>\n", "For both")).await;
        assert_eq!(answers, ["250", "550", "250"]);
        settle(&db).await;
        let eve = post.world.eve.clone();
        let theirs = db.read(move |tx| mails::list(tx, &eve, None, None, 10)).await.unwrap();
        assert_eq!(theirs.len(), 1);
        assert!(theirs[0].clue.is_empty() && theirs[0].ticket != first.ticket, "an identifier is known where it came");
        assert_eq!(post.mails().await[0].ticket, first.ticket);
        let (eve, id) = (post.world.eve.clone(), first.id);
        assert_eq!(db.read(move |tx| mails::find(tx, &eve, id)).await.unwrap(), None);
        let (eve, sam) = (post.world.eve.clone(), post.world.sam.clone());
        assert_eq!(db.write(move |tx| deciding::block(tx, &eve, id, false)).await, Err(MailError::Unknown));
        let unseen = db.read(move |tx| mails::find(tx, &sam, id)).await;
        assert_eq!(unseen, Err(Forbidden(Permission::MailboxesRead).into()));
    }

    async fn spam_with_its_sender_blocked_holds_further_mail_until_it_is_taken_back(db: TestDb) {
        let post = Post::open(&db).await;
        let ticket = post.deliver(&letter("1@example.com", "", "Buy")).await.ticket.unwrap();
        let (ada, sam) = (post.world.ada.clone(), post.world.sam.clone());
        let refused = db.write(move |tx| bins::mark(tx, &sam, ticket, true)).await;
        assert_eq!(refused.unwrap_err(), Forbidden(Permission::MailsWrite).into());
        let actor = ada.clone();
        let (_, changes) = db.write(move |tx| bins::mark(tx, &actor, ticket, true)).await.unwrap();
        let held = post.deliver(&letter("2@example.com", "", "Buy more")).await;
        assert_eq!((held.state, held.cause), (State::Suspended, Some(Cause::BlockedSender)));
        let (actor, change) = (ada.clone(), changes[0].id);
        db.write(move |tx| tickets::undo(tx, &actor, change)).await.unwrap();
        assert_eq!(post.deliver(&letter("3@example.com", "", "Sorry")).await.state, State::Placed);
    }

    async fn the_mails_of_a_removed_ticket_have_no_words_and_no_bytes(db: TestDb) {
        let post = Post::open(&db).await;
        let ticket = post.deliver(&letter("1@example.com", "", "Forget me")).await.ticket.unwrap();
        let ada = post.world.ada.clone();
        db.write(move |tx| bins::throw_away(tx, &ada, ticket)).await.unwrap();
        db.clock().advance(bins::PATIENCE + Duration::from_secs(60));
        let mut known = Jobs::new();
        known.reaction(Options::new(), bins::jobs::empty_all);
        known.reaction(Options::new(), bins::jobs::empty);
        let workspace = post.world.workspace;
        db.write(move |tx| jobs::queue(tx, workspace, &bins::jobs::EmptyAll {}).map(drop)).await.unwrap();
        while jobs::run_due(&db, &known).await.unwrap() > 0 {}
        let mail = post.mails().await.remove(0);
        assert_eq!((mail.state, mail.ticket, mail.arrival.blob), (State::Aside, None, None));
        assert_eq!(mail.reading, Reading::default());
    }

    async fn senders_are_decided_on_by_address_and_by_domain_and_that_is_taken_back(db: TestDb) {
        let post = Post::open(&db).await;
        let (ada, sam) = (post.world.ada.clone(), post.world.sam.clone());
        let refused = db.write(move |tx| senders::decide(tx, &sam, "example.com", Verdict::Blocked)).await;
        assert_eq!(refused.map(drop), Err(MailError::from(Forbidden(Permission::MailsWrite))));
        let actor = ada.clone();
        let taught = db.write(move |tx| senders::decide(tx, &actor, "Example.com", Verdict::Blocked)).await.unwrap();
        assert_eq!(taught.sender, "@example.com");
        let held = post.deliver(&letter("1@example.com", "", "Hello")).await;
        assert_eq!((held.state, held.cause), (State::Suspended, Some(Cause::BlockedSender)));
        let actor = ada.clone();
        db.write(move |tx| senders::decide(tx, &actor, "leyla@example.com", Verdict::Trusted)).await.unwrap();
        let let_through = post.deliver(&letter("2@example.com", "", "Hello")).await;
        assert_eq!(let_through.state, State::Placed, "what is said of an address counts more");
        let actor = ada.clone();
        let known = db.read(move |tx| senders::list(tx, &actor, "", 10)).await.unwrap();
        let known: Vec<&str> = known.iter().map(|one| one.sender.as_str()).collect();
        assert_eq!(known, ["@example.com", "leyla@example.com"]);
        let actor = ada.clone();
        db.write(move |tx| {
            senders::take_back(tx, &actor, "leyla@example.com")?;
            senders::take_back(tx, &actor, "@example.com")
        })
        .await
        .unwrap();
        let again = db.write(move |tx| senders::take_back(tx, &ada, "@example.com")).await;
        assert_eq!(again.map(drop), Err(MailError::Unknown));
        assert_eq!(post.deliver(&letter("3@example.com", "", "Hello")).await.state, State::Placed);
    }

    async fn many_that_are_held_back_are_put_aside_taken_back_and_let_through(db: TestDb) {
        let post = Post::open(&db).await;
        let ada = post.world.ada.clone();
        let bulk = "Precedence: bulk\nList-Unsubscribe: <https://x.example>\n";
        let (one, two) = (post.deliver(&letter("1@example.com", bulk, "News")).await, post.deliver(&letter("2@example.com", bulk, "More")).await);
        let placed = post.deliver(&letter("3@example.com", "", "Hello")).await;
        let ids = vec![one.id, two.id, placed.id];
        let (actor, all) = (ada.clone(), ids.clone());
        let aside = db.write(move |tx| held::block(tx, &actor, &all)).await.unwrap();
        assert_eq!(aside, [one.id, two.id], "nobody has to decide about the third");
        let (actor, all) = (ada.clone(), aside.clone());
        assert_eq!(db.write(move |tx| held::unblock(tx, &actor, &all)).await.unwrap(), aside);
        assert_eq!(db.write(move |tx| held::release(tx, &ada, &ids)).await.unwrap(), aside);
        settle(&db).await;
        assert!(post.mails().await.iter().all(|mail| mail.state == State::Placed));
    }

    async fn what_is_thrown_away_comes_back_for_a_while_and_then_has_no_bytes(db: TestDb) {
        let post = Post::open(&db).await;
        let (ada, sam) = (post.world.ada.clone(), post.world.sam.clone());
        let bulk = "Precedence: bulk\nList-Unsubscribe: <https://x.example>\n";
        let (one, two) = (post.deliver(&letter("1@example.com", bulk, "News")).await, post.deliver(&letter("2@example.com", bulk, "More")).await);
        let ids = vec![one.id, two.id];
        let (actor, all) = (sam, ids.clone());
        let refused = db.write(move |tx| held::delete(tx, &actor, &all)).await;
        assert_eq!(refused, Err(Forbidden(Permission::MailsWrite).into()));
        let (actor, all) = (ada.clone(), ids.clone());
        assert_eq!(db.write(move |tx| held::delete(tx, &actor, &all)).await.unwrap(), ids);
        let (actor, all) = (ada.clone(), vec![two.id]);
        assert_eq!(db.write(move |tx| held::unblock(tx, &actor, &all)).await.unwrap(), [two.id]);
        let states: Vec<State> = post.mails().await.iter().map(|mail| mail.state).collect();
        assert_eq!(states, [State::Suspended, State::Deleted], "the newest first");
        db.clock().advance(held::KEPT + Duration::from_secs(60));
        db.write(held::forget_old).await.unwrap();
        let (id, actor) = (one.id, ada.clone());
        let gone = db.read(move |tx| mails::find(tx, &actor, id)).await.unwrap().unwrap();
        assert_eq!((gone.arrival.blob, gone.reading, gone.state), (None, Reading::default(), State::Deleted));
        assert_eq!(gone.arrival.message_id, "1@example.com", "it is known, so that it does not come again");
        let (actor, all) = (ada.clone(), vec![one.id]);
        let back = db.write(move |tx| held::unblock(tx, &actor, &all)).await.unwrap();
        assert!(back.is_empty(), "there is nothing to hold any more");
    }

    async fn what_is_held_back_is_listed_by_its_cause(db: TestDb) {
        let post = Post::open(&db).await;
        let ada = post.world.ada.clone();
        let spam = post.deliver(&letter("1@example.com", "X-Spam-Flag: YES\n", "Buy")).await;
        let bulk = post.deliver(&letter("2@example.com", "Precedence: bulk\nList-Unsubscribe: <https://x.example>\n", "News")).await;
        let actor = ada.clone();
        let causes = db.read(move |tx| held::causes(tx, &actor)).await.unwrap();
        assert_eq!(causes, [(Cause::Spam, 1), (Cause::Bulk, 1)]);
        for (cause, expected) in [(Cause::Spam, vec![spam.id]), (Cause::Bulk, vec![bulk.id]), (Cause::Blank, vec![])] {
            let actor = ada.clone();
            let found = db.read(move |tx| mails::listing::of_cause(tx, &actor, (None, cause), None, 10)).await.unwrap();
            assert_eq!(found.iter().map(|mail| mail.id).collect::<Vec<_>>(), expected, "{cause:?}");
        }
    }

    async fn a_report_about_a_mail_of_another_house_is_no_failure_of_ours(db: TestDb) {
        let post = Post::open(&db).await;
        let of = |id: &str, original: &str| letter(id, "Return-Path: <>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n", &format!("--b\nContent-Type: text/plain\n\nNo.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; x@y.example\nAction: failed\nStatus: 5.1.1\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{original}>\nSubject: Win\n\n--b--")).replace("leyla@", "mailer-daemon@");
        let foreign = post.deliver(&of("1@example.com", "spam@elsewhere.example")).await;
        assert_eq!(foreign.cause, Some(Cause::Backscatter));
        let own = post.deliver(&of("2@example.com", "letter@desk.example")).await;
        assert_eq!(own.cause, Some(Cause::DeliveryFailure), "a letter of the program itself");
    }

    async fn a_mail_that_lies_nowhere_is_not_fetched(db: TestDb) {
        let post = Post::open(&db).await;
        let (ada, sam) = (post.world.ada.clone(), post.world.sam.clone());
        let id = post.deliver(&letter("1@example.com", "X-Spam-Flag: YES\n", "Buy")).await.id;
        let refused = db.write(move |tx| large::want(tx, &sam, id)).await;
        assert_eq!(refused, Err(Forbidden(Permission::MailsWrite).into()));
        assert_eq!(db.write(move |tx| large::want(tx, &ada, id)).await, Err(MailError::Decided));
    }
}
