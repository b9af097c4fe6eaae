//! Events: recorded with their cause, numbered without gaps for readers, kept apart by workspace.

use std::sync::Arc;

use kit::db::DbError;
use serde_json::json;
use tandem_core::accounts::{self, AccountId};
use tandem_core::events::{self, Listener, NewEvent, Position, Wiring};
use tandem_core::tallies;
use testkit::on_both;

use crate::world::{LISTS, World, add_account, text};

on_both! { LISTS;
    async fn positions_grow_without_gaps_however_many_write_at_once(db: TestDb) {
        let world = World::new(&db).await;
        let names: Vec<_> = (0..40).map(|number| format!("Account {number}")).collect();
        let adding = names.iter().map(|name| add_account(&db, &world.ada, name));
        assert!(futures::future::join_all(adding).await.into_iter().all(|added| added.is_ok()));
        events::give_positions(&db).await.unwrap();
        let all = db.read(|tx| events::after(tx, Position(0), 1_000)).await.unwrap();
        let positions: Vec<_> = all.iter().map(|event| event.position.unwrap().0).collect();
        assert_eq!(positions, (1..=i64::try_from(all.len()).unwrap()).collect::<Vec<_>>());
        let newest = db.read(events::newest_position).await.unwrap();
        assert_eq!(newest.0, *positions.last().unwrap());
    }

    async fn a_workspace_feeds_on_its_own_events_only(db: TestDb) {
        let world = World::new(&db).await;
        add_account(&db, &world.ada, "Acme").await.unwrap();
        add_account(&db, &world.eve, "Hers").await.unwrap();
        events::give_positions(&db).await.unwrap();
        let workspace = world.workspace.id;
        let feed = db.read(move |tx| events::feed(tx, workspace, Position(0), 100)).await.unwrap();
        assert!(feed.iter().all(|event| event.workspace == workspace));
        let account = feed.iter().find(|event| event.kind == "account.added").unwrap();
        assert_eq!(account.payload["name"], "Acme");
        assert_eq!(account.topics, [account.subject.clone(), accounts::LIST.to_owned()]);
        assert_eq!(account.actor, world.ada.signature());
    }

    async fn listeners_act_in_the_transaction_of_the_event(db: TestDb) {
        let world = World::new(&db).await;
        let count = Listener::new("count", |tx, event| tallies::add(tx, event.workspace, "seen", 1));
        db.attach(Arc::new(Wiring::default().on(&accounts::ADDED, &[count])));
        add_account(&db, &world.ada, "Acme").await.unwrap();
        let ada = world.ada.clone();
        let taken_back: Result<(), accounts::AccountError> = db
            .write(move |tx| {
                accounts::add(tx, &ada, &text("Half"))?;
                Err(DbError::Contention.into())
            })
            .await;
        assert!(taken_back.is_err());
        let workspace = world.workspace.id;
        assert_eq!(db.read(move |tx| tallies::total(tx, workspace, "seen")).await.unwrap(), 1);
    }

    async fn what_happens_to_many_at_once_is_told_at_once_and_in_order(db: TestDb) {
        let world = World::new(&db).await;
        let told = Listener::of_many("told", |tx, events| {
            tallies::add(tx, events[0].workspace, "calls", 1)?;
            tallies::add(tx, events[0].workspace, "told", events.len() as i64)
        });
        let each = Listener::new("each", |tx, event| tallies::add(tx, event.workspace, "each", 1));
        db.attach(Arc::new(Wiring::default().on(&accounts::REOPENED, &[told, each])));
        let ada = world.ada.clone();
        let ids = db.write(move |tx| {
            let ids: Vec<AccountId> = (0..700).map(|_| tx.new_id()).collect();
            let new = |id: &AccountId| NewEvent::of(&accounts::REOPENED, *id).topic(accounts::LIST).payload(json!({ "n": 1 }));
            events::record_all(tx, &ada, ids.iter().map(new).collect())?;
            events::record_all(tx, &ada, Vec::new())?;
            Ok::<_, DbError>(ids)
        }).await.unwrap();
        events::give_positions(&db).await.unwrap();
        let all = db.read(|tx| events::after(tx, Position(0), 1_000)).await.unwrap();
        let positions: Vec<i64> = all.iter().map(|event| event.position.unwrap().0).collect();
        assert_eq!(positions, (1..=i64::try_from(all.len()).unwrap()).collect::<Vec<_>>());
        let reopened: Vec<_> = all.into_iter().filter(|event| event.kind == "account.reopened").collect();
        assert_eq!(events::subjects::<AccountId>(&reopened), ids);
        assert!(reopened.iter().map(|event| &event.subject).eq(&ids.iter().map(ToString::to_string).collect::<Vec<_>>()));
        assert_eq!((reopened[0].payload["n"].as_i64(), reopened[0].actor.clone()), (Some(1), world.ada.signature()));
        let workspace = world.workspace.id;
        for (tally, count) in [("calls", 1), ("told", 700), ("each", 700)] {
            assert_eq!(db.read(move |tx| tallies::total(tx, workspace, tally)).await.unwrap(), count, "{tally}");
        }
    }

    async fn the_history_of_a_subject_is_newest_first(db: TestDb) {
        let world = World::new(&db).await;
        let id = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let ada = world.ada.clone();
        db.clock.advance(std::time::Duration::from_secs(5));
        db.write(move |tx| accounts::close(tx, &ada, id)).await.unwrap();
        let workspace = world.workspace.id;
        let history = db.read(move |tx| events::about(tx, workspace, id, 10)).await.unwrap();
        assert_eq!(history.iter().map(|event| event.kind.as_str()).collect::<Vec<_>>(), ["account.closed", "account.added"]);
    }
}
