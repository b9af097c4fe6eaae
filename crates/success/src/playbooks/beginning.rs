//! Beginning runs, ending them, and letting them go on.

use std::time::Duration;

use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::{stages, tiers, worth};

use super::model::is_held_out;
use super::{
    Conditions, Content, LIST, PlaybookError, PlaybookId, RESUMED, Run, RunId, RunState, STARTED, STOPPED,
    Status, Trigger, find, find_run, jobs, runs, store,
};

const DAY: Duration = Duration::from_secs(86_400);

/// What became of an occasion to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// A run is on its way.
    Run(Box<Run>),
    /// The account is left alone on purpose.
    HeldOut,
    /// The account is none for this playbook, has a run already, or had one a short while ago.
    No,
}

/// Begins a run by hand: conditions, hold-out and the time between runs are not asked, what a person says counts.
///
/// # Errors
/// [`PlaybookError::NotActive`], [`PlaybookError::Running`], [`PlaybookError::UnknownAccount`], a missing permission.
pub fn begin(
    tx: &mut Tx<'_>,
    actor: &Actor,
    playbook: PlaybookId,
    account: AccountId,
) -> Result<Run, PlaybookError> {
    actor.must(Permission::TasksWrite)?;
    let now = find(tx, actor, playbook)?;
    let version = now
        .published
        .filter(|_| now.status == Status::Active)
        .ok_or(PlaybookError::NotActive)?;
    if !accounts::is_open(tx, actor.workspace, account)? {
        return Err(PlaybookError::UnknownAccount);
    }
    let last = runs::store::last_at(tx, actor.workspace, (playbook, account))?;
    if has_live(tx, actor, playbook, account)? || last.is_some_and(|run| run.state == RunState::Running) {
        return Err(PlaybookError::Running);
    }
    start(tx, actor, (playbook, version), account, "hand")
}

fn has_live(
    tx: &mut Tx<'_>,
    actor: &Actor,
    playbook: PlaybookId,
    account: AccountId,
) -> Result<bool, DbError> {
    let live = runs::store::live_at(tx, actor.workspace, account)?;
    Ok(live.iter().any(|run| run.playbook == playbook))
}

/// What an occasion begins: nothing where the account is none of this playbook's, has a run, or had one a short while ago;
/// nothing but a note where it is held out.
///
/// # Errors
/// The database's, as [`PlaybookError::Db`].
pub(super) fn occasion(
    tx: &mut Tx<'_>,
    actor: &Actor,
    playbook: PlaybookId,
    account: AccountId,
    cause: &str,
) -> Result<Begun, PlaybookError> {
    let now = find(tx, actor, playbook)?;
    let Some(version) = now.published.filter(|_| now.status == Status::Active) else {
        return Ok(Begun::No);
    };
    let Some(content) = store::content(tx, actor.workspace, playbook, version)? else {
        return Ok(Begun::No);
    };
    if !accounts::is_open(tx, actor.workspace, account)? || !fits(tx, actor, &content.conditions, account)? {
        return Ok(Begun::No);
    }
    if has_live(tx, actor, playbook, account)? || is_resting(tx, actor, playbook, account, &content)? {
        return Ok(Begun::No);
    }
    if is_held_out(playbook, account, content.holdout) {
        if runs::store::hold_out(tx, actor.workspace, (playbook, account), cause)? {
            let event = NewEvent::of(&super::CHANGED, playbook).topic(account).topic(LIST);
            events::record(tx, actor, event)?;
        }
        return Ok(Begun::HeldOut);
    }
    let run = start(tx, actor, (playbook, version), account, cause)?;
    Ok(Begun::Run(Box::new(run)))
}

/// Whether the account had a run a short while ago. A renewal begins one run, not one each night.
fn is_resting(
    tx: &mut Tx<'_>,
    actor: &Actor,
    playbook: PlaybookId,
    account: AccountId,
    content: &Content,
) -> Result<bool, PlaybookError> {
    let days = match content.trigger {
        Trigger::Renewal { days } => content.cooldown.max(days),
        _ => content.cooldown,
    };
    let rest = DAY * u32::try_from(days).unwrap_or_default();
    let last = runs::store::last_at(tx, actor.workspace, (playbook, account))?;
    Ok(last.is_some_and(|run| run.began_at.plus(rest) > tx.now()))
}

/// Whether the conditions hold of an account now.
pub(super) fn fits(
    tx: &mut Tx<'_>,
    actor: &Actor,
    conditions: &Conditions,
    account: AccountId,
) -> Result<bool, PlaybookError> {
    if let Some(tier) = conditions.tier {
        let standing = tiers::of(tx, actor.workspace, &[account])?.remove(&account);
        if standing.and_then(|standing| standing.tier).map(|rung| rung.id) != Some(tier) {
            return Ok(false);
        }
    }
    if let Some(stage) = conditions.stage {
        let now = stages::now(tx, actor.workspace, &[account])?.remove(&account);
        if now.map(|rung| rung.id) != Some(stage) {
            return Ok(false);
        }
    }
    if conditions.mrr_from.is_none() && conditions.mrr_to.is_none() {
        return Ok(true);
    }
    let worth = worth::of(tx, actor.workspace, &[account])?.remove(&account);
    let mrr = worth.map_or(0, |worth| worth.mrr);
    let is_enough = conditions.mrr_from.is_none_or(|from| mrr >= from);
    Ok(is_enough && conditions.mrr_to.is_none_or(|to| mrr <= to))
}

fn start(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (playbook, version): (PlaybookId, i64),
    account: AccountId,
    cause: &str,
) -> Result<Run, PlaybookError> {
    let run = Run {
        id: tx.new_id(),
        playbook,
        version,
        account,
        state: RunState::Running,
        step: 0,
        wait_until: None,
        waits_for: String::new(),
        cause: cause.to_owned(),
        why: String::new(),
        began_at: tx.now(),
        began_by: actor.signature(),
        ended: None,
    };
    runs::store::insert_run(tx, actor.workspace, &run)?;
    record(tx, actor, &STARTED, &run)?;
    jobs::put(tx, actor.workspace, run.id, None)?;
    Ok(run)
}

/// Ends a run before its last step; its tasks stay. Stopped twice it keeps who stopped it first.
///
/// # Errors
/// [`PlaybookError::UnknownRun`], a missing permission, or the database's.
pub fn stop(tx: &mut Tx<'_>, actor: &Actor, id: RunId) -> Result<Run, PlaybookError> {
    actor.must(Permission::TasksWrite)?;
    let run = find_run(tx, actor, id)?;
    match run.state {
        RunState::Running => end(tx, actor, run, (RunState::Stopped, "hand")),
        RunState::Finished | RunState::Stopped => Ok(run),
    }
}

/// Lets a run that was stopped go on where it was.
///
/// # Errors
/// [`PlaybookError::Running`] when the account has another run of the same playbook, and as of [`stop`].
pub fn resume(tx: &mut Tx<'_>, actor: &Actor, id: RunId) -> Result<Run, PlaybookError> {
    actor.must(Permission::TasksWrite)?;
    let run = find_run(tx, actor, id)?;
    if run.state != RunState::Stopped {
        return Ok(run);
    }
    if has_live(tx, actor, run.playbook, run.account)? {
        return Err(PlaybookError::Running);
    }
    let run = Run {
        state: RunState::Running,
        why: String::new(),
        ended: None,
        ..run
    };
    runs::store::update_run(tx, actor.workspace, &run)?;
    record(tx, actor, &RESUMED, &run)?;
    jobs::put(tx, actor.workspace, run.id, run.wait_until)?;
    Ok(run)
}

/// Ends a run, and says why.
pub(super) fn end(
    tx: &mut Tx<'_>,
    actor: &Actor,
    run: Run,
    (state, why): (RunState, &str),
) -> Result<Run, PlaybookError> {
    let run = Run {
        state,
        why: why.to_owned(),
        ended: Some((tx.now(), actor.signature())),
        ..run
    };
    runs::store::update_run(tx, actor.workspace, &run)?;
    let kind = match state {
        RunState::Finished => &super::FINISHED,
        _ => &STOPPED,
    };
    record(tx, actor, kind, &run)?;
    Ok(run)
}

/// Tells of a run: ids and where it is.
pub(super) fn record(tx: &mut Tx<'_>, actor: &Actor, kind: &'static Kind, run: &Run) -> Result<(), DbError> {
    let facts = json!({
        "playbook": run.playbook, "account": run.account, "version": run.version, "cause": run.cause, "why": run.why,
    });
    let event = NewEvent::of(kind, run.id)
        .topic(run.account)
        .topic(run.playbook)
        .topic(LIST);
    events::record(tx, actor, event.payload(facts))?;
    Ok(())
}

/// Tells pages that show a run that something of it is another.
pub(super) fn tell_of(tx: &mut Tx<'_>, actor: &Actor, run: &Run) -> Result<(), DbError> {
    let event = NewEvent::of(&super::CHANGED, run.playbook)
        .topic(run.id)
        .topic(run.account)
        .topic(LIST);
    events::record(tx, actor, event)?;
    Ok(())
}
