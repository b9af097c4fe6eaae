//! Coming in: whoever has shown who they are gets a session, or one more question.
//!
//! Every door ends here: link, password, passkey, single sign-on. A session always has a new secret, and the one that the
//! browser had before ends, so nobody can wait in a session that they planted.

use kit::db::{DbError, Tx};
use serde::{Deserialize, Serialize};

use super::steps::{self, Step};
use super::visitor::Visitor;
use super::{NewSession, SESSION_LIFE, Secret, SessionKind, factors, insert_session, leave};
use crate::agents::AgentId;
use crate::workspaces::WorkspaceId;

/// An agent of a workspace, as a door finds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entering {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The agent.
    pub agent: AgentId,
}

/// How much a door has made sure of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// One thing: a password, a link, the word of another system. Agents with an authenticator are asked for its code.
    One,
    /// Two things at once: a passkey that asked for finger, face or PIN.
    Two,
}

/// Where whoever has shown who they are goes next.
#[derive(Clone, Debug)]
pub enum Arrival {
    /// In: the secret of their session.
    In(Secret),
    /// To their authenticator: the secret of the step.
    Code(Secret),
    /// To the choice of a workspace: the secret of the step.
    Choice(Secret),
}

/// Has shown one thing and must show the code of an authenticator.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CodeStep {
    /// Who it is.
    pub who: Entering,
    /// The path to go on to.
    pub next: String,
}

impl Step for CodeStep {
    const PURPOSE: &'static str = "code";
}

/// Has shown one thing that is good for several workspaces and must choose one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChoiceStep {
    /// Who they may be.
    pub among: Vec<Entering>,
    /// The path to go on to.
    pub next: String,
}

impl Step for ChoiceStep {
    const PURPOSE: &'static str = "choice";
}

/// Lets in whoever is one of `among`: at once, or by a choice or a code. `among` must not be empty.
///
/// # Errors
/// [`DbError`] of the database.
pub fn arrive(
    tx: &mut Tx<'_>,
    among: &[Entering],
    proof: Proof,
    visitor: &Visitor,
    next: &str,
) -> Result<Arrival, DbError> {
    let next = next.to_owned();
    match among {
        [who] if proof == Proof::One && factors::is_asked(tx, *who)? => {
            let step = CodeStep { who: *who, next };
            steps::begin(tx, &step).map(Arrival::Code)
        }
        [who] => open(tx, *who, visitor).map(Arrival::In),
        several => {
            let among = several.to_vec();
            steps::begin(tx, &ChoiceStep { among, next }).map(Arrival::Choice)
        }
    }
}

/// Begins the browser's session of someone who has shown all they must, and ends the one it had.
///
/// # Errors
/// [`DbError`] of the database.
pub fn open(tx: &mut Tx<'_>, who: Entering, visitor: &Visitor) -> Result<Secret, DbError> {
    if let Some(before) = &visitor.session {
        leave(tx, &before.actor(), before.id)?;
    }
    let now = tx.now();
    let session = NewSession {
        id: tx.new_id(),
        agent: who.agent,
        kind: SessionKind::Browser,
        name: "browser",
        created_at: now,
        expires_at: Some(now.plus(SESSION_LIFE)),
        browser: Some(&visitor.browser),
        source: Some(&visitor.source),
    };
    insert_session(tx, who.workspace, &session)
}
