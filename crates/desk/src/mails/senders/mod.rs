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
