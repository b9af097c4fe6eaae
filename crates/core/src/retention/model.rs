//! The numbers of retention, from flows: arithmetic alone.

use kit::day::Day;
use kit::money::{Currency, Money};

use crate::currencies::{Rates, Sum};
use crate::ledger::{Flow, Kind, REACH};

/// Whole months: from the first of one to the first of another, which is not part of it. What is there *at the start* is
/// what is there at the end of the day before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day of the first month.
    pub from: Day,
    /// The first day after the last month.
    pub until: Day,
}

impl Period {
    /// The months from that of `from` to that of `last`, both included; `None` when there is none, or more than
    /// [`REACH`].
    pub fn new(from: Day, last: Day) -> Option<Self> {
        let (from, until) = (from.month(), last.month().plus_months(1));
        let months = from.months_until(until);
        (1..=REACH).contains(&months).then_some(Self { from, until })
    }

    /// The `months` whole months that end with the one before `today`'s.
    pub fn before(today: Day, months: i64) -> Self {
        let until = today.month();
        Self {
            from: until.plus_months(-months.clamp(1, REACH)),
            until,
        }
    }

    /// Its last month.
    pub fn last(&self) -> Day {
        self.until.plus_months(-1)
    }

    /// How many days it has.
    pub fn days(&self) -> i64 {
        self.from.days_until(self.until)
    }

    /// Its months in order.
    pub fn months(&self) -> Vec<Day> {
        let count = self.from.months_until(self.until);
        (0..count).map(|number| self.from.plus_months(number)).collect()
    }
}

/// What moved in a month, in the reporting currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub month: Day,
    /// What all accounts brought in a month at its start.
    pub opening: i64,
    /// What moved, in the order of [`Kind::ALL`].
    pub moved: Vec<i64>,
}

impl Month {
    /// What moved by one kind.
    pub fn of(&self, kind: Kind) -> i64 {
        let place = Kind::ALL.iter().position(|one| *one == kind);
        place
            .and_then(|place| self.moved.get(place))
            .copied()
            .unwrap_or(0)
    }

    /// What they brought at its end.
    pub fn closing(&self) -> i64 {
        self.opening + self.moved.iter().sum::<i64>()
    }
}

/// The numbers of a period. Money is in the reporting currency, all of it at the rates of the period's last day: what
/// rates did is no retention.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbers {
    /// The period.
    pub period: Period,
    /// Whose rates.
    pub rates: Rates,
    /// Accounts that were active at the start.
    pub accounts: i64,
    /// Those of them that are not at the end.
    pub lost: i64,
    /// What all accounts brought in a month at the start; with what could not be converted.
    pub opening: Sum,
    /// What those accounts bring at the end: 0 for who has gone.
    pub of_those: i64,
    /// The same, of each account no more than at the start.
    pub kept: i64,
    /// Month by month.
    pub months: Vec<Month>,
}

impl Numbers {
    /// The share of the accounts at the start that are gone at the end.
    pub fn logo_churn(&self) -> Option<f64> {
        share(self.lost, self.accounts)
    }

    /// The same as if it were a year: 1−(1−c)^(365/p).
    pub fn yearly_churn(&self) -> Option<f64> {
        self.rescaled(365.0)
    }

    /// The same as if it were a month: 1−(1−c)^((365/12)/p).
    pub fn monthly_churn(&self) -> Option<f64> {
        self.rescaled(365.0 / 12.0)
    }

    /// Net revenue retention of the accounts that were there at the start.
    pub fn nrr(&self) -> Option<f64> {
        share(self.of_those, self.opening.total.minor)
    }

    /// Gross revenue retention of the accounts that were there at the start; never above 1.
    pub fn grr(&self) -> Option<f64> {
        share(self.kept, self.opening.total.minor)
    }

    /// Net revenue retention from the ledger: each month's share of what stays of its opening when expansion, contraction
    /// and churn are added, one month after the other. Movements of accounts that came after the start count too.
    pub fn ledger_nrr(&self) -> Option<f64> {
        self.chained(&[Kind::Expansion, Kind::Contraction, Kind::Churn])
    }

    /// Gross revenue retention from the ledger: the same without expansion.
    pub fn ledger_grr(&self) -> Option<f64> {
        self.chained(&[Kind::Contraction, Kind::Churn])
    }

    fn chained(&self, kinds: &[Kind]) -> Option<f64> {
        let stays = |month: &Month| {
            let moved: i64 = kinds.iter().map(|kind| month.of(*kind)).sum();
            share((month.opening + moved).max(0), month.opening)
        };
        self.months
            .iter()
            .filter_map(stays)
            .reduce(|one, other| one * other)
    }

    /// What moved by one kind in the whole period.
    pub fn moved(&self, kind: Kind) -> i64 {
        self.months.iter().map(|month| month.of(kind)).sum()
    }

    /// What all accounts bring in a month at the end.
    pub fn closing(&self) -> i64 {
        self.months
            .last()
            .map_or(self.opening.total.minor, Month::closing)
    }

    fn rescaled(&self, days: f64) -> Option<f64> {
        let churn = self.logo_churn()?;
        Some(1.0 - (1.0 - churn).powf(days / self.period.days() as f64))
    }
}

/// Months from the ledger's rows; the opening of the first is what moved before.
pub(super) fn months(
    period: Period,
    rates: &Rates,
    rows: &[(Day, Currency, Kind, i64)],
) -> (Sum, Vec<Month>) {
    let money = |row: &(Day, Currency, Kind, i64)| Money {
        minor: row.3,
        currency: row.1,
    };
    let opening = rates.sum(rows.iter().filter(|row| row.0 < period.from).map(money));
    let mut months: Vec<Month> = Vec::new();
    for month in period.months() {
        let moved = Kind::ALL.iter().map(|kind| {
            let rows = rows.iter().filter(|row| row.0 == month && row.2 == *kind);
            rates.sum(rows.map(money)).total.minor
        });
        months.push(Month {
            month,
            opening: months.last().map_or(opening.total.minor, Month::closing),
            moved: moved.collect(),
        });
    }
    (opening, months)
}

/// The sum of what flows changed, and of what they changed up to the start, in the reporting currency.
pub(super) fn flowed(rates: &Rates, flows: &[Flow]) -> (i64, i64) {
    let sum = |amount: fn(&Flow) -> i64| {
        let money = flows.iter().filter_map(|flow| {
            Some(Money {
                minor: amount(flow),
                currency: flow.currency?,
            })
        });
        rates.sum(money).total.minor
    };
    (sum(|flow| flow.change), sum(|flow| flow.kept))
}

/// What is left of one cohort.
#[derive(Clone, Debug, PartialEq)]
pub struct Cohort {
    /// The month in which its accounts first came.
    pub month: Day,
    /// How many accounts there were, or what they brought in a month on their first day.
    pub began: i64,
    /// The share left at the end of its month and of each month after it.
    pub shares: Vec<f64>,
}

/// The cohorts of a period, from what they began with and how they went on. Amounts are made comparable by `worth`.
pub(super) fn cohorts(
    period: Period,
    began: &[Flow],
    flows: &[Flow],
    worth: impl Fn(&[Flow]) -> i64,
) -> Vec<Cohort> {
    let of = |flows: &[Flow], month: Day, last: Day| -> Vec<Flow> {
        let is_of = |flow: &&Flow| flow.start == month && flow.month <= last;
        flows.iter().filter(is_of).copied().collect()
    };
    let cohort = |month: Day| {
        let size = worth(&of(began, month, month));
        let left = |last: Day| share(worth(&of(flows, month, last)), size);
        let ages = 0..month.months_until(period.until);
        Cohort {
            month,
            began: size,
            shares: ages.map_while(|age| left(month.plus_months(age))).collect(),
        }
    };
    let cohorts = period.months().into_iter().map(cohort);
    cohorts.filter(|cohort| cohort.began > 0).collect()
}

fn share(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
