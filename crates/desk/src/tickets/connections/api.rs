//! Connections for programs.

use axum::extract::State;
use axum::response::Response;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Listed, Posted, Single};
use tandem_core::actor::Actor;

use super::super::documents::TicketDocument;
use super::super::{TicketError, TicketId, history, turn};
use super::TicketConnectionId;
use super::documents::{ConnectionDocument, ConnectionInput, SplitInput};

/// `GET /api/v1/tickets/{id}/connections`
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
) -> Result<Listed<ConnectionDocument>, Failure> {
    let found = db
        .read(move |tx| {
            super::super::find(tx, &actor, id)?.ok_or(TicketError::Unknown)?;
            super::history(tx, &actor, id)
        })
        .await?;
    Ok(Listed::whole(
        found.into_iter().map(|(one, _)| one.into()).collect(),
        None,
    ))
}

/// `POST /api/v1/tickets/{id}/connections`
///
/// # Errors
/// What does not fit, no such tickets here, a missing permission, or the database's.
pub async fn connect(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
    Posted { input, once }: Posted<ConnectionInput>,
) -> Result<Response, Failure> {
    let (turn, owner) = (turn(actor.workspace), (&actor).into());
    once.run_in_turn(&db, &turn, owner, move |tx| {
        let made = super::connect(tx, &actor, (id, input.other), input.kind)?;
        let location = format!("/api/v1/tickets/{id}/connections");
        Ok(Single::made(&ConnectionDocument::from(made), location))
    })
    .await
}

/// `DELETE /api/v1/ticket-connections/{id}`
///
/// # Errors
/// No such connection here, a missing permission, or the database's.
pub async fn end(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketConnectionId>,
) -> Result<Single, Failure> {
    let turn = turn(actor.workspace);
    db.write_in_turn(&turn, move |tx| super::end(tx, &actor, id))
        .await?;
    Ok(Single::nothing())
}

/// `POST /api/v1/tickets/{id}/split`
///
/// # Errors
/// The first message of a ticket, no such message in it, a missing permission, or the database's.
pub async fn split(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
    Posted { input, once }: Posted<SplitInput>,
) -> Result<Response, Failure> {
    let (turn, owner) = (turn(actor.workspace), (&actor).into());
    once.run_in_turn(&db, &turn, owner, move |tx| {
        let found = history::store::find_message(tx, actor.workspace, input.message)?;
        found
            .filter(|message| message.ticket == id)
            .ok_or(TicketError::Unknown)?;
        let (ticket, _) = super::split(tx, &actor, input.message, &input.subject)?;
        let location = format!("/api/v1/tickets/{}", ticket.id);
        Ok(Single::made(&TicketDocument::from(ticket), location))
    })
    .await
}
