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

/// How many people are at an account.
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
    let (people, champions) = store::count_present(tx, workspace, account, today)?;
    Ok(vec![CONTACTS.is(people as f64), CHAMPIONS.is(champions as f64)])
}
