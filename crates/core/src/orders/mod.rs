//! Orders: what accounts bought, once and again.
//!
//! An order is known by the *number* that the shop gave it, which no other order of the workspace has. It has lines, or
//! a total alone, which is one line; its total is the sum of its lines, to the minor unit. A cancelled order stays, with a
//! row that says who cancelled it, and counts for nothing.

pub mod acts;
pub mod api;
pub mod demo;
pub mod documents;
mod failures;
mod form;
pub mod importing;
pub mod listing;
mod model;
pub mod operations;
mod pages;
pub mod repeating;
pub mod search;
mod store;
mod views;
pub mod web;

use kit::day::Day;
use kit::db::{DbError, Tx};
use serde::{Deserialize, Serialize};

pub(crate) use model::checked_number;
pub use model::{Cancellation, Line, Order, OrderError, OrderText};

use crate::accounts::merging::{Part, Way};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::events::{self, Kind, NewEvent};
use crate::panels::{Panel, Place, Width};
use crate::permissions::Permission;
use crate::products::{self, ProductError, ProductId};
use crate::touchpoints::{Channel, Direction, Trace, kinds};
use crate::workspaces::WorkspaceId;

/// What a merge of accounts does with them.
pub const MERGES: Part = Part::new("orders", Way::Move)
    .said("merging-orders", Permission::MoneyRead)
    .searched(<OrderId as kit::id::TypedId>::PREFIX);

kit::id! {
    /// An order.
    OrderId, "ord"
}

/// An account ordered.
pub const ADDED: Kind = Kind::new("order.added", Permission::MoneyRead);
/// An order is another.
pub const CHANGED: Kind = Kind::new("order.changed", Permission::MoneyRead);
/// An order was cancelled.
pub const CANCELLED: Kind = Kind::new("order.cancelled", Permission::MoneyRead);
/// A cancelled order holds again.
pub const RESTORED: Kind = Kind::new("order.restored", Permission::MoneyRead);

/// The name of the list, for pages that show it.
pub const LIST: &str = "orders";

/// The panel of the account's page.
pub const PANEL: Panel = Panel {
    width: Width::Line,
    lines: 3,
    ..Panel::new(
        "orders",
        Place::Account,
        Permission::MoneyRead,
        "/accounts/{id}/orders",
    )
};

/// What an order leaves on the timeline.
pub const ORDERED: Trace = Trace {
    event: ADDED.name,
    kind: kinds::Kind::new("ordered", "orders-trace-added", "package", Channel::System),
    direction: Direction::Inbound,
    impression: None,
    evidence: Some("/orders/"),
};
/// What a cancelled order leaves on the timeline.
pub const CALLED_OFF: Trace = Trace {
    event: CANCELLED.name,
    kind: kinds::Kind::new(
        "order_cancelled",
        "orders-trace-cancelled",
        "ban",
        Channel::System,
    ),
    direction: Direction::Both,
    impression: None,
    evidence: Some("/orders/"),
};

/// A place in the list of orders: the newest day comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The day of the last one seen.
    pub day: Day,
    /// Its id.
    pub id: OrderId,
}

/// Which orders are wanted; what is empty lets all through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this account.
    pub account: Option<AccountId>,
    /// With a line of this product.
    pub product: Option<ProductId>,
    /// Cancelled, or not.
    pub is_cancelled: Option<bool>,
    /// From this day on.
    pub from: Option<Day>,
    /// Until this day.
    pub until: Option<Day>,
    /// With this number.
    pub number: Option<String>,
}

/// Notes an order of an account.
///
/// # Errors
/// [`OrderError`] for what does not fit.
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    text: &OrderText,
) -> Result<Order, OrderError> {
    actor.must(Permission::MoneyWrite)?;
    let account_name = accounts::name(tx, actor.workspace, account)?.ok_or(OrderError::UnknownAccount)?;
    let (text, total) = text.checked()?;
    let order = Order {
        id: tx.new_id(),
        account,
        account_name,
        number: text.number,
        day: text.day,
        currency: text.currency,
        total,
        lines: named(tx, actor, text.lines)?,
        cancellation: None,
        version: 1,
        created_at: tx.now(),
        changed_at: tx.now(),
    };
    tx.attempt(|tx| store::insert(tx, actor.workspace, &order).map_err(OrderError::from))?;
    record(tx, actor, &ADDED, &order)?;
    Ok(order)
}

/// Changes an order, made from `version`.
///
/// # Errors
/// As of [`add`]; [`OrderError::Stale`] with the order as it is when someone changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: OrderId,
    version: i64,
    text: &OrderText,
) -> Result<Order, OrderError> {
    actor.must(Permission::MoneyWrite)?;
    let before = known(tx, actor, id)?;
    if before.version != version {
        return Err(OrderError::Stale(Box::new(before)));
    }
    let (text, total) = text.checked()?;
    let mut order = Order {
        number: text.number,
        day: text.day,
        currency: text.currency,
        total,
        lines: named(tx, actor, text.lines)?,
        ..before.clone()
    };
    if order == before {
        return Ok(before);
    }
    order.version += 1;
    order.changed_at = tx.now();
    tx.attempt(|tx| store::update(tx, actor.workspace, &order).map_err(OrderError::from))?;
    record(tx, actor, &CHANGED, &order)?;
    Ok(order)
}

/// Cancels an order; a cancelled one stays as it is.
///
/// # Errors
/// [`OrderError::Unknown`], [`OrderError::Forbidden`], or the database's.
pub fn cancel(tx: &mut Tx<'_>, actor: &Actor, id: OrderId) -> Result<Order, OrderError> {
    actor.must(Permission::MoneyWrite)?;
    let mut order = known(tx, actor, id)?;
    if order.cancellation.is_none() {
        order.cancellation = Some(Cancellation {
            by: actor.signature(),
            at: tx.now(),
        });
        order.version += 1;
        store::cancel(tx, actor.workspace, &order)?;
        record(tx, actor, &CANCELLED, &order)?;
    }
    Ok(order)
}

/// Takes the cancellation of an order back; one that is not cancelled stays as it is.
///
/// # Errors
/// As of [`cancel`].
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: OrderId) -> Result<Order, OrderError> {
    actor.must(Permission::MoneyWrite)?;
    let mut order = known(tx, actor, id)?;
    if order.cancellation.take().is_some() {
        order.version += 1;
        store::restore(tx, actor.workspace, &order)?;
        record(tx, actor, &RESTORED, &order)?;
    }
    Ok(order)
}

/// The order with this id in the actor's workspace.
///
/// # Errors
/// [`OrderError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: OrderId) -> Result<Option<Order>, OrderError> {
    actor.must(Permission::MoneyRead)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// Up to `limit` orders that pass the filter, the newest first, after `cursor`.
///
/// # Errors
/// [`OrderError::Forbidden`], or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: &Filter,
    cursor: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Order>, OrderError> {
    actor.must(Permission::MoneyRead)?;
    Ok(store::list(tx, actor.workspace, filter, cursor, limit)?)
}

/// Forgets what an account ordered: only for what the program itself made up.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    for id in store::ids_of_account(tx, workspace, account)? {
        store::delete(tx, workspace, id)?;
        events::forget(tx, workspace, id)?;
    }
    Ok(())
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: OrderId) -> Result<Order, OrderError> {
    store::find(tx, actor.workspace, id)?.ok_or(OrderError::Unknown)
}

/// The lines with the names of their products.
fn named(tx: &mut Tx<'_>, actor: &Actor, lines: Vec<Line>) -> Result<Vec<Line>, OrderError> {
    let products = if lines.iter().any(|line| line.product.is_some()) {
        products::all(tx, actor).map_err(|error| match error {
            ProductError::Db(error) => OrderError::Db(error),
            _ => OrderError::UnknownProduct,
        })?
    } else {
        Vec::new()
    };
    let name = |mut line: Line| {
        if let Some(id) = line.product {
            let product = products.iter().find(|product| product.id == id);
            line.product_name = Some(product.ok_or(OrderError::UnknownProduct)?.name.clone());
        }
        Ok(line)
    };
    lines.into_iter().map(name).collect()
}

fn record(tx: &mut Tx<'_>, actor: &Actor, kind: &'static Kind, order: &Order) -> Result<(), DbError> {
    let payload = serde_json::json!({
        "account": order.account,
        "number": order.number,
        "day": order.day,
        "currency": order.currency,
        "total": order.total,
        "version": order.version,
    });
    let event = NewEvent::of(kind, order.id)
        .topic(LIST)
        .topic(order.account)
        .payload(payload);
    events::record(tx, actor, event)?;
    Ok(())
}
