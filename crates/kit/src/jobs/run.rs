//! Running one claimed job to its end.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::FutureExt;

use crate::db::{DbError, Tx};
use crate::jobs::registry::{Kind, Options, Run, RunErrand, RunReaction};
use crate::jobs::settle::{Settled, settle, verdict};
use crate::jobs::store::{self, Claim, Held, Over};
use crate::jobs::worker::Node;
use crate::jobs::{About, Errand, JobError, PROGRESS, Progress, TOPIC};

/// How long to wait before a result is offered again to a database that is gone.
const PAUSE: Duration = Duration::from_secs(1);

/// Why a claimed job's work counts for nothing.
enum Broken {
    /// The job is in other hands, or gone.
    Lost,
    /// It failed.
    Failed(JobError),
}

impl From<DbError> for Broken {
    fn from(error: DbError) -> Self {
        Self::Failed(error.into())
    }
}

/// A claimed job with what this program knows of its kind.
struct Work<'n> {
    node: &'n Node,
    kind: &'n Kind,
    held: Held,
    about: About,
}

/// Runs a claimed job and stores what became of it.
#[expect(clippy::disallowed_methods, reason = "measures a span for the metrics")]
pub(super) async fn run(node: &Node, claim: Claim) {
    let kind = node.jobs.kind(&claim.kind).expect("only known kinds are claimed");
    let work = Work {
        node,
        kind,
        held: claim.held,
        about: about(kind, &claim),
    };
    let begun = Instant::now();
    let result = match &kind.run {
        Run::Reaction(run) => work.react(run, claim.payload).await,
        Run::Errand(run) => work.go(run, &claim.payload).await,
    };
    let outcome = match result {
        Ok(()) => "done",
        Err(Broken::Lost) => Settled::Lost.name(),
        Err(Broken::Failed(error)) => work.settle(&error).await.name(),
    };
    metrics::counter!("jobs_done_total", "kind" => kind.name, "outcome" => outcome).increment(1);
    metrics::histogram!("job_seconds", "kind" => kind.name).record(begun.elapsed().as_secs_f64());
}

fn about(kind: &Kind, claim: &Claim) -> About {
    About {
        id: claim.held.id,
        kind: kind.name,
        workspace: claim.workspace,
        attempt: claim.attempts + 1,
        queued_at: claim.created_at,
    }
}

impl Work<'_> {
    /// The effect and the end of the job are one transaction: either both are stored or neither.
    async fn react(&self, run: &Arc<RunReaction>, payload: String) -> Result<(), Broken> {
        let (run, about) = (Arc::clone(run), self.about.clone());
        let (held, options) = (self.held, self.kind.options);
        let effect = move |tx: &mut Tx<'_>| {
            if !complete(tx, held, &options)? {
                return Err(Broken::Lost);
            }
            run(tx, &payload, &about).map_err(Broken::Failed)
        };
        self.node.db.write(effect).await
    }

    /// The world first, then the end of the job: between the two a crash means that it runs once more.
    async fn go(&self, run: &Arc<RunErrand>, payload: &str) -> Result<(), Broken> {
        let live = self.node.errands.begin(self.held, &self.node.stopping);
        let errand = Errand::new(self.about.clone(), self.node.db.clone(), Arc::clone(&live));
        let trip = AssertUnwindSafe(async { run(errand, payload)?.await }).catch_unwind();
        let came_back = tokio::time::timeout(self.kind.options.time, trip).await;
        self.node.errands.end(self.held.id);
        match came_back {
            Ok(Ok(Ok(()))) => self.completed(live.news()).await,
            Ok(Ok(Err(error))) => Err(Broken::Failed(error)),
            Ok(Err(_)) => Err(Broken::Failed(JobError::retry("panicked"))),
            Err(_) => Err(Broken::Failed(JobError::retry("took longer than allowed"))),
        }
    }

    /// An errand that is done is worth waiting for the database.
    async fn completed(&self, news: Option<Progress>) -> Result<(), Broken> {
        let (held, options) = (self.held, self.kind.options);
        let end = move |tx: &mut Tx<'_>| {
            if let (Some(news), Some(_)) = (news, options.keep) {
                store::progress(tx, held, &news)?;
            }
            complete(tx, held, &options)
        };
        loop {
            match self.node.db.write_committed(end).await {
                Ok(true) => return Ok(()),
                Ok(false) => return Err(Broken::Lost),
                Err(error) => self.wait_for_the_database(&error).await,
            }
        }
    }

    /// Stores what follows from a failure, and logs it once.
    async fn settle(&self, error: &JobError) -> Settled {
        let (held, options, attempt) = (self.held, self.kind.options, self.about.attempt);
        loop {
            let failure = error.clone();
            let store = move |tx: &mut Tx<'_>| {
                let verdict = verdict(&failure, attempt, &options, tx.now(), tx.ids());
                settle(tx, held, &verdict, &failure)
            };
            match self.node.db.write_committed(store).await {
                Ok(settled) => {
                    self.log(settled, error);
                    return settled;
                }
                Err(error) => self.wait_for_the_database(&error).await,
            }
        }
    }

    fn log(&self, settled: Settled, error: &JobError) {
        let About {
            id, kind, attempt, ..
        } = self.about;
        let (outcome, reason) = (settled.name(), error.reason());
        if settled == Settled::Dead {
            tracing::error!(%id, kind, attempt, outcome, reason, "job failed for the last time");
        } else if *error == JobError::Stopped {
            tracing::info!(%id, kind, attempt, outcome, "job stopped");
        } else {
            tracing::warn!(%id, kind, attempt, outcome, reason, "job failed");
        }
    }

    async fn wait_for_the_database(&self, error: &DbError) {
        tracing::debug!(id = %self.about.id, %error, "the end of a job can't be stored yet");
        tokio::time::sleep(PAUSE).await;
    }
}

/// Ends the held job as done. Gives `false` when it is not held any more.
fn complete(tx: &mut Tx<'_>, held: Held, options: &Options) -> Result<bool, DbError> {
    tx.wake(PROGRESS);
    if options.limit.is_some() {
        // There is room for the next one, perhaps on another node.
        tx.wake(TOPIC);
    }
    let Some(keep) = options.keep else {
        return store::remove(tx, held);
    };
    let over = Over {
        state: "done",
        failures: 0,
        error: None,
        forget_at: Some(tx.now().plus(keep)),
    };
    store::finish(tx, held, &over)
}
