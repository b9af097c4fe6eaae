//! The pages of outgoing mail: the list with how answers go out, a mail with its log, and what people do about it.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Filled, Notice, Page};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::contacts::{self, ContactId};
use tandem_core::permissions::Permission;

use super::model::{MailState, OutboxError, Parcel};
use super::views::{ListPage, MailPage, SuppressedPanel, tabs};
use super::wording::ADDRESS;
use super::{LIST, OutgoingId, Settings, raw, suppression};
use crate::mailboxes;
use crate::tickets;

/// Mails on one page of the list.
const PAGE: i64 = 50;

/// Which mails, and where to go on.
#[derive(Debug, Default, Deserialize)]
pub struct ListQuery {
    state: Option<String>,
    after: Option<OutgoingId>,
}

/// All outgoing mails, and how answers go out.
///
/// # Errors
/// A state that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<ListQuery>,
) -> Result<Page, Failure> {
    let word = query.state.as_deref();
    let state = word.map(|word| MailState::parse(word).ok_or_else(|| Failure::of(StatusCode::BAD_REQUEST)));
    listed(&db, &actor, &t, (state.transpose()?, query.after), None).await
}

async fn listed(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (state, before): (Option<MailState>, Option<OutgoingId>),
    refused: Option<(Settings, Failure)>,
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (mut mails, kept, suppressed) = db
        .read(move |tx| {
            Ok::<_, OutboxError>((
                super::list(tx, &reader, (state, before), PAGE + 1)?,
                super::settings(tx, reader.workspace)?,
                suppression::all(tx, &reader)?,
            ))
        })
        .await?;
    let next = trim(&mut mails).map(|last| {
        let state = state.map_or(String::new(), |state| format!("state={}&", state.as_str()));
        format!("{ADDRESS}?{state}after={last}")
    });
    let error = refused
        .as_ref()
        .map(|(_, failure)| failure.field_text("undo_seconds", t));
    let view = ListPage {
        t,
        tabs: tabs(t, state),
        mails,
        suppressed: if before.is_none() { suppressed } else { Vec::new() },
        settings: refused.map_or(kept, |(typed, _)| typed),
        undo_error: error.unwrap_or_default(),
        next,
        may_set: actor.may(Permission::MailboxesWrite),
        may_write: actor.may(Permission::TicketsWrite),
    };
    Ok(below(Page::new(t.say("outbox-title"), &view), t).live(LIST))
}

/// A page below the settings.
fn below(page: Page, t: &Text) -> Page {
    page.place("settings").crumb(t.say("nav-settings"), "/settings")
}

/// Cuts a list that was read with one mail too many to its page; gives the last one shown.
fn trim(mails: &mut Vec<Parcel>) -> Option<OutgoingId> {
    let page = usize::try_from(PAGE).expect("a page is small");
    let has_more = mails.len() > page;
    mails.truncate(page);
    mails.last().filter(|_| has_more).map(|last| last.mail.id)
}

/// One mail with its log.
///
/// # Errors
/// No such mail here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<OutgoingId>,
) -> Result<Page, Failure> {
    let may_write = actor.may(Permission::TicketsWrite);
    let ((parcel, log), mailbox, ticket) = db
        .read(move |tx| {
            let found = super::find(tx, &actor, id)?;
            let mailbox = mailboxes::one(tx, actor.workspace, found.0.mail.mailbox)?;
            let ticket = tickets::find(tx, &actor, found.0.mail.ticket)?;
            Ok::<_, Failure>((found, mailbox, ticket))
        })
        .await?;
    let view = MailPage {
        t: &t,
        parcel: &parcel,
        log,
        mailbox: mailbox.map(|mailbox| mailbox.name).unwrap_or_default(),
        number: ticket.map(|ticket| ticket.number),
    };
    let title = match parcel.mail.subject.as_str() {
        "" => t.say("outbox-erased"),
        subject => subject.to_owned(),
    };
    Ok(below(Page::new(title, &view), &t)
        .crumb(t.say("outbox-title"), ADDRESS)
        .actions(&view.actions(may_write))
        .live(id.to_string()))
}

/// Takes a mail back, and leads to its ticket with the words in the composer.
///
/// # Errors
/// It is on its way already; no such mail here, a missing permission, or the database's.
pub async fn withdraw(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<OutgoingId>,
) -> Result<Response, Failure> {
    let turn = tickets::turn(actor.workspace);
    let parcel = db
        .write_in_turn(&turn, move |tx| {
            let parcel = super::withdraw(tx, &actor, id)?;
            if parcel.mail.side.is_none() {
                // The composer sends them with the words, and shows the pictures among them.
                tickets::files::give_back(tx, &actor, parcel.mail.message)?;
            }
            Ok::<_, OutboxError>(parcel)
        })
        .await?;
    let (ticket, message) = (parcel.mail.ticket, parcel.mail.message);
    let to = match parcel.mail.side {
        Some(side) => Redirect::to(&format!("/tickets/sides/{side}?words={message}")),
        None => Redirect::to(&format!("/tickets/{ticket}?words={message}")),
    };
    Ok((Notice::new(t.say("outbox-was-withdrawn")), to).into_response())
}

/// Sends a mail again.
///
/// # Errors
/// There is nobody to send it to; as of [`withdraw`].
pub async fn again(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<OutgoingId>,
) -> Result<Response, Failure> {
    db.write(move |tx| super::again(tx, &actor, id)).await?;
    let to = Redirect::to(&format!("{ADDRESS}/{id}"));
    Ok((Notice::new(t.say("outbox-on-its-way")), to).into_response())
}

/// The mail itself, to be taken along.
///
/// # Errors
/// No such mail here, or trouble of the store.
pub async fn raw(State(db): State<Db>, actor: Actor, At(id): At<OutgoingId>) -> Result<Response, Failure> {
    let bytes = raw::taken_along(&db, &actor, id).await?;
    let name = HeaderValue::try_from(format!("attachment; filename=\"{id}.eml\""));
    let name = name.expect("an id is plain text");
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("message/rfc822")),
        (CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes).into_response())
}

/// Changes how answers go out, or shows the form again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn change_settings(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let filled: Filled = sent.into_iter().collect();
    let wanted = Settings {
        undo_seconds: filled.value("undo_seconds").trim().parse().unwrap_or(-1),
        quotes_history: filled.has("quotes_history"),
        version: filled.value("version").parse().unwrap_or_default(),
    };
    let writer = actor.clone();
    match db
        .write(move |tx| super::change_settings(tx, &writer, wanted))
        .await
    {
        Ok(_) => Ok((Notice::new(t.say("outbox-was-set")), Redirect::to(ADDRESS)).into_response()),
        Err(error) => {
            let failure = Failure::from(error);
            if failure.fields.is_empty() {
                return Err(failure);
            }
            let status = failure.status();
            let page = listed(&db, &actor, &t, (None, None), Some((wanted, failure))).await?;
            Ok(page.status(status).into_response())
        }
    }
}

/// The addresses of a contact that nothing is sent to: a panel of their page.
///
/// # Errors
/// No such contact here, or the database's.
pub async fn of_contact(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<ContactId>,
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (contact, suppressed) = db
        .read(move |tx| {
            let contact = contacts::find(tx, &reader, id)?.ok_or(OutboxError::Unknown)?;
            let suppressed = suppression::of_contact(tx, &reader, id)?;
            Ok::<_, Failure>((contact, suppressed))
        })
        .await?;
    let view = SuppressedPanel {
        t: &t,
        contact: id,
        suppressed,
        may_write: actor.may(Permission::TicketsWrite),
    };
    Ok(Page::new(t.say("panel-their-mail"), &view)
        .place("contacts")
        .crumb(t.say("contacts-title"), "/contacts")
        .crumb(contact.text.name, format!("/contacts/{id}"))
        .live(LIST))
}

/// Lets mail go to an address again; goes back to where that was asked.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn lift(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let filled: Filled = sent.into_iter().collect();
    let address = filled.value("address").to_owned();
    db.write(move |tx| suppression::lift(tx, &actor, &address))
        .await?;
    let place = match filled.value("contact").parse::<ContactId>() {
        Ok(contact) => format!("/contacts/{contact}"),
        Err(_) => ADDRESS.to_owned(),
    };
    Ok((Notice::new(t.say("outbox-was-lifted")), Redirect::to(&place)).into_response())
}
