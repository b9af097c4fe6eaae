//! How often one source may try what strangers may ask for with a secret: links in mails, steps of signing in, addresses of
//! hooks, bearer tokens.
//!
//! A row of the URL map that takes a secret says what of it is counted ([`Tries`]). Doors that count by themselves, by the
//! address that is tried as well as by the source, are not counted here again.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{AUTHORIZATION, COOKIE, LOCATION};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kit::db::Db;
use kit::web::Failure;
use tandem_core::actor::Origin;
use tandem_core::doors::too_many;
use tandem_core::doors::tries::{self, Limit, Verdict};
use tandem_core::doors::web::SessionCookie;

use crate::app::App;
use crate::routes;

/// What of a row is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tries {
    /// Nothing: it takes no secret of strangers, or counts by itself.
    #[default]
    None,
    /// Every request: its answer does not say whether the secret was one.
    Each,
    /// What was refused: whoever has the right secret comes in, whatever others behind the same address do.
    Refused,
    /// The same, of steps of signing in; how often one step is looked at is counted by its own secret.
    Step,
}

/// The guard of all rows that take a secret of strangers.
pub async fn watch(State(app): State<App>, request: Request, next: Next) -> Response {
    let source = source(&request);
    match counted(&request) {
        Tries::None => next.run(request).await,
        Tries::Each => match too_often(&app.db, tries::LINK, source).await {
            Some(failure) => failure.into_response(),
            None => next.run(request).await,
        },
        kind @ (Tries::Refused | Tries::Step) => {
            let is_look = kind == Tries::Step && request.method() == Method::GET;
            let step = is_look.then(|| step(request.headers())).flatten();
            let response = next.run(request).await;
            let hurried = match step {
                _ if is_refused(&response) => too_often(&app.db, tries::LINK, source).await,
                Some(step) => too_often(&app.db, tries::STEP, step).await,
                None => None,
            };
            hurried.map_or(response, IntoResponse::into_response)
        }
    }
}

/// Whether a secret was none: an error, or the way back to the front door.
fn is_refused(response: &Response) -> bool {
    let to = response.headers().get(LOCATION);
    response.status().is_client_error() || to.is_some_and(|to| to == "/sign-in")
}

/// The secret of the step that a browser is at.
fn step(headers: &HeaderMap) -> Option<String> {
    let lines = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';'));
    let mut named = pairs.filter_map(|pair| pair.trim().split_once('='));
    let names = [true, false].map(|is_secure| SessionCookie { is_secure }.step());
    let found = named.find(|(name, _)| names.contains(name));
    found.map(|(_, secret)| secret.to_owned())
}

/// Where a request with a bearer token comes from.
pub(crate) fn token_from(request: &Request) -> Option<String> {
    has_bearer(request.headers()).then(|| source(request))
}

/// What a program is told whose bearer token is none, once as many came from its source.
pub(crate) async fn bad_token(db: &Db, source: String) -> Option<Failure> {
    too_often(db, tries::TOKEN, source).await
}

fn has_bearer(headers: &HeaderMap) -> bool {
    let header = headers.get(AUTHORIZATION).and_then(|header| header.to_str().ok());
    let scheme = header.and_then(|header| header.split_once(' '));
    scheme.is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
}

/// Counts a try; the answer when it is one too many.
async fn too_often(db: &Db, limit: Limit, source: String) -> Option<Failure> {
    let counted = db
        .write(move |tx| tries::count(tx, &[(limit, source.as_str())]))
        .await;
    match counted {
        Ok(Verdict::Free) => None,
        Ok(Verdict::Wait(time)) => Some(too_many(time)),
        Err(error) => Some(error.into()),
    }
}

/// What of the row that answers is counted.
fn counted(request: &Request) -> Tries {
    static ROWS: LazyLock<HashMap<(Method, &'static str), Tries>> = LazyLock::new(|| {
        let rows = routes::table().into_iter();
        let counted = rows.filter(|row| row.tries != Tries::None);
        counted.map(|row| ((row.method, row.path), row.tries)).collect()
    });
    let method = match request.method() {
        &Method::HEAD => Method::GET,
        method => method.clone(),
    };
    let path = request.extensions().get::<MatchedPath>();
    let found = path.and_then(|path| ROWS.get(&(method, path.as_str())));
    found.copied().unwrap_or_default()
}

fn source(request: &Request) -> String {
    let origin = request.extensions().get::<Origin>();
    origin
        .and_then(|origin| origin.known().address)
        .unwrap_or_default()
}
