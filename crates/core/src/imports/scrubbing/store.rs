//! Which files may name people, and the files that take their places.

use kit::blob::BlobId;
use kit::csv::Dialect;
use kit::db::{DbError, Tx};
use kit::{params, sql};

use crate::imports::ImportId;
use crate::workspaces::WorkspaceId;

/// The imports of these targets that are no drafts any more.
pub(super) fn past_drafts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    [one, other]: [&str; 2],
) -> Result<Vec<ImportId>, DbError> {
    tx.rows(
        sql!(
            "select id
             from imports
             where workspace_id = $1 and target in ($2, $3) and state <> 'draft'"
        ),
        params![workspace, one, other],
        |row| row.get("id"),
    )
}

/// Gives an import another file, with how that is written.
pub(super) fn set_file(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ImportId,
    (file, size): (BlobId, i64),
    dialect: Dialect,
) -> Result<(), DbError> {
    let dialect = serde_json::to_string(&dialect).expect("names and characters are always JSON");
    tx.execute(
        sql!(
            "update imports
             set hash = $3, size = $4, dialect = $5
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id, file, size, dialect],
    )?;
    Ok(())
}
