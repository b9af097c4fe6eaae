//! A metric over all accounts: how its values lie, and who has the lowest and the highest.

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::stats::quantile;

use super::{Metric, Unit, store};
use crate::accounts::AccountId;
use crate::workspaces::{self, WorkspaceId};

/// Accounts shown at each end.
const ENDS: i64 = 10;
/// Into how many parts the range of the values is cut.
const PARTS: usize = 12;

/// How the values of a metric lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Of how many accounts it is known.
    pub n: usize,
    /// The lowest, the quarter, the middle, three quarters, the highest.
    pub five: [f64; 5],
}

/// An account, its name and its value.
pub type Ranked = (AccountId, String, f64);

/// A metric over all accounts.
#[derive(Clone, Debug)]
pub struct Book {
    /// How the values lie.
    pub spread: Spread,
    /// Parts of the range: from, to, and how many accounts lie there.
    pub parts: Vec<(f64, f64, usize)>,
    /// The accounts with the lowest values of today.
    pub low: Vec<Ranked>,
    /// The accounts with the highest.
    pub high: Vec<Ranked>,
}

/// How the values of a metric lie today; none where no account has one.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn spread(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    metric: &Metric,
    today: Day,
) -> Result<Option<Spread>, DbError> {
    Ok(spread_of(&mut values(tx, workspace, metric, today)?))
}

/// A metric over all accounts today; none where no account has a value.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn of(tx: &mut Tx<'_>, workspace: WorkspaceId, metric: &Metric) -> Result<Option<Book>, DbError> {
    let today = workspaces::today(tx, workspace)?;
    let mut values = values(tx, workspace, metric, today)?;
    let Some(spread) = spread_of(&mut values) else {
        return Ok(None);
    };
    let mut low = store::lowest(tx, workspace, metric.name, ENDS)?;
    let mut high = store::highest(tx, workspace, metric.name, ENDS)?;
    for (_, _, value) in low.iter_mut().chain(&mut high) {
        *value = metric.on(*value, today);
    }
    if metric.unit == Unit::DaysSince {
        std::mem::swap(&mut low, &mut high);
    }
    Ok(Some(Book {
        spread,
        parts: parts(&values, spread, matches!(metric.unit, Unit::Share | Unit::Number)),
        low,
        high,
    }))
}

fn values(tx: &mut Tx<'_>, workspace: WorkspaceId, metric: &Metric, today: Day) -> Result<Vec<f64>, DbError> {
    let stored = store::values(tx, workspace, metric.name)?;
    Ok(stored.into_iter().map(|value| metric.on(value, today)).collect())
}

fn spread_of(values: &mut [f64]) -> Option<Spread> {
    let mut at = |share| quantile(values, share);
    let five = [at(0.0)?, at(0.25)?, at(0.5)?, at(0.75)?, at(1.0)?];
    Some(Spread {
        n: values.len(),
        five,
    })
}

/// The range in equal parts; where values are whole, so are the parts' ends.
fn parts(values: &[f64], spread: Spread, has_decimals: bool) -> Vec<(f64, f64, usize)> {
    let [low, .., high] = spread.five;
    let mut width = (high - low) / PARTS as f64;
    if !has_decimals {
        width = width.ceil().max(1.0);
    }
    if width <= 0.0 {
        return vec![(low, high, values.len())];
    }
    let count = (((high - low) / width).floor() as usize + 1).min(PARTS + 1);
    let mut parts: Vec<_> = (0..count)
        .map(|index| (low + width * index as f64, low + width * (index + 1) as f64, 0))
        .collect();
    for value in values {
        let index = (((value - low) / width).floor() as usize).min(count - 1);
        parts[index].2 += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_in_one_part() {
        for (mut values, has_decimals) in [
            (vec![0.0, 0.0, 3.0, 100.0, 7.0], false),
            (vec![5.0], false),
            (vec![0.5, 0.5], true),
            (vec![0.0, 1.0, 0.25], true),
        ] {
            let spread = spread_of(&mut values).expect("values");
            let parts = parts(&values, spread, has_decimals);
            assert_eq!(
                parts.iter().map(|part| part.2).sum::<usize>(),
                values.len(),
                "{parts:?}"
            );
            assert!(parts.len() <= PARTS + 1);
        }
    }
}
