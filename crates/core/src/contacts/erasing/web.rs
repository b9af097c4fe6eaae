//! Giving people what is known about them, and forgetting them.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderValue, header};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Notice, Page, known};

use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::contacts::views::{ErasePage, ErasuresPage};
use crate::contacts::web::PLACE;
use crate::contacts::{self, ContactError, ContactId};

/// How many erasures the page shows.
const SHOWN: i64 = 200;

/// Everything that is known about a person, as a file.
///
/// # Errors
/// No such contact here, a missing permission, or the database's.
pub async fn export(State(db): State<Db>, actor: Actor, Path(id): Path<String>) -> Result<Response, Failure> {
    let id: ContactId = known(&id)?;
    let all = db
        .write(move |tx| {
            let all = super::export(tx, &actor, id)?;
            audit::record(tx, &actor, Entry::of(Act::Exported, id))?;
            Ok::<_, ContactError>(all)
        })
        .await?;
    let text = serde_json::to_string_pretty(&all).expect("plain values");
    let name = format!("attachment; filename=\"{id}.json\"");
    let name = HeaderValue::try_from(name).expect("an id is plain");
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    Ok((
        [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)],
        text,
    )
        .into_response())
}

/// What erasing means, and whether it is meant.
///
/// # Errors
/// No such contact here, or the database's.
pub async fn ask(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let id: ContactId = known(&id)?;
    let contact = db
        .read(move |tx| contacts::find(tx, &actor, id)?.ok_or(ContactError::Unknown))
        .await?;
    let view = ErasePage {
        t: &t,
        contact: &contact,
    };
    Ok(Page::new(t.say("contacts-erase"), &view)
        .place(PLACE)
        .crumb(t.say("contacts-title"), "/contacts")
        .crumb(&contact.text.name, format!("/contacts/{id}")))
}

/// Erases a person.
///
/// # Errors
/// No such contact here, a missing permission, or the database's.
pub async fn erase(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: ContactId = known(&id)?;
    db.write(move |tx| super::erase(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("contacts-was-erased"));
    Ok((notice, Redirect::to("/contacts/erasures")).into_response())
}

/// Who was erased, with the proofs.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let erasures = db.read(move |tx| super::list(tx, &actor, SHOWN)).await?;
    let view = ErasuresPage { t: &t, erasures };
    Ok(Page::new(t.say("contacts-erasures"), &view)
        .place(PLACE)
        .crumb(t.say("contacts-title"), "/contacts")
        .live(contacts::LIST))
}
