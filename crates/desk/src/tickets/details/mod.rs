//! What a workspace wants to know of tickets in its own fields: values, who changed them, and taking that back.
//!
//! Fields and values are those of `core` (`tandem_core::fields`); here is the history that every change of them leaves, whoever
//! makes it: a person, a program, the form of a channel. A merged ticket keeps its values. Which tickets have which fields, and
//! what stands in them before somebody solves one, is said by [`rules`].

pub mod api;
pub mod rules;
pub(super) mod solving;
mod store;
pub mod web;

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::fields::{self, Field, FieldError, FieldId, FieldValue, Shift};
use tandem_core::panels::{Panel, Place};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::nouns::NOUN;
use super::{TicketError, TicketId};
use crate::own_views;

kit::id! {
    /// A value of a ticket's own field that became another.
    DetailChangeId, "tdc"
}

/// The panel beside a ticket: its own fields.
pub const PANEL: Panel = Panel::new(
    "ticket-details",
    Place::Case,
    Permission::TicketsRead,
    "/tickets/{id}/details",
);

/// How many changes of one ticket are read at most.
const MOST: i64 = 200;

/// A value that became another.
#[derive(Clone, Debug, PartialEq)]
pub struct DetailChange {
    /// Its id.
    pub id: DetailChangeId,
    /// The ticket.
    pub ticket: TicketId,
    /// The field.
    pub field: FieldId,
    /// What stood there, as programs see it; null for nothing.
    pub before: Value,
    /// What stands there since.
    pub after: Value,
    /// Who changed it: a signature.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// The change that it took back.
    pub undoes: Option<DetailChangeId>,
}

/// Writes down that values of a ticket are others: what [`NOUN`] does whenever fields are filled in.
pub(super) fn keep(tx: &mut Tx<'_>, actor: &Actor, ticket: Uuid, shifts: &[Shift]) -> Result<(), DbError> {
    for shift in shifts {
        let change = DetailChange {
            id: tx.new_id(),
            ticket: TicketId::from_uuid(ticket),
            field: shift.field.id,
            before: written(shift.before.as_ref()),
            after: written(shift.after.as_ref()),
            author: actor.signature(),
            at: tx.now(),
            undoes: None,
        };
        store::insert(tx, actor.workspace, &change)?;
    }
    // Views may ask for what stands there.
    match super::with_id(tx, actor.workspace, TicketId::from_uuid(ticket))? {
        Some(ticket) => own_views::follow(tx, actor.workspace, &ticket),
        None => Ok(()),
    }
}

fn written(value: Option<&FieldValue>) -> Value {
    value.map_or(Value::Null, FieldValue::json)
}

/// Takes back what the actor filled in last in a ticket, all of it at once. Taking it back can be taken back too.
///
/// # Errors
/// [`TicketError::ChangedMeanwhile`] when something else stands there by now, [`TicketError::Unknown`] for a ticket of no or
/// another workspace or where the actor has filled nothing in, or a missing permission.
pub fn undo(tx: &mut Tx<'_>, actor: &Actor, ticket: TicketId) -> Result<(), TicketError> {
    actor.must(Permission::TicketsWrite)?;
    super::find(tx, actor, ticket)?.ok_or(TicketError::Unknown)?;
    let own = store::last_act(tx, actor.workspace, ticket, &actor.signature())?;
    if own.is_empty() {
        return Err(TicketError::Unknown);
    }
    let fields = fields::all(tx, actor.workspace, &NOUN)?;
    let now = values(tx, actor.workspace, &fields, ticket)?;
    let mut back = Vec::new();
    for change in &own {
        let field = fields.iter().find(|field| field.id == change.field);
        let field = field.ok_or(TicketError::ChangedMeanwhile)?;
        if written(now.get(field.id)) != change.after {
            return Err(TicketError::ChangedMeanwhile);
        }
        let before = FieldValue::read(field, &change.before).map_err(|_| TicketError::ChangedMeanwhile)?;
        back.push((field.id, before));
    }
    fields::put_back(tx, actor, &NOUN, ticket.into(), &back).map_err(of_field)?;
    let made = store::last_act(tx, actor.workspace, ticket, &actor.signature())?;
    for change in made {
        let undone = own.iter().find(|one| one.field == change.field);
        if let Some(undone) = undone.filter(|undone| undone.id != change.id) {
            store::set_undoes(tx, actor.workspace, change.id, undone.id)?;
        }
    }
    Ok(())
}

fn of_field(error: FieldError) -> TicketError {
    match error {
        FieldError::Forbidden(missing) => missing.into(),
        FieldError::Db(error) => error.into(),
        _ => TicketError::BadField,
    }
}

/// What stands in a ticket's own fields.
fn values(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    fields: &[Field],
    ticket: TicketId,
) -> Result<fields::Values, DbError> {
    let mut values = fields::of_many(tx, workspace, fields, &[ticket.uuid()])?;
    Ok(values.remove(&ticket.uuid()).unwrap_or_default())
}

/// The values of several tickets by the fields' keys, those in use, in words that machines read.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of_many(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    tickets: &[TicketId],
) -> Result<(Vec<Field>, BTreeMap<Uuid, fields::Values>), DbError> {
    let open = fields::open(tx, workspace, &NOUN)?;
    if open.is_empty() {
        return Ok((open, BTreeMap::new()));
    }
    let ids: Vec<Uuid> = tickets.iter().map(|ticket| ticket.uuid()).collect();
    let values = fields::of_many(tx, workspace, &open, &ids)?;
    Ok((open, values))
}

/// Whether something stands in a ticket's own fields.
pub(super) fn says_something(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<bool, DbError> {
    let (_, found) = of_many(tx, workspace, &[ticket])?;
    Ok(found.get(&ticket.uuid()).is_some_and(|values| !values.is_empty()))
}

/// What became of a ticket's own fields, the oldest first, each with its field.
pub(super) fn history(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Vec<(DetailChange, Field)>, DbError> {
    let mut changes = store::changes(tx, workspace, ticket, MOST)?;
    if changes.is_empty() {
        return Ok(Vec::new());
    }
    changes.reverse();
    let fields = fields::all(tx, workspace, &NOUN)?;
    let with_field = |change: DetailChange| {
        let field = fields.iter().find(|field| field.id == change.field)?;
        Some((change, field.clone()))
    };
    Ok(changes.into_iter().filter_map(with_field).collect())
}

/// The words of a ticket's values, for the search.
pub(super) fn words(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Vec<String>, DbError> {
    let (open, found) = of_many(tx, workspace, &[ticket])?;
    let Some(values) = found.get(&ticket.uuid()) else {
        return Ok(Vec::new());
    };
    let word = |field: &Field| match values.get(field.id)? {
        FieldValue::Words(words) => Some(words.clone()),
        FieldValue::Several(all) => Some(all.join(" ")),
        FieldValue::Number(number) => Some(number.to_string()),
        FieldValue::Money(money) => Some(fields::plain_money(money)),
        FieldValue::Day(_) | FieldValue::Flag(_) => None,
    };
    Ok(open.iter().filter_map(word).collect())
}

/// What a person takes along of their ticket's own fields.
pub(super) fn export(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: TicketId) -> Result<Value, DbError> {
    let (open, found) = of_many(tx, workspace, &[ticket])?;
    let values = found.get(&ticket.uuid()).cloned().unwrap_or_default();
    Ok(json!(values.document(&open)))
}

/// Forgets what stood in a ticket's own fields: whoever said it is forgotten.
pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: TicketId) -> Result<(), DbError> {
    fields::forget(tx, workspace, ticket.uuid())?;
    store::forget(tx, workspace, ticket)
}
