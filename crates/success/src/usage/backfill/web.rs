//! The pages of back-fills: list, upload, columns with a preview, progress and result.

use axum::Form;
use axum::body::Body;
use axum::extract::{Query, State as Given};
use axum::response::{IntoResponse, Redirect, Response};
use http::HeaderValue;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Choice, Failure, Filled, Notice, Page, Sent, Upload, known};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::work;

use super::model::{Backfill, BackfillError, State};
use super::views::{self, BackfillPage, DraftPage, ListPage, UploadPage};
use super::{BackfillId, Form as Shape, LIST, New, PAGE, Slot, Wish, files};
use crate::usage::sources;

const ADDRESS: &str = "/settings/sources/backfills";
/// Refused lines that the page of a back-fill shows.
const SHOWN: i64 = 50;

/// Where to go on in the list.
#[derive(Debug, Deserialize)]
pub struct ListQuery {
    after: Option<String>,
}

/// The back-fills of the workspace.
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
    let mut backfills = db
        .read(move |tx| super::list(tx, &actor, after, PAGE + 1))
        .await?;
    let page = usize::try_from(PAGE).expect("a page is small");
    let has_more = backfills.len() > page;
    backfills.truncate(page);
    let next = backfills.last().filter(|_| has_more);
    let view = ListPage {
        t: &t,
        next: next.map(|last| format!("{ADDRESS}?after={}", last.id)),
        is_first: after.is_none(),
        backfills,
    };
    let page = Page::new(t.say("usage-backfills-title"), &view).actions(&view.actions());
    Ok(placed(page, &t).live(LIST).live(work::TOPIC))
}

/// The form that takes a file.
///
/// # Errors
/// The database's.
pub async fn new(Given(db): Given<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    form(&db, actor, &t, &Filled::default()).await
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
    let mut filled = upload.form;
    let received = match known(filled.value("source")) {
        Ok(source) => {
            let new = New {
                source,
                file_name: upload.file_name,
            };
            files::receive(&db, &actor, new, upload.content).await
        }
        Err(_) => Err(BackfillError::NoSource),
    };
    match received {
        Ok(backfill) if backfill.state == State::Draft => Ok(to(backfill.id).into_response()),
        Ok(earlier) => Ok(done(&t, "usage-backfills-known", earlier.id)),
        Err(error) => {
            let status = filled.refuse_all(error.into(), &t)?;
            let page = form(&db, actor, &t, &filled).await?;
            Ok(page.status(status).into_response())
        }
    }
}

/// A back-fill: its columns while it is a draft, then how far it is and what it came to.
///
/// # Errors
/// No such back-fill here, or the database's.
pub async fn show(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    At(id): At<BackfillId>,
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (backfill, refused) = db
        .read(move |tx| {
            let backfill = super::find(tx, &reader, id)?.ok_or(BackfillError::Unknown)?;
            Ok::<_, BackfillError>((backfill, super::refused_after(tx, &reader, id, 0, SHOWN)?))
        })
        .await?;
    if backfill.state == State::Draft {
        return draft(&db, &actor, &t, (&backfill, &Filled::default())).await;
    }
    let view = BackfillPage {
        t: &t,
        backfill: &backfill,
        refused,
    };
    let page = Page::new(&backfill.file_name, &view).actions(&view.actions());
    Ok(inside(page, &t).live(id.to_string()).live(work::TOPIC))
}

/// Keeps how a draft is mapped, and begins its run when that was asked for.
///
/// # Errors
/// No such draft here, a missing permission, or the database's.
pub async fn keep(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    At(id): At<BackfillId>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    match kept(&db, &actor, id, &sent).await {
        Ok(false) => Ok(to(id).into_response()),
        Ok(true) => Ok(done(&t, "usage-backfills-begun", id)),
        Err(error) => {
            let mut filled = Filled::default();
            filled.set("until", sent.one("until"));
            let status = filled.refuse_all(error.into(), &t)?;
            let reader = actor.clone();
            let found = db.read(move |tx| super::find(tx, &reader, id)).await?;
            let backfill = found.ok_or(BackfillError::Unknown)?;
            let page = draft(&db, &actor, &t, (&backfill, &filled)).await?;
            Ok(page.status(status).into_response())
        }
    }
}

/// Keeps what the form says; whether the run was asked for and has begun. What was mapped is kept also where the run can't
/// begin.
async fn kept(db: &Db, actor: &Actor, id: BackfillId, sent: &Sent) -> Result<bool, BackfillError> {
    let reader = actor.clone();
    let found = db.read(move |tx| super::find(tx, &reader, id)).await?;
    let backfill = found.ok_or(BackfillError::Unknown)?;
    let until = match sent.given("until") {
        Some(day) => Some(day.parse().map_err(|_| BackfillError::BadDay)?),
        None => None,
    };
    let slot = |place: usize| sent.given(&format!("column-{place}")).and_then(Slot::named);
    let wish = Wish {
        mapping: (0..backfill.layout.columns.len()).map(slot).collect(),
        days: sent.given("days").and_then(views::days_named),
        until,
    };
    let writer = actor.clone();
    db.write(move |tx| super::map(tx, &writer, id, &wish)).await?;
    if sent.one("then") != "run" {
        return Ok(false);
    }
    let writer = actor.clone();
    db.write(move |tx| super::start(tx, &writer, id)).await?;
    Ok(true)
}

/// Pauses a back-fill.
///
/// # Errors
/// No such back-fill here that runs, or the database's.
pub async fn pause(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    At(id): At<BackfillId>,
) -> Result<Response, Failure> {
    db.write(move |tx| super::pause(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("usage-backfills-was-paused")).undo(format!("{ADDRESS}/{id}/pause/end"));
    Ok((notice, to(id)).into_response())
}

/// Lets a back-fill go on.
///
/// # Errors
/// No such back-fill here that is paused or failed, or the database's.
pub async fn resume(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    At(id): At<BackfillId>,
) -> Result<Response, Failure> {
    db.write(move |tx| super::resume(tx, &actor, id)).await?;
    Ok(done(&t, "usage-backfills-goes-on", id))
}

/// Throws a draft away.
///
/// # Errors
/// No such draft here, or the database's.
pub async fn discard(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    At(id): At<BackfillId>,
) -> Result<Response, Failure> {
    db.write(move |tx| super::discard(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("usage-backfills-was-discarded"));
    Ok((notice, Redirect::to(ADDRESS)).into_response())
}

/// The lines that were refused, as a file to be mended: why and what to do stand beside each.
///
/// # Errors
/// No such back-fill here, a file that is kept no more, or trouble of the store.
pub async fn refused(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    At(id): At<BackfillId>,
) -> Result<Response, Failure> {
    let reader = actor.clone();
    let found = db.read(move |tx| super::find(tx, &reader, id)).await?;
    let (kind, name) = match found.ok_or(BackfillError::Unknown)?.layout.form {
        Shape::Lines => ("application/x-ndjson", "attachment; filename=\"refused.jsonl\""),
        Shape::Table => ("text/csv; charset=utf-8", "attachment; filename=\"refused.csv\""),
    };
    let lines = files::refused(&db, &actor, id, t).await?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CONTENT_DISPOSITION, HeaderValue::from_static(name)),
    ];
    Ok((headers, Body::from_stream(lines)).into_response())
}

async fn form(db: &Db, actor: Actor, t: &Text, filled: &Filled) -> Result<Page, Failure> {
    let all = db.read(move |tx| sources::all(tx, &actor)).await?;
    let choice = |source: &sources::Source| {
        let id = source.id.to_string();
        let is_chosen = filled.value("source") == id;
        Choice::new(id, source.name.clone()).chosen_if(is_chosen)
    };
    let view = UploadPage {
        t,
        sources: all.iter().filter(|source| source.is_on()).map(choice).collect(),
        form: filled,
    };
    Ok(inside(Page::new(t.say("usage-backfills-new"), &view), t))
}

/// The columns of a draft and what its first lines would be.
async fn draft(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (backfill, filled): (&Backfill, &Filled),
) -> Result<Page, Failure> {
    let preview = files::preview(db, actor, backfill.id).await?;
    let view = DraftPage {
        t,
        backfill,
        columns: views::columns(t, backfill, &preview.cells),
        tried: preview.tried,
        days: views::days(t, backfill),
        until: match filled.value("until") {
            "" => backfill.until.map(|day| day.to_string()).unwrap_or_default(),
            typed => typed.to_owned(),
        },
        form: filled,
    };
    let page = Page::new(&backfill.file_name, &view).live(backfill.id.to_string());
    Ok(inside(page, t))
}

fn to(id: BackfillId) -> Redirect {
    Redirect::to(&format!("{ADDRESS}/{id}"))
}

/// Back to the back-fill, saying what was done.
fn done(t: &Text, key: &str, id: BackfillId) -> Response {
    (Notice::new(t.say(key)), to(id)).into_response()
}

/// A page behind the list.
fn inside(page: Page, t: &Text) -> Page {
    placed(page, t).crumb(t.say("usage-backfills-title"), ADDRESS)
}

fn placed(page: Page, t: &Text) -> Page {
    page.place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("usage-sources-title"), sources::web::ADDRESS)
}
