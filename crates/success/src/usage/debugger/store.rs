//! What the debugger reads of names.

use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use crate::usage::people::NameId;

/// The names that are written so, each with its kind.
pub(super) fn names(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    values: &[&str],
) -> Result<Vec<(String, String, NameId)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select kind, value, id
                   from usage_names
                   where workspace_id = $1 and kind in ('user', 'anonymous', 'group')
                     and value in (select value from rarray($2))",
            pg: "select kind, value, id
                 from usage_names
                 where workspace_id = $1 and kind in ('user', 'anonymous', 'group') and value = any($2)",
        },
        params![workspace, values],
        |row| Ok((row.get("kind")?, row.get("value")?, row.get("id")?)),
    )
}
