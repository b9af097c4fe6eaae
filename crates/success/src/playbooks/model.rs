//! What a playbook says: what starts it, for whom, its steps, what ends it, whom it leaves alone, what it is for.

use kit::id::TypedId;
use schemars::JsonSchema;
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::ladders::RungId;

use super::PlaybookId;
use crate::health::Band;
use crate::tasks::Priority;

/// Reads an object by the names of its members: serde takes a list for one too.
fn by_name<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<T, D::Error> {
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
    /// So many days before or after a date of an account.
    Date {
        /// Which: `renewal`, `start` of a subscription, `added`, or the id of an own field that holds a day.
        date: String,
        /// How many.
        days: i64,
        /// On which side of it.
        #[serde(default)]
        side: Side,
    },
    /// An account came into a segment.
    Segment {
        /// Its id.
        segment: String,
    },
    /// Something else happened.
    Event {
        /// The name of the event.
        event: String,
    },
}

/// Before a date or after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PlaybookSide")]
pub enum Side {
    /// Before it.
    #[default]
    Before,
    /// After it.
    After,
}

/// Whom a mail is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PlaybookRecipient")]
pub enum Recipient {
    /// Those who speak for us inside.
    #[default]
    Champion,
    /// Those who decide whether they stay.
    DecisionMaker,
    /// Those who work with the product.
    User,
    /// Those who get the invoices.
    Billing,
    /// Whoever looks after the account chooses; the run waits for that.
    Chosen,
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
    /// Writes a mail to people at the account; whoever lacks a value that it needs is left to a person.
    Mail {
        /// To whom.
        #[serde(default)]
        to: Recipient,
        /// Its subject, filled in.
        subject: String,
        /// Its words, filled in; the mailbox adds its signature.
        words: String,
    },
    /// Calls one webhook: it gets the event `playbook.webhook_called` with this name, whatever else it wants to hear.
    Webhook {
        /// Which: the id of a webhook.
        webhook: String,
        /// The name.
        name: String,
    },
    /// Gives a field of the account another value; what stood there before is kept, so that it can be taken back.
    Set {
        /// Which: `stage`, `tier`, `owner`, or the id of an own field.
        field: String,
        /// The id of a stage, tier or agent, or what an own field is to hold; nothing lets the rule choose the tier, takes the
        /// owner away, or empties the field.
        #[serde(default)]
        value: String,
    },
}

/// What a playbook is measured by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schemars(rename = "PlaybookAim")]
pub enum Aim {
    /// The score of health stands so many points higher.
    Score {
        /// How many.
        points: i64,
    },
    /// The alerts that were open are closed: of the rule that starts the playbook, or of any that warns of a risk.
    Eased,
    /// A subscription was renewed.
    Renewed,
    /// A metric stands higher.
    Metric {
        /// Its name.
        metric: String,
        /// By how much, in percent.
        rise: i64,
    },
}

/// What is to be reached, and when that is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PlaybookGoal")]
pub struct Goal {
    /// What.
    pub aim: Aim,
    /// So many days after the run began, or would have.
    pub days: i64,
}

impl Default for Goal {
    fn default() -> Self {
        Self {
            aim: Aim::Score { points: 10 },
            days: 60,
        }
    }
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
    /// A run ends once the account leaves the segment that starts the playbook.
    #[serde(default)]
    pub until_left: bool,
    /// Which share of accounts it leaves alone, in percent.
    #[serde(default)]
    pub holdout: i64,
    /// How many days an account is left alone after a run began.
    #[serde(default)]
    pub cooldown: i64,
    /// What it is measured by.
    #[serde(default, deserialize_with = "by_name")]
    pub goal: Goal,
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

#[cfg(test)]
mod tests;
