//! Deliveries: one event on its way to one webhook, each attempt at it, and what a person does about it.
//!
//! A delivery *waits* until an attempt is answered with a status from 200 to 299; it is then *delivered*. After its last
//! attempt, or when its webhook is switched off, it has *failed* until someone sends it again.

mod model;
mod sending;
pub(super) mod store;
pub mod web;

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::jobs::Queue;

pub use model::{Attempt, AttemptId, Delivery, DeliveryId, DeliveryState};
pub use sending::{SCHEDULE, send};

use super::jobs::Deliver;
use super::lines::Handed;
use super::{Webhook, WebhookError, WebhookId, known, lines};
use crate::actor::Actor;
use crate::events::{self, Event, EventId};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// How long a delivery and its attempts are kept.
pub const KEPT: Duration = Duration::from_secs(30 * 86_400);
/// How many deliveries are sent again at once.
pub const MOST_AT_ONCE: i64 = 1_000;
/// The kind of a delivery that only tries the way.
pub const TEST: &str = "webhook.test";

/// Puts `event` on its way to `webhook`, in the caller's transaction; once, however often it is called.
///
/// # Errors
/// The database's.
pub(super) fn put(tx: &mut Tx<'_>, webhook: &Webhook, event: &Event) -> Result<(), DbError> {
    let delivery = Delivery::of(tx.new_id(), webhook.id, event, tx.now());
    if store::insert(tx, event.workspace, &delivery)? {
        kit::jobs::queue(
            tx,
            event.workspace,
            &Deliver {
                delivery: delivery.id,
            },
        )?;
    }
    Ok(())
}

/// Puts an event on its way to one webhook, whether or not it wants such events; gives the delivery, and none where the
/// webhook is gone or switched off.
///
/// # Errors
/// The database's.
pub fn put_to(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    webhook: WebhookId,
    event: EventId,
) -> Result<Option<DeliveryId>, DbError> {
    let webhook = super::store::find(tx, workspace, webhook)?.filter(|one| one.is_on() && !one.is_line());
    let (Some(webhook), Some(event)) = (webhook, events::find(tx, workspace, event)?) else {
        return Ok(None);
    };
    put(tx, &webhook, &event)?;
    store::of_event(tx, workspace, webhook.id, event.id)
}

/// How a delivery stands; none where it is not kept any more.
///
/// # Errors
/// The database's.
pub fn standing(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: DeliveryId,
) -> Result<Option<DeliveryState>, DbError> {
    Ok(store::find(tx, workspace, id)?.map(|delivery| delivery.state))
}

/// Sends something harmless, to try the way.
///
/// # Errors
/// [`WebhookError::IsStopped`] for a webhook that is switched off.
pub fn test(tx: &mut Tx<'_>, actor: &Actor, id: WebhookId) -> Result<Delivery, WebhookError> {
    actor.must(Permission::WebhooksWrite)?;
    let webhook = known(tx, actor, id)?;
    try_way(tx, actor, webhook)
}

/// The same, for a webhook that was found.
pub(super) fn try_way(tx: &mut Tx<'_>, actor: &Actor, webhook: Webhook) -> Result<Delivery, WebhookError> {
    let webhook = on(webhook)?;
    let delivery = Delivery::test(tx.new_id(), webhook.id, &actor.signature(), tx.now());
    store::insert(tx, actor.workspace, &delivery)?;
    kit::jobs::queue(
        tx,
        actor.workspace,
        &Deliver {
            delivery: delivery.id,
        },
    )?;
    Ok(delivery)
}

/// Sends a delivery again, with the same id and body, whatever became of it; what a line brought only where it failed.
///
/// # Errors
/// [`WebhookError::IsDelivered`] for what a line brought,
/// [`WebhookError::Unknown`] for a delivery of no or another workspace, [`WebhookError::IsStopped`].
pub fn replay(tx: &mut Tx<'_>, actor: &Actor, id: DeliveryId) -> Result<Delivery, WebhookError> {
    actor.must(Permission::WebhooksWrite)?;
    let mut delivery = store::find(tx, actor.workspace, id)?.ok_or(WebhookError::Unknown)?;
    let webhook = super::store::find(tx, actor.workspace, delivery.webhook)?;
    let webhook = webhook.ok_or(WebhookError::Unknown)?;
    once_more(tx, actor.workspace, &webhook, &delivery)?;
    (delivery.state, delivery.attempts, delivery.settled_at) = (DeliveryState::Waiting, 0, None);
    if webhook.is_line() {
        lines::moved(tx, actor.workspace, &webhook, &delivery)?;
    }
    Ok(delivery)
}

/// Sends the failed deliveries of a webhook again that came since `since`, the oldest first; gives how many.
///
/// # Errors
/// As of [`replay`].
pub fn replay_failed(
    tx: &mut Tx<'_>,
    actor: &Actor,
    webhook: WebhookId,
    since: Timestamp,
) -> Result<usize, WebhookError> {
    actor.must(Permission::WebhooksWrite)?;
    let webhook = known(tx, actor, webhook)?;
    Ok(all_failed(tx, actor.workspace, &webhook, since)?.len())
}

pub(super) fn all_failed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    webhook: &Webhook,
    since: Timestamp,
) -> Result<Vec<DeliveryId>, WebhookError> {
    if !webhook.is_on() {
        return Err(WebhookError::IsStopped);
    }
    let failed = store::failed_since(tx, workspace, webhook.id, since, MOST_AT_ONCE)?;
    for id in &failed {
        again(tx, workspace, *id)?;
    }
    Ok(failed)
}

/// Sends one again that was found.
pub(super) fn once_more(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    webhook: &Webhook,
    delivery: &Delivery,
) -> Result<(), WebhookError> {
    if webhook.is_line() && delivery.state == DeliveryState::Delivered {
        return Err(WebhookError::IsDelivered);
    }
    if !webhook.is_on() {
        return Err(WebhookError::IsStopped);
    }
    again(tx, workspace, delivery.id)
}

/// Puts what is handed to a line on its way, once for each event; where it is off, it has failed.
pub(super) fn hand(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    line: &Webhook,
    handed: Handed,
) -> Result<Delivery, DbError> {
    let mut delivery = Delivery::handed(tx.new_id(), line.id, handed, tx.now());
    if !line.is_on() {
        delivery.state = DeliveryState::Failed;
        delivery.settled_at = Some(delivery.created_at);
    }
    if store::insert(tx, workspace, &delivery)? {
        if delivery.settled_at.is_some() {
            store::update(tx, workspace, &delivery)?;
        } else {
            queue(tx, workspace, delivery.id)?;
        }
        return Ok(delivery);
    }
    let known = match delivery.event {
        Some(event) => store::of_event(tx, workspace, line.id, event)?,
        None => None,
    };
    match known {
        Some(id) => Ok(store::find(tx, workspace, id)?.unwrap_or(delivery)),
        None => Ok(delivery),
    }
}

/// The delivery with this id.
pub(super) fn with_id(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: DeliveryId,
) -> Result<Option<Delivery>, DbError> {
    store::find(tx, workspace, id)
}

fn again(tx: &mut Tx<'_>, workspace: WorkspaceId, id: DeliveryId) -> Result<(), WebhookError> {
    store::wait_again(tx, workspace, id)?;
    queue(tx, workspace, id)?;
    Ok(())
}

/// Queues the job that sends it. One waits at most.
fn queue(tx: &mut Tx<'_>, workspace: WorkspaceId, id: DeliveryId) -> Result<(), DbError> {
    let job = Deliver { delivery: id };
    Queue::new(&job)
        .workspace(workspace)
        .key(id.to_string())
        .put(tx)?;
    Ok(())
}

fn on(webhook: Webhook) -> Result<Webhook, WebhookError> {
    if webhook.is_on() {
        Ok(webhook)
    } else {
        Err(WebhookError::IsStopped)
    }
}

/// Up to `limit` deliveries of a webhook, the newest first, before the one named; in one state or in any.
///
/// # Errors
/// [`WebhookError::Unknown`] for a webhook of no or another workspace.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    webhook: WebhookId,
    (state, before): (Option<DeliveryState>, Option<DeliveryId>),
    limit: i64,
) -> Result<Vec<Delivery>, WebhookError> {
    actor.must(Permission::WebhooksRead)?;
    known(tx, actor, webhook)?;
    Ok(store::list(tx, actor.workspace, webhook, (state, before), limit)?)
}

/// A delivery and its attempts, the newest first.
///
/// # Errors
/// [`WebhookError::Unknown`] for a delivery of no or another workspace.
pub fn find(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: DeliveryId,
) -> Result<(Delivery, Vec<Attempt>), WebhookError> {
    actor.must(Permission::WebhooksRead)?;
    let delivery = store::find(tx, actor.workspace, id)?.ok_or(WebhookError::Unknown)?;
    let webhook = super::store::find(tx, actor.workspace, delivery.webhook)?;
    if webhook.is_some_and(|webhook| webhook.is_line()) {
        // What a line brings is what was said in a ticket.
        actor.must(Permission::TicketsRead)?;
    }
    let attempts = store::attempts(tx, actor.workspace, id)?;
    Ok((delivery, attempts))
}
