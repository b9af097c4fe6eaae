//! Which tickets have which of the workspace's own fields, and what stands in them before an agent solves a ticket.
//!
//! A *rule* says of a field for which kinds of ticket it is there, on which value of another field it depends, and whether agents
//! fill it in before solving. A field without a rule is on every ticket. What is not there keeps what stands in it.
//!
//! Whoever solves a ticket themselves is asked: on pages, for many at once, with a macro, by the API. What is solved by itself is
//! not, because nobody is there to answer: by the program, by a reply whose moment has come, and by taking back that it was opened.

pub mod api;
mod documents;
mod failures;
mod model;
pub mod operations;
mod store;
mod views;
pub mod web;

use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::events::{self, NewEvent};
use tandem_core::fields::conditions::deciding;
use tandem_core::fields::{self, Field, FieldId};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

pub use model::{Layout, Rule, RuleError};

use super::super::nouns::NOUN;
use super::super::{Ticket, TicketError};
use crate::forms::Asked;

/// The name of the list of rules, for pages that show it: that of fields.
pub const LIST: &str = fields::LIST;

/// The rules of all fields of tickets in use, in the order of the fields.
///
/// # Errors
/// [`RuleError::Forbidden`], or the database's.
pub fn all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<(Field, Rule)>, RuleError> {
    actor.must(Permission::TicketsRead)?;
    let rules = store::all(tx, actor.workspace)?;
    let open = fields::open(tx, actor.workspace, &NOUN)?;
    let with_rule = |field: Field| {
        let rule = rules.get(&field.id).cloned().unwrap_or_default();
        (field, rule)
    };
    Ok(open.into_iter().map(with_rule).collect())
}

/// A field of tickets and its rule.
///
/// # Errors
/// [`RuleError::Unknown`] for a field of no or another workspace, or of another noun; a missing permission.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: FieldId) -> Result<(Field, Rule), RuleError> {
    actor.must(Permission::TicketsRead)?;
    let known = fields::all(tx, actor.workspace, &NOUN)?;
    let field = known.into_iter().find(|field| field.id == id);
    let rule = store::all(tx, actor.workspace)?.remove(&id).unwrap_or_default();
    Ok((field.ok_or(RuleError::Unknown)?, rule))
}

/// Gives a field another rule, made from its version.
///
/// # Errors
/// [`RuleError`] for a missing permission, a condition that can't be, an unknown field, or a rule that someone changed meanwhile.
pub fn set(tx: &mut Tx<'_>, actor: &Actor, id: FieldId, wanted: &Rule) -> Result<(Field, Rule), RuleError> {
    actor.must(Permission::ShapeWrite)?;
    let (field, before) = find(tx, actor, id)?;
    if before.version != wanted.version {
        return Err(RuleError::Stale(Box::new(before)));
    }
    let mut rule = wanted.clone();
    rule.kinds.sort_by_key(|kind| kind.as_str());
    rule.kinds.dedup();
    if rule == before {
        return Ok((field, rule));
    }
    must_hold(tx, actor, id, &rule)?;
    rule.version += 1;
    store::put(tx, actor.workspace, id, &rule)?;
    let entry = Entry::of(Act::FieldRuleChanged, id).before(before.facts());
    audit::record(tx, actor, entry.after(rule.facts()).named(&field.text.label))?;
    let event = NewEvent::of(&fields::CHANGED, id).topic(LIST);
    let payload = json!({ "key": field.text.key, "noun": NOUN.key });
    events::record(tx, actor, event.payload(payload))?;
    Ok((field, rule))
}

/// Whether a field can depend on what it is said to depend on: a value of another field in use, which does not depend on it.
fn must_hold(tx: &mut Tx<'_>, actor: &Actor, id: FieldId, rule: &Rule) -> Result<(), RuleError> {
    let Some(when) = &rule.when else { return Ok(()) };
    let open = fields::open(tx, actor.workspace, &NOUN)?;
    let on = open.iter().find(|field| field.id == when.field);
    if !on.is_some_and(|on| deciding(on).contains(&when.value)) {
        return Err(RuleError::BadCondition);
    }
    let rules = store::all(tx, actor.workspace)?;
    let mut at = Some(when.field);
    for _ in 0..=open.len() {
        let Some(now) = at else { return Ok(()) };
        if now == id {
            return Err(RuleError::BadCondition);
        }
        let next = rules.get(&now).and_then(|rule| rule.when.as_ref());
        at = next.map(|when| when.field);
    }
    Ok(())
}

impl Layout {
    /// The fields of a workspace's tickets and their rules.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub fn read(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Self, DbError> {
        let open = fields::open(tx, workspace, &NOUN)?;
        Ok(Self::of(open, store::all(tx, workspace)?))
    }
}

/// Stops an agent from solving a ticket in which something is to be filled in before.
///
/// # Errors
/// [`TicketError::Unanswered`] with the fields, or the database's.
pub(in crate::tickets) fn must_be_answered(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ticket: &Ticket,
) -> Result<(), TicketError> {
    if actor.agent().is_none() {
        return Ok(());
    }
    let layout = Layout::read(tx, actor.workspace)?;
    if !layout.asks_before_solving() {
        return Ok(());
    }
    let values = super::values(tx, actor.workspace, layout.fields(), ticket.id)?;
    let missing = layout.missing(ticket.kind, &values);
    if missing.is_empty() {
        return Ok(());
    }
    let named = missing
        .into_iter()
        .map(|field| (field.text.key, field.text.label));
    Err(TicketError::Unanswered(named.collect()))
}

/// What is to be asked of a ticket before it is solved.
pub(in crate::tickets) fn questions(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: &Ticket,
) -> Result<Vec<Asked>, DbError> {
    let layout = Layout::read(tx, workspace)?;
    let values = super::values(tx, workspace, layout.fields(), ticket.id)?;
    Ok(layout.questions(ticket.kind, &values))
}
