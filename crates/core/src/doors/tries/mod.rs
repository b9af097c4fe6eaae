//! How often a door may be tried.
//!
//! Each key (an address, a source, an agent) has a row with the moment at which all its tries are forgotten (the generic
//! cell rate algorithm): a few at once, then one each so often. Rows hold over all nodes and restarts; keys are hashes.

mod store;

use std::time::Duration;

use kit::db::{DbError, Tx};
use kit::text::sha256;

/// How often a key may be tried: so many at once, then one more each time `every` has passed.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    name: &'static str,
    at_once: u32,
    every: Duration,
}

const fn limit(name: &'static str, at_once: u32, seconds: u64) -> Limit {
    Limit {
        name,
        at_once,
        every: Duration::from_secs(seconds),
    }
}

/// Passwords for one address, from browsers that it never came in from.
pub const PASSWORD: Limit = limit("password", 10, 60);
/// Passwords for one address from one browser that it came in from before.
pub const KNOWN_BROWSER: Limit = limit("known browser", 10, 60);
/// Whatever one source tries at the doors.
pub const SOURCE: Limit = limit("source", 60, 5);
/// Answers of one source to what anyone with a link may answer.
pub const ANSWER: Limit = limit("answer", 30, 4);
/// Whatever one source does with links and other secrets that can't be guessed.
pub const LINK: Limit = limit("link", 120, 1);
/// Bearer tokens of one source that are none.
pub const TOKEN: Limit = limit("token", 60, 5);
/// Codes of one agent's second step.
pub const CODE: Limit = limit("code", 5, 60);
/// Mails to one address.
pub const LETTER: Limit = limit("letter", 3, 600);
/// Confirmations of an agent who has signed in.
pub const CONFIRMATION: Limit = limit("confirmation", 10, 60);

/// Whether a try may go on; if not, how long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Verdict {
    /// It may, and is counted.
    Free,
    /// It may not before this time has passed; it is not counted.
    Wait(Duration),
}

/// Counts a try against all of `keys`, or against none when one of them has no room.
///
/// # Errors
/// [`DbError`] of the database.
pub fn count(tx: &mut Tx<'_>, keys: &[(Limit, &str)]) -> Result<Verdict, DbError> {
    let now = tx.now();
    let mut counted = Vec::with_capacity(keys.len());
    for (limit, key) in keys {
        let hash = hash(*limit, key);
        let free_at = store::find(tx, &hash)?.filter(|at| *at > now).unwrap_or(now);
        let next = free_at.plus(limit.every);
        let room = now.plus(limit.every * limit.at_once);
        if next > room {
            return Ok(Verdict::Wait(next.since(room)));
        }
        counted.push((hash, next));
    }
    for (hash, next) in counted {
        store::put(tx, &hash, next)?;
    }
    Ok(Verdict::Free)
}

/// Forgets the tries of a key: whoever they were meant for has come in.
///
/// # Errors
/// [`DbError`] of the database.
pub fn forgive(tx: &mut Tx<'_>, limit: Limit, key: &str) -> Result<(), DbError> {
    store::remove(tx, &hash(limit, key))
}

/// Removes the rows that say nothing any more.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn sweep(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let now = tx.now();
    store::sweep(tx, now)
}

fn hash(limit: Limit, key: &str) -> [u8; 32] {
    sha256(format!("{}\n{key}", limit.name).as_bytes())
}
