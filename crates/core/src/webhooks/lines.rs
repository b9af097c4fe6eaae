//! Lines: webhooks that another feature keeps, to bring to another system what belongs to it alone.
//!
//! A line has an address, secrets, a log and patience like any webhook, and is signed, tried again and switched off as one. It
//! hears no event: its keeper hands it what it brings. It is shown on the page of its keeper only; who may do something with it
//! is for the keeper to say. What was taken by the other side is never sent again.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::outgoing::Outgoing;
use serde_json::{Value, json};

use super::deliveries::{self, Attempt, Delivery, DeliveryId, DeliveryState};
use super::{SigningSecret, StopReason, Webhook, WebhookError, WebhookId, WebhookText, secrets, store, tell};
use crate::actor::Actor;
use crate::events::{self, EventId, Kind, NewEvent};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// What was handed to a line was taken by the other side, is not tried any more, or waits again.
pub const MOVED: Kind = Kind::new("line.moved", Permission::WebhooksRead);

/// The word that stands where a webhook names its kinds: no event is called so.
pub(super) const WORD: &str = "line";

/// A line to be opened.
#[derive(Clone, Copy, Debug)]
pub struct NewLine<'a> {
    /// What people call it.
    pub name: &'a str,
    /// Where deliveries go.
    pub url: &'a str,
    /// The path of its keeper's page.
    pub page: &'a str,
}

/// What is handed to a line.
#[derive(Clone, Debug)]
pub struct Handed {
    /// The event that it comes from: it is handed over once for each.
    pub event: EventId,
    /// The `type` for the other side.
    pub kind: &'static str,
    /// When it happened.
    pub at: Timestamp,
    /// What is said.
    pub data: Value,
}

/// Opens a line; gives its secret, which is shown once.
///
/// # Errors
/// [`WebhookError`] for a name or an address that does not fit.
pub fn open(
    tx: &mut Tx<'_>,
    actor: &Actor,
    new: &NewLine<'_>,
) -> Result<(Webhook, SigningSecret), WebhookError> {
    let text = fitting(tx, new.name, new.url)?;
    let mut line = text.into_webhook(tx.new_id(), actor.signature(), tx.now());
    line.kinds = vec![WORD.to_owned(), new.page.to_owned()];
    store::insert(tx, actor.workspace, &line)?;
    let secret = secrets::make(tx, actor.workspace, line.id)?;
    tell(tx, actor, &super::ADDED, &line)?;
    Ok((line, secret))
}

/// Gives a line another name or address.
///
/// # Errors
/// As of [`open`]; [`WebhookError::Unknown`] for what is no line here.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: WebhookId,
    (name, url): (&str, &str),
) -> Result<Webhook, WebhookError> {
    let mut line = known(tx, actor.workspace, id)?;
    let text = WebhookText {
        kinds: line.kinds.clone(),
        ..fitting(tx, name, url)?
    };
    if line.take(text, tx.now()) {
        store::update(tx, actor.workspace, &line)?;
        tell(tx, actor, &super::CHANGED, &line)?;
    }
    Ok(line)
}

/// Gives a line a new secret, which is shown once; the one before signs beside it for [`super::OVERLAP`].
///
/// # Errors
/// [`WebhookError::Unknown`] for what is no line here.
pub fn rotate(tx: &mut Tx<'_>, actor: &Actor, id: WebhookId) -> Result<SigningSecret, WebhookError> {
    let line = known(tx, actor.workspace, id)?;
    secrets::renew(tx, actor, &line)
}

/// Switches a line off: what is handed to it waits for somebody to send it again.
///
/// # Errors
/// As of [`rotate`].
pub fn stop(tx: &mut Tx<'_>, actor: &Actor, id: WebhookId) -> Result<Webhook, WebhookError> {
    let line = known(tx, actor.workspace, id)?;
    super::switch_off(tx, actor, line, StopReason::Asked)
}

/// Switches a line on again.
///
/// # Errors
/// As of [`rotate`].
pub fn start(tx: &mut Tx<'_>, actor: &Actor, id: WebhookId) -> Result<Webhook, WebhookError> {
    let line = known(tx, actor.workspace, id)?;
    super::switch_on(tx, actor, line)
}

/// The line with this id.
///
/// # Errors
/// [`DbError`] of the database.
pub fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: WebhookId) -> Result<Option<Webhook>, DbError> {
    Ok(store::find(tx, workspace, id)?.filter(Webhook::is_line))
}

/// Hands something to a line in the caller's transaction; twice is once. What is handed to a line that is switched off has
/// failed until somebody sends it again.
///
/// # Errors
/// [`WebhookError::Unknown`] for what is no line here.
pub fn hand(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: WebhookId,
    handed: Handed,
) -> Result<Delivery, WebhookError> {
    let line = known(tx, workspace, id)?;
    Ok(deliveries::hand(tx, workspace, &line, handed)?)
}

/// Sends something harmless, to try the way.
///
/// # Errors
/// [`WebhookError::IsStopped`] for a line that is switched off, [`WebhookError::Unknown`] for what is none.
pub fn test(tx: &mut Tx<'_>, actor: &Actor, id: WebhookId) -> Result<Delivery, WebhookError> {
    let line = known(tx, actor.workspace, id)?;
    deliveries::try_way(tx, actor, line)
}

/// Sends again what has failed, and at once what waits for a later attempt.
///
/// # Errors
/// [`WebhookError::IsDelivered`] for what the other side has, [`WebhookError::IsStopped`], [`WebhookError::Unknown`] for what is
/// not kept any more.
pub fn again(tx: &mut Tx<'_>, workspace: WorkspaceId, id: DeliveryId) -> Result<(), WebhookError> {
    let delivery = deliveries::with_id(tx, workspace, id)?.ok_or(WebhookError::Unknown)?;
    let line = known(tx, workspace, delivery.webhook)?;
    deliveries::once_more(tx, workspace, &line, &delivery)
}

/// Sends all of a line again that failed since `since`, the oldest first; gives which.
///
/// # Errors
/// As of [`again`].
pub fn replay_failed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: WebhookId,
    since: Timestamp,
) -> Result<Vec<DeliveryId>, WebhookError> {
    let line = known(tx, workspace, id)?;
    deliveries::all_failed(tx, workspace, &line, since)
}

/// Up to `limit` deliveries of a line, the newest first, before the one named; in one state or in any.
///
/// # Errors
/// [`DbError`] of the database.
pub fn log(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: WebhookId,
    part: (Option<DeliveryState>, Option<DeliveryId>),
    limit: i64,
) -> Result<Vec<Delivery>, DbError> {
    deliveries::store::list(tx, workspace, id, part, limit)
}

/// A delivery with its newest attempt; none where it is not kept any more.
///
/// # Errors
/// [`DbError`] of the database.
pub fn standing(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: DeliveryId,
) -> Result<Option<(Delivery, Option<Attempt>)>, DbError> {
    let Some(delivery) = deliveries::with_id(tx, workspace, id)? else {
        return Ok(None);
    };
    let newest = deliveries::store::attempts(tx, workspace, id)?.into_iter().next();
    Ok(Some((delivery, newest)))
}

/// Forgets a delivery and what was said about it: it is not sent any more.
///
/// # Errors
/// [`DbError`] of the database.
pub fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, id: DeliveryId) -> Result<(), DbError> {
    deliveries::store::delete(tx, workspace, id)
}

/// Tells the keeper of a line how a delivery stands now.
pub(super) fn moved(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    line: &Webhook,
    delivery: &Delivery,
) -> Result<(), DbError> {
    let payload = json!({ "line": line.id, "state": delivery.state.as_str() });
    let event = NewEvent::of(&MOVED, delivery.id).topic(line.id);
    let system = Actor::system(workspace, "webhooks");
    events::record(tx, &system, event.payload(payload))?;
    Ok(())
}

fn known(tx: &mut Tx<'_>, workspace: WorkspaceId, id: WebhookId) -> Result<Webhook, WebhookError> {
    find(tx, workspace, id)?.ok_or(WebhookError::Unknown)
}

/// A name and an address that may be used.
fn fitting(tx: &Tx<'_>, name: &str, url: &str) -> Result<WebhookText, WebhookError> {
    let text = WebhookText {
        name: name.to_owned(),
        url: url.to_owned(),
        kinds: Vec::new(),
    };
    let text = text.checked()?;
    let outgoing = tx.attached::<Outgoing>();
    let outgoing = outgoing.ok_or_else(|| super::missing("outgoing client"))?;
    let url = outgoing.accept(&text.url).map_err(WebhookError::BadUrl)?;
    Ok(WebhookText {
        url: url.into(),
        ..text
    })
}
