//! The rows of sources and of their keys.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::{Gate, Source, SourceId, Stop, WriteKey};

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, source: &Source) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into usage_sources (workspace_id, id, name, version, created_by, created_at, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            workspace,
            source.id,
            source.name,
            source.version,
            source.created_by,
            source.created_at,
            source.changed_at
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, source: &Source) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update usage_sources
             set name = $3, version = $4, changed_at = $5
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            source.id,
            source.name,
            source.version,
            source.changed_at
        ],
    )?;
    Ok(())
}

/// Every source with its keys, the oldest first; each key of one that has several, the newest first.
pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Source>, DbError> {
    let rows = tx.rows(
        sql!(
            "select s.id, s.name, s.version, s.created_by, s.created_at, s.changed_at, p.stopped_by, p.stopped_at,
               k.key, k.created_at as key_at, k.expires_at
             from usage_sources s
             left join usage_source_stops p on p.workspace_id = s.workspace_id and p.source_id = s.id
             left join usage_keys k on k.workspace_id = s.workspace_id and k.source_id = s.id
             where s.workspace_id = $1
             order by s.id, k.created_at desc, k.key"
        ),
        params![workspace],
        read,
    )?;
    let mut all: Vec<Source> = Vec::new();
    for mut source in rows {
        match all.last_mut() {
            Some(last) if last.id == source.id => last.keys.append(&mut source.keys),
            _ => all.push(source),
        }
    }
    for source in &mut all {
        source.keys.sort_by_key(|key| key.expires_at.is_some());
    }
    Ok(all)
}

pub(super) fn insert_stop(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: SourceId,
    stop: &Stop,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into usage_source_stops (workspace_id, source_id, stopped_by, stopped_at)
             values ($1, $2, $3, $4)"
        ),
        params![workspace, id, stop.by, stop.at],
    )?;
    Ok(())
}

pub(super) fn delete_stop(tx: &mut Tx<'_>, workspace: WorkspaceId, id: SourceId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from usage_source_stops where workspace_id = $1 and source_id = $2"),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn insert_key(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: SourceId,
    key: &WriteKey,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into usage_keys (workspace_id, source_id, key, created_at)
             values ($1, $2, $3, $4)"
        ),
        params![workspace, id, key.text, key.created_at],
    )?;
    Ok(())
}

/// Takes those away that were rotated before.
pub(super) fn delete_rotated(tx: &mut Tx<'_>, workspace: WorkspaceId, id: SourceId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from usage_keys
             where workspace_id = $1 and source_id = $2 and expires_at is not null"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

/// Lets the present key be taken until `end`.
pub(super) fn end_keys(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: SourceId,
    end: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update usage_keys
             set expires_at = $3
             where workspace_id = $1 and source_id = $2 and expires_at is null"
        ),
        params![workspace, id, end],
    )?;
    Ok(())
}

// global: a write key says of which workspace it is
pub(super) fn of_key(tx: &mut Tx<'_>, key: &str, now: Timestamp) -> Result<Option<Gate>, DbError> {
    tx.optional(
        sql!(
            "select k.workspace_id, k.source_id, s.name, p.stopped_at
             from usage_keys k
             join usage_sources s on s.workspace_id = k.workspace_id and s.id = k.source_id
             left join usage_source_stops p on p.workspace_id = k.workspace_id and p.source_id = k.source_id
             where k.key = $1 and (k.expires_at is null or k.expires_at > $2)"
        ),
        params![key, now],
        |row| {
            Ok(Gate {
                workspace: row.get("workspace_id")?,
                source: row.get("source_id")?,
                name: row.get("name")?,
                is_on: row.get::<Option<Timestamp>>("stopped_at")?.is_none(),
            })
        },
    )
}

fn read(row: &Row<'_>) -> Result<Source, DbError> {
    let stop = match (row.get("stopped_by")?, row.get("stopped_at")?) {
        (Some(by), Some(at)) => Some(Stop { by, at }),
        _ => None,
    };
    // A workspace that came from another installation has left its keys there.
    let key = match (row.get("key")?, row.get("key_at")?) {
        (Some(text), Some(created_at)) => Some(WriteKey {
            text,
            created_at,
            expires_at: row.get("expires_at")?,
        }),
        _ => None,
    };
    Ok(Source {
        id: row.get("id")?,
        name: row.get("name")?,
        version: row.get("version")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
        stop,
        keys: key.into_iter().collect(),
    })
}
