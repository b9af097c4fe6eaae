//! The archive's view of the database: tables, whole rows, snapshots, loads, health.

use kit::db::catalog::{self, Kind, Part, Table};
use kit::db::{Db, DbError, Migration, Value};
use kit::{params, sql};
use testkit::{MORNING, on_both};

use crate::db::{add, count};

/// People who know each other, so that some refer forward, and two tables in a circle.
const CIRCLES: &[&[Migration]] = &[&[
    crate::db::SCHEMA[0][0],
    Migration::new(
        "test_0002_circles",
        "create table friends (
  workspace_id bytea not null,
  id bigint not null,
  best_friend_id bigint,
  is_shy boolean not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, best_friend_id) references friends (workspace_id, id)
);
create table alphas (
  id bigint not null primary key,
  omega_id bigint not null
);
create table omegas (
  id bigint not null primary key,
  alpha_id bigint not null references alphas (id),
  weight double precision
);",
    ),
    Migration::twin(
        "test_0003_close_the_circle",
        "drop table alphas; create table alphas (id integer not null primary key, omega_id integer not null references omegas (id)) strict;",
        "alter table alphas add foreign key (omega_id) references omegas (id);",
    ),
]];

async fn tables(db: &Db) -> Vec<Table> {
    db.read(catalog::tables).await.unwrap()
}

on_both! { CIRCLES;
    async fn the_catalogue_lists_parents_first_and_types_in_our_words(db: TestDb) {
        let tables = tables(&db).await;
        let names: Vec<_> = tables.iter().map(|table| table.name.as_str()).collect();
        assert_eq!(names, ["friends", "parents", "children", "alphas", "omegas"]);
        let shown: Vec<_> = tables[1].columns.iter().map(|column| format!("{} {} {}", column.name, column.kind.name(), column.is_nullable)).collect();
        assert_eq!(shown, ["id bigint false", "name text false", "is_kind boolean false", "weight double precision true", "face bytea true"]);
        assert_eq!(tables[2].key, ["parent_id", "id"]);
        assert_eq!(tables[2].references[0].table, "parents");
        assert_eq!(tables[0].references[0].columns, ["workspace_id", "best_friend_id"]);
        assert_eq!(tables[0].references[0].parent_columns, ["workspace_id", "id"]);
        assert_eq!(tables[4].columns[2].kind, Kind::Real);
        let applied = db.read(catalog::applied).await.unwrap();
        assert_eq!(applied, ["test_0001_family", "test_0002_circles", "test_0003_close_the_circle"]);
    }

    async fn rows_go_out_and_come_back_with_their_types(db: TestDb) {
        db.write(|tx| {
            tx.execute(
                sql!("insert into parents (id, name, is_kind, weight, face) values (2, 'Bo', $1, 1.5, $2), (1, 'Ada', $3, null, null)"),
                params![true, vec![0_u8, 9], false],
            )
        })
        .await
        .unwrap();
        let tables = tables(&db).await;
        let parents = tables.into_iter().find(|table| table.name == "parents").unwrap();
        let seen = { let parents = parents.clone(); db.snapshot(move |tx| {
            let mut seen = Vec::new();
            let rows = catalog::each_row(tx, &parents, &Part::Whole, |row| { seen.push(format!("{row:?}")); Ok(()) })?;
            assert_eq!(rows, 2);
            let one = catalog::each_row(tx, &parents, &Part::Where("name", Value::Text("Bo".into())), |_| Ok(()))?;
            assert_eq!(one, 1);
            Ok::<_, DbError>(seen)
        }).await.unwrap() };
        assert_eq!(seen, [
            "[Int(1), Text(\"Ada\"), Bool(false), Null, Null]",
            "[Int(2), Text(\"Bo\"), Bool(true), Real(1.5), Bytes([0, 9])]",
        ]);
        let written = db.load(move |tx| {
            let row = [Value::Int(3), Value::Text("Cy".into()), Value::Bool(true), Value::Null, Value::Bytes(&[1])];
            catalog::insert_row(tx, &parents, &row)?;
            catalog::insert_row(tx, &parents, &row[..2])
        }).await;
        assert!(matches!(written, Err(DbError::Schema(_))), "{written:?}");
        assert_eq!(count(&db).await, 2, "a row of the wrong length takes back the load");
    }

    async fn references_that_are_put_off_must_fit_at_the_end(db: TestDb) {
        let tables = tables(&db).await;
        let friends = tables[0].clone();
        let omegas = tables[4].clone();
        let alphas = tables[3].clone();
        let good = db.load(move |tx| {
            catalog::put_off_references(tx)?;
            for (id, friend) in [(1, Value::Int(2)), (2, Value::Int(1)), (3, Value::Null)] {
                catalog::insert_row(tx, &friends, &[Value::Bytes(&[7]), Value::Int(id), friend, Value::Bool(id == 1)])?;
            }
            catalog::insert_row(tx, &omegas, &[Value::Int(1), Value::Int(5), Value::Real(2.0)])?;
            catalog::insert_row(tx, &alphas, &[Value::Int(5), Value::Int(1)])
        }).await;
        assert_eq!(good, Ok(()));
        let friends = tables[0].clone();
        let bad = db.load(move |tx| {
            catalog::put_off_references(tx)?;
            catalog::insert_row(tx, &friends, &[Value::Bytes(&[8]), Value::Int(1), Value::Int(99), Value::Bool(false)])
        }).await;
        assert!(matches!(bad, Err(DbError::ForeignKey { .. })), "{bad:?}");
        let friends = tables[0].clone();
        let rows = db.read(move |tx| catalog::each_row(tx, &friends, &Part::Whole, |_| Ok(()))).await;
        assert_eq!(rows, Ok(3));
        add(&db, 1, "later").await.unwrap();
    }

    async fn a_snapshot_stands_still_while_others_write(db: TestDb) {
        add(&db, 1, "Ada").await.unwrap();
        let (seen, first) = std::sync::mpsc::channel();
        let (go_on, gate) = std::sync::mpsc::channel::<()>();
        let gate = std::sync::Mutex::new(gate);
        let snapshot = { let db = db.db.clone(); tokio::spawn(async move {
            db.snapshot(move |tx| {
                let counted = sql!("select count(*) as n from parents");
                let before: i64 = tx.one(counted, params![], |row| row.get("n"))?;
                seen.send(before).unwrap();
                gate.lock().unwrap().recv().unwrap();
                let after: i64 = tx.one(counted, params![], |row| row.get("n"))?;
                Ok::<_, DbError>((before, after))
            }).await
        }) };
        assert_eq!(tokio::task::spawn_blocking(move || first.recv()).await.unwrap(), Ok(1));
        add(&db, 2, "Bo").await.unwrap();
        go_on.send(()).unwrap();
        assert_eq!(snapshot.await.unwrap(), Ok((1, 1)));
        let written = db.snapshot(|tx| tx.execute(sql!("delete from parents"), params![])).await;
        assert_eq!(written, Err(DbError::ReadOnly));
    }

    async fn loads_and_snapshots_outlive_the_limit_of_others(db: TestDb) {
        let hasty = db.again(|config| config.limit = std::time::Duration::from_millis(40));
        let long = sql!(
            "with recursive steps (n) as (select cast(1 as bigint) union all select n + 1 from steps where n < 2000000)
             select max(n) as n from steps"
        );
        let limited: Result<i64, DbError> = hasty.write(move |tx| tx.one(long, params![], |row| row.get("n"))).await;
        assert!(matches!(limited, Err(DbError::Timeout { .. })), "{limited:?}");
        let loaded: Result<i64, DbError> = hasty.load(move |tx| tx.one(long, params![], |row| row.get("n"))).await;
        assert_eq!(loaded, Ok(2_000_000));
        let read: Result<i64, DbError> = hasty.snapshot(move |tx| tx.one(long, params![], |row| row.get("n"))).await;
        assert_eq!(read, Ok(2_000_000));
        hasty.close().await;
    }

    async fn a_checkup_tells_version_clock_and_size(db: TestDb) {
        let checkup = db.check().await.unwrap();
        assert!(checkup.version.starts_with(if db.is_postgres() { "PostgreSQL 1" } else { "SQLite 3" }), "{}", checkup.version);
        assert!(checkup.clock > MORNING && checkup.bytes > 4_000);
        assert_eq!(checkup.problems, Vec::<String>::new());
    }
}
