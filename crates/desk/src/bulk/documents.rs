//! Acts on many tickets as programs see and send them.

use kit::web::api::Sample;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::agents::AgentId;

use super::{Answer, Bulk, BulkId, BulkRow, Chosen};
use crate::tickets::extras::Extras;
use crate::tickets::{Field, TicketError, TicketId};

/// An act on many tickets.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TicketBulk")]
pub struct BulkDocument {
    /// Its id.
    id: BulkId,
    /// Who does it, or who took it back; null for the program itself.
    agent: Option<AgentId>,
    /// Which fields get which values.
    changes: Vec<BulkChange>,
    /// What it does beside that: tags, and following.
    extras: Extras,
    /// Into which ticket it merges them; null where it does not.
    merge_into: Option<TicketId>,
    /// The answer that it writes into each; null where it writes none.
    answer: Option<Answer>,
    /// `running`, `done`, `undoing` or `undone`.
    state: &'static str,
    /// How many tickets it goes through.
    total: i64,
    /// How many it has gone through.
    done: i64,
    /// How many are changed by it now.
    changed: i64,
    /// How many it could not change, or not take back.
    refused: i64,
    /// The first hundred of those, each with the reason.
    refusals: Vec<Refusal>,
    /// When it began: microseconds since 1970-01-01 UTC.
    created_at: i64,
    /// When it came to an end; null before.
    ended_at: Option<i64>,
}

/// A ticket that stayed as it was.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Refusal {
    /// Which.
    ticket: TicketId,
    /// The key of the reason: `tickets-failure-snooze`.
    reason: String,
    /// What else is to be said of it, such as the labels of fields that are empty; null for nothing.
    about: Option<String>,
}

/// A field and what it gets.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkChange {
    /// Which field.
    field: Field,
    /// A word, an id, or microseconds since 1970-01-01 UTC; empty for nothing. The status `spam` or `trash`, alone, puts tickets
    /// there, and `restored` takes them out.
    #[schemars(length(max = 300))]
    value: String,
}

impl BulkDocument {
    pub(super) fn of(bulk: Bulk, troubles: Vec<BulkRow>) -> Self {
        let change = |(field, value)| BulkChange { field, value };
        let refusal = |row: BulkRow| Refusal {
            ticket: row.ticket,
            reason: row.reason,
            about: row.about,
        };
        Self {
            id: bulk.id,
            agent: bulk.agent,
            changes: bulk.changes.into_iter().map(change).collect(),
            extras: bulk.extras,
            merge_into: bulk.merge_into,
            answer: bulk.answer,
            state: bulk.state.as_str(),
            total: bulk.total,
            done: bulk.done,
            changed: bulk.changed,
            refused: bulk.refused,
            refusals: troubles.into_iter().map(refusal).collect(),
            created_at: bulk.created_at.0,
            ended_at: bulk.ended_at.map(|at| at.0),
        }
    }
}

/// An act to be done.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkInput {
    /// Which tickets; nothing for all of the view.
    tickets: Option<Vec<TicketId>>,
    /// A view, as a list of tickets takes it; `all` unless told.
    #[schemars(length(max = 40))]
    view: Option<String>,
    /// Which fields get which values.
    #[serde(default)]
    #[schemars(length(max = 9))]
    changes: Vec<BulkChange>,
    /// What it does beside that: tags, and following. At least one of both says something, or else `merge_into` or `answer`.
    #[serde(default)]
    extras: Extras,
    /// Into which ticket they are merged; then nothing else is changed.
    merge_into: Option<TicketId>,
    /// The answer that is written into each; then nothing else is changed.
    answer: Option<Answer>,
}

impl BulkInput {
    pub(super) fn act(self) -> Result<super::NewBulk, TicketError> {
        let view = self.view.as_deref().unwrap_or("all");
        Ok(super::NewBulk {
            view: view.parse().map_err(|_| TicketError::BadField)?,
            chosen: self.tickets.map_or(Chosen::All, Chosen::These),
            changes: self
                .changes
                .into_iter()
                .map(|change| (change.field, change.value))
                .collect(),
            extras: self.extras,
            merge_into: self.merge_into,
            answer: self.answer,
        })
    }
}

impl Sample for BulkInput {
    fn sample() -> Self {
        Self {
            tickets: Some(vec!["tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")]),
            view: None,
            changes: vec![BulkChange {
                field: Field::Priority,
                value: "high".to_owned(),
            }],
            extras: Extras::default(),
            merge_into: None,
            answer: None,
        }
    }
}

impl Sample for BulkDocument {
    fn sample() -> Self {
        Self {
            id: "blk_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            agent: Some("agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            changes: BulkInput::sample().changes,
            extras: Extras::default(),
            merge_into: None,
            answer: None,
            state: "done",
            total: 1,
            done: 1,
            changed: 1,
            refused: 0,
            refusals: Vec::new(),
            created_at: 1_772_442_000_000_000,
            ended_at: Some(1_772_442_000_000_000),
        }
    }
}
