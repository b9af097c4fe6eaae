//! For programs: the addresses of a contact that nothing is sent to.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Listed, Operation, Sample, Single};
use schemars::JsonSchema;
use serde::Serialize;
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;

use super::Suppressed;
use crate::outbox::OutgoingId;

const PART: &str = "Outgoing mail";

/// `GET /api/v1/contacts/{id}/suppressed-addresses`
pub const LIST: Operation = Operation::new(
    PART,
    "List the addresses of a contact that get no mail",
    "Those that refused a mail for good, for 90 days, and those from which somebody complained of one, until that is lifted.",
)
.of::<ContactId>()
.gives::<Listed<SuppressedDocument>>();

/// `DELETE /api/v1/contacts/{id}/suppressed-addresses`
pub const LIFT: Operation = Operation::new(
    PART,
    "Let mail go to all addresses of a contact again",
    "What refused before may refuse again. Twice is no harm.",
)
.of::<ContactId>();

/// An address that nothing is sent to by itself.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SuppressedAddress")]
pub struct SuppressedDocument {
    /// The address.
    address: String,
    /// Why: `refused` or `complaint`.
    reason: String,
    /// The status code of the refusal (RFC 3463); null where none was said.
    status: Option<String>,
    /// What was said.
    said: String,
    /// The mail that it refused, or that was complained of.
    mail: Option<OutgoingId>,
    /// Since when: microseconds since 1970-01-01 UTC.
    suppressed_at: i64,
    /// When it ends by itself: microseconds since 1970-01-01 UTC; null for never.
    ends_at: Option<i64>,
}

impl From<Suppressed> for SuppressedDocument {
    fn from(one: Suppressed) -> Self {
        Self {
            reason: one.grounds.as_str().to_owned(),
            ends_at: one.until().map(|until| until.0),
            address: one.address,
            status: one.enhanced,
            said: one.said,
            mail: one.mail,
            suppressed_at: one.at.0,
        }
    }
}

impl Sample for SuppressedDocument {
    fn sample() -> Self {
        Self {
            address: "leyla@acme.example".to_owned(),
            reason: "refused".to_owned(),
            status: Some("5.1.1".to_owned()),
            said: "User unknown".to_owned(),
            mail: Some("oml_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            suppressed_at: 1_795_000_010_000_000,
            ends_at: Some(1_802_776_010_000_000),
        }
    }
}

/// `GET /api/v1/contacts/{id}/suppressed-addresses`
///
/// # Errors
/// No such contact here, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ContactId>,
) -> Result<Listed<SuppressedDocument>, Failure> {
    let found = db.read(move |tx| super::of_contact(tx, &actor, id)).await?;
    Ok(Listed::whole(found.into_iter().map(Into::into).collect(), None))
}

/// `DELETE /api/v1/contacts/{id}/suppressed-addresses`
///
/// # Errors
/// No such contact here, a missing permission, or the database's.
pub async fn lift(State(db): State<Db>, actor: Actor, At(id): At<ContactId>) -> Result<Single, Failure> {
    db.write(move |tx| super::lift_of_contact(tx, &actor, id)).await?;
    Ok(Single::nothing())
}
