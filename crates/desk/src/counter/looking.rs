//! What stands at the counter: who waits, whom one serves, who sits where.

use kit::day::Day;
use kit::db::Tx;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::workspaces;

use super::model::{Place, Seat, Visit, VisitState};
use super::{CounterError, CounterPlaceId, CounterVisitId, places, store};

/// What stands at a place now.
#[derive(Clone, Debug)]
pub struct Line {
    /// The place.
    pub place: Place,
    /// The day.
    pub day: Day,
    /// Who waits, in the order in which they came.
    pub waiting: Vec<Visit>,
    /// Who was called and is at a window.
    pub called: Vec<Visit>,
    /// Who sits where.
    pub seats: Vec<Seat>,
}

/// What stands at a place now.
///
/// # Errors
/// [`CounterError::Unknown`] for a place of no or another workspace; a missing permission.
pub fn line(tx: &mut Tx<'_>, actor: &Actor, id: CounterPlaceId) -> Result<Line, CounterError> {
    let place = places::find(tx, actor, id)?;
    let day = workspaces::today(tx, actor.workspace)?;
    let (workspace, there) = (actor.workspace, (id, day));
    Ok(Line {
        place,
        day,
        waiting: store::in_state(tx, workspace, there, VisitState::Waiting)?,
        called: store::in_state(tx, workspace, there, VisitState::Called)?,
        seats: store::seats(tx, workspace, id, day)?,
    })
}

/// Everybody who came to a place on a day, in the order in which they came; today unless a day is named.
///
/// # Errors
/// As of [`line`].
pub fn of_day(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CounterPlaceId,
    day: Option<Day>,
) -> Result<(Place, Day, Vec<Visit>), CounterError> {
    let place = places::find(tx, actor, id)?;
    let day = match day {
        Some(day) => day,
        None => workspaces::today(tx, actor.workspace)?,
    };
    let visits = store::of_day(tx, actor.workspace, id, day)?;
    Ok((place, day, visits))
}

/// The places that are open, each with how many wait there today.
///
/// # Errors
/// A missing permission, or the database's.
pub(super) fn open_places(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<(Place, i64)>, CounterError> {
    let places = places::all(tx, actor)?;
    let day = workspaces::today(tx, actor.workspace)?;
    let counts = store::waiting(tx, actor.workspace, day)?;
    let with_count = |place: Place| {
        let count = counts.iter().find(|(id, _)| *id == place.id);
        let count = count.map_or(0, |(_, count)| *count);
        (place, count)
    };
    Ok(places
        .into_iter()
        .filter(Place::is_open)
        .map(with_count)
        .collect())
}

/// A visit in the actor's workspace.
///
/// # Errors
/// [`CounterError::Unknown`] for one of no or another workspace; a missing permission.
pub fn visit(tx: &mut Tx<'_>, actor: &Actor, id: CounterVisitId) -> Result<Visit, CounterError> {
    actor.must(Permission::CounterRead)?;
    store::find(tx, actor.workspace, id)?.ok_or(CounterError::Unknown)
}

/// Where the actor sits today.
///
/// # Errors
/// A missing permission, or the database's.
pub fn seat(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<Seat>, CounterError> {
    actor.must(Permission::CounterRead)?;
    let Some(agent) = actor.agent() else {
        return Ok(None);
    };
    let day = workspaces::today(tx, actor.workspace)?;
    let seat = store::seat(tx, actor.workspace, agent)?;
    Ok(seat.filter(|seat| seat.day == day))
}

/// Who sits where at a place today.
///
/// # Errors
/// As of [`line`].
pub fn seats(tx: &mut Tx<'_>, actor: &Actor, id: CounterPlaceId) -> Result<Vec<Seat>, CounterError> {
    places::find(tx, actor, id)?;
    let day = workspaces::today(tx, actor.workspace)?;
    Ok(store::seats(tx, actor.workspace, id, day)?)
}

/// Whom the actor serves now.
///
/// # Errors
/// A missing permission, or the database's.
pub fn current(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<Visit>, CounterError> {
    actor.must(Permission::CounterRead)?;
    let Some(agent) = actor.agent() else {
        return Ok(None);
    };
    let day = workspaces::today(tx, actor.workspace)?;
    Ok(store::served_by(tx, actor.workspace, agent, day)?)
}

/// How many wait in the queue of a visit and came before.
///
/// # Errors
/// A missing permission, or the database's.
pub(super) fn ahead(tx: &mut Tx<'_>, actor: &Actor, visit: &Visit) -> Result<i64, CounterError> {
    actor.must(Permission::CounterRead)?;
    let there = (visit.place, visit.day);
    let waiting = store::in_state(tx, actor.workspace, there, VisitState::Waiting)?;
    let is_ahead =
        |other: &&Visit| other.queue == visit.queue && (other.came_at, other.id) < (visit.came_at, visit.id);
    Ok(i64::try_from(waiting.iter().filter(is_ahead).count()).unwrap_or(i64::MAX))
}
