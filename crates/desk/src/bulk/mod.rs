//! Acts on many tickets at once: chosen in a view, changed in one act, taken back by one undo.
//!
//! Few are changed at once, many by a job that goes through them in parts and tells how far it is. Each ticket is changed by
//! the verb that changes one, in the name of who asked and with what they may do by then, never more than when they asked; one
//! that can't be changed stays as it is, with its reason, and holds up no other. What somebody changed since is not taken back.
//! Whoever takes an act back does that in their own name: from then on it is theirs. An act may write an answer instead ([`answers`]).

pub mod answers;
pub mod api;
mod documents;
mod failures;
pub mod jobs;
mod model;
pub mod operations;
mod store;
pub(crate) mod views;
pub mod web;

use kit::db::{DbError, Tx};
use kit::web::Failure;
use serde_json::json;
use tandem_core::actor::{Actor, Origin, Who};
use tandem_core::agents;
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::permissions::{Permission, PermissionSet};
use tandem_core::workspaces::WorkspaceId;

pub use answers::{Answer, begin_once};
pub use model::{Bulk, BulkError, BulkRow, Chosen, Fate, NewBulk, State};

use crate::tickets::connections::{self, Joint};
use crate::tickets::extras;
use crate::tickets::listing;
use crate::tickets::{self, Field, Status, TicketError, TicketId};

kit::id! {
    /// An act on many tickets.
    BulkId, "blk"
}

/// An act on many tickets began, went on or ended.
pub const MOVED: Kind = Kind::new("ticket_bulk.moved", Permission::TicketsRead);

/// How many tickets one act changes at most.
pub const MOST: usize = 5_000;
/// The longest value, in characters.
const LONGEST: usize = 300;
/// How many are changed at once; more are a job's.
pub const AT_ONCE: i64 = 30;
/// How many a job changes at a time.
const PART: i64 = 50;

/// Begins an act, in the turn of the tickets ([`tickets::turn`]). Few tickets are changed when it returns; for many a job is
/// queued.
///
/// # Errors
/// [`BulkError`] for a missing permission, nothing or too much chosen, or a value that fits no ticket.
pub fn begin(tx: &mut Tx<'_>, actor: &Actor, new: &NewBulk) -> Result<Bulk, BulkError> {
    actor.must(Permission::TicketsWrite)?;
    let extras = new.extras.checked().map_err(BulkError::BadTags)?;
    let changes_nothing = new.changes.is_empty() && extras.is_nothing();
    let answer = match &new.answer {
        Some(_) if !changes_nothing || new.merge_into.is_some() => return Err(BulkError::BadChanges),
        Some(answer) => Some(answers::checked(tx, actor, answer)?),
        None => None,
    };
    match new.merge_into {
        None if changes_nothing && answer.is_none() => return Err(BulkError::NoChanges),
        Some(_) if !changes_nothing => return Err(BulkError::BadChanges),
        Some(into) => {
            tickets::find(tx, actor, into)?.ok_or(TicketError::NoTicket)?;
        }
        None => {}
    }
    must_fit(&new.changes)?;
    let chosen = chosen(tx, actor, new)?;
    let bulk = Bulk {
        id: tx.new_id(),
        agent: actor.agent(),
        author: actor.signature(),
        view: new.view.to_string(),
        changes: new.changes.clone(),
        extras,
        merge_into: new.merge_into,
        answer,
        state: State::Running,
        total: i64::try_from(chosen.len()).unwrap_or(i64::MAX),
        done: 0,
        changed: 0,
        refused: 0,
        created_at: tx.now(),
        ended_at: None,
    };
    store::insert(tx, actor.workspace, &bulk)?;
    for (place, ticket) in (0..).zip(chosen) {
        store::insert_row(tx, actor.workspace, bulk.id, (place, ticket))?;
    }
    go(tx, actor, bulk)
}

/// Takes an act back, in the turn of the tickets; what somebody changed since stays and is named. Gives it as it is now.
///
/// # Errors
/// [`BulkError::NotNow`] while it is under way or when it was taken back; [`BulkError::Unknown`].
pub fn undo(tx: &mut Tx<'_>, actor: &Actor, id: BulkId) -> Result<Bulk, BulkError> {
    actor.must(Permission::TicketsWrite)?;
    let bulk = store::find(tx, actor.workspace, id)?.ok_or(BulkError::Unknown)?;
    if bulk.state != State::Done {
        return Err(BulkError::NotNow);
    }
    let bulk = Bulk {
        agent: actor.agent(),
        author: actor.signature(),
        state: State::Undoing,
        total: bulk.changed,
        done: 0,
        refused: 0,
        ended_at: None,
        ..bulk
    };
    store::update(tx, actor.workspace, &bulk)?;
    go(tx, actor, bulk)
}

/// The act with this id.
///
/// # Errors
/// [`BulkError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: BulkId) -> Result<Option<Bulk>, BulkError> {
    actor.must(Permission::TicketsRead)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// The first of the tickets that an act could not change, or not take back, with why.
///
/// # Errors
/// [`BulkError::Forbidden`], or the database's.
pub fn troubles(tx: &mut Tx<'_>, actor: &Actor, id: BulkId, limit: i64) -> Result<Vec<BulkRow>, BulkError> {
    actor.must(Permission::TicketsRead)?;
    let mut rows = store::rows(tx, actor.workspace, id, Fate::Refused, limit)?;
    rows.extend(store::rows(tx, actor.workspace, id, Fate::Kept, limit)?);
    Ok(rows)
}

/// Whether these changes can be made: each field once, no value longer than any can be.
fn must_fit(changes: &[(Field, String)]) -> Result<(), BulkError> {
    let is_twice = |place: usize, field: Field| changes[..place].iter().any(|(other, _)| *other == field);
    let mut all = changes.iter().enumerate();
    if all.any(|(place, (field, value))| is_twice(place, *field) || value.chars().count() > LONGEST) {
        return Err(BulkError::BadChanges);
    }
    Ok(())
}

/// Which tickets are meant, each once.
fn chosen(tx: &mut Tx<'_>, actor: &Actor, new: &NewBulk) -> Result<Vec<TicketId>, BulkError> {
    let mut chosen = match &new.chosen {
        Chosen::These(these) => these.clone(),
        Chosen::All => everything(tx, actor, new)?,
    };
    chosen.sort();
    chosen.dedup();
    match chosen.len() {
        0 => Err(BulkError::NoTickets),
        many if many > MOST => Err(BulkError::TooMany),
        _ => Ok(chosen),
    }
}

fn everything(tx: &mut Tx<'_>, actor: &Actor, new: &NewBulk) -> Result<Vec<TicketId>, TicketError> {
    let (mut all, mut from) = (Vec::new(), None);
    let order = listing::order(tx, actor, new.view)?;
    loop {
        let part = listing::view(tx, actor, new.view, from, 500)?;
        all.extend(part.iter().map(|ticket| ticket.id));
        match part.last() {
            Some(last) if all.len() <= MOST => from = Some(listing::after(order, last)),
            _ => return Ok(all),
        }
    }
}

/// Goes through a first part at once; what is left is a job's.
fn go(tx: &mut Tx<'_>, actor: &Actor, bulk: Bulk) -> Result<Bulk, BulkError> {
    if bulk.total > AT_ONCE {
        jobs::go_on(tx, actor.workspace, bulk.id, actor.permissions())?;
        note(tx, actor, &bulk)?;
        return Ok(bulk);
    }
    step(tx, actor.workspace, actor, bulk)
}

/// Goes through one part in somebody's name; gives the act as it is then.
fn step(tx: &mut Tx<'_>, workspace: WorkspaceId, actor: &Actor, bulk: Bulk) -> Result<Bulk, BulkError> {
    let mut bulk = bulk;
    let wanted = if bulk.state == State::Running {
        Fate::Waiting
    } else {
        Fate::Changed
    };
    let part = store::rows(tx, workspace, bulk.id, wanted, PART)?;
    let is_last = i64::try_from(part.len()).unwrap_or(PART) < PART;
    for mut row in part {
        let fate = match bulk.state {
            State::Running => one(tx, actor, &bulk, &mut row)?,
            _ => one_back(tx, actor, &mut row)?,
        };
        bulk.done += 1;
        match fate {
            Fate::Changed => bulk.changed += 1,
            Fate::Undone => bulk.changed -= 1,
            Fate::Refused | Fate::Kept => bulk.refused += 1,
            _ => {}
        }
        store::update_row(tx, workspace, bulk.id, &row, fate)?;
    }
    if is_last {
        bulk.ended_at = Some(tx.now());
        bulk.state = match bulk.state {
            State::Running => State::Done,
            _ => State::Undone,
        };
    }
    store::update(tx, workspace, &bulk)?;
    note(tx, actor, &bulk)?;
    Ok(bulk)
}

fn one(tx: &mut Tx<'_>, actor: &Actor, bulk: &Bulk, row: &mut BulkRow) -> Result<Fate, BulkError> {
    if let Some(answer) = &bulk.answer {
        return answers::one(tx, actor, answer, row);
    }
    if let Some(into) = bulk.merge_into {
        return merge(tx, actor, into, row);
    }
    let done = extras::must_fit(tx, actor, row.ticket, &bulk.extras)
        .and_then(|()| tickets::change(tx, actor, row.ticket, &bulk.changes))
        .and_then(|(_, changes)| Ok((changes, extras::apply(tx, actor, row.ticket, &bulk.extras)?)));
    match done {
        Ok((changes, did)) => {
            row.change = changes.first().map(|change| change.id);
            row.did = did;
            Ok(if row.change.is_some() || !row.did.is_nothing() {
                Fate::Changed
            } else {
                Fate::Same
            })
        }
        Err(error) => refused(row, error, Fate::Refused),
    }
}

/// Merges one ticket into another; the other itself, and what is merged into it already, stay as they are.
fn merge(tx: &mut Tx<'_>, actor: &Actor, into: TicketId, row: &mut BulkRow) -> Result<Fate, BulkError> {
    if row.ticket == into {
        return Ok(Fate::Same);
    }
    let before = tickets::find(tx, actor, row.ticket)?;
    let was_merged = before.is_some_and(|ticket| ticket.status == Status::Merged);
    match connections::connect(tx, actor, (row.ticket, into), Joint::Merged) {
        Ok(_) if was_merged => Ok(Fate::Same),
        Ok(connection) => {
            row.connection = Some(connection.id);
            Ok(Fate::Changed)
        }
        Err(error) => refused(row, error, Fate::Refused),
    }
}

fn one_back(tx: &mut Tx<'_>, actor: &Actor, row: &mut BulkRow) -> Result<Fate, BulkError> {
    if let Some(message) = row.message {
        return answers::back(tx, actor, message, row);
    }
    let back = match (row.change, row.connection) {
        (Some(change), _) => tickets::undo(tx, actor, change).map(drop),
        (None, Some(connection)) => connections::end(tx, actor, connection).map(drop),
        (None, None) => Ok(()),
    };
    let back = match back {
        Ok(()) if !row.did.is_nothing() => extras::back(tx, actor, row.ticket, &row.did),
        back => back,
    };
    match back {
        Ok(()) => Ok(Fate::Undone),
        Err(error) => refused(row, error, Fate::Kept),
    }
}

/// Keeps why a ticket stays as it is; what the database says passes on.
fn refused(row: &mut BulkRow, error: TicketError, fate: Fate) -> Result<Fate, BulkError> {
    if let TicketError::Db(error) = error {
        return Err(error.into());
    }
    if let TicketError::Unanswered(all) = &error {
        let labels: Vec<&str> = all.iter().map(|(_, label)| label.as_str()).collect();
        row.about = Some(labels.join(", "));
    }
    row.reason = Failure::from(error).code.text.to_owned();
    Ok(fate)
}

/// Who does it, with what they may do now and could do then; nothing once they are gone.
fn doer(tx: &mut Tx<'_>, workspace: WorkspaceId, bulk: &Bulk, may: PermissionSet) -> Result<Actor, DbError> {
    let Some(id) = bulk.agent else {
        return Ok(Actor::system(workspace, "bulk"));
    };
    let agent = agents::find(tx, workspace, id)?.filter(|agent| agent.is_active);
    let (name, permissions) = agent.map_or_else(
        || (bulk.author.clone(), PermissionSet::NONE),
        |agent| {
            let permissions = agent.actor(workspace).permissions().and(may);
            (agent.name, permissions)
        },
    );
    Ok(Actor {
        workspace,
        who: Who::Agent {
            id,
            name,
            permissions,
        },
        origin: Origin::default(),
    })
}

fn note(tx: &mut Tx<'_>, actor: &Actor, bulk: &Bulk) -> Result<(), DbError> {
    let payload = json!({ "state": bulk.state.as_str(), "total": bulk.total, "done": bulk.done });
    events::record(tx, actor, NewEvent::of(&MOVED, bulk.id).payload(payload))?;
    Ok(())
}
