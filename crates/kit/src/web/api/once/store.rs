//! The rows of answers given.

use super::Owner;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::{params, sql};

/// An answer that was given.
pub(super) struct Stored {
    pub(super) fingerprint: [u8; 32],
    pub(super) status: i64,
    pub(super) location: Option<String>,
    pub(super) has_tag: bool,
    pub(super) answer: Vec<u8>,
    pub(super) created_at: Timestamp,
}

pub(super) fn find(tx: &mut Tx<'_>, owner: Owner, key: &str) -> Result<Option<Stored>, DbError> {
    tx.optional(
        sql!(
            "select fingerprint, status, location, has_tag, answer, created_at
             from answers
             where workspace_id = $1 and sender_id = $2 and key = $3"
        ),
        params![owner.workspace, owner.sender, key],
        |row| {
            let fingerprint: Vec<u8> = row.get("fingerprint")?;
            Ok(Stored {
                fingerprint: fingerprint
                    .try_into()
                    .map_err(|_| row.broken("fingerprint", "32 bytes"))?,
                status: row.get("status")?,
                location: row.get("location")?,
                has_tag: row.get("has_tag")?,
                answer: row.get("answer")?,
                created_at: row.get("created_at")?,
            })
        },
    )
}

pub(super) fn insert(tx: &mut Tx<'_>, owner: Owner, key: &str, row: &Stored) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into answers
               (workspace_id, sender_id, key, fingerprint, status, location, has_tag, answer, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            owner.workspace,
            owner.sender,
            key,
            row.fingerprint.as_slice(),
            row.status,
            row.location,
            row.has_tag,
            row.answer,
            row.created_at
        ],
    )?;
    Ok(())
}

pub(super) fn forget(tx: &mut Tx<'_>, owner: Owner, key: &str) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from answers
             where workspace_id = $1 and sender_id = $2 and key = $3"
        ),
        params![owner.workspace, owner.sender, key],
    )?;
    Ok(())
}

/// Of all workspaces: the sweep is the installation's own.
pub(super) fn forget_before(tx: &mut Tx<'_>, end: Timestamp) -> Result<u64, DbError> {
    tx.execute(
        sql!(
            "delete from answers
             where created_at <= $1"
        ),
        params![end],
    )
}
