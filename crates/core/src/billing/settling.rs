//! How what an object says becomes ours: all that was said of it is read in the order in which it happened, and the result
//! takes the place of what was there. Doing it twice, or after each event, ends the same.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use kit::db::Tx;
use kit::id::{TypedId, Uuid};
use serde_json::Value;

use super::history::{self, Products};
use super::mapping::{self, Known};
use super::stripe::{About, CustomerSaid, InvoiceSaid, StripeEvent, SubscriptionSaid};
use super::{BillingError, Connection, ConnectionId, LIST, Outcome, RECEIVED, Reason, store};
use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::events::{self, NewEvent};
use crate::invoices::{self, InvoiceError, InvoiceId};
use crate::subscriptions::{self, SubscriptionError, SubscriptionId};
use crate::workspaces::{self, WorkspaceId};

/// An event as it is kept: its type, when it happened, its id, and the object in it.
pub(super) struct Kept {
    pub(super) kind: String,
    pub(super) happened: i64,
    pub(super) event: String,
    pub(super) customer: String,
    pub(super) body: String,
}

/// What was taken over, or why not.
type Settled = Result<Result<(), Reason>, BillingError>;

/// Takes over what an object says, and writes down what became of its events.
///
/// # Errors
/// [`BillingError::Unknown`] when the connection has ended, or the database's.
pub fn settle(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
    object: &str,
) -> Result<Outcome, BillingError> {
    let connection = store::find(tx, workspace, connection)?.ok_or(BillingError::Unknown)?;
    let mut kept = store::of_object(tx, workspace, connection.id, object)?;
    kept.retain(|one| About::of(&one.kind).is_some());
    kept.sort_by_key(|one| (one.happened, StripeEvent::rank(&one.kind), one.event.clone()));
    let actor = Actor::system(workspace, "billing");
    let settled = match kept.last().and_then(|newest| About::of(&newest.kind)) {
        None => Err(Reason::Kind),
        Some(about) => {
            let settling = Settling {
                actor: &actor,
                connection: &connection,
                object,
                kept: &kept,
            };
            settling.take_over(tx, about)?
        }
    };
    let (outcome, reason) = match settled {
        Ok(()) => (Outcome::Applied, String::new()),
        Err(reason) => (reason.outcome(), reason.written()),
    };
    store::set_outcome(tx, workspace, connection.id, object, (outcome, &reason))?;
    events::record(tx, &actor, NewEvent::of(&RECEIVED, connection.id).topic(LIST))?;
    Ok(outcome)
}

/// One object while it is taken over.
struct Settling<'a> {
    actor: &'a Actor,
    connection: &'a Connection,
    object: &'a str,
    kept: &'a [Kept],
}

impl Settling<'_> {
    fn take_over(&self, tx: &mut Tx<'_>, about: About) -> Settled {
        match about {
            About::Customer => self.customer(tx),
            About::Subscription => self.subscription(tx),
            About::Invoice => self.invoice(tx),
        }
    }

    /// A customer becomes an account, or one is found for it; what waits for it is then taken over too.
    fn customer(&self, tx: &mut Tx<'_>) -> Settled {
        let alive = self.kept.iter().rev().find(|one| !one.kind.ends_with(".deleted"));
        let newest = alive.or(self.kept.last()).map(|one| object_in(&one.body));
        let said = CustomerSaid::read(&newest.unwrap_or_default());
        let known = mapping::resolve(tx, self.actor, self.connection, (self.object, &said))?;
        match known {
            Known::Nobody => Ok(Err(Reason::Customer(self.object.to_owned()))),
            Known::Before => Ok(Ok(())),
            Known::Now => {
                mapping::wake(tx, self.actor.workspace, self.connection.id, self.object)?;
                Ok(Ok(()))
            }
        }
    }

    fn subscription(&self, tx: &mut Tx<'_>) -> Settled {
        let mut said = Vec::with_capacity(self.kept.len());
        for one in self.kept {
            match SubscriptionSaid::read(&object_in(&one.body), one.kind.ends_with(".deleted")) {
                Ok(read) => said.push((one.happened, read)),
                Err(misread) => return Ok(Err(misread.into())),
            }
        }
        let Some(account) = self.account(tx)? else {
            return Ok(Err(self.unknown_customer()));
        };
        let (products, zone) = (self.products(tx)?, self.zone(tx)?);
        let parts = match history::subscriptions(&said, account, &products, &zone) {
            Ok(parts) => parts,
            Err(reason) => return Ok(Err(reason)),
        };
        let ours = store::parts(tx, self.actor.workspace, self.connection.id, self.object)?;
        let ours: BTreeMap<String, Uuid> = ours.into_iter().collect();
        // All of it or nothing: a step that fails takes the others back.
        let done = tx.attempt(|tx| {
            // What ends goes first, so that what takes its place finds room.
            let (ending, going): (Vec<_>, Vec<_>) = parts.iter().partition(|(_, said)| said.end.is_some());
            for (part, said) in ending.into_iter().chain(going) {
                let id = ours.get(part).map(|id| SubscriptionId::from_uuid(*id));
                let one = subscriptions::following::follow(tx, self.actor, id, said)?;
                self.remember(tx, part, one.id.uuid(), id.is_none())?;
            }
            Ok::<_, SubscriptionError>(())
        });
        match done {
            Ok(()) => Ok(Ok(())),
            Err(SubscriptionError::Db(error)) => Err(error.into()),
            Err(SubscriptionError::Overlaps(_)) => Ok(Err(Reason::Overlap)),
            Err(error) => Ok(Err(Reason::refused(&error.into()))),
        }
    }

    fn invoice(&self, tx: &mut Tx<'_>) -> Settled {
        let mut said = Vec::with_capacity(self.kept.len());
        for one in self.kept.iter().filter(|one| !one.kind.ends_with(".deleted")) {
            match InvoiceSaid::read(&object_in(&one.body)) {
                Ok(read) => said.push((one.happened, read)),
                Err(misread) => return Ok(Err(misread.into())),
            }
        }
        let Some(account) = self.account(tx)? else {
            return Ok(Err(self.unknown_customer()));
        };
        let zone = self.zone(tx)?;
        let said = match history::invoice(&said, account, &zone) {
            Ok(said) => said,
            Err(reason) => return Ok(Err(reason)),
        };
        let ours = store::parts(tx, self.actor.workspace, self.connection.id, self.object)?;
        let id = ours.first().map(|(_, id)| InvoiceId::from_uuid(*id));
        let done = tx.attempt(|tx| {
            let one = invoices::following::follow(tx, self.actor, id, &said)?;
            Ok::<_, InvoiceError>(self.remember(tx, "", one.id.uuid(), id.is_none())?)
        });
        match done {
            Ok(()) => Ok(Ok(())),
            Err(InvoiceError::Db(error)) => Err(error.into()),
            Err(InvoiceError::NumberTaken) => Ok(Err(Reason::NumberTaken)),
            Err(error) => Ok(Err(Reason::refused(&error.into()))),
        }
    }

    /// The account of the customer in the newest event.
    fn account(&self, tx: &mut Tx<'_>) -> Result<Option<AccountId>, BillingError> {
        let customer = self.kept.last().map_or("", |one| one.customer.as_str());
        mapping::account_of(tx, self.actor, self.connection, customer)
    }

    fn unknown_customer(&self) -> Reason {
        Reason::Customer(
            self.kept
                .last()
                .map(|one| one.customer.clone())
                .unwrap_or_default(),
        )
    }

    fn products(&self, tx: &mut Tx<'_>) -> Result<Products, BillingError> {
        let links = mapping::products(tx, self.actor.workspace, self.connection.id)?;
        Ok(links.into_iter().map(|link| (link.code, link.product)).collect())
    }

    fn zone(&self, tx: &mut Tx<'_>) -> Result<TimeZone, BillingError> {
        let workspace = workspaces::find(tx, self.actor.workspace)?;
        let zone = workspace.and_then(|workspace| TimeZone::get(&workspace.zone).ok());
        Ok(zone.unwrap_or(TimeZone::UTC))
    }

    fn remember(&self, tx: &mut Tx<'_>, part: &str, id: Uuid, is_new: bool) -> Result<(), kit::db::DbError> {
        if is_new {
            store::insert_part(
                tx,
                self.actor.workspace,
                self.connection.id,
                (self.object, part),
                id,
            )?;
        }
        Ok(())
    }
}

/// The object in an event's body.
fn object_in(body: &str) -> Value {
    let mut read: Value = serde_json::from_str(body).unwrap_or_default();
    read["data"]["object"].take()
}
