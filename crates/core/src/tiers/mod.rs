//! Tiers: which service an account gets. What tiers there are is a ladder of the workspace's own, each with the revenue in
//! a month from which on it is reached.
//!
//! An account is on a tier *by rule*, which follows its worth, or *by hand* with a reason, which pins it until somebody lets
//! the rule decide again. Why an account is where it is can always be asked ([`why`]). What accounts on a tier get is its
//! [`service`].

pub mod api;
mod failures;
pub mod jobs;
pub mod service;
mod store;
mod views;
pub mod web;

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::money::Money;
use serde_json::json;

use crate::accounts::merging::{Part, Way};
use crate::accounts::{self, AccountId};
use crate::actor::{Actor, Forbidden};
use crate::events::{self, Event, Kind, NewEvent};
use crate::ladders::{self, Ladder, Rung, RungId};
use crate::panels::{Panel, Place};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;
use crate::{currencies, worth};

/// What a merge of accounts does with them.
pub const MERGES: Part = Part::new("account_tiers", Way::Choose("tier"));

/// An account is on another tier, or was pinned or let go.
pub const MOVED: Kind = Kind::new("account.tier_changed", Permission::AccountsRead);

/// Accounts that came in one go have their first tier; they are the further subjects of whatever brought them.
pub const PLACED: Kind = Kind::new("accounts.tiers_placed", Permission::AccountsRead);

/// The panel of the account's page: its tier, and why.
pub const PANEL: Panel = Panel::new(
    "tier",
    Place::Account,
    Permission::AccountsRead,
    "/accounts/{id}/tier",
);

/// Where an account stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its tier; none when the rule finds none.
    pub tier: Option<Rung>,
    /// Whether somebody put it there by hand.
    pub is_pinned: bool,
    /// Why by hand; empty by rule.
    pub reason: String,
    /// The signature of who put it there.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Why an account is on its tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// Where it stands; none before the rule has looked.
    pub standing: Option<Standing>,
    /// What it brings in a month.
    pub mrr: Money,
    /// The tier that the rule gives for that.
    pub by_rule: Option<Rung>,
    /// The next tier above that one, with the revenue from which on it is reached.
    pub next: Option<Rung>,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TierError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such account here.
    #[error("there is no such account")]
    UnknownAccount,
    /// The tier is none of this workspace, or archived.
    #[error("there is no such tier in use")]
    UnknownTier,
    /// There is no reason, or it is too long.
    #[error("a reason has 1 to 500 characters")]
    BadReason,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// The tier that the rule gives for what comes in a month: the one with the highest threshold that is reached.
pub fn by_rule(tiers: &[Rung], mrr: i64) -> Option<&Rung> {
    let reached = tiers
        .iter()
        .filter(|tier| tier.text.threshold.is_some_and(|threshold| threshold <= mrr));
    reached.max_by_key(|tier| (tier.text.threshold, tier.place))
}

/// Puts an account onto a tier by hand, whatever it brings.
///
/// # Errors
/// [`TierError`].
pub fn pin(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    tier: RungId,
    reason: &str,
) -> Result<Standing, TierError> {
    actor.must(Permission::AccountsWrite)?;
    let reason: String = reason.trim().chars().filter(|c| !c.is_control()).collect();
    if reason.is_empty() || reason.chars().count() > 500 {
        return Err(TierError::BadReason);
    }
    if !accounts::exists(tx, actor.workspace, account)? {
        return Err(TierError::UnknownAccount);
    }
    let found = ladders::find(tx, actor.workspace, Ladder::Tiers, tier)?;
    let tier = found
        .filter(|tier| tier.archiving.is_none())
        .ok_or(TierError::UnknownTier)?;
    let standing = Standing {
        tier: Some(tier),
        is_pinned: true,
        reason,
        by: actor.signature(),
        at: tx.now(),
    };
    keep(tx, actor, account, &standing)?;
    Ok(standing)
}

/// Lets the rule decide again.
///
/// # Errors
/// As of [`pin`].
pub fn unpin(tx: &mut Tx<'_>, actor: &Actor, account: AccountId) -> Result<Standing, TierError> {
    actor.must(Permission::AccountsWrite)?;
    if !accounts::exists(tx, actor.workspace, account)? {
        return Err(TierError::UnknownAccount);
    }
    let now = store::of(tx, actor.workspace, &[account])?.into_iter().next();
    match now {
        Some((_, standing)) if !standing.is_pinned => Ok(standing),
        _ => Ok(ruled(tx, actor, account)?),
    }
}

/// Lets the rule look at an account again: after its worth or the tiers have changed. A pinned one stays.
///
/// # Errors
/// [`DbError`] of the database.
pub fn place(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    if !accounts::exists(tx, workspace, account)? {
        return Ok(());
    }
    let now = store::of(tx, workspace, &[account])?.into_iter().next();
    if now.is_some_and(|(_, standing)| standing.is_pinned) {
        return Ok(());
    }
    ruled(tx, &Actor::system(workspace, "tiers"), account).map(drop)
}

/// Lets the rule look at accounts that came in one go: those on which it never looked in one statement, the others one by
/// one.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn place_all(tx: &mut Tx<'_>, came: &Event) -> Result<(), DbError> {
    let workspace = came.workspace;
    let about: Vec<AccountId> = came.subjects().filter_map(|id| id.parse().ok()).collect();
    let there = accounts::bulk::existing(tx, workspace, &about)?;
    let standing = of(tx, workspace, &there)?;
    let (known, new): (Vec<_>, Vec<_>) = there.into_iter().partition(|id| standing.contains_key(id));
    for account in known {
        place(tx, workspace, account)?;
    }
    if new.is_empty() {
        return Ok(());
    }
    let tiers = ladders::open(tx, workspace, Ladder::Tiers)?;
    let worths = worth::of(tx, workspace, &new)?;
    let tier = |id: &AccountId| {
        let mrr = worths.get(id).map_or(0, |worth| worth.mrr);
        by_rule(&tiers, mrr).map(|tier| tier.id)
    };
    let placed: Vec<(AccountId, Option<RungId>)> = new.into_iter().map(|id| (id, tier(&id))).collect();
    let actor = Actor::system(workspace, "tiers");
    store::place_all(tx, workspace, &placed, &actor.signature())?;
    let mut moved = placed.iter().filter(|(_, tier)| tier.is_some()).peekable();
    if moved.peek().is_none() {
        return Ok(());
    }
    let event = NewEvent::of(&PLACED, came.id)
        .topic(Ladder::Tiers.list())
        .subjects(moved.map(|(id, _)| *id));
    events::record(tx, &actor, event)?;
    Ok(())
}

/// Where these accounts stand.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, Standing>, DbError> {
    Ok(store::of(tx, workspace, accounts)?.into_iter().collect())
}

/// Why an account is on its tier.
///
/// # Errors
/// [`DbError`] of the database.
pub fn why(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<Why, DbError> {
    let tiers = ladders::open(tx, workspace, Ladder::Tiers)?;
    let mrr = brings(tx, workspace, account)?;
    let by_rule = by_rule(&tiers, mrr.minor).cloned();
    let above = tiers
        .iter()
        .filter(|tier| tier.text.threshold.is_some_and(|threshold| threshold > mrr.minor));
    Ok(Why {
        standing: store::of(tx, workspace, &[account])?
            .into_iter()
            .next()
            .map(|(_, standing)| standing),
        mrr,
        next: above.min_by_key(|tier| tier.text.threshold).cloned(),
        by_rule,
    })
}

fn brings(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<Money, DbError> {
    let known = worth::of(tx, workspace, &[account])?.remove(&account);
    Ok(match known {
        Some(worth) => worth.month(),
        None => Money {
            minor: 0,
            currency: currencies::reporting(tx, workspace)?,
        },
    })
}

fn ruled(tx: &mut Tx<'_>, actor: &Actor, account: AccountId) -> Result<Standing, DbError> {
    let tiers = ladders::open(tx, actor.workspace, Ladder::Tiers)?;
    let mrr = brings(tx, actor.workspace, account)?;
    let standing = Standing {
        tier: by_rule(&tiers, mrr.minor).cloned(),
        is_pinned: false,
        reason: String::new(),
        by: actor.signature(),
        at: tx.now(),
    };
    keep(tx, actor, account, &standing)?;
    Ok(standing)
}

fn keep(tx: &mut Tx<'_>, actor: &Actor, account: AccountId, standing: &Standing) -> Result<(), DbError> {
    let before = store::of(tx, actor.workspace, &[account])?.into_iter().next();
    let id = |standing: &Standing| standing.tier.as_ref().map(|tier| tier.id);
    let is_same = before.as_ref().is_some_and(|(_, old)| {
        (id(old), old.is_pinned, &old.reason) == (id(standing), standing.is_pinned, &standing.reason)
    });
    if is_same {
        return Ok(());
    }
    store::put(tx, actor.workspace, account, standing)?;
    if before.is_none() && standing.tier.is_none() {
        return Ok(());
    }
    let payload = json!({
        "tier": standing.tier.as_ref().map(|tier| &tier.text.name), "pinned": standing.is_pinned,
        "before": before.and_then(|(_, old)| old.tier.map(|tier| tier.text.name)),
    });
    let event = NewEvent::of(&MOVED, account)
        .topic(accounts::LIST)
        .topic(Ladder::Tiers.list());
    events::record(tx, actor, event.payload(payload))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ladders::RungText;

    #[test]
    fn the_highest_threshold_that_is_reached_decides() {
        let tier = |name: &str, place: i64, threshold| Rung {
            id: format!("rng_01k000000000000000000000{place:02}")
                .parse()
                .expect("an id"),
            ladder: Ladder::Tiers,
            text: RungText {
                name: name.to_owned(),
                threshold,
                ..RungText::default()
            },
            place,
            version: 1,
            archiving: None,
        };
        let tiers = [
            tier("Strategic", 1, None),
            tier("Premium", 2, Some(100_000)),
            tier("Basic", 3, Some(0)),
        ];
        let name = |mrr| by_rule(&tiers, mrr).map(|tier| tier.text.name.as_str());
        assert_eq!(
            (name(0), name(99_999), name(100_000)),
            (Some("Basic"), Some("Basic"), Some("Premium"))
        );
        assert_eq!(name(-1), None);
    }
}
