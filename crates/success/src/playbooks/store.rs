//! The rows of playbooks, their versions, and their runs.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::{Content, Playbook, PlaybookId, Status};

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, one: &Playbook) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into playbooks (workspace_id, id, name, status, listens, version, published, created_at, changed_at, changed_by)
             values ($1, $2, $3, $4, '', $5, null, $6, $6, $7)"
        ),
        params![
            workspace,
            one.id,
            one.name,
            one.status.as_str(),
            one.version,
            one.changed_at,
            one.changed_by
        ],
    )?;
    insert_version(tx, workspace, one)
}

pub(super) fn insert_version(tx: &mut Tx<'_>, workspace: WorkspaceId, one: &Playbook) -> Result<(), DbError> {
    let content = serde_json::to_string(&one.content).expect("what a playbook says is JSON");
    tx.execute(
        sql!(
            "insert into playbook_versions (workspace_id, playbook_id, version, content, made_at, made_by)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![
            workspace,
            one.id,
            one.version,
            content,
            one.changed_at,
            one.changed_by
        ],
    )?;
    Ok(())
}

pub(super) fn update(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    one: &Playbook,
    listens: &str,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update playbooks
             set name = $3, status = $4, listens = $5, version = $6, published = $7, changed_at = $8, changed_by = $9
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            one.id,
            one.name,
            one.status.as_str(),
            listens,
            one.version,
            one.published,
            one.changed_at,
            one.changed_by
        ],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: PlaybookId,
) -> Result<Option<Playbook>, DbError> {
    tx.optional(
        sql!(
            "select p.id, p.name, p.status, p.version, p.published, p.changed_at, p.changed_by, v.content
             from playbooks p
             join playbook_versions v on v.workspace_id = p.workspace_id and v.playbook_id = p.id and v.version = p.version
             where p.workspace_id = $1 and p.id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// Those that are not removed after one, in the order of their ids.
pub(super) fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: PlaybookId,
    limit: i64,
) -> Result<Vec<Playbook>, DbError> {
    tx.rows(
        sql!(
            "select p.id, p.name, p.status, p.version, p.published, p.changed_at, p.changed_by, v.content
             from playbooks p
             join playbook_versions v on v.workspace_id = p.workspace_id and v.playbook_id = p.id and v.version = p.version
             where p.workspace_id = $1 and p.id > $2 and p.status <> 'removed'
             order by p.id
             limit $3"
        ),
        params![workspace, last, limit],
        read,
    )
}

/// All that are not removed.
pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Playbook>, DbError> {
    tx.rows(
        sql!(
            "select p.id, p.name, p.status, p.version, p.published, p.changed_at, p.changed_by, v.content
             from playbooks p
             join playbook_versions v on v.workspace_id = p.workspace_id and v.playbook_id = p.id and v.version = p.version
             where p.workspace_id = $1 and p.status <> 'removed'
             order by p.name, p.id"
        ),
        params![workspace],
        read,
    )
}

/// The playbooks in force that listen to an event.
pub(super) fn listening(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    event: &str,
) -> Result<Vec<PlaybookId>, DbError> {
    tx.rows(
        sql!(
            "select id
             from playbooks
             where workspace_id = $1 and status = 'active' and listens = $2
             order by id"
        ),
        params![workspace, event],
        |row| row.get("id"),
    )
}

/// What a version says.
pub(super) fn content(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: PlaybookId,
    version: i64,
) -> Result<Option<Content>, DbError> {
    tx.optional(
        sql!("select content from playbook_versions where workspace_id = $1 and playbook_id = $2 and version = $3"),
        params![workspace, id, version],
        read_content,
    )
}

/// The versions of a playbook, the newest first: number, when, by whom.
pub(super) fn versions(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: PlaybookId,
) -> Result<Vec<(i64, Timestamp, String)>, DbError> {
    tx.rows(
        sql!(
            "select version, made_at, made_by
             from playbook_versions
             where workspace_id = $1 and playbook_id = $2
             order by version desc
             limit 50"
        ),
        params![workspace, id],
        |row| Ok((row.get("version")?, row.get("made_at")?, row.get("made_by")?)),
    )
}

/// How many runs of each playbook there are by state, and how many accounts it holds out.
pub(super) fn tallies(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
) -> Result<Vec<(PlaybookId, String, i64)>, DbError> {
    tx.rows(
        sql!(
            "select playbook_id, state, count(*) as runs
             from playbook_runs
             where workspace_id = $1
             group by playbook_id, state
             union all
             select playbook_id, 'held' as state, count(*) as runs
             from playbook_holdouts
             where workspace_id = $1
             group by playbook_id"
        ),
        params![workspace],
        |row| Ok((row.get("playbook_id")?, row.get("state")?, row.get("runs")?)),
    )
}

fn read(row: &Row<'_>) -> Result<Playbook, DbError> {
    let status: String = row.get("status")?;
    Ok(Playbook {
        id: row.get("id")?,
        name: row.get("name")?,
        status: Status::named(&status).ok_or_else(|| row.broken("status", "a status"))?,
        version: row.get("version")?,
        published: row.get("published")?,
        content: read_content(row)?,
        changed_at: row.get("changed_at")?,
        changed_by: row.get("changed_by")?,
    })
}

fn read_content(row: &Row<'_>) -> Result<Content, DbError> {
    let content: String = row.get("content")?;
    serde_json::from_str(&content).map_err(|_| row.broken("content", "what a playbook says"))
}
