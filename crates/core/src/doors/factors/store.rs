//! The rows of authenticators and recovery codes.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::{params, sql};

use crate::doors::Entering;

/// An authenticator as its row has it.
pub(super) struct AuthenticatorRow {
    pub(super) key_sealed: Vec<u8>,
    pub(super) last_step: i64,
    pub(super) confirmed_at: Option<Timestamp>,
}

pub(super) fn find(tx: &mut Tx<'_>, who: Entering) -> Result<Option<AuthenticatorRow>, DbError> {
    tx.optional(
        sql!(
            "select key_sealed, last_step, confirmed_at
             from authenticators
             where workspace_id = $1 and agent_id = $2"
        ),
        params![who.workspace, who.agent],
        |row| {
            Ok(AuthenticatorRow {
                key_sealed: row.get("key_sealed")?,
                last_step: row.get("last_step")?,
                confirmed_at: row.get("confirmed_at")?,
            })
        },
    )
}

pub(super) fn put(tx: &mut Tx<'_>, who: Entering, key_sealed: &[u8]) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into authenticators (workspace_id, agent_id, key_sealed, last_step, created_at, confirmed_at)
             values ($1, $2, $3, 0, $4, null)
             on conflict (workspace_id, agent_id)
             do update set key_sealed = excluded.key_sealed, last_step = 0, created_at = excluded.created_at,
                           confirmed_at = null"
        ),
        params![who.workspace, who.agent, key_sealed, now],
    )?;
    Ok(())
}

pub(super) fn use_step(tx: &mut Tx<'_>, who: Entering, step: i64) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "update authenticators
             set last_step = $3, confirmed_at = coalesce(confirmed_at, $4)
             where workspace_id = $1 and agent_id = $2"
        ),
        params![who.workspace, who.agent, step, now],
    )?;
    Ok(())
}

pub(super) fn remove(tx: &mut Tx<'_>, who: Entering) -> Result<bool, DbError> {
    let removed = tx.execute(
        sql!(
            "delete from authenticators
             where workspace_id = $1 and agent_id = $2"
        ),
        params![who.workspace, who.agent],
    )?;
    Ok(removed > 0)
}

pub(super) fn insert_code(tx: &mut Tx<'_>, who: Entering, hash: &[u8]) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into recovery_codes (workspace_id, agent_id, code_hash, created_at, used_at)
             values ($1, $2, $3, $4, null)"
        ),
        params![who.workspace, who.agent, hash, now],
    )?;
    Ok(())
}

pub(super) fn use_code(tx: &mut Tx<'_>, who: Entering, hash: &[u8]) -> Result<bool, DbError> {
    let now = tx.now();
    let used = tx.execute(
        sql!(
            "update recovery_codes
             set used_at = $4
             where workspace_id = $1 and agent_id = $2 and code_hash = $3 and used_at is null"
        ),
        params![who.workspace, who.agent, hash, now],
    )?;
    Ok(used > 0)
}

pub(super) fn codes_left(tx: &mut Tx<'_>, who: Entering) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "select count(*) as codes
             from recovery_codes
             where workspace_id = $1 and agent_id = $2 and used_at is null"
        ),
        params![who.workspace, who.agent],
        |row| row.get("codes"),
    )
}

pub(super) fn remove_codes(tx: &mut Tx<'_>, who: Entering) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from recovery_codes
             where workspace_id = $1 and agent_id = $2"
        ),
        params![who.workspace, who.agent],
    )?;
    Ok(())
}
