//! What is assumed of the future, what a model says, and what of it an account is worth.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::DbError;
use kit::money::{Currency, Money};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::EstimateId;
use super::checks::Check;
use super::contract::ContractModel;
use super::repeat::RepeatModel;
use crate::accounts::AccountId;
use crate::actor::Forbidden;

/// What a workspace assumes of its future.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ValueSettings")]
pub struct Settings {
    /// What is left of revenue after what it costs, in hundredths of a percent.
    #[schemars(range(min = 0, max = 10_000))]
    pub margin: i64,
    /// By how much money of next year is worth less than today's, in hundredths of a percent a year.
    #[schemars(range(min = 0, max = 10_000))]
    pub discount: i64,
    /// How many months ahead count.
    #[schemars(range(min = 1, max = 120))]
    pub horizon_months: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            margin: 7_000,
            discount: 1_000,
            horizon_months: 36,
        }
    }
}

/// Why there is no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "reason")]
#[schemars(rename = "NoModel")]
pub enum Refusal {
    /// Too few accounts to learn from.
    TooFewAccounts {
        /// How many there are.
        given: i64,
        /// How many it takes.
        needed: i64,
    },
    /// Too few accounts have bought again.
    TooFewRepeaters {
        /// How many there are.
        given: i64,
        /// How many it takes.
        needed: i64,
    },
    /// Too few accounts have left.
    TooFewLosses {
        /// How many there are.
        given: i64,
        /// How many it takes.
        needed: i64,
    },
    /// The past is too short: weeks of orders, or terms of subscriptions.
    TooShort {
        /// How long it is.
        given: i64,
        /// How long it must be.
        needed: i64,
    },
    /// The search for parameters found none.
    NoFit,
}

/// A model, or why there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome<M> {
    /// The model.
    Fitted(M),
    /// Why there is none.
    Refused(Refusal),
}

impl<M> Outcome<M> {
    /// The model, when there is one.
    pub fn fitted(&self) -> Option<&M> {
        match self {
            Self::Fitted(model) => Some(model),
            Self::Refused(_) => None,
        }
    }

    /// Why there is none.
    pub fn refused(&self) -> Option<&Refusal> {
        match self {
            Self::Fitted(_) => None,
            Self::Refused(refusal) => Some(refusal),
        }
    }
}

/// What both models say, and what they were given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Models {
    /// What was assumed.
    pub settings: Settings,
    /// Of accounts under contract.
    pub contract: Outcome<ContractModel>,
    /// Of accounts that order again.
    pub repeat: Outcome<RepeatModel>,
    /// Amounts in these currencies had no rate and were left out.
    pub missing: Vec<Currency>,
}

/// An estimate of all accounts, made once.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Its id.
    pub id: EstimateId,
    /// When it was made.
    pub made_at: Timestamp,
    /// The day that counts as today, whose rates were used.
    pub day: Day,
    /// How many accounts are worth something.
    pub accounts: i64,
    /// What all of them are worth.
    pub total: Money,
    /// The models.
    pub models: Models,
}

/// What an account is worth, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountValue {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// What it is worth, in minor units of the estimate's currency.
    pub worth: i64,
    /// The reasons.
    pub reasons: Reasons,
}

/// Why an account is worth what it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reasons {
    /// What its contracts are worth.
    pub contract: Option<ContractReason>,
    /// What its orders are worth.
    pub repeat: Option<RepeatReason>,
}

/// What the contracts of an account are worth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ContractReason {
    /// In minor units.
    pub worth: i64,
    /// What a term brings, in minor units.
    pub revenue: i64,
    /// How often it has renewed.
    pub renewed: i64,
    /// The next renewal.
    pub renews: Day,
    /// The chance that it renews then.
    pub chance: f64,
    /// How many terms are expected until the horizon, later ones counting less.
    pub terms: f64,
}

/// What the orders of an account are worth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RepeatReason {
    /// In minor units.
    pub worth: i64,
    /// On how many days it has ordered.
    pub orders: i64,
    /// The last of these days.
    pub last: Day,
    /// The chance that it will ever order again.
    pub alive: f64,
    /// How many orders are expected until the horizon.
    pub expected: f64,
    /// What an order of it is expected to bring, in minor units.
    pub spend: i64,
}

/// Why nothing was changed or shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such account here.
    #[error("there is no such account")]
    UnknownAccount,
    /// A margin out of range.
    #[error("a margin is 0 to 100 percent")]
    BadMargin,
    /// A discount rate out of range.
    #[error("a discount rate is 0 to 100 percent a year")]
    BadDiscount,
    /// A horizon out of range.
    #[error("a horizon has 1 to 120 months")]
    BadHorizon,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Settings {
    pub(super) fn check(self) -> Result<(), ValueError> {
        if !(0..=10_000).contains(&self.margin) {
            return Err(ValueError::BadMargin);
        }
        if !(0..=10_000).contains(&self.discount) {
            return Err(ValueError::BadDiscount);
        }
        if !(1..=120).contains(&self.horizon_months) {
            return Err(ValueError::BadHorizon);
        }
        Ok(())
    }

    /// The margin as a share.
    pub fn margin_share(self) -> f64 {
        self.margin as f64 / 10_000.0
    }

    /// What money of `years` ahead is worth today, of 1.
    pub fn today(self, years: f64) -> f64 {
        (1.0 + self.discount as f64 / 10_000.0).powf(-years)
    }
}

impl Models {
    /// The checks of both models.
    pub fn checks(&self) -> impl Iterator<Item = &Check> {
        let contract = self.contract.fitted().map(|model| &model.checks);
        let repeat = self.repeat.fitted().map(|model| &model.checks);
        contract.into_iter().chain(repeat).flatten()
    }
}
