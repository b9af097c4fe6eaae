//! What is asked for or in it, merged into something else.

use tandem_core::accounts::merging;
use tandem_core::segments::{Subject, Test};
use tandem_core::tags;
use testkit::on_both;

use super::{add, all_of, ask, members, settle, shared, tag, wired};
use crate::world::{LISTS, World, add_account};

on_both! { LISTS;
    async fn the_survivor_of_a_merge_is_looked_at_anew(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let one = add_account(&db, &world.ada, "One").await.unwrap().id;
        let two = add_account(&db, &world.ada, "Two").await.unwrap().id;
        let vip = tag(&db, &world.ada, two, "vip").await.id.to_string();
        let tagged = add(&db, &world.ada, shared(all_of(vec![ask(Subject::Tag, Test::OneOf(vec![vip]))]))).await.unwrap();
        assert_eq!(members(&db, &world.ada, tagged.id).await, [two]);
        let ada = world.ada.clone();
        db.write(move |tx| merging::merge(tx, &ada, one, two, &[])).await.unwrap();
        settle(&db).await;
        assert_eq!(members(&db, &world.ada, tagged.id).await, [one], "it has the tag now");
        let ada = world.ada.clone();
        db.write(move |tx| merging::unmerge(tx, &ada, two)).await.unwrap();
        settle(&db).await;
        assert_eq!(members(&db, &world.ada, tagged.id).await, [two]);
    }

    async fn a_tag_that_becomes_another_is_followed(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let one = add_account(&db, &world.ada, "One").await.unwrap().id;
        let two = add_account(&db, &world.ada, "Two").await.unwrap().id;
        let old = tag(&db, &world.ada, one, "vip").await.id;
        let new = tag(&db, &world.ada, two, "key account").await.id;
        let tagged = add(&db, &world.ada, shared(all_of(vec![ask(Subject::Tag, Test::OneOf(vec![old.to_string()]))]))).await.unwrap();
        let ada = world.ada.clone();
        db.write(move |tx| tags::merge(tx, &ada, old, new)).await.unwrap();
        settle(&db).await;
        assert_eq!(members(&db, &world.ada, tagged.id).await, [one, two]);
    }
}
