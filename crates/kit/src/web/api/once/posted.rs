//! The body of a `POST`, read together with the key that makes it happen once.

use axum::extract::{FromRequest, Request};
use http::{HeaderMap, StatusCode};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::{HEADER, Once};
use crate::text::sha256;
use crate::web::Failure;
use crate::web::api::{Judged, input};

/// The longest key, in characters.
const LONGEST: usize = 255;

/// The body of a `POST`, and what makes it happen once.
#[derive(Clone, Debug)]
pub struct Posted<T> {
    /// What was sent.
    pub input: T,
    /// Runs the request's effect.
    pub once: Once,
}

impl<S: Send + Sync, T: DeserializeOwned + JsonSchema> FromRequest<S> for Posted<T> {
    type Rejection = Failure;
    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let headers = request.headers().clone();
        let key = key(&headers)?;
        let address = format!("{} {}\n", request.method(), request.uri());
        let judged = request.extensions().get::<Judged>().cloned();
        let body = input::whole(request, state).await?;
        let input = input::parsed(&headers, &body, judged.as_ref())?;
        let fingerprint = sha256(&[address.as_bytes(), &body].concat());
        Ok(Self {
            input,
            once: Once { key, fingerprint },
        })
    }
}

/// The header's text: a quoted string as the draft wants it, or bare as most clients send it.
fn key(headers: &HeaderMap) -> Result<Option<String>, Failure> {
    let mut lines = headers.get_all(HEADER).iter();
    let Some(line) = lines.next() else {
        return Ok(None);
    };
    let text = line.to_str().unwrap_or_default().trim();
    let bare = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .unwrap_or(text);
    let is_good = (1..=LONGEST).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_graphic());
    if is_good && lines.next().is_none() {
        return Ok(Some(bare.to_owned()));
    }
    let reason = "one key of 1 to 255 visible ASCII characters, such as a UUID";
    Err(Failure::of(StatusCode::BAD_REQUEST).header(HEADER, reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn a_key_is_taken_bare_or_quoted_and_nonsense_is_refused() {
        let read = |texts: &[&str]| {
            let mut headers = HeaderMap::new();
            for text in texts {
                headers.append(HEADER, HeaderValue::from_str(text).unwrap());
            }
            key(&headers)
        };
        assert_eq!(read(&[]), Ok(None));
        for text in ["8e03978e-40d5", "\"8e03978e-40d5\""] {
            assert_eq!(read(&[text]).unwrap().as_deref(), Some("8e03978e-40d5"));
        }
        let long = "x".repeat(256);
        for wrong in [&[""][..], &["\"\""], &["a b"], &[&long], &["a", "b"]] {
            let refused = read(wrong).unwrap_err();
            assert_eq!(refused.status(), StatusCode::BAD_REQUEST, "{wrong:?}");
        }
    }
}
