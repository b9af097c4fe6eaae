//! Contacts by name, for files that know nothing better of them.

use kit::db::{DbError, Tx};
use kit::{params, sql};

use crate::contacts::ContactId;
use crate::workspaces::WorkspaceId;

/// Up to fifty contacts of this folded name that stand for themselves.
pub(super) fn named(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    folded: &str,
) -> Result<Vec<ContactId>, DbError> {
    tx.rows(
        sql!(
            "select id
             from contacts
             where workspace_id = $1 and name_folded = $2 and root_id = id
             order by id
             limit 50"
        ),
        params![workspace, folded],
        |row| row.get("id"),
    )
}
