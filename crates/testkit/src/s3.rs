//! A small S3 store on a port of this machine, speaking what clients really send: single and multipart uploads, copies,
//! ranges, heads, deletes, and listings in pages. It keeps everything in memory and can be told to fail.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Objects on one page of a listing: few, so that every test of a listing turns pages.
const PAGE: usize = 2;
/// When every object was last changed.
const CHANGED: &str = "2026-03-02T09:00:00.000Z";

/// A running store.
#[derive(Clone, Debug)]
pub struct FakeS3 {
    /// Its address, for a bucket's endpoint.
    pub endpoint: String,
    shelf: Arc<Mutex<Shelf>>,
}

#[derive(Debug, Default)]
struct Shelf {
    objects: BTreeMap<String, Bytes>,
    uploads: BTreeMap<String, BTreeMap<u32, Bytes>>,
    made_uploads: u32,
    failing: Option<StatusCode>,
    log: Vec<String>,
}

impl FakeS3 {
    /// Starts a store that takes any bucket. It ends with the test's runtime.
    pub async fn start() -> Self {
        let shelf = Arc::<Mutex<Shelf>>::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let app = Router::new().fallback(answer).with_state(Arc::clone(&shelf));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self {
            endpoint: format!("http://{address}"),
            shelf,
        }
    }

    /// Answers everything with `status` from now on; `None` works again.
    pub fn fail_with(&self, status: Option<StatusCode>) {
        self.shelf().failing = status;
    }

    /// The names of all objects, `bucket/key`.
    pub fn names(&self) -> Vec<String> {
        self.shelf().objects.keys().cloned().collect()
    }

    /// Changes the bytes of an object behind everybody's back.
    pub fn overwrite(&self, name: &str, bytes: &'static [u8]) {
        self.shelf()
            .objects
            .insert(name.to_owned(), Bytes::from_static(bytes));
    }

    /// Uploads that were begun and neither completed nor aborted.
    pub fn open_uploads(&self) -> usize {
        self.shelf().uploads.len()
    }

    /// What was asked so far, one word each: `put`, `part`, `copy`, `get`, ….
    pub fn log(&self) -> Vec<String> {
        self.shelf().log.clone()
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().expect("no test panics while holding the shelf")
    }
}

/// One request, taken apart.
struct Ask<'a> {
    name: String,
    query: &'a BTreeMap<String, String>,
    headers: &'a HeaderMap,
    body: Bytes,
}

async fn answer(
    State(shelf): State<Arc<Mutex<Shelf>>>,
    Query(query): Query<BTreeMap<String, String>>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, 64 << 20).await else {
        return error(StatusCode::BAD_REQUEST, "IncompleteBody");
    };
    let headers = &parts.headers;
    let mut shelf = shelf.lock().expect("no handler panics while holding the shelf");
    if let Some(status) = shelf.failing {
        return error(status, "ServiceUnavailable");
    }
    let signature = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    if !signature.is_some_and(|signature| signature.starts_with("AWS4-HMAC-SHA256 Credential=")) {
        return error(StatusCode::FORBIDDEN, "AccessDenied");
    }
    let name = parts.uri.path().trim_start_matches('/').to_owned();
    let ask = Ask {
        name,
        query: &query,
        headers,
        body,
    };
    let has = |key: &str| query.contains_key(key);
    let (word, response) = match parts.method {
        Method::PUT if has("uploadId") => ("part", shelf.put_part(ask)),
        Method::PUT if headers.contains_key("x-amz-copy-source") => ("copy", shelf.copy(&ask)),
        Method::PUT => ("put", shelf.put(ask)),
        Method::POST if has("uploads") => ("begin", shelf.begin(&ask)),
        Method::POST if has("uploadId") => ("complete", shelf.complete(&ask)),
        Method::DELETE if has("uploadId") => ("abort", shelf.abort(&ask)),
        Method::DELETE => ("delete", shelf.delete(&ask)),
        Method::GET if has("list-type") => ("list", shelf.list(&ask)),
        Method::GET | Method::HEAD => ("get", shelf.get(&ask)),
        _ => ("other", error(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed")),
    };
    shelf.log.push(word.to_owned());
    response
}

impl Shelf {
    fn put(&mut self, ask: Ask<'_>) -> Response {
        self.objects.insert(ask.name, ask.body);
        tagged()
    }

    fn copy(&mut self, ask: &Ask<'_>) -> Response {
        let source = ask.headers["x-amz-copy-source"]
            .to_str()
            .unwrap_or_default()
            .trim_start_matches('/');
        match self.objects.get(source).cloned() {
            Some(bytes) => {
                self.objects.insert(ask.name.clone(), bytes);
                xml(format!(
                    "<CopyObjectResult><ETag>\"tag\"</ETag><LastModified>{CHANGED}</LastModified></CopyObjectResult>"
                ))
            }
            None => error(StatusCode::NOT_FOUND, "NoSuchKey"),
        }
    }

    fn begin(&mut self, ask: &Ask<'_>) -> Response {
        self.made_uploads += 1;
        let id = format!("upload-{}", self.made_uploads);
        let text = format!(
            "<InitiateMultipartUploadResult><Key>{}</Key><UploadId>{id}</UploadId></InitiateMultipartUploadResult>",
            ask.name
        );
        self.uploads.insert(id, BTreeMap::new());
        xml(text)
    }

    fn put_part(&mut self, ask: Ask<'_>) -> Response {
        let number = ask.query.get("partNumber").and_then(|number| number.parse().ok());
        match (self.uploads.get_mut(&ask.query["uploadId"]), number) {
            (Some(parts), Some(number)) => {
                parts.insert(number, ask.body);
                tagged()
            }
            _ => error(StatusCode::NOT_FOUND, "NoSuchUpload"),
        }
    }

    fn complete(&mut self, ask: &Ask<'_>) -> Response {
        let Some(parts) = self.uploads.remove(&ask.query["uploadId"]) else {
            return error(StatusCode::NOT_FOUND, "NoSuchUpload");
        };
        let named = String::from_utf8_lossy(&ask.body).matches("<PartNumber>").count();
        // The real store refuses short parts before the last.
        let is_short = parts.values().rev().skip(1).any(|part| part.len() < 5 << 20);
        if named != parts.len() || is_short {
            return error(StatusCode::BAD_REQUEST, "InvalidPart");
        }
        let whole: Vec<u8> = parts.into_values().flatten().collect();
        self.objects.insert(ask.name.clone(), whole.into());
        xml("<CompleteMultipartUploadResult><ETag>\"tag\"</ETag></CompleteMultipartUploadResult>".to_owned())
    }

    fn abort(&mut self, ask: &Ask<'_>) -> Response {
        self.uploads.remove(&ask.query["uploadId"]);
        StatusCode::NO_CONTENT.into_response()
    }

    fn delete(&mut self, ask: &Ask<'_>) -> Response {
        self.objects.remove(&ask.name);
        StatusCode::NO_CONTENT.into_response()
    }

    fn get(&self, ask: &Ask<'_>) -> Response {
        let Some(bytes) = self.objects.get(&ask.name) else {
            return error(StatusCode::NOT_FOUND, "NoSuchKey");
        };
        let range = ask
            .headers
            .get(header::RANGE)
            .and_then(|range| parse_range(range, bytes.len()));
        let (status, body) = match range {
            Some((start, end)) => (StatusCode::PARTIAL_CONTENT, bytes.slice(start..end)),
            None => (StatusCode::OK, bytes.clone()),
        };
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::ETAG, HeaderValue::from_static("\"tag\""));
        headers.insert(
            header::LAST_MODIFIED,
            HeaderValue::from_static("Mon, 02 Mar 2026 09:00:00 GMT"),
        );
        if let Some((start, end)) = range {
            let shown = format!("bytes {start}-{}/{}", end - 1, bytes.len());
            headers.insert(
                header::CONTENT_RANGE,
                shown.parse().expect("digits are a header value"),
            );
        }
        response
    }

    fn list(&self, ask: &Ask<'_>) -> Response {
        let bucket = format!("{}/", ask.name.trim_end_matches('/'));
        let prefix = ask.query.get("prefix").map(String::as_str).unwrap_or_default();
        let after = ask
            .query
            .get("continuation-token")
            .map(String::as_str)
            .unwrap_or_default();
        let keys: Vec<(&str, usize)> = self
            .objects
            .iter()
            .filter_map(|(name, bytes)| Some((name.strip_prefix(&bucket)?, bytes.len())))
            .filter(|(key, _)| key.starts_with(prefix) && *key > after)
            .collect();
        let mut text = "<ListBucketResult>".to_owned();
        for (key, size) in keys.iter().take(PAGE) {
            let _ = write!(
                text,
                "<Contents><Key>{key}</Key><LastModified>{CHANGED}</LastModified><ETag>\"tag\"</ETag><Size>{size}</Size></Contents>"
            );
        }
        if keys.len() > PAGE {
            let _ = write!(
                text,
                "<NextContinuationToken>{}</NextContinuationToken>",
                keys[PAGE - 1].0
            );
        }
        text.push_str("</ListBucketResult>");
        xml(text)
    }
}

/// `bytes=from-to`, with an inclusive end.
fn parse_range(range: &HeaderValue, length: usize) -> Option<(usize, usize)> {
    let (start, end) = range.to_str().ok()?.strip_prefix("bytes=")?.split_once('-')?;
    let end: usize = end.parse().unwrap_or(length - 1);
    Some((start.parse().ok()?, (end + 1).min(length)))
}

fn tagged() -> Response {
    [(header::ETAG, "\"tag\"")].into_response()
}

fn xml(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/xml")], text).into_response()
}

fn error(status: StatusCode, code: &str) -> Response {
    (status, format!("<Error><Code>{code}</Code></Error>")).into_response()
}
