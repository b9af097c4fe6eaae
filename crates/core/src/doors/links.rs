//! Links that open a door once: to sign in, or to choose a new password.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use serde::{Deserialize, Serialize};

use super::{Arrival, Entering, Proof, Secret, SignInLinkId, Visitor, arrive, store};
use crate::actor::{Actor, Forbidden};
use crate::agents::{Agent, AgentId};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// How long a sign-in link works.
pub const LINK_LIFE: Duration = Duration::from_secs(24 * 3_600);
/// How long a link works that chooses a new password.
pub const RESET_LIFE: Duration = Duration::from_secs(3_600);

/// Whom a sign-in link lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entrant {
    /// This agent, once.
    One(AgentId),
    /// Any agent of the workspace, as often as wanted: only for demo data.
    Anyone,
}

/// What a link is for; it is good for nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Signing in.
    Entry,
    /// Choosing a new password.
    Reset,
}

impl Purpose {
    /// The word in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Reset => "reset",
        }
    }

    const fn life(self) -> Duration {
        match self {
            Self::Entry => LINK_LIFE,
            Self::Reset => RESET_LIFE,
        }
    }
}

/// Makes a sign-in link in `workspace`.
///
/// # Errors
/// [`DbError`] of the database.
pub fn make_link(tx: &mut Tx<'_>, workspace: WorkspaceId, entrant: Entrant) -> Result<Secret, DbError> {
    make(tx, workspace, entrant, Purpose::Entry)
}

/// Makes a sign-in link for an agent of the actor's workspace, to be handed over by whoever asked for it; `None` when
/// there is no such agent or they have no access.
///
/// # Errors
/// A missing permission, or the database's.
pub fn make_link_for<E>(tx: &mut Tx<'_>, actor: &Actor, agent: AgentId) -> Result<Option<Secret>, E>
where
    E: From<DbError> + From<Forbidden>,
{
    actor.must(Permission::AgentsWrite)?;
    let found = crate::agents::find(tx, actor.workspace, agent)?.filter(|agent| agent.is_active);
    let Some(found) = found else {
        return Ok(None);
    };
    Ok(Some(make_link(tx, actor.workspace, Entrant::One(found.id))?))
}

/// Makes a link for `who` that is good for `purpose`.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn make(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    entrant: Entrant,
    purpose: Purpose,
) -> Result<Secret, DbError> {
    let secret = Secret::new(tx.ids());
    let agent = match entrant {
        Entrant::One(agent) => Some(agent),
        Entrant::Anyone => None,
    };
    let link = OpenLink {
        workspace,
        id: tx.new_id(),
        agent,
        purpose,
        expires_at: tx.now().plus(purpose.life()),
        used_at: None,
    };
    store::insert_link(tx, workspace, &link, &secret)?;
    Ok(secret)
}

/// Those whom the link lets in; empty when it is unknown, used or expired.
///
/// # Errors
/// [`DbError`] of the database.
pub fn who_may_enter(tx: &mut Tx<'_>, link: &Secret) -> Result<Vec<Agent>, DbError> {
    let Some(link) = open_link(tx, link, Purpose::Entry)? else {
        return Ok(Vec::new());
    };
    let mut agents = crate::agents::all(tx, link.workspace)?;
    agents.retain(|agent| agent.is_active && link.agent.is_none_or(|only| only == agent.id));
    Ok(agents)
}

/// Lets `agent` in by the link and uses it up; `None` when it does not let them in.
///
/// # Errors
/// [`DbError`] of the database.
pub fn enter(
    tx: &mut Tx<'_>,
    link: &Secret,
    agent: AgentId,
    visitor: &Visitor,
) -> Result<Option<Arrival>, DbError> {
    let may_enter = who_may_enter(tx, link)?.iter().any(|one| one.id == agent);
    let Some(found) = open_link(tx, link, Purpose::Entry)?.filter(|_| may_enter) else {
        return Ok(None);
    };
    if found.agent.is_some() {
        let now = tx.now();
        store::use_link(tx, found.workspace, found.id, now)?;
    }
    let who = Entering {
        workspace: found.workspace,
        agent,
    };
    arrive(tx, &[who], Proof::One, visitor, "/").map(Some)
}

/// The active agent whose password the link may set; `None` when it is unknown, used or expired.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn who_may_reset(tx: &mut Tx<'_>, link: &Secret) -> Result<Option<(WorkspaceId, Agent)>, DbError> {
    let Some(found) = open_link(tx, link, Purpose::Reset)? else {
        return Ok(None);
    };
    let Some(id) = found.agent else { return Ok(None) };
    let agent = crate::agents::find(tx, found.workspace, id)?.filter(|agent| agent.is_active);
    Ok(agent.map(|agent| (found.workspace, agent)))
}

/// Uses up every open link of an agent: they came in, or their password is another now.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn use_up(tx: &mut Tx<'_>, who: Entering) -> Result<(), DbError> {
    let now = tx.now();
    store::use_links_of(tx, who.workspace, who.agent, now)
}

/// A link as its row has it.
pub(super) struct OpenLink {
    pub(super) workspace: WorkspaceId,
    pub(super) id: SignInLinkId,
    pub(super) agent: Option<AgentId>,
    pub(super) purpose: Purpose,
    pub(super) expires_at: Timestamp,
    pub(super) used_at: Option<Timestamp>,
}

fn open_link(tx: &mut Tx<'_>, secret: &Secret, purpose: Purpose) -> Result<Option<OpenLink>, DbError> {
    let now = tx.now();
    let found = store::find_link(tx, secret, purpose)?;
    Ok(found.filter(|link| link.used_at.is_none() && link.expires_at > now))
}
