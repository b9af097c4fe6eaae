//! The keys of tokens, by id: the newest signs, all verify until they are taken away.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// One key.
#[derive(Clone)]
pub struct Key {
    /// One letter or digit, in small letters: addresses may come back in any case.
    pub id: char,
    secret: Vec<u8>,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Key")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Key {
    /// A key of at least 32 random bytes; nothing for a shorter one or another id.
    pub fn new(id: char, secret: &[u8]) -> Option<Self> {
        let is_id = id.is_ascii_lowercase() || id.is_ascii_digit();
        (is_id && secret.len() >= 32).then(|| Self {
            id,
            secret: secret.to_vec(),
        })
    }
}

/// All keys that count.
#[derive(Debug, Clone)]
pub struct Keys {
    newest: Key,
    older: Vec<Key>,
}

impl Keys {
    /// `newest` signs; `older` ones still verify.
    pub fn new(newest: Key, older: Vec<Key>) -> Self {
        Self { newest, older }
    }

    pub(super) fn newest(&self) -> &Key {
        &self.newest
    }

    pub(super) fn by_id(&self, id: char) -> Option<&Key> {
        std::iter::once(&self.newest)
            .chain(&self.older)
            .find(|key| key.id == id)
    }
}

impl Key {
    fn mac(&self, purpose: &str, content: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.secret).expect("HMAC takes keys of any length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(content);
        mac
    }

    /// The first 96 bits.
    pub(super) fn sign(&self, purpose: &str, content: &[u8]) -> [u8; 12] {
        let whole = self.mac(purpose, content).finalize().into_bytes();
        let mut cut = [0; 12];
        cut.copy_from_slice(&whole[..12]);
        cut
    }

    /// In constant time.
    pub(super) fn verifies(&self, purpose: &str, content: &[u8], signature: &[u8; 12]) -> bool {
        self.mac(purpose, content)
            .verify_truncated_left(signature)
            .is_ok()
    }
}
