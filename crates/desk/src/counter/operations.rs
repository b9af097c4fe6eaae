//! What the API's document says about the counter.

use kit::web::api::{Listed, Operation, Precondition, Sample};

use super::day::Figures;
use super::documents::{
    ActInput, ArrivalInput, BoardDocument, DayDocument, DayQuery, PlaceDocument, PlaceInput, QueueDocument,
    SeatDocument, SeatInput, VisitDocument,
};
use super::failures::{
    ANOTHER_DAY, ARCHIVED, BUSY, CONTACT, DEED, NO_SEAT, NOBODY, OF_PLACES, QUEUE, WHAT, WHO, WINDOW,
    WINDOW_TAKEN,
};
use super::model::{Deed, VisitState};
use super::{CounterPlaceId, CounterVisitId};
use crate::tickets::Kind;

const PART: &str = "Counter";

/// `GET /api/v1/counter-places`
pub const PLACES: Operation = Operation::new(
    PART,
    "List places",
    "All places where people come in person, by name, archived ones last. The list is whole.",
)
.gives::<Listed<PlaceDocument>>();

/// `POST /api/v1/counter-places`
pub const CREATE: Operation = Operation::new(
    PART,
    "Set a place up",
    "No two places have the same name. Each has one to six queues, whose letters begin the numbers that people get.",
)
.takes::<PlaceInput>()
.makes::<PlaceDocument>()
.fails(OF_PLACES);

/// `GET /api/v1/counter-places/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a place",
    "Its ETag is what a change names with If-Match.",
)
.of::<CounterPlaceId>()
.shows::<PlaceDocument>();

/// `PUT /api/v1/counter-places/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a place",
    "Whoever waits in a queue that is no more keeps waiting, and can be called or handed on.",
)
.of::<CounterPlaceId>()
.takes::<PlaceInput>()
.shows::<PlaceDocument>()
.held_by(Precondition::Required)
.fails(OF_PLACES);

/// `PUT /api/v1/counter-places/{id}/archiving`
pub const ARCHIVE: Operation = Operation::new(
    PART,
    "Archive a place",
    "Nobody comes there any more and its board is closed; its numbers stay. Archiving it twice changes nothing.",
)
.of::<CounterPlaceId>()
.shows::<PlaceDocument>()
.held_by(Precondition::Optional);

/// `DELETE /api/v1/counter-places/{id}/archiving`
pub const RESTORE: Operation = Operation::new(
    PART,
    "Take a place out of the archive",
    "A place that is not archived stays as it is.",
)
.of::<CounterPlaceId>()
.shows::<PlaceDocument>()
.held_by(Precondition::Optional);

/// `POST /api/v1/counter-places/{id}/board`
pub const RENEW_BOARD: Operation = Operation::new(
    PART,
    "Give the waiting board a new key",
    "The address is shown once. Whoever has it sees numbers and windows, and nothing of who it is. The address that was \
     given before opens nothing any more.",
)
.of::<CounterPlaceId>()
.makes::<BoardDocument>()
.fails(&[&ARCHIVED]);

/// `DELETE /api/v1/counter-places/{id}/board`
pub const CLOSE_BOARD: Operation = Operation::new(
    PART,
    "Close the waiting board",
    "Its address opens nothing any more.",
)
.of::<CounterPlaceId>();

/// `GET /api/v1/counter-places/{id}/seats`
pub const SEATS: Operation = Operation::new(
    PART,
    "List windows",
    "Which agent serves at which window today. The list is whole.",
)
.of::<CounterPlaceId>()
.gives::<Listed<SeatDocument>>();

/// `PUT /api/v1/counter-places/{id}/seat`
pub const SIT: Operation = Operation::new(
    PART,
    "Take a window",
    "For today, in the name of whose token it is. Whoever sat there and serves nobody gives way.",
)
.of::<CounterPlaceId>()
.takes::<SeatInput>()
.shows::<SeatDocument>()
.without_tag()
.fails(&[&WINDOW, &WINDOW_TAKEN, &QUEUE, &BUSY, &ARCHIVED, &NO_SEAT]);

/// `DELETE /api/v1/counter-seat`
pub const LEAVE: Operation = Operation::new(
    PART,
    "Leave the window",
    "Refused while somebody is served there. Leaving twice changes nothing.",
)
.fails(&[&BUSY]);

/// `GET /api/v1/counter-places/{id}/visits`
pub const VISITS: Operation = Operation::new(
    PART,
    "List visits",
    "Everybody who came to a place on a day, in the order in which they came. The list is whole.",
)
.of::<CounterPlaceId>()
.asks::<DayQuery>()
.gives::<Listed<VisitDocument>>();

/// `POST /api/v1/counter-places/{id}/visits`
pub const ARRIVE: Operation = Operation::new(
    PART,
    "Take somebody in",
    "Opens a ticket and gives the next number of the queue. Numbers begin anew each day of the workspace's calendar.",
)
.of::<CounterPlaceId>()
.takes::<ArrivalInput>()
.makes::<VisitDocument>()
.fails(&[&WHO, &CONTACT, &WHAT, &QUEUE, &ARCHIVED]);

/// `POST /api/v1/counter-places/{id}/calls`
pub const NEXT: Operation = Operation::new(
    PART,
    "Call the next",
    "Calls who waits longest in the queues that one serves to one's window. However many call at once, each gets another \
     visit.",
)
.of::<CounterPlaceId>()
.makes::<VisitDocument>()
.fails(&[&NOBODY, &NO_SEAT, &BUSY]);

/// `GET /api/v1/counter-places/{id}/day`
pub const DAY: Operation = Operation::new(
    PART,
    "Show the numbers of a day",
    "How many came, were served and did not come, and how long they waited: of those who came to a window.",
)
.of::<CounterPlaceId>()
.asks::<DayQuery>()
.shows::<DayDocument>()
.without_tag();

/// `GET /api/v1/counter-visits/{id}`
pub const VISIT: Operation = Operation::new(
    PART,
    "Show a visit",
    "Somebody who came, with how long they waited and were served.",
)
.of::<CounterVisitId>()
.shows::<VisitDocument>();

/// `POST /api/v1/counter-visits/{id}/acts`
pub const ACT: Operation = Operation::new(
    PART,
    "Do something with a visit",
    "Calling, calling again, being done with or without solving the ticket, noting that nobody came, handing on to another \
     queue, putting back into the line. Of today's visits only.",
)
.of::<CounterVisitId>()
.takes::<ActInput>()
.makes::<VisitDocument>()
.fails(&[&DEED, &ANOTHER_DAY, &NO_SEAT, &BUSY, &QUEUE]);

const PLACE: &str = "cpl_01k5x0h3m8f2rq7v9c4w6d1nbe";

impl Sample for QueueDocument {
    fn sample() -> Self {
        Self {
            letter: "A".to_owned(),
            name: "Repairs".to_owned(),
            kind: Kind::Problem,
            team: None,
        }
    }
}

impl Sample for PlaceDocument {
    fn sample() -> Self {
        Self {
            id: PLACE.parse().expect("an id"),
            name: "Main street".to_owned(),
            queues: vec![QueueDocument::sample()],
            has_board: true,
            created_at: 1_795_000_000_000_000,
            archived_at: None,
        }
    }
}

impl Sample for PlaceInput {
    fn sample() -> Self {
        Self {
            name: "Main street".to_owned(),
            queues: vec![QueueDocument::sample()],
        }
    }
}

impl Sample for BoardDocument {
    fn sample() -> Self {
        Self {
            place: PLACE.parse().expect("an id"),
            link: "https://desk.example.com/board/3q2-7w".to_owned(),
        }
    }
}

impl Sample for SeatDocument {
    fn sample() -> Self {
        Self {
            agent: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            place: PLACE.parse().expect("an id"),
            window: "3".to_owned(),
            queues: vec!["A".to_owned()],
            taken_at: 1_795_000_000_000_000,
        }
    }
}

impl Sample for SeatInput {
    fn sample() -> Self {
        Self {
            window: "3".to_owned(),
            queues: Vec::new(),
        }
    }
}

impl Sample for VisitDocument {
    fn sample() -> Self {
        Self {
            id: "cvs_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            place: PLACE.parse().expect("an id"),
            day: "2026-11-23".parse().expect("a day"),
            number: "A007".to_owned(),
            queue: "A".to_owned(),
            ticket: "tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            contact: Some("con_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            state: VisitState::Waiting,
            came_at: 1_795_000_000_000_000,
            called_at: None,
            calls: 0,
            agent: None,
            window: String::new(),
            waited: 0,
            served: 0,
            ended_at: None,
        }
    }
}

impl Sample for ArrivalInput {
    fn sample() -> Self {
        Self {
            contact: None,
            who: Some("Leyla Aliyeva".to_owned()),
            what: "The card reader is offline".to_owned(),
            queue: "A".to_owned(),
        }
    }
}

impl Sample for ActInput {
    fn sample() -> Self {
        Self {
            act: Deed::Done,
            queue: None,
        }
    }
}

impl Sample for DayDocument {
    fn sample() -> Self {
        let figures = Figures {
            came: 41,
            waiting: 3,
            serving: 2,
            served: 34,
            no_shows: 2,
            waited_median: Some(420),
            waited_p90: Some(1_140),
            served_median: Some(360),
        };
        Self::new(
            PLACE.parse().expect("an id"),
            "2026-11-23".parse().expect("a day"),
            figures,
        )
    }
}
