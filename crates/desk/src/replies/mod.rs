//! Saved replies: texts that agents write again and again, with variables that a ticket fills in. One that also changes
//! fields is a *macro*: it does everything in one act, which one undo takes back.
//!
//! A reply is for everyone, for a team, or for one agent alone; whose it is not never sees it. Shared ones are changed by
//! whoever sets up the inbox. Using one writes nothing to the customer: its words come into the composer. A text that can't
//! be filled in is not used at all and says which variable it is.

pub mod api;
pub mod choosing;
pub mod demo;
mod documents;
mod failures;
pub mod files;
mod filling;
mod model;
pub mod operations;
mod store;
pub mod templates;
mod using;
mod views;
pub mod web;

use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::teams::{self, TeamId};

pub(crate) use failures::said as broken;
pub use filling::values;
pub use model::{Audience, FIELDS, LONGEST, Removal, Reply, ReplyError, ReplyText, SNOOZES};
pub use using::{Used, apply, apply_new, meant, take_back};
pub(crate) use using::{clean, count, words};
pub(crate) use web::set;

kit::id! {
    /// A saved reply.
    ReplyId, "rpl"
}

/// A shared reply was added.
pub const ADDED: Kind = Kind::new("saved_reply.added", Permission::TicketsWrite);
/// A shared reply is another.
pub const CHANGED: Kind = Kind::new("saved_reply.changed", Permission::TicketsWrite);
/// A shared reply was removed.
pub const REMOVED: Kind = Kind::new("saved_reply.removed", Permission::TicketsWrite);
/// A removed reply was brought back.
pub const RESTORED: Kind = Kind::new("saved_reply.restored", Permission::TicketsWrite);

/// The name of the list, for pages that show it.
pub const LIST: &str = "saved_replies";
/// How many a workspace may have.
pub const MOST: i64 = 1_000;

/// Adds a reply.
///
/// # Errors
/// [`ReplyError`] for a missing permission, a field that does not fit, or one for others by somebody who does not set up
/// the inbox.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, text: &ReplyText) -> Result<Reply, ReplyError> {
    actor.must(Permission::TicketsWrite)?;
    let text = checked(tx, actor, text)?;
    must_own(actor, text.audience)?;
    must_fit(tx, actor)?;
    let reply = Reply {
        id: tx.new_id(),
        text,
        uses: 0,
        used_at: None,
        version: 1,
        created_at: tx.now(),
        created_by: actor.signature(),
        removal: None,
    };
    store::insert(tx, actor.workspace, &reply)?;
    let entry = Entry::of(Act::ReplyAdded, reply.id).after(facts(&reply));
    note(tx, actor, &ADDED, &reply, entry)?;
    Ok(reply)
}

/// Changes a reply, made from `version`.
///
/// # Errors
/// As of [`add`]; [`ReplyError::Stale`] when someone changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ReplyId,
    version: i64,
    text: &ReplyText,
) -> Result<Reply, ReplyError> {
    actor.must(Permission::TicketsWrite)?;
    let before = known(tx, actor, id)?;
    must_own(actor, before.text.audience)?;
    let text = checked(tx, actor, text)?;
    must_own(actor, text.audience)?;
    if before.version != version {
        return Err(ReplyError::Stale(Box::new(before)));
    }
    if before.text == text {
        return Ok(before);
    }
    let after = Reply {
        text,
        version: before.version + 1,
        ..before.clone()
    };
    store::update(tx, actor.workspace, &after)?;
    let entry = Entry::of(Act::ReplyChanged, id).before(facts(&before));
    // What was shared until now is seen by others until they are told.
    let widest = if before.text.audience.is_shared() {
        &before
    } else {
        &after
    };
    note(tx, actor, &CHANGED, widest, entry.after(facts(&after)))?;
    Ok(after)
}

/// Removes a reply; it can be brought back. Doing it twice keeps the first one's name and moment.
///
/// # Errors
/// [`ReplyError::Unknown`], [`ReplyError::NotYours`], [`ReplyError::Forbidden`], or the database's.
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: ReplyId) -> Result<Reply, ReplyError> {
    actor.must(Permission::TicketsWrite)?;
    let mut reply = known(tx, actor, id)?;
    must_own(actor, reply.text.audience)?;
    if reply.removal.is_none() {
        reply.removal = Some(Removal {
            by: actor.signature(),
            at: tx.now(),
        });
        store::set_removal(tx, actor.workspace, &reply)?;
        let entry = Entry::of(Act::ReplyRemoved, id);
        note(tx, actor, &REMOVED, &reply, entry)?;
    }
    Ok(reply)
}

/// Brings a removed reply back; another stays as it is.
///
/// # Errors
/// As of [`remove`]; [`ReplyError::TooMany`].
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: ReplyId) -> Result<Reply, ReplyError> {
    actor.must(Permission::TicketsWrite)?;
    let mut reply = known(tx, actor, id)?;
    must_own(actor, reply.text.audience)?;
    if reply.removal.take().is_some() {
        must_fit(tx, actor)?;
        store::set_removal(tx, actor.workspace, &reply)?;
        let entry = Entry::of(Act::ReplyRestored, id);
        note(tx, actor, &RESTORED, &reply, entry)?;
    }
    Ok(reply)
}

/// The reply with this id, where the actor may see it; removed ones too.
///
/// # Errors
/// [`ReplyError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: ReplyId) -> Result<Option<Reply>, ReplyError> {
    actor.must(Permission::TicketsWrite)?;
    let Some(reply) = store::find(tx, actor.workspace, id)? else {
        return Ok(None);
    };
    let teams = teams_of(tx, actor)?;
    Ok(Some(reply).filter(|reply| sees(actor, &teams, reply.text.audience)))
}

/// Everything that the actor may use, by folder and name.
///
/// # Errors
/// [`ReplyError::Forbidden`], or the database's.
pub fn all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Reply>, ReplyError> {
    actor.must(Permission::TicketsWrite)?;
    let teams = teams_of(tx, actor)?;
    let mut replies = store::all(tx, actor.workspace)?;
    replies.retain(|reply| sees(actor, &teams, reply.text.audience));
    Ok(replies)
}

/// The macros without words that the actor may use: for many tickets at once.
///
/// # Errors
/// As of [`all`].
pub fn wordless(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Reply>, ReplyError> {
    actor.must(Permission::TicketsWrite)?;
    let teams = teams_of(tx, actor)?;
    let mut replies = store::wordless(tx, actor.workspace)?;
    replies.retain(|reply| sees(actor, &teams, reply.text.audience));
    Ok(replies)
}

/// Whether the actor may change what has this audience.
pub fn may_change(actor: &Actor, audience: Audience) -> bool {
    match audience {
        Audience::Own(agent) => actor.agent() == Some(agent),
        _ => actor.may(Permission::InboxWrite),
    }
}

/// The folders of replies that stand in the order of lists.
fn folders(replies: &[Reply]) -> Vec<String> {
    let mut folders: Vec<String> = replies.iter().map(|reply| reply.text.folder.clone()).collect();
    folders.dedup();
    folders.retain(|folder| !folder.is_empty());
    folders
}

/// Whether one more has room.
fn must_fit(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), ReplyError> {
    if store::how_many(tx, actor.workspace)? < MOST {
        Ok(())
    } else {
        Err(ReplyError::TooMany)
    }
}

fn must_own(actor: &Actor, audience: Audience) -> Result<(), ReplyError> {
    if may_change(actor, audience) {
        Ok(())
    } else {
        Err(ReplyError::NotYours)
    }
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: ReplyId) -> Result<Reply, ReplyError> {
    find(tx, actor, id)?.ok_or(ReplyError::Unknown)
}

/// Who sets up the inbox sees every team's; nobody sees what is another's own.
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

/// The text as it is stored, with agents and teams that are there.
fn checked(tx: &mut Tx<'_>, actor: &Actor, text: &ReplyText) -> Result<ReplyText, ReplyError> {
    use crate::tickets::Field;
    let text = text.checked()?;
    let teams = teams::all(tx, actor.workspace)?;
    let is_team = |id: TeamId| teams.iter().any(|team| team.id == id && team.archiving.is_none());
    if let Audience::Team(id) = text.audience
        && !is_team(id)
    {
        return Err(ReplyError::BadAudience);
    }
    if let Some(Ok(id)) = text.change(Field::Team).map(str::parse)
        && !is_team(id)
    {
        return Err(ReplyError::BadChange(Field::Team));
    }
    if let Some(Ok(step)) = text.change(Field::Status).map(str::parse)
        && !crate::statuses::is_there(tx, actor.workspace, step, true)?
    {
        return Err(ReplyError::BadChange(Field::Status));
    }
    if let Some(Ok(id)) = text.change(Field::Agent).map(str::parse) {
        let agent = tandem_core::agents::find(tx, actor.workspace, id)?;
        if !agent.is_some_and(|agent| agent.is_active) {
            return Err(ReplyError::BadChange(Field::Agent));
        }
    }
    Ok(text)
}

fn facts(reply: &Reply) -> serde_json::Value {
    let text = &reply.text;
    let changes: serde_json::Map<_, _> = text
        .changes
        .iter()
        .map(|(field, value)| (field.as_str().to_owned(), json!(value)))
        .collect();
    json!({ "name": text.name, "folder": text.folder, "languages": text.words.keys().collect::<Vec<_>>(), "audience": text.audience.to_string(), "note": text.is_note, "changes": changes, "extras": text.extras })
}

/// What a team calls its replies concerns no other. What is one agent's own concerns nobody else: neither events nor the audit
/// trail tell of it.
fn note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static Kind,
    reply: &Reply,
    entry: Entry,
) -> Result<(), DbError> {
    if !reply.text.audience.is_shared() {
        return Ok(());
    }
    let mut payload = json!({ "macro": reply.is_macro() });
    if reply.text.audience == Audience::Everyone {
        payload["name"] = reply.text.name.as_str().into();
    }
    events::record(
        tx,
        actor,
        NewEvent::of(kind, reply.id).topic(LIST).payload(payload),
    )?;
    audit::record(tx, actor, entry.named(&reply.text.name))?;
    Ok(())
}
