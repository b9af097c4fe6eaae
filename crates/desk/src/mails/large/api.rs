//! Fetching mails that were too large, for programs.

use axum::extract::State;
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{At, Operation, Posted, Sample, Single};
use schemars::JsonSchema;
use serde::Serialize;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::super::failures::{DECIDED, NOT_READ, TOO_LARGE};
use super::super::{MailError, MailId};
use super::{Wish, rows};

/// How far a mail is that is fetched although it was too large.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[schemars(rename = "MailFetch")]
pub struct FetchDocument {
    /// `never`, `coming` or `failed`; once it came, the mail has its bytes and this is `never` again.
    state: String,
    /// Why it did not come: `gone`, `too_large`, or the code of a problem with the server; empty for none.
    trouble: String,
    /// Who asked for it; null where nobody has.
    asked_by: Option<String>,
    /// When: microseconds since 1970-01-01 UTC.
    asked_at: Option<i64>,
}

impl From<Option<Wish>> for FetchDocument {
    fn from(found: Option<Wish>) -> Self {
        let Some(wish) = found else {
            return Self {
                state: "never".to_owned(),
                ..Self::default()
            };
        };
        let state = if wish.is_coming() { "coming" } else { "failed" };
        Self {
            asked_by: Some(wish.author().to_owned()),
            state: state.to_owned(),
            trouble: wish.trouble,
            asked_at: Some(wish.asked_at.0),
        }
    }
}

/// `GET /api/v1/mails/{id}/fetch`
pub const SHOW: Operation = Operation::new(
    "Mails",
    "Show how far a large mail is",
    "Whether somebody wants a mail that was too large to be fetched, and what came of it.",
)
.of::<MailId>()
.shows::<FetchDocument>()
.without_tag();

/// `POST /api/v1/mails/{id}/fetch`
pub const WANT: Operation = Operation::new(
    "Mails",
    "Fetch a mail that was too large",
    "A mail that is held back as `too_large` is fetched from its server in the background, up to 150 MiB, and then read as if it had just come.",
)
.of::<MailId>()
.gives::<FetchDocument>()
.begins()
.fails(&[&DECIDED, &NOT_READ, &TOO_LARGE]);

/// `GET /api/v1/mails/{id}/fetch`
///
/// # Errors
/// No such mail here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<MailId>) -> Result<Single, Failure> {
    let found = db.read(move |tx| {
        actor.must(Permission::MailboxesRead)?;
        rows::find(tx, actor.workspace, id)?.ok_or(MailError::Unknown)?;
        Ok::<_, MailError>(super::wish(tx, actor.workspace, id)?)
    });
    let document = FetchDocument::from(found.await?);
    Ok(Single::of(&document).without_tag())
}

/// `POST /api/v1/mails/{id}/fetch`
///
/// # Errors
/// No such mail here, one that can't be fetched, a missing permission, or the database's.
pub async fn want(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<MailId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    let effect = move |tx: &mut Tx<'_>| {
        let mail = super::want(tx, &actor, id)?;
        let document = FetchDocument::from(super::wish(tx, actor.workspace, mail.id)?);
        Ok(Single::begun(&document).without_tag())
    };
    posted.once.run(&db, owner, effect).await
}

impl Sample for FetchDocument {
    fn sample() -> Self {
        Self {
            state: "coming".to_owned(),
            trouble: String::new(),
            asked_by: Some("Ada Lovelace".to_owned()),
            asked_at: Some(1_795_000_000_000_000),
        }
    }
}
