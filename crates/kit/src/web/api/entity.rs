//! One object as an answer, with the tag that says which state of it was seen, and the condition that names that tag.

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

use crate::text::{base64url, sha256};
use crate::web::Failure;

/// One object, ready to be sent: its JSON and the `ETag` made from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Single {
    pub(super) status: StatusCode,
    pub(super) location: Option<String>,
    pub(super) json: String,
    has_tag: bool,
}

impl Single {
    /// `document` as it is now.
    pub fn of(document: &impl Serialize) -> Self {
        Self {
            status: StatusCode::OK,
            location: None,
            json: serde_json::to_string(document).expect("a document has plain fields and text keys"),
            has_tag: true,
        }
    }

    /// `document`, which has just been made and stands at `location`.
    pub fn made(document: &impl Serialize, location: impl Into<String>) -> Self {
        Self {
            status: StatusCode::CREATED,
            location: Some(location.into()),
            ..Self::of(document)
        }
    }

    /// `document`, which tells of something begun that goes on.
    pub fn begun(document: &impl Serialize) -> Self {
        Self {
            status: StatusCode::ACCEPTED,
            ..Self::of(document)
        }
    }

    /// Nothing to show (204): it is done.
    pub fn nothing() -> Self {
        Self {
            status: StatusCode::NO_CONTENT,
            location: None,
            json: String::new(),
            has_tag: false,
        }
    }

    /// Without an `ETag`: what is shown once, such as a new secret, is no state to come back to.
    #[must_use]
    pub fn without_tag(mut self) -> Self {
        self.has_tag = false;
        self
    }

    /// The strong entity tag (RFC 9110, 8.8.3).
    pub fn tag(&self) -> String {
        format!("\"{}\"", base64url(&sha256(self.json.as_bytes())[..12]))
    }

    pub(super) fn stored(status: StatusCode, location: Option<String>, json: String, has_tag: bool) -> Self {
        Self {
            status,
            location,
            json,
            has_tag,
        }
    }

    pub(super) fn has_tag(&self) -> bool {
        self.has_tag
    }
}

impl IntoResponse for Single {
    fn into_response(self) -> Response {
        if self.status == StatusCode::NO_CONTENT {
            return self.status.into_response();
        }
        let tag = self.has_tag.then(|| self.tag());
        let kind = HeaderValue::from_static("application/json");
        let mut response = (self.status, [(header::CONTENT_TYPE, kind)], self.json).into_response();
        let headers = response.headers_mut();
        let pairs = [(header::ETAG, tag), (header::LOCATION, self.location)];
        for (name, text) in pairs {
            if let Some(value) = text.and_then(|text| HeaderValue::try_from(text).ok()) {
                headers.insert(name, value);
            }
        }
        response
    }
}

/// The state that a change was made from, as `If-Match` names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IfMatch {
    /// The header is not there.
    Absent,
    /// `*`: any state.
    Any,
    /// One of these tags, in quotation marks; weak ones match nothing.
    Tags(Vec<String>),
}

impl IfMatch {
    /// Lets a change pass if it was made from `now`, or names no state.
    ///
    /// # Errors
    /// 412 when `now` is another state.
    pub fn hold(&self, now: &Single) -> Result<(), Failure> {
        match self {
            Self::Tags(tags) if !tags.contains(&now.tag()) => {
                let detail = format!("the object is now {}: fetch it and decide again", now.tag());
                Err(Failure::of(StatusCode::PRECONDITION_FAILED).detail(detail))
            }
            _ => Ok(()),
        }
    }

    /// Lets a change pass that names the state it was made from, if that is `now`.
    ///
    /// # Errors
    /// 428 (RFC 6585) without the header; 412 when `now` is another state.
    pub fn must_hold(&self, now: &Single) -> Result<(), Failure> {
        if *self == Self::Absent {
            let detail = "say with if-match which state the change was made from: the etag of the object";
            return Err(Failure::of(StatusCode::PRECONDITION_REQUIRED).detail(detail));
        }
        self.hold(now)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let lines = parts.headers.get_all(header::IF_MATCH).iter();
        let tags: Vec<String> = lines
            .flat_map(|line| {
                String::from_utf8_lossy(line.as_bytes())
                    .split(',')
                    .map(|tag| tag.trim().to_owned())
                    .collect::<Vec<_>>()
            })
            .collect();
        Ok(match tags.as_slice() {
            [] => Self::Absent,
            [any] if any == "*" => Self::Any,
            _ => Self::Tags(tags),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn if_match(lines: &[&str]) -> IfMatch {
        let mut request = http::Request::get("/");
        for line in lines {
            request = request.header("if-match", *line);
        }
        let mut parts = request.body(()).unwrap().into_parts().0;
        let Ok(found) = futures::executor::block_on(IfMatch::from_request_parts(&mut parts, &()));
        found
    }

    #[test]
    fn a_change_passes_from_the_state_it_was_made_from_and_no_other() {
        let (old, now) = (Single::of(&1), Single::of(&2));
        assert!(if_match(&[&now.tag()]).must_hold(&now).is_ok());
        assert!(
            if_match(&[&format!("{}, {}", old.tag(), now.tag())])
                .hold(&now)
                .is_ok()
        );
        assert!(if_match(&[&old.tag(), &now.tag()]).hold(&now).is_ok());
        assert!(if_match(&["*"]).must_hold(&now).is_ok());
        for tag in [
            old.tag(),
            format!("W/{}", now.tag()),
            now.tag().replace('"', ""),
            "\u{fffd}".into(),
        ] {
            let refused = if_match(&[&tag]).must_hold(&now).unwrap_err();
            assert_eq!(refused.status(), StatusCode::PRECONDITION_FAILED, "{tag}");
        }
    }

    #[test]
    fn only_a_change_that_must_name_its_state_is_refused_without() {
        let now = Single::of(&1);
        assert!(if_match(&[]).hold(&now).is_ok());
        let refused = if_match(&[]).must_hold(&now).unwrap_err();
        assert_eq!(refused.status(), StatusCode::PRECONDITION_REQUIRED);
    }
}
