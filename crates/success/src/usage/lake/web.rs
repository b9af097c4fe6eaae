//! A file of events, to take along.

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::At;
use tandem_core::actor::Actor;

use super::{File, MEDIA, UsageFileId};

/// The bytes of a file.
///
/// # Errors
/// No such file here, a missing permission, or trouble of the database or the blob store.
pub async fn content(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<UsageFileId>,
) -> Result<Response, Failure> {
    let (file, bytes) = super::content(&db, &actor, id).await?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(MEDIA)),
        (CONTENT_LENGTH, HeaderValue::from(file.bytes)),
        (CONTENT_DISPOSITION, named(&file)),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, Body::from_stream(bytes)).into_response())
}

/// Says the day first, so that files lie in order wherever they are kept.
fn named(file: &File) -> HeaderValue {
    let name = format!("attachment; filename=\"usage-{}-{}.parquet\"", file.day, file.id);
    HeaderValue::try_from(name).expect("days and ids are ASCII")
}
