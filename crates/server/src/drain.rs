//! Stopping without losing a request.
//!
//! A drain begins once and never ends. From then on nothing new is taken up: listeners stop
//! accepting, workers stop claiming, live streams tell their browsers to come back elsewhere.
//! What is running has the time limit of the configuration to finish.

use std::future::Future;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Tells every part of the server that it is time to finish, and knows what is still running.
#[derive(Clone, Debug, Default)]
pub struct Drain {
    token: CancellationToken,
    running: TaskTracker,
}

impl Drain {
    /// A drain that has not begun.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins the drain; doing so again changes nothing.
    pub fn begin(&self) {
        self.token.cancel();
        self.running.close();
    }

    /// Whether it has begun.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.token.is_cancelled()
    }

    /// Waits until it has begun.
    pub async fn begun(&self) {
        self.token.cancelled().await;
    }

    /// The same news for parts that do not know this crate: cancelled when the drain begins.
    #[must_use]
    pub fn token(&self) -> CancellationToken {
        self.token.clone()
    }

    /// Runs a task whose end the drain waits for. The task itself watches for [`Drain::begun`].
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.running.spawn(task);
    }

    /// How many tasks are still running.
    #[must_use]
    pub fn running(&self) -> usize {
        self.running.len()
    }

    /// Waits until the drain has begun and every task has ended.
    pub async fn finished(&self) {
        self.running.wait().await;
    }
}

/// The signals that ask this process to stop: the first politely, the second at once.
#[derive(Debug)]
pub struct StopSignals {
    terminate: Signal,
    interrupt: Signal,
}

impl StopSignals {
    /// Takes the signals over from now on, so that none between start and serving kills the process.
    ///
    /// # Errors
    /// The system refuses to tell about signals.
    pub fn listen() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Waits for the next signal.
    pub async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
