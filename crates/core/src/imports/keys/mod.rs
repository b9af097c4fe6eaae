//! Keys: what tells the rows of a target apart, and what each has brought, over all files.

mod store;

use kit::db::{DbError, Tx};
use kit::id::Uuid;

pub(super) use store::{forget_all, keys_of, remember, remember_all, remembered, seen};

use super::target::{RowKey, Target};
use super::{scrubbing, store as imports};
use crate::accounts::merging::{Part, Way};
use crate::workspaces::WorkspaceId;

/// What a merge of accounts does with the keys under which files brought them.
pub const MERGES: Part = Part::new("import_keys", Way::Move)
    .named_in("subject_id")
    .only("target", crate::accounts::imports::TARGET.key);

/// What the row with this id of another program has brought to `target`.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn brought(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    target: &str,
    outside: &str,
) -> Result<Option<Uuid>, DbError> {
    let key = RowKey::Outside(outside.to_owned()).text();
    let known = remembered(tx, workspace, target, &key)?;
    Ok(known.map(|(subject, ..)| subject))
}

/// Forgets the keys under which somebody came, which may say who they are, and how they were before rows changed them. The
/// files lose the rows that were taken.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn forget(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    target: &Target,
    subject: Uuid,
) -> Result<(), DbError> {
    let brought = store::imports_of(tx, workspace, target.key, subject)?;
    for import in brought {
        // Somebody was rarely brought by many.
        imports::blank(tx, workspace, import, subject)?;
    }
    forget_all(tx, workspace, target.key, &[subject])?;
    scrubbing::queue(tx, workspace)
}

/// Where something came from that no event of its own tells of: what the file was called, and who brought it.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn origin(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    target: &Target,
    subject: Uuid,
) -> Result<Option<(String, String)>, DbError> {
    let brought = store::imports_of(tx, workspace, target.key, subject)?;
    let Some(id) = brought.last().copied() else {
        return Ok(None);
    };
    let import = imports::find(tx, workspace, id)?;
    Ok(import.map(|import| (import.author().to_owned(), import.file_name)))
}
