//! Deliveries for people: one with its attempts, and what sends them again.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Notice, Page};

use super::super::views::DeliveryPage;
use super::super::web::{below, to};
use super::super::{WebhookError, WebhookId};
use super::{DeliveryId, DeliveryState};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::webhooks;

/// Sends a test.
///
/// # Errors
/// The webhook is switched off; no such webhook here, or the database's.
pub async fn test(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<WebhookId>,
) -> Result<Response, Failure> {
    let delivery = db.write(move |tx| super::test(tx, &actor, id)).await?;
    Ok(on_its_way(&t, delivery.id))
}

/// Sends a delivery again.
///
/// # Errors
/// As of [`test`].
pub async fn replay(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<DeliveryId>,
) -> Result<Response, Failure> {
    db.write(move |tx| super::replay(tx, &actor, id)).await?;
    Ok(on_its_way(&t, id))
}

/// Sends all failed deliveries of the last thirty days again.
///
/// # Errors
/// As of [`test`].
pub async fn replay_failed(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<WebhookId>,
) -> Result<Response, Failure> {
    let count = db
        .write(move |tx| {
            let since = tx.now().minus(super::KEPT);
            super::replay_failed(tx, &actor, id, since)
        })
        .await?;
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    Ok((Notice::new(t.count("webhooks-replayed", count)), to(id)).into_response())
}

/// One delivery and every attempt at it.
///
/// # Errors
/// No such delivery here, or the database's.
pub async fn delivery(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<DeliveryId>,
) -> Result<Page, Failure> {
    let may_write = actor.may(Permission::WebhooksWrite);
    let (webhook, (delivery, attempts)) = db
        .read(move |tx| {
            let found = super::find(tx, &actor, id)?;
            let webhook = webhooks::store::find(tx, actor.workspace, found.0.webhook)?;
            let webhook = webhook.ok_or(WebhookError::Unknown)?;
            Ok::<_, WebhookError>((webhook, found))
        })
        .await?;
    let view = DeliveryPage {
        t: &t,
        delivery: &delivery,
        attempts: &attempts,
    };
    let page = below(&t, &delivery.kind, &view);
    let page = page
        .crumb(&webhook.name, webhook.page())
        .live(webhook.id.to_string());
    let is_over = webhook.is_line() && delivery.state == DeliveryState::Delivered;
    Ok(if may_write && webhook.is_on() && !is_over {
        page.actions(&view.actions())
    } else {
        page
    })
}

fn on_its_way(t: &Text, id: DeliveryId) -> Response {
    let notice = Notice::new(t.say("webhooks-on-its-way"));
    (notice, Redirect::to(&format!("/settings/deliveries/{id}"))).into_response()
}
