//! The pages of the doors: coming in by a link, and leaving.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::header::SET_COOKIE;
use http::{HeaderValue, StatusCode};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Frame, Page};
use serde::Deserialize;

use super::views::{ClosedPage, EnterPage, SignInPage};
use super::{SESSION_LIFE, Secret, Session};
use crate::agents::AgentId;

/// The cookie that carries a browser's session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionCookie {
    /// Whether people reach the server over https: then the cookie never travels without.
    pub is_secure: bool,
}

impl SessionCookie {
    /// The cookie's name. Over https browsers refuse it from any other host or path.
    pub fn name(self) -> &'static str {
        if self.is_secure { "__Host-tandem" } else { "tandem" }
    }

    pub(crate) fn set(self, value: &str, seconds: u64) -> HeaderValue {
        let secure = if self.is_secure { "; Secure" } else { "" };
        let text = format!(
            "{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}",
            self.name()
        );
        HeaderValue::from_str(&text).expect("base64 and digits fit a header")
    }
}

/// Where strangers arrive: how to get in.
pub async fn sign_in(t: Text) -> Page {
    Page::new(t.say("doors-title"), &SignInPage { t: &t }).frame(Frame::Alone)
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
    State(db): State<Db>,
    State(cookie): State<SessionCookie>,
    t: Text,
    Path(link): Path<String>,
    Form(sent): Form<EnterForm>,
) -> Result<Response, Failure> {
    let (Ok(secret), Ok(agent)) = (link.parse::<Secret>(), sent.agent.parse::<AgentId>()) else {
        return Ok(closed(&t).into_response());
    };
    match db.write(move |tx| super::enter(tx, &secret, agent)).await? {
        Some(session) => {
            let header = cookie.set(&session.expose(), SESSION_LIFE.as_secs());
            Ok(([(SET_COOKIE, header)], Redirect::to("/")).into_response())
        }
        None => Ok(closed(&t).into_response()),
    }
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
    Ok(([(SET_COOKIE, cookie.set("", 0))], Redirect::to("/sign-in")).into_response())
}

fn closed(t: &Text) -> Page {
    let page = Page::new(t.say("doors-link-closed"), &ClosedPage { t }).frame(Frame::Alone);
    page.status(StatusCode::NOT_FOUND)
}
