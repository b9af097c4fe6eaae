//! Places: what they are called, what people queue for there, and the key of the board on the wall.

pub mod api;
mod store;
mod views;
pub mod web;

use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::doors::Secret;
use tandem_core::events::{self, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::teams;
use tandem_core::workspaces::WorkspaceId;

use super::model::{Archiving, Place, PlaceText};
use super::{CHANGED, CounterError, CounterPlaceId, LIST};

/// How many places a workspace may have.
const MOST: usize = 100;

/// The places of the actor's workspace by name, archived ones last.
///
/// # Errors
/// A missing permission, or the database's.
pub fn all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Place>, CounterError> {
    actor.must(Permission::CounterRead)?;
    Ok(store::all(tx, actor.workspace)?)
}

/// The place with this id in the actor's workspace.
///
/// # Errors
/// [`CounterError::Unknown`] for one of no or another workspace; a missing permission.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: CounterPlaceId) -> Result<Place, CounterError> {
    actor.must(Permission::CounterRead)?;
    known(tx, actor.workspace, id)
}

/// Sets a place up.
///
/// # Errors
/// [`CounterError`] for a missing permission, a field that does not fit, or a name that is taken.
pub fn create(tx: &mut Tx<'_>, actor: &Actor, text: &PlaceText) -> Result<Place, CounterError> {
    actor.must(Permission::InboxWrite)?;
    let text = checked(tx, actor.workspace, text)?;
    if store::all(tx, actor.workspace)?.len() >= MOST {
        return Err(CounterError::TooMany);
    }
    let place = Place {
        id: tx.new_id(),
        name: text.name,
        queues: text.queues,
        has_board: false,
        version: 1,
        created_at: tx.now(),
        archiving: None,
    };
    store::insert(tx, actor.workspace, &place)?;
    store::put_queues(tx, actor.workspace, &place)?;
    note(tx, actor, &place, facts(&place))?;
    Ok(place)
}

/// Changes a place, made from `version`. Who waits for what is no more keeps waiting.
///
/// # Errors
/// As of [`create`]; [`CounterError::Stale`] when somebody changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CounterPlaceId,
    version: i64,
    text: &PlaceText,
) -> Result<Place, CounterError> {
    actor.must(Permission::InboxWrite)?;
    let mut place = known(tx, actor.workspace, id)?;
    let text = checked(tx, actor.workspace, text)?;
    if place.version != version {
        return Err(CounterError::Stale);
    }
    if place.name == text.name && place.queues == text.queues {
        return Ok(place);
    }
    let before = facts(&place);
    place.name = text.name;
    place.queues = text.queues;
    place.version += 1;
    store::update(tx, actor.workspace, &place)?;
    store::put_queues(tx, actor.workspace, &place)?;
    let after = facts(&place);
    record(
        tx,
        actor,
        &place,
        Entry::of(Act::CounterChanged, id).before(before).after(after),
    )?;
    Ok(place)
}

/// Archives a place: nobody comes there any more, and its board is closed. Twice is no harm.
///
/// # Errors
/// [`CounterError::Unknown`] for a place of no or another workspace; a missing permission.
pub fn archive(tx: &mut Tx<'_>, actor: &Actor, id: CounterPlaceId) -> Result<Place, CounterError> {
    actor.must(Permission::InboxWrite)?;
    let mut place = known(tx, actor.workspace, id)?;
    if place.archiving.is_none() {
        place.archiving = Some(Archiving {
            by: actor.signature(),
            at: tx.now(),
        });
        store::set_archiving(tx, actor.workspace, &place)?;
        note(tx, actor, &place, json!({ "is_archived": true }))?;
    }
    Ok(place)
}

/// Brings an archived place back; its board opens with the key that it had.
///
/// # Errors
/// As of [`archive`].
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: CounterPlaceId) -> Result<Place, CounterError> {
    actor.must(Permission::InboxWrite)?;
    let mut place = known(tx, actor.workspace, id)?;
    if place.archiving.take().is_some() {
        store::set_archiving(tx, actor.workspace, &place)?;
        note(tx, actor, &place, json!({ "is_archived": false }))?;
    }
    Ok(place)
}

/// Gives the board of a place a new key. The one before opens nothing from then on.
///
/// # Errors
/// As of [`archive`]; [`CounterError::Archived`].
pub fn renew_board(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CounterPlaceId,
) -> Result<(Place, Secret), CounterError> {
    actor.must(Permission::InboxWrite)?;
    let mut place = known(tx, actor.workspace, id)?;
    if !place.is_open() {
        return Err(CounterError::Archived);
    }
    let secret = Secret::new(tx.ids());
    store::set_board(tx, actor.workspace, id, Some(&secret))?;
    place.has_board = true;
    note(tx, actor, &place, json!({ "board": "renewed" }))?;
    Ok((place, secret))
}

/// Closes the board of a place: its key opens nothing any more. Twice is no harm.
///
/// # Errors
/// As of [`archive`].
pub fn close_board(tx: &mut Tx<'_>, actor: &Actor, id: CounterPlaceId) -> Result<Place, CounterError> {
    actor.must(Permission::InboxWrite)?;
    let mut place = known(tx, actor.workspace, id)?;
    if place.has_board {
        store::set_board(tx, actor.workspace, id, None)?;
        place.has_board = false;
        note(tx, actor, &place, json!({ "board": "closed" }))?;
    }
    Ok(place)
}

/// Where a board is opened.
fn address(origin: &str, secret: &Secret) -> String {
    format!("{origin}/board/{}", secret.expose())
}

/// The place of a workspace, for verbs that ask for another permission.
pub(super) fn known(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: CounterPlaceId,
) -> Result<Place, CounterError> {
    store::find(tx, workspace, id)?.ok_or(CounterError::Unknown)
}

/// The place whose board a key opens.
pub(super) fn of_board(tx: &mut Tx<'_>, secret: &Secret) -> Result<Option<(WorkspaceId, Place)>, DbError> {
    let Some((workspace, id)) = store::of_board(tx, secret)? else {
        return Ok(None);
    };
    let place = store::find(tx, workspace, id)?;
    Ok(place.filter(Place::is_open).map(|place| (workspace, place)))
}

fn checked(tx: &mut Tx<'_>, workspace: WorkspaceId, text: &PlaceText) -> Result<PlaceText, CounterError> {
    let text = text.checked()?;
    if text.queues.iter().any(|queue| queue.team.is_some()) {
        let teams = teams::all(tx, workspace)?;
        let is_there = |id| teams.iter().any(|team| team.id == id);
        if !text.queues.iter().filter_map(|queue| queue.team).all(is_there) {
            return Err(CounterError::NoTeam);
        }
    }
    Ok(text)
}

fn facts(place: &Place) -> serde_json::Value {
    let queue = |queue: &super::Queue| json!({ "letter": queue.letter, "name": queue.name, "kind": queue.kind, "team": queue.team });
    json!({ "name": place.name, "queues": place.queues.iter().map(queue).collect::<Vec<_>>() })
}

fn note(tx: &mut Tx<'_>, actor: &Actor, place: &Place, after: serde_json::Value) -> Result<(), CounterError> {
    let entry = Entry::of(Act::CounterChanged, place.id).after(after);
    record(tx, actor, place, entry)
}

fn record(tx: &mut Tx<'_>, actor: &Actor, place: &Place, entry: Entry) -> Result<(), CounterError> {
    let payload = json!({ "name": place.name });
    let event = NewEvent::of(&CHANGED, place.id).topic(LIST).payload(payload);
    events::record(tx, actor, event)?;
    audit::record(tx, actor, entry.named(&place.name))?;
    Ok(())
}
