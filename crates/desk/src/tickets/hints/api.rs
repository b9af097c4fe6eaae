//! Hints, for programs.

use axum::extract::State;
use kit::db::Db;
use kit::money::Money;
use kit::web::Failure;
use kit::web::api::{At, Operation, Sample, Single};
use schemars::JsonSchema;
use serde::Serialize;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;

use super::super::{Priority, TicketError, TicketId};
use super::{Hint, Why};

/// What the account says of how a ticket should be treated.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[schemars(rename = "TicketHint")]
pub struct HintDocument {
    /// A priority to consider, above the ticket's; null for none.
    priority: Option<Priority>,
    /// Who looks after the account and does not know of the ticket yet; null for nobody.
    tell: Option<AgentId>,
    /// Days until the account renews or ends, where that counts.
    renews_in: Option<i64>,
    /// What it brings in a year, where that counts.
    arr: Option<Money>,
    /// Its health score, where that counts.
    score: Option<f64>,
    /// Whether the score fell to this in a month.
    has_fallen: bool,
    /// How many warnings are open.
    warnings: i64,
}

/// `GET /api/v1/tickets/{id}/hint`
pub const SHOW: Operation = Operation::new(
    "Tickets",
    "Show what the account says of a ticket",
    "A priority to consider and whom to tell, with the reasons; everything empty where it says nothing. Nothing changes by itself.",
)
.of::<TicketId>()
.shows::<HintDocument>();

/// `GET /api/v1/tickets/{id}/hint`
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<TicketId>) -> Result<Single, Failure> {
    let hint = db
        .read(move |tx| {
            let ticket = super::super::find(tx, &actor, id)?.ok_or(TicketError::Unknown)?;
            Ok::<_, TicketError>(super::of(tx, &actor, &ticket)?)
        })
        .await?;
    Ok(Single::of(&hint.map(HintDocument::from).unwrap_or_default()))
}

impl From<Hint> for HintDocument {
    fn from(hint: Hint) -> Self {
        let mut document = Self {
            priority: hint.priority,
            tell: hint.owner.map(|(agent, _)| agent),
            ..Self::default()
        };
        for why in hint.why {
            match why {
                Why::Renews(days) => document.renews_in = Some(days),
                Why::Brings(money) => document.arr = Some(money),
                Why::Fell(score) => (document.score, document.has_fallen) = (Some(score), true),
                Why::Poor(score) => document.score = Some(score),
                Why::Warned(warnings) => document.warnings = warnings,
            }
        }
        document
    }
}

impl Sample for HintDocument {
    fn sample() -> Self {
        Self {
            priority: Some(Priority::High),
            renews_in: Some(20),
            score: Some(38.0),
            has_fallen: true,
            ..Self::default()
        }
    }
}
