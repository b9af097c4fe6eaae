//! Contacts who may be one person: what tells, what does not, and what people say of it.

use kit::db::Db;
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::contacts::doubles::{self, Double, Likeness};
use tandem_core::contacts::identities::{Kind, NewIdentity};
use tandem_core::contacts::{
    self, ContactError, ContactId, ContactText, Introduction, erasing, memberships, merging,
};
use testkit::on_both;

use crate::world::{LISTS, World, add_account, kinds};

async fn add(db: &Db, actor: &Actor, name: &str, known: &[(Kind, &str)], at: Option<AccountId>) -> ContactId {
    let actor = actor.clone();
    let text = ContactText {
        name: name.to_owned(),
        ..ContactText::default()
    };
    let identities = known.iter().map(|(kind, value)| NewIdentity {
        kind: *kind,
        realm: String::new(),
        value: (*value).to_owned(),
    });
    let introduction = Introduction {
        identities: identities.collect(),
        membership: at.map(|account| (account, Default::default())),
    };
    let added = db
        .write(move |tx| contacts::add(tx, &actor, &text, &introduction))
        .await;
    added.unwrap().id
}

async fn look(db: &Db, actor: &Actor, ids: &[ContactId]) {
    let (workspace, ids) = (actor.workspace, ids.to_vec());
    db.write(move |tx| ids.iter().try_for_each(|id| doubles::look(tx, workspace, *id)))
        .await
        .unwrap();
}

async fn found(db: &Db, actor: &Actor) -> Vec<(ContactId, ContactId, Vec<Likeness>)> {
    let actor = actor.clone();
    let found = db
        .read(move |tx| doubles::list(tx, &actor, None, 99))
        .await
        .unwrap();
    let pair = |double: Double| (double.one, double.other, double.because);
    found.into_iter().map(pair).collect()
}

on_both! { LISTS;
    async fn mailboxes_phones_and_names_at_one_place_tell_people_together(db: TestDb) {
        let world = World::new(&db).await;
        let acme = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let other = add_account(&db, &world.ada, "Other").await.unwrap().id;
        let ana = add(&db, &world.ada, "Ana Maria", &[(Kind::Email, "ana.maria@gmail.com")], None).await;
        let twin = add(&db, &world.ada, "A. M.", &[(Kind::Email, "AnaMaria+shop@googlemail.com")], None).await;
        let jan = add(&db, &world.ada, "Jan Nowak", &[(Kind::Phone, "+48 22 555 01 00")], Some(acme)).await;
        let called = add(&db, &world.ada, "J. N.", &[(Kind::Phone, "22 555 01 00")], None).await;
        let same = add(&db, &world.ada, "NOWAK, Jan", &[], Some(acme)).await;
        let far = add(&db, &world.ada, "Jan Nowak", &[], Some(other)).await;
        let one = add(&db, &world.ada, "Eva Berg", &[(Kind::Email, "eva@berg.example")], None).await;
        let two = add(&db, &world.ada, "Berg Eva", &[(Kind::Email, "e.berg@berg.example")], None).await;
        look(&db, &world.ada, &[ana, twin, jan, called, same, far, one, two]).await;
        let pairs = found(&db, &world.sam).await;
        let has = |one: ContactId, other: ContactId, why: &[Likeness]| {
            pairs.iter().any(|pair| (pair.0, pair.1) == (one.min(other), one.max(other)) && pair.2 == why)
        };
        assert!(has(ana, twin, &[Likeness::Address]), "{pairs:?}");
        assert!(has(jan, called, &[Likeness::Phone]));
        assert!(has(jan, same, &[Likeness::NameAndAccount]));
        assert!(has(one, two, &[Likeness::NameAndDomain]));
        assert_eq!(pairs.len(), 4, "{pairs:?}");
        assert!(pairs.iter().all(|pair| pair.0 != far && pair.1 != far));
        assert_eq!(found(&db, &world.eve).await, []);
        let sam = world.sam.clone();
        assert_eq!(db.read(move |tx| doubles::count(tx, &sam)).await.unwrap(), 4);
    }

    async fn a_pair_that_is_two_people_is_not_found_again_until_that_is_taken_back(db: TestDb) {
        let world = World::new(&db).await;
        let acme = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let one = add(&db, &world.ada, "Jan Nowak", &[], Some(acme)).await;
        let other = add(&db, &world.ada, "Jan Nowak", &[], Some(acme)).await;
        look(&db, &world.ada, &[one, other]).await;
        assert_eq!(found(&db, &world.ada).await.len(), 1);
        let ada = world.ada.clone();
        db.write(move |tx| doubles::distinguish(tx, &ada, other, one)).await.unwrap();
        look(&db, &world.ada, &[one, other]).await;
        assert_eq!(found(&db, &world.ada).await, []);
        let ada = world.ada.clone();
        let alike = db.read(move |tx| {
            let contact = contacts::find(tx, &ada, one)?.unwrap();
            merging::alike(tx, &ada, &contact, 9)
        }).await.unwrap();
        assert!(alike.is_empty());
        let ada = world.ada.clone();
        db.write(move |tx| doubles::confuse(tx, &ada, one, other)).await.unwrap();
        assert_eq!(found(&db, &world.ada).await.len(), 1);
        let (ada, eve) = (world.ada.clone(), world.eve.clone());
        let same = db.write(move |tx| doubles::distinguish(tx, &ada, one, one)).await.unwrap_err();
        assert_eq!(same, ContactError::BadMerge);
        let foreign = db.write(move |tx| doubles::distinguish(tx, &eve, one, other)).await.unwrap_err();
        assert_eq!(foreign, ContactError::Unknown);
        assert_eq!(kinds(&db).await.iter().filter(|kind| *kind == "contact.double_judged").count(), 2);
    }

    async fn a_merge_ends_the_pair_and_its_end_brings_it_back(db: TestDb) {
        let world = World::new(&db).await;
        let acme = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let one = add(&db, &world.ada, "Jan Nowak", &[(Kind::Email, "jan@acme.example")], Some(acme)).await;
        let other = add(&db, &world.ada, "Jan Nowak", &[], Some(acme)).await;
        look(&db, &world.ada, &[one, other]).await;
        let ada = world.ada.clone();
        db.write(move |tx| merging::merge(tx, &ada, one, other)).await.unwrap();
        assert_eq!(found(&db, &world.ada).await, []);
        look(&db, &world.ada, &[one, other]).await;
        let ada = world.ada.clone();
        db.write(move |tx| merging::unmerge(tx, &ada, other)).await.unwrap();
        look(&db, &world.ada, &[one, other]).await;
        assert_eq!(found(&db, &world.ada).await.len(), 1);
    }

    async fn who_is_erased_leaves_no_mark(db: TestDb) {
        let world = World::new(&db).await;
        let one = add(&db, &world.ada, "Ana Maria", &[(Kind::Email, "ana.maria@gmail.com")], None).await;
        let other = add(&db, &world.ada, "Ana", &[(Kind::Email, "anamaria@gmail.com")], None).await;
        look(&db, &world.ada, &[one, other]).await;
        assert_eq!(found(&db, &world.ada).await.len(), 1);
        let ada = world.ada.clone();
        let erasure = db.write(move |tx| erasing::erase(tx, &ada, one)).await.unwrap();
        assert!(erasure.proof.contains("\"marks\":2"), "{}", erasure.proof);
        look(&db, &world.ada, &[other]).await;
        assert_eq!(found(&db, &world.ada).await, []);
    }

    async fn people_of_a_common_name_are_told_together_by_where_they_are(db: TestDb) {
        let world = World::new(&db).await;
        let acme = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let ada = world.ada.clone();
        db.write(move |tx| {
            let text = ContactText { name: "Jan Nowak".to_owned(), ..ContactText::default() };
            for _ in 0..205 {
                let namesake = contacts::add(tx, &ada, &text, &Introduction::default())?;
                doubles::look(tx, ada.workspace, namesake.id)?;
            }
            Ok::<_, ContactError>(())
        }).await.unwrap();
        let one = add(&db, &world.ada, "Jan Nowak", &[(Kind::Email, "jan@acme.example")], Some(acme)).await;
        let other = add(&db, &world.ada, "Nowak Jan", &[(Kind::Email, "j.nowak@acme.example")], Some(acme)).await;
        look(&db, &world.ada, &[one, other]).await;
        let why = [Likeness::NameAndDomain, Likeness::NameAndAccount];
        let pairs = found(&db, &world.ada).await;
        assert_eq!(pairs.len(), 1, "{pairs:?}");
        assert_eq!((pairs[0].0, pairs[0].1), (one, other));
        assert!(why.iter().all(|reason| pairs[0].2.contains(reason)), "{pairs:?}");
    }

    async fn who_is_at_many_places_takes_no_pair_away(db: TestDb) {
        let world = World::new(&db).await;
        let acme = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let birch = add_account(&db, &world.ada, "Birch").await.unwrap().id;
        let everywhere = add(&db, &world.ada, "Jan Nowak", &[], Some(acme)).await;
        let ada = world.ada.clone();
        db.write(move |tx| memberships::add(tx, &ada, everywhere, birch, &Default::default())).await.unwrap();
        let mut all = Vec::new();
        for place in [acme, birch] {
            for _ in 0..6 {
                all.push(add(&db, &world.ada, "Jan Nowak", &[], Some(place)).await);
            }
        }
        look(&db, &world.ada, &[everywhere]).await;
        look(&db, &world.ada, &all).await;
        let before = found(&db, &world.ada).await;
        assert_eq!(before.iter().filter(|pair| pair.0 == everywhere || pair.1 == everywhere).count(), 12);
        look(&db, &world.ada, &[everywhere]).await;
        assert_eq!(found(&db, &world.ada).await, before);
    }

    async fn what_was_said_of_somebody_is_said_of_whom_they_were_merged_into(db: TestDb) {
        let world = World::new(&db).await;
        let acme = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let one = add(&db, &world.ada, "Jan Nowak", &[], Some(acme)).await;
        let other = add(&db, &world.ada, "Jan Nowak", &[], Some(acme)).await;
        let kept = add(&db, &world.ada, "Jan Nowak", &[], Some(acme)).await;
        let ada = world.ada.clone();
        db.write(move |tx| {
            doubles::distinguish(tx, &ada, one, other)?;
            merging::merge(tx, &ada, kept, one)
        }).await.unwrap();
        look(&db, &world.ada, &[other, kept]).await;
        assert_eq!(found(&db, &world.ada).await, []);
        let ada = world.ada.clone();
        db.write(move |tx| doubles::confuse(tx, &ada, kept, other)).await.unwrap();
        assert_eq!(found(&db, &world.ada).await.len(), 1);
    }
}
