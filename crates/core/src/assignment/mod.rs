//! Assignment: which agent looks after which account.
//!
//! An account has one *owner* or none; the owners before are spans with days. A new account gets its owner from the first
//! *rule* that fits it and finds somebody with room; where none does, it stands in the list without owner, and waits. Whoever
//! leaves the company leaves their open accounts to the rules, where there are any. Why an account has its owner is kept with the
//! span: the rule, and what everybody had at that time.

pub mod api;
pub mod books;
pub mod capacities;
mod choosing;
mod failures;
mod form;
pub mod jobs;
mod model;
pub mod rules;
mod store;
mod views;
pub mod waiting;
pub mod web;

use std::collections::BTreeMap;

use kit::db::{DbError, Tx};
use serde_json::json;

pub use choosing::{Choice, choose};
pub use model::{
    AssignmentError, Capacity, Conditions, Fits, Load, Method, Rule, RuleText, Span, Target, Why,
};

use crate::accounts::merging::{Part, Way};
use crate::accounts::{self, Account, AccountId};
use crate::actor::Actor;
use crate::agents::{self, AgentId};
use crate::events::{self, Kind, NewEvent};
use crate::ladders::RungId;
use crate::panels::{Panel, Place};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;
use crate::{stages, tiers, workspaces};

/// What a merge of accounts does with their owners.
pub const MERGES: Part = Part::new("account_owners", Way::Choose("owner"));

/// The same of those that wait for one: it waits where it is, until its merge is taken back.
pub const WAITS: Part = Part::new("assignment_waits", Way::Keep);

kit::id! {
    /// A rule of assignment.
    RuleId, "rul"
}

/// An account has another owner, or none.
pub const MOVED: Kind = Kind::new("account.owner_changed", Permission::AccountsRead);
/// The rules or somebody's capacity are others.
pub const CHANGED: Kind = Kind::new("assignment.changed", Permission::AccountsRead);

/// The panel of the account's page: its owner, and why.
pub const PANEL: Panel = Panel::new(
    "owner",
    Place::Account,
    Permission::AccountsRead,
    "/accounts/{id}/owner",
);

/// The name of the rules, for pages that show them.
pub const LIST: &str = "assignment";

/// Gives an account an owner by hand, or takes it away; gives the owner before. Said twice it changes nothing.
///
/// # Errors
/// [`AssignmentError`].
pub fn give(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    agent: Option<AgentId>,
) -> Result<Option<AgentId>, AssignmentError> {
    actor.must(Permission::AccountsWrite)?;
    if !accounts::exists(tx, actor.workspace, account)? {
        return Err(AssignmentError::UnknownAccount);
    }
    if let Some(agent) = agent {
        let found = agents::find(tx, actor.workspace, agent)?;
        found
            .filter(|agent| agent.is_active)
            .ok_or(AssignmentError::UnknownAgent)?;
    }
    put(tx, actor, account, agent, &Why::ByHand)
}

/// Gives an account without owner the one whom the rules choose; gives the owner. Doing it twice is no harm.
///
/// # Errors
/// As of [`give`].
pub fn assign(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Option<AgentId>, AssignmentError> {
    assign_many(tx, workspace, &[account])?;
    let now = store::now(tx, workspace, &[account])?.into_iter().next();
    Ok(now.map(|(_, span)| span.agent))
}

/// The same for several accounts, with what everybody has counted once and carried along.
///
/// # Errors
/// As of [`give`].
pub fn assign_many(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<(), AssignmentError> {
    let mut rules = store::rules(tx, workspace)?;
    if rules.is_empty() {
        return Ok(());
    }
    let actor = Actor::system(workspace, "assignment");
    let held: BTreeMap<AccountId, Span> = store::now(tx, workspace, accounts)?.into_iter().collect();
    let mut loads = loads(tx, workspace)?;
    for id in accounts.iter().filter(|id| !held.contains_key(*id)) {
        let Some(account) = accounts::find(tx, &actor, *id)? else {
            continue;
        };
        let fits = known(tx, workspace, &account)?;
        let Some(choice) = choose(&rules, &fits, &loads) else {
            // Nobody is to come, so there is nothing to wait for.
            match fits.gets_owner() {
                true => waiting::store::wait(tx, workspace, *id)?,
                false => waiting::store::stop_waiting(tx, workspace, *id)?,
            }
            continue;
        };
        let (rule, agent, why) = (choice.rule.id, choice.agent, choice.why());
        if choice.rule.method == Method::RoundRobin {
            store::set_last(tx, workspace, rule, agent)?;
        }
        put(tx, &actor, *id, Some(agent), &why)?;
        rules::take(&mut rules, &mut loads, rule, agent, &fits);
    }
    Ok(())
}

/// Whether `workspace` has rules at all.
pub(crate) fn has_rules(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<bool, DbError> {
    Ok(!store::rules(tx, workspace)?.is_empty())
}

/// What rules ask of an account.
///
/// # Errors
/// [`DbError`] of the database.
pub fn known(tx: &mut Tx<'_>, workspace: WorkspaceId, account: &Account) -> Result<Fits, DbError> {
    use kit::id::TypedId;
    let id = account.id;
    let tags = crate::tags::of(tx, workspace, &accounts::NOUN, id.uuid())?;
    Ok(Fits {
        kind: account.kind,
        tier: tiers::of(tx, workspace, &[id])?
            .remove(&id)
            .and_then(|standing| standing.tier.map(|tier| tier.id)),
        service: tiers::service::of(tx, workspace, &[id])?.remove(&id),
        stage: stages::now(tx, workspace, &[id])?
            .remove(&id)
            .map(|stage| stage.id),
        tags: tags.into_iter().map(|tag| tag.id).collect(),
        mrr: crate::worth::of(tx, workspace, &[id])?
            .remove(&id)
            .map_or(0, |worth| worth.mrr),
    })
}

/// What every active agent looks after, by name.
///
/// # Errors
/// [`DbError`] of the database.
pub fn loads(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Load>, DbError> {
    let today = workspaces::today(tx, workspace)?;
    let held: BTreeMap<AgentId, (i64, i64)> = store::held(tx, workspace)?.into_iter().collect();
    let capacities: BTreeMap<AgentId, Capacity> = store::capacities(tx, workspace)?.into_iter().collect();
    let mut on_tiers = on_tiers(tx, workspace)?;
    let teams = crate::teams::all(tx, workspace)?;
    let agents = agents::all(tx, workspace)?;
    let load = |agent: agents::Agent| {
        let (accounts, mrr) = held.get(&agent.id).copied().unwrap_or_default();
        let capacity = capacities.get(&agent.id).cloned().unwrap_or_default();
        let of = teams
            .iter()
            .filter(|team| team.archiving.is_none() && team.members.contains(&agent.id));
        Load {
            teams: of.map(|team| team.id).collect(),
            is_away: capacity.away_until.is_some_and(|until| until >= today),
            on_tiers: on_tiers.remove(&agent.id).unwrap_or_default(),
            agent: agent.id,
            name: agent.name,
            accounts,
            mrr,
            capacity,
        }
    };
    let able = agents
        .into_iter()
        .filter(|agent| agent.is_active && !agent.is_machine);
    Ok(able.map(load).collect())
}

/// How many open accounts of which tier everybody has; nothing where no tier has a limit, which spares the counting.
fn on_tiers(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
) -> Result<BTreeMap<AgentId, BTreeMap<RungId, i64>>, DbError> {
    let services = tiers::service::all(tx, workspace)?;
    let mut found: BTreeMap<AgentId, BTreeMap<RungId, i64>> = BTreeMap::new();
    if services.values().all(|service| service.most.is_none()) {
        return Ok(found);
    }
    for (agent, tier, accounts) in store::held_on_tiers(tx, workspace)? {
        found.entry(agent).or_default().insert(tier, accounts);
    }
    Ok(found)
}

/// Who looks after these accounts.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, Span>, DbError> {
    Ok(store::now(tx, workspace, accounts)?.into_iter().collect())
}

/// Who looked after an account, the present one first.
///
/// # Errors
/// [`AssignmentError::UnknownAccount`], [`AssignmentError::Forbidden`], or the database's.
pub fn spans(tx: &mut Tx<'_>, actor: &Actor, account: AccountId) -> Result<Vec<Span>, AssignmentError> {
    actor.must(Permission::AccountsRead)?;
    if !accounts::exists(tx, actor.workspace, account)? {
        return Err(AssignmentError::UnknownAccount);
    }
    Ok(store::spans(tx, actor.workspace, account)?)
}

/// Up to `limit` open accounts of an agent, or of nobody, by name after `after`: the folded name and the id of the last.
///
/// # Errors
/// [`AssignmentError::Forbidden`], or the database's.
pub fn book(
    tx: &mut Tx<'_>,
    actor: &Actor,
    agent: Option<AgentId>,
    after: Option<&accounts::Cursor>,
    limit: i64,
) -> Result<Vec<(AccountId, String)>, AssignmentError> {
    actor.must(Permission::AccountsRead)?;
    Ok(match agent {
        Some(agent) => store::book(tx, actor.workspace, agent, after, limit)?,
        None => store::unowned(tx, actor.workspace, after, limit)?,
    })
}

/// Says how many accounts and how much revenue somebody can look after, and until when they are away.
///
/// # Errors
/// [`AssignmentError::BadCapacity`], [`AssignmentError::UnknownAgent`], or the database's.
pub fn set_capacity(
    tx: &mut Tx<'_>,
    actor: &Actor,
    agent: AgentId,
    capacity: &Capacity,
) -> Result<(), AssignmentError> {
    actor.must(Permission::ShapeWrite)?;
    if capacity.accounts.is_some_and(|most| most < 0) || capacity.mrr.is_some_and(|most| most < 0) {
        return Err(AssignmentError::BadCapacity);
    }
    let found = agents::find(tx, actor.workspace, agent)?.ok_or(AssignmentError::UnknownAgent)?;
    store::put_capacity(tx, actor.workspace, agent, capacity)?;
    let after =
        json!({ "accounts": capacity.accounts, "mrr": capacity.mrr, "away_until": capacity.away_until });
    rules::note(tx, actor, agent.into(), &found.name, after)
}

fn put(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    agent: Option<AgentId>,
    why: &Why,
) -> Result<Option<AgentId>, AssignmentError> {
    let before = store::now(tx, actor.workspace, &[account])?.into_iter().next();
    let before = before.map(|(_, span)| span.agent);
    if before == agent {
        return Ok(before);
    }
    store::end(tx, actor.workspace, account, tx.now())?;
    if let Some(agent) = agent {
        waiting::store::stop_waiting(tx, actor.workspace, account)?;
        store::begin(tx, actor.workspace, account, (agent, why), &actor.signature())?;
    }
    let mut event = NewEvent::of(&MOVED, account).topic(accounts::LIST).topic(LIST);
    for agent in [before, agent].into_iter().flatten() {
        event = event.topic(agent);
    }
    events::record(
        tx,
        actor,
        event.payload(json!({ "owner": agent, "before": before })),
    )?;
    Ok(before)
}
