//! The second step at sign-in.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::i18n::Text;
use kit::web::{Failure, Frame, Page};
use serde::Deserialize;

use super::FactorError;
use crate::doors::entrance::Entrance;
use crate::doors::steps;
use crate::doors::tries::{self, Verdict};
use crate::doors::views::CodePage;
use crate::doors::web::arrived;
use crate::doors::{Arrival, CodeStep, Secret, Visitor, hurry, open_carrying};

/// Asks for the code.
///
/// # Errors
/// The database's.
pub async fn ask(
    State(Entrance { db, cookie, .. }): State<Entrance>,
    visitor: Visitor,
    t: Text,
) -> Result<Response, Failure> {
    let step = match visitor.secret(cookie.step()) {
        Some(secret) => db.read(move |tx| steps::look::<CodeStep>(tx, &secret)).await?,
        None => None,
    };
    Ok(match step {
        Some(_) => page(&t, String::new()).into_response(),
        None => Redirect::to("/sign-in").into_response(),
    })
}

/// A code, as it was typed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeForm {
    code: String,
}

/// What became of a code.
enum Outcome {
    In(Secret, String),
    Wrong,
    Wait(std::time::Duration),
    Over,
}

/// Lets in whoever has the code.
///
/// # Errors
/// The database's.
pub async fn answer(
    State(Entrance { db, cookie, .. }): State<Entrance>,
    visitor: Visitor,
    t: Text,
    Form(sent): Form<CodeForm>,
) -> Result<Response, Failure> {
    let Some(secret) = visitor.secret(cookie.step()) else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    let outcome = db
        .write(move |tx| checked(tx, &secret, &sent.code, &visitor))
        .await?;
    Ok(match outcome {
        Outcome::In(session, next) => arrived(cookie, &Arrival::In(session), &next),
        Outcome::Over => Redirect::to("/sign-in").into_response(),
        Outcome::Wrong => page(&t, t.say("doors-code-wrong"))
            .status(StatusCode::UNPROCESSABLE_ENTITY)
            .into_response(),
        Outcome::Wait(time) => hurry::page(time, |wait| page(&t, hurry::sentence(&t, wait))),
    })
}

/// A wrong code is counted in the same transaction that looks at it, so that no two look at once.
fn checked(
    tx: &mut kit::db::Tx<'_>,
    secret: &Secret,
    code: &str,
    visitor: &Visitor,
) -> Result<Outcome, FactorError> {
    let Some(step) = steps::look::<CodeStep>(tx, secret)? else {
        return Ok(Outcome::Over);
    };
    let key = step.who.agent.to_string();
    if let Verdict::Wait(time) = tries::count(tx, &[(tries::CODE, &key)])? {
        return Ok(Outcome::Wait(time));
    }
    match super::pass(tx, step.who, code) {
        Ok(()) => {
            tries::forgive(tx, tries::CODE, &key)?;
            steps::take::<CodeStep>(tx, secret)?;
            Ok(Outcome::In(
                open_carrying(tx, step.who, &step.carried, visitor)?,
                step.next,
            ))
        }
        Err(FactorError::WrongCode) => Ok(Outcome::Wrong),
        Err(error) => Err(error),
    }
}

fn page(t: &Text, wrong: String) -> Page {
    Page::new(t.say("doors-code-title"), &CodePage { t, wrong }).frame(Frame::Alone)
}
