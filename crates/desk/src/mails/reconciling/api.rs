//! Comparisons for programs.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Operation, Sample, Single};
use schemars::JsonSchema;
use serde::Serialize;
use tandem_core::actor::Actor;

use super::super::failures::NOT_READ;
use super::{FolderFound, Reconciliation};
use crate::mailboxes::MailboxId;

const PART: &str = "Mails";

/// How what a mailbox's server has compares with what is stored.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[schemars(rename = "MailReconciliation")]
pub struct ReconciliationDocument {
    /// Where it is: `never`, `waiting`, `running`, `done` or `failed`.
    state: String,
    /// Who asked for it; null where nobody has.
    asked_by: Option<String>,
    /// When: microseconds since 1970-01-01 UTC.
    asked_at: Option<i64>,
    /// When it was over: microseconds since 1970-01-01 UTC; null while it is not.
    ended_at: Option<i64>,
    /// The code of what went wrong; empty while nothing has.
    trouble: String,
    /// What the server said to it.
    said: String,
    /// What was found, folder by folder, as far as it has come.
    folders: Vec<FolderDocument>,
}

/// How a folder compares.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ReconciledFolder")]
pub struct FolderDocument {
    /// Its name.
    folder: String,
    /// Whether the server has it.
    is_there: bool,
    /// Mails on the server: the sum of the five that follow.
    on_server: i64,
    /// Stored from this place.
    known: i64,
    /// Stored, under another number: the server has counted anew.
    renumbered: i64,
    /// Stored from another folder.
    moved: i64,
    /// From before the mailbox was connected, and left there.
    older: i64,
    /// Not stored before.
    missing: i64,
    /// Fetched of those.
    fetched: i64,
    /// Stored here, and no longer in this folder there.
    gone: i64,
}

impl From<FolderFound> for FolderDocument {
    fn from(found: FolderFound) -> Self {
        Self {
            folder: found.folder,
            is_there: found.is_there,
            on_server: found.on_server,
            known: found.known,
            renumbered: found.renumbered,
            moved: found.moved,
            older: found.older,
            missing: found.missing,
            fetched: found.fetched,
            gone: found.gone,
        }
    }
}

impl From<Option<Reconciliation>> for ReconciliationDocument {
    fn from(found: Option<Reconciliation>) -> Self {
        let Some(found) = found else {
            return Self {
                state: "never".to_owned(),
                ..Self::default()
            };
        };
        Self {
            state: found.phase.as_str().to_owned(),
            asked_by: Some(found.asked_by),
            asked_at: Some(found.asked_at.0),
            ended_at: found.ended_at.map(|at| at.0),
            trouble: found.trouble,
            said: found.said,
            folders: found.folders.into_iter().map(Into::into).collect(),
        }
    }
}

/// `GET /api/v1/mailboxes/{id}/reconciliation`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show how a mailbox compares with its server",
    "The newest comparison, while it goes on too.",
)
.of::<MailboxId>()
.shows::<ReconciliationDocument>()
.without_tag();

/// `PUT /api/v1/mailboxes/{id}/reconciliation`
pub const BEGIN: Operation = Operation::new(
    PART,
    "Compare a mailbox with its server",
    "What the server has and we have not is fetched; nothing is changed there, and nothing is stored twice. One that is under way goes on.",
)
.of::<MailboxId>()
.shows::<ReconciliationDocument>()
.without_tag()
.fails(&[&NOT_READ]);

/// `GET /api/v1/mailboxes/{id}/reconciliation`
///
/// # Errors
/// No such mailbox here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<MailboxId>) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(Single::of(&ReconciliationDocument::from(found)).without_tag())
}

/// `PUT /api/v1/mailboxes/{id}/reconciliation`
///
/// # Errors
/// A mailbox that is not read from a server, no such mailbox here, a missing permission, or the database's.
pub async fn begin(State(db): State<Db>, actor: Actor, At(id): At<MailboxId>) -> Result<Single, Failure> {
    let begun = db.write(move |tx| super::begin(tx, &actor, id)).await?;
    Ok(Single::of(&ReconciliationDocument::from(Some(begun))).without_tag())
}

impl Sample for ReconciliationDocument {
    fn sample() -> Self {
        Self {
            state: "done".to_owned(),
            asked_by: Some("Ada Lovelace".to_owned()),
            asked_at: Some(1_795_000_000_000_000),
            ended_at: Some(1_795_000_020_000_000),
            trouble: String::new(),
            said: String::new(),
            folders: vec![FolderDocument {
                folder: "INBOX".to_owned(),
                is_there: true,
                on_server: 1_204,
                known: 1_190,
                renumbered: 0,
                moved: 2,
                older: 9,
                missing: 3,
                fetched: 3,
                gone: 41,
            }],
        }
    }
}
