//! Merging accounts, for programs.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, Operation, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Preview;
use crate::accounts::api::{AccountDocument, single};
use crate::accounts::failures::{FAMILY_SIZE, MERGE, MERGED_ON};
use crate::accounts::{self, AccountError, AccountId};
use crate::actor::Actor;

const PART: &str = "Accounts";

/// Into which account another is merged.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountMergeInput {
    /// The account that stands for both from now on.
    into: AccountId,
    /// Which values it gets from the other: `name`, `website`, `kind`, `parent`, `state`, `owner`, `tier`, `stage`, or
    /// `field:` and the id of a field. Left out, those that it lacks.
    #[serde(default)]
    #[schemars(length(max = 200))]
    take: Option<Vec<String>>,
}

/// Into which account another would be merged.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountMergeQuery {
    /// The account that would stand for both.
    into: AccountId,
}

/// What a merge would do.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AccountMergePreview")]
pub struct PreviewDocument {
    /// The account that would stand for both.
    into: AccountId,
    /// The account that would lead to it.
    account: AccountId,
    /// The names of the values in which they differ, as `take` has them.
    differ: Vec<String>,
    /// Which of them are taken unless told: those that the survivor lacks.
    take: Vec<String>,
    /// What the survivor gets.
    moves: Vec<MoveDocument>,
}

/// Things that get another account.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AccountMergeMove")]
pub struct MoveDocument {
    /// What they are: `touchpoints`, `orders` and so on.
    what: &'static str,
    /// How many.
    count: i64,
}

/// `GET /api/v1/accounts/{id}/merge`
pub const PREVIEW: Operation = Operation::new(
    PART,
    "Preview a merge",
    "What merging the account into another would move, and in what they differ.",
)
.of::<AccountId>()
.asks::<AccountMergeQuery>()
.shows::<PreviewDocument>()
.fails(&[&MERGE]);

/// `PUT /api/v1/accounts/{id}/merge`
pub const MERGE_INTO: Operation = Operation::new(
    PART,
    "Merge an account into another",
    "The other has everything from now on, and addresses with the id of this one lead to it with status 307. It can be taken back exactly.",
)
.of::<AccountId>()
.takes::<AccountMergeInput>()
.shows::<AccountDocument>()
.fails(&[&MERGE, &FAMILY_SIZE]);

/// `DELETE /api/v1/accounts/{id}/merge`
pub const UNMERGE: Operation = Operation::new(
    PART,
    "Take the merge of an account back",
    "Both are as they were; what came since stays with the other.",
)
.of::<AccountId>()
.shows::<AccountDocument>()
.fails(&[&MERGED_ON]);

impl Sample for AccountMergeInput {
    fn sample() -> Self {
        Self {
            into: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            take: Some(vec!["website".to_owned()]),
        }
    }
}

impl Sample for PreviewDocument {
    fn sample() -> Self {
        Self {
            into: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbf".parse().expect("an id"),
            differ: vec!["name".to_owned(), "website".to_owned()],
            take: vec!["website".to_owned()],
            moves: vec![MoveDocument {
                what: "touchpoints",
                count: 12,
            }],
        }
    }
}

impl From<Preview> for PreviewDocument {
    fn from(preview: Preview) -> Self {
        let moved =
            |(what, _, count): &(&'static str, &'static str, i64)| MoveDocument { what, count: *count };
        Self {
            into: preview.kept.id,
            account: preview.gone.id,
            differ: preview.choices.iter().map(|choice| choice.name.clone()).collect(),
            take: preview.usual(),
            moves: preview.moves.iter().map(moved).collect(),
        }
    }
}

/// `GET /api/v1/accounts/{id}/merge`
///
/// # Errors
/// Accounts that can't be merged, none of this workspace, or the database's.
pub async fn preview(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
    Asked(query): Asked<AccountMergeQuery>,
) -> Result<Single, Failure> {
    let preview = db
        .read(move |tx| {
            accounts::find(tx, &actor, id)?.ok_or(AccountError::Unknown)?;
            accounts::find(tx, &actor, query.into)?.ok_or(AccountError::BadMerge)?;
            super::preview(tx, &actor, query.into, id)
        })
        .await?;
    Ok(Single::of(&PreviewDocument::from(preview)))
}

/// `PUT /api/v1/accounts/{id}/merge`
///
/// # Errors
/// Accounts that can't be merged, none of this workspace, a missing permission, or the database's.
pub async fn merge(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
    Sent(input): Sent<AccountMergeInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let is_there = accounts::find(tx, &actor, id)?.is_some();
        if !is_there && super::find(tx, &actor, id)?.is_none() {
            return Err(AccountError::Unknown.into());
        }
        accounts::find(tx, &actor, input.into)?.ok_or(AccountError::BadMerge)?;
        let take = match &input.take {
            Some(take) => take.clone(),
            None if is_there => super::preview(tx, &actor, input.into, id)?.usual(),
            None => Vec::new(),
        };
        let account = super::merge(tx, &actor, input.into, id, &take)?;
        single(tx, &actor, account)
    })
    .await
}

/// `DELETE /api/v1/accounts/{id}/merge`
///
/// # Errors
/// No such account here, a survivor that is merged itself, a missing permission, or the database's.
pub async fn unmerge(State(db): State<Db>, actor: Actor, At(id): At<AccountId>) -> Result<Single, Failure> {
    db.write(move |tx| {
        let account = super::unmerge(tx, &actor, id)?;
        single(tx, &actor, account)
    })
    .await
}
