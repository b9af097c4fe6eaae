//! The second step: an authenticator that shows a new code each half minute, and recovery codes for the day it is lost.
//!
//! The authenticator's key is stored sealed; recovery codes are stored as hashes, shown once, and good once. A code that
//! was accepted is never accepted again.

mod store;
pub mod totp;
pub mod web;

use kit::db::{DbError, Tx};
use kit::seal::Seal;
use kit::text::sha256;

use super::{Entering, sessions};
use crate::actor::Actor;
use crate::agents::AgentId;
use crate::audit::{self, Act, Entry};
use crate::events::{self, Kind, NewEvent};
use crate::permissions::Permission;

/// An agent signs in with an authenticator from now on.
pub const SWITCHED_ON: Kind = Kind::new("second_step.switched_on", Permission::AgentsWrite);
/// An agent signs in without an authenticator from now on.
pub const SWITCHED_OFF: Kind = Kind::new("second_step.switched_off", Permission::AgentsWrite);
/// An agent came in with a recovery code.
pub const RECOVERED: Kind = Kind::new("recovery_code.used", Permission::AgentsWrite);

/// How many recovery codes there are at first.
pub const CODES: usize = 10;
/// Random bytes of a recovery code: too many to be guessed from its hash.
const CODE: usize = 10;

/// Why the second step is not as it was asked to be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FactorError {
    /// The code is wrong, too old, or was used.
    #[error("the code is wrong or was used")]
    WrongCode,
    /// No authenticator waits for its first code.
    #[error("no authenticator waits to be confirmed")]
    NothingToConfirm,
    /// This installation's key does not open what is stored: it was moved here without its key.
    #[error("the key of the authenticator does not open here")]
    Sealed,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Whether `who` signs in with a second step.
///
/// # Errors
/// [`DbError`] of the database.
pub fn is_asked(tx: &mut Tx<'_>, who: Entering) -> Result<bool, DbError> {
    Ok(store::find(tx, who)?.is_some_and(|row| row.confirmed_at.is_some()))
}

/// Asks whoever has an authenticator in one place for the same codes in another, where they have none. A code that was used is
/// used there too; recovery codes belong to one place.
///
/// # Errors
/// [`FactorError::Sealed`] where its key does not open, or the database's.
pub(crate) fn take_along(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (from, to): (Entering, Entering),
) -> Result<(), FactorError> {
    let Some(row) = store::find(tx, from)?.filter(|row| row.confirmed_at.is_some()) else {
        return Ok(());
    };
    let key = opened(tx, from, &row.key_sealed)?;
    let seal = tx.attached::<Seal>().ok_or(FactorError::Sealed)?;
    let sealed = seal.seal(tx.ids(), &belongs(to), &key);
    store::put(tx, to, &sealed)?;
    store::use_step(tx, to, row.last_step)?;
    Ok(note(tx, actor, &SWITCHED_ON, Act::SecondStepOn, to.agent)?)
}

/// How many recovery codes `who` has left.
///
/// # Errors
/// [`DbError`] of the database.
pub fn codes_left(tx: &mut Tx<'_>, who: Entering) -> Result<i64, DbError> {
    store::codes_left(tx, who)
}

/// Begins an authenticator for `who`, not asked for until [`confirm`]; gives its key. One that is asked for stays.
///
/// # Errors
/// [`FactorError::Sealed`] without a seal, or the database's.
pub fn begin(tx: &mut Tx<'_>, who: Entering) -> Result<Option<Vec<u8>>, FactorError> {
    if is_asked(tx, who)? {
        return Ok(None);
    }
    let seal = tx.attached::<Seal>().ok_or(FactorError::Sealed)?;
    let key = totp::new_key(tx.ids());
    let sealed = seal.seal(tx.ids(), &belongs(who), &key);
    store::put(tx, who, &sealed)?;
    Ok(Some(key.to_vec()))
}

/// The key of an authenticator that waits to be confirmed.
///
/// # Errors
/// [`FactorError::NothingToConfirm`], [`FactorError::Sealed`], or the database's.
pub fn waiting_key(tx: &mut Tx<'_>, who: Entering) -> Result<Vec<u8>, FactorError> {
    let row = store::find(tx, who)?.filter(|row| row.confirmed_at.is_none());
    let row = row.ok_or(FactorError::NothingToConfirm)?;
    opened(tx, who, &row.key_sealed)
}

/// Switches the second step on with the first code of the new authenticator; gives the recovery codes, once.
///
/// # Errors
/// [`FactorError`].
pub fn confirm(
    tx: &mut Tx<'_>,
    actor: &Actor,
    who: Entering,
    code: &str,
    keep: Option<super::SessionId>,
) -> Result<Vec<String>, FactorError> {
    let key = waiting_key(tx, who)?;
    let step = totp::matching_step(&key, code, tx.now(), 0).ok_or(FactorError::WrongCode)?;
    store::use_step(tx, who, step)?;
    note(tx, actor, &SWITCHED_ON, Act::SecondStepOn, who.agent)?;
    sessions::end_others(tx, actor, keep)?;
    Ok(new_codes(tx, who)?)
}

/// Makes new recovery codes; the old ones are good for nothing any more.
///
/// # Errors
/// [`DbError`] of the database.
pub fn new_codes(tx: &mut Tx<'_>, who: Entering) -> Result<Vec<String>, DbError> {
    store::remove_codes(tx, who)?;
    let mut codes = Vec::with_capacity(CODES);
    for _ in 0..CODES {
        let mut bytes = [0; CODE];
        tx.ids().fill(&mut bytes);
        let plain = totp::base32(&bytes).to_lowercase();
        store::insert_code(tx, who, &code_hash(who, &plain))?;
        let groups: Vec<_> = [&plain[..4], &plain[4..8], &plain[8..12], &plain[12..]].into();
        codes.push(groups.join("-"));
    }
    Ok(codes)
}

/// Takes the second step with a code of the authenticator or a recovery code, which is good for nothing afterwards.
///
/// # Errors
/// [`FactorError::WrongCode`], [`FactorError::Sealed`], or the database's.
pub fn pass(tx: &mut Tx<'_>, who: Entering, typed: &str) -> Result<(), FactorError> {
    let plain: String = typed
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    if plain.len() == CODE * 8 / 5 {
        if !store::use_code(tx, who, &code_hash(who, &plain))? {
            return Err(FactorError::WrongCode);
        }
        let actor = Actor::system(who.workspace, "doors");
        return Ok(note(tx, &actor, &RECOVERED, Act::RecoveryCodeUsed, who.agent)?);
    }
    let row = store::find(tx, who)?.ok_or(FactorError::WrongCode)?;
    let key = opened(tx, who, &row.key_sealed)?;
    let step = totp::matching_step(&key, typed, tx.now(), row.last_step).ok_or(FactorError::WrongCode)?;
    Ok(store::use_step(tx, who, step)?)
}

/// Switches the second step of `who` off and forgets its codes.
///
/// # Errors
/// [`DbError`] of the database.
pub fn switch_off(tx: &mut Tx<'_>, actor: &Actor, who: Entering) -> Result<(), DbError> {
    store::remove_codes(tx, who)?;
    if store::remove(tx, who)? {
        note(tx, actor, &SWITCHED_OFF, Act::SecondStepOff, who.agent)?;
    }
    Ok(())
}

fn note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static Kind,
    act: Act,
    agent: AgentId,
) -> Result<(), DbError> {
    events::record(tx, actor, NewEvent::of(kind, agent))?;
    audit::record(tx, actor, Entry::of(act, agent))
}

fn opened(tx: &mut Tx<'_>, who: Entering, sealed: &[u8]) -> Result<Vec<u8>, FactorError> {
    let seal = tx.attached::<Seal>().ok_or(FactorError::Sealed)?;
    seal.open(&belongs(who), sealed).map_err(|_| FactorError::Sealed)
}

fn belongs(who: Entering) -> String {
    format!("authenticator {} {}", who.workspace, who.agent)
}

fn code_hash(who: Entering, plain: &str) -> [u8; 32] {
    sha256(format!("{} {plain}", belongs(who)).as_bytes())
}
