//! Families and external ids of accounts.

use tandem_core::accounts::{self, AccountError, AccountKind, AccountText, external_ids, family};
use tandem_core::actor::Actor;
use testkit::on_both;

use crate::world::{LISTS, World, add_account, kinds};

on_both! { LISTS;
    async fn a_branch_moves_as_a_whole_and_the_way_back_brings_it_back(db: TestDb) {
        let world = World::new(&db).await;
        let mut ids = Vec::new();
        for name in ["Holding", "North", "Harbour", "South"] {
            ids.push(add_account(&db, &world.ada, name).await.unwrap().id);
        }
        let [holding, north, harbour, south] = ids[..] else { panic!("four accounts") };
        let ada = world.ada.clone();
        db.write(move |tx| {
            family::place(tx, &ada, harbour, Some(north))?;
            family::place(tx, &ada, north, Some(holding))?;
            family::place(tx, &ada, south, Some(holding))
        }).await.unwrap();
        assert_eq!(tree(&db, &world.ada, harbour).await, [("Holding", 0), ("North", 1), ("Harbour", 2), ("South", 1)].map(owned));
        let ada = world.ada.clone();
        db.write(move |tx| family::place(tx, &ada, north, None)).await.unwrap();
        assert_eq!(tree(&db, &world.ada, harbour).await, [("North", 0), ("Harbour", 1)].map(owned));
        assert_eq!(tree(&db, &world.ada, south).await, [("Holding", 0), ("South", 1)].map(owned));
        let ada = world.ada.clone();
        db.write(move |tx| family::place(tx, &ada, north, Some(holding))).await.unwrap();
        assert_eq!(tree(&db, &world.ada, holding).await.len(), 4);
        let moves = kinds(&db).await.iter().filter(|kind| *kind == "account.moved").count();
        assert_eq!(moves, 5);
    }

    async fn no_account_stands_above_itself_and_the_way_round_is_named(db: TestDb) {
        let world = World::new(&db).await;
        let top = add_account(&db, &world.ada, "Top").await.unwrap().id;
        let low = add_account(&db, &world.ada, "Low").await.unwrap().id;
        let ada = world.ada.clone();
        db.write(move |tx| family::place(tx, &ada, low, Some(top))).await.unwrap();
        let ada = world.ada.clone();
        let refused = db.write(move |tx| family::place(tx, &ada, top, Some(low))).await.unwrap_err();
        assert_eq!(refused, AccountError::Loop("Top → Low → Top".to_owned()));
        let (ada, sam) = (world.ada.clone(), world.pat.clone());
        let own = db.write(move |tx| family::place(tx, &ada, top, Some(top))).await.unwrap_err();
        assert!(matches!(own, AccountError::Loop(_)));
        let not_allowed = db.write(move |tx| family::place(tx, &sam, low, None)).await.unwrap_err();
        assert!(matches!(not_allowed, AccountError::Forbidden(_)));
    }

    async fn a_family_has_its_levels_and_no_more(db: TestDb) {
        let world = World::new(&db).await;
        let mut above = None;
        for level in 0..=family::LEVELS {
            let id = add_account(&db, &world.ada, &format!("Level {level}")).await.unwrap().id;
            let ada = world.ada.clone();
            let placed = db.write(move |tx| family::place(tx, &ada, id, above)).await;
            if level == family::LEVELS {
                assert_eq!(placed.unwrap_err(), AccountError::TooLarge);
            } else {
                placed.unwrap();
            }
            above = Some(id);
        }
    }

    async fn another_workspace_joins_no_family_and_knows_no_external_id(db: TestDb) {
        let world = World::new(&db).await;
        let ours = add_account(&db, &world.ada, "Ours").await.unwrap().id;
        let theirs = add_account(&db, &world.eve, "Theirs").await.unwrap().id;
        let ada = world.ada.clone();
        let refused = db.write(move |tx| family::place(tx, &ada, ours, Some(theirs))).await.unwrap_err();
        assert_eq!(refused, AccountError::NoParent);
        let (ada, eve) = (world.ada.clone(), world.eve.clone());
        db.write(move |tx| {
            external_ids::add(tx, &ada, ours, "CRM", " 42 ")?;
            external_ids::add(tx, &eve, theirs, "crm", "42")
        }).await.unwrap();
        let ada = world.ada.clone();
        let found = db.read(move |tx| external_ids::account_of(tx, &ada, "crm", "42")).await.unwrap();
        assert_eq!(found.map(|account| account.id), Some(ours));
    }

    async fn an_external_id_is_of_one_account(db: TestDb) {
        let world = World::new(&db).await;
        let first = add_account(&db, &world.ada, "First").await.unwrap().id;
        let second = add_account(&db, &world.ada, "Second").await.unwrap().id;
        let ada = world.ada.clone();
        let known = db.write(move |tx| {
            external_ids::add(tx, &ada, first, "crm", "42")?;
            external_ids::add(tx, &ada, first, "crm", "42")
        }).await.unwrap();
        let ada = world.ada.clone();
        let taken = db.write(move |tx| external_ids::add(tx, &ada, second, "crm", "42")).await.unwrap_err();
        assert_eq!(taken, AccountError::ExternalIdTaken(first));
        let ada = world.ada.clone();
        db.write(move |tx| {
            external_ids::remove(tx, &ada, known.id)?;
            external_ids::add(tx, &ada, second, "crm", "42")
        }).await.unwrap();
        for (source, value) in [("", "42"), ("c r m", "42"), ("crm", " ")] {
            let ada = world.ada.clone();
            assert!(db.write(move |tx| external_ids::add(tx, &ada, first, source, value)).await.is_err(), "{source}|{value}");
        }
    }

    async fn a_person_is_an_account_too(db: TestDb) {
        let world = World::new(&db).await;
        let id = add_account(&db, &world.ada, "Ada").await.unwrap().id;
        let ada = world.ada.clone();
        let text = AccountText { name: "Ada".to_owned(), kind: AccountKind::Person, ..AccountText::default() };
        let changed = db.write(move |tx| accounts::change(tx, &ada, id, 1, &text)).await.unwrap();
        assert_eq!((changed.kind, changed.version), (AccountKind::Person, 2));
    }
}

fn owned((name, level): (&str, usize)) -> (String, usize) {
    (name.to_owned(), level)
}

async fn tree(db: &kit::db::Db, actor: &Actor, id: accounts::AccountId) -> Vec<(String, usize)> {
    let actor = actor.clone();
    let found = db.read(move |tx| family::of(tx, &actor, id)).await.unwrap();
    found
        .members
        .into_iter()
        .map(|one| (one.account.name, one.level))
        .collect()
}
