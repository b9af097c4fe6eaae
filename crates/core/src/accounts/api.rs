//! Accounts for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{Asked, At, IfMatch, Limit, Listed, Posted, Sent, Single, cursor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Account, AccountError, AccountId, AccountText, Cursor, LIST};
use crate::actor::Actor;

/// An account: a customer.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Account")]
pub struct AccountDocument {
    /// Its id.
    pub(super) id: AccountId,
    /// Its name.
    pub(super) name: String,
    /// Its website's host and path, without a scheme.
    pub(super) website: Option<String>,
    /// Grows by one with every change of name or website.
    pub(super) version: i64,
    /// Whether work goes on with it.
    pub(super) is_open: bool,
    /// When it came: microseconds since 1970-01-01 UTC.
    pub(super) created_at: i64,
    /// When its name or website last changed: microseconds since 1970-01-01 UTC.
    pub(super) changed_at: i64,
    /// When it was closed: microseconds since 1970-01-01 UTC; null while it is open.
    pub(super) closed_at: Option<i64>,
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

/// Where to go on in the list, and how far.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountsQuery {
    /// The cursor of the part before: its `next`.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
}

/// What a program says about an account.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountInput {
    /// Its name; blanks around it are taken away.
    #[schemars(length(min = 1, max = 200))]
    pub(super) name: String,
    /// Its website, with or without a scheme; nothing when it has none.
    #[schemars(length(max = 500))]
    pub(super) website: Option<String>,
}

impl AccountInput {
    fn text(&self) -> AccountText {
        AccountText {
            name: self.name.clone(),
            website: self.website.clone(),
        }
    }
}

/// `GET /api/v1/accounts`
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<AccountsQuery>,
) -> Result<Listed<AccountDocument>, Failure> {
    let from: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let accounts = db
        .read(move |tx| super::list(tx, &actor, from.as_ref(), query.limit.and_one()))
        .await?;
    let listed = Listed::of(accounts, query.limit, |last| last.cursor().encode());
    Ok(listed.linked(&address))
}

/// `POST /api/v1/accounts`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<AccountInput>,
) -> Result<Response, Failure> {
    let text = input.text();
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let account = super::add(tx, &actor, &text)?;
        let location = format!("/api/v1/accounts/{}", account.id);
        Ok(Single::made(&AccountDocument::from(account), location))
    })
    .await
}

/// `GET /api/v1/accounts/{id}`
///
/// # Errors
/// No such account here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<AccountId>) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(single(found.ok_or(AccountError::Unknown)?))
}

/// `PUT /api/v1/accounts/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such account here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
    state: IfMatch,
    Sent(input): Sent<AccountInput>,
) -> Result<Single, Failure> {
    let text = input.text();
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?.ok_or(AccountError::Unknown)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        Ok(single(super::change(tx, &actor, id, version, &text)?))
    })
    .await
}

/// `PUT /api/v1/accounts/{id}/closure`
///
/// # Errors
/// No such account here, another state than the one named, a missing permission, or the database's.
pub async fn close(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| held(tx, &actor, id, &state, super::close))
        .await
}

/// `DELETE /api/v1/accounts/{id}/closure`
///
/// # Errors
/// As of [`close`].
pub async fn reopen(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| held(tx, &actor, id, &state, super::reopen))
        .await
}

/// What closes an account or opens it again.
type Verb = fn(&mut Tx<'_>, &Actor, AccountId) -> Result<Account, AccountError>;

/// Does it if the account is still in the state that was named.
fn held(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: AccountId,
    state: &IfMatch,
    verb: Verb,
) -> Result<Single, Failure> {
    let now = super::find(tx, actor, id)?.ok_or(AccountError::Unknown)?;
    state.hold(&single(now))?;
    Ok(single(verb(tx, actor, id)?))
}

fn single(account: Account) -> Single {
    Single::of(&AccountDocument::from(account))
}
