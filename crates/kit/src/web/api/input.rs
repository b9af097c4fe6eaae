//! What a request says, checked as it is read: ids in the path, the query, a JSON body.

use std::str::FromStr;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use http::request::Parts;
use http::{HeaderMap, StatusCode, header};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

use super::fitting::{self, Judged};
use crate::web::Failure;

const NO_NUL: &str = "a text has no character of the number zero";

/// The id in the path.
#[derive(Clone, Copy, Debug)]
pub struct At<T>(pub T);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for At<T> {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let nowhere = || Failure::of(StatusCode::NOT_FOUND);
        let Path(text) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| nowhere())?;
        text.parse().map(Self).map_err(|_| nowhere())
    }
}

/// The query of an address.
#[derive(Clone, Copy, Debug)]
pub struct Asked<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = url::form_urlencoded::parse(query.as_bytes());
        if let Some((name, _)) = pairs.clone().find(|(_, value)| value.contains('\0')) {
            let wrong = Failure::of(StatusCode::BAD_REQUEST);
            return Err(wrong.parameter(name, NO_NUL));
        }
        let reader = serde_urlencoded::Deserializer::new(pairs);
        serde_path_to_error::deserialize(reader)
            .map(Self)
            .map_err(|error| {
                let reason = error.inner().to_string();
                let name = named(&reason).unwrap_or_else(|| error.path().to_string());
                Failure::of(StatusCode::BAD_REQUEST).parameter(name, reason)
            })
    }
}

/// A JSON body.
#[derive(Clone, Copy, Debug)]
pub struct Sent<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + JsonSchema> FromRequest<S> for Sent<T> {
    type Rejection = Failure;
    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let headers = request.headers().clone();
        let judged = request.extensions().get::<Judged>().cloned();
        let body = whole(request, state).await?;
        parsed(&headers, &body, judged.as_ref()).map(Self)
    }
}

/// Reads the body to its end, within the limit of the edge.
pub(super) async fn whole<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Failure> {
    Bytes::from_request(request, state)
        .await
        .map_err(|refused| Failure::of(refused.status()).detail(refused.body_text()))
}

/// The body as a `T`; no body at all is `null`.
pub(super) fn parsed<T: DeserializeOwned + JsonSchema>(
    headers: &HeaderMap,
    body: &[u8],
    judged: Option<&Judged>,
) -> Result<T, Failure> {
    if !body.is_empty() && !is_json(headers) {
        let detail = "a body is JSON: content-type: application/json";
        return Err(Failure::of(StatusCode::UNSUPPORTED_MEDIA_TYPE).detail(detail));
    }
    let body: &[u8] = if body.is_empty() { b"null" } else { body };
    // A list would be read as an object whose fields have no names.
    if body.trim_ascii_start().starts_with(b"[") {
        return Err(Failure::of(StatusCode::UNPROCESSABLE_ENTITY).pointer("#", "a body is an object"));
    }
    if body.windows(6).any(|part| part == br"\u0000") && holds_nul(body) {
        return Err(Failure::of(StatusCode::UNPROCESSABLE_ENTITY).pointer("#", NO_NUL));
    }
    let mut reader = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| refused(&error))?;
    reader
        .end()
        .map_err(|error| Failure::of(StatusCode::BAD_REQUEST).detail(error.to_string()))?;
    fitting::look::<T>(body, judged)?;
    Ok(value)
}

/// Text that is no JSON is malformed; JSON that does not fit is named by the place that does not.
fn refused(error: &serde_path_to_error::Error<serde_json::Error>) -> Failure {
    let whole = error.inner().to_string();
    if !error.inner().is_data() {
        return Failure::of(StatusCode::BAD_REQUEST).detail(whole);
    }
    let reason = whole
        .rsplit_once(" at line ")
        .map_or(whole.as_str(), |(reason, _)| reason);
    let mut pointer = String::from("#");
    let mut last = String::new();
    for segment in error.path() {
        last = match segment {
            Segment::Map { key } => escaped(key),
            Segment::Seq { index } => index.to_string(),
            Segment::Enum { variant } => variant.clone(),
            Segment::Unknown => "?".to_owned(),
        };
        pointer.push_str(&format!("/{last}"));
    }
    // The reader stops at the object that has the wrong name or lacks one, or at the name itself.
    let name = named(reason).map(|name| escaped(&name));
    if let Some(name) = name.filter(|name| *name != last) {
        pointer.push_str(&format!("/{name}"));
    }
    Failure::of(StatusCode::UNPROCESSABLE_ENTITY).pointer(pointer, reason)
}

/// A name as a part of a pointer (RFC 6901, section 3).
pub(super) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Whether a text in it has the one character that no database keeps.
fn holds_nul(body: &[u8]) -> bool {
    fn has(value: &serde_json::Value) -> bool {
        match value {
            serde_json::Value::String(text) => text.contains('\0'),
            serde_json::Value::Array(items) => items.iter().any(has),
            serde_json::Value::Object(fields) => fields
                .iter()
                .any(|(name, value)| name.contains('\0') || has(value)),
            _ => false,
        }
    }
    serde_json::from_slice(body).is_ok_and(|value| has(&value))
}

/// The field named by ``unknown field `owner`, …``, ``missing field `name` `` and ``duplicate field `name` ``.
fn named(reason: &str) -> Option<String> {
    let rest = ["unknown field `", "missing field `", "duplicate field `"]
        .iter()
        .find_map(|begin| reason.strip_prefix(begin))?;
    rest.split('`').next().map(str::to_owned)
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::Value;

    #[derive(Debug, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Order {
        name: String,
        #[serde(default)]
        lines: Vec<Line>,
    }

    #[derive(Debug, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Line {
        count: u8,
    }

    fn refusal(body: &str) -> Value {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", "application/json; charset=utf-8".parse().unwrap());
        parsed::<Order>(&headers, body.as_bytes(), None)
            .unwrap_err()
            .document()
    }

    #[test]
    fn what_does_not_fit_is_named_by_its_pointer() {
        for (body, pointer) in [
            (r#"{"name":"a","owner":1}"#, "#/owner"),
            (r#"{}"#, "#/name"),
            (r#"{"name":7}"#, "#/name"),
            (r#"{"name":"a","name":"b"}"#, "#/name"),
            (
                r#"{"name":"a","lines":[{"count":1},{"count":300}]}"#,
                "#/lines/1/count",
            ),
            (r#"{"name":"a","lines":[{"count":1,"b/c":2}]}"#, "#/lines/0/b~1c"),
            (r#"{"name":"a\u0000"}"#, "#"),
            (r#"["a",[]]"#, "#"),
            (r#"{"name":"a","lines":[[1]]}"#, "#/lines/0"),
            ("null", "#"),
            ("", "#"),
        ] {
            let problem = refusal(body);
            assert_eq!(problem["status"], 422, "{body}: {problem}");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{body}: {problem}");
        }
    }

    #[test]
    fn what_is_no_json_is_malformed_and_another_type_unsupported() {
        assert_eq!(refusal("{")["status"], 400);
        assert_eq!(refusal(r#"{"name":"a"} x"#)["status"], 400);
        let failure = parsed::<Order>(&HeaderMap::new(), b"name=a", None).unwrap_err();
        assert_eq!(failure.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }

    #[test]
    fn a_wrong_parameter_is_named() {
        let asked = |query: &str| {
            let request = http::Request::get(format!("/orders?{query}")).body(()).unwrap();
            let mut parts = request.into_parts().0;
            futures::executor::block_on(Asked::<Line>::from_request_parts(&mut parts, &()))
        };
        assert_eq!(asked("count=7").unwrap().0.count, 7);
        for (query, name) in [
            ("count=x", "count"),
            ("count=1&sort=a", "sort"),
            ("", "count"),
            ("count=1&count=2", "count"),
        ] {
            let problem = asked(query).unwrap_err().document();
            assert_eq!(problem["status"], 400, "{query}");
            assert_eq!(problem["errors"][0]["parameter"], name, "{query}: {problem}");
        }
    }
}
