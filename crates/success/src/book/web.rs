//! Saying that one has seen what changed, and taking that back.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::clock::Timestamp;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Code, Failure, Filled, Notice};
use serde::Deserialize;
use tandem_core::actor::Actor;

use super::BookError;

const UNTIL: Code = Code::new(
    "book-until",
    StatusCode::UNPROCESSABLE_ENTITY,
    "book-failure-until",
);
const SUPERSEDED: Code = Code::new("book-superseded", StatusCode::CONFLICT, "book-failure-superseded");

impl From<BookError> for Failure {
    fn from(error: BookError) -> Self {
        match error {
            BookError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            BookError::NoAgent => Self::of(StatusCode::FORBIDDEN).detail(error.to_string()),
            BookError::Superseded => Self::new(&SUPERSEDED),
            BookError::Db(error) => error.into(),
        }
    }
}

/// Says that everything up to the moment of a page was seen.
///
/// # Errors
/// A moment that is none, a missing permission, or the database's.
pub async fn see(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Filled = sent.into_iter().collect();
    let until = form.value("until").parse().map(Timestamp);
    let until = until.map_err(|_| Failure::field("until", &UNTIL))?;
    let seen = db.write(move |tx| super::see(tx, &actor, until)).await?;
    let undo = format!("/home/changes/undo?version={}", seen.version);
    Ok((Notice::new(t.say("book-was-seen")).undo(undo), Redirect::to("/")).into_response())
}

/// Which saying is taken back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct UndoQuery {
    version: i64,
}

/// Takes it back.
///
/// # Errors
/// Something else was seen since, a missing permission, or the database's.
pub async fn undo(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<UndoQuery>,
) -> Result<Response, Failure> {
    db.write(move |tx| super::take_back(tx, &actor, query.version))
        .await?;
    Ok((Notice::new(t.say("book-was-unseen")), Redirect::to("/")).into_response())
}
