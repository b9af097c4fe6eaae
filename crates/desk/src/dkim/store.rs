//! The rows of DKIM keys.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use mail::dkim::{Algorithm, Published};
use tandem_core::workspaces::WorkspaceId;

use super::{DkimKey, DkimKeyId, Retirement};

pub(super) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    key: &DkimKey,
    sealed: &[u8],
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into dkim_keys (workspace_id, id, domain, selector, algorithm, record, sealed, made_by, made_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            workspace,
            key.id,
            key.domain,
            key.selector,
            key.algorithm.as_str(),
            key.record,
            sealed,
            key.made_by,
            key.made_at
        ],
    )?;
    Ok(())
}

/// Stores what became of a key.
pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, key: &DkimKey) -> Result<(), DbError> {
    let retirement = key.retirement.as_ref();
    tx.execute(
        sql!(
            "update dkim_keys
             set verdict = $3, checked_at = $4, signing_since = $5, lost_at = $6, retired_by = $7, retired_at = $8
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            key.id,
            key.verdict.map(Published::as_str),
            key.checked_at,
            key.signing_since,
            key.lost_at,
            retirement.map(|retirement| retirement.by.as_str()),
            retirement.map(|retirement| retirement.at)
        ],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: DkimKeyId,
) -> Result<Option<DkimKey>, DbError> {
    tx.optional(
        sql!(
            "select id, domain, selector, algorithm, record, made_by, made_at, verdict, checked_at, signing_since, lost_at, retired_by,
               retired_at
             from dkim_keys
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// By domain, the newest first.
pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<DkimKey>, DbError> {
    tx.rows(
        sql!(
            "select id, domain, selector, algorithm, record, made_by, made_at, verdict, checked_at, signing_since, lost_at, retired_by,
               retired_at
             from dkim_keys
             where workspace_id = $1
             order by domain, id desc"
        ),
        params![workspace],
        read,
    )
}

/// The keys that sign what a domain sends, sealed.
pub(super) fn signing(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    domain: &str,
) -> Result<Vec<(DkimKey, Vec<u8>)>, DbError> {
    tx.rows(
        sql!(
            "select id, domain, selector, algorithm, record, made_by, made_at, verdict, checked_at, signing_since, lost_at, retired_by,
               retired_at, sealed
             from dkim_keys
             where workspace_id = $1 and domain = $2 and signing_since is not null and retired_at is null
             order by id"
        ),
        params![workspace, domain],
        |row| Ok((read(row)?, row.get("sealed")?)),
    )
}

/// Keys of all workspaces that are in use and wait for their record, or were not looked at since a moment.
pub(super) fn unchecked(tx: &mut Tx<'_>, since: Timestamp) -> Result<Vec<(WorkspaceId, DkimKeyId)>, DbError> {
    tx.rows(
        sql!(
            "select workspace_id, id
             from dkim_keys
             where retired_at is null and (signing_since is null or checked_at < $1)
             order by workspace_id, id"
        ),
        params![since],
        |row| Ok((row.get("workspace_id")?, row.get("id")?)),
    )
}

/// Workspaces with keys that were put out of use before a moment.
pub(super) fn with_old(tx: &mut Tx<'_>, before: Timestamp) -> Result<Vec<WorkspaceId>, DbError> {
    tx.rows(
        sql!("select distinct workspace_id from dkim_keys where retired_at < $1"),
        params![before],
        |row| row.get("workspace_id"),
    )
}

pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, before: Timestamp) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from dkim_keys where workspace_id = $1 and retired_at < $2"),
        params![workspace, before],
    )?;
    Ok(())
}

/// The domains of keys in use whose record was seen once and is not any more, and that no other key signs for.
pub(super) fn lost(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<String>, DbError> {
    tx.rows(
        sql!(
            "select distinct domain
             from dkim_keys
             where workspace_id = $1 and lost_at is not null and retired_at is null
               and domain not in (
                 select domain
                 from dkim_keys
                 where workspace_id = $1 and signing_since is not null and retired_at is null)
             order by domain"
        ),
        params![workspace],
        |row| row.get("domain"),
    )
}

fn read(row: &Row<'_>) -> Result<DkimKey, DbError> {
    let (algorithm, verdict): (String, Option<String>) = (row.get("algorithm")?, row.get("verdict")?);
    let verdict = match verdict {
        Some(word) => {
            Some(Published::parse(&word).ok_or_else(|| row.broken("verdict", "what the DNS says of a key"))?)
        }
        None => None,
    };
    let retirement = match (row.get("retired_by")?, row.get("retired_at")?) {
        (Some(by), Some(at)) => Some(Retirement { by, at }),
        _ => None,
    };
    Ok(DkimKey {
        id: row.get("id")?,
        domain: row.get("domain")?,
        selector: row.get("selector")?,
        algorithm: Algorithm::parse(&algorithm).ok_or_else(|| row.broken("algorithm", "a kind of key"))?,
        record: row.get("record")?,
        made_by: row.get("made_by")?,
        made_at: row.get("made_at")?,
        verdict,
        checked_at: row.get("checked_at")?,
        signing_since: row.get("signing_since")?,
        lost_at: row.get("lost_at")?,
        retirement,
    })
}
