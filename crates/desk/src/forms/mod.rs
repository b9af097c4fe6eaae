//! Forms on the web: a page by which anybody opens a ticket.
//!
//! A form has a key, which is its address: `/forms/KEY`. It asks for a name, an address, a subject and a message, and for fields
//! of tickets (`tickets::details`), each of which may depend on another. What is sent becomes a ticket as a mail does
//! ([`sending`]); nothing is ever written back by itself, so no form can be used to send mail to others. Machines are kept out
//! without riddles: a field that people do not see, a proof of work that the page makes while they write ([`proof`]), and
//! limits for each source, each address and each form; before the first file is stored, and again before a ticket is opened.

mod admitting;
pub mod api;
pub mod demo;
mod documents;
mod failures;
pub mod marks;
mod model;
pub mod operations;
pub mod proof;
pub mod public;
mod reading;
pub mod sending;
mod settings_form;
mod store;
mod views;
pub mod web;
pub mod words;

use std::time::Duration;

use kit::db::{DbError, Tx};
use kit::i18n::Locale;
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::fields::{self, Field};
use tandem_core::permissions::Permission;
use tandem_core::teams;
use tandem_core::workspaces::{self, Workspace, WorkspaceId};

pub use model::{Asked, Closing, Condition, FormError, FormField, FormText, WebForm, shown};
pub(crate) use settings_form::{condition, when_word};
pub(crate) use views::{FieldsView, whens};
pub use words::{Spot, Words};

use crate::tickets::TicketId;
use crate::tickets::details::rules::Layout;
use crate::tickets::files::LARGEST;
use crate::tickets::nouns::NOUN;

kit::id! {
    /// A form on the web.
    WebFormId, "wfm"
}
kit::id! {
    /// Something that came by a form.
    SendingId, "wfs"
}

/// A form came, is another, was closed or opened again.
pub const CHANGED: Kind = Kind::new("web_form.changed", Permission::TicketsRead);

/// The name of the list of forms, for pages that show it.
pub const LIST: &str = "web_forms";
/// How many a workspace has at most, closed ones included.
pub const MOST: usize = 100;
/// How many bytes somebody sends at most: files and what stands around them.
pub const LONGEST_BODY: u64 = LARGEST + (2 << 20);
/// How long that may take.
pub const LONGEST_TIME: Duration = Duration::from_secs(300);

/// Adds a form; it is open at once.
///
/// # Errors
/// [`FormError`] for a missing permission, a text or a field that does not fit, a team of no or another workspace, or too many.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, text: &FormText) -> Result<WebForm, FormError> {
    actor.must(Permission::InboxWrite)?;
    if store::all(tx, actor.workspace)?.len() >= MOST {
        return Err(FormError::TooMany);
    }
    let form = WebForm {
        id: tx.new_id(),
        key: model::new_key(tx.ids()),
        text: checked(tx, actor, text)?,
        version: 1,
        created_at: tx.now(),
        closing: None,
    };
    store::insert(tx, actor.workspace, &form)?;
    let entry = Entry::of(Act::WebFormAdded, form.id).after(facts(&form));
    note(tx, actor, &form, entry)?;
    Ok(form)
}

/// Changes a form, made from `version`.
///
/// # Errors
/// As of [`add`]; [`FormError::Stale`] when someone changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: WebFormId,
    version: i64,
    text: &FormText,
) -> Result<WebForm, FormError> {
    actor.must(Permission::InboxWrite)?;
    let mut form = known(tx, actor, id)?;
    if form.version != version {
        return Err(FormError::Stale(Box::new(form)));
    }
    let text = checked(tx, actor, text)?;
    if text == form.text {
        return Ok(form);
    }
    let before = facts(&form);
    form.text = text;
    form.version += 1;
    store::update(tx, actor.workspace, &form)?;
    let entry = Entry::of(Act::WebFormChanged, id)
        .before(before)
        .after(facts(&form));
    note(tx, actor, &form, entry)?;
    Ok(form)
}

/// Gives a form another key: its old address leads nowhere from now on.
///
/// # Errors
/// [`FormError::Unknown`] for a form of no or another workspace, or a missing permission.
pub fn renew(tx: &mut Tx<'_>, actor: &Actor, id: WebFormId) -> Result<WebForm, FormError> {
    actor.must(Permission::InboxWrite)?;
    let mut form = known(tx, actor, id)?;
    form.key = model::new_key(tx.ids());
    form.version += 1;
    store::update(tx, actor.workspace, &form)?;
    note(tx, actor, &form, Entry::of(Act::WebFormRenewed, id))?;
    Ok(form)
}

/// Closes a form: its page says so and takes nothing. Doing it twice keeps the first one's name and moment.
///
/// # Errors
/// As of [`renew`].
pub fn close(tx: &mut Tx<'_>, actor: &Actor, id: WebFormId) -> Result<WebForm, FormError> {
    actor.must(Permission::InboxWrite)?;
    let mut form = known(tx, actor, id)?;
    if form.closing.is_none() {
        form.closing = Some(Closing {
            by: actor.signature(),
            at: tx.now(),
        });
        form.version += 1;
        store::update(tx, actor.workspace, &form)?;
        note(tx, actor, &form, Entry::of(Act::WebFormClosed, id))?;
    }
    Ok(form)
}

/// Opens a closed form again; another stays as it is.
///
/// # Errors
/// As of [`renew`].
pub fn reopen(tx: &mut Tx<'_>, actor: &Actor, id: WebFormId) -> Result<WebForm, FormError> {
    actor.must(Permission::InboxWrite)?;
    let mut form = known(tx, actor, id)?;
    if form.closing.take().is_some() {
        form.version += 1;
        store::update(tx, actor.workspace, &form)?;
        note(tx, actor, &form, Entry::of(Act::WebFormReopened, id))?;
    }
    Ok(form)
}

/// All forms of the workspace, the oldest first, with how many came by each in the last thirty days.
///
/// # Errors
/// [`FormError::Forbidden`], or the database's.
pub fn all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<(WebForm, i64)>, FormError> {
    actor.must(Permission::TicketsRead)?;
    let since = tx.now().minus(Duration::from_secs(30 * 86_400));
    let counts = store::counts(tx, actor.workspace, since)?;
    let with_count = |form: WebForm| {
        let count = counts.get(&form.id).copied().unwrap_or_default();
        (form, count)
    };
    let all = store::all(tx, actor.workspace)?;
    Ok(all.into_iter().map(with_count).collect())
}

/// The form with this id in the actor's workspace.
///
/// # Errors
/// [`FormError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: WebFormId) -> Result<Option<WebForm>, FormError> {
    actor.must(Permission::TicketsRead)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: WebFormId) -> Result<WebForm, FormError> {
    store::find(tx, actor.workspace, id)?.ok_or(FormError::Unknown)
}

/// What whoever has the address of a form sees: whose it is, the form, what it asks.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Whose it is.
    pub workspace: Workspace,
    /// The form.
    pub form: WebForm,
    /// The fields in use that it asks for.
    pub asked: Vec<Asked>,
    /// What it says in the language of whoever sees it.
    pub words: Words,
}

/// The open form with this key, whoever asks, in their language.
///
/// # Errors
/// [`FormError::Closed`] for a key that never was, or a form that is closed.
pub fn open(tx: &mut Tx<'_>, key: &str, language: Locale) -> Result<Opened, FormError> {
    if !model::is_key(key) {
        return Err(FormError::Closed);
    }
    let (workspace, id) = store::of_key(tx, key)?.ok_or(FormError::Closed)?;
    let form = store::find(tx, workspace, id)?.ok_or(FormError::Closed)?;
    if form.closing.is_some() {
        return Err(FormError::Closed);
    }
    Ok(Opened {
        workspace: workspaces::find(tx, workspace)?.ok_or(FormError::Closed)?,
        asked: asked(tx, workspace, &form)?,
        words: words::of(tx, workspace, form.id, language)?,
        form,
    })
}

/// Whether a ticket came by a form: nobody has shown that its address is theirs who wrote it.
pub(crate) fn is_sent(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: TicketId) -> Result<bool, DbError> {
    Ok(store::of_ticket(tx, workspace, ticket)?.is_some())
}

/// The fields of tickets as a form asks for them, with its conditions; where none is named, all that are in use
/// as tickets have them.
///
/// # Errors
/// [`FormError::Unknown`] for a form of no or another workspace, a missing permission, or the database's.
pub(crate) fn fields_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    form: Option<WebFormId>,
) -> Result<Vec<Asked>, FormError> {
    actor.must(Permission::TicketsRead)?;
    if let Some(id) = form {
        let form = known(tx, actor, id)?;
        return Ok(asked(tx, actor.workspace, &form)?);
    }
    Ok(Layout::read(tx, actor.workspace)?.asked())
}

/// The fields that a form asks for, as far as they are in use.
fn asked(tx: &mut Tx<'_>, workspace: WorkspaceId, form: &WebForm) -> Result<Vec<Asked>, DbError> {
    let open = fields::open(tx, workspace, &NOUN)?;
    let with_field = |one: &FormField| {
        let field: &Field = open.iter().find(|field| field.id == one.field)?;
        let when = one.when.as_ref().and_then(|when| {
            let on = open.iter().find(|field| field.id == when.field)?;
            Some((fields::form::input(on), when.clone()))
        });
        Some(Asked {
            is_required: one.is_required || field.text.is_required,
            field: field.clone(),
            when,
            kinds: Vec::new(),
        })
    };
    Ok(form.text.fields.iter().filter_map(with_field).collect())
}

/// The text as it is stored, with a team and fields that are there.
fn checked(tx: &mut Tx<'_>, actor: &Actor, text: &FormText) -> Result<FormText, FormError> {
    let open = fields::open(tx, actor.workspace, &NOUN)?;
    if let Some(id) = text.team {
        let teams = teams::all(tx, actor.workspace)?;
        let is_team = teams.iter().any(|team| team.id == id && team.archiving.is_none());
        if !is_team {
            return Err(FormError::BadTeam);
        }
    }
    text.checked(&open)
}

fn facts(form: &WebForm) -> serde_json::Value {
    let text = &form.text;
    json!({
        "title": text.title, "team": text.team, "kind": text.kind, "priority": text.priority, "takes_files": text.takes_files,
        "per_hour": text.per_hour, "fields": text.fields.len(),
    })
}

fn note(tx: &mut Tx<'_>, actor: &Actor, form: &WebForm, entry: Entry) -> Result<(), DbError> {
    audit::record(tx, actor, entry.named(&form.text.title))?;
    let payload = json!({ "is_open": form.closing.is_none() });
    let event = NewEvent::of(&CHANGED, form.id).topic(LIST);
    events::record(tx, actor, event.payload(payload))?;
    Ok(())
}
