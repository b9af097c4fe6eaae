//! Whether this process can do its work, asked of each thing it needs.

use std::{
    collections::BTreeMap,
    fmt,
    future::Future,
    sync::Arc,
    time::{Duration, Instant},
};

use futures::{FutureExt, future::BoxFuture, future::join_all};
use serde::Serialize;
use tokio::sync::Mutex;

use crate::drain::Drain;

/// Longest time that one check may take before it counts as failed.
const CHECK_TIMEOUT: Duration = Duration::from_secs(2);
/// How long a report is given again, so that nobody can wear the database out with probes.
const REPORT_LIFE: Duration = Duration::from_secs(1);

type Check = Arc<dyn Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync>;

/// The things that must work for this process to be of use.
#[derive(Clone)]
pub struct Readiness {
    checks: Vec<(&'static str, Check)>,
    drain: Drain,
    last: Arc<Mutex<Option<(Instant, Report)>>>,
}

impl fmt::Debug for Readiness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.checks.iter().map(|(name, _)| name))
            .finish()
    }
}

/// The answer of `/readyz`.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Whether every check passed and no drain has begun.
    #[serde(rename = "ready")]
    pub is_ready: bool,
    /// By name: `ok`, or what is wrong.
    pub checks: BTreeMap<&'static str, String>,
}

impl Readiness {
    /// Ready until `drain` begins, with no further conditions.
    #[must_use]
    pub fn new(drain: Drain) -> Self {
        Self {
            checks: Vec::new(),
            drain,
            last: Arc::default(),
        }
    }

    /// Adds a condition. The reason of a failure is shown to operators only.
    #[must_use]
    pub fn with<F>(mut self, name: &'static str, check: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<(), String>> + Send + 'static,
    {
        self.checks.push((name, Arc::new(move || check().boxed())));
        self
    }

    /// Asks every check, or repeats the last report when it is not a second old.
    #[expect(clippy::disallowed_methods, reason = "measures the age of an answer")]
    pub async fn report(&self) -> Report {
        let mut last = self.last.lock().await;
        let fresh = last
            .as_ref()
            .filter(|(asked, _)| asked.elapsed() < REPORT_LIFE)
            .map(|(_, report)| report.clone());
        let mut report = match fresh {
            Some(report) => report,
            None => {
                let report = self.ask().await;
                *last = Some((Instant::now(), report.clone()));
                report
            }
        };
        // A drain shows at once, whatever the last report said.
        if self.drain.has_begun() {
            report.is_ready = false;
            report.checks.insert("drain", "the server is stopping".to_owned());
        }
        report
    }

    async fn ask(&self) -> Report {
        let asked = self.checks.iter().map(|(name, check)| async {
            let answer = tokio::time::timeout(CHECK_TIMEOUT, check()).await;
            (
                *name,
                answer.unwrap_or_else(|_| Err(format!("no answer within {} s", CHECK_TIMEOUT.as_secs()))),
            )
        });
        let answers = join_all(asked).await;
        Report {
            is_ready: answers.iter().all(|(_, answer)| answer.is_ok()),
            checks: answers
                .into_iter()
                .map(|(name, answer)| (name, answer.err().unwrap_or_else(|| "ok".to_owned())))
                .collect(),
        }
    }
}
