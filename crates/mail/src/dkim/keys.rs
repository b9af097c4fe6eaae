//! Keys to sign with, and the records that publish them.

use super::DkimError;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rsa::pkcs1::EncodeRsaPrivateKey;
use std::fmt;

/// Which kind of key. Most servers know RSA only, so that a domain that has the other too signs with both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// rsa-sha256 with 2048 bits (RFC 8301).
    Rsa,
    /// ed25519-sha256 (RFC 8463).
    Ed25519,
}

impl Algorithm {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Rsa, Self::Ed25519];

    /// The word in rows, forms and documents, which is also what `k=` of a record says.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rsa => "rsa",
            Self::Ed25519 => "ed25519",
        }
    }

    /// Reads what [`Self::as_str`] wrote.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Rsa => "rsa-sha256",
            Self::Ed25519 => "ed25519-sha256",
        }
    }
}

/// A private key as it is kept: RSA as PKCS #1, Ed25519 as its seed. Nobody sees it in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    /// Which kind.
    pub algorithm: Algorithm,
    /// The bytes to keep encrypted.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({:?}, …)", self.algorithm)
    }
}

/// Bits of a new RSA key: fewer are too weak, more don't fit into one string of a record everywhere.
const BITS: usize = 2_048;

/// A new key from the caller's randomness, which must be of a kind that is fit for keys.
///
/// # Errors
/// [`DkimError::Key`] if no key came out of it.
pub fn generate(algorithm: Algorithm, fill: &mut dyn FnMut(&mut [u8])) -> Result<Secret, DkimError> {
    let bytes = match algorithm {
        Algorithm::Ed25519 => {
            let mut seed = vec![0; 32];
            fill(&mut seed);
            seed
        }
        Algorithm::Rsa => {
            let key = rsa::RsaPrivateKey::new(&mut Random(fill), BITS).map_err(|_| DkimError::Key)?;
            let document = key.to_pkcs1_der().map_err(|_| DkimError::Key)?;
            document.as_bytes().to_vec()
        }
    };
    Ok(Secret { algorithm, bytes })
}

/// The caller's randomness in the shape that the generator takes.
struct Random<'a>(&'a mut dyn FnMut(&mut [u8]));

impl rsa::rand_core::RngCore for Random<'_> {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        (self.0)(&mut bytes);
        u32::from_le_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        (self.0)(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        (self.0)(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rsa::rand_core::Error> {
        (self.0)(bytes);
        Ok(())
    }
}

impl rsa::rand_core::CryptoRng for Random<'_> {}

/// A key that is ready to sign.
pub(super) enum Key {
    Rsa(Box<RsaKeyPair>),
    Ed25519(Ed25519KeyPair),
}

impl Key {
    pub(super) fn of(secret: &Secret) -> Result<Self, DkimError> {
        match secret.algorithm {
            Algorithm::Rsa => RsaKeyPair::from_der(&secret.bytes)
                .map(|pair| Self::Rsa(Box::new(pair)))
                .map_err(|_| DkimError::Key),
            Algorithm::Ed25519 => Ed25519KeyPair::from_seed_unchecked(&secret.bytes)
                .map(Self::Ed25519)
                .map_err(|_| DkimError::Key),
        }
    }

    pub(super) fn algorithm(&self) -> Algorithm {
        match self {
            Self::Rsa(_) => Algorithm::Rsa,
            Self::Ed25519(_) => Algorithm::Ed25519,
        }
    }

    /// Ed25519 signs the hash of the data (RFC 8463 3), RSA hashes by itself.
    pub(super) fn sign(&self, data: &[u8]) -> Result<Vec<u8>, DkimError> {
        match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                // The padding is without randomness, which is only asked for to hide the computation.
                let random = ring::rand::SystemRandom::new();
                pair.sign(&RSA_PKCS1_SHA256, &random, data, &mut signature)
                    .map_err(|_| DkimError::Key)?;
                Ok(signature)
            }
            Self::Ed25519(pair) => {
                let hash = ring::digest::digest(&ring::digest::SHA256, data);
                Ok(pair.sign(hash.as_ref()).as_ref().to_vec())
            }
        }
    }

    /// What to publish (RFC 6376 3.6.1; for RSA with the wrapping that its 3.6.1 asks for).
    pub(super) fn record(&self) -> String {
        match self {
            Self::Rsa(pair) => format!(
                "v=DKIM1; k=rsa; p={}",
                STANDARD.encode(wrapped(pair.public_key().as_ref()))
            ),
            Self::Ed25519(pair) => format!(
                "v=DKIM1; k=ed25519; p={}",
                STANDARD.encode(pair.public_key().as_ref())
            ),
        }
    }
}

/// An RSAPublicKey as SubjectPublicKeyInfo: the identifier of rsaEncryption, and the key as a string of bits.
fn wrapped(key: &[u8]) -> Vec<u8> {
    const RSA_ENCRYPTION: [u8; 15] = [
        0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
    ];
    let bits = [&[0], key].concat();
    let content = [RSA_ENCRYPTION.to_vec(), tagged(0x03, &bits)].concat();
    tagged(0x30, &content)
}

/// Tag, length and content by DER, for lengths below 65536.
fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    let [.., high, low] = length;
    let mut all = match content.len() {
        0..=127 => vec![tag, low],
        128..=255 => vec![tag, 0x81, low],
        _ => vec![tag, 0x82, high, low],
    };
    all.extend_from_slice(content);
    all
}
