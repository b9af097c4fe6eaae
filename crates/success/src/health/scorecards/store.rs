//! The rows of scorecards and of their versions.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use crate::health::{Content, Scorecard, ScorecardId};

pub(super) fn insert_scorecard(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    new: &Scorecard,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into scorecards (workspace_id, id, name, stage_id, tier_id, version, created_at, removed_at, removed_by)
             values ($1, $2, $3, $4, $5, $6, $7, null, null)"
        ),
        params![workspace, new.id, new.name, new.stage, new.tier, new.version, new.made_at],
    )?;
    insert_version(tx, workspace, new)
}

pub(super) fn update_scorecard(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    new: &Scorecard,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update scorecards
             set name = $3, stage_id = $4, tier_id = $5, version = $6
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, new.id, new.name, new.stage, new.tier, new.version],
    )?;
    insert_version(tx, workspace, new)
}

fn insert_version(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &Scorecard) -> Result<(), DbError> {
    let content = serde_json::to_string(&new.content).expect("a scorecard is JSON");
    tx.execute(
        sql!(
            "insert into scorecard_versions (workspace_id, scorecard_id, version, content, made_by, made_at)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![workspace, new.id, new.version, content, new.made_by, new.made_at],
    )?;
    Ok(())
}

/// Removes a scorecard, or brings it back.
pub(super) fn set_removed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ScorecardId,
    removed: Option<(Timestamp, &str)>,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update scorecards set removed_at = $3, removed_by = $4 where workspace_id = $1 and id = $2"),
        params![
            workspace,
            id,
            removed.map(|(at, _)| at),
            removed.map(|(_, by)| by)
        ],
    )?;
    Ok(())
}

/// Every scorecard in force, the general one first.
pub(super) fn scorecards(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Scorecard>, DbError> {
    tx.rows(
        sql!(
            "select s.id, s.name, s.stage_id, s.tier_id, s.version, v.content, v.made_by, v.made_at
             from scorecards s
             join scorecard_versions v on v.workspace_id = s.workspace_id and v.scorecard_id = s.id and v.version = s.version
             where s.workspace_id = $1 and s.removed_at is null
             order by s.created_at, s.id"
        ),
        params![workspace],
        read_scorecard,
    )
}

/// A scorecard that was removed.
pub(super) fn removed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ScorecardId,
) -> Result<Option<Scorecard>, DbError> {
    tx.optional(
        sql!(
            "select s.id, s.name, s.stage_id, s.tier_id, s.version, v.content, v.made_by, v.made_at
             from scorecards s
             join scorecard_versions v on v.workspace_id = s.workspace_id and v.scorecard_id = s.id and v.version = s.version
             where s.workspace_id = $1 and s.id = $2 and s.removed_at is not null"
        ),
        params![workspace, id],
        read_scorecard,
    )
}

fn read_scorecard(row: &Row<'_>) -> Result<Scorecard, DbError> {
    let content: String = row.get("content")?;
    let content: Content =
        serde_json::from_str(&content).map_err(|_| row.broken("content", "a scorecard"))?;
    Ok(Scorecard {
        id: row.get("id")?,
        name: row.get("name")?,
        stage: row.get("stage_id")?,
        tier: row.get("tier_id")?,
        content,
        version: row.get("version")?,
        made_at: row.get("made_at")?,
        made_by: row.get("made_by")?,
    })
}
