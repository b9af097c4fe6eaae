//! Whoever is at a door, before it is known who they are: where they come from, with what browser, what they carry.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::HeaderMap;
use http::header::COOKIE;
use http::request::Parts;

use super::{Recognised, Secret, Session};
use crate::actor::Origin;

/// Whoever is at a door.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// The address they come from; empty when it is not known.
    pub source: String,
    /// What their browser calls itself.
    pub browser: String,
    /// The session that their browser has already.
    pub session: Option<Session>,
    cookies: Vec<(String, String)>,
}

impl Visitor {
    /// The value of the cookie `name` that they sent.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let found = self.cookies.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The secret in the cookie `name`.
    pub fn secret(&self, name: &str) -> Option<Secret> {
        self.cookie(name)?.parse().ok()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let whence = parts
            .extensions
            .get::<Origin>()
            .map(Origin::known)
            .unwrap_or_default();
        Ok(Self {
            source: whence.address.unwrap_or_default(),
            browser: whence.user_agent.unwrap_or_default(),
            session: parts
                .extensions
                .get::<Recognised>()
                .map(|found| found.session.clone()),
            cookies: cookies(&parts.headers),
        })
    }
}

fn cookies(headers: &HeaderMap) -> Vec<(String, String)> {
    let lines = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}
