//! What is kept of playbooks and their runs.

use kit::clock::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;

use super::{Content, PlaybookId, RunId};

/// Whether a playbook begins runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PlaybookStatus")]
pub enum Status {
    /// It was never published.
    Draft,
    /// It begins runs.
    Active,
    /// It begins none, and those that were begun stand still.
    Paused,
    /// It is gone; its runs are kept.
    Removed,
}

/// A playbook with what its newest version says.
#[derive(Clone, Debug, PartialEq)]
pub struct Playbook {
    /// Its id.
    pub id: PlaybookId,
    /// Its name.
    pub name: String,
    /// Whether it begins runs.
    pub status: Status,
    /// The newest version.
    pub version: i64,
    /// The version that is in force.
    pub published: Option<i64>,
    /// What the newest version says.
    pub content: Content,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// The signature of who changed it.
    pub changed_by: String,
}

/// Where a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PlaybookRunState")]
pub enum RunState {
    /// On its way.
    Running,
    /// All steps are behind it.
    Finished,
    /// It ended before its last step.
    Stopped,
}

/// One use of a playbook at an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its id.
    pub id: RunId,
    /// Of which playbook.
    pub playbook: PlaybookId,
    /// Of which of its versions.
    pub version: i64,
    /// At which account.
    pub account: AccountId,
    /// Where it is.
    pub state: RunState,
    /// How many steps are behind it.
    pub step: i64,
    /// Until when it waits.
    pub wait_until: Option<Timestamp>,
    /// The id of the task that it waits for; empty for none.
    pub waits_for: String,
    /// What began it: `hand`, or the name of the event.
    pub cause: String,
    /// What it ended by: `steps`, `hand`, `band`, `alert`; empty while it runs.
    pub why: String,
    /// When it began.
    pub began_at: Timestamp,
    /// The signature of who began it.
    pub began_by: String,
    /// When it ended, and the signature of who ended it.
    pub ended: Option<(Timestamp, String)>,
}

/// What became of one step of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// Which step, from 0.
    pub number: i64,
    /// Its kind.
    pub kind: String,
    /// What became of it: `done`, `waiting`, `waited`, `yes`, `no`, `failed`, `left`, `undone`.
    pub outcome: String,
    /// The id of what it made; empty for nothing.
    pub subject: String,
    /// When.
    pub at: Timestamp,
    /// What it changed, and what stood there before and after; none where it changed nothing.
    pub change: Option<FieldChange>,
}

/// A field of an account that a step gave another value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "PlaybookFieldChange")]
pub struct FieldChange {
    /// Which: `stage`, `tier`, `owner`, or the id of an own field.
    pub field: String,
    /// What stood there.
    pub before: String,
    /// What the step wrote.
    pub after: String,
}
