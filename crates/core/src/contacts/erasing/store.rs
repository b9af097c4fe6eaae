//! The rows that say who was erased.

use kit::db::{DbError, Tx};
use kit::{params, sql};

use super::Erasure;
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, erasure: &Erasure) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into contact_erasures (workspace_id, contact_id, erased_by, erased_at, proof)
             values ($1, $2, $3, $4, $5)"
        ),
        params![workspace, erasure.contact, erasure.by, erasure.at, erasure.proof],
    )?;
    Ok(())
}

pub(super) fn list(tx: &mut Tx<'_>, workspace: WorkspaceId, limit: i64) -> Result<Vec<Erasure>, DbError> {
    tx.rows(
        sql!(
            "select contact_id, erased_by, erased_at, proof
             from contact_erasures
             where workspace_id = $1
             order by erased_at desc, contact_id
             limit $2"
        ),
        params![workspace, limit],
        |row| {
            Ok(Erasure {
                contact: row.get("contact_id")?,
                by: row.get("erased_by")?,
                at: row.get("erased_at")?,
                proof: row.get("proof")?,
            })
        },
    )
}
