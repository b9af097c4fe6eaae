//! What the counter leaves on the timelines.

use tandem_core::touchpoints::{Channel, Direction, Kind, Trace};

/// They came to the counter and were served.
pub const SERVED: Trace = Trace {
    event: "counter.served",
    kind: Kind::new(
        "counter_visit",
        "counter-trace-visit",
        "handshake",
        Channel::InPerson,
    ),
    direction: Direction::Inbound,
    impression: None,
    evidence: Some("/tickets/"),
};
