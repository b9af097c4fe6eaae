//! The pages of the doors: the way in, links, the choice of a workspace, and leaving.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::header::SET_COOKIE;
use http::{HeaderMap, StatusCode};
use kit::db::{Db, DbError};
use kit::i18n::Text;
use kit::web::{Failure, Frame, Page, is_own_path};
use serde::Deserialize;

pub use super::cookies::SessionCookie;
use super::entrance::Entrance;
use super::front::sign_in_page;
use super::steps::{self, STEP_LIFE};
use super::views::{ChoicePage, ClosedPage, EnterPage};
use super::{Arrival, ChoiceStep, SESSION_MOST, Secret, Session, Visitor, arrive_chosen};
use crate::agents::AgentId;
use crate::workspaces::{self, Workspace, WorkspaceId};

/// Where to go on after signing in.
#[derive(Debug, Deserialize)]
pub struct Onward {
    pub(super) next: Option<String>,
}

/// Where strangers arrive: how to get in.
///
/// # Errors
/// The database's.
pub async fn sign_in(State(db): State<Db>, t: Text, Query(onward): Query<Onward>) -> Result<Page, Failure> {
    let next = own_path(onward.next.as_deref().unwrap_or("/"));
    Ok(sign_in_page(&db, &t, "", &next, String::new()).await?)
}

/// Whom a link lets in. Looking does not use it up: programs that follow links in mails change nothing.
///
/// # Errors
/// The database's.
pub async fn choose(State(db): State<Db>, t: Text, Path(link): Path<String>) -> Result<Page, Failure> {
    let agents = match link.parse::<Secret>() {
        Ok(secret) => db.read(move |tx| super::who_may_enter(tx, &secret)).await?,
        Err(_) => Vec::new(),
    };
    if agents.is_empty() {
        return Ok(closed(&t));
    }
    let view = EnterPage {
        t: &t,
        link: &link,
        agents,
    };
    Ok(Page::new(t.say("doors-title"), &view).frame(Frame::Alone))
}

/// Which agent comes in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnterForm {
    agent: String,
}

/// Lets an agent in and gives the browser its cookie.
///
/// # Errors
/// The database's.
pub async fn enter(
    State(Entrance { db, cookie, .. }): State<Entrance>,
    visitor: Visitor,
    t: Text,
    Path(link): Path<String>,
    Form(sent): Form<EnterForm>,
) -> Result<Response, Failure> {
    let (Ok(secret), Ok(agent)) = (link.parse::<Secret>(), sent.agent.parse::<AgentId>()) else {
        return Ok(closed(&t).into_response());
    };
    let arrival = db
        .write(move |tx| super::enter(tx, &secret, agent, &visitor))
        .await?;
    Ok(match arrival {
        Some(arrival) => arrived(cookie, &arrival, "/"),
        None => closed(&t).into_response(),
    })
}

/// The workspaces that whoever has shown who they are may choose from.
///
/// # Errors
/// The database's.
pub async fn workspaces(
    State(Entrance { db, cookie, .. }): State<Entrance>,
    visitor: Visitor,
    t: Text,
) -> Result<Response, Failure> {
    let Some(secret) = visitor.secret(cookie.step()) else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    let workspaces = db.read(move |tx| choices(tx, &secret)).await?;
    if workspaces.is_empty() {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    let view = ChoicePage { t: &t, workspaces };
    Ok(Page::new(t.say("doors-choose-workspace"), &view)
        .frame(Frame::Alone)
        .into_response())
}

/// Which workspace they come into.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceForm {
    workspace: String,
}

/// Lets them into the workspace they chose.
///
/// # Errors
/// The database's.
pub async fn choose_workspace(
    State(Entrance { db, cookie, .. }): State<Entrance>,
    visitor: Visitor,
    Form(sent): Form<ChoiceForm>,
) -> Result<Response, Failure> {
    let chosen = sent.workspace.parse::<WorkspaceId>();
    let (Some(secret), Ok(chosen)) = (visitor.secret(cookie.step()), chosen) else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    let arrival = db
        .write(move |tx| {
            let Some(step) = steps::take::<ChoiceStep>(tx, &secret)? else {
                return Ok(None);
            };
            let arrival = arrive_chosen(tx, &step, chosen, &visitor)?;
            Ok::<_, DbError>(arrival.map(|arrival| (arrival, step.next)))
        })
        .await?;
    Ok(match arrival {
        Some((arrival, next)) => arrived(cookie, &arrival, &next),
        None => Redirect::to("/sign-in").into_response(),
    })
}

/// Ends the session and takes the cookie back.
///
/// # Errors
/// The database's.
pub async fn sign_out(
    State(db): State<Db>,
    State(cookie): State<SessionCookie>,
    session: Session,
) -> Result<Response, Failure> {
    db.write(move |tx| super::leave(tx, &session.actor(), session.id))
        .await?;
    let taken = cookie.give(cookie.name(), "", 0);
    Ok(([(SET_COOKIE, taken)], Redirect::to("/sign-in")).into_response())
}

fn choices(tx: &mut kit::db::Tx<'_>, secret: &Secret) -> Result<Vec<Workspace>, DbError> {
    let step = steps::look::<ChoiceStep>(tx, secret)?;
    let among = step.map(|step| step.among).unwrap_or_default();
    let mut all = workspaces::all(tx)?;
    all.retain(|workspace| among.iter().any(|who| who.workspace == workspace.id));
    Ok(all)
}

/// The way on for whoever arrived: cookies and a redirect.
pub(crate) fn arrived(cookie: SessionCookie, arrival: &Arrival, next: &str) -> Response {
    let mut headers = HeaderMap::new();
    let (to, name, secret, seconds) = match arrival {
        Arrival::In(secret) => (next, cookie.name(), secret, SESSION_MOST),
        Arrival::Code(secret) => ("/sign-in/code", cookie.step(), secret, STEP_LIFE),
        Arrival::Choice(secret) => ("/sign-in/workspace", cookie.step(), secret, STEP_LIFE),
    };
    headers.append(SET_COOKIE, cookie.give(name, &secret.expose(), seconds.as_secs()));
    if matches!(arrival, Arrival::In(_)) {
        headers.append(SET_COOKIE, cookie.give(cookie.step(), "", 0));
    }
    (headers, Redirect::to(&own_path(to))).into_response()
}

/// `path` if it leads to this site, else the home page.
pub(super) fn own_path(path: &str) -> String {
    if is_own_path(path) { path } else { "/" }.to_owned()
}

pub(super) fn closed(t: &Text) -> Page {
    let page = Page::new(t.say("doors-link-closed"), &ClosedPage { t }).frame(Frame::Alone);
    page.status(StatusCode::NOT_FOUND)
}
