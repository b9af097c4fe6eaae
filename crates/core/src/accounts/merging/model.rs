//! What a merge keeps, so that it can be taken back, and which values it can choose.

use kit::clock::Timestamp;
use kit::db::catalog::{Key, Whole};
use serde::{Deserialize, Serialize};

use crate::accounts::{Account, AccountId, AccountKind};

/// Values of an account itself that a merge can choose.
pub(super) const TEXTS: [&str; 3] = ["name", "website", "kind"];
/// The choice of the place in the family.
pub(super) const PARENT: &str = "parent";
/// The choice between open and closed.
pub(super) const STATE: &str = "state";
/// What the choice of a field begins with.
pub(super) const FIELD: &str = "field:";

/// An account that was merged into another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// The account that is gone.
    pub account: AccountId,
    /// Into which.
    pub into: AccountId,
    /// What it was called.
    pub name: String,
    /// The signature of who said so.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Everything that taking a merge back needs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Record {
    /// The row of the account that is gone.
    pub(super) account: Vec<Whole>,
    /// Whether it was open.
    pub(super) was_open: bool,
    /// Which values were taken from it.
    pub(super) took: Vec<String>,
    /// The survivor's own texts before and after, where it got others.
    pub(super) texts: Option<(Texts, Texts)>,
    /// Who stood where in the families, and where now.
    pub(super) family: Vec<Place>,
    /// The rows of the parts.
    pub(super) parts: Vec<Rows>,
}

/// What an account says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Texts {
    pub(super) name: String,
    pub(super) website: Option<String>,
    pub(super) kind: AccountKind,
}

impl Texts {
    pub(super) fn of(account: &Account) -> Self {
        Self {
            name: account.name.clone(),
            website: account.website.clone(),
            kind: account.kind,
        }
    }

    /// The same with what stands in `other` under these names.
    pub(super) fn taking(mut self, other: &Self, took: &[String]) -> Self {
        for name in took {
            match name.as_str() {
                "name" => self.name.clone_from(&other.name),
                "website" => self.website.clone_from(&other.website),
                "kind" => self.kind = other.kind,
                _ => {}
            }
        }
        self
    }

    /// What is `after` still becomes what it was `before`.
    pub(super) fn back(mut self, before: &Self, after: &Self) -> Self {
        if self.name == after.name {
            self.name.clone_from(&before.name);
        }
        if self.website == after.website {
            self.website.clone_from(&before.website);
        }
        if self.kind == after.kind {
            self.kind = before.kind;
        }
        self
    }
}

/// One account's place in its family before and after a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    pub(super) account: AccountId,
    pub(super) before: Option<AccountId>,
    pub(super) after: Option<AccountId>,
}

/// What a merge did with the rows of one part.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Rows {
    pub(super) table: String,
    pub(super) column: String,
    pub(super) only: Option<(String, String)>,
    /// Keys of rows that became the survivor's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) moved: Vec<Key>,
    /// Rows of the account that is gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) gone: Vec<Whole>,
    /// Values of the survivor that others took the place of: which field, how it was, how it is since.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) values: Vec<Value>,
}

/// The rows of one value of the survivor, before and after.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Value {
    pub(super) before: Vec<Whole>,
    pub(super) after: Vec<Whole>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(name: &str, website: Option<&str>) -> Texts {
        Texts {
            name: name.to_owned(),
            website: website.map(str::to_owned),
            kind: AccountKind::Company,
        }
    }

    #[test]
    fn what_was_taken_goes_back_and_what_was_written_since_stays() {
        let (ours, theirs) = (texts("Acme", None), texts("Acme Ltd", Some("acme.example")));
        let took = ["website".to_owned()];
        let after = ours.clone().taking(&theirs, &took);
        assert_eq!(after, texts("Acme", Some("acme.example")));
        assert_eq!(after.clone().back(&ours, &after), ours);
        let renamed = texts("Acme Group", Some("acme.example"));
        assert_eq!(renamed.back(&ours, &after), texts("Acme Group", None));
    }
}
