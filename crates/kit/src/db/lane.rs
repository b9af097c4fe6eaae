//! A lane: a queue with its threads behind it, and the way a closure takes through it.

use std::time::Duration;

use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::config::DbConfig;
use super::error::DbError;
use super::task::{Answer, Manner, Message, pack};
use super::tx::Tx;

pub(super) struct Lane {
    pub(super) queue: Sender<Message>,
    pub(super) threads: usize,
    wait: Duration,
}

/// Sends `body` through `lane` and waits for its answer.
pub(super) async fn ask<T, E, F>(lane: &Lane, manner: Manner, body: F) -> Result<T, E>
where
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
{
    let (task, answer): (_, Answer<T, E>) = pack(manner, body);
    let place = match lane.queue.try_reserve() {
        Ok(place) => place,
        Err(tokio::sync::mpsc::error::TrySendError::Closed(())) => return Err(DbError::Closed.into()),
        Err(tokio::sync::mpsc::error::TrySendError::Full(())) => {
            match tokio::time::timeout(lane.wait, lane.queue.reserve()).await {
                Ok(Ok(place)) => place,
                Ok(Err(_)) => return Err(DbError::Closed.into()),
                Err(_) => {
                    metrics::counter!("db_overloaded_total").increment(1);
                    return Err(DbError::Overloaded.into());
                }
            }
        }
    };
    place.send(Message::Task(task));
    answer.await.unwrap_or_else(|_| Err(DbError::Closed.into()))
}

/// A lane and the receiving end of its queue.
pub(super) fn lane(config: &DbConfig, threads: usize) -> (Lane, Receiver<Message>) {
    let (queue, receiver) = channel(config.queue);
    (
        Lane {
            queue,
            threads,
            wait: config.queue_wait,
        },
        receiver,
    )
}
