//! How much one host is asked of: providers block those who sign in too often or with too many connections at once.
//!
//! Whoever waits longest for a place comes first. Who has one for long, to wait for mail, can hear that others wait and give
//! it up: so many mailboxes share few places, each in its turn.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
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
    /// How many wait for a place.
    waiting: usize,
    /// How many have heard it and are about to give theirs up.
    leaving: usize,
    /// Rings when one more waits.
    bell: Arc<Notify>,
}

/// A connection that counts until this is dropped.
#[derive(Debug)]
pub struct Place {
    budget: Budget,
    host: String,
    since: Instant,
    is_leaving: bool,
    /// Given back by being dropped.
    _permit: OwnedSemaphorePermit,
}

/// Counts as one who waits until this is dropped.
struct Waiting<'a> {
    budget: &'a Budget,
    host: &'a str,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.budget
            .of(self.host, |known| known.waiting = known.waiting.saturating_sub(1));
    }
}

impl Place {
    /// Comes back once others wait for a place at this host and nobody else gives up theirs; not before this one was held for
    /// `stay`. Whoever hears it drops the place and asks for another.
    pub async fn wanted(&mut self, stay: Duration) {
        sleep_until(self.since + stay).await;
        loop {
            let bell = self.budget.of(&self.host, |known| Arc::clone(&known.bell));
            let mut ring = std::pin::pin!(bell.notified());
            // From here on no ring is missed.
            ring.as_mut().enable();
            if self.is_to_leave() {
                return;
            }
            ring.await;
        }
    }

    /// The same at this moment, for those who look between two pieces of work.
    pub fn is_wanted(&mut self, stay: Duration) -> bool {
        Instant::now() >= self.since + stay && self.is_to_leave()
    }

    fn is_to_leave(&mut self) -> bool {
        if !self.is_leaving {
            self.is_leaving = self.budget.of(&self.host, |known| {
                let is_wanted = known.waiting > known.leaving;
                known.leaving += usize::from(is_wanted);
                is_wanted
            });
        }
        self.is_leaving
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.is_leaving {
            self.budget.of(&self.host, |known| {
                known.leaving = known.leaving.saturating_sub(1);
            });
        }
    }
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
        let permit = if let Ok(permit) = Arc::clone(&places).try_acquire_owned() {
            permit
        } else {
            let bell = self.of(&host, |known| {
                known.waiting += 1;
                Arc::clone(&known.bell)
            });
            let _waiting = Waiting {
                budget: self,
                host: &host,
            };
            bell.notify_waiters();
            places.acquire_owned().await.expect("nobody closes the places")
        };
        let begin = self.of(&host, |known| {
            let begin = known.next.max(Instant::now());
            known.next = begin + self.between;
            begin
        });
        sleep_until(begin).await;
        Place {
            budget: self.clone(),
            host,
            since: begin,
            is_leaving: false,
            _permit: permit,
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
            waiting: 0,
            leaving: 0,
            bell: Arc::default(),
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

    #[tokio::test(start_paused = true)]
    async fn who_looks_between_two_pieces_of_work_hears_it_too() {
        let (budget, stay) = (Budget::new(1, Duration::ZERO), Duration::from_secs(20));
        let mut place = budget.place("a.example").await;
        let other = budget.clone();
        let waiting = tokio::spawn(async move { other.place("a.example").await });
        tokio::time::sleep(stay / 2).await;
        assert!(!place.is_wanted(stay), "not so soon");
        tokio::time::sleep(stay).await;
        assert!(place.is_wanted(stay));
        drop(place);
        let mut next = waiting.await.unwrap();
        tokio::time::sleep(stay * 2).await;
        assert!(!next.is_wanted(stay), "nobody else wants it");
    }

    #[tokio::test(start_paused = true)]
    async fn many_share_few_places_and_each_has_its_turn() {
        let budget = Budget::new(2, Duration::from_millis(300));
        let stay = Duration::from_secs(20);
        let alone = tokio::time::timeout(stay * 10, async {
            budget.place("a.example").await.wanted(stay).await;
        });
        assert!(alone.await.is_err(), "nobody else wants it");
        let turns = Arc::new(Mutex::new(vec![0_u32; 7]));
        let most = Arc::new(Mutex::new((0_usize, 0_usize)));
        let readers = (0..7).map(|at| {
            let (budget, turns, most) = (budget.clone(), Arc::clone(&turns), Arc::clone(&most));
            tokio::spawn(async move {
                loop {
                    let mut place = budget.place("b.example").await;
                    turns.lock().unwrap()[at] += 1;
                    {
                        let mut most = most.lock().unwrap();
                        most.0 += 1;
                        most.1 = most.1.max(most.0);
                    }
                    place.wanted(stay).await;
                    most.lock().unwrap().0 -= 1;
                }
            })
        });
        let readers: Vec<_> = readers.collect();
        tokio::time::sleep(Duration::from_secs(20 * 35)).await;
        for reader in readers {
            reader.abort();
        }
        let (turns, most) = (turns.lock().unwrap().clone(), most.lock().unwrap().1);
        assert_eq!(most, 2);
        let (fewest, highest) = (turns.iter().min().unwrap(), turns.iter().max().unwrap());
        assert!(*fewest >= 5 && highest - fewest <= 2, "{turns:?}");
    }
}
