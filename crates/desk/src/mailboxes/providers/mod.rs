//! Mail providers: systems at which mailboxes sign in by OAuth 2.0 instead of a password (RFC 6749, RFC 7636).
//!
//! A *mail provider* is what Google, Microsoft or somebody else calls this installation: a client with its secret, and where
//! browsers and programs go. Its secret is sealed, and stays with the client and the address that it was typed for. What was
//! signed in by another client or at another address is signed in no more.

pub mod api;
mod failures;
mod model;
pub mod operations;
pub(super) mod store;
pub(super) mod talk;
mod views;
pub mod web;

use kit::db::{DbError, Tx};
use kit::seal::Seal;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

pub use model::{MailProvider, MailProviderError, MailProviderText, ProviderKind, WrongProvider};

use super::{Password, grants};

kit::id! {
    /// A mail provider of a workspace.
    MailProviderId, "mpr"
}

/// A mail provider came, changed or went.
pub const CHANGED: Kind = Kind::new("mail_provider.changed", Permission::MailboxesRead);

/// The name of the list of mail providers, for pages that show it.
pub const LIST: &str = "mail_providers";
/// How many a workspace may have.
pub const MOST: usize = 20;

/// Sets a mail provider up.
///
/// # Errors
/// [`MailProviderError`] for a missing permission or a field that does not fit.
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    text: &MailProviderText,
) -> Result<MailProvider, MailProviderError> {
    actor.must(Permission::MailboxesWrite)?;
    if store::all(tx, actor.workspace)?.len() >= MOST {
        return Err(MailProviderError::TooMany);
    }
    let blank = MailProvider::blank(tx.new_id());
    let provider = written(tx, blank, text)?;
    store::insert(tx, actor.workspace, &provider)?;
    let entry = Entry::of(Act::MailProviderAdded, provider.id).after(provider.facts());
    note(tx, actor, &provider, entry)?;
    Ok(provider)
}

/// Changes a mail provider, made from `version`. A secret that is not given stays, unless client or
/// addresses are others.
///
/// # Errors
/// As of [`add`]; [`MailProviderError::Stale`] when someone changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MailProviderId,
    version: i64,
    text: &MailProviderText,
) -> Result<MailProvider, MailProviderError> {
    let before = find(tx, actor, id)?;
    actor.must(Permission::MailboxesWrite)?;
    if before.version != version {
        return Err(MailProviderError::Stale(Box::new(before)));
    }
    let provider = written(tx, before.clone(), text)?;
    store::update(tx, actor.workspace, &provider)?;
    if !provider.is_same_client(&before) {
        grants::end_all(tx, actor.workspace, id)?;
    }
    let entry = Entry::of(Act::MailProviderChanged, id)
        .before(before.facts())
        .after(provider.facts());
    note(tx, actor, &provider, entry)?;
    Ok(provider)
}

/// Removes a mail provider at which no mailbox signs in.
///
/// # Errors
/// [`MailProviderError::InUse`], [`MailProviderError::Unknown`], a missing permission, or the database's.
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: MailProviderId) -> Result<MailProvider, MailProviderError> {
    let provider = find(tx, actor, id)?;
    actor.must(Permission::MailboxesWrite)?;
    if super::store::with_provider(tx, actor.workspace, id)? > 0 {
        return Err(MailProviderError::InUse);
    }
    store::delete(tx, actor.workspace, id)?;
    let entry = Entry::of(Act::MailProviderRemoved, id).before(provider.facts());
    note(tx, actor, &provider, entry)?;
    Ok(provider)
}

/// The mail provider with this id in the actor's workspace.
///
/// # Errors
/// [`MailProviderError::Unknown`], a missing permission, or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: MailProviderId) -> Result<MailProvider, MailProviderError> {
    actor.must(Permission::MailboxesRead)?;
    store::find(tx, actor.workspace, id)?.ok_or(MailProviderError::Unknown)
}

/// The mail providers of a workspace by their names.
///
/// # Errors
/// [`DbError`] of the database.
pub fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<MailProvider>, DbError> {
    store::all(tx, workspace)
}

/// The secret of a mail provider; none for a public client.
pub(super) fn opened(tx: &Tx<'_>, provider: &MailProvider) -> Result<Option<String>, MailProviderError> {
    let Some(sealed) = &provider.secret else {
        return Ok(None);
    };
    let seal = tx.attached::<Seal>();
    let plain = seal.and_then(|seal| seal.open(&purpose(provider), sealed).ok());
    let text = plain.and_then(|plain| String::from_utf8(plain).ok());
    text.map(Some).ok_or(MailProviderError::Sealed)
}

/// `before` as `text` wants it.
fn written(
    tx: &mut Tx<'_>,
    before: MailProvider,
    text: &MailProviderText,
) -> Result<MailProvider, MailProviderError> {
    let mut provider = text.checked(before.id)?;
    provider.version = before.version + 1;
    provider.secret = match &text.secret {
        Some(plain) => Some(sealed(tx, &provider, plain)?),
        None => before.secret.clone().filter(|_| provider.is_same_client(&before)),
    };
    if provider.secret.is_none() && provider.kind != ProviderKind::Own {
        return Err(WrongProvider::Secret.into());
    }
    Ok(provider)
}

fn sealed(tx: &Tx<'_>, provider: &MailProvider, plain: &Password) -> Result<Vec<u8>, MailProviderError> {
    let seal = tx.attached::<Seal>().ok_or(MailProviderError::Sealed)?;
    Ok(seal.seal(tx.ids(), &purpose(provider), plain.expose().as_bytes()))
}

/// A secret opens for the client and the address that it was typed for.
fn purpose(provider: &MailProvider) -> String {
    format!(
        "mail provider {} {} {}",
        provider.id,
        provider.client,
        provider.token_at()
    )
}

fn note(tx: &mut Tx<'_>, actor: &Actor, provider: &MailProvider, entry: Entry) -> Result<(), DbError> {
    audit::record(tx, actor, entry.named(&provider.name))?;
    events::record(tx, actor, NewEvent::of(&CHANGED, provider.id).topic(LIST))?;
    tx.wake(super::TOPIC);
    Ok(())
}
