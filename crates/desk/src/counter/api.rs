//! Visits and windows for programs: the same verbs as the pages. What the addresses are for stands in
//! [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, Listed, Posted, Sent, Single};
use tandem_core::actor::Actor;

use super::documents::{
    ActInput, ArrivalInput, DayDocument, DayQuery, SeatDocument, SeatInput, VisitDocument,
};
use super::{Arrival, CounterPlaceId, CounterVisitId, Visit, Who, figures};
use crate::tickets::turn;

/// `GET /api/v1/counter-places/{id}/seats`
///
/// # Errors
/// No such place here, or the database's.
pub async fn seats(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<CounterPlaceId>,
) -> Result<Listed<SeatDocument>, Failure> {
    let found = db.read(move |tx| super::seats(tx, &actor, id)).await?;
    Ok(Listed::whole(found.into_iter().map(Into::into).collect(), None))
}

/// `PUT /api/v1/counter-places/{id}/seat`
///
/// # Errors
/// A window where somebody else serves, a name that does not fit, no such place here, or the database's.
pub async fn sit(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<CounterPlaceId>,
    Sent(input): Sent<SeatInput>,
) -> Result<Single, Failure> {
    let turn = turn(actor.workspace);
    let seat = db
        .write_in_turn(&turn, move |tx| {
            super::sit(tx, &actor, id, &input.window, &input.queues)
        })
        .await?;
    Ok(Single::of(&SeatDocument::from(seat)).without_tag())
}

/// `DELETE /api/v1/counter-seat`
///
/// # Errors
/// Somebody is served there; the database's.
pub async fn leave(State(db): State<Db>, actor: Actor) -> Result<Single, Failure> {
    let turn = turn(actor.workspace);
    db.write_in_turn(&turn, move |tx| super::leave(tx, &actor))
        .await?;
    Ok(Single::nothing())
}

/// `GET /api/v1/counter-places/{id}/visits`
///
/// # Errors
/// No such place here, or the database's.
pub async fn visits(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<CounterPlaceId>,
    Asked(query): Asked<DayQuery>,
) -> Result<Listed<VisitDocument>, Failure> {
    let (_, _, visits) = db
        .read(move |tx| super::of_day(tx, &actor, id, query.day))
        .await?;
    Ok(Listed::whole(visits.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/counter-places/{id}/visits`
///
/// # Errors
/// A field that does not fit, no such place or contact here, a missing permission, or the database's.
pub async fn arrive(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<CounterPlaceId>,
    Posted { input, once }: Posted<ArrivalInput>,
) -> Result<Response, Failure> {
    let who = match (input.contact, input.who) {
        (Some(contact), _) => Who::Known(contact),
        (None, who) => Who::Called(who.unwrap_or_default()),
    };
    let new = Arrival {
        who,
        what: input.what,
        queue: input.queue,
    };
    let (turn, owner) = (turn(actor.workspace), (&actor).into());
    once.run_in_turn(&db, &turn, owner, move |tx| {
        Ok(made(super::arrive(tx, &actor, id, &new)?))
    })
    .await
}

/// `POST /api/v1/counter-places/{id}/calls`
///
/// # Errors
/// Nobody waits, or there is no free window of the actor's; no such place here, or the database's.
pub async fn next(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<CounterPlaceId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    let (turn, owner) = (turn(actor.workspace), (&actor).into());
    posted
        .once
        .run_in_turn(&db, &turn, owner, move |tx| {
            Ok(made(super::next(tx, &actor, id)?))
        })
        .await
}

/// `GET /api/v1/counter-places/{id}/day`
///
/// # Errors
/// No such place here, or the database's.
pub async fn day(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<CounterPlaceId>,
    Asked(query): Asked<DayQuery>,
) -> Result<Single, Failure> {
    let (_, day, visits) = db
        .read(move |tx| super::of_day(tx, &actor, id, query.day))
        .await?;
    let document = DayDocument::new(id, day, figures(&visits));
    Ok(Single::of(&document).without_tag())
}

/// `GET /api/v1/counter-visits/{id}`
///
/// # Errors
/// No such visit here, or the database's.
pub async fn visit(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<CounterVisitId>,
) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::visit(tx, &actor, id)).await?;
    Ok(Single::of(&VisitDocument::from(found)))
}

/// `POST /api/v1/counter-visits/{id}/acts`
///
/// # Errors
/// It does not stand so that this can be done; no such visit here, or the database's.
pub async fn act(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<CounterVisitId>,
    Posted { input, once }: Posted<ActInput>,
) -> Result<Response, Failure> {
    let (turn, owner) = (turn(actor.workspace), (&actor).into());
    once.run_in_turn(&db, &turn, owner, move |tx| {
        let letter = input.queue.as_deref().unwrap_or_default();
        Ok(made(super::act(tx, &actor, id, (input.act, letter))?))
    })
    .await
}

fn made(visit: Visit) -> Single {
    let location = format!("/api/v1/counter-visits/{}", visit.id);
    Single::made(&VisitDocument::from(visit), location)
}
