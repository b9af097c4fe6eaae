//! What happened to a mail, line by line: what somebody did and what servers said.

pub(super) mod store;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use tandem_core::workspaces::WorkspaceId;

use super::OutgoingId;
use super::model::Step;

kit::id! {
    /// A line of an outgoing mail's log.
    StepId, "ost"
}

/// Something that happened to a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Its id.
    pub id: StepId,
    /// What.
    pub step: Step,
    /// Who did it: a signature; empty where the other side did.
    pub author: String,
    /// Which recipient; empty for all.
    pub address: String,
    /// The code of the answer.
    pub code: Option<i64>,
    /// Its status code (RFC 3463).
    pub enhanced: Option<String>,
    /// Its words.
    pub said: String,
    /// What stood in the way: a word of `trouble.rs`.
    pub trouble: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl LogLine {
    /// A line of this moment that says no more than its step.
    pub(super) fn new(tx: &Tx<'_>, step: Step) -> Self {
        Self {
            id: tx.new_id(),
            step,
            author: String::new(),
            address: String::new(),
            code: None,
            enhanced: None,
            said: String::new(),
            trouble: None,
            at: tx.now(),
        }
    }
}

/// Writes a line down.
pub(super) fn note(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: OutgoingId,
    line: &LogLine,
) -> Result<(), DbError> {
    store::insert_step(tx, workspace, mail, line)
}

/// The newest lines of a mail's log, the newest first.
pub(super) fn steps(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: OutgoingId,
) -> Result<Vec<LogLine>, DbError> {
    store::steps(tx, workspace, mail)
}
