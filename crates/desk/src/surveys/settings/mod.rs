//! How a workspace asks after solving: whether, what, when, how often, in which words, and what follows from a low rating.

mod store;

use std::collections::BTreeMap;
use std::fmt;

use kit::db::{DbError, Tx};
use kit::i18n::Locale;
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::agents::{self, AgentId};
use tandem_core::audit::{self, Act, Entry};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

pub(super) use store::asks;

use super::model::{AfterLow, Asks, Direction, Question, SurveyError};

/// Who is told of a low rating.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alert {
    /// Nobody.
    Nobody,
    /// Whose work the ticket is; where that is nobody, their team.
    #[default]
    Assignee,
    /// Everybody in the team of the ticket.
    Team,
    /// Always the same agent.
    Agent(AgentId),
}

impl Alert {
    /// Those that name nobody, each with its word and the key of its text.
    pub const CHOICES: [(&'static str, &'static str); 3] = [
        ("nobody", "surveys-alert-nobody"),
        ("assignee", "surveys-alert-assignee"),
        ("team", "surveys-alert-team"),
    ];

    /// Reads what is written: a word, or the id of an agent.
    pub fn parse(written: &str) -> Option<Self> {
        match written {
            "nobody" => Some(Self::Nobody),
            "assignee" => Some(Self::Assignee),
            "team" => Some(Self::Team),
            id => id.parse().ok().map(Self::Agent),
        }
    }
}

impl fmt::Display for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => f.write_str("nobody"),
            Self::Assignee => f.write_str("assignee"),
            Self::Team => f.write_str("team"),
            Self::Agent(agent) => agent.fmt(f),
        }
    }
}

/// How a workspace asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whether it asks by mail when a ticket is solved.
    pub is_on: bool,
    /// What it asks.
    pub asks: Asks,
    /// How many minutes after solving.
    pub delay_minutes: i64,
    /// Whether only minutes of the working hours count.
    pub is_working_time: bool,
    /// For how many days a contact who was asked is not asked again.
    pub rest_days: i64,
    /// What follows from a low rating.
    pub after_low: AfterLow,
    /// Who is told of one.
    pub alerts: Alert,
    /// The question in own words, by language.
    pub words: BTreeMap<String, String>,
    /// Grows with every change.
    pub version: i64,
}

/// The longest delay: thirty days.
pub const LONGEST_DELAY: i64 = 30 * 24 * 60;
/// The longest rest.
pub const LONGEST_REST: i64 = 365;
/// The longest question, in characters.
const LONGEST: usize = 300;

impl Default for Settings {
    fn default() -> Self {
        Self {
            is_on: false,
            asks: Asks {
                question: Question::Csat,
                direction: Direction::Easy,
                scale: 5,
            },
            delay_minutes: 60,
            is_working_time: false,
            rest_days: 30,
            after_low: AfterLow::Note,
            alerts: Alert::default(),
            words: BTreeMap::new(),
            version: 0,
        }
    }
}

/// How a workspace asks.
///
/// # Errors
/// [`DbError`] of the database.
pub fn settings(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Settings, DbError> {
    let Some(mut found) = store::find(tx, workspace)? else {
        return Ok(Settings::default());
    };
    found.words = store::words(tx, workspace)?;
    Ok(found)
}

/// Changes how a workspace asks, made from `wanted.version`. What was asked already keeps its scale.
///
/// # Errors
/// [`SurveyError`] for a missing permission, what does not fit, or when somebody changed it meanwhile.
pub fn change_settings(tx: &mut Tx<'_>, actor: &Actor, wanted: Settings) -> Result<Settings, SurveyError> {
    actor.must(Permission::InboxWrite)?;
    let before = settings(tx, actor.workspace)?;
    if before.version != wanted.version {
        return Err(SurveyError::Stale);
    }
    let wanted = wanted.checked()?;
    if let Alert::Agent(agent) = wanted.alerts {
        let found = agents::find(tx, actor.workspace, agent)?;
        found
            .filter(|agent| agent.is_active)
            .ok_or(SurveyError::BadAlert)?;
    }
    if before == wanted {
        return Ok(before);
    }
    let after = Settings {
        version: before.version + 1,
        ..wanted
    };
    store::put(tx, actor.workspace, &after)?;
    let entry = Entry::of(Act::SurveysChanged, actor.workspace).before(before.facts());
    audit::record(tx, actor, entry.after(after.facts()))?;
    Ok(after)
}

impl Settings {
    fn checked(mut self) -> Result<Self, SurveyError> {
        if self.asks.question == Question::Csat {
            self.asks.direction = Direction::Easy;
        }
        let is_scale = matches!((self.asks.question, self.asks.scale), (_, 5) | (Question::Ces, 7));
        if !is_scale {
            return Err(SurveyError::BadScale);
        }
        if !(0..=LONGEST_DELAY).contains(&self.delay_minutes) {
            return Err(SurveyError::BadDelay);
        }
        if !(0..=LONGEST_REST).contains(&self.rest_days) {
            return Err(SurveyError::BadRest);
        }
        let mut words = BTreeMap::new();
        for locale in Locale::all() {
            let own = self.words.get(locale.tag()).map_or("", String::as_str);
            let own = own.split_whitespace().collect::<Vec<_>>().join(" ");
            if own.chars().count() > LONGEST {
                return Err(SurveyError::LongQuestion);
            }
            if !own.is_empty() {
                words.insert(locale.tag().to_owned(), own);
            }
        }
        self.words = words;
        Ok(self)
    }

    fn facts(&self) -> serde_json::Value {
        json!({
            "is_on": self.is_on, "question": self.asks.question, "direction": self.asks.direction, "scale": self.asks.scale,
            "delay_minutes": self.delay_minutes, "is_working_time": self.is_working_time, "rest_days": self.rest_days,
            "after_low": self.after_low, "alerts": self.alerts.to_string(), "words": self.words,
        })
    }
}
