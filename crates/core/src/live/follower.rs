//! Following the events: wakes with every commit anywhere, numbers what has no position, and hands out what is new.

use std::time::Duration;

use kit::db::{Db, DbError};
use kit::jobs;

use super::Live;
use crate::events::{self, Position, TOPIC};

/// How long to wait when nothing wakes us: a lost wake-up costs this much and nothing else.
const LOOK: Duration = Duration::from_secs(1);
/// How many events are read at once.
const BATCH: i64 = 200;

/// Follows the events from now on and tells `live`; never ends. A database that is away is tried again.
pub async fn follow(db: Db, live: Live) {
    let mut wakeups = db.wakeups(TOPIC);
    let mut seen = None;
    loop {
        match step(&db, &live, seen).await {
            Ok(position) => {
                if seen.replace(position).is_none() {
                    live.begin();
                }
            }
            Err(error) => tracing::warn!(%error, "live pages wait for the database"),
        }
        // Either is a reason to look again.
        let _ = tokio::time::timeout(LOOK, wakeups.next()).await;
    }
}

/// Follows the jobs from now on and tells `live` that they moved, at most once a second; never ends.
pub async fn follow_work(db: Db, live: Live) {
    let (mut queued, mut moved) = (db.wakeups(jobs::TOPIC), db.wakeups(jobs::PROGRESS));
    loop {
        tokio::select! {
            () = queued.next() => {}
            () = moved.next() => {}
        }
        // Most jobs are over a moment after they were queued: one look at the page shows both.
        tokio::time::sleep(LOOK).await;
        live.tell_work();
    }
}

/// Hands out everything after `seen`; the first time, only finds out where now is.
async fn step(db: &Db, live: &Live, seen: Option<Position>) -> Result<Position, DbError> {
    if db.is_postgres() {
        events::give_positions(db).await?;
    }
    let Some(mut seen) = seen else {
        return db.read(events::newest_position).await;
    };
    loop {
        let news = db.read(move |tx| events::after(tx, seen, BATCH)).await?;
        let Some(last) = news.last().and_then(|event| event.position) else {
            return Ok(seen);
        };
        seen = last;
        metrics::counter!("live_events_total").increment(news.len() as u64);
        news.into_iter().for_each(|event| live.tell(event));
    }
}
