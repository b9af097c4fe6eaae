//! How often one may ask: so many requests a minute for each token, counted by this process.
//!
//! The headers are those of draft-ietf-httpapi-ratelimit-headers-11; `Retry-After` stands beside them in a refusal.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use kit::clock::{Clock, Timestamp};

/// What the quota is for.
const WINDOW: Duration = Duration::from_secs(60);
/// From how many askers on those are forgotten whose window is over.
const MANY: usize = 10_000;

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LEFT: HeaderName = HeaderName::from_static("ratelimit");

/// The counts of this process. Clones share.
#[derive(Clone, Debug)]
pub struct Pace {
    quota: u64,
    clock: Clock,
    windows: Arc<Mutex<HashMap<String, Window>>>,
}

#[derive(Clone, Copy, Debug)]
struct Window {
    end: Timestamp,
    used: u64,
}

/// How an asker stands after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether the request is within the quota.
    pub is_allowed: bool,
    /// How many requests a window has.
    pub quota: u64,
    /// How many are left in this one.
    pub left: u64,
    /// Seconds until the next window begins.
    pub seconds_left: u64,
}

impl Pace {
    /// Nobody has asked yet; each may ask `quota` times a minute.
    pub fn new(quota: u32, clock: Clock) -> Self {
        Self {
            quota: u64::from(quota),
            clock,
            windows: Arc::default(),
        }
    }

    /// Counts a request of `asker`. A minute begins with its first request.
    pub fn take(&self, asker: String) -> Standing {
        let now = self.clock.now();
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= MANY {
            windows.retain(|_, window| window.end > now);
        }
        let fresh = Window {
            end: now.plus(WINDOW),
            used: 0,
        };
        let window = windows.entry(asker).or_insert(fresh);
        // A clock that was set back must not make a window longer.
        if window.end <= now || window.end > fresh.end {
            *window = fresh;
        }
        let is_allowed = window.used < self.quota;
        window.used += u64::from(is_allowed);
        Standing {
            is_allowed,
            quota: self.quota,
            left: self.quota - window.used,
            seconds_left: window.end.since(now).as_millis().div_ceil(1_000) as u64,
        }
    }
}

impl Standing {
    /// Tells the asker how they stand.
    pub fn tell(self, headers: &mut HeaderMap) {
        let (quota, seconds) = (self.quota, WINDOW.as_secs());
        let pairs = [
            (POLICY, format!("\"token\";q={quota};w={seconds}")),
            (LEFT, format!("\"token\";r={};t={}", self.left, self.seconds_left)),
        ];
        for (name, text) in pairs {
            headers.insert(name, HeaderValue::try_from(text).expect("numbers are plain text"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(quota: u32) -> (Pace, Clock) {
        let clock = Clock::manual(Timestamp::from_seconds(1_000));
        (Pace::new(quota, clock.clone()), clock)
    }

    #[test]
    fn each_asker_has_a_quota_that_comes_back_after_a_minute() {
        let (pace, clock) = pace(2);
        let take = |who: &str| pace.take(who.to_owned());
        assert_eq!((take("a").left, take("a").left), (1, 0));
        let refused = take("a");
        assert_eq!((refused.is_allowed, refused.seconds_left), (false, 60));
        assert!(take("b").is_allowed);
        clock.advance(Duration::from_millis(59_500));
        assert_eq!((take("a").is_allowed, take("a").seconds_left), (false, 1));
        clock.advance(Duration::from_millis(500));
        assert!(take("a").is_allowed);
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out() {
        let (pace, clock) = pace(1);
        assert!(pace.take("a".into()).is_allowed);
        clock.set(Timestamp::from_seconds(10));
        let standing = pace.take("a".into());
        assert_eq!((standing.is_allowed, standing.seconds_left), (true, 60));
    }

    #[test]
    fn the_headers_are_those_of_the_draft() {
        let mut headers = HeaderMap::new();
        pace(600).0.take("a".into()).tell(&mut headers);
        assert_eq!(headers["ratelimit-policy"], "\"token\";q=600;w=60");
        assert_eq!(headers["ratelimit"], "\"token\";r=599;t=60");
    }
}
