//! Doubles of contacts, for programs.

use axum::extract::State;
use http::Uri;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, Limit, Listed, Operation, Sample, Sent, Single, cursor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Cursor, Double, LIST};
use crate::actor::Actor;
use crate::contacts::ContactId;
use crate::contacts::failures::MERGE;

const PART: &str = "Contacts";

/// Two contacts who may be one person.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ContactDouble")]
pub struct ContactDoubleDocument {
    /// The elder.
    contact: ContactId,
    /// The younger.
    other: ContactId,
    /// How likely they are one: the sum over the reasons.
    strength: i64,
    /// Why: `address`, `phone`, `name_and_account`, `name_and_domain`; the strongest first.
    because: Vec<&'static str>,
}

impl From<Double> for ContactDoubleDocument {
    fn from(double: Double) -> Self {
        Self {
            contact: double.one,
            other: double.other,
            strength: double.strength,
            because: double.because.iter().map(|likeness| likeness.as_str()).collect(),
        }
    }
}

/// Where to go on in the list, and how far.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactDoublesQuery {
    /// The cursor of the part before: its `next`.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
}

/// Which other contact it is not.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactDistinctionInput {
    /// The other contact.
    other: ContactId,
    /// Whether they are different; false takes it back.
    is_distinct: bool,
}

/// `GET /api/v1/contacts/doubles`
pub const ALL: Operation = Operation::new(
    PART,
    "List possible duplicates of the workspace",
    "Pairs of contacts who may be one person, the likelier first. They are looked for after each change.",
)
.asks::<ContactDoublesQuery>()
.gives::<Listed<ContactDoubleDocument>>();

/// `PUT /api/v1/contacts/{id}/distinction`
pub const DISTINGUISH: Operation = Operation::new(
    PART,
    "Say that two contacts are different people",
    "They are not listed as possible duplicates again, until it is taken back.",
)
.of::<ContactId>()
.takes::<ContactDistinctionInput>()
.fails(&[&MERGE]);

impl Sample for ContactDoubleDocument {
    fn sample() -> Self {
        Self {
            contact: "con_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            other: "con_01k5x0h3m8f2rq7v9c4w6d1nbf".parse().expect("an id"),
            strength: 7,
            because: vec!["address", "name_and_account"],
        }
    }
}

impl Sample for ContactDistinctionInput {
    fn sample() -> Self {
        Self {
            other: "con_01k5x0h3m8f2rq7v9c4w6d1nbf".parse().expect("an id"),
            is_distinct: true,
        }
    }
}

/// `GET /api/v1/contacts/doubles`
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn all(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<ContactDoublesQuery>,
) -> Result<Listed<ContactDoubleDocument>, Failure> {
    let from: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let limit = query.limit;
    let found = db
        .read(move |tx| super::list(tx, &actor, from, limit.and_one()))
        .await?;
    let next = |last: &Double| cursor::write(LIST, &last.cursor());
    Ok(Listed::of(found, limit, next).linked(&address))
}

/// `PUT /api/v1/contacts/{id}/distinction`
///
/// # Errors
/// No such contact here, the same contact, a missing permission, or the database's.
pub async fn distinguish(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ContactId>,
    Sent(input): Sent<ContactDistinctionInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        if input.is_distinct {
            super::distinguish(tx, &actor, id, input.other)
        } else {
            super::confuse(tx, &actor, id, input.other)
        }
    })
    .await?;
    Ok(Single::nothing())
}
