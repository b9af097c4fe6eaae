//! That a person's browser has worked for what it sends: hashcash (A. Back, 2002) with SHA-256, made by `js/forms.js` while
//! they write.
//!
//! The page carries a *stamp*: when it was made, sealed by the server for this form with a random nonce, so that nobody else makes
//! one; nothing is stored for it. Its script looks for a number for which the digest of key, stamp and number begins with so many
//! zero bits. A stamp holds for some hours and is used once, so that nothing can be sent again, and nothing be made longer
//! beforehand than it holds. It costs a browser a second; whoever sends thousands pays for each.

use std::sync::Arc;
use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{Db, DbError};
use kit::id::Ids;
use kit::seal::Seal;
use kit::text::{base64url, from_base64url, sha256};

/// How many zero bits a digest begins with.
pub const BITS: u32 = 15;
/// For how long a stamp holds.
const LIFE: Duration = Duration::from_secs(12 * 3_600);
/// By how much clocks of several nodes may differ.
const SLACK: Duration = Duration::from_secs(120);
/// The longest number that is looked at, in digits.
const LONGEST: usize = 12;

/// What seals stamps.
///
/// # Errors
/// [`DbError`] where none is attached.
pub(super) fn seal(db: &Db) -> Result<Arc<Seal>, DbError> {
    db.attached().ok_or_else(|| DbError::Internal {
        statement: "forms".to_owned(),
        problem: "no key that seals is attached to the database".to_owned(),
    })
}

/// A new stamp for the form with this key.
pub fn stamp(seal: &Seal, key: &str, now: Timestamp, ids: &Ids) -> String {
    base64url(&seal.seal(ids, &purpose(key), now.0.to_string().as_bytes()))
}

/// Whether a stamp is one of ours for the form with this key, and still holds.
pub fn is_fresh(seal: &Seal, key: &str, stamp: &str, now: Timestamp) -> bool {
    let made = from_base64url(stamp).and_then(|sealed| seal.open(&purpose(key), &sealed).ok());
    let made = made.and_then(|plain| String::from_utf8(plain).ok()?.parse::<i64>().ok());
    made.map(Timestamp)
        .is_some_and(|made| made <= now.plus(SLACK) && made.plus(LIFE) > now)
}

/// Since when a stamp was made or used that may still hold.
pub(super) fn oldest(now: Timestamp) -> Timestamp {
    now.minus(LIFE + SLACK)
}

fn purpose(key: &str) -> String {
    format!("stamp of the form {key}")
}

/// Whether a number proves the work for a stamp of the form with this key.
pub fn holds(key: &str, stamp: &str, number: &str) -> bool {
    let is_number = (1..=LONGEST).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number && zeros(&sha256(format!("{key}:{stamp}:{number}").as_bytes())) >= BITS
}

/// Finds such a number, as the script of the page does.
pub fn work(key: &str, stamp: &str) -> String {
    let mut number = 0_u64;
    loop {
        let text = number.to_string();
        if holds(key, stamp, &text) {
            return text;
        }
        number += 1;
    }
}

fn zeros(digest: &[u8; 32]) -> u32 {
    let [a, b, c, d, ..] = *digest;
    u32::from_be_bytes([a, b, c, d]).leading_zeros()
}

#[cfg(test)]
mod tests {
    use kit::seal::SealKey;

    use super::*;

    #[test]
    fn a_proof_is_for_one_stamp_of_one_form_and_a_stamp_grows_old() {
        let ids = Ids::seeded(7);
        let now = Timestamp(1_795_000_000_000_000);
        let seal = |seed| Seal::new(&[SealKey::new(&Ids::seeded(seed))]).unwrap();
        let ours = seal(5);
        let is_fresh = |stamp: &str, now| is_fresh(&ours, "a", stamp, now);
        let (stamp, other) = (stamp(&ours, "a", now, &ids), stamp(&ours, "a", now, &ids));
        let number = work("a", &stamp);
        assert!(holds("a", &stamp, &number) && !holds("a", &stamp, "") && !holds("a", &stamp, "x"));
        assert!(!holds("b", &stamp, &number) || !holds("a", &other, &number));
        assert!(stamp != other && is_fresh(&stamp, now) && is_fresh(&stamp, now.plus(LIFE - SLACK)));
        assert!(!is_fresh(&stamp, now.plus(LIFE)) && !is_fresh("1.x", now) && !is_fresh("", now));
        let early = super::stamp(&ours, "a", now.plus(SLACK * 2), &ids);
        assert!(!is_fresh(&early, now));
        // Nobody else makes one, and one of another form is none.
        let theirs = super::stamp(&seal(6), "a", now, &ids);
        let of_another = super::stamp(&ours, "b", now, &ids);
        assert!(!is_fresh(&theirs, now) && !is_fresh(&of_another, now));
        assert!(!is_fresh(&format!("{}.0123456789abcdef", now.0), now));
    }
}
