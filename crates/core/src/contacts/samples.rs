//! What the API's document shows as examples of contacts.

use std::collections::BTreeMap;

use kit::web::api::Sample;

use super::ContactId;
use super::api::{ContactDocument, ContactInput, NewContactInput, WholeDocument};
use super::erasing::api::{ErasureDocument, ExportDocument};
use super::identities::Kind;
use super::identities::api::{IdentityDocument, IdentityInput};
use super::memberships::ContactRole;
use super::memberships::api::{MembershipDocument, MembershipInput, StandingInput};
use super::merging::api::{DoubleDocument, MergeInput};

impl Sample for ContactInput {
    fn sample() -> Self {
        Self {
            name: "Nadia Rahimova".to_owned(),
            language: Some("az".to_owned()),
            time_zone: Some("Asia/Baku".to_owned()),
            note: "Prefers to be called in the morning.".to_owned(),
            tags: Some(vec!["champion".to_owned()]),
            fields: BTreeMap::new(),
        }
    }
}

impl Sample for NewContactInput {
    fn sample() -> Self {
        let ContactInput {
            name,
            language,
            time_zone,
            note,
            tags,
            fields,
        } = ContactInput::sample();
        Self {
            name,
            language,
            time_zone,
            note,
            tags,
            fields,
            identities: vec![IdentityInput::sample()],
            membership: None,
        }
    }
}

impl Sample for ContactDocument {
    fn sample() -> Self {
        let id: ContactId = "con_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id");
        let ContactInput {
            name,
            language,
            time_zone,
            note,
            ..
        } = ContactInput::sample();
        Self {
            id,
            stands_for: id,
            name,
            language,
            time_zone,
            note,
            version: 2,
            created_at: 1_772_442_000_000_000,
            changed_at: 1_772_528_400_000_000,
        }
    }
}

impl Sample for WholeDocument {
    fn sample() -> Self {
        Self {
            contact: ContactDocument::sample(),
            identities: vec![IdentityDocument::sample()],
            memberships: vec![MembershipDocument::sample()],
            tags: vec!["champion".to_owned()],
            fields: [("department".to_owned(), "Operations".into())].into(),
        }
    }
}

impl Sample for IdentityInput {
    fn sample() -> Self {
        Self {
            kind: Kind::Email,
            realm: String::new(),
            value: "nadia@northwind.example".to_owned(),
        }
    }
}

impl Sample for IdentityDocument {
    fn sample() -> Self {
        Self {
            id: "idn_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            contact: "con_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            kind: Kind::Email,
            realm: String::new(),
            value: "nadia@northwind.example".to_owned(),
            verified_at: Some(1_772_442_000_000_000),
        }
    }
}

impl Sample for StandingInput {
    fn sample() -> Self {
        Self {
            title: "Head of operations".to_owned(),
            roles: vec![ContactRole::Champion, ContactRole::User],
            since: Some("2025-02-01".to_owned()),
            until: None,
        }
    }
}

impl Sample for MembershipInput {
    fn sample() -> Self {
        let StandingInput {
            title,
            roles,
            since,
            until,
        } = StandingInput::sample();
        Self {
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            title,
            roles,
            since,
            until,
        }
    }
}

impl Sample for MembershipDocument {
    fn sample() -> Self {
        let StandingInput {
            title,
            roles,
            since,
            until,
        } = StandingInput::sample();
        Self {
            id: "mem_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            contact: "con_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            title,
            roles,
            since,
            until,
        }
    }
}

impl Sample for MergeInput {
    fn sample() -> Self {
        Self {
            into: "con_01k5x0h3m8f2rq7v9c4w6d1nbf".parse().expect("an id"),
        }
    }
}

impl Sample for DoubleDocument {
    fn sample() -> Self {
        Self {
            contact: ContactDocument::sample(),
            because: "name",
        }
    }
}

impl Sample for ErasureDocument {
    fn sample() -> Self {
        Self {
            contact: "con_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            by: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe Ada Byron".to_owned(),
            at: 1_772_528_400_000_000,
            proof: serde_json::json!({ "contacts": 1, "identities": 2, "memberships": 1, "left": 0 }),
        }
    }
}

impl Sample for ExportDocument {
    fn sample() -> Self {
        Self {
            person: serde_json::json!({ "contact": "con_01k5x0h3m8f2rq7v9c4w6d1nbe", "identities": [] }),
        }
    }
}
