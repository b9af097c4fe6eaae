//! What can be imported: one table of targets, made in the server. A feature adds its own by a [`Target`].

use std::borrow::Cow;
use std::collections::HashSet;

use kit::db::{DbError, Tx};
use kit::id::Uuid;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::ImportId;
pub use super::reading::{currency, is_yes, mark, minor};
pub use super::slots::{Field, Form, Slot, Slots, Title};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// One sort of thing that a file can bring.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name for programs and in tables: `accounts`.
    pub key: &'static str,
    /// The message with the name of many of them.
    pub title: &'static str,
    /// What one needs, beside the permission to import.
    pub needs: Permission,
    /// What a row can say.
    pub fields: &'static [Field],
    /// What it can say beyond that in one workspace.
    pub own: Option<Owning>,
    /// Where the page of one is: this, followed by its id. Empty when one has no page of its own.
    pub path: &'static str,
    /// The page on which they are found.
    pub place: &'static str,
    /// The name of the list of them, for pages that show it.
    pub list: &'static str,
    /// Its id as people see it.
    pub id: fn(Uuid) -> String,
    /// What tells a row from all others, in this file and the next.
    pub row_key: fn(&Values) -> Result<RowKey, Refusal>,
    /// Those that are there already and may be what the row means, though no import has brought them.
    pub alike: fn(&mut Tx<'_>, &Actor, &Values) -> Result<Vec<Uuid>, RowError>,
    /// Takes one row by the feature's verbs: changes `known`, or adds when it is none or not there any more.
    pub take: fn(&mut Tx<'_>, &Actor, &Values, known: Option<Uuid>) -> Result<Taken, RowError>,
    /// Takes back what a row did, as far as nobody touched it since.
    pub take_back: fn(&mut Tx<'_>, &Actor, &Done) -> Result<Return, DbError>,
    /// How many are taken in one go, where that is possible.
    pub bulk: Option<Bulk>,
}

/// How rows are taken in one go that bring something new for sure (no key of theirs was ever seen, and there is nothing
/// that they may mean), or nothing at all. All others are taken one by one, with the same outcome.
#[derive(Clone, Copy, Debug)]
pub struct Bulk {
    /// Whether a row can be taken so at all.
    pub fits: fn(&Values) -> bool,
    /// What a row has in common with whatever it may mean: two without it in common are not [`Target::alike`].
    pub likeness: fn(&Values) -> Option<String>,
    /// Which of these likenesses something here has.
    pub taken: Taking,
    /// For each row whether all of it is known of what it means already; who can't tell says no.
    pub is_known: Knowing,
    /// Adds what the rows say, and refuses what does not fit.
    pub add: Adding,
    /// Takes back what rows have added.
    pub take_back: Returning,
}

/// What rows can say in one workspace only.
pub type Owning = fn(&mut Tx<'_>, WorkspaceId) -> Result<Vec<Slot>, DbError>;
/// Which likenesses are taken.
pub type Taking = fn(&mut Tx<'_>, &Actor, &[String]) -> Result<HashSet<String>, DbError>;
/// Whether rows say nothing new of what they mean.
pub type Knowing = fn(&mut Tx<'_>, &Actor, &[(Uuid, &Values)]) -> Result<Vec<bool>, DbError>;
/// Adds what rows of an import say; each is taken or refused.
pub type Adding =
    fn(&mut Tx<'_>, &Actor, ImportId, &[&Values]) -> Result<Vec<Result<Taken, Refusal>>, DbError>;
/// Takes back what rows have added.
pub type Returning = fn(&mut Tx<'_>, &Actor, &[&Done]) -> Result<Vec<Return>, DbError>;

/// The table of targets.
#[derive(Clone, Debug, Default)]
pub struct Targets(Vec<&'static Target>);

impl Targets {
    /// These ones.
    pub fn new(targets: &[&'static Target]) -> Self {
        Self(targets.to_vec())
    }

    /// All of them, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = &'static Target> {
        self.0.iter().copied()
    }

    /// The one of this name.
    pub fn named(&self, key: &str) -> Option<&'static Target> {
        self.iter().find(|target| target.key == key)
    }
}

/// What a row says, by the keys of the fields. Blanks around a value are gone; an empty one says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values(pub(super) Vec<(Cow<'static, str>, String)>);

impl Values {
    /// A row that says this.
    #[cfg(test)]
    pub fn of(said: &[(&'static str, &str)]) -> Self {
        Self(
            said.iter()
                .map(|(field, value)| (Cow::Borrowed(*field), (*value).to_owned()))
                .collect(),
        )
    }

    /// The fields of which the row says something.
    pub fn said(&self) -> impl Iterator<Item = &str> {
        let said = self.0.iter().filter(|(_, value)| !value.is_empty());
        said.map(|(key, _)| &**key)
    }

    /// What the row says of a field, or the refusal that it says nothing.
    ///
    /// # Errors
    /// [`MISSING`].
    pub fn must(&self, field: &str) -> Result<&str, Refusal> {
        self.get(field).ok_or_else(|| Refusal::of(MISSING).field(field))
    }

    /// What the row says of a field, if it does.
    pub fn get(&self, field: &str) -> Option<&str> {
        let found = self
            .0
            .iter()
            .find(|(key, value)| key == field && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }
}

/// What tells a row from all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowKey {
    /// An id of the program that wrote the file: two of them are never the same thing.
    Outside(String),
    /// What it says of itself, folded.
    Own(String),
}

impl RowKey {
    /// What stands before an outside id.
    pub(super) const OUTSIDE: &'static str = "id:";

    /// The text in the table.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Outside(id) => format!("{}{id}", Self::OUTSIDE),
            Self::Own(text) => format!("own:{text}"),
        }
    }
}

/// What became of a row that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Something new, at its version.
    Added(Uuid, i64),
    /// Something that says something else now.
    Changed {
        /// What it is.
        subject: Uuid,
        /// How it was, for the way back.
        before: String,
        /// Its version now.
        version: i64,
    },
    /// All of it was known.
    Unchanged(Uuid),
}

impl Taken {
    pub(super) fn subject(&self) -> Uuid {
        match self {
            Self::Added(subject, _) | Self::Unchanged(subject) | Self::Changed { subject, .. } => *subject,
        }
    }
}

/// What a row did, to be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// What it was done to.
    pub subject: Uuid,
    /// Its version after that.
    pub version: i64,
    /// How it was before; none when the row added it.
    pub before: Option<String>,
}

impl Done {
    /// Takes back what a row did to `now`, which has this version, unless somebody has touched it since. `back` erases it
    /// where the row added it, else makes it what it was before.
    ///
    /// # Errors
    /// The database's; what something else has come to need is no error but touched.
    pub fn take_back<T, B: DeserializeOwned>(
        &self,
        tx: &mut Tx<'_>,
        now: Option<(i64, T)>,
        back: impl FnOnce(&mut Tx<'_>, T, Option<B>) -> Result<(), RowError>,
    ) -> Result<Return, DbError> {
        let Some((version, now)) = now else {
            return Ok(Return::Gone);
        };
        let Ok(before) = self.before.as_deref().map(serde_json::from_str).transpose() else {
            return Ok(Return::Touched);
        };
        if version != self.version {
            return Ok(Return::Touched);
        }
        match tx.attempt(|tx| back(tx, now, before)) {
            Ok(()) => Ok(Return::Back),
            Err(RowError::Refused(_) | RowError::Db(DbError::ForeignKey { .. })) => Ok(Return::Touched),
            Err(RowError::Db(error)) => Err(error),
        }
    }
}

/// What became of a row that was to be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Return {
    /// It is as it was before.
    Back,
    /// Somebody has touched it since.
    Touched,
    /// It is not there any more.
    Gone,
}

/// Why a row was not taken: data, said in the reader's language when it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The kind: its sentences are `imports-reason-CODE` and `imports-remedy-CODE`.
    pub code: String,
    /// The field it is about, if it is about one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub field: String,
    /// What the sentence speaks of: a row, a number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// What could stand there instead, where that can be guessed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub instead: String,
}

/// A required field says nothing.
pub const MISSING: &str = "missing";
/// A value is too long.
pub const TOO_LONG: &str = "too-long";
/// Several things are what the row may mean.
pub const AMBIGUOUS: &str = "ambiguous";
/// An earlier row of the file says something else of the same thing.
pub const SAME_KEY: &str = "same-key";
/// The row has more cells than there are columns.
pub const MANY_CELLS: &str = "many-cells";
/// The row holds characters that the encoding does not have.
pub const UNREADABLE: &str = "unreadable";
/// A website can't be one.
pub const BAD_WEBSITE: &str = "bad-website";
/// A day can't be read.
pub const BAD_DAY: &str = "bad-day";
/// A day or a number can be read in two ways.
pub const UNCLEAR: &str = "unclear";
/// A number can't be read.
pub const BAD_AMOUNT: &str = "bad-amount";
/// A value has more digits behind the point than its currency.
pub const TOO_PRECISE: &str = "too-precise";
/// No currency of ISO 4217.
pub const BAD_CURRENCY: &str = "bad-currency";
/// A word that none of those known is.
pub const BAD_WORD: &str = "bad-word";
/// A number below or above what is possible.
pub const OUT_OF_RANGE: &str = "out-of-range";
/// An address that can't be one.
pub const BAD_ADDRESS: &str = "bad-address";
/// A number that can't be that of a telephone.
pub const BAD_PHONE: &str = "bad-phone";
/// Nothing here is called so.
pub const NOT_THERE: &str = "not-there";
/// Somebody else is known by it.
pub const TAKEN: &str = "taken";
/// It ends before it begins.
pub const ENDS_EARLY: &str = "ends-early";
/// Another one is there in that time.
pub const OVERLAPS: &str = "overlaps";
/// It is to happen yet.
pub const IN_FUTURE: &str = "in-future";
/// It would stand above itself.
pub const LOOP: &str = "loop";
/// More belong together than can.
pub const TOO_LARGE: &str = "too-large";
/// Another one has its number.
pub const NUMBER_TAKEN: &str = "number-taken";
/// What can't be another any more.
pub const FIXED: &str = "fixed";
/// The database's own rules refused it.
pub const OTHER: &str = "other";
/// Every kind of refusal; each has two sentences.
pub const CODES: &[&str] = &[
    MISSING,
    TOO_LONG,
    AMBIGUOUS,
    SAME_KEY,
    MANY_CELLS,
    UNREADABLE,
    BAD_WEBSITE,
    BAD_DAY,
    UNCLEAR,
    BAD_AMOUNT,
    TOO_PRECISE,
    BAD_CURRENCY,
    BAD_WORD,
    OUT_OF_RANGE,
    BAD_ADDRESS,
    BAD_PHONE,
    NOT_THERE,
    TAKEN,
    ENDS_EARLY,
    OVERLAPS,
    IN_FUTURE,
    LOOP,
    TOO_LARGE,
    NUMBER_TAKEN,
    FIXED,
    OTHER,
];

impl Refusal {
    /// A refusal of this kind, about no field.
    pub fn of(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            ..Self::default()
        }
    }

    /// It is about `field`.
    #[must_use]
    pub fn field(mut self, field: &str) -> Self {
        field.clone_into(&mut self.field);
        self
    }

    /// What its sentence speaks of.
    #[must_use]
    pub fn about(mut self, about: impl ToString) -> Self {
        self.about = about.to_string();
        self
    }

    /// What could stand there instead.
    #[must_use]
    pub fn instead(mut self, instead: impl Into<String>) -> Self {
        self.instead = instead.into();
        self
    }
}

/// Why a row was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// It does not fit; the others go on.
    #[error("the row does not fit")]
    Refused(Refusal),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<Refusal> for RowError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
