//! The pages of runs: all of a playbook, one with its steps, and for whom a playbook would have begun in the past.

pub(super) mod store;
pub(super) mod views;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::{Failure, Notice, Page, Tab, known};
use serde::Deserialize;
use tandem_core::accounts;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use views::{PastPage, RunActions, RunLine, RunPage, RunsPage};

use super::asked::found;
use super::web::PLACE;
use super::{LIST, PlaybookError, PlaybookId, Run, RunId, RunState, store as written};

/// Runs on one page.
const PAGE: i64 = 50;

/// Which part of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RunsQuery {
    before: String,
}

/// How far back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PastQuery {
    days: i64,
}

/// The pages of one playbook, side by side.
fn tabs(t: &Text, id: PlaybookId, now: &str) -> Vec<Tab> {
    let tab = |what: &str, text: &str| Tab {
        text: t.say(text),
        href: format!("/playbooks/{id}{what}"),
        current: what == now,
        count: None,
    };
    vec![
        tab("", "playbooks-steps"),
        tab("/runs", "playbooks-runs"),
        tab("/dry-run", "playbooks-dry-run"),
    ]
}

/// How many steps the version of a run has.
pub(super) fn length(tx: &mut Tx<'_>, actor: &Actor, run: &Run) -> Result<i64, PlaybookError> {
    let content = written::content(tx, actor.workspace, run.playbook, run.version)?;
    let steps = content.map_or(0, |content| content.steps.len());
    Ok(i64::try_from(steps).unwrap_or(i64::MAX))
}

/// The runs of a playbook, and whom it leaves alone.
///
/// # Errors
/// No such playbook here, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    (Path(id), Query(query)): (Path<String>, Query<RunsQuery>),
) -> Result<Page, Failure> {
    let one = found(&db, &actor, known(&id)?).await?;
    let (id, before): (PlaybookId, Option<RunId>) = (one.id, query.before.parse().ok());
    let reader = actor.clone();
    let (mut lines, held) = db
        .read(move |tx| {
            let mut lines = Vec::new();
            for (run, name) in super::runs_of(tx, &reader, id, before, PAGE + 1)? {
                let of = length(tx, &reader, &run)?;
                let href = format!("/accounts/{}", run.account);
                lines.push(RunLine { run, name, href, of });
            }
            Ok::<_, PlaybookError>((lines, store::held_out(tx, reader.workspace, id)?))
        })
        .await?;
    let page = usize::try_from(PAGE).expect("a page is small");
    let next = (lines.len() > page).then(|| {
        lines.truncate(page);
        format!("/playbooks/{id}/runs?before={}", lines[page - 1].run.id)
    });
    let view = RunsPage {
        t: &t,
        tabs: tabs(&t, id, "/runs"),
        lines,
        held: if before.is_some() { Vec::new() } else { held },
        next,
        may_see: actor.may(Permission::AccountsRead),
    };
    Ok(Page::new(t.say("playbooks-runs"), &view)
        .place(PLACE)
        .crumb(t.say("playbooks-title"), "/playbooks")
        .crumb(one.name, format!("/playbooks/{id}"))
        .live(LIST))
}

/// One run with what became of its steps.
///
/// # Errors
/// No such run here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let id: RunId = known(&id)?;
    let reader = actor.clone();
    let (run, name, account, content, steps) = db
        .read(move |tx| {
            let run = super::find_run(tx, &reader, id)?;
            let name = super::find(tx, &reader, run.playbook)?.name;
            let account = match reader.may(Permission::AccountsRead) {
                true => accounts::name(tx, reader.workspace, run.account)?,
                false => None,
            };
            let content = written::content(tx, reader.workspace, run.playbook, run.version)?;
            let steps = super::steps_of(tx, &reader, id)?;
            Ok::<_, PlaybookError>((run, name, account, content.unwrap_or_default(), steps))
        })
        .await?;
    let step = |number: i64| {
        let step = usize::try_from(number).ok();
        step.and_then(|step| content.steps.get(step).cloned())
    };
    let steps_in_all = i64::try_from(content.steps.len()).unwrap_or_default();
    let left = match run.state {
        RunState::Running => steps_in_all - run.step,
        RunState::Finished | RunState::Stopped => 0,
    };
    let view = RunPage {
        t: &t,
        run: &run,
        account,
        steps: steps
            .into_iter()
            .map(|reached| (reached.clone(), step(reached.number)))
            .collect(),
        left,
    };
    let mut page = Page::new(t.say("playbooks-run"), &view)
        .place(PLACE)
        .crumb(t.say("playbooks-title"), "/playbooks")
        .crumb(name, format!("/playbooks/{}/runs", run.playbook))
        .live(id.to_string())
        .live(LIST);
    if actor.may(Permission::TasksWrite) {
        page = page.actions(&RunActions { t: &t, run: &run });
    }
    Ok(page)
}

/// For whom a playbook would have begun.
///
/// # Errors
/// No such playbook here, or the database's.
pub async fn past(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    (Path(id), Query(query)): (Path<String>, Query<PastQuery>),
) -> Result<Page, Failure> {
    let one = found(&db, &actor, known(&id)?).await?;
    let (id, days) = (one.id, if query.days == 365 { 365 } else { 90 });
    let reader = actor.clone();
    let fired = db.report(move |tx| super::dry_run(tx, &reader, id, days)).await?;
    let span = |of: i64, text: &str| Tab {
        text: t.say(text),
        href: format!("/playbooks/{id}/dry-run?days={of}"),
        current: of == days,
        count: None,
    };
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let times = number(fired.iter().map(|one| one.days.len()).sum());
    let held = number(fired.iter().filter(|one| one.is_held_out).count());
    let view = PastPage {
        t: &t,
        tabs: vec![
            span(90, "playbooks-past-quarter"),
            span(365, "playbooks-past-year"),
        ],
        sums: (times, number(fired.len()), held),
        fired,
        trigger: &one.content.trigger,
    };
    Ok(Page::new(t.say("playbooks-dry-run"), &view)
        .place(PLACE)
        .crumb(t.say("playbooks-title"), "/playbooks")
        .crumb(one.name, format!("/playbooks/{id}")))
}

/// Ends a run.
///
/// # Errors
/// No such run here, a missing permission, or the database's.
pub async fn stop(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: RunId = known(&id)?;
    db.write(move |tx| super::stop(tx, &actor, id)).await?;
    let notice =
        Notice::new(t.say("playbooks-run-was-stopped")).undo(format!("/playbook-runs/{id}/stop/end"));
    Ok((notice, Redirect::to(&format!("/playbook-runs/{id}"))).into_response())
}

/// Lets a run that was stopped go on.
///
/// # Errors
/// As of [`stop`]; the account has another run of the same playbook by now.
pub async fn resume(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: RunId = known(&id)?;
    db.write(move |tx| super::resume(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("playbooks-run-was-resumed")).undo(format!("/playbook-runs/{id}/stop"));
    Ok((notice, Redirect::to(&format!("/playbook-runs/{id}"))).into_response())
}
