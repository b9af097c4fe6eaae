//! The tables of the benchmark, and rows in them.

use std::path::{Path, PathBuf};

use kit::clock::{Clock, Timestamp};
use kit::db::{Db, DbConfig, DbError, Location, Migration};
use kit::id::{Ids, Uuid};
use kit::{params, sql};

/// Rows to read from.
pub(crate) const NOTES: i64 = 20_000;

const MIGRATIONS: &[&[Migration]] = &[&[Migration::new(
    "bench_0001_notes",
    "create table notes (
  workspace_id bytea not null,
  id bytea not null,
  number bigint not null,
  subject text not null,
  state text not null,
  is_urgent boolean not null,
  changed_at bigint not null,
  primary key (workspace_id, id)
);
create index notes_by_change on notes (workspace_id, state, changed_at, id);
create table counters (
  workspace_id bytea not null,
  name bigint not null,
  value bigint not null,
  primary key (workspace_id, name)
);
create table happenings (
  workspace_id bytea not null,
  id bytea not null,
  kind text not null,
  note_id bytea not null,
  happened_at bigint not null,
  primary key (workspace_id, id)
);",
)]];

/// Where a line runs.
pub(crate) enum Place {
    Lite(PathBuf),
    Pg(String),
}

/// What was filled in.
pub(crate) struct World {
    pub(crate) workspace: Uuid,
    pub(crate) notes: Vec<Uuid>,
}

impl Place {
    pub(crate) fn lite(folder: &Path) -> Self {
        Self::Lite(folder.join("bench.sqlite"))
    }

    /// A database of its own on the server of `url`.
    pub(crate) fn pg(url: &str) -> Self {
        let runtime = runtime();
        let name = format!("bench_{}", std::process::id());
        runtime.block_on(async {
            let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
            let driver = tokio::spawn(connection);
            client
                .batch_execute(&format!("create database {name}"))
                .await
                .unwrap();
            drop(client);
            driver.await.unwrap().unwrap();
        });
        let (front, options) = url.split_once('?').map_or((url, None), |(a, b)| (a, Some(b)));
        let base = front.rsplit_once('/').map_or(front, |(base, _)| base);
        let options = options.map(|options| format!("?{options}")).unwrap_or_default();
        Self::Pg(format!("{base}/{name}{options}"))
    }

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Lite(_) => "sqlite",
            Self::Pg(_) => "postgres",
        }
    }

    pub(crate) fn open(&self) -> Db {
        let location = match self {
            Self::Lite(path) => Location::File(path.clone()),
            Self::Pg(url) => Location::Postgres(url.clone()),
        };
        Db::open(&DbConfig::new(location), Clock::system(), Ids::seeded(5)).unwrap()
    }
}

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap()
}

/// Makes the tables and fills them.
pub(crate) fn fill(place: &Place) -> World {
    let ids = Ids::seeded(1);
    let begin = Timestamp::from_seconds(1_772_442_000);
    let workspace = ids.next(begin);
    let notes: Vec<Uuid> = (0..NOTES)
        .map(|second| ids.next(Timestamp(begin.0 + second * 1_000_000)))
        .collect();
    let rows = notes.clone();
    runtime().block_on(async {
        let db = place.open();
        db.migrate(MIGRATIONS).await.unwrap();
        db.load(move |tx| {
            for (number, id) in (0_i64..).zip(&rows) {
                let state = if number % 5 == 0 { "open" } else { "closed" };
                tx.execute(
                    sql!("insert into notes (workspace_id, id, number, subject, state, is_urgent, changed_at) values ($1, $2, $3, $4, $5, $6, $7)"),
                    params![workspace, id, number, format!("The {number}th thing that does not work"), state, number % 7 == 0, begin.0 + number],
                )?;
            }
            for name in 0..64_i64 {
                tx.execute(
                    sql!("insert into counters (workspace_id, name, value) values ($1, $2, 0)"),
                    params![workspace, name],
                )?;
            }
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
        if db.is_postgres() {
            // Plans without statistics would be compared, not drivers.
            let Place::Pg(url) = place else { unreachable!("it is PostgreSQL") };
            let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
            tokio::spawn(connection);
            client.batch_execute("vacuum analyze").await.unwrap();
        }
        db.close().await;
    });
    World { workspace, notes }
}

/// The statements, for the bare drivers, in PostgreSQL's words.
pub(crate) const POINT: &str =
    "select number, subject, state, is_urgent, changed_at from notes where workspace_id = $1 and id = $2";
pub(crate) const LIST: &str = "select id, number, subject, is_urgent, changed_at from notes where workspace_id = $1 and state = $2 and changed_at > $3 order by changed_at, id limit 50";
pub(crate) const INSERT: &str = "insert into notes (workspace_id, id, number, subject, state, is_urgent, changed_at) values ($1, $2, $3, $4, $5, $6, $7)";
pub(crate) const COUNT: &str = "update counters set value = value + 1 where workspace_id = $1 and name = $2";
pub(crate) const HAPPEN: &str =
    "insert into happenings (workspace_id, id, kind, note_id, happened_at) values ($1, $2, $3, $4, $5)";

/// A row of a point read or a list, read wholly, as any page would.
#[derive(Debug)]
#[allow(dead_code, reason = "what is read is what is measured")]
pub(crate) struct Note {
    pub(crate) number: i64,
    pub(crate) subject: String,
    pub(crate) state: String,
    pub(crate) is_urgent: bool,
    pub(crate) changed_at: i64,
}

/// A row of a list.
#[derive(Debug)]
#[allow(dead_code, reason = "what is read is what is measured")]
pub(crate) struct Listed {
    pub(crate) id: Uuid,
    pub(crate) number: i64,
    pub(crate) subject: String,
    pub(crate) is_urgent: bool,
    pub(crate) changed_at: i64,
}

/// Which note comes next for a caller: spread, and the same for all contenders.
pub(crate) fn next_note(at: &mut u64) -> usize {
    *at = at
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    usize::try_from((*at >> 33) % NOTES.unsigned_abs()).unwrap_or(0)
}
