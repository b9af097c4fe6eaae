//! Accounts that may be one customer: what tells, what does not, and what people say of it.

use kit::db::Db;
use tandem_core::accounts::doubles::{self, Double, Likeness};
use tandem_core::accounts::{self, AccountError, AccountId, AccountKind, AccountText, family};
use tandem_core::actor::Actor;
use tandem_core::contacts::{self, ContactText, Introduction, memberships};
use testkit::on_both;

use crate::world::{LISTS, World, kinds};

async fn add(db: &Db, actor: &Actor, name: &str, website: Option<&str>, kind: AccountKind) -> AccountId {
    let actor = actor.clone();
    let text = AccountText {
        name: name.to_owned(),
        website: website.map(str::to_owned),
        kind,
    };
    db.write(move |tx| accounts::add(tx, &actor, &text))
        .await
        .unwrap()
        .id
}

async fn company(db: &Db, actor: &Actor, name: &str, website: Option<&str>) -> AccountId {
    add(db, actor, name, website, AccountKind::Company).await
}

async fn look(db: &Db, actor: &Actor, ids: &[AccountId]) {
    let (workspace, ids) = (actor.workspace, ids.to_vec());
    db.write(move |tx| ids.iter().try_for_each(|id| doubles::look(tx, workspace, *id)))
        .await
        .unwrap();
}

async fn of(db: &Db, actor: &Actor, id: AccountId) -> Vec<(AccountId, Vec<Likeness>)> {
    let actor = actor.clone();
    let found = db.read(move |tx| doubles::of(tx, &actor, id)).await.unwrap();
    let beside = |double: Double| (double.beside(id).0, double.because);
    found.into_iter().map(beside).collect()
}

async fn place(db: &Db, actor: &Actor, child: AccountId, parent: Option<AccountId>) {
    let actor = actor.clone();
    db.write(move |tx| family::place(tx, &actor, child, parent))
        .await
        .unwrap();
}

/// Somebody who is at all of these accounts.
async fn introduce(db: &Db, actor: &Actor, name: &'static str, at: &[AccountId]) {
    let (actor, at) = (actor.clone(), at.to_vec());
    db.write(move |tx| {
        let text = ContactText {
            name: name.to_owned(),
            ..ContactText::default()
        };
        let contact = contacts::add(tx, &actor, &text, &Introduction::default())?;
        for account in &at {
            memberships::add(tx, &actor, contact.id, *account, &Default::default())?;
        }
        Ok::<_, contacts::ContactError>(())
    })
    .await
    .unwrap();
}

on_both! { LISTS;
    async fn a_website_tells_accounts_together_but_not_those_of_one_family(db: TestDb) {
        let world = World::new(&db).await;
        let one = company(&db, &world.ada, "Acme", Some("acme.example")).await;
        let other = company(&db, &world.ada, "Acme Widgets", Some("www.acme.example/shop")).await;
        look(&db, &world.ada, &[one, other]).await;
        assert_eq!(of(&db, &world.pat, one).await, [(other, vec![Likeness::Domain])]);
        assert_eq!(of(&db, &world.pat, other).await, [(one, vec![Likeness::Domain])]);
        place(&db, &world.ada, other, Some(one)).await;
        look(&db, &world.ada, &[other]).await;
        assert_eq!(of(&db, &world.pat, one).await, []);
        place(&db, &world.ada, other, None).await;
        look(&db, &world.ada, &[other]).await;
        assert_eq!(of(&db, &world.pat, one).await.len(), 1);
    }

    async fn persons_of_the_same_name_are_two_until_something_else_tells(db: TestDb) {
        let world = World::new(&db).await;
        let one = add(&db, &world.ada, "Anna Nowak", None, AccountKind::Person).await;
        let other = add(&db, &world.ada, "anna nowak", None, AccountKind::Person).await;
        look(&db, &world.ada, &[one, other]).await;
        assert_eq!(of(&db, &world.ada, one).await, []);
        introduce(&db, &world.ada, "Anna Nowak", &[one, other]).await;
        look(&db, &world.ada, &[one]).await;
        assert_eq!(of(&db, &world.ada, other).await, [(one, vec![Likeness::Name, Likeness::Contacts])]);
    }

    async fn one_person_at_two_companies_tells_nothing_and_two_do(db: TestDb) {
        let world = World::new(&db).await;
        let one = company(&db, &world.ada, "Acme", None).await;
        let other = company(&db, &world.ada, "Birch", None).await;
        introduce(&db, &world.ada, "Nadia", &[one, other]).await;
        look(&db, &world.ada, &[one, other]).await;
        assert_eq!(of(&db, &world.ada, one).await, []);
        introduce(&db, &world.ada, "Quin", &[one, other]).await;
        look(&db, &world.ada, &[one]).await;
        assert_eq!(of(&db, &world.ada, one).await, [(other, vec![Likeness::Contacts])]);
    }

    async fn what_many_have_in_common_tells_nothing(db: TestDb) {
        let world = World::new(&db).await;
        let mut all = Vec::new();
        for number in 0..12 {
            all.push(company(&db, &world.ada, &format!("Shop {number}"), Some("shops.example")).await);
        }
        look(&db, &world.ada, &all[..11]).await;
        assert_eq!(of(&db, &world.ada, all[0]).await.len(), 10);
        look(&db, &world.ada, &all).await;
        look(&db, &world.ada, &all).await;
        assert_eq!(of(&db, &world.ada, all[0]).await, []);
    }

    async fn what_is_not_the_same_stays_so_and_saying_it_twice_is_no_harm(db: TestDb) {
        let world = World::new(&db).await;
        let one = company(&db, &world.ada, "Acme Ltd", None).await;
        let other = company(&db, &world.ada, "Acme GmbH", None).await;
        look(&db, &world.ada, &[one, other]).await;
        let (sam, pat, eve) = (world.sam.clone(), world.pat.clone(), world.eve.clone());
        let refused = db.write(move |tx| doubles::distinguish(tx, &pat, one, other)).await.unwrap_err();
        assert!(matches!(refused, AccountError::Forbidden(_)));
        assert_eq!(db.write({ let eve = eve.clone(); move |tx| doubles::distinguish(tx, &eve, one, other) }).await.unwrap_err(), AccountError::Unknown);
        assert_eq!(db.write({ let sam = sam.clone(); move |tx| doubles::distinguish(tx, &sam, one, one) }).await.unwrap_err(), AccountError::BadMerge);
        for _ in 0..2 {
            let sam = sam.clone();
            db.write(move |tx| doubles::distinguish(tx, &sam, other, one)).await.unwrap();
        }
        look(&db, &world.ada, &[one, other]).await;
        assert_eq!(of(&db, &world.ada, one).await, []);
        db.write(move |tx| doubles::confuse(tx, &sam, one, other)).await.unwrap();
        assert_eq!(of(&db, &world.ada, one).await, [(other, vec![Likeness::Name])]);
        assert_eq!(kinds(&db).await.iter().filter(|kind| *kind == "account.double_judged").count(), 2);
        assert_eq!(db.read(move |tx| doubles::list(tx, &eve, None, 10)).await.unwrap(), []);
    }

    async fn the_likelier_pairs_come_first_and_no_page_repeats_one(db: TestDb) {
        let world = World::new(&db).await;
        let mut all = Vec::new();
        for (name, website) in [("Acme", None), ("Acme Ltd", None), ("Birch", Some("birch.example")), ("Birch Inc.", Some("www.birch.example")), ("Cedar", None), ("Cedar GmbH", None)] {
            all.push(company(&db, &world.ada, name, website).await);
        }
        look(&db, &world.ada, &all).await;
        let ada = world.ada.clone();
        let pairs = db.read(move |tx| {
            let mut pairs = Vec::new();
            let mut from = None;
            while let Some(double) = doubles::list(tx, &ada, from, 1)?.pop() {
                from = Some(double.cursor());
                pairs.push((double.strength, double.one_name, double.other_name));
            }
            Ok::<_, AccountError>(pairs)
        }).await.unwrap();
        let names: Vec<_> = pairs.iter().map(|(strength, one, other)| (*strength, one.as_str(), other.as_str())).collect();
        assert_eq!(names, [(5, "Birch", "Birch Inc."), (2, "Cedar", "Cedar GmbH"), (2, "Acme", "Acme Ltd")]);
    }
}
