//! Sign-ins of mailboxes for programs: how they stand, and their end. They begin in a browser only.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Operation, Sample, Single};
use schemars::JsonSchema;
use serde::Serialize;
use tandem_core::actor::Actor;

use super::super::providers::MailProviderId;
use super::super::{MailboxError, MailboxId};
use super::{Grant, Revocation, Standing, revoking};

const PART: &str = "Mailboxes";

/// How a mailbox is signed in at its provider. Tokens are never shown.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MailboxSignIn")]
pub struct SignInDocument {
    /// At which provider; null where the mailbox has passwords.
    provider: Option<MailProviderId>,
    /// How it stands: `passwords`, `nobody`, `good`, `dying`, `failing` or `over`.
    state: String,
    /// As whom, where the provider says so.
    account: Option<String>,
    /// Who signed in here; null while nobody has.
    signed_in_by: Option<String>,
    /// When: microseconds since 1970-01-01 UTC.
    signed_in_at: Option<i64>,
    /// When its token was last renewed: microseconds since 1970-01-01 UTC.
    renewed_at: Option<i64>,
    /// When somebody has to sign in again, where the provider says so: microseconds since 1970-01-01 UTC.
    ends_at: Option<i64>,
    /// Since when its token can't be renewed: microseconds since 1970-01-01 UTC; null while it can.
    failing_since: Option<i64>,
    /// What the provider said; empty while nothing is wrong.
    said: String,
    /// What became of the last sign-in at its provider after it ended here: `waiting`, `done`, `failed`, `shared` where another
    /// mailbox lives by the same account, or `nowhere` where the provider can't be told; null where none has ended.
    revocation: Option<String>,
}

impl SignInDocument {
    fn of(
        provider: Option<MailProviderId>,
        standing: Option<&Standing>,
        grant: Option<Grant>,
        revocation: Option<Revocation>,
    ) -> Self {
        let grant = grant.as_ref().filter(|_| provider.is_some());
        Self {
            provider,
            state: standing.map_or("passwords", Standing::as_str).to_owned(),
            account: grant
                .map(|grant| grant.account.clone())
                .filter(|account| !account.is_empty()),
            signed_in_by: grant.map(|grant| grant.granted_by.clone()),
            signed_in_at: grant.map(|grant| grant.granted_at.0),
            renewed_at: grant.map(|grant| grant.renewed_at.0),
            ends_at: grant.and_then(|grant| grant.dies_at).map(|at| at.0),
            failing_since: grant.and_then(|grant| grant.failing_since).map(|at| at.0),
            said: grant.map_or_else(String::new, |grant| grant.said.clone()),
            revocation: revocation.map(|one| one.state),
        }
    }
}

/// `GET /api/v1/mailboxes/{id}/sign-in`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show how a mailbox is signed in",
    "At which provider and as whom, and whether somebody has to sign in again. A person signs in on the mailbox's page.",
)
.of::<MailboxId>()
.shows::<SignInDocument>()
.without_tag();

/// `DELETE /api/v1/mailboxes/{id}/sign-in`
pub const END: Operation = Operation::new(
    PART,
    "Sign a mailbox out",
    "What its provider gave is forgotten, the provider is told (RFC 7009), and it neither reads nor sends until somebody signs it in. Doing it twice is no harm.",
)
.of::<MailboxId>()
.shows::<SignInDocument>()
.without_tag();

/// `GET /api/v1/mailboxes/{id}/sign-in`
///
/// # Errors
/// No such mailbox here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<MailboxId>) -> Result<Single, Failure> {
    let document = db
        .read(move |tx| {
            let mailbox = super::super::find(tx, &actor, id)?.ok_or(MailboxError::Unknown)?;
            let standing = super::standing(tx, actor.workspace, &mailbox)?;
            let grant = super::find(tx, &actor, id)?;
            let revocation = revoking::of(tx, actor.workspace, id)?;
            let document = SignInDocument::of(mailbox.provider, standing.as_ref(), grant, revocation);
            Ok::<_, MailboxError>(document)
        })
        .await?;
    Ok(Single::of(&document).without_tag())
}

/// `DELETE /api/v1/mailboxes/{id}/sign-in`
///
/// # Errors
/// No such mailbox here, a missing permission, or the database's.
pub async fn end(State(db): State<Db>, actor: Actor, At(id): At<MailboxId>) -> Result<Single, Failure> {
    let document = db
        .write(move |tx| {
            let mailbox = super::end(tx, &actor, id)?;
            let standing = super::standing(tx, actor.workspace, &mailbox)?;
            let revocation = revoking::of(tx, actor.workspace, id)?;
            let document = SignInDocument::of(mailbox.provider, standing.as_ref(), None, revocation);
            Ok::<_, MailboxError>(document)
        })
        .await?;
    Ok(Single::of(&document).without_tag())
}

impl Sample for SignInDocument {
    fn sample() -> Self {
        Self {
            provider: Some("mpr_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            state: "good".to_owned(),
            account: Some("support@fernweh.example".to_owned()),
            signed_in_by: Some("Ada Lovelace".to_owned()),
            signed_in_at: Some(1_795_000_000_000_000),
            renewed_at: Some(1_795_000_000_000_000),
            ends_at: None,
            failing_since: None,
            said: String::new(),
            revocation: None,
        }
    }
}
