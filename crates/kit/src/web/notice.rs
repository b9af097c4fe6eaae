//! What a page says about an act just done: "Ticket #1042 was solved. Undo".

use std::convert::Infallible;

use axum::response::{IntoResponseParts, ResponseParts};
use serde::{Deserialize, Serialize};

/// A short message that leaves by itself, with the address that takes the act back.
///
/// Put it into an answer beside a page or a redirect: `(Notice::new(text), Redirect::to("/tickets"))`. The shell shows it on
/// the page that the person sees next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// One sentence: what was done.
    pub text: String,
    /// Where a POST takes it back; empty when nothing can.
    #[serde(default)]
    pub undo: String,
    /// Whether it tells of a failure.
    #[serde(default)]
    pub bad: bool,
}

impl Notice {
    /// Something was done.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            undo: String::new(),
            bad: false,
        }
    }

    /// Something was not done.
    pub fn bad(text: impl Into<String>) -> Self {
        Self {
            bad: true,
            ..Self::new(text)
        }
    }

    /// A POST to `path`, an address of this site, takes it back.
    #[must_use]
    pub fn undo(mut self, path: impl Into<String>) -> Self {
        self.undo = path.into();
        self
    }
}

impl IntoResponseParts for Notice {
    type Error = Infallible;

    fn into_response_parts(self, mut response: ResponseParts) -> Result<ResponseParts, Infallible> {
        response.extensions_mut().insert(self);
        Ok(response)
    }
}
