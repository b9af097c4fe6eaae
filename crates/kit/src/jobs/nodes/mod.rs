//! Nodes: the processes that run jobs, and who notices when one is gone.
//!
//! A node adds to its count of beats; every other node looks at that count from time to time. A count that is the same at
//! several looks in a row belongs to a node that is gone, and its jobs are taken over. Nothing here compares clocks, so
//! neither wrong nor jumping ones matter.

mod store;

use std::collections::HashMap;

use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::jobs::NodeId;
use crate::jobs::settle::{Taken, take};
use crate::jobs::store as jobs;

/// A node as the admin pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeRow {
    /// The process; a new one at every start.
    pub id: NodeId,
    /// What the operator called it.
    pub name: String,
    /// What it does.
    pub roles: String,
    /// When it started.
    pub started_at: Timestamp,
    /// Its own clock at its last beat.
    pub seen_at: Timestamp,
    pub(super) beats: i64,
}

/// All nodes, the oldest first.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn nodes(tx: &mut Tx<'_>) -> Result<Vec<NodeRow>, DbError> {
    store::all(tx)
}

/// A node begins. When it is `alone`, whatever is in other hands was left there by a process that was killed.
pub(super) fn enter(
    tx: &mut Tx<'_>,
    id: NodeId,
    name: &str,
    roles: &str,
    alone: bool,
) -> Result<usize, DbError> {
    let mut taken = 0;
    if alone {
        for other in store::all(tx)? {
            store::remove(tx, other.id)?;
        }
        for owner in jobs::holders(tx)? {
            taken += take_all(tx, owner, Taken::Crashed)?;
        }
    }
    store::insert(tx, id, name, roles)?;
    Ok(taken)
}

/// One beat more. Gives `false` when others took this node for gone; it is back with this beat, without its jobs.
pub(super) fn beat(tx: &mut Tx<'_>, id: NodeId, name: &str, roles: &str) -> Result<bool, DbError> {
    let is_known = store::beat(tx, id)?;
    if !is_known {
        store::insert(tx, id, name, roles)?;
    }
    Ok(is_known)
}

/// A node ends and gives back what it still holds.
pub(super) fn leave(tx: &mut Tx<'_>, id: NodeId) -> Result<usize, DbError> {
    let given = take_all(tx, id, Taken::Released)?;
    store::remove(tx, id)?;
    Ok(given)
}

/// What one look shows: every node with its count, and every holder of jobs that is no node any more, with none.
pub(super) fn look(tx: &mut Tx<'_>) -> Result<HashMap<NodeId, Option<i64>>, DbError> {
    let mut seen: HashMap<_, _> = jobs::holders(tx)?.into_iter().map(|id| (id, None)).collect();
    seen.extend(
        store::all(tx)?
            .into_iter()
            .map(|node| (node.id, Some(node.beats))),
    );
    Ok(seen)
}

/// Takes over the jobs of a node whose count stood still at `beats`, unless it went on meanwhile or someone else was
/// quicker.
pub(super) fn take_over(tx: &mut Tx<'_>, gone: NodeId, beats: Option<i64>) -> Result<usize, DbError> {
    let is_mine = match beats {
        Some(beats) => store::remove_at(tx, gone, beats)?,
        None => !store::is_there(tx, gone)?,
    };
    if is_mine {
        take_all(tx, gone, Taken::Crashed)
    } else {
        Ok(0)
    }
}

fn take_all(tx: &mut Tx<'_>, owner: NodeId, why: Taken) -> Result<usize, DbError> {
    let held = jobs::held_by(tx, owner)?;
    let count = held.len();
    // One by one, because each may meet a waiting one of the same key; a node holds a few dozen.
    for (job, _, crashes) in held {
        take(tx, job, crashes, why)?;
    }
    Ok(count)
}

/// Counts for how many looks each other node has stood still.
#[derive(Debug)]
pub(super) struct Observer {
    me: NodeId,
    patience: u32,
    seen: HashMap<NodeId, (Option<i64>, u32)>,
}

impl Observer {
    /// Nodes that stand still for `patience` looks after the first are gone.
    pub(super) fn new(me: NodeId, patience: u32) -> Self {
        Self {
            me,
            patience,
            seen: HashMap::new(),
        }
    }

    /// Takes in one look; gives the nodes that are gone, with the count at which they stopped.
    pub(super) fn gone(&mut self, look: &HashMap<NodeId, Option<i64>>) -> Vec<(NodeId, Option<i64>)> {
        self.seen.retain(|id, _| look.contains_key(id));
        let mut gone = Vec::new();
        for (id, beats) in look.iter().filter(|(id, _)| **id != self.me) {
            let (last, still) = self.seen.entry(*id).or_insert((*beats, 0));
            if last == beats {
                if *still >= self.patience {
                    gone.push((*id, *beats));
                }
                *still = still.saturating_add(1);
            } else {
                (*last, *still) = (*beats, 1);
            }
        }
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{Ids, TypedId};

    #[test]
    fn a_node_that_stands_still_is_gone_and_one_that_moves_is_not() {
        let ids = Ids::seeded(1);
        let [me, still, lively, orphan] = [0; 4].map(|_| NodeId::from_uuid(ids.next(Timestamp(0))));
        let mut observer = Observer::new(me, 3);
        for round in 0..3 {
            let look = HashMap::from([
                (me, Some(7)),
                (still, Some(4)),
                (lively, Some(round)),
                (orphan, None),
            ]);
            assert!(observer.gone(&look).is_empty());
        }
        let look = HashMap::from([(me, Some(7)), (still, Some(4)), (lively, Some(9)), (orphan, None)]);
        let mut gone = observer.gone(&look);
        gone.sort_unstable();
        let mut wanted = vec![(still, Some(4)), (orphan, None)];
        wanted.sort_unstable();
        assert_eq!(gone, wanted);
        let back = HashMap::from([(still, Some(5)), (lively, Some(9))]);
        assert!(observer.gone(&back).is_empty());
    }
}
