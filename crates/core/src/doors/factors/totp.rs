//! Time-based one-time codes (RFC 6238): six digits of SHA-1, a new code each thirty seconds, as every authenticator
//! app knows them.

use kit::clock::Timestamp;
use kit::id::Ids;
use kit::text::escaped;
use ring::hmac;

/// The key's length in bytes: as long as the hash (RFC 4226, section 4).
pub const KEY: usize = 20;
/// Seconds of one step.
const STEP: i64 = 30;
/// How many steps a clock may be off, to either side.
const OFF: i64 = 1;
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A new key.
pub fn new_key(random: &Ids) -> [u8; KEY] {
    let mut key = [0; KEY];
    random.fill(&mut key);
    key
}

/// The step whose code `typed` is, around `now` and after `last`; `None` for a wrong code and for one that was used.
pub fn matching_step(key: &[u8], typed: &str, now: Timestamp, last: i64) -> Option<i64> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let present = now.millis() / 1_000 / STEP;
    (present - OFF..=present + OFF)
        .filter(|step| *step > last)
        .find(|step| is_same(&code(key, *step), &typed))
}

/// The code at `now`, as the person's authenticator shows it.
pub fn code_at(key: &[u8], now: Timestamp) -> String {
    code(key, now.millis() / 1_000 / STEP)
}

/// The code of one step (RFC 4226, section 5.3).
fn code(key: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let digest = tag.as_ref();
    let from = usize::from(digest[19] & 0x0f);
    let four: [u8; 4] = digest[from..from + 4]
        .try_into()
        .expect("the place is below sixteen");
    format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000)
}

/// Whether two codes are the same, in a time that does not tell where they differ.
fn is_same(code: &str, typed: &str) -> bool {
    let differing = code
        .bytes()
        .zip(typed.bytes())
        .fold(0, |all, (a, b)| all | (a ^ b));
    code.len() == typed.len() && differing == 0
}

/// The key as text that can be typed: base 32 (RFC 4648) in groups of four.
pub fn written(key: &[u8]) -> String {
    let digits = base32(key);
    let groups: Vec<_> = digits
        .as_bytes()
        .chunks(4)
        .map(|group| String::from_utf8_lossy(group).into_owned())
        .collect();
    groups.join(" ")
}

/// The address that an authenticator reads from the picture: `otpauth://totp/Tandem:ada%40example.com?…`.
pub fn address(key: &[u8], workspace: &str, email: &str) -> String {
    let (issuer, email) = (escaped(workspace), escaped(email));
    format!(
        "otpauth://totp/{issuer}:{email}?secret={}&issuer={issuer}",
        base32(key)
    )
}

/// Bytes in base 32 without padding.
pub(super) fn base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(5) {
        let mut five = [0_u8; 5];
        five[..chunk.len()].copy_from_slice(chunk);
        let number = five.iter().fold(0_u64, |all, byte| all << 8 | u64::from(*byte));
        let digits = (chunk.len() * 8).div_ceil(5);
        for place in 0..digits {
            let digit = usize::try_from(number >> (35 - 5 * place) & 31).expect("five bits fit");
            text.push(char::from(ALPHABET[digit]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of the test values in RFC 6238, appendix B.
    const RFC: &[u8] = b"12345678901234567890";

    #[test]
    fn the_codes_are_those_of_the_rfc() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            assert_eq!(code_at(RFC, Timestamp::from_seconds(seconds)), code);
        }
    }

    #[test]
    fn a_code_is_good_for_a_clock_that_is_a_step_off_and_once() {
        let now = Timestamp::from_seconds(1_111_111_111);
        let step = 1_111_111_111 / 30;
        assert_eq!(matching_step(RFC, "050 471", now, 0), Some(step));
        assert_eq!(matching_step(RFC, "050471", now, step), None);
        assert_eq!(matching_step(RFC, "081804", now, 0), Some(step - 1));
        let later = Timestamp::from_seconds(1_111_111_111 + 90);
        assert_eq!(matching_step(RFC, "050471", later, 0), None);
        for wrong in ["", "05047", "0504711", "050472", "abcdef"] {
            assert_eq!(matching_step(RFC, wrong, now, 0), None, "{wrong}");
        }
    }

    #[test]
    fn the_key_is_written_as_authenticators_read_it() {
        assert_eq!(written(RFC), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(base32(b"fooba"), "MZXW6YTB");
        assert_eq!(base32(b"foo"), "MZXW6");
        let address = address(RFC, "Müller & Co", "ada@example.com");
        assert!(
            address.starts_with("otpauth://totp/M%C3%BCller%20%26%20Co:ada%40example.com?secret=GEZD"),
            "{address}"
        );
    }
}
