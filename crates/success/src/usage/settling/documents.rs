//! What waits for its account, as programs see it.

use kit::web::api::{Limit, Sample};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::contacts::ContactId;

use super::{Asked, Candidate, RECENT, Waiting};
use crate::usage::people::NameId;

/// A name whose events belong to no account.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UsageUnsettled")]
pub struct WaitingDocument {
    /// Its id.
    id: NameId,
    /// `group`, `user` or `anonymous`.
    kind: String,
    /// As the sender writes it.
    value: String,
    /// What the traits call it.
    title: Option<String>,
    /// Why it waits: `group`, `no_contact`, `anonymous`, `shared`, `no_account`, `several_accounts` or `other_days`.
    reason: Option<String>,
    /// How many events wait.
    events: i64,
    /// Of how many people.
    people: i64,
    /// When the first of them happened: microseconds since 1970-01-01 UTC.
    first_at: i64,
    /// When the last one happened.
    last_at: i64,
    /// The contact that the person is.
    contact: Option<ContactId>,
    /// The accounts that it may be, what says most first.
    candidates: Vec<CandidateDocument>,
    /// When it was left without an account on purpose.
    left_at: Option<i64>,
}

/// An account that may be meant.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UsageCandidate")]
pub struct CandidateDocument {
    /// The account.
    account: AccountId,
    /// Its name.
    name: String,
    /// Why it is offered: `place`, `external_id`, `address` or `name`.
    why: String,
}

/// Which part of the queue.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QueueQuery {
    /// What the id, the name or the address contains.
    #[serde(default)]
    q: String,
    /// Of how many days; 30 unless told, 0 for all.
    days: Option<i64>,
    /// `true` for those that were left without an account on purpose.
    #[serde(default)]
    left: bool,
    /// The cursor of the part before: its `next`.
    pub(super) after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    pub(super) limit: Limit,
}

/// The account that is meant.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "UsageNameAccountInput")]
pub struct AccountInput {
    /// The account.
    pub(super) account: AccountId,
}

impl QueueQuery {
    pub(super) fn asked(&self) -> Asked {
        Asked {
            text: self.q.clone(),
            days: Some(self.days.unwrap_or(RECENT).clamp(0, 4_000)).filter(|days| *days > 0),
            is_left: self.left,
        }
    }
}

impl From<Waiting> for WaitingDocument {
    fn from(waiting: Waiting) -> Self {
        let Waiting { line, looked } = waiting;
        Self {
            id: line.id,
            kind: line.kind,
            value: line.value,
            title: line.title,
            reason: looked.reason.map(|reason| reason.as_str().to_owned()),
            events: line.events,
            people: line.people,
            first_at: line.first.0,
            last_at: line.last.0,
            contact: looked.contact,
            candidates: looked.candidates.into_iter().map(Into::into).collect(),
            left_at: line.left.map(|mark| mark.at.0),
        }
    }
}

impl From<Candidate> for CandidateDocument {
    fn from(candidate: Candidate) -> Self {
        Self {
            account: candidate.account,
            name: candidate.name,
            why: candidate.why.as_str().to_owned(),
        }
    }
}

impl CandidateDocument {
    pub(in crate::usage) fn invented() -> Self {
        Self {
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Acme Logistics".to_owned(),
            why: "address".to_owned(),
        }
    }
}

impl Sample for WaitingDocument {
    fn sample() -> Self {
        Self {
            id: "unm_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            kind: "user".to_owned(),
            value: "u-1".to_owned(),
            title: Some("Leyla Aliyeva".to_owned()),
            reason: Some("several_accounts".to_owned()),
            events: 112,
            people: 1,
            first_at: 1_772_442_000_000_000,
            last_at: 1_772_528_400_000_000,
            contact: None,
            candidates: vec![CandidateDocument::invented()],
            left_at: None,
        }
    }
}

impl Sample for AccountInput {
    fn sample() -> Self {
        Self {
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
        }
    }
}
