//! What was decided about senders: whose mail is held back, whose is let through.

mod store;

use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::workspaces::WorkspaceId;

use super::{Mail, Verdict};

/// What was decided about a sender.
pub(super) fn verdict(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    address: &str,
) -> Result<Option<Verdict>, DbError> {
    if address.is_empty() {
        return Ok(None);
    }
    store::verdict(tx, workspace, address)
}

/// Decides about the sender of a mail; the newest decision counts.
pub(super) fn teach(tx: &mut Tx<'_>, actor: &Actor, mail: &Mail, verdict: Verdict) -> Result<(), DbError> {
    let address = mail.reading.sender.as_str();
    let before = store::verdict(tx, actor.workspace, address)?;
    if before == Some(verdict) || address.is_empty() {
        return Ok(());
    }
    store::set(tx, actor, address, verdict)?;
    let entry = Entry::of(Act::SenderTaught, mail.id).named(address);
    let entry = entry.before(json!({ "verdict": before }));
    audit::record(tx, actor, entry.after(json!({ "verdict": verdict })))
}

/// Whether the images of a mail are shown at once: somebody said so of its sender, and it shows that it is theirs.
pub(super) fn shows_images(tx: &mut Tx<'_>, workspace: WorkspaceId, mail: &Mail) -> Result<bool, DbError> {
    Ok(mail.reading.is_confirmed() && store::shows_images(tx, workspace, &mail.reading.sender)?)
}

/// Says that images of a mail's sender are shown at once from now on, or no more.
pub(super) fn set_images(
    tx: &mut Tx<'_>,
    actor: &Actor,
    mail: &Mail,
    are_shown: bool,
) -> Result<(), DbError> {
    let address = mail.reading.sender.as_str();
    let before = store::shows_images(tx, actor.workspace, address)?;
    if address.is_empty() || before == are_shown {
        return Ok(());
    }
    if are_shown {
        store::allow_images(tx, actor, address)?;
    } else {
        store::deny_images(tx, actor.workspace, address)?;
    }
    let entry = Entry::of(Act::SenderTaught, mail.id).named(address);
    let entry = entry.before(json!({ "images": before }));
    audit::record(tx, actor, entry.after(json!({ "images": are_shown })))
}

/// Forgets an address: whose it was is erased.
pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, address: &str) -> Result<(), DbError> {
    store::forget(tx, workspace, address)
}
