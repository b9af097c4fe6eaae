//! Fields: what a workspace wants to know of its accounts, contacts and tickets beyond what everybody does.
//!
//! A *field* belongs to a noun and has a kind that never changes, a key for programs, a label and a hint for people. Its
//! values are rows with a type. An archived field keeps its values and is shown nowhere.

pub mod api;
pub mod conditions;
mod failures;
pub mod filling;
pub mod form;
mod model;
pub mod operations;
mod store;
mod values;
mod views;
pub mod web;

use std::collections::BTreeMap;
use std::sync::Arc;

use kit::db::{DbError, Tx};
use kit::id::{AnyId, Uuid};
use serde_json::json;

pub use failures::VALUES;
pub use model::{Archiving, Field, FieldError, FieldKind, FieldText, Trouble, Wrong};
pub use values::{FieldValue, Values, plain_money};

use crate::accounts::merging::{Part, Way};
use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::events::{self, Kind, NewEvent};
use crate::nouns::{Noun, Nouns};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;
use crate::{accounts, contacts};

/// What a merge of accounts does with what stands in them.
pub const MERGES: Part = Part::new("field_values", Way::ChooseEach("field_id")).named_in("subject_id");

kit::id! {
    /// A field.
    FieldId, "fld"
}

/// A field came.
pub const ADDED: Kind = Kind::new("field.added", Permission::AccountsRead);
/// A field is another, stands elsewhere, was archived or brought back.
pub const CHANGED: Kind = Kind::new("field.changed", Permission::AccountsRead);

/// The name of the list of fields, for pages that show it.
pub const LIST: &str = "fields";
/// How many fields a noun has at most, archived ones included.
pub const MOST: usize = 100;

/// What can have fields: what is here, and what is attached (`tx.attached()`), in the order in which it is shown.
pub fn nouns(attached: Option<Arc<Nouns>>) -> Vec<&'static Noun> {
    let mut all = vec![&accounts::NOUN, &contacts::NOUN];
    if let Some(more) = attached {
        all.extend(more.more());
    }
    all
}

/// The noun with this word.
pub fn noun(attached: Option<Arc<Nouns>>, key: &str) -> Option<&'static Noun> {
    nouns(attached).into_iter().find(|noun| noun.key == key)
}

/// A field of one thing that has another value.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// The field.
    pub field: Field,
    /// What stood there.
    pub before: Option<FieldValue>,
    /// What stands there since.
    pub after: Option<FieldValue>,
}

/// Adds a field to a noun, as its last.
///
/// # Errors
/// [`FieldError`] for a missing permission, a label, key or choices that do not fit, or a key that is taken.
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    noun: &'static Noun,
    kind: FieldKind,
    text: &FieldText,
) -> Result<Field, FieldError> {
    actor.must(Permission::ShapeWrite)?;
    let all = store::all(tx, actor.workspace, noun.key)?;
    if all.len() >= MOST {
        return Err(FieldError::TooMany);
    }
    let text = text.checked(kind)?;
    let field = Field {
        id: tx.new_id(),
        noun: noun.key,
        kind,
        text,
        place: all.iter().map(|field| field.place).max().unwrap_or(0) + 1,
        version: 1,
        archiving: None,
    };
    store::insert(tx, actor.workspace, &field)?;
    let entry = Entry::of(Act::FieldAdded, field.id).after(facts(&field));
    note(tx, actor, &ADDED, &field, entry)?;
    Ok(field)
}

/// Changes how a field is called, whether it is required, and its choices, made from `version`. Kind and key stay.
///
/// # Errors
/// As of [`add`]; [`FieldError::Stale`] when someone changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: FieldId,
    version: i64,
    text: &FieldText,
) -> Result<Field, FieldError> {
    actor.must(Permission::ShapeWrite)?;
    let mut field = store::find(tx, actor.workspace, id)?.ok_or(FieldError::Unknown)?;
    if field.version != version {
        return Err(FieldError::Stale(Box::new(field)));
    }
    let text = FieldText {
        key: field.text.key.clone(),
        ..text.clone()
    };
    let text = text.checked(field.kind)?;
    if text == field.text {
        return Ok(field);
    }
    let before = facts(&field);
    field.text = text;
    field.version += 1;
    store::update(tx, actor.workspace, &field)?;
    let entry = Entry::of(Act::FieldChanged, id)
        .before(before)
        .after(facts(&field));
    note(tx, actor, &CHANGED, &field, entry)?;
    Ok(field)
}

/// Moves a field one place up or down among those of its noun; at the end it stays.
///
/// # Errors
/// [`FieldError::Unknown`] for a field of no or another workspace.
pub fn step(tx: &mut Tx<'_>, actor: &Actor, id: FieldId, is_up: bool) -> Result<Field, FieldError> {
    actor.must(Permission::ShapeWrite)?;
    let field = store::find(tx, actor.workspace, id)?.ok_or(FieldError::Unknown)?;
    let mut all = store::all(tx, actor.workspace, field.noun)?;
    all.retain(|other| other.archiving.is_none() || other.id == id);
    let at = all
        .iter()
        .position(|other| other.id == id)
        .ok_or(FieldError::Unknown)?;
    let neighbour = if is_up { at.checked_sub(1) } else { Some(at + 1) };
    if let Some(other) = neighbour.and_then(|at| all.get(at)) {
        store::set_place(tx, actor.workspace, id, other.place)?;
        store::set_place(tx, actor.workspace, other.id, field.place)?;
        note(tx, actor, &CHANGED, &field, Entry::of(Act::FieldMoved, id))?;
    }
    store::find(tx, actor.workspace, id)?.ok_or(FieldError::Unknown)
}

/// Archives a field; archiving it twice keeps the first one's name and moment.
///
/// # Errors
/// As of [`step`].
pub fn archive(tx: &mut Tx<'_>, actor: &Actor, id: FieldId) -> Result<Field, FieldError> {
    actor.must(Permission::ShapeWrite)?;
    let mut field = store::find(tx, actor.workspace, id)?.ok_or(FieldError::Unknown)?;
    if field.archiving.is_none() {
        field.archiving = Some(Archiving {
            by: actor.signature(),
            at: tx.now(),
        });
        store::set_archiving(tx, actor.workspace, &field)?;
        note(tx, actor, &CHANGED, &field, Entry::of(Act::FieldArchived, id))?;
    }
    Ok(field)
}

/// Brings an archived field back with its values; another stays as it is.
///
/// # Errors
/// As of [`step`].
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: FieldId) -> Result<Field, FieldError> {
    actor.must(Permission::ShapeWrite)?;
    let mut field = store::find(tx, actor.workspace, id)?.ok_or(FieldError::Unknown)?;
    if field.archiving.take().is_some() {
        store::set_archiving(tx, actor.workspace, &field)?;
        note(tx, actor, &CHANGED, &field, Entry::of(Act::FieldRestored, id))?;
    }
    Ok(field)
}

/// The field with this id.
///
/// # Errors
/// [`FieldError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: FieldId) -> Result<Option<Field>, FieldError> {
    actor.must(Permission::AccountsRead)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// All fields of a noun in their order, archived ones included.
///
/// # Errors
/// [`DbError`] of the database.
pub fn all(tx: &mut Tx<'_>, workspace: WorkspaceId, noun: &Noun) -> Result<Vec<Field>, DbError> {
    store::all(tx, workspace, noun.key)
}

/// The fields of a noun that are in use, in their order.
///
/// # Errors
/// [`DbError`] of the database.
pub fn open(tx: &mut Tx<'_>, workspace: WorkspaceId, noun: &Noun) -> Result<Vec<Field>, DbError> {
    let mut all = store::all(tx, workspace, noun.key)?;
    all.retain(|field| field.archiving.is_none());
    Ok(all)
}

/// What these things have in their fields, by the fields' ids.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of_many(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    fields: &[Field],
    subjects: &[Uuid],
) -> Result<BTreeMap<Uuid, Values>, DbError> {
    let mut found: BTreeMap<Uuid, Values> = BTreeMap::new();
    for (subject, id, cell) in store::cells(tx, workspace, subjects)? {
        if let Some(field) = fields.iter().find(|field| field.id == id) {
            found.entry(subject).or_default().take(field, cell);
        }
    }
    Ok(found)
}

/// Gives a thing these values: those named, `None` for a field that shall be empty. What is not named stays. Gives what is
/// another since.
///
/// # Errors
/// [`FieldError::Wrong`] with every value that does not fit and every required field that would be empty.
pub fn set(
    tx: &mut Tx<'_>,
    actor: &Actor,
    noun: &'static Noun,
    subject: AnyId,
    wanted: &BTreeMap<FieldId, Option<FieldValue>>,
) -> Result<Vec<Shift>, FieldError> {
    actor.must(noun.writes)?;
    let fields = open(tx, actor.workspace, noun)?;
    let now = of_many(tx, actor.workspace, &fields, &[subject.uuid])?;
    let now = now.get(&subject.uuid).cloned().unwrap_or_default();
    let (mut wrong, mut changes) = (Vec::new(), Vec::new());
    for field in &fields {
        let Some(value) = wanted.get(&field.id) else {
            continue;
        };
        match field.checked(value.as_ref()) {
            Ok(value) if value.as_ref() == now.get(field.id) => {}
            Ok(after) => changes.push(Shift {
                before: now.get(field.id).cloned(),
                field: field.clone(),
                after,
            }),
            Err(trouble) => wrong.push(field.wrong(trouble)),
        }
    }
    if !wrong.is_empty() {
        return Err(FieldError::Wrong(wrong));
    }
    keep(tx, actor, (noun, subject), &changes)?;
    Ok(changes)
}

/// Puts values back that stood there before, whatever the fields ask of new ones. Gives what is another since.
///
/// # Errors
/// A missing permission, or the database's.
pub fn put_back(
    tx: &mut Tx<'_>,
    actor: &Actor,
    noun: &'static Noun,
    subject: AnyId,
    values: &[(FieldId, Option<FieldValue>)],
) -> Result<Vec<Shift>, FieldError> {
    actor.must(noun.writes)?;
    let fields = all(tx, actor.workspace, noun)?;
    let now = of_many(tx, actor.workspace, &fields, &[subject.uuid])?;
    let now = now.get(&subject.uuid).cloned().unwrap_or_default();
    let mut changes = Vec::new();
    for (id, after) in values {
        let field = fields.iter().find(|field| field.id == *id);
        let field = field.filter(|_| now.get(*id) != after.as_ref());
        changes.extend(field.map(|field| Shift {
            field: field.clone(),
            before: now.get(*id).cloned(),
            after: after.clone(),
        }));
    }
    keep(tx, actor, (noun, subject), &changes)?;
    Ok(changes)
}

/// Stores values that are others, and tells of them.
fn keep(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (noun, subject): (&'static Noun, AnyId),
    changes: &[Shift],
) -> Result<(), DbError> {
    if changes.is_empty() {
        return Ok(());
    }
    for shift in changes {
        let (id, after) = (shift.field.id, shift.after.as_ref());
        store::set_value(tx, actor.workspace, subject.uuid, id, after)?;
    }
    if let Some(keep) = noun.keeps {
        keep(tx, actor, subject.uuid, changes)?;
    }
    let names: Vec<&str> = changes
        .iter()
        .map(|shift| shift.field.text.key.as_str())
        .collect();
    let event = NewEvent::of(noun.described, subject).topic(noun.list);
    events::record(tx, actor, event.payload(json!({ "fields": names })))?;
    Ok(())
}

/// Forgets what a thing had in its fields, when it is gone itself or its person is.
///
/// # Errors
/// [`DbError`] of the database.
pub fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, subject: Uuid) -> Result<u64, DbError> {
    store::forget(tx, workspace, subject)
}

fn facts(field: &Field) -> serde_json::Value {
    json!({
        "noun": field.noun, "kind": field.kind, "key": field.text.key, "label": field.text.label,
        "hint": field.text.hint, "required": field.text.is_required, "choices": field.text.choices,
    })
}

fn note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static Kind,
    field: &Field,
    entry: Entry,
) -> Result<(), DbError> {
    audit::record(tx, actor, entry.named(&field.text.label))?;
    let payload = json!({ "key": field.text.key, "noun": field.noun });
    events::record(
        tx,
        actor,
        NewEvent::of(kind, field.id).topic(LIST).payload(payload),
    )?;
    Ok(())
}
