//! How the provider signs, rightly and wrongly.

use std::fmt;

use kit::text::{base64url, hmac_sha256};
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
    RsaPublicKeyComponents,
};
use serde_json::{Value, json};

/// A key for tests, good for nothing else.
const RSA: &[u8] = include_bytes!("rsa.pk8");

/// How tokens are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signing {
    /// RSA with SHA-256.
    Rs256,
    /// ECDSA on P-256.
    Es256,
    /// Not at all, and the token says so.
    Unsigned,
    /// With the public key as if it were a shared secret.
    PublicKeyAsSecret,
    /// With a key of somebody else, under the name of the right one.
    StrangeKey,
    /// With a key whose name nobody knows.
    UnknownKey,
    /// Rightly, and then a claim is changed.
    Changed,
}

/// The keys of a provider.
pub(super) struct Keys {
    rsa: RsaKeyPair,
    curve: EcdsaKeyPair,
    strange: EcdsaKeyPair,
    random: SystemRandom,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    pub(super) fn new() -> Self {
        let random = SystemRandom::new();
        Self {
            rsa: RsaKeyPair::from_pkcs8(RSA).expect("the key in the file is good"),
            curve: curve(&random),
            strange: curve(&random),
            random,
        }
    }

    fn modulus(&self) -> String {
        let public: RsaPublicKeyComponents<Vec<u8>> = self.rsa.public().into();
        base64url(&public.n)
    }

    /// The public keys, and one of a kind that nobody here knows.
    pub(super) fn document(&self) -> Value {
        let public: RsaPublicKeyComponents<Vec<u8>> = self.rsa.public().into();
        let point = self.curve.public_key().as_ref();
        json!({ "keys": [
            { "kty": "future", "kid": 7 },
            { "kty": "RSA", "kid": "rsa 1", "use": "sig", "alg": "RS256", "n": self.modulus(), "e": base64url(&public.e) },
            { "kty": "EC", "kid": "curve 1", "use": "sig", "crv": "P-256", "x": base64url(&point[1..33]), "y": base64url(&point[33..]) },
        ] })
    }

    pub(super) fn sign(&self, how: Signing, claims: &Value) -> String {
        let (algorithm, kid) = match how {
            Signing::Rs256 | Signing::Changed => ("RS256", "rsa 1"),
            Signing::Es256 | Signing::StrangeKey => ("ES256", "curve 1"),
            Signing::Unsigned => ("none", "rsa 1"),
            Signing::PublicKeyAsSecret => ("HS256", "rsa 1"),
            Signing::UnknownKey => ("ES256", "curve 9"),
        };
        let head = json!({ "alg": algorithm, "kid": kid, "typ": "JWT" });
        let part = |value: &Value| base64url(value.to_string().as_bytes());
        let signed = format!("{}.{}", part(&head), part(claims));
        let signature = match how {
            Signing::Rs256 | Signing::Changed => self.with_rsa(signed.as_bytes()),
            Signing::Es256 | Signing::UnknownKey => self.with_curve(&self.curve, signed.as_bytes()),
            Signing::StrangeKey => self.with_curve(&self.strange, signed.as_bytes()),
            Signing::Unsigned => Vec::new(),
            Signing::PublicKeyAsSecret => hmac_sha256(self.modulus().as_bytes(), signed.as_bytes()).to_vec(),
        };
        if how == Signing::Changed {
            let mut changed = claims.clone();
            changed["email"] = json!("admin@example.com");
            return format!("{}.{}.{}", part(&head), part(&changed), base64url(&signature));
        }
        format!("{signed}.{}", base64url(&signature))
    }

    fn with_rsa(&self, signed: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.rsa.public().modulus_len()];
        self.rsa
            .sign(&RSA_PKCS1_SHA256, &self.random, signed, &mut signature)
            .expect("a key of this size signs");
        signature
    }

    fn with_curve(&self, key: &EcdsaKeyPair, signed: &[u8]) -> Vec<u8> {
        let signature = key.sign(&self.random, signed).expect("there is randomness");
        signature.as_ref().to_vec()
    }
}

fn curve(random: &SystemRandom) -> EcdsaKeyPair {
    let pkcs8 =
        EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, random).expect("there is randomness");
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), random)
        .expect("a key that was just made is good")
}
