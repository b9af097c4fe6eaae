//! What an account brings, in numbers.

use kit::day::Day;
use kit::db::{DbError, Tx};

use super::of;
use crate::accounts::AccountId;
use crate::metrics::{Metric, Producer, Reading, Unit, number};
use crate::permissions::Permission::MoneyRead;
use crate::workspaces::WorkspaceId;

/// What it brings in a month.
pub const MRR: Metric = Metric::new("money.mrr", Unit::Money, MoneyRead);
/// Days until the first subscription renews or ends.
pub const RENEWAL: Metric = Metric::new("money.renewal", Unit::DaysUntil, MoneyRead);

/// Revenue and renewal.
pub const PRODUCER: Producer = Producer {
    metrics: &[&MRR, &RENEWAL],
    read,
};

fn read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    _: Day,
) -> Result<Vec<Reading>, DbError> {
    let worth = of(tx, workspace, &[account])?.remove(&account);
    let renews = worth.as_ref().and_then(|worth| worth.renews).map(number);
    Ok(vec![
        MRR.may_be(worth.map(|worth| worth.mrr as f64)),
        RENEWAL.may_be(renews),
    ])
}
