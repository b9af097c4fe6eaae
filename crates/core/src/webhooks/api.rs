//! Webhooks for programs. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::clock::Timestamp;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, IfMatch, Listed, Posted, Sent, Single, cursor};

use super::deliveries::{self, Delivery, DeliveryId};
use super::documents::{
    DeliveriesQuery, DeliveryDocument, LogDocument, NewWebhookDocument, ReplayDocument, ReplayInput,
    SecretDocument, WebhookDocument, WebhookInput,
};
use super::{OVERLAP, StopReason, Webhook, WebhookError, WebhookId};
use crate::actor::Actor;

/// The name of the list of deliveries in cursors.
const DELIVERIES: &str = "deliveries";

/// `GET /api/v1/webhooks`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<WebhookDocument>, Failure> {
    let all = db.read(move |tx| super::all(tx, &actor)).await?;
    Ok(Listed::whole(all.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/webhooks`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<WebhookInput>,
) -> Result<Response, Failure> {
    let (text, owner) = (input.text(), (&actor).into());
    once.run(&db, owner, move |tx| {
        let made = super::add(tx, &actor, &text)?;
        let location = format!("/api/v1/webhooks/{}", made.0.id);
        Ok(Single::made(&NewWebhookDocument::of(made), location).without_tag())
    })
    .await
}

/// `GET /api/v1/webhooks/{id}`
///
/// # Errors
/// No such webhook here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<WebhookId>) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(single(found.ok_or(WebhookError::Unknown)?))
}

/// `PUT /api/v1/webhooks/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such webhook here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<WebhookId>,
    state: IfMatch,
    Sent(input): Sent<WebhookInput>,
) -> Result<Single, Failure> {
    let text = input.text();
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?.ok_or(WebhookError::Unknown)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        Ok(single(super::change(tx, &actor, id, version, &text)?))
    })
    .await
}

/// `DELETE /api/v1/webhooks/{id}`
///
/// # Errors
/// No such webhook here, a missing permission, or the database's.
pub async fn remove(State(db): State<Db>, actor: Actor, At(id): At<WebhookId>) -> Result<Single, Failure> {
    db.write(move |tx| super::remove(tx, &actor, id)).await?;
    Ok(Single::nothing())
}

/// `PUT /api/v1/webhooks/{id}/stop`
///
/// # Errors
/// As of [`remove`].
pub async fn stop(State(db): State<Db>, actor: Actor, At(id): At<WebhookId>) -> Result<Single, Failure> {
    let stopped = db
        .write(move |tx| super::stop(tx, &actor, id, StopReason::Asked))
        .await?;
    Ok(single(stopped))
}

/// `DELETE /api/v1/webhooks/{id}/stop`
///
/// # Errors
/// As of [`remove`].
pub async fn start(State(db): State<Db>, actor: Actor, At(id): At<WebhookId>) -> Result<Single, Failure> {
    Ok(single(db.write(move |tx| super::start(tx, &actor, id)).await?))
}

/// `POST /api/v1/webhooks/{id}/secrets`
///
/// # Errors
/// As of [`remove`].
pub async fn rotate(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<WebhookId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    posted
        .once
        .run(&db, owner, move |tx| {
            let document = SecretDocument {
                secret: super::rotate(tx, &actor, id)?.expose(),
                overlap_seconds: OVERLAP.as_secs(),
            };
            Ok(Single::of(&document).without_tag())
        })
        .await
}

/// `POST /api/v1/webhooks/{id}/test`
///
/// # Errors
/// The webhook is switched off; as of [`remove`].
pub async fn test(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<WebhookId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    posted
        .once
        .run(&db, owner, move |tx| Ok(begun(deliveries::test(tx, &actor, id)?)))
        .await
}

/// `POST /api/v1/webhooks/{id}/replay`
///
/// # Errors
/// The webhook is switched off; as of [`remove`].
pub async fn replay_failed(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<WebhookId>,
    Posted { input, once }: Posted<ReplayInput>,
) -> Result<Response, Failure> {
    let (since, owner) = (Timestamp(input.since), (&actor).into());
    once.run(&db, owner, move |tx| {
        let deliveries = deliveries::replay_failed(tx, &actor, id, since)?;
        Ok(Single::begun(&ReplayDocument { deliveries }).without_tag())
    })
    .await
}

/// `GET /api/v1/webhooks/{id}/deliveries`
///
/// # Errors
/// A cursor that is none, no such webhook here, or the database's.
pub async fn log(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    At(id): At<WebhookId>,
    Asked(query): Asked<DeliveriesQuery>,
) -> Result<Listed<DeliveryDocument>, Failure> {
    let before: Option<DeliveryId> = cursor::wanted(DELIVERIES, query.after.as_deref())?;
    let (state, limit) = (query.state.map(Into::into), query.limit);
    let found = db
        .read(move |tx| deliveries::list(tx, &actor, id, (state, before), limit.and_one()))
        .await?;
    let listed = Listed::of(found, limit, |last: &Delivery| {
        cursor::write(DELIVERIES, &last.id)
    });
    Ok(listed.linked(&address))
}

/// `GET /api/v1/deliveries/{id}`
///
/// # Errors
/// No such delivery here, or the database's.
pub async fn delivery(State(db): State<Db>, actor: Actor, At(id): At<DeliveryId>) -> Result<Single, Failure> {
    let found = db.read(move |tx| deliveries::find(tx, &actor, id)).await?;
    Ok(Single::of(&LogDocument::of(found)))
}

/// `POST /api/v1/deliveries/{id}/replay`
///
/// # Errors
/// No such delivery here, the webhook is switched off, a missing permission, or the database's.
pub async fn replay(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<DeliveryId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    posted
        .once
        .run(&db, owner, move |tx| {
            Ok(begun(deliveries::replay(tx, &actor, id)?))
        })
        .await
}

fn single(webhook: Webhook) -> Single {
    Single::of(&WebhookDocument::from(webhook))
}

fn begun(delivery: Delivery) -> Single {
    Single::begun(&DeliveryDocument::from(delivery)).without_tag()
}
