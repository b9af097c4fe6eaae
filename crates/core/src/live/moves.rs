//! What moves without being an event: rows that hold for the moment only, such as who has a page open.

use std::collections::HashMap;
use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{Db, DbError, Tx};

use super::Live;
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// How long to wait after a wake-up: what moves together is told together.
const PAUSE: Duration = Duration::from_millis(100);
/// How far back is looked: clocks of nodes may differ by so much. What is older is seen when a page asks by itself.
const BACK: Duration = Duration::from_secs(10);

/// Rows that hold for the moment, of one feature.
#[derive(Clone, Copy, Debug)]
pub struct Moves {
    /// What wakes those who follow them.
    pub wakes: &'static str,
    /// Who may hear of them.
    pub needs: Permission,
    /// What moved after a moment, in all workspaces.
    pub since: fn(&mut Tx<'_>, Timestamp) -> Result<Vec<Moved>, DbError>,
}

/// Something that moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Where.
    pub workspace: WorkspaceId,
    /// What pages call it.
    pub topic: String,
    /// When.
    pub at: Timestamp,
}

/// Follows what moves from now on and tells `live`; never ends. What is lost costs a page no more than the time until it
/// asks by itself.
pub async fn follow_moves(db: Db, live: Live, moves: &'static Moves) {
    let mut wakeups = db.wakeups(moves.wakes);
    let mut told = HashMap::new();
    loop {
        wakeups.next().await;
        tokio::time::sleep(PAUSE).await;
        let news = db.read(move |tx| {
            let begin = tx.now().minus(BACK);
            Ok::<_, DbError>((begin, (moves.since)(tx, begin)?))
        });
        match news.await {
            Ok((begin, news)) => {
                told.retain(|_, at| *at > begin);
                for moved in fresh(news, &mut told) {
                    live.tell_moved(moved.workspace, moves.needs, moved.topic);
                }
            }
            Err(error) => tracing::warn!(%error, "what moves waits for the database"),
        }
    }
}

/// What was not told yet.
fn fresh(news: Vec<Moved>, told: &mut HashMap<(WorkspaceId, String), Timestamp>) -> Vec<Moved> {
    let mut fresh = Vec::new();
    for moved in news {
        let before = told.insert((moved.workspace, moved.topic.clone()), moved.at);
        if before != Some(moved.at) {
            fresh.push(moved);
        }
    }
    fresh
}
