//! What joins tickets: merging and taking that back, splitting, parts, duplicates, related ones.

use std::sync::Arc;
use std::time::Duration;

use desk::mailboxes::{MailboxText, Outgoing, Protection, ServerText};
use desk::mails::State;
use desk::outbox;
use desk::tickets::connections::{self, Connection, Joint, TicketConnectionId};
use desk::tickets::drafts::{self, NewDraft};
use desk::tickets::files::{self, NewFile};
use desk::tickets::followers;
use desk::tickets::listing::View;
use desk::tickets::taking_in::{self, NewInbound};
use desk::tickets::{self, Field, MessageId, MessageKind, NewMessage, Status, Ticket, TicketError, TicketId};
use kit::db::Db;
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::events::Wiring;
use tandem_core::permissions::Permission;
use testkit::on_both;

use crate::files::equip;
use crate::mailboxes::handed;
use crate::mails::{Post, letter};
use crate::tickets::{asked, change, lies_in, open, says, write};
use crate::world::{LISTS, World};

async fn connect(
    db: &Db,
    actor: &Actor,
    pair: (TicketId, TicketId),
    joint: Joint,
) -> Result<Connection, TicketError> {
    let actor = actor.clone();
    db.write(move |tx| connections::connect(tx, &actor, pair, joint))
        .await
}

async fn end(db: &Db, actor: &Actor, id: TicketConnectionId) -> Result<Connection, TicketError> {
    let actor = actor.clone();
    db.write(move |tx| connections::end(tx, &actor, id)).await
}

async fn split(db: &Db, actor: &Actor, id: MessageId) -> Result<(Ticket, Connection), TicketError> {
    let actor = actor.clone();
    db.write(move |tx| connections::split(tx, &actor, id, "")).await
}

async fn words(db: &Db, actor: &Actor, id: TicketId) -> Vec<String> {
    let actor = actor.clone();
    let found = db
        .read(move |tx| tickets::messages(tx, &actor, id, None, 50))
        .await
        .unwrap();
    found.into_iter().map(|message| message.body).collect()
}

async fn find(db: &Db, actor: &Actor, id: TicketId) -> Ticket {
    let actor = actor.clone();
    db.read(move |tx| tickets::find(tx, &actor, id))
        .await
        .unwrap()
        .unwrap()
}

/// Two tickets, written in turns.
async fn two(db: &Db, world: &World) -> (Ticket, Ticket) {
    let first = open(db, &world.sam, asked(world)).await.unwrap();
    db.clock().advance(Duration::from_secs(60));
    let second = open(db, &world.sam, asked(world)).await.unwrap();
    for (id, body) in [
        (first.id, "One"),
        (second.id, "Two"),
        (first.id, "Three"),
        (second.id, "Four"),
    ] {
        db.clock().advance(Duration::from_secs(60));
        write(db, &world.sam, id, says(MessageKind::Inbound, body))
            .await
            .unwrap();
    }
    (first, second)
}

on_both! { LISTS;
    async fn a_merged_ticket_shows_in_the_other_and_comes_back_as_it_was(db: TestDb) {
        let world = World::new(&db).await;
        let (first, second) = two(&db, &world).await;
        change(&db, &world.sam, second.id, Field::Priority, "urgent").await.unwrap();
        let until = db.clock().now().plus(Duration::from_secs(86_400)).0.to_string();
        change(&db, &world.sam, second.id, Field::Snooze, &until).await.unwrap();
        let before = find(&db, &world.sam, second.id).await;
        let merge = connect(&db, &world.sam, (second.id, first.id), Joint::Merged).await.unwrap();
        let rows = "Every export ends after 10,000 rows.";
        assert_eq!(words(&db, &world.sam, first.id).await, [rows, rows, "One", "Two", "Three", "Four"]);
        let shown = find(&db, &world.sam, first.id).await;
        assert_eq!((shown.preview.as_str(), shown.last_public), ("Four", before.last_public));
        // It lies on no shelf, and who comes to it by a mail comes to the other.
        assert_eq!(lies_in(&db, &world.sam, View::Open).await, (vec![1], Some(1)));
        assert_eq!(lies_in(&db, &world.sam, View::Snoozed).await, (vec![], Some(0)));
        let (sam, id) = (world.sam.clone(), second.id);
        let new = NewInbound { body: "Five".to_owned(), html: None, contact: None, is_automatic: false, is_stranger: false };
        let (came_to, _) = db.write(move |tx| taking_in::take_in(tx, &sam, id, &new)).await.unwrap();
        assert_eq!(came_to.id, first.id);
        let ended = end(&db, &world.ada, merge.id).await.unwrap();
        assert!(ended.ended.is_some());
        assert_eq!(end(&db, &world.sam, merge.id).await.unwrap(), ended);
        let after = find(&db, &world.sam, second.id).await;
        assert_eq!((after.status, after.snoozed_until, after.priority), (before.status, before.snoozed_until, before.priority));
        assert_eq!((after.reopenings, after.solved_at), (0, None));
        assert_eq!(words(&db, &world.sam, second.id).await, [rows, "Two", "Four"]);
        assert_eq!(words(&db, &world.sam, first.id).await, [rows, "One", "Three", "Five"]);
        assert_eq!(find(&db, &world.sam, first.id).await.preview, "Five");
        // Merging again after all is a connection of its own.
        let (sam, id) = (world.sam.clone(), merge.id);
        let again = db.write(move |tx| connections::again(tx, &sam, id)).await.unwrap();
        assert_ne!(again.id, merge.id);
        assert_eq!(words(&db, &world.sam, first.id).await.len(), 7);
    }

    async fn a_merge_of_merged_tickets_is_answered_clearly_and_a_chain_comes_apart_in_any_order(db: TestDb) {
        let world = World::new(&db).await;
        let (first, second) = two(&db, &world).await;
        let third = open(&db, &world.sam, asked(&world)).await.unwrap();
        let inner = connect(&db, &world.sam, (second.id, first.id), Joint::Merged).await.unwrap();
        assert_eq!(connect(&db, &world.sam, (second.id, first.id), Joint::Merged).await.unwrap(), inner);
        for pair in [(second.id, third.id), (third.id, second.id), (first.id, second.id)] {
            let refused = connect(&db, &world.sam, pair, Joint::Merged).await;
            assert_eq!(refused.unwrap_err(), TicketError::Merged(2, 1));
        }
        let refused = connect(&db, &world.sam, (first.id, first.id), Joint::Merged).await;
        assert_eq!(refused.unwrap_err(), TicketError::SameTicket);
        let refused = write(&db, &world.sam, second.id, says(MessageKind::Reply, "Lost?")).await;
        assert_eq!(refused.unwrap_err(), TicketError::Merged(2, 1));
        let refused = change(&db, &world.sam, second.id, Field::Status, "solved").await;
        assert_eq!(refused.unwrap_err(), TicketError::Merged(2, 1));
        let refused = change(&db, &world.sam, third.id, Field::Status, "merged").await;
        assert_eq!(refused.unwrap_err(), TicketError::BadStatus);
        connect(&db, &world.sam, (first.id, third.id), Joint::Merged).await.unwrap();
        assert_eq!(words(&db, &world.sam, third.id).await.len(), 7);
        let sam = world.sam.clone();
        let all = db.read(move |tx| connections::all(tx, &sam, third.id)).await.unwrap();
        assert_eq!(all.iter().map(|(_, other)| other.number).collect::<Vec<_>>(), [2, 1]);
        // The inner one comes out first: nobody's messages stay behind.
        end(&db, &world.sam, inner.id).await.unwrap();
        assert_eq!(words(&db, &world.sam, third.id).await.len(), 4);
        assert_eq!(words(&db, &world.sam, second.id).await.len(), 3);
    }

    async fn somebody_who_waits_in_a_merged_ticket_is_not_lost_and_a_draft_goes_along(db: TestDb) {
        let world = World::new(&db).await;
        let (first, second) = two(&db, &world).await;
        change(&db, &world.sam, first.id, Field::Status, "solved").await.unwrap();
        let (sam, id) = (world.sam.clone(), second.id);
        let draft = NewDraft { kind: MessageKind::Reply, body: "Dear".to_owned(), html: None, form: None };
        db.write(move |tx| drafts::save(tx, &sam, id, &draft)).await.unwrap();
        connect(&db, &world.sam, (second.id, first.id), Joint::Merged).await.unwrap();
        let after = find(&db, &world.sam, first.id).await;
        assert_eq!((after.status, after.reopenings), (Status::Open, 1));
        let sam = world.sam.clone();
        let found = db.read(move |tx| drafts::mine(tx, &sam, first.id)).await.unwrap();
        assert_eq!(found.unwrap().body, "Dear");
        // What its writer had not seen stops an answer, wherever it was written.
        let stale = NewMessage { seen: Some(first.last_public), ..says(MessageKind::Reply, "Hello") };
        let stopped = write(&db, &world.ada, first.id, stale).await;
        assert!(matches!(stopped, Err(TicketError::Overtaken(newer)) if newer.body == "Four"));
    }

    async fn a_message_and_what_follows_become_a_ticket_of_their_own_and_go_back(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        db.clock().advance(Duration::from_secs(60));
        let first = write(&db, &world.sam, ticket.id, says(MessageKind::Reply, "Which?")).await.unwrap().1;
        db.clock().advance(Duration::from_secs(60));
        let second = write(&db, &world.sam, ticket.id, says(MessageKind::Inbound, "And the invoice")).await.unwrap().1;
        db.clock().advance(Duration::from_secs(60));
        write(&db, &world.sam, ticket.id, says(MessageKind::Reply, "We look")).await.unwrap();
        let opening = { let sam = world.sam.clone(); db.read(move |tx| tickets::messages(tx, &sam, ticket.id, None, 9)).await.unwrap()[0].id };
        assert_eq!(split(&db, &world.sam, opening).await.unwrap_err(), TicketError::NothingLeft);
        assert_eq!(split(&db, &world.eve, second.id).await.unwrap_err(), TicketError::Unknown);
        let (new, connection) = split(&db, &world.sam, second.id).await.unwrap();
        assert_eq!((new.number, new.replies, new.contact, new.is_ours), (2, 1, Some(world.contact), false));
        assert_eq!((new.opened_at, new.status), (second.written_at, Status::Open));
        assert_eq!(words(&db, &world.sam, new.id).await, ["And the invoice", "We look"]);
        let left = find(&db, &world.sam, ticket.id).await;
        assert_eq!((left.replies, left.last_public, left.preview.as_str()), (1, Some(first.id), "Which?"));
        let back = end(&db, &world.sam, connection.id).await.unwrap();
        assert_eq!((back.joint, back.ticket, back.other), (Joint::Merged, new.id, ticket.id));
        assert_eq!(words(&db, &world.sam, ticket.id).await.len(), 4);
    }

    async fn parts_make_no_circle_and_what_is_ended_is_kept(db: TestDb) {
        let world = World::new(&db).await;
        let (first, second) = two(&db, &world).await;
        let third = open(&db, &world.sam, asked(&world)).await.unwrap();
        connect(&db, &world.sam, (second.id, first.id), Joint::Part).await.unwrap();
        connect(&db, &world.sam, (third.id, second.id), Joint::Part).await.unwrap();
        let refused = connect(&db, &world.sam, (first.id, third.id), Joint::Part).await;
        assert_eq!(refused.unwrap_err(), TicketError::Circle);
        let refused = connect(&db, &world.sam, (second.id, third.id), Joint::Part).await;
        assert_eq!(refused.unwrap_err(), TicketError::HasWhole);
        let related = connect(&db, &world.sam, (first.id, third.id), Joint::Related).await.unwrap();
        assert_eq!(connect(&db, &world.sam, (third.id, first.id), Joint::Related).await.unwrap(), related);
        end(&db, &world.sam, related.id).await.unwrap();
        let sam = world.sam.clone();
        let (standing, ever) = db
            .read(move |tx| {
                let standing = connections::all(tx, &sam, first.id)?.len();
                Ok::<_, TicketError>((standing, connections::history(tx, &sam, first.id)?.len()))
            })
            .await
            .unwrap();
        assert_eq!((standing, ever), (1, 2));
    }

    async fn nobody_joins_what_is_not_theirs(db: TestDb) {
        let world = World::new(&db).await;
        let (first, second) = two(&db, &world).await;
        let refused = connect(&db, &world.eve, (first.id, second.id), Joint::Related).await;
        assert_eq!(refused.unwrap_err(), TicketError::Unknown);
        let theirs = open(&db, &world.eve, tickets::NewTicket { contact: None, ..asked(&world) }).await.unwrap();
        let refused = connect(&db, &world.sam, (first.id, theirs.id), Joint::Merged).await;
        assert_eq!(refused.unwrap_err(), TicketError::NoTicket);
        let refused = connect(&db, &world.pat, (first.id, second.id), Joint::Related).await;
        assert_eq!(refused.unwrap_err(), TicketError::Forbidden(Forbidden(Permission::TicketsWrite)));
        let made = connect(&db, &world.sam, (first.id, second.id), Joint::Related).await.unwrap();
        assert_eq!(end(&db, &world.eve, made.id).await.unwrap_err(), TicketError::Unknown);
    }

    async fn a_merge_that_is_taken_back_leaves_the_other_as_it_was_unless_somebody_wrote(db: TestDb) {
        let world = World::new(&db).await;
        let (first, second) = two(&db, &world).await;
        change(&db, &world.sam, first.id, Field::Status, "solved").await.unwrap();
        let before = find(&db, &world.sam, first.id).await;
        db.clock().advance(Duration::from_secs(60));
        let merge = connect(&db, &world.sam, (second.id, first.id), Joint::Merged).await.unwrap();
        assert_eq!(find(&db, &world.sam, first.id).await.status, Status::Open);
        write(&db, &world.sam, first.id, says(MessageKind::Note, "Not the same.")).await.unwrap();
        db.clock().advance(Duration::from_secs(60));
        end(&db, &world.ada, merge.id).await.unwrap();
        let after = find(&db, &world.sam, first.id).await;
        assert_eq!((after.status, after.reopenings), (Status::Solved, 0));
        assert_eq!((after.solved_at, after.first_solved_at), (before.solved_at, before.first_solved_at));
        assert_eq!((after.preview.as_str(), after.last_public), ("Not the same.", before.last_public));
        // Until when it was snoozed comes back too.
        change(&db, &world.sam, first.id, Field::Status, "waiting").await.unwrap();
        let until = db.clock().now().plus(Duration::from_secs(86_400));
        change(&db, &world.sam, first.id, Field::Snooze, &until.0.to_string()).await.unwrap();
        db.clock().advance(Duration::from_secs(60));
        let merge = connect(&db, &world.sam, (second.id, first.id), Joint::Merged).await.unwrap();
        db.clock().advance(Duration::from_secs(60));
        end(&db, &world.sam, merge.id).await.unwrap();
        let after = find(&db, &world.sam, first.id).await;
        assert_eq!((after.status, after.snoozed_until, after.reopenings), (Status::Waiting, Some(until), 1));
        // What somebody wrote since stands, and so does what somebody changed.
        for is_written in [true, false] {
            db.clock().advance(Duration::from_secs(60));
            let merge = connect(&db, &world.sam, (second.id, first.id), Joint::Merged).await.unwrap();
            db.clock().advance(Duration::from_secs(60));
            if is_written {
                write(&db, &world.sam, first.id, says(MessageKind::Inbound, "Still")).await.unwrap();
            } else {
                change(&db, &world.sam, first.id, Field::Status, "on_hold").await.unwrap();
            }
            let stands = find(&db, &world.sam, first.id).await;
            end(&db, &world.sam, merge.id).await.unwrap();
            let after = find(&db, &world.sam, first.id).await;
            assert_eq!((after.status, after.snoozed_until), (stands.status, stands.snoozed_until));
            change(&db, &world.sam, first.id, Field::Status, "waiting").await.unwrap();
        }
    }

    async fn what_hangs_on_a_merged_ticket_goes_along(db: TestDb) {
        let (_folder, blobs) = equip(&db);
        let world = World::new(&db).await;
        let (first, second) = two(&db, &world).await;
        write(&db, &world.sam, second.id, says(MessageKind::Note, "@Pat, look")).await.unwrap();
        let stored = blobs.put_bytes("rows".into()).await.unwrap();
        let (sam, new) = (world.sam.clone(), NewFile::waiting(second.id, "rows.csv", stored));
        let file = db.write(move |tx| files::keep(tx, &sam, &new)).await.unwrap();
        for (id, kind, body) in [(first.id, MessageKind::Reply, "Dear Leyla"), (second.id, MessageKind::Note, "Ask Tom")] {
            let (sam, draft) = (world.sam.clone(), NewDraft { kind, body: body.to_owned(), html: None, form: None });
            db.write(move |tx| drafts::save(tx, &sam, id, &draft)).await.unwrap();
        }
        db.clock().advance(Duration::from_secs(60));
        let merge = connect(&db, &world.sam, (second.id, first.id), Joint::Merged).await.unwrap();
        let follows = async |id: TicketId| {
            let sam = world.sam.clone();
            let all = db.read(move |tx| followers::of(tx, &sam, id)).await.unwrap();
            all.into_iter().map(|(agent, _)| Some(agent)).collect::<Vec<_>>()
        };
        assert_eq!(follows(first.id).await, [world.pat.agent()]);
        let (sam, id) = (world.sam.clone(), first.id);
        let (waiting, draft) = db
            .read(move |tx| Ok::<_, TicketError>((files::waiting(tx, &sam, id)?, drafts::mine(tx, &sam, id)?)))
            .await
            .unwrap();
        assert_eq!(waiting.iter().map(|file| file.id).collect::<Vec<_>>(), [file.id]);
        let draft = draft.unwrap();
        assert_eq!((draft.kind, draft.body.as_str()), (MessageKind::Note, "Dear Leyla\n\nAsk Tom"));
        // Who opens the one has seen what the other had for them.
        db.clock().advance(Duration::from_secs(60));
        let (pat, id) = (world.pat.clone(), first.id);
        db.write(move |tx| followers::see(tx, &pat, id)).await.unwrap();
        let pat = world.pat.clone();
        let (mentions, followed) = db
            .read(move |tx| Ok::<_, TicketError>((followers::mentions(tx, &pat)?, followers::followed(tx, &pat)?)))
            .await
            .unwrap();
        assert!(mentions[0].mention.seen_at.is_some());
        assert_eq!(followed.iter().map(|(ticket, news)| (ticket.id, *news)).collect::<Vec<_>>(), [(first.id, false)]);
        end(&db, &world.sam, merge.id).await.unwrap();
        assert_eq!((follows(first.id).await, follows(second.id).await), (vec![], vec![world.pat.agent()]));
    }

    async fn who_is_mentioned_in_what_is_split_off_finds_it_there(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let (_, note) = write(&db, &world.sam, ticket.id, says(MessageKind::Note, "@Pat, look")).await.unwrap();
        let (new, _) = split(&db, &world.sam, note.id).await.unwrap();
        let pat = world.pat.clone();
        let mentions = db.read(move |tx| followers::mentions(tx, &pat)).await.unwrap();
        assert_eq!(mentions[0].ticket.id, new.id);
    }

    async fn what_answers_a_reply_that_was_split_off_comes_to_where_it_is_now(db: TestDb) {
        let text = MailboxText {
            outgoing: Outgoing::Smtp,
            smtp: ServerText { host: "localhost".to_owned(), port: 25, protection: Protection::Plain, ..ServerText::default() },
            ..handed("help@desk.example")
        };
        let post = Post::with(&db, text).await;
        db.attach(Arc::new(Wiring::default().on(&tickets::REPLIED, &[outbox::WRITE])));
        let sam = post.world.sam.clone();
        let ticket = post.deliver(&letter("1@example.com", "", "Hello")).await.ticket.unwrap();
        write(&db, &sam, ticket, says(MessageKind::Reply, "Which?")).await.unwrap();
        let (_, moved) = write(&db, &sam, ticket, says(MessageKind::Reply, "And the invoice")).await.unwrap();
        let (workspace, id) = (sam.workspace, moved.id);
        let mail = db.read(move |tx| outbox::of_message(tx, workspace, id)).await.unwrap().unwrap().mail;
        let (new, _) = split(&db, &sam, moved.id).await.unwrap();
        let answers = |id: &str, field: &str| letter(id, &format!("{field}: <{}>\n", mail.identifier), "Thank you");
        for (id, field) in [("2@example.com", "In-Reply-To"), ("3@example.com", "References")] {
            assert_eq!(post.deliver(&answers(id, field)).await.ticket, Some(new.id), "{field}");
        }
        let report = "--b\nContent-Type: text/plain\n\nNo.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; leyla@example.com\nAction: failed\nStatus: 5.1.1\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <ID>\n\n--b--";
        let fields = "Return-Path: <>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n";
        let bounce = letter("4@example.com", fields, &report.replace("ID>", &format!("{}>", mail.identifier)));
        let told = post.deliver(&bounce.replace("leyla@example.com>\nTo", "mailer-daemon@example.com>\nTo")).await;
        assert_eq!((told.state, told.ticket), (State::Told, Some(new.id)));
    }
}
