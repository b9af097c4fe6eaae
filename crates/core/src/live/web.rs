//! The stream itself: `GET /live`.
//!
//! `event: changed`, `id: <position>`, `data: {"topics":["acc_…","accounts"]}`: fetch what you show of these.
//! The same without an id: what has no events moved, such as who is where, or background work (`{"topics":["work"]}`).
//! `event: resync`: too much was missed to say; fetch what you show.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event as Line, KeepAlive, Sse};
use futures::Stream;
use futures::stream::unfold;
use http::HeaderMap;
use kit::db::Db;
use kit::web::Failure;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio::time::Sleep;

use super::Live;
use super::streams::News;
use crate::doors::{self, Secret, Session};
use crate::events::{self, Event, Position, Wiring};
use crate::permissions::Permission;
use crate::work;

/// How often a silent stream says that it lives.
const BEAT: Duration = Duration::from_secs(20);
/// How long a stream lasts before its browser has to come back and show its session again.
const LIFE: Duration = Duration::from_secs(3_600);
/// How many missed events are told one by one.
const CATCH_UP: i64 = 200;

/// Opens the stream of a browser that has signed in.
///
/// # Errors
/// A database that does not answer.
pub async fn stream(
    State(db): State<Db>,
    State(live): State<Live>,
    session: Session,
    secret: Secret,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Line, Infallible>>>, Failure> {
    let (news, live_work) = (live.listen(session.workspace), live.listen_to_work());
    let last = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok()?.parse().ok())
        .map(Position);
    let missed = missed(&db, &session, last).await?;
    let (seen, life) = (last.unwrap_or_default(), Box::pin(tokio::time::sleep(LIFE)));
    let listener = Listener {
        db,
        live,
        session,
        secret,
        news,
        work: live_work,
        missed,
        seen,
        life,
    };
    let lines = unfold(listener, |mut listener| async move {
        let line = listener.next().await?;
        Some((Ok(line), listener))
    });
    Ok(Sse::new(lines).keep_alive(KeepAlive::new().interval(BEAT)))
}

/// What a stream that comes back did not see, oldest last; `None` when that is too much to tell.
async fn missed(db: &Db, session: &Session, last: Option<Position>) -> Result<Option<Vec<Event>>, Failure> {
    let Some(last) = last else {
        return Ok(Some(Vec::new()));
    };
    let workspace = session.workspace;
    let mut missed = db
        .read(move |tx| events::feed(tx, workspace, last, CATCH_UP))
        .await?;
    missed.reverse();
    Ok(Some(missed).filter(|missed| missed.len() < CATCH_UP as usize))
}

struct Listener {
    db: Db,
    live: Live,
    session: Session,
    secret: Secret,
    news: Receiver<News>,
    work: watch::Receiver<()>,
    missed: Option<Vec<Event>>,
    seen: Position,
    life: Pin<Box<Sleep>>,
}

impl Listener {
    /// The next line; `None` ends the stream.
    async fn next(&mut self) -> Option<Line> {
        loop {
            let event = match &mut self.missed {
                None => return self.resync().await,
                Some(missed) => match missed.pop() {
                    Some(event) => Arc::new(event),
                    None => match self.heard().await? {
                        Heard::Event(event) => event,
                        Heard::TooMuch => return self.resync().await,
                        Heard::Work if self.session.actor().may(Permission::WorkRead) => {
                            return Some(changed(&[work::TOPIC]));
                        }
                        Heard::Moved(needs, topic) if self.session.actor().may(needs) => {
                            return Some(changed(&[&*topic]));
                        }
                        Heard::Work | Heard::Moved(..) => continue,
                    },
                },
            };
            let position = event.position.unwrap_or_default();
            if position <= self.seen {
                continue;
            }
            self.seen = position;
            if concerns_doors(&event) && !self.still_in().await {
                return None;
            }
            if self.may_hear(&event) {
                return Some(changed(&event.topics).id(position.to_string()));
            }
        }
    }

    /// What happens next; `None` ends the stream.
    async fn heard(&mut self) -> Option<Heard> {
        tokio::select! {
            heard = self.news.recv() => match heard {
                Ok(News::Event(event)) => Some(Heard::Event(event)),
                Ok(News::Moved(needs, topic)) => Some(Heard::Moved(needs, topic)),
                Ok(News::Unknown) | Err(RecvError::Lagged(_)) => Some(Heard::TooMuch),
                Err(RecvError::Closed) => None,
            },
            // Its sender lives as long as `live`.
            _ = self.work.changed() => Some(Heard::Work),
            () = self.live.ended() => None,
            () = self.life.as_mut() => None,
        }
    }

    async fn resync(&mut self) -> Option<Line> {
        self.missed = Some(Vec::new());
        if !self.still_in().await {
            return None;
        }
        let newest = self.db.read(events::newest_position).await.ok()?;
        self.seen = self.seen.max(newest);
        Some(Line::default().event("resync").id(newest.to_string()).data("{}"))
    }

    /// Looks the session up again; a database that does not answer counts as no.
    async fn still_in(&mut self) -> bool {
        let secret = self.secret.clone();
        match self.db.read(move |tx| doors::recognise(tx, &secret)).await {
            Ok(Some(session)) => {
                self.session = session;
                true
            }
            Ok(None) | Err(_) => false,
        }
    }

    fn may_hear(&self, event: &Event) -> bool {
        let wiring = self.db.attached::<Wiring>();
        let kind = wiring.as_ref().and_then(|wiring| wiring.kind(&event.kind));
        let actor = self.session.actor();
        kind.is_some_and(|kind| actor.may(kind.read)) && event.is_for(&actor)
    }
}

/// What a stream wakes for.
enum Heard {
    Event(Arc<Event>),
    /// Some events were missed.
    TooMuch,
    Work,
    /// What has no event moved.
    Moved(Permission, Arc<str>),
}

fn changed(topics: &[impl serde::Serialize]) -> Line {
    let data = serde_json::json!({ "topics": topics }).to_string();
    Line::default().event("changed").data(data)
}

/// Whether the event may change who is allowed to hear the next one.
fn concerns_doors(event: &Event) -> bool {
    ["agent.", "role.", "session."]
        .iter()
        .any(|noun| event.kind.starts_with(noun))
}
