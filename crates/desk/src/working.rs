//! The hours in which a workspace works: its calendar, or the usual hours where it has none.

use kit::db::{DbError, Tx};
use tandem_core::calendars::{self, Calendar, Hours};
use tandem_core::workspaces::{self, WorkspaceId};

/// When a workspace works.
pub(crate) fn calendar(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Calendar, DbError> {
    if let Some(calendar) = calendars::find(tx, workspace)? {
        return Ok(calendar);
    }
    Ok(Calendar {
        id: tx.new_id(),
        version: 0,
        zone: workspaces::zone(tx, workspace)?,
        hours: Hours::usual(),
    })
}
