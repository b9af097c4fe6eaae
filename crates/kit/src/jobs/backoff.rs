//! How long to wait before the next attempt.

use std::time::Duration;

use crate::id::Ids;

/// Waits that grow threefold from `first` up to `most`, each shortened at random by up to half so that jobs which
/// failed together do not come back together ("equal jitter").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The longest wait after the first failure.
    pub first: Duration,
    /// The longest wait of all.
    pub most: Duration,
}

impl Default for Backoff {
    /// From one second to one hour: twelve attempts spread over about three hours.
    fn default() -> Self {
        Self {
            first: Duration::from_secs(1),
            most: Duration::from_secs(3_600),
        }
    }
}

impl Backoff {
    /// The wait after the failure number `failures`, counted from 1, before it is shortened.
    pub fn longest(&self, failures: i64) -> Duration {
        let steps = u32::try_from(failures.saturating_sub(1).max(0)).unwrap_or(u32::MAX);
        let factor = 3_u32.checked_pow(steps).unwrap_or(u32::MAX);
        self.first.saturating_mul(factor).min(self.most)
    }

    /// The wait after the failure number `failures`: between half of [`Backoff::longest`] and all of it.
    pub fn wait(&self, failures: i64, chance: &Ids) -> Duration {
        let half = self.longest(failures) / 2;
        let micros = u64::try_from(half.as_micros()).unwrap_or(u64::MAX - 1);
        half + Duration::from_micros(chance.below(micros + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Ids;

    #[test]
    fn waits_triple_up_to_the_longest_and_lose_at_most_half() {
        let (backoff, chance) = (Backoff::default(), Ids::seeded(11));
        let mut oracle = 1.0_f64;
        for failures in 1..60 {
            let longest = backoff.longest(failures).as_secs_f64();
            assert_eq!(longest, oracle.min(3_600.0));
            for _ in 0..50 {
                let wait = backoff.wait(failures, &chance).as_secs_f64();
                assert!(wait >= longest / 2.0 && wait <= longest, "{failures}: {wait}");
            }
            oracle *= 3.0;
        }
        assert_eq!(backoff.longest(0), Duration::from_secs(1));
        assert_eq!(backoff.longest(i64::MAX), Duration::from_secs(3_600));
    }

    #[test]
    fn jobs_that_failed_together_come_back_apart() {
        let (backoff, chance) = (Backoff::default(), Ids::seeded(3));
        let waits: std::collections::BTreeSet<_> = (0..100).map(|_| backoff.wait(5, &chance)).collect();
        assert!(waits.len() > 95);
    }

    #[test]
    fn endless_waits_do_not_overflow() {
        let endless = Backoff {
            first: Duration::MAX,
            most: Duration::MAX,
        };
        assert!(endless.wait(9, &Ids::seeded(1)) >= Duration::MAX / 2);
    }
}
