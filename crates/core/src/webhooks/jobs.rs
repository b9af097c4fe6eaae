//! What follows from events: deliveries to the webhooks that want them.

use kit::db::Tx;
use kit::jobs::{self, About, Errand, Job, JobError};
use serde::{Deserialize, Serialize};

use super::deliveries::{self, DeliveryId};
use super::{Webhook, store};
use crate::events::{self, EventId, Listener, Wiring};
use crate::workspaces::WorkspaceId;

/// Puts an event on its way to the webhooks that want it.
#[derive(Debug, Serialize, Deserialize)]
pub struct PutOnItsWay {
    event: EventId,
}

impl Job for PutOnItsWay {
    const KIND: &'static str = "webhooks.put";
}

/// Every event, if some webhook of its workspace wants it.
pub const TELL: Listener = Listener::of_many(PutOnItsWay::KIND, |tx, events| {
    let Some(first) = events.first() else {
        return Ok(());
    };
    let mut all = store::all(tx, first.workspace)?;
    all.retain(Webhook::is_on);
    let wanted = events
        .iter()
        .filter(|event| all.iter().any(|webhook| webhook.wants(&event.kind)));
    let jobs: Vec<PutOnItsWay> = wanted.map(|event| PutOnItsWay { event: event.id }).collect();
    jobs::queue_all(tx, first.workspace, &jobs)
});

/// Makes a delivery for each webhook that wants the event.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn put(tx: &mut Tx<'_>, job: &PutOnItsWay, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    let Some(event) = events::find(tx, workspace, job.event)? else {
        return Ok(());
    };
    let wiring = tx.attached::<Wiring>().unwrap_or_default();
    for webhook in store::all(tx, workspace)? {
        let may_hear = wiring.covers(|kind| webhook.wants(kind), &event);
        if webhook.is_on() && webhook.wants(&event.kind) && may_hear {
            deliveries::put(tx, &webhook, &event)?;
        }
    }
    Ok(())
}

/// Makes one attempt at a delivery.
#[derive(Debug, Serialize, Deserialize)]
pub struct Deliver {
    pub(super) delivery: DeliveryId,
}

impl Job for Deliver {
    const KIND: &'static str = "webhooks.deliver";
}

/// Sends it.
///
/// # Errors
/// When it has to be tried again, and when.
pub async fn deliver(errand: Errand, job: Deliver) -> Result<(), JobError> {
    deliveries::send(&errand, job.delivery).await
}

/// Takes old deliveries away. To be queued once a day or so.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "webhooks.sweep";
}

/// Takes away what is older than [`deliveries::KEPT`].
///
/// # Errors
/// The database's; the job is then tried again.
pub fn sweep(tx: &mut Tx<'_>, _: &Sweep, _: &About) -> Result<(), JobError> {
    let end = tx.now().minus(deliveries::KEPT);
    deliveries::store::sweep(tx, end)?;
    Ok(())
}
