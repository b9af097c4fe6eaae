//! How a run moves: step by step, each with the row that says what became of it, all in the transaction of its job.

use std::time::Duration;

use kit::db::Tx;
use serde_json::json;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::events::{self, NewEvent};
use tandem_core::metrics;
use tandem_core::touchpoints::{self, Channel, Direction, NewTouchpoint, TouchpointError};
use tandem_core::webhooks::deliveries;
use tandem_core::workspaces::{self, WorkspaceId};
use tandem_core::{assignment, contacts, tags};

use super::beginning::end;
use super::filling::{Values, fill_loosely};
use super::mailing::{self, Letter};
use super::values::of_account;
use super::{
    FieldChange, LIST, OwnerOf, PlaybookError, Reached, Run, RunId, RunState, STEP_REACHED, Status, Step,
    Test, WEBHOOK_CALLED, jobs, runs, setting, store,
};
use crate::health;
use crate::tasks::{self, Due, Origin, Owner, State, TaskError, TaskId, TaskText};

const DAY: Duration = Duration::from_secs(86_400);
/// How many days a run waits for somebody to send a mail.
const PATIENCE: i64 = 30;

/// What a step came to.
enum Came {
    /// It is behind the run: what became of it, what it made, and the step that follows.
    Through(&'static str, String, i64),
    /// It is behind the run and has changed a field; the next step follows.
    Changed(FieldChange),
    /// The run waits at it: until when, and for which task.
    Waits(kit::clock::Timestamp, String),
}

/// Moves a run on as far as it goes now. Doing it twice is no harm: where it is stands in its row.
///
/// # Errors
/// The database's, as [`PlaybookError::Db`].
pub fn advance(tx: &mut Tx<'_>, workspace: WorkspaceId, id: RunId) -> Result<(), PlaybookError> {
    let actor = Actor::system(workspace, "playbook");
    let Some(mut run) = runs::store::run(tx, workspace, id)? else {
        return Ok(());
    };
    let playbook = store::find(tx, workspace, run.playbook)?;
    let goes = playbook.is_some_and(|one| one.status == Status::Active);
    if run.state != RunState::Running || !goes {
        return Ok(());
    }
    let Some(content) = store::content(tx, workspace, run.playbook, run.version)? else {
        return Ok(());
    };
    if !accounts::is_open(tx, workspace, run.account)? {
        end(tx, &actor, run, (RunState::Stopped, "closed"))?;
        return Ok(());
    }
    loop {
        let Some(step) = usize::try_from(run.step)
            .ok()
            .and_then(|step| content.steps.get(step))
        else {
            end(tx, &actor, run, (RunState::Finished, "steps"))?;
            return Ok(());
        };
        let came = take(tx, &actor, &run, step)?;
        if !keep(tx, workspace, &mut run, (step, came))? {
            return Ok(());
        }
    }
}

/// Writes down what a step came to; whether the run goes on at once.
fn keep(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    run: &mut Run,
    (step, came): (&Step, Came),
) -> Result<bool, PlaybookError> {
    let (mut outcome, mut subject, mut change) = ("waiting", String::new(), None);
    let (mut next, mut waits) = (run.step, None);
    match came {
        Came::Waits(until, task) => {
            subject.clone_from(&task);
            waits = Some((until, task));
        }
        Came::Through(came, made, then) => (outcome, subject, next) = (came, made, then),
        Came::Changed(changed) => {
            (outcome, next) = ("done", run.step + 1);
            change = Some(changed);
        }
    }
    let reached = Reached {
        number: run.step,
        kind: step.kind().to_owned(),
        outcome: outcome.to_owned(),
        subject,
        at: tx.now(),
        change,
    };
    runs::store::put_step(tx, workspace, run, &reached)?;
    let (until, task) = waits.unzip();
    run.step = next;
    run.wait_until = until;
    run.waits_for = task.unwrap_or_default();
    runs::store::update_run(tx, workspace, run)?;
    if until.is_some() {
        jobs::put(tx, workspace, run.id, until)?;
    }
    Ok(until.is_none())
}

/// Does one step.
fn take(tx: &mut Tx<'_>, actor: &Actor, run: &Run, step: &Step) -> Result<Came, PlaybookError> {
    let next = run.step + 1;
    let through = |outcome: &'static str, subject: String| Ok(Came::Through(outcome, subject, next));
    match step {
        Step::Task { .. } => match task(tx, actor, run, step)? {
            Some(id) => through("done", id),
            None => through("failed", String::new()),
        },
        Step::Wait { days } => match run.wait_until {
            Some(until) if until <= tx.now() => through("waited", String::new()),
            Some(until) => Ok(Came::Waits(until, String::new())),
            None => Ok(Came::Waits(later(tx, *days), String::new())),
        },
        Step::Await { days } => await_task(tx, actor, run, *days),
        Step::Branch { test, otherwise } => match holds(tx, actor, run, test)? {
            true => through("yes", String::new()),
            false => Ok(Came::Through("no", String::new(), otherwise - 1)),
        },
        Step::Tag { name } => {
            match tags::put(tx, actor, &accounts::NOUN, run.account.into(), name) {
                Ok(tag) => through("done", tag.id.to_string()),
                Err(tags::TagError::Db(error)) => Err(error.into()),
                // An account that is full of tags is no reason to stand still.
                Err(_) => through("failed", String::new()),
            }
        }
        Step::Note { words } => match note(tx, actor, run, words)? {
            Some(id) => through("done", id),
            None => through("failed", String::new()),
        },
        Step::Signal { name } => {
            events::record(tx, actor, told(NewEvent::of(&STEP_REACHED, run.id), run, name))?;
            through("done", String::new())
        }
        Step::Mail { .. } => mail(tx, actor, run, step),
        Step::Webhook { webhook, name } => {
            let event = events::record(tx, actor, told(NewEvent::of(&WEBHOOK_CALLED, run.id), run, name))?;
            let delivery = match webhook.parse() {
                Ok(webhook) => deliveries::put_to(tx, actor.workspace, webhook, event)?,
                Err(_) => None,
            };
            match delivery {
                Some(delivery) => through("done", delivery.to_string()),
                None => through("failed", String::new()),
            }
        }
        Step::Set { field, value } => match setting::set(tx, actor, run.account, (field, value))? {
            Some(change) => Ok(Came::Changed(change)),
            None => through("failed", String::new()),
        },
    }
}

/// What webhooks are told of a step: ids and the name that it has for them.
fn told(event: NewEvent, run: &Run, name: &str) -> NewEvent {
    let facts =
        json!({ "playbook": run.playbook, "account": run.account, "step": run.step + 1, "name": name });
    event.topic(run.account).topic(LIST).payload(facts)
}

/// Writes a mail; or waits for a person, until they have sent it or are done with the task without.
fn mail(tx: &mut Tx<'_>, actor: &Actor, run: &Run, step: &Step) -> Result<Came, PlaybookError> {
    let (next, nothing) = (run.step + 1, String::new());
    let Some(letter) = Letter::of(step) else {
        return Ok(Came::Through("failed", nothing, next));
    };
    if let Ok(task) = run.waits_for.parse::<TaskId>() {
        let is_open = tasks::state_of(tx, actor.workspace, task)? == Some(State::Open);
        let until = run.wait_until.filter(|until| *until > tx.now());
        return Ok(match (is_open, until) {
            (true, Some(until)) => Came::Waits(until, run.waits_for.clone()),
            _ if mailing::wrote(tx, actor, run)? => Came::Through("done", nothing, next),
            _ => Came::Through("left", nothing, next),
        });
    }
    Ok(match mailing::write(tx, actor, run, letter)? {
        mailing::Came::Sent(conversation) => Came::Through("done", conversation, next),
        mailing::Came::Asks(task) => Came::Waits(later(tx, PATIENCE), task.to_string()),
        mailing::Came::Failed => Came::Through("failed", nothing, next),
    })
}

fn later(tx: &Tx<'_>, days: i64) -> kit::clock::Timestamp {
    tx.now().plus(DAY * u32::try_from(days).unwrap_or_default())
}

/// What variables stand for, for words that our own people read.
fn known(tx: &mut Tx<'_>, actor: &Actor, account: AccountId) -> Result<Values, PlaybookError> {
    let t = contacts::reader(tx, actor.workspace, None)?;
    of_account(tx, actor, account, &t)
}

/// Adds the task of a step; whoever can't own it any more leaves it to nobody.
fn task(tx: &mut Tx<'_>, actor: &Actor, run: &Run, step: &Step) -> Result<Option<String>, PlaybookError> {
    let Step::Task {
        title,
        words,
        owner,
        due_in,
        priority,
    } = step
    else {
        return Ok(None);
    };
    let values = known(tx, actor, run.account)?;
    let title: String = fill_loosely(title, &values).chars().take(200).collect();
    let words: String = fill_loosely(words, &values).chars().take(5_000).collect();
    let owner = match owner {
        OwnerOf::Named(id) => Owner::read(id).unwrap_or_default(),
        OwnerOf::Account => {
            let owners = assignment::of(tx, actor.workspace, &[run.account])?;
            owners
                .get(&run.account)
                .map_or(Owner::Nobody, |span| Owner::Agent(span.agent))
        }
    };
    let text = TaskText {
        title,
        words,
        account: Some(run.account),
        owner,
        due: Due::In(*due_in),
        priority: *priority,
        ..TaskText::default()
    };
    let added = match tasks::add(tx, actor, &text, Origin::Playbook) {
        Err(TaskError::UnknownOwner) => {
            let text = TaskText {
                owner: Owner::Nobody,
                ..text
            };
            tasks::add(tx, actor, &text, Origin::Playbook)
        }
        added => added,
    };
    match added {
        Ok(task) => Ok(Some(task.id.to_string())),
        Err(TaskError::Db(error)) => Err(error.into()),
        Err(_) => Ok(None),
    }
}

/// The last task that the run added.
fn last_task(tx: &mut Tx<'_>, actor: &Actor, run: &Run) -> Result<Option<TaskId>, PlaybookError> {
    let steps = runs::store::steps(tx, actor.workspace, run.id)?;
    let before = steps
        .iter()
        .rev()
        .filter(|reached| reached.number < run.step && reached.kind == "task");
    Ok(before.filter_map(|reached| reached.subject.parse().ok()).next())
}

fn await_task(tx: &mut Tx<'_>, actor: &Actor, run: &Run, days: i64) -> Result<Came, PlaybookError> {
    let next = run.step + 1;
    let Some(task) = last_task(tx, actor, run)? else {
        return Ok(Came::Through("waited", String::new(), next));
    };
    let state = tasks::state_of(tx, actor.workspace, task)?;
    if state != Some(State::Open) {
        return Ok(Came::Through("done", task.to_string(), next));
    }
    let until = match run.wait_until {
        Some(until) if until <= tx.now() => return Ok(Came::Through("waited", task.to_string(), next)),
        Some(until) => until,
        None => later(tx, days),
    };
    Ok(Came::Waits(until, task.to_string()))
}

fn holds(tx: &mut Tx<'_>, actor: &Actor, run: &Run, test: &Test) -> Result<bool, PlaybookError> {
    Ok(match test {
        Test::Above { metric, value } => {
            measured(tx, actor, run, metric)?.is_some_and(|measured| measured > *value)
        }
        Test::Below { metric, value } => {
            measured(tx, actor, run, metric)?.is_some_and(|measured| measured < *value)
        }
        Test::Band { band } => health::band_of(tx, actor.workspace, run.account)? == Some(*band),
        Test::Done => match last_task(tx, actor, run)? {
            Some(task) => tasks::state_of(tx, actor.workspace, task)? == Some(State::Done),
            None => false,
        },
    })
}

/// A metric of the account today; none where it is not known.
fn measured(tx: &mut Tx<'_>, actor: &Actor, run: &Run, metric: &str) -> Result<Option<f64>, PlaybookError> {
    let producers = metrics::producers(tx, actor.workspace)?;
    let today = workspaces::today(tx, actor.workspace)?;
    let held = metrics::now(tx, actor.workspace, run.account)?;
    let standing = held.get(metric);
    Ok(standing
        .zip(producers.find(metric))
        .map(|(standing, metric)| metric.on(standing.value, today)))
}

fn note(tx: &mut Tx<'_>, actor: &Actor, run: &Run, words: &str) -> Result<Option<String>, PlaybookError> {
    let values = known(tx, actor, run.account)?;
    let new = NewTouchpoint {
        contact: None,
        kind: "other".to_owned(),
        channel: Channel::System,
        direction: Direction::Outbound,
        summary: fill_loosely(words, &values).chars().take(2_000).collect(),
        evidence: None,
        happened_at: None,
        impression: None,
    };
    match touchpoints::add(tx, actor, run.account, &new) {
        Ok(touchpoint) => Ok(Some(touchpoint.id.to_string())),
        Err(TouchpointError::Db(error)) => Err(error.into()),
        Err(_) => Ok(None),
    }
}
