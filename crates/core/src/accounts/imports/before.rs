//! How an account was before a row changed it, for the way back.

use serde::{Deserialize, Serialize};

use super::extras::Former;
use crate::accounts::{Account, AccountId, AccountKind, AccountText};

/// How an account was before a row changed it.
#[derive(Serialize, Deserialize)]
pub(super) struct Before {
    name: String,
    website: Option<String>,
    #[serde(default)]
    kind: AccountKind,
    #[serde(default)]
    parent: Option<AccountId>,
    #[serde(default, skip_serializing_if = "Former::is_empty")]
    former: Former,
}

impl Before {
    pub(super) fn of(account: &Account, former: Former) -> Self {
        Self {
            former,
            name: account.name.clone(),
            website: account.website.clone(),
            kind: account.kind,
            parent: account.parent,
        }
    }

    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).expect("two texts are always JSON")
    }

    pub(super) fn read(text: &str) -> Option<(AccountText, Option<AccountId>, Former)> {
        let before: Self = serde_json::from_str(text).ok()?;
        let text = AccountText {
            name: before.name,
            website: before.website,
            kind: before.kind,
        };
        Some((text, before.parent, before.former))
    }
}
