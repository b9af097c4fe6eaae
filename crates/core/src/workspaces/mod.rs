//! Workspaces: one company using Tandem each. Every row of every feature belongs to one.

mod store;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};

kit::id! {
    /// A workspace.
    WorkspaceId, "wsp"
}

/// One company using Tandem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    /// Its id.
    pub id: WorkspaceId,
    /// Its name.
    pub name: String,
    /// The language of its texts where nobody chose one: `en`.
    pub locale: String,
    /// Its time zone: `Europe/Warsaw`.
    pub zone: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What a new workspace is made from.
#[derive(Clone, Debug)]
pub struct NewWorkspace {
    /// Its name.
    pub name: String,
    /// The language of its texts where nobody chose one.
    pub locale: String,
    /// Its time zone.
    pub zone: String,
}

/// Why a workspace was not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkspaceError {
    /// The name is empty.
    #[error("a workspace needs a name")]
    NoName,
    /// The time zone is not one of the time zone database.
    #[error("{0} is not a time zone; write one like Europe/Warsaw")]
    UnknownZone(String),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Makes a workspace. There is no actor yet: only the command line and the first-run page come here.
///
/// # Errors
/// [`WorkspaceError`] for an empty name or an unknown zone.
pub fn create(tx: &mut Tx<'_>, new: &NewWorkspace) -> Result<Workspace, WorkspaceError> {
    let name = new.name.trim();
    if name.is_empty() {
        return Err(WorkspaceError::NoName);
    }
    if !kit::clock::is_zone(&new.zone) {
        return Err(WorkspaceError::UnknownZone(new.zone.clone()));
    }
    let workspace = Workspace {
        id: tx.new_id(),
        name: name.to_owned(),
        locale: new.locale.clone(),
        zone: new.zone.clone(),
        created_at: tx.now(),
    };
    store::insert(tx, &workspace)?;
    Ok(workspace)
}

/// The workspace with this id.
///
/// # Errors
/// [`DbError`] of the database.
pub fn find(tx: &mut Tx<'_>, id: WorkspaceId) -> Result<Option<Workspace>, DbError> {
    store::find(tx, id)
}

/// Every workspace of this installation, oldest first; for the command line.
///
/// # Errors
/// [`DbError`] of the database.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Workspace>, DbError> {
    store::all(tx)
}
