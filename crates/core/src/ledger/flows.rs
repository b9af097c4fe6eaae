//! What one account adds to the roll-ups that the retention numbers are read from.
//!
//! A *flow* says what a month changed for those who were there at its start: for each month `m` and each month `s` not
//! after it, by how much the accounts that were active on the eve of `s` changed in `m`. The numbers of any period are
//! sums of flows, whatever the number of accounts, and nothing has to be counted again when time goes on. The same is kept
//! for *cohorts*: the accounts that first came in the month `s`.

use std::collections::BTreeMap;

use kit::day::Day;
use kit::money::Currency;

use super::{Kind, Movement};

/// How many months a flow reaches: the longest period there are numbers for.
pub const REACH: i64 = 36;

/// Whose changes a flow counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The accounts that were active on the eve of the month.
    Active,
    /// The accounts that first came in the month.
    Cohort,
    /// What those of [`Basis::Cohort`] began with, on their first day.
    Began,
}

impl Basis {
    /// The word in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Cohort => "cohort",
            Self::Began => "began",
        }
    }
}

/// One row of a roll-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// Movements of a month by kind.
    Month(Day, Currency, Kind),
    /// Accounts by the month of their basis and the month of the change.
    Accounts(Basis, Day, Day),
    /// Revenue by the same.
    Revenue(Basis, Day, Day, Currency),
}

/// What is added to a row: for [`Key::Month`] an amount and a count, for [`Key::Accounts`] accounts and nothing, for
/// [`Key::Revenue`] revenue, and revenue up to what there was at the start.
pub(super) type Amounts = (i64, i64);

/// The account at the end of a month in which something moved.
struct Step {
    month: Day,
    is_active: bool,
    amounts: BTreeMap<Currency, i64>,
}

/// Everything that these movements, all of one account, add to the roll-ups.
pub(super) fn of(movements: &[Movement]) -> BTreeMap<Key, Amounts> {
    let mut rows = BTreeMap::new();
    for movement in movements {
        let key = Key::Month(movement.day.month(), movement.currency, movement.kind);
        add(&mut rows, key, (movement.amount, 1));
    }
    let Some(first) = movements.first() else {
        return rows;
    };
    let came = first.day.month();
    add(&mut rows, Key::Accounts(Basis::Began, came, came), (1, 0));
    for movement in movements.iter().take_while(|movement| movement.day == first.day) {
        let key = Key::Revenue(Basis::Began, came, came, movement.currency);
        add(&mut rows, key, (movement.amount, movement.amount));
    }
    let steps = steps(movements);
    let nothing = Step {
        month: came,
        is_active: false,
        amounts: BTreeMap::new(),
    };
    flow(&mut rows, Basis::Cohort, came, &nothing, &steps);
    for (at, step) in steps.iter().enumerate() {
        // From the month after this step to that of the next one the account is what this step made of it.
        let last = steps.get(at + 1).map(|next| next.month);
        let mut month = step.month.plus_months(1);
        while step.is_active && last.is_some_and(|last| month <= last) {
            flow(&mut rows, Basis::Active, month, step, &steps[at + 1..]);
            month = month.plus_months(1);
        }
    }
    rows
}

fn steps(movements: &[Movement]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for movement in movements {
        let month = movement.day.month();
        if steps.last().is_none_or(|step| step.month != month) {
            let amounts = steps.last().map(|step| step.amounts.clone());
            steps.push(Step {
                month,
                is_active: false,
                amounts: amounts.unwrap_or_default(),
            });
        }
        let step = steps.last_mut().expect("one was just pushed");
        step.is_active = movement.is_active;
        step.amounts.insert(movement.currency, movement.closing);
    }
    steps
}

/// Adds how the account went on after `start` by each of `steps`.
fn flow(rows: &mut BTreeMap<Key, Amounts>, basis: Basis, month: Day, start: &Step, steps: &[Step]) {
    let mut before = start;
    for step in steps {
        if basis == Basis::Active && month.months_until(step.month) >= REACH {
            break;
        }
        let accounts = i64::from(step.is_active) - i64::from(before.is_active);
        add(rows, Key::Accounts(basis, month, step.month), (accounts, 0));
        for currency in step.amounts.keys() {
            let amount = |step: &Step| step.amounts.get(currency).copied().unwrap_or(0);
            let kept = |step: &Step| amount(step).min(amount(start));
            let change = (amount(step) - amount(before), kept(step) - kept(before));
            add(rows, Key::Revenue(basis, month, step.month, *currency), change);
        }
        before = step;
    }
}

fn add(rows: &mut BTreeMap<Key, Amounts>, key: Key, amounts: Amounts) {
    if amounts != (0, 0) {
        let sum = rows.entry(key).or_default();
        *sum = (sum.0 + amounts.0, sum.1 + amounts.1);
    }
}

/// What has to be added to the roll-ups when `before` becomes `after`.
pub(super) fn difference(
    before: BTreeMap<Key, Amounts>,
    mut after: BTreeMap<Key, Amounts>,
) -> BTreeMap<Key, Amounts> {
    for (key, amounts) in before {
        let sum = after.entry(key).or_default();
        *sum = (sum.0 - amounts.0, sum.1 - amounts.1);
    }
    after.retain(|_, amounts| *amounts != (0, 0));
    after
}
