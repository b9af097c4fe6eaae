//! Wake-ups: "something happened under this topic", with nothing in them, because the rows are the truth.
//!
//! In one process a wake-up reaches every [`Wakeups`] at once. Across nodes on PostgreSQL the node that committed
//! announces the topic by `NOTIFY`, gathered so that many commits make one announcement, and every node passes on what
//! it hears. A lost announcement costs latency only: whoever waits also looks by itself now and then.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, broadcast};

/// The wake-ups of one node. Clones share.
#[derive(Clone, Debug)]
pub struct Bus {
    local: broadcast::Sender<&'static str>,
    known: Arc<Mutex<BTreeSet<&'static str>>>,
    outgoing: Arc<Outgoing>,
}

/// Topics waiting to be announced to the other nodes.
#[derive(Debug, Default)]
struct Outgoing {
    topics: Mutex<BTreeSet<&'static str>>,
    ready: Notify,
}

impl Default for Bus {
    fn default() -> Self {
        Self {
            local: broadcast::Sender::new(256),
            known: Arc::default(),
            outgoing: Arc::default(),
        }
    }
}

impl Bus {
    /// Wakes all who wait for `topic`, here and on other nodes.
    pub fn wake(&self, topic: &'static str) {
        self.wake_here(topic);
        self.outgoing
            .topics
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(topic);
        self.outgoing.ready.notify_one();
    }

    /// Wakes those who wait for `topic` on this node.
    pub(super) fn wake_here(&self, topic: &'static str) {
        // No receiver is fine: nobody waits.
        let _ = self.local.send(topic);
    }

    /// Passes on what another node announced; a topic nobody here ever waited for is let go.
    pub(super) fn hear(&self, topic: &str) {
        let known = self
            .known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(topic)
            .copied();
        if let Some(topic) = known {
            self.wake_here(topic);
        }
    }

    /// Wakes everyone here: announcements may have been missed.
    pub(super) fn wake_all_here(&self) {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        known.into_iter().for_each(|topic| self.wake_here(topic));
    }

    /// Everything woken under `topic` from now on.
    pub fn wakeups(&self, topic: &'static str) -> Wakeups {
        self.known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(topic);
        Wakeups {
            topic,
            receiver: self.local.subscribe(),
        }
    }

    /// The topics to announce; waits until there is one.
    pub(super) async fn outgoing(&self) -> BTreeSet<&'static str> {
        loop {
            self.outgoing.ready.notified().await;
            let topics = std::mem::take(
                &mut *self
                    .outgoing
                    .topics
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner),
            );
            if !topics.is_empty() {
                return topics;
            }
        }
    }
}

/// One waiter's wake-ups under one topic.
#[derive(Debug)]
pub struct Wakeups {
    topic: &'static str,
    receiver: broadcast::Receiver<&'static str>,
}

impl Wakeups {
    /// Waits for the next wake-up; several that came meanwhile count as one. Having missed some counts as one too.
    /// Never ends when the bus is gone.
    pub async fn next(&mut self) {
        loop {
            match self.receiver.recv().await {
                Ok(topic) if topic == self.topic => break,
                Ok(_) => {}
                Err(broadcast::error::RecvError::Lagged(_)) => break,
                Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
            }
        }
        self.drain();
    }

    fn drain(&mut self) {
        while !matches!(
            self.receiver.try_recv(),
            Err(broadcast::error::TryRecvError::Empty | broadcast::error::TryRecvError::Closed)
        ) {}
    }
}
