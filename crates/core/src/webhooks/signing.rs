//! Signatures of Standard Webhooks 1.0: `v1,` and the base64 of HMAC-SHA-256 over `id.timestamp.body`.

use std::fmt;

use kit::id::Ids;
use kit::text::{base64, from_base64, hmac_sha256};

/// What stands before the base64 of a secret.
const PREFIX: &str = "whsec_";

/// A secret that signs deliveries. Shown once; stored sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningSecret(Vec<u8>);

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningSecret(…)")
    }
}

impl SigningSecret {
    /// A new one, of 256 random bits.
    pub fn new(random: &Ids) -> Self {
        let mut bytes = vec![0; 32];
        random.fill(&mut bytes);
        Self(bytes)
    }

    /// The text that the other side keeps.
    pub fn expose(&self) -> String {
        format!("{PREFIX}{}", base64(&self.0))
    }

    /// Reads what [`SigningSecret::expose`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        from_base64(text.strip_prefix(PREFIX)?).map(Self)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn of(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

/// The `webhook-signature` of a delivery: one signature for each secret, the newest first. `seconds` is the moment of
/// sending since 1970-01-01 UTC.
pub fn signature(secrets: &[SigningSecret], id: &str, seconds: i64, body: &str) -> String {
    let signed = format!("{id}.{seconds}.{body}");
    let each = secrets
        .iter()
        .map(|secret| format!("v1,{}", base64(&hmac_sha256(secret.bytes(), signed.as_bytes()))));
    each.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_the_standards_own_example() {
        let secret = SigningSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let body = r#"{"test": 2432232314}"#;
        let signed = signature(&[secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn during_a_rotation_both_secrets_sign_and_neither_shows() {
        let (new, old) = (
            SigningSecret::new(&Ids::seeded(1)),
            SigningSecret::new(&Ids::seeded(2)),
        );
        let both = signature(&[new.clone(), old.clone()], "msg_1", 7, "{}");
        let each = [&new, &old].map(|secret| signature(std::slice::from_ref(secret), "msg_1", 7, "{}"));
        assert_eq!(both, each.join(" "));
        assert_eq!(SigningSecret::parse(&new.expose()), Some(new.clone()));
        assert!(!format!("{new:?}").contains(&new.expose()[8..14]));
        assert_eq!(SigningSecret::parse("MfKQ9r8G"), None);
    }
}
