//! The rows of blobs and of who needs them.

use super::{Blob, BlobError, BlobId, GRACE, Stored};
use crate::{
    clock::Timestamp,
    db::{DbError, Row, Tx},
    id::Uuid,
    params, sql,
};

/// Gives a stored object its row in `workspace` and `subject`'s reference to it. When the workspace has the content
/// already, that is referred to and the new object is left to the sweep.
///
/// # Errors
/// [`BlobError::Stale`] when the object was written so long ago that the sweep may be at it.
pub fn add(
    tx: &mut Tx<'_>,
    workspace: Uuid,
    stored: &Stored,
    media_type: &str,
    subject: &str,
) -> Result<BlobId, BlobError> {
    if tx.now().since(stored.began) > GRACE / 2 {
        return Err(BlobError::Stale);
    }
    let size = i64::try_from(stored.size).map_err(|_| BlobError::TooLarge {
        limit: i64::MAX.unsigned_abs(),
    })?;
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into blobs (workspace_id, hash, size, media_type, object, created_at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (workspace_id, hash) do nothing"
        ),
        params![workspace, stored.id, size, media_type, stored.object, now],
    )?;
    link(tx, workspace, stored.id, subject)?;
    Ok(stored.id)
}

/// Makes `subject` need a content that the workspace has; answers whether it has it.
///
/// # Errors
/// Trouble of the database.
pub fn link(tx: &mut Tx<'_>, workspace: Uuid, id: BlobId, subject: &str) -> Result<bool, DbError> {
    let has_it = tx.execute(
        sql!("update blobs set unused_since = null where workspace_id = $1 and hash = $2"),
        params![workspace, id],
    )? > 0;
    if has_it {
        tx.execute(
            sql!(
                "insert into blob_references (workspace_id, hash, subject)
                 values ($1, $2, $3)
                 on conflict (workspace_id, hash, subject) do nothing"
            ),
            params![workspace, id, subject],
        )?;
    }
    Ok(has_it)
}

/// `subject` needs the content no more; the sweep takes it away once nobody does.
///
/// # Errors
/// Trouble of the database.
pub fn unlink(tx: &mut Tx<'_>, workspace: Uuid, id: BlobId, subject: &str) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from blob_references where workspace_id = $1 and hash = $2 and subject = $3"),
        params![workspace, id, subject],
    )?;
    let now = tx.now();
    tx.execute(
        sql!(
            "update blobs set unused_since = $3
             where workspace_id = $1 and hash = $2 and unused_since is null
               and not exists (
                 select 1 from blob_references
                 where blob_references.workspace_id = $1 and blob_references.hash = $2
               )"
        ),
        params![workspace, id, now],
    )?;
    Ok(())
}

/// The content with this id, if `workspace` has it.
///
/// # Errors
/// Trouble of the database.
pub fn find(tx: &mut Tx<'_>, workspace: Uuid, id: BlobId) -> Result<Option<Blob>, DbError> {
    tx.optional(
        sql!("select hash, size, media_type, object from blobs where workspace_id = $1 and hash = $2"),
        params![workspace, id],
        blob,
    )
}

fn blob(row: &Row<'_>) -> Result<Blob, DbError> {
    Ok(Blob {
        id: row.get("hash")?,
        size: row.get::<i64>("size")?.unsigned_abs(),
        media_type: row.get("media_type")?,
        object: row.get("object")?,
    })
}

/// Takes away up to 500 rows that nobody has needed since `moment`; gives how many.
pub(super) fn remove_unused(tx: &mut Tx<'_>, moment: Timestamp) -> Result<u64, DbError> {
    tx.execute(
        sql!(
            "delete from blobs
             where (workspace_id, hash) in (
               select workspace_id, hash from blobs where unused_since <= $1 order by unused_since limit 500
             )"
        ),
        params![moment],
    )
}

/// Those of `objects` that have a row.
pub(super) fn with_row(tx: &mut Tx<'_>, objects: &[String]) -> Result<Vec<String>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select object from blobs where object in rarray($1)",
            pg: "select object from blobs where object = any($1)",
        },
        params![objects],
        |row| row.get("object"),
    )
}
