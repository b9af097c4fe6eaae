//! Mail providers for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Posted, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;

use super::{MailProvider, MailProviderError, MailProviderId, MailProviderText, ProviderKind};
use crate::mailboxes::Password;

/// A mail provider: a system at which mailboxes sign in by OAuth 2.0.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MailProvider")]
pub struct MailProviderDocument {
    /// Its id.
    pub(super) id: MailProviderId,
    /// Whose system it is.
    pub(super) kind: ProviderKind,
    /// What people call it.
    pub(super) name: String,
    /// Its name for this installation.
    pub(super) client: String,
    /// Whether a secret is kept; it is never shown.
    pub(super) has_secret: bool,
    /// The last day of the secret, such as `2027-05-31`; null where nobody has said it.
    pub(super) secret_until: Option<String>,
    /// Which directory of Microsoft; empty for all.
    pub(super) tenant: String,
    /// Where browsers go.
    pub(super) authorize_at: String,
    /// Where tokens are.
    pub(super) token_at: String,
    /// Where a grant is taken back (RFC 7009); null where the provider has no address for that.
    pub(super) revoke_at: Option<String>,
    /// What is asked for.
    pub(super) scopes: String,
    /// Grows by one with every change.
    pub(super) version: i64,
}

impl From<MailProvider> for MailProviderDocument {
    fn from(provider: MailProvider) -> Self {
        Self {
            authorize_at: provider.authorize_at(),
            token_at: provider.token_at(),
            revoke_at: provider.revoke_at(),
            scopes: provider.scopes().to_owned(),
            id: provider.id,
            kind: provider.kind,
            name: provider.name,
            client: provider.client,
            has_secret: provider.secret.is_some(),
            secret_until: provider.secret_until.map(|day| day.to_string()),
            tenant: provider.tenant,
            version: provider.version,
        }
    }
}

/// What a program says about a mail provider.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MailProviderInput {
    /// Whose system it is.
    pub(super) kind: ProviderKind,
    /// What people call it.
    #[schemars(length(min = 1, max = 60))]
    pub(super) name: String,
    /// Its name for this installation.
    #[schemars(length(min = 1, max = 300))]
    pub(super) client: String,
    /// What only the two know; without one the secret that is kept stays, as long as client and address do.
    #[serde(default)]
    #[schemars(length(max = 1000))]
    pub(super) secret: Option<String>,
    /// The last day of the secret, such as `2027-05-31`.
    #[serde(default)]
    pub(super) secret_until: Option<String>,
    /// Which directory of Microsoft: its id or a domain of it.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub(super) tenant: String,
    /// Where browsers go, for somebody else's system.
    #[serde(default)]
    #[schemars(length(max = 1500))]
    pub(super) authorize_at: String,
    /// Where tokens are, for somebody else's system.
    #[serde(default)]
    #[schemars(length(max = 1500))]
    pub(super) token_at: String,
    /// Where a grant is taken back (RFC 7009), for somebody else's system; empty where that is nowhere.
    #[serde(default)]
    #[schemars(length(max = 1500))]
    pub(super) revoke_at: String,
    /// What is asked for, with blanks between, for somebody else's system.
    #[serde(default)]
    #[schemars(length(max = 1000))]
    pub(super) scopes: String,
}

impl From<MailProviderInput> for MailProviderText {
    fn from(input: MailProviderInput) -> Self {
        Self {
            kind: input.kind,
            name: input.name,
            client: input.client,
            secret: input.secret.as_deref().and_then(Password::of),
            secret_until: input.secret_until.unwrap_or_default(),
            tenant: input.tenant,
            authorize_at: input.authorize_at,
            token_at: input.token_at,
            revoke_at: input.revoke_at,
            scopes: input.scopes,
        }
    }
}

/// `GET /api/v1/mail-providers`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<MailProviderDocument>, Failure> {
    let all = db.read(move |tx| super::all(tx, actor.workspace)).await?;
    Ok(Listed::whole(all.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/mail-providers`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<MailProviderInput>,
) -> Result<Response, Failure> {
    let (text, owner) = (MailProviderText::from(input), (&actor).into());
    once.run(&db, owner, move |tx| {
        let provider = super::add(tx, &actor, &text)?;
        let location = format!("/api/v1/mail-providers/{}", provider.id);
        Ok(Single::made(&MailProviderDocument::from(provider), location))
    })
    .await
}

/// `GET /api/v1/mail-providers/{id}`
///
/// # Errors
/// No such provider here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<MailProviderId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| super::find(tx, &actor, id)).await?))
}

/// `PUT /api/v1/mail-providers/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such provider here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<MailProviderId>,
    state: IfMatch,
    Sent(input): Sent<MailProviderInput>,
) -> Result<Single, Failure> {
    let text = MailProviderText::from(input);
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        match super::change(tx, &actor, id, version, &text) {
            Err(MailProviderError::Stale(_)) => Err(Failure::of(StatusCode::PRECONDITION_FAILED)),
            changed => Ok(single(changed?)),
        }
    })
    .await
}

/// `DELETE /api/v1/mail-providers/{id}`
///
/// # Errors
/// Mailboxes sign in by it, another state than the one named, no such provider here, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<MailProviderId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(super::find(tx, &actor, id)?))?;
        super::remove(tx, &actor, id)?;
        Ok(Single::nothing())
    })
    .await
}

fn single(provider: MailProvider) -> Single {
    Single::of(&MailProviderDocument::from(provider))
}

impl Sample for MailProviderInput {
    fn sample() -> Self {
        Self {
            kind: ProviderKind::Microsoft,
            name: "Microsoft 365".to_owned(),
            client: "7d1a9a0e-6f6b-4c0e-9d53-2f3a5a1e8b11".to_owned(),
            secret: Some("as-the-provider-gave-it".to_owned()),
            secret_until: Some("2028-05-31".to_owned()),
            tenant: "fernweh.example".to_owned(),
            authorize_at: String::new(),
            token_at: String::new(),
            revoke_at: String::new(),
            scopes: String::new(),
        }
    }
}

impl Sample for MailProviderDocument {
    fn sample() -> Self {
        let id: MailProviderId = "mpr_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id");
        let input = MailProviderInput::sample();
        Self::from(MailProvider {
            kind: input.kind,
            name: input.name,
            client: input.client,
            secret: Some(Vec::new()),
            secret_until: Some(jiff::civil::date(2028, 5, 31)),
            tenant: input.tenant,
            version: 2,
            ..MailProvider::blank(id)
        })
    }
}
