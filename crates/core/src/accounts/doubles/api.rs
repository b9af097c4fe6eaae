//! Doubles of accounts, for programs.

use axum::extract::State;
use http::Uri;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, Limit, Listed, Operation, Sample, Sent, Single, cursor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Cursor, Double, LIST};
use crate::accounts::failures::MERGE;
use crate::accounts::{self, AccountError, AccountId};
use crate::actor::Actor;

const PART: &str = "Accounts";

/// Two accounts that may be one customer.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AccountDouble")]
pub struct AccountDoubleDocument {
    /// The elder.
    account: AccountId,
    /// The younger.
    other: AccountId,
    /// How likely they are one: the sum over the reasons.
    strength: i64,
    /// Why: `number`, `domain`, `name`, `contacts`; the strongest first.
    because: Vec<&'static str>,
}

impl From<Double> for AccountDoubleDocument {
    fn from(double: Double) -> Self {
        Self {
            account: double.one,
            other: double.other,
            strength: double.strength,
            because: double.because.iter().map(|likeness| likeness.as_str()).collect(),
        }
    }
}

/// Where to go on in the list, and how far.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DoublesQuery {
    /// The cursor of the part before: its `next`.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
}

/// Which other account it is not.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DistinctionInput {
    /// The other account.
    other: AccountId,
    /// Whether they are different; false takes it back.
    is_distinct: bool,
}

/// `GET /api/v1/accounts/doubles`
pub const ALL: Operation = Operation::new(
    PART,
    "List possible duplicates",
    "Pairs of accounts that may be one customer, the likelier first. They are looked for after each change and each night.",
)
.asks::<DoublesQuery>()
.gives::<Listed<AccountDoubleDocument>>();

/// `GET /api/v1/accounts/{id}/doubles`
pub const OF_ACCOUNT: Operation = Operation::new(
    PART,
    "List possible duplicates of an account",
    "The likelier first. The list is whole.",
)
.of::<AccountId>()
.gives::<Listed<AccountDoubleDocument>>();

/// `PUT /api/v1/accounts/{id}/distinction`
pub const DISTINGUISH: Operation = Operation::new(
    PART,
    "Say that two accounts are different",
    "They are not listed as possible duplicates again, until it is taken back.",
)
.of::<AccountId>()
.takes::<DistinctionInput>()
.fails(&[&MERGE]);

impl Sample for AccountDoubleDocument {
    fn sample() -> Self {
        Self {
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            other: "acc_01k5x0h3m8f2rq7v9c4w6d1nbf".parse().expect("an id"),
            strength: 5,
            because: vec!["domain", "name"],
        }
    }
}

impl Sample for DistinctionInput {
    fn sample() -> Self {
        Self {
            other: "acc_01k5x0h3m8f2rq7v9c4w6d1nbf".parse().expect("an id"),
            is_distinct: true,
        }
    }
}

/// `GET /api/v1/accounts/doubles`
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn all(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<DoublesQuery>,
) -> Result<Listed<AccountDoubleDocument>, Failure> {
    let from: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let limit = query.limit;
    let found = db
        .read(move |tx| super::list(tx, &actor, from, limit.and_one()))
        .await?;
    let next = |last: &Double| cursor::write(LIST, &last.cursor());
    Ok(Listed::of(found, limit, next).linked(&address))
}

/// `GET /api/v1/accounts/{id}/doubles`
///
/// # Errors
/// No such account here, or the database's.
pub async fn of_account(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
) -> Result<Listed<AccountDoubleDocument>, Failure> {
    let found = db
        .read(move |tx| {
            accounts::find(tx, &actor, id)?.ok_or(AccountError::Unknown)?;
            super::of(tx, &actor, id)
        })
        .await?;
    Ok(Listed::whole(found.into_iter().map(Into::into).collect(), None))
}

/// `PUT /api/v1/accounts/{id}/distinction`
///
/// # Errors
/// No such account here, the same account, a missing permission, or the database's.
pub async fn distinguish(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
    Sent(input): Sent<DistinctionInput>,
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
