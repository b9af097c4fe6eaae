//! The pages of imports: list, upload, columns with preview, progress and result.

use axum::Form;
use axum::body::Body;
use axum::extract::{Path, Query, State as Given};
use axum::response::{IntoResponse, Redirect, Response};
use http::HeaderValue;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::{Choice, Failure, Notice, Page, Sent, Upload, known};
use serde::Deserialize;

use super::target::Targets;
use super::views::{self, ImportPage, ListPage, UploadPage};
use super::{Import, ImportError, ImportId, LIST, New, PAGE, State, drafts, files};
use crate::actor::Actor;
use crate::work;

const ADDRESS: &str = "/imports";
/// Refused rows that the page of an import shows.
const SHOWN: i64 = 50;

/// Where to go on in the list.
#[derive(Debug, Deserialize)]
pub struct ListQuery {
    after: Option<String>,
}

/// The imports of the workspace.
///
/// # Errors
/// A place that is none, or the database's.
pub async fn list(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<ListQuery>,
) -> Result<Page, Failure> {
    let after = query.after.as_deref().map(known).transpose()?;
    let mut imports = db
        .read(move |tx| super::list(tx, &actor, after, PAGE + 1))
        .await?;
    let page = usize::try_from(PAGE).expect("a page is small");
    let has_more = imports.len() > page;
    imports.truncate(page);
    let next = imports.last().filter(|_| has_more);
    let view = ListPage {
        t: &t,
        next: next.map(|import| format!("{ADDRESS}?after={}", import.id)),
        is_first: after.is_none(),
        imports,
    };
    let page = Page::new(t.say("imports-title"), &view).actions(&view.actions());
    Ok(placed(page, &t).live(LIST).live(work::TOPIC))
}

/// The form that takes a file.
///
/// # Errors
/// None of its own.
pub async fn new(Given(db): Given<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    Ok(form(&db, &actor, &t, "", None))
}

/// Takes a file in, or shows the form again with what is wrong.
///
/// # Errors
/// A missing permission, a connection that broke, trouble of the store.
pub async fn create(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    upload: Upload,
) -> Result<Response, Failure> {
    let new = New {
        target: upload.form.value("target").to_owned(),
        file_name: upload.file_name,
    };
    let target = new.target.clone();
    match files::receive(&db, &actor, new, upload.content).await {
        Ok(import) => Ok(to(import.id)),
        Err(error) => {
            let place = views::place(&t, &error.problem());
            let failure = Failure::from(error);
            if failure.fields.is_empty() {
                return Err(failure);
            }
            let page = form(&db, &actor, &t, &target, Some((&failure, place)));
            Ok(page.status(failure.status()).into_response())
        }
    }
}

/// An import: its columns while it is a draft, then how far it is and what it came to.
///
/// # Errors
/// No such import here, or the database's.
pub async fn show(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let id = known(&id)?;
    let reader = actor.clone();
    let (import, target, slots) = db
        .read(move |tx| {
            let import = super::find(tx, &reader, id)?.ok_or(ImportError::Unknown)?;
            let target = super::target_of(tx, &import.target)?;
            let slots = super::slots_of(tx, &reader, &import)?;
            Ok::<_, ImportError>((import, target, slots))
        })
        .await?;
    if import.state == State::Draft {
        let page = drafts::page(&db, &actor, &t, &import, None).await?;
        return Ok(inside(page, &t));
    }
    let (refused, left) = db
        .read(move |tx| {
            let refused = super::refused_after(tx, &actor, id, 0, SHOWN)?;
            Ok::<_, ImportError>((refused, super::first_left(tx, &actor, id, SHOWN)?))
        })
        .await?;
    let view = ImportPage {
        t: &t,
        import: &import,
        target,
        slots: &slots,
        refused,
        left,
    };
    let page = Page::new(&import.file_name, &view).actions(&view.actions());
    let page = inside(page, &t);
    Ok(page.live(id.to_string()).live(work::TOPIC))
}

/// Keeps how a draft is read and mapped, and begins its run when that was asked for.
///
/// # Errors
/// No such draft here, a missing permission, or the database's.
pub async fn keep(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let reader = actor.clone();
    let import = db
        .read(move |tx| super::find(tx, &reader, id)?.ok_or(ImportError::Unknown))
        .await?;
    match drafts::kept(&db, &actor, &import, &sent).await {
        Ok(false) => Ok(to(id)),
        Ok(true) => Ok((Notice::new(t.say("imports-begun")), to(id)).into_response()),
        Err(error) => {
            let failure = Failure::from(error);
            if failure.fields.is_empty() {
                return Err(failure);
            }
            let page = drafts::page(&db, &actor, &t, &import, Some(&failure)).await?;
            Ok(inside(page, &t).status(failure.status()).into_response())
        }
    }
}

/// Pauses an import.
///
/// # Errors
/// No such import here that runs, or the database's.
pub async fn pause(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    db.write(move |tx| super::pause(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("imports-was-paused")).undo(format!("{ADDRESS}/{id}/pause/end"));
    Ok((notice, to(id)).into_response())
}

/// Lets an import go on.
///
/// # Errors
/// No such import here that is paused, or the database's.
pub async fn resume(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    done(&db, &t, &id, "imports-goes-on", move |tx, id| {
        super::resume(tx, &actor, id)
    })
    .await
}

/// Takes back what an import did.
///
/// # Errors
/// No such import here, one that runs, or the database's.
pub async fn undo(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    done(&db, &t, &id, "imports-is-undone", move |tx, id| {
        super::undo(tx, &actor, id)
    })
    .await
}

/// Throws a draft away.
///
/// # Errors
/// No such draft here, or the database's.
pub async fn discard(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    db.write(move |tx| super::discard(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("imports-was-discarded"));
    Ok((notice, Redirect::to(ADDRESS)).into_response())
}

/// The rows that were refused, as a file to be mended: why and what to do stand beside each.
///
/// # Errors
/// No such import here, or trouble of the store.
pub async fn refused(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let lines = super::refused(&db, &actor, id, t).await?;
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    let name = HeaderValue::from_static("attachment; filename=\"refused.csv\"");
    let headers = [(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, name)];
    Ok((headers, Body::from_stream(lines)).into_response())
}

async fn done(
    db: &Db,
    t: &Text,
    id: &str,
    said: &str,
    verb: impl Fn(&mut Tx<'_>, ImportId) -> Result<Import, ImportError> + Send + 'static,
) -> Result<Response, Failure> {
    let id = known(id)?;
    db.write(move |tx| verb(tx, id)).await?;
    Ok((Notice::new(t.say(said)), to(id)).into_response())
}

fn to(id: ImportId) -> Response {
    Redirect::to(&format!("{ADDRESS}/{id}")).into_response()
}

/// A page behind the list.
fn inside(page: Page, t: &Text) -> Page {
    placed(page, t).crumb(t.say("imports-title"), ADDRESS)
}

fn placed(page: Page, t: &Text) -> Page {
    page.place("settings").crumb(t.say("nav-settings"), "/settings")
}

fn form(db: &Db, actor: &Actor, t: &Text, chosen: &str, wrong: Option<(&Failure, String)>) -> Page {
    let targets = db.attached::<Targets>().unwrap_or_default();
    let open = targets.iter().filter(|target| actor.may(target.needs));
    let view = UploadPage {
        t,
        targets: open
            .map(|target| Choice::new(target.key, t.say(target.title)).chosen_if(target.key == chosen))
            .collect(),
        file_error: wrong
            .as_ref()
            .map(|(failure, _)| failure.field_text("file", t))
            .unwrap_or_default(),
        file_place: wrong.map(|(_, place)| place).unwrap_or_default(),
    };
    inside(Page::new(t.say("imports-new"), &view), t)
}
