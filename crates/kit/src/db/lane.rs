//! A lane: a queue with its threads behind it, and the way a closure takes through it.

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use super::config::DbConfig;
use super::error::DbError;
use super::queue::Queue;
use super::task::{Answer, Manner, Task, pack};
use super::tx::Tx;

/// A queue and how long a caller waits for a place in it. Closes the queue when dropped, so that its threads end.
pub(super) struct Lane {
    pub(super) queue: Arc<Queue>,
    patience: Duration,
}

impl Lane {
    pub(super) fn new(config: &DbConfig) -> Self {
        Self {
            queue: Arc::new(Queue::new(config.queue)),
            patience: config.queue_wait,
        }
    }

    /// Sends `body` through the lane and waits for its answer.
    pub(super) async fn ask<T, E, F>(&self, manner: Manner, body: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let (task, answer) = pack(manner, body);
        self.send(task).await?;
        answered(answer).await
    }

    /// Puts `task` into the queue.
    pub(super) async fn send(&self, task: Box<dyn Task>) -> Result<(), DbError> {
        self.queue.put(task, self.patience).await
    }
}

/// The answer to a closure. A thread that broke off in its middle leaves none: nobody knows how far it came.
pub(super) async fn answered<T, E: From<DbError>>(answer: Answer<T, E>) -> Result<T, E> {
    answer.await.unwrap_or_else(|_| Err(DbError::Unknown.into()))
}

impl Drop for Lane {
    fn drop(&mut self) {
        self.queue.close();
    }
}

/// Starts a thread of a lane.
///
/// # Errors
/// [`DbError::Unavailable`] when the machine has no thread to give.
pub(super) fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, DbError> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .stack_size(2 << 20)
        .spawn(run)
        .map_err(|error| DbError::Unavailable(format!("no thread for {name}: {error}")))
}
