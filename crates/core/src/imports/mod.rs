//! Imports: files of other programs become accounts and whatever else has a [`target::Target`].
//!
//! A *draft* is a file whose columns are being mapped; nothing has happened yet. Its run takes the rows in batches: a
//! batch, what it did and the place after it are one transaction, so a run can be paused, killed and carried on, and
//! nothing is taken twice or lost. A row that does not fit is refused and listed; the others go in. What a row brought
//! is remembered under its *key*, so that the same row, in this file or a later one, means the same thing. An import is
//! undone row by row, as far as nobody has touched what it did.

pub mod api;
mod bulk;
pub mod demo;
mod drafts;
mod failures;
pub mod files;
mod guess;
pub mod jobs;
pub mod keys;
pub(crate) mod marks;
mod model;
pub mod operations;
pub(crate) mod own;
mod reading;
mod rows;
pub mod scrubbing;
mod slots;
mod store;
mod taking;
pub mod target;
mod undoing;
mod views;
pub mod web;
pub mod writing;

use std::convert::Infallible;

use axum::body::Bytes;
use futures::Stream;
use kit::blob::{self, Stored};
use kit::csv::Dialect;
use kit::db::{Db, DbError, Tx};
use kit::i18n::Text;
use kit::id::TypedId;

pub(crate) use keys::{brought, forget, origin};
pub use model::{Counts, Import, ImportError, Layout, Left, State};

use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::events::{self, Kind, NewEvent};
use crate::permissions::Permission;
use target::{Refusal, Slots, Target, Targets};
use writing::Writing;

kit::id! {
    /// An import.
    ImportId, "imp"
}

/// An import began, went on, or ended.
pub const CHANGED: Kind = Kind::new("import.changed", Permission::ImportsWrite);

/// The name of the list of imports, for pages that show it.
pub const LIST: &str = "imports";
/// Imports on one page of the list.
pub const PAGE: i64 = 50;

/// What an import is made from, beside its file: the name of its target and that of the file.
#[derive(Clone, Debug)]
pub struct New {
    /// The target.
    pub target: String,
    /// What the file is called.
    pub file_name: String,
}

/// The target of this name.
pub(crate) fn target_of(tx: &Tx<'_>, name: &str) -> Result<&'static Target, ImportError> {
    let targets = tx.attached::<Targets>();
    let found = targets.and_then(|targets| targets.named(name));
    found.ok_or_else(|| ImportError::UnknownTarget(name.to_owned()))
}

/// Where the columns of an import can go.
pub(crate) fn slots_of(tx: &mut Tx<'_>, actor: &Actor, import: &Import) -> Result<Slots, ImportError> {
    let target = target_of(tx, &import.target)?;
    Ok(Slots::of(tx, actor.workspace, target)?)
}

/// A draft whose file was just stored; its columns are still unknown.
fn draft(
    tx: &mut Tx<'_>,
    actor: &Actor,
    new: &New,
    stored: &Stored,
    dialect: Dialect,
) -> Result<Import, ImportError> {
    let target = target_of(tx, &new.target)?;
    actor.must(Permission::ImportsWrite)?;
    actor.must(target.needs)?;
    // The same file brought again is the same draft.
    if let Some(known) = store::draft_of(tx, actor.workspace, target.key, stored.id)? {
        return Ok(known);
    }
    let id: ImportId = tx.new_id();
    let file = blob::add(tx, actor.workspace.uuid(), stored, "text/csv", &id.to_string())?;
    let import = Import {
        id,
        target: target.key.to_owned(),
        file_name: new.file_name.clone(),
        file,
        size: i64::try_from(stored.size).unwrap_or(i64::MAX),
        layout: Layout {
            dialect,
            has_header: true,
            columns: Vec::new(),
        },
        mapping: Vec::new(),
        writing: Vec::new(),
        state: State::Draft,
        problem: None,
        agent: actor.agent(),
        by: actor.signature(),
        created_at: tx.now(),
        changed_at: tx.now(),
        total: 0,
        position: 0,
        counts: Counts::default(),
    };
    store::insert(tx, actor.workspace, &import)?;
    record(tx, actor, &import)?;
    Ok(import)
}

/// What reading a file has shown.
#[derive(Clone, Debug)]
struct Reading {
    layout: Layout,
    mapping: Vec<Option<String>>,
    writing: Vec<Writing>,
    total: i64,
}

/// Says how a draft is read and where its columns go.
fn lay_out(tx: &mut Tx<'_>, actor: &Actor, id: ImportId, reading: Reading) -> Result<Import, ImportError> {
    let mut import = held(tx, actor, id, &[State::Draft])?;
    import.layout = reading.layout;
    import.mapping = reading.mapping;
    import.writing = reading.writing;
    import.total = reading.total;
    import.changed_at = tx.now();
    store::update(tx, actor.workspace, &import)?;
    Ok(import)
}

/// Maps the columns of a draft: a field for each, or nothing. How they write days and amounts is said with it; for the
/// columns behind the end of `writing` it stays what the file shows.
///
/// # Errors
/// [`ImportError::Twice`] for a field of two columns; [`ImportError::Past`] when it is no draft any more.
pub fn map(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ImportId,
    mapping: &[Option<String>],
    writing: &[Writing],
) -> Result<Import, ImportError> {
    let mut import = held(tx, actor, id, &[State::Draft])?;
    let slots = slots_of(tx, actor, &import)?;
    let known = |key: &String| slots.named(key).is_some();
    let mut mapped: Vec<Option<String>> = mapping.iter().map(|field| field.clone().filter(known)).collect();
    mapped.resize(import.layout.columns.len(), None);
    let mut seen: Vec<&String> = mapped.iter().flatten().collect();
    seen.sort_unstable();
    if let Some(twice) = seen.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(ImportError::Twice(twice[0].clone()));
    }
    import.mapping = mapped;
    import
        .writing
        .resize(import.layout.columns.len(), Writing::default());
    for (kept, said) in import.writing.iter_mut().zip(writing) {
        kept.days = said.days.or(kept.days);
        kept.amounts = said.amounts.or(kept.amounts);
    }
    import.changed_at = tx.now();
    store::update(tx, actor.workspace, &import)?;
    Ok(import)
}

/// Begins to take the rows of a draft; one that runs already goes on running.
///
/// # Errors
/// [`ImportError::Unmapped`] when a required field has no column; [`ImportError::Unclear`] when nobody has said how a
/// column writes its days or amounts, and the file does not show it.
pub fn start(tx: &mut Tx<'_>, actor: &Actor, id: ImportId) -> Result<Import, ImportError> {
    let mut import = held(tx, actor, id, &[State::Draft, State::Running])?;
    let target = target_of(tx, &import.target)?;
    actor.must(target.needs)?;
    if import.state == State::Running {
        return Ok(import);
    }
    let is_mapped = |key: &str| import.mapping.iter().flatten().any(|field| field == key);
    let unmapped = target
        .fields
        .iter()
        .find(|field| field.is_required && !is_mapped(field.key));
    if let Some(field) = unmapped {
        return Err(ImportError::Unmapped(field.key));
    }
    if let Some(column) = import.unclear(&slots_of(tx, actor, &import)?) {
        return Err(ImportError::Unclear(column.to_owned()));
    }
    // It runs in the name of whoever starts it.
    import.agent = actor.agent();
    let entry = Entry::of(Act::ImportStarted, id).named(&import.file_name);
    audit::record(tx, actor, entry)?;
    go(tx, actor, import, State::Running)
}

/// Pauses an import that runs; one that is paused stays so.
///
/// # Errors
/// [`ImportError::Past`] when it does not run.
pub fn pause(tx: &mut Tx<'_>, actor: &Actor, id: ImportId) -> Result<Import, ImportError> {
    let mut import = held(tx, actor, id, &[State::Running, State::Paused])?;
    if import.state == State::Running {
        import.state = State::Paused;
        import.changed_at = tx.now();
        store::update(tx, actor.workspace, &import)?;
        record(tx, actor, &import)?;
    }
    Ok(import)
}

/// Lets a paused import go on where it was.
///
/// # Errors
/// [`ImportError::Past`] when it is not paused.
pub fn resume(tx: &mut Tx<'_>, actor: &Actor, id: ImportId) -> Result<Import, ImportError> {
    let import = held(tx, actor, id, &[State::Running, State::Paused])?;
    if import.state == State::Running {
        return Ok(import);
    }
    go(tx, actor, import, State::Running)
}

/// Takes back what an import did, as far as nobody touched it since.
///
/// # Errors
/// [`ImportError::Past`] for a draft, and for one that runs: pause it first.
pub fn undo(tx: &mut Tx<'_>, actor: &Actor, id: ImportId) -> Result<Import, ImportError> {
    let over = [
        State::Paused,
        State::Done,
        State::Failed,
        State::Undoing,
        State::Undone,
    ];
    let mut import = held(tx, actor, id, &over)?;
    if matches!(import.state, State::Undoing | State::Undone) {
        return Ok(import);
    }
    actor.must(Permission::AccountsClose)?;
    import.agent = actor.agent();
    import.problem = None;
    let entry = Entry::of(Act::ImportUndone, id).named(&import.file_name);
    audit::record(tx, actor, entry)?;
    go(tx, actor, import, State::Undoing)
}

/// Throws a draft away, and its file.
///
/// # Errors
/// [`ImportError::Past`] when it is no draft any more.
pub fn discard(tx: &mut Tx<'_>, actor: &Actor, id: ImportId) -> Result<(), ImportError> {
    let import = held(tx, actor, id, &[State::Draft])?;
    blob::unlink(tx, actor.workspace.uuid(), import.file, &id.to_string())?;
    store::delete(tx, actor.workspace, id)?;
    record(tx, actor, &import)?;
    Ok(())
}

/// The import with this id in the actor's workspace: its file says what its target keeps, so one must be let in to that too.
///
/// # Errors
/// [`ImportError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: ImportId) -> Result<Option<Import>, ImportError> {
    actor.must(Permission::ImportsWrite)?;
    let found = store::find(tx, actor.workspace, id)?;
    if let Some(import) = &found {
        actor.must(target_of(tx, &import.target)?.needs)?;
    }
    Ok(found)
}

/// Up to `limit` imports, the newest first, before the one with the id `before`.
///
/// # Errors
/// [`ImportError::Forbidden`], or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<ImportId>,
    limit: i64,
) -> Result<Vec<Import>, ImportError> {
    actor.must(Permission::ImportsWrite)?;
    Ok(store::list(tx, actor.workspace, before, limit)?)
}

/// Up to `limit` refused rows of an import after the one numbered `after`.
///
/// # Errors
/// [`ImportError::Forbidden`], or the database's.
pub fn refused_after(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ImportId,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, Refusal)>, ImportError> {
    find(tx, actor, id)?;
    Ok(store::refused(tx, actor.workspace, id, after, limit)?)
}

/// The first rows whose effect was left alone when the import was undone.
///
/// # Errors
/// [`ImportError::Forbidden`], or the database's.
pub fn first_left(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ImportId,
    limit: i64,
) -> Result<Vec<Left>, ImportError> {
    find(tx, actor, id)?;
    Ok(store::left(tx, actor.workspace, id, limit)?)
}

/// The rows that were refused, as lines of a file that can be mended and brought again, with why and what to do beside
/// each in the words of `t`.
///
/// # Errors
/// No such import here, or trouble of the store.
pub async fn refused(
    db: &Db,
    actor: &Actor,
    id: ImportId,
    t: Text,
) -> Result<impl Stream<Item = Result<Bytes, Infallible>> + Send + use<>, ImportError> {
    let reader = actor.clone();
    let (import, slots) = db
        .read(move |tx| {
            let import = find(tx, &reader, id)?.ok_or(ImportError::Unknown)?;
            let slots = slots_of(tx, &reader, &import)?;
            Ok::<_, ImportError>((import, slots))
        })
        .await?;
    let heads = [t.say("imports-head-reason"), t.say("imports-head-remedy")];
    let say = move |refusal: &Refusal| {
        [
            views::reason(&t, &slots, &import, refusal),
            views::remedy(&t, refusal),
        ]
    };
    files::refused(db, actor, id, heads, say).await
}

/// The import, if it is in one of these states.
fn held(tx: &mut Tx<'_>, actor: &Actor, id: ImportId, states: &[State]) -> Result<Import, ImportError> {
    let import = find(tx, actor, id)?.ok_or(ImportError::Unknown)?;
    if states.contains(&import.state) {
        Ok(import)
    } else {
        Err(ImportError::Past(import.state))
    }
}

fn go(tx: &mut Tx<'_>, actor: &Actor, mut import: Import, state: State) -> Result<Import, ImportError> {
    import.state = state;
    import.changed_at = tx.now();
    store::update(tx, actor.workspace, &import)?;
    jobs::queue(tx, actor.workspace, import.id)?;
    record(tx, actor, &import)?;
    Ok(import)
}

fn record(tx: &mut Tx<'_>, actor: &Actor, import: &Import) -> Result<(), DbError> {
    let payload = serde_json::json!({ "state": import.state.as_str(), "target": import.target });
    events::record(
        tx,
        actor,
        NewEvent::of(&CHANGED, import.id).topic(LIST).payload(payload),
    )?;
    Ok(())
}
