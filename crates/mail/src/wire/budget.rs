//! How much one host is asked of: providers block those who sign in too often or with too many connections at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};

/// Connections to each host at a time, and the time between two that begin. Clones share.
#[derive(Debug, Clone)]
pub struct Budget {
    most: usize,
    between: Duration,
    hosts: Arc<Mutex<HashMap<String, Host>>>,
}

#[derive(Debug)]
struct Host {
    places: Arc<Semaphore>,
    /// When the next may begin.
    next: Instant,
}

/// A connection that counts until this is dropped.
#[derive(Debug)]
pub struct Place {
    /// Given back by being dropped.
    _permit: OwnedSemaphorePermit,
}

impl Budget {
    /// So many connections to each host at a time, one beginning so long after the other.
    pub fn new(most: usize, between: Duration) -> Self {
        Self {
            most: most.max(1),
            between,
            hosts: Arc::default(),
        }
    }

    /// Waits for a place at a host; whoever waits longest comes first.
    pub async fn place(&self, host: &str) -> Place {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let places = self.of(&host, |known| Arc::clone(&known.places));
        let permit = places.acquire_owned().await;
        let begin = self.of(&host, |known| {
            let begin = known.next.max(Instant::now());
            known.next = begin + self.between;
            begin
        });
        sleep_until(begin).await;
        Place {
            _permit: permit.expect("nobody closes the places"),
        }
    }

    /// How many connections to a host there may be beside those there are.
    pub fn free(&self, host: &str) -> usize {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        self.of(&host, |known| known.places.available_permits())
    }

    fn of<T>(&self, host: &str, look: impl FnOnce(&mut Host) -> T) -> T {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let known = hosts.entry(host.to_owned()).or_insert_with(|| Host {
            places: Arc::new(Semaphore::new(self.most)),
            next: Instant::now(),
        });
        look(known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_host_gets_so_many_connections_and_none_right_after_another() {
        let budget = Budget::new(2, Duration::from_secs(5));
        let begun = Instant::now();
        let first = budget.place("imap.example.com").await;
        assert_eq!(begun.elapsed(), Duration::ZERO);
        let second = budget.place("IMAP.example.com.").await;
        assert_eq!(begun.elapsed(), Duration::from_secs(5), "one after the other");
        assert_eq!(budget.free("imap.example.com"), 0);
        let other = budget.clone();
        let waiting = tokio::spawn(async move { other.place("imap.example.com").await });
        tokio::time::sleep(Duration::from_secs(60)).await;
        assert!(!waiting.is_finished(), "there are two already");
        let _elsewhere = budget.place("imap.example.net").await;
        assert_eq!(
            begun.elapsed(),
            Duration::from_secs(65),
            "another host has its own budget"
        );
        drop(first);
        let _third = waiting.await.unwrap();
        assert_eq!(budget.free("imap.example.com"), 0);
        drop(second);
        assert_eq!(budget.free("imap.example.com"), 1);
    }
}
