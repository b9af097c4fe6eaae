//! DKIM keys as programs see them.

use kit::web::api::Sample;
use mail::dkim::{Algorithm, Published};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DkimKey, DkimKeyId, Wanted};

/// A key that signs what a domain sends. Its private part is never shown.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "DkimKey")]
pub struct DkimKeyDocument {
    /// Its id.
    pub(super) id: DkimKeyId,
    /// Whose mails it signs.
    pub(super) domain: String,
    /// By which name under the domain its record is found.
    pub(super) selector: String,
    /// Which kind: `rsa` or `ed25519`.
    pub(super) algorithm: String,
    /// The name of the TXT record to publish.
    pub(super) record_name: String,
    /// The text of the TXT record to publish.
    pub(super) record: String,
    /// Where it is: `waiting` for its record, `signing`, or `retired`.
    pub(super) stage: String,
    /// What the DNS said when it was last asked: `fits`, `missing`, `other`, `revoked`, `broken`, `several` or `no_answer`;
    /// null while it was not asked.
    pub(super) verdict: Option<String>,
    /// When it was last asked: microseconds since 1970-01-01 UTC.
    pub(super) checked_at: Option<i64>,
    /// Since when it signs: microseconds since 1970-01-01 UTC.
    pub(super) signing_since: Option<i64>,
    /// When it was made: microseconds since 1970-01-01 UTC.
    pub(super) made_at: i64,
    /// When it was put out of use: microseconds since 1970-01-01 UTC.
    pub(super) retired_at: Option<i64>,
}

/// What key a program wants.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DkimKeyInput {
    /// Whose mails it is to sign: a domain from which an open mailbox sends.
    #[schemars(length(min = 1, max = 253))]
    pub(super) domain: String,
    /// Which kind.
    pub(super) algorithm: DkimAlgorithm,
}

/// A kind of key.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "DkimAlgorithm")]
pub enum DkimAlgorithm {
    /// rsa-sha256 with 2048 bits, which every server knows.
    Rsa,
    /// ed25519-sha256 (RFC 8463), to be used beside the other.
    Ed25519,
}

impl From<DkimKeyInput> for Wanted {
    fn from(input: DkimKeyInput) -> Self {
        Self {
            domain: input.domain.trim().to_lowercase(),
            algorithm: match input.algorithm {
                DkimAlgorithm::Rsa => Algorithm::Rsa,
                DkimAlgorithm::Ed25519 => Algorithm::Ed25519,
            },
        }
    }
}

impl From<DkimKey> for DkimKeyDocument {
    fn from(key: DkimKey) -> Self {
        Self {
            record_name: key.name(),
            stage: key.stage().as_str().to_owned(),
            verdict: key.verdict.map(|verdict| Published::as_str(verdict).to_owned()),
            id: key.id,
            domain: key.domain,
            selector: key.selector,
            algorithm: key.algorithm.as_str().to_owned(),
            record: key.record,
            checked_at: key.checked_at.map(|at| at.0),
            signing_since: key.signing_since.map(|at| at.0),
            made_at: key.made_at.0,
            retired_at: key.retirement.map(|retirement| retirement.at.0),
        }
    }
}

impl Sample for DkimKeyInput {
    fn sample() -> Self {
        Self {
            domain: "fernweh.example".to_owned(),
            algorithm: DkimAlgorithm::Ed25519,
        }
    }
}

impl Sample for DkimKeyDocument {
    fn sample() -> Self {
        Self {
            id: "dkm_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            domain: "fernweh.example".to_owned(),
            selector: "tandem-7hq2ws".to_owned(),
            algorithm: "ed25519".to_owned(),
            record_name: "tandem-7hq2ws._domainkey.fernweh.example".to_owned(),
            record: "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=".to_owned(),
            stage: "signing".to_owned(),
            verdict: Some("fits".to_owned()),
            checked_at: Some(1_795_000_010_000_000),
            signing_since: Some(1_795_000_010_000_000),
            made_at: 1_795_000_000_000_000,
            retired_at: None,
        }
    }
}
