//! The security page itself, as every one of its forms answers with it.

use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, DbError};
use kit::i18n::Text;
use kit::web::{Failure, Notice, Page};

use super::ADDRESS;
use super::proof::{is_them, who};
use super::views::{SecurityPage, Wrong};
use crate::doors::passwords::{self, Password};
use crate::doors::providers::linking;
use crate::doors::{Session, factors, passkeys, sessions};

/// The answer to whoever has not shown that they are at the keyboard; `None` when they have.
pub(in crate::doors) async fn refusal(
    db: &Db,
    session: &Session,
    t: &Text,
    typed: &Password,
    form: &'static str,
) -> Result<Option<Response>, Failure> {
    match is_them(db, session, t, typed).await? {
        Ok(()) => Ok(None),
        Err(unproven) => {
            let wrong = present(form, unproven.sentence.clone());
            let page = page(db, session, t, wrong).await?;
            let page = page.status(unproven.status());
            Ok(Some((unproven.headers(), page).into_response()))
        }
    }
}

fn present(form: &'static str, sentence: String) -> Wrong {
    Wrong {
        form,
        present: sentence,
        ..Wrong::default()
    }
}

/// The page with what was wrong.
pub(super) async fn refused(db: &Db, session: &Session, t: &Text, wrong: Wrong) -> Result<Response, Failure> {
    let page = page(db, session, t, wrong).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// The page as it stands now.
pub(super) async fn page(db: &Db, session: &Session, t: &Text, wrong: Wrong) -> Result<Page, Failure> {
    let (actor, who, owner) = (session.actor(), who(session), session.clone());
    let (sessions, has_password, has_authenticator, codes_left, passkeys, providers) = db
        .read(move |tx| {
            Ok::<_, DbError>((
                sessions::own(tx, &actor)?,
                passwords::find(tx, who)?.is_some(),
                factors::is_asked(tx, who)?,
                factors::codes_left(tx, who)?,
                passkeys::of(tx, who)?,
                linking::own(tx, &owner)?,
            ))
        })
        .await?;
    let view = SecurityPage {
        t,
        email: &session.email,
        sessions,
        present: session.id,
        has_password,
        has_authenticator,
        codes_left,
        passkeys,
        providers,
        wrong,
    };
    Ok(Page::new(t.say("security-title"), &view)
        .crumb(t.say("nav-settings"), "/settings")
        .live(session.agent.to_string()))
}

/// Back to the page, with what was done.
pub(super) fn back(t: &Text, said: &str) -> Response {
    (Notice::new(t.say(said)), Redirect::to(ADDRESS)).into_response()
}
