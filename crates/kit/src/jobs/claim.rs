//! Claiming: which lane gets how many of the free places, and how limits are kept.

use std::collections::VecDeque;

use crate::db::{Db, DbError, Tx};
use crate::jobs::registry::Kind;
use crate::jobs::store::{self, Claim, Wanted};
use crate::jobs::{Lane, NodeId};

/// Whose place is which, again and again: twelve urgent, three normal, one slow.
const PATTERN: [Lane; 16] = {
    use Lane::{Normal, Slow, Urgent};
    [
        Urgent, Urgent, Urgent, Normal, Urgent, Urgent, Urgent, Normal, Urgent, Urgent, Urgent, Normal,
        Urgent, Urgent, Urgent, Slow,
    ]
};

/// The turn in which limited kinds are claimed: one node after the other, so that it may count what runs.
const TURN: &str = "jobs with a limit";

/// The kinds that a crew claims.
#[derive(Clone, Debug, Default)]
pub(super) struct Kinds {
    pub(super) free: Vec<&'static str>,
    pub(super) limited: Vec<(&'static str, u32)>,
    /// What is claimed runs one after the other: however much of a kind it is, one of it runs at a time.
    pub(super) is_in_turn: bool,
}

impl Kinds {
    /// Divides kinds into those with and those without a limit.
    pub(super) fn of<'k>(kinds: impl Iterator<Item = &'k Kind>) -> Self {
        let mut all = Self::default();
        for kind in kinds {
            match kind.options.limit {
                Some(limit) => all.limited.push((kind.name, limit)),
                None => all.free.push(kind.name),
            }
        }
        all
    }

    /// The same for whoever runs what was claimed one after the other.
    pub(super) fn in_turn(self) -> Self {
        Self {
            is_in_turn: true,
            ..self
        }
    }

    /// How many of a kind may be claimed where `limit` may run and `running` do.
    fn room(&self, limit: u32, running: i64, most: usize) -> usize {
        let room = usize::try_from(i64::from(limit) - running).unwrap_or(0);
        if self.is_in_turn && room > 0 {
            most
        } else {
            room.min(most)
        }
    }

    /// Whether there is nothing to claim.
    pub(super) fn is_empty(&self) -> bool {
        self.free.is_empty() && self.limited.is_empty()
    }

    /// Whether `name` is one of these.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.free.contains(&name) || self.limited.iter().any(|(limited, _)| *limited == name)
    }
}

/// What a round of claiming found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) claims: Vec<Claim>,
    /// Another round may find more at once.
    pub(super) has_more: bool,
}

/// Whose turn it is: in the pattern, and between kinds with and without a limit.
#[derive(Clone, Debug, Default)]
pub(super) struct Turns {
    place: usize,
    round: usize,
}

impl Turns {
    /// How many of the next `places` belong to each lane.
    fn shares(&mut self, places: usize) -> [(Lane, usize); 3] {
        let mut shares = Lane::ALL.map(|lane| (lane, 0));
        for place in self.place..self.place + places {
            shares[PATTERN[place % PATTERN.len()] as usize].1 += 1;
        }
        self.place = (self.place + places) % PATTERN.len();
        shares
    }

    /// How many of `places` kinds with a limit may take: half of them, of a single one every other time.
    fn for_limited(&mut self, places: usize) -> usize {
        self.round = (self.round + 1) % 2;
        (places + self.round) / 2
    }
}

/// Claims up to `places` due jobs of `kinds` for `owner`.
pub(super) async fn claim(
    db: &Db,
    owner: NodeId,
    kinds: &Kinds,
    turns: &mut Turns,
    places: usize,
) -> Result<Found, DbError> {
    let mut found = Found::default();
    if !kinds.limited.is_empty() {
        let most = turns.for_limited(places);
        found.claims = claim_limited(db, owner, kinds, most).await?;
        found.has_more = found.claims.len() == most;
    }
    let places = places - found.claims.len();
    let shares = turns.shares(places);
    let free = kinds.free.clone();
    // What the first half has claimed must not be forgotten because the second half failed: the crew looks after it.
    let claims = db
        .write_committed(move |tx| by_shares(tx, owner, &free, shares))
        .await?;
    found.has_more |= claims.len() == places;
    found.claims.extend(claims);
    Ok(found)
}

/// Gives each lane its share, and what is left to whichever lane has more, the most urgent first.
fn by_shares(
    tx: &mut Tx<'_>,
    owner: NodeId,
    kinds: &[&'static str],
    shares: [(Lane, usize); 3],
) -> Result<Vec<Claim>, DbError> {
    let places: usize = shares.iter().map(|(_, share)| share).sum();
    let mut lanes: [VecDeque<Claim>; 3] = Default::default();
    let mut has_more = [!kinds.is_empty(); 3];
    for is_second_round in [false, true] {
        for (at, (lane, share)) in shares.into_iter().enumerate() {
            let left = places - lanes.iter().map(VecDeque::len).sum::<usize>();
            let most = if is_second_round { left } else { share };
            if most > 0 && has_more[at] {
                let wanted = Wanted {
                    owner,
                    lane,
                    kinds,
                    most,
                };
                let got = store::claim(tx, &wanted)?;
                has_more[at] = got.len() == most;
                lanes[at].extend(got);
            }
        }
    }
    Ok(interleaved(lanes))
}

/// In the order of the pattern; where a lane has none, whichever is more urgent has its place.
fn interleaved(mut lanes: [VecDeque<Claim>; 3]) -> Vec<Claim> {
    let mut claims = Vec::new();
    for lane in PATTERN.iter().cycle() {
        let own = lanes[*lane as usize].pop_front();
        match own.or_else(|| lanes.iter_mut().find_map(VecDeque::pop_front)) {
            Some(claim) => claims.push(claim),
            None => break,
        }
    }
    claims
}

/// Claims kinds with a limit, alone among all nodes. A look without a turn comes first: mostly there is nothing.
async fn claim_limited(db: &Db, owner: NodeId, kinds: &Kinds, most: usize) -> Result<Vec<Claim>, DbError> {
    let kinds = kinds.clone();
    let names: Vec<_> = kinds.limited.iter().map(|(name, _)| *name).collect();
    let looked_for = names.clone();
    if most == 0
        || !db
            .write_committed(move |tx| store::is_any_due(tx, &looked_for))
            .await?
    {
        return Ok(Vec::new());
    }
    let claim_within_limits = move |tx: &mut Tx<'_>| {
        let running = store::running(tx, &names)?;
        let mut claims = Vec::new();
        for (name, limit) in &kinds.limited {
            let runs = running.iter().find(|(kind, _)| kind == name);
            let runs = runs.map_or(0, |(_, count)| *count);
            let room = kinds.room(*limit, runs, most - claims.len());
            claims.extend(by_lanes(tx, owner, name, room)?);
        }
        Ok(claims)
    };
    db.write_committed_in_turn(TURN, claim_within_limits).await
}

/// Claims up to `most` jobs of one kind, the most urgent first.
fn by_lanes(tx: &mut Tx<'_>, owner: NodeId, kind: &'static str, most: usize) -> Result<Vec<Claim>, DbError> {
    let mut claims = Vec::new();
    for lane in Lane::ALL {
        let most = most - claims.len();
        if most > 0 {
            let kinds = &[kind];
            claims.extend(store::claim(
                tx,
                &Wanted {
                    owner,
                    lane,
                    kinds,
                    most,
                },
            )?);
        }
    }
    Ok(claims)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_lane_gets_its_share_of_places_however_few_are_free_at_once() {
        for at_once in 1..40 {
            let mut turns = Turns::default();
            let mut sums = [0; 3];
            for _ in 0..160 {
                for (lane, share) in turns.shares(at_once) {
                    sums[lane as usize] += share;
                }
            }
            assert_eq!(sums, [120 * at_once, 30 * at_once, 10 * at_once]);
        }
    }

    #[test]
    fn whoever_runs_one_after_the_other_takes_many_of_a_limited_kind_unless_others_run_as_many_as_may() {
        let kinds = Kinds::default();
        assert_eq!(
            (kinds.room(2, 1, 9), kinds.room(2, 2, 9), kinds.room(2, 0, 1)),
            (1, 0, 1)
        );
        let kinds = kinds.in_turn();
        assert_eq!(
            (kinds.room(2, 1, 9), kinds.room(2, 2, 9), kinds.room(2, 3, 9)),
            (9, 0, 0)
        );
    }

    #[test]
    fn kinds_with_a_limit_get_half_of_the_places_even_of_a_single_one() {
        let mut turns = Turns::default();
        let shares: Vec<_> = (0..4).map(|_| turns.for_limited(1)).collect();
        assert_eq!(shares, [1, 0, 1, 0]);
        assert_eq!(turns.for_limited(7) + turns.for_limited(7), 7);
    }
}
