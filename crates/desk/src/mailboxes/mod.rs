//! Mailboxes: the addresses at which a workspace is written to and from which it writes.
//!
//! Mail comes in by reading somebody's server (IMAP), by being handed over to our own receiver, or not at all; it goes out
//! by somebody's server (SMTP), or not at all. Passwords are sealed and never shown; a password stays with the host and the
//! name that it was typed for. Instead of passwords a mailbox may sign in at a mail provider (`providers`, `grants`). One mailbox is the default: what has no mailbox of its own leaves by it. An archived mailbox
//! takes nothing and sends nothing, and its mails stay.

pub mod api;
mod documents;
mod failures;
pub mod grants;
mod model;
pub mod operations;
pub mod plus;
pub mod providers;
pub mod reach;
mod rules;
mod secrets;
mod store;
mod text;
pub mod trying;
mod views;
pub mod web;

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::checklist::Item;
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::teams;
use tandem_core::workspaces::WorkspaceId;

pub use grants::GrantError;
pub use model::{
    Archiving, Direction, Incoming, MailServer, Mailbox, MailboxError, Outgoing, Protection, Wrong,
};
pub use rules::{Rules, Strangers};
pub use secrets::{WireWay, incoming_way, keys, outgoing_way, signer};
pub(crate) use text::is_at;
pub use text::{MailboxText, Password, ServerText, folded};

kit::id! {
    /// A mailbox.
    MailboxId, "mbx"
}

/// A mailbox was set up.
pub const ADDED: Kind = Kind::new("mailbox.added", Permission::MailboxesRead);
/// A mailbox is set up another way.
pub const CHANGED: Kind = Kind::new("mailbox.changed", Permission::MailboxesRead);
/// A mailbox was archived.
pub const ARCHIVED: Kind = Kind::new("mailbox.archived", Permission::MailboxesRead);
/// An archived mailbox was brought back.
pub const RESTORED: Kind = Kind::new("mailbox.restored", Permission::MailboxesRead);

/// The name of the list of mailboxes, for pages that show it.
pub const LIST: &str = "mailboxes";
/// What wakes those who read mailboxes: one is another now.
pub const TOPIC: &str = "mailboxes";
/// What a new workspace needs: an address to be written to.
pub const CONNECTED: Item = Item {
    key: "mailbox",
    path: "/settings/mailboxes",
    needs: Some(Permission::MailboxesWrite),
    live: LIST,
    is_done: |tx, actor| Ok(store::all(tx, actor.workspace)?.iter().any(Mailbox::is_open)),
};

/// How long before a mailbox was connected mail counts.
pub(crate) const BEFORE: Duration = Duration::from_secs(7 * 86_400);
/// How many mailboxes a workspace may have.
pub const MOST: i64 = 100;

/// Sets up a mailbox. The first one is the default.
///
/// # Errors
/// [`MailboxError`] for a missing permission, a field that does not fit, or an address that is taken.
pub fn create(tx: &mut Tx<'_>, actor: &Actor, text: &MailboxText) -> Result<Mailbox, MailboxError> {
    actor.must(Permission::MailboxesWrite)?;
    let text = checked(tx, actor, text)?;
    let all = store::all(tx, actor.workspace)?;
    if i64::try_from(all.len()).unwrap_or(MOST) >= MOST {
        return Err(MailboxError::TooMany);
    }
    let mut mailbox = text.clone().into_mailbox(tx.new_id(), tx.now());
    mailbox.is_default |= !all.iter().any(Mailbox::is_open);
    mailbox.sent_since = since(&mailbox, None, tx.now());
    secrets::must_be_given(&text, None)?;
    if mailbox.is_default {
        store::no_default(tx, actor.workspace)?;
    }
    store::insert(tx, actor.workspace, &mailbox)?;
    secrets::keep(tx, actor.workspace, None, &mut mailbox, &text)?;
    keys(tx, actor.workspace)?;
    let entry = Entry::of(Act::MailboxAdded, mailbox.id).after(mailbox.facts());
    note(tx, actor, &ADDED, &mailbox, entry)?;
    Ok(mailbox)
}

/// Sets up a mailbox another way, made from `version`. A password that is not given stays, unless host or login are others.
///
/// # Errors
/// As of [`create`]; [`MailboxError::Stale`] when someone changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MailboxId,
    version: i64,
    text: &MailboxText,
) -> Result<Mailbox, MailboxError> {
    actor.must(Permission::MailboxesWrite)?;
    let text = checked(tx, actor, text)?;
    let before = known(tx, actor.workspace, id)?;
    if before.version != version {
        return Err(MailboxError::Stale(Box::new(before)));
    }
    secrets::must_be_given(&text, Some(&before))?;
    let mut after = text.clone().into_mailbox(id, before.created_at);
    after.archiving.clone_from(&before.archiving);
    // Another one becomes the default; none is taken back.
    after.is_default |= before.is_default;
    after.sent_since = since(&after, Some(&before), tx.now());
    after.version = before.version + 1;
    if after.is_default && !before.is_default {
        store::no_default(tx, actor.workspace)?;
    }
    store::update(tx, actor.workspace, &after)?;
    secrets::keep(tx, actor.workspace, Some(&before), &mut after, &text)?;
    grants::follow(tx, actor, &before, &after)?;
    let entry = Entry::of(Act::MailboxChanged, id).before(before.facts());
    let entry = entry.after(after.facts());
    note(tx, actor, &CHANGED, &after, entry)?;
    Ok(after)
}

/// Archives a mailbox, and forgets how it is signed in at its provider; doing it twice keeps the first one's name and moment.
///
/// # Errors
/// [`MailboxError::Unknown`] for a mailbox of no or another workspace.
pub fn archive(tx: &mut Tx<'_>, actor: &Actor, id: MailboxId) -> Result<Mailbox, MailboxError> {
    actor.must(Permission::MailboxesWrite)?;
    let mut mailbox = known(tx, actor.workspace, id)?;
    if mailbox.archiving.is_none() {
        mailbox.archiving = Some(Archiving {
            by: actor.signature(),
            at: tx.now(),
        });
        store::set_archiving(tx, actor.workspace, &mailbox)?;
        grants::end_with(tx, actor, id)?;
        note(
            tx,
            actor,
            &ARCHIVED,
            &mailbox,
            Entry::of(Act::MailboxArchived, id),
        )?;
    }
    Ok(mailbox)
}

/// Brings an archived mailbox back; another stays as it is.
///
/// # Errors
/// As of [`archive`].
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: MailboxId) -> Result<Mailbox, MailboxError> {
    actor.must(Permission::MailboxesWrite)?;
    let mut mailbox = known(tx, actor.workspace, id)?;
    if mailbox.archiving.take().is_some() {
        store::set_archiving(tx, actor.workspace, &mailbox)?;
        note(
            tx,
            actor,
            &RESTORED,
            &mailbox,
            Entry::of(Act::MailboxRestored, id),
        )?;
    }
    Ok(mailbox)
}

/// The mailbox with this id in the actor's workspace.
///
/// # Errors
/// [`MailboxError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: MailboxId) -> Result<Option<Mailbox>, MailboxError> {
    actor.must(Permission::MailboxesRead)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// The mailboxes of a workspace by name, archived ones last.
///
/// # Errors
/// [`DbError`] of the database.
pub fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Mailbox>, DbError> {
    store::all(tx, workspace)
}

/// A mailbox by its id, for what works without a person.
///
/// # Errors
/// [`DbError`] of the database.
pub fn one(tx: &mut Tx<'_>, workspace: WorkspaceId, id: MailboxId) -> Result<Option<Mailbox>, DbError> {
    store::find(tx, workspace, id)
}

/// The mailbox by which leaves what has none of its own: the default, else the oldest that is not archived.
///
/// # Errors
/// [`DbError`] of the database.
pub fn default_of(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Mailbox>, DbError> {
    let open = store::all(tx, workspace)?.into_iter().filter(Mailbox::is_open);
    Ok(open.min_by_key(|mailbox| (!mailbox.is_default, mailbox.id)))
}

/// Every mailbox of this installation whose mail is read from a server, with its version.
///
/// # Errors
/// [`DbError`] of the database.
pub fn fetched(tx: &mut Tx<'_>) -> Result<Vec<(WorkspaceId, MailboxId, i64)>, DbError> {
    store::fetched(tx)
}

/// The mailbox to which mail for an address is handed over: the oldest of the installation. What stands behind a plus does
/// not count.
///
/// # Errors
/// [`DbError`] of the database.
pub fn for_recipient(tx: &mut Tx<'_>, address: &str) -> Result<Option<(WorkspaceId, MailboxId)>, DbError> {
    let plain = folded(address);
    let bare = text::without_tag(&plain);
    let found = store::for_recipient(tx, &plain)?;
    match found {
        None if bare != plain => store::for_recipient(tx, &bare),
        found => Ok(found),
    }
}

/// Since when the folder of what was sent counts: since it was named. A mailbox that is new looks back as far as it does for
/// what came, so that answers of these days find their tickets.
fn since(mailbox: &Mailbox, before: Option<&Mailbox>, now: Timestamp) -> Option<Timestamp> {
    match before {
        _ if mailbox.sent_folder.is_empty() => None,
        Some(before) if before.sent_folder == mailbox.sent_folder => before.sent_since,
        Some(_) => Some(now),
        None => Some(now.minus(BEFORE)),
    }
}

fn known(tx: &mut Tx<'_>, workspace: WorkspaceId, id: MailboxId) -> Result<Mailbox, MailboxError> {
    store::find(tx, workspace, id)?.ok_or(MailboxError::Unknown)
}

/// The text as it is stored, with a team that is there.
fn checked(tx: &mut Tx<'_>, actor: &Actor, text: &MailboxText) -> Result<MailboxText, MailboxError> {
    let text = match text.provider {
        Some(id) => {
            let provider = providers::store::find(tx, actor.workspace, id)?.ok_or(Wrong::Provider)?;
            text.at(provider.kind).checked()?
        }
        None => text.checked()?,
    };
    if let Some(id) = text.team {
        let teams = teams::all(tx, actor.workspace)?;
        if !teams.iter().any(|team| team.id == id && team.archiving.is_none()) {
            return Err(Wrong::Team.into());
        }
    }
    Ok(text)
}

fn note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static Kind,
    mailbox: &Mailbox,
    entry: Entry,
) -> Result<(), MailboxError> {
    let payload = json!({ "name": mailbox.name });
    let event = NewEvent::of(kind, mailbox.id).topic(LIST).payload(payload);
    events::record(tx, actor, event)?;
    audit::record(tx, actor, entry.named(&mailbox.name))?;
    tx.wake(TOPIC);
    Ok(())
}
