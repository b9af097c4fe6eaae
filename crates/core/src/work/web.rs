//! The page of background work.

use axum::extract::{Path, Query, State as Given};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::jobs::JobId;
use kit::jobs::admin::{Count, State};
use kit::web::{Failure, Notice, Page, Tab, known};
use serde::Deserialize;

use super::views::{FailedPanel, ListPage, word};
use super::{PAGE, WorkError};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::settings;

const ADDRESS: &str = "/settings/work";

/// Which jobs, and where to go on.
#[derive(Debug, Deserialize)]
pub struct ListQuery {
    state: Option<String>,
    after: Option<String>,
}

/// The workspace's jobs.
///
/// # Errors
/// A state or a place that is none, or the database's.
pub async fn list(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<ListQuery>,
) -> Result<Page, Failure> {
    let state = parsed::<State, _>(query.state.as_deref())?;
    let after = parsed::<JobId, _>(query.after.as_deref())?;
    let reader = actor.clone();
    let (mut jobs, counts) = db
        .report(move |tx| {
            let jobs = super::list(tx, &reader, state, after, PAGE + 1)?;
            Ok::<_, WorkError>((jobs, super::counts(tx, &reader)?))
        })
        .await?;
    let page = usize::try_from(PAGE).expect("a page is small");
    let has_more = jobs.len() > page;
    jobs.truncate(page);
    let next = jobs.last().filter(|_| has_more).map(|job| {
        let state = state.map(|state| format!("state={state}&")).unwrap_or_default();
        format!("{ADDRESS}?{state}after={}", job.id)
    });
    let view = ListPage {
        t: &t,
        tabs: tabs(&t, state, &counts),
        jobs,
        next,
        may_change: actor.may(Permission::WorkWrite),
    };
    Ok(settings::page(&t, t.say("work-title"), &view).live(super::TOPIC))
}

/// What has failed for good: a panel of the home page.
///
/// # Errors
/// The database's.
pub async fn failed(Given(db): Given<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let failed = db.read(move |tx| super::failed(tx, &actor)).await?;
    let failed = i64::try_from(failed.len()).unwrap_or(i64::MAX);
    let page = Page::new(t.say("panel-failed"), &FailedPanel { t: &t, failed });
    Ok(page.place("home").crumb(t.say("nav-home"), "/"))
}

/// Lets a job run again.
///
/// # Errors
/// No such job here, a missing permission, or the database's.
pub async fn revive(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    done(&db, actor, &id, super::revive).await?;
    Ok(back(&t, "work-revived"))
}

/// Cancels a job.
///
/// # Errors
/// As of [`revive`].
pub async fn cancel(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    done(&db, actor, &id, super::cancel).await?;
    Ok(back(&t, "work-cancel-asked"))
}

/// Removes a job that is over.
///
/// # Errors
/// As of [`revive`].
pub async fn discard(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    done(&db, actor, &id, super::discard).await?;
    Ok(back(&t, "work-discarded"))
}

fn parsed<T: std::str::FromStr<Err = E>, E>(text: Option<&str>) -> Result<Option<T>, Failure> {
    text.map(|text| text.parse().map_err(|_| Failure::of(StatusCode::BAD_REQUEST)))
        .transpose()
}

/// What can be done with a job.
type Verb = fn(&mut Tx<'_>, &Actor, JobId) -> Result<(), WorkError>;

async fn done(db: &Db, actor: Actor, id: &str, verb: Verb) -> Result<(), Failure> {
    let id: JobId = known(id)?;
    Ok(db.write(move |tx| verb(tx, &actor, id)).await?)
}

fn back(t: &Text, said: &str) -> Response {
    (Notice::new(t.say(said)), Redirect::to(ADDRESS)).into_response()
}

fn tabs(t: &Text, shown: Option<State>, counts: &[Count]) -> Vec<Tab> {
    let total = |state| {
        counts
            .iter()
            .filter(|count| count.state == state)
            .map(|count| count.count)
            .sum()
    };
    let all = Tab {
        text: t.say("work-all"),
        href: ADDRESS.to_owned(),
        current: shown.is_none(),
        count: None,
    };
    let each = State::ALL.into_iter().map(|state| Tab {
        text: t.say(word(state)),
        href: format!("{ADDRESS}?state={state}"),
        current: shown == Some(state),
        count: Some(total(state)),
    });
    std::iter::once(all).chain(each).collect()
}
