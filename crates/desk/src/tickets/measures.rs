//! What an account's tickets say of it in numbers. An account that never had any has none: who never wrote may be content, or
//! writes to nobody any more.

use std::time::Duration;

use kit::day::Day;
use kit::db::{DbError, Tx};
use tandem_core::accounts::AccountId;
use tandem_core::metrics::{Metric, Producer, Reading, Unit, number};
use tandem_core::permissions::Permission::TicketsRead;
use tandem_core::workspaces::{self, WorkspaceId};

use super::store;

/// How many tickets are not solved.
pub const OPEN: Metric = Metric::new("tickets.open", Unit::Count, TicketsRead);
/// How many of them are urgent.
pub const URGENT: Metric = Metric::new("tickets.urgent", Unit::Count, TicketsRead);
/// Days since the oldest of them was opened.
pub const OLDEST: Metric = Metric::new("tickets.oldest_open", Unit::DaysSince, TicketsRead);
/// How many were opened in the last thirty days.
pub const OPENED: Metric = Metric::new("tickets.opened_30d", Unit::Count, TicketsRead);
/// How many times solved ones came back, of those that were touched in the last ninety days.
pub const REOPENED: Metric = Metric::new("tickets.reopened_90d", Unit::Count, TicketsRead);

const DAY: Duration = Duration::from_secs(86_400);

/// How much support an account needs, and how it goes.
pub const PRODUCER: Producer = Producer {
    metrics: &[&OPEN, &URGENT, &OLDEST, &OPENED, &REOPENED],
    read,
};

fn read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    _: Day,
) -> Result<Vec<Reading>, DbError> {
    let now = tx.now();
    let load = store::load(tx, workspace, account, (now.minus(DAY * 30), now.minus(DAY * 90)))?;
    let zone = workspaces::zone(tx, workspace)?;
    let oldest = load.oldest.map(|at| number(Day::of(at, &zone)));
    let known = |count: i64| (load.all > 0).then_some(count as f64);
    Ok(vec![
        OPEN.may_be(known(load.open)),
        URGENT.may_be(known(load.urgent)),
        OLDEST.may_be(oldest),
        OPENED.may_be(known(load.opened)),
        REOPENED.may_be(known(load.reopened)),
    ])
}
