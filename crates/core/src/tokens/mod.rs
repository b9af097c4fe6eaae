//! Tokens: how programs act, in a person's name or as an agent of their own.
//!
//! A token is a session of the kind `api` with a name, *scopes* (what of the agent's permissions it has) and mostly an
//! end. Outside it begins with `tdm_`, so that leaked ones are found by scanners; inside only its hash is kept. What a
//! token may do is never more than its agent may do at that moment.

pub mod api;
mod failures;
mod model;
pub mod operations;
mod store;
mod views;
pub mod web;

use std::time::Duration;

use kit::db::{DbError, Tx};
use serde_json::json;

pub use model::{Token, TokenError, TokenText};

use crate::actor::{Actor, Who};
use crate::agents::{self, AgentError, AgentId};
use crate::audit::{self, Act, Entry};
use crate::doors::{self, Secret, SessionId, SessionKind};
use crate::permissions::{Permission, PermissionSet};
use crate::workspaces::WorkspaceId;

/// What every token begins with outside.
pub const PREFIX: &str = "tdm_";
/// The longest life of a token that ends, in days.
pub const LONGEST: u32 = 366;

const DAY: Duration = Duration::from_secs(86_400);

/// Makes a token for the actor, or for another agent by those who manage tokens; gives its text, which is never shown
/// again.
///
/// # Errors
/// [`TokenError`] for a missing permission, a bad name or life, scopes that the actor or the agent lacks, or an agent
/// who is not here.
pub fn make(tx: &mut Tx<'_>, actor: &Actor, text: &TokenText) -> Result<(Token, String), TokenError> {
    let owner = text.agent.or(actor.agent()).ok_or(AgentError::Unknown)?;
    actor.must(if actor.agent() == Some(owner) {
        Permission::TokensOwn
    } else {
        Permission::TokensWrite
    })?;
    let agent = agents::find(tx, actor.workspace, owner)?
        .filter(|agent| agent.is_active)
        .ok_or(AgentError::Unknown)?;
    let is_own = actor.agent() == Some(owner) || actor.agent().is_none();
    if !is_own && !agent.is_machine {
        return Err(TokenError::Person);
    }
    let (name, days) = text.checked()?;
    if text.scopes.is_empty() || !text.scopes.is_within(agent.permissions) {
        return Err(TokenError::BadScopes);
    }
    actor.must_have_all(text.scopes)?;
    let now = tx.now();
    let expires_at = days.map(|days| now.plus(DAY * days));
    let secret = doors::begin(tx, actor.workspace, owner, SessionKind::Api, &name)?;
    let id = doors::recognise(tx, &secret)?.ok_or(TokenError::Unknown)?.id;
    store::insert(tx, actor, id, text.scopes)?;
    store::end_at(tx, actor.workspace, id, expires_at)?;
    let scopes: Vec<&str> = text.scopes.iter().map(Permission::as_str).collect();
    let expires = expires_at.map(|at| at.0);
    let facts = json!({ "agent": agent.name, "permissions": scopes, "expires_at": expires });
    audit::record(tx, actor, Entry::of(Act::TokenMade, id).named(&name).after(facts))?;
    let token = store::find(tx, actor.workspace, id)?.ok_or(TokenError::Unknown)?;
    Ok((token, shown(&secret)))
}

/// Revokes a token: the actor's own, or anyone's for those who manage tokens. One that is revoked stays so.
///
/// # Errors
/// [`TokenError::Unknown`] for one that is not here or not theirs.
pub fn revoke(tx: &mut Tx<'_>, actor: &Actor, id: SessionId) -> Result<Token, TokenError> {
    let token = store::find(tx, actor.workspace, id)?.ok_or(TokenError::Unknown)?;
    if actor.agent() != Some(token.agent) && !actor.may(Permission::TokensWrite) {
        return Err(TokenError::Unknown);
    }
    if token.ended_at.is_none() {
        doors::leave(tx, &in_charge(actor), id)?;
        let facts = json!({ "agent": token.agent_name });
        audit::record(
            tx,
            actor,
            Entry::of(Act::TokenRevoked, id).named(&token.name).before(facts),
        )?;
    }
    Ok(token)
}

/// The tokens that work: the actor's own, and everybody's for those who manage tokens; the newest first.
///
/// # Errors
/// [`DbError`] of the database.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Token>, DbError> {
    let now = tx.now();
    let mut tokens = store::working(tx, actor.workspace, now)?;
    if !actor.may(Permission::TokensWrite) {
        tokens.retain(|token| Some(token.agent) == actor.agent());
    }
    Ok(tokens)
}

/// The token by which an actor came; none for a person's own session.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<SessionId>, DbError> {
    let Some(session) = actor
        .origin
        .known()
        .session
        .and_then(|id| id.parse::<SessionId>().ok())
    else {
        return Ok(None);
    };
    Ok(store::find(tx, actor.workspace, session)?.map(|token| token.id))
}

/// Whether a token is there, was not revoked and has not ended by itself.
///
/// # Errors
/// [`DbError`] of the database.
pub fn works(tx: &mut Tx<'_>, workspace: WorkspaceId, id: SessionId) -> Result<bool, DbError> {
    let now = tx.now();
    let token = store::find(tx, workspace, id)?;
    Ok(token.is_some_and(|token| token.ended_at.is_none() && token.expires_at.is_none_or(|at| at > now)))
}

/// How many tokens of an agent work.
///
/// # Errors
/// [`DbError`] of the database.
pub fn count_of(tx: &mut Tx<'_>, actor: &Actor, agent: AgentId) -> Result<usize, DbError> {
    let now = tx.now();
    let tokens = store::working(tx, actor.workspace, now)?;
    Ok(tokens.iter().filter(|token| token.agent == agent).count())
}

/// A token's text, as its holder keeps it.
pub fn shown(secret: &Secret) -> String {
    format!("{PREFIX}{}", secret.expose())
}

/// The same actor, who was found to be allowed to end any session.
fn in_charge(actor: &Actor) -> Actor {
    let who = match &actor.who {
        Who::Agent { id, name, .. } => Who::Agent {
            id: *id,
            name: name.clone(),
            permissions: PermissionSet::all(),
        },
        system => system.clone(),
    };
    Actor { who, ..actor.clone() }
}

/// What an agent may do by a session with these scopes; a session without any has all that the agent has.
pub(crate) fn narrowed(permissions: PermissionSet, scopes: Option<String>) -> PermissionSet {
    match scopes {
        Some(words) => permissions.and(PermissionSet::of_words(&words)),
        None => permissions,
    }
}
