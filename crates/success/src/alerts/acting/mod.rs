//! What people do with alerts. Each act is kept with what was before it, and the last one can be taken back.

pub mod web;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::agents::{self, AgentId};
use tandem_core::events;
use tandem_core::permissions::Permission;
use tandem_core::workspaces;

use super::{Alert, AlertError, AlertId, CHANGED, CLOSED, Change, ChangeId, Did, Outcome, Reason};
use super::{Severity, State, feed, store};

/// Days ahead that an alert may be snoozed at most.
const LONGEST: i64 = 366;
/// Characters of words at most.
const MOST: usize = 500;

/// Where an alert stands, and what people did with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// Where it stands.
    pub state: State,
    /// Whom it was given to.
    pub taken_by: Option<AgentId>,
    /// Before which day nobody wants to see it.
    pub snoozed_until: Option<Day>,
    /// The word of the reason or the outcome; empty for none.
    pub word: String,
    /// What else was said.
    pub words: String,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// The signature of who closed it.
    pub closed_by: Option<String>,
}

impl Default for Work {
    fn default() -> Self {
        Self {
            state: State::Open,
            taken_by: None,
            snoozed_until: None,
            word: String::new(),
            words: String::new(),
            closed_at: None,
            closed_by: None,
        }
    }
}

/// What was done, and the alert after it.
pub type Done = (Alert, ChangeId);

/// Gives an alert to somebody, or lets it fall back to whoever looks after the account.
///
/// # Errors
/// [`AlertError`].
pub fn give(tx: &mut Tx<'_>, actor: &Actor, id: AlertId, agent: Option<AgentId>) -> Result<Done, AlertError> {
    let alert = workable(tx, actor, id)?;
    if let Some(agent) = agent {
        let found = agents::find(tx, actor.workspace, agent)?;
        found
            .filter(|agent| agent.is_active)
            .ok_or(AlertError::UnknownAgent)?;
    }
    let work = Work {
        taken_by: agent,
        ..alert.work.clone()
    };
    done(tx, actor, &alert, (Did::Given, work))
}

/// Nobody wants to see it before a day.
///
/// # Errors
/// [`AlertError::BadUntil`], and as of [`give`].
pub fn snooze(tx: &mut Tx<'_>, actor: &Actor, id: AlertId, until: Day) -> Result<Done, AlertError> {
    let alert = workable(tx, actor, id)?;
    let today = workspaces::today(tx, actor.workspace)?;
    if !(1..=LONGEST).contains(&today.days_until(until)) {
        return Err(AlertError::BadUntil);
    }
    let work = Work {
        state: State::Snoozed,
        snoozed_until: Some(until),
        ..alert.work.clone()
    };
    done(tx, actor, &alert, (Did::Snoozed, work))
}

/// Lets a snoozed alert be seen again.
///
/// # Errors
/// As of [`give`].
pub fn wake(tx: &mut Tx<'_>, actor: &Actor, id: AlertId) -> Result<Done, AlertError> {
    let alert = workable(tx, actor, id)?;
    let work = Work {
        state: State::Open,
        snoozed_until: None,
        ..alert.work.clone()
    };
    done(tx, actor, &alert, (Did::Woke, work))
}

/// Says that it was none, and why.
///
/// # Errors
/// [`AlertError::BadWords`], and as of [`give`].
pub fn dismiss(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: AlertId,
    (reason, words): (Reason, &str),
) -> Result<Done, AlertError> {
    let alert = workable(tx, actor, id)?;
    let words = checked(words, reason == Reason::Other)?;
    let work = closed(tx, actor, &alert, (State::Dismissed, reason.as_str(), words));
    done(tx, actor, &alert, (Did::Dismissed, work))
}

/// Says what came of acting.
///
/// # Errors
/// As of [`dismiss`].
pub fn handle(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: AlertId,
    (outcome, words): (Outcome, &str),
) -> Result<Done, AlertError> {
    let alert = workable(tx, actor, id)?;
    let words = checked(words, false)?;
    let work = closed(tx, actor, &alert, (State::Handled, outcome.as_str(), words));
    done(tx, actor, &alert, (Did::Handled, work))
}

/// Opens a closed alert again; one that is open stays so.
///
/// # Errors
/// [`AlertError::Superseded`] when the rule has opened another meanwhile, and as of [`give`].
pub fn reopen(tx: &mut Tx<'_>, actor: &Actor, id: AlertId) -> Result<Done, AlertError> {
    actor.must(Permission::AlertsWrite)?;
    let alert = feed::seen(tx, actor, id)?;
    let work = Work {
        taken_by: alert.work.taken_by,
        ..Work::default()
    };
    free(tx, actor, &alert)?;
    done(tx, actor, &alert, (Did::Reopened, work))
}

/// Takes back what was done last, if that was `change`.
///
/// # Errors
/// [`AlertError::Superseded`] when something else happened since, and as of [`give`].
pub fn undo(tx: &mut Tx<'_>, actor: &Actor, id: AlertId, change: ChangeId) -> Result<Done, AlertError> {
    actor.must(Permission::AlertsWrite)?;
    let alert = feed::seen(tx, actor, id)?;
    let last = store::changes(tx, actor.workspace, id)?.into_iter().next();
    let last = last.filter(|last| last.id == change && last.after == alert.work);
    let last = last.ok_or(AlertError::Superseded)?;
    if !last.before.state.is_closed() {
        free(tx, actor, &alert)?;
    }
    done(tx, actor, &alert, (Did::Undone, last.before))
}

/// The alert, if it is open and the actor may work on it.
fn workable(tx: &mut Tx<'_>, actor: &Actor, id: AlertId) -> Result<Alert, AlertError> {
    actor.must(Permission::AlertsWrite)?;
    let alert = feed::seen(tx, actor, id)?;
    match alert.work.state.is_closed() {
        true => Err(AlertError::IsClosed),
        false => Ok(alert),
    }
}

/// Whether no other alert of the same account and rule is open.
fn free(tx: &mut Tx<'_>, actor: &Actor, alert: &Alert) -> Result<(), AlertError> {
    let held = store::unclosed(tx, actor.workspace, &[alert.account])?;
    match held
        .iter()
        .any(|other| other.rule().is_some() && other.rule() == alert.rule() && other.id != alert.id)
    {
        true => Err(AlertError::Superseded),
        false => Ok(()),
    }
}

fn checked(words: &str, are_needed: bool) -> Result<String, AlertError> {
    let words: String = words.trim().chars().filter(|c| !c.is_control()).collect();
    match words.chars().count() {
        0 if are_needed => Err(AlertError::BadWords),
        count if count > MOST => Err(AlertError::BadWords),
        _ => Ok(words),
    }
}

fn closed(tx: &Tx<'_>, actor: &Actor, alert: &Alert, (state, word, words): (State, &str, String)) -> Work {
    Work {
        state,
        taken_by: alert.work.taken_by,
        snoozed_until: None,
        word: word.to_owned(),
        words,
        closed_at: Some(tx.now()),
        closed_by: Some(actor.signature()),
    }
}

/// Keeps an act of a person; one that changes nothing is none.
fn done(tx: &mut Tx<'_>, actor: &Actor, alert: &Alert, (did, work): (Did, Work)) -> Result<Done, AlertError> {
    if work == alert.work {
        let last = store::changes(tx, actor.workspace, alert.id)?.into_iter().next();
        let last = last.map(|change| change.id).ok_or(AlertError::UnknownAlert)?;
        return Ok((alert.clone(), last));
    }
    let change = keep(tx, actor, alert, (did, alert.severity(), work))?;
    let alert = store::find(tx, actor.workspace, alert.id)?.ok_or(AlertError::UnknownAlert)?;
    Ok((alert, change))
}

/// Keeps how an alert stands from now on, with what was before, and tells who listens.
pub(super) fn note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    alert: &Alert,
    what: (Did, Severity, Work),
) -> Result<(), DbError> {
    keep(tx, actor, alert, what).map(drop)
}

fn keep(
    tx: &mut Tx<'_>,
    actor: &Actor,
    alert: &Alert,
    (did, severity, work): (Did, Severity, Work),
) -> Result<ChangeId, DbError> {
    let change = Change {
        id: tx.new_id(),
        alert: alert.id,
        did,
        before: alert.work.clone(),
        after: work.clone(),
        by: actor.signature(),
        at: tx.now(),
    };
    store::update_work(tx, actor.workspace, alert.id, &work)?;
    store::insert_change(tx, actor.workspace, alert.account, &change)?;
    let mut payload = alert.facts(severity);
    payload["did"] = json!(did.as_str());
    payload["state"] = json!(work.state.as_str());
    let is_end = work.state.is_closed() && !alert.work.state.is_closed();
    let event = alert
        .event(tx, if is_end { &CLOSED } else { &CHANGED })
        .payload(payload)
        .subjects([alert.account]);
    events::record(tx, actor, event)?;
    Ok(change.id)
}
