//! Products: what the company sells. A subscription, and later an order line, is of one product.
//!
//! Names differ, whatever their capitals. A change carries the version it was made from.

pub mod api;
mod failures;
mod model;
pub(crate) mod references;
pub mod search;
mod store;
mod views;
pub mod web;

use kit::db::{DbError, Tx};

pub use model::{Product, ProductError};

use crate::actor::Actor;
use crate::events::{self, Kind, NewEvent};
use crate::permissions::Permission;

kit::id! {
    /// A product.
    ProductId, "prd"
}

/// A product came.
pub const ADDED: Kind = Kind::new("product.added", Permission::MoneyRead);
/// A product is called otherwise.
pub const RENAMED: Kind = Kind::new("product.renamed", Permission::MoneyRead);

/// The name of the list, for pages that show it.
pub const LIST: &str = "products";

/// Adds a product.
///
/// # Errors
/// [`ProductError::BadName`] and [`ProductError::NameTaken`].
pub fn add(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<Product, ProductError> {
    actor.must(Permission::MoneyKeep)?;
    let product = Product {
        id: tx.new_id(),
        name: model::checked(name)?,
        version: 1,
    };
    tx.attempt(|tx| store::insert(tx, actor.workspace, &product).map_err(ProductError::from))?;
    record(tx, actor, &ADDED, &product)?;
    Ok(product)
}

/// Gives a product another name, made from `version`.
///
/// # Errors
/// As of [`add`]; [`ProductError::Stale`] with the product as it is when someone changed it meanwhile.
pub fn rename(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ProductId,
    version: i64,
    name: &str,
) -> Result<Product, ProductError> {
    actor.must(Permission::MoneyKeep)?;
    let name = model::checked(name)?;
    let mut product = find(tx, actor, id)?.ok_or(ProductError::Unknown)?;
    if product.version != version {
        return Err(ProductError::Stale(Box::new(product)));
    }
    if product.name == name {
        return Ok(product);
    }
    product.name = name;
    product.version += 1;
    tx.attempt(|tx| store::update(tx, actor.workspace, &product).map_err(ProductError::from))?;
    record(tx, actor, &RENAMED, &product)?;
    Ok(product)
}

/// The product with this id in the actor's workspace.
///
/// # Errors
/// [`ProductError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: ProductId) -> Result<Option<Product>, ProductError> {
    actor.must(Permission::MoneyRead)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// All products by name.
///
/// # Errors
/// [`ProductError::Forbidden`], or the database's.
pub fn all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Product>, ProductError> {
    actor.must(Permission::MoneyRead)?;
    Ok(store::all(tx, actor.workspace)?)
}

fn record(tx: &mut Tx<'_>, actor: &Actor, kind: &'static Kind, product: &Product) -> Result<(), DbError> {
    let payload = serde_json::json!({ "name": product.name, "version": product.version });
    let event = NewEvent::of(kind, product.id).topic(LIST).payload(payload);
    events::record(tx, actor, event)?;
    Ok(())
}
