//! Providers for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Posted, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::setting_up::{self, answers};
use super::{Plain, Provider, ProviderError, ProviderId, ProviderText};
use crate::actor::Actor;
use crate::permissions::Role;

/// An identity provider: a system by which agents come in.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Provider")]
pub struct ProviderDocument {
    /// Its id.
    pub(super) id: ProviderId,
    /// What stands on its button.
    pub(super) label: String,
    /// Its name for itself, an address.
    pub(super) issuer: String,
    /// Its name for this installation.
    pub(super) client: String,
    /// Whether a secret is kept; the secret itself is never shown.
    pub(super) has_secret: bool,
    /// The mail domains of people who are let in though nobody here knows them.
    pub(super) domains: Vec<String>,
    /// The role that they get: a built-in word or the id of a role; null when they are not let in.
    pub(super) role: Option<String>,
    /// Whether its button stands on the front door.
    pub(super) is_on: bool,
    /// Grows by one with every change.
    pub(super) version: i64,
}

impl From<Provider> for ProviderDocument {
    fn from(provider: Provider) -> Self {
        Self {
            id: provider.id,
            label: provider.label,
            issuer: provider.issuer,
            client: provider.client,
            has_secret: provider.secret.is_some(),
            domains: provider.domains,
            role: provider.role.map(|role| role.to_string()),
            is_on: provider.is_on,
            version: provider.version,
        }
    }
}

/// What a program says about a provider.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProviderInput {
    /// What stands on its button.
    #[schemars(length(min = 1, max = 60))]
    pub(super) label: String,
    /// Its name for itself, an https address that describes itself (OpenID Connect Discovery 1.0).
    pub(super) issuer: String,
    /// Its name for this installation.
    #[schemars(length(min = 1, max = 200))]
    pub(super) client: String,
    /// What only the two know; without one, the secret that is kept stays as long as the issuer does.
    #[serde(default)]
    #[schemars(length(max = 1000))]
    pub(super) secret: Option<String>,
    /// The mail domains of people who are let in though nobody here knows them.
    #[serde(default)]
    pub(super) domains: Vec<String>,
    /// The role that they get: a built-in word or the id of a role; null lets nobody in.
    #[serde(default)]
    pub(super) role: Option<String>,
    /// Whether its button stands on the front door.
    pub(super) is_on: bool,
}

impl TryFrom<ProviderInput> for ProviderText {
    type Error = ProviderError;

    fn try_from(input: ProviderInput) -> Result<Self, ProviderError> {
        let role = input.role.map(|role| role.parse::<Role>());
        Ok(Self {
            label: input.label,
            issuer: input.issuer,
            client: input.client,
            secret: input.secret.as_deref().and_then(Plain::of),
            domains: input.domains.join(" "),
            role: role.transpose().map_err(|_| ProviderError::UnknownRole)?,
            is_on: input.is_on,
        })
    }
}

/// `GET /api/v1/providers`
///
/// # Errors
/// A missing permission, or the database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<ProviderDocument>, Failure> {
    let all = db.read(move |tx| super::all(tx, &actor)).await?;
    let all = all.into_iter().map(|(provider, _)| provider.into());
    Ok(Listed::whole(all.collect(), None))
}

/// `POST /api/v1/providers`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<ProviderInput>,
) -> Result<Response, Failure> {
    let text = ProviderText::try_from(input)?;
    super::must(&actor)?;
    answers(&db, &text.issuer).await?;
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let provider = super::add(tx, &actor, &text)?;
        let location = format!("/api/v1/providers/{}", provider.id);
        Ok(Single::made(&ProviderDocument::from(provider), location))
    })
    .await
}

/// `GET /api/v1/providers/{id}`
///
/// # Errors
/// No such provider here, a missing permission, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<ProviderId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| super::find(tx, &actor, id)).await?))
}

/// `PUT /api/v1/providers/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such provider here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ProviderId>,
    state: IfMatch,
    Sent(input): Sent<ProviderInput>,
) -> Result<Single, Failure> {
    super::must(&actor)?;
    let reader = actor.clone();
    let before = db.read(move |tx| super::find(tx, &reader, id)).await?;
    let text = ProviderText::try_from(input)?;
    state.must_hold(&single(before.clone()))?;
    let changed = setting_up::change(&db, &actor, &before, before.version, &text).await;
    match changed {
        Err(ProviderError::Stale(_)) => Err(Failure::of(StatusCode::PRECONDITION_FAILED)),
        changed => Ok(single(changed?)),
    }
}

/// `DELETE /api/v1/providers/{id}`
///
/// # Errors
/// Another state than the one named, no such provider here, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ProviderId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(super::find(tx, &actor, id)?))?;
        super::remove(tx, &actor, id)?;
        Ok(Single::nothing())
    })
    .await
}

fn single(provider: Provider) -> Single {
    Single::of(&ProviderDocument::from(provider))
}
