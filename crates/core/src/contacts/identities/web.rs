//! What is done to identities on a contact's page.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, known};

use super::{Identity, IdentityId, NewIdentity};
use crate::actor::Actor;
use crate::contacts::page::page_of;
use crate::contacts::web::to;
use crate::contacts::{ContactError, ContactId};

/// Writes an identity down, or shows the page again with what is wrong.
///
/// # Errors
/// No such contact here, a missing permission, or the database's.
pub async fn add(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: ContactId = known(&id)?;
    let mut form: Filled = sent.into_iter().collect();
    let writer = actor.clone();
    let asked = form.value("kind").parse().map(|kind| NewIdentity {
        kind,
        realm: form.value("realm").to_owned(),
        value: form.value("value").to_owned(),
    });
    let added = match asked {
        Ok(new) => db.write(move |tx| super::add(tx, &writer, id, &new)).await,
        Err(trouble) => Err(trouble.into()),
    };
    match added {
        Ok(_) => Ok(to(id)),
        Err(error) => {
            let owner = match &error {
                ContactError::IdentityTaken(owner) => Some(owner.clone()),
                _ => None,
            };
            form.refuse_all(error.into(), &t)?;
            if let Some(owner) = owner {
                form.set("taken", owner.id.to_string());
                form.set("taken_name", owner.text.name);
            }
            page_of(&db, &actor, &t, id, &form).await
        }
    }
}

/// Takes an identity away.
///
/// # Errors
/// No such identity here, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: IdentityId = known(&id)?;
    let gone = db.write(move |tx| super::remove(tx, &actor, id)).await?;
    Ok(said(&t, "contacts-identity-removed", None, &gone))
}

/// Says that an identity is theirs.
///
/// # Errors
/// As of [`remove`].
pub async fn verify(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: IdentityId = known(&id)?;
    let identity = db.write(move |tx| super::verify(tx, &actor, id)).await?;
    Ok(said(
        &t,
        "contacts-identity-verified",
        Some("verification/end"),
        &identity,
    ))
}

/// Takes back that an identity is theirs.
///
/// # Errors
/// As of [`remove`].
pub async fn doubt(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: IdentityId = known(&id)?;
    let identity = db.write(move |tx| super::doubt(tx, &actor, id)).await?;
    Ok(said(
        &t,
        "contacts-identity-doubted",
        Some("verification"),
        &identity,
    ))
}

fn said(t: &Text, sentence: &str, undo: Option<&str>, identity: &Identity) -> Response {
    let notice = Notice::new(t.say_with(sentence, kit::args!(value = identity.value.as_str())));
    let notice = match undo {
        Some(undo) => notice.undo(format!("/identities/{}/{undo}", identity.id)),
        None => notice,
    };
    (notice, to(identity.contact)).into_response()
}
