//! Tallies: counts kept by reactions, so that no page ever scans to count. One row per workspace and name.

mod store;

use kit::db::{DbError, Tx};

use crate::workspaces::WorkspaceId;

/// Adds `change` to the tally `name`; one that was never touched stands at 0.
///
/// # Errors
/// [`DbError`] of the database.
pub fn add(tx: &mut Tx<'_>, workspace: WorkspaceId, name: &str, change: i64) -> Result<(), DbError> {
    store::add(tx, workspace, name, change)
}

/// Where the tally `name` stands.
///
/// # Errors
/// [`DbError`] of the database.
pub fn total(tx: &mut Tx<'_>, workspace: WorkspaceId, name: &str) -> Result<i64, DbError> {
    store::total(tx, workspace, name).map(|total| total.unwrap_or(0))
}
