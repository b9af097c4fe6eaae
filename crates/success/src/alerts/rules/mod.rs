//! Rules of early warning: which there are, what they say, and changing them. A change makes a new version; alerts name the one
//! that found them. Those of the library come with the workspace and are changed like any other.

pub mod api;
mod form;
mod library;
mod model;
mod store;
mod views;
pub mod web;

use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::events::{self, NewEvent};
use tandem_core::ladders::{self, Ladder};
use tandem_core::metrics::own::Use;
use tandem_core::metrics::{self, Producers};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::{AlertError, LIST, RULES, past};

pub(crate) use views::name;

pub use model::{Condition, Content, MOST_CONDITIONS, Rule};

pub(super) use model::written;
pub(super) use views::says;

kit::id! {
    /// A rule of early warning.
    WarningRuleId, "wrl"
}

/// Every rule that was not removed; the library's come with the first look.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn in_force(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Rule>, DbError> {
    let known = store::keys(tx, workspace)?;
    for usual in library::RULES
        .iter()
        .filter(|usual| !known.iter().any(|key| key == usual.key))
    {
        let rule = Rule {
            id: tx.new_id(),
            key: usual.key.to_owned(),
            content: usual.content(),
            version: 1,
            made_at: tx.now(),
            made_by: Actor::system(workspace, "alerts").signature(),
        };
        store::insert(tx, workspace, &rule)?;
    }
    store::rules(tx, workspace)
}

/// Every rule that was not removed and is kept already.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn kept(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Rule>, DbError> {
    store::rules(tx, workspace)
}

/// Every rule there ever was, as it was last, removed ones too.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn ever(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Rule>, DbError> {
    store::ever(tx, workspace)
}

/// A rule as a version said it.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn as_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: WarningRuleId,
    version: i64,
) -> Result<Option<Rule>, DbError> {
    store::version(tx, workspace, id, version)
}

/// Whether the actor may see every metric that a rule looks at.
pub(super) fn may_see(rule: &Rule, producers: &Producers, actor: &Actor) -> bool {
    let needs = |condition: &Condition| past::needs(producers, &condition.metric);
    let mut conditions = rule.content.conditions.iter();
    conditions.all(|condition| needs(condition).is_none_or(|needs| actor.may(needs)))
}

/// The rules whose metrics the actor may not see.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn hidden(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<WarningRuleId>, DbError> {
    let producers = metrics::producers(tx, actor.workspace)?;
    let all = store::ever(tx, actor.workspace)?;
    let hidden = all.iter().filter(|rule| !may_see(rule, &producers, actor));
    Ok(hidden.map(|rule| rule.id).collect())
}

/// The rules of the workspace, risks first; none before the first account was looked at.
///
/// # Errors
/// [`AlertError::Forbidden`], or the database's.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Rule>, AlertError> {
    actor.must(Permission::AlertsRead)?;
    let mut rules = store::rules(tx, actor.workspace)?;
    rules.sort_by_key(|rule| rule.content.way);
    Ok(rules)
}

/// One of them.
///
/// # Errors
/// [`AlertError::UnknownRule`], a missing permission, or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: WarningRuleId) -> Result<Rule, AlertError> {
    let held = list(tx, actor)?;
    held.into_iter()
        .find(|rule| rule.id == id)
        .ok_or(AlertError::UnknownRule)
}

/// Adds a rule; all accounts are looked at in the background.
///
/// # Errors
/// [`AlertError`].
pub fn add(tx: &mut Tx<'_>, actor: &Actor, content: &Content) -> Result<Rule, AlertError> {
    actor.must(Permission::ShapeWrite)?;
    in_force(tx, actor.workspace)?;
    let rule = Rule {
        id: tx.new_id(),
        key: String::new(),
        content: checked(tx, actor, content, None)?,
        version: 1,
        made_at: tx.now(),
        made_by: actor.signature(),
    };
    store::insert(tx, actor.workspace, &rule)?;
    tell(tx, actor, (None, Some(&rule)))?;
    Ok(rule)
}

/// Changes a rule as of `version`.
///
/// # Errors
/// [`AlertError`]; [`AlertError::Stale`] with the rule as it is now.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: WarningRuleId,
    version: i64,
    content: &Content,
) -> Result<Rule, AlertError> {
    actor.must(Permission::ShapeWrite)?;
    let now = find(tx, actor, id)?;
    if now.version != version {
        return Err(AlertError::Stale(Box::new(now)));
    }
    let content = checked(tx, actor, content, Some(&now))?;
    if content == now.content {
        return Ok(now);
    }
    let rule = Rule {
        content,
        version: version + 1,
        made_at: tx.now(),
        made_by: actor.signature(),
        ..now.clone()
    };
    store::update(tx, actor.workspace, &rule)?;
    tell(tx, actor, (Some(&now), Some(&rule)))?;
    Ok(rule)
}

/// Removes a rule; its open alerts close.
///
/// # Errors
/// As of [`find`].
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: WarningRuleId) -> Result<Rule, AlertError> {
    actor.must(Permission::ShapeWrite)?;
    let rule = find(tx, actor, id)?;
    let (now, by) = (tx.now(), actor.signature());
    store::set_removed(tx, actor.workspace, id, Some((now, &by)))?;
    tell(tx, actor, (Some(&rule), None))?;
    Ok(rule)
}

/// Brings a removed rule back; one that is in force stays as it is.
///
/// # Errors
/// [`AlertError::UnknownRule`], a missing permission, or the database's.
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: WarningRuleId) -> Result<Rule, AlertError> {
    actor.must(Permission::ShapeWrite)?;
    let ever = store::ever(tx, actor.workspace)?;
    let rule = ever.into_iter().find(|rule| rule.id == id);
    let rule = rule.ok_or(AlertError::UnknownRule)?;
    if list(tx, actor)?.iter().any(|held| held.id == id) {
        return Ok(rule);
    }
    store::set_removed(tx, actor.workspace, id, None)?;
    tell(tx, actor, (None, Some(&rule)))?;
    Ok(rule)
}

fn checked(
    tx: &mut Tx<'_>,
    actor: &Actor,
    content: &Content,
    now: Option<&Rule>,
) -> Result<Content, AlertError> {
    let name: String = content.name.trim().chars().filter(|c| !c.is_control()).collect();
    // Those of the library are called by the reader's language until somebody names them.
    let may_be_nameless = now.is_some_and(|now| !now.key.is_empty());
    if name.chars().count() > 80 || (name.is_empty() && !may_be_nameless) {
        return Err(AlertError::BadName);
    }
    for (ladder, rung) in [(Ladder::Stages, content.stage), (Ladder::Tiers, content.tier)] {
        if let Some(rung) = rung {
            ladders::find(tx, actor.workspace, ladder, rung)?.ok_or(AlertError::UnknownRung)?;
        }
    }
    let producers = metrics::producers(tx, actor.workspace)?;
    let content = Content {
        name,
        ..content.clone()
    };
    content.checked(&producers)
}

/// The rules that look at a metric, for whoever asks what uses it.
///
/// # Errors
/// [`DbError`] of the database.
pub fn by_metric(tx: &mut Tx<'_>, actor: &Actor, metric: &str) -> Result<Vec<Use>, DbError> {
    let may_see = actor.may(Permission::AlertsRead);
    let all = store::rules(tx, actor.workspace)?.into_iter();
    let uses = all.filter(|rule| rule.content.conditions.iter().any(|one| one.metric == metric));
    let used = |rule: Rule| Use {
        kind: "alerts-rules",
        name: if may_see { rule.content.name } else { String::new() },
        path: format!("/settings/warnings/{}", rule.id),
    };
    Ok(uses.map(used).collect())
}

fn tell(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (before, after): (Option<&Rule>, Option<&Rule>),
) -> Result<(), AlertError> {
    let said = |rule: Option<&Rule>| {
        rule.map(|rule| json!({ "key": rule.key, "version": rule.version, "content": rule.content }))
    };
    let id = before
        .or(after)
        .map(|rule| rule.id)
        .expect("one of them is there");
    let mut entry = Entry::of(Act::WarningRulesChanged, id);
    if let Some(before) = said(before) {
        entry = entry.before(before);
    }
    if let Some(after) = said(after) {
        entry = entry.after(after);
    }
    audit::record(tx, actor, entry)?;
    events::record(tx, actor, NewEvent::of(&RULES, id).topic(LIST))?;
    Ok(())
}
