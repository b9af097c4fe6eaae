//! Addresses that refused for good: nothing is sent there by itself until somebody lifts it.

pub(super) mod store;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use mail::bounces::{Reason, reason};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::OutgoingId;
use super::model::{Mail, OutboxError};
use super::parcel::readable;

/// An address that nothing is sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// The address, as it was written.
    pub address: String,
    /// The mail that it refused.
    pub mail: Option<OutgoingId>,
    /// The status code (RFC 3463).
    pub enhanced: Option<String>,
    /// What was said.
    pub said: String,
    /// Since when.
    pub at: Timestamp,
}

/// An address as it is compared.
pub(super) fn folded(address: &str) -> String {
    address.trim().to_lowercase()
}

/// Notes a refusal for good, if it is about the address and not about the mail.
pub(super) fn learn(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: &Mail,
    address: &str,
    (enhanced, said): (Option<&str>, &str),
) -> Result<(), DbError> {
    let is_about_address = matches!(
        reason(enhanced, said),
        Reason::NoSuchAddress | Reason::NoSuchDomain | Reason::Disabled
    );
    if !is_about_address || address.is_empty() {
        return Ok(());
    }
    let suppressed = Suppressed {
        address: address.to_owned(),
        mail: Some(mail.id),
        enhanced: enhanced.map(str::to_owned),
        said: readable(said),
        at: tx.now(),
    };
    store::put(tx, workspace, &suppressed)
}

/// Whether nothing is sent to an address, and why.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of(tx: &mut Tx<'_>, workspace: WorkspaceId, address: &str) -> Result<Option<Suppressed>, DbError> {
    store::find(tx, workspace, &folded(address))
}

/// The addresses that nothing is sent to, the newest first: a thousand at most.
///
/// # Errors
/// A missing permission, or the database's.
pub fn all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Suppressed>, OutboxError> {
    actor.must(Permission::TicketsRead)?;
    Ok(store::all(tx, actor.workspace)?)
}

/// Lets mail go to an address again. Doing it twice is no harm.
///
/// # Errors
/// A missing permission, or the database's.
pub fn lift(tx: &mut Tx<'_>, actor: &Actor, address: &str) -> Result<(), OutboxError> {
    actor.must(Permission::TicketsWrite)?;
    store::delete(tx, actor.workspace, &folded(address))?;
    Ok(())
}
