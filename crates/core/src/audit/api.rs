//! The trail for programs.

use axum::extract::State;
use http::{StatusCode, Uri};
use kit::clock::Timestamp;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, Limit, Listed, Operation, Sample, cursor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Act, Filter, Record};
use crate::actor::Actor;

/// The name of the list in cursors.
const LIST: &str = "audit";

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

/// An entry of the audit trail.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AuditEntry")]
pub struct EntryDocument {
    /// Its number in the workspace, without gaps.
    number: i64,
    /// When: microseconds since 1970-01-01 UTC.
    created_at: i64,
    /// The id of who did it; empty for the system.
    actor_id: String,
    /// The name of who did it.
    actor: String,
    /// What was done: `agent.added`.
    act: String,
    /// What it was done to: an id with its prefix.
    subject: String,
    /// What that was called.
    subject_name: String,
    /// The facts before; without secrets.
    before: Value,
    /// The facts after; without secrets.
    after: Value,
    /// The address it was done from.
    address: Option<String>,
    /// What the client called itself.
    user_agent: Option<String>,
    /// The session or token by which it was done.
    session: Option<String>,
    /// The number of the request in the server's log.
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

/// Which entries, and where to go on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AuditQuery {
    /// Only what this actor did: an id.
    actor: Option<String>,
    /// Only this act.
    act: Option<String>,
    /// Only what was done to this subject: an id.
    subject: Option<String>,
    /// Only from this moment on: microseconds since 1970-01-01 UTC.
    from: Option<i64>,
    /// Only before this moment: microseconds since 1970-01-01 UTC.
    until: Option<i64>,
    /// The cursor of the part before: its `next`.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
}

/// What the API's document says about the trail.
pub const OPERATION: Operation = Operation::new(
    "Audit trail",
    "List who changed what",
    "The entries of the audit trail, the newest first. Entries are only ever added.",
)
.asks::<AuditQuery>()
.gives::<Listed<EntryDocument>>();

/// `GET /api/v1/audit`
///
/// # Errors
/// An act or a cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<AuditQuery>,
) -> Result<Listed<EntryDocument>, Failure> {
    let act = query.act.map(|act| act.parse::<Act>()).transpose();
    let act =
        act.map_err(|error| Failure::of(StatusCode::BAD_REQUEST).parameter("act", error.to_string()))?;
    let before: Option<i64> = cursor::wanted(LIST, query.after.as_deref())?;
    let filter = Filter {
        actor: query.actor,
        act,
        subject: query.subject,
        from: query.from.map(Timestamp),
        until: query.until.map(Timestamp),
    };
    let limit = query.limit;
    let records = db
        .report(move |tx| super::list(tx, &actor, &filter, before, limit.and_one()))
        .await?;
    let listed = Listed::of(records, limit, |last: &Record| cursor::write(LIST, &last.number));
    Ok(listed.linked(&address))
}

impl Sample for EntryDocument {
    fn sample() -> Self {
        Self {
            number: 42,
            created_at: 1_772_442_000_000_000,
            actor_id: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe".to_owned(),
            actor: "Leyla Quliyeva".to_owned(),
            act: "agent.role_changed".to_owned(),
            subject: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe".to_owned(),
            subject_name: "Piotr Nowak".to_owned(),
            before: serde_json::json!({ "role": "support_agent" }),
            after: serde_json::json!({ "role": "support_lead" }),
            address: Some("203.0.113.9".to_owned()),
            user_agent: Some("curl/8.7".to_owned()),
            session: Some("ses_01k5x0h3m8f2rq7v9c4w6d1nbe".to_owned()),
            request_id: Some("01931fb2c0a87d0c9b1e6a5f3d2c4b10".to_owned()),
        }
    }
}
