//! The rows of steps. They stand above workspaces.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::{params, sql};

pub(super) fn insert(
    tx: &mut Tx<'_>,
    token: &[u8],
    purpose: &str,
    payload: &str,
    expires_at: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into door_steps (token_hash, purpose, payload, expires_at)
             values ($1, $2, $3, $4)"
        ),
        params![token, purpose, payload, expires_at],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    token: &[u8],
    purpose: &str,
    now: Timestamp,
) -> Result<Option<String>, DbError> {
    tx.optional(
        sql!(
            "select payload
             from door_steps
             where token_hash = $1 and purpose = $2 and expires_at > $3"
        ),
        params![token, purpose, now],
        |row| row.get("payload"),
    )
}

pub(super) fn remove(tx: &mut Tx<'_>, token: &[u8]) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from door_steps
             where token_hash = $1"
        ),
        params![token],
    )?;
    Ok(())
}

pub(super) fn sweep(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from door_steps
             where expires_at <= $1"
        ),
        params![now],
    )?;
    Ok(())
}
