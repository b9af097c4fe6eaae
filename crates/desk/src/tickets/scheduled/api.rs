//! Scheduled replies for programs. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::clock::Timestamp;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, IfMatch, Listed, Posted, Sent, Single, cursor};
use tandem_core::actor::Actor;

use super::super::{TicketError, TicketId};
use super::documents::{ScheduledDocument, ScheduledInput, ScheduledQuery, ScheduledTimeInput};
use super::{LIST, NewScheduled, Place, Scheduled, ScheduledId};

/// `GET /api/v1/scheduled-replies`
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<ScheduledQuery>,
) -> Result<Listed<ScheduledDocument>, Failure> {
    let after: Option<Place> = cursor::wanted(LIST, query.after.as_deref())?;
    let limit = query.limit;
    let found = db
        .read(move |tx| super::all(tx, &actor, after, limit.and_one()))
        .await?;
    let listed = Listed::of(found, limit, |last: &Scheduled| {
        cursor::write(LIST, &last.place())
    });
    Ok(listed.linked(&address))
}

/// `GET /api/v1/tickets/{id}/scheduled-replies`
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn of_ticket(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
) -> Result<Listed<ScheduledDocument>, Failure> {
    let all = db.read(move |tx| super::of_ticket(tx, &actor, id)).await?;
    Ok(listed(all))
}

/// `POST /api/v1/tickets/{id}/scheduled-replies`
///
/// # Errors
/// Words or a moment that do not fit, no such ticket here, a missing permission, or the database's.
pub async fn schedule(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
    Posted { input, once }: Posted<ScheduledInput>,
) -> Result<Response, Failure> {
    if input.body.is_some() == input.html.is_some() {
        return Err(TicketError::BadBody.into());
    }
    let (new, owner) = (NewScheduled::from(input), (&actor).into());
    once.run(&db, owner, move |tx| {
        let one = super::schedule(tx, &actor, (id, None), &new)?;
        let location = format!("/api/v1/scheduled-replies/{}", one.id);
        Ok(Single::made(&ScheduledDocument::from(one), location))
    })
    .await
}

/// `GET /api/v1/scheduled-replies/{id}`
///
/// # Errors
/// No such reply here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<ScheduledId>) -> Result<Single, Failure> {
    let one = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(single(one))
}

/// `PUT /api/v1/scheduled-replies/{id}/time`
///
/// # Errors
/// It does not wait any more, a moment that does not fit, no such reply here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ScheduledId>,
    Sent(input): Sent<ScheduledTimeInput>,
) -> Result<Single, Failure> {
    let to = (Timestamp(input.due_at), input.unless_reply);
    let one = db.write(move |tx| super::change(tx, &actor, id, to)).await?;
    Ok(single(one))
}

/// `PUT /api/v1/scheduled-replies/{id}/cancellation`
///
/// # Errors
/// It was sent, another state than the one named, no such reply here, a missing permission, or the database's.
pub async fn cancel(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ScheduledId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(super::find(tx, &actor, id)?))?;
        Ok(single(super::cancel(tx, &actor, id)?))
    })
    .await
}

/// `DELETE /api/v1/scheduled-replies/{id}/cancellation`
///
/// # Errors
/// Its moment is past; as of [`cancel`].
pub async fn resume(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ScheduledId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(super::find(tx, &actor, id)?))?;
        Ok(single(super::resume(tx, &actor, id)?))
    })
    .await
}

/// `POST /api/v1/scheduled-replies/{id}/sending`
///
/// # Errors
/// It was sent already, what the ticket refuses, no such reply here, a missing permission, or the database's.
pub async fn send(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ScheduledId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    posted
        .once
        .run(&db, owner, move |tx| {
            let one = super::send_now(tx, &actor, id)?;
            Ok(Single::begun(&ScheduledDocument::from(one)).without_tag())
        })
        .await
}

fn listed(all: Vec<Scheduled>) -> Listed<ScheduledDocument> {
    Listed::whole(all.into_iter().map(Into::into).collect(), None)
}

fn single(one: Scheduled) -> Single {
    Single::of(&ScheduledDocument::from(one))
}
