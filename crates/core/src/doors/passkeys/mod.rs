//! Passkeys: keys that browsers, phones and security keys keep, and open with a finger, a face or a PIN.
//!
//! A passkey is bound to the address of this installation by the browser, so it can't be used on a site that looks like
//! it. It proves two things at once and needs no second step. Stored is the public key only. Every ceremony has a
//! challenge of its own, which is derived from the secret of a step and good once.

mod cbor;
mod store;
pub mod web;
pub mod webauthn;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use serde::{Deserialize, Serialize};

use super::steps::{self, Step};
use super::{Entering, Secret};
use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::events::{self, Kind, NewEvent};
use crate::permissions::Permission;
use webauthn::{Distrust, Expected};

kit::id! {
    /// A passkey.
    PasskeyId, "psk"
}

/// An agent has a new passkey.
pub const ADDED: Kind = Kind::new("passkey.added", Permission::AgentsWrite);
/// A passkey opens nothing any more.
pub const REMOVED: Kind = Kind::new("passkey.removed", Permission::AgentsWrite);

/// How many passkeys an agent may have.
pub const MOST: usize = 20;
/// The longest name of one, in characters.
const LONGEST_NAME: usize = 60;

/// A passkey of an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// Its id here.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: String,
    /// Its id at the authenticator.
    pub credential: Vec<u8>,
    /// Its public key, in COSE.
    pub public_key: Vec<u8>,
    /// How often it was used, as far as its authenticator counts.
    pub uses: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last opened the door.
    pub last_used_at: Option<Timestamp>,
}

/// Why a passkey was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyError {
    /// The ceremony is over, or was never begun.
    #[error("the ceremony is over")]
    Over,
    /// The answer is not believed.
    #[error("the answer is not believed: {0}")]
    Distrusted(#[from] Distrust),
    /// No agent has this passkey.
    #[error("no agent has this passkey")]
    Unknown,
    /// The passkey counted backwards: somebody has a copy of it.
    #[error("the passkey counted backwards")]
    Copied,
    /// The agent has it already, or has as many as one may.
    #[error("there are as many passkeys as one may have")]
    TooMany,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Is about to register a passkey.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Registration {
    /// For whom.
    pub who: Entering,
}

impl Step for Registration {
    const PURPOSE: &'static str = "passkey registration";
}

/// Is about to come in with a passkey.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Assertion {}

impl Step for Assertion {
    const PURPOSE: &'static str = "passkey assertion";
}

/// The challenge of the ceremony behind a step's secret.
pub fn challenge(step: &Secret) -> [u8; 32] {
    steps::derived(step, "challenge")
}

/// The passkeys of an agent.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of(tx: &mut Tx<'_>, who: Entering) -> Result<Vec<Passkey>, DbError> {
    store::of(tx, who)
}

/// What a browser says when it has made a passkey.
#[derive(Clone, Debug)]
pub struct Made {
    /// What the browser says.
    pub client_data: Vec<u8>,
    /// What the authenticator says.
    pub attestation: Vec<u8>,
    /// What its owner calls it.
    pub name: String,
}

/// Keeps a passkey that was just made in the ceremony of `step`.
///
/// # Errors
/// [`PasskeyError`].
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    step: &Secret,
    origin: &str,
    made: &Made,
) -> Result<Passkey, PasskeyError> {
    let begun = steps::take::<Registration>(tx, step)?.ok_or(PasskeyError::Over)?;
    let who = begun.who;
    if Some(who.agent) != actor.agent() || who.workspace != actor.workspace {
        return Err(PasskeyError::Over);
    }
    let challenge = challenge(step);
    let expected = Expected {
        challenge: &challenge,
        origin,
    };
    let credential = webauthn::registered(&expected, &made.client_data, &made.attestation)?;
    let present = store::of(tx, who)?;
    if present.len() >= MOST || !store::by_credential(tx, &credential.id)?.is_empty() {
        return Err(PasskeyError::TooMany);
    }
    let passkey = Passkey {
        id: tx.new_id(),
        name: named(&made.name).unwrap_or_else(|| "Passkey".to_owned()),
        credential: credential.id,
        public_key: credential.public_key,
        uses: credential.uses,
        created_at: tx.now(),
        last_used_at: None,
    };
    store::insert(tx, who, &passkey)?;
    events::record(tx, actor, NewEvent::of(&ADDED, who.agent))?;
    audit::record(
        tx,
        actor,
        Entry::of(Act::PasskeyAdded, who.agent).named(&passkey.name),
    )?;
    Ok(passkey)
}

/// What a browser says when it has used a passkey.
#[derive(Clone, Debug)]
pub struct Used {
    /// The passkey's id at the authenticator.
    pub credential: Vec<u8>,
    /// What the browser says.
    pub client_data: Vec<u8>,
    /// What the authenticator says.
    pub data: Vec<u8>,
    /// The signature over both.
    pub signature: Vec<u8>,
}

/// Whose passkey was just used in the ceremony of `step`.
///
/// # Errors
/// [`PasskeyError`].
pub fn recognise(
    tx: &mut Tx<'_>,
    step: &Secret,
    origin: &str,
    used: &Used,
) -> Result<Entering, PasskeyError> {
    steps::take::<Assertion>(tx, step)?.ok_or(PasskeyError::Over)?;
    let challenge = challenge(step);
    let expected = Expected {
        challenge: &challenge,
        origin,
    };
    for owned in store::by_credential(tx, &used.credential)? {
        let key = &owned.passkey.public_key;
        let Ok(uses) = webauthn::asserted(&expected, key, &used.client_data, &used.data, &used.signature)
        else {
            continue;
        };
        // Section 6.1.1: a count that stands still means a copy, unless nothing counts at all.
        if (uses > 0 || owned.passkey.uses > 0) && uses <= owned.passkey.uses {
            return Err(PasskeyError::Copied);
        }
        store::note_use(tx, owned.who, owned.passkey.id, uses)?;
        return Ok(owned.who);
    }
    Err(PasskeyError::Unknown)
}

/// Gives a passkey another name; `false` when `who` has no such passkey or the name is none.
///
/// # Errors
/// [`DbError`] of the database.
pub fn rename(tx: &mut Tx<'_>, who: Entering, id: PasskeyId, name: &str) -> Result<bool, DbError> {
    match named(name) {
        Some(name) => store::rename(tx, who, id, &name),
        None => Ok(store::of(tx, who)?.iter().any(|passkey| passkey.id == id)),
    }
}

/// Removes a passkey; `false` when `who` has no such.
///
/// # Errors
/// [`DbError`] of the database.
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, who: Entering, id: PasskeyId) -> Result<bool, DbError> {
    let name = store::of(tx, who)?
        .into_iter()
        .find(|passkey| passkey.id == id)
        .map(|passkey| passkey.name);
    let Some(name) = name else { return Ok(false) };
    store::remove(tx, who, id)?;
    events::record(tx, actor, NewEvent::of(&REMOVED, who.agent))?;
    audit::record(tx, actor, Entry::of(Act::PasskeyRemoved, who.agent).named(name))?;
    Ok(true)
}

fn named(text: &str) -> Option<String> {
    let name: String = text
        .trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_NAME)
        .collect();
    (!name.is_empty()).then_some(name)
}
