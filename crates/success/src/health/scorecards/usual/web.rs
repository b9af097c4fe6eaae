//! Adding the usual scorecards on their page, and taking that back.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Notice, known};
use serde::Deserialize;
use tandem_core::actor::Actor;

use crate::health::ScorecardId;
use crate::health::scorecards::web::PATH;

/// Which usual ones are taken away again.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TakenQuery {
    of: String,
}

/// Adds the usual ones that are for a stage or a tier here.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn add(State(db): State<Db>, actor: Actor, t: Text) -> Result<Response, Failure> {
    let added = db.write(move |tx| super::add_all(tx, &actor)).await?;
    if added.is_empty() {
        let notice = Notice::new(t.say("health-usual-none"));
        return Ok((notice, Redirect::to(PATH)).into_response());
    }
    let ids: Vec<String> = added.iter().map(|card| card.id.to_string()).collect();
    let notice = Notice::new(t.count("health-usual-added", added.len()));
    let notice = notice.undo(format!("{PATH}/usual/end?of={}", ids.join(",")));
    Ok((notice, Redirect::to(PATH)).into_response())
}

/// Takes usual ones away again that were added together.
///
/// # Errors
/// An id that is none, a missing permission, or the database's.
pub async fn end(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<TakenQuery>,
) -> Result<Response, Failure> {
    let ids = query.of.split(',').filter(|id| !id.is_empty());
    let ids = ids.map(known).collect::<Result<Vec<ScorecardId>, Failure>>()?;
    db.write(move |tx| super::take_back(tx, &actor, &ids)).await?;
    let notice = Notice::new(t.say("health-usual-ended"));
    Ok((notice, Redirect::to(PATH)).into_response())
}
