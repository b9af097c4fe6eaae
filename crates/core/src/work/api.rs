//! Background work for programs.

use axum::Json;
use axum::extract::{Query, State as Given};
use http::StatusCode;
use kit::db::Db;
use kit::jobs::JobId;
use kit::jobs::admin::{JobRow, State};
use kit::web::Failure;
use serde::{Deserialize, Serialize};

use super::PAGE;
use crate::actor::Actor;

/// A job as programs see it. Times are microseconds since 1970-01-01 UTC.
#[derive(Debug, Serialize)]
pub struct JobDocument {
    id: JobId,
    kind: String,
    state: &'static str,
    attempts: i64,
    done: i64,
    total: Option<i64>,
    error: Option<String>,
    run_at: i64,
    created_at: i64,
    finished_at: Option<i64>,
}

impl From<JobRow> for JobDocument {
    fn from(job: JobRow) -> Self {
        Self {
            id: job.id,
            kind: job.kind,
            state: job.state.name(),
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
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    state: Option<String>,
    after: Option<JobId>,
}

/// `GET /api/v1/work`: the newest first, fifty at a time; `after` is the id of the last one seen.
///
/// # Errors
/// A state that is none, or the database's.
pub async fn list(
    Given(db): Given<Db>,
    actor: Actor,
    Query(query): Query<ListQuery>,
) -> Result<Json<Vec<JobDocument>>, Failure> {
    let wrong =
        || Failure::of(StatusCode::BAD_REQUEST).detail("state is ready, running, done, dead or cancelled");
    let state = query
        .state
        .map(|name| name.parse::<State>().map_err(|()| wrong()))
        .transpose()?;
    let jobs = db
        .read(move |tx| super::list(tx, &actor, state, query.after, PAGE))
        .await?;
    Ok(Json(jobs.into_iter().map(JobDocument::from).collect()))
}
