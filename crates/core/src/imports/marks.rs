//! What rows say of things beside their texts, accounts and contacts alike: tags, which come to those that are there, and what
//! the workspace itself wants to know.

use std::collections::BTreeMap;

use kit::db::{DbError, Tx};
use kit::id::{AnyId, Uuid};

use super::own;
use super::target::{self, Form, Refusal, RowError, Values};
use crate::actor::Actor;
use crate::fields::{self, Field, FieldId, FieldValue};
use crate::nouns::Noun;
use crate::tags::{self, TagError, TagText};

/// The column of tags.
pub(crate) const TAGS: &str = "tags";

/// How a file says it.
#[rustfmt::skip]
pub(crate) const TAGS_COLUMN: target::Field = target::Field::new(TAGS, "settings-tags", &[
    "tags", "tag", "labels", "label", "keywords",
    "tagi", "etykiety",
    "теги", "тег", "метки",
    "teqlər", "etiketlər",
    "tanda",
], Form::Text);

/// What a row says for these own fields.
pub(crate) fn own_values(
    fields: &[Field],
    values: &Values,
) -> Result<BTreeMap<FieldId, FieldValue>, Refusal> {
    let mut known = BTreeMap::new();
    for field in fields {
        if let Some(value) = own::value(field, values)? {
            known.insert(field.id, value);
        }
    }
    Ok(known)
}

/// What stands in the own fields of a thing.
pub(crate) fn values(
    tx: &mut Tx<'_>,
    actor: &Actor,
    noun: &Noun,
    subject: Uuid,
) -> Result<BTreeMap<FieldId, serde_json::Value>, DbError> {
    let open = fields::open(tx, actor.workspace, noun)?;
    let held = fields::of_many(tx, actor.workspace, &open, &[subject])?.remove(&subject);
    let held = held.unwrap_or_default();
    let value = |field: &Field| Some((field.id, held.get(field.id)?.json()));
    Ok(open.iter().filter_map(value).collect())
}

/// Puts tags on a thing; gives those that were not on it.
pub(crate) fn put_tags(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (noun, subject): (&Noun, AnyId),
    names: &[String],
) -> Result<Vec<String>, RowError> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let held = tags::of(tx, actor.workspace, noun, subject.uuid)?;
    let mut new = Vec::new();
    for name in names {
        let tag = tags::put(tx, actor, noun, subject, name).map_err(other_tag)?;
        if !held.iter().any(|known| known.id == tag.id) {
            new.push(tag.name);
        }
    }
    Ok(new)
}

/// Why a tag was not put on, or not taken off, for the row.
pub(crate) fn other_tag(error: TagError) -> RowError {
    match error {
        TagError::Db(error) => error.into(),
        TagError::TooMany => {
            let most = format!("≤ {}", tags::MOST);
            Refusal::of(target::OUT_OF_RANGE).field(TAGS).about(most).into()
        }
        _ => Refusal::of(target::TOO_LONG).field(TAGS).about(40).into(),
    }
}

/// The tags of a cell: what commas, semicolons or bars part.
pub(crate) fn tags_of(values: &Values) -> Result<Vec<String>, Refusal> {
    let names = own::parts(values.get(TAGS).unwrap_or_default());
    for name in &names {
        let text = TagText {
            name: name.clone(),
            ..TagText::default()
        };
        text.checked()
            .map_err(|_| Refusal::of(target::TOO_LONG).field(TAGS).about(40))?;
    }
    if names.len() > tags::MOST {
        let most = format!("≤ {}", tags::MOST);
        return Err(Refusal::of(target::OUT_OF_RANGE).field(TAGS).about(most));
    }
    Ok(names)
}
