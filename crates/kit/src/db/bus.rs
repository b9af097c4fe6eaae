//! Wake-ups: "something happened under this topic", with nothing in them, because the rows are the truth.
//!
//! In one process a wake-up reaches every [`Wakeups`] of its topic at once. Across nodes on PostgreSQL the node that
//! committed announces the topic by `NOTIFY`, gathered so that many commits make one announcement, and every node
//! passes on what it hears. A lost announcement costs latency only: whoever waits also looks by itself now and then.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, watch};

/// The wake-ups of one node. Clones share.
#[derive(Clone, Debug, Default)]
pub struct Bus(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Topics that somebody on this node has ever waited for.
    topics: Mutex<BTreeMap<&'static str, watch::Sender<()>>>,
    /// Topics to announce to the other nodes.
    outgoing: Mutex<BTreeSet<&'static str>>,
    has_outgoing: Notify,
}

impl Bus {
    /// Wakes all who wait for `topic`, here and on other nodes.
    pub fn wake(&self, topic: &'static str) {
        self.hear(topic);
        self.announce([topic]);
    }

    /// Wakes those who wait for `topic` on this node; a topic nobody here ever waited for is let go.
    pub(super) fn hear(&self, topic: &str) {
        if let Some(waiting) = locked(&self.0.topics).get(topic) {
            waiting.send_replace(());
        }
    }

    /// Wakes everyone here: announcements may have been missed.
    pub(super) fn wake_all_here(&self) {
        for waiting in locked(&self.0.topics).values() {
            waiting.send_replace(());
        }
    }

    /// Puts topics among those to announce.
    pub(super) fn announce(&self, topics: impl IntoIterator<Item = &'static str>) {
        locked(&self.0.outgoing).extend(topics);
        self.0.has_outgoing.notify_one();
    }

    /// Everything woken under `topic` from now on.
    pub fn wakeups(&self, topic: &'static str) -> Wakeups {
        let mut topics = locked(&self.0.topics);
        let waiting = topics.entry(topic).or_insert_with(|| watch::Sender::new(()));
        Wakeups(waiting.subscribe())
    }

    /// The topics to announce; waits until there is one.
    pub(super) async fn outgoing(&self) -> BTreeSet<&'static str> {
        loop {
            let topics = std::mem::take(&mut *locked(&self.0.outgoing));
            if !topics.is_empty() {
                return topics;
            }
            self.0.has_outgoing.notified().await;
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One waiter's wake-ups under one topic.
#[derive(Debug)]
pub struct Wakeups(watch::Receiver<()>);

impl Wakeups {
    /// Waits for the next wake-up; several that came meanwhile count as one. Never ends when the bus is gone.
    pub async fn next(&mut self) {
        if self.0.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn several_wake_ups_of_a_topic_are_one_and_of_another_none() {
        let bus = Bus::default();
        bus.wake("tickets");
        let mut tickets = bus.wakeups("tickets");
        let mut jobs = bus.wakeups("jobs");
        bus.wake("jobs");
        bus.wake("jobs");
        jobs.next().await;
        let mut again = std::pin::pin!(jobs.next());
        assert!(futures::poll!(&mut again).is_pending());
        assert!(
            futures::poll!(std::pin::pin!(tickets.next())).is_pending(),
            "what was before counts for nothing"
        );
        assert_eq!(bus.outgoing().await, BTreeSet::from(["jobs", "tickets"]));
    }
}
