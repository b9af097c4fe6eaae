//! What can be imported: one table of targets, made in the server. A feature adds its own by a [`Target`].

use kit::db::{DbError, Tx};
use kit::id::Uuid;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::permissions::Permission;

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
    /// Where the page of one is: this, followed by its id.
    pub path: &'static str,
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
}

/// Something that a row can say.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in mappings: `website`.
    pub key: &'static str,
    /// The message that names it.
    pub title: &'static str,
    /// Whether a row without it can't be taken.
    pub is_required: bool,
    /// Words that stand above such a column, in small letters without blanks and signs.
    pub words: &'static [&'static str],
    /// Whether a value looks like one, for files without such words.
    pub looks: fn(&str) -> bool,
}

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
pub struct Values(pub(super) Vec<(&'static str, String)>);

impl Values {
    /// What the row says of a field, if it does.
    pub fn get(&self, field: &str) -> Option<&str> {
        let found = self
            .0
            .iter()
            .find(|(key, value)| *key == field && !value.is_empty());
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
