//! The page on which people switch their own digest on and off.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page};
use tandem_core::actor::Actor;
use tandem_core::doors::letters::Outgoing;

use super::views::DigestPage;
use crate::alerts::AlertError;

/// Whether one gets the digest.
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let reader = actor.clone();
    let digest = db
        .read(move |tx| match reader.agent() {
            Some(agent) => Ok(super::of(tx, reader.workspace, agent)?),
            None => Ok::<_, AlertError>(super::Digest::default()),
        })
        .await?;
    let view = DigestPage {
        t: &t,
        is_on: !digest.is_off,
        has_post: db.attached::<Outgoing>().is_some(),
    };
    Ok(Page::new(t.say("settings-digest"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings"))
}

/// Switches it.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn switch(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Filled = sent.into_iter().collect();
    let is_on = form.has("is_on");
    db.write(move |tx| super::switch(tx, &actor, is_on)).await?;
    let said = if is_on {
        "alerts-digest-was-on"
    } else {
        "alerts-digest-was-off"
    };
    Ok((Notice::new(t.say(said)), Redirect::to("/settings/digest")).into_response())
}
