//! Accounts that wait for an owner, because whoever looked after them has left, or because nobody had room. They are tried again
//! when rules or capacities are others, and every now and then: somebody comes back, or has room again.
//!
//! Accounts whose owner somebody took away by hand do not wait. Closed ones, and all where there are no rules, stay with whoever
//! left.

pub(super) mod store;

use std::collections::BTreeSet;

use kit::db::Tx;

use super::{AssignmentError, Why, assign_many, has_rules, put};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::agents::{self, AgentId};
use crate::tiers::service;
use crate::workspaces::WorkspaceId;

/// How many accounts are looked at in one go.
const PART: i64 = 100;

/// Takes a part of their open accounts from an agent who left, and gives them to those whom the rules choose; gives whether there
/// may be more. Where there are no rules, nobody else would get them: they stay.
///
/// # Errors
/// As of [`super::give`].
pub fn release(tx: &mut Tx<'_>, workspace: WorkspaceId, agent: AgentId) -> Result<bool, AssignmentError> {
    // Who came back meanwhile keeps their accounts.
    if agents::find(tx, workspace, agent)?.is_some_and(|agent| agent.is_active) {
        return Ok(false);
    }
    if !has_rules(tx, workspace)? {
        return Ok(false);
    }
    let actor = Actor::system(workspace, "assignment");
    let held = store::held_by(tx, workspace, agent, PART)?;
    for account in &held {
        put(tx, &actor, *account, None, &Why::ByHand)?;
    }
    give_all(tx, workspace, &held)?;
    Ok(is_whole(&held))
}

/// Tries a part of those that wait again, in the order of their ids; gives the last one, where there may be more.
///
/// # Errors
/// As of [`super::give`].
pub fn again(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    after: AccountId,
) -> Result<Option<AccountId>, AssignmentError> {
    let waiting = store::waiting(tx, workspace, after, PART)?;
    give_all(tx, workspace, &waiting)?;
    Ok(waiting.last().copied().filter(|_| is_whole(&waiting)))
}

/// Gives a person to those of these accounts that never had one and whose tier says now that each has one. What somebody took
/// away by hand stays away. A tier of which nothing is said, or nothing any more, promises nobody: among its accounts are those that
/// came before there were rules, and that nobody was to have.
///
/// # Errors
/// As of [`super::give`].
pub fn entitled(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<(), AssignmentError> {
    if !has_rules(tx, workspace)? {
        return Ok(());
    }
    let services = service::of(tx, workspace, accounts)?;
    let ever: BTreeSet<AccountId> = store::ever_owned(tx, workspace, accounts)?.into_iter().collect();
    let is_meant = |account: &AccountId| {
        let has_owner = services.get(account).is_some_and(|service| service.has_owner);
        has_owner && !ever.contains(account)
    };
    let meant: Vec<AccountId> = accounts.iter().copied().filter(is_meant).collect();
    give_all(tx, workspace, &meant)
}

/// Gives those of them that are open to whom the rules choose.
fn give_all(tx: &mut Tx<'_>, workspace: WorkspaceId, accounts: &[AccountId]) -> Result<(), AssignmentError> {
    if accounts.is_empty() {
        return Ok(());
    }
    let open: Vec<AccountId> = accounts::open_among(tx, workspace, accounts)?
        .into_iter()
        .collect();
    assign_many(tx, workspace, &open)
}

fn is_whole(part: &[AccountId]) -> bool {
    i64::try_from(part.len()).unwrap_or(PART) == PART
}
