//! `tandem serve`

use std::future::ready;
use std::pin::pin;

use desk::mails;
use desk::mails::receiving::{self, Door, Protocol};
use kit::clock::Clock;
use kit::db::Db;
use kit::id::Ids;
use kit::jobs::{Worker, WorkerConfig};
use success::usage::folding;
use tandem_core::live::{self, Live};
use tandem_core::search;
use tandem_core::setup;

use super::{Call, Failure, print, wait};
use crate::app::{self, App};
use crate::config::{Config, Role, Value};
use crate::drain::Drain;
use crate::operations::{self, Metrics};
use crate::serve::certificates::Certificate;
use crate::serve::{self, Ending, Listeners, Served};
use crate::{stores, wiring};

pub(super) fn run(call: &Call) -> Result<(), Failure> {
    wait(run_with(&call.config, || Ok(()), ready(Ok(())), |_, _| {}))
}

/// Serves until told to stop; `tell` is called once the addresses are bound and the database is up to date. Jobs are run from
/// when `first` is done, and not at all when it failed; `then` begins what else goes on from there.
pub(super) async fn run_with(
    config: &Config,
    tell: impl FnOnce() -> Result<(), Failure>,
    first: impl Future<Output = Result<(), Failure>>,
    then: impl FnOnce(&Db, &Drain),
) -> Result<(), Failure> {
    let mut listeners = Listeners::bind(config).await?;
    let metrics = Metrics::start();
    let opened = app::open(config, Clock::system(), Ids::random())?;
    let db = opened.db.clone();
    for name in db.migrate(wiring::MIGRATIONS).await? {
        tracing::info!(name, "migrated");
    }
    let drain = Drain::new();
    let app = App::new(&db, Live::new(drain.token()), config);
    let beside = [
        tokio::spawn(metrics.clone().keep_up()),
        tokio::spawn(live::follow(db.clone(), app.live.clone())),
        tokio::spawn(live::follow_work(db.clone(), app.live.clone())),
    ];
    let moves = follow_moves(&db, &app.live);
    // The index is opened behind the start, and built there when it has to be.
    let indexing = config
        .roles
        .includes(Role::Web)
        .then(|| tokio::spawn(search::follow(db.clone(), app.search.clone())));
    take_mail(&db, config, &mut listeners, &drain);
    tell()?;
    invite(&db, config).await?;
    let served = Served {
        app: app::router(&app, config),
        readiness: operations::readiness(config, &db, wiring::MIGRATIONS, &drain),
        metrics,
        drain: drain.clone(),
        limit: config.drain,
    };
    let mut serving = pin!(serve::run(listeners, served));
    let ending = tokio::select! {
        ending = &mut serving => ending?,
        done = first => {
            match done {
                Ok(()) => {
                    begin_work(&db, config, &drain);
                    then(&db, &drain);
                }
                // What it left behind half done is nothing to work on.
                Err(error) => tracing::error!(%error, "the start did not end well; jobs are not run"),
            }
            serving.await?
        }
    };
    let beside = beside.iter().chain(&moves);
    beside.for_each(tokio::task::JoinHandle::abort);
    indexing.iter().for_each(tokio::task::JoinHandle::abort);
    // Whoever was cut off may hold a database thread; waiting for it would not keep the limit.
    if ending == Ending::Drained {
        db.close().await;
    }
    Ok(())
}

/// What moves without being an event is told to open pages.
fn follow_moves(db: &Db, streams: &Live) -> Vec<tokio::task::JoinHandle<()>> {
    let all = wiring::MOVES.iter();
    all.map(|moves| tokio::spawn(live::follow_moves(db.clone(), streams.clone(), moves)))
        .collect()
}

/// Says where an empty installation is set up; the address is a secret and works until somebody has done it.
async fn invite(db: &Db, config: &Config) -> Result<(), Failure> {
    let Some(secret) = db.write(setup::open).await? else {
        return Ok(());
    };
    let address = format!("{}/setup/{}", config.public_origin().as_str(), secret.expose());
    print(&format!(
        "\n  Tandem is running and empty. Open this address to set it up:\n\n  {address}\n\n"
    ))
}

/// Reads mailboxes and receives what is handed over, until the drain.
fn take_mail(db: &Db, config: &Config, listeners: &mut Listeners, drain: &Drain) {
    if !config.roles.includes(Role::Mail) {
        return;
    }
    drain.spawn(mails::watching::run(db.clone(), drain.token()));
    let certificate = listeners.certificate.take();
    let encryption = certificate.as_ref().map(Certificate::encryption);
    let doors = [
        (Protocol::Lmtp, listeners.lmtp.take(), None),
        (Protocol::Smtp, listeners.smtp.take(), encryption),
    ];
    for (protocol, listener, encryption) in doors {
        let Some(listener) = listener else { continue };
        let door = Door {
            protocol,
            host: stores::mail_host(config),
            encryption,
        };
        drain.spawn(receiving::serve(db.clone(), listener, door, drain.token()));
    }
    if let Some(certificate) = certificate {
        drain.spawn(certificate.follow(drain.token()));
    }
}

/// Runs jobs, where this process takes part in that.
fn begin_work(db: &Db, config: &Config, drain: &Drain) {
    if config.roles.includes(Role::Worker) {
        drain.spawn(work(start_worker(db, config), drain.clone()));
        drain.spawn(folding::follow(db.clone(), drain.token()));
    }
}

/// Works until the drain, and gives back what is not done by its end.
async fn work(worker: Worker, drain: Drain) {
    drain.begun().await;
    worker.stop().await;
}

fn start_worker(db: &Db, config: &Config) -> Worker {
    let mut settings = WorkerConfig::new(db);
    settings.roles = config.roles.show();
    settings.drain = config.drain;
    Worker::start(db, wiring::jobs(), settings)
}
