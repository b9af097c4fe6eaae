//! How long first value takes: the accounts that were watched from their start on, as one curve and part by part.

mod parts;

use std::collections::BTreeMap;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::stats::{Curve, Observation, kaplan_meier};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::{self, WorkspaceId};
use tandem_core::{metrics, tiers};

use super::{FirstError, STARTED, TIME, store};
use crate::usage::counts::{self, Counts};
use crate::usage::measures::history::{self, Progress};

/// How sure intervals are.
const CONFIDENCE: f64 = 0.95;

/// By what the accounts are parted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// The quarter of the year in which they began.
    #[default]
    Quarter,
    /// Their tier.
    Tier,
    /// The segments that they are in, of those that the reader sees.
    Segment,
}

/// What a part is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Called {
    /// A year and a quarter of it.
    Quarter(i16, i8),
    /// A tier or a segment.
    Named(String),
    /// Accounts on no tier.
    NoTier,
}

/// An account on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The account.
    pub account: AccountId,
    /// What it is called; empty for readers who may not see accounts.
    pub name: String,
    /// When it began.
    pub start: Day,
    /// After how many days it had first value, or for how many it was watched.
    pub days: i64,
    /// Whether it had it.
    pub reached: bool,
    /// Whether it went, or was closed, before.
    pub is_over: bool,
    /// Its tier: the place on the ladder, its key and its name.
    tier: Option<(i64, String, String)>,
}

/// How long it takes some accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many there are.
    pub accounts: usize,
    /// How many had first value.
    pub reached: usize,
    /// The day by which half of them have it; none while fewer do.
    pub median: Option<i64>,
    /// Where the true median lies with 95 %: from this day …
    pub low: Option<i64>,
    /// … until this one; none where that can't be said yet.
    pub high: Option<i64>,
}

/// Some of the accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What asks for it.
    pub key: String,
    /// What it is called.
    pub called: Called,
    /// How long it takes them.
    pub summary: Summary,
}

/// A day on which something happened on the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Days since the start.
    pub day: i64,
    /// How many were without first value before it, and watched.
    pub at_risk: usize,
    /// How many had it on that day.
    pub reached: usize,
    /// How many were watched until then.
    pub censored: usize,
    /// The share that has it by then, and between what the true one lies.
    pub share: (f64, f64, f64),
}

/// How long it takes.
#[derive(Clone, Debug)]
pub struct Overview {
    /// What counts.
    pub counts: Counts,
    /// From which day on usage is known.
    pub watched: Option<Day>,
    /// How far the past is written anew.
    pub progress: Option<Progress>,
    /// How many accounts began before usage was known.
    pub left_out: usize,
    /// The part that was asked for.
    pub of: Option<Called>,
    /// The accounts of that part, or all.
    pub accounts: Vec<Account>,
    /// How long it takes them.
    pub summary: Summary,
    /// Their curve; none without accounts.
    pub curve: Option<Curve>,
    /// The parts.
    pub groups: Vec<Group>,
}

impl By {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Quarter, Self::Tier, Self::Segment];

    /// Its word in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quarter => "quarter",
            Self::Tier => "tier",
            Self::Segment => "segment",
        }
    }

    /// What a word means.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// How long first value takes: all accounts, or a part of them by its key, and each part beside the others.
///
/// # Errors
/// [`FirstError::Forbidden`], or the database's.
pub fn overview(tx: &mut Tx<'_>, actor: &Actor, (by, of): (By, &str)) -> Result<Overview, FirstError> {
    actor.must(Permission::UsageRead)?;
    let workspace = actor.workspace;
    let today = workspaces::today(tx, workspace)?;
    let counts = counts::held(tx, workspace)?;
    let watched = counts::rules(tx, workspace)?.watched;
    let (mut accounts, left_out) = observed(tx, workspace, (watched, today))?;
    place(tx, workspace, &mut accounts)?;
    if !actor.may(Permission::AccountsRead) {
        accounts.iter_mut().for_each(|one| one.name.clear());
    }
    let parts = parts::all_of(tx, actor, by, &accounts)?;
    let groups = parts.iter().map(|part| Group {
        key: part.key.clone(),
        called: part.called.clone(),
        summary: summary(&part.of(&accounts)),
    });
    let groups = groups.collect();
    let asked = parts.into_iter().find(|part| part.key == of && !of.is_empty());
    if let Some(part) = &asked {
        accounts.retain(|one| part.accounts.contains(&one.account));
    }
    let all: Vec<&Account> = accounts.iter().collect();
    Ok(Overview {
        counts,
        watched,
        progress: history::progress(tx, workspace)?,
        left_out,
        of: asked.map(|part| part.called),
        summary: summary(&all),
        curve: curve(&all),
        accounts,
        groups,
    })
}

/// The day by which half of all accounts have first value.
pub(super) fn median(tx: &mut Tx<'_>, workspace: WorkspaceId, today: Day) -> Result<Option<i64>, DbError> {
    let watched = counts::rules(tx, workspace)?.watched;
    let (accounts, _) = observed(tx, workspace, (watched, today))?;
    Ok(summary(&accounts.iter().collect::<Vec<_>>()).median)
}

/// The accounts that were watched from their start on, each until it ended, and how many were not.
fn observed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (watched, today): (Option<Day>, Day),
) -> Result<(Vec<Account>, usize), DbError> {
    let all = store::accounts(tx, workspace)?;
    let ids: Vec<AccountId> = all.iter().map(|(id, ..)| *id).collect();
    let started = metrics::one(tx, workspace, &ids, &STARTED)?;
    let times = metrics::one(tx, workspace, &ids, &TIME)?;
    let ends: BTreeMap<AccountId, Day> = store::ends(tx, workspace)?.into_iter().collect();
    let zone = workspaces::zone(tx, workspace)?;
    let (mut accounts, mut left_out) = (Vec::new(), 0);
    for (account, name, closed) in all {
        let Some(start) = started.get(&account).map(|number| metrics::day(*number)) else {
            continue;
        };
        if watched.is_none_or(|watched| start < watched) {
            left_out += 1;
            continue;
        }
        let closed = closed.map(|at| Day::of(at, &zone));
        let end = [closed, ends.get(&account).copied()].into_iter().flatten().min();
        let end = end.filter(|end| *end < today);
        let time = times.get(&account).map(|days| *days as i64);
        let time = time.filter(|time| end.is_none_or(|end| start.plus_days(*time) <= end.max(start)));
        accounts.push(Account {
            account,
            name,
            start,
            days: time.unwrap_or_else(|| start.days_until(end.unwrap_or(today)).max(0)),
            reached: time.is_some(),
            is_over: time.is_none() && end.is_some(),
            tier: None,
        });
    }
    Ok((accounts, left_out))
}

/// Says on which tiers accounts are.
fn place(tx: &mut Tx<'_>, workspace: WorkspaceId, accounts: &mut [Account]) -> Result<(), DbError> {
    let ids: Vec<AccountId> = accounts.iter().map(|one| one.account).collect();
    let mut standings = tiers::of(tx, workspace, &ids)?;
    for one in accounts {
        let tier = standings.remove(&one.account).and_then(|standing| standing.tier);
        one.tier = tier.map(|tier| (tier.place, tier.id.to_string(), tier.text.name));
    }
    Ok(())
}

fn curve(accounts: &[&Account]) -> Option<Curve> {
    let observed: Vec<Observation> = accounts
        .iter()
        .map(|one| Observation {
            time: one.days as f64,
            ended: one.reached,
        })
        .collect();
    kaplan_meier(&observed).ok()
}

fn summary(accounts: &[&Account]) -> Summary {
    let curve = curve(accounts);
    let whole = |time: Option<f64>| time.map(|time| time as i64);
    let (low, high) = curve
        .as_ref()
        .map_or((None, None), |curve| curve.median_interval(CONFIDENCE));
    Summary {
        accounts: accounts.len(),
        reached: accounts.iter().filter(|one| one.reached).count(),
        median: whole(curve.and_then(|curve| curve.median())),
        low: whole(low),
        high: whole(high),
    }
}

/// The share that has first value by a day, and between what the true one lies.
pub(super) fn share_by(curve: &Curve, day: f64) -> (f64, f64, f64) {
    let (low, high) = curve.interval(day, CONFIDENCE);
    (1.0 - curve.survival(day), 1.0 - high, 1.0 - low)
}

impl Overview {
    /// Where the curve moves.
    pub fn points(&self) -> Vec<Point> {
        let Some(curve) = &self.curve else {
            return Vec::new();
        };
        let point = |step: &kit::stats::Step| Point {
            day: step.time as i64,
            at_risk: step.at_risk,
            reached: step.ended,
            censored: step.censored,
            share: share_by(curve, step.time),
        };
        curve.steps.iter().map(point).collect()
    }

    /// Who is still without first value and here, the longest first.
    pub fn waiting(&self) -> Vec<&Account> {
        let mut waiting: Vec<&Account> = self
            .accounts
            .iter()
            .filter(|one| !one.reached && !one.is_over)
            .collect();
        waiting.sort_by(|one, other| other.days.cmp(&one.days).then_with(|| one.name.cmp(&other.name)));
        waiting
    }
}

impl Account {
    /// The name of its tier.
    pub fn tier(&self) -> Option<&str> {
        self.tier.as_ref().map(|(_, _, name)| name.as_str())
    }

    /// The day on which it had first value.
    pub fn day(&self) -> Option<Day> {
        self.reached.then(|| self.start.plus_days(self.days))
    }
}

#[cfg(test)]
mod tests;
