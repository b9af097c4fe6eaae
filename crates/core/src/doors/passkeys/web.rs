//! The two ceremonies of passkeys as the page's script drives them, and the forms that name and remove one.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use http::StatusCode;
use http::header::SET_COOKIE;
use kit::i18n::Text;
use kit::text::{base64url, from_base64url};
use kit::web::{Failure, Notice, known};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::webauthn::{EDDSA, ES256, RS256, site};
use super::{Assertion, Made, PasskeyError, Registration, Used, challenge};
use crate::doors::entrance::Entrance;
use crate::doors::passwords::Password;
use crate::doors::security::{is_them, whose};
use crate::doors::steps::{self, STEP_LIFE};
use crate::doors::tries::{self, Verdict};
use crate::doors::web::{arrived, own_path};
use crate::doors::{Proof, Secret, Session, Visitor, arrive, hurry};

const SECURITY: &str = "/settings/security";

/// Begins coming in by passkey: the challenge that any passkey of this site may answer.
///
/// # Errors
/// Too many tries, or the database's.
pub async fn ask(
    State(Entrance {
        db, cookie, origin, ..
    }): State<Entrance>,
    visitor: Visitor,
) -> Result<Response, Failure> {
    let step = db
        .write(
            move |tx| match tries::count(tx, &[(tries::SOURCE, &visitor.source)])? {
                Verdict::Free => Ok(Ok(steps::begin(tx, &Assertion {})?)),
                Verdict::Wait(time) => Ok::<_, kit::db::DbError>(Err(time)),
            },
        )
        .await?;
    let step = step.map_err(hurry::failure)?;
    let options = json!({
        "challenge": base64url(&challenge(&step)),
        "rpId": site(&origin),
        "timeout": STEP_LIFE.as_millis(),
        "userVerification": "required",
    });
    let header = cookie.give(cookie.step(), &step.expose(), STEP_LIFE.as_secs());
    Ok(([(SET_COOKIE, header)], Json(options)).into_response())
}

/// What the browser gives back for a passkey that was used; bytes in base64url.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsedDocument {
    id: String,
    client_data: String,
    data: String,
    signature: String,
    #[serde(default)]
    next: String,
}

/// Where the script goes on to.
#[derive(Debug, Serialize)]
pub struct OnwardDocument {
    location: String,
}

/// Lets in whoever has the passkey.
///
/// # Errors
/// An answer that is not believed, or the database's.
pub async fn answer(
    State(Entrance {
        db, cookie, origin, ..
    }): State<Entrance>,
    visitor: Visitor,
    Json(sent): Json<UsedDocument>,
) -> Result<Response, Failure> {
    let step = visitor.secret(cookie.step()).ok_or(PasskeyError::Over)?;
    let used = Used {
        credential: bytes(&sent.id)?,
        client_data: bytes(&sent.client_data)?,
        data: bytes(&sent.data)?,
        signature: bytes(&sent.signature)?,
    };
    let next = own_path(&sent.next);
    let onward = next.clone();
    let arrival = db
        .write(move |tx| {
            Ok::<_, PasskeyError>(match settled(super::recognise(tx, &step, &origin, &used))? {
                Ok(who) => Ok(arrive(tx, &[who], Proof::Two, &visitor, &onward)?),
                Err(refused) => Err(refused),
            })
        })
        .await??;
    let headers = arrived(cookie, &arrival, &next).headers().clone();
    let mut response = Json(OnwardDocument { location: next }).into_response();
    for header in headers.get_all(SET_COOKIE) {
        response.headers_mut().append(SET_COOKIE, header.clone());
    }
    Ok(response)
}

/// The present password, to make sure that it is the agent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PresentForm {
    #[serde(default)]
    present: Password,
}

/// Begins to make a passkey for the agent.
///
/// # Errors
/// A wrong password, or the database's.
pub async fn begin(
    State(Entrance {
        db, cookie, origin, ..
    }): State<Entrance>,
    session: Session,
    t: Text,
    Form(sent): Form<PresentForm>,
) -> Result<Response, Failure> {
    if let Err(unproven) = is_them(&db, &session, &t, &sent.present).await? {
        let refusal = Json(json!({ "said": unproven.sentence }));
        return Ok((unproven.status(), unproven.headers(), refusal).into_response());
    }
    let who = whose(&session);
    let (step, present) = db
        .write(move |tx| {
            Ok::<_, PasskeyError>((steps::begin(tx, &Registration { who })?, super::of(tx, who)?))
        })
        .await?;
    let known = present
        .iter()
        .map(|passkey| json!({ "type": "public-key", "id": base64url(&passkey.credential) }));
    let kinds = [ES256, EDDSA, RS256].map(|kind| json!({ "type": "public-key", "alg": kind }));
    let options = json!({
        "challenge": base64url(&challenge(&step)),
        "rp": { "id": site(&origin), "name": session.workspace_name },
        "user": { "id": handle(&session), "name": session.email, "displayName": session.name },
        "pubKeyCredParams": kinds,
        "timeout": STEP_LIFE.as_millis(),
        "excludeCredentials": known.collect::<Vec<_>>(),
        "authenticatorSelection": { "residentKey": "required", "userVerification": "required" },
        "attestation": "none",
    });
    let header = cookie.give(cookie.step(), &step.expose(), STEP_LIFE.as_secs());
    Ok(([(SET_COOKIE, header)], Json(options)).into_response())
}

/// What the browser gives back for a passkey that was made; bytes in base64url.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MadeDocument {
    client_data: String,
    attestation: String,
    #[serde(default)]
    name: String,
}

/// Keeps the passkey that was just made.
///
/// # Errors
/// An answer that is not believed, or the database's.
pub async fn keep(
    State(Entrance {
        db, cookie, origin, ..
    }): State<Entrance>,
    (session, visitor): (Session, Visitor),
    t: Text,
    Json(sent): Json<MadeDocument>,
) -> Result<Response, Failure> {
    let step: Secret = visitor.secret(cookie.step()).ok_or(PasskeyError::Over)?;
    let made = Made {
        client_data: bytes(&sent.client_data)?,
        attestation: bytes(&sent.attestation)?,
        name: sent.name,
    };
    let actor = session.actor();
    db.write(move |tx| settled(super::add(tx, &actor, &step, &origin, &made)))
        .await??;
    let document = OnwardDocument {
        location: SECURITY.to_owned(),
    };
    Ok((Notice::new(t.say("security-passkey-added")), Json(document)).into_response())
}

/// Another name of a passkey.
#[derive(Debug, Deserialize)]
pub struct NameForm {
    name: String,
}

/// Gives a passkey another name.
///
/// # Errors
/// No such passkey, or the database's.
pub async fn rename(
    State(Entrance { db, .. }): State<Entrance>,
    session: Session,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<NameForm>,
) -> Result<Response, Failure> {
    let (id, who) = (known(&id)?, whose(&session));
    let renamed = db.write(move |tx| super::rename(tx, who, id, &sent.name)).await?;
    back(renamed, &t, "security-passkey-renamed")
}

/// Removes a passkey.
///
/// # Errors
/// No such passkey, or the database's.
pub async fn remove(
    State(Entrance { db, .. }): State<Entrance>,
    session: Session,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let (id, who, actor) = (known(&id)?, whose(&session), session.actor());
    let removed = db.write(move |tx| super::remove(tx, &actor, who, id)).await?;
    back(removed, &t, "security-passkey-removed")
}

/// A refused answer has used its challenge up all the same: only the database's errors take the transaction back.
fn settled<T>(outcome: Result<T, PasskeyError>) -> Result<Result<T, PasskeyError>, PasskeyError> {
    match outcome {
        Err(PasskeyError::Db(error)) => Err(PasskeyError::Db(error)),
        outcome => Ok(outcome),
    }
}

fn back(is_there: bool, t: &Text, said: &str) -> Result<Response, Failure> {
    if !is_there {
        return Err(Failure::of(StatusCode::NOT_FOUND));
    }
    Ok((Notice::new(t.say(said)), Redirect::to(SECURITY)).into_response())
}

fn bytes(text: &str) -> Result<Vec<u8>, Failure> {
    from_base64url(text).ok_or_else(|| Failure::of(StatusCode::BAD_REQUEST))
}

/// What authenticators know the agent by: ids, so that they store nobody's address under it.
fn handle(session: &Session) -> String {
    let text = format!("{}{}", session.workspace, session.agent);
    base64url(&kit::text::sha256(text.as_bytes()))
}
