//! What a playbook says: what starts it, for whom, its steps, what ends it, whom it leaves alone.

use kit::clock::Timestamp;
use kit::id::TypedId;
use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::ladders::RungId;

use super::{PlaybookId, RunId};
use crate::health::Band;
use crate::tasks::Priority;

/// Reads an object by the names of its members: serde takes a list for one too.
fn by_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Conditions, D::Error> {
    let members = serde_json::Map::<String, serde_json::Value>::deserialize(deserializer)?;
    serde_json::from_value(members.into()).map_err(D::Error::custom)
}

/// Events that may start a playbook by their names.
pub const EVENTS: &[&str] = &[
    "account.added",
    "account.reopened",
    "subscription.added",
    "subscription.changed",
    "subscription.ended",
    "subscription.renewed",
    "invoice.overdue",
    "ticket.reopened",
];

/// What starts a playbook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schemars(rename = "PlaybookTrigger")]
pub enum Trigger {
    /// Somebody, by hand.
    #[default]
    Hand,
    /// An alert opened.
    Alert {
        /// Of this rule; any where empty.
        #[serde(default)]
        rule: String,
        /// Of this severity; any where empty.
        #[serde(default)]
        severity: String,
    },
    /// The health of an account went into a band.
    Band {
        /// Which.
        band: Band,
    },
    /// An account came to a stage.
    Stage {
        /// Which.
        stage: RungId,
    },
    /// So many days before an account renews or ends.
    Renewal {
        /// How many.
        days: i64,
    },
    /// Something else happened.
    Event {
        /// The name of the event.
        event: String,
    },
}

/// For which accounts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PlaybookConditions")]
pub struct Conditions {
    /// On this tier.
    #[serde(default)]
    pub tier: Option<RungId>,
    /// On this stage.
    #[serde(default)]
    pub stage: Option<RungId>,
    /// That bring at least so much a month, in minor units of the reporting currency.
    #[serde(default)]
    pub mrr_from: Option<i64>,
    /// That bring at most so much.
    #[serde(default)]
    pub mrr_to: Option<i64>,
}

/// Whose a task is to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PlaybookOwner")]
pub enum OwnerOf {
    /// Of whoever looks after the account.
    #[default]
    Account,
    /// Of this agent or team, by its id.
    Named(String),
}

/// What decides where a run goes on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "of", rename_all = "snake_case")]
#[schemars(rename = "PlaybookTest")]
pub enum Test {
    /// A metric is above a value.
    Above {
        /// Its name.
        metric: String,
        /// The value.
        value: f64,
    },
    /// A metric is below a value.
    Below {
        /// Its name.
        metric: String,
        /// The value.
        value: f64,
    },
    /// The health is in a band.
    Band {
        /// Which.
        band: Band,
    },
    /// The last task before this step was done.
    Done,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schemars(rename = "PlaybookStep")]
pub enum Step {
    /// Adds a task.
    Task {
        /// Its title; `{{ account.name }}` and `{{ account.website }}` are filled in.
        title: String,
        /// Its words, filled in alike.
        #[serde(default)]
        words: String,
        /// Whose it is to be.
        #[serde(default)]
        owner: OwnerOf,
        /// In how many working days it is due.
        due_in: i64,
        /// How pressing it is.
        #[serde(default)]
        priority: Priority,
    },
    /// Waits.
    Wait {
        /// So many days.
        days: i64,
    },
    /// Waits until the last task before this step is done or dropped.
    Await {
        /// So many days at most.
        days: i64,
    },
    /// Goes on with the next step where something holds, else with a later one.
    Branch {
        /// What has to hold.
        test: Test,
        /// The number of the step to go on with otherwise, from 1; one more than there are steps ends the run.
        otherwise: i64,
    },
    /// Puts a tag on the account.
    Tag {
        /// Its name.
        name: String,
    },
    /// Writes something onto the account's timeline.
    Note {
        /// What, filled in as a task's words.
        words: String,
    },
    /// Tells webhooks: they get the event `playbook.step_reached` with this name.
    Signal {
        /// The name.
        name: String,
    },
}

/// All that a version says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PlaybookContent")]
pub struct Content {
    /// What it is for.
    #[serde(default)]
    pub about: String,
    /// What starts it.
    pub trigger: Trigger,
    /// For which accounts.
    #[serde(default, deserialize_with = "by_name")]
    pub conditions: Conditions,
    /// Its steps, in their order.
    pub steps: Vec<Step>,
    /// A run ends once the health is in this band.
    #[serde(default)]
    pub until_band: Option<Band>,
    /// A run ends once the alert closes.
    #[serde(default)]
    pub until_closed: bool,
    /// Which share of accounts it leaves alone, in percent.
    #[serde(default)]
    pub holdout: i64,
    /// How many days an account is left alone after a run began.
    #[serde(default)]
    pub cooldown: i64,
}

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
    /// What became of it: `done`, `waiting`, `waited`, `yes`, `no`, `failed`.
    pub outcome: String,
    /// The id of what it made; empty for nothing.
    pub subject: String,
    /// When.
    pub at: Timestamp,
}

/// Whether a playbook leaves an account alone: the same answer for ever, for so many in a hundred.
pub(super) fn is_held_out(playbook: PlaybookId, account: AccountId, percent: i64) -> bool {
    // FNV-1a over both ids, whose last bits are random already.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in playbook.uuid().as_bytes().iter().chain(account.uuid().as_bytes()) {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    // The upper half is mixed best.
    i64::try_from((hash >> 33) % 100).is_ok_and(|place| place < percent)
}

/// Words with what is known of the account in the places of variables.
pub(super) fn filled_in(words: &str, name: &str, website: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let Some((variable, tail)) = after.split_once("}}") else {
            out.push_str("{{");
            rest = after;
            continue;
        };
        match variable.trim() {
            "account.name" => out.push_str(name),
            "account.website" => out.push_str(website),
            other => {
                out.push_str("{{");
                out.push_str(other);
                out.push_str("}}");
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests;
