//! All accounts by health: those that bring the most first, in a band, of an owner; and what a changed scorecard would say
//! of them.

use std::collections::BTreeMap;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::metrics;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::{self, WorkspaceId};
use tandem_core::{stages, tiers};

use super::model::groups;
use super::scoring::spread;
use super::{Band, HealthError, Moment, Now, Part, Place, Scorecard, scorecards, store};

/// Weeks of the small course in a row of the list.
pub(super) const WEEKS: i64 = 13;
/// Accounts that are looked at in one go.
const BATCH: usize = 500;

/// Where to go on in the list.
pub type Cursor = Place;

/// Which accounts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// In which band; all without.
    pub band: Option<Band>,
    /// Whose; everybody's without.
    pub owner: Option<AgentId>,
}

/// An account in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// Who looks after it.
    pub owner: Option<String>,
    /// When it next renews or ends.
    pub renews: Option<Day>,
    /// How it is.
    pub now: Now,
}

/// How an account is shown: its band and its score.
pub type Look = (Band, Option<f64>);

/// An account that would be in another band: its name, how it is now, how it would be then.
pub type Moved = (AccountId, String, Look, Look);

/// What a group of measures would say over the accounts of a scorecard.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupMean {
    /// Its name; empty for the measures that stand in none.
    pub name: String,
    /// The mean of its scores, where it has one; none where it has none anywhere.
    pub score: Option<f64>,
    /// The mean of its confidence, 0 to 1.
    pub confidence: f64,
    /// Of how many accounts.
    pub accounts: i64,
}

/// How a changed scorecard would move the book.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WhatIf {
    /// What its groups would say, as far as the reader may see what they look at.
    pub groups: Vec<GroupMean>,
    /// How many accounts are in each band now and then, the worst first.
    pub bands: Vec<(Band, i64, i64)>,
    /// Accounts in another band, those that bring the most first; for readers who may not see money as they came.
    pub moved: Vec<Moved>,
    /// How many moved in all.
    pub count: usize,
}

/// Up to `limit` accounts after `after`, those that bring the most first; for readers who may not see money as they came.
///
/// # Errors
/// [`HealthError::Forbidden`], or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: Filter,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Line>, HealthError> {
    actor.must(Permission::AccountsRead)?;
    let picked = (filter.band, filter.owner);
    if !actor.may(Permission::MoneyRead) {
        let first = AccountId::from_uuid(Uuid::nil());
        let after = after.map_or(first, |place| place.account);
        let mut lines = store::list_by_id(tx, actor.workspace, picked, after, limit)?;
        for line in &mut lines {
            (line.renews, line.now.mrr) = (None, 0);
        }
        return Ok(lines);
    }
    let after = match after {
        Some(place) => (store::mrr(tx, actor.workspace, place.account)?, place.account),
        None => (i64::MAX, AccountId::from_uuid(Uuid::nil())),
    };
    Ok(store::list(tx, actor.workspace, picked, after, limit)?)
}

/// How many accounts are in each band, the worst first, and what they bring together in a month.
///
/// # Errors
/// As of [`list`].
pub fn tallies(
    tx: &mut Tx<'_>,
    actor: &Actor,
    owner: Option<AgentId>,
) -> Result<Vec<(Band, i64, i64)>, HealthError> {
    actor.must(Permission::AccountsRead)?;
    let held = store::tallies(tx, actor.workspace, owner)?;
    let of = |band: Band| held.iter().find(|(other, _, _)| *other == band);
    let tally = |band: Band| of(band).map_or((band, 0, 0), |(_, accounts, mrr)| (band, *accounts, *mrr));
    Ok(Band::ALL.map(tally).to_vec())
}

/// The scores of the last weeks of these accounts, the oldest first.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn courses(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, Vec<Option<f64>>>, DbError> {
    let today = workspaces::today(tx, workspace)?;
    let from = today.plus_days(7 - WEEKS * 7);
    let courses = store::courses(tx, workspace, accounts, (from, today))?;
    let spread = |(account, steps): (AccountId, Vec<Moment>)| (account, spread(&steps, from, WEEKS, 7));
    Ok(courses.into_iter().map(spread).collect())
}

/// What the book would look like if `changed` stood in the place of the scorecard of its id, or beside the others.
///
/// # Errors
/// As of [`list`].
pub fn what_if(tx: &mut Tx<'_>, actor: &Actor, changed: Scorecard) -> Result<WhatIf, HealthError> {
    actor.must(Permission::AccountsRead)?;
    let workspace = actor.workspace;
    let producers = metrics::producers(tx, workspace)?;
    let mut cards = scorecards::all(tx, workspace)?;
    let (own, mut means) = (changed.id, Means::default());
    cards.retain(|card| card.id != changed.id);
    cards.push(changed);
    let today = workspaces::today(tx, workspace)?;
    let book = store::banded(tx, workspace)?;
    let mut counts = BTreeMap::<&str, (i64, i64)>::new();
    let mut moved = Vec::new();
    for part in book.chunks(BATCH) {
        let ids: Vec<AccountId> = part.iter().map(|(id, _, _)| *id).collect();
        let held = metrics::batch(tx, workspace, &ids)?;
        let stages = stages::now(tx, workspace, &ids)?;
        let tiers = tiers::of(tx, workspace, &ids)?;
        let nothing = BTreeMap::new();
        for (id, name, now) in part {
            let tier = tiers.get(id).and_then(|standing| standing.tier.as_ref());
            let card = scorecards::choose(
                &cards,
                stages.get(id).map(|rung| rung.id),
                tier.map(|rung| rung.id),
            );
            let Some(card) = card else { continue };
            let then = card
                .content
                .score(held.get(id).unwrap_or(&nothing), &producers, today);
            if card.id == own {
                means.add(&then.parts);
            }
            counts.entry(now.band.as_str()).or_default().0 += 1;
            counts.entry(then.band.as_str()).or_default().1 += 1;
            if then.band != now.band {
                moved.push((
                    now.mrr,
                    (*id, name.clone(), (now.band, now.score), (then.band, then.score)),
                ));
            }
        }
    }
    let bands = Band::ALL.map(|band| {
        let (now, then) = counts.get(band.as_str()).copied().unwrap_or_default();
        (band, now, then)
    });
    let may = |metric: &str| producers.needs(metric).is_none_or(|needs| actor.may(needs));
    let is_told = means.measures.iter().all(|(_, metric)| may(metric));
    Ok(WhatIf {
        groups: means.told(may),
        bands: bands.to_vec(),
        count: moved.len(),
        moved: first(moved, actor.may(Permission::MoneyRead), is_told),
    })
}

/// The first of the accounts that would move, each with what it brings: in the order of that where the reader may see money, and
/// with the score that would be theirs where they may see all that makes it up.
fn first(mut moved: Vec<(i64, Moved)>, has_money: bool, is_told: bool) -> Vec<Moved> {
    match has_money {
        true => moved.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.0.cmp(&b.1.0))),
        false => moved.sort_by_key(|(_, one)| one.0),
    }
    let told =
        |(_, (id, name, now, then)): (i64, Moved)| (id, name, now, (then.0, then.1.filter(|_| is_told)));
    moved.into_iter().take(20).map(told).collect()
}

/// Sums of what groups say, account by account.
#[derive(Default)]
struct Means {
    groups: Vec<Sums>,
    /// The group and the metric of each measure.
    measures: Vec<(String, String)>,
}

struct Sums {
    name: String,
    score: f64,
    known: i64,
    confidence: f64,
    accounts: i64,
}

impl Means {
    fn add(&mut self, parts: &[Part]) {
        if self.measures.is_empty() {
            let measure = |part: &Part| (part.group.clone(), part.metric.clone());
            self.measures = parts.iter().map(measure).collect();
        }
        // The groups of a scorecard come in the same order at every account.
        for (index, group) in groups(parts).into_iter().enumerate() {
            if self.groups.len() <= index {
                self.groups.push(Sums {
                    name: group.name,
                    score: 0.0,
                    known: 0,
                    confidence: 0.0,
                    accounts: 0,
                });
            }
            let sums = &mut self.groups[index];
            sums.accounts += 1;
            sums.confidence += group.confidence.unwrap_or_default();
            if let Some(score) = group.score {
                sums.score += score;
                sums.known += 1;
            }
        }
    }

    /// The means of those groups of which the reader may see everything.
    fn told(self, may: impl Fn(&str) -> bool) -> Vec<GroupMean> {
        let is_seen = |sums: &Sums| {
            let mut of = self.measures.iter().filter(|(group, _)| *group == sums.name);
            of.all(|(_, metric)| may(metric))
        };
        let mean = |sums: &Sums| GroupMean {
            name: sums.name.clone(),
            score: (sums.known > 0).then(|| sums.score / sums.known as f64),
            confidence: sums.confidence / sums.accounts as f64,
            accounts: sums.accounts,
        };
        let seen = self.groups.iter().filter(|sums| is_seen(sums));
        seen.map(mean).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_that_would_move_say_no_more_than_the_reader_may_see() {
        let id = |number| AccountId::from_uuid(Uuid::from_u128(number));
        let one = |number, mrr| {
            let name = format!("Account {number}");
            (
                mrr,
                (
                    id(number),
                    name,
                    (Band::ALL[0], Some(10.0)),
                    (Band::ALL[1], Some(60.0)),
                ),
            )
        };
        let moved = || vec![one(1, 5), one(2, 900)];
        let seen = |has_money, is_told| {
            let first = first(moved(), has_money, is_told).into_iter();
            first.map(|(id, _, _, then)| (id, then.1)).collect::<Vec<_>>()
        };
        assert_eq!(seen(true, true), [(id(2), Some(60.0)), (id(1), Some(60.0))]);
        assert_eq!(seen(false, false), [(id(1), None), (id(2), None)]);
    }
}
