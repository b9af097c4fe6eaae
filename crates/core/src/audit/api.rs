//! The trail for programs.

use axum::Json;
use axum::extract::{Query, State};
use http::StatusCode;
use kit::clock::Timestamp;
use kit::db::Db;
use kit::web::Failure;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Act, Filter, PAGE, Record};
use crate::actor::Actor;

/// The columns of the file, which are the fields of an entry too.
pub(super) const COLUMNS: [&str; 13] = [
    "number",
    "created_at",
    "actor_id",
    "actor",
    "act",
    "subject",
    "subject_name",
    "before",
    "after",
    "address",
    "user_agent",
    "session",
    "request_id",
];

/// An entry as programs see it. Times are microseconds since 1970-01-01 UTC.
#[derive(Debug, Serialize)]
pub struct EntryDocument {
    number: i64,
    created_at: i64,
    actor_id: String,
    actor: String,
    act: String,
    subject: String,
    subject_name: String,
    before: Value,
    after: Value,
    address: Option<String>,
    user_agent: Option<String>,
    session: Option<String>,
    request_id: Option<String>,
}

impl From<Record> for EntryDocument {
    fn from(record: Record) -> Self {
        Self {
            number: record.number,
            created_at: record.created_at.0,
            actor: record.actor_name().to_owned(),
            actor_id: record.actor_id,
            act: record.act,
            subject: record.subject,
            subject_name: record.subject_name,
            before: record.before,
            after: record.after,
            address: record.whence.address,
            user_agent: record.whence.user_agent,
            session: record.whence.session,
            request_id: record.whence.request_id,
        }
    }
}

/// A part of the trail and the number to go on after.
#[derive(Debug, Serialize)]
pub struct ListDocument {
    items: Vec<EntryDocument>,
    next: Option<i64>,
}

/// Which entries, and where to go on. `from` and `until` are microseconds since 1970-01-01 UTC.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    actor: Option<String>,
    act: Option<String>,
    subject: Option<String>,
    from: Option<i64>,
    until: Option<i64>,
    after: Option<i64>,
}

/// `GET /api/v1/audit`: the newest first, fifty at a time; `after` is the number of the last one seen.
///
/// # Errors
/// An act that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    Query(query): Query<ListQuery>,
) -> Result<Json<ListDocument>, Failure> {
    let act = query.act.map(|act| act.parse::<Act>()).transpose();
    let act = act.map_err(|error| Failure::of(StatusCode::BAD_REQUEST).detail(error.to_string()))?;
    let filter = Filter {
        actor: query.actor,
        act,
        subject: query.subject,
        from: query.from.map(Timestamp),
        until: query.until.map(Timestamp),
    };
    let mut records = db
        .report(move |tx| super::list(tx, &actor, &filter, query.after, PAGE + 1))
        .await?;
    let next = super::trim_to_page(&mut records);
    Ok(Json(ListDocument {
        items: records.into_iter().map(EntryDocument::from).collect(),
        next,
    }))
}
