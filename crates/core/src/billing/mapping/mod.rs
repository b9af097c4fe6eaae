//! Which account a customer of the billing system is, and which of our products a price.
//!
//! A customer is known by the link that was made for it, by the external id of an account (source `stripe`), or by
//! `tandem_account` in its metadata. One that nobody knows becomes an account where the connection says so, or waits.

mod store;

use kit::db::{DbError, Tx};

use super::stripe::CustomerSaid;
use super::{
    BillingError, CHANGED, Connection, ConnectionId, CustomerLink, LIST, ProductLink, Unmapped, jobs, known,
    store as log,
};
use crate::accounts::external_ids;
use crate::accounts::{self, AccountError, AccountId, AccountKind, AccountText};
use crate::actor::Actor;
use crate::events::{self, NewEvent};
use crate::permissions::Permission;
use crate::products::{self, ProductError, ProductId};
use crate::workspaces::WorkspaceId;

/// The source of external ids that are customers of Stripe's.
pub const SOURCE: &str = "stripe";

/// Who a customer is.
pub(super) enum Known {
    /// An account, as was known before.
    Before,
    /// An account, as is known from now on.
    Now,
    /// Nobody knows.
    Nobody,
}

/// Everything that a connection maps, and what waits for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// The customers that have an account, the newest first.
    pub customers: Vec<CustomerLink>,
    /// The prices and products that have one of ours.
    pub products: Vec<ProductLink>,
    /// Customers for whom something waits.
    pub unknown_customers: Vec<Unmapped>,
    /// Prices for which something waits.
    pub unknown_prices: Vec<Unmapped>,
}

/// What a connection maps.
///
/// # Errors
/// [`BillingError::Unknown`], [`BillingError::Forbidden`], or the database's.
pub fn of(tx: &mut Tx<'_>, actor: &Actor, id: ConnectionId) -> Result<Mapping, BillingError> {
    actor.must(Permission::MoneyKeep)?;
    known(tx, actor, id)?;
    let workspace = actor.workspace;
    Ok(Mapping {
        customers: store::customers(tx, workspace, id)?,
        products: store::products(tx, workspace, id)?,
        unknown_customers: log::unmapped(tx, workspace, id, "customer:")?,
        unknown_prices: log::unmapped(tx, workspace, id, "price:")?,
    })
}

/// Says which account a customer is, by its id or its name, and takes over what waits for that.
///
/// # Errors
/// [`BillingError::BadAccount`] unless exactly one account is meant.
pub fn link_customer(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ConnectionId,
    customer: &str,
    account: &str,
) -> Result<(), BillingError> {
    actor.must(Permission::MoneyKeep)?;
    let connection = known(tx, actor, id)?;
    if customer.is_empty() || customer.len() > 200 {
        return Err(BillingError::BadCode);
    }
    let account = meant(tx, actor, account.trim())?;
    let link = CustomerLink {
        customer: customer.to_owned(),
        account,
        account_name: String::new(),
        said_name: String::new(),
    };
    keep(tx, actor, &connection, &link)?;
    wake(tx, actor.workspace, id, customer)?;
    Ok(tell(tx, actor, id)?)
}

/// Says which of our products a price or product is, and takes over what that touches.
///
/// # Errors
/// [`BillingError::BadProduct`], [`BillingError::BadCode`].
pub fn link_product(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ConnectionId,
    code: &str,
    product: ProductId,
) -> Result<(), BillingError> {
    actor.must(Permission::MoneyKeep)?;
    known(tx, actor, id)?;
    let code = code.trim();
    if !(code.starts_with("price_") || code.starts_with("prod_") || code.starts_with("plan_"))
        || code.len() > 200
    {
        return Err(BillingError::BadCode);
    }
    match products::find(tx, actor, product) {
        Ok(Some(_)) => {}
        Err(ProductError::Db(error)) => return Err(error.into()),
        _ => return Err(BillingError::BadProduct),
    }
    store::set_product(tx, actor.workspace, id, code, product)?;
    // Subscriptions that were taken over may be of another product from now on.
    for object in log::objects_naming(tx, actor.workspace, id, code)? {
        jobs::settle(tx, actor.workspace, id, &object)?;
    }
    Ok(tell(tx, actor, id)?)
}

/// The account of a customer, where that is known.
pub(super) fn account_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    connection: &Connection,
    customer: &str,
) -> Result<Option<AccountId>, BillingError> {
    if let Some(link) = store::customer(tx, actor.workspace, connection.id, customer)? {
        return Ok(Some(link.account));
    }
    let found = external_ids::account_of(tx, actor, SOURCE, customer).map_err(told)?;
    Ok(found.map(|account| account.id))
}

/// Who a customer is, by all that is known and was said; a new account where the connection says so.
pub(super) fn resolve(
    tx: &mut Tx<'_>,
    actor: &Actor,
    connection: &Connection,
    (customer, said): (&str, &CustomerSaid),
) -> Result<Known, BillingError> {
    if let Some(link) = store::customer(tx, actor.workspace, connection.id, customer)? {
        rename(tx, actor, connection, (&link, said))?;
        return Ok(Known::Before);
    }
    let named = said
        .account
        .as_deref()
        .and_then(|id| id.parse::<AccountId>().ok());
    let named = match named {
        Some(id) if accounts::exists(tx, actor.workspace, id)? => Some(id),
        _ => account_of(tx, actor, connection, customer)?,
    };
    let (account, said_name) = match named {
        Some(account) => (account, String::new()),
        None if connection.adds_accounts => {
            let text = AccountText {
                name: said.name.clone(),
                website: None,
                kind: AccountKind::default(),
            };
            (
                accounts::add(tx, actor, &text).map_err(told)?.id,
                said.name.clone(),
            )
        }
        None => return Ok(Known::Nobody),
    };
    let link = CustomerLink {
        customer: customer.to_owned(),
        account,
        account_name: String::new(),
        said_name,
    };
    keep(tx, actor, connection, &link)?;
    Ok(Known::Now)
}

/// Which of our products the prices and products of a connection are.
pub(super) fn products(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
) -> Result<Vec<ProductLink>, DbError> {
    store::products(tx, workspace, connection)
}

/// Forgets which customer an account is.
pub(super) fn forget_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<(), DbError> {
    store::forget_account(tx, workspace, account)
}

/// Takes over what waits for a customer.
pub(super) fn wake(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
    customer: &str,
) -> Result<(), DbError> {
    for object in log::objects_of(tx, workspace, connection, customer)? {
        jobs::settle(tx, workspace, connection, &object)?;
    }
    Ok(())
}

/// An account that was made from a customer is called what the customer is, as long as nobody called it otherwise.
fn rename(
    tx: &mut Tx<'_>,
    actor: &Actor,
    connection: &Connection,
    (link, said): (&CustomerLink, &CustomerSaid),
) -> Result<(), BillingError> {
    if link.said_name.is_empty() || link.said_name == said.name {
        return Ok(());
    }
    let account = accounts::find(tx, actor, link.account).map_err(told)?;
    if let Some(account) = account.filter(|account| account.name == link.said_name) {
        let text = AccountText {
            name: said.name.clone(),
            website: account.website.clone(),
            kind: account.kind,
        };
        accounts::change(tx, actor, account.id, account.version, &text).map_err(told)?;
    }
    Ok(store::set_said_name(
        tx,
        actor.workspace,
        connection.id,
        (&link.customer, &said.name),
    )?)
}

fn keep(
    tx: &mut Tx<'_>,
    actor: &Actor,
    connection: &Connection,
    link: &CustomerLink,
) -> Result<(), BillingError> {
    store::set_customer(tx, actor, connection.id, link)?;
    // Another account may be called so already; the link says then who is meant.
    match external_ids::add(tx, actor, link.account, SOURCE, &link.customer) {
        Ok(_) | Err(AccountError::ExternalIdTaken(_) | AccountError::Forbidden(_)) => Ok(()),
        Err(error) => Err(told(error)),
    }
}

/// The one account with this id or name.
fn meant(tx: &mut Tx<'_>, actor: &Actor, text: &str) -> Result<AccountId, BillingError> {
    if let Ok(id) = text.parse::<AccountId>() {
        let exists = accounts::exists(tx, actor.workspace, id)?;
        return exists.then_some(id).ok_or(BillingError::BadAccount);
    }
    match &accounts::named(tx, actor, text, 2).map_err(told)?[..] {
        [one] => Ok(one.id),
        _ => Err(BillingError::BadAccount),
    }
}

fn tell(tx: &mut Tx<'_>, actor: &Actor, id: ConnectionId) -> Result<(), DbError> {
    events::record(tx, actor, NewEvent::of(&CHANGED, id).topic(LIST))?;
    Ok(())
}

fn told(error: AccountError) -> BillingError {
    match error {
        AccountError::Db(error) => BillingError::Db(error),
        AccountError::Forbidden(missing) => BillingError::Forbidden(missing),
        _ => BillingError::BadAccount,
    }
}
