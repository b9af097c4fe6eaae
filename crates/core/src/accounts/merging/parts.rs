//! What refers to accounts, and what a merge does with it. Each feature says it of its tables in a constant; the table in
//! the server's wiring lists them all, and a test holds that no table with accounts in it is missing there.

use kit::db::{DbError, Tx};

use crate::accounts::AccountId;
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// A feature's own counting of an account.
pub type Count = fn(&mut Tx<'_>, WorkspaceId, AccountId) -> Result<(), DbError>;

/// A table whose rows name accounts.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The table.
    pub table: &'static str,
    /// The column with the account's id.
    pub column: &'static str,
    /// Another column that must hold this text, where the table is not for accounts alone.
    pub only: Option<(&'static str, &'static str)>,
    /// Another column that must be without a value.
    pub without: Option<&'static str>,
    /// What a merge does with the rows.
    pub way: Way,
    /// What people are told of them before.
    pub said: Option<Said>,
    /// The prefix of the ids of the rows, where search finds them under the account's name.
    pub searched: Option<&'static str>,
}

/// What a merge does with the rows of the account that goes.
#[derive(Clone, Copy, Debug)]
pub enum Way {
    /// They become the survivor's.
    Move,
    /// They become the survivor's where it has nothing in their place; the merge keeps the others.
    MoveFree,
    /// The survivor gets those that it lacks; the column names what they say.
    Add(&'static str),
    /// All together are one value, of this name: the survivor's stays, or this one takes its place.
    Choose(&'static str),
    /// The same for each field, which the column names.
    ChooseEach(&'static str),
    /// The merge keeps them until it is taken back.
    Keep,
    /// They hold of the survivor only if they held of both.
    Both,
    /// They follow from other rows: the first function forgets them, the second makes them anew.
    Derive(Count, Count),
}

/// How the preview counts the rows.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    /// The key of the counted sentence.
    pub text: &'static str,
    /// Who may hear of them.
    pub needs: Permission,
}

impl Part {
    /// Rows that name an account in `account_id`.
    pub const fn new(table: &'static str, way: Way) -> Self {
        Self {
            table,
            column: "account_id",
            only: None,
            without: None,
            way,
            said: None,
            searched: None,
        }
    }

    /// The same, named in another column.
    #[must_use]
    pub const fn named_in(self, column: &'static str) -> Self {
        Self { column, ..self }
    }

    /// The same, of the rows that have this text in this column.
    #[must_use]
    pub const fn only(self, column: &'static str, text: &'static str) -> Self {
        Self {
            only: Some((column, text)),
            ..self
        }
    }

    /// The same, of the rows that have no value in this column; the others are a part of their own after it.
    #[must_use]
    pub const fn without(self, column: &'static str) -> Self {
        Self {
            without: Some(column),
            ..self
        }
    }

    /// The same, told to people.
    #[must_use]
    pub const fn said(self, text: &'static str, needs: Permission) -> Self {
        Self {
            said: Some(Said { text, needs }),
            ..self
        }
    }

    /// The same, found by the search under the account's name.
    #[must_use]
    pub const fn searched(self, prefix: &'static str) -> Self {
        Self {
            searched: Some(prefix),
            ..self
        }
    }
}

/// Every part, as the wiring lists them.
#[derive(Clone, Debug, Default)]
pub struct Parts(Vec<&'static Part>);

impl Parts {
    /// The table.
    pub fn new(parts: &[&'static Part]) -> Self {
        Self(parts.to_vec())
    }

    /// All, in the order of the wiring.
    pub fn all(&self) -> impl Iterator<Item = &'static Part> {
        self.0.iter().copied()
    }
}
