//! Memberships for programs.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Listed, Posted, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ContactRole, Membership, MembershipId, MembershipText};
use crate::accounts::{AccountError, AccountId};
use crate::actor::Actor;
use crate::contacts::failures::DAY;
use crate::contacts::{ContactError, ContactId};

/// How many people of an account are listed.
const MOST: i64 = 10_000;

/// What a contact is to an account.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Membership")]
pub struct MembershipDocument {
    /// Its id.
    pub(in crate::contacts) id: MembershipId,
    /// The contact it was written down for.
    pub(in crate::contacts) contact: ContactId,
    /// The account.
    pub(in crate::contacts) account: AccountId,
    /// What they do there; may be empty.
    pub(in crate::contacts) title: String,
    /// What they are to us there.
    pub(in crate::contacts) roles: Vec<ContactRole>,
    /// Their first day there: `2026-03-01`; null when nobody knows.
    pub(in crate::contacts) since: Option<String>,
    /// Their last day there; null while they are there.
    pub(in crate::contacts) until: Option<String>,
}

impl From<Membership> for MembershipDocument {
    fn from(membership: Membership) -> Self {
        let text = membership.text;
        Self {
            id: membership.id,
            contact: membership.contact,
            account: membership.account,
            title: text.title,
            roles: text.roles,
            since: text.since.map(|day| day.to_string()),
            until: text.until.map(|day| day.to_string()),
        }
    }
}

/// What a program says about a membership.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StandingInput {
    /// What they do there.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub(in crate::contacts) title: String,
    /// What they are to us there.
    #[serde(default)]
    #[schemars(length(max = 4))]
    pub(in crate::contacts) roles: Vec<ContactRole>,
    /// Their first day there: `2026-03-01`.
    #[schemars(length(max = 10))]
    pub(in crate::contacts) since: Option<String>,
    /// Their last day there: `2026-11-30`.
    #[schemars(length(max = 10))]
    pub(in crate::contacts) until: Option<String>,
}

/// An account, and what a contact is to it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MembershipInput {
    /// The account.
    pub(in crate::contacts) account: AccountId,
    /// What they do there.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub(in crate::contacts) title: String,
    /// What they are to us there.
    #[serde(default)]
    pub(in crate::contacts) roles: Vec<ContactRole>,
    /// Their first day there: `2026-03-01`.
    #[schemars(length(max = 10))]
    pub(in crate::contacts) since: Option<String>,
    /// Their last day there: `2026-11-30`.
    #[schemars(length(max = 10))]
    pub(in crate::contacts) until: Option<String>,
}

impl MembershipInput {
    /// What is said of the membership, with its days read.
    ///
    /// # Errors
    /// A text that is no day.
    pub fn text(&self) -> Result<MembershipText, Failure> {
        let Self {
            title,
            roles,
            since,
            until,
            ..
        } = self;
        text_of(title, roles, since.as_deref(), until.as_deref())
    }
}

impl StandingInput {
    /// What is said, with its days read.
    ///
    /// # Errors
    /// A text that is no day.
    pub fn text(&self) -> Result<MembershipText, Failure> {
        text_of(
            &self.title,
            &self.roles,
            self.since.as_deref(),
            self.until.as_deref(),
        )
    }
}

fn text_of(
    title: &str,
    roles: &[ContactRole],
    since: Option<&str>,
    until: Option<&str>,
) -> Result<MembershipText, Failure> {
    let day = |name: &'static str, text: Option<&str>| {
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        text.map(|text| text.parse::<Date>().map_err(|_| Failure::field(name, &DAY)))
            .transpose()
    };
    Ok(MembershipText {
        title: title.to_owned(),
        roles: roles.to_vec(),
        since: day("since", since)?,
        until: day("until", until)?,
    })
}

/// `GET /api/v1/accounts/{id}/contacts`
///
/// # Errors
/// No such account here, or the database's.
pub async fn at_account(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
) -> Result<Listed<MembershipDocument>, Failure> {
    let people = db
        .read(move |tx| {
            crate::accounts::find(tx, &actor, id)?.ok_or(AccountError::Unknown)?;
            Ok::<_, Failure>(super::at_account(tx, &actor, id, MOST)?)
        })
        .await?;
    let items = people
        .into_iter()
        .map(|(membership, _)| membership.into())
        .collect();
    Ok(Listed::whole(items, None))
}

/// `POST /api/v1/contacts/{id}/memberships`
///
/// # Errors
/// A field that does not fit, no such contact or account here, or the database's.
pub async fn add(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ContactId>,
    Posted { input, once }: Posted<MembershipInput>,
) -> Result<Response, Failure> {
    let (account, text) = (input.account, input.text()?);
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let membership = super::add(tx, &actor, id, account, &text)?;
        let location = format!("/api/v1/memberships/{}", membership.id);
        Ok(Single::made(&MembershipDocument::from(membership), location))
    })
    .await
}

/// `GET /api/v1/memberships/{id}`
///
/// # Errors
/// No such membership here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<MembershipId>) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(Single::of(&MembershipDocument::from(
        found.ok_or(ContactError::Unknown)?,
    )))
}

/// `PUT /api/v1/memberships/{id}`
///
/// # Errors
/// A field that does not fit, no such membership here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<MembershipId>,
    Sent(input): Sent<StandingInput>,
) -> Result<Single, Failure> {
    let text = input.text()?;
    let membership = db.write(move |tx| super::change(tx, &actor, id, &text)).await?;
    Ok(Single::of(&MembershipDocument::from(membership)))
}

/// `DELETE /api/v1/memberships/{id}`
///
/// # Errors
/// No such membership here, a missing permission, or the database's.
pub async fn remove(State(db): State<Db>, actor: Actor, At(id): At<MembershipId>) -> Result<Single, Failure> {
    db.write(move |tx| super::remove(tx, &actor, id)).await?;
    Ok(Single::nothing())
}
