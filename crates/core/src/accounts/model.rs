//! What an account is, and which texts it takes.

use kit::clock::Timestamp;
use kit::db::DbError;
use kit::text::fold;
use kit::web::api::cursor;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AccountId, LIST};
use crate::actor::Forbidden;

/// A customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// Its website's host and path, without a scheme.
    pub website: Option<String>,
    /// A company or a person.
    pub kind: AccountKind,
    /// The account above it in its family.
    pub parent: Option<AccountId>,
    /// The account at the top of its family; itself without a parent.
    pub family: AccountId,
    /// Grows by one with every change.
    pub version: i64,
    /// When it came.
    pub created_at: Timestamp,
    /// When its name or website last changed.
    pub changed_at: Timestamp,
    /// Who closed it and when, while it is closed.
    pub closure: Option<Closure>,
}

/// What sort of customer an account is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// A company.
    #[default]
    Company,
    /// One person in consumer business.
    Person,
}

impl AccountKind {
    /// Both, the usual one first.
    pub const ALL: [Self; 2] = [Self::Company, Self::Person];

    /// The word in tables, addresses and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Person => "person",
        }
    }

    /// The kind with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The key of its name in the reader's language.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Company => "accounts-kind-company",
            Self::Person => "accounts-kind-person",
        }
    }

    /// Its icon in the sprite.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Company => "building-2",
            Self::Person => "user",
        }
    }
}

/// Who closed an account, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closure {
    /// The closer's signature.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What people write about an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountText {
    /// Its name.
    pub name: String,
    /// Its website, or nothing.
    pub website: Option<String>,
    /// A company or a person.
    pub kind: AccountKind,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The name is empty or longer than 200 characters.
    #[error("a name has 1 to 200 characters")]
    BadName,
    /// The website can't be one.
    #[error("a website looks like example.com")]
    BadWebsite,
    /// The account that should stand above is none of this workspace.
    #[error("there is no such account to stand above")]
    NoParent,
    /// An account would stand above itself; the names from it upwards and back to it.
    #[error("an account can't stand above itself: {0}")]
    Loop(String),
    /// The family would have too many levels or accounts.
    #[error("a family has up to {levels} levels and {members} accounts", levels = super::family::LEVELS, members = super::family::MOST)]
    TooLarge,
    /// The source of an external id is empty or too long.
    #[error("a source has 1 to 60 letters, digits, points, dashes or underscores")]
    BadSource,
    /// The external id is empty or too long.
    #[error("an external id has 1 to 200 characters")]
    BadExternalId,
    /// Another account has this external id.
    #[error("another account has this external id: {0}")]
    ExternalIdTaken(AccountId),
    /// The accounts can't be merged: they are the same, or one is none of this workspace.
    #[error("these accounts can't be merged")]
    BadMerge,
    /// The merge can't be taken back before that of the survivor; what that one was called.
    #[error("the merge of {0} has to be taken back first")]
    MergedOn(String),
    /// There is no such account here.
    #[error("there is no such account")]
    Unknown,
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed the account meanwhile")]
    Stale(Box<Account>),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl AccountText {
    /// The text as it is stored: trimmed, without control characters, the website without its scheme.
    ///
    /// # Errors
    /// [`AccountError::BadName`] and [`AccountError::BadWebsite`].
    pub fn checked(&self) -> Result<Self, AccountError> {
        let name: String = self.name.trim().chars().filter(|c| !c.is_control()).collect();
        if name.is_empty() || name.chars().count() > 200 {
            return Err(AccountError::BadName);
        }
        let website = self
            .website
            .as_deref()
            .map(str::trim)
            .filter(|website| !website.is_empty());
        Ok(Self {
            name,
            website: website.map(checked_website).transpose()?,
            kind: self.kind,
        })
    }

    pub(super) fn into_account(self, id: AccountId, now: Timestamp) -> Account {
        let Self { name, website, kind } = self;
        Account {
            id,
            name,
            website,
            kind,
            parent: None,
            family: id,
            version: 1,
            created_at: now,
            changed_at: now,
            closure: None,
        }
    }
}

impl Account {
    pub(super) fn take(&mut self, text: AccountText, now: Timestamp) {
        self.name = text.name;
        self.website = text.website;
        self.kind = text.kind;
        self.version += 1;
        self.changed_at = now;
    }

    /// Whether work goes on with it.
    pub fn is_open(&self) -> bool {
        self.closure.is_none()
    }

    /// The place after this account in the list.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            name: fold(&self.name),
            id: self.id,
        }
    }
}

pub(super) fn checked_website(text: &str) -> Result<String, AccountError> {
    let bare = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .unwrap_or(text);
    let bare = bare.trim_end_matches('/');
    let host = bare.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = host.contains('.')
        && host.split('.').all(|label| !label.is_empty())
        && host.chars().all(|c| c.is_alphanumeric() || ".-:".contains(c));
    let is_clean = bare.len() <= 500 && bare.chars().all(|c| !c.is_control() && !c.is_whitespace());
    if is_host && is_clean {
        Ok(bare.to_owned())
    } else {
        Err(AccountError::BadWebsite)
    }
}

/// A place in the list of accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The folded name of the last account seen.
    pub name: String,
    /// Its id.
    pub id: AccountId,
}

impl Cursor {
    /// The text for URLs.
    pub fn encode(&self) -> String {
        cursor::write(LIST, self)
    }

    /// Reads what [`Cursor::encode`] wrote; `None` for anything else.
    pub fn decode(text: &str) -> Option<Self> {
        cursor::read(LIST, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn website(text: &str) -> Result<Option<String>, AccountError> {
        let text = AccountText {
            name: "Acme".to_owned(),
            website: Some(text.to_owned()),
            ..AccountText::default()
        };
        text.checked().map(|text| text.website)
    }

    #[test]
    fn websites_lose_their_scheme_and_nonsense_is_refused() {
        assert_eq!(
            website("https://example.com/"),
            Ok(Some("example.com".to_owned()))
        );
        assert_eq!(website("nümunə.az/əsas"), Ok(Some("nümunə.az/əsas".to_owned())));
        assert_eq!(website("  "), Ok(None));
        for bad in [
            "example",
            "javascript:alert(1)",
            "a b.com",
            "http://",
            ".com",
            "a..b",
        ] {
            assert_eq!(website(bad), Err(AccountError::BadWebsite), "{bad}");
        }
    }

    #[test]
    fn names_are_trimmed_and_never_empty() {
        let text = |name: &str| {
            AccountText {
                name: name.to_owned(),
                ..AccountText::default()
            }
            .checked()
        };
        assert_eq!(text(" Ac\u{0}me ").map(|text| text.name), Ok("Acme".to_owned()));
        assert_eq!(text(" \u{7} "), Err(AccountError::BadName));
        assert_eq!(text(&"x".repeat(201)), Err(AccountError::BadName));
    }

    #[test]
    fn a_cursor_survives_its_text() {
        let id = "acc_01k0000000000000000000000z".parse().expect("an id");
        let cursor = Cursor {
            name: "łódź\nand more".to_owned(),
            id,
        };
        assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        assert_eq!(Cursor::decode("%%%"), None);
    }
}
