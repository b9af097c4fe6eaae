//! Accounts for programs: the same verbs as the pages.

use axum::Json;
use axum::extract::{Path, Query, State};
use http::StatusCode;
use kit::db::Db;
use kit::web::Failure;
use serde::{Deserialize, Serialize};

use super::{Account, AccountError, AccountId, AccountText, Cursor, PAGE};
use crate::actor::Actor;

/// An account as programs see it. Times are microseconds since 1970-01-01 UTC.
#[derive(Debug, Serialize)]
pub struct AccountDocument {
    id: AccountId,
    name: String,
    website: Option<String>,
    version: i64,
    is_open: bool,
    created_at: i64,
    changed_at: i64,
    closed_at: Option<i64>,
}

impl From<Account> for AccountDocument {
    fn from(account: Account) -> Self {
        Self {
            id: account.id,
            is_open: account.is_open(),
            closed_at: account.closure.as_ref().map(|closure| closure.at.0),
            name: account.name,
            website: account.website,
            version: account.version,
            created_at: account.created_at.0,
            changed_at: account.changed_at.0,
        }
    }
}

/// A part of a list and the cursor of the next one.
#[derive(Debug, Serialize)]
pub struct ListDocument {
    items: Vec<AccountDocument>,
    next: Option<String>,
}

/// Where to go on in the list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    after: Option<String>,
}

/// What a program sends. A change carries the version it was made from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountInput {
    name: String,
    website: Option<String>,
    version: Option<i64>,
}

impl AccountInput {
    fn text(&self) -> AccountText {
        AccountText {
            name: self.name.clone(),
            website: self.website.clone(),
        }
    }
}

type Answer = Result<Json<AccountDocument>, Failure>;

/// `GET /api/v1/accounts`: by name, fifty at a time.
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    Query(query): Query<ListQuery>,
) -> Result<Json<ListDocument>, Failure> {
    let cursor = match &query.after {
        Some(text) => Some(Cursor::decode(text).ok_or_else(|| Failure::of(StatusCode::BAD_REQUEST))?),
        None => None,
    };
    let mut accounts = db
        .read(move |tx| super::list(tx, &actor, cursor.as_ref(), PAGE + 1))
        .await?;
    let next = super::trim_to_page(&mut accounts).map(|cursor| cursor.encode());
    Ok(Json(ListDocument {
        items: accounts.into_iter().map(AccountDocument::from).collect(),
        next,
    }))
}

/// `POST /api/v1/accounts`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Json(input): Json<AccountInput>,
) -> Result<(StatusCode, Json<AccountDocument>), Failure> {
    let text = input.text();
    let account = db.write(move |tx| super::add(tx, &actor, &text)).await?;
    Ok((StatusCode::CREATED, Json(account.into())))
}

/// `GET /api/v1/accounts/{id}`
///
/// # Errors
/// No such account here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, Path(id): Path<String>) -> Answer {
    let id = known(&id)?;
    let account = db
        .read(move |tx| super::find(tx, &actor, id)?.ok_or(AccountError::Unknown))
        .await?;
    Ok(Json(account.into()))
}

/// `PUT /api/v1/accounts/{id}`
///
/// # Errors
/// An older version, a field that does not fit, no such account here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    Path(id): Path<String>,
    Json(input): Json<AccountInput>,
) -> Answer {
    let id = known(&id)?;
    let Some(version) = input.version else {
        return Err(Failure::of(StatusCode::UNPROCESSABLE_ENTITY).detail("missing field `version`"));
    };
    let text = input.text();
    let account = db
        .write(move |tx| super::change(tx, &actor, id, version, &text))
        .await?;
    Ok(Json(account.into()))
}

/// `PUT /api/v1/accounts/{id}/closure`
///
/// # Errors
/// No such account here, a missing permission, or the database's.
pub async fn close(State(db): State<Db>, actor: Actor, Path(id): Path<String>) -> Answer {
    let id = known(&id)?;
    Ok(Json(
        db.write(move |tx| super::close(tx, &actor, id)).await?.into(),
    ))
}

/// `DELETE /api/v1/accounts/{id}/closure`
///
/// # Errors
/// As of [`close`].
pub async fn reopen(State(db): State<Db>, actor: Actor, Path(id): Path<String>) -> Answer {
    let id = known(&id)?;
    Ok(Json(
        db.write(move |tx| super::reopen(tx, &actor, id)).await?.into(),
    ))
}

fn known(id: &str) -> Result<AccountId, Failure> {
    id.parse().map_err(|_| Failure::of(StatusCode::NOT_FOUND))
}
