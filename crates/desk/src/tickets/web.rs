//! The pages of tickets: the inbox with its views, a ticket, and the panels of other places.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Frame, Page, known};
use serde::Deserialize;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::contacts::{self, ContactId};
use tandem_core::permissions::Permission;

use super::listing::{self, Cursor, PAGE, View};
use super::names::Names;
use super::pages::{ListPart, PLACE, part_of};
use super::panel::TicketsPanel;
use super::parts::Asked;
use super::views::InboxPage;
use super::window::Wanted;
use super::{LIST, MessageId, TicketError, connections, formatted, unread};

/// Among how many of the newest messages one is looked for whose words are written anew.
const RECENT: i64 = 60;

/// Which part of a list.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PartQuery {
    after: Option<String>,
    view: Option<String>,
    /// A message whose words the composer begins with.
    words: Option<MessageId>,
    /// The message with which the shown part of the conversation begins.
    since: Option<MessageId>,
    /// A message that stands in the shown part.
    message: Option<MessageId>,
    /// `only` for what is unread.
    unread: Option<String>,
}

impl PartQuery {
    fn from(&self) -> Result<Option<Cursor>, Failure> {
        let bad = || Failure::of(StatusCode::BAD_REQUEST);
        let read = |text: &String| Cursor::decode(text).ok_or_else(bad);
        self.after.as_ref().map(read).transpose()
    }

    /// Which part of a conversation.
    fn wanted(&self) -> Wanted {
        match (self.message, self.since) {
            (Some(message), _) => Wanted::With(message),
            (None, Some(since)) => Wanted::Since(since),
            (None, None) => Wanted::Newest,
        }
    }
}

/// Leads to the view that a person most likely wants.
pub async fn inbox() -> Redirect {
    Redirect::to("/inbox/mine")
}

/// A view of the inbox.
///
/// # Errors
/// No such view, a cursor that is none, or the database's.
pub async fn view(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(view): Path<String>,
    Query(query): Query<PartQuery>,
) -> Result<Page, Failure> {
    let asked = Asked {
        view: known(&view)?,
        from: query.from()?,
        only_unread: query.unread.is_some(),
    };
    let reader = actor.clone();
    let list = db.read(move |tx| ListPart::read(tx, &reader, asked)).await?;
    let title = list.title(&t);
    let inbox = InboxPage::new(&t, list, None, &actor);
    let page = Page::new(title, &inbox)
        .place(PLACE)
        .frame(Frame::Columns)
        .actions(&inbox.actions())
        .live(crate::own_views::LIST)
        .live(LIST);
    // Beside an open ticket lists follow only what becomes of tickets: opening one would ask for its page twice.
    Ok(match actor.agent() {
        Some(agent) => page.live(unread::topic(agent)),
        None => page,
    })
}

/// A ticket, beside the view from which it was opened; one that is merged leads to the one that shows it.
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Query(query): Query<PartQuery>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let reader = actor.clone();
    let shown = db
        .read(move |tx| connections::survivor(tx, reader.workspace, id))
        .await?;
    if shown != id {
        let to = format!("/tickets/{shown}");
        let message = query.message.map(|id| id.to_string());
        let to = message.map_or_else(|| to.clone(), |id| kit::web::address(&to, &[("message", &id)]));
        return Ok(Redirect::to(&to).into_response());
    }
    let mut filled = Filled::default();
    if let Some(words) = query.words {
        let reader = actor.clone();
        let recent = db
            .read(move |tx| super::messages(tx, &reader, id, None, RECENT))
            .await?;
        let found = recent.into_iter().find(|message| message.id == words);
        let html = found.as_ref().and_then(|message| message.html.as_deref());
        filled.set("html", html.map(formatted::in_composer).unwrap_or_default());
        filled.set("body", found.map(|message| message.body).unwrap_or_default());
    }
    let wanted = query.wanted();
    let page = part_of(&db, &actor, &t, (id, query.view, wanted), filled).await?;
    Ok(page.into_response())
}

/// The tickets of an account: a panel of its page.
///
/// # Errors
/// No such account here, a cursor that is none, or the database's.
pub async fn of_account(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Query(query): Query<PartQuery>,
) -> Result<Page, Failure> {
    let (id, from): (AccountId, _) = (known(&id)?, query.from()?);
    let reader = actor.clone();
    let (name, tickets, names) = db
        .read(move |tx| {
            let name = accounts::name(tx, reader.workspace, id)?.ok_or(TicketError::Unknown)?;
            let name = Some(name).filter(|_| reader.may(Permission::AccountsRead));
            let tickets = listing::of_account(tx, &reader, id, from, PAGE + 1)?;
            let names = Names::of(tx, &reader, &tickets)?;
            Ok::<_, TicketError>((name, tickets, names))
        })
        .await?;
    let panel = TicketsPanel::new(&t, tickets, &names, &actor).of(format!("/accounts/{id}"), "account", &id);
    let page = Page::new(t.say("panel-tickets"), &panel).live(id.to_string());
    Ok(match name {
        Some(name) => page
            .place("accounts")
            .crumb(t.say("accounts-title"), "/accounts")
            .crumb(name, format!("/accounts/{id}")),
        None => page.place(PLACE).crumb(t.say("nav-inbox"), "/inbox"),
    })
}

/// What a contact asked for: a panel of their page.
///
/// # Errors
/// No such contact here, a cursor that is none, or the database's.
pub async fn of_contact(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Query(query): Query<PartQuery>,
) -> Result<Page, Failure> {
    let (id, from): (ContactId, _) = (known(&id)?, query.from()?);
    let reader = actor.clone();
    let (contact, tickets, names) = db
        .read(move |tx| {
            let contact = contacts::find(tx, &reader, id)?.ok_or(TicketError::Unknown)?;
            let tickets = listing::of_contact(tx, &reader, id, from, PAGE + 1)?;
            let names = Names::of(tx, &reader, &tickets)?;
            Ok::<_, Failure>((contact, tickets, names))
        })
        .await?;
    let panel = TicketsPanel::new(&t, tickets, &names, &actor).of(format!("/contacts/{id}"), "contact", &id);
    Ok(Page::new(t.say("panel-their-tickets"), &panel)
        .place("contacts")
        .crumb(t.say("contacts-title"), "/contacts")
        .crumb(contact.text.name, format!("/contacts/{id}"))
        .live(id.to_string()))
}

/// What waits for the person who looks: a panel of the home page.
///
/// # Errors
/// The database's.
pub async fn mine(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (tickets, names) = db
        .read(move |tx| {
            let tickets = listing::view(tx, &reader, View::Mine, None, 6)?;
            let names = Names::of(tx, &reader, &tickets)?;
            Ok::<_, TicketError>((tickets, names))
        })
        .await?;
    let panel = TicketsPanel::new(&t, tickets, &names, &actor).at_home();
    Ok(Page::new(t.say("panel-my-tickets"), &panel)
        .place("home")
        .crumb(t.say("nav-home"), "/")
        .live(LIST))
}
