//! Subscriptions that another system keeps: what it says of one becomes ours, whole, however often it is said.

use kit::day::Day;
use kit::db::Tx;
use kit::money::Currency;

use super::importing::TARGET;
use super::{
    ADDED, CHANGED, ENDED, End, EndReason, Price, REMOVED, RESUMED, Renewal, Subscription, SubscriptionError,
    SubscriptionId, check, known, record, store,
};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::products::{self, ProductError, ProductId};
use crate::touchpoints::carrying::carry;

/// What another system says a subscription is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Whose.
    pub account: AccountId,
    /// Of what.
    pub product: ProductId,
    /// What its prices are in.
    pub currency: Currency,
    /// How many months one price pays for.
    pub period_months: i64,
    /// Its first day.
    pub starts: Day,
    /// How it goes on.
    pub renewal: Renewal,
    /// Its prices in the order of their days; the first is from the first day on.
    pub prices: Vec<Price>,
    /// When it ends and why.
    pub end: Option<(Day, EndReason)>,
}

/// Makes the subscription `id`, or a new one, what is said of it. What is the same already stays untouched.
///
/// # Errors
/// [`SubscriptionError`] for what does not fit, and when the account has the product in that time already.
pub fn follow(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Option<SubscriptionId>,
    said: &Said,
) -> Result<Subscription, SubscriptionError> {
    actor.must(Permission::MoneyWrite)?;
    let before = id.map(|id| known(tx, actor, id)).transpose()?;
    let now = described(tx, actor, before.as_ref(), said)?;
    match before {
        None => {
            check(tx, actor.workspace, &now)?;
            store::insert(tx, actor.workspace, &now)?;
            record(tx, actor, &ADDED, &now)?;
        }
        Some(before) if is_same(&before, &now) => return Ok(before),
        Some(before) => {
            check(tx, actor.workspace, &now)?;
            // Account, product and currency of one of ours never change; what another system says may.
            store::delete(tx, actor.workspace, before.id)?;
            store::insert(tx, actor.workspace, &now)?;
            if before.account != now.account {
                // Where it was, it counts for nothing any more.
                let there = Subscription {
                    account: before.account,
                    ..now.clone()
                };
                record(tx, actor, &REMOVED, &there)?;
                let path = format!("{}{}", TARGET.path, now.id);
                carry(tx, actor.workspace, (before.account, now.account), &path)?;
            }
            let kind = match (&before.end, &now.end) {
                (None, Some(_)) => &ENDED,
                (Some(_), None) => &RESUMED,
                _ => &CHANGED,
            };
            record(tx, actor, kind, &now)?;
        }
    }
    Ok(now)
}

fn described(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<&Subscription>,
    said: &Said,
) -> Result<Subscription, SubscriptionError> {
    let account_name =
        accounts::name(tx, actor.workspace, said.account)?.ok_or(SubscriptionError::UnknownAccount)?;
    let product = match products::find(tx, actor, said.product) {
        Ok(product) => product.ok_or(SubscriptionError::UnknownProduct)?,
        Err(ProductError::Db(error)) => return Err(error.into()),
        Err(_) => return Err(SubscriptionError::UnknownProduct),
    };
    let end = said
        .end
        .map(|(day, reason)| match before.and_then(|one| one.end.clone()) {
            Some(end) if (end.day, end.reason) == (day, reason) => end,
            _ => End {
                day,
                reason,
                by: actor.signature(),
                at: tx.now(),
            },
        });
    Ok(Subscription {
        id: before.map_or_else(|| tx.new_id(), |one| one.id),
        account: said.account,
        account_name,
        product: said.product,
        product_name: product.name,
        currency: said.currency,
        period_months: said.period_months,
        starts: said.starts,
        renewal: said.renewal,
        prices: said.prices.clone(),
        end,
        version: before.map_or(1, |one| one.version + 1),
        created_at: before.map_or(tx.now(), |one| one.created_at),
        changed_at: tx.now(),
    })
}

/// Whether nothing but version and time differs, and the names of others.
fn is_same(before: &Subscription, now: &Subscription) -> bool {
    let like = Subscription {
        version: before.version,
        changed_at: before.changed_at,
        account_name: before.account_name.clone(),
        product_name: before.product_name.clone(),
        ..now.clone()
    };
    like == *before
}
