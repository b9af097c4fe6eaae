//! A crew: claims jobs of its kinds and runs a number of them at once, until told to stop.
//!
//! Reactions and errands have a crew each, so that slow trips into the world never hold up the database's own work.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::{Id, JoinSet};

use crate::db::bus::Wakeups;
use crate::db::{DbError, Tx};
use crate::jobs::claim::{Found, Kinds, Turns, claim};
use crate::jobs::run::run;
use crate::jobs::settle::{Taken, take};
use crate::jobs::store::{self, held_by};
use crate::jobs::trouble::Trouble;
use crate::jobs::worker::Node;
use crate::jobs::{JobId, TOPIC};

/// How long a crew rests at most before it looks for work by itself.
const REST: Duration = Duration::from_secs(1);

/// A crew and what it has in hand.
pub(super) struct Crew {
    node: Arc<Node>,
    kinds: Kinds,
    places: usize,
    /// While there is a backlog, so many places must be free before more is claimed: few large claims.
    refill: usize,
    running: JoinSet<()>,
    in_hand: HashMap<Id, JobId>,
    turns: Turns,
    wakeups: Wakeups,
    trouble: Trouble,
}

impl Crew {
    /// A crew of `node` for `kinds` with room for `places` jobs.
    pub(super) fn new(node: &Arc<Node>, kinds: Kinds, places: usize, refill: usize) -> Self {
        Self {
            wakeups: node.db.wakeups(TOPIC),
            node: Arc::clone(node),
            kinds,
            places,
            refill,
            running: JoinSet::new(),
            in_hand: HashMap::new(),
            turns: Turns::default(),
            trouble: Trouble::new("jobs can't be claimed"),
        }
    }

    /// Works until the node is stopping, then finishes what is in hand. Dropped, it drops that too.
    pub(super) async fn serve(mut self) {
        if self.kinds.is_empty() {
            return;
        }
        while !self.node.stopping.is_cancelled() {
            let found = self.claim().await;
            let is_fed = !found.has_more || self.free() == 0;
            if is_fed {
                self.rest(&found).await;
            }
        }
        while self.running.join_next().await.is_some() {}
    }

    fn free(&self) -> usize {
        self.places - self.running.len()
    }

    async fn claim(&mut self) -> Found {
        self.put_away_what_ended();
        if self.free() == 0 {
            return Found::default();
        }
        if self.trouble.is_on()
            && let Err(error) = self.give_back_strays().await
        {
            self.trouble.met(&error);
            return Found::default();
        }
        let (node, free) = (Arc::clone(&self.node), self.free());
        let claimed = claim(&node.db, node.id, &self.kinds, &mut self.turns, free).await;
        let mut found = match claimed {
            Ok(found) => found,
            Err(error) => {
                self.trouble.met(&error);
                return Found::default();
            }
        };
        self.trouble.is_over();
        for claim in std::mem::take(&mut found.claims) {
            let (id, node) = (claim.held.id, Arc::clone(&self.node));
            let task = self.running.spawn(async move { run(&node, claim).await });
            self.in_hand.insert(task.id(), id);
        }
        found
    }

    /// A claim that failed may have been stored all the same: what this node holds and nobody has in hand goes back.
    async fn give_back_strays(&self) -> Result<(), DbError> {
        let (owner, kinds) = (self.node.id, self.kinds.clone());
        let in_hand: Vec<JobId> = self.in_hand.values().copied().collect();
        let give_back = move |tx: &mut Tx<'_>| {
            for (held, kind, crashes) in held_by(tx, owner)? {
                if kinds.contains(&kind) && !in_hand.contains(&held.id) {
                    take(tx, held, crashes, Taken::Released)?;
                }
            }
            Ok(())
        };
        self.node.db.write_committed(give_back).await
    }

    /// Waits until there may be something to claim and a place for it.
    async fn rest(&mut self, found: &Found) {
        let pause = if found.has_more { REST } else { self.pause().await };
        let mut pause = std::pin::pin!(tokio::time::sleep(pause));
        loop {
            tokio::select! {
                () = self.node.stopping.cancelled() => return,
                Some(ended) = self.running.join_next_with_id() => {
                    self.put_away(ended);
                    self.put_away_what_ended();
                    if found.has_more && self.free() >= self.refill {
                        return;
                    }
                }
                () = self.wakeups.next(), if self.running.len() < self.places => return,
                () = &mut pause => return,
            }
        }
    }

    /// How long nothing will be due that is not due by now.
    async fn pause(&self) -> Duration {
        let now = self.node.db.clock().now();
        match self.node.db.read(store::next_due).await {
            Ok(next) => next.map_or(REST, |next| next.since(now).min(REST)),
            Err(_) => REST,
        }
    }

    fn put_away_what_ended(&mut self) {
        while let Some(ended) = self.running.try_join_next_with_id() {
            self.put_away(ended);
        }
    }

    fn put_away(&mut self, ended: Result<(Id, ()), tokio::task::JoinError>) {
        let id = ended.map_or_else(|error| error.id(), |(id, ())| id);
        self.in_hand.remove(&id);
    }
}
