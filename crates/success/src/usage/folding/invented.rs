//! Usage that is made up, laid down as if it had been folded: for sample data alone.

use std::collections::BTreeSet;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::Uuid;
use tandem_core::accounts::AccountId;
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

use super::store;
use crate::usage::adoption;
use crate::usage::people::{self, NameId};

/// What somebody did on a day.
#[derive(Clone, Copy, Debug)]
pub struct Done {
    /// With what.
    pub feature: &'static str,
    /// When.
    pub day: Day,
    /// How often.
    pub events: i64,
}

/// A group that is called as the account is numbered.
///
/// # Errors
/// [`DbError`] of the database.
pub fn group(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    title: &str,
) -> Result<NameId, DbError> {
    people::invent(
        tx,
        workspace,
        (people::NameKind::Group, &account.to_string(), title),
        None,
    )
}

/// A user whom the product calls by their address.
///
/// # Errors
/// [`DbError`] of the database.
pub fn person(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (address, title, contact): (&str, &str, ContactId),
) -> Result<NameId, DbError> {
    people::invent(
        tx,
        workspace,
        (people::NameKind::User, address, title),
        Some(contact),
    )
}

/// Lays down what one person did in one group, and whose it is.
///
/// # Errors
/// [`DbError`] of the database.
pub fn lay(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (person, group, who, account): (NameId, NameId, Uuid, AccountId),
    done: &[Done],
) -> Result<(), DbError> {
    let mut rows = Vec::with_capacity(done.len());
    for one in done {
        let feature = store::feature(tx, workspace, ("track", one.feature))?;
        let noon: jiff::Timestamp = format!("{}T09:30:00Z", one.day)
            .parse()
            .expect("a day and a time are a moment");
        // Today is not over: nobody was there later than now.
        let at = Timestamp(noon.as_microsecond()).min(tx.now());
        rows.push(store::DayRow {
            person,
            group,
            feature,
            day: one.day,
            events: one.events,
            first: at,
            last: at,
        });
    }
    adoption::counting::mark(tx, workspace, &BTreeSet::from([account]))?;
    store::lay(tx, workspace, &rows, (who, account))
}
