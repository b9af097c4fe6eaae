//! Sources: the places that usage events come from, each with a write key.
//!
//! A *write key* stands in the code of the product, often in the pages that its browsers load: it lets events in and
//! nothing out, so it is kept as it is and shown whenever it is looked for
//! ([why](../../../../../docs/decisions/0036-usage-in-a-log.md)). A rotated key is taken for a day more. From a source
//! that is off nothing is taken.

pub mod api;
mod documents;
mod failures;
mod model;
pub mod operations;
mod store;
mod views;
pub mod web;

use std::time::Duration;

use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::checklist::Item;
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

pub use model::{Gate, Source, SourceError, Stop, WriteKey};

kit::id! {
    /// A source of usage events.
    SourceId, "src"
}

/// A source was set up.
pub const ADDED: Kind = Kind::new("usage_source.added", Permission::UsageRead);
/// A source has another name or another key.
pub const CHANGED: Kind = Kind::new("usage_source.changed", Permission::UsageRead);
/// Nothing is taken from a source any more.
pub const STOPPED: Kind = Kind::new("usage_source.stopped", Permission::UsageRead);
/// A source is listened to again.
pub const STARTED: Kind = Kind::new("usage_source.started", Permission::UsageRead);

/// The name of the list of sources, for pages that show it.
pub const LIST: &str = "usage-sources";
/// What a new workspace needs: to hear how its product is used.
pub const CONNECTED: Item = Item {
    key: "source",
    path: "/settings/sources",
    needs: Some(Permission::UsageWrite),
    live: LIST,
    is_done: |tx, actor| Ok(!store::all(tx, actor.workspace)?.is_empty()),
};

/// How long a rotated key is taken beside the new one.
pub const OVERLAP: Duration = Duration::from_secs(86_400);
/// How many sources a workspace may have.
pub const MOST: usize = 100;

/// Sets a source up, with a write key.
///
/// # Errors
/// [`SourceError::BadName`], [`SourceError::TooMany`].
pub fn add(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<Source, SourceError> {
    actor.must(Permission::UsageWrite)?;
    let name = model::checked_name(name)?;
    if store::all(tx, actor.workspace)?.len() >= MOST {
        return Err(SourceError::TooMany);
    }
    let now = tx.now();
    let mut source = Source {
        id: tx.new_id(),
        name,
        version: 1,
        created_by: actor.signature(),
        created_at: now,
        changed_at: now,
        stop: None,
        keys: Vec::new(),
    };
    store::insert(tx, actor.workspace, &source)?;
    make_key(tx, actor, &mut source)?;
    note(tx, actor, &ADDED, (Act::UsageSourceAdded, &source))?;
    Ok(source)
}

/// Calls a source something else, changed from `version`.
///
/// # Errors
/// [`SourceError::BadName`], [`SourceError::Unknown`], [`SourceError::Stale`].
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: SourceId,
    version: i64,
    name: &str,
) -> Result<Source, SourceError> {
    actor.must(Permission::UsageWrite)?;
    let mut source = known(tx, actor, id)?;
    let name = model::checked_name(name)?;
    if source.version != version {
        return Err(SourceError::Stale);
    }
    if source.name == name {
        return Ok(source);
    }
    source.name = name;
    moved(tx, actor, &mut source)?;
    note(tx, actor, &CHANGED, (Act::UsageSourceChanged, &source))?;
    Ok(source)
}

/// Gives a source another write key. The one before is taken for [`OVERLAP`] more; older ones are taken no more.
///
/// # Errors
/// [`SourceError::Unknown`] for a source of no or another workspace.
pub fn rotate(tx: &mut Tx<'_>, actor: &Actor, id: SourceId) -> Result<Source, SourceError> {
    actor.must(Permission::UsageWrite)?;
    let mut source = known(tx, actor, id)?;
    let ends = tx.now().plus(OVERLAP);
    store::delete_rotated(tx, actor.workspace, id)?;
    store::end_keys(tx, actor.workspace, id, ends)?;
    source.keys.retain(|key| key.expires_at.is_none());
    source.keys.iter_mut().for_each(|key| key.expires_at = Some(ends));
    make_key(tx, actor, &mut source)?;
    moved(tx, actor, &mut source)?;
    note(tx, actor, &CHANGED, (Act::UsageKeyRotated, &source))?;
    Ok(source)
}

/// Takes nothing from a source any more. Doing it twice keeps who did it first.
///
/// # Errors
/// As of [`rotate`].
pub fn stop(tx: &mut Tx<'_>, actor: &Actor, id: SourceId) -> Result<Source, SourceError> {
    actor.must(Permission::UsageWrite)?;
    let mut source = known(tx, actor, id)?;
    if source.stop.is_none() {
        let stop = Stop {
            by: actor.signature(),
            at: tx.now(),
        };
        store::insert_stop(tx, actor.workspace, id, &stop)?;
        source.stop = Some(stop);
        moved(tx, actor, &mut source)?;
        note(tx, actor, &STOPPED, (Act::UsageSourceStopped, &source))?;
    }
    Ok(source)
}

/// Listens to a source again.
///
/// # Errors
/// As of [`rotate`].
pub fn start(tx: &mut Tx<'_>, actor: &Actor, id: SourceId) -> Result<Source, SourceError> {
    actor.must(Permission::UsageWrite)?;
    let mut source = known(tx, actor, id)?;
    if source.stop.take().is_some() {
        store::delete_stop(tx, actor.workspace, id)?;
        moved(tx, actor, &mut source)?;
        note(tx, actor, &STARTED, (Act::UsageSourceStarted, &source))?;
    }
    Ok(source)
}

/// The source with this id in the actor's workspace.
///
/// # Errors
/// [`SourceError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: SourceId) -> Result<Option<Source>, SourceError> {
    actor.must(Permission::UsageRead)?;
    let mut all = store::all(tx, actor.workspace)?.into_iter();
    Ok(all.find(|source| source.id == id))
}

/// All sources of the workspace, the oldest first: [`MOST`] at most.
///
/// # Errors
/// [`SourceError::Forbidden`], or the database's.
pub fn all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Source>, SourceError> {
    actor.must(Permission::UsageRead)?;
    Ok(store::all(tx, actor.workspace)?)
}

/// Which source of which workspace a write key is of, and whether it is listened to.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of_key(tx: &mut Tx<'_>, key: &str) -> Result<Option<Gate>, DbError> {
    if !model::is_key(key) {
        return Ok(None);
    }
    let now = tx.now();
    store::of_key(tx, key, now)
}

/// The names of the workspace's sources, for lists that name them.
///
/// # Errors
/// [`DbError`] of the database.
pub fn names(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<(SourceId, String)>, DbError> {
    let all = store::all(tx, workspace)?.into_iter();
    Ok(all.map(|source| (source.id, source.name)).collect())
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: SourceId) -> Result<Source, SourceError> {
    find(tx, actor, id)?.ok_or(SourceError::Unknown)
}

fn moved(tx: &mut Tx<'_>, actor: &Actor, source: &mut Source) -> Result<(), DbError> {
    source.version += 1;
    source.changed_at = tx.now();
    store::update(tx, actor.workspace, source)
}

fn make_key(tx: &mut Tx<'_>, actor: &Actor, source: &mut Source) -> Result<(), DbError> {
    let key = WriteKey {
        text: model::new_key(tx.ids()),
        created_at: tx.now(),
        expires_at: None,
    };
    store::insert_key(tx, actor.workspace, source.id, &key)?;
    source.keys.insert(0, key);
    Ok(())
}

/// Tells of a change, in the events and in the audit trail.
fn note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static Kind,
    (act, source): (Act, &Source),
) -> Result<(), DbError> {
    let facts = serde_json::json!({ "name": source.name });
    audit::record(
        tx,
        actor,
        Entry::of(act, source.id).named(&source.name).after(facts.clone()),
    )?;
    let event = NewEvent::of(kind, source.id).topic(LIST).payload(facts);
    events::record(tx, actor, event)?;
    Ok(())
}
