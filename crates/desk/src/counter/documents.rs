//! The counter as programs see it.

use kit::day::Day;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::agents::AgentId;
use tandem_core::contacts::ContactId;
use tandem_core::teams::TeamId;

use super::day::Figures;
use super::model::{Deed, Place, PlaceText, Queue, Seat, Visit, VisitState};
use super::{CounterPlaceId, CounterVisitId};
use crate::tickets::{Kind, TicketId};

/// What people queue for at a place.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CounterQueue")]
pub struct QueueDocument {
    /// What its numbers begin with: A to F, each once at a place.
    #[schemars(length(min = 1, max = 1))]
    pub(super) letter: String,
    /// What it is called.
    #[schemars(length(min = 1, max = 60))]
    pub(super) name: String,
    /// What sort of request its tickets are.
    pub(super) kind: Kind,
    /// Whose work these are.
    #[serde(default)]
    pub(super) team: Option<TeamId>,
}

/// Where people come in person.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CounterPlace")]
pub struct PlaceDocument {
    /// Its id.
    pub(super) id: CounterPlaceId,
    /// What it is called.
    pub(super) name: String,
    /// What people queue for there.
    pub(super) queues: Vec<QueueDocument>,
    /// Whether its waiting board can be opened with a key.
    pub(super) has_board: bool,
    /// When it was made: microseconds since 1970-01-01 UTC.
    pub(super) created_at: i64,
    /// When it was archived; null while it is not.
    pub(super) archived_at: Option<i64>,
}

/// What a program says of a place.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CounterPlaceInput")]
pub struct PlaceInput {
    /// What it is called; no two places have the same name.
    #[schemars(length(min = 1, max = 60))]
    pub(super) name: String,
    /// What people queue for there: one to six.
    #[schemars(length(min = 1, max = 6))]
    pub(super) queues: Vec<QueueDocument>,
}

/// The address of a waiting board.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CounterBoardLink")]
pub struct BoardDocument {
    /// The place.
    pub(super) place: CounterPlaceId,
    /// The address; shown once.
    pub(super) link: String,
}

/// At which window an agent serves today.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CounterSeat")]
pub struct SeatDocument {
    /// The agent.
    pub(super) agent: AgentId,
    /// The place.
    pub(super) place: CounterPlaceId,
    /// What people see on the board.
    pub(super) window: String,
    /// The letters of the queues they serve; none for all.
    pub(super) queues: Vec<String>,
    /// Since when: microseconds since 1970-01-01 UTC.
    pub(super) taken_at: i64,
}

/// Which window one takes.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CounterSeatInput")]
pub struct SeatInput {
    /// What people see on the board.
    #[schemars(length(min = 1, max = 8))]
    pub(super) window: String,
    /// The letters of the queues one serves; none for all.
    #[serde(default)]
    pub(super) queues: Vec<String>,
}

/// Somebody who came.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CounterVisit")]
pub struct VisitDocument {
    /// Its id.
    pub(super) id: CounterVisitId,
    /// Where.
    pub(super) place: CounterPlaceId,
    /// On which day of the workspace's calendar.
    pub(super) day: Day,
    /// The number on their slip.
    pub(super) number: String,
    /// The letter of the queue in which they are now.
    pub(super) queue: String,
    /// What they came for.
    pub(super) ticket: TicketId,
    /// Who they are, where that is known.
    pub(super) contact: Option<ContactId>,
    /// How far it has come.
    pub(super) state: VisitState,
    /// When they came: microseconds since 1970-01-01 UTC.
    pub(super) came_at: i64,
    /// When they were last called: microseconds since 1970-01-01 UTC.
    pub(super) called_at: Option<i64>,
    /// How many times they were called since they last waited.
    pub(super) calls: i64,
    /// Who called them.
    pub(super) agent: Option<AgentId>,
    /// To which window; empty while they wait.
    pub(super) window: String,
    /// How long they waited until they were called: microseconds.
    pub(super) waited: i64,
    /// How long they were served: microseconds.
    pub(super) served: i64,
    /// When it was over: microseconds since 1970-01-01 UTC.
    pub(super) ended_at: Option<i64>,
}

/// Somebody comes.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CounterArrival")]
pub struct ArrivalInput {
    /// Who, when they are a contact.
    #[serde(default)]
    pub(super) contact: Option<ContactId>,
    /// Else their name, address or phone number: the contact who is known by it, or a new one.
    #[serde(default)]
    pub(super) who: Option<String>,
    /// What they came for.
    #[schemars(length(min = 1, max = 2_000))]
    pub(super) what: String,
    /// The letter of the queue.
    #[schemars(length(min = 1, max = 1))]
    pub(super) queue: String,
}

/// What is done with a visit.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CounterActInput")]
pub struct ActInput {
    /// What.
    pub(super) act: Deed,
    /// The letter of the queue to hand it on to.
    #[serde(default)]
    pub(super) queue: Option<String>,
}

/// Which day.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CounterDayQuery")]
pub struct DayQuery {
    /// A day of the workspace's calendar; today unless named.
    pub(super) day: Option<Day>,
}

/// What a day at a place came to.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CounterDay")]
pub struct DayDocument {
    /// The place.
    pub(super) place: CounterPlaceId,
    /// The day.
    pub(super) day: Day,
    /// How many came.
    pub(super) came: i64,
    /// How many wait; on a day that is over, who was never called.
    pub(super) waiting: i64,
    /// How many are at a window.
    pub(super) serving: i64,
    /// How many were served.
    pub(super) served: i64,
    /// How many were called and did not come.
    pub(super) no_shows: i64,
    /// The median of waiting of those who came to a window: seconds.
    pub(super) waited_median: Option<i64>,
    /// The 90th percentile of it: seconds.
    pub(super) waited_p90: Option<i64>,
    /// The median of being served: seconds.
    pub(super) served_median: Option<i64>,
}

impl From<Queue> for QueueDocument {
    fn from(queue: Queue) -> Self {
        Self {
            letter: queue.letter,
            name: queue.name,
            kind: queue.kind,
            team: queue.team,
        }
    }
}

impl From<Place> for PlaceDocument {
    fn from(place: Place) -> Self {
        Self {
            id: place.id,
            name: place.name,
            queues: place.queues.into_iter().map(Into::into).collect(),
            has_board: place.has_board,
            created_at: place.created_at.0,
            archived_at: place.archiving.map(|archiving| archiving.at.0),
        }
    }
}

impl From<PlaceInput> for PlaceText {
    fn from(input: PlaceInput) -> Self {
        let queue = |queue: QueueDocument| Queue {
            letter: queue.letter,
            name: queue.name,
            kind: queue.kind,
            team: queue.team,
        };
        Self {
            name: input.name,
            queues: input.queues.into_iter().map(queue).collect(),
        }
    }
}

impl From<Seat> for SeatDocument {
    fn from(seat: Seat) -> Self {
        Self {
            agent: seat.agent,
            place: seat.place,
            window: seat.window,
            queues: seat.letters.chars().map(String::from).collect(),
            taken_at: seat.taken_at.0,
        }
    }
}

impl From<Visit> for VisitDocument {
    fn from(visit: Visit) -> Self {
        Self {
            id: visit.id,
            place: visit.place,
            day: visit.day,
            number: visit.code(),
            queue: visit.queue,
            ticket: visit.ticket,
            contact: visit.contact,
            state: visit.state,
            came_at: visit.came_at.0,
            called_at: visit.called_at.map(|at| at.0),
            calls: visit.calls,
            agent: visit.agent,
            window: visit.window,
            waited: visit.waited,
            served: visit.served,
            ended_at: visit.ended_at.map(|at| at.0),
        }
    }
}

impl DayDocument {
    pub(super) fn new(place: CounterPlaceId, day: Day, figures: Figures) -> Self {
        Self {
            place,
            day,
            came: figures.came,
            waiting: figures.waiting,
            serving: figures.serving,
            served: figures.served,
            no_shows: figures.no_shows,
            waited_median: figures.waited_median,
            waited_p90: figures.waited_p90,
            served_median: figures.served_median,
        }
    }
}
