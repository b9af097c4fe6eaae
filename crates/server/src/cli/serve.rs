//! `tandem serve`

use kit::clock::Clock;
use kit::db::Db;
use kit::id::Ids;
use kit::jobs::{Worker, WorkerConfig};
use tandem_core::doors::web::SessionCookie;
use tandem_core::live::{self, Live};

use super::{Call, Failure, wait};
use crate::app::{self, App};
use crate::config::{Config, Role, Value};
use crate::drain::Drain;
use crate::operations::{Metrics, Readiness, disk};
use crate::serve::{self, Listeners, Served};
use crate::wiring;

pub(super) fn run(call: &Call) -> Result<(), Failure> {
    wait(run_with(&call.config, || Ok(())))
}

/// Serves until told to stop; `ready` is called once the addresses are bound and the database is up to date.
pub(super) async fn run_with(
    config: &Config,
    ready: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let listeners = Listeners::bind(config).await?;
    let metrics = Metrics::start();
    let opened = app::open(config, Clock::system(), Ids::random())?;
    let db = opened.db.clone();
    for name in db.migrate(wiring::MIGRATIONS).await? {
        tracing::info!(name, "migrated");
    }
    let drain = Drain::new();
    let app = App {
        db: db.clone(),
        live: Live::new(drain.token()),
        cookie: SessionCookie {
            is_secure: config.public_origin().is_https(),
        },
    };
    let following = tokio::spawn(live::follow(db.clone(), app.live.clone()));
    let worker = config
        .roles
        .includes(Role::Worker)
        .then(|| start_worker(&db, config));
    ready()?;
    let served = Served {
        app: app::router(&app, config),
        readiness: readiness(&db, config, &drain),
        metrics,
        drain: drain.clone(),
        limit: config.drain,
    };
    // The worker drains beside the requests, within the same limit.
    let stopping = tokio::spawn(async move {
        drain.begun().await;
        if let Some(worker) = worker {
            worker.stop().await;
        }
    });
    let ending = serve::run(listeners, served).await;
    let _ = stopping.await;
    following.abort();
    db.close().await;
    ending?;
    Ok(())
}

fn start_worker(db: &Db, config: &Config) -> Worker {
    let mut settings = WorkerConfig::new(db);
    settings.roles = config.roles.show();
    settings.drain = config.drain;
    Worker::start(db, wiring::jobs(), settings)
}

fn readiness(db: &Db, config: &Config, drain: &Drain) -> Readiness {
    let (data, reserve) = (config.data.clone(), config.disk_reserve);
    let db = db.clone();
    Readiness::new(drain.clone())
        .with("disk", move || {
            let data = data.clone();
            async move { disk::has_room(&data, reserve) }
        })
        .with("database", move || {
            let db = db.clone();
            async move { db.check().await.map(drop).map_err(|error| error.to_string()) }
        })
}
