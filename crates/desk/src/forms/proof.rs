//! That a person's browser has worked for what it sends: hashcash (A. Back, 2002) with SHA-256, made by `js/forms.js` while
//! they write.
//!
//! The page carries a *stamp*: when it was made, and some randomness. Its script looks for a number for which the digest of key,
//! stamp and number begins with so many zero bits. A stamp holds for some hours and is used once, so that nothing can be made
//! beforehand or sent again. It costs a browser a second; whoever sends thousands pays for each.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::id::Ids;
use kit::text::sha256;

/// How many zero bits a digest begins with.
pub const BITS: u32 = 15;
/// For how long a stamp holds.
const LIFE: Duration = Duration::from_secs(12 * 3_600);
/// By how much clocks of several nodes may differ.
const SLACK: Duration = Duration::from_secs(120);
/// The longest number that is looked at, in digits.
const LONGEST: usize = 12;

/// A new stamp.
pub fn stamp(now: Timestamp, ids: &Ids) -> String {
    let mut bytes = [0; 8];
    ids.fill(&mut bytes);
    let random: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}.{random}", now.0)
}

/// Whether a stamp is one, and still holds.
pub fn is_fresh(stamp: &str, now: Timestamp) -> bool {
    let Some((made, random)) = stamp.split_once('.') else {
        return false;
    };
    let is_random = random.len() == 16 && random.bytes().all(|byte| byte.is_ascii_hexdigit());
    let made = made.parse().map(Timestamp);
    is_random && made.is_ok_and(|made| made <= now.plus(SLACK) && made.plus(LIFE) > now)
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
    use super::*;

    #[test]
    fn a_proof_is_for_one_stamp_of_one_form_and_a_stamp_grows_old() {
        let ids = Ids::seeded(7);
        let now = Timestamp(1_795_000_000_000_000);
        let (stamp, other) = (super::stamp(now, &ids), super::stamp(now, &ids));
        let number = work("a", &stamp);
        assert!(holds("a", &stamp, &number) && !holds("a", &stamp, "") && !holds("a", &stamp, "x"));
        assert!(!holds("b", &stamp, &number) || !holds("a", &other, &number));
        assert!(is_fresh(&stamp, now) && is_fresh(&stamp, now.plus(LIFE - SLACK)));
        assert!(!is_fresh(&stamp, now.plus(LIFE)) && !is_fresh("1.x", now) && !is_fresh("", now));
        let early = super::stamp(now.plus(SLACK * 2), &ids);
        assert!(!is_fresh(&early, now));
    }
}
