//! The rows of what metrics count, and which batches were counted for them.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::metrics::own::OwnMetricId;
use tandem_core::workspaces::WorkspaceId;

use super::model::Content;
use super::{Definition, State};
use crate::usage::log::BatchId;

/// A batch of events, and for which generation of definitions it was counted.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) id: BatchId,
    pub(super) body: Vec<u8>,
    pub(super) measured: i64,
    /// By which zone's days it is in the days of usage.
    pub(super) zone: Option<String>,
}

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, one: &Definition) -> Result<(), DbError> {
    let content = serde_json::to_string(&one.content).expect("words and numbers are JSON");
    tx.execute(
        sql!(
            "insert into usage_definitions (workspace_id, metric_id, version, content, counted_as, generation, state, looked, total,
               since, exact_from, made_at, made_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
        ),
        params![
            workspace,
            one.metric,
            one.version,
            content,
            one.counted_as,
            one.generation,
            one.state.as_str(),
            one.looked,
            one.total,
            one.since,
            one.exact_from,
            one.made_at,
            one.made_by
        ],
    )?;
    Ok(())
}

/// Of every metric what it counts now.
pub(super) fn newest(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Definition>, DbError> {
    tx.rows(
        sql!(
            "select d.metric_id, d.version, d.content, d.counted_as, d.generation, d.state, d.looked, d.total, d.since, d.exact_from,
               d.made_at, d.made_by
             from usage_definitions d
             where d.workspace_id = $1
               and d.version = (select max(l.version) from usage_definitions l
                 where l.workspace_id = d.workspace_id and l.metric_id = d.metric_id)
             order by d.metric_id"
        ),
        params![workspace],
        read,
    )
}

/// What a metric counted, the newest version first.
pub(super) fn versions(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    metric: OwnMetricId,
) -> Result<Vec<Definition>, DbError> {
    tx.rows(
        sql!(
            "select metric_id, version, content, counted_as, generation, state, looked, total, since, exact_from, made_at, made_by
             from usage_definitions
             where workspace_id = $1 and metric_id = $2
             order by version desc
             limit 50"
        ),
        params![workspace, metric],
        read,
    )
}

/// The highest generation of definitions.
pub(super) fn generation(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<i64, DbError> {
    tx.one(
        sql!("select coalesce(max(generation), 0) as highest from usage_definitions where workspace_id = $1"),
        params![workspace],
        |row| row.get("highest"),
    )
}

/// The workspaces in which metrics count events themselves.
// global: counting goes through all workspaces
pub(super) fn counting(tx: &mut Tx<'_>) -> Result<Vec<WorkspaceId>, DbError> {
    tx.rows(
        sql!(
            "select distinct workspace_id from usage_definitions where generation > 0 order by workspace_id"
        ),
        params![],
        |row| row.get("workspace_id"),
    )
}

pub(super) fn set_state(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (metric, version): (OwnMetricId, i64),
    state: State,
    (looked, total): (i64, i64),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update usage_definitions
             set state = $4, looked = $5, total = $6
             where workspace_id = $1 and metric_id = $2 and version = $3"
        ),
        params![workspace, metric, version, state.as_str(), looked, total],
    )?;
    Ok(())
}

/// Batches that are in the days already and were not counted for the highest generation, up to a limit.
pub(super) fn batches(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    generation: i64,
    limit: i64,
) -> Result<Vec<Batch>, DbError> {
    tx.rows(
        sql!(
            "select id, body, measured, zone
             from usage_batches
             where workspace_id = $1 and is_folded = true and measured < $2
             order by measured, id
             limit $3"
        ),
        params![workspace, generation, limit],
        |row| {
            Ok(Batch {
                id: row.get("id")?,
                body: row.get("body")?,
                measured: row.get("measured")?,
                zone: row.get("zone")?,
            })
        },
    )
}

/// Says for which generation a batch was counted; `false` when somebody else did meanwhile.
pub(super) fn mark(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    batch: &Batch,
    generation: i64,
) -> Result<bool, DbError> {
    let marked = tx.execute(
        sql!(
            "update usage_batches
             set measured = $4
             where workspace_id = $1 and id = $2 and measured = $3"
        ),
        params![workspace, batch.id, batch.measured, generation],
    )?;
    Ok(marked > 0)
}

/// How many batches there are.
pub(super) fn how_many(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<i64, DbError> {
    tx.one(
        sql!("select count(*) as number from usage_batches where workspace_id = $1"),
        params![workspace],
        |row| row.get("number"),
    )
}

/// When the oldest batch came.
pub(super) fn oldest(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Timestamp>, DbError> {
    tx.one(
        sql!("select min(received_at) as oldest from usage_batches where workspace_id = $1"),
        params![workspace],
        |row| row.get("oldest"),
    )
}

/// How many accounts there are.
pub(super) fn accounts(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<i64, DbError> {
    tx.one(
        sql!("select count(*) as number from accounts where workspace_id = $1"),
        params![workspace],
        |row| row.get("number"),
    )
}

fn read(row: &Row<'_>) -> Result<Definition, DbError> {
    let content: String = row.get("content")?;
    let content: Content =
        serde_json::from_str(&content).map_err(|_| row.broken("content", "what a metric counts"))?;
    let state: String = row.get("state")?;
    Ok(Definition {
        metric: row.get("metric_id")?,
        version: row.get("version")?,
        content,
        counted_as: row.get("counted_as")?,
        generation: row.get("generation")?,
        state: State::named(&state).ok_or_else(|| row.broken("state", "a state"))?,
        looked: row.get("looked")?,
        total: row.get("total")?,
        since: row.get("since")?,
        exact_from: row.get("exact_from")?,
        made_at: row.get("made_at")?,
        made_by: row.get("made_by")?,
    })
}
