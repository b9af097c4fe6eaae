//! Opening: starts the threads of all lanes.

use std::path::Path;
use std::sync::{Arc, Mutex};

use super::config::DbConfig;
use super::error::DbError;
use super::handle::{Backend, Db, Inner};
use super::lane::{Lane, spawn};
use super::pg::Lane as PgLane;
use super::shared::Shared;
use super::turns::Turns;
use super::{lite, pg};

/// Opens a SQLite file.
pub(super) fn open_file(config: &DbConfig, path: &Path, shared: Arc<Shared>) -> Result<Db, DbError> {
    let writer = lite::Writer::open(path, config.limit, Arc::clone(&shared))?;
    let here = lite::Here::new(path, config.readers, Arc::clone(&shared));
    let inner = Inner {
        read: Lane::new(config),
        report: Lane::new(config),
        write: Lane::new(config),
        backend: Backend::Lite(path.to_owned(), here),
        limit: config.limit,
        announcer: None,
        threads: Mutex::default(),
        turns: Turns::default(),
        shared,
    };
    let queue = Arc::clone(&inner.write.queue);
    inner.keep(spawn("db-write", move || writer.serve(&queue))?);
    let lanes = [
        ("db-read", &inner.read, config.readers, config.limit),
        ("db-report", &inner.report, config.reporters, config.report_limit),
    ];
    for (name, lane, count, limit) in lanes {
        for _ in 0..count {
            let queue = Arc::clone(&lane.queue);
            let mut reader = lite::Reader::new(path, limit, Arc::clone(&inner.shared));
            inner.keep(spawn(name, move || reader.serve(&queue))?);
        }
    }
    Ok(Db::new(inner))
}

/// Opens a PostgreSQL server.
pub(super) fn open_postgres(config: &DbConfig, url: &str, shared: Arc<Shared>) -> Result<Db, DbError> {
    let address = pg::Address::parse(url)?;
    let announcer = pg::spawn_announcer(address.clone(), Arc::clone(&shared));
    let inner = Inner {
        read: Lane::new(config),
        report: Lane::new(config),
        write: Lane::new(config),
        backend: Backend::Pg(Box::new(address.clone())),
        limit: config.limit,
        announcer: Some(announcer),
        threads: Mutex::default(),
        turns: Turns::default(),
        shared,
    };
    let (readers, reporters, writers) = (config.readers, config.reporters, config.writers);
    let lanes = [
        ("db-read", &inner.read, PgLane::Read, readers, config.limit),
        (
            "db-report",
            &inner.report,
            PgLane::Report,
            reporters,
            config.report_limit,
        ),
        ("db-write", &inner.write, PgLane::Write, writers, config.limit),
    ];
    for (name, lane, kind, count, limit) in lanes {
        for _ in 0..count {
            let queue = Arc::clone(&lane.queue);
            let mut worker = pg::Worker::new(kind, address.clone(), limit, Arc::clone(&inner.shared));
            inner.keep(spawn(name, move || worker.serve(&queue))?);
        }
    }
    Ok(Db::new(inner))
}
