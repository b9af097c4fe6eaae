//! What reports count of a ticket, and how it follows from the ticket and its record: no database, no HTML.

use std::time::Duration;

use jiff::tz::TimeZone;
use kit::clock::Timestamp;
use kit::day::Day;
use kit::id::{TypedId, Uuid};
use tandem_core::calendars::Calendar;
use tandem_core::touchpoints::Channel;

use crate::tickets::{ChangeId, Kind, Priority, Status, Ticket, TicketId};

/// What is counted of a ticket beside its own row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// When it was last solved, whatever came after; a solving that was taken back was none.
    pub last_solved: Option<Timestamp>,
    /// The mailbox that it came to.
    pub mailbox: Option<Uuid>,
    /// The tier of its account.
    pub tier: Option<Uuid>,
    /// Its tags.
    pub tags: Vec<Uuid>,
    /// The rating from 1 to 5 of its contact, where that was asked.
    pub csat: Option<i64>,
    /// The effort from 0 to 100 that its contact told of, where that was asked.
    pub effort: Option<i64>,
}

/// A duration in seconds, of the clock and of the working hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Time {
    /// As the clock counts.
    pub calendar: i64,
    /// Of the hours in which the workspace works.
    pub working: i64,
}

/// A change of a ticket's status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Turn {
    pub(super) id: ChangeId,
    /// The change that it took back.
    pub(super) undoes: Option<ChangeId>,
    pub(super) is_solving: bool,
    pub(super) at: Timestamp,
}

/// When a ticket was last solved: a solving that was taken back was none, unless its taking back was taken back.
pub(super) fn last_solved(turns: &[Turn]) -> Option<Timestamp> {
    let stands = |turn: &Turn| {
        let (mut is_there, mut id) = (true, turn.id);
        while let Some(next) = turns.iter().find(|other| other.undoes == Some(id)) {
            (is_there, id) = (!is_there, next.id);
        }
        is_there
    };
    let solvings = turns
        .iter()
        .filter(|turn| turn.is_solving && turn.undoes.is_none());
    solvings.filter(|turn| stands(turn)).map(|turn| turn.at).max()
}

/// What reports count of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The ticket.
    pub ticket: TicketId,
    /// What people call it.
    pub number: i64,
    /// Whether another ticket shows it, or it lies apart: then it counts nowhere.
    pub is_merged: bool,
    /// Whether it is neither solved nor merged.
    pub is_open: bool,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// On which day of the workspace.
    pub opened_day: Day,
    /// In which hour of that day.
    pub hour: i64,
    /// On which weekday: Monday is 1.
    pub weekday: i64,
    /// When it was last solved.
    pub solved_at: Option<Timestamp>,
    /// On which day of the workspace.
    pub solved_day: Option<Day>,
    /// Which way it came.
    pub channel: Channel,
    /// What sort of request it is.
    pub kind: Kind,
    /// How much it presses.
    pub priority: Priority,
    /// Whose work it is.
    pub agent: Option<Uuid>,
    /// Which team's.
    pub team: Option<Uuid>,
    /// The mailbox that it came to.
    pub mailbox: Option<Uuid>,
    /// The tier of its account.
    pub tier: Option<Uuid>,
    /// Its tags, in order.
    pub tags: Vec<Uuid>,
    /// How many public messages agents wrote.
    pub replies: i64,
    /// Whether it was solved and came back.
    pub is_reopened: bool,
    /// From opening to the first public message of an agent; where one of us opened it with one, to the second.
    pub first_response: Option<Time>,
    /// From opening to the last time that it was solved.
    pub resolution: Option<Time>,
    /// From opening to the first time that it was solved.
    pub first_resolution: Option<Time>,
    /// The rating from 1 to 5.
    pub csat: Option<i64>,
    /// The effort from 0 to 100.
    pub effort: Option<i64>,
}

impl Fact {
    /// What follows from a ticket, what stands around it, and the hours of its workspace.
    pub fn of(ticket: &Ticket, around: Around, calendar: &Calendar) -> Self {
        let time = |until: Option<Timestamp>| {
            until.map(|until| Time {
                calendar: seconds(until.since(ticket.opened_at)),
                working: seconds(calendar.working_time(ticket.opened_at, until)),
            })
        };
        let (hour, weekday) = clock(ticket.opened_at, &calendar.zone);
        let day = |at| Day::of(at, &calendar.zone);
        let mut tags = around.tags;
        tags.sort_unstable();
        Self {
            ticket: ticket.id,
            number: ticket.number,
            is_merged: ticket.status == Status::Merged || ticket.status.is_apart(),
            is_open: !ticket.status.is_over(),
            opened_at: ticket.opened_at,
            opened_day: day(ticket.opened_at),
            hour,
            weekday,
            solved_at: around.last_solved,
            solved_day: around.last_solved.map(day),
            channel: ticket.channel,
            kind: ticket.kind,
            priority: ticket.priority,
            agent: ticket.agent.map(TypedId::uuid),
            team: ticket.team.map(TypedId::uuid),
            mailbox: around.mailbox,
            tier: around.tier,
            tags,
            replies: ticket.replies,
            is_reopened: ticket.reopenings > 0,
            first_response: time(ticket.replied_at),
            resolution: time(around.last_solved),
            first_resolution: time(ticket.first_solved_at),
            csat: around.csat,
            effort: around.effort,
        }
    }

    /// Whether fewer than two answers of agents were enough.
    pub fn is_one_touch(&self) -> bool {
        self.replies < 2
    }
}

fn seconds(time: Duration) -> i64 {
    i64::try_from(time.as_secs()).unwrap_or(i64::MAX)
}

/// The hour of the day, and the weekday from Monday, 1.
fn clock(at: Timestamp, zone: &TimeZone) -> (i64, i64) {
    let local = at.calendar().map(|at| at.to_zoned(zone.clone()));
    local.map_or((0, 1), |local| {
        let weekday = local.weekday().to_monday_one_offset();
        (i64::from(local.hour()), i64::from(weekday))
    })
}
