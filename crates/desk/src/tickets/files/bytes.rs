//! The bytes of files: taken in, and given out so that nothing in them runs.

use std::fmt;
use std::sync::Arc;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::Stream;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue};
use kit::blob::{self, Blobs, Stored};
use kit::db::{Db, DbError};
use kit::id::TypedId;
use tandem_core::actor::Actor;

use super::super::TicketError;
use super::{File, FileId, LARGEST};

/// The store of files.
fn blobs(db: &Db) -> Result<Arc<Blobs>, DbError> {
    db.attached().ok_or_else(|| DbError::NoRow {
        statement: "no blobs are attached to the database".to_owned(),
    })
}

/// Takes the bytes of a file in.
pub(super) async fn put<E: fmt::Display>(
    db: &Db,
    content: impl Stream<Item = Result<Bytes, E>> + Send,
) -> Result<Stored, TicketError> {
    blobs(db)?.put(content, LARGEST).await.map_err(super::of_store)
}

/// The answer with a file's bytes. Nothing in it runs, whatever it is said to be.
pub(crate) async fn content(db: &Db, actor: &Actor, id: FileId) -> Result<Response, TicketError> {
    let reader = actor.clone();
    let (file, blob) = db
        .read(move |tx| {
            let file = super::find(tx, &reader, id)?.ok_or(TicketError::Unknown)?;
            let blob = blob::find(tx, reader.workspace.uuid(), file.content)?;
            Ok::<_, TicketError>((file, blob.ok_or(TicketError::Unknown)?))
        })
        .await?;
    let bytes = blobs(db)?.read(&blob).await.map_err(super::of_store)?;
    Ok((headers(&file), Body::from_stream(bytes)).into_response())
}

fn headers(file: &File) -> HeaderMap {
    let (manner, kind) = if file.is_picture() {
        ("inline", file.media_type.as_str())
    } else {
        ("attachment", "application/octet-stream")
    };
    let mut headers = HeaderMap::new();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_str(kind).unwrap_or(HeaderValue::from_static("application/octet-stream")),
    );
    headers.insert(CONTENT_DISPOSITION, named(manner, &file.name));
    headers.insert(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, max-age=86400"));
    headers
}

/// A Content-Disposition with a name in any script (RFC 6266 with RFC 8187).
fn named(manner: &str, name: &str) -> HeaderValue {
    let mut written = format!("{manner}; filename*=UTF-8''");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            written.push(char::from(byte));
        } else {
            written.push_str(&format!("%{byte:02X}"));
        }
    }
    HeaderValue::try_from(written).expect("only ASCII")
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_name_of_any_script_fits_into_the_header_and_cannot_end_it() {
        assert_eq!(
            named("attachment", "şəkil \"1\".png\r\n").to_str().unwrap(),
            "attachment; filename*=UTF-8''%C5%9F%C9%99kil%20%221%22.png%0D%0A"
        );
    }
}
