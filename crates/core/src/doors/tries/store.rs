//! The rows of tries. They stand above workspaces.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::{params, sql};

pub(super) fn find(tx: &mut Tx<'_>, key: &[u8]) -> Result<Option<Timestamp>, DbError> {
    tx.optional(
        sql!(
            "select free_at
             from door_tries
             where key_hash = $1"
        ),
        params![key],
        |row| row.get("free_at"),
    )
}

pub(super) fn put(tx: &mut Tx<'_>, key: &[u8], free_at: Timestamp) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into door_tries (key_hash, free_at)
             values ($1, $2)
             on conflict (key_hash) do update set free_at = excluded.free_at"
        ),
        params![key, free_at],
    )?;
    Ok(())
}

pub(super) fn remove(tx: &mut Tx<'_>, key: &[u8]) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from door_tries
             where key_hash = $1"
        ),
        params![key],
    )?;
    Ok(())
}

pub(super) fn sweep(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from door_tries
             where free_at <= $1"
        ),
        params![now],
    )?;
    Ok(())
}
