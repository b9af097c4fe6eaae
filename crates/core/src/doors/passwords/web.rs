//! Coming in by password.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::SET_COOKIE;
use kit::db::{Db, DbError};
use kit::i18n::Text;
use kit::seal::Seal;
use kit::web::Failure;
use serde::Deserialize;

use super::{Password, candidates, count_try, fits, forgive};
use crate::doors::cookies::{BROWSER_LIFE, browser, known_browser};
use crate::doors::entrance::Entrance;
use crate::doors::front::sign_in_page;
use crate::doors::tries::Verdict;
use crate::doors::web::{arrived, own_path};
use crate::doors::{Entering, Proof, Visitor, arrive, hurry};

/// What the front door's form sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInForm {
    email: String,
    password: Password,
    #[serde(default)]
    next: String,
}

/// Lets in whoever knows the password of the address. Unknown addresses, agents without a password and wrong passwords
/// get the same answer after the same work.
///
/// # Errors
/// The database's.
pub async fn sign_in(
    State(Entrance { db, cookie, .. }): State<Entrance>,
    visitor: Visitor,
    t: Text,
    Form(sent): Form<SignInForm>,
) -> Result<Response, Failure> {
    let next = own_path(&sent.next);
    let seal = db.attached::<Seal>();
    let known = known_browser(seal.as_deref(), cookie, &visitor, &sent.email);
    let (email, asking, trying) = (sent.email.clone(), visitor.clone(), known.clone());
    let verdict = db
        .write(move |tx| count_try(tx, &email, trying.as_deref(), &asking))
        .await?;
    if let Verdict::Wait(time) = verdict {
        let page = sign_in_page(&db, &t, &sent.email, &next, hurry::sentence(&t, time)).await?;
        return Ok(hurry::page(time, |_| page));
    }
    let among = whom_it_fits(&db, &sent).await?;
    if among.is_empty() {
        let page = sign_in_page(&db, &t, &sent.email, &next, t.say("doors-wrong")).await?;
        return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let (email, onward) = (sent.email.clone(), next.clone());
    let arrival = db
        .write(move |tx| {
            forgive(tx, &email, known.as_deref())?;
            arrive(tx, &among, Proof::One, &visitor, &onward)
        })
        .await?;
    let mut response = arrived(cookie, &arrival, &next);
    if let Some(seal) = seal {
        let value = browser(&seal, &sent.email, db.ids());
        let header = cookie.give(cookie.browser(), &value, BROWSER_LIFE);
        response.headers_mut().append(SET_COOKIE, header);
    }
    Ok(response)
}

async fn whom_it_fits(db: &Db, sent: &SignInForm) -> Result<Vec<Entering>, DbError> {
    let email = sent.email.clone();
    let found = db.read(move |tx| candidates(tx, &email)).await?;
    let stored = found.iter().map(|one| one.hash.clone()).collect();
    let fitting = fits(&sent.password, stored).await;
    Ok(found
        .iter()
        .zip(fitting)
        .filter(|(_, fits)| *fits)
        .map(|(one, _)| one.who)
        .collect())
}
