//! The rows of setups. They come before the first workspace.

use kit::db::{DbError, Tx};
use kit::{params, sql};

use super::{Finished, Setup, SetupId};
use crate::doors::Secret;

pub(super) fn insert(tx: &mut Tx<'_>, id: SetupId, secret: &Secret) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into setups (id, token_hash, draft, created_at, finished_at, finished_by)
             values ($1, $2, '{}', $3, null, null)"
        ),
        params![id, secret.hash(), now],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, secret: &Secret) -> Result<Option<Setup>, DbError> {
    tx.optional(
        sql!(
            "select id, draft, finished_at, finished_by
             from setups
             where token_hash = $1"
        ),
        params![secret.hash()],
        |row| {
            let by: Option<String> = row.get("finished_by")?;
            let at = row.get("finished_at")?;
            Ok(Setup {
                id: row.get("id")?,
                draft: row.get("draft")?,
                finished: by.map(|by| Finished { by, at }),
            })
        },
    )
}

pub(super) fn set_draft(tx: &mut Tx<'_>, id: SetupId, draft: &str) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update setups
             set draft = $2
             where id = $1"
        ),
        params![id, draft],
    )?;
    Ok(())
}

/// Ends every setup; nothing that was written into one stays.
pub(super) fn finish_all(tx: &mut Tx<'_>, by: &str) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "update setups
             set draft = '{}', finished_at = $1, finished_by = $2
             where finished_at is null"
        ),
        params![now, by],
    )?;
    Ok(())
}
