//! How an account pays, in numbers.

mod store;

use kit::day::Day;
use kit::db::{DbError, Tx};

use crate::accounts::AccountId;
use crate::metrics::{Metric, Producer, Reading, Unit, number};
use crate::permissions::Permission::MoneyRead;
use crate::workspaces::WorkspaceId;

/// How many invoices are owed and past their day.
pub const OVERDUE: Metric = Metric::new("money.overdue_invoices", Unit::Count, MoneyRead);

/// Days since the oldest of them was due.
pub const SINCE: Metric = Metric::new("money.overdue_since", Unit::DaysSince, MoneyRead);

/// What is owed.
pub const PRODUCER: Producer = Producer {
    metrics: &[&OVERDUE, &SINCE],
    read,
};

/// An account without any invoice has no number: it is not known how it pays.
fn read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    today: Day,
) -> Result<Vec<Reading>, DbError> {
    let (all, late, oldest) = store::count_late(tx, workspace, account, today)?;
    Ok(vec![
        OVERDUE.may_be((all > 0).then_some(late as f64)),
        SINCE.may_be(oldest.map(number)),
    ])
}
