//! The rows of rules and of their versions.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::{Content, Rule, WarningRuleId};

/// The keys of the library's rules that the workspace has or had.
pub(super) fn keys(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<String>, DbError> {
    tx.rows(
        sql!(
            "select key
             from warning_rules
             where workspace_id = $1 and key <> ''"
        ),
        params![workspace],
        |row| row.get("key"),
    )
}

/// Inserts a rule; one of the library that somebody else has inserted meanwhile stays as it is.
pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &Rule) -> Result<(), DbError> {
    let count = tx.execute(
        sql!(
            "insert into warning_rules (workspace_id, id, key, version, created_at, removed_at, removed_by)
             values ($1, $2, $3, $4, $5, null, null)
             on conflict do nothing"
        ),
        params![workspace, new.id, new.key, new.version, new.made_at],
    )?;
    match count {
        0 => Ok(()),
        _ => insert_version(tx, workspace, new),
    }
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &Rule) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update warning_rules
             set version = $3
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, new.id, new.version],
    )?;
    insert_version(tx, workspace, new)
}

fn insert_version(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &Rule) -> Result<(), DbError> {
    let content = serde_json::to_string(&new.content).expect("a rule is JSON");
    tx.execute(
        sql!(
            "insert into warning_rule_versions (workspace_id, rule_id, version, content, made_by, made_at)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![workspace, new.id, new.version, content, new.made_by, new.made_at],
    )?;
    Ok(())
}

/// Removes a rule, or brings it back.
pub(super) fn set_removed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: WarningRuleId,
    removed: Option<(Timestamp, &str)>,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update warning_rules
             set removed_at = $3, removed_by = $4
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            id,
            removed.map(|(at, _)| at),
            removed.map(|(_, by)| by)
        ],
    )?;
    Ok(())
}

/// Every rule in force, the first made first.
pub(super) fn rules(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Rule>, DbError> {
    tx.rows(
        sql!(
            "select r.id, r.key, v.version, v.content, v.made_by, v.made_at
             from warning_rules r
             join warning_rule_versions v on v.workspace_id = r.workspace_id and v.rule_id = r.id and v.version = r.version
             where r.workspace_id = $1 and r.removed_at is null
             order by r.created_at, r.id"
        ),
        params![workspace],
        read,
    )
}

/// The same with those that were removed.
pub(super) fn ever(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Rule>, DbError> {
    tx.rows(
        sql!(
            "select r.id, r.key, v.version, v.content, v.made_by, v.made_at
             from warning_rules r
             join warning_rule_versions v on v.workspace_id = r.workspace_id and v.rule_id = r.id and v.version = r.version
             where r.workspace_id = $1
             order by r.created_at, r.id"
        ),
        params![workspace],
        read,
    )
}

/// A rule as a version said it.
pub(super) fn version(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: WarningRuleId,
    version: i64,
) -> Result<Option<Rule>, DbError> {
    tx.optional(
        sql!(
            "select r.id, r.key, v.version, v.content, v.made_by, v.made_at
             from warning_rules r
             join warning_rule_versions v on v.workspace_id = r.workspace_id and v.rule_id = r.id
             where r.workspace_id = $1 and r.id = $2 and v.version = $3"
        ),
        params![workspace, id, version],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Rule, DbError> {
    let content: String = row.get("content")?;
    let content: Content = serde_json::from_str(&content).map_err(|_| row.broken("content", "a rule"))?;
    Ok(Rule {
        id: row.get("id")?,
        key: row.get("key")?,
        content,
        version: row.get("version")?,
        made_at: row.get("made_at")?,
        made_by: row.get("made_by")?,
    })
}
