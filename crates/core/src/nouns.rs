//! Nouns: what tags and fields can stand on. A feature describes its own in one constant, so that neither tags nor fields
//! know it. Those of `core` are in its own tables; the wiring attaches those of features above it ([`Nouns`]).

use std::collections::BTreeMap;

use kit::db::{DbError, Tx};
use kit::id::Uuid;
use serde_json::Value;

use crate::actor::Actor;
use crate::events::Kind;
use crate::fields::Shift;
use crate::permissions::Permission;
use crate::{fields, tags};

/// What a noun writes down of values that have become others.
pub type Keep = fn(&mut Tx<'_>, &Actor, Uuid, &[Shift]) -> Result<(), DbError>;

/// Something that can have tags and fields.
#[derive(Debug)]
pub struct Noun {
    /// The word in tables, addresses and documents.
    pub key: &'static str,
    /// The key of what many of it are called.
    pub title: &'static str,
    /// Who sees it.
    pub reads: Permission,
    /// Who changes its tags and fields.
    pub writes: Permission,
    /// Its pages begin so: `/accounts`.
    pub path: &'static str,
    /// The page that lists it.
    pub home: &'static str,
    /// Its place in the rail.
    pub place: &'static str,
    /// The name of its list, for pages that show it.
    pub list: &'static str,
    /// Happens when its tags are others.
    pub tagged: &'static Kind,
    /// Happens when its fields are others.
    pub described: &'static Kind,
    /// Where its fields stand, below the page of one of it: `fields`.
    pub details: &'static str,
    /// What keeps the history of its values, so that filling them in can be taken back at `…/undo`; none where they have none.
    pub keeps: Option<Keep>,
    /// Where it is said which of it have a field, followed by the field's id; none where all have every field.
    pub rules: Option<&'static str>,
}

/// What features above `core` let stand with fields, in the order in which it is shown.
#[derive(Debug, Default)]
pub struct Nouns(Vec<&'static Noun>);

impl Nouns {
    /// These.
    pub fn new(more: Vec<&'static Noun>) -> Self {
        Self(more)
    }

    /// All of them.
    pub fn more(&self) -> impl Iterator<Item = &'static Noun> + '_ {
        self.0.iter().copied()
    }
}

impl Noun {
    /// The page of one of it.
    pub fn page(&self, id: &str) -> String {
        format!("{}/{id}", self.path)
    }
}

/// The tags and fields of one thing, as programs see them.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// The words of its tags, by name.
    pub tags: Vec<String>,
    /// What stands in the fields in use, by their keys.
    pub fields: BTreeMap<String, Value>,
}

impl Marks {
    /// Those of several things of a noun.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub fn of(
        tx: &mut Tx<'_>,
        actor: &Actor,
        noun: &Noun,
        subjects: &[Uuid],
    ) -> Result<BTreeMap<Uuid, Self>, DbError> {
        let open = fields::open(tx, actor.workspace, noun)?;
        let mut tags = tags::of_many(tx, actor.workspace, noun, subjects)?;
        let mut values = if open.is_empty() {
            BTreeMap::new()
        } else {
            fields::of_many(tx, actor.workspace, &open, subjects)?
        };
        let marks = |id: &Uuid| {
            let tags = tags.remove(id).unwrap_or_default();
            let own = Self {
                tags: tags.into_iter().map(|tag| tag.name).collect(),
                fields: values.remove(id).unwrap_or_default().document(&open),
            };
            (*id, own)
        };
        Ok(subjects.iter().map(marks).collect())
    }
}
