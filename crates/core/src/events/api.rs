//! The events for programs: a feed to poll, by position, that misses nothing and never goes back.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, Limit, Operation, Sample, cursor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Event, EventId, Position, Reading, TOPIC, Wiring};
use crate::actor::Actor;

/// The name of the feed in cursors.
const FEED: &str = "events";
/// The word for "from now on".
const LATEST: &str = "latest";
/// The longest that an answer is held back, in seconds: below any proxy's patience.
const LONGEST_WAIT: u8 = 20;
/// How long to wait when nothing wakes us: positions may come a moment after the event.
const LOOK: Duration = Duration::from_secs(1);

/// Something that happened.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Event")]
pub struct EventDocument {
    /// Its id; the same in the feed and in webhooks.
    id: EventId,
    /// What happened: `account.closed`.
    kind: String,
    /// What it happened to: an id with its prefix.
    subject: String,
    /// Who did it: an agent's id and name, or `system` and why.
    actor: String,
    /// Small facts about it; they depend on the kind.
    data: Value,
    /// When: microseconds since 1970-01-01 UTC.
    created_at: i64,
}

impl From<Event> for EventDocument {
    fn from(event: Event) -> Self {
        Self {
            id: event.id,
            kind: event.kind,
            subject: event.subject,
            actor: event.actor,
            data: event.payload,
            created_at: event.created_at.0,
        }
    }
}

/// A part of the feed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "EventFeed")]
pub struct FeedDocument {
    /// What happened, in order.
    items: Vec<EventDocument>,
    /// The cursor to ask with next; it is always there, also when there was nothing new.
    next: String,
}

/// Which events, from where, and how long to wait for one.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FeedQuery {
    /// The `next` of the part before, or `latest` for what happens from now on; without it, the feed begins with the
    /// first event.
    after: Option<String>,
    /// Only events of these kinds, joined by commas: `account.added,account.closed`.
    kinds: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
    /// When there is nothing new, how many seconds to wait for something.
    #[serde(default)]
    #[schemars(range(max = 20))]
    wait: u8,
}

/// What the API's document says about the feed.
pub const OPERATION: Operation = Operation::new(
    "Events",
    "Follow what happens",
    "The events of the workspace in the order in which they can be seen. Ask with `next` as `after` again and again: no \
     event is missed and none comes twice. Each event is shown to those who may see its subject. Events are kept as \
     long as the workspace, so a program that was away for long goes on where it stopped.",
)
.asks::<FeedQuery>()
.gives::<FeedDocument>();

/// `GET /api/v1/events`
///
/// # Errors
/// A parameter that does not fit, or the database's.
pub async fn feed(
    State(db): State<Db>,
    actor: Actor,
    Asked(query): Asked<FeedQuery>,
) -> Result<Json<FeedDocument>, Failure> {
    let kinds = query.kinds.as_deref().map(|text| kinds(&db, text)).transpose()?;
    if query.wait > LONGEST_WAIT {
        let wrong = Failure::of(StatusCode::BAD_REQUEST);
        return Err(wrong.parameter("wait", "a number of seconds from 0 to 20"));
    }
    let from = begin(&db, query.after.as_deref()).await?;
    let wanted = Wanted {
        actor,
        kinds,
        limit: usize::try_from(query.limit.rows()).expect("a limit is small"),
    };
    let patience = Duration::from_secs(query.wait.into());
    let reading = match tokio::time::timeout(patience, wanted.first_news(&db, from)).await {
        Ok(reading) => reading?,
        // Time is up, or there was none to begin with.
        Err(_) => wanted.read(&db, from).await?,
    };
    Ok(Json(FeedDocument {
        items: reading.events.into_iter().map(EventDocument::from).collect(),
        next: cursor::write(FEED, &reading.seen.0),
    }))
}

struct Wanted {
    actor: Actor,
    kinds: Option<Vec<String>>,
    limit: usize,
}

impl Wanted {
    async fn read(&self, db: &Db, from: Position) -> Result<Reading, Failure> {
        let (actor, kinds, limit) = (self.actor.clone(), self.kinds.clone(), self.limit);
        let reading = db
            .read(move |tx| super::visible(tx, &actor, from, kinds.as_deref(), limit))
            .await?;
        Ok(reading)
    }

    /// Reads again and again until there is something for this reader.
    async fn first_news(&self, db: &Db, mut from: Position) -> Result<Reading, Failure> {
        let mut wakeups = db.wakeups(TOPIC);
        loop {
            let reading = self.read(db, from).await?;
            if !reading.events.is_empty() {
                return Ok(reading);
            }
            from = reading.seen;
            // Either is a reason to look again.
            let _ = tokio::time::timeout(LOOK, wakeups.next()).await;
        }
    }
}

async fn begin(db: &Db, after: Option<&str>) -> Result<Position, Failure> {
    if after == Some(LATEST) {
        return Ok(db.read(super::newest_position).await?);
    }
    let position: Option<i64> = cursor::wanted(FEED, after)?;
    Ok(position.map(Position).unwrap_or_default())
}

fn kinds(db: &Db, text: &str) -> Result<Vec<String>, Failure> {
    let wiring = db.attached::<Wiring>();
    let is_known = |name: &&str| wiring.as_ref().is_some_and(|wiring| wiring.kind(name).is_some());
    let names: Vec<&str> = text.split(',').map(str::trim).collect();
    match names.iter().find(|name| !is_known(name)) {
        None => Ok(names.into_iter().map(str::to_owned).collect()),
        Some(unknown) => {
            let wrong = Failure::of(StatusCode::BAD_REQUEST);
            Err(wrong.parameter("kinds", format!("`{unknown}` is no kind of event")))
        }
    }
}

impl Sample for EventDocument {
    fn sample() -> Self {
        Self {
            id: "evt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            kind: "account.closed".to_owned(),
            subject: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".to_owned(),
            actor: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe Leyla Quliyeva".to_owned(),
            data: serde_json::json!({ "name": "Northwind Traders", "version": 3 }),
            created_at: 1_772_442_000_000_000,
        }
    }
}

impl Sample for FeedDocument {
    fn sample() -> Self {
        Self {
            items: vec![EventDocument::sample()],
            next: cursor::write(FEED, &4_711),
        }
    }
}
