//! Background work for programs.

use axum::extract::State as Given;
use axum::response::Response;
use http::Uri;
use kit::db::{Db, Tx};
use kit::jobs::JobId;
use kit::jobs::admin::{JobRow, State};
use kit::web::Failure;
use kit::web::api::{Asked, At, Limit, Listed, Posted, Single, cursor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::WorkError;
use crate::actor::Actor;

/// The name of the list in cursors.
const LIST: &str = "work";

/// A job: a piece of background work.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Job")]
pub struct JobDocument {
    /// Its id.
    pub(super) id: JobId,
    /// What it does.
    pub(super) kind: String,
    /// Whether it waits, runs or is over.
    pub(super) state: JobState,
    /// How often it was tried.
    pub(super) attempts: i64,
    /// How many pieces are done.
    pub(super) done: i64,
    /// How many pieces there are, once that is known.
    pub(super) total: Option<i64>,
    /// Why it failed last.
    pub(super) error: Option<String>,
    /// When it runs at the earliest: microseconds since 1970-01-01 UTC.
    pub(super) run_at: i64,
    /// When it was queued: microseconds since 1970-01-01 UTC.
    pub(super) created_at: i64,
    /// When it was over: microseconds since 1970-01-01 UTC.
    pub(super) finished_at: Option<i64>,
}

/// What becomes of a job.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// It waits.
    Ready,
    /// It runs.
    Running,
    /// It did its work.
    Done,
    /// It failed for good, until someone decides.
    Dead,
    /// Someone called it off.
    Cancelled,
}

impl From<JobState> for State {
    fn from(state: JobState) -> Self {
        match state {
            JobState::Ready => Self::Ready,
            JobState::Running => Self::Running,
            JobState::Done => Self::Done,
            JobState::Dead => Self::Dead,
            JobState::Cancelled => Self::Cancelled,
        }
    }
}

impl From<State> for JobState {
    fn from(state: State) -> Self {
        match state {
            State::Ready => Self::Ready,
            State::Running => Self::Running,
            State::Done => Self::Done,
            State::Dead => Self::Dead,
            State::Cancelled => Self::Cancelled,
        }
    }
}

impl From<JobRow> for JobDocument {
    fn from(job: JobRow) -> Self {
        Self {
            id: job.id,
            kind: job.kind,
            state: job.state.into(),
            attempts: job.attempts,
            done: job.done,
            total: job.total,
            error: job.error,
            run_at: job.run_at.0,
            created_at: job.created_at.0,
            finished_at: job.finished_at.map(|at| at.0),
        }
    }
}

/// Which jobs, and where to go on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkQuery {
    /// Only jobs in this state.
    state: Option<JobState>,
    /// The cursor of the part before: its `next`.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
}

/// `GET /api/v1/work`
///
/// # Errors
/// A state or a cursor that is none, or the database's.
pub async fn list(
    Given(db): Given<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<WorkQuery>,
) -> Result<Listed<JobDocument>, Failure> {
    let from: Option<JobId> = cursor::wanted(LIST, query.after.as_deref())?;
    let (state, limit) = (query.state.map(State::from), query.limit);
    let jobs = db
        .read(move |tx| super::list(tx, &actor, state, from, limit.and_one()))
        .await?;
    let listed = Listed::of(jobs, limit, |last: &JobRow| cursor::write(LIST, &last.id));
    Ok(listed.linked(&address))
}

/// `POST /api/v1/work/{id}/revival`
///
/// # Errors
/// No such job here, a missing permission, or the database's.
pub async fn revive(
    Given(db): Given<Db>,
    actor: Actor,
    At(id): At<JobId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    done(&db, actor, posted, move |tx, actor| super::revive(tx, actor, id)).await
}

/// `POST /api/v1/work/{id}/cancellation`
///
/// # Errors
/// As of [`revive`].
pub async fn cancel(
    Given(db): Given<Db>,
    actor: Actor,
    At(id): At<JobId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    done(&db, actor, posted, move |tx, actor| super::cancel(tx, actor, id)).await
}

/// `DELETE /api/v1/work/{id}`
///
/// # Errors
/// As of [`revive`].
pub async fn discard(Given(db): Given<Db>, actor: Actor, At(id): At<JobId>) -> Result<Single, Failure> {
    db.write(move |tx| super::discard(tx, &actor, id)).await?;
    Ok(Single::nothing())
}

async fn done(
    db: &Db,
    actor: Actor,
    posted: Posted<()>,
    verb: impl Fn(&mut Tx<'_>, &Actor) -> Result<(), WorkError> + Send + 'static,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    let effect = move |tx: &mut Tx<'_>| {
        verb(tx, &actor)?;
        Ok(Single::nothing())
    };
    posted.once.run(db, owner, effect).await
}
