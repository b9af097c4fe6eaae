//! Failures that a peer can read: a stable code, a status, a sentence, and for forms the fields that were wrong.
//!
//! A handler returns a [`Failure`]; programs get it as a problem document (RFC 9457), people as a page in their language,
//! which the shell makes from the copy that travels in the response's extensions.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use crate::clock::Timestamp;
use crate::db::DbError;
use crate::i18n::{Locale, Text};

/// One kind of failure, public and stable: features declare theirs as constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// The word in the `type` of a problem document: `account-name`.
    pub name: &'static str,
    /// The HTTP status.
    pub status: StatusCode,
    /// The key of its sentence.
    pub text: &'static str,
}

impl Code {
    /// A kind of failure.
    pub const fn new(name: &'static str, status: StatusCode, text: &'static str) -> Self {
        Self { name, status, text }
    }
}

/// There is nothing of that kind here: also for operations that name something in their query or body.
pub const NOT_FOUND: Code = Code::new("not-found", StatusCode::NOT_FOUND, "failure-not-found");

/// What can fail anywhere; the first of a status is the one for failures that know nothing more.
#[rustfmt::skip]
pub const GENERAL: &[Code] = &[
    Code::new("malformed",              StatusCode::BAD_REQUEST,            "failure-malformed"),
    Code::new("not-signed-in",          StatusCode::UNAUTHORIZED,           "failure-not-signed-in"),
    Code::new("forbidden",              StatusCode::FORBIDDEN,              "failure-forbidden"),
    NOT_FOUND,
    Code::new("method-not-allowed",     StatusCode::METHOD_NOT_ALLOWED,     "failure-method-not-allowed"),
    Code::new("conflict",               StatusCode::CONFLICT,               "failure-conflict"),
    Code::new("precondition-failed",    StatusCode::PRECONDITION_FAILED,    "failure-precondition-failed"),
    Code::new("precondition-required",  StatusCode::PRECONDITION_REQUIRED,  "failure-precondition-required"),
    Code::new("too-many-requests",      StatusCode::TOO_MANY_REQUESTS,      "failure-too-many-requests"),
    Code::new("too-large",              StatusCode::PAYLOAD_TOO_LARGE,      "failure-too-large"),
    Code::new("too-long",               StatusCode::URI_TOO_LONG,           "failure-too-long"),
    Code::new("unsupported-media-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, "failure-unsupported-media-type"),
    Code::new("unprocessable",          StatusCode::UNPROCESSABLE_ENTITY,   "failure-unprocessable"),
    Code::new("internal",               StatusCode::INTERNAL_SERVER_ERROR,  "failure-internal"),
    Code::new("unavailable",            StatusCode::SERVICE_UNAVAILABLE,    "failure-unavailable"),
];

/// A part of a request that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    part: &'static str,
    name: String,
    reason: String,
}

/// A request that could not be answered as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Which kind.
    pub code: &'static Code,
    /// What exactly was wrong, where that is known and may be told.
    pub detail: Option<Box<str>>,
    /// What happened, in the words of whoever asked: shown to people, and told to scripts of our pages.
    pub told: Option<Box<str>>,
    /// The fields that were wrong, each with its own kind.
    pub fields: Vec<(&'static str, &'static Code)>,
    /// The parts of the request that could not be read, before any verb saw it.
    pub misfits: Vec<Misfit>,
    /// What the database said; logged when the failure is sent.
    pub cause: Option<Box<DbError>>,
    /// The number under which the log has this request.
    pub request_id: Option<Box<str>>,
    /// Seconds after which the peer may come back.
    pub retry_after: Option<u32>,
}

impl Failure {
    /// A failure of this kind.
    pub fn new(code: &'static Code) -> Self {
        let retry_after = (code.status == StatusCode::SERVICE_UNAVAILABLE).then_some(1);
        Self {
            code,
            detail: None,
            told: None,
            fields: Vec::new(),
            misfits: Vec::new(),
            cause: None,
            request_id: None,
            retry_after,
        }
    }

    /// A failure of which only the status is known.
    pub fn of(status: StatusCode) -> Self {
        let general = if status.is_client_error() {
            StatusCode::BAD_REQUEST
        } else {
            StatusCode::INTERNAL_SERVER_ERROR
        };
        let found = GENERAL.iter().find(|code| code.status == status);
        let code = found.or_else(|| GENERAL.iter().find(|code| code.status == general));
        Self::new(code.expect("the table has both fallbacks"))
    }

    /// A form or document one field of which was wrong.
    pub fn field(name: &'static str, code: &'static Code) -> Self {
        Self {
            fields: vec![(name, code)],
            ..Self::new(code)
        }
    }

    /// Names a place in the body (RFC 6901, as a fragment: `#/lines/0`) that does not fit, and why.
    #[must_use]
    pub fn pointer(self, pointer: impl Into<String>, reason: impl Into<String>) -> Self {
        self.misfit("pointer", pointer, reason)
    }

    /// Names a parameter of the query that does not fit, and why.
    #[must_use]
    pub fn parameter(self, name: impl Into<String>, reason: impl Into<String>) -> Self {
        self.misfit("parameter", name, reason)
    }

    /// Names a header that does not fit, and why.
    #[must_use]
    pub fn header(self, name: impl Into<String>, reason: impl Into<String>) -> Self {
        self.misfit("header", name, reason)
    }

    fn misfit(mut self, part: &'static str, name: impl Into<String>, reason: impl Into<String>) -> Self {
        let (name, reason) = (name.into(), reason.into());
        self.detail
            .get_or_insert_with(|| format!("{name}: {reason}").into());
        self.misfits.push(Misfit { part, name, reason });
        self
    }

    /// Says what exactly was wrong.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into().into());
        self
    }

    /// Says what happened in the words of whoever asked.
    #[must_use]
    pub fn told(mut self, sentence: impl Into<String>) -> Self {
        self.told = Some(sentence.into().into());
        self
    }

    /// Asks the peer to come back after so many seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.code.status
    }

    /// The sentence about the field `name` in the words of `t`; empty when the field was right.
    pub fn field_text(&self, name: &str, t: &Text) -> String {
        let wrong = self.fields.iter().find(|(field, _)| *field == name);
        wrong.map(|(_, code)| t.say(code.text)).unwrap_or_default()
    }

    /// The problem document (RFC 9457).
    pub fn document(&self) -> serde_json::Value {
        let english = Text::new(Locale::english(), jiff::tz::TimeZone::UTC, Timestamp::default());
        let mut problem = serde_json::json!({
            "type": format!("urn:tandem:problem:{}", self.code.name),
            "title": english.say(self.code.text),
            "status": self.status().as_u16(),
        });
        if let Some(detail) = &self.detail {
            problem["detail"] = (**detail).into();
        }
        if let Some(told) = &self.told {
            problem["told"] = (**told).into();
        }
        if let Some(id) = &self.request_id {
            problem["request_id"] = (**id).into();
        }
        let errors = self.errors(&english);
        if !errors.is_empty() {
            problem["errors"] = errors.into();
        }
        problem
    }

    fn errors(&self, english: &Text) -> Vec<serde_json::Value> {
        let field = |(name, code): &(&str, &'static Code)| serde_json::json!({ "pointer": format!("#/{name}"), "code": code.name, "detail": english.say(code.text) });
        let misfit = |misfit: &Misfit| serde_json::json!({ misfit.part: misfit.name, "code": self.code.name, "detail": misfit.reason });
        let fields = self.fields.iter().map(field);
        fields.chain(self.misfits.iter().map(misfit)).collect()
    }
}

impl IntoResponse for Failure {
    /// What the database said ends here: it is logged once, and the copy in the response no longer has it.
    fn into_response(mut self) -> Response {
        if let Some(error) = self.cause.take() {
            log(&error);
        }
        let kind = HeaderValue::from_static("application/problem+json");
        let body = self.document().to_string();
        let mut response = (self.status(), [(header::CONTENT_TYPE, kind)], body).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<DbError> for Failure {
    /// A database that is busy, full or away asks the peer to come back; anything else is ours.
    fn from(error: DbError) -> Self {
        let status = if error.is_temporary() {
            StatusCode::SERVICE_UNAVAILABLE
        } else {
            StatusCode::INTERNAL_SERVER_ERROR
        };
        Self {
            cause: Some(Box::new(error)),
            ..Self::of(status)
        }
    }
}

fn log(error: &DbError) {
    if error.is_temporary() {
        tracing::warn!(%error, "the database did not answer");
    } else {
        tracing::error!(%error, "the database failed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_its_fields_and_travels_in_its_response() {
        let failure = Failure::field("name", &GENERAL[12]).detail("too short");
        let document = failure.document();
        assert_eq!(document["errors"][0]["pointer"], "#/name");
        assert_eq!(document["status"], 422);
        let response = failure.clone().into_response();
        assert_eq!(response.extensions().get::<Failure>(), Some(&failure));
    }

    #[test]
    fn every_status_has_a_code_and_a_busy_database_asks_to_come_back() {
        assert_eq!(Failure::of(StatusCode::IM_A_TEAPOT).code.name, "malformed");
        assert_eq!(Failure::of(StatusCode::BAD_GATEWAY).code.name, "internal");
        assert_eq!(Failure::from(DbError::Overloaded).retry_after, Some(1));
        assert_eq!(
            Failure::from(DbError::Doomed).status(),
            StatusCode::INTERNAL_SERVER_ERROR
        );
    }

    #[test]
    fn what_the_database_said_does_not_travel_on() {
        let response = Failure::from(DbError::Overloaded).into_response();
        let travelling = response.extensions().get::<Failure>().unwrap();
        assert_eq!(travelling.cause, None);
        assert!(
            !Failure::from(DbError::Unavailable("secret".into()))
                .document()
                .to_string()
                .contains("secret")
        );
    }

    #[test]
    fn every_general_failure_has_its_sentence() {
        let english = Text::new(Locale::english(), jiff::tz::TimeZone::UTC, Timestamp::default());
        assert!(GENERAL.iter().all(|code| english.say(code.text) != code.text));
    }
}
