//! Sealing: secrets that have to be read again (keys of webhooks, of second factors), unreadable in the database.
//!
//! A sealed secret is its key's id, a random nonce and an XChaCha20-Poly1305 ciphertext (RFC 8439 with the extended
//! nonce). It is bound to its *purpose*, a text that names the row it stands in, so that it opens nowhere else. Of the
//! keys of an installation the first seals and all open: a new first line in the key file rotates the key.
//!
//! Invariant: keys never lie in the database, and so in no backup of it.

mod keys;

use std::fmt;
use std::sync::Arc;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

pub use keys::{KeyId, SealKey};

use crate::id::Ids;

/// The form of what [`Seal::seal`] writes.
const FORM: u8 = 1;
const NONCE: usize = 24;
const HEAD: usize = 1 + KeyId::LENGTH + NONCE;

/// The keys of this installation. Clones share.
#[derive(Clone)]
pub struct Seal(Arc<Vec<(KeyId, XChaCha20Poly1305)>>);

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.ids()).finish()
    }
}

/// Why a secret stays shut or the keys can't be had.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// There is no key at all.
    #[error("there is no key to seal with")]
    NoKey,
    /// A line that is no key.
    #[error("line {0} is no key: a key is 32 bytes in base64url, 43 characters")]
    BadKey(usize),
    /// The key file can't be read or made.
    #[error("the key file {0}: {1}")]
    File(std::path::PathBuf, std::io::Error),
    /// It was sealed with a key that is not here.
    #[error("it was sealed with key {0}, which this installation does not have")]
    UnknownKey(KeyId),
    /// It was changed, cut off, or sealed for something else.
    #[error("it is damaged or was sealed for something else")]
    Damaged,
}

impl Seal {
    /// The keys: the first seals, all open.
    ///
    /// # Errors
    /// [`SealError::NoKey`] for none.
    pub fn new(keys: &[SealKey]) -> Result<Self, SealError> {
        if keys.is_empty() {
            return Err(SealError::NoKey);
        }
        let ready = keys.iter().map(|key| (key.id(), key.cipher()));
        Ok(Self(Arc::new(ready.collect())))
    }

    /// The ids of the keys, the sealing one first.
    pub fn ids(&self) -> impl Iterator<Item = KeyId> {
        self.0.iter().map(|(id, _)| *id)
    }

    /// Seals `plain` for `purpose`, with a nonce from `random`.
    pub fn seal(&self, random: &Ids, purpose: &str, plain: &[u8]) -> Vec<u8> {
        let (id, cipher) = self.0.first().expect("there is always a first key");
        let mut nonce = [0; NONCE];
        random.fill(&mut nonce);
        let content = Payload {
            msg: plain,
            aad: purpose.as_bytes(),
        };
        let shut = cipher
            .encrypt(&XNonce::from(nonce), content)
            .expect("a secret is far shorter than the cipher's limit");
        [&[FORM], id.bytes(), &nonce, shut.as_slice()].concat()
    }

    /// Opens what was sealed for the same purpose.
    ///
    /// # Errors
    /// [`SealError::UnknownKey`] and [`SealError::Damaged`].
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let (head, shut) = sealed.split_at_checked(HEAD).ok_or(SealError::Damaged)?;
        let (form, rest) = head.split_first().ok_or(SealError::Damaged)?;
        let (id, nonce) = rest.split_at(KeyId::LENGTH);
        let (id, nonce) = (KeyId::of(id).ok_or(SealError::Damaged)?, nonce);
        if *form != FORM {
            return Err(SealError::Damaged);
        }
        let found = self.0.iter().find(|(known, _)| *known == id);
        let (_, cipher) = found.ok_or(SealError::UnknownKey(id))?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| SealError::Damaged)?;
        let content = Payload {
            msg: shut,
            aad: purpose.as_bytes(),
        };
        cipher
            .decrypt(&XNonce::from(nonce), content)
            .map_err(|_| SealError::Damaged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(seeds: &[u64]) -> Seal {
        let keys: Vec<_> = seeds
            .iter()
            .map(|seed| SealKey::new(&Ids::seeded(*seed)))
            .collect();
        Seal::new(&keys).unwrap()
    }

    #[test]
    fn a_secret_opens_for_its_purpose_and_no_other() {
        let (ids, seal) = (Ids::seeded(9), seal(&[1]));
        let shut = seal.seal(&ids, "whk_1", b"plain words");
        assert!(!shut.windows(5).any(|part| part == b"plain"));
        assert_eq!(seal.open("whk_1", &shut).unwrap(), b"plain words");
        assert!(matches!(seal.open("whk_2", &shut), Err(SealError::Damaged)));
        assert_ne!(
            seal.seal(&ids, "whk_1", b"plain words"),
            shut,
            "a nonce is used once"
        );
    }

    #[test]
    fn every_changed_or_missing_byte_is_noticed() {
        let seal = seal(&[1]);
        let shut = seal.seal(&Ids::seeded(9), "p", b"secret");
        for at in 0..shut.len() {
            let mut changed = shut.clone();
            changed[at] ^= 1;
            assert!(seal.open("p", &changed).is_err(), "byte {at}");
            assert!(seal.open("p", &shut[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn a_new_first_key_seals_and_the_old_one_still_opens() {
        let ids = Ids::seeded(9);
        let (before, after, other) = (seal(&[1]), seal(&[2, 1]), seal(&[2]));
        let shut = before.seal(&ids, "p", b"secret");
        assert_eq!(after.open("p", &shut).unwrap(), b"secret");
        assert!(matches!(other.open("p", &shut), Err(SealError::UnknownKey(_))));
        assert!(before.open("p", &after.seal(&ids, "p", b"new")).is_err());
        assert!(matches!(Seal::new(&[]), Err(SealError::NoKey)));
    }
}
