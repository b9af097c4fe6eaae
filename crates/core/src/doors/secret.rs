//! Secrets that open doors: 256 random bits outside, their hash inside.

use std::fmt;
use std::str::FromStr;

use kit::id::Ids;
use kit::text::{base64url, from_base64url, sha256};

/// A secret in transit. Shown once, never logged, never stored: the table holds [`Secret::hash`].
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl Secret {
    /// A new one.
    pub fn new(random: &Ids) -> Self {
        let mut bytes = [0; 32];
        random.fill(&mut bytes);
        Self(bytes)
    }

    /// What is stored of it.
    pub fn hash(&self) -> [u8; 32] {
        sha256(&self.0)
    }

    /// The text that its holder keeps.
    pub fn expose(&self) -> String {
        base64url(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A text that is no secret of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a secret of this installation")]
pub struct NotASecret;

impl FromStr for Secret {
    type Err = NotASecret;
    fn from_str(text: &str) -> Result<Self, NotASecret> {
        // Tokens of programs begin so, to be found when they leak.
        let text = text.strip_prefix(crate::tokens::PREFIX).unwrap_or(text);
        from_base64url(text)
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or(NotASecret)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_survives_its_text_and_hides_in_debug() {
        let secret = Secret::new(&Ids::seeded(1));
        assert_eq!(secret.expose().parse(), Ok(secret.clone()));
        assert!(!format!("{secret:?}").contains(&secret.expose()[..8]));
        assert_eq!(format!("tdm_{}", secret.expose()).parse(), Ok(secret));
        assert!("short".parse::<Secret>().is_err());
    }
}
