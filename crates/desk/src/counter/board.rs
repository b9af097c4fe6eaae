//! The board on the wall: a document of its own that whoever has its key opens, without signing in. It shows numbers and
//! windows, never who it is or what for. A script fetches it again every few seconds and says when it can't; without
//! scripts the page does so by itself.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName};
use http::{HeaderValue, StatusCode};
use kit::clock::Timestamp;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::Failure;
use tandem_core::contacts;
use tandem_core::doors::Secret;
use tandem_core::workspaces;

use super::model::{Visit, VisitState, span};
use super::{CounterError, places, store};

/// What the page may load: styles, pictures and one script of ours; it asks for itself again and for nothing else.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
    img-src 'self' data:; font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
/// For how long a call stands out: microseconds.
const FRESH: i64 = 30_000_000;
/// How many calls are shown, the newest.
const CALLS: usize = 8;
/// How many who wait are shown.
const WAITING: usize = 18;

/// What a board shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// What the place is called.
    pub place: String,
    /// Who was called, the newest first.
    pub calls: Vec<BoardCall>,
    /// The numbers of those who come next, in their order.
    pub waiting: Vec<String>,
    /// How many wait beside these.
    pub more: usize,
}

/// One call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardCall {
    /// The number.
    pub number: String,
    /// The window.
    pub window: String,
    /// Whether it was just now.
    pub is_fresh: bool,
}

#[derive(Template)]
#[template(path = "counter/views/board.html")]
struct BoardPage<'a> {
    t: &'a Text,
    board: Option<&'a Board>,
}

/// What the board shows that a key opens, and the words around it in the workspace's language and by its clock.
///
/// # Errors
/// [`CounterError::Closed`] for a key that opens nothing, or the database's.
pub fn look(tx: &mut Tx<'_>, secret: &Secret) -> Result<(Board, Text), CounterError> {
    let (workspace, place) = places::of_board(tx, secret)?.ok_or(CounterError::Closed)?;
    let t = contacts::reader(tx, workspace, None)?;
    let there = (place.id, workspaces::today(tx, workspace)?);
    let mut called = store::in_state(tx, workspace, there, VisitState::Called)?;
    called.sort_by_key(|visit| std::cmp::Reverse((visit.called_at, visit.id)));
    let waiting = store::in_state(tx, workspace, there, VisitState::Waiting)?;
    let now = tx.now();
    Ok((
        Board {
            place: place.name,
            calls: called.iter().take(CALLS).map(|visit| call(visit, now)).collect(),
            more: waiting.len().saturating_sub(WAITING),
            waiting: waiting.iter().take(WAITING).map(Visit::code).collect(),
        },
        t,
    ))
}

fn call(visit: &Visit, now: Timestamp) -> BoardCall {
    BoardCall {
        number: visit.code(),
        window: visit.window.clone(),
        is_fresh: visit.called_at.is_some_and(|at| span(at, now) < FRESH),
    }
}

/// Shows the board of a key.
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, t: Text, Path(link): Path<String>) -> Result<Response, Failure> {
    let Ok(secret) = link.parse::<Secret>() else {
        return Ok(closed(&t));
    };
    match db.read(move |tx| look(tx, &secret)).await {
        Ok((board, t)) => Ok(document(&BoardPage {
            t: &t,
            board: Some(&board),
        })),
        Err(CounterError::Closed) => Ok(closed(&t)),
        Err(error) => Err(error.into()),
    }
}

fn closed(t: &Text) -> Response {
    (StatusCode::NOT_FOUND, document(&BoardPage { t, board: None })).into_response()
}

/// A document by itself that nothing keeps and no engine lists.
fn document(view: &impl Template) -> Response {
    let html = view
        .render()
        .expect("a template writes into a string, which cannot fail");
    let headers = [
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (
            HeaderName::from_static("x-robots-tag"),
            HeaderValue::from_static("noindex, nofollow"),
        ),
        (
            HeaderName::from_static("referrer-policy"),
            HeaderValue::from_static("no-referrer"),
        ),
    ];
    (headers, Html(html)).into_response()
}

impl BoardPage<'_> {
    fn more(&self) -> i64 {
        let more = self.board.map_or(0, |board| board.more);
        i64::try_from(more).unwrap_or(i64::MAX)
    }
}
