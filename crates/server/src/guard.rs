//! Who asks, and whether they may: recognised once per request, checked at every route by the one table.

use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, AUTHORIZATION, COOKIE, USER_AGENT};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::tz::TimeZone;
use kit::db::{Db, DbError, Tx};
use kit::i18n::Locale;
use kit::web::Failure;
use tandem_core::actor::{Origin, Whence};
use tandem_core::doors::web::SessionCookie;
use tandem_core::doors::{self, Recognised, Secret, Session, sessions};
use tandem_core::looks;
use tandem_core::permissions::Permission;

use crate::app::App;
use crate::edge::{ClientAddress, RequestId};
use crate::shell::{Keeper, Look, Own, Person, SETTINGS, Viewer};
use crate::{doorstep, routes};

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Strangers too.
    Anyone,
    /// Everybody who has signed in.
    SignedIn,
    /// Those whose role has this permission.
    Needs(Permission),
}

impl Access {
    /// Whether `session` opens the route.
    pub fn is_open_to(self, session: Option<&Session>) -> bool {
        match (self, session) {
            (Self::Anyone, _) | (Self::SignedIn, Some(_)) => true,
            (Self::Needs(permission), Some(session)) => session.actor().may(permission),
            (_, None) => false,
        }
    }
}

/// Finds the session behind a request's secret and leaves it for guards, handlers and shell.
pub async fn recognise(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let origin = origin(&request);
    request.extensions_mut().insert(origin.clone());
    let Some(secret) = secret(request.headers(), app.cookie) else {
        return as_a_stranger(&app, request, next).await;
    };
    let asked = secret.clone();
    match app.db.read(move |tx| recognised(tx, &asked)).await {
        Ok(Some((session, _))) if session.is_token && !is_for_programs(&request) => {}
        Ok(Some((mut session, look))) => {
            session.origin = origin.by(session.id);
            note_use(&app.db, &session, &origin);
            let newcomer = || Look::of_a_newcomer(request.headers());
            let look = look.map_or_else(newcomer, |text| Look::read(&text));
            request.extensions_mut().insert(viewer(&session, look));
            let (db, actor) = (app.db.clone(), session.actor());
            request.extensions_mut().insert(Keeper { db, actor });
            request.extensions_mut().insert(Recognised { session, secret });
        }
        Ok(None) => return as_a_stranger(&app, request, next).await,
        Err(error) => return Failure::from(error).into_response(),
    }
    next.run(request).await
}

/// Goes on with nobody known. A program whose token is none is told to slow down when it tries many.
async fn as_a_stranger(app: &App, request: Request, next: Next) -> Response {
    let source = doorstep::token_from(&request).filter(|_| is_for_programs(&request));
    if let Some(source) = source
        && let Some(failure) = doorstep::bad_token(&app.db, source).await
    {
        return failure.into_response();
    }
    next.run(request).await
}

/// Whether the address is one that tokens open: the API, and the stream, which asks for the scopes at each event. On
/// pages people look after what lets them in, which no scope names.
fn is_for_programs(request: &Request) -> bool {
    let path = request.uri().path();
    path.starts_with("/api/v1/") || path == "/live"
}

/// Notes now and then that a session is used. Nobody waits for it, and nothing hangs on it.
fn note_use(db: &Db, session: &Session, origin: &Origin) {
    let source = origin.known().address.unwrap_or_default();
    if !session.wants_note(db.clock().now(), &source) {
        return;
    }
    let (db, session) = (db.clone(), session.clone());
    tokio::spawn(async move {
        let noted = db
            .write(move |tx| sessions::note_use(tx, &session, &source))
            .await;
        if let Err(error) = noted {
            tracing::debug!(%error, "the use of a session was not noted");
        }
    });
}

/// The session behind a secret, and how its agent likes the screen.
fn recognised(tx: &mut Tx<'_>, secret: &Secret) -> Result<Option<(Session, Option<String>)>, DbError> {
    let Some(session) = doors::recognise(tx, secret)? else {
        return Ok(None);
    };
    let look = looks::find(tx, session.workspace, session.agent)?;
    Ok(Some((session, look)))
}

/// What the edge knows of where a request came from.
fn origin(request: &Request) -> Origin {
    let known = request.extensions();
    let user_agent = request
        .headers()
        .get(USER_AGENT)
        .and_then(|name| name.to_str().ok());
    Origin::new(Whence {
        address: known.get::<ClientAddress>().map(|client| client.0.to_string()),
        user_agent: user_agent.map(str::to_owned),
        session: None,
        request_id: known.get::<RequestId>().map(|id| id.0.as_str().into()),
    })
}

/// The guard of one route.
pub async fn check(State(access): State<Access>, request: Request, next: Next) -> Response {
    let session = request
        .extensions()
        .get::<Recognised>()
        .map(|found| &found.session);
    if access.is_open_to(session) {
        return next.run(request).await;
    }
    let reads_html = request
        .headers()
        .get(ACCEPT)
        .is_some_and(|accept| accept.to_str().is_ok_and(|accept| accept.contains("text/html")));
    match session {
        Some(_) => Failure::of(StatusCode::FORBIDDEN).into_response(),
        None if reads_html && request.method() == Method::GET => to_the_door(&request),
        None => Failure::of(StatusCode::UNAUTHORIZED).into_response(),
    }
}

/// To the front door, and from there on to what was asked for.
fn to_the_door(request: &Request) -> Response {
    let asked = request.uri().path_and_query().map_or("/", PathAndQuery::as_str);
    let door = if asked == "/" {
        "/sign-in".to_owned()
    } else {
        format!("/sign-in?next={}", kit::text::escaped(asked))
    };
    Redirect::to(&door).into_response()
}

/// The secret of a program's `authorization` header, else of the browser's cookie.
fn secret(headers: &HeaderMap, cookie: SessionCookie) -> Option<Secret> {
    if let Some(header) = headers.get(AUTHORIZATION) {
        let (scheme, token) = header.to_str().ok()?.split_once(' ')?;
        return scheme
            .eq_ignore_ascii_case("bearer")
            .then(|| token.trim().parse().ok())
            .flatten();
    }
    let cookies = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok());
    let mut pairs = cookies
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs
        .find(|(name, _)| *name == cookie.name())
        .and_then(|(_, value)| value.parse().ok())
}

/// Whoever has this session. Language and zone are the agent's own, else the workspace's; the browser gets a copy of them.
fn viewer(session: &Session, look: Look) -> Viewer {
    let locale = Locale::parse(&session.locale).unwrap_or_else(Locale::english);
    Viewer {
        person: Some(Person {
            name: session.name.clone(),
            email: session.email.clone(),
            workspace: session.workspace_name.clone(),
        }),
        locale,
        zone: TimeZone::get(&session.zone).unwrap_or(TimeZone::UTC),
        own: Own {
            locale: session.own.locale.as_deref().and_then(Locale::parse),
            zone: session.own.zone.clone(),
            formats: session.own.formats,
        },
        places: routes::places(session),
        settings: SETTINGS
            .iter()
            .filter(|item| item.is_open_to(session))
            .map(|item| item.key)
            .collect(),
        look: Look {
            locale: Some(locale),
            zone: Some(session.zone.clone()),
            ..look
        },
    }
}
