//! Worth: what an account brings as of a day, in the reporting currency, with when it next renews.
//!
//! It is counted from the subscriptions, again whenever one changes, a rate changes or a day has passed, and kept in a row
//! so that lists can be sorted by it and tiers follow from it. The ledger has the truth of the past; this is the present.

pub mod jobs;
pub mod measures;
mod store;

use std::collections::BTreeMap;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::money::{Currency, Money};
use serde_json::json;

use crate::accounts::merging::{Part, Way};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::events::{self, Kind, NewEvent};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;
use crate::{currencies, subscriptions, workspaces};

/// What a merge of accounts does with it.
pub const MERGES: Part = Part::new("account_worths", Way::Derive(store::forget, count));

/// An account brings more or less than before, or renews on another day.
pub const CHANGED: Kind = Kind::new("account.worth_changed", Permission::MoneyRead);

/// What an account brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worth {
    /// In a month, in minor units.
    pub mrr: i64,
    /// In a year, in minor units.
    pub arr: i64,
    /// The reporting currency it was counted in.
    pub currency: Currency,
    /// Whether every amount had a rate; else some are left out.
    pub is_whole: bool,
    /// How many subscriptions it has.
    pub subscriptions: i64,
    /// When the first of them renews or ends.
    pub renews: Option<Day>,
}

impl Worth {
    /// In a month.
    pub fn month(&self) -> Money {
        Money {
            minor: self.mrr,
            currency: self.currency,
        }
    }

    /// In a year.
    pub fn year(&self) -> Money {
        Money {
            minor: self.arr,
            currency: self.currency,
        }
    }
}

/// Counts what an account brings today, and keeps it. Doing it twice is no harm.
///
/// # Errors
/// [`DbError`] of the database.
pub fn count(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    if !accounts::exists(tx, workspace, account)? {
        return Ok(());
    }
    let today = workspaces::today(tx, workspace)?;
    let rates = currencies::on(tx, workspace, today)?;
    let mut held = subscriptions::of(tx, workspace, account)?;
    held.retain(|one| one.is_active_on(today));
    let (mrr, arr) = (
        rates.sum(held.iter().map(|one| one.mrr_on(today))),
        rates.sum(held.iter().map(|one| one.arr_on(today))),
    );
    let next = held.iter().map(|one| match &one.end {
        Some(end) => end.day.min(one.renewal.day),
        None => one.renewal.day,
    });
    let worth = Worth {
        mrr: mrr.total.minor,
        arr: arr.total.minor,
        currency: rates.to,
        is_whole: mrr.missing.is_empty() && arr.missing.is_empty(),
        subscriptions: i64::try_from(held.len()).unwrap_or(i64::MAX),
        renews: next.min(),
    };
    let before = store::of(tx, workspace, &[account])?.into_iter().next();
    if before.as_ref().map(|(_, worth)| worth) == Some(&worth) {
        return Ok(());
    }
    store::put(tx, workspace, account, &worth, today)?;
    if before.is_none() && worth.subscriptions == 0 {
        return Ok(());
    }
    let payload = json!({ "mrr": worth.mrr, "currency": worth.currency, "renews": worth.renews });
    let actor = Actor::system(workspace, "worth");
    let event = NewEvent::of(&CHANGED, account).topic(accounts::LIST);
    events::record(tx, &actor, event.payload(payload))?;
    Ok(())
}

/// What these accounts bring; those that were never counted are left out.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, Worth>, DbError> {
    Ok(store::of(tx, workspace, accounts)?.into_iter().collect())
}
