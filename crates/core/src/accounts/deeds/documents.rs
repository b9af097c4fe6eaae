//! Acts on many accounts as programs see and send them.

use kit::web::api::{Limit, Sample};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AccountBulk, AccountBulkId, AccountBulkRow, Chosen, NewAccountBulk, Wanted};
use crate::accounts::AccountId;
use crate::accounts::finding::Wishes;
use crate::agents::AgentId;

/// An act on many accounts.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AccountBulk")]
pub struct AccountBulkDocument {
    /// Its id.
    id: AccountBulkId,
    /// Who does it, or who took it back; null for the program itself.
    agent: Option<AgentId>,
    /// What is done to each account.
    deeds: Vec<AccountDeed>,
    /// `running`, `done`, `undoing` or `undone`.
    state: &'static str,
    /// How many accounts it goes through.
    total: i64,
    /// How many it has gone through.
    done: i64,
    /// How many are changed by it now.
    changed: i64,
    /// How many it could not change, or not take back.
    refused: i64,
    /// When it began: microseconds since 1970-01-01 UTC.
    created_at: i64,
    /// When it came to an end; null before.
    ended_at: Option<i64>,
}

/// What became of one account.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AccountBulkResult")]
pub struct AccountBulkResult {
    /// Which.
    account: AccountId,
    /// `waiting`, `changed`, `same`, `refused`, `undone` or `kept`.
    fate: &'static str,
    /// The key of the reason where it is refused or kept: `deeds-failure-since`.
    reason: Option<String>,
}

/// One thing to do.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AccountDeed")]
pub struct AccountDeed {
    /// What: `owner`, `tag`, `untag`, `tier`, `stage`, `state`, `field` or `playbook`.
    #[schemars(length(min = 1, max = 40))]
    deed: String,
    /// With what: an agent's id or `none` for an owner, a word for a tag, a tag's id, a tier's id or `rule`, a stage's id,
    /// `open` or `closed`, a field's value as JSON, a playbook's id.
    #[schemars(length(max = 10_000))]
    value: String,
    /// The reason of a tier, the key of a field.
    #[serde(default)]
    #[schemars(length(max = 500))]
    detail: String,
}

/// Which accounts, as the filters of the list say it; what is left out asks nothing.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "AccountFilters")]
pub struct AccountFilters {
    /// A part of the name.
    #[schemars(length(max = 200))]
    q: String,
    /// `me`, `none`, or an agent's id.
    #[schemars(length(max = 40))]
    owner: String,
    /// A tier's id.
    #[schemars(length(max = 40))]
    tier: String,
    /// `self_service`, `tech_touch` or `high_touch`.
    #[schemars(length(max = 40))]
    touch: String,
    /// A stage's id.
    #[schemars(length(max = 40))]
    stage: String,
    /// A tag's id.
    #[schemars(length(max = 40))]
    tag: String,
    /// `company` or `person`.
    #[schemars(length(max = 40))]
    kind: String,
    /// `open` or `closed`.
    #[schemars(length(max = 40))]
    state: String,
    /// Renews within so many days.
    #[schemars(length(max = 40))]
    renews: String,
    /// A segment's id.
    #[schemars(length(max = 40))]
    segment: String,
}

/// An act to be done.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountBulkInput {
    /// Which accounts; nothing for all that the filters leave.
    #[schemars(length(max = 5000))]
    accounts: Option<Vec<AccountId>>,
    /// The filters; they count where no accounts are named.
    #[serde(default)]
    filters: AccountFilters,
    /// What is done to each account, in this order; all of it or nothing.
    #[schemars(length(min = 1, max = 40))]
    deeds: Vec<AccountDeed>,
}

/// Where to go on in the accounts of an act, and how far.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountBulkQuery {
    /// The cursor of the part before: its `next`.
    pub(super) after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    pub(super) limit: Limit,
}

impl From<AccountBulk> for AccountBulkDocument {
    fn from(bulk: AccountBulk) -> Self {
        let deed = |wanted: Wanted| AccountDeed {
            deed: wanted.deed,
            value: wanted.value,
            detail: wanted.detail,
        };
        Self {
            id: bulk.id,
            agent: bulk.agent,
            deeds: bulk.deeds.into_iter().map(deed).collect(),
            state: bulk.state.as_str(),
            total: bulk.total,
            done: bulk.done,
            changed: bulk.changed,
            refused: bulk.refused,
            created_at: bulk.created_at.0,
            ended_at: bulk.ended_at.map(|at| at.0),
        }
    }
}

impl From<(AccountBulkRow, Option<String>)> for AccountBulkResult {
    fn from((row, _): (AccountBulkRow, Option<String>)) -> Self {
        Self {
            account: row.account,
            fate: row.fate.as_str(),
            reason: Some(row.reason).filter(|reason| !reason.is_empty()),
        }
    }
}

impl AccountBulkInput {
    pub(super) fn act(self) -> NewAccountBulk {
        let filters = serde_json::to_value(self.filters).expect("filters are JSON");
        let deed = |deed: AccountDeed| Wanted {
            deed: deed.deed,
            value: deed.value,
            detail: deed.detail,
        };
        NewAccountBulk {
            wishes: serde_json::from_value::<Wishes>(filters).expect("filters ask for accounts"),
            chosen: self.accounts.map_or(Chosen::All, Chosen::These),
            deeds: self.deeds.into_iter().map(deed).collect(),
        }
    }
}

impl Sample for AccountBulkInput {
    fn sample() -> Self {
        Self {
            accounts: Some(vec!["acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")]),
            filters: AccountFilters::default(),
            deeds: vec![AccountDeed {
                deed: "tag".to_owned(),
                value: "key account".to_owned(),
                detail: String::new(),
            }],
        }
    }
}

impl Sample for AccountBulkDocument {
    fn sample() -> Self {
        Self {
            id: "abk_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            agent: Some("agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            deeds: AccountBulkInput::sample().deeds,
            state: "done",
            total: 1,
            done: 1,
            changed: 1,
            refused: 0,
            created_at: 1_772_442_000_000_000,
            ended_at: Some(1_772_442_000_000_000),
        }
    }
}

impl Sample for AccountBulkResult {
    fn sample() -> Self {
        Self {
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            fate: "changed",
            reason: None,
        }
    }
}
