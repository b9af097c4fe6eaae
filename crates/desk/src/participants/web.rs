//! Participants on pages: whom the next answer goes to, in the composer.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, known};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::views::RecipientsPage;
use super::{ParticipantError, ParticipantId};
use crate::api_inboxes::carrying;
use crate::tickets::{self, TicketError, TicketId};

/// Whom the next answer of a ticket goes to; a part of its composer.
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn recipients(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    page(&db, &actor, &t, known(&id)?, Filled::default()).await
}

async fn page(db: &Db, actor: &Actor, t: &Text, id: TicketId, filled: Filled) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (ticket, read, withheld) = db
        .read(move |tx| {
            let ticket = tickets::find(tx, &reader, id)?.ok_or(TicketError::Unknown)?;
            let participants = super::of(tx, &reader, id)?;
            let (recipients, others) = super::next(tx, &reader, id)?;
            let withheld = super::withheld(tx, &reader, id)?;
            let by = carrying::carrier(tx, reader.workspace, &ticket)?;
            Ok::<_, ParticipantError>((ticket, (participants, recipients, others, by), withheld))
        })
        .await?;
    let may_write = actor.may(Permission::TicketsWrite);
    let view = RecipientsPage::new(t, id, (read, withheld), &filled, may_write);
    Ok(Page::new(t.say("participants-title"), &view)
        .place("inbox")
        .crumb(t.say("nav-inbox"), "/inbox")
        .crumb(format!("#{}", ticket.number), format!("/tickets/{id}"))
        .live(id.to_string()))
}

/// Puts an address on a ticket.
///
/// # Errors
/// No such ticket here, a missing permission, or the database's; what is no address shows the form again.
pub async fn add(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: TicketId = known(&id)?;
    let mut filled: Filled = sent.into_iter().collect();
    let (writer, address) = (actor.clone(), filled.value("address").to_owned());
    let is_copy = filled.value("role") == "cc";
    let added = db
        .write(move |tx| super::add(tx, &writer, id, (&address, is_copy)))
        .await;
    match added {
        Ok(one) => {
            let said = t.say_with("participants-added", kit::args!(address = one.address.as_str()));
            let notice = Notice::new(said).undo(format!("/tickets/participants/{}/end", one.id));
            Ok((notice, Redirect::to(&format!("/tickets/{id}"))).into_response())
        }
        Err(error) => {
            let status = filled.refuse_all(error.into(), &t)?;
            let page = page(&db, &actor, &t, id, filled).await?;
            Ok(page.status(status).into_response())
        }
    }
}

/// Takes somebody off a ticket.
///
/// # Errors
/// No such participant here, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<(Notice, Redirect), Failure> {
    let id: ParticipantId = known(&id)?;
    let one = db.write(move |tx| super::remove(tx, &actor, id)).await?;
    let said = t.say_with("participants-removed", kit::args!(address = one.address.as_str()));
    let notice = Notice::new(said).undo(format!("/tickets/participants/{id}/undo"));
    Ok((notice, Redirect::to(&format!("/tickets/{}", one.ticket))))
}

/// Puts them back.
///
/// # Errors
/// As of [`remove`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<(Notice, Redirect), Failure> {
    let id: ParticipantId = known(&id)?;
    let one = db.write(move |tx| super::restore(tx, &actor, id)).await?;
    let said = t.say_with("participants-added", kit::args!(address = one.address.as_str()));
    let notice = Notice::new(said).undo(format!("/tickets/participants/{id}/end"));
    Ok((notice, Redirect::to(&format!("/tickets/{}", one.ticket))))
}
