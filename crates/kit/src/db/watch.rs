//! How long a statement took, for the slow-query log.

use std::time::{Duration, Instant};

use super::query::Query;

/// A running stop-watch.
#[derive(Clone, Copy)]
pub(super) struct Watch(Instant);

impl Watch {
    #[expect(clippy::disallowed_methods, reason = "measures a span, decides nothing")]
    pub(super) fn start() -> Self {
        Self(Instant::now())
    }

    pub(super) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }

    /// One log line for a statement slower than `limit`: its place, never its values.
    pub(super) fn report_slow(self, query: Query<'_>, limit: Duration) {
        let took = self.elapsed();
        if took >= limit {
            metrics::counter!("db_slow_statements_total").increment(1);
            tracing::warn!(statement = query.place(), ms = took.as_millis(), "slow statement");
        }
    }
}
