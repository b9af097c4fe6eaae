//! Billing: what a billing system (Stripe) says accounts pay becomes their subscriptions and invoices here.
//!
//! A *connection* has an address at which the system's events arrive, signed with a *signing secret* of the connection;
//! several hold while one is exchanged. An event is kept as it came before it is answered, and known by its id: sent again, it
//! is the same. What an object is follows from all that was ever said of it, in the order in which it happened
//! (`history.rs`), so the order in which events arrive has no part in it. Which account a customer is, and which product a
//! price, is said once, by people or by the external id of an account; what waits for that is kept and taken over then.

pub mod api;
pub mod demo;
pub mod documents;
mod failures;
pub mod history;
pub mod hook;
pub mod jobs;
pub mod mapping;
mod model;
pub mod operations;
mod pages;
pub mod receiving;
mod secrets;
mod settling;
pub mod signature;
mod store;
pub mod stripe;
mod views;
pub mod web;

use kit::db::{DbError, Tx};
use serde::{Deserialize, Serialize};

pub use model::{
    BillingError, Connection, CustomerLink, Gate, Outcome, ProductLink, Reason, Receipt, ReceiptId, Unmapped,
};
pub use secrets::{OVERLAP, add_secret};
pub use settling::settle;

use crate::accounts::AccountId;
use crate::accounts::merging::{Part, Way};
use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::events::{self, Kind, NewEvent};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// What a merge of accounts does with whom other systems mean.
pub const MERGES: Part = Part::new("billing_customers", Way::Move);

kit::id! {
    /// A connection with a billing system.
    ConnectionId, "bcn"
}

/// A connection came, is another, or what it maps.
pub const CHANGED: Kind = Kind::new("billing.changed", Permission::MoneyKeep);
/// Events arrived, or something became of them.
pub const RECEIVED: Kind = Kind::new("billing.received", Permission::MoneyKeep);

/// The name of the connections, for pages that show them.
pub const LIST: &str = "billing";

/// A place in the log: the newest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The last one seen.
    pub id: ReceiptId,
}

/// Adds a connection with its signing secret.
///
/// # Errors
/// [`BillingError::BadName`] and [`BillingError::BadSecret`].
pub fn connect(tx: &mut Tx<'_>, actor: &Actor, name: &str, secret: &str) -> Result<Connection, BillingError> {
    actor.must(Permission::MoneyKeep)?;
    let connection = Connection {
        id: tx.new_id(),
        name: checked_name(name)?,
        adds_accounts: true,
        version: 1,
        created_at: tx.now(),
    };
    store::insert(tx, actor.workspace, &connection)?;
    secrets::keep(tx, actor.workspace, connection.id, secret)?;
    note(tx, actor, (Act::BillingConnected, &connection))?;
    Ok(connection)
}

/// Changes a connection, made from `version`.
///
/// # Errors
/// [`BillingError::BadName`], [`BillingError::Unknown`], [`BillingError::Stale`].
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ConnectionId,
    version: i64,
    (name, adds_accounts): (&str, bool),
) -> Result<Connection, BillingError> {
    actor.must(Permission::MoneyKeep)?;
    let before = known(tx, actor, id)?;
    if before.version != version {
        return Err(BillingError::Stale(Box::new(before)));
    }
    let mut connection = Connection {
        name: checked_name(name)?,
        adds_accounts,
        ..before.clone()
    };
    if connection == before {
        return Ok(before);
    }
    connection.version += 1;
    store::update(tx, actor.workspace, &connection)?;
    note(tx, actor, (Act::BillingChanged, &connection))?;
    if adds_accounts {
        jobs::replay(tx, actor.workspace, id)?;
    }
    Ok(connection)
}

/// Ends a connection: its log and what it mapped go, what it made stays.
///
/// # Errors
/// [`BillingError::Unknown`] for one of no or another workspace.
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: ConnectionId) -> Result<Connection, BillingError> {
    actor.must(Permission::MoneyKeep)?;
    let connection = known(tx, actor, id)?;
    store::delete(tx, actor.workspace, id)?;
    note(tx, actor, (Act::BillingEnded, &connection))?;
    Ok(connection)
}

/// The connection with this id in the actor's workspace.
///
/// # Errors
/// [`BillingError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: ConnectionId) -> Result<Option<Connection>, BillingError> {
    actor.must(Permission::MoneyKeep)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// All connections.
///
/// # Errors
/// As of [`find`].
pub fn all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Connection>, BillingError> {
    actor.must(Permission::MoneyKeep)?;
    Ok(store::all(tx, actor.workspace)?)
}

/// Up to `limit` events of a connection, the newest first, after `cursor`; with an outcome those alone that have it.
///
/// # Errors
/// As of [`find`].
pub fn log(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ConnectionId,
    (outcome, cursor): (Option<Outcome>, Option<Cursor>),
    limit: i64,
) -> Result<Vec<Receipt>, BillingError> {
    actor.must(Permission::MoneyKeep)?;
    Ok(store::log(tx, actor.workspace, id, (outcome, cursor), limit)?)
}

/// Takes over again what an object says, or what all objects say that wait or failed.
///
/// # Errors
/// [`BillingError::Unknown`] for a connection of no or another workspace.
pub fn replay(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ConnectionId,
    object: Option<&str>,
) -> Result<Connection, BillingError> {
    actor.must(Permission::MoneyKeep)?;
    let connection = known(tx, actor, id)?;
    match object {
        Some(object) => jobs::settle(tx, actor.workspace, id, object)?,
        None => jobs::replay(tx, actor.workspace, id)?,
    }
    Ok(connection)
}

/// Forgets which customer an account is: only for what the program itself made up.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    mapping::forget_account(tx, workspace, account)
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: ConnectionId) -> Result<Connection, BillingError> {
    store::find(tx, actor.workspace, id)?.ok_or(BillingError::Unknown)
}

fn checked_name(name: &str) -> Result<String, BillingError> {
    let name: String = name.trim().chars().filter(|c| !c.is_control()).collect();
    let fits = (1..=100).contains(&name.chars().count());
    fits.then_some(name).ok_or(BillingError::BadName)
}

/// Tells of a change, in the events and in the audit trail.
fn note(tx: &mut Tx<'_>, actor: &Actor, (act, connection): (Act, &Connection)) -> Result<(), DbError> {
    let facts = serde_json::json!({ "name": connection.name, "adds_accounts": connection.adds_accounts });
    let entry = Entry::of(act, connection.id).named(&connection.name).after(facts);
    audit::record(tx, actor, entry)?;
    events::record(tx, actor, NewEvent::of(&CHANGED, connection.id).topic(LIST))?;
    Ok(())
}
