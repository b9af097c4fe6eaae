//! The numbers as a table for files.

use kit::day::Day;

use super::{Month, Numbers};
use crate::ledger::{AccountMovement, Kind};
use crate::sheets::{Cell, Sheet};

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

/// Accounts and their movements.
pub(super) fn accounts(found: &[AccountMovement]) -> Sheet {
    let head = ["account", "name", "day", "kind", "currency", "amount", "closing"];
    let row = |one: &AccountMovement| {
        let movement = &one.movement;
        let day: Day = movement.day;
        vec![
            Cell::Text(one.account.to_string()),
            Cell::Text(one.name.clone()),
            Cell::Text(day.to_string()),
            Cell::Text(movement.kind.as_str().to_owned()),
            Cell::Text(movement.currency.to_string()),
            Cell::Amount(movement.amount, movement.currency),
            Cell::Amount(movement.closing, movement.currency),
        ]
    };
    Sheet::new("retention", head, found.iter().map(row).collect())
}
