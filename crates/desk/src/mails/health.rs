//! How a mailbox does, for programs.

use axum::extract::State as Shared;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{At, Operation, Sample, Single};
use schemars::JsonSchema;
use serde::Serialize;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::{MailError, State, alarm, large, listing, rhythm, watching};
use crate::mailboxes::{self, MailboxId, grants};

/// How a mailbox does.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MailboxHealth")]
pub struct HealthDocument {
    /// When its server was last read to the end: microseconds since 1970-01-01 UTC; null where it never was, or where mail is handed
    /// over.
    read_at: Option<i64>,
    /// When the newest mail was stored: microseconds since 1970-01-01 UTC; null where none came.
    received_at: Option<i64>,
    /// Whether its server was not read for half an hour.
    is_silent: bool,
    /// Whether mail that is handed over has not come for three times its usual longest gap in working hours, and for four hours at
    /// least.
    is_quiet: bool,
    /// What else is wrong or will be soon: `sign_in_again`, `sign_in_fails`, `sign_in_dies`, `secret_dies`.
    warnings: Vec<String>,
    /// How many mails wait to be read.
    waiting: i64,
    /// How many are held back.
    held: i64,
    /// Of those, how many are too large and still lie on their server.
    too_large: i64,
    /// How many could not be read.
    failed: i64,
}

/// `GET /api/v1/mailboxes/{id}/health`
pub const SHOW: Operation = Operation::new(
    "Mails",
    "Show how a mailbox does",
    "When mail last came, and what is wrong.",
)
.of::<MailboxId>()
.shows::<HealthDocument>()
.without_tag();

/// `GET /api/v1/mailboxes/{id}/health`
///
/// # Errors
/// No such mailbox here, a missing permission, or the database's.
pub async fn show(Shared(db): Shared<Db>, actor: Actor, At(id): At<MailboxId>) -> Result<Single, Failure> {
    let found = db.read(move |tx| of(tx, &actor, id)).await?;
    Ok(Single::of(&found).without_tag())
}

fn of(tx: &mut Tx<'_>, actor: &Actor, id: MailboxId) -> Result<HealthDocument, MailError> {
    actor.must(Permission::MailboxesRead)?;
    let workspace = actor.workspace;
    let mailbox = mailboxes::one(tx, workspace, id)?.ok_or(MailError::Unknown)?;
    let watches = watching::all(tx, workspace)?;
    let watch = watches.iter().find(|watch| watch.mailbox == id);
    let counts = super::counts(tx, actor, id)?;
    let count = |state| counts.get(&state).copied().unwrap_or_default();
    let last = listing::store::last(tx, workspace, id)?;
    let large = large::counts(tx, workspace)?;
    let warnings = if mailbox.is_open() {
        grants::warnings(tx, workspace, &mailbox)?
    } else {
        Vec::new()
    };
    Ok(HealthDocument {
        read_at: watch.and_then(|watch| watch.succeeded_at).map(|at| at.0),
        received_at: last.map(|(_, stored)| stored.0),
        is_silent: alarm::is_silent(&mailbox, watch, tx.now()),
        is_quiet: rhythm::of(tx, workspace, &mailbox)?.is_quiet,
        warnings: warnings.into_iter().map(str::to_owned).collect(),
        waiting: count(State::Stored),
        held: count(State::Suspended),
        too_large: large.iter().find(|(of, _)| *of == id).map_or(0, |(_, n)| *n),
        failed: count(State::Failed),
    })
}

impl Sample for HealthDocument {
    fn sample() -> Self {
        Self {
            read_at: None,
            received_at: Some(1_795_000_000_000_000),
            is_silent: false,
            is_quiet: true,
            warnings: Vec::new(),
            waiting: 0,
            held: 2,
            too_large: 0,
            failed: 0,
        }
    }
}
