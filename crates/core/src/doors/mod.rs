//! Doors: how an agent comes in, and how the product knows them afterwards.
//!
//! A *sign-in link* is a single-use, expiring secret made by someone who may; a *session* is a row that a cookie or a
//! bearer token points at. Only hashes of secrets are stored; ending a session is one row. These look-ups are the only
//! ones that begin without a workspace: the secret leads to it.

mod guard;
mod secret;
mod store;
mod views;
pub mod web;

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};

pub use guard::Recognised;
pub use secret::Secret;

use crate::actor::{Actor, Origin, Who};
use crate::agents::{Agent, AgentId};
use crate::events::{self, Kind, NewEvent};
use crate::permissions::{Permission, PermissionSet, Role};
use crate::workspaces::WorkspaceId;

kit::id! {
    /// A session.
    SessionId, "ses"
}
kit::id! {
    /// A sign-in link.
    SignInLinkId, "sil"
}

/// A session began.
pub const SIGNED_IN: Kind = Kind::new("session.began", Permission::AgentsWrite);
/// A session ended before its time.
pub const SIGNED_OUT: Kind = Kind::new("session.ended", Permission::AgentsWrite);

/// How long a sign-in link works.
pub const LINK_LIFE: Duration = Duration::from_secs(24 * 3_600);
/// How long a browser's session lasts.
pub const SESSION_LIFE: Duration = Duration::from_secs(14 * 24 * 3_600);

/// What a session is used by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKind {
    /// A browser, by cookie; expires.
    Browser,
    /// A program, by bearer token; lasts until ended.
    Api,
}

impl SessionKind {
    /// The word in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Api => "api",
        }
    }
}

/// Who a secret turned out to belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The session.
    pub id: SessionId,
    /// Its workspace.
    pub workspace: WorkspaceId,
    /// Its agent, as they are now.
    pub agent: AgentId,
    /// The agent's name.
    pub name: String,
    /// The agent's address.
    pub email: String,
    /// The agent's role now.
    pub role: Role,
    /// What the agent may do by this session now.
    pub permissions: PermissionSet,
    /// The name of the workspace.
    pub workspace_name: String,
    /// The workspace's language.
    pub locale: String,
    /// The workspace's time zone.
    pub zone: String,
    /// From where the present request came.
    pub origin: Origin,
}

impl Session {
    /// The actor this session lets act.
    pub fn actor(&self) -> Actor {
        let who = Who::Agent {
            id: self.agent,
            name: self.name.clone(),
            permissions: self.permissions,
        };
        Actor {
            workspace: self.workspace,
            who,
            origin: self.origin.clone(),
        }
    }
}

/// Whom a sign-in link lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entrant {
    /// This agent, once.
    One(AgentId),
    /// Any agent of the workspace, as often as wanted: only for demo data.
    Anyone,
}

/// Makes a sign-in link in `workspace`.
///
/// # Errors
/// [`DbError`] of the database.
pub fn make_link(tx: &mut Tx<'_>, workspace: WorkspaceId, entrant: Entrant) -> Result<Secret, DbError> {
    let secret = Secret::new(tx.ids());
    let agent = match entrant {
        Entrant::One(agent) => Some(agent),
        Entrant::Anyone => None,
    };
    let link = OpenLink {
        workspace,
        id: tx.new_id(),
        agent,
        expires_at: tx.now().plus(LINK_LIFE),
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
    let Some(link) = open_link(tx, link)? else {
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
pub fn enter(tx: &mut Tx<'_>, link: &Secret, agent: AgentId) -> Result<Option<Secret>, DbError> {
    let may_enter = who_may_enter(tx, link)?.iter().any(|one| one.id == agent);
    let Some(found) = open_link(tx, link)?.filter(|_| may_enter) else {
        return Ok(None);
    };
    if found.agent.is_some() {
        let now = tx.now();
        store::use_link(tx, found.workspace, found.id, now)?;
    }
    begin(tx, found.workspace, agent, SessionKind::Browser, "browser").map(Some)
}

/// Begins a session for an agent who has shown who they are.
///
/// # Errors
/// [`DbError`] of the database.
pub fn begin(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    kind: SessionKind,
    name: &str,
) -> Result<Secret, DbError> {
    let secret = Secret::new(tx.ids());
    let id: SessionId = tx.new_id();
    let expires_at = match kind {
        SessionKind::Browser => Some(tx.now().plus(SESSION_LIFE)),
        SessionKind::Api => None,
    };
    let now = tx.now();
    let row = store::NewSession {
        id,
        agent,
        kind,
        name,
        created_at: now,
        expires_at,
    };
    store::insert_session(tx, workspace, &row, &secret)?;
    let actor = Actor::system(workspace, "doors");
    events::record(tx, &actor, NewEvent::of(&SIGNED_IN, id).topic(agent))?;
    Ok(secret)
}

/// The session behind a secret: not ended, not expired, of an active agent.
///
/// # Errors
/// [`DbError`] of the database.
pub fn recognise(tx: &mut Tx<'_>, secret: &Secret) -> Result<Option<Session>, DbError> {
    let now = tx.now();
    store::find_session(tx, secret, now)
}

/// Ends a session of the actor's workspace: their own, or anyone's for those who manage agents.
///
/// # Errors
/// [`DbError`] of the database. An unknown session is already ended.
pub fn leave(tx: &mut Tx<'_>, actor: &Actor, session: SessionId) -> Result<(), DbError> {
    let owner = if actor.may(Permission::AgentsWrite) {
        None
    } else {
        actor.agent()
    };
    let now = tx.now();
    if store::end_session(tx, actor.workspace, session, owner, now)? {
        events::record(tx, actor, NewEvent::of(&SIGNED_OUT, session))?;
    }
    Ok(())
}

struct OpenLink {
    workspace: WorkspaceId,
    id: SignInLinkId,
    agent: Option<AgentId>,
    expires_at: Timestamp,
    used_at: Option<Timestamp>,
}

fn open_link(tx: &mut Tx<'_>, secret: &Secret) -> Result<Option<OpenLink>, DbError> {
    let now = tx.now();
    Ok(store::find_link(tx, secret)?.filter(|link| link.used_at.is_none() && link.expires_at > now))
}
