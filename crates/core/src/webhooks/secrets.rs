//! The secrets of webhooks: made, rotated, opened to sign.

use std::sync::Arc;
use std::time::Duration;

use kit::db::{DbError, Tx};
use kit::seal::{Seal, SealError};

use super::{CHANGED, SigningSecret, Webhook, WebhookError, WebhookId, known, missing, store, tell};
use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

kit::id! {
    /// A secret of a webhook.
    WebhookSecretId, "whs"
}

/// How long a rotated secret signs beside the new one.
pub const OVERLAP: Duration = Duration::from_secs(86_400);

/// Gives a webhook a new secret, which is shown once. The one before signs too for [`OVERLAP`]; older ones end now.
///
/// # Errors
/// [`WebhookError::Unknown`] for a webhook of no or another workspace.
pub fn rotate(tx: &mut Tx<'_>, actor: &Actor, id: WebhookId) -> Result<SigningSecret, WebhookError> {
    actor.must(Permission::WebhooksWrite)?;
    let webhook = known(tx, actor, id)?;
    renew(tx, actor, &webhook)
}

/// The same, for a webhook that was found.
pub(super) fn renew(
    tx: &mut Tx<'_>,
    actor: &Actor,
    webhook: &Webhook,
) -> Result<SigningSecret, WebhookError> {
    let (id, now) = (webhook.id, tx.now());
    store::delete_rotated_secrets(tx, actor.workspace, id)?;
    store::end_secrets(tx, actor.workspace, id, now.plus(OVERLAP))?;
    let secret = make(tx, actor.workspace, id)?;
    tell(tx, actor, &CHANGED, webhook)?;
    let entry = Entry::of(Act::WebhookSecretRotated, id).named(&webhook.name);
    audit::record(tx, actor, entry)?;
    Ok(secret)
}

/// Makes a secret and stores it sealed.
pub(super) fn make(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    webhook: WebhookId,
) -> Result<SigningSecret, DbError> {
    let secret = SigningSecret::new(tx.ids());
    let id: WebhookSecretId = tx.new_id();
    let sealed = seal(tx)?.seal(tx.ids(), &purpose(webhook, id), secret.bytes());
    store::insert_secret(tx, workspace, webhook, id, &sealed)?;
    Ok(secret)
}

/// The secrets that sign now, the newest first.
///
/// # Errors
/// The database's; `Ok(Err)` when one of them can't be opened with the keys that are here.
pub(super) fn signing(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    webhook: WebhookId,
) -> Result<Result<Vec<SigningSecret>, SealError>, DbError> {
    let now = tx.now();
    let seal = seal(tx)?;
    let sealed = store::secrets(tx, workspace, webhook, now)?;
    let opened = sealed
        .into_iter()
        .map(|(id, sealed)| seal.open(&purpose(webhook, id), &sealed).map(SigningSecret::of));
    Ok(opened.collect())
}

fn seal(tx: &Tx<'_>) -> Result<Arc<Seal>, DbError> {
    tx.attached::<Seal>().ok_or_else(|| missing("key that seals"))
}

fn purpose(webhook: WebhookId, id: WebhookSecretId) -> String {
    format!("webhook secret {webhook} {id}")
}
