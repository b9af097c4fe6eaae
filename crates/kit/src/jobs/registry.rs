//! Which kinds of jobs this program knows, how each runs, and what is queued by the calendar.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;

use crate::db::Tx;
use crate::jobs::schedules::{Cron, Schedule};
use crate::jobs::{About, Backoff, Errand, Job, JobError};

/// How jobs of one kind are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    pub(super) attempts: i64,
    pub(super) backoff: Backoff,
    pub(super) limit: Option<u32>,
    pub(super) keep: Option<Duration>,
    pub(super) time: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            attempts: 12,
            backoff: Backoff::default(),
            limit: None,
            keep: None,
            time: Duration::from_secs(3_600),
        }
    }
}

impl Options {
    /// Twelve attempts, no limit, gone when done.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many failures make a job dead; 12 unless told.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = i64::from(attempts.max(1));
        self
    }

    /// The waits between attempts.
    #[must_use]
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// How many may run at once, over all nodes together; as many as there is room for unless told.
    #[must_use]
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit.max(1));
        self
    }

    /// How long a job stays visible when it is done; not at all unless told. Dead ones stay until someone decides.
    #[must_use]
    pub fn keep(mut self, keep: Duration) -> Self {
        self.keep = Some(keep);
        self
    }

    /// How long one attempt of an errand may take; one hour unless told. Reactions have the time limit of writes.
    #[must_use]
    pub fn time(mut self, time: Duration) -> Self {
        self.time = time;
        self
    }
}

pub(super) type RunReaction = dyn Fn(&mut Tx<'_>, &str, &About) -> Result<(), JobError> + Send + Sync;
pub(super) type RunErrand =
    dyn Fn(Errand, &str) -> Result<BoxFuture<'static, Result<(), JobError>>, JobError> + Send + Sync;

/// The two ways to run.
#[derive(Clone)]
pub(super) enum Run {
    Reaction(Arc<RunReaction>),
    Errand(Arc<RunErrand>),
}

/// What is known of one kind.
#[derive(Clone)]
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) options: Options,
    pub(super) run: Run,
}

/// All kinds of jobs that this program knows: built once, in one table.
#[derive(Clone, Default)]
pub struct Jobs {
    kinds: BTreeMap<&'static str, Kind>,
    schedules: Vec<Schedule>,
}

impl fmt::Debug for Jobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jobs")
            .field("kinds", &self.kinds.keys())
            .finish_non_exhaustive()
    }
}

impl Jobs {
    /// A program that knows no jobs yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Jobs of type `T` change the database: `run` is called in the write transaction that takes the job away, and again
    /// whenever that transaction has to run again.
    ///
    /// # Panics
    /// When the kind of `T` has been told already.
    pub fn reaction<T: Job>(
        &mut self,
        options: Options,
        run: impl Fn(&mut Tx<'_>, &T, &About) -> Result<(), JobError> + Send + Sync + 'static,
    ) -> &mut Self {
        let run = move |tx: &mut Tx<'_>, payload: &str, about: &About| run(tx, &read(payload)?, about);
        self.add::<T>(options, Run::Reaction(Arc::new(run)))
    }

    /// Jobs of type `T` talk to the world: `run` is called outside any transaction, at least once for each job.
    ///
    /// # Panics
    /// When the kind of `T` has been told already.
    pub fn errand<T: Job, F>(
        &mut self,
        options: Options,
        run: impl Fn(Errand, T) -> F + Send + Sync + 'static,
    ) -> &mut Self
    where
        F: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        let run = move |errand: Errand, payload: &str| Ok(run(errand, read(payload)?).boxed());
        self.add::<T>(options, Run::Errand(Arc::new(run)))
    }

    /// Queues `job` whenever the cron `expression` comes true in `zone`, once over all nodes, unless the one of an
    /// earlier moment still waits. `name` is the schedule's for ever.
    ///
    /// # Panics
    /// When the expression or the zone can't be read, or the name is taken.
    pub fn every<T: Job>(&mut self, name: &'static str, expression: &str, zone: &str, job: &T) -> &mut Self {
        let cron = Cron::parse(expression, zone).unwrap_or_else(|error| panic!("schedule {name}: {error}"));
        let is_new = self.schedules.iter().all(|known| known.name() != name);
        assert!(is_new, "there are two schedules {name}");
        self.schedules.push(Schedule::new(name, cron, job));
        self
    }

    /// The names of all kinds, in order.
    pub fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.kinds.keys().copied()
    }

    fn add<T: Job>(&mut self, options: Options, run: Run) -> &mut Self {
        let name = T::KIND;
        let before = self.kinds.insert(name, Kind { name, options, run });
        assert!(before.is_none(), "there are two ways to run {name}");
        self
    }

    pub(super) fn schedules(&self) -> &[Schedule] {
        &self.schedules
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.values()
    }

    pub(super) fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.get(name)
    }
}

/// The stored job as its type. What does not fit will not fit next time either; the payload itself is not told.
fn read<T: Job>(payload: &str) -> Result<T, JobError> {
    serde_json::from_str(payload).map_err(|error| {
        let place = error.column();
        JobError::GiveUp(format!(
            "the stored job is not a {} as it is now, at column {place}",
            T::KIND
        ))
    })
}
