//! The page that opens a further workspace.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Page};

use super::views::OpenPage;
use crate::doors::web::arrived;
use crate::doors::{Entrance, Session, Visitor, hurry};
use crate::setup::SetupError;
use crate::setup::web::refused;
use crate::workspaces::{self, WorkspaceFields};

/// The form, with the reader's language and zone.
///
/// # Errors
/// Where the installation opens no further ones.
pub async fn new(State(entrance): State<Entrance>, t: Text) -> Result<Page, Failure> {
    allowed(entrance.opens_further)?;
    let mut form = Filled::default();
    form.set("locale", t.locale().tag());
    form.set("zone", t.zone().iana_name().unwrap_or("UTC"));
    Ok(page(&t, &form, String::new()))
}

/// Opens the workspace and goes there, or shows the form again with what is wrong, or with how long to wait.
///
/// # Errors
/// A missing permission, an installation that opens no further ones, or the database's.
pub async fn open(
    State(entrance): State<Entrance>,
    session: Session,
    visitor: Visitor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    allowed(entrance.opens_further)?;
    let mut form: Filled = sent.into_iter().collect();
    let new = workspaces::web::text_of(&form);
    let opened = entrance
        .db
        .write(move |tx| super::open_in_turn(tx, &session, &new, &visitor))
        .await;
    let error = match opened {
        Ok(Ok(arrival)) => return Ok(arrived(entrance.cookie, &arrival, "/")),
        Ok(Err(time)) => {
            return Ok(hurry::page(time, |wait| {
                page(&t, &form, hurry::sentence(&t, wait))
            }));
        }
        Err(error) => error,
    };
    let failure = match error {
        SetupError::Workspace(error) => Failure::from(error),
        error => refused(error)
            .err()
            .unwrap_or_else(|| Failure::of(StatusCode::NOT_FOUND)),
    };
    let status = form.refuse_all(failure, &t)?;
    let again = page(&t, &form, String::new());
    Ok(again.status(status).into_response())
}

fn allowed(is_allowed: bool) -> Result<(), Failure> {
    if is_allowed {
        return Ok(());
    }
    Err(Failure::of(StatusCode::NOT_FOUND))
}

fn page(t: &Text, form: &Filled, wrong: String) -> Page {
    let view = OpenPage {
        t,
        wrong,
        fields: WorkspaceFields::new(t, form),
    };
    Page::new(t.say("elsewhere-open"), &view).crumb(t.say("elsewhere-title"), "/workspaces")
}
