//! The page on which people choose of what they are told by mail.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page};
use tandem_core::actor::Actor;
use tandem_core::doors::letters::Outgoing;

use super::Choices;
use super::views::ChoicesPage;

pub(super) const ADDRESS: &str = "/settings/notices";

/// Of what one is told.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let choices = db.read(move |tx| super::mine(tx, &actor)).await?;
    let view = ChoicesPage {
        t: &t,
        choices,
        has_post: db.attached::<Outgoing>().is_some(),
    };
    Ok(Page::new(t.say("settings-notices"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings"))
}

/// Chooses it.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn choose(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Filled = sent.into_iter().collect();
    let wanted = Choices {
        assigned: form.has("assigned"),
        heard: form.has("heard"),
        mentioned: form.has("mentioned"),
        followed: form.has("followed"),
        version: 0,
    };
    db.write(move |tx| super::choose(tx, &actor, wanted)).await?;
    Ok((Notice::new(t.say("notices-were-chosen")), Redirect::to(ADDRESS)).into_response())
}
