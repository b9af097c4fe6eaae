//! The rows of passkeys.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};

use super::{Passkey, PasskeyId};
use crate::doors::Entering;

/// A passkey with whose it is.
pub(super) struct Owned {
    pub(super) who: Entering,
    pub(super) passkey: Passkey,
}

pub(super) fn insert(tx: &mut Tx<'_>, who: Entering, passkey: &Passkey) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into passkeys
             (workspace_id, id, agent_id, name, credential, public_key, uses, created_at, last_used_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, null)"
        ),
        params![
            who.workspace,
            passkey.id,
            who.agent,
            passkey.name,
            passkey.credential,
            passkey.public_key,
            passkey.uses,
            passkey.created_at
        ],
    )?;
    Ok(())
}

pub(super) fn of(tx: &mut Tx<'_>, who: Entering) -> Result<Vec<Passkey>, DbError> {
    tx.rows(
        sql!(
            "select id, name, credential, public_key, uses, created_at, last_used_at
             from passkeys
             where workspace_id = $1 and agent_id = $2
             order by id"
        ),
        params![who.workspace, who.agent],
        passkey,
    )
}

/// The passkeys with this credential whose agents have access: one, unless an authenticator is broken.
pub(super) fn by_credential(tx: &mut Tx<'_>, credential: &[u8]) -> Result<Vec<Owned>, DbError> {
    tx.rows(
        sql!(
            "select p.workspace_id, p.agent_id, p.id, p.name, p.credential, p.public_key, p.uses, p.created_at,
                    p.last_used_at
             from passkeys p
             join agents a on a.workspace_id = p.workspace_id and a.id = p.agent_id
             where p.credential = $1 and a.is_active = $2"
        ),
        params![credential, true],
        |row| {
            Ok(Owned {
                who: Entering {
                    workspace: row.get("workspace_id")?,
                    agent: row.get("agent_id")?,
                },
                passkey: passkey(row)?,
            })
        },
    )
}

pub(super) fn note_use(tx: &mut Tx<'_>, who: Entering, id: PasskeyId, uses: i64) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "update passkeys
             set uses = $3, last_used_at = $4
             where workspace_id = $1 and id = $2"
        ),
        params![who.workspace, id, uses, now],
    )?;
    Ok(())
}

pub(super) fn rename(tx: &mut Tx<'_>, who: Entering, id: PasskeyId, name: &str) -> Result<bool, DbError> {
    let renamed = tx.execute(
        sql!(
            "update passkeys
             set name = $4
             where workspace_id = $1 and agent_id = $2 and id = $3"
        ),
        params![who.workspace, who.agent, id, name],
    )?;
    Ok(renamed > 0)
}

pub(super) fn remove(tx: &mut Tx<'_>, who: Entering, id: PasskeyId) -> Result<bool, DbError> {
    let removed = tx.execute(
        sql!(
            "delete from passkeys
             where workspace_id = $1 and agent_id = $2 and id = $3"
        ),
        params![who.workspace, who.agent, id],
    )?;
    Ok(removed > 0)
}

fn passkey(row: &Row<'_>) -> Result<Passkey, DbError> {
    Ok(Passkey {
        id: row.get("id")?,
        name: row.get("name")?,
        credential: row.get("credential")?,
        public_key: row.get("public_key")?,
        uses: row.get("uses")?,
        created_at: row.get("created_at")?,
        last_used_at: row.get("last_used_at")?,
    })
}
