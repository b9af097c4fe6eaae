//! Subscriptions: what accounts pay for again and again, until when, and at which price.
//!
//! A subscription is active on a day when it has started and not ended: its *end* is the first day without it, and a row
//! of its own (who, when, why). Each *price* holds from its day on. What a subscription brings in a month (MRR) and in a
//! year (ARR) follows from the price of the day; nothing of it is ever typed in. An account has a product once at a time.
//!
//! At the end of a *term* it renews: by itself when that was agreed, else when somebody says so, else it ends. A job moves
//! on what is over (`renewing.rs`).

pub mod acts;
pub mod api;
pub mod documents;
mod failures;
pub mod following;
mod form;
pub mod importing;
pub mod jobs;
mod model;
pub mod operations;
mod pages;
pub mod renewals;
mod renewing;
pub mod search;
mod store;
pub mod traces;
mod views;
pub mod web;
mod yearly;

use kit::day::Day;
use kit::db::{DbError, Tx};
use serde::{Deserialize, Serialize};

pub use model::{
    End, EndReason, Price, Renewal, RenewalTerms, Subscription, SubscriptionError, Terms, WHOLE, term_after,
};
pub use renewing::{renew, turn, unrenew};
pub(crate) use views::sum_written;
pub use yearly::arr_on;

use crate::accounts::merging::{Part, Way};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::events::{self, Kind, NewEvent};
use crate::panels::{Panel, Place, Width};
use crate::permissions::Permission;
use crate::products;
use crate::workspaces::{self, WorkspaceId};

/// What a merge of accounts does with them.
pub const MERGES: Part = Part::new("subscriptions", Way::Move)
    .said("merging-subscriptions", Permission::MoneyRead)
    .searched(<SubscriptionId as kit::id::TypedId>::PREFIX);

kit::id! {
    /// A subscription.
    SubscriptionId, "sub"
}

/// An account subscribed.
pub const ADDED: Kind = Kind::new("subscription.added", Permission::MoneyRead);
/// Price, seats or renewal are others.
pub const CHANGED: Kind = Kind::new("subscription.changed", Permission::MoneyRead);
/// A subscription will end or has ended.
pub const ENDED: Kind = Kind::new("subscription.ended", Permission::MoneyRead);
/// A subscription that was to end goes on.
pub const RESUMED: Kind = Kind::new("subscription.resumed", Permission::MoneyRead);
/// A subscription goes on for another term.
pub const RENEWED: Kind = Kind::new("subscription.renewed", Permission::MoneyRead);
/// The last renewal was taken back.
pub const UNRENEWED: Kind = Kind::new("subscription.unrenewed", Permission::MoneyRead);

/// A subscription was taken away from an account: an import had brought it, or it is another account's.
pub const REMOVED: Kind = Kind::new("subscription.removed", Permission::MoneyRead);

/// The name of the list, for pages that show it.
pub const LIST: &str = "subscriptions";

/// The panel of the account's page.
pub const PANEL: Panel = Panel {
    width: Width::Line,
    lines: 4,
    ..Panel::new(
        "subscriptions",
        Place::Account,
        Permission::MoneyRead,
        "/accounts/{id}/subscriptions",
    )
};

/// What a change of a subscription says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The price from its day on. Prices of later days stay.
    pub price: Price,
    /// How it goes on; a day of `None` leaves the renewal where it is.
    pub renewal: RenewalTerms,
}

/// A place in the list of subscriptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The id of the last one seen.
    pub id: SubscriptionId,
}

/// Subscribes an account to a product.
///
/// # Errors
/// [`SubscriptionError`] for what does not fit, and when the account has the product in that time already.
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    terms: &Terms,
) -> Result<Subscription, SubscriptionError> {
    actor.must(Permission::MoneyWrite)?;
    let account_name = accounts::name(tx, actor.workspace, account)?;
    let account_name = account_name.ok_or(SubscriptionError::UnknownAccount)?;
    let product = match products::find(tx, actor, terms.product) {
        Ok(product) => product.ok_or(SubscriptionError::UnknownProduct)?,
        Err(products::ProductError::Db(error)) => return Err(error.into()),
        Err(_) => return Err(SubscriptionError::UnknownProduct),
    };
    let (starts, today) = (terms.price.since, workspaces::today(tx, actor.workspace)?);
    let subscription = Subscription {
        id: tx.new_id(),
        account,
        account_name,
        product: product.id,
        product_name: product.name,
        currency: terms.currency,
        period_months: terms.period_months,
        starts,
        renewal: terms.renewal.agreed(starts, starts, today)?,
        prices: vec![terms.price],
        end: terms.ends.map(|day| End {
            day,
            reason: EndReason::Other,
            by: actor.signature(),
            at: tx.now(),
        }),
        version: 1,
        created_at: tx.now(),
        changed_at: tx.now(),
    };
    check(tx, actor.workspace, &subscription)?;
    store::insert(tx, actor.workspace, &subscription)?;
    record(tx, actor, &ADDED, &subscription)?;
    Ok(subscription)
}

/// Changes price and renewal, made from `version`.
///
/// # Errors
/// [`SubscriptionError`] for what does not fit; [`SubscriptionError::Stale`] with the subscription as it is when someone
/// changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: SubscriptionId,
    version: i64,
    change: &Change,
) -> Result<Subscription, SubscriptionError> {
    actor.must(Permission::MoneyWrite)?;
    let mut subscription = known(tx, actor, id)?;
    if subscription.version != version {
        return Err(SubscriptionError::Stale(Box::new(subscription)));
    }
    let before = subscription.clone();
    let since = change.price.since;
    let is_inside =
        since >= subscription.starts && subscription.end.as_ref().is_none_or(|end| since < end.day);
    if !is_inside {
        return Err(SubscriptionError::PriceOutside);
    }
    subscription.renewal =
        change
            .renewal
            .agreed(subscription.starts, subscription.renewal.day, subscription.starts)?;
    if !same_price(&subscription.price_on(since), &change.price) {
        subscription.prices.retain(|price| price.since != since);
        subscription.prices.push(change.price);
        subscription.prices.sort_by_key(|price| price.since);
    }
    if subscription == before {
        return Ok(before);
    }
    check(tx, actor.workspace, &subscription)?;
    keep(tx, actor, &CHANGED, &mut subscription)?;
    Ok(subscription)
}

/// Ends a subscription on `day`, the first day without it. Ending it again moves the end.
///
/// # Errors
/// [`SubscriptionError::EndsTooEarly`], or as of [`change`].
pub fn end(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: SubscriptionId,
    day: Day,
    reason: EndReason,
) -> Result<Subscription, SubscriptionError> {
    actor.must(Permission::MoneyWrite)?;
    let mut subscription = known(tx, actor, id)?;
    if subscription
        .end
        .as_ref()
        .is_some_and(|end| (end.day, end.reason) == (day, reason))
    {
        return Ok(subscription);
    }
    subscription.end = Some(End {
        day,
        reason,
        by: actor.signature(),
        at: tx.now(),
    });
    check(tx, actor.workspace, &subscription)?;
    keep(tx, actor, &ENDED, &mut subscription)?;
    Ok(subscription)
}

/// Lets a subscription that was to end go on, into the term of today; one without an end stays as it is.
///
/// # Errors
/// [`SubscriptionError::Overlaps`] when another one has taken its place, or as of [`change`].
pub fn resume(tx: &mut Tx<'_>, actor: &Actor, id: SubscriptionId) -> Result<Subscription, SubscriptionError> {
    actor.must(Permission::MoneyWrite)?;
    let mut subscription = known(tx, actor, id)?;
    if subscription.end.take().is_none() {
        return Ok(subscription);
    }
    let today = workspaces::today(tx, actor.workspace)?;
    subscription.go_on_past(today);
    check(tx, actor.workspace, &subscription)?;
    keep(tx, actor, &RESUMED, &mut subscription)?;
    Ok(subscription)
}

/// The subscription with this id in the actor's workspace.
///
/// # Errors
/// [`SubscriptionError::Forbidden`], or the database's.
pub fn find(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: SubscriptionId,
) -> Result<Option<Subscription>, SubscriptionError> {
    actor.must(Permission::MoneyRead)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// The subscriptions of an account, the newest first.
///
/// # Errors
/// [`SubscriptionError::UnknownAccount`], [`SubscriptionError::Forbidden`], or the database's.
pub fn of_account(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
) -> Result<Vec<Subscription>, SubscriptionError> {
    actor.must(Permission::MoneyRead)?;
    let name = accounts::name(tx, actor.workspace, account)?;
    name.ok_or(SubscriptionError::UnknownAccount)?;
    Ok(store::of_account(tx, actor.workspace, account)?)
}

/// Up to `limit` subscriptions in the order of their ids, after `cursor`.
///
/// # Errors
/// [`SubscriptionError::Forbidden`], or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    cursor: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Subscription>, SubscriptionError> {
    actor.must(Permission::MoneyRead)?;
    Ok(store::list(
        tx,
        actor.workspace,
        cursor.map(|cursor| cursor.id),
        limit,
    )?)
}

/// What an account has ever subscribed to, for what is derived from it.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<Vec<Subscription>, DbError> {
    store::of_account(tx, workspace, account)
}

/// Up to `limit` subscriptions of a workspace in the order of their ids, after `last`, for what is derived from them.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn walk(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: Option<SubscriptionId>,
    limit: i64,
) -> Result<Vec<Subscription>, DbError> {
    store::list(tx, workspace, last, limit)
}

/// Forgets what an account subscribed to: only for what the program itself made up.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    for subscription in store::of_account(tx, workspace, account)? {
        store::delete(tx, workspace, subscription.id)?;
        events::forget(tx, workspace, subscription.id)?;
    }
    Ok(())
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: SubscriptionId) -> Result<Subscription, SubscriptionError> {
    store::find(tx, actor.workspace, id)?.ok_or(SubscriptionError::Unknown)
}

/// What always holds of a subscription and its neighbours.
fn check(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &Subscription) -> Result<(), SubscriptionError> {
    if !(1..=60).contains(&new.period_months) {
        return Err(SubscriptionError::BadPeriod);
    }
    for price in &new.prices {
        price.check(new.period_months)?;
    }
    if new.end.as_ref().is_some_and(|end| end.day <= new.starts) {
        return Err(SubscriptionError::EndsTooEarly);
    }
    let others = store::of_account(tx, workspace, new.account)?;
    let other = others
        .iter()
        .find(|other| other.id != new.id && other.overlaps(new));
    match other {
        Some(other) => Err(SubscriptionError::Overlaps(other.id)),
        None => Ok(()),
    }
}

fn keep(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static Kind,
    subscription: &mut Subscription,
) -> Result<(), DbError> {
    subscription.version += 1;
    subscription.changed_at = tx.now();
    store::update(tx, actor.workspace, subscription)?;
    record(tx, actor, kind, subscription)
}

fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static Kind,
    subscription: &Subscription,
) -> Result<(), DbError> {
    let price = subscription.prices.last().expect("it has a price");
    let day = match &subscription.end {
        Some(end) if kind.name == ENDED.name => Some(end.day),
        _ if kind.name == ADDED.name => Some(subscription.starts),
        _ => None,
    };
    let payload = serde_json::json!({
        "account": subscription.account,
        "day": day,
        "product": subscription.product_name,
        "currency": subscription.currency,
        "mrr": price.mrr(subscription.period_months),
        "renews": subscription.renewal.day,
        "ends": subscription.end.as_ref().map(|end| end.day),
        "version": subscription.version,
    });
    let event = NewEvent::of(kind, subscription.id)
        .topic(LIST)
        .topic(subscription.account)
        .payload(payload);
    events::record(tx, actor, event)?;
    Ok(())
}

fn same_price(one: &Price, other: &Price) -> bool {
    (one.seats, one.amount, one.discount) == (other.seats, other.amount, other.discount)
}
