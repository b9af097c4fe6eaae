//! Looking at an account: what its rules find opens alerts, keeps them up to date, or lets them ease. What is done follows from
//! the rows alone, so that looking twice, or in another order of events, comes to the same.

use std::collections::BTreeMap;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::threads;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::events;
use tandem_core::metrics;
use tandem_core::workspaces::{self, WorkspaceId};
use tandem_core::{stages, tiers};

use super::acting::{Work, note};
use super::past::{self, Finding, Past, Verdict, Wanted};
use super::rules::{self, Rule};
use super::weighing::{self, Stake, Weight};
use super::{Alert, Change, Did, OPENED, Source, State, WarningRuleId, Way, store};

/// An account that is looked at.
struct Sight<'r> {
    account: AccountId,
    /// The rules that look at it: switched on, and for its stage and tier.
    rules: Vec<&'r Rule>,
    past: Past,
}

/// What a rule finds at an account; none where its conditions do not hold.
type Found = Option<Vec<Finding>>;

/// When alerts of rules at accounts were closed last.
type Closings = BTreeMap<(AccountId, WarningRuleId), Day>;

/// Looks at an account as it is now.
///
/// # Errors
/// [`DbError`] of the database.
pub fn look(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    look_all(tx, workspace, &[account])
}

/// Looks at some hundred accounts at once, at each as [`look`] does.
///
/// # Errors
/// [`DbError`] of the database.
pub fn look_all(tx: &mut Tx<'_>, workspace: WorkspaceId, accounts: &[AccountId]) -> Result<(), DbError> {
    let today = workspaces::today(tx, workspace)?;
    look_at(tx, workspace, accounts, &[today])
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
    look_at(tx, workspace, &[account], days)
}

fn look_at(tx: &mut Tx<'_>, workspace: WorkspaceId, ids: &[AccountId], days: &[Day]) -> Result<(), DbError> {
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return Ok(());
    };
    let rules = rules::in_force(tx, workspace)?;
    let actor = Actor::system(workspace, "alerts");
    let open = accounts::open_among(tx, workspace, ids)?;
    let closed: Vec<AccountId> = ids.iter().filter(|id| !open.contains(id)).copied().collect();
    if !closed.is_empty() {
        for held in store::unclosed(tx, workspace, &closed)? {
            ease(tx, &actor, &held)?;
        }
    }
    if open.is_empty() {
        return Ok(());
    }
    let open: Vec<AccountId> = open.into_iter().collect();
    let sights = sights(tx, workspace, (&open, &rules), (*first, *last))?;
    for day in days {
        look_through(tx, &actor, &sights, *day)?;
    }
    Ok(())
}

/// What rules see of accounts in the days of a span.
fn sights<'r>(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (accounts, rules): (&[AccountId], &'r [Rule]),
    span: (Day, Day),
) -> Result<Vec<Sight<'r>>, DbError> {
    let producers = metrics::producers(tx, workspace)?;
    let wanted = Wanted::of(&producers, rules, &[]);
    let kept = past::read(tx, workspace, accounts, &wanted, span)?;
    let stages = stages::now(tx, workspace, accounts)?;
    let tiers = tiers::of(tx, workspace, accounts)?;
    Ok(threads::map(threads::usual(), &kept, |kept| {
        let stage = stages.get(&kept.account).map(|rung| rung.id);
        let tier = tiers
            .get(&kept.account)
            .and_then(|standing| standing.tier.as_ref());
        let tier = tier.map(|rung| rung.id);
        let fits = |rule: &&Rule| {
            let content = &rule.content;
            content.is_on
                && (content.stage.is_none() || content.stage == stage)
                && (content.tier.is_none() || content.tier == tier)
        };
        Sight {
            account: kept.account,
            rules: rules.iter().filter(fits).collect(),
            past: Past::of(&wanted, kept),
        }
    }))
}

/// Looks at accounts on a day: what is written follows from what is found there, account by account.
fn look_through(tx: &mut Tx<'_>, actor: &Actor, sights: &[Sight<'_>], day: Day) -> Result<(), DbError> {
    let workspace = actor.workspace;
    let accounts: Vec<AccountId> = sights.iter().map(|sight| sight.account).collect();
    let mut held: BTreeMap<AccountId, Vec<Alert>> = BTreeMap::new();
    for alert in store::unclosed(tx, workspace, &accounts)? {
        held.entry(alert.account).or_default().push(alert);
    }
    let stakes = weighing::stakes(tx, workspace, &accounts, day)?;
    let found = threads::map(threads::usual(), sights, |sight| sight.find(day));
    let finding = sights
        .iter()
        .zip(&found)
        .filter(|(_, found)| found.iter().any(Option::is_some));
    let finding: Vec<AccountId> = finding.map(|(sight, _)| sight.account).collect();
    let closings = closings(tx, workspace, &finding)?;
    for (sight, found) in sights.iter().zip(&found) {
        let alerts = held.remove(&sight.account).unwrap_or_default();
        let stake = stakes.of(sight.account, sight.past.confidence(day));
        look_with(tx, actor, (sight, found), (&alerts, &stake, day), &closings)?;
    }
    Ok(())
}

impl Sight<'_> {
    /// What each of its rules finds on a day.
    fn find(&self, day: Day) -> Vec<Found> {
        let find = |rule: &&Rule| {
            let conditions = &rule.content.conditions;
            let holds = self.past.holds(conditions, day);
            holds.then(|| self.past.judge(conditions, day).1)
        };
        self.rules.iter().map(find).collect()
    }
}

/// The days on which alerts at these accounts were closed last.
fn closings(tx: &mut Tx<'_>, workspace: WorkspaceId, accounts: &[AccountId]) -> Result<Closings, DbError> {
    if accounts.is_empty() {
        return Ok(Closings::new());
    }
    let zone = workspaces::zone(tx, workspace)?;
    let closed = store::last_closed(tx, workspace, accounts)?.into_iter();
    Ok(closed.map(|(of, closed)| (of, Day::of(closed, &zone))).collect())
}

/// Opens, keeps and eases the alerts of an account.
fn look_with(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (sight, found): (&Sight<'_>, &[Found]),
    (held, stake, day): (&[Alert], &Stake, Day),
    closings: &Closings,
) -> Result<(), DbError> {
    let account = sight.account;
    for (rule, findings) in sight.rules.iter().zip(found) {
        let alert = held.iter().find(|alert| alert.rule() == Some(rule.id));
        match (alert, findings) {
            (Some(alert), Some(findings)) => {
                keep(tx, actor, alert, (stake.weight(findings, day), findings, day))?;
            }
            (Some(alert), None) => match sight.past.judge(&rule.content.conditions, day) {
                (Verdict::Unknown, finds) => lose_sight(tx, actor, alert, (stake, &finds, day))?,
                _ => quieten(tx, actor, alert, (rule, stake, day))?,
            },
            (None, Some(findings)) => {
                // Not again so soon after one was closed.
                let closed = closings.get(&(account, rule.id));
                if closed.is_none_or(|closed| closed.days_until(day) >= rule.content.cooldown) {
                    let source = Source::Rule {
                        id: rule.id,
                        version: rule.version,
                    };
                    let weight = stake.weight(findings, day);
                    let found = (source, rule.content.way, weight, findings.clone());
                    open(tx, actor, (account, day), found)?;
                }
            }
            (None, None) => {}
        }
    }
    for alert in held {
        match alert.rule() {
            // What no rule looks at any more has no cause.
            Some(id) if !sight.rules.iter().any(|rule| rule.id == id) => ease(tx, actor, alert)?,
            Some(_) => {}
            // What somebody told us stays until somebody says what came of it.
            None => keep(tx, actor, alert, (stake.told(), &[], day))?,
        }
    }
    Ok(())
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
        .event(tx, &OPENED)
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

/// Nobody can tell whether the cause is still there: the alert stays, and its findings say what is not known.
fn lose_sight(
    tx: &mut Tx<'_>,
    actor: &Actor,
    alert: &Alert,
    (stake, finds, day): (&Stake, &[Finding], Day),
) -> Result<(), DbError> {
    let unseen = Alert {
        finds: finds.to_vec(),
        quiet_since: None,
        weight: Weight {
            rank: stake.told().rank,
            ..alert.weight
        },
        ..alert.clone()
    };
    if unseen != *alert {
        store::update_findings(tx, actor.workspace, &unseen)?;
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
