//! Opening: starts the threads of all lanes.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use super::config::DbConfig;
use super::error::DbError;
use super::handle::{Backend, Db, Inner};
use super::lane::lane;
use super::lite;
use super::pg::{self, Lane as PgLane};
use super::shared::Shared;

/// Opens a SQLite file.
pub(super) fn open_file(config: &DbConfig, path: PathBuf, shared: Arc<Shared>) -> Result<Db, DbError> {
    let (read, read_queue) = lane(config, config.readers);
    let (report, report_queue) = lane(config, config.reporters);
    let (write, write_queue) = lane(config, 1);
    let writer = lite::open_writer(&path)?;
    let mut threads = vec![lite::spawn_writer(
        writer,
        write_queue,
        config.limit,
        Arc::clone(&shared),
    )?];
    let lanes = [
        ("db-read", read_queue, config.readers, config.limit),
        ("db-report", report_queue, config.reporters, config.report_limit),
    ];
    for (name, queue, count, limit) in lanes {
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..count {
            let thread =
                lite::spawn_reader(name, path.clone(), Arc::clone(&queue), limit, Arc::clone(&shared));
            threads.push(thread.map_err(|error| DbError::Unavailable(error.to_string()))?);
        }
    }
    let threads = Mutex::new(threads);
    Ok(Db::new(Inner {
        shared,
        read,
        report,
        write,
        threads,
        announcer: None,
        backend: Backend::Lite(path),
    }))
}

/// Opens a PostgreSQL server.
pub(super) fn open_postgres(config: &DbConfig, url: &str, shared: Arc<Shared>) -> Result<Db, DbError> {
    let address = pg::Address::parse(url)?;
    let (read, read_queue) = lane(config, config.readers);
    let (report, report_queue) = lane(config, config.reporters);
    let (write, write_queue) = lane(config, config.writers);
    let lanes = [
        ("db-read", PgLane::Read, read_queue, config.readers, config.limit),
        (
            "db-report",
            PgLane::Report,
            report_queue,
            config.reporters,
            config.report_limit,
        ),
        (
            "db-write",
            PgLane::Write,
            write_queue,
            config.writers,
            config.limit,
        ),
    ];
    let mut threads = Vec::new();
    for (name, lane, queue, count, limit) in lanes {
        let queue = Arc::new(Mutex::new(queue));
        let work = pg::Work {
            lane,
            address: address.clone(),
            limit,
            shared: Arc::clone(&shared),
        };
        for _ in 0..count {
            let thread = pg::spawn_worker(name, work.clone(), Arc::clone(&queue));
            threads.push(thread.map_err(|error| DbError::Unavailable(error.to_string()))?);
        }
    }
    let announcer = Some(pg::spawn_announcer(address.clone(), Arc::clone(&shared)));
    let threads = Mutex::new(threads);
    Ok(Db::new(Inner {
        shared,
        read,
        report,
        write,
        threads,
        announcer,
        backend: Backend::Pg(Box::new(address)),
    }))
}
