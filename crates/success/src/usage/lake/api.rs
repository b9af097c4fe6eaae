//! Files of events, for programs.

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::day::Day;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, Limit, Listed, Operation, Sample, cursor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;

use super::{File, LIST as FILES, UsageFileId, web};

const PART: &str = "Usage";

/// A file of events.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UsageFile")]
pub struct FileDocument {
    /// The file.
    id: UsageFileId,
    /// On which day its events came, by UTC.
    day: Day,
    /// How many events it has.
    events: i64,
    /// How many bytes.
    bytes: i64,
    /// SHA-256 of its bytes in hexadecimal digits: another one says that a person was taken out of it.
    sha256: String,
    /// When the first event came: microseconds since 1970-01-01 UTC.
    first_received_at: i64,
    /// When the last event came.
    last_received_at: i64,
    /// When the first event happened.
    first_happened_at: i64,
    /// When the last event happened.
    last_happened_at: i64,
    /// When it was sealed.
    sealed_at: i64,
}

/// Which part of the list.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FilesQuery {
    /// The cursor of the part before: its `next`.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
}

/// `GET /api/v1/usage-files`
pub const LIST: Operation = Operation::new(
    PART,
    "List files of events",
    "Events that were counted are sealed as Parquet files, day by day as they came; the file sealed last comes first. What came in the last hours is in no file yet.",
)
.asks::<FilesQuery>()
.gives::<Listed<FileDocument>>();

/// `GET /api/v1/usage-files/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Take a file of events along",
    "Its bytes as Parquet, packed with Zstandard. Taking one along is recorded: it names persons.",
)
.of::<UsageFileId>()
.gives_bytes();

impl Sample for FileDocument {
    fn sample() -> Self {
        Self {
            id: "ufl_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            day: "2026-11-21".parse().expect("a day"),
            events: 48_210,
            bytes: 2_120_344,
            sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
            first_received_at: 1_795_219_200_000_000,
            last_received_at: 1_795_305_599_000_000,
            first_happened_at: 1_795_219_100_000_000,
            last_happened_at: 1_795_305_598_000_000,
            sealed_at: 1_795_309_980_000_000,
        }
    }
}

impl From<File> for FileDocument {
    fn from(file: File) -> Self {
        Self {
            id: file.id,
            day: file.day,
            events: file.events,
            bytes: file.bytes,
            sha256: file.blob.to_string(),
            first_received_at: file.received.0.0,
            last_received_at: file.received.1.0,
            first_happened_at: file.happened.0.0,
            last_happened_at: file.happened.1.0,
            sealed_at: file.sealed_at.0,
        }
    }
}

/// `GET /api/v1/usage-files`
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<FilesQuery>,
) -> Result<Listed<FileDocument>, Failure> {
    let after: Option<UsageFileId> = cursor::wanted(FILES, query.after.as_deref())?;
    let limit = query.limit;
    let found = db
        .read(move |tx| super::list(tx, &actor, after, limit.and_one()))
        .await?;
    let listed = Listed::of(found, limit, |last: &File| cursor::write(FILES, &last.id));
    Ok(listed.linked(&address))
}

/// `GET /api/v1/usage-files/{id}`
///
/// # Errors
/// No such file here, or trouble of the database or the blob store.
pub async fn show(state: State<Db>, actor: Actor, id: At<UsageFileId>) -> Result<Response, Failure> {
    web::content(state, actor, id).await
}
