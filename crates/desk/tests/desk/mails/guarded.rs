//! What a mailbox is careful with, by its rules: strangers, senders who fail the checks of their domain, people in copy; what is
//! quoted; and lists that write in their own name.

use desk::mailboxes::{self, MailboxText, Outgoing, Protection, Rules, ServerText, Strangers};
use desk::mails::{self, Cause, Mail, MailError, State, Verdict, deciding, held, senders};
use desk::tickets::TicketId;
use desk::tickets::connections::{self, Joint};
use testkit::smtp::Smtp;
use testkit::{TestDb, on_both};

use super::post::{Post, letter, settle};
use super::told::{CONFIRMED, answered, both_ways};
use crate::mailboxes::handed;
use crate::world::LISTS;

/// A post office with these rules, which believes what its own server says of senders.
async fn ruled(db: &TestDb, rules: Rules) -> Post {
    let text = MailboxText {
        trusted: "mx.desk.example".to_owned(),
        rules,
        ..handed("help@desk.example")
    };
    Post::with(db, text).await
}

fn strangers(strangers: Strangers) -> Rules {
    Rules {
        strangers,
        ..Rules::default()
    }
}

/// A mail of somebody else's into Leyla's conversation.
fn from_mal(id: &str, more: &str, words: &str) -> String {
    let more = format!("In-Reply-To: <1@example.com>\n{more}");
    letter(id, &more, words).replace("Leyla <leyla@example.com>", "Mal <mal@evil.example>")
}

fn vouched(domain: &str) -> String {
    format!("Authentication-Results: mx.desk.example; dmarc=pass header.from={domain}\n")
}

async fn again(post: &Post, id: mails::MailId) -> Mail {
    settle(&post.db).await;
    let all = post.mails().await;
    all.into_iter().find(|mail| mail.id == id).unwrap()
}

async fn related(post: &Post, ticket: TicketId) -> Vec<(Joint, TicketId)> {
    let ada = post.world.ada.clone();
    let all = post
        .db
        .read(move |tx| connections::all(tx, &ada, ticket))
        .await
        .unwrap();
    all.iter().map(|(one, ticket)| (one.joint, ticket.id)).collect()
}

on_both! { LISTS;
    async fn a_mailbox_begins_with_rules_under_which_nothing_changes(db: TestDb) {
        let post = Post::open(&db).await;
        assert_eq!(post.mailbox.rules, Rules::default());
        let ticket = post.deliver(&letter("1@example.com", "", "Hello")).await.ticket;
        let mail = post.deliver(&from_mal("2@evil.example", "", "Tell me.")).await;
        assert!(mail.is_stranger && mail.state == State::Placed && mail.ticket == ticket);
    }

    async fn a_stranger_waits_where_that_is_the_rule_until_somebody_lets_them_in(db: TestDb) {
        let post = ruled(&db, strangers(Strangers::Hold)).await;
        let ada = post.world.ada.clone();
        let ticket = post.deliver(&letter("1@example.com", "", "Hello")).await.ticket.unwrap();
        let mail = post.deliver(&from_mal("2@evil.example", "", "Tell me.")).await;
        assert_eq!((mail.state, mail.cause, mail.ticket), (State::Suspended, Some(Cause::Stranger), Some(ticket)));
        assert!(mail.is_stranger && mail.message.is_none());
        assert_eq!(post.ticket(ticket).await.1.len(), 1);
        let own = post.deliver(&letter("3@example.com", "In-Reply-To: <1@example.com>\n", "Any news?")).await;
        assert_eq!((own.state, own.ticket), (State::Placed, Some(ticket)), "whoever takes part joins");
        let actor = ada.clone();
        assert_eq!(db.read(move |tx| held::causes(tx, &actor)).await.unwrap(), [(Cause::Stranger, 1)]);
        let (actor, id) = (ada.clone(), mail.id);
        db.write(move |tx| deciding::release(tx, &actor, id, false)).await.unwrap();
        let mail = again(&post, id).await;
        assert_eq!((mail.state, mail.cause, mail.ticket), (State::Placed, None, Some(ticket)));
        assert!(mail.is_stranger, "they are no participant by that");

        let proven = vouched("evil.example");
        let shown = post.deliver(&from_mal("4@evil.example", &proven, "And now?")).await;
        assert_eq!(shown.cause, Some(Cause::Stranger));
        let (actor, id) = (ada.clone(), shown.id);
        db.write(move |tx| deciding::release(tx, &actor, id, true)).await.unwrap();
        assert_eq!(again(&post, id).await.state, State::Placed);
        assert_eq!(post.deliver(&from_mal("5@evil.example", &proven, "Thanks.")).await.state, State::Placed);
        let claimed = post.deliver(&from_mal("6@evil.example", "", "Me too.")).await;
        assert_eq!(claimed.cause, Some(Cause::Stranger), "a name in From is anybody's to write");
        let id = claimed.id;
        db.write(move |tx| deciding::block(tx, &ada, id, true)).await.unwrap();
        let blocked = post.deliver(&from_mal("7@evil.example", &proven, "Again.")).await;
        assert_eq!(blocked.cause, Some(Cause::BlockedSender));
    }

    async fn a_stranger_gets_a_ticket_of_their_own_where_that_is_the_rule(db: TestDb) {
        let post = ruled(&db, strangers(Strangers::Apart)).await;
        let ticket = post.deliver(&letter("1@example.com", "", "Hello")).await.ticket.unwrap();
        let mail = post.deliver(&from_mal("2@evil.example", "", "It stops here too.")).await;
        let own = mail.ticket.unwrap();
        assert_eq!((mail.state, mail.clue.as_str(), mail.clue_text.as_str()), (State::Placed, "apart", "1@example.com"));
        assert!(own != ticket && !mail.is_stranger);
        assert_eq!(related(&post, own).await, [(Joint::Related, ticket)]);
        let (there, messages) = post.ticket(own).await;
        assert_eq!((there.contact, messages.len()), (mail.contact, 1));
        let more = post.deliver(&from_mal("3@evil.example", "", "Still.")).await;
        assert_eq!((more.ticket, more.is_stranger), (Some(own), false), "not a third one");
        let other = from_mal("4@other.example", "", "And here.").replace("mal@evil.example", "eve@other.example");
        let other = post.deliver(&other).await.ticket.unwrap();
        assert!(other != own && other != ticket, "nor is it another stranger's");
        let hers = post.deliver(&letter("5@example.com", "In-Reply-To: <1@example.com>\n", "Any news?")).await;
        assert_eq!(hers.ticket, Some(ticket));
        assert_eq!(post.ticket(ticket).await.1.len(), 2);
        let away = "Auto-Submitted: auto-replied\nX-Autoreply: yes\n";
        let away = post.deliver(&from_mal("6@third.example", away, "I am away.").replace("mal@evil.example", "al@third.example")).await;
        assert_eq!(away.state, State::Suspended, "a machine opens none");
    }

    async fn a_sender_who_fails_the_checks_waits_where_that_is_the_rule(db: TestDb) {
        let post = ruled(&db, Rules { holds_unverified: true, ..Rules::default() }).await;
        let ada = post.world.ada.clone();
        let says = |what: &str| format!("Authentication-Results: mx.desk.example; {what}\n");
        let failed = says("spf=fail smtp.mailfrom=example.com");
        let mail = post.deliver(&letter("1@example.com", &failed, "Hello")).await;
        assert_eq!((mail.state, mail.cause), (State::Suspended, Some(Cause::Unverified)));
        let signed = says("spf=fail smtp.mailfrom=example.com; dkim=pass header.d=example.com");
        assert_eq!(post.deliver(&letter("2@example.com", &signed, "Hello")).await.state, State::Placed);
        assert_eq!(post.deliver(&letter("3@example.com", "", "Hello")).await.state, State::Placed, "nothing is known of them");
        let denied = says("dmarc=fail header.from=example.com");
        assert_eq!(post.deliver(&letter("4@example.com", &denied, "Hello")).await.cause, Some(Cause::Denied));
        let (actor, id) = (ada.clone(), mail.id);
        db.write(move |tx| deciding::release(tx, &actor, id, true)).await.unwrap();
        assert_eq!(again(&post, id).await.state, State::Placed);
        let actor = ada.clone();
        let taught = db.read(move |tx| senders::list(tx, &actor, "", 10)).await.unwrap();
        assert_eq!(taught.iter().map(|one| one.verdict).collect::<Vec<_>>(), [Verdict::Excused]);
        assert_eq!(post.deliver(&letter("5@example.com", &failed, "More")).await.state, State::Placed);
        let denied = post.deliver(&letter("6@example.com", &denied, "More")).await;
        assert_eq!(denied.cause, Some(Cause::Denied), "what the domain denies is nobody's to excuse");
        db.write(move |tx| senders::decide(tx, &ada, "leyla@example.com", Verdict::Trusted)).await.unwrap();
        let trusted = post.deliver(&letter("7@example.com", &failed, "And more")).await;
        assert_eq!(trusted.cause, Some(Cause::Unverified), "trust holds for what shows whose it is");
    }

    async fn people_in_copy_take_no_part_where_that_is_the_rule(db: TestDb) {
        let post = ruled(&db, Rules { joins_copies: false, ..Rules::default() }).await;
        let workspace = post.world.workspace;
        let raw = letter("1@example.com", &format!("{CONFIRMED}Cc: pal@example.com\n"), "Hello");
        let raw = raw.replace("To: help@desk.example", "To: help@desk.example, boss@example.com");
        let ticket = post.deliver(&raw).await.ticket.unwrap();
        let newest = db.read(move |tx| mails::newest_of_ticket(tx, workspace, ticket)).await.unwrap().unwrap();
        assert_eq!(newest.people, ["leyla@example.com", "boss@example.com"]);
        for (id, whom, is_stranger) in [("2@example.com", "pal@", true), ("3@example.com", "boss@", false)] {
            let raw = letter(id, "In-Reply-To: <1@example.com>\n", "And?").replace("leyla@", whom);
            let mail = post.deliver(&raw).await;
            assert_eq!((mail.ticket, mail.is_stranger), (Some(ticket), is_stranger), "{whom}");
        }
    }

    async fn a_mailbox_that_quotes_nothing_sends_the_words_alone(db: TestDb) {
        let smtp = Smtp::start().await;
        let post = both_ways(&db, &smtp).await;
        let ticket = post.deliver(&letter("1@example.com", "", "Hello")).await.ticket.unwrap();
        let quoted = answered(&db, &post, ticket, "Try this.").await;
        assert!(quoted.mail.body.contains("> Hello"), "{}", quoted.mail.body);
        let (ada, now) = (post.world.ada.clone(), post.mailbox.clone());
        let text = MailboxText {
            rules: Rules { quotes: false, ..Rules::default() },
            outgoing: Outgoing::Smtp,
            smtp: ServerText {
                host: "127.0.0.1".to_owned(),
                port: smtp.url().rsplit(':').next().unwrap().parse().unwrap(),
                protection: Protection::Plain,
                ..ServerText::default()
            },
            ..handed("help@desk.example")
        };
        db.write(move |tx| mailboxes::change(tx, &ada, now.id, now.version, &text).map(drop)).await.unwrap();
        let alone = answered(&db, &post, ticket, "And this.").await;
        assert!(alone.mail.body.contains("And this.") && !alone.mail.body.contains("> "), "{}", alone.mail.body);
    }

    async fn a_list_that_is_believed_names_who_wrote(db: TestDb) {
        let post = ruled(&db, Rules::default()).await;
        let ticket = post.deliver(&letter("1@example.com", "", "Hello")).await.ticket.unwrap();
        let by = |id: &str, from: &str, more: &str| {
            let more = format!("In-Reply-To: <1@example.com>\nX-Original-From: Leyla <leyla@example.com>\n{more}");
            letter(id, &more, id).replace("From: Leyla <leyla@example.com>\nTo", &format!("From: 'Leyla' via Help <{from}>\nTo"))
        };
        // A group in front of the mailbox that has its address.
        let grouped = post.deliver(&by("2@desk.example", "help@desk.example", &vouched("desk.example"))).await;
        assert_eq!((grouped.state, grouped.ticket, grouped.is_stranger), (State::Placed, Some(ticket), false));
        let reading = &grouped.reading;
        assert_eq!((reading.sender.as_str(), reading.sender_name.as_str()), ("leyla@example.com", "Leyla"));
        assert_eq!((reading.identity.as_str(), reading.reply_to.as_str()), ("unknown", "leyla@example.com"));
        let forged = post.deliver(&by("3@desk.example", "help@desk.example", "")).await;
        assert_eq!(forged.cause, Some(Cause::Loop), "nothing vouches for it");
        // Anybody can name somebody.
        let own = vouched("evil.example");
        let evil = post.deliver(&by("4@evil.example", "users@evil.example", &own)).await;
        assert_eq!((evil.reading.sender.as_str(), evil.is_stranger), ("users@evil.example", true));
        let ada = post.world.ada.clone();
        db.write(move |tx| senders::decide(tx, &ada, "users@evil.example", Verdict::Trusted)).await.unwrap();
        let trusted = post.deliver(&by("5@evil.example", "users@evil.example", &own)).await;
        assert_eq!((trusted.reading.sender.as_str(), trusted.is_stranger), ("leyla@example.com", false));
        // What is passed on untouched is its writer's.
        let resent = "In-Reply-To: <1@example.com>\nResent-From: Bob <bob@example.org>\nResent-To: help@desk.example\n";
        let resent = post.deliver(&letter("6@example.com", resent, "Passed on.")).await;
        assert_eq!((resent.reading.sender.as_str(), resent.is_stranger), ("leyla@example.com", false));
    }

    async fn of_more_than_are_decided_about_at_once_none_is(db: TestDb) {
        let post = Post::open(&db).await;
        let id = post.deliver(&letter("1@example.com", "X-Spam-Flag: YES\n", "Buy")).await.id;
        for verb in [held::release, held::block, held::delete, held::unblock] {
            let (ada, many) = (post.world.ada.clone(), vec![id; held::MOST + 1]);
            assert_eq!(db.write(move |tx| verb(tx, &ada, &many)).await, Err(MailError::TooMany));
        }
        assert_eq!(again(&post, id).await.state, State::Suspended);
    }
}
