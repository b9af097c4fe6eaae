//! What is put down to another account by a job, and taken up again where that job was given up.

use kit::db::{Db, DbError};
use kit::jobs::Queue;
use kit::{params, sql};
use success::usage::people::shifting;
use tandem_core::accounts::external_ids;
use testkit::on_both;

use crate::folding::{usage, waiting};
use crate::settling::{LEYLA, events, fed, identified, known, named, opened, other, run, settle, shown};
use crate::taking::gate;
use crate::world::{LISTS, World};

/// The jobs that put down what is left failed for good, and nobody looks at them.
async fn given_up(db: &Db) {
    let gone = db.write(|tx| {
        tx.execute(
            sql!("delete from jobs where kind in ('usage.shift', 'usage.spread')"),
            params![],
        )
    });
    gone.await.unwrap();
}

async fn turned(db: &Db) {
    let turn = db.write(|tx| Queue::new(&shifting::Turn {}).put(tx).map(drop));
    turn.await.unwrap();
    run(db).await;
}

on_both! { LISTS;
    async fn a_group_that_was_given_up_is_taken_up_by_the_next_turn(db: TestDb) {
        let world = World::new(&db).await;
        let (gate, other) = (gate(&db, &world).await, other(&db, &world).await);
        let of_group = |who: i32| opened(&format!(r#""userId":"u-{who}","context":{{"groupId":"acme"}}"#));
        fed(&db, &gate, &(0..30).map(of_group).collect::<Vec<_>>()).await;
        let acme = named(&waiting(&db, &world).await, "acme").line.id;
        settle(&db, &world, acme, other).await.unwrap();
        let (ada, account, workspace) = (world.ada.clone(), world.account, world.workspace);
        db.write(move |tx| {
            let called = external_ids::of(tx, &ada, other).unwrap();
            external_ids::remove(tx, &ada, called[0].id).unwrap();
            external_ids::add(tx, &ada, account, success::usage::people::REALM, "acme").unwrap();
            shifting::begin(tx, workspace, acme)
        }).await.unwrap();
        given_up(&db).await;
        run(&db).await;
        let resting = db.read(move |tx| shifting::resting(tx, workspace, account)).await;
        assert_eq!(resting, Ok(Some((0, 1))), "nobody goes on with it");
        turned(&db).await;
        assert_eq!((events(&db, &world, other).await, events(&db, &world, account).await), (0, 30));
        assert_eq!(shown(&db, &world, acme).await.spread, None);
        // Where nothing is left a turn does nothing.
        turned(&db).await;
        assert_eq!(events(&db, &world, account).await, 30);
        let queued = db.read(|tx| tx.one(sql!("select count(*) as jobs from jobs where kind = 'usage.shift'"), params![], |row| row.get::<i64>("jobs")));
        let queued: Result<i64, DbError> = queued.await;
        assert_eq!(queued, Ok(0));
    }

    async fn a_person_of_very_many_ids_who_was_given_up_is_taken_up_too(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let browser = |number: i32| format!(r#""anonymousId":"b-{number}""#);
        let seen: Vec<String> = (0..450).map(|number| opened(&browser(number))).collect();
        let came: Vec<String> = (0..450).map(|number| identified(&format!("{LEYLA},{}", browser(number)))).collect();
        fed(&db, &gate, &seen).await;
        fed(&db, &gate, &came).await;
        run(&db).await;
        known(&db, &world).await;
        given_up(&db).await;
        run(&db).await;
        let (account, workspace) = (world.account, world.workspace);
        let resting = db.read(move |tx| shifting::resting(tx, workspace, account)).await;
        assert!(resting.unwrap().is_some(), "a part of her is not put down");
        turned(&db).await;
        let all = usage(&db, &world.ada, account).await;
        assert_eq!((all.events_30, all.active_30), (450, 1));
    }
}
