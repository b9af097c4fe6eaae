//! What was decided about senders: whose mail is held back, whose is let through. A sender is an address, or a domain with all
//! its addresses, written `@example.com`; what was decided about the address counts more.

pub mod api;
mod store;
pub mod web;

use kit::clock::Timestamp;

use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::{Mail, MailError, Verdict};
use crate::mailboxes::folded;

/// What was decided about a sender, by whom and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taught {
    /// The address, or `@` and a domain, in small letters.
    pub sender: String,
    /// What was decided.
    pub verdict: Verdict,
    /// Who did.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The senders about whom somebody has decided, in the order of their addresses, after one.
///
/// # Errors
/// A missing permission, or the database's.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, after: &str, limit: i64) -> Result<Vec<Taught>, MailError> {
    actor.must(Permission::MailboxesRead)?;
    Ok(store::list(tx, actor.workspace, after, limit)?)
}

/// Decides about an address or a domain; the newest decision counts.
///
/// # Errors
/// [`MailError::BadSender`] for one that is neither; a missing permission, or the database's.
pub fn decide(tx: &mut Tx<'_>, actor: &Actor, text: &str, verdict: Verdict) -> Result<Taught, MailError> {
    actor.must(Permission::MailsWrite)?;
    let sender = sender_of(text).ok_or(MailError::BadSender)?;
    let before = store::verdict(tx, actor.workspace, &sender)?;
    if before != Some(verdict) {
        store::set(tx, actor, &sender, verdict)?;
        let entry = Entry::of(Act::SenderTaught, actor.workspace).named(&sender);
        let entry = entry.before(json!({ "verdict": before }));
        audit::record(tx, actor, entry.after(json!({ "verdict": verdict })))?;
    }
    store::find(tx, actor.workspace, &sender)?.ok_or(MailError::Unknown)
}

/// Takes back what was decided about a sender. Gives what it was.
///
/// # Errors
/// [`MailError::Unknown`] where nothing was decided; a missing permission, or the database's.
pub fn take_back(tx: &mut Tx<'_>, actor: &Actor, text: &str) -> Result<Taught, MailError> {
    actor.must(Permission::MailsWrite)?;
    let sender = sender_of(text).ok_or(MailError::Unknown)?;
    let before = store::find(tx, actor.workspace, &sender)?.ok_or(MailError::Unknown)?;
    store::delete(tx, actor.workspace, &sender)?;
    let entry = Entry::of(Act::SenderTaught, actor.workspace).named(&sender);
    let entry = entry.before(json!({ "verdict": before.verdict }));
    audit::record(tx, actor, entry.after(json!({ "verdict": null })))?;
    Ok(before)
}

/// An address, or `@` and a domain, as it is kept; none where it is neither.
fn sender_of(text: &str) -> Option<String> {
    let text = folded(text.trim());
    let (local, domain) = text.rsplit_once('@').unwrap_or(("", text.as_str()));
    let is_plain = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    let is_domain = domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.');
    (is_plain && is_domain && text.len() <= 254 && !local.contains('@')).then(|| format!("{local}@{domain}"))
}

/// What was decided about a sender.
pub(super) fn verdict(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    address: &str,
) -> Result<Option<Verdict>, DbError> {
    if address.is_empty() {
        return Ok(None);
    }
    if let Some(own) = store::verdict(tx, workspace, address)? {
        return Ok(Some(own));
    }
    match address.rsplit_once('@') {
        Some((_, domain)) => store::verdict(tx, workspace, &format!("@{domain}")),
        None => Ok(None),
    }
}

/// What was decided about just this address.
pub(super) fn taught(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    address: &str,
) -> Result<Option<Taught>, DbError> {
    store::find(tx, workspace, address)
}

/// Decides about the sender of a mail; the newest decision counts. Who is excused is trusted already.
pub(super) fn teach(tx: &mut Tx<'_>, actor: &Actor, mail: &Mail, verdict: Verdict) -> Result<(), DbError> {
    let address = mail.reading.sender.as_str();
    let before = store::verdict(tx, actor.workspace, address)?;
    let is_more = before == Some(Verdict::Excused) && verdict == Verdict::Trusted;
    if before == Some(verdict) || is_more || address.is_empty() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_is_an_address_or_a_domain() {
        assert_eq!(
            sender_of(" Ida@Fjord.example ").as_deref(),
            Some("ida@fjord.example")
        );
        assert_eq!(sender_of("@fjord.example").as_deref(), Some("@fjord.example"));
        assert_eq!(sender_of("fjord.example").as_deref(), Some("@fjord.example"));
        for wrong in [
            "",
            "ida",
            "ida@",
            "@",
            "a b@fjord.example",
            "a@b@fjord.example",
            "ida@fjord.",
        ] {
            assert_eq!(sender_of(wrong), None, "{wrong}");
        }
    }
}
