//! Archives: whole, comparable between the databases, and loaded wholly or not at all.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, mpsc};

use bytes::Bytes;
use kit::archive::{self, ArchiveError, Kind, Manifest, Progress, Scope};
use kit::blob::{self, BlobError, BlobPlace, Blobs};
use kit::db::{Db, DbError, Migration};
use kit::id::{Ids, Uuid};
use kit::{params, sql};
use testkit::{Place, TestDb, fresh, on_both};

const FAMILY: Migration = Migration::twin(
    "test_0001_family",
    "create table workspaces (id blob not null, name text not null, primary key (id)) strict;
     create table people (
       workspace_id blob not null, id integer not null, name text not null, is_kind int not null, weight real,
       face blob, boss_id integer, home_id integer,
       primary key (workspace_id, id),
       foreign key (workspace_id, boss_id) references people (workspace_id, id),
       foreign key (workspace_id, home_id) references homes (workspace_id, id)
     ) strict;
     create table homes (
       workspace_id blob not null, id integer not null, owner_id integer,
       primary key (workspace_id, id),
       foreign key (workspace_id, owner_id) references people (workspace_id, id)
     ) strict;
     create table labels (workspace_id blob not null, name text not null, primary key (workspace_id, name)) strict;
     create table addresses (
       workspace_id blob not null, label text not null, primary key (workspace_id, label),
       foreign key (workspace_id, label) references labels (workspace_id, name)
     ) strict;
     create table houses_own (name text not null, primary key (name)) strict;",
    "create table workspaces (id bytea not null, name text not null, primary key (id));
     create table homes (
       workspace_id bytea not null, id bigint not null, owner_id bigint, primary key (workspace_id, id)
     );
     create table people (
       workspace_id bytea not null, id bigint not null, name text not null, is_kind boolean not null,
       weight double precision, face bytea, boss_id bigint, home_id bigint,
       primary key (workspace_id, id),
       foreign key (workspace_id, boss_id) references people (workspace_id, id),
       foreign key (workspace_id, home_id) references homes (workspace_id, id)
     );
     alter table homes add foreign key (workspace_id, owner_id) references people (workspace_id, id);
     create table labels (workspace_id bytea not null, name text not null, primary key (workspace_id, name));
     create table addresses (
       workspace_id bytea not null, label text not null, primary key (workspace_id, label),
       foreign key (workspace_id, label) references labels (workspace_id, name)
     );
     create table houses_own (name text not null, primary key (name));",
);
const LATER: Migration = Migration::new(
    "test_0002_motto",
    "alter table workspaces add column motto text not null default 'none';",
);

const SCHEMA: &[&[Migration]] = &[&[FAMILY], blob::MIGRATIONS];
const NEWER: &[&[Migration]] = &[&[FAMILY, LATER], blob::MIGRATIONS];
const OURS: Uuid = Uuid::from_u128(0xa11);
const THEIRS: Uuid = Uuid::from_u128(0xbee);

fn scope() -> Scope {
    Scope::Workspace {
        id: OURS,
        table: "workspaces",
        without: &["addresses"],
        blank: &[("people", "weight")],
    }
}

fn blobs_of(db: &TestDb) -> Blobs {
    let place = BlobPlace::Folder(db.folder.path().join("blobs"));
    Blobs::open(&place, db.clock.clone(), Ids::random()).unwrap()
}

fn file_in(db: &TestDb, name: &str) -> PathBuf {
    db.folder.path().join(name)
}

/// A workspace with one of everything that could get lost on the way.
async fn settle(db: &TestDb, workspace: Uuid) {
    let stored = blobs_of(db)
        .put_bytes(Bytes::from(format!("content of {workspace}")))
        .await
        .unwrap();
    db.write(move |tx| {
        tx.execute(
            sql!("insert into workspaces (id, name) values ($1, 'Żółw & Söhne')"),
            params![workspace],
        )?;
        for label in ["Z", "a", "ą", "Ö", "", "ə\n\"🦫\"", "A"] {
            tx.execute(
                sql!("insert into labels (workspace_id, name) values ($1, $2)"),
                params![workspace, *label],
            )?;
        }
        tx.execute(
            sql!("insert into addresses (workspace_id, label) values ($1, 'a')"),
            params![workspace],
        )?;
        tx.execute(
            sql!("insert into homes (workspace_id, id) values ($1, 1)"),
            params![workspace],
        )?;
        let numbers = [
            None,
            Some(0.1),
            Some(1.0),
            Some(-0.0),
            Some(f64::MAX),
            Some(f64::INFINITY),
            Some(5e-324),
        ];
        // Everybody's boss is the last one, who therefore comes after them.
        for (id, weight) in (1..=250_i64).rev().zip(numbers.into_iter().cycle()) {
            let boss = (id < 250).then_some(250_i64);
            tx.execute(
                sql!(
                    "insert into people (workspace_id, id, name, is_kind, weight, face, boss_id, home_id)
                     values ($1, $2, $3, $4, $5, $6, $7, 1)"
                ),
                params![
                    workspace,
                    id,
                    format!("n{id}"),
                    id % 2 == 0,
                    weight,
                    vec![0_u8, 255, b'\n'],
                    boss
                ],
            )?;
        }
        tx.execute(
            sql!("update homes set owner_id = 250 where workspace_id = $1"),
            params![workspace],
        )?;
        blob::add(tx, workspace, &stored, "text/plain", "msg_1")?;
        Ok::<_, BlobError>(())
    })
    .await
    .unwrap();
}

async fn count(db: &Db) -> i64 {
    db.read(|tx| {
        tx.one(sql!("select count(*) as n from people"), params![], |row| {
            row.get("n")
        })
    })
    .await
    .unwrap()
}

async fn write(db: &TestDb, scope: Scope, path: &Path) -> Result<Manifest, ArchiveError> {
    archive::write(db, &blobs_of(db), scope, path, |_| ()).await
}

async fn restore(db: &TestDb, path: &Path) -> Result<Manifest, ArchiveError> {
    archive::restore(db, &blobs_of(db), SCHEMA, path, |_| ()).await
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, ArchiveError>) -> String {
    outcome.expect_err("must be refused").to_string()
}

async fn lite() -> TestDb {
    fresh(Place::Sqlite, SCHEMA).await.unwrap()
}

on_both! { SCHEMA;
    async fn a_backup_is_the_same_after_a_journey_through_this_database(db: TestDb) {
        let (start, end) = (lite().await, lite().await);
        settle(&start, OURS).await;
        settle(&start, THEIRS).await;
        let first = write(&start, Scope::Everything, &file_in(&start, "1")).await.unwrap();
        assert_eq!((first.kind.clone(), first.objects.count), (Kind::Backup, 2));
        assert_eq!(first.tables.iter().map(|table| table.rows).sum::<u64>(), 2 * (1 + 7 + 1 + 1 + 250 + 1 + 1));

        restore(&db, &file_in(&start, "1")).await.unwrap();
        let second = write(&db, Scope::Everything, &file_in(&db, "2")).await.unwrap();
        restore(&end, &file_in(&db, "2")).await.unwrap();
        let third = write(&end, Scope::Everything, &file_in(&end, "3")).await.unwrap();
        assert_eq!(first.tables, second.tables);
        assert_eq!(second.tables, third.tables);
        assert_eq!(first.objects, third.objects);

        let blobs = blobs_of(&end);
        let found = end.read(|tx| tx.one(sql!("select hash from blobs where workspace_id = $1"), params![OURS], |row| row.get("hash"))).await;
        let id = found.map_err(|error: DbError| error).unwrap();
        let blob = end.read(move |tx| blob::find(tx, OURS, id)).await.unwrap().unwrap();
        assert_eq!(blobs.read_all(&blob).await.unwrap(), format!("content of {OURS}"));
    }

    async fn a_workspace_moves_alone_and_only_once(db: TestDb) {
        let from = lite().await;
        settle(&from, OURS).await;
        settle(&from, THEIRS).await;
        settle(&db, THEIRS).await;
        let path = file_in(&from, "ours");
        let written = write(&from, scope(), &path).await.unwrap();
        assert_eq!(written.kind, Kind::Workspace(OURS));
        assert!(!written.tables.iter().any(|table| ["houses_own", "addresses"].contains(&table.name.as_str())));
        assert!(refusal(restore(&lite().await, &path).await).contains("use import"));

        let blobs = blobs_of(&db);
        archive::import(&db, &blobs, scope(), &path, |_| ()).await.unwrap();
        assert_eq!(count(&db).await, 500);
        let again = archive::import(&db, &blobs, scope(), &path, |_| ()).await;
        assert!(refusal(again).contains("exists in this database already"));
        assert_eq!(count(&db).await, 500);
        let back = write(&db, scope(), &file_in(&db, "back")).await.unwrap();
        assert_eq!(back.tables, written.tables);
        let weighed = sql!("select count(*) as n from people where workspace_id = $1 and weight is not null");
        let weighed = db.read(move |tx| tx.one(weighed, params![OURS], |row| row.get::<i64>("n"))).await;
        assert_eq!(weighed, Ok::<_, DbError>(0), "what means nothing elsewhere is left empty");
    }

    async fn a_workspace_that_is_not_there_makes_no_archive(db: TestDb) {
        settle(&db, THEIRS).await;
        let path = file_in(&db, "nobody");
        assert!(refusal(write(&db, scope(), &path).await).contains("no such workspace"));
        assert!(!path.exists() && !file_in(&db, "nobody.partial").exists());
    }

    async fn a_backup_is_one_moment_while_others_write(db: TestDb) {
        settle(&db, OURS).await;
        let (asked, asks) = mpsc::channel();
        let (answers, answered) = mpsc::channel();
        let answered = Mutex::new(answered);
        // The first table is done; before the next one is read, somebody adds to it.
        let first = std::sync::Once::new();
        let watcher = move |progress: Progress| {
            if matches!(progress, Progress::Table { .. }) {
                first.call_once(|| {
                    asked.send(()).unwrap();
                    answered.lock().unwrap().recv().unwrap();
                });
            }
        };
        let path = file_in(&db, "moment");
        let blobs = blobs_of(&db);
        let making = archive::write(&db, &blobs, Scope::Everything, &path, watcher);
        let asks = Arc::new(Mutex::new(asks));
        let writing = async {
            tokio::task::spawn_blocking(move || asks.lock().unwrap().recv().unwrap()).await.unwrap();
            db.write(|tx| {
                tx.execute(sql!("insert into workspaces (id, name) values ($1, 'late')"), params![THEIRS])?;
                tx.execute(sql!("insert into labels (workspace_id, name) values ($1, 'late')"), params![THEIRS])
            }).await.unwrap();
            answers.send(()).unwrap();
        };
        let (manifest, ()) = tokio::join!(making, writing);
        let rows = |name: &str| manifest.as_ref().unwrap().tables.iter().find(|table| table.name == name).unwrap().rows;
        assert_eq!((rows("workspaces"), rows("labels")), (1, 7));
    }

    async fn a_database_with_rows_is_not_restored_over(db: TestDb) {
        settle(&db, OURS).await;
        let path = file_in(&db, "full");
        write(&db, Scope::Everything, &path).await.unwrap();
        assert!(refusal(restore(&db, &path).await).contains("is not empty"));
        assert!(refusal(write(&db, Scope::Everything, &path).await).contains("exists"));
    }

    async fn rows_that_fit_nothing_leave_the_database_as_it_was(db: TestDb) {
        // The export leaves addresses behind and here labels: what refers to them fits nothing.
        let from = lite().await;
        settle(&from, OURS).await;
        let path = file_in(&from, "torn");
        let torn = Scope::Workspace { id: OURS, table: "workspaces", without: &["labels"], blank: &[] };
        write(&from, torn.clone(), &path).await.unwrap();
        let outcome = archive::import(&db, &blobs_of(&db), torn, &path, |_| ()).await;
        assert!(matches!(outcome, Err(ArchiveError::Database(DbError::ForeignKey { .. }))), "{outcome:?}");
        assert_eq!(count(&db).await, 0);
    }
}

/// A database without a schema.
const NOTHING: testkit::Lists = &[];

on_both! { NOTHING;
    async fn an_older_backup_is_upgraded_and_a_newer_one_refused(db: TestDb) {
        let from = lite().await;
        settle(&from, OURS).await;
        let path = file_in(&from, "old");
        write(&from, Scope::Everything, &path).await.unwrap();
        archive::restore(&db, &blobs_of(&db), NEWER, &path, |_| ()).await.unwrap();
        let motto: String = db
            .read(|tx| tx.one(sql!("select motto from workspaces"), params![], |row| row.get("motto")))
            .await
            .map_err(|error: DbError| error)
            .unwrap();
        assert_eq!(motto, "none");
        let path = file_in(&db, "new");
        write(&db, Scope::Everything, &path).await.unwrap();
        assert!(refusal(restore(&lite().await, &path).await).contains("newer than this program"));
    }
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    zstd::decode_all(bytes).unwrap()
}

#[tokio::test]
async fn a_damaged_archive_is_noticed_wherever_the_damage_is() {
    let from = lite().await;
    settle(&from, OURS).await;
    let path = file_in(&from, "sound");
    let manifest = write(&from, Scope::Everything, &path).await.unwrap();
    assert_eq!(archive::verify(&path).unwrap(), manifest);
    let sound = std::fs::read(&path).unwrap();
    let damaged = file_in(&from, "damaged");
    let mut noticed = 0;
    for place in (0..sound.len()).step_by(sound.len() / 97) {
        let mut bytes = sound.clone();
        bytes[place] ^= 0x10;
        std::fs::write(&damaged, &bytes).unwrap();
        // Some bits of a packed file may be either way; then what is unpacked is the same.
        match archive::verify(&damaged) {
            Err(_) => noticed += 1,
            Ok(_) => assert!(
                unpacked(&bytes) == unpacked(&sound),
                "damage at {place} of {}",
                sound.len()
            ),
        }
        std::fs::write(&damaged, &sound[..place]).unwrap();
        assert!(
            archive::verify(&damaged).is_err(),
            "cut at {place} of {}",
            sound.len()
        );
    }
    assert!(noticed > 90, "{noticed}");
    let to = lite().await;
    assert!(matches!(
        restore(&to, &damaged).await,
        Err(ArchiveError::Damaged(_))
    ));
    assert_eq!(count(&to).await, 0);
}

#[tokio::test]
async fn a_missing_content_fails_the_backup_and_leaves_no_file() {
    let db = lite().await;
    settle(&db, OURS).await;
    std::fs::remove_dir_all(file_in(&db, "blobs")).unwrap();
    let path = file_in(&db, "backup");
    let refused = write(&db, Scope::Everything, &path).await;
    assert!(
        matches!(refused, Err(ArchiveError::Blob(BlobError::Missing { .. }))),
        "{refused:?}"
    );
    let left: Vec<_> = std::fs::read_dir(db.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("backup"))
        .collect();
    assert_eq!(left, [""; 0]);
}
