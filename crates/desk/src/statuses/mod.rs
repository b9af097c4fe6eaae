//! Statuses of a workspace: own names inside the four categories of tickets.
//!
//! A category (open, waiting, on hold, solved) says what follows: who is waited for, what is counted, which view shows it. A
//! status says it in the workspace's words: *waiting* may be "Waiting for parts" or "With the carrier". A name is there once. In
//! each category one of them may be the default: what a ticket gets that comes there by the category's word alone, from a mail
//! or a macro; where there is none, the category speaks for itself. Statuses are archived, never removed: the history of tickets
//! names them ([why](docs/decisions/0044-own-statuses-inside-categories.md)).

pub mod api;
mod failures;
mod model;
pub mod operations;
mod store;
mod views;
pub mod web;

use kit::db::{DbError, Tx};
use kit::i18n::Text;
use kit::web::Choice;
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

pub use model::{Archiving, OwnStatus, StatusError, StatusText};

use crate::tickets::{Status, Step, Ticket};

kit::id! {
    /// A status that a workspace added.
    StatusId, "tst"
}

/// A status came, is another, was archived or brought back.
pub const CHANGED: Kind = Kind::new("ticket_status.changed", Permission::TicketsRead);

/// The name of the list of statuses, for pages that show it.
pub const LIST: &str = "ticket_statuses";
/// How many a workspace has at most, archived ones included.
pub const MOST: usize = 100;

/// Adds a status, as the last of its category.
///
/// # Errors
/// [`StatusError`] for a missing permission, a name that does not fit or is there already, or too many.
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    category: Status,
    text: &StatusText,
) -> Result<OwnStatus, StatusError> {
    actor.must(Permission::InboxWrite)?;
    if !Status::CHOICES.contains(&category) {
        return Err(StatusError::BadCategory);
    }
    let all = store::all(tx, actor.workspace)?;
    if all.len() >= MOST {
        return Err(StatusError::TooMany);
    }
    let status = OwnStatus {
        id: tx.new_id(),
        category,
        text: text.checked()?,
        place: all.iter().map(|status| status.place).max().unwrap_or(0) + 1,
        version: 1,
        archiving: None,
    };
    must_be_new(&all, &status)?;
    stand_alone(tx, actor.workspace, &status)?;
    store::insert(tx, actor.workspace, &status)?;
    let entry = Entry::of(Act::TicketStatusAdded, status.id).after(facts(&status));
    note(tx, actor, &status, entry)?;
    Ok(status)
}

/// Changes what a status is called and whether it stands for its category, made from `version`. The category stays.
///
/// # Errors
/// As of [`add`]; [`StatusError::Stale`] when someone changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: StatusId,
    version: i64,
    text: &StatusText,
) -> Result<OwnStatus, StatusError> {
    actor.must(Permission::InboxWrite)?;
    let mut status = known(tx, actor, id)?;
    if status.version != version {
        return Err(StatusError::Stale(Box::new(status)));
    }
    let text = text.checked()?;
    if text == status.text {
        return Ok(status);
    }
    let before = facts(&status);
    status.text = text;
    status.version += 1;
    must_be_new(&store::all(tx, actor.workspace)?, &status)?;
    stand_alone(tx, actor.workspace, &status)?;
    store::update(tx, actor.workspace, &status)?;
    let entry = Entry::of(Act::TicketStatusChanged, id)
        .before(before)
        .after(facts(&status));
    note(tx, actor, &status, entry)?;
    Ok(status)
}

/// Moves a status one place up or down in its category; at the end it stays.
///
/// # Errors
/// [`StatusError::Unknown`] for a status of no or another workspace.
pub fn step(tx: &mut Tx<'_>, actor: &Actor, id: StatusId, is_up: bool) -> Result<OwnStatus, StatusError> {
    actor.must(Permission::InboxWrite)?;
    let status = known(tx, actor, id)?;
    let mut all = store::all(tx, actor.workspace)?;
    all.retain(|one| one.category == status.category && (one.archiving.is_none() || one.id == id));
    let at = all
        .iter()
        .position(|one| one.id == id)
        .ok_or(StatusError::Unknown)?;
    let neighbour = if is_up { at.checked_sub(1) } else { Some(at + 1) };
    if let Some(other) = neighbour.and_then(|at| all.get(at)) {
        store::set_place(tx, actor.workspace, id, other.place)?;
        store::set_place(tx, actor.workspace, other.id, status.place)?;
        note(tx, actor, &status, Entry::of(Act::TicketStatusMoved, id))?;
    }
    known(tx, actor, id)
}

/// Archives a status: tickets that have it keep it, nobody chooses it any more, and it stands for nothing. Doing it twice keeps
/// the first one's name and moment.
///
/// # Errors
/// As of [`step`].
pub fn archive(tx: &mut Tx<'_>, actor: &Actor, id: StatusId) -> Result<OwnStatus, StatusError> {
    actor.must(Permission::InboxWrite)?;
    let mut status = known(tx, actor, id)?;
    if status.archiving.is_none() {
        status.text.is_default = false;
        status.archiving = Some(Archiving {
            by: actor.signature(),
            at: tx.now(),
        });
        status.version += 1;
        store::update(tx, actor.workspace, &status)?;
        note(tx, actor, &status, Entry::of(Act::TicketStatusArchived, id))?;
    }
    Ok(status)
}

/// Brings an archived status back; another stays as it is.
///
/// # Errors
/// As of [`step`].
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: StatusId) -> Result<OwnStatus, StatusError> {
    actor.must(Permission::InboxWrite)?;
    let mut status = known(tx, actor, id)?;
    if status.archiving.take().is_some() {
        status.version += 1;
        store::update(tx, actor.workspace, &status)?;
        note(tx, actor, &status, Entry::of(Act::TicketStatusRestored, id))?;
    }
    Ok(status)
}

/// All statuses of a workspace by category and in their order, archived ones included.
///
/// # Errors
/// [`DbError`] of the database.
pub fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<OwnStatus>, DbError> {
    let mut all = store::all(tx, workspace)?;
    all.sort_by_key(|status| (status.category, status.place));
    Ok(all)
}

/// The status with this id in the actor's workspace.
///
/// # Errors
/// [`StatusError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: StatusId) -> Result<Option<OwnStatus>, StatusError> {
    actor.must(Permission::TicketsRead)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: StatusId) -> Result<OwnStatus, StatusError> {
    store::find(tx, actor.workspace, id)?.ok_or(StatusError::Unknown)
}

/// Whether a step can be taken here: its status is one of this workspace and of its category, and not archived where it is new.
///
/// # Errors
/// [`DbError`] of the database.
pub fn is_there(tx: &mut Tx<'_>, workspace: WorkspaceId, step: Step, is_new: bool) -> Result<bool, DbError> {
    let Some(id) = step.own else { return Ok(true) };
    let found = store::find(tx, workspace, id)?;
    Ok(found.is_some_and(|own| own.category == step.status && !(is_new && own.archiving.is_some())))
}

/// Gives a ticket that came to a category by its word alone the status that stands for it there.
pub(crate) fn stand_for(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    before: Option<&Ticket>,
    after: &mut Ticket,
) -> Result<(), DbError> {
    let has_come = before.is_none_or(|before| before.step() != after.step());
    if has_come && after.own.is_none() && after.status != Status::Merged {
        after.own = store::default_of(tx, workspace, after.status)?;
    }
    Ok(())
}

/// What a step is called: the name of its status, else that of its category.
pub fn called(t: &Text, all: &[OwnStatus], step: Step) -> String {
    let own = step.own.and_then(|id| all.iter().find(|own| own.id == id));
    own.map_or_else(|| t.say(step.status.text()), |own| own.text.name.clone())
}

/// What can be chosen, category by category: the default first, then the category itself, then the others. `now` is chosen,
/// and offered even where it is archived or the default has taken its place.
pub fn choices(t: &Text, all: &[OwnStatus], now: Option<Step>) -> Vec<Choice> {
    let mut choices = Vec::new();
    for category in Status::CHOICES {
        let mut own: Vec<&OwnStatus> = all
            .iter()
            .filter(|own| own.category == category)
            .filter(|own| own.archiving.is_none() || now.is_some_and(|now| now.own == Some(own.id)))
            .collect();
        own.sort_by_key(|own| !own.text.is_default);
        let plain = Step::from(category);
        let has_default = own.first().is_some_and(|own| own.text.is_default);
        if !has_default || now == Some(plain) {
            let choice = Choice::new(category.as_str(), t.say(category.text()));
            choices.push(choice.chosen_if(now == Some(plain)));
        }
        for own in own {
            let choice = Choice::new(own.step().to_string(), &own.text.name);
            choices.push(choice.chosen_if(now == Some(own.step())));
        }
    }
    choices
}

/// No two statuses have one name.
fn must_be_new(all: &[OwnStatus], status: &OwnStatus) -> Result<(), StatusError> {
    let is_same = |other: &&OwnStatus| other.id != status.id && other.folded() == status.folded();
    match all.iter().find(is_same) {
        Some(_) => Err(StatusError::NameTaken),
        None => Ok(()),
    }
}

/// A default is the only one of its category.
fn stand_alone(tx: &mut Tx<'_>, workspace: WorkspaceId, status: &OwnStatus) -> Result<(), StatusError> {
    if status.text.is_default {
        if status.archiving.is_some() {
            return Err(StatusError::Archived);
        }
        store::end_default(tx, workspace, status.category)?;
    }
    Ok(())
}

fn facts(status: &OwnStatus) -> serde_json::Value {
    json!({ "name": status.text.name, "category": status.category, "is_default": status.text.is_default })
}

fn note(tx: &mut Tx<'_>, actor: &Actor, status: &OwnStatus, entry: Entry) -> Result<(), DbError> {
    audit::record(tx, actor, entry.named(&status.text.name))?;
    let payload = json!({ "category": status.category });
    let event = NewEvent::of(&CHANGED, status.id).topic(LIST);
    events::record(tx, actor, event.payload(payload))?;
    Ok(())
}
