//! The page and panel of the checklist.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::{Db, DbError};
use kit::i18n::Text;
use kit::web::{Failure, Notice, Page};

use super::views::ChecklistPanel;
use crate::actor::Actor;

/// What the workspace still lacks.
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let (items, is_dismissed) = db
        .read(move |tx| {
            let items = super::verify(tx, &actor)?;
            Ok::<_, DbError>((items, super::is_dismissed(tx, &actor)?))
        })
        .await?;
    let topics: Vec<&str> = items
        .iter()
        .map(|one| one.item.live)
        .filter(|topic| !topic.is_empty())
        .collect();
    let view = ChecklistPanel {
        t: &t,
        items,
        is_dismissed,
    };
    let page = Page::new(t.say("panel-checklist"), &view).place("home");
    let page = page.crumb(t.say("nav-home"), "/");
    Ok(topics.into_iter().fold(page, Page::live))
}

/// Puts the checklist away for the agent.
///
/// # Errors
/// The database's.
pub async fn dismiss(State(db): State<Db>, actor: Actor, t: Text) -> Result<Response, Failure> {
    db.write(move |tx| super::dismiss(tx, &actor)).await?;
    let said = Notice::new(t.say("checklist-dismissed")).undo("/checklist/dismissal/end");
    Ok((said, Redirect::to("/")).into_response())
}

/// Gives the agent the checklist back.
///
/// # Errors
/// As of [`dismiss`].
pub async fn bring_back(State(db): State<Db>, actor: Actor, t: Text) -> Result<Response, Failure> {
    db.write(move |tx| super::bring_back(tx, &actor)).await?;
    let said = Notice::new(t.say("checklist-is-back")).undo("/checklist/dismissal");
    Ok((said, Redirect::to("/")).into_response())
}
