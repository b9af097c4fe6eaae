//! The settings page of sample data.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Notice, Page};

use super::views::SamplesPage;
use crate::accounts;
use crate::actor::Actor;
use crate::settings;

const ADDRESS: &str = "/settings/samples";

/// Whether there are samples, and how far they are.
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let load = db.read(move |tx| super::find(tx, actor.workspace)).await?;
    let page = settings::page(&t, t.say("samples-title"), &SamplesPage { t: &t, load });
    Ok(page.live(accounts::LIST))
}

/// Asks for samples.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn load(State(db): State<Db>, actor: Actor, t: Text) -> Result<Response, Failure> {
    db.write(move |tx| super::load(tx, &actor)).await?;
    let said = Notice::new(t.say("samples-are-coming")).undo("/settings/samples/end");
    Ok((said, Redirect::to(ADDRESS)).into_response())
}

/// Removes them.
///
/// # Errors
/// As of [`load`].
pub async fn remove(State(db): State<Db>, actor: Actor, t: Text) -> Result<Response, Failure> {
    db.write(move |tx| super::remove(tx, &actor)).await?;
    let said = Notice::new(t.say("samples-are-gone")).undo(ADDRESS);
    Ok((said, Redirect::to(ADDRESS)).into_response())
}
