//! Scoring accounts: from their metrics, by their scorecards, kept for their day.
//!
//! Accounts are scored together: what their scores rest on is read for all of them in a statement each, and what is another is
//! written in one. What lies between is pure, on as many threads as there are. One account is scored as one of many, so that
//! it makes no difference with which others.

mod outcome;
mod store;

use std::collections::BTreeMap;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::threads;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::events;
use tandem_core::metrics::{self, Standing};
use tandem_core::workspaces::{self, WorkspaceId};
use tandem_core::{stages, tiers, worth};

use self::outcome::{Basis, Outcome};
use super::model::WINDOW;
use super::{Moment, overriding, scorecards, store as rows};

/// The metrics of accounts, by name.
type Held = BTreeMap<AccountId, BTreeMap<String, Standing>>;

/// Scores an account as it is now, and keeps the score; doing it twice is no harm. A closed account has no health.
///
/// # Errors
/// [`DbError`] of the database.
pub fn score(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    score_all(tx, workspace, &[account])
}

/// Scores some hundred accounts at once, each as [`score`] does.
///
/// # Errors
/// [`DbError`] of the database.
pub fn score_all(tx: &mut Tx<'_>, workspace: WorkspaceId, ids: &[AccountId]) -> Result<(), DbError> {
    let open = accounts::open_among(tx, workspace, ids)?;
    let closed: Vec<AccountId> = ids.iter().filter(|id| !open.contains(id)).copied().collect();
    rows::forget_all(tx, workspace, &closed)?;
    if open.is_empty() {
        return Ok(());
    }
    let open: Vec<AccountId> = open.into_iter().collect();
    let today = workspaces::today(tx, workspace)?;
    let held = metrics::batch(tx, workspace, &open)?;
    score_on(tx, workspace, &open, (today, &held))
}

/// Scores an account as it was on a day of the past, from the metrics kept until then. Days are to come in their order.
///
/// # Errors
/// [`DbError`] of the database.
pub fn score_as_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    day: Day,
) -> Result<(), DbError> {
    let held = metrics::on(tx, workspace, account, day)?;
    let held = [(account, held)].into_iter().collect();
    score_on(tx, workspace, &[account], (day, &held))
}

/// How the health of an account went: score, confidence and computed band from a day on, for the days from `from` to `until`
/// and the last before them.
///
/// # Errors
/// [`DbError`] of the database.
pub fn course(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    span: (Day, Day),
) -> Result<Vec<Moment>, DbError> {
    let found = rows::courses(tx, workspace, &[account], span)?.remove(&account);
    Ok(found.unwrap_or_default())
}

/// How the health of each of these accounts went, as [`course`] has it; of those that were never scored nothing.
///
/// # Errors
/// [`DbError`] of the database.
pub fn courses(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[AccountId],
    span: (Day, Day),
) -> Result<BTreeMap<AccountId, Vec<Moment>>, DbError> {
    rows::courses(tx, workspace, ids, span)
}

fn score_on(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[AccountId],
    (day, held): (Day, &Held),
) -> Result<(), DbError> {
    let producers = metrics::producers(tx, workspace)?;
    let cards = scorecards::in_force(tx, workspace)?;
    let stages = stages::now(tx, workspace, ids)?;
    let tiers = tiers::of(tx, workspace, ids)?;
    let mut last = store::last(tx, workspace, ids, day)?;
    let mut before: BTreeMap<_, _> = rows::of(tx, workspace, ids)?.into_iter().collect();
    let said = overriding::said_of(tx, workspace, ids, day)?;
    let mut courses = rows::courses(tx, workspace, ids, (day.plus_days(1 - WINDOW), day))?;
    let worths = worth::of(tx, workspace, ids)?;
    let nothing = BTreeMap::new();
    let basis = |id: &AccountId| {
        let stage = stages.get(id).map(|rung| rung.id);
        let tier = tiers.get(id).and_then(|standing| standing.tier.as_ref());
        let card = scorecards::choose(&cards, stage, tier.map(|rung| rung.id))?;
        Some(Basis {
            account: *id,
            card,
            held: held.get(id).unwrap_or(&nothing),
            last: last.remove(id),
            before: before.remove(id),
            said: said.get(id).copied(),
            course: courses.remove(id).unwrap_or_default(),
            mrr: worths.get(id).map_or(0, |worth| worth.mrr),
        })
    };
    let bases: Vec<Basis<'_>> = ids.iter().filter_map(basis).collect();
    let at = tx.now();
    let outcomes = threads::map(threads::usual(), &bases, |basis| {
        basis.score(&producers, (day, at))
    });
    keep(tx, workspace, day, outcomes)
}

/// Stores what is another than before, and tells who listens what moved.
fn keep(tx: &mut Tx<'_>, workspace: WorkspaceId, day: Day, outcomes: Vec<Outcome>) -> Result<(), DbError> {
    let (mut kept, mut now, mut told) = (Vec::new(), Vec::new(), Vec::new());
    for outcome in outcomes {
        kept.extend(outcome.kept);
        now.extend(outcome.now);
        told.extend(outcome.told);
    }
    store::put_days(tx, workspace, day, &kept)?;
    store::put_now(tx, workspace, day, &now)?;
    events::record_all(tx, &Actor::system(workspace, "health"), told)
}

/// The score at the end of each `step` days from `from` on: what was kept last until then.
pub(super) fn spread(steps: &[Moment], from: Day, count: i64, step: i64) -> Vec<Option<f64>> {
    let at = |index| from.plus_days(index * step);
    let last = |day: Day| steps.iter().rev().find(|(since, _, _, _)| *since <= day);
    (0..count)
        .map(|index| last(at(index)).and_then(|(_, score, _, _)| *score))
        .collect()
}
