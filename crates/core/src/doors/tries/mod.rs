//! How often a door may be tried.
//!
//! Each key (an address, a source, an agent) has a row with the moment at which all its tries are forgotten (the generic
//! cell rate algorithm): a few at once, then one each so often. Rows hold over all nodes and restarts; keys are hashes.

mod store;

use std::borrow::Cow;
use std::net::Ipv6Addr;
use std::time::Duration;

use kit::db::{DbError, Tx};
use kit::text::sha256;

/// How often a key may be tried: so many at once, then one more each time `every` has passed.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    name: &'static str,
    at_once: u32,
    every: Duration,
    /// Whether its keys are addresses that tries come from.
    is_of_sources: bool,
}

const fn limit(name: &'static str, at_once: u32, seconds: u64) -> Limit {
    Limit {
        name,
        at_once,
        every: Duration::from_secs(seconds),
        is_of_sources: false,
    }
}

const fn of_sources(name: &'static str, at_once: u32, seconds: u64) -> Limit {
    Limit {
        is_of_sources: true,
        ..limit(name, at_once, seconds)
    }
}

/// Passwords for one address, from browsers that it never came in from.
pub const PASSWORD: Limit = limit("password", 10, 60);
/// Passwords for one address from one browser that it came in from before.
pub const KNOWN_BROWSER: Limit = limit("known browser", 10, 60);
/// Whatever one source tries at the doors.
pub const SOURCE: Limit = of_sources("source", 60, 5);
/// Answers of one source to what anyone with a link may answer.
pub const ANSWER: Limit = of_sources("answer", 30, 4);
/// Links and other secrets that can't be guessed and are none, of one source.
pub const LINK: Limit = of_sources("link", 120, 1);
/// Bearer tokens of one source that are none.
pub const TOKEN: Limit = of_sources("token", 60, 5);
/// How often one pending step of signing in is looked at.
pub const STEP: Limit = limit("step", 30, 2);
/// Codes of one agent's second step.
pub const CODE: Limit = limit("code", 5, 60);
/// Forms that one source sends.
pub const FORM: Limit = of_sources("form", 10, 120);
/// Forms that are sent in the name of one address.
pub const FORM_ADDRESS: Limit = limit("form address", 5, 1_800);
/// Mails to one address.
pub const LETTER: Limit = limit("letter", 3, 600);
/// Further workspaces that one person opens, by their address: whoever opens one is another agent there.
pub const OPENING: Limit = limit("opening", 5, 3_600);
/// Further workspaces that are opened from one source.
pub const OPENING_SOURCE: Limit = of_sources("opening source", 20, 900);
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
    let key = if limit.is_of_sources {
        network(key)
    } else {
        Cow::Borrowed(key)
    };
    sha256(format!("{}\n{key}", limit.name).as_bytes())
}

/// What one customer of a provider has: an address of IPv4, or all of a network of IPv6, whose addresses cost nothing.
fn network(address: &str) -> Cow<'_, str> {
    match address.parse::<Ipv6Addr>() {
        Ok(six) => match six.to_ipv4_mapped() {
            Some(four) => Cow::Owned(four.to_string()),
            None => Cow::Owned(format!(
                "{}/64",
                Ipv6Addr::from_bits(six.to_bits() & !u128::from(u64::MAX))
            )),
        },
        Err(_) => Cow::Borrowed(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_network_are_one_source() {
        let same = |one: &str, other: &str| hash(LINK, one) == hash(LINK, other);
        assert!(same("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"));
        assert!(!same("2001:db8:1:2::1", "2001:db8:1:3::1"));
        assert!(same("::ffff:192.0.2.1", "192.0.2.1"));
        assert!(!same("192.0.2.1", "192.0.2.2"));
        assert!(same("", ""));
        assert_ne!(
            hash(STEP, "2001:db8::1"),
            hash(STEP, "2001:db8::2"),
            "other keys are what they are"
        );
    }
}
