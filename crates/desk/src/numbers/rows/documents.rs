//! The tickets behind a number as programs see them.

use kit::day::Day;
use kit::id::TypedId;
use kit::web::Filled;
use kit::web::api::{Limit, Sample};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::agents::AgentId;
use tandem_core::teams::TeamId;

use super::super::documents::filled;
use super::super::fact::{Fact, Time};
use crate::tickets::TicketId;

/// Which tickets stand behind which number.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowsQuery {
    /// Behind which number: `created`, `responded`, `backlog`, `solved`, `reopened`, `one_touch` or `rated`.
    pub(in super::super) of: String,
    /// The first day; thirty days up to today without both.
    from: Option<Day>,
    /// The last day.
    last: Option<Day>,
    /// Only tickets of this agent; `none` for nobody's.
    agent: Option<String>,
    /// Only tickets of this team; `none` for no team's.
    team: Option<String>,
    /// Only tickets that came this way.
    channel: Option<String>,
    /// Only tickets with this tag; `none` for those without any.
    tag: Option<String>,
    /// Of `backlog`, only what is so old: `day`, `week`, `month`, `quarter` or `older`, each without the one before.
    pub(in super::super) age: Option<String>,
    /// Where to go on: the cursor of the part before.
    pub(in super::super) after: Option<String>,
    /// How many.
    #[serde(default)]
    pub(in super::super) limit: Limit,
}

impl RowsQuery {
    /// The same as a form would say it.
    pub(in super::super) fn form(self) -> Filled {
        filled([
            ("from", self.from.map(|day| day.to_string())),
            ("last", self.last.map(|day| day.to_string())),
            ("agent", self.agent),
            ("team", self.team),
            ("channel", self.channel),
            ("tag", self.tag),
            ("of", Some(self.of)),
        ])
    }
}

/// A ticket with what is counted of it. Times are in seconds.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SupportTicket")]
pub struct RowDocument {
    /// The ticket.
    ticket: TicketId,
    /// What people call it.
    number: i64,
    /// When it was opened: microseconds since 1970-01-01 UTC.
    opened_at: i64,
    /// When it was last solved: microseconds since 1970-01-01 UTC.
    solved_at: Option<i64>,
    /// Whether it is open now.
    is_open: bool,
    /// Whose work it is.
    agent: Option<AgentId>,
    /// Which team's.
    team: Option<TeamId>,
    /// How many public messages agents wrote.
    replies: i64,
    /// Whether it was solved and came back.
    is_reopened: bool,
    /// To the first public message of an agent.
    first_response: Option<SpanDocument>,
    /// To the last solving.
    resolution: Option<SpanDocument>,
    /// To the first solving.
    first_resolution: Option<SpanDocument>,
    /// The rating from 1 to 5.
    csat: Option<i64>,
    /// The effort from 0 to 100.
    effort: Option<i64>,
}

/// A duration in seconds.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SupportSpan")]
pub struct SpanDocument {
    /// As the clock counts.
    calendar: i64,
    /// Of the hours in which the workspace works.
    working: i64,
}

impl From<Time> for SpanDocument {
    fn from(time: Time) -> Self {
        Self {
            calendar: time.calendar,
            working: time.working,
        }
    }
}

impl From<Fact> for RowDocument {
    fn from(fact: Fact) -> Self {
        Self {
            ticket: fact.ticket,
            number: fact.number,
            opened_at: fact.opened_at.0,
            solved_at: fact.solved_at.map(|at| at.0),
            is_open: fact.is_open,
            agent: fact.agent.map(AgentId::from_uuid),
            team: fact.team.map(TeamId::from_uuid),
            replies: fact.replies,
            is_reopened: fact.is_reopened,
            first_response: fact.first_response.map(Into::into),
            resolution: fact.resolution.map(Into::into),
            first_resolution: fact.first_resolution.map(Into::into),
            csat: fact.csat,
            effort: fact.effort,
        }
    }
}

impl Sample for RowDocument {
    fn sample() -> Self {
        Self {
            ticket: "tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            number: 1042,
            opened_at: 1_795_000_000_000_000,
            solved_at: Some(1_795_003_600_000_000),
            is_open: false,
            agent: Some("agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            team: None,
            replies: 1,
            is_reopened: false,
            first_response: Some(SpanDocument {
                calendar: 600,
                working: 600,
            }),
            resolution: Some(SpanDocument {
                calendar: 3_600,
                working: 3_600,
            }),
            first_resolution: Some(SpanDocument {
                calendar: 3_600,
                working: 3_600,
            }),
            csat: Some(5),
            effort: None,
        }
    }
}
