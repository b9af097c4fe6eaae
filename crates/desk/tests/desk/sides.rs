//! Side conversations: asked by mail, answered beside the ticket and never in it, passed on, merged along, forgotten.

use std::sync::Arc;
use std::time::Duration;

use desk::mailboxes::{MailboxText, Outgoing, Protection, ServerText};
use desk::mails::{Mail, State};
use desk::outbox::{self, Parcel};
use desk::sides::{self, EntryKind, Forward, NewEntry, NewSide, Side, SideError, SideId, Whole};
use desk::tickets::connections::{self, Joint};
use desk::tickets::files::{self, File, NewFile};
use desk::tickets::scheduled::{self, NewScheduled, ScheduleError};
use desk::tickets::{self, MessageId, MessageKind, NewMessage, Status, TicketError, TicketId, followers};
use kit::blob::Blobs;
use kit::db::Db;
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::contacts::ContactId;
use tandem_core::contacts::erasing::{self, Holdings};
use tandem_core::contacts::identities::{self, NewIdentity};
use tandem_core::events::Wiring;
use tandem_core::permissions::Permission;
use testkit::{TestDb, on_both};

use crate::mailboxes::handed;
use crate::mails::{Post, letter};
use crate::tickets::{says, write};
use crate::world::LISTS;

/// A mailbox to which mail is handed over, and that sends.
fn both_ways() -> MailboxText {
    MailboxText {
        sender: "Northwind Support".to_owned(),
        outgoing: Outgoing::Smtp,
        smtp: ServerText {
            host: "localhost".to_owned(),
            port: 2525,
            protection: Protection::Plain,
            ..ServerText::default()
        },
        ..handed("help@desk.example")
    }
}

/// A post office with a ticket of Leyla's.
pub(crate) async fn begun(db: &TestDb) -> (Post, TicketId) {
    let post = Post::with(db, both_ways()).await;
    let first = post
        .deliver(&letter(
            "1@example.com",
            "",
            "The reader restarts three times a day.",
        ))
        .await;
    let ticket = first.ticket.unwrap();
    (post, ticket)
}

pub(crate) fn asking(to: &str, body: &str) -> NewSide {
    NewSide {
        subject: "A reader that restarts".to_owned(),
        first: NewEntry {
            to: vec![to.to_owned()],
            body: body.to_owned(),
            ..NewEntry::default()
        },
        ..NewSide::default()
    }
}

pub(crate) async fn open(
    db: &Db,
    actor: &Actor,
    ticket: TicketId,
    new: NewSide,
) -> Result<(Side, Parcel), SideError> {
    let actor = actor.clone();
    db.write(move |tx| {
        let (side, entry) = sides::open(tx, &actor, ticket, &new)?;
        let parcel = outbox::of_message(tx, actor.workspace, entry.id)?;
        Ok((side, parcel.expect("a mail of it")))
    })
    .await
}

async fn find(db: &Db, actor: &Actor, id: SideId) -> Result<Whole, SideError> {
    let actor = actor.clone();
    db.read(move |tx| sides::find(tx, &actor, id)).await
}

async fn of_ticket(db: &Db, actor: &Actor, id: TicketId) -> Vec<SideId> {
    let actor = actor.clone();
    let found = db.read(move |tx| sides::of_ticket(tx, &actor, id)).await.unwrap();
    found.into_iter().map(|(side, _)| side.id).collect()
}

/// What of a ticket is passed on when all of it is.
async fn passed_on(db: &Db, actor: &Actor, ticket: TicketId) -> (String, Vec<File>) {
    let actor = actor.clone();
    let read = db.read(move |tx| {
        let (messages, files) = sides::forwarded(tx, &actor, ticket, Forward::All)?;
        Ok::<_, SideError>((sides::quoted(tx, &actor, &messages)?, files))
    });
    read.await.unwrap()
}

/// An answer of the supplier to a mail of ours.
fn answer(id: &str, to: &Parcel, text: &str) -> String {
    let more = format!("In-Reply-To: <{}>\n", to.mail.identifier);
    letter(id, &more, text).replace("Leyla <leyla@example.com>", "Fixit <service@fixit.example>")
}

fn place(mail: &Mail) -> (State, Option<TicketId>, Option<SideId>, bool) {
    (mail.state, mail.ticket, mail.side, mail.is_stranger)
}

on_both! { LISTS;
    async fn others_are_asked_and_answer_beside_the_ticket_which_stays_as_it_is(db: TestDb) {
        let (post, ticket) = begun(&db).await;
        let (sam, workspace) = (post.world.sam.clone(), post.world.workspace);
        let solved = NewMessage { then: Some(Status::Solved.into()), ..says(MessageKind::Reply, "We look into it.") };
        write(&db, &sam, ticket, solved).await.unwrap();
        let (before, messages) = post.ticket(ticket).await;
        let (side, mail) = open(&db, &sam, ticket, asking("Service@fixit.example", "Is this batch known?")).await.unwrap();
        assert_eq!((mail.mail.side, mail.mail.ticket, mail.mail.contact), (Some(side.id), ticket, None));
        assert_eq!((mail.recipients.len(), mail.recipients[0].address.as_str()), (1, "Service@fixit.example"));
        assert_eq!(mail.mail.subject, "A reader that restarts");
        assert!(!mail.mail.body.contains("three times"), "nothing of the ticket goes along: {}", mail.mail.body);

        let came = post.deliver(&answer("a@fixit.example", &mail, "Yes. A new one leaves tomorrow.")).await;
        assert_eq!(place(&came), (State::Placed, None, Some(side.id), false));
        assert_eq!(came.contact, None, "a supplier becomes no contact");
        let (after, now) = post.ticket(ticket).await;
        assert_eq!(now, messages, "the ticket's own messages are the same");
        assert_eq!((after.status, after.preview.clone(), after.reopenings), (Status::Solved, before.preview, 0));
        assert!(after.touched_at >= before.touched_at && after.last_public == before.last_public);
        let reader = sam.clone();
        let followed = db.read(move |tx| followers::followed(tx, &reader)).await.unwrap();
        assert_eq!(followed.len(), 1, "who asks follows");
        let whole = find(&db, &sam, side.id).await.unwrap();
        assert!(whole.side.is_answered);
        let kinds: Vec<_> = whole.entries.iter().map(|entry| (entry.kind, entry.caller())).collect();
        assert_eq!(kinds, [(EntryKind::Sent, ""), (EntryKind::Came, "Fixit")]);

        // What the customer gets next quotes and answers the ticket alone.
        let (_, told) = write(&db, &sam, ticket, says(MessageKind::Reply, "You get a new one.")).await.unwrap();
        let id = told.id;
        let newest = db.read(move |tx| desk::mails::newest_of_ticket(tx, workspace, ticket)).await.unwrap().unwrap();
        assert_eq!((newest.message_id.as_str(), newest.people), ("1@example.com", vec!["leyla@example.com".to_owned()]));
        assert_eq!(db.read(move |tx| outbox::of_message(tx, workspace, id)).await.unwrap(), None, "no listener runs here");
    }

    async fn answers_come_back_by_the_reply_address_too_and_strangers_and_machines_are_named_so(db: TestDb) {
        let (post, ticket) = begun(&db).await;
        let sam = post.world.sam.clone();
        let (side, mail) = open(&db, &sam, ticket, asking("service@fixit.example", "Is this batch known?")).await.unwrap();
        let address = mail.mail.reply_to.clone().unwrap();
        let lone = letter("b@fixit.example", "", "From another program.").replace("Leyla <leyla@example.com>", "service@fixit.example");
        assert_eq!(post.hand("service@fixit.example", &[&address], &lone).await, ["250"]);
        crate::mails::settle(&db).await;
        assert_eq!(place(&post.mails().await[0]), (State::Placed, None, Some(side.id), false));
        // A colleague of theirs answers that mail: known by its identifier, and a stranger.
        let more = "In-Reply-To: <b@fixit.example>\n";
        let pal = letter("c@other.example", more, "I am new here.").replace("Leyla <leyla@example.com>", "Pal <pal@other.example>");
        assert_eq!(place(&post.deliver(&pal).await), (State::Placed, None, Some(side.id), true));
        // Somebody is away: it is kept, and a closed one stays closed.
        let actor = sam.clone();
        for _ in 0..2 {
            let actor = actor.clone();
            db.write(move |tx| sides::close(tx, &actor, side.id)).await.unwrap();
        }
        let away = answer("d@fixit.example", &mail, "I am away.").replace("Subject:", "Auto-Submitted: auto-replied\nSubject:");
        post.deliver(&away).await;
        let whole = find(&db, &sam, side.id).await.unwrap();
        assert!(!whole.side.is_open() && whole.entries.last().unwrap().is_automatic);
        // What somebody writes by hand opens it again, and what we write goes after it.
        post.deliver(&answer("e@fixit.example", &mail, "The parcel is lost.")).await;
        let whole = find(&db, &sam, side.id).await.unwrap();
        assert!(whole.side.is_open() && whole.side.is_answered);
        let closings = whole.entries.iter().filter(|entry| entry.kind == EntryKind::Closed).count();
        assert_eq!((closings, whole.entries.last().unwrap().kind), (1, EntryKind::Reopened));
        let (actor, new) = (sam.clone(), NewEntry { body: "Please send another.".to_owned(), ..NewEntry::default() });
        let (now, entry) = db.write(move |tx| sides::write(tx, &actor, side.id, &new)).await.unwrap();
        assert!(!now.is_answered);
        let (workspace, id) = (sam.workspace, entry.id);
        let next = db.read(move |tx| outbox::of_message(tx, workspace, id)).await.unwrap().unwrap();
        assert_eq!(next.mail.in_reply_to.as_deref(), Some("e@fixit.example"));
        assert_eq!(next.mail.subject, "Re: A reader that restarts");
        assert!(next.mail.body.contains("> The parcel is lost."), "{}", next.mail.body);
        assert_eq!(next.recipients[0].address, "service@fixit.example");
    }

    async fn what_is_wrong_is_refused_and_nobody_else_sees_or_writes(db: TestDb) {
        let (post, ticket) = begun(&db).await;
        let world = &post.world;
        for to in ["", "nobody", "HELP@desk.example"] {
            let refused = open(&db, &world.sam, ticket, asking(to, "Hello")).await;
            assert_eq!(refused.unwrap_err(), SideError::BadAddress, "{to}");
        }
        let mut many = asking("a@b.example", "Hello");
        many.first.to = (0..=sides::MOST).map(|place| format!("p{place}@fixit.example")).collect();
        assert_eq!(open(&db, &world.sam, ticket, many).await.unwrap_err(), SideError::TooMany);
        let wordless = open(&db, &world.sam, ticket, asking("a@fixit.example", " ")).await;
        assert_eq!(wordless.unwrap_err(), SideError::Ticket(TicketError::BadBody));
        assert_eq!(of_ticket(&db, &world.sam, ticket).await, [], "nothing half done");
        let (side, _) = open(&db, &world.sam, ticket, asking("a@fixit.example", "Hello")).await.unwrap();
        assert_eq!(find(&db, &world.eve, side.id).await.unwrap_err(), SideError::Unknown);
        let refused = open(&db, &world.pat, ticket, asking("a@fixit.example", "Hello")).await;
        assert_eq!(refused.unwrap_err(), SideError::Forbidden(Forbidden(Permission::TicketsWrite)));
        let blobs: Arc<Blobs> = db.attached().unwrap();
        let stored = blobs.put_bytes("later".into()).await.unwrap();
        let actor = world.sam.clone();
        let held = db.write(move |tx| {
            let file = files::keep(tx, &actor, &NewFile::waiting(ticket, "later.txt", stored.clone()))?;
            let new = NewScheduled {
                body: "See the file.".to_owned(),
                then: None,
                due_at: tx.now().plus(Duration::from_secs(3_600)),
                unless_reply: false,
                files: vec![file.id],
            };
            scheduled::schedule(tx, &actor, (ticket, None), &new)?;
            Ok::<_, ScheduleError>(file.id)
        }).await.unwrap();
        let mut with_held = asking("a@fixit.example", "Hello");
        with_held.first.files = vec![held];
        let refused = open(&db, &world.sam, ticket, with_held).await;
        assert_eq!(refused.unwrap_err(), SideError::Ticket(TicketError::BadFile), "what is to be sent later is not sent yet");
        let refused = open(&db, &world.eve, ticket, asking("a@fixit.example", "Hello")).await;
        assert_eq!(refused.unwrap_err(), SideError::Ticket(TicketError::Unknown));
    }

    async fn a_merge_takes_them_along_and_gives_them_back(db: TestDb) {
        let (post, ticket) = begun(&db).await;
        let sam = post.world.sam.clone();
        let other = post.deliver(&letter("9@example.com", "", "Another matter.")).await.ticket.unwrap();
        let (side, mail) = open(&db, &sam, other, asking("service@fixit.example", "Known?")).await.unwrap();
        let actor = sam.clone();
        let joint = db.write(move |tx| connections::connect(tx, &actor, (other, ticket), Joint::Merged)).await.unwrap();
        assert_eq!(of_ticket(&db, &sam, ticket).await, [side.id]);
        let came = post.deliver(&answer("a@fixit.example", &mail, "Yes.")).await;
        assert_eq!(place(&came), (State::Placed, None, Some(side.id), false));
        let actor = sam.clone();
        db.write(move |tx| connections::end(tx, &actor, joint.id)).await.unwrap();
        assert_eq!((of_ticket(&db, &sam, ticket).await, of_ticket(&db, &sam, other).await), (vec![], vec![side.id]));
    }

    async fn a_forward_passes_words_and_files_on_and_erasing_takes_them_back(db: TestDb) {
        let (post, ticket) = begun(&db).await;
        db.attach(Arc::new(Holdings::new(&[&sides::HOLDS, &tickets::HOLDS, &desk::mails::HOLDS, &outbox::HOLDS])));
        let (sam, ada) = (post.world.sam.clone(), post.world.ada.clone());
        write(&db, &sam, ticket, says(MessageKind::Note, "They are angry.")).await.unwrap();
        let (now, _) = post.ticket(ticket).await;
        let blobs: Arc<Blobs> = db.attached().unwrap();
        let stored = blobs.put_bytes("a,b\n1,2\n".into()).await.unwrap();
        let new = NewFile { message: now.last_public, ..NewFile::waiting(ticket, "rows.csv", stored) };
        let author = sam.clone();
        db.write(move |tx| files::keep(tx, &author, &new)).await.unwrap();
        let (text, carried) = passed_on(&db, &sam, ticket).await;
        assert!(text.contains("Leyla wrote:\nThe reader restarts") && !text.contains("angry"), "{text}");
        let files: Vec<_> = carried.iter().map(|file: &File| file.id).collect();
        let mut new = asking("service@fixit.example", "");
        (new.first.quoted, new.is_forward, new.first.files) = (text, true, files);
        let (side, mail) = open(&db, &sam, ticket, new).await.unwrap();
        assert!(mail.mail.body.contains("> The reader restarts three times a day."), "{}", mail.mail.body);
        let (actor, entry) = (sam.clone(), mail.mail.message);
        let lent = db.read(move |tx| files::of_message(tx, &actor, entry)).await.unwrap();
        assert_eq!(lent.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["rows.csv"]);
        post.deliver(&answer("a@fixit.example", &mail, "We send another.")).await;

        // The customer is erased: their words are gone, the supplier's stay.
        let contact = now.contact.unwrap();
        let actor = ada.clone();
        db.write(move |tx| erasing::erase(tx, &actor, contact)).await.unwrap();
        let whole = find(&db, &sam, side.id).await.unwrap();
        assert_eq!((whole.side.subject.as_str(), whole.entries[0].quoted.as_str()), ("", ""));
        assert_eq!(whole.entries[1].body, "We send another.");
        let (workspace, actor) = (sam.workspace, sam.clone());
        let (gone, files) = db.read(move |tx| {
            let gone = outbox::of_message(tx, workspace, entry)?;
            Ok::<_, TicketError>((gone, files::of_message(tx, &actor, entry)?))
        }).await.unwrap();
        assert_eq!((gone.unwrap().mail.body.as_str(), files.len()), ("", 0));

        // Somebody of the supplier's is known as a contact, takes what is held along, and is erased.
        let (actor, person) = (ada.clone(), post.world.contact);
        let held = db.write(move |tx| {
            identities::add(tx, &actor, person, &NewIdentity::email("service@fixit.example")).unwrap();
            let held = erasing::export(tx, &actor, person).unwrap();
            erasing::erase(tx, &actor, person).unwrap();
            Ok::<_, kit::db::DbError>(held)
        }).await.unwrap();
        assert!(held["held_elsewhere"]["side_conversations"].to_string().contains("We send another."), "{held}");
        let whole = find(&db, &sam, side.id).await.unwrap();
        assert_eq!((whole.people.len(), whole.entries[1].body.as_str(), whole.entries[1].caller()), (0, "", ""));
    }

    async fn what_was_taken_back_is_quoted_and_passed_on_nowhere(db: TestDb) {
        let (post, ticket) = begun(&db).await;
        db.attach(Arc::new(Wiring::default().on(&tickets::REPLIED, &[outbox::WRITE])));
        let sam = post.world.sam.clone();
        let withdraw = async |mail: Parcel| {
            let actor = sam.clone();
            db.write(move |tx| outbox::withdraw(tx, &actor, mail.mail.id)).await.unwrap();
        };
        let mail_of = async |message: MessageId| {
            let workspace = sam.workspace;
            db.read(move |tx| outbox::of_message(tx, workspace, message)).await.unwrap().unwrap()
        };
        let (side, first) = open(&db, &sam, ticket, asking("service@fixit.example", "The wrong words.")).await.unwrap();
        withdraw(first).await;
        let (actor, new) = (sam.clone(), NewEntry { body: "The right words.".to_owned(), ..NewEntry::default() });
        let (_, entry) = db.write(move |tx| sides::write(tx, &actor, side.id, &new)).await.unwrap();
        let next = mail_of(entry.id).await.mail.body;
        assert!(next.contains("The right words.") && !next.contains("wrong"), "{next}");

        let (_, said) = write(&db, &sam, ticket, says(MessageKind::Reply, "The wrong answer.")).await.unwrap();
        withdraw(mail_of(said.id).await).await;
        let (_, said) = write(&db, &sam, ticket, says(MessageKind::Reply, "The right answer.")).await.unwrap();
        let next = mail_of(said.id).await.mail.body;
        assert!(next.contains("> The reader restarts three times a day.") && !next.contains("wrong"), "{next}");
        let (text, _) = passed_on(&db, &sam, ticket).await;
        assert!(text.contains("The right answer.") && !text.contains("wrong"), "{text}");
    }

    async fn a_person_takes_along_what_they_wrote_or_got_and_is_quoted_no_more_when_erased(db: TestDb) {
        let (post, ticket) = begun(&db).await;
        db.attach(Arc::new(Holdings::new(&[&sides::HOLDS, &tickets::HOLDS, &desk::mails::HOLDS, &outbox::HOLDS])));
        let (sam, ada) = (post.world.sam.clone(), post.world.ada.clone());
        let (side, mail) = open(&db, &sam, ticket, asking("service@fixit.example", "Is this batch known?")).await.unwrap();
        let pal = answer("p@other.example", &mail, "I am new here.");
        post.deliver(&pal.replace("Fixit <service@fixit.example>", "Pal <pal@other.example>")).await;
        let (actor, new) = (sam.clone(), NewEntry { body: "Welcome.".to_owned(), ..NewEntry::default() });
        let (_, entry) = db.write(move |tx| sides::write(tx, &actor, side.id, &new)).await.unwrap();
        let held = async |person: ContactId, address: &'static str| {
            let actor = ada.clone();
            let held = db.write(move |tx| {
                identities::add(tx, &actor, person, &NewIdentity::email(address)).unwrap();
                Ok::<_, kit::db::DbError>(erasing::export(tx, &actor, person).unwrap())
            });
            held.await.unwrap()["held_elsewhere"]["side_conversations"].to_string()
        };
        let pals = held(post.world.contact, "pal@other.example").await;
        assert!(pals.contains("I am new here.") && !pals.contains("batch") && !pals.contains("Welcome"), "{pals}");
        let (now, _) = post.ticket(ticket).await;
        let theirs = held(now.contact.unwrap(), "service@fixit.example").await;
        assert!(theirs.contains("batch") && theirs.contains("Welcome") && !theirs.contains("new here"), "{theirs}");

        let (actor, person) = (ada.clone(), post.world.contact);
        db.write(move |tx| erasing::erase(tx, &actor, person).map(drop)).await.unwrap();
        let (workspace, first) = (sam.workspace, mail.mail.message);
        let (first, second) = db.read(move |tx| {
            Ok::<_, kit::db::DbError>((outbox::of_message(tx, workspace, first)?, outbox::of_message(tx, workspace, entry.id)?))
        }).await.unwrap();
        assert!(first.unwrap().mail.body.contains("batch"), "what was written before theirs quotes nothing of it");
        assert_eq!(second.unwrap().mail.body, "");
    }

    async fn erasing_finds_what_other_tickets_pass_on_and_mails_that_quote_nothing(db: TestDb) {
        let (post, ticket) = begun(&db).await;
        db.attach(Arc::new(Holdings::new(&[&sides::HOLDS, &tickets::HOLDS, &desk::mails::HOLDS, &outbox::HOLDS])));
        let (sam, ada) = (post.world.sam.clone(), post.world.ada.clone());
        let pia = letter("9@example.com", "", "My card is 4711.").replace("Leyla <leyla@example.com>", "Pia <pia@example.com>");
        let other = post.deliver(&pia).await;
        let (actor, pair) = (sam.clone(), (other.ticket.unwrap(), ticket));
        db.write(move |tx| connections::connect(tx, &actor, pair, Joint::Merged)).await.unwrap();
        let (text, _) = passed_on(&db, &sam, ticket).await;
        assert!(text.contains("4711"), "{text}");
        let mut new = asking("service@fixit.example", "");
        (new.first.quoted, new.is_forward) = (text, true);
        let (forward, _) = open(&db, &sam, ticket, new).await.unwrap();
        let (before, _) = post.ticket(ticket).await;
        let blobs: Arc<Blobs> = db.attached().unwrap();
        let stored = blobs.put_bytes("a,b\n1,2\n".into()).await.unwrap();
        let (_, messages) = post.ticket(ticket).await;
        let hers = messages.iter().find(|message| message.contact == before.contact).unwrap().id;
        let file = NewFile { message: Some(hers), ..NewFile::waiting(ticket, "rows.csv", stored) };
        let author = sam.clone();
        let file = db.write(move |tx| files::keep(tx, &author, &file)).await.unwrap();
        let mut new = asking("service@fixit.example", "The file says it.");
        new.first.files = vec![file.id];
        let (_, with_file) = open(&db, &sam, ticket, new).await.unwrap();
        let (_, without) = open(&db, &sam, ticket, asking("service@fixit.example", "Known?")).await.unwrap();

        let (actor, person) = (ada.clone(), other.contact.unwrap());
        db.write(move |tx| erasing::erase(tx, &actor, person).map(drop)).await.unwrap();
        assert_eq!(find(&db, &sam, forward.id).await.unwrap().entries[0].quoted, "", "of the merged ticket");
        let (actor, person) = (ada.clone(), before.contact.unwrap());
        db.write(move |tx| erasing::erase(tx, &actor, person).map(drop)).await.unwrap();
        let (workspace, ids) = (sam.workspace, [with_file.mail.message, without.mail.message]);
        let mails = db.read(move |tx| {
            let found = ids.map(|id| outbox::of_message(tx, workspace, id).unwrap().unwrap().mail);
            Ok::<_, kit::db::DbError>(found)
        }).await.unwrap();
        assert_eq!((mails[0].subject.as_str(), mails[0].body.as_str()), ("", ""), "their file went along");
        assert!(mails[1].subject.is_empty() && mails[1].body.contains("Known?"), "{:?}", mails[1]);
    }
}
