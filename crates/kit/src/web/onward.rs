//! Where a person goes on when they are done with one thing of a list.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::request::Parts;

/// Where to after one thing of a list is done with. As a parameter of a handler: what the person wishes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Onward {
    /// To the next thing of the list.
    #[default]
    Next,
    /// Back to the list.
    List,
    /// Nowhere.
    Stay,
}

/// What the shell knows of the person; without a shell in front, nowhere: programs are where they are.
impl<S: Send + Sync> FromRequestParts<S> for Onward {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().copied().unwrap_or(Self::Stay))
    }
}
