//! The addresses of a ticket's own fields: a panel beside it, the form, and taking it back.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Notice, Page, Sent, known};
use tandem_core::actor::Actor;
use tandem_core::fields::filling::{self, Subject};

use super::super::nouns::NOUN;
use super::super::{TicketError, TicketId, turn};
use super::rules::Layout;

async fn subject(db: &Db, actor: &Actor, id: &str) -> Result<Subject, Failure> {
    let (id, reader): (TicketId, _) = (known(id)?, actor.clone());
    let (ticket, layout) = db
        .read(move |tx| {
            let ticket = super::super::find(tx, &reader, id)?.ok_or(TicketError::Unknown)?;
            Ok::<_, TicketError>((ticket, Layout::read(tx, reader.workspace)?))
        })
        .await?;
    Ok(Subject {
        noun: &NOUN,
        id: id.into(),
        name: format!("#{}", ticket.number),
        shape: layout.shape(ticket.kind),
    })
}

/// What stands in a ticket's own fields.
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let subject = subject(&db, &actor, &id).await?;
    filling::show(&db, &actor, &t, &subject).await
}

/// The form for a ticket's own fields.
///
/// # Errors
/// As of [`show`].
pub async fn edit(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let subject = subject(&db, &actor, &id).await?;
    filling::edit(&db, &actor, &t, &subject).await
}

/// Fills a ticket's own fields in, and offers to take that back.
///
/// # Errors
/// No such ticket here, a missing permission, or the database's.
pub async fn fill(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let subject = subject(&db, &actor, &id).await?;
    filling::fill(&db, &actor, &t, &subject, &sent).await
}

/// Takes back what the person filled in last.
///
/// # Errors
/// Something else stands there by now, no such ticket here, a missing permission, or the database's.
pub async fn undo(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: TicketId = known(&id)?;
    let turn = turn(actor.workspace);
    db.write_in_turn(&turn, move |tx| super::undo(tx, &actor, id))
        .await?;
    let notice = Notice::new(t.say("details-taken-back")).undo(format!("/tickets/{id}/details/undo"));
    Ok((notice, Redirect::to(&format!("/tickets/{id}"))).into_response())
}
