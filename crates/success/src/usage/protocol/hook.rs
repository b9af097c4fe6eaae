//! The addresses to which SDKs send, and the settings for which browsers ask first.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kit::clock::Timestamp;
use kit::db::{Db, DbError};
use kit::web::Failure;
use serde_json::json;
use tandem_core::doors::Entrance;

use super::arriving::{self, Arrived};
use super::event::Call;
use super::reason::{Reason, Refused};
use super::{answers, body, keys, taking};
use crate::usage::log::refusals::{self, NewRefusal};
use crate::usage::sources::{self, Gate};

/// How much of a body that can't be read is kept, to be looked at.
const LOOK: usize = 2_000;

/// `POST /v1/{call}`
///
/// # Errors
/// The database's, but that it is overloaded: 429.
pub async fn take(
    State(db): State<Db>,
    Path(call): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let is_batch = matches!(call.as_str(), "batch" | "b" | "import");
    let single = Call::named(&call);
    if !is_batch && single.is_none() {
        return Ok(answers::closed(
            StatusCode::NOT_FOUND,
            "no-call",
            "There is no such call.",
        ));
    }
    let arrived = arriving::read(body, arriving::LONGEST).await;
    match answered(&db, (is_batch, single), &headers, &arrived).await {
        Ok(response) => Ok(response),
        Err(DbError::Overloaded | DbError::Contention) => Ok(answers::overloaded()),
        Err(error) => Err(error.into()),
    }
}

async fn answered(
    db: &Db,
    (is_batch, single): (bool, Option<Call>),
    headers: &HeaderMap,
    arrived: &Arrived,
) -> Result<Response, DbError> {
    let (text, sent) = match arrived {
        Arrived::Whole(sent) => (body::unpacked(headers, sent), sent),
        Arrived::Beginning(sent) => (Err(Reason::LargeBody), sent),
        Arrived::Late => return Ok(answers::late()),
    };
    let frame = match &text {
        Ok(text) => body::frame(text),
        Err(reason) => Err(*reason),
    };
    let in_body = frame.as_ref().ok().and_then(|frame| frame.key.clone());
    let key = keys::of_headers(headers).or(in_body);
    // The key of a body that is too large may stand in what was not read.
    if let (None, Err(reason @ Reason::LargeBody)) = (&key, &frame) {
        return Ok(answers::refused(*reason));
    }
    let gate = match gate(db, key).await? {
        Ok(gate) => gate,
        Err(closed) => return Ok(closed),
    };
    let items = match &frame {
        Ok(frame) if is_batch => body::items(frame),
        Ok(_) => Ok(text.as_deref().map(|text| vec![text]).unwrap_or_default()),
        Err(reason) => Err(*reason),
    };
    match (items, frame) {
        (Ok(items), Ok(frame)) => {
            let sent = if is_batch { frame.sent } else { None };
            let outcome = taking::take(db, &gate, &items, (single, sent)).await?;
            Ok(answers::outcome(&outcome, is_batch))
        }
        (Err(reason), _) | (_, Err(reason)) => {
            let is_whole = text.is_ok();
            let looked = text.unwrap_or_else(|_| body::beginning(headers, sent, LOOK));
            note(db, &gate, reason, (looked, is_whole)).await?;
            Ok(answers::refused(reason))
        }
    }
}

/// The source of a write key, or what its sender is told.
async fn gate(db: &Db, key: Option<String>) -> Result<Result<Gate, Response>, DbError> {
    let closed = |status, code, message| Ok(Err(answers::closed(status, code, message)));
    let Some(key) = key else {
        return closed(
            StatusCode::UNAUTHORIZED,
            "no-key",
            "Send the write key as the user of Basic authentication, as a bearer, or as `writeKey` in the body.",
        );
    };
    match db.read(move |tx| sources::of_key(tx, &key)).await? {
        Some(gate) if gate.is_on => Ok(Ok(gate)),
        Some(_) => closed(
            StatusCode::FORBIDDEN,
            "source-off",
            "This source is switched off.",
        ),
        None => closed(
            StatusCode::UNAUTHORIZED,
            "unknown-key",
            "No source has this write key.",
        ),
    }
}

/// Keeps a body of which nothing could be taken: whole as far as it is no larger than an event, so that it can be mended and
/// sent again.
async fn note(db: &Db, gate: &Gate, reason: Reason, (body, is_whole): (String, bool)) -> Result<(), DbError> {
    let refused = Refused {
        index: 0,
        call: String::new(),
        message: None,
        reason,
        about: String::new(),
        body,
    };
    let mut refusal = NewRefusal::of(&refused, (db.clock().now(), None::<Timestamp>));
    refusal.is_whole &= is_whole;
    let (workspace, source) = (gate.workspace, gate.source);
    db.write_committed(move |tx| refusals::keep_some(tx, workspace, source, std::slice::from_ref(&refusal)))
        .await
}

/// `OPTIONS /v1/{call}`
pub async fn preflight() -> Response {
    answers::preflight()
}

/// `GET /v1/projects/{link}/settings`: what Segment's browser SDK loads before it sends; the events go where it came from.
///
/// # Errors
/// The database's.
pub async fn settings(
    State(db): State<Db>,
    State(entrance): State<Entrance>,
    Path(key): Path<String>,
) -> Result<Response, Failure> {
    let asked = key.clone();
    let Some(gate) = db.read(move |tx| sources::of_key(tx, &asked)).await? else {
        return Ok(answers::closed(
            StatusCode::NOT_FOUND,
            "unknown-key",
            "No source has this write key.",
        ));
    };
    let (protocol, host) = entrance
        .origin
        .split_once("://")
        .unwrap_or(("https", &entrance.origin));
    let segment = json!({
        "apiKey": key,
        "apiHost": format!("{host}/v1"),
        "protocol": protocol,
        "unbundledIntegrations": [],
        "addBundledMetadata": false,
        "versionSettings": { "version": "4.4.7", "componentTypes": ["browser"] },
    });
    // A plan makes the SDK load one more script, which is nowhere where the SDK itself was not loaded from here.
    let plan = match gate.is_on {
        true => json!({}),
        false => json!({ "track": { "__default": { "enabled": false, "integrations": {} } } }),
    };
    let body = json!({
        "integrations": { "Segment.io": segment },
        "plan": plan,
        "edgeFunction": {},
        "analyticsNextEnabled": true,
        "middlewareSettings": {},
        "enabledMiddleware": {},
        "metrics": { "sampleRate": 0 },
        "legacyVideoPluginsEnabled": false,
        "remotePlugins": [],
    });
    Ok(answers::answer(StatusCode::OK, &body))
}

/// `GET /sourceConfig`: what RudderStack's browser SDK loads before it sends; its key is the user of `Basic`.
///
/// # Errors
/// The database's.
pub async fn source_config(
    State(db): State<Db>,
    State(entrance): State<Entrance>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let gate = match gate(&db, keys::of_headers(&headers)).await? {
        Ok(gate) => gate,
        Err(closed) => return Ok(closed),
    };
    let off = json!({ "enabled": false });
    let body = json!({
        "source": {
            "id": gate.source,
            "name": gate.name,
            "enabled": gate.is_on,
            "workspaceId": gate.workspace,
            "config": { "statsCollection": { "errors": off, "metrics": off } },
            "connections": [],
            "destinations": [],
            "dataplanes": { "US": [{ "url": &*entrance.origin, "default": true }] },
        },
    });
    Ok(answers::answer(StatusCode::OK, &body))
}
