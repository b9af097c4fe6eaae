//! What all subscriptions bring in a year.

use std::collections::BTreeMap;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::money::{Currency, Money};

use super::store;
use crate::workspaces::WorkspaceId;

/// What all subscriptions of a workspace bring in a year as of `day`, in each currency: the sum of what each brings, as it
/// stands at each account.
///
/// # Errors
/// [`DbError`] of the database.
pub fn arr_on(tx: &mut Tx<'_>, workspace: WorkspaceId, day: Day) -> Result<Vec<Money>, DbError> {
    let mut sums = BTreeMap::<Currency, i64>::new();
    for (price, period_months, currency, many) in store::prices_on(tx, workspace, day)? {
        let sum = sums.entry(currency).or_default();
        *sum = sum.saturating_add(price.arr(period_months).saturating_mul(many));
    }
    let money = |(currency, minor)| Money { minor, currency };
    Ok(sums.into_iter().map(money).collect())
}
