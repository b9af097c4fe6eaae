//! What the handlers of every feature can ask for, and how it is put together.

use std::sync::Arc;

use axum::Router;
use axum::extract::FromRef;
use axum::middleware::from_fn_with_state;
use kit::clock::Clock;
use kit::db::{Db, DbConfig, DbError, Location};
use kit::id::Ids;
use tandem_core::doors::web::SessionCookie;
use tandem_core::live::Live;

use crate::config::Config;
use crate::edge::Edge;
use crate::lock::{DatabaseLock, LockError};
use crate::{guard, routes, shell, wiring};

/// The state of the application. Clones share.
#[derive(Clone, Debug, FromRef)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The live streams of this node.
    pub live: Live,
    /// How sessions travel.
    pub cookie: SessionCookie,
}

/// An open database with the program's wiring, and the lock that keeps other processes off its file.
#[derive(Debug)]
pub struct Opened {
    /// The handle.
    pub db: Db,
    _lock: Option<DatabaseLock>,
}

/// Why the database did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has it.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The folder for it can't be made.
    #[error("cannot make the data folder {0}: {1}")]
    Folder(std::path::PathBuf, std::io::Error),
    /// It does not open or does not fit this program.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Opens the database of the configuration with this clock and these ids. Nothing is migrated yet.
///
/// # Errors
/// Another process has the file, or the database does not open.
pub fn open(config: &Config, clock: Clock, ids: Ids) -> Result<Opened, OpenError> {
    let (location, lock) = match &config.database_url {
        Some(url) => (Location::Postgres(url.expose().to_owned()), None),
        None => {
            std::fs::create_dir_all(&config.data)
                .map_err(|error| OpenError::Folder(config.data.clone(), error))?;
            let file = config.data.join("tandem.sqlite");
            let lock = DatabaseLock::take(&file)?;
            (Location::File(file), Some(lock))
        }
    };
    let mut settings = DbConfig::new(location);
    settings.readers = config.database_readers.get();
    settings.writers = config.database_writers.get();
    settings.reporters = config.database_reporters.get();
    settings.limit = config.statement_timeout;
    settings.report_limit = config.report_timeout;
    settings.slow = config.slow_query;
    let db = Db::open(&settings, clock, ids)?;
    db.attach(Arc::new(wiring::wiring()));
    Ok(Opened { db, _lock: lock })
}

/// Every page and address with shell and edge around it.
pub fn router(app: &App, config: &Config) -> Router {
    let clock = app.db.clock().clone();
    let ids = app.db.ids().clone();
    let pages = shell::around(routes::router(), clock.clone())
        .layer(from_fn_with_state(app.clone(), guard::recognise))
        .with_state(app.clone());
    let mut edge = Edge::new(config, {
        let clock = clock.clone();
        move || ids.next(clock.now()).as_u128()
    });
    edge.error_page = Some(shell::error_page(clock));
    edge.around(pages)
}
