//! Doors: how an agent comes in, and how the product knows them afterwards.
//!
//! A *sign-in link* is a single-use, expiring secret made by someone who may; a *session* is a row that a cookie or a
//! bearer token points at. Only hashes of secrets are stored; ending a session is one row. These look-ups are the only
//! ones that begin without a workspace: the secret leads to it.
//!
//! Doors are links, [`passwords`], passkeys and single sign-on. Each ends in [`arrive`], which asks for the second step
//! where an agent has one ([`factors`]). How often a door may be tried is counted in [`tries`].

mod arrival;
mod cookies;
pub mod elsewhere;
mod entrance;
pub mod factors;
pub(crate) mod failures;
mod front;
mod guard;
pub(crate) mod hurry;
pub mod jobs;
pub mod letters;
mod links;
pub mod passkeys;
pub mod passwords;
pub mod providers;
mod secret;
pub mod security;
pub mod sessions;
pub mod steps;
mod store;
pub mod tries;
mod views;
mod visitor;
pub mod web;

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::i18n::Formats;

pub use arrival::{Arrival, Carried, ChoiceStep, CodeStep, Entering, Proof, arrive, open};
use arrival::{arrive_carrying, arrive_chosen, open_carrying};
pub use entrance::Entrance;
pub use guard::Recognised;
pub use hurry::failure as too_many;
pub use links::{Entrant, LINK_LIFE, Purpose, enter, make_link, make_link_for, who_may_enter};
pub use secret::Secret;
pub use visitor::Visitor;

use store::NewSession;

use crate::actor::{Actor, Origin, Who};
use crate::agents::AgentId;
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

/// How long a browser's session lasts that nobody uses; each use begins this anew.
pub const SESSION_LIFE: Duration = Duration::from_secs(14 * 24 * 3_600);
/// How long a browser's session lasts at most, however much it is used; its cookie lasts as long.
pub const SESSION_MOST: Duration = Duration::from_secs(90 * 24 * 3_600);

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

    fn parse(word: &str) -> Option<Self> {
        [Self::Browser, Self::Api]
            .into_iter()
            .find(|kind| kind.as_str() == word)
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
    /// Whether it is a token: good for the addresses of programs only.
    pub is_token: bool,
    /// The name of the workspace.
    pub workspace_name: String,
    /// The agent's language; the workspace's where they chose none.
    pub locale: String,
    /// The agent's time zone; the workspace's where they chose none.
    pub zone: String,
    /// What of these the agent chose, and how they want days, times and numbers written.
    pub own: Own,
    /// From where the present request came.
    pub origin: Origin,
    /// What it is used by.
    pub kind: SessionKind,
    /// The address it was last seen at.
    pub source: Option<String>,
    /// When it began.
    pub began_at: Timestamp,
    /// When it ends by itself unless it is used before; never for programs.
    pub expires_at: Option<Timestamp>,
    /// When it ends however much it is used; none when it only expires.
    pub ends_at: Option<Timestamp>,
    /// When it was last used, kept coarse.
    pub last_used_at: Option<Timestamp>,
}

/// What an agent chose for themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// Their language; none for the workspace's.
    pub locale: Option<String>,
    /// Their time zone; none for the workspace's.
    pub zone: Option<String>,
    /// How they want days, times and numbers written.
    pub formats: Formats,
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
    let now = tx.now();
    let session = NewSession {
        id: tx.new_id(),
        agent,
        kind,
        name,
        created_at: now,
        expires_at: match kind {
            SessionKind::Browser => Some(now.plus(SESSION_LIFE)),
            SessionKind::Api => None,
        },
        ends_at: (kind == SessionKind::Browser).then(|| now.plus(SESSION_MOST)),
        browser: None,
        source: None,
    };
    insert_session(tx, workspace, &session)
}

fn insert_session(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    session: &NewSession<'_>,
) -> Result<Secret, DbError> {
    let secret = Secret::new(tx.ids());
    store::insert_session(tx, workspace, session, &secret)?;
    let actor = Actor::system(workspace, "doors");
    events::record(
        tx,
        &actor,
        NewEvent::of(&SIGNED_IN, session.id).topic(session.agent),
    )?;
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
