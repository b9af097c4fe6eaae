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

use super::scoring::spread;
use super::{Band, HealthError, Moment, Now, Place, Scorecard, scorecards, store};

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

/// How a changed scorecard would move the book.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WhatIf {
    /// How many accounts are in each band now and then, the worst first.
    pub bands: Vec<(Band, i64, i64)>,
    /// Accounts in another band, those that bring the most first.
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
    moved.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.0.cmp(&b.1.0)));
    let bands = Band::ALL.map(|band| {
        let (now, then) = counts.get(band.as_str()).copied().unwrap_or_default();
        (band, now, then)
    });
    Ok(WhatIf {
        bands: bands.to_vec(),
        count: moved.len(),
        moved: moved.into_iter().take(20).map(|(_, one)| one).collect(),
    })
}
