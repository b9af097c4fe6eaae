//! Reading an identity token: whose signature it bears, and what must be in it before it is believed.
//!
//! JSON Web Signature (RFC 7515) in its compact form, keys of RFC 7517 and 7518, and the checks of OpenID Connect Core 1.0,
//! section 3.1.3.7. Signatures are checked by `ring`. Only algorithms with a public key are taken, and the key says which
//! algorithm it is for: a token can't choose another.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::text::from_base64url;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, EcdsaVerificationAlgorithm,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384, RSA_PSS_2048_8192_SHA512, RsaParameters,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;
use serde_json::Value;

/// How far the clocks of two machines may be apart.
const LEEWAY: Duration = Duration::from_secs(120);
/// The longest subject (OpenID Connect Core 1.0, section 2).
const LONGEST_SUBJECT: usize = 255;

/// Why a token is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Distrust {
    /// It can't be read.
    #[error("it can't be read")]
    Unreadable,
    /// It names an algorithm that is not taken.
    #[error("its algorithm is not taken")]
    Algorithm,
    /// The provider has no such key.
    #[error("the provider has no such key")]
    Key,
    /// The signature is not the key's.
    #[error("its signature is wrong")]
    Signature,
    /// Another system made it.
    #[error("another issuer made it")]
    Issuer,
    /// It was made for another program.
    #[error("it was made for another audience")]
    Audience,
    /// It belongs to another sign-in.
    #[error("it belongs to another sign-in")]
    Nonce,
    /// It is over, or not yet good.
    #[error("it is not good at this time")]
    Time,
    /// It names nobody.
    #[error("it names nobody")]
    Subject,
}

/// What a token is measured against.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The provider.
    pub issuer: &'a str,
    /// What the provider calls this installation.
    pub client: &'a str,
    /// What this sign-in began with.
    pub nonce: &'a str,
    /// The time.
    pub now: Timestamp,
}

/// What a provider says about somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// Who it is, for ever.
    pub subject: String,
    /// Their address.
    pub email: Option<String>,
    /// Whether the provider made sure that the address is theirs.
    pub is_verified: bool,
    /// Their name.
    pub name: Option<String>,
}

/// A public key of a provider.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Key {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    alg: Option<String>,
    crv: String,
    n: String,
    e: String,
    x: String,
    y: String,
}

/// The keys of a provider's document; those that can't be read are left out.
pub fn keys(document: &Value) -> Vec<Key> {
    let all = document["keys"].as_array().into_iter().flatten();
    all.filter_map(|key| serde_json::from_value(key.clone()).ok())
        .collect()
}

#[derive(Deserialize)]
struct Head {
    alg: String,
    kid: Option<String>,
    crit: Option<Value>,
}

#[derive(Deserialize)]
struct Body {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: f64,
    nbf: Option<f64>,
    iat: Option<f64>,
    nonce: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// What the token says, once it is believed.
///
/// # Errors
/// [`Distrust`].
pub fn read(token: &str, keys: &[Key], expected: &Expected<'_>) -> Result<Claims, Distrust> {
    let (signed, signature) = token.rsplit_once('.').ok_or(Distrust::Unreadable)?;
    let (head, body) = signed.split_once('.').ok_or(Distrust::Unreadable)?;
    let part = |text: &str| from_base64url(text).ok_or(Distrust::Unreadable);
    let (head, body, signature) = (part(head)?, part(body)?, part(signature)?);
    let head: Head = serde_json::from_slice(&head).map_err(|_| Distrust::Unreadable)?;
    // Whoever marks something as critical wants it understood (RFC 7515, section 4.1.11); nothing is.
    if head.crit.is_some() {
        return Err(Distrust::Unreadable);
    }
    let key = chosen(keys, &head)?;
    if !is_signed(key, &head.alg, signed.as_bytes(), &signature)? {
        return Err(Distrust::Signature);
    }
    let all: Value = serde_json::from_slice(&body).map_err(|_| Distrust::Unreadable)?;
    let body: Body = serde_json::from_slice(&body).map_err(|_| Distrust::Unreadable)?;
    check(&body, expected)?;
    Ok(claims(body.sub, &all))
}

/// What a provider's answer says about `subject`.
pub fn claims(subject: String, said: &Value) -> Claims {
    let text = |name: &str| {
        let text = said[name].as_str().map(str::trim).unwrap_or_default();
        (!text.is_empty()).then(|| text.to_owned())
    };
    // Some providers write the flag as a text.
    let is_verified = match &said["email_verified"] {
        Value::Bool(flag) => *flag,
        Value::String(word) => word == "true",
        _ => false,
    };
    Claims {
        subject,
        email: text("email"),
        is_verified,
        name: text("name").or_else(|| text("preferred_username")),
    }
}

/// The key that the token names; where it names none, the only one that fits.
fn chosen<'k>(keys: &'k [Key], head: &Head) -> Result<&'k Key, Distrust> {
    let fits = |key: &&Key| {
        key.purpose.as_deref().is_none_or(|purpose| purpose == "sig")
            && key.alg.as_deref().is_none_or(|alg| alg == head.alg)
            && key.kty == kind(&head.alg)
    };
    if kind(&head.alg).is_empty() {
        return Err(Distrust::Algorithm);
    }
    let mut fitting = keys.iter().filter(fits);
    match &head.kid {
        Some(kid) => fitting.find(|key| key.kid.as_ref() == Some(kid)),
        None => fitting.next().filter(|_| fitting.next().is_none()),
    }
    .ok_or(Distrust::Key)
}

/// The kind of key that an algorithm needs; empty for one that is not taken.
fn kind(algorithm: &str) -> &'static str {
    match algorithm {
        "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" => "RSA",
        "ES256" | "ES384" => "EC",
        "EdDSA" => "OKP",
        _ => "",
    }
}

fn is_signed(key: &Key, algorithm: &str, signed: &[u8], signature: &[u8]) -> Result<bool, Distrust> {
    let rsa = |parameters| with_rsa(key, parameters, signed, signature);
    let curve = |parameters, name| with_curve(key, parameters, name, (signed, signature));
    match algorithm {
        "RS256" => rsa(&RSA_PKCS1_2048_8192_SHA256),
        "RS384" => rsa(&RSA_PKCS1_2048_8192_SHA384),
        "RS512" => rsa(&RSA_PKCS1_2048_8192_SHA512),
        "PS256" => rsa(&RSA_PSS_2048_8192_SHA256),
        "PS384" => rsa(&RSA_PSS_2048_8192_SHA384),
        "PS512" => rsa(&RSA_PSS_2048_8192_SHA512),
        "ES256" => curve(&ECDSA_P256_SHA256_FIXED, "P-256"),
        "ES384" => curve(&ECDSA_P384_SHA384_FIXED, "P-384"),
        "EdDSA" if key.crv == "Ed25519" => {
            let point = number(&key.x)?;
            Ok(UnparsedPublicKey::new(&ED25519, point)
                .verify(signed, signature)
                .is_ok())
        }
        _ => Err(Distrust::Algorithm),
    }
}

fn with_rsa(
    key: &Key,
    parameters: &'static RsaParameters,
    signed: &[u8],
    signature: &[u8],
) -> Result<bool, Distrust> {
    let public = RsaPublicKeyComponents {
        n: number(&key.n)?,
        e: number(&key.e)?,
    };
    Ok(public.verify(parameters, signed, signature).is_ok())
}

fn with_curve(
    key: &Key,
    algorithm: &'static EcdsaVerificationAlgorithm,
    curve: &str,
    (signed, signature): (&[u8], &[u8]),
) -> Result<bool, Distrust> {
    if key.crv != curve {
        return Err(Distrust::Key);
    }
    // An uncompressed point (SEC 1, section 2.3.3).
    let point = [vec![4], number(&key.x)?, number(&key.y)?].concat();
    let public = UnparsedPublicKey::new(algorithm, point);
    Ok(public.verify(signed, signature).is_ok())
}

fn number(text: &str) -> Result<Vec<u8>, Distrust> {
    from_base64url(text)
        .filter(|bytes| !bytes.is_empty())
        .ok_or(Distrust::Key)
}

fn check(body: &Body, expected: &Expected<'_>) -> Result<(), Distrust> {
    if body.iss != expected.issuer {
        return Err(Distrust::Issuer);
    }
    let is_ours = match &body.aud {
        Audience::One(one) => one == expected.client,
        Audience::Several(several) => several.iter().any(|one| one == expected.client),
    };
    let has_others = matches!(&body.aud, Audience::Several(several) if several.len() > 1);
    let party = body.azp.as_deref();
    if !is_ours || party.is_some_and(|party| party != expected.client) || (has_others && party.is_none()) {
        return Err(Distrust::Audience);
    }
    if body.nonce.as_deref() != Some(expected.nonce) {
        return Err(Distrust::Nonce);
    }
    let (earliest, latest) = (
        seconds(expected.now.minus(LEEWAY)),
        seconds(expected.now.plus(LEEWAY)),
    );
    let begins = [body.nbf, body.iat].into_iter().flatten();
    if body.exp <= earliest || begins.into_iter().any(|begin| begin > latest) {
        return Err(Distrust::Time);
    }
    if body.sub.is_empty() || body.sub.len() > LONGEST_SUBJECT {
        return Err(Distrust::Subject);
    }
    Ok(())
}

/// Seconds since 1970, as tokens count.
fn seconds(time: Timestamp) -> f64 {
    time.0 as f64 / 1e6
}
