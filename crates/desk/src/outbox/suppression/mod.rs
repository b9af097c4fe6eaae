//! Addresses that refused for good, or whose people complained: nothing is sent there by itself. A refusal holds for
//! [`PERIOD`], a complaint until somebody lifts it.

pub mod api;
pub(super) mod store;

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use mail::bounces::{Reason, reason};
use tandem_core::actor::Actor;
use tandem_core::contacts::{self, ContactId};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::OutgoingId;
use super::model::{Mail, OutboxError};
use super::parcel::readable;
use super::writing;
use crate::mails;

/// For how long a refusal counts: mailboxes are made anew, and domains come back.
pub const PERIOD: Duration = Duration::from_secs(90 * 86_400);

/// Why nothing is sent to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grounds {
    /// It refused a mail for good.
    Refused,
    /// Whoever reads it told their provider that a mail of ours is spam.
    Complained,
}

impl Grounds {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Complained => "complaint",
        }
    }
}

/// An address that nothing is sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// The address, as it was written.
    pub address: String,
    /// Why.
    pub grounds: Grounds,
    /// The mail that it refused, or complained of.
    pub mail: Option<OutgoingId>,
    /// The status code (RFC 3463).
    pub enhanced: Option<String>,
    /// What was said.
    pub said: String,
    /// Since when.
    pub at: Timestamp,
}

impl Suppressed {
    /// When it ends by itself; a complaint does not.
    pub fn until(&self) -> Option<Timestamp> {
        (self.grounds == Grounds::Refused).then(|| self.at.plus(PERIOD))
    }

    fn holds(&self, now: Timestamp) -> bool {
        self.until().is_none_or(|until| until > now)
    }
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
    if !is_about_address || address.is_empty() || of(tx, workspace, address)?.is_some() {
        return Ok(());
    }
    let suppressed = Suppressed {
        address: address.to_owned(),
        grounds: Grounds::Refused,
        mail: Some(mail.id),
        enhanced: enhanced.map(str::to_owned),
        said: readable(said),
        at: tx.now(),
    };
    store::put(tx, workspace, &suppressed)
}

/// Notes a complaint of whoever reads an address; whether it is the first.
pub(super) fn complained(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: &Mail,
    (address, kind): (&str, &str),
) -> Result<bool, DbError> {
    let before = of(tx, workspace, address)?;
    let is_known = before.is_some_and(|before| before.grounds == Grounds::Complained);
    if is_known || address.is_empty() {
        return Ok(false);
    }
    let suppressed = Suppressed {
        address: address.to_owned(),
        grounds: Grounds::Complained,
        mail: Some(mail.id),
        enhanced: None,
        said: kind.to_owned(),
        at: tx.now(),
    };
    store::put(tx, workspace, &suppressed)?;
    Ok(true)
}

/// Whether nothing is sent to an address, and why.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of(tx: &mut Tx<'_>, workspace: WorkspaceId, address: &str) -> Result<Option<Suppressed>, DbError> {
    let (found, now) = (store::find(tx, workspace, &folded(address))?, tx.now());
    Ok(found.filter(|one| one.holds(now)))
}

/// The addresses of a contact that nothing is sent to.
///
/// # Errors
/// [`OutboxError::Unknown`] for a contact of no or another workspace; a missing permission, or the database's.
pub fn of_contact(tx: &mut Tx<'_>, actor: &Actor, id: ContactId) -> Result<Vec<Suppressed>, OutboxError> {
    actor.must(Permission::TicketsRead)?;
    let mut found = Vec::new();
    for address in addresses(tx, actor.workspace, id)? {
        // A look-up by key for each of a few.
        found.extend(of(tx, actor.workspace, &address)?);
    }
    Ok(found)
}

/// Lets mail go to all addresses of a contact again. Doing it twice is no harm.
///
/// # Errors
/// As of [`of_contact`].
pub fn lift_of_contact(tx: &mut Tx<'_>, actor: &Actor, id: ContactId) -> Result<(), OutboxError> {
    actor.must(Permission::TicketsWrite)?;
    for address in addresses(tx, actor.workspace, id)? {
        store::delete(tx, actor.workspace, &folded(&address))?;
    }
    Ok(())
}

fn addresses(tx: &mut Tx<'_>, workspace: WorkspaceId, id: ContactId) -> Result<Vec<String>, OutboxError> {
    let reader = Actor::system(workspace, "outbox");
    let contact = contacts::find(tx, &reader, id).map_err(writing::of_contact)?;
    let contact = contact.ok_or(OutboxError::Unknown)?;
    Ok(mails::addresses(tx, workspace, contact.root)?)
}

/// Of which of these mails somebody has complained.
pub(super) fn complained_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mails: &[OutgoingId],
) -> Result<Vec<OutgoingId>, DbError> {
    store::complained_of(tx, workspace, mails)
}

/// The addresses that nothing is sent to, the newest first: a thousand at most.
///
/// # Errors
/// A missing permission, or the database's.
pub fn all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Suppressed>, OutboxError> {
    actor.must(Permission::TicketsRead)?;
    let now = tx.now();
    let mut all = store::all(tx, actor.workspace)?;
    all.retain(|one| one.holds(now));
    Ok(all)
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
