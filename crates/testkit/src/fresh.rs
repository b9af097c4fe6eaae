//! A database per test, copied from a template that has the whole schema, and where many tests begin alike their
//! beginning too.

use std::future::Future;
use std::ops::Deref;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use kit::clock::Clock;
use kit::db::{Db, DbConfig, Location, Migration, fingerprint};
use kit::id::Ids;
use tempfile::TempDir;

use crate::{MORNING, furnished, postgres};

/// The database's name in a test's folder.
pub(crate) const FILE: &str = "tandem.sqlite";

/// The histories a schema is made of, in order.
pub type Lists = &'static [&'static [Migration]];

/// Puts into a template what many tests begin with, and says what that was.
pub type Furnish = for<'db> fn(&'db TestDb) -> BoxFuture<'db, String>;

/// What a test's database begins as.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// The schema.
    pub lists: Lists,
    /// What is in it; nothing without.
    pub furnish: Option<Furnish>,
}

impl From<Lists> for Start {
    fn from(lists: Lists) -> Self {
        Self { lists, furnish: None }
    }
}

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file in a temporary folder.
    Sqlite,
    /// A database on the server of `TANDEM_TEST_POSTGRES`.
    Postgres,
}

/// A fresh database with its clock. Behaves as the [`Db`] in it.
#[derive(Debug)]
pub struct TestDb {
    /// The handle.
    pub db: Db,
    /// Its clock, standing at [`MORNING`] until moved.
    pub clock: Clock,
    /// How it was opened, to open it once more as another node or with other limits.
    pub config: DbConfig,
    /// A folder of this test's own.
    pub folder: TempDir,
    /// What [`Furnish`] said of its beginning; empty where nothing was furnished.
    pub beginning: String,
}

impl Deref for TestDb {
    type Target = Db;
    fn deref(&self) -> &Db {
        &self.db
    }
}

impl TestDb {
    /// Another handle on the same database, as a second node has; `change` sets its limits.
    pub fn again(&self, change: impl FnOnce(&mut DbConfig)) -> Db {
        let mut config = self.config.clone();
        change(&mut config);
        Db::open(&config, self.clock.clone(), Ids::random()).expect("the database opens again")
    }
}

/// Makes a fresh database; `None` when there is no PostgreSQL to make it on.
pub async fn fresh(place: Place, start: impl Into<Start>) -> Option<TestDb> {
    let start = start.into();
    let folder = TempDir::new().expect("a temporary folder");
    let url = match place {
        Place::Sqlite => None,
        Place::Postgres => Some(postgres::fresh(start).await?),
    };
    let beginning = match (&url, start.furnish) {
        (None, None) => {
            let file = folder.path().join(FILE);
            std::fs::copy(template(start.lists).await, file).expect("the template copies");
            String::new()
        }
        (None, Some(furnish)) => furnished::copy(&furnished::file(start.lists, furnish).await, folder.path()),
        (Some(_), None) => String::new(),
        (Some(_), Some(_)) => furnished::copy(&furnished::beside(start.lists), folder.path()),
    };
    let location = url.map_or_else(|| Location::File(folder.path().join(FILE)), Location::Postgres);
    Some(TestDb {
        beginning,
        ..open(location, folder)
    })
}

/// Opens the database that is there already.
pub(crate) fn open(location: Location, folder: TempDir) -> TestDb {
    let clock = Clock::manual(MORNING);
    let mut config = DbConfig::new(location);
    config.readers = 2;
    config.reporters = 1;
    config.writers = 3;
    // A busy machine is no reason to fail; tests of limits set their own.
    config.limit = Duration::from_secs(60);
    let db = Db::open(&config, clock.clone(), Ids::random()).expect("a fresh database opens");
    TestDb {
        db,
        clock,
        config,
        folder,
        beginning: String::new(),
    }
}

/// Runs a test body on a fresh database and takes the database away afterwards.
pub fn run<F: Future<Output = ()>>(place: Place, start: impl Into<Start>, body: impl FnOnce(TestDb) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(async {
        let Some(test) = fresh(place, start).await else {
            return;
        };
        let (db, location) = (test.db.clone(), test.config.location.clone());
        let outcome = AssertUnwindSafe(body(test)).catch_unwind().await;
        db.close().await;
        if let Location::Postgres(url) = location {
            postgres::drop_database(&url).await;
        }
        if let Err(panic) = outcome {
            std::panic::resume_unwind(panic);
        }
    });
}

/// The file with the whole schema, made once for each history.
pub(crate) async fn template(lists: Lists) -> PathBuf {
    let path = std::env::temp_dir().join(format!("tandem-template-{}.sqlite", fingerprint(lists)));
    if !path.exists() {
        let making = TempDir::new().expect("a temporary folder");
        let file = making.path().join("template.sqlite");
        make(&file, lists).await;
        let beside = path.with_extension(format!("{}", std::process::id()));
        std::fs::copy(&file, &beside).expect("the template copies");
        std::fs::rename(&beside, &path).expect("the template moves into place");
    }
    path
}

async fn make(file: &Path, lists: Lists) {
    let config = DbConfig::new(Location::File(file.to_owned()));
    let db = Db::open(&config, Clock::manual(MORNING), Ids::random()).expect("the template opens");
    db.migrate(lists).await.expect("the template migrates");
    db.close().await;
}
