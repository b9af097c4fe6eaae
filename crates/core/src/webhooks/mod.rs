//! Webhooks: what happens here, told to other systems by Standard Webhooks 1.0.
//!
//! A webhook is an address of another system and the kinds of events it wants. A *delivery* is one event on its way to
//! one webhook: a row, put there by a reaction to the event, sent by an errand, tried again over three days. It keeps
//! its id however often it is sent, so that the other side can tell. Deliveries may overtake each other.
//!
//! Invariants: a webhook hears only what the one who set it up may see; its secrets are sealed; a rotated secret signs
//! beside the new one for a day; after five days without a success the webhook is switched off, and its workspace's
//! administrators are told. What another feature keeps as its own way to another system is a line ([`lines`]), not listed here.

pub mod api;
pub mod deliveries;
mod documents;
mod failures;
pub mod jobs;
pub mod lines;
mod model;
pub mod operations;
mod secrets;
mod signing;
mod store;
mod views;
pub mod warning;
pub mod web;

use std::time::Duration;

use kit::db::{DbError, Tx};
use kit::outgoing::Outgoing;

pub use failures::{DELIVERED, IS_STOPPED, NAME, URL};
pub use model::{Stop, StopReason, Webhook, WebhookError, WebhookText};
pub use secrets::{OVERLAP, rotate};
pub use signing::{SigningSecret, signature};

use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::events::{self, Kind, NewEvent, Wiring};
use crate::permissions::Permission;

kit::id! {
    /// A webhook.
    WebhookId, "whk"
}

/// A webhook was set up.
pub const ADDED: Kind = Kind::new("webhook.added", Permission::WebhooksRead);
/// A webhook's address, name or kinds are others now, or it has a new secret.
pub const CHANGED: Kind = Kind::new("webhook.changed", Permission::WebhooksRead);
/// A webhook is no more.
pub const REMOVED: Kind = Kind::new("webhook.removed", Permission::WebhooksRead);
/// A webhook was switched off, by a person or because it failed for too long.
pub const STOPPED: Kind = Kind::new("webhook.stopped", Permission::WebhooksRead);
/// A webhook was switched on again.
pub const STARTED: Kind = Kind::new("webhook.started", Permission::WebhooksRead);

/// The name of the list of webhooks, for pages that show it.
pub const LIST: &str = "webhooks";
/// How long a webhook may fail before it is switched off.
pub const PATIENCE: Duration = Duration::from_secs(5 * 86_400);
/// How many webhooks a workspace may have.
pub const MOST: i64 = 100;

/// Sets up a webhook; gives its secret, which is shown once.
///
/// # Errors
/// [`WebhookError`] for a missing permission or a text that does not fit.
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    text: &WebhookText,
) -> Result<(Webhook, SigningSecret), WebhookError> {
    actor.must(Permission::WebhooksWrite)?;
    let text = checked(tx, actor, text)?;
    if store::count(tx, actor.workspace)? >= MOST {
        return Err(WebhookError::TooMany);
    }
    let webhook = text.into_webhook(tx.new_id(), actor.signature(), tx.now());
    store::insert(tx, actor.workspace, &webhook)?;
    let secret = secrets::make(tx, actor.workspace, webhook.id)?;
    tell(tx, actor, &ADDED, &webhook)?;
    let entry = Entry::of(Act::WebhookAdded, webhook.id).named(&webhook.name);
    audit::record(tx, actor, entry.after(webhook.facts()))?;
    Ok((webhook, secret))
}

/// Changes a webhook's name, address and kinds, made from `version`.
///
/// # Errors
/// [`WebhookError::Stale`] when someone changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: WebhookId,
    version: i64,
    text: &WebhookText,
) -> Result<Webhook, WebhookError> {
    actor.must(Permission::WebhooksWrite)?;
    let mut webhook = known(tx, actor, id)?;
    let text = checked(tx, actor, text)?;
    if webhook.version != version {
        return Err(WebhookError::Stale);
    }
    let before = webhook.facts();
    if !webhook.take(text, tx.now()) {
        return Ok(webhook);
    }
    store::update(tx, actor.workspace, &webhook)?;
    tell(tx, actor, &CHANGED, &webhook)?;
    let entry = Entry::of(Act::WebhookChanged, id).named(&webhook.name);
    audit::record(tx, actor, entry.before(before).after(webhook.facts()))?;
    Ok(webhook)
}

/// Takes a webhook away, with its secrets and its log. What is on its way is not sent.
///
/// # Errors
/// [`WebhookError::Unknown`] for a webhook of no or another workspace.
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: WebhookId) -> Result<Webhook, WebhookError> {
    actor.must(Permission::WebhooksWrite)?;
    let webhook = known(tx, actor, id)?;
    store::delete(tx, actor.workspace, id)?;
    tell(tx, actor, &REMOVED, &webhook)?;
    let entry = Entry::of(Act::WebhookRemoved, id).named(&webhook.name);
    audit::record(tx, actor, entry.before(webhook.facts()))?;
    Ok(webhook)
}

/// Switches a webhook off: events of that time are not sent later. Doing it twice keeps the first reason.
///
/// # Errors
/// As of [`remove`].
pub fn stop(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: WebhookId,
    reason: StopReason,
) -> Result<Webhook, WebhookError> {
    actor.must(Permission::WebhooksWrite)?;
    let webhook = known(tx, actor, id)?;
    switch_off(tx, actor, webhook, reason)
}

fn switch_off(
    tx: &mut Tx<'_>,
    actor: &Actor,
    mut webhook: Webhook,
    reason: StopReason,
) -> Result<Webhook, WebhookError> {
    let id = webhook.id;
    if webhook.stop.is_none() {
        let stop = Stop {
            reason,
            by: actor.signature(),
            at: tx.now(),
        };
        store::insert_stop(tx, actor.workspace, id, &stop)?;
        webhook.stop = Some(stop);
        tell(tx, actor, &STOPPED, &webhook)?;
        let entry = Entry::of(Act::WebhookStopped, id).named(&webhook.name);
        let facts = serde_json::json!({ "reason": reason.as_str() });
        audit::record(tx, actor, entry.after(facts))?;
    }
    Ok(webhook)
}

/// Switches a webhook on again, with its patience restored.
///
/// # Errors
/// As of [`remove`].
pub fn start(tx: &mut Tx<'_>, actor: &Actor, id: WebhookId) -> Result<Webhook, WebhookError> {
    actor.must(Permission::WebhooksWrite)?;
    let webhook = known(tx, actor, id)?;
    switch_on(tx, actor, webhook)
}

fn switch_on(tx: &mut Tx<'_>, actor: &Actor, mut webhook: Webhook) -> Result<Webhook, WebhookError> {
    let id = webhook.id;
    if webhook.stop.take().is_some() {
        store::delete_stop(tx, actor.workspace, id)?;
        store::set_failing_since(tx, actor.workspace, id, None)?;
        webhook.failing_since = None;
        tell(tx, actor, &STARTED, &webhook)?;
        let entry = Entry::of(Act::WebhookStarted, id).named(&webhook.name);
        audit::record(tx, actor, entry)?;
    }
    Ok(webhook)
}

/// The webhook with this id in the actor's workspace.
///
/// # Errors
/// [`WebhookError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: WebhookId) -> Result<Option<Webhook>, WebhookError> {
    actor.must(Permission::WebhooksRead)?;
    Ok(store::find(tx, actor.workspace, id)?.filter(|webhook| !webhook.is_line()))
}

/// All webhooks of the workspace, the oldest first: [`MOST`] at most.
///
/// # Errors
/// [`WebhookError::Forbidden`], or the database's.
pub fn all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Webhook>, WebhookError> {
    actor.must(Permission::WebhooksRead)?;
    let mut all = store::all(tx, actor.workspace)?;
    all.retain(|webhook| !webhook.is_line());
    Ok(all)
}

/// The webhook with this id, which is no line: those are their keepers'.
fn known(tx: &mut Tx<'_>, actor: &Actor, id: WebhookId) -> Result<Webhook, WebhookError> {
    let found = store::find(tx, actor.workspace, id)?;
    found
        .filter(|webhook| !webhook.is_line())
        .ok_or(WebhookError::Unknown)
}

/// The text as it is stored: with an address that may be used, and kinds that the actor may see.
fn checked(tx: &Tx<'_>, actor: &Actor, text: &WebhookText) -> Result<WebhookText, WebhookError> {
    let text = text.checked()?;
    let outgoing = tx
        .attached::<Outgoing>()
        .ok_or_else(|| missing("outgoing client"))?;
    let url = outgoing.accept(&text.url).map_err(WebhookError::BadUrl)?;
    let wiring = tx.attached::<Wiring>().ok_or_else(|| missing("wiring"))?;
    for kind in wiring.kinds() {
        if text.wants(kind.name) {
            actor.must(kind.read)?;
            for need in kind.also {
                actor.must(*need)?;
            }
        }
    }
    match text.kinds.iter().find(|name| wiring.kind(name).is_none()) {
        Some(unknown) => Err(WebhookError::BadKind(unknown.clone())),
        None => Ok(WebhookText {
            url: url.into(),
            ..text
        }),
    }
}

fn missing(what: &str) -> DbError {
    DbError::Internal {
        statement: "webhooks".to_owned(),
        problem: format!("no {what} is attached to the database"),
    }
}

fn tell(tx: &mut Tx<'_>, actor: &Actor, kind: &'static Kind, webhook: &Webhook) -> Result<(), DbError> {
    let reason = webhook.stop.as_ref().map(|stop| stop.reason.as_str());
    let payload = serde_json::json!({ "name": webhook.name, "reason": reason });
    events::record(
        tx,
        actor,
        NewEvent::of(kind, webhook.id).topic(LIST).payload(payload),
    )?;
    Ok(())
}
