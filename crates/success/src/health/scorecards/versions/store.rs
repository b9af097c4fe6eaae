//! The rows of what scorecards said.

use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::Version;
use crate::health::ScorecardId;

pub(super) fn versions(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ScorecardId,
    limit: i64,
) -> Result<Vec<Version>, DbError> {
    tx.rows(
        sql!(
            "select version, content, made_by, made_at
             from scorecard_versions
             where workspace_id = $1 and scorecard_id = $2
             order by version desc
             limit $3"
        ),
        params![workspace, id, limit],
        |row| {
            let content: String = row.get("content")?;
            Ok(Version {
                number: row.get("version")?,
                content: serde_json::from_str(&content).map_err(|_| row.broken("content", "a scorecard"))?,
                by: row.get("made_by")?,
                at: row.get("made_at")?,
            })
        },
    )
}
