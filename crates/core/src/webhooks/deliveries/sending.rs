//! An attempt at a delivery: read, signed, sent, written down.
//!
//! The process may end between the sending and the writing down. The errand then runs again and sends the same id and
//! body once more: at least once, and the other side can tell.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, header};
use kit::clock::Timestamp;
use kit::db::{Db, DbError, Tx};
use kit::jobs::{Errand, JobError};
use kit::outgoing::{Outgoing, OutgoingError, Reply};
use tokio::time::Instant;

use super::super::{PATIENCE, SigningSecret, StopReason, Webhook, WebhookError, lines, secrets, signature};
use super::{Attempt, Delivery, DeliveryId, DeliveryState, store};
use crate::actor::Actor;
use crate::webhooks;
use crate::workspaces::WorkspaceId;

/// The waits before the second attempt, the third, and so on: ten attempts over three days and three hours.
pub const SCHEDULE: [Duration; 9] = [
    Duration::from_secs(5),
    Duration::from_secs(5 * 60),
    Duration::from_secs(30 * 60),
    Duration::from_secs(2 * 3_600),
    Duration::from_secs(5 * 3_600),
    Duration::from_secs(10 * 3_600),
    Duration::from_secs(14 * 3_600),
    Duration::from_secs(20 * 3_600),
    Duration::from_secs(24 * 3_600),
];
/// How much of an answer is kept, in characters.
const KEPT: usize = 1_000;

/// Makes one attempt at a delivery.
///
/// # Errors
/// [`JobError::RetryAt`] with the moment of the next attempt; the database's.
pub async fn send(errand: &Errand, id: DeliveryId) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    let db = errand.db();
    let Some(letter) = db.read(move |tx| letter(tx, workspace, id)).await? else {
        return Ok(());
    };
    let attempt = attempt(db, &letter).await?;
    let outcome = db
        .write(move |tx| write_down(tx, workspace, id, &attempt))
        .await?;
    match outcome {
        None => Ok(()),
        Some((at, reason)) => Err(JobError::RetryAt(at, reason)),
    }
}

/// What an attempt needs.
struct Letter {
    delivery: Delivery,
    url: String,
    /// None when they can't be opened with the keys that are here.
    secrets: Option<Vec<SigningSecret>>,
    is_on: bool,
}

/// The delivery, if it still waits.
fn letter(tx: &mut Tx<'_>, workspace: WorkspaceId, id: DeliveryId) -> Result<Option<Letter>, DbError> {
    let Some(delivery) =
        store::find(tx, workspace, id)?.filter(|found| found.state == DeliveryState::Waiting)
    else {
        return Ok(None);
    };
    let Some(webhook) = webhooks::store::find(tx, workspace, delivery.webhook)? else {
        return Ok(None);
    };
    Ok(Some(Letter {
        secrets: secrets::signing(tx, workspace, webhook.id)?.ok(),
        is_on: webhook.is_on(),
        url: webhook.url,
        delivery,
    }))
}

async fn attempt(db: &Db, letter: &Letter) -> Result<Attempt, JobError> {
    let begin = db.clock().now();
    let watch = Instant::now();
    let sent = deliver(db, letter, begin).await?;
    let took = i64::try_from(watch.elapsed().as_millis()).unwrap_or(i64::MAX);
    let (status, error, answer) = match sent {
        Ok(reply) => (
            Some(i64::from(reply.status.as_u16())),
            None,
            readable(&reply.beginning),
        ),
        Err(reason) => (None, Some(reason), String::new()),
    };
    Ok(Attempt {
        id: kit::id::TypedId::from_uuid(db.ids().next(begin)),
        status,
        error,
        answer,
        took_ms: took,
        at: begin,
    })
}

/// Sends it, unless there is a reason not to.
async fn deliver(db: &Db, letter: &Letter, now: Timestamp) -> Result<Result<Reply, String>, JobError> {
    let outgoing: Option<Arc<Outgoing>> = db.attached();
    let outgoing = outgoing.ok_or_else(|| JobError::give_up("no outgoing client is attached"))?;
    if !letter.is_on {
        return Ok(Err("the webhook is switched off".to_owned()));
    }
    let Some(secrets) = &letter.secrets else {
        return Ok(Err(
            "its secret can't be opened with the keys that are here: rotate it".to_owned(),
        ));
    };
    let headers = headers(&letter.delivery, secrets, now);
    let sent = match outgoing.accept(&letter.url) {
        Ok(url) => {
            outgoing
                .post(&url, headers, letter.delivery.body.clone().into_bytes())
                .await
        }
        Err(error) => Err(error),
    };
    Ok(sent.map_err(|error: OutgoingError| error.to_string()))
}

fn headers(delivery: &Delivery, secrets: &[SigningSecret], now: Timestamp) -> HeaderMap {
    let id = delivery.id.to_string();
    let signed = signature(secrets, &id, now.seconds(), &delivery.body);
    let pairs = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (HeaderName::from_static("webhook-id"), id),
        (
            HeaderName::from_static("webhook-timestamp"),
            now.seconds().to_string(),
        ),
        (HeaderName::from_static("webhook-signature"), signed),
    ];
    let valued = |(name, text): (HeaderName, String)| {
        (
            name,
            HeaderValue::try_from(text).expect("ids, numbers and base64 are plain text"),
        )
    };
    pairs.into_iter().map(valued).collect()
}

/// The beginning of an answer as text: no control characters but line ends.
fn readable(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let plain = text.chars().filter(|c| !c.is_control() || *c == '\n');
    plain.take(KEPT).collect()
}

/// Writes the attempt down and decides what follows: the moment of the next one and why, or none.
fn write_down(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: DeliveryId,
    attempt: &Attempt,
) -> Result<Option<(Timestamp, String)>, JobError> {
    let Some(mut delivery) = store::find(tx, workspace, id)? else {
        return Ok(None);
    };
    let Some(webhook) = webhooks::store::find(tx, workspace, delivery.webhook)? else {
        return Ok(None);
    };
    store::insert_attempt(tx, workspace, id, attempt)?;
    delivery.attempts += 1;
    let next = next(&delivery, &webhook, attempt, tx);
    delivery.state = match (attempt.is_good(), next) {
        (true, _) => DeliveryState::Delivered,
        (false, Some(_)) => DeliveryState::Waiting,
        (false, None) => DeliveryState::Failed,
    };
    delivery.settled_at = next.is_none().then(|| tx.now());
    store::update(tx, workspace, &delivery)?;
    if webhook.is_line() && delivery.state != DeliveryState::Waiting {
        lines::moved(tx, workspace, &webhook, &delivery)?;
    }
    judge(tx, workspace, &webhook, attempt).map_err(refused)?;
    let reason = attempt
        .error
        .clone()
        .unwrap_or_else(|| format!("the answer was {}", attempt.status.unwrap_or_default()));
    Ok(next.map(|at| (at, reason)))
}

/// When to try again: up to a tenth later than the schedule says, so that not all come back at once.
fn next(delivery: &Delivery, webhook: &Webhook, attempt: &Attempt, tx: &Tx<'_>) -> Option<Timestamp> {
    if attempt.is_good() || attempt.is_gone() || !webhook.is_on() {
        return None;
    }
    let place = usize::try_from(delivery.attempts - 1).ok()?;
    let wait = SCHEDULE.get(place)?;
    let late = tx
        .ids()
        .below(u64::try_from(wait.as_millis() / 10).unwrap_or_default() + 1);
    Some(tx.now().plus(*wait + Duration::from_millis(late)))
}

/// What an attempt says about its webhook: it works, it fails, it has failed for too long, it is gone.
fn judge(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    webhook: &Webhook,
    attempt: &Attempt,
) -> Result<(), WebhookError> {
    let now = tx.now();
    let reason = match (attempt.is_good(), webhook.failing_since) {
        (true, None) => return Ok(()),
        (true, Some(_)) => {
            return Ok(webhooks::store::set_failing_since(
                tx, workspace, webhook.id, None,
            )?);
        }
        _ if !webhook.is_on() => return Ok(()),
        (false, _) if attempt.is_gone() => StopReason::Gone,
        (false, None) => {
            return Ok(webhooks::store::set_failing_since(
                tx,
                workspace,
                webhook.id,
                Some(now),
            )?);
        }
        (false, Some(since)) if now.since(since) >= PATIENCE => StopReason::Failing,
        (false, Some(_)) => return Ok(()),
    };
    let system = Actor::system(workspace, "webhooks");
    webhooks::switch_off(tx, &system, webhook.clone(), reason).map(drop)
}

fn refused(error: WebhookError) -> JobError {
    match error {
        WebhookError::Db(error) => error.into(),
        other => JobError::give_up(other.to_string()),
    }
}
