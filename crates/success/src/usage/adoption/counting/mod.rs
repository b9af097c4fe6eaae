//! Counting what an account does with each feature, from its days of usage.
//!
//! Whatever moves the days of an account *marks* it in the same transaction. Whoever counts reads the mark and the days together,
//! beside the writers, and keeps what that came to if the mark is still the one that was read: one that was set again meanwhile
//! is another, so that nothing that moved is left uncounted. Windows end today: once a day, every account is marked.

pub(in crate::usage::adoption) mod store;

use std::collections::{BTreeMap, BTreeSet};

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::Uuid;
use tandem_core::accounts::{self, AccountId};
use tandem_core::workspaces::{self, WorkspaceId};

use super::{WEEKS, Window};
use crate::usage::folding::FeatureId;
use crate::usage::people::shifting;

/// How many days are read: the longest window, and the one before it.
const READ: i64 = 2 * 90;

/// Somebody at an account did something on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Did {
    pub(super) feature: FeatureId,
    pub(super) who: Uuid,
    pub(super) day: Day,
    pub(super) events: i64,
}

/// What an account does with a feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) feature: FeatureId,
    /// People, events and events before, of each window.
    pub(super) windows: [(i64, i64, i64); 3],
    /// A bit for each week in which it was used.
    pub(super) weeks: i64,
    pub(super) first: Timestamp,
    pub(super) last: Timestamp,
}

/// Marks accounts whose days of usage moved.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn mark(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &BTreeSet<AccountId>,
) -> Result<(), DbError> {
    let accounts: Vec<AccountId> = accounts.iter().copied().collect();
    let now = tx.now();
    store::mark(tx, workspace, &accounts, now)
}

/// The mark of an account as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Due {
    moved: Timestamp,
    revision: i64,
}

/// What the days of an account came to, as of a mark.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    due: Due,
    counted: Vec<Counted>,
    people: [i64; 3],
}

/// Counts an account anew; nothing when it is not marked any more, or its numbers rest: it then waits on.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn tally(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Option<Tally>, DbError> {
    let Some(due) = store::due(tx, workspace, account)? else {
        return Ok(None);
    };
    if shifting::resting(tx, workspace, account)?.is_some() {
        return Ok(None);
    }
    let today = workspaces::today(tx, workspace)?;
    let did = store::did(tx, workspace, account, today.plus_days(1 - READ))?;
    let spans = store::spans(tx, workspace, account)?;
    let (counted, people) = tallied(&did, &spans, today);
    Ok(Some(Tally { due, counted, people }))
}

/// Keeps what an account came to and takes its mark away, unless it moved again since.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    tally: &Tally,
) -> Result<(), DbError> {
    if !store::unmark_at(tx, workspace, account, tally.due)? {
        return Ok(());
    }
    store::clear(tx, workspace, account)?;
    if tally.counted.is_empty() || !accounts::exists(tx, workspace, account)? {
        return Ok(());
    }
    store::put(tx, workspace, account, &tally.counted)?;
    store::put_people(tx, workspace, account, tally.people)
}

/// What days come to: by feature, and how many people were there at all in each window.
fn tallied(did: &[Did], spans: &[(FeatureId, Timestamp, Timestamp)], today: Day) -> (Vec<Counted>, [i64; 3]) {
    let mut by_feature: BTreeMap<FeatureId, Vec<&Did>> = BTreeMap::new();
    for one in did {
        by_feature.entry(one.feature).or_default().push(one);
    }
    let counted = spans.iter().map(|(feature, first, last)| {
        let did = by_feature.get(feature).map_or(&[][..], Vec::as_slice);
        Counted {
            feature: *feature,
            windows: Window::ALL.map(|window| within(did, window, today)),
            weeks: weeks(did, today),
            first: *first,
            last: *last,
        }
    });
    let all: Vec<&Did> = did.iter().collect();
    let people = Window::ALL.map(|window| within(&all, window, today).0);
    (counted.collect(), people)
}

/// People, events, and the events of as many days before.
fn within(did: &[&Did], window: Window, today: Day) -> (i64, i64, i64) {
    let days = window.days();
    let (mut people, mut events, mut before) = (BTreeSet::new(), 0, 0);
    for one in did {
        let ago = ago(one.day, today);
        if ago < days {
            people.insert(one.who);
            events += one.events;
        } else if ago < 2 * days {
            before += one.events;
        }
    }
    (i64::try_from(people.len()).unwrap_or(i64::MAX), events, before)
}

fn weeks(did: &[&Did], today: Day) -> i64 {
    let weeks = did.iter().map(|one| ago(one.day, today) / 7);
    weeks
        .filter(|week| *week < WEEKS)
        .fold(0, |bits, week| bits | (1 << week))
}

/// How many days ago that was. A clock that goes ahead says it was today.
fn ago(day: Day, today: Day) -> i64 {
    day.days_until(today).max(0)
}

#[cfg(test)]
mod tests {
    use kit::id::TypedId;

    use super::*;

    #[test]
    fn windows_and_weeks_hold_what_looking_at_each_day_alone_gives() {
        let today: Day = "2026-11-22".parse().expect("a day");
        let [one, other] = [1, 2].map(|n| FeatureId::from_uuid(Uuid::from_u128(n)));
        let mut state = 11_u64;
        let mut next = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut did = Vec::new();
        for ago in -1..180_i64 {
            for who in 0..4_u128 {
                if next(5) == 0 {
                    did.push(Did {
                        feature: if next(2) == 0 { one } else { other },
                        who: Uuid::from_u128(who),
                        day: today.plus_days(-ago),
                        events: i64::try_from(next(9) + 1).expect("small"),
                    });
                }
            }
        }
        let at = Timestamp(0);
        let (counted, people) = tallied(&did, &[(one, at, at), (other, at, at)], today);
        for counted in &counted {
            for (number, window) in Window::ALL.into_iter().enumerate() {
                let days = window.days();
                let mine = did.iter().filter(|one| one.feature == counted.feature);
                let (mut who, mut events, mut before) = (BTreeSet::new(), 0, 0);
                for one in mine {
                    if one.day > today.plus_days(-days) {
                        who.insert(one.who);
                        events += one.events;
                    } else if one.day > today.plus_days(-2 * days) {
                        before += one.events;
                    }
                }
                let who = i64::try_from(who.len()).expect("few");
                assert_eq!(counted.windows[number], (who, events, before), "{days}");
            }
            for week in 0..WEEKS {
                let (from, until) = (today.plus_days(-7 * week - 6), today.plus_days(-7 * week));
                let is_in = |day: Day| day >= from && (day <= until || week == 0);
                let used = did
                    .iter()
                    .any(|one| one.feature == counted.feature && is_in(one.day));
                assert_eq!(counted.weeks & (1 << week) != 0, used, "week {week}");
            }
        }
        let seen = Window::ALL.map(|window| {
            let there = did.iter().filter(|one| one.day > today.plus_days(-window.days()));
            let who: BTreeSet<Uuid> = there.map(|one| one.who).collect();
            i64::try_from(who.len()).expect("few")
        });
        assert_eq!(people, seen);
        let silent = tallied(&[], &[(one, at, at)], today);
        assert_eq!(silent.0[0].windows, [(0, 0, 0); 3]);
        assert_eq!(silent.1, [0, 0, 0]);
    }
}
