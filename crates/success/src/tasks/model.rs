//! What a task is. Every field has one textual form, in which changes keep it.

use kit::clock::Timestamp;
use kit::day::Day;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::agents::AgentId;
use tandem_core::contacts::ContactId;
use tandem_core::teams::TeamId;

use super::{TaskChangeId, TaskId};

/// Whether it is still to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "TaskState")]
pub enum State {
    /// It is to be done.
    Open,
    /// It was done.
    Done,
    /// Nobody will do it.
    Dropped,
}

/// How pressing it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "TaskPriority")]
pub enum Priority {
    /// When there is time.
    Low,
    /// As usual.
    #[default]
    Normal,
    /// Before the others.
    High,
    /// Now.
    Urgent,
}

/// Where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "TaskOrigin")]
pub enum Origin {
    /// Somebody wrote it down.
    Hand,
    /// A playbook's run.
    Playbook,
    /// A program.
    Api,
}

/// Whose it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Owner {
    /// Nobody's.
    #[default]
    Nobody,
    /// An agent's.
    Agent(AgentId),
    /// A team's.
    Team(TeamId),
}

/// Until when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Due {
    /// Whenever.
    #[default]
    Whenever,
    /// Until a day.
    On(Day),
    /// So many working days from today on.
    In(i64),
}

/// What changes of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "TaskField")]
pub enum Field {
    /// What is to be done.
    Title,
    /// What else there is to say.
    Words,
    /// For which account.
    Account,
    /// With whom.
    Contact,
    /// What it refers to.
    Evidence,
    /// Whose it is.
    Owner,
    /// Until when.
    Due,
    /// How pressing.
    Priority,
    /// Whether it is done.
    State,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// What is to be done; empty where it was about a person who was erased.
    pub title: String,
    /// What else there is to say, as plain text.
    pub words: String,
    /// For which account.
    pub account: Option<AccountId>,
    /// With whom.
    pub contact: Option<ContactId>,
    /// The id of what it refers to; empty without.
    pub evidence: String,
    /// Whose it is.
    pub owner: Owner,
    /// Until when.
    pub due: Option<Day>,
    /// How pressing.
    pub priority: Priority,
    /// Whether it is done.
    pub state: State,
    /// Where it comes from.
    pub origin: Origin,
    /// Grows by one with every change.
    pub version: i64,
    /// When it was added.
    pub created_at: Timestamp,
    /// The signature of who added it.
    pub created_by: String,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// When it was done or dropped, and the signature of who did that.
    pub settled: Option<(Timestamp, String)>,
}

/// What people write of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskText {
    /// What is to be done.
    pub title: String,
    /// What else there is to say.
    pub words: String,
    /// For which account.
    pub account: Option<AccountId>,
    /// With whom.
    pub contact: Option<ContactId>,
    /// The id of what it refers to; empty without.
    pub evidence: String,
    /// Whose it is.
    pub owner: Owner,
    /// Until when.
    pub due: Due,
    /// How pressing.
    pub priority: Priority,
}

/// One change of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its id.
    pub id: TaskChangeId,
    /// Of which field; none for one of a later version of the program.
    pub field: Option<Field>,
    /// What stood there.
    pub before: String,
    /// What stands there since.
    pub after: String,
    /// The signature of who changed it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Owner {
    /// Its textual form: the id of the agent or the team; empty for nobody.
    pub fn written(self) -> String {
        match self {
            Self::Nobody => String::new(),
            Self::Agent(id) => id.to_string(),
            Self::Team(id) => id.to_string(),
        }
    }

    /// The owner of this textual form.
    pub fn read(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::Nobody);
        }
        let agent = text.parse().ok().map(Self::Agent);
        agent.or_else(|| text.parse().ok().map(Self::Team))
    }

    pub(super) fn agent(self) -> Option<AgentId> {
        match self {
            Self::Agent(id) => Some(id),
            _ => None,
        }
    }

    pub(super) fn team(self) -> Option<TeamId> {
        match self {
            Self::Team(id) => Some(id),
            _ => None,
        }
    }
}

impl Task {
    /// The textual form of a field.
    pub fn value(&self, field: Field) -> String {
        let id = |id: Option<String>| id.unwrap_or_default();
        match field {
            Field::Title => self.title.clone(),
            Field::Words => self.words.clone(),
            Field::Account => id(self.account.map(|id| id.to_string())),
            Field::Contact => id(self.contact.map(|id| id.to_string())),
            Field::Evidence => self.evidence.clone(),
            Field::Owner => self.owner.written(),
            Field::Due => id(self.due.map(|day| day.to_string())),
            Field::Priority => self.priority.as_str().to_owned(),
            Field::State => self.state.as_str().to_owned(),
        }
    }

    /// Where it stands in a worklist.
    pub(super) fn place(&self) -> String {
        let rank = match self.priority {
            Priority::Urgent => 0,
            Priority::High => 1,
            Priority::Normal => 2,
            Priority::Low => 3,
        };
        match self.due {
            Some(day) => format!("{day}/{rank}"),
            None => format!("none/{rank}"),
        }
    }
}
