//! The own fields of tickets for programs.

use std::collections::BTreeMap;

use axum::extract::State;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{At, Listed, Operation, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tandem_core::actor::Actor;
use tandem_core::fields::{self, FieldId};

use super::super::nouns::NOUN;
use super::super::{TicketError, TicketId, turn};
use super::{DetailChange, DetailChangeId};

/// What stands in a ticket's own fields.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TicketFields")]
#[serde(deny_unknown_fields)]
pub struct DetailsDocument {
    /// The values by the fields' keys: a text, a number, a day, yes or no, several texts, or an amount as `{"minor": 125000, "currency": "EUR"}`; null for nothing.
    fields: BTreeMap<String, Value>,
}

impl Sample for DetailsDocument {
    fn sample() -> Self {
        Self {
            fields: BTreeMap::from([("order_number".to_owned(), "A-1042".into())]),
        }
    }
}

/// A value of a ticket's own field that became another.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TicketFieldChange")]
pub struct DetailChangeDocument {
    /// Its id.
    id: DetailChangeId,
    /// The field.
    field: FieldId,
    /// What stood there; null for nothing.
    before: Value,
    /// What stands there since.
    after: Value,
    /// Who changed it.
    author: String,
    /// When: microseconds since 1970-01-01 UTC.
    changed_at: i64,
    /// The change that it took back; null where it took none back.
    undoes: Option<DetailChangeId>,
}

impl From<DetailChange> for DetailChangeDocument {
    fn from(change: DetailChange) -> Self {
        Self {
            id: change.id,
            field: change.field,
            before: change.before,
            after: change.after,
            author: change.author,
            changed_at: change.at.0,
            undoes: change.undoes,
        }
    }
}

impl Sample for DetailChangeDocument {
    fn sample() -> Self {
        Self {
            id: "tdc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            field: "fld_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            before: Value::Null,
            after: "A-1042".into(),
            author: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe Ada Byron".to_owned(),
            changed_at: 1_795_000_000_000_000,
            undoes: None,
        }
    }
}

/// `GET /api/v1/tickets/{id}/fields`
pub const SHOW: Operation = Operation::new(
    "Tickets",
    "Show a ticket's own fields",
    "What stands in the fields that the workspace has set up for tickets, by their keys.",
)
.of::<TicketId>()
.shows::<DetailsDocument>();

/// `PUT /api/v1/tickets/{id}/fields`
pub const FILL: Operation = Operation::new(
    "Tickets",
    "Fill in a ticket's own fields",
    "Those named get these values, null takes one away, what is not named stays. Each change is kept with who made it.",
)
.of::<TicketId>()
.takes::<DetailsDocument>()
.shows::<DetailsDocument>()
.fails(&[&fields::VALUES]);

/// `GET /api/v1/tickets/{id}/field-changes`
pub const CHANGES: Operation = Operation::new(
    "Tickets",
    "List what became of a ticket's own fields",
    "The newest 200 changes, the oldest first.",
)
.of::<TicketId>()
.gives::<Listed<DetailChangeDocument>>();

/// `GET /api/v1/tickets/{id}/fields`
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<TicketId>) -> Result<Single, Failure> {
    db.read(move |tx| document(tx, &actor, id)).await
}

/// `PUT /api/v1/tickets/{id}/fields`
///
/// # Errors
/// Values that do not fit, keys of no field, no such ticket here, a missing permission, or the database's.
pub async fn fill(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
    Sent(input): Sent<DetailsDocument>,
) -> Result<Single, Failure> {
    let turn = turn(actor.workspace);
    db.write_in_turn(&turn, move |tx| {
        super::super::find(tx, &actor, id)?.ok_or(TicketError::Unknown)?;
        fields::api::fill(tx, &actor, &NOUN, id.into(), &input.fields)?;
        document(tx, &actor, id)
    })
    .await
}

/// `GET /api/v1/tickets/{id}/field-changes`
///
/// # Errors
/// As of [`show`].
pub async fn changes(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
) -> Result<Listed<DetailChangeDocument>, Failure> {
    let found = db
        .read(move |tx| {
            super::super::find(tx, &actor, id)?.ok_or(TicketError::Unknown)?;
            Ok::<_, TicketError>(super::history(tx, actor.workspace, id)?)
        })
        .await?;
    let found = found.into_iter().map(|(change, _)| change.into()).collect();
    Ok(Listed::whole(found, None))
}

fn document(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<Single, Failure> {
    super::super::find(tx, actor, id)?.ok_or(TicketError::Unknown)?;
    let open = fields::open(tx, actor.workspace, &NOUN)?;
    let values = super::values(tx, actor.workspace, &open, id)?;
    let document = DetailsDocument {
        fields: values.document(&open),
    };
    Ok(Single::of(&document).without_tag())
}
