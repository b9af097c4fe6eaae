//! Mails of ours to which a server gave another Message-ID: learnt from the folder of what was sent, where the stamp says which
//! mail it is. Whoever answers names that one.

mod store;

use kit::db::{DbError, Tx};
use tandem_core::workspaces::WorkspaceId;

use super::{Mail, OutgoingId, Parcel};

/// The mail of ours that a copy with this stamp and Message-ID is; another Message-ID than its own is learnt.
pub(crate) fn recognised(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    stamp: Option<&str>,
    identifier: &str,
) -> Result<Option<Parcel>, DbError> {
    let stamped: Option<OutgoingId> = stamp.and_then(|stamp| stamp.trim().parse().ok());
    let stamped = match stamped {
        Some(id) => super::store::find(tx, workspace, id)?,
        None => None,
    };
    if identifier.is_empty() {
        return Ok(stamped);
    }
    let Some(parcel) = stamped else {
        return super::is_ours(tx, workspace, identifier);
    };
    if parcel.mail.identifier != identifier {
        store::set(tx, workspace, parcel.mail.id, identifier)?;
    }
    Ok(Some(parcel))
}

/// The mail of ours to which a server gave this Message-ID.
pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    identifier: &str,
) -> Result<Option<Parcel>, DbError> {
    match store::find(tx, workspace, identifier)? {
        Some(id) => super::store::find(tx, workspace, id),
        None => Ok(None),
    }
}

/// The Message-ID by which others know a mail of ours.
pub(super) fn known_as(tx: &mut Tx<'_>, workspace: WorkspaceId, mail: &Mail) -> Result<String, DbError> {
    let rewritten = store::of(tx, workspace, mail.id)?;
    Ok(rewritten.unwrap_or_else(|| mail.identifier.clone()))
}
