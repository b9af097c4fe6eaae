//! Files with messages: they wait for theirs, go along once, are read by whoever may, and are swept.

use std::sync::Arc;
use std::time::Duration;

use desk::replies::{self, Audience, ReplyError, ReplyText};
use desk::tickets::extras::Extras;
use desk::tickets::files::{self, File, FileId, NewFile};
use desk::tickets::{MessageKind, NewMessage, TicketError, TicketId};
use kit::blob::{BlobPlace, Blobs};
use kit::db::Db;
use kit::i18n::Text;
use kit::id::Ids;
use kit::jobs::{self, Jobs, Options};
use tandem_core::actor::Actor;
use tandem_core::workspaces::WorkspaceId;
use testkit::on_both;

use crate::tickets::{asked, open, says, write};
use crate::world::{LISTS, World};

/// The store of files, as long as the test runs.
pub(crate) fn equip(db: &Db) -> (tempfile::TempDir, Blobs) {
    let folder = tempfile::tempdir().unwrap();
    let place = BlobPlace::Folder(folder.path().to_owned());
    let blobs = Blobs::open(&place, db.clock().clone(), Ids::seeded(9)).unwrap();
    db.attach(Arc::new(blobs.clone()));
    (folder, blobs)
}

async fn add(
    db: &Db,
    blobs: &Blobs,
    actor: &Actor,
    ticket: TicketId,
    name: &str,
) -> Result<File, TicketError> {
    let stored = blobs.put_bytes(name.to_owned().into()).await.unwrap();
    let (actor, new) = (actor.clone(), NewFile::waiting(ticket, name, stored));
    db.write(move |tx| files::keep(tx, &actor, &new)).await
}

async fn send(db: &Db, actor: &Actor, ticket: TicketId, files: Vec<FileId>) -> Result<(), TicketError> {
    let new = NewMessage {
        files,
        ..says(MessageKind::Reply, "See the file")
    };
    write(db, actor, ticket, new).await.map(drop)
}

async fn seen(db: &Db, actor: &Actor, id: FileId) -> bool {
    let actor = actor.clone();
    db.read(move |tx| files::find(tx, &actor, id))
        .await
        .unwrap()
        .is_some()
}

/// Lets the sweep run as the program runs it.
async fn sweep(db: &Db, workspace: WorkspaceId) {
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), files::jobs::sweep);
    db.write(move |tx| jobs::queue(tx, workspace, &files::jobs::Sweep {}).map(drop))
        .await
        .unwrap();
    while jobs::run_due(db, &jobs).await.unwrap() > 0 {}
}

on_both! { LISTS;
    async fn whoever_uses_a_saved_reply_finds_copies_of_its_files_waiting_once(db: TestDb) {
        let (_folder, blobs) = equip(&db);
        let world = World::new(&db).await;
        let stored = blobs.put_bytes("Step by step.".into()).await.unwrap();
        let text = ReplyText {
            name: "Steps".to_owned(),
            folder: String::new(),
            body: "See the file.".to_owned(),
            words: std::collections::BTreeMap::new(),
            is_note: false,
            audience: Audience::Own(world.sam.agent().unwrap()),
            changes: Vec::new(),
            extras: Extras::default(),
        };
        let sam = world.sam.clone();
        let reply = db.write(move |tx| replies::add(tx, &sam, &text)).await.unwrap().id;
        let (sam, kept) = (world.sam.clone(), stored.clone());
        let added = db.write(move |tx| replies::files::add(tx, &sam, reply, ("steps.txt", &kept))).await.unwrap();
        let ada = world.ada.clone();
        let refused = db.write(move |tx| replies::files::add(tx, &ada, reply, ("more.txt", &stored))).await;
        assert_eq!(refused, Err(ReplyError::Unknown), "it is another's own");
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap().id;
        for _ in 0..2 {
            let sam = world.sam.clone();
            let used = db.write(move |tx| replies::apply(tx, &sam, &Text::default(), ticket, reply)).await.unwrap();
            assert_eq!(used.files.len(), 1);
        }
        let sam = world.sam.clone();
        let waiting = db.read(move |tx| files::waiting(tx, &sam, ticket)).await.unwrap();
        assert_eq!(waiting.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["steps.txt"]);
        let sam = world.sam.clone();
        db.write(move |tx| replies::files::remove(tx, &sam, added.id)).await.unwrap();
        send(&db, &world.sam, ticket, vec![waiting[0].id]).await.unwrap();
        assert!(seen(&db, &world.ada, waiting[0].id).await, "what was sent stays");
    }

    async fn a_file_waits_for_its_message_and_goes_with_one_only(db: TestDb) {
        let (_folder, blobs) = equip(&db);
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let file = add(&db, &blobs, &world.sam, ticket.id, "../plans/a.png").await.unwrap();
        assert_eq!((file.name.as_str(), file.media_type.as_str()), ("a.png", "image/png"));
        // Nobody else sees or sends what waits.
        assert!(seen(&db, &world.sam, file.id).await && !seen(&db, &world.ada, file.id).await);
        let theirs = send(&db, &world.ada, ticket.id, vec![file.id]).await;
        assert_eq!(theirs, Err(TicketError::BadFile));
        send(&db, &world.sam, ticket.id, vec![file.id]).await.unwrap();
        assert!(seen(&db, &world.ada, file.id).await && !seen(&db, &world.eve, file.id).await);
        let twice = send(&db, &world.sam, ticket.id, vec![file.id]).await;
        assert_eq!(twice, Err(TicketError::BadFile));
        let (sam, id) = (world.sam.clone(), file.id);
        let sent = db.write(move |tx| files::discard(tx, &sam, id)).await;
        assert_eq!(sent, Err(TicketError::FileSent));
    }

    async fn a_file_of_another_ticket_stops_the_message(db: TestDb) {
        let (_folder, blobs) = equip(&db);
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let other = open(&db, &world.sam, asked(&world)).await.unwrap();
        let file = add(&db, &blobs, &world.sam, other.id, "a.txt").await.unwrap();
        assert_eq!(send(&db, &world.sam, ticket.id, vec![file.id]).await, Err(TicketError::BadFile));
        assert_eq!(add(&db, &blobs, &world.sam, ticket.id, "..").await.map(drop), Ok(()));
        assert_eq!(add(&db, &blobs, &world.sam, ticket.id, "/").await.map(drop), Err(TicketError::BadFile));
        assert_eq!(add(&db, &blobs, &world.eve, ticket.id, "a.txt").await.map(drop), Err(TicketError::Unknown));
        for _ in 1..files::MOST {
            add(&db, &blobs, &world.sam, ticket.id, "a.txt").await.unwrap();
        }
        assert_eq!(add(&db, &blobs, &world.sam, ticket.id, "a.txt").await.map(drop), Err(TicketError::BadFile));
    }

    async fn files_of_one_message_are_small_enough_together(db: TestDb) {
        let (_folder, blobs) = equip(&db);
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let large = |half: u8| vec![half; usize::try_from(files::LARGEST / 2).unwrap()];
        for (half, kept) in [(1, true), (2, true), (3, false)] {
            let stored = blobs.put_bytes(large(half).into()).await.unwrap();
            let (sam, new) = (world.sam.clone(), NewFile::waiting(ticket.id, "half.bin", stored));
            let done = db.write(move |tx| files::keep(tx, &sam, &new)).await.map(drop);
            assert_eq!(done, if kept { Ok(()) } else { Err(TicketError::LargeFile) });
        }
    }

    async fn what_nobody_sent_is_swept_and_what_was_sent_stays(db: TestDb) {
        let (_folder, blobs) = equip(&db);
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let sent = add(&db, &blobs, &world.sam, ticket.id, "sent.txt").await.unwrap();
        send(&db, &world.sam, ticket.id, vec![sent.id]).await.unwrap();
        let left = add(&db, &blobs, &world.sam, ticket.id, "left.txt").await.unwrap();
        sweep(&db, world.workspace).await;
        assert!(seen(&db, &world.sam, left.id).await);
        db.clock().advance(files::jobs::PATIENCE + Duration::from_secs(1));
        sweep(&db, world.workspace).await;
        assert!(seen(&db, &world.sam, sent.id).await && !seen(&db, &world.sam, left.id).await);
    }
}
