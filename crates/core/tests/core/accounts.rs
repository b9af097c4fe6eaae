//! Accounts: adding, changing, closing, listing, and who may.

use kit::db::DbError;
use kit::web::table::Words;
use tandem_core::accounts::listing::{Spot, TABLE, sorted};
use tandem_core::accounts::{self, AccountError, AccountId};
use testkit::on_both;

use crate::world::{LISTS, World, add_account, kinds, text};

on_both! { LISTS;
    async fn an_account_is_found_as_it_was_added(db: TestDb) {
        let world = World::new(&db).await;
        let added = add_account(&db, &world.sam, "  Łódź Works ").await.unwrap();
        assert_eq!((added.name.as_str(), added.version), ("Łódź Works", 1));
        let sam = world.sam.clone();
        let found = db.read(move |tx| accounts::find(tx, &sam, added.id)).await.unwrap();
        assert_eq!(found, Some(added));
    }

    async fn closing_twice_keeps_the_first_closer_and_reopening_loses_nothing(db: TestDb) {
        let world = World::new(&db).await;
        let id = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        for actor in [world.ada.clone(), tandem_core::actor::Actor::system(world.workspace.id, "tests")] {
            let closed = db.write(move |tx| accounts::close(tx, &actor, id)).await.unwrap();
            assert_eq!(closed.closure.unwrap().by, world.ada.signature());
        }
        let ada = world.ada.clone();
        let open = db.write(move |tx| accounts::reopen(tx, &ada, id)).await.unwrap();
        assert!(open.is_open());
        let seen = kinds(&db).await;
        let of_accounts: Vec<_> = seen.iter().filter(|kind| kind.starts_with("account.")).collect();
        assert_eq!(of_accounts, ["account.added", "account.closed", "account.reopened"]);
    }

    async fn a_change_made_from_an_older_version_is_refused_with_the_newer_one(db: TestDb) {
        let world = World::new(&db).await;
        let id = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let (ada, sam) = (world.ada.clone(), world.sam.clone());
        db.write(move |tx| accounts::change(tx, &ada, id, 1, &text("Acme Ltd"))).await.unwrap();
        let late = db.write(move |tx| accounts::change(tx, &sam, id, 1, &text("ACME"))).await.unwrap_err();
        assert!(matches!(late, AccountError::Stale(now) if now.name == "Acme Ltd" && now.version == 2));
    }

    async fn a_change_to_the_same_text_is_no_change(db: TestDb) {
        let world = World::new(&db).await;
        let id = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let ada = world.ada.clone();
        let same = db.write(move |tx| accounts::change(tx, &ada, id, 1, &text(" Acme "))).await.unwrap();
        assert_eq!(same.version, 1);
        assert!(!kinds(&db).await.contains(&"account.changed".to_owned()));
    }

    async fn the_list_pages_through_equal_names_without_loss_or_repeat(db: TestDb) {
        let world = World::new(&db).await;
        for number in 0..23 {
            add_account(&db, &world.ada, ["Same", "same", "Other"][number % 3]).await.unwrap();
        }
        let mut seen = Vec::new();
        let mut cursor = None;
        loop {
            let (ada, from) = (world.ada.clone(), cursor.clone());
            let page = db.read(move |tx| accounts::list(tx, &ada, from.as_ref(), 5)).await.unwrap();
            let Some(last) = page.last() else { break };
            cursor = Some(last.cursor());
            seen.extend(page.into_iter().map(|account| account.id));
        }
        let mut unique = seen.clone();
        unique.sort();
        unique.dedup();
        assert_eq!((seen.len(), unique.len()), (23, 23));
    }

    async fn a_sorted_list_goes_on_in_its_order_without_loss_or_repeat(db: TestDb) {
        let world = World::new(&db).await;
        for number in 0..23_u64 {
            // Three at each moment, so that ids have to part them.
            db.clock.advance(std::time::Duration::from_secs(u64::from(number % 3 == 0)));
            let id = add_account(&db, &world.ada, ["Same", "same", "Other"][usize::try_from(number % 3).unwrap()]).await.unwrap().id;
            if number % 4 == 0 {
                let ada = world.ada.clone();
                db.write(move |tx| accounts::change(tx, &ada, id, 1, &text("Zed"))).await.unwrap();
            }
        }
        let ada = world.ada.clone();
        let all = db.read(move |tx| accounts::list(tx, &ada, None, 100)).await.unwrap();
        for word in ["name", "-name", "changed", "-changed", "created", "-created"] {
            let asked = Words { sort: Some(word), columns: None };
            let sort = TABLE.arranged(asked, Words::default()).sort();
            assert_eq!(sort.word(), word);
            let mut oracle = all.clone();
            oracle.sort_by_key(|account| match sort.by {
                "changed" => (String::new(), account.changed_at, account.id),
                "created" => (String::new(), account.created_at, account.id),
                _ => (kit::text::fold(&account.name), kit::clock::Timestamp(0), account.id),
            });
            if word.starts_with('-') {
                oracle.reverse();
            }
            let (mut seen, mut spot) = (Vec::new(), None);
            loop {
                let (ada, from) = (world.ada.clone(), spot.clone());
                let page = db.read(move |tx| sorted(tx, &ada, sort, from.as_ref(), 5)).await.unwrap();
                let Some(last) = page.last() else { break };
                spot = Spot::decode(&Spot::after(last, sort).encode());
                assert!(spot.is_some());
                seen.extend(page);
            }
            assert_eq!(seen, oracle, "{word}");
        }
    }

    async fn another_workspace_sees_and_changes_nothing(db: TestDb) {
        let world = World::new(&db).await;
        let id = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let eve = world.eve.clone();
        let outcome = db
            .write(move |tx| {
                assert_eq!(accounts::find(tx, &eve, id)?, None);
                assert!(accounts::list(tx, &eve, None, 10)?.is_empty());
                assert_eq!(accounts::change(tx, &eve, id, 1, &text("Mine")), Err(AccountError::Unknown));
                accounts::close(tx, &eve, id)
            })
            .await;
        assert_eq!(outcome, Err(AccountError::Unknown));
    }

    async fn roles_without_the_permission_are_stopped(db: TestDb) {
        let world = World::new(&db).await;
        assert!(matches!(add_account(&db, &world.pat, "Acme").await, Err(AccountError::Forbidden(_))));
        let id = add_account(&db, &world.sam, "Acme").await.unwrap().id;
        let sam = world.sam.clone();
        let closing = db.write(move |tx| accounts::close(tx, &sam, id)).await;
        assert!(matches!(closing, Err(AccountError::Forbidden(_))));
    }

    async fn an_account_that_is_not_there_is_unknown(db: TestDb) {
        let world = World::new(&db).await;
        let id: AccountId = "acc_01k0000000000000000000000z".parse().unwrap();
        let ada = world.ada.clone();
        assert_eq!(db.write(move |tx| accounts::close(tx, &ada, id)).await, Err(AccountError::Unknown));
    }

    async fn a_failed_closure_leaves_neither_account_nor_event(db: TestDb) {
        let world = World::new(&db).await;
        let ada = world.ada.clone();
        let failed: Result<(), AccountError> = db
            .write(move |tx| {
                accounts::add(tx, &ada, &text("Half"))?;
                Err(DbError::Contention.into())
            })
            .await;
        assert!(failed.is_err());
        assert!(!kinds(&db).await.contains(&"account.added".to_owned()));
    }
}
