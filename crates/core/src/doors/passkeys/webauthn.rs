//! The relying party's half of WebAuthn (W3C Web Authentication, level 3): what a browser's answer must say before it
//! is believed.
//!
//! Only what a product needs: no attestation (a passkey's maker is nobody's business here), user verification required,
//! keys of the kinds ES256, EdDSA and RS256. Signatures are checked by `ring`; sections of the standard stand beside the
//! steps.

use kit::text::{from_base64url, sha256};
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;

use super::cbor::{Item, read};

/// Bits of the authenticator's data (section 6.1).
const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const BACKED_UP_NOT_ELIGIBLE: u8 = 0x10;
const ELIGIBLE: u8 = 0x08;
const HAS_CREDENTIAL: u8 = 0x40;
/// Algorithms of COSE (RFC 9053): ECDSA with P-256, Edwards curve, RSA PKCS #1.
pub(super) const ES256: i64 = -7;
pub(super) const EDDSA: i64 = -8;
pub(super) const RS256: i64 = -257;
/// The longest id of a credential (section 4, credential id).
const LONGEST_ID: usize = 1_023;

/// Why an answer is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Distrust {
    /// It can't be read.
    #[error("it can't be read")]
    Unreadable,
    /// It was made for another ceremony.
    #[error("it is of another kind")]
    WrongKind,
    /// It answers another challenge.
    #[error("it answers another challenge")]
    WrongChallenge,
    /// It was made for another site.
    #[error("it was made for another site")]
    WrongSite,
    /// Nobody showed finger, face or PIN.
    #[error("the person was not verified")]
    NotVerified,
    /// The key is of a kind that is not taken.
    #[error("the key is of a kind that is not taken")]
    WrongKey,
    /// The signature is not the key's.
    #[error("the signature is wrong")]
    WrongSignature,
}

/// What an answer is measured against.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The challenge that was given.
    pub challenge: &'a [u8],
    /// Where people reach this installation: `https://desk.example.com`.
    pub origin: &'a str,
}

impl Expected<'_> {
    /// The relying party's id: the host of the origin.
    pub fn site(&self) -> &str {
        site(self.origin)
    }
}

/// The host of an origin.
pub fn site(origin: &str) -> &str {
    let authority = origin.split("://").nth(1).unwrap_or(origin);
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => host,
        _ => authority,
    }
}

/// A new passkey, as its authenticator made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Its id.
    pub id: Vec<u8>,
    /// Its public key, in COSE.
    pub public_key: Vec<u8>,
    /// How often it was used so far; many always say 0.
    pub uses: i64,
}

/// What the browser says beside the authenticator (section 5.8.1).
#[derive(Deserialize)]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(rename = "crossOrigin", default)]
    is_cross_origin: bool,
}

/// Believes a registration, or says why not (section 7.1).
///
/// # Errors
/// [`Distrust`].
pub fn registered(
    expected: &Expected<'_>,
    client_data: &[u8],
    attestation: &[u8],
) -> Result<Credential, Distrust> {
    client(expected, client_data, "webauthn.create")?;
    let (object, _) = read(attestation).ok_or(Distrust::Unreadable)?;
    let data = object
        .text_key("authData")
        .and_then(Item::bytes)
        .ok_or(Distrust::Unreadable)?;
    let head = Head::read(expected, data)?;
    if head.flags & HAS_CREDENTIAL == 0 {
        return Err(Distrust::Unreadable);
    }
    // Section 6.5.1: sixteen bytes of model, two of length, the id, the key.
    let rest = data.get(Head::LENGTH + 16..).ok_or(Distrust::Unreadable)?;
    let (length, rest) = rest.split_at_checked(2).ok_or(Distrust::Unreadable)?;
    let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
    let (id, key) = rest.split_at_checked(length).ok_or(Distrust::Unreadable)?;
    if length == 0 || length > LONGEST_ID {
        return Err(Distrust::Unreadable);
    }
    let (item, after) = read(key).ok_or(Distrust::Unreadable)?;
    Key::of(&item).ok_or(Distrust::WrongKey)?;
    Ok(Credential {
        id: id.to_vec(),
        public_key: key[..key.len() - after.len()].to_vec(),
        uses: head.uses,
    })
}

/// Believes that whoever has the key of `public_key` is here, or says why not; gives the count of uses (section 7.2).
///
/// # Errors
/// [`Distrust`].
pub fn asserted(
    expected: &Expected<'_>,
    public_key: &[u8],
    client_data: &[u8],
    data: &[u8],
    signature: &[u8],
) -> Result<i64, Distrust> {
    client(expected, client_data, "webauthn.get")?;
    let head = Head::read(expected, data)?;
    let (item, _) = read(public_key).ok_or(Distrust::Unreadable)?;
    let key = Key::of(&item).ok_or(Distrust::WrongKey)?;
    let signed = [data, &sha256(client_data)].concat();
    key.verify(&signed, signature)?;
    Ok(head.uses)
}

fn client(expected: &Expected<'_>, json: &[u8], kind: &str) -> Result<(), Distrust> {
    let said: ClientData = serde_json::from_slice(json).map_err(|_| Distrust::Unreadable)?;
    if said.kind != kind {
        return Err(Distrust::WrongKind);
    }
    if from_base64url(&said.challenge).as_deref() != Some(expected.challenge) {
        return Err(Distrust::WrongChallenge);
    }
    if said.origin != expected.origin || said.is_cross_origin {
        return Err(Distrust::WrongSite);
    }
    Ok(())
}

/// The part of the authenticator's data that is always there (section 6.1).
struct Head {
    flags: u8,
    uses: i64,
}

impl Head {
    const LENGTH: usize = 37;

    fn read(expected: &Expected<'_>, data: &[u8]) -> Result<Self, Distrust> {
        let head = data.get(..Self::LENGTH).ok_or(Distrust::Unreadable)?;
        if head[..32] != sha256(expected.site().as_bytes()) {
            return Err(Distrust::WrongSite);
        }
        let flags = head[32];
        if flags & PRESENT == 0 || flags & VERIFIED == 0 {
            return Err(Distrust::NotVerified);
        }
        if flags & BACKED_UP_NOT_ELIGIBLE != 0 && flags & ELIGIBLE == 0 {
            return Err(Distrust::Unreadable);
        }
        let uses = i64::from(u32::from_be_bytes([head[33], head[34], head[35], head[36]]));
        Ok(Self { flags, uses })
    }
}

/// A public key of a kind that is taken (RFC 9052, section 7).
enum Key {
    Es256(Vec<u8>),
    Ed25519(Vec<u8>),
    Rs256 { n: Vec<u8>, e: Vec<u8> },
}

impl Key {
    fn of(item: &Item) -> Option<Self> {
        let number = |key| item.number_key(key).and_then(Item::number);
        let bytes = |key| item.number_key(key).and_then(Item::bytes);
        match (number(1)?, number(3)?) {
            (2, ES256) if number(-1)? == 1 => {
                let (x, y) = (bytes(-2)?, bytes(-3)?);
                let point = [&[4], x, y].concat();
                (x.len() == 32 && y.len() == 32).then_some(Self::Es256(point))
            }
            (1, EDDSA) if number(-1)? == 6 => Some(Self::Ed25519(bytes(-2)?.to_vec())),
            (3, RS256) => Some(Self::Rs256 {
                n: bytes(-1)?.to_vec(),
                e: bytes(-2)?.to_vec(),
            }),
            _ => None,
        }
    }

    fn verify(&self, signed: &[u8], signature: &[u8]) -> Result<(), Distrust> {
        let verified = match self {
            Self::Es256(point) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(signed, signature)
            }
            Self::Ed25519(point) => UnparsedPublicKey::new(&ED25519, point).verify(signed, signature),
            Self::Rs256 { n, e } => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature)
            }
        };
        verified.map_err(|_| Distrust::WrongSignature)
    }
}
