//! Tags: words that people put on things to find them together. A workspace has one vocabulary for all its nouns, each
//! word once however it is written, with a colour.
//!
//! A *use* is a row: which tag on what, by whom, since when. A tag that turns out to be another is merged into it: its
//! uses become the other's.

pub mod api;
mod failures;
pub mod line;
mod model;
pub mod operations;
mod store;
mod views;
pub mod web;

use std::collections::BTreeMap;

use kit::db::{DbError, Tx};
use kit::id::{AnyId, Uuid};
use kit::text::fold;
use serde_json::json;

pub use failures::{NAME as TAG, TOO_MANY};
pub use model::{Colour, Tag, TagError, TagText};

use crate::accounts::merging::{Part, Way};
use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::events::{self, Kind, NewEvent};
use crate::nouns::Noun;
use crate::permissions::Permission;
use crate::segments;
use crate::workspaces::WorkspaceId;

/// What a merge of accounts does with them.
pub const MERGES: Part = Part::new("tag_uses", Way::Add("tag_id"))
    .named_in("subject_id")
    .only("noun", crate::accounts::NOUN.key)
    .said("merging-tags", Permission::AccountsRead);

kit::id! {
    /// A tag.
    TagId, "tag"
}

/// A tag came.
pub const ADDED: Kind = Kind::new("tag.added", Permission::AccountsRead);
/// A tag has another name or colour.
pub const CHANGED: Kind = Kind::new("tag.changed", Permission::AccountsRead);
/// A tag was merged into another.
pub const MERGED: Kind = Kind::new("tag.merged", Permission::AccountsRead);

/// The name of the vocabulary, for pages that show it.
pub const LIST: &str = "tags";
/// How many tags one thing has at most.
pub const MOST: usize = 50;

/// Adds a tag to the vocabulary.
///
/// # Errors
/// [`TagError`] for a missing permission or a name that is bad or taken.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, text: &TagText) -> Result<Tag, TagError> {
    actor.must(Permission::ShapeWrite)?;
    let tag = make(tx, actor, text)?;
    audit::record(tx, actor, Entry::of(Act::TagAdded, tag.id).named(&tag.name))?;
    Ok(tag)
}

/// Changes a tag's name and colour, made from `version`.
///
/// # Errors
/// As of [`add`]; [`TagError::Stale`] when someone changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TagId,
    version: i64,
    text: &TagText,
) -> Result<Tag, TagError> {
    actor.must(Permission::ShapeWrite)?;
    let text = text.checked()?;
    let mut tag = store::find(tx, actor.workspace, id)?.ok_or(TagError::Unknown)?;
    if tag.version != version {
        return Err(TagError::Stale(Box::new(tag)));
    }
    if (&tag.name, tag.colour) == (&text.name, text.colour) {
        return Ok(tag);
    }
    let before = json!({ "name": tag.name, "colour": tag.colour });
    tag.name = text.name;
    tag.colour = text.colour;
    tag.version += 1;
    store::update(tx, actor.workspace, &tag)?;
    let after = json!({ "name": tag.name, "colour": tag.colour });
    let entry = Entry::of(Act::TagChanged, id).named(&tag.name);
    audit::record(tx, actor, entry.before(before).after(after))?;
    record(tx, actor, &CHANGED, &tag)?;
    Ok(tag)
}

/// Merges `gone` into `kept`: what had the one has the other, and the one is no more. It can't be taken back.
///
/// # Errors
/// [`TagError::BadMerge`] when they are the same or `kept` is none of this workspace.
pub fn merge(tx: &mut Tx<'_>, actor: &Actor, gone: TagId, kept: TagId) -> Result<Tag, TagError> {
    actor.must(Permission::ShapeWrite)?;
    let part = store::find(tx, actor.workspace, gone)?.ok_or(TagError::Unknown)?;
    let whole = store::find(tx, actor.workspace, kept)?.ok_or(TagError::BadMerge)?;
    if gone == kept {
        return Err(TagError::BadMerge);
    }
    store::move_uses(tx, actor.workspace, gone, kept)?;
    store::delete(tx, actor.workspace, gone)?;
    segments::follow_tag(tx, actor.workspace, gone, kept)?;
    let entry = Entry::of(Act::TagMerged, gone).named(&part.name);
    audit::record(tx, actor, entry.after(json!({ "into": whole.name })))?;
    record(tx, actor, &MERGED, &whole)?;
    Ok(whole)
}

/// Puts a tag on something; a word that the vocabulary lacks comes into it. Said twice it changes nothing.
///
/// # Errors
/// [`TagError::BadName`], [`TagError::TooMany`], [`TagError::Forbidden`], or the database's.
pub fn put(tx: &mut Tx<'_>, actor: &Actor, noun: &Noun, subject: AnyId, name: &str) -> Result<Tag, TagError> {
    actor.must(noun.writes)?;
    let text = TagText {
        name: name.to_owned(),
        colour: Colour::of_name(name),
    };
    let text = text.checked()?;
    let known = store::named(tx, actor.workspace, &fold(&text.name))?;
    let tag = match known {
        Some(tag) => tag,
        None => make(tx, actor, &text)?,
    };
    let held = of(tx, actor.workspace, noun, subject.uuid)?;
    if held.iter().any(|one| one.id == tag.id) {
        return Ok(tag);
    }
    if held.len() >= MOST {
        return Err(TagError::TooMany);
    }
    store::insert_use(
        tx,
        actor.workspace,
        (noun.key, subject.uuid),
        tag.id,
        &actor.signature(),
    )?;
    note(tx, actor, noun, subject)?;
    Ok(tag)
}

/// Takes a tag off something; one that is not on it stays off.
///
/// # Errors
/// [`TagError::Unknown`] for a tag of no or another workspace.
pub fn take(
    tx: &mut Tx<'_>,
    actor: &Actor,
    noun: &Noun,
    subject: AnyId,
    tag: TagId,
) -> Result<Tag, TagError> {
    actor.must(noun.writes)?;
    let tag = store::find(tx, actor.workspace, tag)?.ok_or(TagError::Unknown)?;
    if store::delete_use(tx, actor.workspace, noun.key, subject.uuid, tag.id)? {
        note(tx, actor, noun, subject)?;
    }
    Ok(tag)
}

/// Gives something exactly these tags.
///
/// # Errors
/// As of [`put`].
pub fn set(
    tx: &mut Tx<'_>,
    actor: &Actor,
    noun: &Noun,
    subject: AnyId,
    names: &[String],
) -> Result<(), TagError> {
    actor.must(noun.writes)?;
    if names.len() > MOST {
        return Err(TagError::TooMany);
    }
    let wanted: Vec<String> = names.iter().map(|name| fold(name.trim())).collect();
    for tag in of(tx, actor.workspace, noun, subject.uuid)? {
        if !wanted.contains(&fold(&tag.name)) {
            take(tx, actor, noun, subject, tag.id)?;
        }
    }
    for name in names {
        put(tx, actor, noun, subject, name)?;
    }
    Ok(())
}

/// The tag with this id.
///
/// # Errors
/// [`TagError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: TagId) -> Result<Option<Tag>, TagError> {
    actor.must(Permission::AccountsRead)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// The whole vocabulary by name, each with on how many things it is.
///
/// # Errors
/// [`DbError`] of the database.
pub fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<(Tag, i64)>, DbError> {
    store::all(tx, workspace)
}

/// The tags of one thing, by name.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of(tx: &mut Tx<'_>, workspace: WorkspaceId, noun: &Noun, subject: Uuid) -> Result<Vec<Tag>, DbError> {
    Ok(of_many(tx, workspace, noun, &[subject])?
        .remove(&subject)
        .unwrap_or_default())
}

/// The tags of several things, by name.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of_many(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    noun: &Noun,
    subjects: &[Uuid],
) -> Result<BTreeMap<Uuid, Vec<Tag>>, DbError> {
    let mut found: BTreeMap<Uuid, Vec<Tag>> = BTreeMap::new();
    for (subject, tag) in store::of_many(tx, workspace, noun.key, subjects)? {
        found.entry(subject).or_default().push(tag);
    }
    Ok(found)
}

/// Up to `limit` things of a noun that have a tag, those whose ids come after `last`, in the order of their ids.
///
/// # Errors
/// [`DbError`] of the database.
pub fn bearers(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    noun: &Noun,
    tag: TagId,
    (last, limit): (Uuid, i64),
) -> Result<Vec<Uuid>, DbError> {
    store::bearers(tx, workspace, noun.key, tag, (last, limit))
}

/// Forgets which tags something had, when it is gone itself.
pub(crate) fn forget(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    noun: &Noun,
    subject: Uuid,
) -> Result<u64, DbError> {
    store::forget(tx, workspace, noun.key, subject)
}

fn make(tx: &mut Tx<'_>, actor: &Actor, text: &TagText) -> Result<Tag, TagError> {
    let text = text.checked()?;
    let tag = Tag {
        id: tx.new_id(),
        name: text.name,
        colour: text.colour,
        version: 1,
    };
    store::insert(tx, actor.workspace, &tag)?;
    record(tx, actor, &ADDED, &tag)?;
    Ok(tag)
}

fn record(tx: &mut Tx<'_>, actor: &Actor, kind: &'static Kind, tag: &Tag) -> Result<(), DbError> {
    let event = NewEvent::of(kind, tag.id).topic(LIST);
    events::record(tx, actor, event.payload(json!({ "name": tag.name })))?;
    Ok(())
}

fn note(tx: &mut Tx<'_>, actor: &Actor, noun: &Noun, subject: AnyId) -> Result<(), DbError> {
    events::record(
        tx,
        actor,
        NewEvent::of(noun.tagged, subject).topic(noun.list).topic(LIST),
    )?;
    Ok(())
}
