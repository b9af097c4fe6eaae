//! When an account is to be touched next, in numbers.

use kit::day::Day;
use kit::db::{DbError, Tx};

use crate::accounts::AccountId;
use crate::metrics::{Metric, Producer, Reading, Unit, number};
use crate::permissions::Permission::AccountsRead;
use crate::workspaces::WorkspaceId;

/// Days until somebody is to turn to the account in person, as its tier promises; below zero once that is past.
pub const NEXT_TOUCH: Metric = Metric::new("people.next_touch", Unit::DaysUntil, AccountsRead);

/// The next touch.
pub const PRODUCER: Producer = Producer {
    metrics: &[&NEXT_TOUCH],
    read,
};

fn read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    _: Day,
) -> Result<Vec<Reading>, DbError> {
    let rhythm = super::rhythm(tx, workspace, account)?;
    Ok(vec![NEXT_TOUCH.may_be(rhythm.map(|rhythm| number(rhythm.next)))])
}
