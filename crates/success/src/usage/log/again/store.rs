//! The counts at marks.

use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use crate::usage::log::{BatchId, Mark};

/// Counts once more the marks that another batch has.
pub(super) fn count(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    batch: BatchId,
    marks: &[&[u8]],
) -> Result<(), DbError> {
    tx.execute(
        sql! {
            kind: "list of values",
            lite: "update usage_seen
                   set again = again + 1
                   where workspace_id = $1 and message in (select value from rarray($2)) and batch_id <> $3",
            pg: "update usage_seen
                 set again = again + 1
                 where workspace_id = $1 and message = any($2) and batch_id <> $3",
        },
        params![workspace, marks, batch],
    )?;
    Ok(())
}

/// How often events came again, of those that did.
pub(super) fn again(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    marks: &[&[u8]],
) -> Result<Vec<(Mark, i64)>, DbError> {
    let rows: Vec<(Vec<u8>, i64)> = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select message, again
                   from usage_seen
                   where workspace_id = $1 and message in (select value from rarray($2)) and again > 0",
            pg: "select message, again
                 from usage_seen
                 where workspace_id = $1 and message = any($2) and again > 0",
        },
        params![workspace, marks],
        |row| Ok((row.get("message")?, row.get("again")?)),
    )?;
    let marks = rows.into_iter();
    Ok(marks
        .filter_map(|(mark, again)| Some((mark.try_into().ok()?, again)))
        .collect())
}
