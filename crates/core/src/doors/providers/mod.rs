//! Identity providers: systems of a company by which its agents come in (OpenID Connect Core 1.0, the authorization code
//! flow with PKCE).
//!
//! A *provider* is such a system as a workspace set it up. An *agent identity* is an agent as an issuer knows them: its subject,
//! which never changes hands. An identity is linked to an agent only by an address of which the provider says that it
//! made sure; after that the address plays no part. Whoever sets a provider up can come in as anybody, so only those who
//! may do everything can.

pub mod api;
mod door;
mod entering;
mod failures;
pub mod linking;
mod model;
pub mod operations;
mod setting_up;
mod store;
pub mod talk;
pub mod token;
mod views;
pub mod web;

use kit::db::{DbError, Tx};
use kit::seal::Seal;

pub use door::{ProviderStep, back, begin};
pub use entering::{Entered, enter};
pub use model::{Plain, Provider, ProviderError, ProviderText};

use crate::actor::Actor;
use crate::agents::{self, Agent, AgentError, AgentId};
use crate::audit::{self, Act, Entry};
use crate::events::{self, Kind, NewEvent};
use crate::permissions::{Permission, PermissionSet};
use crate::workspaces::WorkspaceId;

kit::id! {
    /// An identity provider of a workspace.
    ProviderId, "idp"
}

/// A provider came, changed or went.
pub const CHANGED: Kind = Kind::new("provider.changed", Permission::ProvidersWrite);
/// An agent is known to a provider from now on.
pub const LINKED: Kind = Kind::new("agent.linked", Permission::AgentsWrite);

/// No provider knows an agent any more.
pub const UNLINKED: Kind = Kind::new("agent.unlinked", Permission::AgentsWrite);

/// The name of the list of providers, for pages that show it.
pub const LIST: &str = "providers";

/// Sets a provider up. Whoever calls has seen that the issuer answers.
///
/// # Errors
/// [`ProviderError`] for a missing permission or a field that does not fit.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, text: &ProviderText) -> Result<Provider, ProviderError> {
    let blank = Provider {
        id: tx.new_id(),
        workspace: actor.workspace,
        label: String::new(),
        issuer: String::new(),
        client: String::new(),
        secret: None,
        domains: Vec::new(),
        role: None,
        is_on: false,
        version: 0,
    };
    let provider = written(tx, actor, blank, text)?;
    store::insert(tx, &provider)?;
    let entry = Entry::of(Act::ProviderAdded, provider.id).after(provider.facts());
    note(tx, actor, &provider, entry)?;
    Ok(provider)
}

/// Changes a provider, made from `version`. Without a secret in the text the one that is there stays, unless the issuer
/// is another: nobody sends a secret to where it was not meant for.
///
/// # Errors
/// As of [`add`]; [`ProviderError::Stale`] when someone changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ProviderId,
    version: i64,
    text: &ProviderText,
) -> Result<Provider, ProviderError> {
    must(actor)?;
    let before = store::find(tx, actor.workspace, id)?.ok_or(ProviderError::Unknown)?;
    if before.version != version {
        return Err(ProviderError::Stale(Box::new(before)));
    }
    let provider = written(tx, actor, before.clone(), text)?;
    store::update(tx, &provider)?;
    let entry = Entry::of(Act::ProviderChanged, id)
        .before(before.facts())
        .after(provider.facts());
    note(tx, actor, &provider, entry)?;
    Ok(provider)
}

/// Removes a provider; who is known to its issuer stays known, should it come back.
///
/// # Errors
/// [`ProviderError::Unknown`], a missing permission, or the database's.
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: ProviderId) -> Result<Provider, ProviderError> {
    must(actor)?;
    let provider = store::find(tx, actor.workspace, id)?.ok_or(ProviderError::Unknown)?;
    store::delete(tx, actor.workspace, id)?;
    let entry = Entry::of(Act::ProviderRemoved, id).before(provider.facts());
    note(tx, actor, &provider, entry)?;
    Ok(provider)
}

/// The provider with this id in the actor's workspace.
///
/// # Errors
/// [`ProviderError::Unknown`], a missing permission, or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: ProviderId) -> Result<Provider, ProviderError> {
    actor.must(Permission::ProvidersWrite)?;
    store::find(tx, actor.workspace, id)?.ok_or(ProviderError::Unknown)
}

/// The providers of the actor's workspace by their labels, each with the number of agents whom its issuer knows.
///
/// # Errors
/// A missing permission, or the database's.
pub fn all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<(Provider, i64)>, ProviderError> {
    actor.must(Permission::ProvidersWrite)?;
    let known = store::known(tx, actor.workspace)?;
    let agents = |provider: &Provider| {
        let found = known.iter().find(|(issuer, _)| *issuer == provider.issuer);
        found.map_or(0, |(_, agents)| *agents)
    };
    let all = store::all(tx, actor.workspace)?.into_iter();
    Ok(all
        .map(|provider| (provider.clone(), agents(&provider)))
        .collect())
}

/// The providers whose buttons stand on the front door: those that are on, of every workspace.
///
/// # Errors
/// [`DbError`] of the database.
pub fn offered(tx: &mut Tx<'_>) -> Result<Vec<Provider>, DbError> {
    store::offered(tx)
}

/// How many issuers know an agent.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn issuers_of(tx: &mut Tx<'_>, workspace: WorkspaceId, agent: AgentId) -> Result<i64, DbError> {
    store::issuers_of(tx, workspace, agent, None)
}

/// Forgets what every issuer calls an agent: the next to come with their address is linked anew.
///
/// # Errors
/// [`AgentError`] for an agent who is not here or may do more than the actor, or a missing permission.
pub fn unlink(tx: &mut Tx<'_>, actor: &Actor, id: AgentId) -> Result<Agent, AgentError> {
    actor.must(Permission::AgentsWrite)?;
    let agent = agents::reachable(tx, actor, id)?;
    if store::unlink(tx, actor.workspace, id)? > 0 {
        audit::record(
            tx,
            actor,
            Entry::of(Act::IdentitiesUnlinked, id).named(&agent.name),
        )?;
        events::record(tx, actor, NewEvent::of(&UNLINKED, id))?;
    }
    Ok(agent)
}

fn must(actor: &Actor) -> Result<(), ProviderError> {
    actor.must(Permission::ProvidersWrite)?;
    Ok(actor.must_have_all(PermissionSet::all())?)
}

/// `before` as `text` wants it.
fn written(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Provider,
    text: &ProviderText,
) -> Result<Provider, ProviderError> {
    must(actor)?;
    let (text, domains) = text.checked()?;
    if let Some(role) = text.role {
        agents::standing(tx, actor, role)?;
    }
    let kept = before.secret.filter(|_| before.issuer == text.issuer);
    let secret = match &text.secret {
        Some(plain) => Some(sealed(tx, before.id, plain)?),
        None => kept,
    };
    Ok(Provider {
        label: text.label,
        issuer: text.issuer,
        client: text.client,
        secret,
        domains,
        role: text.role,
        is_on: text.is_on,
        version: before.version + 1,
        ..before
    })
}

fn sealed(tx: &Tx<'_>, id: ProviderId, plain: &Plain) -> Result<Vec<u8>, ProviderError> {
    let seal = tx.attached::<Seal>().ok_or(ProviderError::Sealed)?;
    Ok(seal.seal(tx.ids(), &purpose(id), plain.expose().as_bytes()))
}

/// The secret of a provider; none for a public client.
fn opened(seal: Option<&Seal>, provider: &Provider) -> Result<Option<String>, ProviderError> {
    let Some(sealed) = &provider.secret else {
        return Ok(None);
    };
    let plain = seal.and_then(|seal| seal.open(&purpose(provider.id), sealed).ok());
    let text = plain.and_then(|plain| String::from_utf8(plain).ok());
    text.map(Some).ok_or(ProviderError::Sealed)
}

/// What the secret belongs to.
fn purpose(id: ProviderId) -> String {
    format!("provider {id}")
}

fn note(tx: &mut Tx<'_>, actor: &Actor, provider: &Provider, entry: Entry) -> Result<(), DbError> {
    audit::record(tx, actor, entry.named(&provider.label))?;
    events::record(tx, actor, NewEvent::of(&CHANGED, provider.id).topic(LIST))?;
    Ok(())
}
