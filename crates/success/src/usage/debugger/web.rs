//! The pages of the debugger: what came, what was rejected, and one that was.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Filled, Notice, Page};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::failures::REFUSED;
use super::views::{EventsPage, RefusalPage, RejectedPage, tabs};
use super::{Asked, DebugError, Replayed, bulk};
use crate::usage::log::refusals::{Refusal, RefusalId};
use crate::usage::sources;
use crate::usage::{TOPIC, sources::web::ADDRESS as SOURCES};

/// Where the debugger stands.
pub(in crate::usage) const ADDRESS: &str = "/settings/sources/events";
/// Rejected events on one page.
const PAGE: usize = 50;

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
    let (filter, after) = (asked.filter(), asked.after());
    let (came, whose, names) = db
        .read(move |tx| {
            let came = super::newest(tx, &actor, &filter, after)?;
            let whose = super::whose(tx, &actor, &came.events)?;
            let names = sources::names(tx, actor.workspace)?;
            Ok::<_, DebugError>((came, whose, names))
        })
        .await?;
    let next = came.next.map(|last| asked.going_on(ADDRESS, &last.to_string()));
    let view = EventsPage {
        t: &t,
        tabs: tabs(&t, ADDRESS),
        events: came.events.into_iter().zip(whose).collect(),
        names,
        asked,
        next,
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
    let (filter, after) = (asked.filter(), asked.after());
    let may_write = actor.may(Permission::UsageWrite);
    let (found, names, replay) = db
        .read(move |tx| {
            let names = sources::names(tx, actor.workspace)?;
            let found = super::rejected(tx, &actor, &filter, after, PAGE)?;
            Ok::<_, DebugError>((found, names, bulk::latest(tx, &actor)?))
        })
        .await?;
    let address = format!("{ADDRESS}/rejected");
    let next = found.next.map(|last| asked.going_on(&address, &last.to_string()));
    let may_send = may_write && found.refusals.iter().any(Refusal::is_open);
    let view = RejectedPage {
        t: &t,
        tabs: tabs(&t, &address),
        refusals: found.refusals,
        names,
        asked,
        next,
        replay,
    };
    let page = below(&t, &view).live(TOPIC);
    if may_send {
        return Ok(page.actions(&view.actions()));
    }
    Ok(page)
}

/// Sends again all that was rejected by a source or for a reason.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn replay_all(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(asked): Form<Asked>,
) -> Result<Response, Failure> {
    let filter = asked.filter();
    db.write(move |tx| bulk::begin(tx, &actor, &filter)).await?;
    let notice = Notice::new(t.say("usage-debugger-replay-begun"));
    let back = asked.going_on(&format!("{ADDRESS}/rejected"), "");
    Ok((notice, Redirect::to(&back)).into_response())
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
        Ok(replayed) => {
            let notice = Notice::new(said(&t, replayed));
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

/// What became of what was sent again.
fn said(t: &Text, replayed: Replayed) -> String {
    match replayed {
        Replayed::Taken(_) => t.say("usage-debugger-was-sent"),
        Replayed::Known => t.say("usage-debugger-was-known"),
        Replayed::Part(taken, refused) => {
            let args = kit::args!(taken = taken as i64, refused = refused as i64);
            t.say_with("usage-debugger-was-part", args)
        }
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
