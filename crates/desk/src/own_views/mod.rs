//! Views that people make: what they ask of tickets, in which order they show them, and for whom they are.
//!
//! Which tickets lie in a view is kept in rows, with every change of a ticket and in its transaction, and how many are in is
//! a tally; no page ever scans to list or to count. A view that shows each viewer their own ("me") counts for each agent.

pub mod api;
mod asking;
mod checking;
mod conditions;
pub mod demo;
mod documents;
mod failures;
mod found;
pub mod jobs;
mod keeping;
mod model;
pub mod operations;
mod store;
mod views;
pub mod web;

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::tallies;
use tandem_core::teams::{self, TeamId};

pub use asking::FieldCondition;
use checking::checked;
pub use conditions::{Conditions, DAYS, Facts, LONGEST, SHELVES};
pub use keeping::{follow, follow_all, forget};
pub use model::{Order, OwnView, Seat, ViewError, ViewText};

use crate::replies::Audience;
use crate::tickets::Ticket;
use crate::tickets::listing::{self, Cursor};

kit::id! {
    /// A view that somebody made.
    OwnViewId, "viw"
}

/// A shared view was added.
pub const ADDED: Kind = Kind::new("inbox_view.added", Permission::TicketsRead);
/// A shared view is another.
pub const CHANGED: Kind = Kind::new("inbox_view.changed", Permission::TicketsRead);
/// A shared view was removed.
pub const REMOVED: Kind = Kind::new("inbox_view.removed", Permission::TicketsRead);
/// A removed view was brought back.
pub const RESTORED: Kind = Kind::new("inbox_view.restored", Permission::TicketsRead);
/// A view has looked through all tickets.
pub const COUNTED: Kind = Kind::new("inbox_view.counted", Permission::TicketsRead);

/// The name of the list of views, for pages that show it.
pub const LIST: &str = "inbox_views";
/// How many a workspace may have.
pub const MOST: i64 = 500;
/// How many an agent may have for themselves: every change of a ticket asks each of them.
pub const OWN: i64 = 30;

/// Adds a view; its tickets are looked for at once.
///
/// # Errors
/// [`ViewError`] for a missing permission, a condition that can't be asked, or one for others by somebody who does not set
/// up the inbox.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, text: &ViewText) -> Result<OwnView, ViewError> {
    actor.must(Permission::TicketsRead)?;
    let text = checked(tx, actor, text)?;
    must_own(actor, text.audience)?;
    must_fit(tx, actor, text.audience)?;
    let view = OwnView {
        id: tx.new_id(),
        text,
        is_counted: false,
        version: 1,
        created_at: tx.now(),
        created_by: actor.signature(),
        removal: None,
    };
    store::insert(tx, actor.workspace, &view)?;
    jobs::begin(tx, actor.workspace, &view)?;
    note(
        tx,
        actor,
        &ADDED,
        &view,
        Entry::of(Act::ViewAdded, view.id).after(facts(&view)),
    )?;
    Ok(view)
}

/// Changes a view, made from `version`. Other conditions or another order make it look through all tickets again.
///
/// # Errors
/// As of [`add`]; [`ViewError::Stale`] when someone changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: OwnViewId,
    version: i64,
    text: &ViewText,
) -> Result<OwnView, ViewError> {
    actor.must(Permission::TicketsRead)?;
    let before = known(tx, actor, id)?;
    must_own(actor, before.text.audience)?;
    let text = checked(tx, actor, text)?;
    must_own(actor, text.audience)?;
    if before.version != version {
        return Err(ViewError::Stale(Box::new(before)));
    }
    if before.text == text {
        return Ok(before);
    }
    if before.text.audience.is_shared() {
        must_fit_own(tx, actor, text.audience)?;
    }
    let asks_same = (&before.text.conditions, before.text.order) == (&text.conditions, text.order);
    let after = OwnView {
        is_counted: before.is_counted && asks_same,
        version: before.version + 1,
        text,
        ..before.clone()
    };
    store::update(tx, actor.workspace, &after)?;
    if !after.is_counted {
        jobs::begin(tx, actor.workspace, &after)?;
    }
    let entry = Entry::of(Act::ViewChanged, id).before(facts(&before));
    let widest = if before.text.audience.is_shared() {
        &before
    } else {
        &after
    };
    note(tx, actor, &CHANGED, widest, entry.after(facts(&after)))?;
    Ok(after)
}

/// Removes a view; it can be brought back. Doing it twice changes nothing.
///
/// # Errors
/// [`ViewError::Unknown`], [`ViewError::NotYours`], [`ViewError::Forbidden`], or the database's.
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: OwnViewId) -> Result<OwnView, ViewError> {
    actor.must(Permission::TicketsRead)?;
    let before = known(tx, actor, id)?;
    must_own(actor, before.text.audience)?;
    if before.removal.is_some() {
        return Ok(before);
    }
    let after = OwnView {
        removal: Some((actor.signature(), tx.now())),
        is_counted: false,
        version: before.version + 1,
        ..before
    };
    store::update(tx, actor.workspace, &after)?;
    jobs::begin(tx, actor.workspace, &after)?;
    note(tx, actor, &REMOVED, &after, Entry::of(Act::ViewRemoved, id))?;
    Ok(after)
}

/// Brings a removed view back; another stays as it is.
///
/// # Errors
/// As of [`remove`]; [`ViewError::TooMany`].
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: OwnViewId) -> Result<OwnView, ViewError> {
    actor.must(Permission::TicketsRead)?;
    let before = known(tx, actor, id)?;
    must_own(actor, before.text.audience)?;
    if before.removal.is_none() {
        return Ok(before);
    }
    must_fit(tx, actor, before.text.audience)?;
    let after = OwnView {
        removal: None,
        version: before.version + 1,
        ..before
    };
    store::update(tx, actor.workspace, &after)?;
    jobs::begin(tx, actor.workspace, &after)?;
    note(tx, actor, &RESTORED, &after, Entry::of(Act::ViewRestored, id))?;
    Ok(after)
}

/// The view with this id, where the actor may see it; removed ones too.
///
/// # Errors
/// [`ViewError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: OwnViewId) -> Result<Option<OwnView>, ViewError> {
    actor.must(Permission::TicketsRead)?;
    let Some(view) = store::find(tx, actor.workspace, id)? else {
        return Ok(None);
    };
    let teams = teams_of(tx, actor)?;
    Ok(Some(view).filter(|view| sees(actor, &teams, view.text.audience)))
}

/// The views that the actor sees, by name.
///
/// # Errors
/// [`ViewError::Forbidden`], or the database's.
pub fn all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<OwnView>, ViewError> {
    actor.must(Permission::TicketsRead)?;
    let teams = teams_of(tx, actor)?;
    let mut views = store::all(tx, actor.workspace)?;
    views.retain(|view| sees(actor, &teams, view.text.audience));
    Ok(views)
}

/// A part of a view's tickets in its order.
///
/// # Errors
/// [`ViewError::Unknown`] for a view that is removed or none of the actor's; the database's.
pub fn tickets(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: OwnViewId,
    from: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Ticket>, ViewError> {
    let view = known(tx, actor, id)?;
    if view.removal.is_some() {
        return Err(ViewError::Unknown);
    }
    let Some(bucket) = bucket(actor, &view) else {
        return Ok(Vec::new());
    };
    Ok(listing::seated(tx, actor.workspace, (id, bucket), from, limit)?)
}

/// How many tickets are in a view for this actor; none while it is still counting.
///
/// # Errors
/// [`DbError`] of the database.
pub fn count(tx: &mut Tx<'_>, actor: &Actor, view: &OwnView) -> Result<Option<i64>, DbError> {
    let Some(bucket) = bucket(actor, view).filter(|_| view.is_counted) else {
        return Ok(None);
    };
    tallies::total(tx, actor.workspace, &view.tally(bucket)).map(Some)
}

/// Whether the actor may change what has this audience.
pub fn may_change(actor: &Actor, audience: Audience) -> bool {
    crate::replies::may_change(actor, audience)
}

/// Which tickets of a view the actor sees: their own in one of "mine".
fn bucket(actor: &Actor, view: &OwnView) -> Option<Uuid> {
    if view.text.conditions.is_of_viewer() {
        actor.agent().map(|agent| agent.uuid())
    } else {
        Some(Uuid::nil())
    }
}

/// Whether one more has room.
fn must_fit(tx: &mut Tx<'_>, actor: &Actor, audience: Audience) -> Result<(), ViewError> {
    if store::how_many(tx, actor.workspace)? >= MOST {
        return Err(ViewError::TooMany);
    }
    must_fit_own(tx, actor, audience)
}

/// Whether one more has room among those of its owner.
fn must_fit_own(tx: &mut Tx<'_>, actor: &Actor, audience: Audience) -> Result<(), ViewError> {
    match audience {
        Audience::Own(agent) if store::how_many_of(tx, actor.workspace, agent)? >= OWN => {
            Err(ViewError::TooMany)
        }
        _ => Ok(()),
    }
}

fn must_own(actor: &Actor, audience: Audience) -> Result<(), ViewError> {
    if may_change(actor, audience) {
        Ok(())
    } else {
        Err(ViewError::NotYours)
    }
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: OwnViewId) -> Result<OwnView, ViewError> {
    find(tx, actor, id)?.ok_or(ViewError::Unknown)
}

fn sees(actor: &Actor, teams: &[TeamId], audience: Audience) -> bool {
    match audience {
        Audience::Everyone => true,
        Audience::Team(team) => actor.may(Permission::InboxWrite) || teams.contains(&team),
        Audience::Own(agent) => actor.agent() == Some(agent),
    }
}

fn teams_of(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<TeamId>, DbError> {
    let Some(me) = actor.agent() else {
        return Ok(Vec::new());
    };
    let teams = teams::all(tx, actor.workspace)?.into_iter();
    let mine = teams.filter(|team| team.archiving.is_none() && team.members.contains(&me));
    Ok(mine.map(|team| team.id).collect())
}

fn facts(view: &OwnView) -> serde_json::Value {
    let text = &view.text;
    json!({ "name": text.name, "audience": text.audience.to_string(), "conditions": text.conditions, "order": text.order })
}

/// What is one agent's own concerns nobody else, and what a team calls its views no other.
fn note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static Kind,
    view: &OwnView,
    entry: Entry,
) -> Result<(), DbError> {
    if !view.text.audience.is_shared() {
        return Ok(());
    }
    let payload = match view.text.audience {
        Audience::Everyone => json!({ "name": view.text.name }),
        _ => json!({}),
    };
    events::record(
        tx,
        actor,
        NewEvent::of(kind, view.id).topic(LIST).payload(payload),
    )?;
    audit::record(tx, actor, entry.named(&view.text.name))?;
    Ok(())
}
