//! API inboxes: a channel that a program of the company's own connects, such as a messenger, a telephone system or an app.
//!
//! The program brings what customers write ([`taking`]): into the ticket of a conversation that it names, or into a new one. What
//! agents answer there goes back to it ([`carrying`]) by a line of webhooks, signed and tried again for days, and it tells what
//! became of each answer ([`Told`]).
//!
//! Invariants: a message of the program is taken once, under the name that it has there; an answer is put on its way in the
//! transaction that stores it, leaves by its inbox alone and not by mail too, and is never sent again once it was taken; an inbox
//! that is closed takes and brings nothing, and loses nothing.

pub mod api;
pub mod carrying;
pub mod demo;
mod documents;
mod failures;
mod looking;
pub mod marks;
mod model;
pub mod operations;
mod personal;
mod store;
pub mod taking;
mod views;
pub mod web;

use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::teams;
use tandem_core::webhooks::lines::{self, NewLine};
use tandem_core::webhooks::{SigningSecret, StopReason, Webhook};

pub use carrying::{FOLLOW, WRITE};
pub use model::{
    Answer, ApiInbox, ApiInboxError, CHANNELS, Closing, InboxText, LONGEST_NAME, Receipt, Standing, Told,
};
pub use personal::HOLDS;
pub(crate) use personal::forget_ticket;

kit::id! {
    /// An inbox of a program of the company's own.
    ApiInboxId, "aib"
}

/// An API inbox came, is another, was closed or opened again.
pub const CHANGED: Kind = Kind::new("api_inbox.changed", Permission::TicketsRead);
/// An answer is on its way to the program, was taken by it, or was not; or the program told what became of it.
pub const ANSWERED: Kind = Kind::new("api_inbox.answered", Permission::TicketsRead);

/// The name of the list of API inboxes, for pages that show it.
pub const LIST: &str = "api_inboxes";
/// How many a workspace has at most, closed ones included.
pub const MOST: usize = 50;
/// Where the pages are.
pub(crate) const ADDRESS: &str = "/settings/api-inboxes";

/// Sets an inbox up; gives the secret that signs what it sends, which is shown once.
///
/// # Errors
/// [`ApiInboxError`] for a missing permission, a text that does not fit, a team that is none, or too many.
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    text: &InboxText,
) -> Result<(ApiInbox, SigningSecret), ApiInboxError> {
    actor.must(Permission::InboxWrite)?;
    if store::all(tx, actor.workspace)?.len() >= MOST {
        return Err(ApiInboxError::TooMany);
    }
    let text = checked(tx, actor, text)?;
    let id: ApiInboxId = tx.new_id();
    let page = format!("{ADDRESS}/{id}");
    let new = NewLine {
        name: &text.name,
        url: &text.url,
        page: &page,
    };
    let (line, secret) = lines::open(tx, actor, &new)?;
    let inbox = ApiInbox {
        id,
        realm: text.realm(),
        text: as_line(text, &line),
        line: line.id,
        version: 1,
        created_at: tx.now(),
        created_by: actor.signature(),
        closing: None,
    };
    store::insert(tx, actor.workspace, &inbox)?;
    let entry = Entry::of(Act::ApiInboxAdded, id).after(facts(&inbox, &line));
    note(tx, actor, &inbox, entry)?;
    Ok((inbox, secret))
}

/// Changes an inbox, made from `version`.
///
/// # Errors
/// As of [`add`]; [`ApiInboxError::Stale`] when somebody changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ApiInboxId,
    version: i64,
    text: &InboxText,
) -> Result<ApiInbox, ApiInboxError> {
    actor.must(Permission::InboxWrite)?;
    let (mut inbox, line) = known(tx, actor, id)?;
    if inbox.version != version {
        return Err(ApiInboxError::Stale(Box::new(inbox)));
    }
    let before = facts(&inbox, &line);
    let text = checked(tx, actor, text)?;
    let line = lines::change(tx, actor, inbox.line, (&text.name, &text.url))?;
    let text = as_line(text, &line);
    if text == inbox.text {
        return Ok(inbox);
    }
    inbox.text = text;
    inbox.version += 1;
    store::update(tx, actor.workspace, &inbox)?;
    let entry = Entry::of(Act::ApiInboxChanged, id).before(before);
    note(tx, actor, &inbox, entry.after(facts(&inbox, &line)))?;
    Ok(inbox)
}

/// Gives an inbox a new secret, which is shown once; the one before signs beside it for a day.
///
/// # Errors
/// [`ApiInboxError::Unknown`] for an inbox of no or another workspace, or a missing permission.
pub fn rotate(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ApiInboxId,
) -> Result<(ApiInbox, SigningSecret), ApiInboxError> {
    actor.must(Permission::InboxWrite)?;
    let (inbox, _) = known(tx, actor, id)?;
    let secret = lines::rotate(tx, actor, inbox.line)?;
    Ok((inbox, secret))
}

/// Closes an inbox: it takes and brings nothing. Doing it twice keeps the first one's name and moment.
///
/// # Errors
/// As of [`rotate`].
pub fn close(tx: &mut Tx<'_>, actor: &Actor, id: ApiInboxId) -> Result<ApiInbox, ApiInboxError> {
    actor.must(Permission::InboxWrite)?;
    let (mut inbox, _) = known(tx, actor, id)?;
    if inbox.closing.is_none() {
        lines::stop(tx, actor, inbox.line)?;
        inbox.closing = Some(Closing {
            by: actor.signature(),
            at: tx.now(),
        });
        inbox.version += 1;
        store::update(tx, actor.workspace, &inbox)?;
        note(tx, actor, &inbox, Entry::of(Act::ApiInboxClosed, id))?;
    }
    Ok(inbox)
}

/// Opens a closed inbox again; what could not be brought meanwhile waits for somebody to send it again.
///
/// # Errors
/// As of [`rotate`].
pub fn reopen(tx: &mut Tx<'_>, actor: &Actor, id: ApiInboxId) -> Result<ApiInbox, ApiInboxError> {
    actor.must(Permission::InboxWrite)?;
    let (mut inbox, line) = known(tx, actor, id)?;
    if inbox.closing.take().is_some() {
        // What the system switched off meanwhile or before stays off until somebody has looked at it.
        let is_asked = |line: &Webhook| matches!(&line.stop, Some(stop) if stop.reason == StopReason::Asked);
        if is_asked(&line) {
            lines::start(tx, actor, inbox.line)?;
        }
        inbox.version += 1;
        store::update(tx, actor.workspace, &inbox)?;
        note(tx, actor, &inbox, Entry::of(Act::ApiInboxReopened, id))?;
    }
    Ok(inbox)
}

/// Switches the way back on again that was switched off because nobody answered there for days.
///
/// # Errors
/// [`ApiInboxError::Closed`] for an inbox that is closed; as of [`rotate`].
pub fn start(tx: &mut Tx<'_>, actor: &Actor, id: ApiInboxId) -> Result<ApiInbox, ApiInboxError> {
    actor.must(Permission::InboxWrite)?;
    let (inbox, _) = known(tx, actor, id)?;
    if inbox.closing.is_some() {
        return Err(ApiInboxError::Closed);
    }
    lines::start(tx, actor, inbox.line)?;
    tell(tx, actor, &inbox)?;
    Ok(inbox)
}

/// Sends something harmless to the program, to try the way.
///
/// # Errors
/// As of [`rotate`]; where the way back is switched off.
pub fn test(tx: &mut Tx<'_>, actor: &Actor, id: ApiInboxId) -> Result<ApiInbox, ApiInboxError> {
    actor.must(Permission::InboxWrite)?;
    let (inbox, _) = known(tx, actor, id)?;
    lines::test(tx, actor, inbox.line)?;
    Ok(inbox)
}

/// All inboxes of the workspace, the oldest first, each with its way back.
///
/// # Errors
/// [`ApiInboxError::Forbidden`], or the database's.
pub fn all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<(ApiInbox, Webhook)>, ApiInboxError> {
    actor.must(Permission::TicketsRead)?;
    let mut found = Vec::new();
    for inbox in store::all(tx, actor.workspace)? {
        // A look-up by key for each of a few.
        if let Some(line) = lines::find(tx, actor.workspace, inbox.line)? {
            found.push((inbox, line));
        }
    }
    Ok(found)
}

/// The inbox with this id in the actor's workspace, and its way back.
///
/// # Errors
/// [`ApiInboxError::Forbidden`], or the database's.
pub fn find(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ApiInboxId,
) -> Result<Option<(ApiInbox, Webhook)>, ApiInboxError> {
    actor.must(Permission::TicketsRead)?;
    let Some(inbox) = store::find(tx, actor.workspace, id)? else {
        return Ok(None);
    };
    let line = lines::find(tx, actor.workspace, inbox.line)?;
    Ok(line.map(|line| (inbox, line)))
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: ApiInboxId) -> Result<(ApiInbox, Webhook), ApiInboxError> {
    find(tx, actor, id)?.ok_or(ApiInboxError::Unknown)
}

/// The text with a way that an inbox can stand for and a team in use; name and address are for the line to look at.
fn checked(tx: &mut Tx<'_>, actor: &Actor, text: &InboxText) -> Result<InboxText, ApiInboxError> {
    if !CHANNELS.contains(&text.channel) {
        return Err(ApiInboxError::BadChannel);
    }
    if let Some(id) = text.team {
        let teams = teams::all(tx, actor.workspace)?;
        let is_team = teams.iter().any(|team| team.id == id && team.archiving.is_none());
        if !is_team {
            return Err(ApiInboxError::BadTeam);
        }
    }
    Ok(text.clone())
}

/// The text with name and address as the line has them.
fn as_line(text: InboxText, line: &Webhook) -> InboxText {
    InboxText {
        name: line.name.clone(),
        url: line.url.clone(),
        ..text
    }
}

/// For the audit trail. A path may hold a key of the other side, so only the host is told.
fn facts(inbox: &ApiInbox, line: &Webhook) -> serde_json::Value {
    let text = &inbox.text;
    json!({ "name": text.name, "host": line.host(), "channel": text.channel, "team": text.team })
}

fn note(tx: &mut Tx<'_>, actor: &Actor, inbox: &ApiInbox, entry: Entry) -> Result<(), DbError> {
    audit::record(tx, actor, entry.named(&inbox.text.name))?;
    tell(tx, actor, inbox)
}

fn tell(tx: &mut Tx<'_>, actor: &Actor, inbox: &ApiInbox) -> Result<(), DbError> {
    let payload = json!({ "is_open": inbox.closing.is_none() });
    let event = NewEvent::of(&CHANGED, inbox.id).topic(LIST);
    events::record(tx, actor, event.payload(payload))?;
    Ok(())
}
