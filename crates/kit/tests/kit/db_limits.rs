//! Limits and trouble: time, queues, schema histories, full disks, lost connections.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use kit::clock::Clock;
use kit::db::{Db, DbConfig, DbError, Location, Migration, Tx};
use kit::id::Ids;
use kit::{params, sql};
use testkit::{MORNING, on_both};

use crate::db::{SCHEMA, add, count};

/// Counts to a number far away: takes minutes unless stopped.
fn count_for_ever(tx: &mut Tx<'_>) -> Result<i64, DbError> {
    let forever = sql!(
        "with recursive steps (n) as (select cast(1 as bigint) union all select n + 1 from steps where n < 100000000000)
         select max(n) as n from steps"
    );
    tx.one(forever, params![], |row| row.get("n"))
}

/// Counts far enough to take longer than a moment on any machine.
fn count_for_a_while(tx: &mut Tx<'_>) -> Result<i64, DbError> {
    let a_while = sql!(
        "with recursive steps (n) as (select cast(1 as bigint) union all select n + 1 from steps where n < 400000)
         select max(n) as n from steps"
    );
    tx.one(a_while, params![], |row| row.get("n"))
}

const SECOND: &[&[Migration]] = &[
    SCHEMA[0],
    &[
        Migration::new(
            "test_0002_pets",
            "create table pets (id bigint not null primary key, name text);",
        ),
        Migration::twin(
            "test_0003_pets_by_name",
            "create index pets_by_name on pets (name);",
            "create index pets_by_name on pets (name text_pattern_ops);",
        ),
    ],
];

const CHANGED: &[&[Migration]] = &[&[Migration::new(
    "test_0001_family",
    "create table other (id bigint primary key);",
)]];

const LAX: &[&[Migration]] = &[
    SCHEMA[0],
    &[Migration::twin(
        "test_0002_lax",
        "create table lax (id integer);",
        "create table lax (id int, constraint lax_two unique (id, nothing));",
    )],
];

const BROKEN: &[&[Migration]] = &[
    SCHEMA[0],
    &[
        Migration::new("test_0002_good", "create table good (id bigint primary key);"),
        Migration::new(
            "test_0003_bad",
            "create table bad (id bigint primary key); insert into nowhere (id) values (1);",
        ),
    ],
];

on_both! { SCHEMA;
    async fn a_statement_without_end_is_stopped_and_the_thread_goes_on(db: TestDb) {
        let hasty = db.again(|config| {
            config.readers = 1;
            config.limit = Duration::from_millis(50);
        });
        let stopped = hasty.read(count_for_ever).await;
        assert!(matches!(&stopped, Err(DbError::Timeout { statement }) if statement.contains("db_limits.rs")), "{stopped:?}");
        let stopped = hasty.write(count_for_ever).await;
        assert!(matches!(stopped, Err(DbError::Timeout { .. })), "{stopped:?}");
        assert_eq!(count(&hasty).await, 0);
        add(&hasty, 1, "still here").await.unwrap();
        hasty.close().await;
    }

    async fn a_long_read_starts_anew_on_a_thread_and_has_its_effects_once(db: TestDb) {
        let (runs, ends) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
        let ask = async || {
            let (started, ended) = (runs.clone(), ends.clone());
            db.read(move |tx| {
                started.fetch_add(1, Ordering::Relaxed);
                let ended = ended.clone();
                tx.after_commit(move || { ended.fetch_add(1, Ordering::Relaxed); });
                // What a closure makes of being cut off does not matter.
                Ok::<_, DbError>(count_for_a_while(tx).unwrap_or(-1))
            }).await
        };
        assert_eq!(ask().await, Ok(400_000));
        let most = if db.is_postgres() { 1 } else { 2 };
        assert_eq!((runs.load(Ordering::Relaxed), ends.load(Ordering::Relaxed)), (most, 1));
        // What is known to be long is not tried again for a while.
        assert_eq!(ask().await, Ok(400_000));
        assert_eq!((runs.load(Ordering::Relaxed), ends.load(Ordering::Relaxed)), (most + 1, 2));
    }

    async fn slow_reports_never_stand_before_a_read(db: TestDb) {
        let (open, gate) = std::sync::mpsc::channel::<()>();
        let gate = Arc::new(std::sync::Mutex::new(gate));
        let (begun, mut running) = tokio::sync::mpsc::unbounded_channel();
        let reports: Vec<_> = (0..4).map(|_| { let (db, gate, begun) = (db.db.clone(), gate.clone(), begun.clone()); tokio::spawn(async move {
            db.report(move |_| { begun.send(()).unwrap(); let _ = gate.lock().unwrap().recv(); Ok::<_, DbError>(()) }).await
        }) }).collect();
        running.recv().await.unwrap();
        for _ in 0..20 {
            assert_eq!(count(&db).await, 0);
        }
        assert!(reports.iter().all(|report| !report.is_finished()));
        drop(open);
        for report in reports {
            assert_eq!(report.await.unwrap(), Ok(()));
        }
        let hasty = db.again(|config| config.report_limit = Duration::from_millis(50));
        assert!(matches!(hasty.report(count_for_ever).await, Err(DbError::Timeout { .. })));
        hasty.close().await;
    }

    async fn a_full_queue_says_so_and_forgets_nobody(db: TestDb) {
        let small = db.again(|config| {
            config.writers = 1;
            config.queue = 2;
            config.queue_wait = Duration::from_millis(30);
        });
        let (open, gate) = std::sync::mpsc::channel::<()>();
        let gate = std::sync::Mutex::new(gate);
        let (begun, running) = tokio::sync::oneshot::channel();
        let mut begun = Some(begun);
        let blocker = { let small = small.clone(); tokio::spawn(async move {
            small.write(move |_| { if let Some(begun) = begun.take() { let _ = begun.send(()); } let _ = gate.lock().unwrap().recv(); Ok::<_, DbError>(()) }).await
        }) };
        running.await.unwrap();
        let crowd: Vec<_> = (0..6).map(|id| { let small = small.clone(); tokio::spawn(async move { add(&small, id, &format!("n{id}")).await }) }).collect();
        let mut refused = 0;
        let mut waiting = Vec::new();
        while refused + waiting.len() < 6 {
            waiting = crowd.iter().filter(|one| !one.is_finished()).collect();
            refused = 6 - waiting.len();
            if refused >= 4 { break; }
            tokio::task::yield_now().await;
            waiting.clear();
            refused = 0;
        }
        open.send(()).unwrap();
        blocker.await.unwrap().unwrap();
        let mut stored = 0;
        for one in crowd {
            match one.await.unwrap() {
                Ok(_) => stored += 1,
                Err(error) => assert_eq!(error, DbError::Overloaded),
            }
        }
        assert_eq!(stored, count(&small).await);
        assert_eq!(stored, 2);
        small.close().await;
    }

    async fn a_closed_handle_finishes_what_was_queued_and_refuses_the_rest(db: TestDb) {
        let second = db.again(|_| {});
        let queued = (0..20).map(|id| { let second = second.clone(); tokio::spawn(async move { add(&second, id, &format!("n{id}")).await }) });
        for one in queued.collect::<Vec<_>>() {
            one.await.unwrap().unwrap();
        }
        second.close().await;
        assert_eq!(add(&second, 50, "late").await, Err(DbError::Closed));
        assert_eq!(count(&db).await, 20);
    }

    async fn migrations_go_from_any_state_to_the_newest_once(db: TestDb) {
        assert_eq!(db.pending_migrations(SECOND).await.unwrap(), ["test_0002_pets", "test_0003_pets_by_name"]);
        assert_eq!(db.migrate(SECOND).await.unwrap(), ["test_0002_pets", "test_0003_pets_by_name"]);
        assert!(db.migrate(SECOND).await.unwrap().is_empty());
        db.write(|tx| tx.execute(sql!("insert into pets (id, name) values (1, 'Rex')"), params![])).await.unwrap();
    }

    async fn a_newer_or_rewritten_history_is_refused(db: TestDb) {
        db.migrate(SECOND).await.unwrap();
        let newer = db.migrate(SCHEMA).await.unwrap_err().to_string();
        assert!(newer.contains("newer than this program") && newer.contains("test_0002_pets"), "{newer}");
        let changed = db.migrate(CHANGED).await.unwrap_err();
        assert!(matches!(changed, DbError::Schema(_)));
    }

    async fn a_failing_migration_leaves_the_schema_as_it_was(db: TestDb) {
        let failed = db.migrate(BROKEN).await.unwrap_err().to_string();
        assert!(failed.contains("test_0003_bad"), "{failed}");
        let lax = db.migrate(LAX).await.unwrap_err();
        assert!(matches!(&lax, DbError::Schema(problem) if problem.contains("lax")), "{lax:?}");
        assert_eq!(db.migrate(SECOND).await.unwrap().len(), 2);
    }
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_named() {
    let config = DbConfig::new(Location::File("/nowhere/at/all.sqlite".into()));
    let error = Db::open(&config, Clock::manual(MORNING), Ids::random())
        .unwrap_err()
        .to_string();
    assert!(error.contains("/nowhere/at/all.sqlite"), "{error}");
}

#[tokio::test]
async fn a_server_that_is_down_is_unavailable_and_not_empty() {
    let config = DbConfig::new(Location::Postgres("postgres://nobody@127.0.0.1:1/none".into()));
    let db = Db::open(&config, Clock::manual(MORNING), Ids::random()).unwrap();
    let read = db
        .read(|tx| {
            tx.one(sql!("select count(*) as n from parents"), params![], |row| {
                row.get::<i64>("n")
            })
        })
        .await;
    assert!(matches!(read, Err(DbError::Unavailable(_))), "{read:?}");
    db.close().await;
}
