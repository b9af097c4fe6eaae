//! The rows of passwords, and the agents of all workspaces that an address may be.

use kit::db::{DbError, Tx};
use kit::{params, sql};

use super::{Candidate, Hashed};
use crate::doors::Entering;

pub(super) fn candidates(tx: &mut Tx<'_>, email_folded: &str) -> Result<Vec<Candidate>, DbError> {
    tx.rows(
        sql!(
            "select a.workspace_id, a.id, p.hash
             from workspaces w
             join agents a on a.workspace_id = w.id and a.email_folded = $1
             left join agent_passwords p on p.workspace_id = a.workspace_id and p.agent_id = a.id
             where a.is_active = $2
             order by w.id"
        ),
        params![email_folded, true],
        |row| {
            let hash: Option<String> = row.get("hash")?;
            Ok(Candidate {
                who: Entering {
                    workspace: row.get("workspace_id")?,
                    agent: row.get("id")?,
                },
                hash: hash.map(Hashed::from_row),
            })
        },
    )
}

pub(super) fn find(tx: &mut Tx<'_>, who: Entering) -> Result<Option<Hashed>, DbError> {
    tx.optional(
        sql!(
            "select hash
             from agent_passwords
             where workspace_id = $1 and agent_id = $2"
        ),
        params![who.workspace, who.agent],
        |row| row.get("hash").map(Hashed::from_row),
    )
}

pub(super) fn put(tx: &mut Tx<'_>, who: Entering, hash: &Hashed) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into agent_passwords (workspace_id, agent_id, hash, changed_at)
             values ($1, $2, $3, $4)
             on conflict (workspace_id, agent_id)
             do update set hash = excluded.hash, changed_at = excluded.changed_at"
        ),
        params![who.workspace, who.agent, hash.as_str(), now],
    )?;
    Ok(())
}
