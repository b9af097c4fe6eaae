//! How events arrive: believed only when signed, kept as they came, and each of them once.

use kit::db::Tx;
use serde_json::Value;

use super::stripe::StripeEvent;
use super::{BillingError, Gate, LIST, Outcome, RECEIVED, Receipt, jobs, secrets, signature, store};
use crate::actor::Actor;
use crate::events::{self, NewEvent};

/// Keeps an event that arrived at a gate. One that is there already changes nothing.
///
/// # Errors
/// [`BillingError::Unknown`] for a gate that is none, [`BillingError::Disbelieved`] for what is not signed,
/// [`BillingError::NoEvent`] for what is signed and can't be read.
pub fn receive(tx: &mut Tx<'_>, gate: Gate, header: &str, body: &str) -> Result<(), BillingError> {
    let Gate {
        workspace,
        connection,
    } = gate;
    store::find(tx, workspace, connection)?.ok_or(BillingError::Unknown)?;
    let secrets = secrets::holding(tx, workspace, connection)?.map_err(|error| {
        tracing::error!(%error, "a billing secret can't be opened");
        signature::Disbelief::Wrong
    })?;
    let now = tx.now();
    signature::check(header, body.as_bytes(), &secrets, now.0 / 1_000_000)?;
    let read: Value = serde_json::from_str(body).map_err(|_| BillingError::NoEvent)?;
    let event = StripeEvent::read(&read).map_err(|_| BillingError::NoEvent)?;
    let receipt = Receipt {
        id: tx.new_id(),
        event: event.id,
        kind: event.kind,
        object: event.object,
        customer: event.customer,
        happened: event.happened,
        received_at: now,
        outcome: Outcome::Received,
        reason: String::new(),
    };
    if !store::insert_event(tx, workspace, connection, &receipt, body)? {
        return Ok(());
    }
    jobs::settle(tx, workspace, connection, &receipt.object)?;
    let actor = Actor::system(workspace, "billing");
    events::record(tx, &actor, NewEvent::of(&RECEIVED, connection).topic(LIST))?;
    Ok(())
}
