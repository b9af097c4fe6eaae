//! Ids of usage as programs see them.

use kit::web::api::Sample;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::contacts::ContactId;

use super::{Identity, Link};
use crate::usage::people::{Name, NameId};
use crate::usage::settling::CandidateDocument;

/// An id of usage and who stands behind it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UsageName")]
pub struct IdentityDocument {
    /// Its id here.
    id: NameId,
    /// `group`, `user` or `anonymous`.
    kind: String,
    /// As the sender writes it.
    value: String,
    /// The address in its traits.
    email: Option<String>,
    /// Who stands behind it: the same id unless a link leads on.
    root: NameId,
    /// The contact that they are.
    contact: Option<ContactId>,
    /// The account, where it is the same on all days.
    account: Option<AccountId>,
    /// The account that somebody chose.
    chosen: Option<AccountId>,
    /// Why the account can't be told for all days.
    reason: Option<String>,
    /// The accounts that it may be.
    candidates: Vec<CandidateDocument>,
    /// When it was left without an account on purpose: microseconds since 1970-01-01 UTC.
    left_at: Option<i64>,
    /// How many ids are this person; 5,000 stand for more.
    ids: i64,
    /// What belongs together with it: 50 at a time.
    links: Vec<LinkDocument>,
    /// The id after which the next part of the links comes.
    next: Option<NameId>,
}

/// What belongs together with an id.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UsageLink")]
pub struct LinkDocument {
    /// The other end: an id of usage, or a contact.
    other: String,
    /// `user`, `anonymous`, `group` or `contact`.
    kind: String,
    /// As the sender writes it; the name of a contact.
    value: String,
    /// The address in its traits.
    email: Option<String>,
    /// Since when; null where nobody wrote it down.
    since: Option<i64>,
    /// How that is known: `identify`, `alias`, `group`, `event`, `external_id` or `email`.
    heard: String,
    /// The name of the source that it was first heard from.
    source: Option<String>,
    /// When somebody ended it; null while it counts.
    ended_at: Option<i64>,
}

/// An id by which a contact is known to the product.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UsageNameOfContact")]
pub struct NameDocument {
    /// Its id here.
    id: NameId,
    /// As the sender writes it.
    value: String,
    /// The address in its traits.
    email: Option<String>,
    /// How many ids are the same person; 5,000 stand for more.
    ids: i64,
}

/// Which part of the links.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinksQuery {
    /// The id after which to go on: the `next` of the part before.
    pub(super) after: Option<NameId>,
}

/// Whether a link counts.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "UsageLinkInput")]
pub struct LinkInput {
    /// The other end: an id of usage, or a contact.
    pub(super) other: String,
    /// Whether it counts no more; `false` restores it.
    pub(super) is_ended: bool,
}

impl From<Identity> for IdentityDocument {
    fn from(identity: Identity) -> Self {
        let looked = identity.looked;
        Self {
            id: identity.name.id,
            kind: identity.name.kind,
            value: identity.name.value,
            email: identity.name.email,
            root: looked.root,
            contact: looked.contact,
            account: looked.account,
            chosen: identity.chosen,
            reason: looked.reason.map(|reason| reason.as_str().to_owned()),
            candidates: looked.candidates.into_iter().map(Into::into).collect(),
            left_at: identity.left.map(|mark| mark.at.0),
            ids: identity.ids,
            links: identity.links.into_iter().map(Into::into).collect(),
            next: identity.next,
        }
    }
}

impl From<Link> for LinkDocument {
    fn from(link: Link) -> Self {
        Self {
            other: link.other.to_string(),
            kind: link.kind,
            value: link.value,
            email: link.email,
            since: link.since.map(|at| at.0),
            heard: link.heard.as_str().to_owned(),
            source: link.source,
            ended_at: link.ended.map(|ended| ended.at.0),
        }
    }
}

impl From<(Name, i64)> for NameDocument {
    fn from((name, ids): (Name, i64)) -> Self {
        Self {
            id: name.id,
            value: name.value,
            email: name.email,
            ids,
        }
    }
}

impl Sample for IdentityDocument {
    fn sample() -> Self {
        let id: NameId = "unm_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id");
        Self {
            id,
            kind: "user".to_owned(),
            value: "u-1".to_owned(),
            email: Some("leyla@acme.example".to_owned()),
            root: id,
            contact: None,
            account: None,
            chosen: None,
            reason: Some("no_contact".to_owned()),
            candidates: vec![CandidateDocument::invented()],
            left_at: None,
            ids: 2,
            links: vec![LinkDocument {
                other: "unm_01k5x0h3m8f2rq7v9c4w6d1nbf".to_owned(),
                kind: "anonymous".to_owned(),
                value: "b-7".to_owned(),
                email: None,
                since: Some(1_772_442_000_000_000),
                heard: "identify".to_owned(),
                source: Some("Web app".to_owned()),
                ended_at: None,
            }],
            next: None,
        }
    }
}

impl Sample for NameDocument {
    fn sample() -> Self {
        Self {
            id: "unm_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            value: "u-1".to_owned(),
            email: Some("leyla@acme.example".to_owned()),
            ids: 2,
        }
    }
}

impl Sample for LinkInput {
    fn sample() -> Self {
        Self {
            other: "unm_01k5x0h3m8f2rq7v9c4w6d1nbf".to_owned(),
            is_ended: true,
        }
    }
}
