//! How passwords are hashed: argon2id (RFC 9106), its parameters in one place, off the database's threads.
//!
//! Hashing takes memory and time on purpose, so only a few run at once; the others wait in line.

use std::fmt;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use kit::id::Ids;
use serde::Deserialize;
use tokio::sync::Semaphore;

/// Memory of one hash, in KiB.
const MEMORY: u32 = 19 * 1_024;
/// Passes over the memory.
const PASSES: u32 = 2;
/// Lanes that could be filled side by side.
const LANES: u32 = 1;
/// How many hashes are made at once.
const AT_ONCE: usize = 4;

static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);

/// A password as someone typed it. Never printed, never stored.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    /// What was typed.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Password {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// What is stored of a password: the hash with its parameters and salt, as PHC string.
#[derive(Clone, PartialEq, Eq)]
pub struct Hashed(String);

impl Hashed {
    /// The text of the row.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn from_row(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Hashed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hashed(…)")
    }
}

/// Hashes a password with a salt of its own.
pub async fn hash(password: &Password, random: &Ids) -> Hashed {
    let (password, salt) = (password.clone(), salt(random));
    aside(move || Hashed(hashed(&password, &salt))).await
}

/// Which of `stored` the password fits. The same work is done when there is none: an unknown address takes as long as a
/// known one.
pub async fn fits(password: &Password, stored: Vec<Option<Hashed>>) -> Vec<bool> {
    let password = password.clone();
    aside(move || {
        if stored.iter().all(Option::is_none) {
            let _ = hashed(&password, &[0; 16]);
        }
        stored
            .iter()
            .map(|hash| hash.as_ref().is_some_and(|hash| is_fit(&password, hash)))
            .collect()
    })
    .await
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let _place = PLACES.acquire().await.expect("the semaphore is never closed");
    tokio::task::spawn_blocking(work)
        .await
        .expect("hashing does not panic")
}

fn salt(random: &Ids) -> [u8; 16] {
    let mut salt = [0; 16];
    random.fill(&mut salt);
    salt
}

fn hashed(password: &Password, salt: &[u8]) -> String {
    let params = Params::new(MEMORY, PASSES, LANES, None).expect("the parameters are in range");
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash: PasswordHash = argon2
        .hash_password_with_salt(password.0.as_bytes(), salt)
        .expect("the salt has its length");
    hash.to_string()
}

fn is_fit(password: &Password, hash: &Hashed) -> bool {
    // The parameters of the stored hash count, so older ones go on fitting when ours change.
    PasswordHash::new(&hash.0).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.0.as_bytes(), &hash)
            .is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_fits_its_password_alone_and_shows_nothing() {
        let ids = Ids::seeded(1);
        let stored = hash(&"correct horse battery".into(), &ids).await;
        assert!(stored.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_ne!(stored, hash(&"correct horse battery".into(), &ids).await);
        let tries = |password: &str, stored: Vec<Option<Hashed>>| {
            let password = Password::from(password);
            async move { fits(&password, stored).await }
        };
        assert_eq!(
            tries("correct horse battery", vec![None, Some(stored.clone())]).await,
            [false, true]
        );
        assert_eq!(
            tries("wrong horse battery", vec![Some(stored.clone())]).await,
            [false]
        );
        assert_eq!(tries("", vec![Some(Hashed(String::new()))]).await, [false]);
        assert!(tries("anything", Vec::new()).await.is_empty());
        assert_eq!(
            format!("{stored:?} {:?}", Password::from("x")),
            "Hashed(…) Password(…)"
        );
    }
}
