//! Windows, and calling people to them. Whoever is called leaves the line in the same write, so that no two agents call the
//! same.

use kit::db::Tx;
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::events::{self, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::teams::TeamId;
use tandem_core::workspaces;

use super::model::{Deed, Seat, Visit, VisitState, line};
use super::{
    CALLED, CounterError, CounterPlaceId, CounterVisitId, LETTERS, LIST, MISSED, MOVED, SEATED, SERVED,
    looking, places, store, tell,
};
use crate::tickets::{self, Field, Status};

/// Takes a window at a place for today. Who sat there and serves nobody gives way; the window that the actor had is free.
///
/// # Errors
/// [`CounterError::WindowTaken`] while somebody else serves there, [`CounterError::Busy`] while the actor serves somebody
/// elsewhere; [`CounterError`] for a missing permission, a name that does not fit, or a place of no or another workspace.
pub fn sit(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CounterPlaceId,
    window: &str,
    letters: &[String],
) -> Result<Seat, CounterError> {
    actor.must(Permission::CounterWrite)?;
    let place = places::known(tx, actor.workspace, id)?;
    if !place.is_open() {
        return Err(CounterError::Archived);
    }
    let window = line(window, 8).ok_or(CounterError::BadWindow)?;
    let agent = actor.agent().ok_or(CounterError::NoSeat)?;
    if letters.iter().any(|letter| place.queue(letter).is_none()) {
        return Err(CounterError::NoQueue);
    }
    let day = workspaces::today(tx, actor.workspace)?;
    let serving = store::in_state(tx, actor.workspace, (id, day), VisitState::Called)?;
    let is_others = |visit: &Visit| visit.agent != Some(agent) && visit.window == window;
    if serving.iter().any(is_others) {
        return Err(CounterError::WindowTaken);
    }
    if looking::current(tx, actor)?.is_some_and(|visit| visit.place != id) {
        return Err(CounterError::Busy);
    }
    let chosen = LETTERS
        .into_iter()
        .filter(|letter| letters.iter().any(|one| one == letter));
    let seat = Seat {
        agent,
        place: id,
        window,
        letters: chosen.collect(),
        day,
        taken_at: tx.now(),
    };
    store::put_seat(tx, actor.workspace, &seat)?;
    tell_of_seat(tx, actor, id, Some(&seat.window))?;
    Ok(seat)
}

/// Leaves the window. Twice is no harm.
///
/// # Errors
/// [`CounterError::Busy`] while somebody is served there; a missing permission.
pub fn leave(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), CounterError> {
    actor.must(Permission::CounterWrite)?;
    let Some(seat) = looking::seat(tx, actor)? else {
        return Ok(());
    };
    if looking::current(tx, actor)?.is_some() {
        return Err(CounterError::Busy);
    }
    store::delete_seat(tx, actor.workspace, seat.agent)?;
    tell_of_seat(tx, actor, seat.place, None)
}

fn tell_of_seat(
    tx: &mut Tx<'_>,
    actor: &Actor,
    place: CounterPlaceId,
    window: Option<&str>,
) -> Result<(), CounterError> {
    let event = NewEvent::of(&SEATED, place).topic(LIST);
    events::record(tx, actor, event.payload(json!({ "window": window })))?;
    Ok(())
}

/// Calls who waits longest in the queues that the actor serves to the actor's window.
///
/// # Errors
/// [`CounterError::Nobody`] when nobody waits, [`CounterError::NoSeat`] without a window at the place,
/// [`CounterError::Busy`] while the actor serves somebody; a missing permission, or a place of no or another workspace.
pub fn next(tx: &mut Tx<'_>, actor: &Actor, id: CounterPlaceId) -> Result<Visit, CounterError> {
    actor.must(Permission::CounterWrite)?;
    places::known(tx, actor.workspace, id)?;
    let seat = free_seat(tx, actor, id)?;
    let there = (id, seat.day);
    for visit in store::in_state(tx, actor.workspace, there, VisitState::Waiting)? {
        if !seat.serves(&visit.queue) {
            continue;
        }
        // Somebody else may have been faster: then it is the one after.
        match call(tx, actor, &seat, visit) {
            Err(CounterError::BadDeed) => {}
            called => return called,
        }
    }
    Err(CounterError::Nobody)
}

/// The actor's window at a place, when nobody is at it.
fn free_seat(tx: &mut Tx<'_>, actor: &Actor, id: CounterPlaceId) -> Result<Seat, CounterError> {
    let seat = looking::seat(tx, actor)?.filter(|seat| seat.place == id);
    let seat = seat.ok_or(CounterError::NoSeat)?;
    match looking::current(tx, actor)? {
        Some(_) => Err(CounterError::Busy),
        None => Ok(seat),
    }
}

/// Calls somebody to a window; their ticket becomes the agent's work.
fn call(tx: &mut Tx<'_>, actor: &Actor, seat: &Seat, before: Visit) -> Result<Visit, CounterError> {
    let mut visit = before.clone();
    visit.call(seat, tx.now())?;
    keep(tx, actor, &before, &visit)?;
    let ticket = tickets::find(tx, actor, visit.ticket)?;
    if ticket.is_some_and(|ticket| ticket.agent.is_none() && ticket.status == Status::Open) {
        let mine = [(Field::Agent, seat.agent.to_string())];
        tickets::change(tx, actor, visit.ticket, &mine)?;
    }
    tell(tx, actor, &CALLED, (&visit, None))?;
    Ok(visit)
}

/// Does something with a visit of today; `letter` names the queue to hand it on to.
///
/// # Errors
/// [`CounterError::BadDeed`] when it does not stand so that this can be done, [`CounterError::AnotherDay`] for one of a day
/// that is over; a missing permission, or a visit of no or another workspace.
pub fn act(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CounterVisitId,
    (deed, letter): (Deed, &str),
) -> Result<Visit, CounterError> {
    actor.must(Permission::CounterWrite)?;
    let before = store::find(tx, actor.workspace, id)?.ok_or(CounterError::Unknown)?;
    if before.day != workspaces::today(tx, actor.workspace)? {
        return Err(CounterError::AnotherDay);
    }
    let (mut visit, now) = (before.clone(), tx.now());
    let kind = match deed {
        Deed::Call => {
            let seat = free_seat(tx, actor, visit.place)?;
            return call(tx, actor, &seat, before);
        }
        Deed::Done | Deed::Solve => return serve(tx, actor, before, deed == Deed::Solve),
        Deed::CallAgain => {
            visit.call_again(now)?;
            &CALLED
        }
        Deed::NoShow => {
            visit.end(VisitState::NoShow, now)?;
            &MISSED
        }
        Deed::HandOn => {
            let place = places::known(tx, actor.workspace, visit.place)?;
            let queue = place.queue(letter).ok_or(CounterError::NoQueue)?;
            visit.hand_on(letter, now)?;
            hand_on_ticket(tx, actor, &visit, (queue.kind, queue.team))?;
            &MOVED
        }
        Deed::PutBack => {
            visit.put_back(now)?;
            &MOVED
        }
    };
    keep(tx, actor, &before, &visit)?;
    tell(tx, actor, kind, (&visit, None))?;
    Ok(visit)
}

/// They were served: the visit is over, and their account's timeline says that they were there.
fn serve(tx: &mut Tx<'_>, actor: &Actor, before: Visit, is_solved: bool) -> Result<Visit, CounterError> {
    let mut visit = before.clone();
    visit.end(VisitState::Done, tx.now())?;
    keep(tx, actor, &before, &visit)?;
    let ticket = tickets::find(tx, actor, visit.ticket)?;
    let is_open = ticket.as_ref().is_some_and(|ticket| !ticket.status.is_over());
    if is_solved && is_open {
        let solved = [(Field::Status, Status::Solved.as_str().to_owned())];
        tickets::change(tx, actor, visit.ticket, &solved)?;
    }
    let account = ticket.and_then(|ticket| ticket.account);
    tell(tx, actor, &SERVED, (&visit, account))?;
    Ok(visit)
}

/// The ticket of whoever waits in another queue is that queue's work; nobody's in person.
fn hand_on_ticket(
    tx: &mut Tx<'_>,
    actor: &Actor,
    visit: &Visit,
    (kind, team): (tickets::Kind, Option<TeamId>),
) -> Result<(), CounterError> {
    let ticket = tickets::find(tx, actor, visit.ticket)?;
    if ticket.is_none_or(|ticket| ticket.status != Status::Open) {
        return Ok(());
    }
    let mut values = vec![
        (Field::Kind, kind.as_str().to_owned()),
        (Field::Agent, String::new()),
    ];
    if let Some(team) = super::arriving::working(tx, actor, team)? {
        values.push((Field::Team, team.to_string()));
    }
    tickets::change(tx, actor, visit.ticket, &values)?;
    Ok(())
}

fn keep(tx: &mut Tx<'_>, actor: &Actor, before: &Visit, after: &Visit) -> Result<(), CounterError> {
    match store::update(tx, actor.workspace, before.state, after)? {
        true => Ok(()),
        false => Err(CounterError::BadDeed),
    }
}
