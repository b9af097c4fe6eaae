//! Stripe's signatures: the header `Stripe-Signature` holds `t=`, the seconds of sending, and one `v1=` for each secret, the
//! hexadecimal HMAC-SHA-256 of `t.body`. Other schemes in it are not looked at.

use kit::text::hmac_sha256;

/// How many seconds the moment of sending may lie before or after now.
pub const TOLERANCE: i64 = 300;

/// Why a request is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Disbelief {
    /// There is no header, or it can't be read.
    #[error("the signature header is missing or can't be read")]
    Unreadable,
    /// It was sent too long ago, or is to be sent yet: somebody may send it again.
    #[error("the request is older than five minutes, or from the future")]
    TooOld,
    /// No signature fits any secret.
    #[error("no signature fits")]
    Wrong,
}

/// Whether `header` signs `body` with one of `secrets`, as of `now`, in seconds since 1970.
///
/// # Errors
/// [`Disbelief`] for what it does not.
pub fn check(header: &str, body: &[u8], secrets: &[Vec<u8>], now: i64) -> Result<(), Disbelief> {
    let parts = || header.split(',').filter_map(|part| part.trim().split_once('='));
    let sent = parts().find(|(name, _)| *name == "t").map(|(_, value)| value);
    let sent = sent.ok_or(Disbelief::Unreadable)?;
    let seconds: i64 = sent.parse().map_err(|_| Disbelief::Unreadable)?;
    let signed = [sent.as_bytes(), b".", body].concat();
    let given: Vec<&str> = parts()
        .filter(|(name, _)| *name == "v1")
        .map(|(_, value)| value)
        .collect();
    if given.is_empty() {
        return Err(Disbelief::Unreadable);
    }
    let fits = secrets.iter().any(|secret| {
        let right = hex(&hmac_sha256(secret, &signed));
        given.iter().any(|given| is_same(given, &right))
    });
    if !fits {
        return Err(Disbelief::Wrong);
    }
    // Who does not know the secret learns nothing of our clock.
    if now.saturating_sub(seconds).saturating_abs() > TOLERANCE {
        return Err(Disbelief::TooOld);
    }
    Ok(())
}

/// The header for a body, as Stripe sends it: for tests and for trying things out.
pub fn header(body: &[u8], secret: &[u8], seconds: i64) -> String {
    let signed = [seconds.to_string().as_bytes(), b".", body].concat();
    format!("t={seconds},v1={}", hex(&hmac_sha256(secret, &signed)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Compares in a time that depends on the length alone.
fn is_same(one: &str, other: &str) -> bool {
    let pairs = one.bytes().zip(other.bytes());
    one.len() == other.len() && pairs.fold(0, |different, (one, other)| different | (one ^ other)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"id":"evt_1"}"#;

    #[test]
    fn a_signature_holds_for_its_body_its_secret_and_five_minutes() {
        let (new, old) = (b"whsec_new".to_vec(), b"whsec_old".to_vec());
        let signed = header(BODY, &old, 1_000_000);
        let both = [new.clone(), old.clone()];
        assert_eq!(check(&signed, BODY, &both, 1_000_000), Ok(()));
        assert_eq!(check(&signed, BODY, &both, 1_000_300), Ok(()));
        assert_eq!(check(&signed, BODY, &both, 999_700), Ok(()));
        assert_eq!(check(&signed, BODY, &both, 1_000_301), Err(Disbelief::TooOld));
        assert_eq!(check(&signed, BODY, &both, 999_699), Err(Disbelief::TooOld));
        assert_eq!(check(&signed, b"{}", &both, 1_000_000), Err(Disbelief::Wrong));
        assert_eq!(check(&signed, BODY, &[new], 1_000_000), Err(Disbelief::Wrong));
        assert_eq!(check(&signed, BODY, &[], 1_000_000), Err(Disbelief::Wrong));
    }

    #[test]
    fn several_signatures_and_unknown_schemes_are_read() {
        let right = header(BODY, b"s", 7);
        let (time, signature) = right.split_once(',').unwrap();
        let many = format!("{time}, v0=abc, v1={}, {signature}", "0".repeat(64));
        assert_eq!(check(&many, BODY, &[b"s".to_vec()], 7), Ok(()));
        let older = signature.replace("v1=", "v0=");
        for header in [
            "",
            "t=7",
            "v1=00",
            "t=x,v1=00",
            "nonsense",
            &format!("{time},{older}"),
        ] {
            assert_eq!(
                check(header, BODY, &[b"s".to_vec()], 7),
                Err(Disbelief::Unreadable),
                "{header}"
            );
        }
    }

    #[test]
    fn it_is_the_hmac_that_anyone_can_compute() {
        // printf '12345.{"a":1}' | openssl dgst -sha256 -hmac whsec_test
        let signed = header(br#"{"a":1}"#, b"whsec_test", 12_345);
        assert_eq!(
            signed,
            "t=12345,v1=6891b7a66b05b0e53771b0ad1be66a73fc29b6b3c4b4961ddb1efa062c8c05e9"
        );
    }
}
