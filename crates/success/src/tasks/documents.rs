//! Tasks as programs see them.

use kit::day::Day;
use kit::web::api::{Limit, Sample};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::agents::AgentId;
use tandem_core::contacts::ContactId;
use tandem_core::teams::TeamId;

use super::{
    Change, Due, Field, Origin, Owner, Priority, State, Task, TaskChangeId, TaskError, TaskId, TaskText, View,
};

/// One thing to do.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Task")]
pub struct TaskDocument {
    /// Its id.
    pub(super) id: TaskId,
    /// What is to be done; empty where it was about a person who was erased.
    pub(super) title: String,
    /// What else there is to say, as plain text.
    pub(super) words: String,
    /// For which account.
    pub(super) account: Option<AccountId>,
    /// With whom.
    pub(super) contact: Option<ContactId>,
    /// The id of what it refers to: a ticket, an alert, a contact, a touchpoint, a run of a playbook.
    pub(super) evidence: Option<String>,
    /// The agent whose it is.
    pub(super) agent: Option<AgentId>,
    /// The team whose it is.
    pub(super) team: Option<TeamId>,
    /// Until when.
    pub(super) due: Option<Day>,
    /// How pressing.
    pub(super) priority: Priority,
    /// Whether it is done.
    pub(super) state: State,
    /// Where it comes from.
    pub(super) origin: Origin,
    /// Grows by one with every change.
    pub(super) version: i64,
    /// When it was added: microseconds since 1970-01-01 UTC.
    pub(super) created_at: i64,
    /// Who added it.
    pub(super) created_by: String,
    /// When it was last changed: microseconds since 1970-01-01 UTC.
    pub(super) changed_at: i64,
    /// When it was done or dropped: microseconds since 1970-01-01 UTC; null while it is open.
    pub(super) settled_at: Option<i64>,
    /// Who did or dropped it.
    pub(super) settled_by: Option<String>,
}

/// What a program says of a task.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskInput {
    /// What is to be done.
    #[schemars(length(min = 1, max = 200))]
    pub(super) title: String,
    /// What else there is to say.
    #[serde(default)]
    #[schemars(length(max = 5000))]
    pub(super) words: String,
    /// For which account.
    pub(super) account: Option<AccountId>,
    /// With whom.
    pub(super) contact: Option<ContactId>,
    /// The id of what it refers to: a ticket, an alert, a contact, a touchpoint, a run of a playbook.
    #[schemars(length(max = 60))]
    pub(super) evidence: Option<String>,
    /// The agent whose it is to be.
    pub(super) agent: Option<AgentId>,
    /// The team whose it is to be; an agent or a team, not both.
    pub(super) team: Option<TeamId>,
    /// Until when.
    pub(super) due: Option<Day>,
    /// The same as working days from today on; a day or this, not both.
    #[schemars(range(min = 0, max = 365))]
    pub(super) due_in: Option<i64>,
    /// How pressing; normal unless told.
    #[serde(default)]
    pub(super) priority: Priority,
}

/// Whether a task is done.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TaskStateInput")]
pub struct StateInput {
    /// Open, done or dropped.
    pub(super) state: State,
}

/// Which tasks, and how many.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    /// Whose; everybody's unless told.
    pub(super) view: Option<View>,
    /// In which state; open unless told.
    pub(super) state: Option<State>,
    /// For which account.
    pub(super) account: Option<AccountId>,
    /// The cursor of the part before: its `next`.
    pub(super) after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    pub(super) limit: Limit,
}

/// One change of one field.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TaskChange")]
pub struct ChangeDocument {
    /// Its id.
    pub(super) id: TaskChangeId,
    /// Of which field; null for one that this version does not know.
    pub(super) field: Option<Field>,
    /// What stood there: ids, days and words as text; empty for nothing.
    pub(super) before: String,
    /// What stands there since.
    pub(super) after: String,
    /// Who changed it.
    pub(super) by: String,
    /// When: microseconds since 1970-01-01 UTC.
    pub(super) at: i64,
}

impl From<Task> for TaskDocument {
    fn from(task: Task) -> Self {
        let (settled_at, settled_by) = task.settled.unzip();
        Self {
            id: task.id,
            title: task.title,
            words: task.words,
            account: task.account,
            contact: task.contact,
            evidence: Some(task.evidence).filter(|id| !id.is_empty()),
            agent: task.owner.agent(),
            team: task.owner.team(),
            due: task.due,
            priority: task.priority,
            state: task.state,
            origin: task.origin,
            version: task.version,
            created_at: task.created_at.0,
            created_by: task.created_by,
            changed_at: task.changed_at.0,
            settled_at: settled_at.map(|at| at.0),
            settled_by,
        }
    }
}

impl From<Change> for ChangeDocument {
    fn from(change: Change) -> Self {
        Self {
            id: change.id,
            field: change.field,
            before: change.before,
            after: change.after,
            by: change.by,
            at: change.at.0,
        }
    }
}

impl TaskInput {
    pub(super) fn text(self) -> Result<TaskText, TaskError> {
        let owner = match (self.agent, self.team) {
            (Some(_), Some(_)) => return Err(TaskError::Double),
            (Some(agent), None) => Owner::Agent(agent),
            (None, Some(team)) => Owner::Team(team),
            (None, None) => Owner::Nobody,
        };
        let due = match (self.due, self.due_in) {
            (Some(_), Some(_)) => return Err(TaskError::Double),
            (Some(day), None) => Due::On(day),
            (None, Some(days)) => Due::In(days),
            (None, None) => Due::Whenever,
        };
        Ok(TaskText {
            title: self.title,
            words: self.words,
            account: self.account,
            contact: self.contact,
            evidence: self.evidence.unwrap_or_default(),
            owner,
            due,
            priority: self.priority,
        })
    }
}

impl Sample for TaskDocument {
    fn sample() -> Self {
        Self {
            id: "tsk_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            title: "Call about the open questions on exports".to_owned(),
            words: "Two people asked for the same in a week.".to_owned(),
            account: Some("acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            contact: None,
            evidence: Some("tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".to_owned()),
            agent: Some("agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            team: None,
            due: Some("2026-11-27".parse().expect("a day")),
            priority: Priority::High,
            state: State::Open,
            origin: Origin::Hand,
            version: 1,
            created_at: 1_795_000_000_000_000,
            created_by: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe Ada Byron".to_owned(),
            changed_at: 1_795_000_000_000_000,
            settled_at: None,
            settled_by: None,
        }
    }
}

impl Sample for TaskInput {
    fn sample() -> Self {
        Self {
            title: "Call about the open questions on exports".to_owned(),
            words: "Two people asked for the same in a week.".to_owned(),
            account: Some("acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            contact: None,
            evidence: None,
            agent: Some("agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            team: None,
            due: None,
            due_in: Some(3),
            priority: Priority::High,
        }
    }
}

impl Sample for StateInput {
    fn sample() -> Self {
        Self { state: State::Done }
    }
}

impl Sample for ChangeDocument {
    fn sample() -> Self {
        Self {
            id: "tkc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            field: Some(Field::Due),
            before: "2026-11-27".to_owned(),
            after: "2026-11-30".to_owned(),
            by: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe Ada Byron".to_owned(),
            at: 1_795_000_000_000_000,
        }
    }
}
