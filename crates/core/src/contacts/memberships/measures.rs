//! Who is at an account, in numbers.

use kit::day::Day;
use kit::db::{DbError, Tx};

use super::store;
use crate::accounts::AccountId;
use crate::metrics::{Metric, Producer, Reading, Unit};
use crate::permissions::Permission::ContactsRead;
use crate::workspaces::WorkspaceId;

/// How many people are there.
pub const CONTACTS: Metric = Metric::new("people.contacts", Unit::Count, ContactsRead);
/// How many of them are champions.
pub const CHAMPIONS: Metric = Metric::new("people.champions", Unit::Count, ContactsRead);

/// How many people are at an account. Where nobody ever was written down it is not known who is there.
pub const PRODUCER: Producer = Producer {
    metrics: &[&CONTACTS, &CHAMPIONS],
    read,
};

fn read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    today: Day,
) -> Result<Vec<Reading>, DbError> {
    let (people, champions, ever) = store::count_present(tx, workspace, account, today)?;
    let known = |count: i64| (ever > 0).then_some(count as f64);
    Ok(vec![
        CONTACTS.may_be(known(people)),
        CHAMPIONS.may_be(known(champions)),
    ])
}
