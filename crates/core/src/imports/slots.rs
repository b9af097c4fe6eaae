//! Where the columns of a file can go: what a target says of itself, and what a workspace adds to that.

use std::borrow::Cow;

use kit::db::{DbError, Tx};
use kit::i18n::Text;

use super::target::Target;
use crate::workspaces::WorkspaceId;

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
    /// How its values are written.
    pub form: Form,
}

impl Field {
    /// One that a row may leave out, known by the words above it.
    pub const fn new(
        key: &'static str,
        title: &'static str,
        words: &'static [&'static str],
        form: Form,
    ) -> Self {
        Self {
            key,
            title,
            is_required: false,
            words,
            looks: |_| false,
            form,
        }
    }

    /// The same, which every row has to say.
    #[must_use]
    pub const fn required(self) -> Self {
        Self {
            is_required: true,
            ..self
        }
    }
}

/// How the values of a field are written in files, and what verbs get of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As it stands.
    Text,
    /// A day, as `2026-04-03`.
    Day,
    /// A day with or without a time: `2026-04-03`, `2026-04-03 14:05`.
    Moment,
    /// A number, as `-1234.5`.
    Amount,
}

/// Where a column can go: a field of a target, or something that the workspace itself wants to know.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Its name in mappings.
    pub key: Cow<'static, str>,
    /// What it is called.
    pub title: Title,
    /// How its values are written.
    pub form: Form,
    pub(super) words: &'static [&'static str],
    pub(super) looks: fn(&str) -> bool,
}

/// What something is called.
#[derive(Clone, Debug)]
pub enum Title {
    /// A message of the program.
    Message(&'static str),
    /// What people have written.
    Written(String),
}

impl Title {
    /// In the reader's words.
    pub fn said(&self, t: &Text) -> String {
        match self {
            Self::Message(key) => t.say(key),
            Self::Written(title) => title.clone(),
        }
    }
}

impl Slot {
    /// One that the workspace itself has.
    pub fn own(key: String, title: String, form: Form) -> Self {
        Self {
            key: Cow::Owned(key),
            title: Title::Written(title),
            form,
            words: &[],
            looks: |_| false,
        }
    }
}

impl From<&Field> for Slot {
    fn from(field: &Field) -> Self {
        Self {
            key: Cow::Borrowed(field.key),
            title: Title::Message(field.title),
            form: field.form,
            words: field.words,
            looks: field.looks,
        }
    }
}

/// Everywhere that columns of a target can go in one workspace.
#[derive(Clone, Debug)]
pub struct Slots(Vec<Slot>);

impl Slots {
    pub(super) fn of(tx: &mut Tx<'_>, workspace: WorkspaceId, target: &Target) -> Result<Self, DbError> {
        let mut slots: Vec<Slot> = target.fields.iter().map(Slot::from).collect();
        if let Some(own) = target.own {
            slots.extend(own(tx, workspace)?);
        }
        Ok(Self(slots))
    }

    #[cfg(test)]
    pub(super) fn plain(target: &Target) -> Self {
        Self(target.fields.iter().map(Slot::from).collect())
    }

    /// All of them, in the order in which they are offered.
    pub fn iter(&self) -> impl Iterator<Item = &Slot> {
        self.0.iter()
    }

    /// The one of this name.
    pub fn named(&self, key: &str) -> Option<&Slot> {
        self.iter().find(|slot| slot.key == key)
    }
}
