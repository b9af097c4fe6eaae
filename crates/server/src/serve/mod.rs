//! Running the server: both listeners from start to drained.

pub mod certificates;
mod files;
mod listener;

#[cfg(test)]
mod tests;

use std::{net::SocketAddr, time::Duration};

use axum::Router;
use sd_notify::NotifyState;
use tokio::net::TcpListener;

use listener::accept;

use crate::{
    config::{Config, Role},
    drain::{Drain, StopSignals},
    operations::{self, Metrics, Readiness},
};

/// Why the server cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// An address that cannot be had.
    #[error("cannot listen at {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        source: std::io::Error,
    },
    /// No word about signals.
    #[error("cannot watch for signals: {0}")]
    Signals(std::io::Error),
    /// STARTTLS is wanted and can't be offered.
    #[error(transparent)]
    Certificate(#[from] certificates::CertificateError),
}

/// The sockets of this process. They are bound before anything slow happens, so that a taken
/// address shows at once.
#[derive(Debug)]
pub struct Listeners {
    /// For people and programs; absent when the roles of this process serve neither.
    pub main: Option<TcpListener>,
    /// For metrics and probes.
    pub operations: TcpListener,
    /// For mail servers that hand mail over by LMTP.
    pub lmtp: Option<TcpListener>,
    /// For those that do it by SMTP.
    pub smtp: Option<TcpListener>,
    /// By what those know us.
    pub certificate: Option<certificates::Certificate>,
}

impl Listeners {
    /// Binds the addresses of the configuration.
    ///
    /// # Errors
    /// An address is taken or not of this machine.
    pub async fn bind(config: &Config) -> Result<Self, ServeError> {
        let serves = config.roles.includes(Role::Web) || config.roles.includes(Role::Ingest);
        let main = if serves {
            Some(bind(config.listen).await?)
        } else {
            None
        };
        Ok(Self {
            main,
            operations: bind(config.operations_listen).await?,
            lmtp: bind_for_mail(config, config.lmtp_listen).await?,
            smtp: bind_for_mail(config, config.smtp_listen).await?,
            certificate: certificates::Certificate::of(config).await?,
        })
    }
}

/// Mail is taken by processes that take part in it, where an address is set.
async fn bind_for_mail(
    config: &Config,
    address: Option<SocketAddr>,
) -> Result<Option<TcpListener>, ServeError> {
    match address.filter(|_| config.roles.includes(Role::Mail)) {
        Some(address) => Ok(Some(bind(address).await?)),
        None => Ok(None),
    }
}

async fn bind(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address)
        .await
        .map_err(|source| ServeError::Listen { address, source })
}

/// What is served.
#[derive(Debug)]
pub struct Served {
    /// The application with its edge around it; health probes are added here.
    pub app: Router,
    /// Whether this process can take requests.
    pub readiness: Readiness,
    /// The recorded metrics.
    pub metrics: Metrics,
    /// Ends it all; workers and streams of the application hang on the same drain.
    pub drain: Drain,
    /// Time that running requests have to finish.
    pub limit: Duration,
}

/// How serving ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Everything that was running has finished.
    Drained,
    /// The time limit or a second signal came first; so many tasks were cut off.
    CutShort(usize),
}

/// Serves until a signal or the drain ends it, then waits for what is running.
///
/// # Errors
/// The process cannot watch for signals.
pub async fn run(listeners: Listeners, served: Served) -> Result<Ending, ServeError> {
    files::allow_many();
    let mut signals = StopSignals::listen().map_err(ServeError::Signals)?;
    let Served {
        app,
        readiness,
        metrics,
        drain,
        limit,
    } = served;

    let address = |listener: &TcpListener| listener.local_addr().map(|address| address.to_string());
    let main = listeners.main.as_ref().and_then(|main| address(main).ok());
    let operations = address(&listeners.operations).ok();

    // The operations listener answers until the very end, so that the drain can be watched.
    let probes = operations::routes(readiness.clone(), metrics);
    let watching = tokio::spawn(accept(listeners.operations, probes, Drain::new()));
    if let Some(listener) = listeners.main {
        // In this order: the merged router keeps the fallback of the second, which has the edge around it.
        let app = operations::public_routes(readiness).merge(app);
        drain.spawn(accept(listener, app, drain.clone()));
    }
    let watchdog = tokio::spawn(feed_watchdog());
    tell(&[NotifyState::Ready]);
    tracing::info!(main, operations, "serving");

    tokio::select! {
        () = signals.next() => {}
        () = drain.begun() => {}
    }
    tell(&[NotifyState::Stopping]);
    drain.begin();
    tracing::info!(running = drain.running(), "draining");
    let ending = tokio::select! {
        biased;
        () = drain.finished() => Ending::Drained,
        () = signals.next() => Ending::CutShort(drain.running()),
        () = tokio::time::sleep(limit) => Ending::CutShort(drain.running()),
    };
    watching.abort();
    watchdog.abort();
    match ending {
        Ending::Drained => tracing::info!("drained"),
        Ending::CutShort(running) => tracing::warn!(running, "stopped before everything had finished"),
    }
    Ok(ending)
}

/// Tells the service manager, where there is one.
fn tell(state: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(state) {
        tracing::warn!(%error, "cannot notify the service manager");
    }
}

/// Reports life at half the interval that the service manager asks for. Coming from the runtime
/// that serves the requests, the report stops when that runtime is stuck.
async fn feed_watchdog() {
    let Some(interval) = sd_notify::watchdog_enabled() else {
        return;
    };
    let mut beat = tokio::time::interval(interval / 2);
    loop {
        beat.tick().await;
        tell(&[NotifyState::Watchdog]);
    }
}
