//! What the handlers of every feature can ask for, and how it is put together.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::FromRef;
use axum::middleware::from_fn_with_state;
use desk::{outbox, surveys};
use kit::blob::{BlobError, Blobs};
use kit::clock::Clock;
use kit::db::{Db, DbError};
use kit::id::Ids;
use kit::post::PostError;
use tandem_core::doors::Entrance;
use tandem_core::doors::web::SessionCookie;
use tandem_core::live::Live;
use tandem_core::search::Search;

use crate::config::Config;
use crate::edge::Edge;
use crate::lock::{DatabaseLock, LockError};
use crate::{api, doorstep, guard, leads, routes, shell, stores, wiring};

/// The state of the application. Clones share.
#[derive(Clone, Debug, FromRef)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The live streams of this node.
    pub live: Live,
    /// The search of this node.
    pub search: Search,
    /// How sessions travel.
    pub cookie: SessionCookie,
    /// What the doors stand on.
    pub entrance: Entrance,
}

impl App {
    /// The application on an open database.
    pub fn new(db: &Db, live: Live, config: &Config) -> Self {
        let origin = config.public_origin();
        let cookie = SessionCookie {
            is_secure: origin.is_https(),
        };
        let entrance = Entrance {
            db: db.clone(),
            cookie,
            origin: origin.as_str().into(),
            opens_further: config.further_workspaces,
        };
        Self {
            db: db.clone(),
            live,
            search: stores::search(config),
            cookie,
            entrance,
        }
    }
}

/// An open database with the program's wiring, and the lock that keeps other processes off its file.
#[derive(Debug)]
pub struct Opened {
    /// The handle.
    pub db: Db,
    /// The blobs, which the handle has attached.
    pub blobs: Blobs,
    lock: Option<DatabaseLock>,
}

impl Opened {
    /// Whether no other process has the database's file; true of none on PostgreSQL.
    pub fn is_alone(&self) -> bool {
        self.lock.is_some()
    }
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
    /// Mail can't leave as configured.
    #[error("smtp_url and mail_sender: {0}")]
    Post(#[from] PostError),
    /// The blob store does not open.
    #[error("the blob store: {0}")]
    Blobs(#[from] BlobError),
    /// The keys that seal secrets can't be had.
    #[error("the keys that seal secrets: {0}")]
    Seal(#[from] kit::seal::SealError),
    /// The client for other systems can't be made.
    #[error("the client for webhooks: {0}")]
    Outgoing(#[from] kit::outgoing::OutgoingError),
    /// The way to mail servers can't be made.
    #[error("the way to mail servers: {0}")]
    Reach(#[from] desk::mailboxes::reach::ReachError),
}

/// Opens the database of the configuration with this clock and these ids. Nothing is migrated yet.
///
/// # Errors
/// Another process has the file, or the database does not open.
pub fn open(config: &Config, clock: Clock, ids: Ids) -> Result<Opened, OpenError> {
    let lock = match &config.database_url {
        Some(_) => None,
        None => Some(take_lock(config)?),
    };
    open_holding(config, clock, ids, lock)
}

/// Opens the database even while a server has its file: for short commands that run no jobs and change no schema.
///
/// # Errors
/// The database does not open.
pub fn open_beside(config: &Config, clock: Clock, ids: Ids) -> Result<Opened, OpenError> {
    let lock = match &config.database_url {
        Some(_) => None,
        None => match take_lock(config) {
            Ok(lock) => Some(lock),
            Err(OpenError::Lock(LockError::Held { .. })) => None,
            Err(error) => return Err(error),
        },
    };
    open_holding(config, clock, ids, lock)
}

fn take_lock(config: &Config) -> Result<DatabaseLock, OpenError> {
    make_folder(config)?;
    Ok(DatabaseLock::take(&config.sqlite_file())?)
}

fn open_holding(
    config: &Config,
    clock: Clock,
    ids: Ids,
    lock: Option<DatabaseLock>,
) -> Result<Opened, OpenError> {
    // With database and blobs elsewhere too: its disk is watched, and what is rebuilt from them is kept in it.
    make_folder(config)?;
    let blobs = stores::blobs(config, clock.clone(), ids.clone())?;
    let seal = stores::seal(config, &ids)?;
    let db = Db::open(&stores::database(config), clock, ids)?;
    db.attach(Arc::new(seal));
    if let Some(outgoing) = stores::outgoing(config)? {
        db.attach(Arc::new(outgoing));
    }
    db.attach(Arc::new(stores::client(config)?));
    db.attach(Arc::new(stores::pictures()?));
    db.attach(Arc::new(stores::reach(config)?));
    if let Some(checker) = stores::mail_checker() {
        db.attach(Arc::new(checker));
    }
    db.attach(Arc::new(blobs.clone()));
    db.attach(Arc::new(surveys::Origin(config.public_origin().as_str().into())));
    db.attach(Arc::new(wiring::wiring()));
    db.attach(Arc::new(wiring::panels()));
    db.attach(Arc::new(wiring::first_steps()));
    db.attach(Arc::new(wiring::traces()));
    db.attach(Arc::new(wiring::merges()));
    db.attach(Arc::new(wiring::holdings()));
    db.attach(Arc::new(wiring::producers()));
    db.attach(Arc::new(wiring::suppliers()));
    db.attach(Arc::new(wiring::segment_uses()));
    db.attach(Arc::new(wiring::metric_uses()));
    db.attach(Arc::new(wiring::deeds()));
    db.attach(Arc::new(wiring::columns()));
    db.attach(Arc::new(wiring::marks()));
    db.attach(Arc::new(wiring::nouns()));
    db.attach(Arc::new(outbox::CARRIER));
    db.attach(Arc::new(wiring::bridge()));
    db.attach(Arc::new(wiring::targets()));
    Ok(Opened { db, blobs, lock })
}

fn make_folder(config: &Config) -> Result<(), OpenError> {
    make_private(&config.data).map_err(|error| OpenError::Folder(config.data.clone(), error))
}

/// Makes the folder, if it is not there, for this user alone: it will hold everybody's mail.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// Every page and address with shell and edge around it.
pub fn router(app: &App, config: &Config) -> Router {
    let clock = app.db.clock().clone();
    let ids = app.db.ids().clone();
    let pace = api::Pace::new(config.api_requests.get(), clock.clone());
    let routes = routes::router()
        .layer(from_fn_with_state(app.clone(), leads::on))
        .layer(from_fn_with_state(app.clone(), doorstep::watch));
    let pages = shell::around(routes, clock.clone())
        .layer(from_fn_with_state(pace, api::around))
        .layer(from_fn_with_state(app.clone(), guard::recognise))
        .with_state(app.clone());
    let mut edge = Edge::new(config, {
        let clock = clock.clone();
        move || ids.next(clock.now()).as_u128()
    });
    edge.is_upload = routes::is_upload;
    edge.own_measure = routes::own_measure;
    edge.keeps_own_limits = routes::keeps_own_limits;
    edge.open_to_other_sites = routes::is_open_to_other_sites;
    edge.error_page = Some(shell::error_page(clock));
    edge.around(pages)
}
