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

/// What a claimed reaction changes, and its end: for one transaction.
#[derive(Clone)]
struct Effect {
    run: Arc<RunReaction>,
    payload: String,
    about: About,
    held: Held,
    options: Options,
}

impl Effect {
    /// The effect and the end of the job are one: either both are stored or neither.
    fn take(&self, tx: &mut Tx<'_>) -> Result<(), Broken> {
        if !complete(tx, self.held, &self.options)? {
            return Err(Broken::Lost);
        }
        (self.run)(tx, &self.payload, &self.about).map_err(Broken::Failed)
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
    let work = Work::of(node, &claim);
    let begun = Instant::now();
    let result = match &work.kind.run {
        Run::Reaction(run) => work.react(work.effect(run, claim.payload)).await,
        Run::Errand(run) => work.go(run, &claim.payload).await,
    };
    work.note(result, begun.elapsed()).await;
}

/// Whether a claimed job may be run by [`run_together`]: a reaction of a kind without a limit, which is short.
pub(super) fn is_light(node: &Node, claim: &Claim) -> bool {
    let kind = node.jobs.kind(&claim.kind);
    kind.is_some_and(|kind| matches!(kind.run, Run::Reaction(_)) && kind.options.limit.is_none())
}

/// Runs claimed reactions one after the other in one transaction, in which each stands for itself: what one changes is
/// taken back when it fails, and the others stay. Where the whole transaction fails, each runs in one of its own.
#[expect(clippy::disallowed_methods, reason = "measures a span for the metrics")]
pub(super) async fn run_together(node: &Node, claims: Vec<Claim>) {
    let effects: Vec<Effect> = claims
        .iter()
        .filter_map(|claim| {
            let work = Work::of(node, claim);
            match &work.kind.run {
                Run::Reaction(run) => Some(work.effect(run, claim.payload.clone())),
                Run::Errand(_) => None,
            }
        })
        .collect();
    if effects.len() < 2 || effects.len() < claims.len() {
        for claim in claims {
            run(node, claim).await;
        }
        return;
    }
    let begun = Instant::now();
    let together = node.db.write(move |tx| {
        let results = effects.iter().map(|effect| tx.attempt(|tx| effect.take(tx)));
        Ok::<Vec<Result<(), Broken>>, DbError>(results.collect())
    });
    let Ok(results) = together.await else {
        for claim in claims {
            run(node, claim).await;
        }
        return;
    };
    let each = begun.elapsed() / u32::try_from(claims.len()).unwrap_or(1);
    for (claim, result) in claims.iter().zip(results) {
        Work::of(node, claim).note(result, each).await;
    }
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

impl<'n> Work<'n> {
    fn of(node: &'n Node, claim: &Claim) -> Self {
        let kind = node.jobs.kind(&claim.kind).expect("only known kinds are claimed");
        Self {
            node,
            kind,
            held: claim.held,
            about: about(kind, claim),
        }
    }

    fn effect(&self, run: &Arc<RunReaction>, payload: String) -> Effect {
        Effect {
            run: Arc::clone(run),
            payload,
            about: self.about.clone(),
            held: self.held,
            options: self.kind.options,
        }
    }

    /// Stores what follows where the job has failed, and counts it.
    async fn note(&self, result: Result<(), Broken>, time: Duration) {
        let outcome = match result {
            Ok(()) => "done",
            Err(Broken::Lost) => Settled::Lost.name(),
            Err(Broken::Failed(error)) => self.settle(&error).await.name(),
        };
        metrics::counter!("jobs_done_total", "kind" => self.kind.name, "outcome" => outcome).increment(1);
        metrics::histogram!("job_seconds", "kind" => self.kind.name).record(time.as_secs_f64());
    }

    async fn react(&self, effect: Effect) -> Result<(), Broken> {
        self.node.db.write(move |tx| effect.take(tx)).await
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
