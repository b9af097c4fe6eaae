//! Contacts: what they are known by, where they are, merging and taking it back, erasing.

use kit::db::Db;
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::contacts::identities::{self, Kind, NewIdentity};
use tandem_core::contacts::memberships::{self, ContactRole, MembershipText};
use tandem_core::contacts::merging::{self, Likeness};
use tandem_core::contacts::{self, Contact, ContactError, ContactId, ContactText, Introduction, erasing};
use testkit::on_both;

use crate::world::{LISTS, World, add_account, kinds};

fn called(name: &str) -> ContactText {
    ContactText {
        name: name.to_owned(),
        ..ContactText::default()
    }
}

fn known_by(address: &str) -> Introduction {
    Introduction {
        identities: vec![NewIdentity::email(address)],
        membership: None,
    }
}

async fn add(
    db: &Db,
    actor: &Actor,
    name: &str,
    introduction: Introduction,
) -> Result<Contact, ContactError> {
    let (actor, text) = (actor.clone(), called(name));
    db.write(move |tx| contacts::add(tx, &actor, &text, &introduction))
        .await
}

async fn find(db: &Db, actor: &Actor, id: ContactId) -> Option<Contact> {
    let actor = actor.clone();
    db.read(move |tx| contacts::find(tx, &actor, id)).await.unwrap()
}

async fn values(db: &Db, actor: &Actor, id: ContactId) -> Vec<String> {
    let actor = actor.clone();
    let known = db.read(move |tx| identities::of(tx, &actor, id)).await.unwrap();
    known.into_iter().map(|identity| identity.value).collect()
}

async fn join(db: &Db, actor: &Actor, contact: ContactId, account: AccountId) {
    let (actor, text) = (
        actor.clone(),
        MembershipText {
            roles: vec![ContactRole::User],
            ..MembershipText::default()
        },
    );
    db.write(move |tx| memberships::add(tx, &actor, contact, account, &text))
        .await
        .unwrap();
}

async fn merge(db: &Db, actor: &Actor, kept: ContactId, gone: ContactId) -> Result<Contact, ContactError> {
    let actor = actor.clone();
    db.write(move |tx| merging::merge(tx, &actor, kept, gone)).await
}

async fn unmerge(db: &Db, actor: &Actor, gone: ContactId) -> Contact {
    let actor = actor.clone();
    db.write(move |tx| merging::unmerge(tx, &actor, gone))
        .await
        .unwrap()
}

on_both! { LISTS;
    async fn an_identity_belongs_to_one_contact_however_it_is_written(db: TestDb) {
        let world = World::new(&db).await;
        let nadia = add(&db, &world.sam, "Nadia", known_by("Nadia@Example.com")).await.unwrap();
        let taken = add(&db, &world.sam, "Somebody", known_by("nadia@example.COM")).await.unwrap_err();
        assert!(matches!(taken, ContactError::IdentityTaken(by) if by.id == nadia.id));
        // Refused as a whole: nobody half added.
        let ada = world.ada.clone();
        let all = db.read(move |tx| contacts::list(tx, &ada, None, 10)).await.unwrap();
        assert_eq!(all.iter().map(|contact| contact.id).collect::<Vec<_>>(), [nadia.id]);
        let workspace = world.workspace.id;
        let found = db.read(move |tx| identities::who_is(tx, workspace, &NewIdentity::email("NADIA@example.com"))).await;
        assert_eq!(found.unwrap().map(|contact| contact.id), Some(nadia.id));
        // The other workspace may know somebody by the same address.
        add(&db, &world.eve, "Nadia", known_by("nadia@example.com")).await.unwrap();
    }

    async fn adding_what_is_known_already_changes_nothing(db: TestDb) {
        let world = World::new(&db).await;
        let nadia = add(&db, &world.sam, "Nadia", known_by("nadia@example.com")).await.unwrap();
        let sam = world.sam.clone();
        let again = db.write(move |tx| identities::add(tx, &sam, nadia.id, &NewIdentity::email("NADIA@example.com"))).await;
        assert_eq!(again.unwrap().value, "nadia@example.com");
        assert_eq!(values(&db, &world.sam, nadia.id).await, ["nadia@example.com"]);
    }

    async fn who_verified_an_identity_first_stays_until_it_is_doubted(db: TestDb) {
        let world = World::new(&db).await;
        let nadia = add(&db, &world.sam, "Nadia", known_by("nadia@example.com")).await.unwrap();
        let (sam, ada) = (world.sam.clone(), world.ada.clone());
        let identity = db.write(move |tx| Ok::<_, ContactError>(identities::of(tx, &sam, nadia.id)?.remove(0))).await.unwrap();
        let sam = world.sam.clone();
        db.write(move |tx| identities::verify(tx, &sam, identity.id)).await.unwrap();
        let twice = db.write(move |tx| identities::verify(tx, &ada, identity.id)).await.unwrap();
        assert_eq!(twice.verified.unwrap().by, world.sam.signature());
        let sam = world.sam.clone();
        let doubted = db.write(move |tx| identities::doubt(tx, &sam, identity.id)).await.unwrap();
        assert_eq!(doubted.verified, None);
    }

    async fn a_change_made_from_an_older_version_is_refused_with_the_newer_one(db: TestDb) {
        let world = World::new(&db).await;
        let nadia = add(&db, &world.sam, "Nadia", Introduction::default()).await.unwrap();
        let (ada, sam) = (world.ada.clone(), world.sam.clone());
        db.write(move |tx| contacts::change(tx, &ada, nadia.id, 1, &called("Nadia Rahimova"))).await.unwrap();
        let late = db.write(move |tx| contacts::change(tx, &sam, nadia.id, 1, &called("N. R."))).await.unwrap_err();
        assert!(matches!(late, ContactError::Stale(now) if now.text.name == "Nadia Rahimova" && now.version == 2));
    }

    async fn a_contact_is_at_several_accounts_from_day_to_day(db: TestDb) {
        let world = World::new(&db).await;
        let acme = add_account(&db, &world.ada, "Acme").await.unwrap();
        let beta = add_account(&db, &world.ada, "Beta").await.unwrap();
        let nadia = add(&db, &world.sam, "Nadia", Introduction::default()).await.unwrap();
        join(&db, &world.sam, nadia.id, acme.id).await;
        let sam = world.sam.clone();
        let (until, since) = ("2026-01-31".parse().unwrap(), "2026-02-01".parse().unwrap());
        db.write(move |tx| {
            let (first, _) = memberships::of_contact(tx, &sam, nadia.id)?.remove(0);
            let text = MembershipText { until: Some(until), ..first.text.clone() };
            memberships::change(tx, &sam, first.id, &text)?;
            let text = MembershipText { roles: vec![ContactRole::Champion, ContactRole::Champion], since: Some(since), ..MembershipText::default() };
            memberships::add(tx, &sam, nadia.id, beta.id, &text)?;
            Ok::<_, ContactError>(())
        }).await.unwrap();
        let sam = world.sam.clone();
        let there = db.read(move |tx| memberships::of_contact(tx, &sam, nadia.id)).await.unwrap();
        let told: Vec<_> = there.iter().map(|(membership, account)| (account.as_str(), membership.text.roles.len(), membership.text.holds_on(since))).collect();
        assert_eq!(told, [("Beta", 1, true), ("Acme", 1, false)]);
        let sam = world.sam.clone();
        let backwards = MembershipText { since: Some(since), until: Some(until), ..MembershipText::default() };
        let wrong = db.write(move |tx| memberships::add(tx, &sam, nadia.id, acme.id, &backwards)).await;
        assert_eq!(wrong.unwrap_err(), ContactError::EndsBeforeStart);
    }

    async fn a_merge_shows_both_and_taking_it_back_leaves_everything_as_it_was(db: TestDb) {
        let world = World::new(&db).await;
        let one = add(&db, &world.sam, "Nadia", known_by("nadia@example.com")).await.unwrap();
        let two = add(&db, &world.sam, "N. Rahimova", known_by("nr@example.com")).await.unwrap();
        let three = add(&db, &world.sam, "Nadja", known_by("nadja@example.com")).await.unwrap();
        merge(&db, &world.sam, two.id, three.id).await.unwrap();
        let whole = merge(&db, &world.sam, one.id, two.id).await.unwrap();
        // Twice is once, and whoever stands for both cannot vanish into a part of itself.
        assert_eq!(merge(&db, &world.sam, one.id, two.id).await.unwrap().id, one.id);
        assert_eq!(merge(&db, &world.sam, two.id, one.id).await.unwrap_err(), ContactError::BadMerge);
        assert_eq!(merge(&db, &world.sam, one.id, one.id).await.unwrap_err(), ContactError::BadMerge);
        assert_eq!(values(&db, &world.sam, whole.id).await, ["nadia@example.com", "nadja@example.com", "nr@example.com"]);
        let (ada, workspace) = (world.ada.clone(), world.workspace.id);
        assert_eq!(db.read(move |tx| contacts::list(tx, &ada, None, 10)).await.unwrap().len(), 1);
        let found = db.read(move |tx| identities::who_is(tx, workspace, &NewIdentity::email("nadja@example.com"))).await;
        assert_eq!(found.unwrap().map(|contact| contact.id), Some(one.id));

        // The branch comes off with what hangs on it.
        unmerge(&db, &world.sam, two.id).await;
        assert_eq!(find(&db, &world.sam, three.id).await.unwrap().root, two.id);
        assert_eq!(values(&db, &world.sam, one.id).await, ["nadia@example.com"]);
        unmerge(&db, &world.sam, three.id).await;
        for contact in [one, two, three] {
            assert_eq!(find(&db, &world.sam, contact.id).await, Some(contact));
        }
    }

    async fn namesakes_at_the_same_account_come_first_among_possible_doubles(db: TestDb) {
        let world = World::new(&db).await;
        let acme = add_account(&db, &world.ada, "Acme").await.unwrap();
        let nadia = add(&db, &world.sam, "Nadia Əliyeva", Introduction::default()).await.unwrap();
        let far = add(&db, &world.sam, "NADIA əliyeva", Introduction::default()).await.unwrap();
        let near = add(&db, &world.sam, "Nadia Əliyeva", Introduction::default()).await.unwrap();
        add(&db, &world.sam, "Someone else", Introduction::default()).await.unwrap();
        for id in [nadia.id, near.id] {
            join(&db, &world.sam, id, acme.id).await;
        }
        let sam = world.sam.clone();
        let alike = db.read(move |tx| merging::alike(tx, &sam, &nadia, 10)).await.unwrap();
        let told: Vec<_> = alike.iter().map(|(contact, likeness)| (contact.id, *likeness)).collect();
        assert_eq!(told, [(near.id, Likeness::NameAndAccount), (far.id, Likeness::Name)]);
    }

    async fn erasing_leaves_a_proof_and_nothing_of_the_person(db: TestDb) {
        let world = World::new(&db).await;
        let acme = add_account(&db, &world.ada, "Acme").await.unwrap();
        let one = add(&db, &world.sam, "Nadia", known_by("nadia@example.com")).await.unwrap();
        let two = add(&db, &world.sam, "Nadia", known_by("nr@example.com")).await.unwrap();
        join(&db, &world.sam, two.id, acme.id).await;
        merge(&db, &world.sam, one.id, two.id).await.unwrap();
        let sam = world.sam.clone();
        let taken_along = db.read(move |tx| erasing::export(tx, &sam, two.id)).await.unwrap().to_string();
        for part in ["nadia@example.com", "nr@example.com", "Acme", "contact.merged"] {
            assert!(taken_along.contains(part), "{part} in {taken_along}");
        }
        let (sam, eve) = (world.sam.clone(), world.eve.clone());
        assert!(matches!(db.write(move |tx| erasing::erase(tx, &sam, one.id)).await, Err(ContactError::Forbidden(_))));
        assert_eq!(db.write(move |tx| erasing::erase(tx, &eve, one.id)).await, Err(ContactError::Unknown));
        let ada = world.ada.clone();
        let erasure = db.write(move |tx| erasing::erase(tx, &ada, two.id)).await.unwrap();
        assert_eq!(erasure.contact, one.id);
        let proof: serde_json::Value = serde_json::from_str(&erasure.proof).unwrap();
        assert_eq!((&proof["contacts"], &proof["identities"], &proof["memberships"], &proof["left"]), (&2.into(), &2.into(), &1.into(), &0.into()));
        for id in [one.id, two.id] {
            assert_eq!(find(&db, &world.ada, id).await, None);
        }
        let left: Vec<String> = kinds(&db).await.into_iter().filter(|kind| kind.starts_with("contact.")).collect();
        assert_eq!(left, ["contact.erased"]);
        // The address is free again.
        add(&db, &world.sam, "Nadia", known_by("nadia@example.com")).await.unwrap();
    }

    async fn who_may_not_write_and_another_workspace_are_kept_out(db: TestDb) {
        let world = World::new(&db).await;
        let nadia = add(&db, &world.sam, "Nadia", known_by("nadia@example.com")).await.unwrap();
        assert!(matches!(add(&db, &world.pat, "X", Introduction::default()).await, Err(ContactError::Forbidden(_))));
        assert_eq!(find(&db, &world.eve, nadia.id).await, None);
        assert_eq!(merge(&db, &world.eve, nadia.id, nadia.id).await, Err(ContactError::Unknown));
        let theirs = add(&db, &world.eve, "Theirs", Introduction::default()).await.unwrap();
        assert_eq!(merge(&db, &world.eve, theirs.id, nadia.id).await, Err(ContactError::BadMerge));
        let (eve, account) = (world.eve.clone(), add_account(&db, &world.ada, "Acme").await.unwrap().id);
        let joined = db.write(move |tx| memberships::add(tx, &eve, theirs.id, account, &MembershipText::default())).await;
        assert_eq!(joined.unwrap_err(), ContactError::NoAccount);
    }
}

#[test]
fn every_kind_of_identity_has_one_word() {
    for kind in Kind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
    }
    assert!("fax".parse::<Kind>().is_err());
}
