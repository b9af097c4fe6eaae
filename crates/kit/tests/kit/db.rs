//! Transactions: what is stored, what is taken back, and how errors are named, alike on both databases.

use std::time::Duration;

use kit::db::{Db, DbError, Migration, ToParam, Value};
use kit::{params, sql};
use testkit::on_both;

/// A small schema of parents and children.
pub(crate) const SCHEMA: &[&[Migration]] = &[&[Migration::new(
    "test_0001_family",
    "create table parents (
  id bigint not null,
  name text not null,
  is_kind boolean not null default false,
  weight double precision,
  face bytea,
  primary key (id),
  constraint parents_name_not_empty check (name <> '')
);
create unique index parents_by_name on parents (name);
create table children (
  parent_id bigint not null,
  id bigint not null,
  primary key (parent_id, id),
  foreign key (parent_id) references parents (id)
);",
)]];

pub(crate) async fn add(db: &Db, id: i64, name: &str) -> Result<u64, DbError> {
    let name = name.to_owned();
    db.write(move |tx| {
        tx.execute(
            sql!("insert into parents (id, name) values ($1, $2)"),
            params![id, name],
        )
    })
    .await
}

pub(crate) async fn count(db: &Db) -> i64 {
    db.read(|tx| {
        tx.one(sql!("select count(*) as n from parents"), params![], |row| {
            row.get("n")
        })
    })
    .await
    .unwrap()
}

on_both! { SCHEMA;
    async fn every_type_comes_back_as_it_went(db: TestDb) {
        db.write(|tx| {
            tx.execute(
                sql!("insert into parents (id, name, is_kind, weight, face) values ($1, $2, $3, $4, $5)"),
                params![7_i64, "Ąžuolas ə 🦫".to_owned(), true, 0.1_f64, vec![0_u8, 255, 3]],
            )
        })
        .await
        .unwrap();
        let (name, is_kind, weight, face) = db
            .read(|tx| {
                let find = sql!("select name, is_kind, weight, face from parents where id = $1");
                tx.one(find, params![7_i64], |row| {
                    Ok((
                        row.get::<String>("name")?,
                        row.get::<bool>("is_kind")?,
                        row.get::<Option<f64>>("weight")?,
                        row.get::<Option<Vec<u8>>>("face")?,
                    ))
                })
            })
            .await
            .unwrap();
        assert_eq!((name.as_str(), is_kind, weight, face), ("Ąžuolas ə 🦫", true, Some(0.1), Some(vec![0, 255, 3])));
    }

    async fn columns_are_found_by_name_in_any_order_and_a_wrong_one_is_named(db: TestDb) {
        add(&db, 1, "Ada").await.unwrap();
        let find = sql!("select id, name from parents where id = $1");
        let pair = db
            .read(move |tx| tx.one(find, params![1_i64], |row| Ok((row.get::<String>("name")?, row.get::<i64>("id")?))))
            .await
            .unwrap();
        assert_eq!(pair, ("Ada".to_owned(), 1));
        let wrong: Result<i64, DbError> = db.read(move |tx| tx.one(find, params![1_i64], |row| row.get("name"))).await;
        assert!(matches!(&wrong, Err(DbError::Column { column, problem, .. }) if column == "name" && problem == "expected an integer, found text"), "{wrong:?}");
        let none: Result<i64, DbError> = db.read(move |tx| tx.one(find, params![2_i64], |row| row.get("id"))).await;
        assert!(matches!(none, Err(DbError::NoRow { .. })));
    }

    async fn an_error_takes_back_the_whole_closure_and_only_it(db: TestDb) {
        let failed = db
            .write(|tx| {
                tx.execute(sql!("insert into parents (id, name) values (1, 'lost')"), params![])?;
                Err::<(), DbError>(DbError::Contention)
            });
        let kept = add(&db, 2, "kept");
        let (failed, kept) = tokio::join!(failed, kept);
        assert!(failed.is_err() && kept.is_ok());
        assert_eq!(count(&db).await, 1);
    }

    async fn a_panic_takes_back_that_closure_alone_and_the_thread_lives_on(db: TestDb) {
        let around = futures::future::join_all((0..40).map(|id| {
            let db = db.db.clone();
            async move {
                db.write(move |tx| {
                    tx.execute(sql!("insert into parents (id, name) values ($1, $2)"), params![id as i64, format!("n{id}")])?;
                    assert!(id % 4 != 0, "a panic on purpose");
                    Ok::<_, DbError>(())
                })
                .await
            }
        }))
        .await;
        assert_eq!(around.iter().filter(|result| **result == Err(DbError::Panicked)).count(), 10);
        assert_eq!(around.iter().filter(|result| result.is_ok()).count(), 30);
        assert_eq!(count(&db).await, 30);
    }

    async fn a_swallowed_error_can_not_be_committed(db: TestDb) {
        add(&db, 1, "Ada").await.unwrap();
        let outcome: Result<(), DbError> = db
            .write(|tx| {
                tx.execute(sql!("insert into parents (id, name) values (2, 'half')"), params![])?;
                let _ = tx.execute(sql!("insert into parents (id, name) values (1, 'again')"), params![]);
                Ok(())
            })
            .await;
        assert!(outcome.unwrap_err().is_unique(&["id"]));
        assert_eq!(count(&db).await, 1);
    }

    async fn an_attempt_that_fails_leaves_the_rest_of_the_transaction_whole(db: TestDb) {
        add(&db, 1, "Ada").await.unwrap();
        db.write(|tx| {
            for id in [1_i64, 2, 3] {
                let tried = tx.attempt(|tx| {
                    tx.execute(sql!("insert into parents (id, name) values ($1, $2)"), params![id + 10, format!("before {id}")])?;
                    tx.execute(sql!("insert into parents (id, name) values ($1, $2)"), params![id, format!("number {id}")])
                });
                assert_eq!(tried.is_err(), id == 1);
            }
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
        assert_eq!(count(&db).await, 5);
    }

    async fn broken_constraints_are_named_by_their_columns(db: TestDb) {
        add(&db, 1, "Ada").await.unwrap();
        assert_eq!(add(&db, 2, "Ada").await.unwrap_err(), DbError::Unique { table: "parents".into(), columns: vec!["name".into()] });
        assert!(matches!(add(&db, 3, "").await.unwrap_err(), DbError::Check { name, .. } if name == "parents_name_not_empty"));
        let orphan = db.write(|tx| tx.execute(sql!("insert into children (parent_id, id) values (9, 1)"), params![])).await;
        assert_eq!(orphan.unwrap_err(), DbError::ForeignKey { table: "children".into(), columns: vec!["parent_id".into()] });
        let nameless = db.write(|tx| tx.execute(sql!("insert into parents (id, name) values (4, null)"), params![])).await;
        assert_eq!(nameless.unwrap_err(), DbError::NotNull { table: "parents".into(), column: "name".into() });
        db.write(|tx| tx.execute(sql!("insert into children (parent_id, id) values (1, 1)"), params![])).await.unwrap();
        let bereft = db.write(|tx| tx.execute(sql!("delete from parents where id = 1"), params![])).await;
        assert_eq!(bereft.unwrap_err(), DbError::ForeignKey { table: "children".into(), columns: vec!["id".into()] });
        let pair = db.write(|tx| tx.execute(sql!("insert into children (parent_id, id) values (1, 1)"), params![])).await;
        assert!(pair.unwrap_err().is_unique(&["parent_id", "id"]));
        assert_eq!(count(&db).await, 1);
    }

    async fn a_text_with_nul_is_refused_and_nothing_else_is(db: TestDb) {
        assert!(matches!(add(&db, 1, "a\0b").await, Err(DbError::Internal { .. })));
        assert!(add(&db, 1, "a\u{1}b").await.is_ok());
    }

    async fn lists_of_values_find_what_is_in_them(db: TestDb) {
        for id in 1..6 {
            add(&db, id, &format!("n{id}")).await.unwrap();
        }
        let found = db
            .read(|tx| {
                let find = sql! {
                    kind: "list of values",
                    lite: "select name from parents where id in rarray($1) order by id",
                    pg: "select name from parents where id = any($1) order by id",
                };
                tx.rows(find, params![[2_i64, 5, 99][..]], |row| row.get::<String>("name"))
            })
            .await
            .unwrap();
        assert_eq!(found, ["n2", "n5"]);
    }

    async fn many_rows_go_through_one_statement(db: TestDb) {
        let insert = sql! {
            kind: "bulk load",
            lite: "insert into parents (id, name, is_kind, weight) values ($1, $2, $3, $4)",
            pg: "insert into parents (id, name, is_kind, weight)
                 select r.id, r.name, $3, r.weight
                 from unnest($1::bigint[], $2::text[], $4::double precision[]) as r (id, name, weight)",
        };
        let load = async |rows: Vec<(i64, String, Option<f64>)>| {
            db.write(move |tx| {
                tx.execute_many(insert, params![
                    Value::list(&rows, |row| row.0.to_param()),
                    Value::list(&rows, |row| row.1.to_param()),
                    true,
                    Value::list(&rows, |row| row.2.to_param())
                ])
            }).await
        };
        let rows = |ids: std::ops::Range<i64>| ids.map(|id| (id, format!("n{id}"), (id % 2 == 0).then_some(0.5))).collect();
        assert_eq!(load(rows(1..101)).await, Ok(100));
        assert_eq!(load(Vec::new()).await, Ok(0));
        assert_eq!(count(&db).await, 100);
        // One that does not fit takes all with it.
        let refused = load(rows(99..103)).await.unwrap_err();
        assert!(matches!(refused, DbError::Unique { ref table, .. } if table == "parents"), "{refused}");
        assert_eq!(count(&db).await, 100);
        let heavy = db.read(|tx| {
            tx.one(sql!("select count(*) as n from parents where is_kind and weight is null"), params![], |row| row.get::<i64>("n"))
        }).await;
        assert_eq!(heavy, Ok(50));
        let uneven = db.write(move |tx| {
            let (ids, names) = ([1_i64, 2], ["a".to_owned()]);
            tx.execute_many(insert, params![ids[..], names[..], true, [0.5_f64][..]])
        }).await;
        assert!(uneven.is_err());
    }

    async fn what_follows_a_commit_does_not_follow_a_failure(db: TestDb) {
        let (sent, mut got) = tokio::sync::mpsc::unbounded_channel();
        for should_fail in [true, false] {
            let sent = sent.clone();
            let _ = db
                .write(move |tx| {
                    let sent = sent.clone();
                    tx.after_commit(move || sent.send(should_fail).unwrap());
                    if should_fail { Err(DbError::Contention) } else { Ok(()) }
                })
                .await;
        }
        assert!(!got.recv().await.unwrap());
        assert!(got.try_recv().is_err());
    }

    async fn reads_can_not_write(db: TestDb) {
        let tried = db.read(|tx| tx.execute(sql!("insert into parents (id, name) values (1, 'x')"), params![])).await;
        assert_eq!(tried.unwrap_err(), DbError::ReadOnly);
        let tried = db.report(|tx| tx.execute(sql!("delete from parents where id = 1"), params![])).await;
        assert_eq!(tried.unwrap_err(), DbError::ReadOnly);
    }

    async fn two_writers_of_one_row_never_lose_a_change(db: TestDb) {
        add(&db, 1, "counter").await.unwrap();
        let other = db.again(|_| {});
        let turns = (0..60).map(|turn| {
            let db = if turn % 2 == 0 { db.db.clone() } else { other.clone() };
            async move {
                db.write(|tx| {
                    let weight = tx.one(sql!("select weight from parents where id = 1"), params![], |row| row.get::<Option<f64>>("weight"))?;
                    tx.execute(sql!("update parents set weight = $1 where id = 1"), params![weight.unwrap_or(0.0) + 1.0])
                })
                .await
            }
        });
        // Two files handles on one SQLite file are two processes' worth of writers: they wait for each other by time.
        let done = if db.is_postgres() { futures::future::join_all(turns).await } else { sequential(turns).await };
        let kept = done.iter().filter(|result| result.is_ok()).count();
        let weight = db.read(|tx| tx.one(sql!("select weight from parents where id = 1"), params![], |row| row.get::<f64>("weight"))).await.unwrap();
        assert_eq!(weight as usize, kept);
        assert!(kept > 0);
        other.close().await;
    }

    async fn writes_in_turn_need_no_second_run(db: TestDb) {
        add(&db, 1, "counter").await.unwrap();
        let runs = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let all = (0..80).map(|_| {
            let runs = runs.clone();
            db.write_in_turn("the counter", move |tx| {
                runs.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                tx.execute(sql!("update parents set weight = coalesce(weight, 0) + 1 where id = 1"), params![])
            })
        });
        assert!(futures::future::join_all(all).await.into_iter().all(|result| result.is_ok()));
        assert_eq!(runs.load(std::sync::atomic::Ordering::SeqCst), 80);
    }

    async fn committed_writes_of_one_row_run_once_each_and_count_exactly(db: TestDb) {
        add(&db, 1, "counter").await.unwrap();
        let runs = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let all = (0..80).map(|turn| {
            let (db, runs) = (db.db.clone(), runs.clone());
            let add_one = move |tx: &mut kit::db::Tx<'_>| {
                runs.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                tx.execute(sql!("update parents set weight = coalesce(weight, 0) + 1 where id = 1"), params![])
            };
            async move {
                if turn % 2 == 0 { db.write_committed(add_one).await } else { db.write_committed_in_turn("the counter", add_one).await }
            }
        });
        assert!(futures::future::join_all(all).await.into_iter().all(|result| result.is_ok()));
        assert_eq!(runs.load(std::sync::atomic::Ordering::SeqCst), 80);
        let weight = db.read(|tx| tx.one(sql!("select weight from parents where id = 1"), params![], |row| row.get::<f64>("weight"))).await;
        assert_eq!(weight, Ok(80.0));
    }

    async fn a_wake_up_comes_after_the_commit_and_reaches_other_handles(db: TestDb) {
        let mut here = db.wakeups("family");
        let other = db.again(|_| {});
        let mut there = other.wakeups("family");
        if db.is_postgres() {
            // The listener wakes everyone once when it has connected.
            there.next().await;
        }
        db.write(|tx| {
            tx.wake("family");
            tx.execute(sql!("insert into parents (id, name) values (1, 'Ada')"), params![])
        })
        .await
        .unwrap();
        here.next().await;
        if db.is_postgres() {
            tokio::time::timeout(Duration::from_secs(20), there.next()).await.expect("the other node hears it");
        }
        assert_eq!(count(&other).await, 1);
        other.close().await;
    }
}

async fn sequential<T>(all: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut done = Vec::new();
    for one in all {
        done.push(one.await);
    }
    done
}
