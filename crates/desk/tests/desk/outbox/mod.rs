//! Answers by mail: written with the reply, taken back in time, handed over once, with a fate that is known or called so.

mod carrying;
mod peer;
mod postfix;
mod torture;

use std::sync::Arc;
use std::time::Duration;

use desk::bulk::{self, Answer, Chosen, NewBulk};
use desk::dkim::{self, Wanted};
use desk::mailboxes::reach::MailReach;
use desk::mailboxes::{self, MailboxText, Outgoing, Protection, ServerText};
use desk::outbox::{self, MailState, OutboxError, Parcel, RecipientState, SCHEDULE, Settings, Step, Told};
use desk::tickets::extras::Extras;
use desk::tickets::files::{self, NewFile};
use desk::tickets::listing::View;
use desk::tickets::sending::{self, FormId};
use desk::tickets::{self, Field, Message, MessageKind, NewMessage, NewTicket, Status, Ticket};
use desk::{numbers, participants};
use jiff::tz::TimeZone;
use kit::blob::{BlobPlace, Blobs};
use kit::db::{Db, DbError};
use kit::i18n::{Locale, Text};
use kit::id::Ids;
use kit::jobs::{self, Jobs, Options};
use kit::{params, sql};
use mail::authenticate::{Checker, Method, Outcome, Zone};
use mail::dkim::{Algorithm, Published};
use mail::understand::Limits;
use tandem_core::actor::Actor;
use tandem_core::contacts::erasing::{self, Holdings};
use tandem_core::contacts::identities::{self, NewIdentity};
use tandem_core::contacts::{self, ContactId, ContactText, Introduction};
use tandem_core::events::Wiring;
use tandem_core::touchpoints::Channel;
use testkit::{TestDb, on_both};

use self::peer::{Peer, Way};
use crate::mailboxes::seal;
use crate::tickets::{asked, change, open, says, write};
use crate::world::{LISTS, World};

/// A world whose answers go out by mail to a server.
struct Desk {
    world: World,
    _folder: tempfile::TempDir,
}

impl Desk {
    async fn new(db: &TestDb, port: u16, protection: Protection, authority: Option<Vec<u8>>) -> Self {
        seal(db);
        let folder = tempfile::tempdir().unwrap();
        let place = BlobPlace::Folder(folder.path().to_owned());
        db.attach(Arc::new(
            Blobs::open(&place, db.clock().clone(), Ids::seeded(9)).unwrap(),
        ));
        let authorities: Vec<Vec<u8>> = authority.into_iter().collect();
        db.attach(Arc::new(
            MailReach::new(|_| true, &authorities, "desk.test").unwrap(),
        ));
        db.attach(Arc::new(
            Wiring::default()
                .on(&tickets::REPLIED, &[outbox::WRITE])
                .on(&tickets::OPENED, &[outbox::WRITE]),
        ));
        let world = World::new(db).await;
        let text = MailboxText {
            name: "Support".to_owned(),
            address: "u37@world.test".to_owned(),
            sender: "Northwind Support".to_owned(),
            signature: "Northwind".to_owned(),
            outgoing: Outgoing::Smtp,
            smtp: ServerText {
                host: "localhost".to_owned(),
                port,
                protection,
                ..ServerText::default()
            },
            ..MailboxText::default()
        };
        let (ada, contact) = (world.ada.clone(), world.contact);
        db.write(move |tx| {
            mailboxes::create(tx, &ada, &text).unwrap();
            identities::add(tx, &ada, contact, &NewIdentity::email("u38@world.test")).unwrap();
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
        Self {
            world,
            _folder: folder,
        }
    }

    async fn with(db: &TestDb, ways: &[Way]) -> (Self, Peer) {
        let peer = Peer::new(ways).await;
        (Self::new(db, peer.port, Protection::Plain, None).await, peer)
    }

    async fn replied(&self, db: &Db) -> (Ticket, Message) {
        let ticket = open(db, &self.world.sam, asked(&self.world)).await.unwrap();
        let said = says(MessageKind::Reply, "Try the new version.");
        write(db, &self.world.sam, ticket.id, said).await.unwrap()
    }
}

async fn mail_of(db: &Db, actor: &Actor, message: &Message) -> Parcel {
    let (workspace, id) = (actor.workspace, message.id);
    let found = db
        .read(move |tx| outbox::of_message(tx, workspace, id))
        .await
        .unwrap();
    found.unwrap()
}

async fn state_of(db: &Db, actor: &Actor, message: &Message) -> MailState {
    mail_of(db, actor, message).await.mail.state
}

async fn run(db: &Db) {
    run_within(db, Duration::from_secs(60)).await;
}

async fn run_within(db: &Db, time: Duration) {
    let mut known = Jobs::new();
    known.errand(Options::new().attempts(100).time(time), outbox::send);
    while jobs::run_due(db, &known).await.unwrap() > 0 {}
}

async fn withdraw(db: &Db, actor: &Actor, parcel: &Parcel) -> Result<Parcel, OutboxError> {
    let (actor, id) = (actor.clone(), parcel.mail.id);
    db.write(move |tx| outbox::withdraw(tx, &actor, id)).await
}

async fn again(db: &Db, actor: &Actor, parcel: &Parcel) -> Result<Parcel, OutboxError> {
    let (actor, id) = (actor.clone(), parcel.mail.id);
    db.write(move |tx| outbox::again(tx, &actor, id)).await
}

async fn steps(db: &Db, actor: &Actor, parcel: &Parcel) -> Vec<Step> {
    let (actor, id) = (actor.clone(), parcel.mail.id);
    let (_, log) = db.read(move |tx| outbox::find(tx, &actor, id)).await.unwrap();
    log.iter().rev().map(|line| line.step).collect()
}

async fn person(db: &Db, world: &World, name: &str, address: &str) -> ContactId {
    let text = ContactText {
        name: name.to_owned(),
        ..ContactText::default()
    };
    let introduction = Introduction {
        identities: vec![NewIdentity::email(address)],
        membership: None,
    };
    let ada = world.ada.clone();
    let added = db.write(move |tx| contacts::add(tx, &ada, &text, &introduction));
    added.await.unwrap().id
}

const WINDOW: Duration = Duration::from_secs(10);

on_both! { LISTS;
    async fn a_reply_goes_out_once_when_it_can_not_be_taken_back_any_more(db: TestDb) {
        let (desk, peer) = Desk::with(&db, &[]).await;
        let (ticket, message) = desk.replied(&db).await;
        let sam = &desk.world.sam;
        let written = mail_of(&db, sam, &message).await;
        assert_eq!((written.mail.state, written.mail.ticket), (MailState::Waiting, ticket.id));
        assert_eq!(written.mail.subject, "Re: Exports stop");
        assert_eq!(written.recipients[0].address, "u38@world.test");
        run(&db).await;
        assert!(peer.mails().is_empty(), "not before it is due");
        db.clock.advance(WINDOW);
        run(&db).await;
        let mails = peer.mails();
        assert_eq!(mails.len(), 1);
        for part in [
            format!("Message-ID: <{}>", written.mail.identifier),
            "From: \"Northwind Support\" <u37@world.test>".to_owned(),
            "X-Tandem-Mail: oml_".to_owned(),
            "Try the new version.".to_owned(),
            "Every export ends after".to_owned(),
            "multipart/alternative".to_owned(),
        ] {
            assert!(mails[0].contains(&part), "{part} is not in {}", mails[0]);
        }
        let sent = mail_of(&db, sam, &message).await;
        assert_eq!((sent.mail.state, &sent.mail.identifier), (MailState::Sent, &written.mail.identifier));
        assert_eq!(steps(&db, sam, &written).await, [Step::Written, Step::Accepted]);
        db.clock.advance(Duration::from_secs(86_400));
        run(&db).await;
        assert_eq!(peer.mails().len(), 1);
        assert_eq!(again(&db, sam, &written).await, Err(OutboxError::NothingToSend));
    }

    async fn taken_back_in_time_it_never_goes_out(db: TestDb) {
        let (desk, peer) = Desk::with(&db, &[]).await;
        let (_, message) = desk.replied(&db).await;
        let sam = &desk.world.sam;
        let written = mail_of(&db, sam, &message).await;
        assert!(matches!(withdraw(&db, &desk.world.pat, &written).await, Err(OutboxError::Forbidden(_))));
        assert_eq!(withdraw(&db, &desk.world.eve, &written).await, Err(OutboxError::Unknown));
        withdraw(&db, sam, &written).await.unwrap();
        withdraw(&db, sam, &written).await.unwrap();
        db.clock.advance(WINDOW);
        run(&db).await;
        assert!(peer.mails().is_empty());
        assert_eq!(steps(&db, sam, &written).await, [Step::Written, Step::Withdrawn]);
        let (_, message) = desk.replied(&db).await;
        db.clock.advance(WINDOW);
        run(&db).await;
        let sent = mail_of(&db, sam, &message).await;
        assert_eq!(withdraw(&db, sam, &sent).await, Err(OutboxError::TooLate));
    }

    async fn one_answer_to_many_is_taken_back_as_long_as_its_mails_wait(db: TestDb) {
        let (desk, peer) = Desk::with(&db, &[]).await;
        let sam = desk.world.sam.clone();
        let ticket = open(&db, &sam, asked(&desk.world)).await.unwrap().id;
        let new = NewBulk {
            view: View::Open,
            chosen: Chosen::These(vec![ticket]),
            changes: Vec::new(),
            extras: Extras::default(),
            merge_into: None,
            answer: Some(Answer { body: "It is mended.".to_owned(), ..Answer::default() }),
        };
        let (writer, again) = (sam.clone(), new.clone());
        let done = db.write(move |tx| bulk::begin(tx, &writer, &new)).await.unwrap();
        let writer = sam.clone();
        let back = db.write(move |tx| bulk::undo(tx, &writer, done.id)).await.unwrap();
        assert_eq!((back.changed, back.refused), (0, 0));
        db.clock.advance(WINDOW);
        run(&db).await;
        assert!(peer.mails().is_empty());
        let writer = sam.clone();
        let done = db.write(move |tx| bulk::begin(tx, &writer, &again)).await.unwrap();
        db.clock.advance(WINDOW);
        run(&db).await;
        assert_eq!(peer.mails().len(), 1);
        let back = db.write(move |tx| bulk::undo(tx, &sam, done.id)).await.unwrap();
        assert_eq!((back.changed, back.refused), (1, 1), "what is out stays");
    }

    async fn what_was_taken_back_was_no_answer_and_its_ticket_is_as_far_as_before(db: TestDb) {
        let (desk, _peer) = Desk::with(&db, &[]).await;
        let (sam, ada) = (desk.world.sam.clone(), desk.world.ada.clone());
        let id = open(&db, &sam, asked(&desk.world)).await.unwrap().id;
        let tick = Duration::from_secs(2);
        let solving = || NewMessage { then: Some(Status::Solved.into()), ..says(MessageKind::Reply, "Try the new version.") };
        db.clock.advance(tick);
        let (solved, message) = write(&db, &sam, id, solving()).await.unwrap();
        assert_eq!((solved.status, solved.replies, solved.replied_at), (Status::Solved, 1, Some(message.written_at)));
        db.clock.advance(tick);
        let written = mail_of(&db, &sam, &message).await;
        for _ in 0..2 {
            withdraw(&db, &ada, &written).await.unwrap();
        }
        let now = async || {
            let ada = ada.clone();
            let read = db.read(move |tx| {
                let ticket = tickets::find(tx, &ada, id).unwrap().unwrap();
                Ok::<_, DbError>((ticket, numbers::fact(tx, &ada, id).unwrap().unwrap()))
            });
            read.await.unwrap()
        };
        let (ticket, fact) = now().await;
        assert_eq!((ticket.status, ticket.replies, ticket.replied_at, ticket.reopenings), (Status::Open, 0, None, 0));
        assert_eq!((ticket.first_solved_at, ticket.solved_at), (None, None));
        assert_eq!((fact.replies, fact.first_response, fact.resolution, fact.is_open), (0, None, None, true));

        // The next one is the first response; one after it that is taken back leaves it that.
        db.clock.advance(tick);
        let (_, first) = write(&db, &sam, id, says(MessageKind::Reply, "Try the newest version.")).await.unwrap();
        db.clock.advance(tick);
        let (_, second) = write(&db, &sam, id, solving()).await.unwrap();
        // Whoever brought it further knew more.
        change(&db, &ada, id, Field::Status, "waiting").await.unwrap();
        let written = mail_of(&db, &sam, &second).await;
        withdraw(&db, &sam, &written).await.unwrap();
        let (ticket, fact) = now().await;
        assert_eq!((ticket.status, ticket.replies, ticket.replied_at), (Status::Waiting, 1, Some(first.written_at)));
        assert!(fact.is_one_touch());
    }

    async fn what_is_taken_back_is_sent_anew_by_the_same_form_and_once(db: TestDb) {
        let (desk, _peer) = Desk::with(&db, &[]).await;
        let sam = &desk.world.sam;
        let id = open(&db, sam, asked(&desk.world)).await.unwrap().id;
        let form: FormId = db.read(|tx| Ok::<_, DbError>(tx.new_id())).await.unwrap();
        let send = async || {
            let (sam, said) = (sam.clone(), says(MessageKind::Reply, "Try the new version."));
            let sent = db.write(move |tx| sending::send(tx, &sam, (id, Some(form)), &said));
            sent.await.unwrap().1
        };
        let first = send().await;
        assert_eq!(send().await.id, first.id);
        let written = mail_of(&db, sam, &first).await;
        withdraw(&db, sam, &written).await.unwrap();
        let second = send().await;
        assert_ne!(second.id, first.id, "what was taken back is not sent");
        assert_eq!(send().await.id, second.id);
        assert_eq!(state_of(&db, sam, &second).await, MailState::Waiting);
    }

    async fn what_leaves_is_signed_once_the_record_of_a_key_was_seen(db: TestDb) {
        let (desk, peer) = Desk::with(&db, &[]).await;
        let ada = &desk.world.ada;
        let wanted = Wanted { domain: "world.test".to_owned(), algorithm: Algorithm::Ed25519 };
        let secret = dkim::secret(&db, ada, &wanted).await.unwrap();
        let writer = ada.clone();
        let seen = db.write(move |tx| {
            let key = dkim::make(tx, &writer, &wanted, &secret)?;
            dkim::settle(tx, &writer, key.id, Published::Fits)
        });
        let key = seen.await.unwrap();
        desk.replied(&db).await;
        db.clock.advance(WINDOW);
        run(&db).await;
        let raw = peer.mails()[0].replace('\n', "\r\n");
        let zone = Zone::default().text(&key.name(), &key.record);
        let found = Checker::of_zone(zone).unwrap().check(raw.as_bytes(), None, Vec::new()).await;
        assert!(found.iter().any(|one| one.method == Method::Dkim && one.outcome == Outcome::Pass), "{found:?}");
    }

    async fn a_refusal_is_for_good_until_a_person_sends_it_again(db: TestDb) {
        let full = Way::AtRecipient("552 5.2.2 mailbox full");
        let (desk, peer) = Desk::with(&db, &[full]).await;
        let (_, message) = desk.replied(&db).await;
        db.clock.advance(WINDOW);
        run(&db).await;
        let sam = &desk.world.sam;
        let failed = mail_of(&db, sam, &message).await;
        let one = &failed.recipients[0];
        assert_eq!(
            (failed.mail.state, one.code, one.enhanced.as_deref(), one.said.as_str()),
            (MailState::Failed, Some(552), Some("5.2.2"), "mailbox full")
        );
        db.clock.advance(Duration::from_secs(86_400));
        run(&db).await;
        assert!(peer.mails().is_empty(), "never by itself");
        again(&db, sam, &failed).await.unwrap();
        run(&db).await;
        assert_eq!((peer.mails().len(), state_of(&db, sam, &message).await), (1, MailState::Sent));
    }

    async fn who_is_for_later_is_tried_again_with_the_same_bytes(db: TestDb) {
        let (desk, peer) = Desk::with(&db, &[Way::AtEnd("451 4.7.1 greylisted"), Way::HangUp]).await;
        let (_, message) = desk.replied(&db).await;
        let sam = &desk.world.sam;
        db.clock.advance(WINDOW);
        run(&db).await;
        let late = mail_of(&db, sam, &message).await;
        assert_eq!((late.mail.state, late.mail.attempts), (MailState::Waiting, 1));
        assert!(late.mail.due_at >= db.clock.now().plus(SCHEDULE[0]));
        db.clock.advance(SCHEDULE[0] + Duration::from_secs(60));
        run(&db).await;
        let late = mail_of(&db, sam, &message).await;
        assert_eq!((late.mail.attempts, late.mail.trouble.as_deref()), (2, Some("no_answer")));
        db.clock.advance(SCHEDULE[1] + Duration::from_secs(60));
        run(&db).await;
        assert_eq!((peer.mails().len(), state_of(&db, sam, &message).await), (1, MailState::Sent));
        assert_eq!(
            steps(&db, sam, &late).await,
            [Step::Written, Step::Deferred, Step::NotSent, Step::Accepted]
        );
    }

    async fn an_answer_that_is_lost_is_unknown_and_nothing_is_sent_twice_by_itself(db: TestDb) {
        let (desk, peer) = Desk::with(&db, &[Way::Lose]).await;
        let (_, message) = desk.replied(&db).await;
        db.clock.advance(WINDOW);
        run(&db).await;
        let sam = &desk.world.sam;
        let lost = mail_of(&db, sam, &message).await;
        assert_eq!((lost.mail.state, lost.recipients[0].state), (MailState::Unknown, RecipientState::Unknown));
        db.clock.advance(Duration::from_secs(86_400 * 7));
        run(&db).await;
        assert_eq!(peer.mails().len(), 1);
        again(&db, sam, &lost).await.unwrap();
        run(&db).await;
        let mails = peer.mails();
        assert_eq!((mails.len(), state_of(&db, sam, &message).await), (2, MailState::Sent));
        assert_eq!(mails[0], mails[1], "the same bytes, by which the other side can tell");
    }

    async fn an_attempt_that_ends_while_the_answer_is_awaited_leaves_it_unknown(db: TestDb) {
        let (desk, peer) = Desk::with(&db, &[Way::Hold]).await;
        let (_, message) = desk.replied(&db).await;
        db.clock.advance(WINDOW);
        run_within(&db, Duration::from_millis(1_500)).await;
        let sam = &desk.world.sam;
        assert_eq!((peer.mails().len(), state_of(&db, sam, &message).await), (1, MailState::Handing));
        let handed = mail_of(&db, sam, &message).await;
        assert_eq!(withdraw(&db, sam, &handed).await, Err(OutboxError::TooLate));
        assert_eq!(again(&db, sam, &handed).await, Err(OutboxError::TooLate));
        db.clock.advance(Duration::from_secs(3_600));
        run(&db).await;
        assert_eq!((peer.mails().len(), state_of(&db, sam, &message).await), (1, MailState::Unknown));
    }

    async fn many_jobs_for_one_mail_send_it_once(db: TestDb) {
        let (desk, peer) = Desk::with(&db, &[]).await;
        let (_, message) = desk.replied(&db).await;
        let sam = &desk.world.sam;
        let written = mail_of(&db, sam, &message).await;
        db.clock.advance(WINDOW);
        // Trying now puts another job beside the one that waits or runs.
        let runs = (0..4).map(|_| {
            let (db, sam, written) = (Db::clone(&db), sam.clone(), written.clone());
            tokio::spawn(async move {
                let _ = again(&db, &sam, &written).await;
                run(&db).await;
            })
        });
        for run in runs.collect::<Vec<_>>() {
            run.await.unwrap();
        }
        run(&db).await;
        assert_eq!((peer.mails().len(), state_of(&db, sam, &message).await), (1, MailState::Sent));
    }

    async fn what_a_report_says_comes_to_the_mail_and_its_address_is_not_written_to_again(db: TestDb) {
        let (desk, peer) = Desk::with(&db, &[]).await;
        let (ticket, message) = desk.replied(&db).await;
        db.clock.advance(WINDOW);
        run(&db).await;
        let sam = &desk.world.sam;
        let sent = mail_of(&db, sam, &message).await;
        let told = Told {
            is_final: true,
            is_delivered: false,
            enhanced: Some("5.1.1".to_owned()),
            said: "no such user".to_owned(),
        };
        for (workspace, is_heard) in [(desk.world.eve.workspace, false), (sam.workspace, true), (sam.workspace, false)] {
            let (id, told) = (sent.mail.identifier.clone(), told.clone());
            let heard = db
                .write(move |tx| outbox::told(tx, workspace, (&id, "U38@world.test"), &told))
                .await
                .unwrap();
            assert_eq!(heard, is_heard);
        }
        assert_eq!(state_of(&db, sam, &message).await, MailState::Failed);
        let said = says(MessageKind::Reply, "And one more thing.");
        let (_, next) = write(&db, sam, ticket.id, said.clone()).await.unwrap();
        let stopped = mail_of(&db, sam, &next).await;
        assert_eq!((stopped.mail.state, stopped.mail.trouble.as_deref()), (MailState::Failed, Some("suppressed")));
        assert_eq!(stopped.mail.in_reply_to.as_deref(), Some(sent.mail.identifier.as_str()));
        let lifter = sam.clone();
        db.write(move |tx| outbox::suppression::lift(tx, &lifter, "u38@World.test")).await.unwrap();
        write(&db, sam, ticket.id, said).await.unwrap();
        db.clock.advance(WINDOW);
        run(&db).await;
        assert_eq!(peer.mails().len(), 2);
    }

    async fn notes_machines_and_people_without_an_address_get_no_mail(db: TestDb) {
        let (desk, _peer) = Desk::with(&db, &[]).await;
        let (ticket, _) = desk.replied(&db).await;
        let (sam, system) = (&desk.world.sam, Actor::system(desk.world.workspace, "demo"));
        let mut silent = Vec::new();
        silent.push(write(&db, sam, ticket.id, says(MessageKind::Note, "Among us.")).await.unwrap().1);
        silent.push(write(&db, &system, ticket.id, says(MessageKind::Reply, "Of old.")).await.unwrap().1);
        let nobody = NewTicket { contact: None, ..asked(&desk.world) };
        let other = open(&db, sam, nobody).await.unwrap();
        silent.push(write(&db, sam, other.id, says(MessageKind::Reply, "Hello?")).await.unwrap().1);
        for message in silent {
            let (workspace, id) = (sam.workspace, message.id);
            let found = db.read(move |tx| outbox::of_message(tx, workspace, id)).await.unwrap();
            assert_eq!(found, None, "{message:?}");
        }
        // What one of us opens with their own words goes out.
        let ours = NewTicket { is_ours: true, ..asked(&desk.world) };
        let ticket = open(&db, sam, ours).await.unwrap();
        let (workspace, id) = (sam.workspace, ticket.last_public.unwrap());
        let mail = db.read(move |tx| outbox::of_message(tx, workspace, id)).await.unwrap().unwrap();
        assert_eq!((mail.mail.subject.as_str(), mail.mail.in_reply_to), ("Exports stop", None));
    }

    async fn the_window_and_the_history_are_the_workspaces_choice(db: TestDb) {
        let (desk, peer) = Desk::with(&db, &[]).await;
        let wanted = Settings { undo_seconds: 0, quotes_history: false, version: 0 };
        for (actor, settings) in [
            (&desk.world.sam, wanted),
            (&desk.world.ada, Settings { undo_seconds: 4_000, ..wanted }),
            (&desk.world.ada, Settings { version: 7, ..wanted }),
        ] {
            let actor = actor.clone();
            assert!(db.write(move |tx| outbox::change_settings(tx, &actor, settings)).await.is_err());
        }
        let ada = desk.world.ada.clone();
        db.write(move |tx| outbox::change_settings(tx, &ada, wanted)).await.unwrap();
        desk.replied(&db).await;
        run(&db).await;
        let mails = peer.mails();
        assert_eq!(mails.len(), 1, "at once");
        assert!(!mails[0].contains("Every export"), "{}", mails[0]);
    }

    async fn what_is_quoted_is_dated_as_its_reader_reads_dates(db: TestDb) {
        let (desk, _peer) = Desk::with(&db, &[]).await;
        let (_, usual) = desk.replied(&db).await;
        let body = mail_of(&db, &desk.world.sam, &usual).await.mail.body;
        let warsaw = Text::new(Locale::english(), TimeZone::get("Europe/Warsaw").unwrap(), db.clock.now());
        assert!(body.contains(&format!("On {}, Leyla wrote:", warsaw.moment(db.clock.now()))), "{body}");
        let text = ContactText {
            name: "Leyla".to_owned(),
            language: Some("pl".to_owned()),
            time_zone: Some("Asia/Baku".to_owned()),
            note: String::new(),
        };
        let (ada, contact) = (desk.world.ada.clone(), desk.world.contact);
        db.write(move |tx| contacts::change(tx, &ada, contact, 1, &text)).await.unwrap();
        let (_, own) = desk.replied(&db).await;
        let body = mail_of(&db, &desk.world.sam, &own).await.mail.body;
        let baku = Text::new(Locale::parse("pl").unwrap(), TimeZone::get("Asia/Baku").unwrap(), db.clock.now());
        assert!(body.contains(&format!("{}, Leyla pisze:", baku.moment(db.clock.now()))), "{body}");
        // A language that we do not speak leaves the zone; nobody in particular reads as the workspace does.
        let text = ContactText {
            name: "Leyla".to_owned(),
            language: Some("fi".to_owned()),
            time_zone: Some("Asia/Baku".to_owned()),
            note: String::new(),
        };
        let (ada, workspace) = (desk.world.ada.clone(), desk.world.workspace);
        let (finn, nobody) = db
            .write(move |tx| {
                contacts::change(tx, &ada, contact, 2, &text)?;
                let finn = contacts::reader(tx, workspace, Some(contact))?;
                Ok::<_, contacts::ContactError>((finn, contacts::reader(tx, workspace, None)?))
            })
            .await
            .unwrap();
        assert_eq!((finn.locale().tag(), finn.zone().iana_name()), ("en", Some("Asia/Baku")));
        assert_eq!((nobody.locale().tag(), nobody.zone().iana_name()), ("en", Some("Europe/Warsaw")));
    }

    async fn the_files_of_a_reply_go_along(db: TestDb) {
        let (desk, peer) = Desk::with(&db, &[]).await;
        let sam = desk.world.sam.clone();
        let ticket = open(&db, &sam, asked(&desk.world)).await.unwrap();
        let blobs: Arc<Blobs> = db.attached().unwrap();
        let stored = blobs.put_bytes("a,b\n1,2\n".into()).await.unwrap();
        let (author, new) = (sam.clone(), NewFile::waiting(ticket.id, "rows.csv", stored));
        let file = db.write(move |tx| files::keep(tx, &author, &new)).await.unwrap();
        let said = NewMessage {
            files: vec![file.id],
            ..says(MessageKind::Reply, "Here are the rows.")
        };
        write(&db, &sam, ticket.id, said).await.unwrap();
        db.clock.advance(WINDOW);
        run(&db).await;
        let mails = peer.mails();
        assert!(mails[0].contains("filename=\"rows.csv\"") && mails[0].contains("multipart/mixed"), "{}", mails[0]);
    }

    async fn words_with_formatting_leave_in_both_parts_and_their_pictures_with_them(db: TestDb) {
        let (desk, peer) = Desk::with(&db, &[]).await;
        let sam = desk.world.sam.clone();
        let ticket = open(&db, &sam, asked(&desk.world)).await.unwrap();
        let blobs: Arc<Blobs> = db.attached().unwrap();
        let stored = blobs.put_bytes("a picture".into()).await.unwrap();
        let (author, new) = (sam.clone(), NewFile::waiting(ticket.id, "screen.png", stored));
        let file = db.write(move |tx| files::keep(tx, &author, &new)).await.unwrap();
        let said = NewMessage {
            files: vec![file.id],
            html: Some(format!("<p>Try <b>this</b>: <img src=\"/tickets/files/{}\"></p><ul><li>one</li></ul>", file.id)),
            ..says(MessageKind::Reply, "")
        };
        write(&db, &sam, ticket.id, said).await.unwrap();
        db.clock.advance(WINDOW);
        run(&db).await;
        let mails = peer.mails();
        let read = mail::understand::understand(mails[0].as_bytes(), jiff::Timestamp::UNIX_EPOCH, &Limits::default());
        let (text, html) = (read.text.replace("\r\n", "\n"), read.html.unwrap_or_default());
        assert!(text.starts_with("Try this: [screen.png]\n\n- one"), "{text}");
        assert!(html.contains("<p>Try <strong>this</strong>: <img src=\"cid:") && html.contains("<ul><li>one</li></ul>"), "{html}");
        assert!(mails[0].contains("multipart/related") && mails[0].contains(&format!("Content-ID: <{}@", file.id)), "{}", mails[0]);
    }

    async fn under_a_reply_stands_how_its_mail_fares_and_what_can_be_done(db: TestDb) {
        let (desk, _peer) = Desk::with(&db, &[Way::AtRecipient("552 5.2.2 mailbox full")]).await;
        let (ticket, message) = desk.replied(&db).await;
        let said = async |actor: &Actor| {
            let (actor, ticket, id) = (actor.clone(), ticket.clone(), message.id);
            let t = Text::new(Locale::english(), TimeZone::UTC, db.clock.now());
            let all = db.read(move |tx| outbox::say(tx, &actor, &t, &ticket, &[id])).await.unwrap();
            assert!(all.iter().all(|mark| mark.message == id));
            all
        };
        let waiting = said(&desk.world.sam).await.remove(0);
        assert!(waiting.text.contains("10") && waiting.acts[0].1.ends_with("/withdrawal"), "{waiting:?}");
        assert!(said(&desk.world.pat).await[0].acts.is_empty(), "who may not write may not take back");
        assert!(said(&desk.world.eve).await.is_empty());
        db.clock.advance(WINDOW);
        run(&db).await;
        let failed = said(&desk.world.sam).await.remove(0);
        assert_eq!(failed.tone, "bad");
        assert!(failed.acts[0].1.ends_with("/again"), "{failed:?}");
    }

    async fn an_answer_that_nobody_gets_by_mail_says_so(db: TestDb) {
        seal(&db);
        let world = World::new(&db).await;
        let said = async |ticket: &Ticket| {
            let (sam, ticket, id) = (world.sam.clone(), ticket.clone(), ticket.last_public.unwrap());
            let t = Text::new(Locale::english(), TimeZone::UTC, db.clock.now());
            db.read(move |tx| outbox::say(tx, &sam, &t, &ticket, &[id])).await.unwrap()
        };
        let asked_only = open(&db, &world.sam, asked(&world)).await.unwrap();
        assert!(said(&asked_only).await.is_empty(), "the customer's own words go nowhere");
        let answer = || says(MessageKind::Reply, "Try the new version.");
        let (without_mailbox, _) = write(&db, &world.sam, asked_only.id, answer()).await.unwrap();
        assert!(said(&without_mailbox).await[0].text.contains("mailbox"));
        let ada = world.ada.clone();
        let text = MailboxText {
            name: "Support".to_owned(),
            address: "help@desk.example".to_owned(),
            outgoing: Outgoing::Smtp,
            smtp: ServerText {
                host: "localhost".to_owned(),
                port: 25,
                protection: Protection::Plain,
                ..ServerText::default()
            },
            ..MailboxText::default()
        };
        db.write(move |tx| mailboxes::create(tx, &ada, &text).map(drop)).await.unwrap();
        let marks = said(&without_mailbox).await;
        assert!(marks[0].text.contains("address") && marks[0].links[0].1.starts_with("/contacts/con_"), "{marks:?}");
        let by_form = NewTicket { channel: Channel::Web, ..asked(&world) };
        let by_form = open(&db, &world.sam, by_form).await.unwrap();
        let (by_form, _) = write(&db, &world.sam, by_form.id, answer()).await.unwrap();
        assert!(said(&by_form).await[0].text.contains("address"), "whichever way it came");
    }

    async fn who_is_erased_is_in_no_mail_any_more_and_nothing_goes_out(db: TestDb) {
        let (desk, peer) = Desk::with(&db, &[]).await;
        db.attach(Arc::new(Holdings::new(&[&tickets::HOLDS, &outbox::HOLDS])));
        let (ticket, message) = desk.replied(&db).await;
        db.clock.advance(WINDOW);
        run(&db).await;
        let sam = &desk.world.sam;
        let (_, last) = write(&db, sam, ticket.id, says(MessageKind::Reply, "One more.")).await.unwrap();
        let (ada, contact) = (desk.world.ada.clone(), desk.world.contact);
        db.write(move |tx| erasing::erase(tx, &ada, contact)).await.unwrap();
        for (message, state) in [(&message, MailState::Sent), (&last, MailState::Withdrawn)] {
            let mail = mail_of(&db, sam, message).await;
            assert_eq!((mail.mail.state, mail.mail.contact), (state, None));
            assert_eq!((mail.mail.subject.as_str(), mail.mail.body.as_str()), ("", ""));
            assert_eq!(mail.recipients[0].address, "");
        }
        db.clock.advance(WINDOW);
        run(&db).await;
        assert_eq!(peer.mails().len(), 1);
    }

    async fn who_is_erased_is_in_no_mail_to_others_either_and_those_still_get_theirs(db: TestDb) {
        let (desk, peer) = Desk::with(&db, &[]).await;
        db.attach(Arc::new(Holdings::new(&[&tickets::HOLDS, &participants::HOLDS, &outbox::HOLDS])));
        let sam = &desk.world.sam;
        let ticket = open(&db, sam, asked(&desk.world)).await.unwrap();
        let author = sam.clone();
        db.write(move |tx| participants::add(tx, &author, ticket.id, ("Tom@world.test", true))).await.unwrap();
        let (_, first) = write(&db, sam, ticket.id, says(MessageKind::Reply, "Try the new version.")).await.unwrap();
        db.clock.advance(WINDOW);
        run(&db).await;
        assert!(peer.mails()[0].contains("Tom@world.test"));
        let (_, last) = write(&db, sam, ticket.id, says(MessageKind::Reply, "One more.")).await.unwrap();
        let tom = person(&db, &desk.world, "Tom", "tom@world.test").await;
        let ada = desk.world.ada.clone();
        let taken = db.read(move |tx| erasing::export(tx, &ada, tom)).await.unwrap();
        assert_eq!(taken["held_elsewhere"]["outgoing_mails"].as_array().unwrap().len(), 2);
        let ada = desk.world.ada.clone();
        db.write(move |tx| erasing::erase(tx, &ada, tom)).await.unwrap();
        let sent = mail_of(&db, sam, &first).await;
        assert_eq!((sent.mail.state, sent.mail.body.is_empty()), (MailState::Sent, false));
        assert_eq!((sent.recipients[0].address.as_str(), sent.recipients[1].address.as_str()), ("u38@world.test", ""));
        let (reader, id) = (sam.clone(), sent.mail.id);
        let (_, log) = db.read(move |tx| outbox::find(tx, &reader, id)).await.unwrap();
        assert!(log.iter().all(|line| !line.address.eq_ignore_ascii_case("tom@world.test")), "{log:?}");
        let workspace = sam.workspace;
        let kept: i64 = db
            .read(move |tx| {
                let kept = sql!("select count(*) as n from outgoing_mails where workspace_id = $1 and raw_hash is not null");
                tx.one(kept, params![workspace], |row| row.get("n"))
            })
            .await
            .unwrap();
        assert_eq!(kept, 0, "the bytes hold the address");
        let waiting = mail_of(&db, sam, &last).await;
        assert_eq!(waiting.waiting(), ["u38@world.test"]);
        db.clock.advance(WINDOW);
        run(&db).await;
        let mails = peer.mails();
        assert!(mails.len() == 2 && !mails[1].to_lowercase().contains("tom@world.test"), "{mails:?}");
        assert_eq!(state_of(&db, sam, &last).await, MailState::Sent);
    }

    async fn erasing_one_lets_nothing_go_to_where_others_refused(db: TestDb) {
        let (desk, _peer) = Desk::with(&db, &[]).await;
        db.attach(Arc::new(Holdings::new(&[&outbox::HOLDS])));
        let sam = &desk.world.sam;
        let ticket = open(&db, sam, asked(&desk.world)).await.unwrap();
        let author = sam.clone();
        db.write(move |tx| participants::add(tx, &author, ticket.id, ("tom@world.test", true))).await.unwrap();
        let (_, message) = write(&db, sam, ticket.id, says(MessageKind::Reply, "Try the new version.")).await.unwrap();
        db.clock.advance(WINDOW);
        run(&db).await;
        let sent = mail_of(&db, sam, &message).await;
        for address in ["u38@world.test", "tom@world.test"] {
            let (id, workspace) = (sent.mail.identifier.clone(), sam.workspace);
            let told = Told { is_final: true, is_delivered: false, enhanced: Some("5.1.1".to_owned()), said: "no such user".to_owned() };
            db.write(move |tx| outbox::told(tx, workspace, (&id, address), &told)).await.unwrap();
        }
        let (ada, contact) = (desk.world.ada.clone(), desk.world.contact);
        db.write(move |tx| erasing::erase(tx, &ada, contact)).await.unwrap();
        let reader = sam.clone();
        let left = db.read(move |tx| outbox::suppression::all(tx, &reader)).await.unwrap();
        assert_eq!(left.iter().map(|one| one.address.as_str()).collect::<Vec<_>>(), ["tom@world.test"]);
    }
}
