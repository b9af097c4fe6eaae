//! Looking at an account: what its rules find opens alerts, keeps them up to date, or lets them ease. What is done follows from
//! the rows alone, so that looking twice, or in another order of events, comes to the same.

use kit::day::Day;
use kit::db::{DbError, Tx};
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::events;
use tandem_core::workspaces::{self, WorkspaceId};
use tandem_core::{stages, tiers};

use super::acting::{Work, note};
use super::past::{Finding, Past, Verdict};
use super::rules::{self, Rule};
use super::weighing::{self, Stake, Weight};
use super::{Alert, Change, Did, OPENED, Source, State, Way, store};

/// Looks at an account as it is now.
///
/// # Errors
/// [`DbError`] of the database.
pub fn look(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    let today = workspaces::today(tx, workspace)?;
    look_on(tx, workspace, account, &[today])
}

/// Looks at an account as it was on days that have passed, in their order, and as they were known then; the transaction's
/// moment is to be one of the last.
///
/// # Errors
/// [`DbError`] of the database.
pub fn look_on(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    days: &[Day],
) -> Result<(), DbError> {
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return Ok(());
    };
    let rules = rules::in_force(tx, workspace)?;
    let actor = Actor::system(workspace, "alerts");
    if !accounts::is_open(tx, workspace, account)? {
        for held in store::unclosed(tx, workspace, account)? {
            ease(tx, &actor, &held)?;
        }
        return Ok(());
    }
    let past = Past::read(tx, workspace, account, (*first, *last))?;
    for day in days {
        look_with(tx, &actor, account, (&rules, &past, *day))?;
    }
    Ok(())
}

/// Looks at an account with what is known of it.
pub(super) fn look_with(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    (rules, past, day): (&[Rule], &Past, Day),
) -> Result<(), DbError> {
    let workspace = actor.workspace;
    let held = store::unclosed(tx, workspace, account)?;
    let stake = weighing::stake(tx, workspace, account, (day, past.confidence(day)))?;
    let fits = applying(tx, workspace, account, rules)?;
    for rule in &fits {
        let (verdict, findings) = past.judge(&rule.content.conditions, day);
        let alert = held.iter().find(|alert| alert.rule() == Some(rule.id));
        match (alert, verdict) {
            (Some(alert), Verdict::Holds) => {
                keep(tx, actor, alert, (stake.weight(&findings, day), &findings, day))?;
            }
            (Some(alert), _) => quieten(tx, actor, alert, (rule, &stake, day))?,
            (None, Verdict::Holds) => {
                if !is_cooling(tx, workspace, account, rule, day)? {
                    let source = Source::Rule {
                        id: rule.id,
                        version: rule.version,
                    };
                    let weight = stake.weight(&findings, day);
                    let found = (source, rule.content.way, weight, findings);
                    open(tx, actor, (account, day), found)?;
                }
            }
            (None, _) => {}
        }
    }
    for alert in &held {
        match alert.rule() {
            // What no rule looks at any more has no cause.
            Some(id) if !fits.iter().any(|rule| rule.id == id) => ease(tx, actor, alert)?,
            Some(_) => {}
            // What somebody told us stays until somebody says what came of it.
            None => keep(tx, actor, alert, (stake.told(), &[], day))?,
        }
    }
    Ok(())
}

/// The rules that look at an account: switched on, and for its stage and tier.
fn applying<'a>(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    rules: &'a [Rule],
) -> Result<Vec<&'a Rule>, DbError> {
    let stage = stages::now(tx, workspace, &[account])?
        .remove(&account)
        .map(|rung| rung.id);
    let tier = tiers::of(tx, workspace, &[account])?.remove(&account);
    let tier = tier.and_then(|standing| standing.tier).map(|rung| rung.id);
    let fits = |rule: &&Rule| {
        let content = &rule.content;
        content.is_on
            && (content.stage.is_none() || content.stage == stage)
            && (content.tier.is_none() || content.tier == tier)
    };
    Ok(rules.iter().filter(fits).collect())
}

/// Whether an alert of the rule was closed a short while ago.
fn is_cooling(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    rule: &Rule,
    day: Day,
) -> Result<bool, DbError> {
    let Some(closed) = store::last_closed(tx, workspace, account, rule.id)? else {
        return Ok(false);
    };
    let zone = workspaces::zone(tx, workspace)?;
    Ok(Day::of(closed, &zone).days_until(day) < rule.content.cooldown)
}

/// Opens an alert, with what is kept and told of that.
pub(super) fn open(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (account, day): (AccountId, Day),
    (source, way, weight, findings): (Source, Way, Weight, Vec<Finding>),
) -> Result<Alert, DbError> {
    let did = match &source {
        Source::Rule { .. } => Did::Opened,
        Source::Signal(_) => Did::Told,
    };
    let alert = Alert {
        id: tx.new_id(),
        account,
        source,
        way,
        weight,
        found: findings.clone(),
        finds: findings,
        opened_day: day,
        opened_at: tx.now(),
        quiet_since: None,
        work: Work::default(),
        owner: None,
    };
    store::insert(tx, actor.workspace, &alert)?;
    let change = Change {
        id: tx.new_id(),
        alert: alert.id,
        did,
        before: Work::default(),
        after: Work::default(),
        by: actor.signature(),
        at: tx.now(),
    };
    store::insert_change(tx, actor.workspace, account, &change)?;
    let event = alert
        .event(&OPENED)
        .payload(alert.facts(alert.severity()))
        .subjects([account]);
    events::record(tx, actor, event)?;
    Ok(alert)
}

/// The cause is still there: what is found now is kept, and what it weighs.
fn keep(
    tx: &mut Tx<'_>,
    actor: &Actor,
    alert: &Alert,
    (weight, findings, day): (Weight, &[Finding], Day),
) -> Result<(), DbError> {
    let is_same = (weight, alert.finds.as_slice(), alert.quiet_since) == (alert.weight, findings, None);
    if !is_same {
        let kept = Alert {
            weight,
            finds: findings.to_vec(),
            quiet_since: None,
            ..alert.clone()
        };
        store::update_findings(tx, actor.workspace, &kept)?;
    }
    if weight.severity != alert.severity() {
        let work = alert.work.clone();
        note(tx, actor, alert, (Did::Weighed, weight.severity, work))?;
    }
    wake_due(tx, actor, alert, day)
}

/// The cause is gone; after some days of that the alert is over.
fn quieten(
    tx: &mut Tx<'_>,
    actor: &Actor,
    alert: &Alert,
    (rule, stake, day): (&Rule, &Stake, Day),
) -> Result<(), DbError> {
    let since = alert.quiet_since.unwrap_or(day);
    if since.days_until(day) >= rule.content.easing {
        let quiet = Alert {
            quiet_since: Some(since),
            ..alert.clone()
        };
        store::update_findings(tx, actor.workspace, &quiet)?;
        return ease(tx, actor, &quiet);
    }
    let weight = stake.weight(&alert.finds, day);
    if alert.quiet_since.is_none() || weight.rank != alert.weight.rank {
        let quiet = Alert {
            quiet_since: Some(since),
            weight: Weight {
                rank: weight.rank,
                ..alert.weight
            },
            ..alert.clone()
        };
        store::update_findings(tx, actor.workspace, &quiet)?;
    }
    wake_due(tx, actor, alert, day)
}

/// What is snoozed until a day is open again from then on.
fn wake_due(tx: &mut Tx<'_>, actor: &Actor, alert: &Alert, day: Day) -> Result<(), DbError> {
    let is_due = alert.work.snoozed_until.is_some_and(|until| until <= day);
    if alert.work.state != State::Snoozed || !is_due {
        return Ok(());
    }
    let work = Work {
        state: State::Open,
        snoozed_until: None,
        ..alert.work.clone()
    };
    note(tx, actor, alert, (Did::Woke, alert.severity(), work))
}

fn ease(tx: &mut Tx<'_>, actor: &Actor, alert: &Alert) -> Result<(), DbError> {
    let work = Work {
        state: State::Eased,
        snoozed_until: None,
        closed_at: Some(tx.now()),
        closed_by: Some(actor.signature()),
        ..alert.work.clone()
    };
    note(tx, actor, alert, (Did::Eased, alert.severity(), work))
}
