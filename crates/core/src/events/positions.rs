//! Giving events their positions where transactions commit in any order.
//!
//! On SQLite writers run one after another and [`record`](super::record) numbers events itself. On PostgreSQL an event
//! becomes visible at its commit, so it is numbered afterwards: one node at a time takes those without a number, in the
//! order of their ids, and continues the count. A reader that has seen position n will never find a new event below n.

use kit::db::{Db, DbError};

use super::{TOPIC, store};

/// How many events are numbered in one transaction.
const BATCH: i64 = 1_000;

/// Numbers all events that are visible and have no position yet; gives how many. Any node may call this at any time.
///
/// # Errors
/// [`DbError`] of the database; what was not numbered is numbered by the next call.
pub async fn give_positions(db: &Db) -> Result<usize, DbError> {
    let mut total = 0;
    loop {
        let waiting = db.read(|tx| store::without_position(tx, 1)).await?;
        if waiting.is_empty() {
            return Ok(total);
        }
        let numbered = db
            .write_in_turn("event positions", |tx| {
                let waiting = store::without_position(tx, BATCH)?;
                let first = store::next_position(tx)?;
                store::set_positions(tx, &waiting, first)?;
                Ok::<_, DbError>(waiting.len())
            })
            .await?;
        total += numbered;
        if numbered > 0 {
            db.bus().wake(TOPIC);
        }
    }
}
