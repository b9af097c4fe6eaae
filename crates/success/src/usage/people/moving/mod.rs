//! What was done is put down to somebody else, or to another account: ids that are one person, by a few statements for all of
//! them.

mod store;

use std::collections::BTreeSet;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::Uuid;
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use super::NameId;

pub(in crate::usage) use store::spread;
pub(super) use store::{accounts_of, begin_spread, delete_spread, forget, move_spread, spread_at};

/// Says who these are in all that they did; gives the accounts to which that makes a difference.
pub(super) fn set_who(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[NameId],
    who: Uuid,
) -> Result<BTreeSet<AccountId>, DbError> {
    match store::set_who(tx, workspace, ids, who)? {
        true => accounts_of(tx, workspace, ids),
        false => Ok(BTreeSet::new()),
    }
}

/// Puts down to an account, or to none, what these did in no group within a span of days; gives the accounts to which that
/// makes a difference.
pub(super) fn set_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (ids, account): (&[NameId], Option<AccountId>),
    span: (Day, Day),
) -> Result<BTreeSet<AccountId>, DbError> {
    let others = store::others(tx, workspace, (ids, account), span)?;
    if others.is_empty() {
        return Ok(BTreeSet::new());
    }
    store::set_account(tx, workspace, (ids, account), span)?;
    Ok(others.into_iter().flatten().chain(account).collect())
}
