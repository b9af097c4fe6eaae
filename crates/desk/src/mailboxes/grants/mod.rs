//! Grants: that somebody signed a mailbox in at its provider, and the tokens that follow from it.
//!
//! A grant has what lasts (the refresh token) and what opens (the access token, for an hour or so), both sealed. What opens
//! is renewed before it is over, by one process at a time (`renewing`); a provider that gives a new lasting token with it
//! never costs us the sign-in, for it is stored whatever becomes of whoever asked. Once the provider says that it is over,
//! only a person can sign in again. A grant ends with anything that it was given for: provider, server, login.

pub mod api;
pub mod jobs;
mod model;
mod renewing;
pub mod revoking;
mod store;
mod views;
pub mod web;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

pub use model::{Grant, GrantError, Standing};
pub use renewing::{doubt, token};
pub use revoking::Revocation;
pub(super) use views::Connection;

use super::providers::talk::Tokens;
use super::providers::{self, MailProvider, MailProviderId};
use super::{LIST, Mailbox, MailboxError, MailboxId, TOPIC};

/// A mailbox was signed in, signed out, or its sign-in has come to an end.
pub const CHANGED: Kind = Kind::new("mailbox.sign_in", Permission::MailboxesRead);

/// What somebody signs in, and where, as it was when they set out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Aim {
    mailbox: MailboxId,
    mailbox_version: i64,
    provider: MailProviderId,
    provider_version: i64,
}

impl Aim {
    fn at(mailbox: &Mailbox, provider: &MailProvider) -> Self {
        Self {
            mailbox: mailbox.id,
            mailbox_version: mailbox.version,
            provider: provider.id,
            provider_version: provider.version,
        }
    }

    /// Mailbox and provider, unless one of them is another by now.
    fn find(
        &self,
        tx: &mut Tx<'_>,
        workspace: WorkspaceId,
    ) -> Result<Option<(Mailbox, MailProvider)>, DbError> {
        let mailbox = super::one(tx, workspace, self.mailbox)?;
        let provider = providers::store::find(tx, workspace, self.provider)?;
        Ok(mailbox.zip(provider).filter(|(mailbox, provider)| {
            mailbox.is_open()
                && mailbox.provider == Some(self.provider)
                && mailbox.version == self.mailbox_version
                && provider.version == self.provider_version
        }))
    }
}

/// How a mailbox is signed in; nothing where it has passwords.
///
/// # Errors
/// [`DbError`] of the database.
pub fn standing(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: &Mailbox,
) -> Result<Option<Standing>, DbError> {
    if mailbox.provider.is_none() {
        return Ok(None);
    }
    let grant = store::find(tx, workspace, mailbox.id)?;
    Ok(Some(Standing::of(grant.as_ref(), tx.now())))
}

/// The grant of a mailbox in the actor's workspace.
///
/// # Errors
/// A missing permission, or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: MailboxId) -> Result<Option<Grant>, MailboxError> {
    actor.must(Permission::MailboxesRead)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// Keeps what a provider gave when somebody signed a mailbox in; what was kept before goes.
///
/// # Errors
/// [`MailboxError::Unknown`] once mailbox or provider is another than it was; a missing permission.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    actor: &Actor,
    aim: &Aim,
    tokens: &Tokens,
    refresh: &str,
) -> Result<Mailbox, MailboxError> {
    actor.must(Permission::MailboxesWrite)?;
    let found = aim.find(tx, actor.workspace)?;
    let (mailbox, provider) = found.ok_or(MailboxError::Unknown)?;
    let id = mailbox.id;
    let mut grant = Grant::new(id, provider.id, &actor.signature(), tx.now());
    grant.account.clone_from(&tokens.account);
    grant.refresh = renewing::sealed(tx, &grant, "refresh", refresh)?;
    let access = renewing::sealed(tx, &grant, "access", &tokens.access)?;
    grant.renew(access, tokens, tx.now());
    store::put(tx, actor.workspace, &grant)?;
    let entry = Entry::of(Act::MailboxSignedIn, id).after(json!({ "signed_in_as": grant.account }));
    audit::record(tx, actor, entry.named(&mailbox.name))?;
    tell(tx, actor, id)?;
    Ok(mailbox)
}

/// Signs a mailbox out: what was kept is gone, and its provider is told. Doing it twice is no harm.
///
/// # Errors
/// [`MailboxError::Unknown`] for a mailbox of no or another workspace; a missing permission.
pub fn end(tx: &mut Tx<'_>, actor: &Actor, id: MailboxId) -> Result<Mailbox, MailboxError> {
    actor.must(Permission::MailboxesWrite)?;
    let mailbox = super::known(tx, actor.workspace, id)?;
    revoking::begin(tx, actor.workspace, id)?;
    if store::delete(tx, actor.workspace, id)? {
        let entry = Entry::of(Act::MailboxSignedOut, id);
        audit::record(tx, actor, entry.named(&mailbox.name))?;
        tell(tx, actor, id)?;
    }
    Ok(mailbox)
}

/// Ends the grant of a mailbox that is archived: who brings it back signs it in.
pub(super) fn end_with(tx: &mut Tx<'_>, actor: &Actor, id: MailboxId) -> Result<(), DbError> {
    revoking::begin(tx, actor.workspace, id)?;
    if store::delete(tx, actor.workspace, id)? {
        tell(tx, actor, id)?;
    }
    Ok(())
}

/// Ends a grant with what it was given for.
pub(super) fn follow(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: &Mailbox,
    after: &Mailbox,
) -> Result<(), DbError> {
    if before.signs_in_as(after) {
        return Ok(());
    }
    revoking::begin(tx, actor.workspace, after.id)?;
    if !store::delete(tx, actor.workspace, after.id)? {
        return Ok(());
    }
    tell(tx, actor, after.id)
}

/// Ends what was granted to a provider as it was before: nobody else may have it.
pub(super) fn end_all(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    provider: MailProviderId,
) -> Result<(), DbError> {
    store::delete_of(tx, workspace, provider)?;
    tx.wake(TOPIC);
    Ok(())
}

/// The mailboxes whose sign-in or whose provider's secret should be looked at by a person before it is too late.
///
/// # Errors
/// [`DbError`] of the database.
pub fn warnings(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: &Mailbox,
) -> Result<Vec<&'static str>, DbError> {
    let Some(provider) = mailbox.provider else {
        return Ok(Vec::new());
    };
    let mut all = Vec::new();
    let (grant, now) = (store::find(tx, workspace, mailbox.id)?, tx.now());
    all.extend(Standing::of(grant.as_ref(), now).warning(now));
    let provider = providers::store::find(tx, workspace, provider)?;
    let last = provider.and_then(|provider| provider.secret_until);
    if last.is_some_and(|last| is_near(last, now)) {
        all.push("secret_dies");
    }
    Ok(all)
}

/// Whether a day is over or one of the next fourteen.
fn is_near(day: jiff::civil::Date, now: Timestamp) -> bool {
    let today = now
        .calendar()
        .map(|now| now.to_zoned(jiff::tz::TimeZone::UTC).date());
    let limit = today.and_then(|today| today.checked_add(jiff::Span::new().days(14)).ok());
    limit.is_some_and(|limit| day <= limit)
}

fn tell(tx: &mut Tx<'_>, actor: &Actor, id: MailboxId) -> Result<(), DbError> {
    let event = NewEvent::of(&CHANGED, id).topic(LIST);
    events::record(tx, actor, event)?;
    tx.wake(TOPIC);
    Ok(())
}

/// What a sealed token belongs to: another mailbox, provider or sign-in can't open it.
fn purpose(grant: &Grant, what: &str) -> String {
    format!(
        "mailbox grant {what} {} {} {}",
        grant.mailbox, grant.provider, grant.granted_at.0
    )
}
