//! Replays for programs.

use axum::extract::State;
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{At, Listed, Operation, Posted, Sample, Single};
use schemars::JsonSchema;
use serde::Serialize;
use tandem_core::actor::Actor;

use super::super::MailError;
use super::super::failures::NO_REPLAY;
use super::Replay;
use crate::mailboxes::MailboxId;

const PART: &str = "Mails";

/// How far reading the stored mail of a mailbox again is.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[schemars(rename = "MailReplay")]
pub struct ReplayDocument {
    /// The mailbox; null where nobody has asked.
    mailbox: Option<MailboxId>,
    /// Where it is: `never`, `waiting`, `running`, `paused`, `done` or `cancelled`.
    state: String,
    /// The version of the reader.
    parser: i64,
    /// How many mails there were to look at.
    total: i64,
    /// How many were looked at.
    looked: i64,
    /// Of those, how many say something else now.
    changed: i64,
    /// Of those, how many could not be read; what was known of them stays.
    unread: i64,
    /// Who asked for it; null where nobody has.
    asked_by: Option<String>,
    /// When: microseconds since 1970-01-01 UTC.
    asked_at: Option<i64>,
    /// When it was over: microseconds since 1970-01-01 UTC; null while it is not.
    ended_at: Option<i64>,
}

impl From<Replay> for ReplayDocument {
    fn from(found: Replay) -> Self {
        Self {
            mailbox: Some(found.mailbox),
            state: found.phase.as_str().to_owned(),
            parser: found.parser,
            total: found.total,
            looked: found.looked,
            changed: found.changed,
            unread: found.unread,
            asked_by: Some(found.asked_by),
            asked_at: Some(found.asked_at.0),
            ended_at: found.ended_at.map(|at| at.0),
        }
    }
}

/// `GET /api/v1/mailboxes/{id}/replay`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show how far reading a mailbox again is",
    "The newest time that its stored mail was read again, while it goes on too.",
)
.of::<MailboxId>()
.shows::<ReplayDocument>()
.without_tag();

/// `PUT /api/v1/mailboxes/{id}/replay`
pub const BEGIN: Operation = Operation::new(
    PART,
    "Read the stored mail of a mailbox again",
    "Words, files and what is known of senders are derived anew from the stored bytes. Nothing moves, nothing comes twice, and what agents did stays. One that is under way or paused goes on.",
)
.of::<MailboxId>()
.shows::<ReplayDocument>()
.without_tag();

/// `DELETE /api/v1/mailboxes/{id}/replay`
pub const CANCEL: Operation = Operation::new(PART, "Stop reading a mailbox again", "What was read stays.")
    .of::<MailboxId>()
    .shows::<ReplayDocument>()
    .without_tag()
    .fails(&[&NO_REPLAY]);

/// `PUT /api/v1/mailboxes/{id}/replay/pause`
pub const PAUSE: Operation = Operation::new(PART, "Pause reading a mailbox again", "It stays where it is.")
    .of::<MailboxId>()
    .shows::<ReplayDocument>()
    .without_tag()
    .fails(&[&NO_REPLAY]);

/// `DELETE /api/v1/mailboxes/{id}/replay/pause`
pub const RESUME: Operation = Operation::new(
    PART,
    "Go on reading a mailbox again",
    "It goes on where it was paused.",
)
.of::<MailboxId>()
.shows::<ReplayDocument>()
.without_tag()
.fails(&[&NO_REPLAY]);

/// `POST /api/v1/mail-replays`
pub const BEGIN_ALL: Operation = Operation::new(
    PART,
    "Read all stored mail again",
    "The stored mail of every mailbox is read again.",
)
.gives::<Listed<ReplayDocument>>();

/// `GET /api/v1/mailboxes/{id}/replay`
///
/// # Errors
/// No such mailbox here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<MailboxId>) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    let document = found.map_or_else(never, ReplayDocument::from);
    Ok(Single::of(&document).without_tag())
}

fn never() -> ReplayDocument {
    ReplayDocument {
        state: "never".to_owned(),
        ..ReplayDocument::default()
    }
}

/// `PUT /api/v1/mailboxes/{id}/replay`
///
/// # Errors
/// No such mailbox here, a missing permission, or the database's.
pub async fn begin(State(db): State<Db>, actor: Actor, At(id): At<MailboxId>) -> Result<Single, Failure> {
    turned(&db, move |tx| super::begin(tx, &actor, id)).await
}

/// `DELETE /api/v1/mailboxes/{id}/replay`
///
/// # Errors
/// Nothing is being read again, no such mailbox here, a missing permission, or the database's.
pub async fn cancel(State(db): State<Db>, actor: Actor, At(id): At<MailboxId>) -> Result<Single, Failure> {
    turned(&db, move |tx| super::cancel(tx, &actor, id)).await
}

/// `PUT /api/v1/mailboxes/{id}/replay/pause`
///
/// # Errors
/// As of [`cancel`].
pub async fn pause(State(db): State<Db>, actor: Actor, At(id): At<MailboxId>) -> Result<Single, Failure> {
    turned(&db, move |tx| super::pause(tx, &actor, id)).await
}

/// `DELETE /api/v1/mailboxes/{id}/replay/pause`
///
/// # Errors
/// As of [`cancel`].
pub async fn resume(State(db): State<Db>, actor: Actor, At(id): At<MailboxId>) -> Result<Single, Failure> {
    turned(&db, move |tx| super::resume(tx, &actor, id)).await
}

async fn turned(
    db: &Db,
    verb: impl FnMut(&mut Tx<'_>) -> Result<Replay, MailError> + Send + 'static,
) -> Result<Single, Failure> {
    let now = db.write(verb).await?;
    Ok(Single::of(&ReplayDocument::from(now)).without_tag())
}

/// `POST /api/v1/mail-replays`
///
/// # Errors
/// A missing permission, or the database's.
pub async fn begin_all(State(db): State<Db>, actor: Actor, posted: Posted<()>) -> Result<Response, Failure> {
    let owner = (&actor).into();
    posted
        .once
        .run(&db, owner, move |tx| {
            let begun = super::begin_all(tx, &actor)?;
            let items: Vec<ReplayDocument> = begun.into_iter().map(Into::into).collect();
            Ok(Single::of(&Listed::whole(items, None)).without_tag())
        })
        .await
}

impl Sample for ReplayDocument {
    fn sample() -> Self {
        Self {
            mailbox: Some("mbx_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            state: "running".to_owned(),
            parser: 1,
            total: 12_040,
            looked: 4_800,
            changed: 31,
            unread: 0,
            asked_by: Some("Ada Lovelace".to_owned()),
            asked_at: Some(1_795_000_000_000_000),
            ended_at: None,
        }
    }
}
