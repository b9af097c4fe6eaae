//! Retention: how many accounts stay and what they bring, over any months.
//!
//! All numbers come from the ledger's roll-ups, so they cost the same for ten accounts and for a hundred thousand. Revenue
//! retention is given on two *bases*: of the accounts that were there at the start, and month by month of the ledger's
//! movements, which count those of accounts that came later too. Who is new never enters either. What an account at the start
//! keeps is said of all its currencies together; the ledger's movements count in each of them by itself.

pub mod api;
mod behind;
pub mod details;
mod export;
mod model;
pub mod repeating;
pub mod revenue;
mod views;
pub mod web;

use kit::db::{DbError, Tx};
use kit::web::Failure;

pub use behind::{Backing, Behind, Place, behind};
pub use model::{Cohort, Month, Numbers, Period};

use crate::actor::{Actor, Forbidden};
use crate::currencies;
use crate::ledger::{self, Basis};
use crate::permissions::Permission;

/// Why there are no numbers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RetentionError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<RetentionError> for Failure {
    fn from(error: RetentionError) -> Self {
        match error {
            RetentionError::Forbidden(missing) => {
                Self::of(http::StatusCode::FORBIDDEN).detail(missing.to_string())
            }
            RetentionError::Db(error) => error.into(),
        }
    }
}

/// What is left of cohorts: of their accounts, or of what they brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "RetentionCohortsOf")]
pub enum Of {
    /// Accounts.
    #[default]
    Accounts,
    /// Revenue.
    Revenue,
}

/// The numbers of `period`, at the rates of its last day.
///
/// # Errors
/// [`RetentionError::Forbidden`], or the database's.
pub fn numbers(tx: &mut Tx<'_>, actor: &Actor, period: Period) -> Result<Numbers, RetentionError> {
    actor.must(Permission::MoneyRead)?;
    let workspace = actor.workspace;
    let rates = currencies::on(tx, workspace, period.until.plus_days(-1))?;
    let rows = ledger::months_by_kind(tx, workspace, period.until)?;
    let (opening, months) = model::months(period, &rates, &rows);
    let start = (period.from, period.from);
    let gone = ledger::account_flows(tx, workspace, Basis::Active, start, period.until)?;
    let revenue = ledger::revenue_flows(tx, workspace, Basis::Active, start, period.until)?;
    let (changed, kept) = model::flowed(&rates, &revenue);
    let of_those = opening.total.minor + changed;
    let mixed = ledger::mixed(tx, workspace, period.until)?;
    let kept = opening.total.minor + kept + behind::more_kept(&rates, period.from, mixed);
    Ok(Numbers {
        period,
        accounts: ledger::accounts_before(tx, workspace, period.from)?,
        lost: -gone.iter().map(|flow| flow.change).sum::<i64>(),
        of_those,
        // Each account is rounded by itself where it has several currencies.
        kept: kept.min(of_those).min(opening.total.minor),
        opening,
        months,
        rates,
    })
}

/// The cohorts whose accounts first came in the months of `period`, and what is left of them at the end of each month.
///
/// # Errors
/// As of [`numbers`].
pub fn cohorts(
    tx: &mut Tx<'_>,
    actor: &Actor,
    period: Period,
    of: Of,
) -> Result<Vec<Cohort>, RetentionError> {
    actor.must(Permission::MoneyRead)?;
    let (workspace, span) = (actor.workspace, (period.from, period.last()));
    let rates = currencies::on(tx, workspace, period.until.plus_days(-1))?;
    Ok(match of {
        Of::Accounts => {
            let began = ledger::account_flows(tx, workspace, Basis::Began, span, period.until)?;
            let flows = ledger::account_flows(tx, workspace, Basis::Cohort, span, period.until)?;
            model::cohorts(period, &began, &flows, |flows| {
                flows.iter().map(|flow| flow.change).sum()
            })
        }
        Of::Revenue => {
            let began = ledger::revenue_flows(tx, workspace, Basis::Began, span, period.until)?;
            let flows = ledger::revenue_flows(tx, workspace, Basis::Cohort, span, period.until)?;
            model::cohorts(period, &began, &flows, |flows| model::flowed(&rates, flows).0)
        }
    })
}
