//! Who orders again: of the accounts that ordered in a time, those that had also ordered on an earlier day.

mod store;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::money::Money;

use super::OrderError;
use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// How many accounts ordered in a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Repeats {
    /// All of them.
    pub accounts: i64,
    /// Those of them that had also ordered on an earlier day, in that time or before.
    pub again: i64,
}

/// An account that ordered in a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeater {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// The day of its first order of all.
    pub first: Day,
    /// The day of its last order in that time.
    pub last: Day,
    /// How many orders it placed in that time.
    pub orders: i64,
}

impl Repeats {
    /// The share that ordered again; `None` when nobody ordered.
    pub fn rate(self) -> Option<f64> {
        (self.accounts > 0).then(|| self.again as f64 / self.accounts as f64)
    }
}

/// How many accounts ordered on days from the first of `span` on and before the second, and how many of them again.
/// Cancelled orders count for nothing.
///
/// # Errors
/// [`OrderError::Forbidden`], or the database's.
pub fn repeats(tx: &mut Tx<'_>, actor: &Actor, span: (Day, Day)) -> Result<Repeats, OrderError> {
    actor.must(Permission::MoneyRead)?;
    Ok(store::repeats(tx, actor.workspace, span)?)
}

/// Up to `limit` of these accounts, with `only_again` of those that ordered again, after one of them.
///
/// # Errors
/// As of [`repeats`].
pub fn repeaters(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (span, only_again): ((Day, Day), bool),
    after: Option<AccountId>,
    limit: i64,
) -> Result<Vec<Repeater>, OrderError> {
    actor.must(Permission::MoneyRead)?;
    actor.must(Permission::AccountsRead)?;
    Ok(store::repeaters(
        tx,
        actor.workspace,
        (span, only_again),
        after,
        limit,
    )?)
}

/// What accounts ordered on each day until `last`, in the order of accounts and days; cancelled orders count for nothing.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn days(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: Day,
) -> Result<Vec<(AccountId, Day, Money)>, DbError> {
    store::days(tx, workspace, last)
}
