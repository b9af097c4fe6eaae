//! Coming in: whoever has shown who they are gets a session, or one more question.
//!
//! Every door ends here: link, password, passkey, single sign-on. A session always has a new secret, and the one that the
//! browser had before ends, so nobody can wait in a session that they planted.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use serde::{Deserialize, Serialize};

use super::elsewhere::{self, Reach};
use super::steps::{self, Step};
use super::visitor::Visitor;
use super::{NewSession, SESSION_LIFE, SESSION_MOST, Secret, SessionKind, factors, insert_session, leave};
use crate::agents::{self, AgentId};
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

/// What a session takes along from the proof or the session that it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// The other workspaces that its owner may go to.
    pub reaches: Vec<Reach>,
    /// When it ends however much it is used; as far from now as any session lasts when nothing says so.
    pub until: Option<Timestamp>,
}

/// Has shown one thing and must show the code of an authenticator.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CodeStep {
    /// Who it is.
    pub who: Entering,
    /// The path to go on to.
    pub next: String,
    /// What their session takes along.
    #[serde(default)]
    pub carried: Carried,
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

/// Lets in whoever is one of `among`: at once, or by a choice or a code. `among` must not be empty. Whoever comes from a
/// session of the same address keeps the way back to it.
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
    match among {
        [who] => {
            let step = CodeStep {
                who: *who,
                next: next.to_owned(),
                carried: brought(tx, *who, visitor)?,
            };
            arrive_carrying(tx, step, proof, visitor)
        }
        several => {
            let step = ChoiceStep {
                among: several.to_vec(),
                next: next.to_owned(),
            };
            steps::begin(tx, &step).map(Arrival::Choice)
        }
    }
}

/// Lets in who stands in `step`, with what their session takes along: at once, or by a code.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn arrive_carrying(
    tx: &mut Tx<'_>,
    step: CodeStep,
    proof: Proof,
    visitor: &Visitor,
) -> Result<Arrival, DbError> {
    if proof == Proof::One && factors::is_asked(tx, step.who)? {
        return steps::begin(tx, &step).map(Arrival::Code);
    }
    open_carrying(tx, step.who, &step.carried, visitor).map(Arrival::In)
}

/// Lets in the one of `step` who is in `workspace`; the others go with their session. `None` when there is no such.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn arrive_chosen(
    tx: &mut Tx<'_>,
    step: &ChoiceStep,
    workspace: WorkspaceId,
    visitor: &Visitor,
) -> Result<Option<Arrival>, DbError> {
    let Some(who) = step.among.iter().find(|who| who.workspace == workspace) else {
        return Ok(None);
    };
    let (until, most) = (tx.now().plus(SESSION_LIFE), tx.now().plus(SESSION_MOST));
    let mut carried = brought(tx, *who, visitor)?;
    carried.reaches.extend(step.among.iter().map(|other| Reach {
        who: *other,
        is_whole: false,
        until,
        ends_at: Some(most),
    }));
    let step = CodeStep {
        who: *who,
        next: step.next.clone(),
        carried,
    };
    arrive_carrying(tx, step, Proof::One, visitor).map(Some)
}

/// What someone brings from the session that their browser has: all of it when that is of the same address, so that
/// nobody finds the way to what another person left open.
fn brought(tx: &mut Tx<'_>, who: Entering, visitor: &Visitor) -> Result<Carried, DbError> {
    let Some(before) = &visitor.session else {
        return Ok(Carried::default());
    };
    let agent = agents::find(tx, who.workspace, who.agent)?;
    let is_same = agent.is_some_and(|agent| agents::fold(&agent.email) == agents::fold(&before.email));
    if !is_same {
        return Ok(Carried::default());
    }
    Ok(Carried {
        reaches: elsewhere::carried(tx, before)?,
        until: None,
    })
}

/// Begins the browser's session of someone who has shown all they must, and ends the one it had. What they bring from
/// that one they keep.
///
/// # Errors
/// [`DbError`] of the database.
pub fn open(tx: &mut Tx<'_>, who: Entering, visitor: &Visitor) -> Result<Secret, DbError> {
    let carried = brought(tx, who, visitor)?;
    open_carrying(tx, who, &carried, visitor)
}

/// Begins the browser's session as [`open`] does, with what it takes along.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn open_carrying(
    tx: &mut Tx<'_>,
    who: Entering,
    carried: &Carried,
    visitor: &Visitor,
) -> Result<Secret, DbError> {
    if let Some(before) = &visitor.session {
        leave(tx, &before.actor(), before.id)?;
    }
    let now = tx.now();
    // Going to and fro is using a session; the proof that it began with gets no younger by that.
    let most = carried.until.unwrap_or(now.plus(SESSION_MOST));
    let session = NewSession {
        id: tx.new_id(),
        agent: who.agent,
        kind: SessionKind::Browser,
        name: "browser",
        created_at: now,
        expires_at: Some(now.plus(SESSION_LIFE).min(most)),
        ends_at: Some(most),
        browser: Some(&visitor.browser),
        source: Some(&visitor.source),
    };
    let secret = insert_session(tx, who.workspace, &session)?;
    elsewhere::keep(tx, who.workspace, session.id, &carried.reaches)?;
    Ok(secret)
}
