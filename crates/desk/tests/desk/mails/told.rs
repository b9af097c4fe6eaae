//! What others say who are not the customer: mail servers that report, providers that pass complaints on, strangers, and
//! whoever writes somebody else's name.

use std::sync::Arc;
use std::time::Duration;

use desk::mailboxes::plus::Plus;
use desk::mailboxes::reach::MailReach;
use desk::mailboxes::{self, MailboxText, Outgoing, Protection, ServerText, trying};
use desk::mails::{self, Cause, State, deciding};
use desk::notices::{self, Choices};
use desk::outbox::suppression::{self, Grounds};
use desk::outbox::{self, MailState, OutboxError, Parcel, Step};
use desk::participants::{self, ParticipantError};
use desk::tickets::{self, Field, MessageKind, NewMessage, Status, TicketId};
use kit::db::{Db, DbError};
use kit::jobs::{self, Jobs, Options};
use mail::wire::Budget;
use tandem_core::agents;
use tandem_core::doors::letters::Outgoing as Letters;
use tandem_core::events::Wiring;
use testkit::smtp::Smtp;
use testkit::{TestDb, on_both};

use super::post::{Post, letter, settle};
use crate::mailboxes::handed;
use crate::tickets::{change, says, write};
use crate::world::LISTS;

/// What our own server says of a mail whose sender is confirmed.
pub(super) const CONFIRMED: &str =
    "Authentication-Results: mx.desk.example; dmarc=pass header.from=example.com\n";

/// A post office that sends too, and believes what its own server says of senders.
pub(super) async fn both_ways(db: &TestDb, smtp: &Smtp) -> Post {
    both_ways_with(db, smtp, false).await
}

/// The same, where addresses with a plus may arrive.
async fn both_ways_with(db: &TestDb, smtp: &Smtp, has_plus_addresses: bool) -> Post {
    let reach = MailReach::new(|_| true, &[], "desk.test").unwrap();
    db.attach(Arc::new(MailReach {
        budget: Budget::new(64, Duration::ZERO),
        ..reach
    }));
    db.attach(Arc::new(
        Wiring::default().on(&tickets::REPLIED, &[outbox::WRITE]),
    ));
    let text = MailboxText {
        has_plus_addresses,
        trusted: "mx.desk.example".to_owned(),
        outgoing: Outgoing::Smtp,
        smtp: ServerText {
            host: "127.0.0.1".to_owned(),
            port: smtp.url().rsplit(':').next().unwrap().parse().unwrap(),
            protection: Protection::Plain,
            ..ServerText::default()
        },
        ..handed("help@desk.example")
    };
    let post = Post::with(db, text).await;
    let ada = post.world.ada.clone();
    let at_once = outbox::Settings {
        undo_seconds: 0,
        quotes_history: true,
        ..outbox::Settings::default()
    };
    db.write(move |tx| {
        outbox::change_settings(tx, &ada, at_once).unwrap();
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    post
}

/// An answer of ours that went out.
pub(super) async fn answered(db: &Db, post: &Post, ticket: TicketId, words: &str) -> Parcel {
    let sam = &post.world.sam;
    let (_, message) = write(db, sam, ticket, says(MessageKind::Reply, words))
        .await
        .unwrap();
    let mut known = Jobs::new();
    known.errand(Options::new().attempts(100), outbox::send);
    while jobs::run_due(db, &known).await.unwrap() > 0 {}
    parcel(db, post, message.id).await
}

async fn parcel(db: &Db, post: &Post, message: tickets::MessageId) -> Parcel {
    let workspace = post.world.workspace;
    let found = db
        .read(move |tx| outbox::of_message(tx, workspace, message))
        .await;
    found.unwrap().unwrap()
}

/// Writes the notices that wait.
async fn tell(db: &Db) {
    let mut known = Jobs::new();
    known.errand(Options::new(), notices::jobs::tell);
    while jobs::run_due(db, &known).await.unwrap() > 0 {}
}

/// A report of a mail server (RFC 3464).
fn report(id: &str, about: &Parcel, (address, action, status): (&str, &str, &str)) -> String {
    let more = "Return-Path: <>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n";
    let body = format!(
        "--b\nContent-Type: text/plain\n\nSee below.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n\
         Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; 550 no\n\n--b\n\
         Content-Type: message/rfc822\n\nMessage-ID: <{}>\nSubject: Re: Exports stop\n\nHello\n\n--b--",
        about.mail.identifier
    );
    letter(id, more, &body).replace("leyla@example.com>\nTo", "mailer-daemon@mx.example>\nTo")
}

/// What a provider passes on when somebody presses "this is spam" (RFC 5965).
fn complaint(id: &str, about: &Parcel) -> String {
    let more = "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n";
    let body = format!(
        "--b\nContent-Type: text/plain\n\nSee below.\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n\
         User-Agent: FBL/1.0\nVersion: 1\n\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <{}>\nSubject: Re: Exports stop\n\n\
         Hello\n\n--b--",
        about.mail.identifier
    );
    letter(id, more, &body).replace("leyla@example.com>\nTo", "fbl@provider.example>\nTo")
}

on_both! { LISTS;
    async fn a_report_is_told_to_the_mail_or_stays_to_be_seen(db: TestDb) {
        let smtp = Smtp::start().await;
        let post = both_ways(&db, &smtp).await;
        let ticket = post.deliver(&letter("1@example.com", "", "Hello")).await.ticket.unwrap();
        let sent = answered(&db, &post, ticket, "Try this.").await;
        assert_eq!(sent.mail.state, MailState::Sent);
        assert_eq!(sent.mail.reply_to, None, "nobody said that plus addresses arrive");
        // It is late.
        let late = post.deliver(&report("d1@mx", &sent, ("leyla@example.com", "delayed", "4.4.1"))).await;
        assert_eq!(late.state, State::Told);
        let now = parcel(&db, &post, sent.mail.message).await;
        assert!(now.recipients[0].is_late() && now.mail.state == MailState::Sent, "{now:?}");
        let (sam, id) = (post.world.sam.clone(), sent.mail.id);
        let (_, log) = db.read(move |tx| outbox::find(tx, &sam, id)).await.unwrap();
        assert_eq!(log[0].step, Step::Told);
        let arrived = post.deliver(&report("d4@mx", &sent, ("leyla@example.com", "delivered", "2.0.0"))).await;
        assert_eq!(arrived.state, State::Told);
        assert!(!parcel(&db, &post, sent.mail.message).await.recipients[0].is_late());
        // It failed where their mail is passed on to, an address that we never wrote to.
        let failed = post.deliver(&report("d2@mx", &sent, ("leyla@elsewhere.example", "failed", "5.1.1"))).await;
        assert_eq!(failed.state, State::Told);
        let now = parcel(&db, &post, sent.mail.message).await;
        assert_eq!(now.mail.state, MailState::Failed);
        assert!(now.recipients[0].said.starts_with("leyla@elsewhere.example: "), "{now:?}");
        // Of a mail to two, a report about a third says nothing of either.
        let (sam, workspace) = (post.world.sam.clone(), post.world.workspace);
        db.write(move |tx| {
            suppression::lift(tx, &sam, "leyla@example.com").unwrap();
            participants::add(tx, &sam, ticket, ("tom@example.com", true))
        }).await.unwrap();
        let both = answered(&db, &post, ticket, "And you, Tom?").await;
        assert_eq!((both.recipients.len(), both.mail.state), (2, MailState::Sent));
        let other = post.deliver(&report("d3@mx", &both, ("x@elsewhere.example", "failed", "5.1.1"))).await;
        assert_eq!((other.state, other.cause), (State::Suspended, Some(Cause::DeliveryFailure)));
        assert_eq!(parcel(&db, &post, both.mail.message).await.mail.state, MailState::Sent);
        let known = db.read(move |tx| suppression::of(tx, workspace, "tom@example.com")).await.unwrap();
        assert_eq!(known, None);
    }

    async fn a_report_that_carries_nothing_of_its_mail_finds_it_by_the_address_that_it_came_to(db: TestDb) {
        let smtp = Smtp::start().await;
        let post = both_ways_with(&db, &smtp, true).await;
        let ticket = post.deliver(&letter("1@example.com", "", "Hello")).await.ticket.unwrap();
        answered(&db, &post, ticket, "Try this.").await;
        assert_eq!(smtp.taken().last().unwrap().from, "help@desk.example", "nobody has asked the server yet");
        let (ada, id) = (post.world.ada.clone(), post.mailbox.id);
        let (_, tried) = trying::mailbox(&db, &ada, id).await.unwrap();
        assert_eq!(tried.last().unwrap().plus, Some(Plus::Taken), "{tried:?}");
        let sent = answered(&db, &post, ticket, "And this.").await;
        let from = smtp.taken().last().unwrap().from.clone();
        assert!(from.starts_with("help+b-") && from.ends_with("@desk.example"), "{from}");
        let bare = |id: &str, address: &str| {
            let more = "Return-Path: <>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n";
            let body = format!("--b\nContent-Type: text/plain\n\nNo.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; {address}\nAction: failed\nStatus: 5.1.1\n\n--b--");
            letter(id, more, &body).replace("leyla@example.com>\nTo", "mailer-daemon@mx.example>\nTo")
        };
        let lost = post.deliver(&bare("d1@mx", "leyla@example.com")).await;
        assert_eq!((lost.state, lost.cause, lost.ticket), (State::Suspended, Some(Cause::DeliveryFailure), None));
        post.hand("", &[&from], &bare("d2@mx", "leyla@example.com")).await;
        settle(&db).await;
        let told = post.mails().await.remove(0);
        assert_eq!((told.state, told.ticket), (State::Told, Some(ticket)), "{told:?}");
        assert_eq!(parcel(&db, &post, sent.mail.message).await.mail.state, MailState::Failed);
    }

    async fn a_server_that_knows_no_senders_with_a_plus_gets_the_mailboxs_own(db: TestDb) {
        let smtp = Smtp::start().await;
        let post = both_ways_with(&db, &smtp, true).await;
        let ticket = post.deliver(&letter("1@example.com", "", "Hello")).await.ticket.unwrap();
        smtp.refuse_next("550 5.1.1 no such mailbox");
        let (ada, id) = (post.world.ada.clone(), post.mailbox.id);
        let (_, tried) = trying::mailbox(&db, &ada, id).await.unwrap();
        assert!(matches!(tried.last().unwrap().plus, Some(Plus::Refused(_))), "{tried:?}");
        assert!(tried.last().unwrap().is_good(), "mail goes out all the same");
        answered(&db, &post, ticket, "Try this.").await;
        assert_eq!(smtp.taken().last().unwrap().from, "help@desk.example");
    }

    async fn who_complained_gets_nothing_more_until_somebody_lifts_it_and_a_refusal_ends_by_itself(db: TestDb) {
        let smtp = Smtp::start().await;
        let post = both_ways(&db, &smtp).await;
        let first = post.deliver(&letter("1@example.com", "", "Hello")).await;
        let (ticket, contact) = (first.ticket.unwrap(), first.contact.unwrap());
        let sent = answered(&db, &post, ticket, "Try this.").await;
        let workspace = post.world.workspace;
        let of = async || db.read(move |tx| suppression::of(tx, workspace, "leyla@example.com")).await.unwrap();
        let denied = "Authentication-Results: mx.desk.example; dmarc=fail header.from=provider.example\n";
        let forged = post.deliver(&format!("{denied}{}", complaint("c0@provider", &sent))).await;
        assert_eq!((forged.state, forged.cause, of().await), (State::Suspended, Some(Cause::Complaint), None));
        let came = post.deliver(&complaint("c1@provider", &sent)).await;
        assert_eq!((came.state, came.ticket), (State::Told, Some(ticket)));
        let found = of().await.unwrap();
        assert_eq!((found.grounds, found.mail, found.until()), (Grounds::Complained, Some(sent.mail.id), None));
        let stopped = answered(&db, &post, ticket, "And this?").await;
        assert_eq!((stopped.mail.state, stopped.mail.trouble.as_deref()), (MailState::Failed, Some("complained")));
        db.clock().advance(suppression::PERIOD * 2);
        assert!(of().await.is_some(), "nobody takes a complaint back but a person");
        for _ in 0..2 {
            let (eve, sam) = (post.world.eve.clone(), post.world.sam.clone());
            let refused = db.write(move |tx| suppression::lift_of_contact(tx, &eve, contact)).await;
            assert_eq!(refused.unwrap_err(), OutboxError::Unknown);
            db.write(move |tx| suppression::lift_of_contact(tx, &sam, contact)).await.unwrap();
        }
        assert_eq!(of().await, None);
        let sent = answered(&db, &post, ticket, "Again?").await;
        post.deliver(&report("d1@mx", &sent, ("leyla@example.com", "failed", "5.1.1"))).await;
        assert_eq!(of().await.unwrap().grounds, Grounds::Refused);
        db.clock().advance(suppression::PERIOD);
        assert_eq!(of().await, None);
    }

    async fn trust_holds_for_mail_that_is_shown_to_be_theirs(db: TestDb) {
        let smtp = Smtp::start().await;
        let post = both_ways(&db, &smtp).await;
        let spam = "X-Spam-Flag: YES\n";
        let first = post.deliver(&letter("1@example.com", spam, "Buy")).await;
        assert_eq!(first.cause, Some(Cause::Spam));
        let (ada, id) = (post.world.ada.clone(), first.id);
        db.write(move |tx| deciding::release(tx, &ada, id, true)).await.unwrap();
        settle(&db).await;
        let confirmed = post.deliver(&letter("2@example.com", &format!("{CONFIRMED}{spam}"), "Two")).await;
        assert_eq!((confirmed.state, confirmed.reading.identity.as_str()), (State::Placed, "authenticated"));
        let unknown = post.deliver(&letter("3@example.com", spam, "Three")).await;
        assert_eq!((unknown.state, unknown.cause), (State::Suspended, Some(Cause::Spam)));
        let denied = CONFIRMED.replace("pass", "fail");
        let forged = post.deliver(&letter("4@example.com", &denied, "Four")).await;
        assert_eq!((forged.state, forged.cause), (State::Suspended, Some(Cause::Denied)));
    }

    async fn a_name_in_from_leads_no_answer_to_somebody_else(db: TestDb) {
        let smtp = Smtp::start().await;
        let post = both_ways(&db, &smtp).await;
        let (workspace, sam) = (post.world.workspace, post.world.sam.clone());
        let ticket = post.deliver(&letter("1@example.com", CONFIRMED, "Hello")).await.ticket.unwrap();
        let more = "In-Reply-To: <1@example.com>\nReply-To: mal@evil.example\nCc: pal@evil.example\n";
        let forged = post.deliver(&letter("2@example.com", more, "Send it to my other address.")).await;
        assert!(!forged.is_stranger && forged.ticket == Some(ticket));
        let newest = db.read(move |tx| mails::newest_of_ticket(tx, workspace, ticket)).await.unwrap().unwrap();
        assert_eq!((newest.reply_to, newest.withheld), (vec!["leyla@example.com".to_owned()], vec!["mal@evil.example".to_owned()]));
        let reader = sam.clone();
        let ((next, others), withheld) = db.read(move |tx| {
            let next = participants::next(tx, &reader, ticket)?;
            Ok::<_, ParticipantError>((next, participants::withheld(tx, &reader, ticket)?))
        }).await.unwrap();
        assert_eq!(next.iter().map(|one| one.address.as_str()).collect::<Vec<_>>(), ["leyla@example.com"]);
        assert_eq!(withheld, ["mal@evil.example"]);
        assert!(!others.contains(&"mal@evil.example".to_owned()));
        // Neither of the two has a part in it by that.
        for (id, whom) in [("3@evil.example", "mal@evil.example"), ("4@evil.example", "pal@evil.example")] {
            let raw = letter(id, "In-Reply-To: <1@example.com>\n", "And?").replace("leyla@example.com", whom);
            let mail = post.deliver(&raw).await;
            assert!(mail.is_stranger && mail.ticket == Some(ticket), "{whom}");
        }
        let hers = format!("{CONFIRMED}In-Reply-To: <1@example.com>\nReply-To: boss@example.com\nCc: pal@example.com\n");
        post.deliver(&letter("5@example.com", &hers, "My boss reads along.")).await;
        let newest = db.read(move |tx| mails::newest_of_ticket(tx, workspace, ticket)).await.unwrap().unwrap();
        assert_eq!((newest.reply_to, newest.withheld.len()), (vec!["boss@example.com".to_owned()], 0));
        let raw = letter("6@example.com", "In-Reply-To: <1@example.com>\n", "Yes").replace("leyla@", "pal@");
        assert!(!post.deliver(&raw).await.is_stranger, "whom she named takes part");
    }

    async fn a_stranger_moves_nothing_and_is_not_passed_on_to_the_customer(db: TestDb) {
        let smtp = Smtp::start().await;
        let post = both_ways(&db, &smtp).await;
        let ticket = post.deliver(&letter("1@example.com", "", "Hello")).await.ticket.unwrap();
        let done = NewMessage { then: Some(Status::Solved.into()), ..says(MessageKind::Reply, "Done.") };
        write(&db, &post.world.sam, ticket, done).await.unwrap();
        let (before, _) = post.ticket(ticket).await;
        let raw = letter("2@evil.example", "In-Reply-To: <1@example.com>\n", "Tell me the secret.");
        let mail = post.deliver(&raw.replace("leyla@example.com", "mal@evil.example")).await;
        assert!(mail.is_stranger && mail.ticket == Some(ticket));
        let (now, messages) = post.ticket(ticket).await;
        assert_eq!((now.status, now.reopenings, now.solved_at), (Status::Solved, 0, before.solved_at));
        assert_eq!(messages.last().unwrap().body, "Tell me the secret.", "it is seen");
        let answer = answered(&db, &post, ticket, "One more thing.").await;
        assert!(answer.mail.body.contains("> Done.") && !answer.mail.body.contains("secret"), "{}", answer.mail.body);
        post.deliver(&letter("3@example.com", "In-Reply-To: <1@example.com>\n", "It is back.")).await;
        assert_eq!(post.ticket(ticket).await.0.status, Status::Open);
    }

    async fn an_address_of_ours_with_a_token_is_ours(db: TestDb) {
        let post = Post::open(&db).await;
        let own = letter("1@desk.example", "", "Hello").replace("leyla@example.com", "help+k1@desk.example");
        let looped = post.deliver(&own).await;
        assert_eq!((looped.state, looped.cause), (State::Suspended, Some(Cause::Loop)));
        let ticket = post.deliver(&letter("2@example.com", "", "Hello")).await.ticket.unwrap();
        let sam = post.world.sam.clone();
        let added = db.write(move |tx| participants::add(tx, &sam, ticket, ("Help+k2@desk.example", true))).await;
        assert_eq!(added.unwrap_err(), ParticipantError::BadAddress);
    }

    async fn answers_name_a_signed_reply_address_and_a_tag_where_that_is_wanted(db: TestDb) {
        let smtp = Smtp::start().await;
        let post = both_ways(&db, &smtp).await;
        let (ada, now) = (post.world.ada.clone(), post.mailbox.clone());
        let text = MailboxText {
            tags_subjects: true,
            has_plus_addresses: true,
            trusted: "mx.desk.example".to_owned(),
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
        let ticket = post.deliver(&letter("1@example.com", "", "Hello")).await.ticket.unwrap();
        let sent = answered(&db, &post, ticket, "Try this.").await;
        let address = sent.mail.reply_to.clone().unwrap();
        assert!(address.starts_with("help+") && address.split('@').next().unwrap().len() <= 64, "{address}");
        assert!(smtp.taken()[0].text.contains("Reply-To:"));
        let (_, tag) = sent.mail.subject.split_once("[#").unwrap();
        // Their program loses everything but the subject.
        let by_subject = letter("2@example.com", "", "No.").replace("Exports stop", &format!("AW: Exports stop [#{tag}"));
        let came = post.deliver(&by_subject).await;
        assert_eq!((came.ticket, came.clue.as_str(), came.is_stranger), (Some(ticket), "subject_tag", false));
        let next = answered(&db, &post, ticket, "Then this.").await;
        assert_eq!(next.mail.subject.matches("[#").count(), 1, "{}", next.mail.subject);
        assert_eq!(post.hand("leyla@example.com", &[&address], &letter("3@example.com", "", "Yes!")).await, ["250"]);
        settle(&db).await;
        let came = post.mails().await.remove(0);
        assert_eq!((came.ticket, came.clue.as_str()), (Some(ticket), "reply_address"));
        assert!(!came.reading.people.contains('+'), "an address of ours takes no part: {}", came.reading.people);
    }

    async fn an_agent_answers_a_notice_from_their_own_program_and_nobody_else_does(db: TestDb) {
        let smtp = Smtp::start().await;
        let post = both_ways(&db, &smtp).await;
        db.attach(Arc::new(
            Wiring::default()
                .on(&tickets::HEARD, &[notices::TELL])
                .on(&tickets::CHANGED, &[notices::TELL])
                .on(&tickets::REPLIED, &[outbox::WRITE, notices::TELL]),
        ));
        db.attach(Arc::new(Letters {
            post: kit::post::Post::new(smtp.url(), "Tandem <tandem@desk.example>").unwrap(),
            origin: "https://desk.test".into(),
        }));
        let (ada, sam) = (post.world.ada.clone(), post.world.sam.clone());
        let id = sam.agent().unwrap();
        let ticket = post.deliver(&letter("1@example.com", "", "Every export stops.")).await.ticket.unwrap();
        change(&db, &ada, ticket, Field::Agent, &id.to_string()).await.unwrap();
        tell(&db).await;
        assert!(smtp.taken().is_empty(), "who has chosen nothing is told nothing");
        let wanted = Choices { heard: true, ..Choices::default() };
        let chooser = sam.clone();
        db.write(move |tx| notices::choose(tx, &chooser, wanted).map(drop)).await.unwrap();
        post.deliver(&letter("2@example.com", "In-Reply-To: <1@example.com>\n", "Any news?")).await;
        tell(&db).await;
        let told = smtp.taken();
        assert_eq!((told.len(), told[0].to[0].to_lowercase().as_str()), (1, "sam@example.com"));
        assert!(told[0].text.contains("Auto-Submitted: auto-generated"), "{}", told[0].text);
        let from = told[0].text.find("help+").unwrap();
        let address = told[0].text[from..].split(['\r', '>', ' ']).next().unwrap().to_owned();

        let from_sam = |id: &str, more: &str, words: &str| {
            letter(id, more, words).replace("Leyla <leyla@example.com>", "Sam <sam@example.com>")
        };
        let answer = async |raw: String| {
            let raw = raw.replace("To: help@desk.example", &format!("To: {address}"));
            assert_eq!(post.hand("sam@example.com", &[&address], &raw).await, ["250"]);
            settle(&db).await;
            post.mails().await.remove(0)
        };
        let unproven = answer(from_sam("a1@example.com", "", "Pay at evil.example.")).await;
        assert_eq!((unproven.state, unproven.cause), (State::Suspended, Some(Cause::AgentUnverified)));
        let another = answer(letter("a2@example.com", CONFIRMED, "I am Sam.")).await;
        assert_eq!((another.state, another.cause), (State::Suspended, Some(Cause::AgentUnverified)));
        let passed = from_sam("a6@example.com", CONFIRMED, "For somebody else.");
        assert_eq!(post.hand("sam@example.com", &[&address], &passed).await, ["250"]);
        settle(&db).await;
        let passed = post.mails().await.remove(0);
        assert_eq!((passed.state, passed.cause), (State::Suspended, Some(Cause::AgentUnverified)), "not written to it");
        let quoted = answer(from_sam("a7@example.com", CONFIRMED, "On Mon, 2 Mar 2026, Tandem wrote:\n> Any news?")).await;
        assert_eq!((quoted.state, quoted.cause), (State::Suspended, Some(Cause::Blank)));
        assert_eq!(post.ticket(ticket).await.1.len(), 2, "nothing of it is in the ticket");

        let came = answer(from_sam("a3@example.com", CONFIRMED, "Use the new version.")).await;
        assert_eq!((came.state, came.ticket, came.clue.as_str()), (State::Placed, Some(ticket), "agent_answer"));
        let (now, messages) = post.ticket(ticket).await;
        let reply = messages.iter().find(|message| Some(message.id) == came.message).unwrap();
        assert_eq!((reply.kind, now.status, now.replies), (MessageKind::Reply, Status::Waiting, 1));
        assert!(reply.author.starts_with(&id.to_string()), "{reply:?}");
        let mail = parcel(&db, &post, reply.id).await;
        assert_eq!(mail.recipients[0].address, "leyla@example.com", "it goes out like one from the page");
        let note = answer(from_sam("a4@example.com", CONFIRMED, "#note\nShe is angry.")).await;
        let (_, messages) = post.ticket(ticket).await;
        let note = messages.iter().find(|message| Some(message.id) == note.message).unwrap();
        assert_eq!((note.kind, note.body.as_str()), (MessageKind::Note, "She is angry."));

        db.write(move |tx| agents::deactivate(tx, &ada, id).map(drop)).await.unwrap();
        let late = answer(from_sam("a5@example.com", CONFIRMED, "I was here.")).await;
        assert_eq!((late.state, late.cause), (State::Suspended, Some(Cause::AgentUnverified)));
    }

    async fn a_mail_that_is_read_again_does_not_double_its_copy(db: TestDb) {
        let post = Post::open(&db).await;
        let raw = letter("1@example.com", "", "Once");
        post.hand("a@example.com", &["help@desk.example"], &raw).await;
        let (blobs, hidden) = (db.folder.path().join("blobs"), db.folder.path().join("hidden"));
        std::fs::rename(&blobs, &hidden).unwrap();
        settle(&db).await;
        let failed = post.mails().await.remove(0);
        assert_eq!(failed.state, State::Failed);
        std::fs::remove_dir_all(&blobs).ok();
        std::fs::rename(&hidden, &blobs).unwrap();
        let copy = post.deliver(&raw).await;
        assert_eq!(copy.state, State::Placed);
        let (ada, id) = (post.world.ada.clone(), failed.id);
        db.write(move |tx| deciding::reread(tx, &ada, id)).await.unwrap();
        settle(&db).await;
        let again = post.mails().await.into_iter().find(|mail| mail.id == id).unwrap();
        assert_eq!((again.state, again.message), (State::Repeated, copy.message));
        assert_eq!(post.ticket(copy.ticket.unwrap()).await.1.len(), 1);
    }
}
