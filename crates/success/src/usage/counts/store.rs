//! The row of what counts.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::{Content, Counts};
use crate::usage::folding::FeatureId;
use crate::usage::own::Event;

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Counts>, DbError> {
    tx.optional(
        sql!(
            "select content, previous, version, set_by, set_at
             from usage_counts
             where workspace_id = $1"
        ),
        params![workspace],
        |row| {
            Ok(Counts {
                content: read(row, "content")?,
                previous: read(row, "previous")?,
                version: row.get("version")?,
                set: Some((row.get("set_by")?, row.get("set_at")?)),
            })
        },
    )
}

fn read(row: &Row<'_>, column: &'static str) -> Result<Content, DbError> {
    let content: String = row.get(column)?;
    serde_json::from_str(&content).map_err(|_| row.broken(column, "what counts"))
}

pub(super) fn put(tx: &mut Tx<'_>, workspace: WorkspaceId, counts: &Counts) -> Result<(), DbError> {
    let written = |content: &Content| serde_json::to_string(content).unwrap_or_default();
    let (content, previous) = (written(&counts.content), written(&counts.previous));
    let (by, at) = counts.set.clone().unwrap_or_else(|| (String::new(), tx.now()));
    tx.execute(
        sql!(
            "insert into usage_counts (workspace_id, content, previous, version, set_by, set_at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (workspace_id) do update
             set content = excluded.content, previous = excluded.previous, version = excluded.version,
               set_by = excluded.set_by, set_at = excluded.set_at"
        ),
        params![workspace, content, previous, counts.version, by, at],
    )?;
    Ok(())
}

/// What can be done in the product under these names.
pub(super) fn features(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    names: &[&str],
) -> Result<Vec<(Event, FeatureId)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select call, name, id
                   from usage_features
                   where workspace_id = $1 and name in (select value from rarray($2))",
            pg: "select call, name, id
                 from usage_features
                 where workspace_id = $1 and name = any($2)",
        },
        params![workspace, names],
        |row| {
            let event = Event {
                call: row.get("call")?,
                name: row.get("name")?,
            };
            Ok((event, row.get("id")?))
        },
    )
}

/// When the first source was set up.
pub(super) fn first_source(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Timestamp>, DbError> {
    tx.one(
        sql!("select min(created_at) as first_at from usage_sources where workspace_id = $1"),
        params![workspace],
        |row| row.get("first_at"),
    )
}
