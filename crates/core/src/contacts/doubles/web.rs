//! The page of doubles, and saying that two contacts are not the same person.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::cursor;
use kit::web::{Failure, Notice, Page, known};
use serde::Deserialize;

use super::views::ListPage;
use super::{Cursor, LIST, PAGE};
use crate::actor::Actor;
use crate::contacts::web::PLACE;
use crate::contacts::{ContactError, ContactId, identities};
use crate::permissions::Permission;

/// Where the page of doubles is.
const PATH: &str = "/contacts/doubles";

/// Where to go on in the list.
#[derive(Debug, Deserialize)]
pub struct DoublesQuery {
    after: Option<String>,
}

/// The other contact, and where it was said.
#[derive(Debug, Default, Deserialize)]
pub struct DistinctionForm {
    other: Option<String>,
    from: Option<String>,
}

impl DistinctionForm {
    /// Back to where it was said: the contact's page, else the list.
    fn back(&self, id: ContactId) -> Redirect {
        match self.from.as_deref() {
            Some("contact") => Redirect::to(&format!("/contacts/{id}")),
            _ => Redirect::to(PATH),
        }
    }
}

/// Contacts who may be one person, the likelier first.
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<DoublesQuery>,
) -> Result<Page, Failure> {
    let from: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let may_write = actor.may(Permission::ContactsWrite);
    let (mut doubles, addresses) = db
        .read(move |tx| {
            let doubles = super::list(tx, &actor, from, PAGE + 1)?;
            let ids: Vec<ContactId> = doubles.iter().flat_map(|pair| [pair.one, pair.other]).collect();
            let addresses = identities::addresses(tx, actor.workspace, &ids)?;
            Ok::<_, ContactError>((doubles, addresses))
        })
        .await?;
    let page = usize::try_from(PAGE).expect("a page is small");
    let has_more = doubles.len() > page;
    doubles.truncate(page);
    let last = doubles.last().filter(|_| has_more);
    let next = last.map(|last| format!("{PATH}?after={}", cursor::write(LIST, &last.cursor())));
    let view = ListPage {
        t: &t,
        doubles,
        addresses,
        next,
        is_first: from.is_none(),
        may_write,
    };
    let page = Page::new(t.say("doubles-title"), &view).place(PLACE);
    Ok(page.crumb(t.say("contacts-title"), "/contacts").live(LIST))
}

/// Says that two contacts are not the same person.
///
/// # Errors
/// No such contact here, the same contact, a missing permission, or the database's.
pub async fn distinguish(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<DistinctionForm>,
) -> Result<Response, Failure> {
    let (id, other) = pair(&id, &sent)?;
    db.write(move |tx| super::distinguish(tx, &actor, id, other))
        .await?;
    let from = sent.from.as_deref().filter(|from| *from == "contact");
    let back = format!(
        "/contacts/{id}/distinction/end?other={other}&from={}",
        from.unwrap_or("list")
    );
    let notice = Notice::new(t.say("contact-doubles-was-distinguished")).undo(back);
    Ok((notice, sent.back(id)).into_response())
}

/// Takes it back.
///
/// # Errors
/// As of [`distinguish`].
pub async fn confuse(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    (Path(id), Query(back)): (Path<String>, Query<DistinctionForm>),
) -> Result<Response, Failure> {
    let (id, other) = pair(&id, &back)?;
    db.write(move |tx| super::confuse(tx, &actor, id, other)).await?;
    let notice = Notice::new(t.say("contact-doubles-was-confused"));
    Ok((notice, back.back(id)).into_response())
}

fn pair(id: &str, sent: &DistinctionForm) -> Result<(ContactId, ContactId), Failure> {
    let other = sent.other.as_deref().and_then(|other| other.parse().ok());
    let other = other.ok_or_else(|| Failure::of(StatusCode::UNPROCESSABLE_ENTITY))?;
    Ok((known(id)?, other))
}
