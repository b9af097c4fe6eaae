//! What a DKIM key is and what becomes of it: no database, no network.

use kit::clock::Timestamp;
use kit::db::DbError;
use kit::seal::SealError;
use mail::dkim::{Algorithm, Published};
use serde_json::{Value, json};
use tandem_core::actor::Forbidden;

use super::DkimKeyId;

/// Whose key is out of use, since when, by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retirement {
    /// Who put it out of use: a signature.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Where a key is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Its record was not seen, or is not seen any more: it signs nothing.
    Waiting,
    /// What its domain sends is signed with it.
    Signing,
    /// It is out of use; its record stands for the mails on their way.
    Retired,
}

impl Stage {
    /// The word in documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Signing => "signing",
            Self::Retired => "retired",
        }
    }
}

/// A key that signs what a domain sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DkimKey {
    /// Its id.
    pub id: DkimKeyId,
    /// Whose mails it signs, in small letters.
    pub domain: String,
    /// By which name under the domain its record is found.
    pub selector: String,
    /// Which kind.
    pub algorithm: Algorithm,
    /// The text of its record.
    pub record: String,
    /// Who made it: a signature.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
    /// What the DNS said when it was last asked.
    pub verdict: Option<Published>,
    /// When that was.
    pub checked_at: Option<Timestamp>,
    /// Since when it signs.
    pub signing_since: Option<Timestamp>,
    /// When a record that was seen before was seen no more.
    pub lost_at: Option<Timestamp>,
    /// Who put it out of use, and when.
    pub retirement: Option<Retirement>,
}

impl DkimKey {
    /// Where it is in its life.
    pub fn stage(&self) -> Stage {
        match (&self.retirement, self.signing_since) {
            (Some(_), _) => Stage::Retired,
            (None, Some(_)) => Stage::Signing,
            (None, None) => Stage::Waiting,
        }
    }

    /// The name under which its record stands.
    pub fn name(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }

    /// Takes what the DNS says of it. Only an answer changes whether it signs.
    pub fn meet(&mut self, verdict: Published, now: Timestamp) {
        self.verdict = Some(verdict);
        self.checked_at = Some(now);
        match verdict {
            Published::Fits => {
                self.signing_since.get_or_insert(now);
                self.lost_at = None;
            }
            Published::NoAnswer => {}
            _ => {
                if self.signing_since.take().is_some() {
                    self.lost_at = Some(now);
                }
            }
        }
    }

    /// Whether both sign the same mails in the same way.
    pub fn does_the_same_as(&self, other: &Self) -> bool {
        self.domain == other.domain && self.algorithm == other.algorithm
    }

    /// What the audit trail says of it.
    pub(super) fn facts(&self) -> Value {
        json!({ "domain": self.domain, "selector": self.selector, "algorithm": self.algorithm.as_str() })
    }
}

/// What key is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Whose mails it is to sign.
    pub domain: String,
    /// Which kind.
    pub algorithm: Algorithm,
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DkimKeyError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such key here.
    #[error("there is no such key")]
    Unknown,
    /// No open mailbox sends from this domain.
    #[error("no mailbox sends from this domain")]
    Domain,
    /// It is no kind of key.
    #[error("a key is rsa or ed25519")]
    Algorithm,
    /// A key of this kind waits for its record already.
    #[error("a key of this kind waits for its record already")]
    Pending,
    /// There are as many as there may be.
    #[error("a workspace has at most 100 keys")]
    TooMany,
    /// No key came out, or one does not open with what is here.
    #[error("a key can't be made or opened: {0}")]
    Seal(String),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<SealError> for DkimKeyError {
    fn from(error: SealError) -> Self {
        Self::Seal(error.to_string())
    }
}
