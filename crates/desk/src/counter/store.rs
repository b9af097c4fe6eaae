//! The rows of visits, of the numbers that were given, and of who serves at which window.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::agents::AgentId;
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

use super::model::{Seat, Visit, VisitState};
use super::{CounterPlaceId, CounterVisitId};

/// The next number of a letter at a place on a day.
pub(super) fn next_number(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    place: CounterPlaceId,
    (day, letter): (Day, &str),
) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "insert into counter_numbers (workspace_id, place_id, day, letter, last)
             values ($1, $2, $3, $4, 1)
             on conflict (workspace_id, place_id, day, letter) do update set last = counter_numbers.last + 1
             returning last"
        ),
        params![workspace, place, day, letter],
        |row| row.get("last"),
    )
}

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, visit: &Visit) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into counter_visits
               (workspace_id, id, place_id, day, letter, number, queue, ticket_id, contact_id, state, came_at, since, called_at,
                calls, agent_id, window_name, waited, served, ended_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"
        ),
        params![
            workspace,
            visit.id,
            visit.place,
            visit.day,
            visit.letter,
            visit.number,
            visit.queue,
            visit.ticket,
            visit.contact,
            visit.state.as_str(),
            visit.came_at,
            visit.since,
            visit.called_at,
            visit.calls,
            visit.agent,
            visit.window,
            visit.waited,
            visit.served,
            visit.ended_at
        ],
    )?;
    Ok(())
}

/// Stores what became of a visit, unless it has come to another state than `before` meanwhile; gives whether it was stored.
pub(super) fn update(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    before: VisitState,
    visit: &Visit,
) -> Result<bool, DbError> {
    let changed = tx.execute(
        sql!(
            "update counter_visits
             set queue = $4, state = $5, since = $6, called_at = $7, calls = $8, agent_id = $9, window_name = $10,
               waited = $11, served = $12, ended_at = $13
             where workspace_id = $1 and id = $2 and state = $3"
        ),
        params![
            workspace,
            visit.id,
            before.as_str(),
            visit.queue,
            visit.state.as_str(),
            visit.since,
            visit.called_at,
            visit.calls,
            visit.agent,
            visit.window,
            visit.waited,
            visit.served,
            visit.ended_at
        ],
    )?;
    Ok(changed == 1)
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: CounterVisitId,
) -> Result<Option<Visit>, DbError> {
    tx.optional(
        sql!(
            "select id, place_id, day, letter, number, queue, ticket_id, contact_id, state, came_at, since, called_at, calls,
               agent_id, window_name, waited, served, ended_at
             from counter_visits
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// Those of a state at a place on a day, in the order in which they came.
pub(super) fn in_state(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (place, day): (CounterPlaceId, Day),
    state: VisitState,
) -> Result<Vec<Visit>, DbError> {
    tx.rows(
        sql!(
            "select id, place_id, day, letter, number, queue, ticket_id, contact_id, state, came_at, since, called_at, calls,
               agent_id, window_name, waited, served, ended_at
             from counter_visits
             where workspace_id = $1 and place_id = $2 and day = $3 and state = $4
             order by came_at, id"
        ),
        params![workspace, place, day, state.as_str()],
        read,
    )
}

/// Everybody who came to a place on a day, in the order in which they came.
pub(super) fn of_day(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    place: CounterPlaceId,
    day: Day,
) -> Result<Vec<Visit>, DbError> {
    tx.rows(
        sql!(
            "select id, place_id, day, letter, number, queue, ticket_id, contact_id, state, came_at, since, called_at, calls,
               agent_id, window_name, waited, served, ended_at
             from counter_visits
             where workspace_id = $1 and place_id = $2 and day = $3
             order by came_at, id"
        ),
        params![workspace, place, day],
        read,
    )
}

/// Whom an agent serves on a day.
pub(super) fn served_by(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    day: Day,
) -> Result<Option<Visit>, DbError> {
    tx.optional(
        sql!(
            "select id, place_id, day, letter, number, queue, ticket_id, contact_id, state, came_at, since, called_at, calls,
               agent_id, window_name, waited, served, ended_at
             from counter_visits
             where workspace_id = $1 and agent_id = $2 and day = $3 and state = 'called'
             order by since desc
             limit 1"
        ),
        params![workspace, agent, day],
        read,
    )
}

/// How many wait at each place on a day.
pub(super) fn waiting(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    day: Day,
) -> Result<Vec<(CounterPlaceId, i64)>, DbError> {
    tx.rows(
        sql!(
            "select place_id, count(*) as n
             from counter_visits
             where workspace_id = $1 and day = $2 and state = 'waiting'
             group by place_id"
        ),
        params![workspace, day],
        |row| Ok((row.get("place_id")?, row.get("n")?)),
    )
}

/// All visits of a contact.
pub(super) fn of_contact(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Vec<Visit>, DbError> {
    tx.rows(
        sql!(
            "select id, place_id, day, letter, number, queue, ticket_id, contact_id, state, came_at, since, called_at, calls,
               agent_id, window_name, waited, served, ended_at
             from counter_visits
             where workspace_id = $1 and contact_id = $2
             order by came_at"
        ),
        params![workspace, contact],
        read,
    )
}

/// Forgets who it was; that somebody came stays.
pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, contact: ContactId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update counter_visits
             set contact_id = null
             where workspace_id = $1 and contact_id = $2"
        ),
        params![workspace, contact],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Visit, DbError> {
    let state: String = row.get("state")?;
    Ok(Visit {
        id: row.get("id")?,
        place: row.get("place_id")?,
        day: row.get("day")?,
        letter: row.get("letter")?,
        number: row.get("number")?,
        queue: row.get("queue")?,
        ticket: row.get("ticket_id")?,
        contact: row.get("contact_id")?,
        state: VisitState::parse(&state).unwrap_or(VisitState::Done),
        came_at: row.get("came_at")?,
        since: row.get("since")?,
        called_at: row.get("called_at")?,
        calls: row.get("calls")?,
        agent: row.get("agent_id")?,
        window: row.get("window_name")?,
        waited: row.get("waited")?,
        served: row.get("served")?,
        ended_at: row.get("ended_at")?,
    })
}

/// The windows of a day at a place, by their names.
pub(super) fn seats(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    place: CounterPlaceId,
    day: Day,
) -> Result<Vec<Seat>, DbError> {
    tx.rows(
        sql!(
            "select agent_id, place_id, window_name, letters, day, taken_at
             from counter_seats
             where workspace_id = $1 and place_id = $2 and day = $3
             order by window_name"
        ),
        params![workspace, place, day],
        read_seat,
    )
}

pub(super) fn seat(tx: &mut Tx<'_>, workspace: WorkspaceId, agent: AgentId) -> Result<Option<Seat>, DbError> {
    tx.optional(
        sql!(
            "select agent_id, place_id, window_name, letters, day, taken_at
             from counter_seats
             where workspace_id = $1 and agent_id = $2"
        ),
        params![workspace, agent],
        read_seat,
    )
}

/// Puts an agent at a window; whoever was at it, and wherever they were, gives way.
pub(super) fn put_seat(tx: &mut Tx<'_>, workspace: WorkspaceId, seat: &Seat) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from counter_seats
             where workspace_id = $1 and (agent_id = $2 or (place_id = $3 and window_name = $4))"
        ),
        params![workspace, seat.agent, seat.place, seat.window],
    )?;
    tx.execute(
        sql!(
            "insert into counter_seats (workspace_id, agent_id, place_id, window_name, letters, day, taken_at)
             values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            workspace,
            seat.agent,
            seat.place,
            seat.window,
            seat.letters,
            seat.day,
            seat.taken_at
        ],
    )?;
    Ok(())
}

pub(super) fn delete_seat(tx: &mut Tx<'_>, workspace: WorkspaceId, agent: AgentId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from counter_seats
             where workspace_id = $1 and agent_id = $2"
        ),
        params![workspace, agent],
    )?;
    Ok(())
}

fn read_seat(row: &Row<'_>) -> Result<Seat, DbError> {
    let taken_at: Timestamp = row.get("taken_at")?;
    Ok(Seat {
        agent: row.get("agent_id")?,
        place: row.get("place_id")?,
        window: row.get("window_name")?,
        letters: row.get("letters")?,
        day: row.get("day")?,
        taken_at,
    })
}
