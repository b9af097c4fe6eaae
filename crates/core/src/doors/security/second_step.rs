//! The second step on the security page: setting an authenticator up, its recovery codes, switching it off.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Page};
use serde::Deserialize;

use super::ADDRESS;
use super::page::{back, refusal};
use super::picture::picture;
use super::proof::{Unproven, who};
use super::views::{AuthenticatorPage, CodesPage};

use crate::doors::Session;
use crate::doors::factors::{self, FactorError, totp};
use crate::doors::passwords::Password;
use crate::doors::tries::{self, Verdict};

const ENROLMENT: &str = "/settings/security/authenticator";

/// The present password, to make sure that it is the agent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PresentForm {
    #[serde(default)]
    present: Password,
}

/// Begins to set an authenticator up.
///
/// # Errors
/// The database's.
pub async fn begin(
    State(db): State<Db>,
    session: Session,
    t: Text,
    Form(sent): Form<PresentForm>,
) -> Result<Response, Failure> {
    if let Some(refusal) = refusal(&db, &session, &t, &sent.present, "authenticator").await? {
        return Ok(refusal);
    }
    let who = who(&session);
    let begun = db.write(move |tx| factors::begin(tx, who)).await?;
    Ok(Redirect::to(if begun.is_some() { ENROLMENT } else { ADDRESS }).into_response())
}

/// Shows the key of the authenticator that waits to be confirmed.
///
/// # Errors
/// The database's.
pub async fn enrol(State(db): State<Db>, session: Session, t: Text) -> Result<Response, Failure> {
    page(&db, &session, &t, String::new())
        .await
        .map(|page| page.map_or_else(|| Redirect::to(ADDRESS).into_response(), Page::into_response))
}

/// The first code of a new authenticator.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmForm {
    code: String,
}

/// Switches the second step on and shows the recovery codes, once.
///
/// # Errors
/// The database's.
pub async fn confirm(
    State(db): State<Db>,
    session: Session,
    t: Text,
    Form(sent): Form<ConfirmForm>,
) -> Result<Response, Failure> {
    let (actor, who, keep, key) = (
        session.actor(),
        who(&session),
        session.id,
        session.agent.to_string(),
    );
    let counted = key.clone();
    let verdict = db
        .write(move |tx| tries::count(tx, &[(tries::CODE, &counted)]))
        .await?;
    let wrong = match verdict {
        Verdict::Wait(time) => Unproven::hurried(&t, time),
        Verdict::Free => {
            let made = db
                .write(move |tx| {
                    let codes = factors::confirm(tx, &actor, who, &sent.code, Some(keep))?;
                    tries::forgive(tx, tries::CODE, &key)?;
                    Ok::<_, FactorError>(codes)
                })
                .await;
            match made {
                Ok(codes) => return Ok(shown(&t, &codes)),
                Err(FactorError::NothingToConfirm) => return Ok(Redirect::to(ADDRESS).into_response()),
                Err(FactorError::WrongCode) => Unproven::said(t.say("doors-code-wrong")),
                Err(error) => return Err(error.into()),
            }
        }
    };
    let page = page(&db, &session, &t, wrong.sentence.clone()).await?;
    Ok(match page {
        Some(page) => (wrong.headers(), page.status(wrong.status())).into_response(),
        None => Redirect::to(ADDRESS).into_response(),
    })
}

/// Makes new recovery codes and shows them, once.
///
/// # Errors
/// The database's.
pub async fn renew(
    State(db): State<Db>,
    session: Session,
    t: Text,
    Form(sent): Form<PresentForm>,
) -> Result<Response, Failure> {
    if let Some(refusal) = refusal(&db, &session, &t, &sent.present, "authenticator").await? {
        return Ok(refusal);
    }
    let who = who(&session);
    let codes = db
        .write(move |tx| {
            let is_asked = factors::is_asked(tx, who)?;
            if is_asked {
                factors::new_codes(tx, who).map(Some)
            } else {
                Ok(None)
            }
        })
        .await?;
    Ok(match codes {
        Some(codes) => shown(&t, &codes),
        None => Redirect::to(ADDRESS).into_response(),
    })
}

/// Switches the second step off.
///
/// # Errors
/// The database's.
pub async fn switch_off(
    State(db): State<Db>,
    session: Session,
    t: Text,
    Form(sent): Form<PresentForm>,
) -> Result<Response, Failure> {
    if let Some(refusal) = refusal(&db, &session, &t, &sent.present, "authenticator").await? {
        return Ok(refusal);
    }
    let (actor, who) = (session.actor(), who(&session));
    db.write(move |tx| factors::switch_off(tx, &actor, who)).await?;
    Ok(back(&t, "security-authenticator-off"))
}

async fn page(db: &Db, session: &Session, t: &Text, wrong: String) -> Result<Option<Page>, Failure> {
    let who = who(session);
    let key = match db.read(move |tx| factors::waiting_key(tx, who)).await {
        Ok(key) => key,
        Err(FactorError::NothingToConfirm) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let address = totp::address(&key, &session.workspace_name, &session.email);
    let view = AuthenticatorPage {
        t,
        picture: picture(&address, &t.say("security-picture")),
        key: totp::written(&key),
        wrong,
    };
    Ok(Some(
        Page::new(t.say("security-authenticator-set-up"), &view).crumb(t.say("security-title"), ADDRESS),
    ))
}

fn shown(t: &Text, codes: &[String]) -> Response {
    let view = CodesPage { t, codes };
    Page::new(t.say("security-codes"), &view)
        .crumb(t.say("security-title"), ADDRESS)
        .into_response()
}
