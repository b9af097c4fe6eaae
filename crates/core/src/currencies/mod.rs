//! Currencies: in which one a workspace adds up, and what the others were worth in it on which day.
//!
//! The *reporting currency* is the one of sums. An *exchange rate* says what one unit of another currency was worth in it
//! from a day on, until the next rate. Rates belong to the reporting currency they were set for. A sum names the day of its
//! rates; an amount without a rate is left out and named, never guessed.

pub mod api;
mod failures;
mod model;
mod store;
mod views;
pub mod web;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::money::{Currency, Rate};

pub use model::{CurrencyError, ExchangeRate, Rates, Sum};
pub use views::choices;

use crate::actor::Actor;
use crate::events::{self, Kind, NewEvent};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

kit::id! {
    /// An exchange rate.
    ExchangeRateId, "fxr"
}

/// Sums are in another currency, or a rate is another.
pub const CHANGED: Kind = Kind::new("currencies.changed", Permission::MoneyRead);

/// The name of the rates, for pages that show them.
pub const LIST: &str = "currencies";
/// What sums are in until somebody chooses.
const USUAL: &str = "EUR";
/// How many rates the page shows.
const NEWEST: i64 = 200;

/// The currency in which `workspace` adds up.
///
/// # Errors
/// [`DbError`] of the database.
pub fn reporting(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Currency, DbError> {
    let chosen = store::reporting(tx, workspace)?;
    Ok(chosen.unwrap_or_else(|| USUAL.parse().expect("a currency")))
}

/// Chooses the currency of sums. Rates set for another one stay, and count again when it comes back.
///
/// # Errors
/// [`CurrencyError::Forbidden`], or the database's.
pub fn choose(tx: &mut Tx<'_>, actor: &Actor, currency: Currency) -> Result<(), CurrencyError> {
    actor.must(Permission::MoneyKeep)?;
    if reporting(tx, actor.workspace)? != currency {
        store::choose(tx, actor.workspace, currency)?;
        record(tx, actor)?;
    }
    Ok(())
}

/// Says what one `currency` was worth from `day` on, in the reporting currency. A second rate of a day takes the place of
/// the first.
///
/// # Errors
/// [`CurrencyError::SameCurrency`], or the database's.
pub fn set_rate(
    tx: &mut Tx<'_>,
    actor: &Actor,
    currency: Currency,
    day: Day,
    rate: Rate,
) -> Result<ExchangeRate, CurrencyError> {
    actor.must(Permission::MoneyKeep)?;
    let base = reporting(tx, actor.workspace)?;
    if base == currency {
        return Err(CurrencyError::SameCurrency);
    }
    store::set(tx, actor, tx.new_id(), base, (currency, day, rate))?;
    record(tx, actor)?;
    let rate = store::of_day(tx, actor.workspace, base, currency, day)?;
    rate.ok_or(CurrencyError::Unknown)
}

/// Takes a rate away; one that is not there is no failure.
///
/// # Errors
/// [`CurrencyError::Forbidden`], or the database's.
pub fn remove_rate(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ExchangeRateId,
) -> Result<Option<ExchangeRate>, CurrencyError> {
    actor.must(Permission::MoneyKeep)?;
    let rate = store::find(tx, actor.workspace, id)?;
    if rate.is_some() {
        store::delete(tx, actor.workspace, id)?;
        record(tx, actor)?;
    }
    Ok(rate)
}

/// The newest rates for the present reporting currency, the latest day first.
///
/// # Errors
/// [`CurrencyError::Forbidden`], or the database's.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<ExchangeRate>, CurrencyError> {
    actor.must(Permission::MoneyRead)?;
    let base = reporting(tx, actor.workspace)?;
    Ok(store::list(tx, actor.workspace, base, NEWEST)?)
}

/// The rates that hold on `day`, for sums in the reporting currency.
///
/// # Errors
/// [`DbError`] of the database.
pub fn on(tx: &mut Tx<'_>, workspace: WorkspaceId, day: Day) -> Result<Rates, DbError> {
    let to = reporting(tx, workspace)?;
    let known = store::on(tx, workspace, to, day)?;
    Ok(Rates::new(to, day, known))
}

fn record(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), DbError> {
    events::record(tx, actor, NewEvent::of(&CHANGED, actor.workspace).topic(LIST))?;
    Ok(())
}
