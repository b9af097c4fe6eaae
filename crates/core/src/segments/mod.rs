//! Segments: named sets of accounts, each given by a tree of conditions. A view of the list of accounts that somebody keeps
//! is one too: shared with the workspace, or its maker's alone.
//!
//! Which accounts are in is kept in rows, so that no page scans to list or to count. It follows every event that names an
//! account, and the day; an account that comes or goes by those is told in [`ENTERED`] and [`LEFT`]. A new definition goes
//! through all accounts by itself and is told once, with counts ([`CHANGED`]). Whoever may not see what a definition asks,
//! does not see the segment.

pub mod account;
pub mod api;
mod catalogue;
mod checking;
mod documents;
mod facts;
mod failures;
mod form;
pub mod jobs;
mod keeping;
mod line;
mod members;
mod model;
pub mod operations;
mod preview;
mod retagging;
pub mod search;
mod seeing;
mod store;
pub mod strip;
mod suppliers;
mod views;
pub mod web;
mod wishes;
mod words;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use serde_json::json;

pub use checking::{Misplaced, Reason};
pub use keeping::follow;
pub(crate) use keeping::{forget, forget_all};
pub use line::{About, Is, Line, Misfit};
pub use model::{
    CONDITIONS, Condition, DEPTH, Fact, Facts, Group, Join, Segment, SegmentText, Subject, Test, matches,
};
pub use preview::{Preview, preview};
pub(crate) use retagging::follow_tag;
pub(crate) use seeing::some;
pub use seeing::{all, by_metric, choices, contains, find, members, of_account, open};
pub use suppliers::{Ask, Choices, Found, Read, Supplier, Suppliers, Use, Uses};

use catalogue::Catalogue;

use crate::accounts::merging::{Part, Way};
use crate::accounts::{self, AccountId};
use crate::actor::{Actor, Forbidden};
use crate::agents::AgentId;
use crate::audit::{self, Act, Entry};
use crate::events::{self, Kind, NewEvent};
use crate::permissions::Permission;

kit::id! {
    /// A segment.
    SegmentId, "seg"
}

/// What definitions ask that not everybody who sees accounts may see. Whoever is told of accounts in
/// such a segment needs that too.
const SECRETS: &[Permission] = &[
    Permission::MoneyRead,
    Permission::TicketsRead,
    Permission::ContactsRead,
    Permission::UsageRead,
];

/// A shared segment was added.
pub const ADDED: Kind = Kind::new("segments.added", Permission::AccountsRead);
/// Somebody wrote a shared segment anew.
pub const EDITED: Kind = Kind::new("segments.edited", Permission::AccountsRead);
/// All accounts were looked at for the definition of a shared segment: so many came, so many went.
pub const CHANGED: Kind = Kind::new("segments.changed", Permission::AccountsRead).at_times(SECRETS);
/// Accounts are being looked at for a new definition.
pub const COUNTING: Kind = Kind::new("segments.counting", Permission::AccountsRead);
/// A shared segment was removed.
pub const REMOVED: Kind = Kind::new("segments.removed", Permission::AccountsRead);
/// A removed segment was brought back.
pub const RESTORED: Kind = Kind::new("segments.restored", Permission::AccountsRead);
/// An account came into a shared segment because it, or the day, is another.
pub const ENTERED: Kind = Kind::new("segments.entered", Permission::AccountsRead).at_times(SECRETS);
/// An account left a shared segment because it, or the day, is another.
pub const LEFT: Kind = Kind::new("segments.left", Permission::AccountsRead).at_times(SECRETS);

/// What a merge of accounts does with who is in: the survivor is looked at anew.
pub const MERGES: Part = Part::new("segment_members", Way::Derive(forget, follow));

/// The name of the list of segments, for pages that show it.
pub const LIST: &str = "segments";
/// How many a workspace has at most.
pub const MOST: i64 = 300;
/// How many of them are one agent's alone: every change of an account asks each.
pub const OWN: i64 = 30;

/// An account in a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The account.
    pub account: AccountId,
    /// What it is called.
    pub name: String,
    /// Since when it is in.
    pub entered_at: Timestamp,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SegmentError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The name is empty or too long.
    #[error("a name has 1 to 80 characters")]
    BadName,
    /// What it is for is too long.
    #[error("a description has up to 500 characters")]
    LongAbout,
    /// Only agents have segments of their own.
    #[error("only agents have segments of their own")]
    NoOwner,
    /// A part of the definition can't be asked.
    #[error("{} at {}", .0.reason.said(), .0.path)]
    Bad(Misplaced),
    /// Everybody shares it, and the actor does not write those.
    #[error("it is shared: only who writes shared segments changes it")]
    NotYours,
    /// As many as there can be.
    #[error("a workspace has up to 300 segments, and each agent up to 30 of their own")]
    TooMany,
    /// There is no such segment here, or the actor may not see it.
    #[error("there is no such segment")]
    Unknown,
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed it meanwhile")]
    Stale(Box<Segment>),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Adds a segment; all accounts are looked at soon.
///
/// # Errors
/// [`SegmentError`] for a missing permission or a part that does not fit.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, text: &SegmentText) -> Result<Segment, SegmentError> {
    actor.must(Permission::AccountsRead)?;
    must_write(actor, text.owner)?;
    let (text, is_timed) = checked(tx, actor, text)?;
    must_fit(tx, actor, text.owner, true)?;
    let (now, by) = (tx.now(), actor.signature());
    let segment = Segment {
        id: tx.new_id(),
        text,
        is_timed,
        is_counted: false,
        looked: 0,
        total: store::accounts(tx, actor.workspace)?,
        members: 0,
        version: 1,
        created_at: now,
        created_by: by.clone(),
        changed_at: now,
        changed_by: by,
        removal: None,
    };
    store::insert(tx, actor.workspace, &segment)?;
    jobs::begin(tx, actor.workspace, &segment)?;
    let entry = Entry::of(Act::SegmentAdded, segment.id).after(described(&segment));
    note(tx, actor, (&ADDED, segment.is_shared()), &segment, entry)?;
    Ok(segment)
}

/// Changes a segment, made from `version`. With another definition all accounts are looked at again.
///
/// # Errors
/// As of [`add`]; [`SegmentError::Stale`] when someone changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: SegmentId,
    version: i64,
    text: &SegmentText,
) -> Result<Segment, SegmentError> {
    let before = known(tx, actor, id)?;
    must_write(actor, before.text.owner)?;
    must_write(actor, text.owner)?;
    if before.version != version {
        return Err(SegmentError::Stale(Box::new(before)));
    }
    let (text, is_timed) = checked(tx, actor, text)?;
    if before.text == text {
        return Ok(before);
    }
    if before.text.owner != text.owner {
        must_fit(tx, actor, text.owner, false)?;
    }
    let asks_same = before.text.definition == text.definition;
    let after = Segment {
        text,
        is_timed,
        is_counted: before.is_counted && asks_same,
        looked: 0,
        total: store::accounts(tx, actor.workspace)?,
        version: before.version + 1,
        changed_at: tx.now(),
        changed_by: actor.signature(),
        ..before.clone()
    };
    store::update(tx, actor.workspace, &after)?;
    if !after.is_counted {
        jobs::begin(tx, actor.workspace, &after)?;
    }
    let entry = Entry::of(Act::SegmentChanged, id).before(described(&before));
    let is_heard = before.is_shared() || after.is_shared();
    note(
        tx,
        actor,
        (&EDITED, is_heard),
        &after,
        entry.after(described(&after)),
    )?;
    Ok(after)
}

/// Removes a segment; it can be brought back. Doing it twice changes nothing.
///
/// # Errors
/// [`SegmentError::Unknown`], [`SegmentError::NotYours`], [`SegmentError::Forbidden`], or the database's.
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: SegmentId) -> Result<Segment, SegmentError> {
    let before = known(tx, actor, id)?;
    must_write(actor, before.text.owner)?;
    if before.removal.is_some() {
        return Ok(before);
    }
    let after = Segment {
        removal: Some((actor.signature(), tx.now())),
        is_counted: false,
        version: before.version + 1,
        ..before
    };
    put(tx, actor, &after, (&REMOVED, Act::SegmentRemoved))?;
    Ok(after)
}

/// Brings a removed segment back; another stays as it is.
///
/// # Errors
/// As of [`remove`]; [`SegmentError::TooMany`].
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: SegmentId) -> Result<Segment, SegmentError> {
    let before = known(tx, actor, id)?;
    must_write(actor, before.text.owner)?;
    if before.removal.is_none() {
        return Ok(before);
    }
    must_fit(tx, actor, before.text.owner, true)?;
    let after = Segment {
        removal: None,
        looked: 0,
        total: store::accounts(tx, actor.workspace)?,
        version: before.version + 1,
        ..before
    };
    put(tx, actor, &after, (&RESTORED, Act::SegmentRestored))?;
    Ok(after)
}

fn put(
    tx: &mut Tx<'_>,
    actor: &Actor,
    segment: &Segment,
    (kind, act): (&'static Kind, Act),
) -> Result<(), SegmentError> {
    store::update(tx, actor.workspace, segment)?;
    jobs::begin(tx, actor.workspace, segment)?;
    let heard = (kind, segment.is_shared());
    note(tx, actor, heard, segment, Entry::of(act, segment.id))
}

/// Whether the actor may change a segment of this owner.
pub fn may_write(actor: &Actor, owner: Option<AgentId>) -> bool {
    match owner {
        None => actor.may(Permission::SegmentsWrite),
        Some(owner) => actor.agent() == Some(owner),
    }
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: SegmentId) -> Result<Segment, SegmentError> {
    find(tx, actor, id)?.ok_or(SegmentError::Unknown)
}

fn must_write(actor: &Actor, owner: Option<AgentId>) -> Result<(), SegmentError> {
    if may_write(actor, owner) {
        Ok(())
    } else {
        Err(SegmentError::NotYours)
    }
}

/// Whether one more has room; a new one counts among all, another owner's only among theirs.
fn must_fit(
    tx: &mut Tx<'_>,
    actor: &Actor,
    owner: Option<AgentId>,
    is_new: bool,
) -> Result<(), SegmentError> {
    let is_full = is_new && store::how_many(tx, actor.workspace)? >= MOST;
    let is_own_full = match owner {
        Some(owner) => store::how_many_of(tx, actor.workspace, owner)? >= OWN,
        None => false,
    };
    if is_full || is_own_full {
        return Err(SegmentError::TooMany);
    }
    Ok(())
}

/// The text as it is kept, and whether a new day alone can change who is in.
fn checked(tx: &mut Tx<'_>, actor: &Actor, text: &SegmentText) -> Result<(SegmentText, bool), SegmentError> {
    let name = text.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > 80 || name.chars().any(char::is_control) {
        return Err(SegmentError::BadName);
    }
    let about: String = text
        .about
        .trim()
        .chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .collect();
    if about.chars().count() > 500 {
        return Err(SegmentError::LongAbout);
    }
    let catalogue = Catalogue::of(tx, actor)?;
    checking::check(&text.definition, &catalogue).map_err(SegmentError::Bad)?;
    let is_timed = checking::is_timed(&text.definition, &catalogue);
    let text = SegmentText {
        name,
        about,
        ..text.clone()
    };
    Ok((text, is_timed))
}

fn described(segment: &Segment) -> serde_json::Value {
    let text = &segment.text;
    json!({
        "name": text.name, "about": text.about, "owner": text.owner, "definition": text.definition,
    })
}

/// What is one agent's own concerns nobody else.
fn note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (kind, is_heard): (&'static Kind, bool),
    segment: &Segment,
    entry: Entry,
) -> Result<(), SegmentError> {
    if is_heard {
        let event = NewEvent::of(kind, segment.id).topic(LIST).topic(accounts::LIST);
        events::record(tx, actor, event.payload(json!({ "version": segment.version })))?;
        audit::record(tx, actor, entry.named(&segment.text.name))?;
    }
    Ok(())
}
