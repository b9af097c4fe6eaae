//! The edges of transactions: attempts, panics, half-read results, abandoned callers, turns, loads beside writes.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use kit::db::catalog::put_off_references;
use kit::db::{Db, DbError, Migration, Tx};
use kit::{params, sql};
use testkit::on_both;

use crate::db::{SCHEMA, add, count};

/// A write that stands in the way of all others until it is let go, so that what comes meanwhile makes one group.
struct Gate {
    open: std::sync::mpsc::Sender<()>,
    blocker: tokio::task::JoinHandle<Result<(), DbError>>,
}

impl Gate {
    async fn shut(db: &Db) -> Self {
        let (open, gate) = std::sync::mpsc::channel::<()>();
        let gate = Mutex::new(gate);
        let (begun, running) = tokio::sync::oneshot::channel();
        let mut begun = Some(begun);
        let db = db.clone();
        let blocker = tokio::spawn(async move {
            db.write(move |_| {
                if let Some(begun) = begun.take() {
                    let _ = begun.send(());
                }
                let _ = gate.lock().unwrap().recv();
                Ok(())
            })
            .await
        });
        running.await.unwrap();
        Self { open, blocker }
    }

    async fn open(self) {
        // A closed gate opens for a closure that runs again, too.
        drop(self.open);
        self.blocker.await.unwrap().unwrap();
    }
}

/// Waits until `wanted` closures wait for the writer.
async fn queued(db: &Db, wanted: usize) {
    while db.waiting_writes() < wanted {
        tokio::task::yield_now().await;
    }
}

fn insert(tx: &mut Tx<'_>, id: i64, name: &str) -> Result<u64, DbError> {
    tx.execute(
        sql!("insert into parents (id, name) values ($1, $2)"),
        params![id, name],
    )
}

fn insert_orphan(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    tx.execute(
        sql!("insert into children (parent_id, id) values (99, 1)"),
        params![],
    )
}

/// Ten thousand rows without a table.
fn count_up(tx: &mut Tx<'_>, mut each: impl FnMut(i64) -> Result<(), DbError>) -> Result<u64, DbError> {
    let steps = sql!(
        "with recursive steps (n) as (select cast(1 as bigint) union all select n + 1 from steps where n < 10000)
         select n from steps"
    );
    tx.each(steps, params![], |row| each(row.get("n")?))
}

on_both! { SCHEMA;
    async fn a_panic_after_the_commit_harms_nobody(db: TestDb) {
        for id in 0..8 {
            let stored = db.write(move |tx| {
                tx.after_commit(|| panic!("a panic on purpose"));
                insert(tx, id, &format!("n{id}"))
            }).await;
            assert_eq!(stored, Ok(1), "it was stored, so it is answered");
        }
        assert_eq!(count(&db).await, 8);
        let read = db.read(|tx| { tx.after_commit(|| panic!("a panic on purpose")); Ok::<_, DbError>(()) }).await;
        assert_eq!(read, Ok(()));
        assert_eq!(count(&db).await, 8);
    }

    async fn an_error_in_the_middle_of_a_result_leaves_the_connection_usable(db: TestDb) {
        for _ in 0..6 {
            let broken = db.write(|tx| {
                insert(tx, 1, "gone")?;
                count_up(tx, |n| if n == 3 { Err(DbError::Overloaded) } else { Ok(()) })
            }).await;
            assert_eq!(broken, Err(DbError::Overloaded));
            let tried = db.write(|tx| {
                let tried = tx.attempt(|tx| count_up(tx, |n| if n == 3 { Err(DbError::Unknown) } else { Ok(()) }));
                assert_eq!(tried, Err(DbError::Unknown));
                count_up(tx, |_| Ok(()))
            }).await;
            assert_eq!(tried, Ok(10_000));
            let broken = db.read(|tx| count_up(tx, |n| if n == 3 { Err(DbError::Overloaded) } else { Ok(()) })).await;
            assert_eq!(broken, Err(DbError::Overloaded));
            assert_eq!(count(&db).await, 0);
        }
    }

    async fn a_panic_in_the_middle_of_a_result_leaves_the_connection_usable(db: TestDb) {
        for _ in 0..6 {
            let panicked = db.write(|tx| { insert(tx, 1, "gone")?; count_up(tx, |n| { assert!(n < 3, "a panic on purpose"); Ok(()) }) }).await;
            assert_eq!(panicked, Err(DbError::Panicked));
            let panicked = db.read(|tx| count_up(tx, |n| { assert!(n < 3, "a panic on purpose"); Ok(()) })).await;
            assert_eq!(panicked, Err(DbError::Panicked));
            assert_eq!(count(&db).await, 0);
        }
    }

    async fn after_a_failed_statement_nothing_more_runs(db: TestDb) {
        add(&db, 1, "Ada").await.unwrap();
        let outcome = db.write(|tx| {
            assert!(insert(tx, 1, "again").is_err());
            assert_eq!(insert(tx, 2, "more"), Err(DbError::Doomed));
            assert_eq!(tx.attempt(|tx| insert(tx, 3, "more")), Err(DbError::Doomed));
            Ok::<_, DbError>(())
        }).await;
        assert!(outcome.unwrap_err().is_unique(&["id"]));
    }

    async fn attempts_nest_and_each_takes_back_only_its_own(db: TestDb) {
        let fired = Arc::new(AtomicUsize::new(0));
        let counted = fired.clone();
        db.write(move |tx| {
            let hook = |counted: &Arc<AtomicUsize>| { let counted = counted.clone(); move || { counted.fetch_add(1, Ordering::SeqCst); } };
            tx.attempt(|tx| {
                insert(tx, 1, "outer")?;
                tx.after_commit(hook(&counted));
                let inner: Result<(), DbError> = tx.attempt(|tx| {
                    insert(tx, 2, "inner")?;
                    tx.after_commit(hook(&counted));
                    tx.attempt(|tx| insert(tx, 3, "innermost"))?;
                    Err(DbError::Overloaded)
                });
                assert_eq!(inner, Err(DbError::Overloaded));
                let empty: Result<(), DbError> = tx.attempt(|_| Err(DbError::Unknown));
                assert_eq!(empty, Err(DbError::Unknown));
                tx.attempt(|_| Ok::<_, DbError>(()))?;
                insert(tx, 4, "after")
            })
        }).await.unwrap();
        let names = db.read(|tx| tx.rows(sql!("select name from parents order by id"), params![], |row| row.get::<String>("name"))).await.unwrap();
        assert_eq!(names, ["outer", "after"]);
        assert_eq!(fired.load(Ordering::SeqCst), 1);
    }

    async fn an_attempt_before_any_statement_is_an_attempt_too(db: TestDb) {
        add(&db, 1, "Ada").await.unwrap();
        db.write(|tx| {
            assert!(tx.attempt(|tx| insert(tx, 1, "again")).is_err());
            insert(tx, 2, "Bo")
        }).await.unwrap();
        let tried = db.read(|tx| {
            let tried: Result<i64, DbError> = tx.attempt(|tx| tx.one(sql!("select name from parents where id = 1"), params![], |row| row.get("name")));
            assert!(tried.is_err());
            tx.one(sql!("select count(*) as n from parents"), params![], |row| row.get::<i64>("n"))
        }).await;
        assert_eq!(tried, Ok(2));
    }

    async fn a_reference_that_failed_costs_the_rest_no_time(db: TestDb) {
        let outcome = db.write(|tx| {
            let orphan = tx.attempt(insert_orphan);
            assert!(matches!(orphan, Err(DbError::ForeignKey { .. })), "{orphan:?}");
            let long = sql!(
                "with recursive steps (n) as (select cast(1 as bigint) union all select n + 1 from steps where n < 1000000)
                 select max(n) as n from steps"
            );
            tx.one(long, params![], |row| row.get::<i64>("n"))
        }).await;
        assert_eq!(outcome, Ok(1_000_000));
    }

    async fn who_has_gone_is_not_served(db: TestDb) {
        let slow = db.again(|config| config.writers = 1);
        let gate = Gate::shut(&slow).await;
        let gone = { let slow = slow.clone(); tokio::spawn(async move { add(&slow, 1, "gone").await }) };
        let here = { let slow = slow.clone(); tokio::spawn(async move { add(&slow, 2, "here").await }) };
        queued(&slow, 2).await;
        gone.abort();
        assert!(gone.await.unwrap_err().is_cancelled());
        gate.open().await;
        here.await.unwrap().unwrap();
        assert_eq!(count(&db).await, 1);
        slow.close().await;
    }

    async fn a_commit_that_fails_for_one_is_good_for_the_others(db: TestDb) {
        let slow = db.again(|config| config.writers = 1);
        let gate = Gate::shut(&slow).await;
        let before = { let slow = slow.clone(); tokio::spawn(async move { add(&slow, 1, "before").await }) };
        queued(&slow, 1).await;
        let broken = { let slow = slow.clone(); tokio::spawn(async move {
            slow.write(|tx| { put_off_references(tx)?; insert(tx, 2, "never there")?; insert_orphan(tx) }).await
        }) };
        queued(&slow, 2).await;
        let misled = { let slow = slow.clone(); tokio::spawn(async move { add(&slow, 2, "taken?").await }) };
        queued(&slow, 3).await;
        let orphan = { let slow = slow.clone(); tokio::spawn(async move { slow.write(insert_orphan).await }) };
        queued(&slow, 4).await;
        gate.open().await;
        assert_eq!(before.await.unwrap(), Ok(1));
        let broken = broken.await.unwrap();
        assert!(matches!(&broken, Err(DbError::ForeignKey { table, .. }) if table == "children"), "{broken:?}");
        assert_eq!(misled.await.unwrap(), Ok(1), "the row that stood in the way was never stored");
        let orphan = orphan.await.unwrap();
        assert!(matches!(orphan, Err(DbError::ForeignKey { .. })), "{orphan:?}");
        assert_eq!(count(&db).await, 2);
        slow.close().await;
    }

    async fn statements_without_end_are_stopped_even_when_each_is_short(db: TestDb) {
        let hasty = db.again(|config| config.limit = Duration::from_millis(60));
        let endless = |tx: &mut Tx<'_>| -> Result<(), DbError> {
            loop {
                tx.one(sql!("select count(*) as n from parents"), params![], |row| row.get::<i64>("n"))?;
            }
        };
        for _ in 0..2 {
            let stopped = hasty.read(endless).await;
            assert!(matches!(stopped, Err(DbError::Timeout { .. })), "{stopped:?}");
            let stopped = hasty.write(endless).await;
            assert!(matches!(stopped, Err(DbError::Timeout { .. })), "{stopped:?}");
        }
        add(&hasty, 1, "still here").await.unwrap();
        hasty.close().await;
    }

    async fn lists_may_be_empty_and_hold_no_nul(db: TestDb) {
        add(&db, 1, "Ada").await.unwrap();
        let find = sql! {
            kind: "list of values",
            lite: "select id from parents where name in rarray($1)",
            pg: "select id from parents where name = any($1)",
        };
        let with = |names: Vec<String>| db.read(move |tx| tx.rows(find, params![names[..]], |row| row.get::<i64>("id")));
        assert_eq!(with(Vec::new()).await, Ok(Vec::new()));
        assert_eq!(with(vec!["Bo".into(), "Ada".into()]).await, Ok(vec![1]));
        assert!(matches!(with(vec!["A\0".into()]).await, Err(DbError::Internal { .. })));
    }

    async fn a_whole_number_reads_as_a_double_too(db: TestDb) {
        add(&db, 1, "Ada").await.unwrap();
        let weight = db.read(|tx| tx.one(sql!("select coalesce(weight, 0) as weight from parents"), params![], |row| row.get::<f64>("weight"))).await;
        assert_eq!(weight, Ok(0.0));
    }

    async fn one_turn_that_is_long_stops_no_other_write(db: TestDb) {
        if !db.is_postgres() {
            return; // SQLite's writes all take turns.
        }
        let (open, gate) = std::sync::mpsc::channel::<()>();
        let gate = Mutex::new(gate);
        let (begun, running) = tokio::sync::oneshot::channel();
        let mut begun = Some(begun);
        let holder = { let db = db.db.clone(); tokio::spawn(async move {
            db.write_in_turn("the counter", move |tx| {
                insert(tx, 1, "holder")?;
                if let Some(begun) = begun.take() { let _ = begun.send(()); }
                let _ = gate.lock().unwrap().recv();
                Ok::<_, DbError>(())
            }).await
        }) };
        running.await.unwrap();
        let crowd: Vec<_> = (10..20).map(|id| { let db = db.db.clone(); tokio::spawn(async move {
            db.write_in_turn("the counter", move |tx| insert(tx, id, &format!("n{id}"))).await
        }) }).collect();
        assert_eq!(add(&db, 2, "another").await, Ok(1));
        assert!(crowd.iter().all(|one| !one.is_finished()));
        open.send(()).unwrap();
        holder.await.unwrap().unwrap();
        for one in crowd {
            assert_eq!(one.await.unwrap(), Ok(1));
        }
    }

    async fn a_turn_is_handed_on_after_a_failed_commit(db: TestDb) {
        let other = db.again(|_| {});
        for round in 0..3 {
            let failed = db.write_in_turn("turn", |tx| { put_off_references(tx)?; insert_orphan(tx) }).await;
            assert!(matches!(failed, Err(DbError::ForeignKey { .. })), "{failed:?}");
            let panicked: Result<(), DbError> = db.write_in_turn("turn", |tx| { insert(tx, 50, "x")?; panic!("on purpose") }).await;
            assert_eq!(panicked, Err(DbError::Panicked));
            let next = if db.is_postgres() { &other } else { &db.db };
            assert_eq!(next.write_in_turn("turn", move |tx| insert(tx, round, &format!("n{round}"))).await, Ok(1));
        }
        other.close().await;
    }

    async fn a_table_that_others_refer_to_can_be_built_anew(db: TestDb) {
        add(&db, 1, "Ada").await.unwrap();
        db.write(|tx| tx.execute(sql!("insert into children (parent_id, id) values (1, 1)"), params![])).await.unwrap();
        db.migrate(REBUILT).await.unwrap();
        let orphan = db.write(insert_orphan).await;
        assert!(matches!(orphan, Err(DbError::ForeignKey { .. })), "{orphan:?}");
        assert_eq!(count(&db).await, 1);
        let lost = db.migrate(LOST).await;
        assert!(matches!(lost, Err(DbError::Schema(_))), "{lost:?}");
        assert_eq!(count(&db).await, 1);
        assert!(db.write(insert_orphan).await.is_err(), "references are looked at again");
    }

    async fn statements_survive_a_change_of_the_schema(db: TestDb) {
        add(&db, 1, "Ada").await.unwrap();
        let other = db.again(|config| { config.readers = 1; config.writers = 1; });
        let find = sql!("select id, nick from parents order by id");
        let first = db.migrate(NICKNAMES).await.unwrap();
        assert_eq!(first.len(), 1);
        let nick = move |tx: &mut Tx<'_>| tx.one(find, params![], |row| row.get::<Option<String>>("nick"));
        let number = move |tx: &mut Tx<'_>| tx.one(find, params![], |row| row.get::<Option<i64>>("nick"));
        for _ in 0..2 {
            assert_eq!(other.read(nick).await, Ok(None));
            assert_eq!(other.write(nick).await, Ok(None));
        }
        db.migrate(NICK_NUMBERS).await.unwrap();
        assert_eq!(other.read(number).await, Ok(None));
        assert_eq!(other.write(number).await, Ok(None));
        other.close().await;
    }
}

const REBUILT: &[&[Migration]] = &[
    SCHEMA[0],
    &[Migration::twin(
        "test_0002_rebuilt",
        "create table parents_new (id integer not null primary key, name text not null, weight real) strict;
         insert into parents_new (id, name, weight) select id, name, weight from parents;
         drop table parents;
         alter table parents_new rename to parents;",
        "alter table parents drop column face;",
    )],
];

const LOST: &[&[Migration]] = &[
    REBUILT[0],
    REBUILT[1],
    &[Migration::twin(
        "test_0003_lost",
        "create table parents_new (id integer not null primary key, name text not null, weight real) strict;
         drop table parents;
         alter table parents_new rename to parents;",
        "delete from parents;",
    )],
];

const NICKNAMES: &[&[Migration]] = &[
    SCHEMA[0],
    &[Migration::new(
        "test_0002_nicknames",
        "alter table parents add column nick text;",
    )],
];

const NICK_NUMBERS: &[&[Migration]] = &[
    NICKNAMES[0],
    NICKNAMES[1],
    &[Migration::new(
        "test_0003_nick_numbers",
        "alter table parents drop column nick;\nalter table parents add column nick bigint;",
    )],
];
