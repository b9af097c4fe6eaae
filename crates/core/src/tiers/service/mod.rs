//! The service of a tier: what accounts on it get. Its *touch model* says how they are looked after, by themselves, by
//! programs or by people; beside it stand the channels they have, the *cadence* in which somebody turns to them in person,
//! whether each has a person of its own, and how many of them one person looks after.
//!
//! A tier of which nothing is said promises nothing and forbids nothing. What is said has effects: the rules of assignment ask
//! for it, the lists show it, and the day of an account's next touch is a metric, on which warnings and home go.

pub mod api;
pub mod column;
mod failures;
pub mod jobs;
pub mod measures;
mod model;
mod store;
pub mod supply;
mod views;
pub mod web;

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use serde_json::json;

pub use model::{CHANNELS, LONGEST, MOST, Service, ServiceError, TouchModel};

use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::events::{self, Kind, NewEvent};
use crate::ladders::{self, Ladder, RungId};
use crate::panels::{Panel, Place};
use crate::permissions::Permission;
use crate::workspaces::{self, WorkspaceId};
use crate::{tiers, touchpoints};

/// A tier gives another service.
pub const CHANGED: Kind = Kind::new("tier.service_changed", Permission::AccountsRead);
/// Accounts get another service; they are the further subjects.
pub const REACHED: Kind = Kind::new("accounts.service_changed", Permission::AccountsRead);

/// The panel of the account's page and of the ticket's side: what the account gets.
pub const PANEL: Panel = Panel {
    is_wanted: Some(is_said),
    ..Panel::new(
        "service",
        Place::Account,
        Permission::AccountsRead,
        "/accounts/{id}/service",
    )
};

/// Says what a tier gives, made from `version` where one was seen; nothing takes away what was said. Gives what it gave before.
///
/// # Errors
/// [`ServiceError`].
pub fn set(
    tx: &mut Tx<'_>,
    actor: &Actor,
    tier: RungId,
    version: Option<i64>,
    service: Option<Service>,
) -> Result<Option<Service>, ServiceError> {
    actor.must(Permission::ShapeWrite)?;
    let found = ladders::find(tx, actor.workspace, Ladder::Tiers, tier)?;
    let rung = found.ok_or(ServiceError::UnknownTier)?;
    let before = of_tier(tx, actor.workspace, tier)?;
    let present = before.as_ref().map_or(0, |service| service.version);
    if version.is_some_and(|version| version != present) {
        return Err(ServiceError::Stale(tier));
    }
    let after = match service {
        Some(service) => Some(Service {
            version: present,
            ..service.checked()?
        }),
        None => None,
    };
    if before == after {
        return Ok(before);
    }
    match &after {
        Some(service) => {
            let next = Service {
                version: present + 1,
                ..service.clone()
            };
            store::put(tx, actor.workspace, tier, &next, &actor.signature())?;
        }
        None => store::delete(tx, actor.workspace, tier)?,
    }
    let entry = Entry::of(Act::TierServiceChanged, tier).named(&rung.text.name);
    let entry = entry.before(facts(before.as_ref())).after(facts(after.as_ref()));
    audit::record(tx, actor, entry)?;
    let model = |service: &Option<Service>| service.as_ref().map(|service| service.model);
    let payload = json!({ "model": model(&after), "before": model(&before) });
    let event = NewEvent::of(&CHANGED, tier).topic(Ladder::Tiers.list());
    events::record(tx, actor, event.payload(payload))?;
    Ok(before)
}

fn facts(service: Option<&Service>) -> serde_json::Value {
    service.map_or(serde_json::Value::Null, |service| {
        json!({
            "model": service.model, "channels": service.channels, "cadence": service.cadence,
            "has_owner": service.has_owner, "most": service.most,
        })
    })
}

/// What every tier gives of which it is said.
///
/// # Errors
/// [`DbError`] of the database.
pub fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<BTreeMap<RungId, Service>, DbError> {
    Ok(store::all(tx, workspace)?.into_iter().collect())
}

/// What a tier gives.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of_tier(tx: &mut Tx<'_>, workspace: WorkspaceId, tier: RungId) -> Result<Option<Service>, DbError> {
    Ok(all(tx, workspace)?.remove(&tier))
}

/// Whether anything is said of any tier.
///
/// # Errors
/// [`DbError`] of the database.
pub fn has_any(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<bool, DbError> {
    Ok(!all(tx, workspace)?.is_empty())
}

fn is_said(tx: &mut Tx<'_>, actor: &Actor) -> Result<bool, DbError> {
    has_any(tx, actor.workspace)
}

/// What these accounts get; those of whose tiers nothing is said are left out.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, Service>, DbError> {
    let said = all(tx, workspace)?;
    if said.is_empty() {
        return Ok(BTreeMap::new());
    }
    let standing = tiers::of(tx, workspace, accounts)?.into_iter();
    Ok(standing
        .filter_map(|(account, standing)| Some((account, said.get(&standing.tier?.id)?.clone())))
        .collect())
}

/// Up to `limit` accounts that are looked after like this, by the word of a touch model.
pub(crate) fn some(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    model: &str,
    limit: i64,
) -> Result<Vec<AccountId>, DbError> {
    store::looked_after(tx, workspace, model, limit)
}

/// When somebody was last at an account, and when they are to be there next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// When somebody there and somebody here last had to do with each other; none for never.
    pub last: Option<Timestamp>,
    /// The last day on which the next touch is within the cadence: counted from the last one, or from when the account came.
    pub next: Day,
}

/// The rhythm of an account; none where it has no cadence, is closed, or is not there.
///
/// # Errors
/// [`DbError`] of the database.
pub fn rhythm(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Option<Rhythm>, DbError> {
    let Some(service) = of(tx, workspace, &[account])?.remove(&account) else {
        return Ok(None);
    };
    let found = accounts::bulk::found(tx, workspace, &[account])?
        .into_iter()
        .next();
    let Some((_, account)) = found.filter(|(_, account)| account.is_open()) else {
        return Ok(None);
    };
    let last = touchpoints::last_personal(tx, workspace, account.id)?;
    let zone = workspaces::zone(tx, workspace)?;
    let next = service.next(Day::of(last.unwrap_or(account.created_at), &zone));
    Ok(next.map(|next| Rhythm { last, next }))
}
