//! Jobs read and changed by people.
//!
//! `coalesce($n, workspace_id, id) = coalesce(workspace_id, id)` holds for the rows of workspace `$n`, and for every row
//! when `$n` is null: a workspace's id is never a job's.

use crate::clock::Timestamp;
use crate::db::{DbError, Row, Tx};
use crate::id::{TypedId, Uuid};
use crate::jobs::JobId;
use crate::jobs::admin::{Count, Filter, JobRow, State};
use crate::{params, sql};

/// Comes after every job in the lists.
fn newest() -> JobId {
    JobId::from_uuid(Uuid::max())
}

pub(super) fn list(
    tx: &mut Tx<'_>,
    filter: &Filter,
    after: Option<JobId>,
    most: i64,
) -> Result<Vec<JobRow>, DbError> {
    let statement = if filter.state.is_some_and(State::is_over) {
        // Jobs that are over have an index of their own.
        sql!(
            "select id, workspace_id, kind, lane, state, run_at, attempts, owner, done, total, note, error,
                    cancel_asked, created_at, started_at, finished_at
             from jobs
             where finished_at is not null
               and coalesce($1, workspace_id, id) = coalesce(workspace_id, id)
               and state = $2
               and kind = coalesce($3, kind)
               and id < $4
             order by id desc
             limit $5"
        )
    } else {
        sql!(
            "select id, workspace_id, kind, lane, state, run_at, attempts, owner, done, total, note, error,
                    cancel_asked, created_at, started_at, finished_at
             from jobs
             where coalesce($1, workspace_id, id) = coalesce(workspace_id, id)
               and state = coalesce($2, state)
               and kind = coalesce($3, kind)
               and id < $4
             order by id desc
             limit $5"
        )
    };
    let after = after.unwrap_or(newest());
    let wanted = params![filter.workspace, filter.state, filter.kind, after, most];
    tx.rows(statement, wanted, job)
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: Option<Uuid>, id: JobId) -> Result<Option<JobRow>, DbError> {
    tx.optional(
        sql!(
            "select id, workspace_id, kind, lane, state, run_at, attempts, owner, done, total, note, error,
                    cancel_asked, created_at, started_at, finished_at
             from jobs
             where coalesce($1, workspace_id, id) = coalesce(workspace_id, id)
               and id = $2"
        ),
        params![workspace, id],
        job,
    )
}

fn job(row: &Row<'_>) -> Result<JobRow, DbError> {
    Ok(JobRow {
        id: row.get("id")?,
        workspace: row.get("workspace_id")?,
        kind: row.get("kind")?,
        lane: row.get("lane")?,
        state: row.get("state")?,
        run_at: row.get("run_at")?,
        attempts: row.get("attempts")?,
        node: row.get("owner")?,
        done: row.get("done")?,
        total: row.get("total")?,
        note: row.get("note")?,
        error: row.get("error")?,
        is_cancel_asked: row.get("cancel_asked")?,
        created_at: row.get("created_at")?,
        started_at: row.get("started_at")?,
        finished_at: row.get("finished_at")?,
    })
}

pub(super) fn counts(tx: &mut Tx<'_>, workspace: Option<Uuid>) -> Result<Vec<Count>, DbError> {
    tx.rows(
        sql!(
            "select state, kind, lane, count(*) as n
             from jobs
             where coalesce($1, workspace_id, id) = coalesce(workspace_id, id)
             group by state, kind, lane
             order by state, kind, lane"
        ),
        params![workspace],
        |row| {
            Ok(Count {
                state: row.get("state")?,
                kind: row.get("kind")?,
                lane: row.get("lane")?,
                count: row.get("n")?,
            })
        },
    )
}

pub(super) fn cancel_waiting(
    tx: &mut Tx<'_>,
    workspace: Option<Uuid>,
    id: JobId,
    forget_at: Timestamp,
) -> Result<bool, DbError> {
    let rows = tx.execute(
        sql!(
            "update jobs
             set state = 'cancelled', finished_at = $3, forget_at = $4
             where coalesce($1, workspace_id, id) = coalesce(workspace_id, id)
               and id = $2 and state = 'ready'"
        ),
        params![workspace, id, tx.now(), forget_at],
    )?;
    Ok(rows == 1)
}

pub(super) fn ask_to_cancel(tx: &mut Tx<'_>, workspace: Option<Uuid>, id: JobId) -> Result<bool, DbError> {
    let rows = tx.execute(
        sql!(
            "update jobs
             set cancel_asked = true
             where coalesce($1, workspace_id, id) = coalesce(workspace_id, id)
               and id = $2 and state = 'running'"
        ),
        params![workspace, id],
    )?;
    Ok(rows == 1)
}

pub(super) fn revive(tx: &mut Tx<'_>, workspace: Option<Uuid>, id: JobId) -> Result<bool, DbError> {
    let rows = tx.execute(
        sql!(
            "update jobs
             set state = 'ready', run_at = $3, waits_since = $3, attempts = 0, crashes = 0,
                 cancel_asked = false, finished_at = null, forget_at = null
             where coalesce($1, workspace_id, id) = coalesce(workspace_id, id)
               and id = $2 and state in ('dead', 'cancelled')"
        ),
        params![workspace, id, tx.now()],
    )?;
    Ok(rows == 1)
}

pub(super) fn discard(tx: &mut Tx<'_>, workspace: Option<Uuid>, id: JobId) -> Result<bool, DbError> {
    let rows = tx.execute(
        sql!(
            "delete from jobs
             where coalesce($1, workspace_id, id) = coalesce(workspace_id, id)
               and id = $2 and finished_at is not null"
        ),
        params![workspace, id],
    )?;
    Ok(rows == 1)
}
