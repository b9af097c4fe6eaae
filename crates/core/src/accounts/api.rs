//! Accounts for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::db::{Db, Tx};
use kit::id::{TypedId, Uuid};
use kit::web::Failure;
use kit::web::api::{Asked, At, IfMatch, Listed, Posted, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::external_ids::{self, api::ExternalIdDocument};
use super::finding::query::AccountsQuery;
use super::heading::{self, Heading};
use super::{Account, AccountError, AccountId, AccountKind, AccountText, NOUN};
use crate::actor::Actor;
use crate::agents::AgentId;
use crate::ladders::RungId;
use crate::nouns::Marks;
use crate::{fields, tags};

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
    /// A company or a person.
    pub(super) kind: AccountKind,
    /// The account above it; null at the top of a family.
    pub(super) parent: Option<AccountId>,
    /// What other systems call it.
    pub(super) external_ids: Vec<ExternalIdDocument>,
    /// Its tags.
    pub(super) tags: Vec<String>,
    /// What stands in the workspace's own fields, by their keys; null where a field is empty.
    pub(super) fields: BTreeMap<String, Value>,
    /// The agent who looks after it; null while nobody does.
    pub(super) owner: Option<AgentId>,
    /// The stage of its life with us.
    pub(super) stage: Option<RungId>,
    /// The tier of its service.
    pub(super) tier: Option<RungId>,
    /// What it brings in a month, in minor units of `currency`; null for readers who may not see money.
    pub(super) mrr: Option<i64>,
    /// What it brings in a year, in minor units of `currency`; null for readers who may not see money.
    pub(super) arr: Option<i64>,
    /// The reporting currency (ISO 4217).
    pub(super) currency: Option<String>,
    /// The day on which the first of its subscriptions renews or ends.
    pub(super) renews: Option<String>,
    /// Grows by one with every change of name, website or kind.
    pub(super) version: i64,
    /// Whether work goes on with it.
    pub(super) is_open: bool,
    /// When it came: microseconds since 1970-01-01 UTC.
    pub(super) created_at: i64,
    /// When its name, website or kind last changed: microseconds since 1970-01-01 UTC.
    pub(super) changed_at: i64,
    /// When it was closed: microseconds since 1970-01-01 UTC; null while it is open.
    pub(super) closed_at: Option<i64>,
}

impl AccountDocument {
    fn new(account: Account, external_ids: Vec<ExternalIdDocument>, marks: Marks, heading: &Heading) -> Self {
        let worth = heading.worth.as_ref();
        Self {
            owner: heading.owner.as_ref().map(|span| span.agent),
            stage: heading.stage.as_ref().map(|stage| stage.id),
            tier: heading.rung().map(|tier| tier.id),
            mrr: worth.map(|worth| worth.mrr),
            arr: worth.map(|worth| worth.arr),
            currency: worth.map(|worth| worth.currency.to_string()),
            renews: worth.and_then(|worth| worth.renews).map(|day| day.to_string()),
            tags: marks.tags,
            fields: marks.fields,
            id: account.id,
            kind: account.kind,
            parent: account.parent,
            external_ids,
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
    /// A company or a person. A new account is a company unless told; a change without it leaves it as it is.
    #[serde(default)]
    pub(super) kind: Option<AccountKind>,
    /// Its tags, in place of those it has; left out they stay.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub(super) tags: Option<Vec<String>>,
    /// Values of the workspace's own fields by their keys; null takes one away, what is left out stays.
    #[serde(default)]
    pub(super) fields: BTreeMap<String, Value>,
}

impl AccountInput {
    fn text(&self, now: AccountKind) -> AccountText {
        AccountText {
            name: self.name.clone(),
            website: self.website.clone(),
            kind: self.kind.unwrap_or(now),
        }
    }

    /// Keeps what other features know of the account.
    fn keep(&self, tx: &mut Tx<'_>, actor: &Actor, id: AccountId) -> Result<(), Failure> {
        if let Some(tags) = &self.tags {
            tags::api::set(tx, actor, &NOUN, id.into(), tags)?;
        }
        if !self.fields.is_empty() {
            fields::api::fill(tx, actor, &NOUN, id.into(), &self.fields)?;
        }
        Ok(())
    }
}

/// `GET /api/v1/accounts`
///
/// # Errors
/// A cursor, a filter or an order that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<AccountsQuery>,
) -> Result<Listed<AccountDocument>, Failure> {
    let (rows, next) = db
        .read(move |tx| {
            let (accounts, next) = query.part(tx, &actor)?;
            Ok::<_, Failure>((documents(tx, &actor, accounts)?, next))
        })
        .await?;
    Ok(Listed::whole(rows, next).linked(&address))
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
    let text = input.text(AccountKind::default());
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let account = super::add(tx, &actor, &text)?;
        input.keep(tx, &actor, account.id)?;
        let location = format!("/api/v1/accounts/{}", account.id);
        Ok(Single::made(&document(tx, &actor, account)?, location))
    })
    .await
}

/// `GET /api/v1/accounts/{id}`
///
/// # Errors
/// No such account here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<AccountId>) -> Result<Single, Failure> {
    db.read(move |tx| {
        let found = super::find(tx, &actor, id)?.ok_or(AccountError::Unknown)?;
        single(tx, &actor, found)
    })
    .await
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
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?.ok_or(AccountError::Unknown)?;
        let (version, text) = (now.version, input.text(now.kind));
        state.must_hold(&single(tx, &actor, now)?)?;
        let changed = super::change(tx, &actor, id, version, &text)?;
        input.keep(tx, &actor, id)?;
        single(tx, &actor, changed)
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
    state.hold(&single(tx, actor, now)?)?;
    let account = verb(tx, actor, id)?;
    single(tx, actor, account)
}

/// An account as programs see it.
pub(crate) fn single(tx: &mut Tx<'_>, actor: &Actor, account: Account) -> Result<Single, Failure> {
    Ok(Single::of(&document(tx, actor, account)?))
}

fn document(tx: &mut Tx<'_>, actor: &Actor, account: Account) -> Result<AccountDocument, Failure> {
    let mut all = documents(tx, actor, vec![account])?;
    Ok(all.pop().expect("one account makes one document"))
}

/// Accounts as programs see them, with what other features know of each.
fn documents(
    tx: &mut Tx<'_>,
    actor: &Actor,
    accounts: Vec<Account>,
) -> Result<Vec<AccountDocument>, Failure> {
    let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    let mut called: BTreeMap<AccountId, Vec<ExternalIdDocument>> = BTreeMap::new();
    for known in external_ids::of_many(tx, actor.workspace, &ids)? {
        called.entry(known.account).or_default().push(known.into());
    }
    let bare: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let mut headings = heading::of(tx, actor, &ids)?;
    let mut marks = Marks::of(tx, actor, &NOUN, &bare)?;
    let document = |account: Account| {
        let called = called.remove(&account.id).unwrap_or_default();
        let marks = marks.remove(&account.id.uuid()).unwrap_or_default();
        let heading = headings.remove(&account.id).unwrap_or_default();
        AccountDocument::new(account, called, marks, &heading)
    };
    Ok(accounts.into_iter().map(document).collect())
}
