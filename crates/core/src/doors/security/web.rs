//! The security page: sessions and password.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Page, known};
use serde::Deserialize;

use super::page::{back, page, refusal, refused};
pub use super::second_step::{begin, confirm, enrol, renew, switch_off};
use super::views::Wrong;
use crate::doors::passwords::{self, Password};
use crate::doors::{Session, SessionId, failures, sessions};

/// The page.
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, session: Session, t: Text) -> Result<Page, Failure> {
    page(&db, &session, &t, Wrong::default()).await
}

/// Ends one of the agent's own sessions.
///
/// # Errors
/// No such session, or the database's.
pub async fn end_session(
    State(db): State<Db>,
    session: Session,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: SessionId = known(&id)?;
    let actor = session.actor();
    if !db.write(move |tx| sessions::end(tx, &actor, id)).await? {
        return Err(Failure::of(StatusCode::NOT_FOUND));
    }
    Ok(back(&t, "security-session-ended"))
}

/// Ends all of the agent's sessions but this one.
///
/// # Errors
/// The database's.
pub async fn end_others(State(db): State<Db>, session: Session, t: Text) -> Result<Response, Failure> {
    let actor = session.actor();
    db.write(move |tx| sessions::end_others(tx, &actor, Some(session.id)))
        .await?;
    Ok(back(&t, "security-sessions-ended"))
}

/// What the form of the password sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordForm {
    #[serde(default)]
    present: Password,
    new: Password,
}

/// Sets the agent's password, or says what is wrong with it.
///
/// # Errors
/// The database's.
pub async fn change_password(
    State(db): State<Db>,
    session: Session,
    t: Text,
    Form(sent): Form<PasswordForm>,
) -> Result<Response, Failure> {
    if let Some(refusal) = refusal(&db, &session, &t, &sent.present, "password").await? {
        return Ok(refusal);
    }
    let about = [&session.name, &session.email, &session.workspace_name].map(String::as_str);
    if let Err(weakness) = passwords::check(&sent.new, &about) {
        let wrong = Wrong {
            form: "password",
            new: t.say(failures::weakness(weakness)),
            ..Wrong::default()
        };
        return refused(&db, &session, &t, wrong).await;
    }
    let hash = passwords::hash(&sent.new, db.ids()).await;
    let (actor, keep) = (session.actor(), session.id);
    db.write(move |tx| passwords::change(tx, &actor, &hash, Some(keep)))
        .await?;
    Ok(back(&t, "security-password-changed"))
}
