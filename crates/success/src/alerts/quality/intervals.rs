//! Intervals of what no formula gives one: customers are drawn again and again, each with all that was replayed of them, because
//! the alerts, weeks and checkpoints of one customer are no independent news.

use std::collections::{BTreeMap, BTreeSet};

use kit::stats::{Resamples, median};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;

use super::model::{Case, Share};

/// Numbers below which an interval would say more than is known.
const LEAST: usize = 5;

/// An interval at 95 %.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "IntervalOfNumber")]
pub struct Between {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Customers as they are drawn.
pub(super) struct Draws {
    units: BTreeMap<AccountId, usize>,
    resamples: Resamples,
}

impl Draws {
    /// Draws from these customers; the lives of one are drawn together.
    pub(super) fn of(cases: &[Case]) -> Self {
        let accounts: BTreeSet<AccountId> = cases.iter().map(|case| case.account).collect();
        let units: BTreeMap<AccountId, usize> = accounts.into_iter().zip(0..).collect();
        Self {
            resamples: Resamples::of(units.len()),
            units,
        }
    }

    /// How many customers there are.
    pub(super) fn customers(&self) -> u64 {
        self.units.len() as u64
    }

    /// The place of a customer among those that are drawn.
    pub(super) fn unit(&self, case: &Case) -> usize {
        self.units.get(&case.account).copied().unwrap_or_default()
    }

    /// The interval of a number that follows from how often each customer counts.
    pub(super) fn interval(&self, number: impl Fn(&[u8]) -> Option<f64>) -> Option<Between> {
        let (low, high) = self.resamples.interval(number)?;
        Some(Between { low, high })
    }

    /// The interval of the median of numbers, each of a customer.
    pub(super) fn median(&self, numbers: &[(usize, f64)]) -> Option<Between> {
        if numbers.len() < LEAST {
            return None;
        }
        self.interval(|times| {
            let drawn = numbers
                .iter()
                .flat_map(|(unit, number)| std::iter::repeat_n(*number, usize::from(times[*unit])));
            median(&mut drawn.collect::<Vec<f64>>())
        })
    }

    /// The interval of a sum of numbers, each of a customer.
    pub(super) fn sum(&self, numbers: &[(usize, f64)]) -> Option<Between> {
        if numbers.len() < LEAST {
            return None;
        }
        self.interval(|times| {
            let drawn = numbers.iter();
            Some(drawn.map(|(unit, number)| number * f64::from(times[*unit])).sum())
        })
    }

    /// A share that was counted: so many of so many, of each customer. Its interval is Wilson's where draws say nothing of it: of few
    /// customers, and where none or all were counted.
    pub(super) fn counted(&self, parts: impl IntoIterator<Item = (usize, u64, u64)>) -> Share {
        let mut units: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
        for (unit, some, of) in parts {
            let (hits, n) = units.entry(unit).or_default();
            *hits += some;
            *n += of;
        }
        let parts: Vec<(usize, u64, u64)> = units
            .into_iter()
            .map(|(unit, (hits, n))| (unit, hits, n))
            .collect();
        let share = Share::of(
            parts.iter().map(|(_, hits, _)| hits).sum(),
            parts.iter().map(|(_, _, n)| n).sum(),
        );
        if share.hits == 0 || share.hits == share.n {
            return share;
        }
        match self.share(&parts) {
            Some(Between { low, high }) => Share { low, high, ..share },
            None => share,
        }
    }

    /// The interval of a share: so many of so many, of each customer.
    fn share(&self, parts: &[(usize, u64, u64)]) -> Option<Between> {
        if parts.len() < LEAST {
            return None;
        }
        self.interval(|times| {
            let (mut hits, mut all) = (0, 0);
            for (unit, some, of) in parts {
                hits += some * u64::from(times[*unit]);
                all += of * u64::from(times[*unit]);
            }
            (all > 0).then(|| hits as f64 / all as f64)
        })
    }
}
