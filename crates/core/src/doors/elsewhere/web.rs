//! The list of workspaces, and going to one.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use kit::i18n::Text;
use kit::web::{Failure, Page, known};
use serde::Deserialize;

use super::views::ElsewherePage;
use crate::doors::entrance::Entrance;
use crate::doors::web::arrived;
use crate::doors::{Session, Visitor};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// Where the agent may go.
///
/// # Errors
/// The database's.
pub async fn list(State(entrance): State<Entrance>, session: Session, t: Text) -> Result<Page, Failure> {
    let asking = session.clone();
    let others = entrance.db.read(move |tx| super::of(tx, &asking)).await?;
    let view = ElsewherePage {
        t: &t,
        may_open: entrance.opens_further && session.actor().may(Permission::WorkspaceOpen),
        here: &session.workspace_name,
        email: &session.email,
        others,
    };
    Ok(Page::new(t.say("elsewhere-title"), &view))
}

/// Which workspace.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoForm {
    workspace: String,
}

/// Goes there.
///
/// # Errors
/// A workspace that the session does not reach is not found; or the database's.
pub async fn go(
    State(Entrance { db, cookie, .. }): State<Entrance>,
    session: Session,
    visitor: Visitor,
    Form(sent): Form<GoForm>,
) -> Result<Response, Failure> {
    let to: WorkspaceId = known(&sent.workspace)?;
    let arrival = db.write(move |tx| super::go(tx, &session, to, &visitor)).await?;
    match arrival {
        Some(arrival) => Ok(arrived(cookie, &arrival, "/")),
        None => Err(Failure::of(StatusCode::NOT_FOUND)),
    }
}
