//! What a browser says while a ticket is open in it, and hears back.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Html;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, known};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::super::{TicketId, unread};
use super::Doing;
use super::views::Strip;

/// Somebody is here, does something else, or leaves; the answer is who else is here, as the page shows it.
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn come(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    let id: TicketId = known(&id)?;
    let filled: Filled = sent.into_iter().collect();
    let doing = match filled.value("doing") {
        "left" => None,
        word => Some(word.parse().unwrap_or(Doing::Viewing)),
    };
    let may_write = actor.may(Permission::TicketsWrite);
    let room = db
        .write(move |tx| {
            super::come(tx, &actor, id, doing)?;
            if doing.is_some() {
                unread::see(tx, &actor, id)?;
            }
            super::room(tx, &actor, id)
        })
        .await?;
    let strip = Strip::new(&t, id, &room, may_write).render();
    Ok(Html(
        strip.expect("a template writes into a string, which cannot fail"),
    ))
}
