//! The page of for how long events are kept: what would go is said before anything is saved.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::failures::DAYS;
use super::views::KeepingPage;
use super::{Going, Keeping, KeepingError, LIST};
use crate::usage::lake::{self, File, LIST as FILES, LakeError, Totals, UsageFileId};

const PATH: &str = "/settings/sources/keeping";
/// Files on one page.
const PAGE: i64 = 30;

/// For how many days, as it was typed, and after which file to go on.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    days: String,
    after: Option<UsageFileId>,
}

/// The setting, and what would go with another.
///
/// # Errors
/// The database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(wanted): Query<Wanted>,
) -> Result<Page, Failure> {
    page(&db, &actor, &t, &wanted).await
}

/// Saves the setting, or shows the form again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn set(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Failure> {
    let Some(days) = read(&wanted.days) else {
        return again(&db, &actor, &t, &wanted).await;
    };
    let writer = actor.clone();
    match db.write(move |tx| super::set(tx, &writer, days)).await {
        Ok(keeping) => {
            let said = t.count("usage-keeping-was-set", keeping.days);
            let notice = Notice::new(said).undo(format!("{PATH}/undo"));
            Ok((notice, Redirect::to(PATH)).into_response())
        }
        Err(KeepingError::BadDays) => again(&db, &actor, &t, &wanted).await,
        Err(error) => Err(error.into()),
    }
}

/// Sets what was set before.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn undo(State(db): State<Db>, actor: Actor, t: Text) -> Result<Response, Failure> {
    let keeping = db.write(move |tx| super::undo(tx, &actor)).await?;
    let notice = Notice::new(t.count("usage-keeping-was-set", keeping.days));
    Ok((notice, Redirect::to(PATH)).into_response())
}

async fn again(db: &Db, actor: &Actor, t: &Text, wanted: &Wanted) -> Result<Response, Failure> {
    let page = page(db, actor, t, wanted).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// The page with the days as they were typed; nothing typed stands for what is set.
async fn page(db: &Db, actor: &Actor, t: &Text, wanted: &Wanted) -> Result<Page, Failure> {
    let typed = wanted.days.as_str();
    let (totals, files, next) = sealed(db, actor, wanted.after).await?;
    let is_asked = !typed.trim().is_empty();
    let (keeping, going) = looked(db, actor, read(typed)).await?;
    let mut form = Filled::default();
    match is_asked {
        true => form.set("days", typed),
        false => form.set("days", keeping.days.to_string()),
    }
    if is_asked && going.is_none() {
        form.refuse("days", t.say(DAYS.text));
    }
    let view = KeepingPage {
        t,
        keeping,
        form: &form,
        going,
        totals,
        files,
        next,
        may_write: actor.may(Permission::UsageWrite),
    };
    Ok(Page::new(t.say("usage-keeping-title"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("usage-sources-title"), "/settings/sources")
        .live(LIST)
        .live(FILES))
}

/// What is set, and what would go with other days, where they can be.
async fn looked(db: &Db, actor: &Actor, days: Option<i64>) -> Result<(Keeping, Option<Going>), KeepingError> {
    let reader = actor.clone();
    db.report(move |tx| {
        let keeping = super::of(tx, &reader)?;
        let going = match days.map(|days| super::going(tx, &reader, days)) {
            None | Some(Err(KeepingError::BadDays)) => None,
            Some(going) => Some(going?),
        };
        Ok((keeping, going))
    })
    .await
}

/// How much is kept, the files on one page, and where the next page is.
async fn sealed(
    db: &Db,
    actor: &Actor,
    after: Option<UsageFileId>,
) -> Result<(Totals, Vec<File>, Option<String>), LakeError> {
    let reader = actor.clone();
    let found = db.report(move |tx| {
        let totals = lake::totals(tx, &reader)?;
        Ok::<_, LakeError>((totals, lake::list(tx, &reader, after, PAGE + 1)?))
    });
    let (totals, mut files) = found.await?;
    let fit = usize::try_from(PAGE).expect("a page is small");
    let has_more = files.len() > fit;
    files.truncate(fit);
    let last = files.last().filter(|_| has_more);
    let next = last.map(|last| format!("{PATH}?after={}", last.id));
    Ok((totals, files, next))
}

fn read(typed: &str) -> Option<i64> {
    typed.trim().parse().ok()
}
