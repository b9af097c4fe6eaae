//! Words with formatting: kept beside the plain ones, in messages, drafts and scheduled replies, and forgotten with them.

use std::sync::Arc;
use std::time::Duration;

use desk::tickets::connections::{self, Joint};
use desk::tickets::drafts::{self, Draft, NewDraft};
use desk::tickets::files::{self, File, NewFile};
use desk::tickets::scheduled::{self, NewScheduled};
use desk::tickets::{self, Message, MessageKind, NewMessage, TicketError, TicketId};
use kit::blob::Blobs;
use kit::db::{Db, DbError};
use tandem_core::actor::Actor;
use tandem_core::contacts::erasing::{self, Holdings};
use testkit::on_both;

use crate::files::equip;
use crate::tickets::{asked, open, says, write};
use crate::world::{LISTS, World};

fn formatted(kind: MessageKind, html: &str) -> NewMessage {
    NewMessage {
        html: Some(html.to_owned()),
        ..says(kind, "what the editor says in plain words")
    }
}

fn begun(html: &str) -> NewDraft {
    NewDraft {
        kind: MessageKind::Reply,
        body: "plain".to_owned(),
        html: Some(html.to_owned()),
        form: None,
    }
}

async fn newest(db: &Db, actor: &Actor, id: TicketId) -> Message {
    let actor = actor.clone();
    let found = db
        .read(move |tx| tickets::messages(tx, &actor, id, None, 1))
        .await
        .unwrap();
    found.into_iter().next().unwrap()
}

async fn save(db: &Db, actor: &Actor, id: TicketId, new: NewDraft) -> Option<Draft> {
    let actor = actor.clone();
    db.write(move |tx| drafts::save(tx, &actor, id, &new))
        .await
        .unwrap()
}

async fn mine(db: &Db, actor: &Actor, id: TicketId) -> Option<Draft> {
    let actor = actor.clone();
    db.read(move |tx| drafts::mine(tx, &actor, id)).await.unwrap()
}

async fn picture(db: &Db, blobs: &Blobs, actor: &Actor, ticket: TicketId) -> File {
    let stored = blobs.put_bytes("a picture".into()).await.unwrap();
    let (actor, new) = (actor.clone(), NewFile::waiting(ticket, "screen.png", stored));
    db.write(move |tx| files::keep(tx, &actor, &new)).await.unwrap()
}

on_both! { LISTS;
    async fn formatting_is_kept_clean_and_the_plain_words_follow_from_it(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let html = "<p onclick=\"x()\">Try <b>this</b><script>x()</script>:</p><ul><li>one</li></ul>";
        write(&db, &world.sam, ticket.id, formatted(MessageKind::Reply, html)).await.unwrap();
        let message = newest(&db, &world.sam, ticket.id).await;
        assert_eq!(message.body, "Try this:\n\n- one");
        assert_eq!(message.html.as_deref(), Some("<p>Try <strong>this</strong>:</p><ul><li>one</li></ul>"));
        let plain = formatted(MessageKind::Note, "<p>Only words</p><p>of two paragraphs</p>");
        let (after, _) = write(&db, &world.sam, ticket.id, plain).await.unwrap();
        let message = newest(&db, &world.sam, ticket.id).await;
        assert_eq!((message.body.as_str(), message.html), ("Only words\n\nof two paragraphs", None));
        assert_eq!(after.preview, "Only words of two paragraphs");
        let nothing = write(&db, &world.sam, ticket.id, formatted(MessageKind::Reply, "<p><br></p>x<!--")).await;
        assert!(nothing.is_ok());
        let nothing = write(&db, &world.sam, ticket.id, formatted(MessageKind::Reply, "<script>x</script>")).await;
        assert_eq!(nothing.unwrap_err(), TicketError::BadHtml);
    }

    async fn a_picture_in_the_words_is_a_file_of_the_message_or_goes(db: TestDb) {
        let world = World::new(&db).await;
        let (_folder, blobs) = equip(&db);
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let (shown, other) = (picture(&db, &blobs, &world.sam, ticket.id).await, picture(&db, &blobs, &world.sam, ticket.id).await);
        let html = format!("<p>See <img src=\"/tickets/files/{}\"> <img src=\"/tickets/files/{}\"></p>", shown.id, other.id);
        let new = NewMessage { files: vec![shown.id], ..formatted(MessageKind::Reply, &html) };
        write(&db, &world.sam, ticket.id, new).await.unwrap();
        let message = newest(&db, &world.sam, ticket.id).await;
        assert_eq!(message.html, Some(format!("<p>See <img src=\"cid:{}\" alt=\"screen.png\"></p>", shown.id)));
        assert_eq!(message.body, "See [screen.png]");
    }

    async fn a_draft_keeps_its_formatting_and_takes_it_along(db: TestDb) {
        let world = World::new(&db).await;
        let first = open(&db, &world.sam, asked(&world)).await.unwrap();
        let second = open(&db, &world.sam, asked(&world)).await.unwrap();
        let kept = save(&db, &world.sam, first.id, begun("<p>One <em>word</em></p>")).await.unwrap();
        assert_eq!((kept.body.as_str(), kept.html.as_deref()), ("One word", Some("<p>One <em>word</em></p>")));
        assert_eq!(mine(&db, &world.sam, first.id).await, Some(kept));
        assert_eq!(save(&db, &world.sam, second.id, begun("<p><br></p>")).await, None);
        let there = NewDraft { html: None, ..begun("") };
        save(&db, &world.sam, second.id, there).await.unwrap();
        let (sam, ids) = (world.sam.clone(), (first.id, second.id));
        db.write(move |tx| connections::connect(tx, &sam, ids, Joint::Merged)).await.unwrap();
        let both = mine(&db, &world.sam, second.id).await.unwrap();
        assert_eq!(both.body, "plain\n\nOne word");
        assert_eq!(both.html.as_deref(), Some("<p>plain</p><p>One <em>word</em></p>"));
    }

    async fn a_scheduled_reply_keeps_its_formatting_and_its_pictures(db: TestDb) {
        let world = World::new(&db).await;
        let (_folder, blobs) = equip(&db);
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let shown = picture(&db, &blobs, &world.sam, ticket.id).await;
        let new = NewScheduled {
            body: String::new(),
            html: Some(format!("<p><b>Soon</b> <img src=\"/tickets/files/{}\"></p>", shown.id)),
            then: None,
            due_at: db.clock().now().plus(Duration::from_secs(3_600)),
            unless_reply: true,
            files: vec![shown.id],
        };
        let (sam, id) = (world.sam.clone(), ticket.id);
        let one = db.write(move |tx| scheduled::schedule(tx, &sam, (id, None), &new)).await.unwrap();
        assert_eq!(one.body, "Soon [screen.png]");
        let sam = world.sam.clone();
        db.write(move |tx| scheduled::send_now(tx, &sam, one.id)).await.unwrap();
        let message = newest(&db, &world.sam, ticket.id).await;
        let html = format!("<p><strong>Soon</strong> <img src=\"cid:{}\" alt=\"screen.png\"></p>", shown.id);
        assert_eq!(message.html, Some(html));
    }

    async fn what_an_erased_person_wrote_is_gone_with_its_formatting(db: TestDb) {
        let world = World::new(&db).await;
        db.attach(Arc::new(Holdings::new(&[&tickets::HOLDS])));
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        write(&db, &world.sam, ticket.id, formatted(MessageKind::Inbound, "<p>I am <b>Leyla</b></p>")).await.unwrap();
        assert!(newest(&db, &world.sam, ticket.id).await.html.is_some());
        let (ada, contact) = (world.ada.clone(), world.contact);
        db.write(move |tx| Ok::<_, DbError>(erasing::erase(tx, &ada, contact).unwrap())).await.unwrap();
        let message = newest(&db, &world.sam, ticket.id).await;
        assert_eq!((message.body.as_str(), message.html), ("", None));
    }
}
