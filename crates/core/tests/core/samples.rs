//! Samples: they come with a past and go without a trace.

use kit::db::{Db, DbError};
use kit::jobs::{Jobs, Options};
use tandem_core::accounts;
use tandem_core::actor::Actor;
use tandem_core::events;
use tandem_core::samples::{self, SampleError, WANTED};
use tandem_core::tallies;
use testkit::on_both;

use crate::world::{LISTS, World, add_account};

async fn work(db: &Db) {
    let mut jobs = Jobs::new();
    jobs.errand(Options::new(), samples::jobs::add);
    jobs.reaction(Options::new(), accounts::jobs::tally);
    while kit::jobs::run_due(db, &jobs).await.unwrap() > 0 {}
}

async fn names(db: &Db, actor: &Actor) -> Vec<accounts::Account> {
    let actor = actor.clone();
    db.read(move |tx| accounts::list(tx, &actor, None, 500))
        .await
        .unwrap()
}

on_both! { LISTS;
    async fn samples_come_with_a_past_and_leave_nothing_behind(db: TestDb) {
        let world = World::new(&db).await;
        let own = add_account(&db, &world.ada, "Ours").await.unwrap();
        let (ada, again) = (world.ada.clone(), world.ada.clone());
        db.write(move |tx| samples::load(tx, &ada)).await.unwrap();
        db.write(move |tx| samples::load(tx, &again)).await.unwrap();
        work(&db).await;
        let all = names(&db, &world.ada).await;
        assert_eq!(all.len() as i64, WANTED + 1);
        assert!(all.iter().filter(|one| one.id != own.id).all(|one| one.created_at < own.created_at));
        assert!(all.iter().any(|one| !one.is_open()) && all.iter().any(|one| one.version > 1));
        let (ada, sample) = (world.ada.clone(), all.iter().find(|one| one.id != own.id).unwrap().id);
        db.write(move |tx| samples::remove(tx, &ada)).await.unwrap();
        work(&db).await;
        assert_eq!(names(&db, &world.ada).await, [own]);
        let id = world.workspace.id;
        let (load, past, open) = db.read(move |tx| {
            let past = events::about(tx, id, sample, 10)?;
            Ok::<_, DbError>((samples::find(tx, id)?, past, tallies::total(tx, id, accounts::OPEN_TALLY)?))
        }).await.unwrap();
        assert_eq!((load, past.len()), (None, 0));
        assert!(open <= 1, "{open} accounts are counted");
    }

    async fn what_happens_after_the_newest_was_forgotten_is_missed_by_nobody(db: TestDb) {
        let world = World::new(&db).await;
        let (ada, again) = (world.ada.clone(), world.ada.clone());
        db.write(move |tx| samples::load(tx, &ada)).await.unwrap();
        work(&db).await;
        events::give_positions(&db).await.unwrap();
        let seen = db.read(events::newest_position).await.unwrap();
        db.write(move |tx| samples::remove(tx, &again)).await.unwrap();
        work(&db).await;
        let own = add_account(&db, &world.ada, "Ours").await.unwrap();
        events::give_positions(&db).await.unwrap();
        assert!(db.read(events::newest_position).await.unwrap() > seen);
        let told = db.read(move |tx| events::after(tx, seen, 1_000)).await.unwrap();
        assert!(told.iter().any(|event| event.subject == own.id.to_string()), "{told:?}");
    }

    async fn removing_while_samples_come_stops_them(db: TestDb) {
        let world = World::new(&db).await;
        let (load, remove) = (world.ada.clone(), world.ada.clone());
        db.write(move |tx| samples::load(tx, &load)).await.unwrap();
        db.write(move |tx| samples::remove(tx, &remove)).await.unwrap();
        work(&db).await;
        assert!(names(&db, &world.ada).await.is_empty());
    }

    async fn only_who_manages_the_workspace_may_ask(db: TestDb) {
        let world = World::new(&db).await;
        let sam = world.sam.clone();
        let refused = db.write(move |tx| samples::load(tx, &sam)).await.unwrap_err();
        assert!(matches!(refused, SampleError::Forbidden(_)));
    }
}
