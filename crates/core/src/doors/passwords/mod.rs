//! Passwords: one for each agent who wants one.
//!
//! A password is hashed before the transaction that stores it and compared outside any ([`hash()`], [`fits`]); rows hold
//! hashes only. A new password ends the agent's sessions, uses up their links, and is told as an event.

mod hash;
mod rules;
mod store;
pub mod web;

use kit::db::{DbError, Tx};

pub use hash::{Hashed, Password, fits, hash};
pub use rules::{LONGEST, SHORTEST, Weakness, check};

use super::{Entering, SessionId, Visitor, links, sessions, tries};
use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::events::{self, Kind, NewEvent};
use crate::permissions::Permission;

/// An agent's password is another now.
pub const CHANGED: Kind = Kind::new("password.changed", Permission::AgentsWrite);

/// An agent whom an address may mean, with what is stored of their password.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Who it is.
    pub who: Entering,
    /// Their password; some have none.
    pub hash: Option<Hashed>,
}

/// Everybody with access whom the address `email` means, one in each workspace at most.
///
/// # Errors
/// [`DbError`] of the database.
pub fn candidates(tx: &mut Tx<'_>, email: &str) -> Result<Vec<Candidate>, DbError> {
    store::candidates(tx, &crate::agents::fold(email))
}

/// What is stored of an agent's password.
///
/// # Errors
/// [`DbError`] of the database.
pub fn find(tx: &mut Tx<'_>, who: Entering) -> Result<Option<Hashed>, DbError> {
    store::find(tx, who)
}

/// Counts a try at the password of `email`. A browser that came in with this address before has tries of its own, so a
/// stranger who uses up those of the address locks nobody out.
///
/// # Errors
/// [`DbError`] of the database.
pub fn count_try(
    tx: &mut Tx<'_>,
    email: &str,
    known_browser: Option<&str>,
    visitor: &Visitor,
) -> Result<tries::Verdict, DbError> {
    let email = crate::agents::fold(email);
    let source = (tries::SOURCE, visitor.source.as_str());
    match known_browser {
        Some(browser) => tries::count(tx, &[(tries::KNOWN_BROWSER, browser)]),
        None => tries::count(tx, &[source, (tries::PASSWORD, &email)]),
    }
}

/// Forgets the tries of an address, or of the browser that came in with it before: its owner has come in. What strangers
/// used up stays used when the owner comes from a known browser.
///
/// # Errors
/// [`DbError`] of the database.
pub fn forgive(tx: &mut Tx<'_>, email: &str, known_browser: Option<&str>) -> Result<(), DbError> {
    match known_browser {
        Some(browser) => tries::forgive(tx, tries::KNOWN_BROWSER, browser),
        None => tries::forgive(tx, tries::PASSWORD, &crate::agents::fold(email)),
    }
}

/// Changes the acting agent's own password and ends all of their sessions but `keep`. Whoever calls has made sure that it
/// is them.
///
/// # Errors
/// [`DbError`] of the database.
pub fn change(tx: &mut Tx<'_>, actor: &Actor, hash: &Hashed, keep: Option<SessionId>) -> Result<(), DbError> {
    let Some(agent) = actor.agent() else { return Ok(()) };
    let who = Entering {
        workspace: actor.workspace,
        agent,
    };
    put(tx, actor, who, hash)?;
    sessions::end_others(tx, actor, keep)?;
    Ok(())
}

/// Sets the password of an agent who has shown an invitation or a link for it, and ends their sessions.
///
/// # Errors
/// [`DbError`] of the database.
pub fn set(tx: &mut Tx<'_>, who: Entering, hash: &Hashed) -> Result<(), DbError> {
    let actor = Actor::system(who.workspace, "doors");
    put(tx, &actor, who, hash)?;
    sessions::end_all(tx, &actor, who)
}

/// Sets the password of the agent whom the reset link means and uses the link up; `None` when it is good for nobody.
///
/// # Errors
/// [`DbError`] of the database.
pub fn reset(tx: &mut Tx<'_>, link: &super::Secret, hash: &Hashed) -> Result<Option<Entering>, DbError> {
    let Some((workspace, agent)) = links::who_may_reset(tx, link)? else {
        return Ok(None);
    };
    let who = Entering {
        workspace,
        agent: agent.id,
    };
    set(tx, who, hash)?;
    Ok(Some(who))
}

fn put(tx: &mut Tx<'_>, actor: &Actor, who: Entering, hash: &Hashed) -> Result<(), DbError> {
    store::put(tx, who, hash)?;
    links::use_up(tx, who)?;
    events::record(tx, actor, NewEvent::of(&CHANGED, who.agent))?;
    audit::record(tx, actor, Entry::of(Act::PasswordChanged, who.agent))
}
