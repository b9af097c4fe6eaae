//! DKIM keys: made for domains that send, signing once their record is seen, replaced by rotation, silent when it is gone.

use std::sync::Arc;

use desk::dkim::{self, DkimKey, DkimKeyError, Stage, Wanted};
use desk::mailboxes::{MailboxText, Outgoing, ServerText};
use desk::mails::MailChecker;
use kit::db::Db;
use mail::authenticate::{Checker, Method, Outcome, Zone};
use mail::dkim::{Algorithm, Published};
use tandem_core::actor::Actor;
use testkit::on_both;

use crate::mailboxes::{create, handed, seal};
use crate::world::{LISTS, World};

/// What has been published, and nothing else.
fn dns(db: &Db, keys: &[&DkimKey]) {
    let published = |zone: Zone, key: &&DkimKey| zone.text(&key.name(), &key.record);
    let zone = keys.iter().fold(Zone::default(), published);
    db.attach(Arc::new(MailChecker::of(Checker::of_zone(zone).unwrap())));
}

async fn make(db: &Db, actor: &Actor, domain: &str) -> Result<DkimKey, DkimKeyError> {
    let wanted = Wanted {
        domain: domain.to_owned(),
        algorithm: Algorithm::Ed25519,
    };
    let secret = dkim::secret(db, actor, &wanted).await?;
    let actor = actor.clone();
    db.write(move |tx| dkim::make(tx, &actor, &wanted, &secret)).await
}

async fn check(db: &Db, actor: &Actor, key: &DkimKey) -> DkimKey {
    dkim::check(db, actor, key.id).await.unwrap()
}

async fn now(db: &Db, actor: &Actor, key: &DkimKey) -> DkimKey {
    let (actor, id) = (actor.clone(), key.id);
    db.read(move |tx| dkim::find(tx, &actor, id)).await.unwrap()
}

const RAW: &[u8] = b"From: Help <help@desk.example>\r\nTo: ann@x.example\r\nSubject: Hi\r\n\r\nHello\r\n";

/// A mail of the domain as it leaves, and whether its signatures hold by what is published.
async fn leaves(db: &Db, world: &World, keys: &[&DkimKey]) -> Vec<Outcome> {
    let workspace = world.ada.workspace;
    let at = jiff::Timestamp::from_second(1_790_000_000).unwrap();
    let signed = db
        .read(move |tx| dkim::sign(tx, workspace, "help@desk.example", RAW.to_vec(), at))
        .await
        .unwrap();
    assert!(signed.ends_with(RAW));
    let published = |zone: Zone, key: &&DkimKey| zone.text(&key.name(), &key.record);
    let zone = keys.iter().fold(Zone::default(), published);
    let found = Checker::of_zone(zone)
        .unwrap()
        .check(&signed, None, Vec::new())
        .await;
    let dkim = found.iter().filter(|statement| statement.method == Method::Dkim);
    dkim.map(|statement| statement.outcome).collect()
}

fn sends() -> MailboxText {
    MailboxText {
        outgoing: Outgoing::Smtp,
        smtp: ServerText {
            host: "localhost".to_owned(),
            port: 25,
            ..ServerText::default()
        },
        ..handed("help@desk.example")
    }
}

on_both! { LISTS;
    async fn keys_sign_once_their_record_is_seen_and_are_replaced_without_a_gap(db: TestDb) {
        seal(&db);
        let world = World::new(&db).await;
        let ada = world.ada.clone();
        assert_eq!(make(&db, &ada, "desk.example").await, Err(DkimKeyError::Domain));
        create(&db, &ada, sends()).await.unwrap();
        assert!(matches!(make(&db, &world.sam, "desk.example").await, Err(DkimKeyError::Forbidden(_))));
        let first = make(&db, &ada, "desk.example").await.unwrap();
        assert_eq!(make(&db, &ada, "desk.example").await, Err(DkimKeyError::Pending));

        // Without a record nothing is signed; without an answer nothing changes.
        assert_eq!(check(&db, &ada, &first).await.verdict, Some(Published::NoAnswer));
        dns(&db, &[]);
        let missing = check(&db, &ada, &first).await;
        assert_eq!((missing.stage(), missing.verdict), (Stage::Waiting, Some(Published::Missing)));
        assert!(leaves(&db, &world, &[&first]).await.is_empty());

        dns(&db, &[&first]);
        assert_eq!(check(&db, &ada, &first).await.stage(), Stage::Signing);
        assert_eq!(leaves(&db, &world, &[&first]).await, [Outcome::Pass]);

        // Another selector waits beside the one that signs, and takes its place once it is seen.
        let second = make(&db, &ada, "desk.example").await.unwrap();
        assert_ne!(second.selector, first.selector);
        check(&db, &ada, &second).await;
        assert_eq!(leaves(&db, &world, &[&first]).await, [Outcome::Pass]);
        dns(&db, &[&first, &second]);
        assert_eq!(check(&db, &ada, &second).await.stage(), Stage::Signing);
        assert_eq!(now(&db, &ada, &first).await.stage(), Stage::Retired);
        assert_eq!(leaves(&db, &world, &[&second]).await, [Outcome::Pass]);

        // Taken back into use, the first one signs and the second is out of use.
        let (actor, id) = (ada.clone(), first.id);
        db.write(move |tx| dkim::resume(tx, &actor, id)).await.unwrap();
        assert_eq!(now(&db, &ada, &second).await.stage(), Stage::Retired);
        assert_eq!(leaves(&db, &world, &[&first]).await, [Outcome::Pass]);

        // A record that is gone ends it by itself; what does not answer does not.
        let (actor, id) = (ada.clone(), first.id);
        let silent = db.write(move |tx| dkim::settle(tx, &actor, id, Published::NoAnswer)).await;
        assert_eq!(silent.unwrap().stage(), Stage::Signing);
        dns(&db, &[]);
        assert_eq!(check(&db, &ada, &first).await.stage(), Stage::Waiting);
        assert!(leaves(&db, &world, &[&first]).await.is_empty());

        let workspace = ada.workspace;
        assert_eq!(db.read(move |tx| dkim::lost(tx, workspace)).await.unwrap(), ["desk.example"]);
        let (eve, id) = (world.eve.clone(), first.id);
        assert_eq!(db.read(move |tx| dkim::find(tx, &eve, id)).await, Err(DkimKeyError::Unknown));
    }
}
