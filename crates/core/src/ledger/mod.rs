//! The ledger of revenue: every movement of what accounts bring in a month, derived from their subscriptions and never
//! typed in.
//!
//! What all accounts bring on a day is the sum of the movements until then, to the cent, in each currency. A change of a
//! subscription makes a job derive its account's movements anew; in the same transaction the difference goes into the
//! roll-ups (`flows.rs`), from which retention is read.

mod flows;
pub mod jobs;
mod model;
mod reading;
mod store;

use std::collections::BTreeMap;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::money::Money;

pub use flows::{Basis, REACH};
pub use model::{AccountMovement, Flow, Kind, Movement, movements};
pub(crate) use reading::{
    account_flows, accounts_before, active, came, mixed, months_by_kind, moved, revenue_flows,
};

use crate::accounts::AccountId;
use crate::accounts::merging::{Part, Way};
use crate::subscriptions;
use crate::workspaces::WorkspaceId;

/// What a merge of accounts does with it.
pub const MERGES: [Part; 2] = [
    Part::new("ledger_movements", Way::Derive(forget, derive)),
    Part::new("ledger_mixed", Way::Derive(forget, derive)),
];

/// The name of the ledger, for pages that show it.
pub const LIST: &str = "ledger";

/// Derives an account's movements from its subscriptions and brings the roll-ups up to date. Doing it twice is no harm.
///
/// # Errors
/// [`DbError`] of the database.
pub fn derive(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    let after = movements(&subscriptions::of(tx, workspace, account)?);
    replace(tx, workspace, account, &after)
}

/// The movements of one account, in the order of days.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<Movement>, DbError> {
    store::of_account(tx, workspace, account)
}

/// The movements of these accounts, each in the order of days.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of_accounts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, Vec<Movement>>, DbError> {
    let mut found: BTreeMap<AccountId, Vec<Movement>> = BTreeMap::new();
    for (account, movement) in store::of_accounts(tx, workspace, accounts)? {
        found.entry(account).or_default().push(movement);
    }
    Ok(found)
}

/// What all accounts bring in a month as of the end of `day`, in each currency.
///
/// # Errors
/// [`DbError`] of the database.
pub fn mrr_on(tx: &mut Tx<'_>, workspace: WorkspaceId, day: Day) -> Result<Vec<Money>, DbError> {
    let mut sums = BTreeMap::new();
    for (_, currency, _, amount) in months_by_kind(tx, workspace, day.month())? {
        *sums.entry(currency).or_default() += amount;
    }
    for (currency, amount) in store::within(tx, workspace, day.month(), day)? {
        *sums.entry(currency).or_default() += amount;
    }
    let money = |(currency, minor)| Money { minor, currency };
    Ok(sums.into_iter().map(money).collect())
}

/// Forgets an account's movements, in the roll-ups too: only for what the program itself made up.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    replace(tx, workspace, account, &[])
}

fn replace(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    after: &[Movement],
) -> Result<(), DbError> {
    let before = store::of_account(tx, workspace, account)?;
    if before == after {
        return Ok(());
    }
    store::delete(tx, workspace, account)?;
    store::insert(tx, workspace, account, after)?;
    store::set_mixed(tx, workspace, account, is_mixed(after))?;
    for (key, amounts) in flows::difference(flows::of(&before), flows::of(after)) {
        store::add(tx, workspace, key, amounts)?;
    }
    Ok(())
}

/// Whether an account ever brought anything in several currencies: what it brings can then only be compared after a
/// conversion, of which roll-ups know nothing.
fn is_mixed(movements: &[Movement]) -> bool {
    movements
        .windows(2)
        .any(|pair| pair[0].currency != pair[1].currency)
}
