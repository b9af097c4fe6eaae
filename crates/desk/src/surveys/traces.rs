//! What answers leave on the timelines: an impression each, as the rating says.

use tandem_core::touchpoints::{Channel, Direction, Impression, Kind, Trace};

/// A contact said how it was.
pub const ANSWERED: Trace = Trace {
    event: "survey.answered",
    kind: Kind::new(
        "survey_answered",
        "surveys-trace-answered",
        "star",
        Channel::System,
    ),
    direction: Direction::Inbound,
    impression: Some((Impression::ALL[2], "surveys-why-answered")),
    evidence: Some("/tickets/"),
};
