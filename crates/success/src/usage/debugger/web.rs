//! The pages of the debugger: what came, what was rejected, and one that was.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Filled, Notice, Page};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::DebugError;
use super::failures::REFUSED;
use super::views::{EventsPage, RefusalPage, RejectedPage, tabs};
use crate::usage::log::refusals::{Refusal, RefusalId};
use crate::usage::sources::{self, SourceId};
use crate::usage::{TOPIC, sources::web::ADDRESS as SOURCES};

/// Where the debugger stands.
pub(in crate::usage) const ADDRESS: &str = "/settings/sources/events";
/// Rejected events on one page.
const PAGE: i64 = 50;

/// Which source, and where to go on.
#[derive(Debug, Deserialize)]
pub struct Asked {
    source: Option<SourceId>,
    after: Option<RefusalId>,
}

/// What came.
///
/// # Errors
/// The database's.
pub async fn events(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(asked): Query<Asked>,
) -> Result<Page, Failure> {
    let (events, names) = db
        .read(move |tx| {
            let names = sources::names(tx, actor.workspace)?;
            Ok::<_, DebugError>((super::newest(tx, &actor, asked.source)?, names))
        })
        .await?;
    let view = EventsPage {
        t: &t,
        tabs: tabs(&t, ADDRESS),
        events,
        names,
    };
    Ok(below(&t, &view).live(TOPIC))
}

/// What was rejected, and why.
///
/// # Errors
/// The database's.
pub async fn rejected(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(asked): Query<Asked>,
) -> Result<Page, Failure> {
    let (mut refusals, names) = db
        .read(move |tx| {
            let names = sources::names(tx, actor.workspace)?;
            let found = super::rejected(tx, &actor, (asked.source, asked.after), PAGE + 1)?;
            Ok::<_, DebugError>((found, names))
        })
        .await?;
    let page = usize::try_from(PAGE).expect("a page is small");
    let has_more = refusals.len() > page;
    refusals.truncate(page);
    let last = refusals.last().filter(|_| has_more);
    let next = last.map(|last| format!("{ADDRESS}/rejected?after={}", last.id));
    let view = RejectedPage {
        t: &t,
        tabs: tabs(&t, &format!("{ADDRESS}/rejected")),
        refusals,
        names,
        next,
    };
    Ok(below(&t, &view).live(TOPIC))
}

/// One rejected event, to be mended and sent again.
///
/// # Errors
/// No such event here, or the database's.
pub async fn refusal(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<RefusalId>,
) -> Result<Page, Failure> {
    let may_write = actor.may(Permission::UsageWrite);
    let refusal = db.read(move |tx| super::find(tx, &actor, id)).await?;
    let mut form = Filled::default();
    form.set("event", &*refusal.body);
    Ok(refusal_page(&t, &refusal, may_write, &form))
}

/// Sends a rejected event again, or says what is still wrong with it.
///
/// # Errors
/// No such event here, it was sent again before, a missing permission, or the database's.
pub async fn replay(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<RefusalId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let (text, writer) = (form.value("event").to_owned(), actor.clone());
    match db.write(move |tx| super::replay(tx, &writer, id, &text)).await {
        Ok(_) => {
            let notice = Notice::new(t.say("usage-debugger-was-sent"));
            Ok((notice, Redirect::to(&format!("{ADDRESS}/rejected"))).into_response())
        }
        Err(DebugError::Refused(refused)) => {
            form.refuse("event", refused.reason.said(&t, &refused.about));
            let refusal = db.read(move |tx| super::find(tx, &actor, id)).await?;
            let page = refusal_page(&t, &refusal, true, &form);
            Ok(page.status(REFUSED.status).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn refusal_page(t: &Text, refusal: &Refusal, may_write: bool, form: &Filled) -> Page {
    let view = RefusalPage {
        t,
        refusal,
        form,
        may_write,
    };
    Page::new(t.say("usage-debugger-rejected-one"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("usage-sources-title"), SOURCES)
        .crumb(t.say("usage-debugger-rejected"), format!("{ADDRESS}/rejected"))
}

fn below(t: &Text, view: &impl askama::Template) -> Page {
    Page::new(t.say("usage-debugger-title"), view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("usage-sources-title"), SOURCES)
}
