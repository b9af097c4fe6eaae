//! The rules themselves: adding, changing, ordering, trying them out.

pub mod api;
pub mod operations;
mod store;

use kit::db::Tx;
use kit::id::AnyId;
use serde_json::{Value, json};

use super::{
    AssignmentError, CHANGED, Choice, Fits, LIST, Load, Rule, RuleId, RuleText, Target, choose, known, loads,
    store as assignment,
};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::agents::{self, AgentId};
use crate::audit::{self, Act, Entry};
use crate::events::{self, NewEvent};
use crate::permissions::Permission;
use crate::teams;

/// How many accounts a dry run looks at.
pub const TRIED: i64 = 500;

/// Adds a rule, to be asked after the others.
///
/// # Errors
/// [`AssignmentError`] for a missing permission, a name or a target that does not fit.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, text: &RuleText) -> Result<Rule, AssignmentError> {
    actor.must(Permission::ShapeWrite)?;
    let (name, target) = checked(tx, actor, text)?;
    let all = assignment::rules(tx, actor.workspace)?;
    let rule = Rule {
        id: tx.new_id(),
        name,
        conditions: text.conditions.clone(),
        target,
        method: text.method,
        last: None,
        place: all.iter().map(|rule| rule.place).max().unwrap_or(0) + 1,
        version: 1,
    };
    assignment::insert_rule(tx, actor.workspace, &rule)?;
    note(tx, actor, rule.id.into(), &rule.name, facts(&rule))?;
    Ok(rule)
}

/// Changes a rule.
///
/// # Errors
/// As of [`add`]; [`AssignmentError::UnknownRule`].
pub fn change(tx: &mut Tx<'_>, actor: &Actor, id: RuleId, text: &RuleText) -> Result<Rule, AssignmentError> {
    actor.must(Permission::ShapeWrite)?;
    let (name, target) = checked(tx, actor, text)?;
    let before = find(tx, actor, id)?;
    let rule = Rule {
        name,
        target,
        conditions: text.conditions.clone(),
        method: text.method,
        ..before.clone()
    };
    keep(tx, actor, &before, rule)
}

/// Takes the last change of a rule back; one that never changed stays as it is. Said twice it is changed again.
///
/// # Errors
/// [`AssignmentError::UnknownRule`].
pub fn take_back(tx: &mut Tx<'_>, actor: &Actor, id: RuleId) -> Result<Rule, AssignmentError> {
    actor.must(Permission::ShapeWrite)?;
    let now = find(tx, actor, id)?;
    match store::before(tx, actor, id)? {
        Some(before) => keep(tx, actor, &now, before),
        None => Ok(now),
    }
}

fn keep(tx: &mut Tx<'_>, actor: &Actor, before: &Rule, mut rule: Rule) -> Result<Rule, AssignmentError> {
    if *before == rule {
        return Ok(rule);
    }
    rule.version += 1;
    store::insert_change(tx, actor, before, rule.version)?;
    assignment::update_rule(tx, actor.workspace, &rule)?;
    note(tx, actor, rule.id.into(), &rule.name, facts(&rule))?;
    Ok(rule)
}

/// Moves a rule one place up or down; at the end it stays.
///
/// # Errors
/// [`AssignmentError::UnknownRule`].
pub fn step(tx: &mut Tx<'_>, actor: &Actor, id: RuleId, is_up: bool) -> Result<(), AssignmentError> {
    actor.must(Permission::ShapeWrite)?;
    let all = assignment::rules(tx, actor.workspace)?;
    let at = all
        .iter()
        .position(|rule| rule.id == id)
        .ok_or(AssignmentError::UnknownRule)?;
    let neighbour = if is_up { at.checked_sub(1) } else { Some(at + 1) };
    if let Some(other) = neighbour.and_then(|at| all.get(at)) {
        assignment::set_place(tx, actor.workspace, id, other.place)?;
        assignment::set_place(tx, actor.workspace, other.id, all[at].place)?;
        note(
            tx,
            actor,
            id.into(),
            &all[at].name,
            json!({ "place": other.place }),
        )?;
    }
    Ok(())
}

/// Puts a rule where the one numbered `number` stands, counted from one; beyond the end it is the last.
///
/// # Errors
/// As of [`step`].
pub fn place(tx: &mut Tx<'_>, actor: &Actor, id: RuleId, number: usize) -> Result<(), AssignmentError> {
    actor.must(Permission::ShapeWrite)?;
    let all = assignment::rules(tx, actor.workspace)?;
    let at = all
        .iter()
        .position(|rule| rule.id == id)
        .ok_or(AssignmentError::UnknownRule)?;
    let wanted = number.saturating_sub(1).min(all.len() - 1);
    // There are a handful of rules.
    for _ in wanted.min(at)..wanted.max(at) {
        step(tx, actor, id, wanted < at)?;
    }
    Ok(())
}

/// Removes a rule; owners that it chose stay.
///
/// # Errors
/// [`AssignmentError::UnknownRule`].
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: RuleId) -> Result<Rule, AssignmentError> {
    actor.must(Permission::ShapeWrite)?;
    let rule = find(tx, actor, id)?;
    store::insert_removal(tx, actor, id)?;
    note(tx, actor, id.into(), &rule.name, json!({ "removed": true }))?;
    Ok(rule)
}

/// Brings a removed rule back to where it stood; another stays as it is.
///
/// # Errors
/// [`AssignmentError::UnknownRule`].
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: RuleId) -> Result<Rule, AssignmentError> {
    actor.must(Permission::ShapeWrite)?;
    let was_removed = store::delete_removal(tx, actor, id)?;
    let rule = find(tx, actor, id)?;
    if was_removed {
        note(tx, actor, id.into(), &rule.name, json!({ "removed": false }))?;
    }
    Ok(rule)
}

/// The rule with this id.
///
/// # Errors
/// [`AssignmentError::UnknownRule`], [`AssignmentError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: RuleId) -> Result<Rule, AssignmentError> {
    actor.must(Permission::AccountsRead)?;
    let all = assignment::rules(tx, actor.workspace)?;
    all.into_iter()
        .find(|rule| rule.id == id)
        .ok_or(AssignmentError::UnknownRule)
}

/// Every rule in the order in which they are asked.
///
/// # Errors
/// [`AssignmentError::Forbidden`], or the database's.
pub fn all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Rule>, AssignmentError> {
    actor.must(Permission::AccountsRead)?;
    Ok(assignment::rules(tx, actor.workspace)?)
}

/// An account of a dry run: its id and name, and whom it would get by which rule.
pub type DryRun = (AccountId, String, Option<(AgentId, String)>);

/// What the rules would do now with the accounts that have no owner: each with whom it would get, by which rule. Everybody's
/// load grows along the way, as it would. Nothing is changed. `draft` stands in for the rule with its id, or comes last.
///
/// # Errors
/// As of [`add`].
pub fn try_out(
    tx: &mut Tx<'_>,
    actor: &Actor,
    draft: Option<(Option<RuleId>, &RuleText)>,
) -> Result<Vec<DryRun>, AssignmentError> {
    actor.must(Permission::ShapeWrite)?;
    let mut rules = assignment::rules(tx, actor.workspace)?;
    if let Some((id, text)) = draft {
        let (name, target) = checked(tx, actor, text)?;
        let place = rules.iter().position(|rule| Some(rule.id) == id);
        let rule = Rule {
            id: id.unwrap_or_else(|| tx.new_id()),
            name,
            conditions: text.conditions.clone(),
            target,
            method: text.method,
            last: place.and_then(|at| rules[at].last),
            place: 0,
            version: 0,
        };
        match place {
            Some(at) => rules[at] = rule,
            None => rules.push(rule),
        }
    }
    let mut loads = loads(tx, actor.workspace)?;
    let mut tried = Vec::new();
    for (id, name) in assignment::unowned(tx, actor.workspace, None, TRIED)? {
        // A dry run is bounded, see TRIED.
        let Some(account) = accounts::find(tx, actor, id).map_err(AssignmentError::from)? else {
            continue;
        };
        let fits = known(tx, actor.workspace, &account)?;
        let chosen =
            choose(&rules, &fits, &loads).map(|choice| (choice.rule.id, choice.agent, named(&choice)));
        if let Some((rule, agent, _)) = &chosen {
            take(&mut rules, &mut loads, *rule, *agent, &fits);
        }
        tried.push((id, name, chosen.map(|(_, agent, words)| (agent, words))));
    }
    Ok(tried)
}

fn named(choice: &Choice<'_>) -> String {
    let load = choice.among.iter().find(|load| load.agent == choice.agent);
    format!(
        "{} · {}",
        load.map_or("", |load| load.name.as_str()),
        choice.rule.name
    )
}

/// Carries along that an account went to `agent` by `rule`.
pub(super) fn take(rules: &mut [Rule], loads: &mut [Load], rule: RuleId, agent: AgentId, fits: &Fits) {
    for load in loads.iter_mut().filter(|load| load.agent == agent) {
        load.accounts += 1;
        load.mrr = load.mrr.saturating_add(fits.mrr);
        if let Some(tier) = fits.tier {
            *load.on_tiers.entry(tier).or_default() += 1;
        }
    }
    for rule in rules.iter_mut().filter(|one| one.id == rule) {
        rule.last = Some(agent);
    }
}

fn checked(tx: &mut Tx<'_>, actor: &Actor, text: &RuleText) -> Result<(String, Target), AssignmentError> {
    let name: String = text.name.trim().chars().filter(|c| !c.is_control()).collect();
    if name.is_empty() || name.chars().count() > 80 {
        return Err(AssignmentError::BadName);
    }
    let conditions = &text.conditions;
    if [conditions.mrr_from, conditions.mrr_below]
        .into_iter()
        .flatten()
        .any(|amount| amount < 0)
    {
        return Err(AssignmentError::BadCapacity);
    }
    let target = text.target.ok_or(AssignmentError::BadTarget)?;
    let is_known = match target {
        Target::Agent(agent) => agents::find(tx, actor.workspace, agent)?.is_some(),
        Target::Team(team) => teams::all(tx, actor.workspace)?.iter().any(|one| one.id == team),
    };
    if is_known {
        Ok((name, target))
    } else {
        Err(AssignmentError::BadTarget)
    }
}

fn facts(rule: &Rule) -> Value {
    let target = match rule.target {
        Target::Agent(agent) => agent.to_string(),
        Target::Team(team) => team.to_string(),
    };
    json!({ "name": rule.name, "conditions": rule.conditions, "target": target, "method": rule.method })
}

pub(super) fn note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    subject: AnyId,
    name: &str,
    after: Value,
) -> Result<(), AssignmentError> {
    audit::record(
        tx,
        actor,
        Entry::of(Act::AssignmentChanged, subject)
            .named(name)
            .after(after),
    )?;
    events::record(tx, actor, NewEvent::of(&CHANGED, subject).topic(LIST))?;
    Ok(())
}
