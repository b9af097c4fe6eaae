//! Mailboxes: set up, changed, archived; passwords that stay with their server; whose mail is whose.

use std::sync::Arc;

use desk::mailboxes::{
    self, Direction, Incoming, Mailbox, MailboxError, MailboxText, Outgoing, Password, ServerText, Wrong,
};
use kit::db::{Db, DbError};
use kit::id::Ids;
use kit::seal::{Seal, SealKey};
use mail::imap::client::Credentials;
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::permissions::Permission;
use testkit::on_both;

use crate::world::{LISTS, World};

pub(crate) fn seal(db: &Db) {
    db.attach(Arc::new(Seal::new(&[SealKey::new(&Ids::seeded(5))]).unwrap()));
}

pub(crate) fn handed(address: &str) -> MailboxText {
    MailboxText {
        name: "Support".to_owned(),
        address: address.to_owned(),
        incoming: Incoming::Handed,
        ..MailboxText::default()
    }
}

fn server(host: &str, password: Option<&str>) -> ServerText {
    ServerText {
        host: host.to_owned(),
        port: 993,
        login: "help".to_owned(),
        password: password.and_then(Password::of),
        ..ServerText::default()
    }
}

fn read_from(host: &str, password: Option<&str>) -> MailboxText {
    MailboxText {
        incoming: Incoming::Imap,
        imap: server(host, password),
        ..handed("help@desk.example")
    }
}

pub(crate) async fn create(db: &Db, actor: &Actor, text: MailboxText) -> Result<Mailbox, MailboxError> {
    let actor = actor.clone();
    db.write(move |tx| mailboxes::create(tx, &actor, &text)).await
}

async fn change(db: &Db, actor: &Actor, now: &Mailbox, text: MailboxText) -> Result<Mailbox, MailboxError> {
    let (actor, id, version) = (actor.clone(), now.id, now.version);
    db.write(move |tx| mailboxes::change(tx, &actor, id, version, &text))
        .await
}

/// The password with which a mailbox is read.
async fn password(db: &Db, actor: &Actor, mailbox: &Mailbox) -> Option<String> {
    let (workspace, id) = (actor.workspace, mailbox.id);
    let way = db
        .read(move |tx| mailboxes::incoming_way(tx, workspace, id))
        .await
        .unwrap();
    match way?.credentials? {
        Credentials::Password { password, .. } => Some(password),
        other => panic!("{other:?}"),
    }
}

on_both! { LISTS;
    async fn a_password_stays_with_the_server_and_the_name_it_was_typed_for(db: TestDb) {
        seal(&db);
        let world = World::new(&db).await;
        let missing = create(&db, &world.ada, read_from("imap.example", None)).await;
        assert_eq!(missing, Err(Wrong::Password(Direction::In).into()));
        let made = create(&db, &world.ada, read_from("imap.example", Some("hunter2"))).await.unwrap();
        assert!(made.is_default, "the first one is the default");
        assert_eq!(password(&db, &world.ada, &made).await.as_deref(), Some("hunter2"));
        let mut text = read_from("imap.example", None);
        text.name = "Help".to_owned();
        let changed = change(&db, &world.ada, &made, text).await.unwrap();
        assert_eq!((changed.name.as_str(), changed.version), ("Help", 2));
        assert_eq!(password(&db, &world.ada, &changed).await.as_deref(), Some("hunter2"));
        let elsewhere = change(&db, &world.ada, &changed, read_from("imap.evil.example", None)).await;
        assert_eq!(elsewhere, Err(Wrong::Password(Direction::In).into()), "it is not sent to another server");
        let handed = change(&db, &world.ada, &changed, handed("help@desk.example")).await.unwrap();
        assert_eq!(password(&db, &world.ada, &handed).await, None, "and gone with the server");
        let stale = change(&db, &world.ada, &changed, read_from("imap.example", Some("x"))).await;
        assert!(matches!(stale, Err(MailboxError::Stale(_))), "{stale:?}");
    }

    async fn one_is_the_default_and_an_archived_one_takes_nothing(db: TestDb) {
        seal(&db);
        let world = World::new(&db).await;
        let first = create(&db, &world.ada, handed("help@desk.example")).await.unwrap();
        let taken = create(&db, &world.ada, handed("HELP@desk.example")).await;
        assert_eq!(taken, Err(MailboxError::AddressTaken));
        let text = MailboxText { name: "Sales".to_owned(), is_default: true, ..handed("sales@desk.example") };
        let second = create(&db, &world.ada, text).await.unwrap();
        let (workspace, ada, id) = (world.workspace, world.ada.clone(), second.id);
        let default = move |db: Db| async move {
            db.read(move |tx| mailboxes::default_of(tx, workspace)).await.unwrap().map(|mailbox| mailbox.id)
        };
        assert_eq!(default(db.db.clone()).await, Some(second.id));
        let whose = |address: &'static str| {
            let db = db.db.clone();
            async move { db.read(move |tx| mailboxes::for_recipient(tx, address)).await.unwrap() }
        };
        assert_eq!(whose("Sales+k123@desk.example").await, Some((world.workspace, second.id)));
        db.write(move |tx| mailboxes::archive(tx, &ada, id)).await.unwrap();
        assert_eq!(default(db.db.clone()).await, Some(first.id));
        assert_eq!(whose("sales@desk.example").await, None);
        let ada = world.ada.clone();
        let back = db.write(move |tx| mailboxes::restore(tx, &ada, id)).await.unwrap();
        assert!(back.is_open());
        assert_eq!(whose("sales@desk.example").await, Some((world.workspace, second.id)));
    }

    async fn the_folder_of_what_was_sent_counts_since_it_was_named(db: TestDb) {
        seal(&db);
        let world = World::new(&db).await;
        let reads = |folder: &str| MailboxText { sent_folder: folder.to_owned(), ..read_from("imap.example", Some("secret")) };
        let made = create(&db, &world.ada, reads("")).await.unwrap();
        assert_eq!((made.sent_since, made.takes_tokens()), (None, false));
        assert!(made.is_sent("INBOX.Sent") && !made.is_sent("INBOX") && !made.is_sent(""));
        let named = change(&db, &world.ada, &made, reads("Out")).await.unwrap();
        assert_eq!((named.sent_since, named.sent_beside()), (Some(db.clock.now()), Some("Out")));
        assert!(named.is_sent("Out"));
        db.clock.advance(std::time::Duration::from_secs(60));
        let same = change(&db, &world.ada, &named, MailboxText { has_plus_addresses: true, ..reads("Out") }).await.unwrap();
        assert_eq!((same.sent_since, same.takes_tokens()), (named.sent_since, true));
        assert!(matches!(change(&db, &world.ada, &same, reads("inbox")).await, Err(MailboxError::Bad(Wrong::SentFolder))));
        let without = change(&db, &world.ada, &same, handed("help@desk.example")).await.unwrap();
        assert_eq!((without.sent_folder.as_str(), without.sent_since, without.takes_tokens()), ("", None, true));
    }

    async fn nobody_without_the_permission_and_of_another_workspace_comes_near(db: TestDb) {
        seal(&db);
        let world = World::new(&db).await;
        let made = create(&db, &world.ada, handed("help@desk.example")).await.unwrap();
        let refused = create(&db, &world.sam, handed("x@desk.example")).await;
        assert_eq!(refused, Err(Forbidden(Permission::MailboxesWrite).into()));
        let (eve, sam, id) = (world.eve.clone(), world.sam.clone(), made.id);
        let (found, all) = db
            .read(move |tx| {
                let found = mailboxes::find(tx, &eve, id).unwrap();
                Ok::<_, DbError>((found, mailboxes::all(tx, eve.workspace)?))
            })
            .await
            .unwrap();
        assert_eq!((found, all.len()), (None, 0));
        let unseen = db.read(move |tx| mailboxes::find(tx, &sam, id)).await;
        assert_eq!(unseen, Err(Forbidden(Permission::MailboxesRead).into()));
        assert!(matches!(change(&db, &world.eve, &made, handed("help@desk.example")).await, Err(MailboxError::Unknown)));
    }

    async fn the_keys_of_tokens_are_made_once_and_stay_in_their_workspace(db: TestDb) {
        seal(&db);
        let world = World::new(&db).await;
        let (ours, theirs) = (world.workspace, world.eve.workspace);
        let signer = |workspace| {
            let db = db.db.clone();
            async move { db.write(move |tx| mailboxes::signer(tx, workspace)).await.unwrap() }
        };
        let (one, again, other) = (signer(ours).await, signer(ours).await, signer(theirs).await);
        let address = one.address("help@desk.example", [7; 16], None).unwrap();
        let now = "2026-03-01T12:00:00Z".parse().unwrap();
        assert_eq!(again.read_address(&address, now).unwrap().unwrap().conversation, [7; 16]);
        assert!(other.read_address(&address, now).unwrap().is_err());
    }

    async fn a_way_out_wants_no_login(db: TestDb) {
        seal(&db);
        let world = World::new(&db).await;
        let mut text = handed("help@desk.example");
        text.outgoing = Outgoing::Smtp;
        text.smtp = ServerText { login: String::new(), port: 25, ..server("smtp.example", None) };
        let made = create(&db, &world.ada, text).await.unwrap();
        let (workspace, id) = (world.workspace, made.id);
        let way = db.read(move |tx| mailboxes::outgoing_way(tx, workspace, id)).await.unwrap().unwrap();
        assert!(way.credentials.is_none() && way.server.port == 25);
    }
}
