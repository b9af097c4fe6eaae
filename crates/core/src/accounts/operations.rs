//! What the API's document says about accounts.

use std::collections::BTreeMap;

use kit::web::api::{Listed, Operation, Precondition, Sample};

use super::api::{AccountDocument, AccountInput};
use super::external_ids::api::ExternalIdDocument;
use super::failures::{NAME, WEBSITE};
use super::finding::query::AccountsQuery;
use super::{AccountId, AccountKind};
use crate::fields::VALUES;
use crate::tags::TAG;

const PART: &str = "Accounts";

/// `GET /api/v1/accounts`
pub const LIST: Operation = Operation::new(
    PART,
    "List accounts",
    "All accounts of the workspace, open and closed, by name; those that filters leave, in the order asked for; or the one that another system calls so.",
)
.asks::<AccountsQuery>()
.gives::<Listed<AccountDocument>>();

/// `POST /api/v1/accounts`
pub const CREATE: Operation = Operation::new(
    PART,
    "Add an account",
    "Two accounts may have the same name: send an Idempotency-Key, so that a request sent twice adds one.",
)
.takes::<AccountInput>()
.makes::<AccountDocument>()
.fails(&[&NAME, &WEBSITE, &TAG, &VALUES]);

/// `GET /api/v1/accounts/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show an account",
    "Its ETag is what a change names with If-Match.",
)
.of::<AccountId>()
.shows::<AccountDocument>();

/// `PUT /api/v1/accounts/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change an account",
    "Replaces name, website and kind. A website that is left out is taken away, a kind that is left out stays.",
)
.of::<AccountId>()
.takes::<AccountInput>()
.shows::<AccountDocument>()
.held_by(Precondition::Required)
.fails(&[&NAME, &WEBSITE, &TAG, &VALUES]);

/// `PUT /api/v1/accounts/{id}/closure`
pub const CLOSE: Operation = Operation::new(
    PART,
    "Close an account",
    "Closing a closed account changes nothing: the first closer stays.",
)
.of::<AccountId>()
.shows::<AccountDocument>()
.held_by(Precondition::Optional);

/// `DELETE /api/v1/accounts/{id}/closure`
pub const REOPEN: Operation = Operation::new(
    PART,
    "Open a closed account again",
    "An open account stays as it is.",
)
.of::<AccountId>()
.shows::<AccountDocument>()
.held_by(Precondition::Optional);

impl Sample for AccountInput {
    fn sample() -> Self {
        Self {
            name: "Northwind Traders".to_owned(),
            website: Some("northwind.example".to_owned()),
            kind: Some(AccountKind::Company),
            tags: Some(vec!["key account".to_owned()]),
            fields: BTreeMap::new(),
        }
    }
}

impl Sample for AccountDocument {
    fn sample() -> Self {
        Self {
            id: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Northwind Traders".to_owned(),
            website: Some("northwind.example".to_owned()),
            kind: AccountKind::Company,
            parent: None,
            owner: Some("agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            stage: Some("rng_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            tier: Some("rng_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            mrr: Some(125_000),
            arr: Some(1_500_000),
            currency: Some("EUR".to_owned()),
            renews: Some("2027-03-01".to_owned()),
            external_ids: vec![ExternalIdDocument::sample()],
            tags: vec!["key account".to_owned()],
            fields: [("industry".to_owned(), "Logistics".into())].into(),
            version: 3,
            is_open: true,
            created_at: 1_772_442_000_000_000,
            changed_at: 1_772_528_400_000_000,
            closed_at: None,
        }
    }
}
