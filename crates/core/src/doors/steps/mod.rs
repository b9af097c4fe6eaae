//! The way between two steps at a door: who has shown a part of who they are and must show the rest.
//!
//! A step is a row that a short-lived cookie's secret leads to. It can be looked at, and taken once. What must not be
//! stored (a challenge, a nonce) is derived from the secret: [`derived`].

mod store;

use std::time::Duration;

use kit::db::{DbError, Tx};
use kit::text::sha256;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Secret;

/// How long a step waits to be finished.
pub const STEP_LIFE: Duration = Duration::from_secs(10 * 60);

/// What a step waits for. Its payload holds ids and addresses, never secrets.
pub trait Step: Serialize + DeserializeOwned {
    /// Tells steps apart, so that none can be finished as another.
    const PURPOSE: &'static str;
}

/// Begins a step.
///
/// # Errors
/// [`DbError`] of the database.
pub fn begin<S: Step>(tx: &mut Tx<'_>, step: &S) -> Result<Secret, DbError> {
    let secret = Secret::new(tx.ids());
    let payload = serde_json::to_string(step).expect("steps hold plain data");
    let expires_at = tx.now().plus(STEP_LIFE);
    store::insert(tx, &secret.hash(), S::PURPOSE, &payload, expires_at)?;
    Ok(secret)
}

/// The step behind a secret, which stays; `None` when it is over or another one.
///
/// # Errors
/// [`DbError`] of the database.
pub fn look<S: Step>(tx: &mut Tx<'_>, secret: &Secret) -> Result<Option<S>, DbError> {
    let now = tx.now();
    let found = store::find(tx, &secret.hash(), S::PURPOSE, now)?;
    Ok(found.and_then(|payload| serde_json::from_str(&payload).ok()))
}

/// The step behind a secret, which is over with that.
///
/// # Errors
/// [`DbError`] of the database.
pub fn take<S: Step>(tx: &mut Tx<'_>, secret: &Secret) -> Result<Option<S>, DbError> {
    let found = look(tx, secret)?;
    store::remove(tx, &secret.hash())?;
    Ok(found)
}

/// Bytes that whoever has the secret can derive again, and nobody else: for a challenge, a nonce, a verifier.
pub fn derived(secret: &Secret, purpose: &str) -> [u8; 32] {
    sha256(format!("{purpose}\n{}", secret.expose()).as_bytes())
}

/// Removes the steps that nobody finished.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn sweep(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let now = tx.now();
    store::sweep(tx, now)
}
