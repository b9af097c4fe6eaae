//! Merging contacts, and taking it back.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::id::TypedId;
use kit::text::fold;
use kit::web::{Failure, Notice, Page, known};
use serde::Deserialize;

use super::{Likeness, Preview};
use crate::actor::Actor;
use crate::contacts::identities::{self, NewIdentity};
use crate::contacts::views::{ComparePage, MergePage};
use crate::contacts::web::{PLACE, to};
use crate::contacts::{self, Contact, ContactError, ContactId, Cursor};

/// How many contacts are offered.
const OFFERED: i64 = 20;

/// Who is looked for.
#[derive(Debug, Deserialize)]
pub struct MergeQuery {
    #[serde(default)]
    q: String,
    with: Option<String>,
}

/// Who turned out to be the same person.
#[derive(Debug, Deserialize)]
pub struct MergeForm {
    other: String,
}

/// Those with whom a contact can be merged: who is like them, or who was looked for.
///
/// # Errors
/// No such contact here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Query(query): Query<MergeQuery>,
) -> Result<Page, Failure> {
    let id: ContactId = known(&id)?;
    if let Some(with) = query.with.as_deref().and_then(|with| with.parse().ok()) {
        return compared(&db, actor, &t, (id, with)).await;
    }
    let asked = query.q.trim().to_owned();
    let typed = asked.clone();
    let (contact, offered) = db
        .read(move |tx| {
            let contact = contacts::find(tx, &actor, id)?.ok_or(ContactError::Unknown)?;
            let offered = offered(tx, &actor, &contact, &typed)?;
            Ok::<_, ContactError>((contact, offered))
        })
        .await?;
    let view = MergePage {
        t: &t,
        contact: &contact,
        asked: &asked,
        offered,
    };
    Ok(Page::new(t.say("contacts-merge"), &view)
        .place(PLACE)
        .crumb(t.say("contacts-title"), "/contacts")
        .crumb(&contact.text.name, format!("/contacts/{id}")))
}

/// Two contacts beside each other, before the other is merged into the first: what is known of each, and what moves.
async fn compared(
    db: &Db,
    actor: Actor,
    t: &Text,
    (kept, gone): (ContactId, ContactId),
) -> Result<Page, Failure> {
    let preview = db.read(move |tx| Preview::of(tx, &actor, kept, gone)).await?;
    let (name, view) = (preview.kept.text.name.clone(), ComparePage { t, preview });
    Ok(Page::new(t.say("contacts-merge"), &view)
        .place(PLACE)
        .crumb(t.say("contacts-title"), "/contacts")
        .crumb(name, format!("/contacts/{kept}")))
}

/// Who is like `contact` when nothing is asked; else who is known by what was typed, or called so.
fn offered(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact: &Contact,
    typed: &str,
) -> Result<Vec<(Contact, Option<Likeness>)>, ContactError> {
    if typed.is_empty() {
        let alike = super::alike(tx, actor, contact, OFFERED)?;
        return Ok(alike
            .into_iter()
            .map(|(other, likeness)| (other, Some(likeness)))
            .collect());
    }
    let known = identities::who_is(tx, actor.workspace, &NewIdentity::email(typed))?;
    let name = fold(typed);
    let start = Cursor {
        name: name.clone(),
        id: ContactId::from_uuid(kit::id::Uuid::nil()),
    };
    let named = contacts::list(tx, actor, Some(&start), OFFERED)?;
    let is_named = |other: &Contact| fold(&other.text.name).starts_with(&name);
    let mut found: Vec<Contact> = known
        .into_iter()
        .chain(named.into_iter().filter(is_named))
        .collect();
    found.retain(|other| other.root != contact.root);
    found.dedup_by_key(|other| other.id);
    Ok(found.into_iter().map(|other| (other, None)).collect())
}

/// Says that two contacts are one person.
///
/// # Errors
/// No such contact here, a missing permission, or the database's.
pub async fn merge(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<MergeForm>,
) -> Result<Response, Failure> {
    let kept: ContactId = known(&id)?;
    let gone: ContactId = sent
        .other
        .parse()
        .map_err(|_| Failure::of(StatusCode::UNPROCESSABLE_ENTITY))?;
    let (whole, part) = db
        .write(move |tx| {
            let whole = super::merge(tx, &actor, kept, gone)?;
            let part = contacts::find(tx, &actor, gone)?.ok_or(ContactError::Unknown)?;
            Ok::<_, ContactError>((whole, part))
        })
        .await?;
    let said = t.say_with(
        "contacts-were-merged",
        kit::args!(name = part.text.name.as_str(), into = whole.text.name.as_str()),
    );
    let notice = Notice::new(said).undo(format!("/contacts/{gone}/merge/end"));
    Ok((notice, to(whole.id)).into_response())
}

/// Says that a contact is a person of their own after all.
///
/// # Errors
/// As of [`merge`].
pub async fn unmerge(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let gone: ContactId = known(&id)?;
    let contact = db.write(move |tx| super::unmerge(tx, &actor, gone)).await?;
    let said = t.say_with(
        "contacts-were-unmerged",
        kit::args!(name = contact.text.name.as_str()),
    );
    Ok((Notice::new(said), to(gone)).into_response())
}
