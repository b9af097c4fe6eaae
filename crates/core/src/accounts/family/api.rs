//! Families of accounts, for programs.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Operation, Precondition, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::accounts::api::{AccountDocument, single};
use crate::accounts::failures::{FAMILY_SIZE, LOOP, PARENT};
use crate::accounts::{self, AccountError, AccountId};
use crate::actor::Actor;

const PART: &str = "Accounts";

/// Which account stands above.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParentInput {
    /// The account above.
    parent: AccountId,
}

/// An account in its family.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Relative")]
pub struct RelativeDocument {
    /// The account.
    id: AccountId,
    /// Its name.
    name: String,
    /// The account above it; null at the top.
    parent: Option<AccountId>,
    /// How many levels below the top.
    level: usize,
    /// What it brings in a month, in minor units of the reporting currency; null for readers who may not see money.
    mrr: Option<i64>,
    /// The reporting currency (ISO 4217); null for readers who may not see money.
    currency: Option<String>,
    /// How many subscriptions it has now.
    subscriptions: usize,
    /// How many people are at it now.
    contacts: i64,
}

/// `GET /api/v1/accounts/{id}/family`
pub const SHOW: Operation = Operation::new(
    PART,
    "List the family of an account",
    "The account at the top and everything below it, each before its children. The list is whole.",
)
.of::<AccountId>()
.gives::<Listed<RelativeDocument>>();

/// `PUT /api/v1/accounts/{id}/parent`
pub const PLACE: Operation = Operation::new(
    PART,
    "Put an account below another",
    "What stands below it comes along. An account never stands above itself.",
)
.of::<AccountId>()
.takes::<ParentInput>()
.shows::<AccountDocument>()
.held_by(Precondition::Optional)
.fails(&[&PARENT, &LOOP, &FAMILY_SIZE]);

/// `DELETE /api/v1/accounts/{id}/parent`
pub const FREE: Operation = Operation::new(
    PART,
    "Put an account at the top of its own family",
    "What stands below it comes along.",
)
.of::<AccountId>()
.shows::<AccountDocument>()
.held_by(Precondition::Optional);

impl Sample for ParentInput {
    fn sample() -> Self {
        Self {
            parent: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
        }
    }
}

impl Sample for RelativeDocument {
    fn sample() -> Self {
        Self {
            id: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Northwind Traders".to_owned(),
            parent: None,
            level: 0,
            mrr: Some(125_000),
            currency: Some("EUR".to_owned()),
            subscriptions: 2,
            contacts: 5,
        }
    }
}

/// `GET /api/v1/accounts/{id}/family`
///
/// # Errors
/// No such account here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
) -> Result<Listed<RelativeDocument>, Failure> {
    let family = db.read(move |tx| super::of(tx, &actor, id)).await?;
    let relative = |one: super::Relative| RelativeDocument {
        id: one.account.id,
        name: one.account.name,
        parent: one.account.parent,
        level: one.level,
        currency: one.mrr.as_ref().map(|sum| sum.total.currency.to_string()),
        mrr: one.mrr.map(|sum| sum.total.minor),
        subscriptions: one.subscriptions,
        contacts: one.contacts,
    };
    Ok(Listed::whole(
        family.members.into_iter().map(relative).collect(),
        None,
    ))
}

/// `PUT /api/v1/accounts/{id}/parent`
///
/// # Errors
/// A place that can't be, another state than the one named, no such account here, or the database's.
pub async fn place(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
    state: IfMatch,
    Sent(input): Sent<ParentInput>,
) -> Result<Single, Failure> {
    moved(db, actor, id, state, Some(input.parent)).await
}

/// `DELETE /api/v1/accounts/{id}/parent`
///
/// # Errors
/// As of [`place`].
pub async fn free(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    moved(db, actor, id, state, None).await
}

async fn moved(
    db: Db,
    actor: Actor,
    id: AccountId,
    state: IfMatch,
    parent: Option<AccountId>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let now = accounts::find(tx, &actor, id)?.ok_or(AccountError::Unknown)?;
        state.hold(&single(tx, &actor, now)?)?;
        let account = super::place(tx, &actor, id, parent)?;
        single(tx, &actor, account)
    })
    .await
}
