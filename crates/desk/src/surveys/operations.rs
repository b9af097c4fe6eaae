//! What the API's document says about surveys.

use kit::web::api::{Listed, Operation, Precondition};

use super::SurveyId;
use super::documents::{LinkDocument, SettingsDocument, SettingsInput, SurveyDocument, SurveysQuery};
use super::failures::{ALERT, DELAY, NOT_SOLVED, REST, SCALE, WORDS};
use crate::tickets::TicketId;

const PART: &str = "Surveys";

/// `GET /api/v1/surveys`
pub const LIST: Operation = Operation::new(
    PART,
    "List answers",
    "What contacts answered after their tickets were solved, the newest answer first, with scale and direction as they \
     were asked.",
)
.asks::<SurveysQuery>()
.gives::<Listed<SurveyDocument>>();

/// `GET /api/v1/surveys/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a survey",
    "A question to one contact about one ticket, with the answer that holds.",
)
.of::<SurveyId>()
.shows::<SurveyDocument>();

/// `POST /api/v1/tickets/{id}/survey`
pub const LINK: Operation = Operation::new(
    PART,
    "Make a link to a ticket's question",
    "For an agent or a program to hand over: whoever has it answers without signing in, for sixty days. Links that were \
     made before work still.",
)
.of::<TicketId>()
.makes::<LinkDocument>()
.fails(&[&NOT_SOLVED]);

/// `GET /api/v1/survey-settings`
pub const SETTINGS: Operation = Operation::new(
    PART,
    "Show how the workspace asks",
    "Whether and what it asks after solving, when, how often, and what follows from a low rating.",
)
.shows::<SettingsDocument>();

/// `PUT /api/v1/survey-settings`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change how the workspace asks",
    "What was asked already keeps its question and its scale.",
)
.takes::<SettingsInput>()
.shows::<SettingsDocument>()
.held_by(Precondition::Required)
.fails(&[&SCALE, &DELAY, &REST, &ALERT, &WORDS]);
