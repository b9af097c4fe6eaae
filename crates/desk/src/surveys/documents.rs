//! Surveys as programs see them.

use std::collections::BTreeMap;

use kit::web::api::{Limit, Sample};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::agents::AgentId;
use tandem_core::contacts::ContactId;
use tandem_core::teams::TeamId;

use super::model::{AfterLow, Direction, Question, Survey};
use super::{Settings, SurveyId};
use crate::tickets::TicketId;

/// A question to one contact about one ticket, with the answer that holds.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Survey")]
pub struct SurveyDocument {
    /// Its id.
    pub(super) id: SurveyId,
    /// The ticket.
    pub(super) ticket: TicketId,
    /// Who was asked.
    pub(super) contact: Option<ContactId>,
    /// Whose work the ticket was when it was asked.
    pub(super) agent: Option<AgentId>,
    /// Which team's work it was.
    pub(super) team: Option<TeamId>,
    /// What is asked.
    pub(super) question: Question,
    /// What the high end of the scale says.
    pub(super) direction: Direction,
    /// The highest rating; the lowest is 1.
    pub(super) scale: i64,
    /// Whether a mail brought it.
    pub(super) is_mailed: bool,
    /// When it was asked: microseconds since 1970-01-01 UTC.
    pub(super) asked_at: i64,
    /// The rating that holds; null before there is one.
    pub(super) rating: Option<i64>,
    /// How it says it was: from −2 to 2.
    pub(super) impression: Option<i64>,
    /// What they wrote.
    pub(super) comment: Option<String>,
    /// When they gave this answer: microseconds since 1970-01-01 UTC.
    pub(super) answered_at: Option<i64>,
}

impl From<Survey> for SurveyDocument {
    fn from(survey: Survey) -> Self {
        let asks = survey.asks;
        let rating = survey.answer.as_ref().map(|answer| answer.rating);
        Self {
            id: survey.id,
            ticket: survey.ticket,
            contact: survey.contact,
            agent: survey.agent,
            team: survey.team,
            question: asks.question,
            direction: asks.direction,
            scale: asks.scale,
            is_mailed: survey.is_mailed,
            asked_at: survey.asked_at.0,
            rating,
            impression: rating.map(|rating| asks.impression(rating)),
            answered_at: survey.answer.as_ref().map(|answer| answer.at.0),
            comment: survey.answer.map(|answer| answer.comment),
        }
    }
}

/// Which answers.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SurveysQuery {
    /// Answers from this moment on: microseconds since 1970-01-01 UTC.
    pub(super) from: Option<i64>,
    /// Answers before this moment: microseconds since 1970-01-01 UTC.
    pub(super) until: Option<i64>,
    /// About tickets of this agent.
    pub(super) agent: Option<AgentId>,
    /// About tickets of this team.
    pub(super) team: Option<TeamId>,
    /// Only low ones.
    #[serde(default)]
    pub(super) low: bool,
    /// Where to go on: the cursor of the part before.
    pub(super) after: Option<String>,
    /// How many.
    #[serde(default)]
    pub(super) limit: Limit,
}

/// A link by which a contact answers.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SurveyLink")]
pub struct LinkDocument {
    /// The survey.
    pub(super) survey: SurveyDocument,
    /// The address; shown once.
    pub(super) link: String,
}

/// How a workspace asks.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SurveySettings")]
pub struct SettingsDocument {
    /// Whether it asks by mail when a ticket is solved.
    pub(super) is_on: bool,
    /// What it asks.
    pub(super) question: Question,
    /// What the high end of the scale says.
    pub(super) direction: Direction,
    /// The highest rating: 5, or 7 for effort.
    pub(super) scale: i64,
    /// How many minutes after solving.
    pub(super) delay_minutes: i64,
    /// Whether only minutes of the working hours count.
    pub(super) is_working_time: bool,
    /// For how many days a contact who was asked is not asked again.
    pub(super) rest_days: i64,
    /// What follows from a low rating.
    pub(super) after_low: AfterLow,
    /// Who is told of one: `nobody`, `assignee`, `team`, or the id of an agent.
    pub(super) alerts: String,
    /// The question in own words, by language; ours for those that are missing.
    pub(super) words: BTreeMap<String, String>,
}

/// What a program says of how a workspace asks.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsInput {
    /// Whether it asks by mail when a ticket is solved.
    pub(super) is_on: bool,
    /// What it asks.
    pub(super) question: Question,
    /// What the high end of the scale says; that of CSAT is `easy`.
    pub(super) direction: Direction,
    /// The highest rating: 5, or 7 for effort.
    #[schemars(range(min = 5, max = 7))]
    pub(super) scale: i64,
    /// How many minutes after solving.
    #[schemars(range(min = 0, max = 43_200))]
    pub(super) delay_minutes: i64,
    /// Whether only minutes of the working hours count.
    pub(super) is_working_time: bool,
    /// For how many days a contact who was asked is not asked again.
    #[schemars(range(min = 0, max = 365))]
    pub(super) rest_days: i64,
    /// What follows from a low rating.
    pub(super) after_low: AfterLow,
    /// Who is told of one: `nobody`, `assignee`, `team`, or the id of an agent; whose work the ticket is where nothing is said.
    #[serde(default)]
    #[schemars(length(max = 40))]
    pub(super) alerts: Option<String>,
    /// The question in own words, by language.
    #[serde(default)]
    pub(super) words: BTreeMap<String, String>,
}

impl From<Settings> for SettingsDocument {
    fn from(settings: Settings) -> Self {
        Self {
            is_on: settings.is_on,
            question: settings.asks.question,
            direction: settings.asks.direction,
            scale: settings.asks.scale,
            delay_minutes: settings.delay_minutes,
            is_working_time: settings.is_working_time,
            rest_days: settings.rest_days,
            after_low: settings.after_low,
            alerts: settings.alerts.to_string(),
            words: settings.words,
        }
    }
}

impl Sample for SurveyDocument {
    fn sample() -> Self {
        Self {
            id: "srv_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            ticket: "tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            contact: Some("con_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            agent: Some("agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            team: None,
            question: Question::Csat,
            direction: Direction::Easy,
            scale: 5,
            is_mailed: true,
            asked_at: 1_795_000_000_000_000,
            rating: Some(5),
            impression: Some(2),
            comment: Some("Fast and to the point.".to_owned()),
            answered_at: Some(1_795_000_600_000_000),
        }
    }
}

impl Sample for LinkDocument {
    fn sample() -> Self {
        Self {
            survey: SurveyDocument::sample(),
            link: "https://desk.example.com/s/3q2-7w".to_owned(),
        }
    }
}

impl Sample for SettingsDocument {
    fn sample() -> Self {
        Settings::default().into()
    }
}

impl Sample for SettingsInput {
    fn sample() -> Self {
        let usual = SettingsDocument::sample();
        Self {
            is_on: true,
            question: usual.question,
            direction: usual.direction,
            scale: usual.scale,
            delay_minutes: usual.delay_minutes,
            is_working_time: usual.is_working_time,
            rest_days: usual.rest_days,
            after_low: usual.after_low,
            alerts: Some(usual.alerts),
            words: usual.words,
        }
    }
}
