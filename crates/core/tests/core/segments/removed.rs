//! Segments that are removed and come back.

use tandem_core::segments::{self, Subject, Test};
use tandem_core::tags;
use testkit::on_both;

use super::{add, all_of, ask, find, members, open_ones, settle, shared, tag, wired};
use crate::world::{LISTS, World, add_account};

on_both! { LISTS;
    async fn removed_ones_hold_nobody_and_come_back(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let one = add_account(&db, &world.ada, "One").await.unwrap().id;
        let segment = add(&db, &world.ada, shared(open_ones())).await.unwrap();
        for _ in 0..2 {
            let (ada, id) = (world.ada.clone(), segment.id);
            db.write(move |tx| segments::remove(tx, &ada, id)).await.unwrap();
            settle(&db).await;
        }
        let gone = find(&db, &world.ada, segment.id).await.unwrap();
        assert_eq!((gone.members, gone.version), (0, 2));
        let workspace = world.workspace.id;
        assert!(!db.read(move |tx| segments::contains(tx, workspace, segment.id, one)).await.unwrap());
        let two = add_account(&db, &world.ada, "Two").await.unwrap().id;
        settle(&db).await;
        for _ in 0..2 {
            let (ada, id) = (world.ada.clone(), segment.id);
            db.write(move |tx| segments::restore(tx, &ada, id)).await.unwrap();
            settle(&db).await;
        }
        assert_eq!(members(&db, &world.ada, segment.id).await, [one, two]);
        assert!(db.read(move |tx| segments::contains(tx, workspace, segment.id, one)).await.unwrap());
        assert_eq!(db.read(move |tx| segments::choices(tx, workspace)).await.unwrap(), [(segment.id, "A segment".to_owned())]);
    }

    async fn a_removed_one_follows_a_tag_too_and_is_counted_when_it_comes_back(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let one = add_account(&db, &world.ada, "One").await.unwrap().id;
        let old = tag(&db, &world.ada, one, "vip").await.id;
        let asks = all_of(vec![ask(Subject::Tag, Test::OneOf(vec![old.to_string()]))]);
        let tagged = add(&db, &world.ada, shared(asks)).await.unwrap();
        let (ada, id) = (world.ada.clone(), tagged.id);
        db.write(move |tx| segments::remove(tx, &ada, id)).await.unwrap();
        settle(&db).await;
        let two = add_account(&db, &world.ada, "Two").await.unwrap().id;
        let new = tag(&db, &world.ada, two, "key account").await.id;
        let ada = world.ada.clone();
        db.write(move |tx| tags::merge(tx, &ada, old, new)).await.unwrap();
        settle(&db).await;
        assert_eq!(find(&db, &world.ada, id).await.unwrap().members, 0);
        let ada = world.ada.clone();
        db.write(move |tx| segments::restore(tx, &ada, id)).await.unwrap();
        settle(&db).await;
        assert_eq!(members(&db, &world.ada, id).await, [one, two]);
    }
}
