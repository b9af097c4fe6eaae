//! What happens between a merge and its end, and what is right after both.

use kit::db::{Db, DbError};
use kit::id::TypedId;
use success::alerts::signals::{self, NewSignal};
use success::alerts::{self, SignalKind};
use tandem_core::accounts::{self, AccountError, AccountId, AccountText, external_ids, merging};
use tandem_core::permissions::Role;
use tandem_core::{ledger, tags, tallies, worth};
use testkit::on_both;

use super::{accounts_of, merged, parted};
use crate::world::{WORLD, World, settle};

on_both! { WORLD;
    async fn what_came_after_the_merge_stays_with_the_survivor(db: TestDb) {
        let world = World::new(&db).await;
        let [kept, gone] = accounts_of(&db, &world, &["Acme", "Acme Ltd"]).await[..] else { panic!("two accounts") };
        merged(&db, world.ours.system(), kept, gone, vec!["name".into()]).await.unwrap();
        let system = world.ours.system();
        db.write(move |tx| {
            tags::put(tx, &system, &accounts::NOUN, kept.into(), "after").unwrap();
            external_ids::add(tx, &system, kept, "crm", "after").unwrap();
            let now = accounts::find(tx, &system, kept)?.unwrap();
            assert_eq!(now.name, "Acme Ltd");
            let text = AccountText { name: "Acme Group".into(), ..AccountText::default() };
            accounts::change(tx, &system, kept, now.version, &text)
        }).await.unwrap();
        parted(&db, world.ours.system(), gone).await.unwrap();
        let system = world.ours.system();
        db.read(move |tx| {
            assert_eq!(accounts::find(tx, &system, kept)?.unwrap().name, "Acme Group");
            assert_eq!(accounts::find(tx, &system, gone)?.unwrap().name, "Acme Ltd");
            assert_eq!(external_ids::of(tx, &system, kept)?.len(), 1);
            assert_eq!(tags::of(tx, system.workspace, &accounts::NOUN, kept.uuid())?.len(), 1);
            Ok::<_, AccountError>(())
        }).await.unwrap();
    }

    async fn what_people_told_goes_with_the_account_and_comes_back(db: TestDb) {
        let world = World::new(&db).await;
        let [kept, gone] = accounts_of(&db, &world, &["Acme", "Acme Ltd"]).await[..] else { panic!("two accounts") };
        let sam = world.ours.agent(Role::SupportAgent).actor(world.ours.workspace.id);
        let new = NewSignal { kind: SignalKind::Risk, words: "They look at another".to_owned(), account: Some(gone), ticket: String::new() };
        let teller = sam.clone();
        let told = db.write(move |tx| {
            let id = tx.new_id();
            signals::tell(tx, &teller, id, &new)
        }).await.unwrap();
        let id = told.alert.id;
        let of = async |account: AccountId| {
            let admin = world.ours.agent(Role::Admin).actor(world.ours.workspace.id);
            db.read(move |tx| {
                let filter = signals::Filter { account: Some(account), ticket: String::new() };
                let signals = signals::list(tx, &admin, &filter, None, 10)?.len();
                let alerts = alerts::of_account(tx, &admin, account).map_or(0, |(_, lines)| lines.iter().filter(|line| line.alert.id == id).count());
                Ok::<_, alerts::AlertError>((signals, alerts))
            }).await.unwrap()
        };
        assert_eq!((of(gone).await, of(kept).await), ((1, 1), (0, 0)));
        merged(&db, world.ours.system(), kept, gone, Vec::new()).await.unwrap();
        assert_eq!((of(gone).await, of(kept).await), ((0, 0), (1, 1)));
        let admin = world.ours.agent(Role::Admin).actor(world.ours.workspace.id);
        let shown = db.read(move |tx| alerts::show(tx, &admin, id)).await.unwrap();
        assert_eq!((shown.line.alert.account, shown.changes.len()), (kept, 1));
        parted(&db, world.ours.system(), gone).await.unwrap();
        assert_eq!((of(gone).await, of(kept).await), ((1, 1), (0, 0)));
    }

    async fn revenue_and_the_tally_are_right_after_both(db: TestDb) {
        let world = World::new(&db).await;
        let numbers = async |db: &Db| {
            settle(db).await;
            let workspace = world.ours.workspace.id;
            db.read(move |tx| {
                let day = "2026-12-01".parse().unwrap();
                Ok::<_, DbError>((ledger::mrr_on(tx, workspace, day)?, tallies::total(tx, workspace, accounts::OPEN_TALLY)?))
            }).await.unwrap()
        };
        let other = accounts_of(&db, &world, &["Northwind Customers"]).await[0];
        let (mrr, open) = numbers(&db).await;
        let ours = world.ours.account.id;
        merged(&db, world.ours.system(), other, ours, Vec::new()).await.unwrap();
        assert_eq!(numbers(&db).await, (mrr.clone(), open - 1));
        let workspace = world.ours.workspace.id;
        let worth = db.read(move |tx| worth::of(tx, workspace, &[other])).await.unwrap();
        assert!(worth[&other].mrr > 0);
        parted(&db, world.ours.system(), ours).await.unwrap();
        assert_eq!(numbers(&db).await, (mrr, open));
    }

    async fn the_first_of_two_merges_waits_for_the_second(db: TestDb) {
        let world = World::new(&db).await;
        let [one, two, three] = accounts_of(&db, &world, &["One", "Two", "Three"]).await[..] else { panic!("three accounts") };
        merged(&db, world.ours.system(), two, one, Vec::new()).await.unwrap();
        merged(&db, world.ours.system(), three, two, Vec::new()).await.unwrap();
        let system = world.ours.system();
        assert_eq!(db.read(move |tx| merging::stands_for(tx, &system, one)).await.unwrap(), Some(three));
        assert_eq!(parted(&db, world.ours.system(), one).await.unwrap_err(), AccountError::MergedOn("Two".into()));
        parted(&db, world.ours.system(), two).await.unwrap();
        parted(&db, world.ours.system(), one).await.unwrap();
        let again = merged(&db, world.ours.system(), one, one, Vec::new()).await;
        assert_eq!(again.unwrap_err(), AccountError::BadMerge);
        let theirs = merged(&db, world.ours.system(), one, world.theirs.account.id, Vec::new()).await;
        assert_eq!(theirs.unwrap_err(), AccountError::BadMerge);
    }
}
