//! Who is at the door, as parameters of handlers: a signature says who may call.
//!
//! The server recognises the secret before any handler runs and leaves what it found in the request; a handler that asks
//! for [`Session`] or [`Actor`] on a route that lets strangers in is refused, never guessed.

use axum::extract::FromRequestParts;
use http::StatusCode;
use http::request::Parts;
use kit::web::Failure;

use super::{Secret, Session};
use crate::actor::{Actor, Origin};

/// What the server found out about a request that carries a good secret.
#[derive(Clone, Debug)]
pub struct Recognised {
    /// The session.
    pub session: Session,
    /// The secret it was found by.
    pub secret: Secret,
}

fn recognised(parts: &Parts) -> Result<&Recognised, Failure> {
    parts
        .extensions
        .get::<Recognised>()
        .ok_or_else(|| Failure::of(StatusCode::UNAUTHORIZED))
}

impl<S: Send + Sync> FromRequestParts<S> for Session {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        recognised(parts).map(|found| found.session.clone())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Secret {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        recognised(parts).map(|found| found.secret.clone())
    }
}

/// Where a request came from, of strangers too: the server leaves it in every request.
impl<S: Send + Sync> FromRequestParts<S> for Origin {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Actor {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        recognised(parts).map(|found| found.session.actor())
    }
}
