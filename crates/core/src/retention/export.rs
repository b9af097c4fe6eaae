//! The numbers as a table for files.

use kit::money::Currency;

use super::{Backing, Behind, Cohort, Month, Numbers, Of};
use crate::ledger::Kind;
use crate::orders::repeating::Repeater;
use crate::sheets::{Cell, Sheet};

/// What is asked for when the file is to have the accounts that ordered.
pub(super) const ORDERED: &str = "ordered";
/// Those of them that had ordered before.
pub(super) const ORDERED_AGAIN: &str = "ordered-again";

/// The accounts that ordered.
pub(super) fn orderers(found: &[Repeater]) -> Sheet {
    let head = ["account", "name", "first_order", "last_order", "orders"];
    let row = |one: &Repeater| {
        vec![
            Cell::text(one.account),
            Cell::Text(one.name.clone()),
            Cell::text(one.first),
            Cell::text(one.last),
            Cell::Number(one.orders as f64),
        ]
    };
    Sheet::new("orders", head, found.iter().map(row).collect())
}

/// Revenue month by month.
pub(super) fn months(numbers: &Numbers) -> Sheet {
    let currency = numbers.rates.to;
    let head = ["month", "currency", "opening"].into_iter();
    let head = head
        .chain(Kind::ALL.iter().map(|kind| kind.as_str()))
        .chain(["closing"]);
    let row = |month: &Month| {
        let mut row = vec![
            Cell::Text(month.month.to_string()),
            Cell::Text(currency.to_string()),
            Cell::Amount(month.opening, currency),
        ];
        row.extend(month.moved.iter().map(|amount| Cell::Amount(*amount, currency)));
        row.push(Cell::Amount(month.closing(), currency));
        row
    };
    Sheet {
        name: "retention",
        head: head.map(str::to_owned).collect(),
        rows: numbers.months.iter().map(row).collect(),
    }
}

/// Cohorts, one share a row: how the tables of others want them.
pub(super) fn cohorts(cohorts: &[Cohort], (of, currency): (Of, Currency)) -> Sheet {
    let head = ["cohort", "began", "month", "age", "share"];
    let rows = cohorts.iter().flat_map(|cohort| {
        (0_i64..).zip(&cohort.shares).map(move |(age, share)| {
            let began = match of {
                Of::Accounts => Cell::Number(cohort.began as f64),
                Of::Revenue => Cell::Amount(cohort.began, currency),
            };
            vec![
                Cell::Text(cohort.month.to_string()),
                began,
                Cell::Text(cohort.month.plus_months(age).to_string()),
                Cell::Number(age as f64),
                Cell::Number(*share),
            ]
        })
    });
    Sheet::new("cohorts", head, rows.collect())
}

/// The accounts behind a number: their movements, or what they brought then and bring now.
pub(super) fn accounts(found: &[Backing], behind: Behind, currency: Currency) -> Sheet {
    if behind.is_of_movements() {
        return movements(found);
    }
    let head = ["account", "name", "currency", "mrr_then", "mrr_now", "kept"];
    let row = |one: &Backing| {
        vec![
            Cell::Text(one.account.to_string()),
            Cell::Text(one.name.clone()),
            Cell::Text(currency.to_string()),
            Cell::Amount(one.then, currency),
            Cell::Amount(one.now, currency),
            Cell::Amount(one.kept(), currency),
        ]
    };
    Sheet::new("retention", head, found.iter().map(row).collect())
}

fn movements(found: &[Backing]) -> Sheet {
    let head = ["account", "name", "day", "kind", "currency", "amount", "closing"];
    let row = |one: &Backing| {
        let movement = one.movement?;
        Some(vec![
            Cell::Text(one.account.to_string()),
            Cell::Text(one.name.clone()),
            Cell::Text(movement.day.to_string()),
            Cell::Text(movement.kind.as_str().to_owned()),
            Cell::Text(movement.currency.to_string()),
            Cell::Amount(movement.amount, movement.currency),
            Cell::Amount(movement.closing, movement.currency),
        ])
    };
    Sheet::new("retention", head, found.iter().filter_map(row).collect())
}
