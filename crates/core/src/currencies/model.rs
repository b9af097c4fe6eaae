//! What a rate is, and sums over several currencies.

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::DbError;
use kit::money::{Currency, Money, Rate};

use super::ExchangeRateId;
use crate::actor::Forbidden;

/// What one unit of a currency was worth from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeRate {
    /// Its id.
    pub id: ExchangeRateId,
    /// The reporting currency it was set for.
    pub base: Currency,
    /// Of what.
    pub currency: Currency,
    /// From this day on.
    pub day: Day,
    /// One major unit of `currency` in major units of `base`.
    pub rate: Rate,
    /// The signature of who set it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CurrencyError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// A currency is always worth one of itself.
    #[error("the reporting currency needs no rate")]
    SameCurrency,
    /// The text is no rate.
    #[error("a rate is a number above zero, like 4.2735")]
    BadRate,
    /// There is no such rate here.
    #[error("there is no such rate")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// The rates of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rates {
    /// The currency of sums.
    pub to: Currency,
    /// The day.
    pub on: Day,
    known: BTreeMap<Currency, Rate>,
}

/// A sum over several currencies, at the rates of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// What could be converted, in the reporting currency.
    pub total: Money,
    /// The currencies that had no rate: their amounts are not in the total.
    pub missing: Vec<Currency>,
}

impl Rates {
    pub(super) fn new(to: Currency, on: Day, known: Vec<(Currency, Rate)>) -> Self {
        let mut known: BTreeMap<Currency, Rate> = known.into_iter().collect();
        known.insert(to, Rate::ONE);
        Self { to, on, known }
    }

    /// The rates of somebody who knows one currency alone; amounts in others are left out of sums.
    pub fn of_one(to: Currency, on: Day) -> Self {
        Self::new(to, on, Vec::new())
    }

    /// The amount in the reporting currency; `None` without a rate.
    pub fn convert(&self, amount: Money) -> Option<i64> {
        let rate = self.known.get(&amount.currency)?;
        rate.convert(amount.minor, amount.currency, self.to)
    }

    /// The amounts added up. Each currency is added before it is converted, so that rounding happens once for each.
    pub fn sum(&self, amounts: impl IntoIterator<Item = Money>) -> Sum {
        let mut by_currency = BTreeMap::<Currency, i64>::new();
        for amount in amounts {
            let sum = by_currency.entry(amount.currency).or_default();
            *sum = sum.saturating_add(amount.minor);
        }
        let mut sum = Sum {
            total: Money {
                minor: 0,
                currency: self.to,
            },
            missing: Vec::new(),
        };
        for (currency, minor) in by_currency {
            match self.convert(Money { minor, currency }) {
                Some(worth) => sum.total.minor = sum.total.minor.saturating_add(worth),
                None if minor != 0 => sum.missing.push(currency),
                None => {}
            }
        }
        sum
    }
}

#[cfg(test)]
impl Rates {
    /// Rates for tests: the reporting currency, the day, and what each currency is worth.
    pub(crate) fn of(to: &str, on: &str, known: &[(&str, &str)]) -> Self {
        let known = known
            .iter()
            .map(|(code, rate)| (code.parse().unwrap(), Rate::read(rate).unwrap()));
        Self::new(to.parse().unwrap(), on.parse().unwrap(), known.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_names_what_it_leaves_out() {
        let currency = |code: &str| code.parse::<Currency>().unwrap();
        let amount = |minor, code| Money {
            minor,
            currency: currency(code),
        };
        let known = vec![(currency("USD"), Rate::read("0.92").unwrap())];
        let rates = Rates::new(currency("EUR"), "2026-11-22".parse().unwrap(), known);
        let sum = rates.sum([
            amount(100, "EUR"),
            amount(50, "USD"),
            amount(50, "USD"),
            amount(7, "PLN"),
        ]);
        assert_eq!(
            (sum.total, sum.missing),
            (amount(192, "EUR"), vec![currency("PLN")])
        );
    }
}
