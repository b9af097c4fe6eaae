//! What tickets leave on the timelines.

use tandem_core::touchpoints::{Channel, Direction, Impression, Kind, Trace};

const EVIDENCE: Option<&str> = Some("/tickets/");

/// The customer asked for something.
pub const OPENED: Trace = Trace {
    event: "ticket.opened",
    kind: Kind::new("ticket_opened", "tickets-trace-opened", "inbox", Channel::System),
    direction: Direction::Inbound,
    impression: None,
    evidence: EVIDENCE,
};

/// They have what they asked for.
pub const SOLVED: Trace = Trace {
    event: "ticket.solved",
    kind: Kind::new(
        "ticket_solved",
        "tickets-trace-solved",
        "circle-check",
        Channel::System,
    ),
    direction: Direction::Outbound,
    impression: Some((Impression::ALL[3], "tickets-why-solved")),
    evidence: EVIDENCE,
};

/// It was not solved after all.
pub const REOPENED: Trace = Trace {
    event: "ticket.reopened",
    kind: Kind::new(
        "ticket_reopened",
        "tickets-trace-reopened",
        "undo-2",
        Channel::System,
    ),
    direction: Direction::Inbound,
    impression: Some((Impression::ALL[1], "tickets-why-reopened")),
    evidence: EVIDENCE,
};
