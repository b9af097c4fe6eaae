//! The pages of runs: all of a playbook, one with its steps, and for whom a playbook would have begun in the past.

pub mod leaving;
pub(super) mod store;
pub(super) mod views;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::{Choice, Failure, Filled, Notice, Page, Tab, known};
use serde::Deserialize;
use tandem_core::accounts;
use tandem_core::actor::Actor;
use tandem_core::contacts::{Contact, ContactId};
use tandem_core::correspondence::Carrier;
use tandem_core::permissions::Permission;
use tandem_core::webhooks::deliveries;
use views::{Log, PastPage, RunActions, RunLine, RunPage, RunsPage};

use super::asked::found;
use super::views::hindrance_text;
use super::web::PLACE;
use super::{
    Content, LIST, PlaybookError, PlaybookId, Reached, Run, RunId, RunState, mailing, setting,
    store as written,
};

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
pub(super) fn tabs(t: &Text, id: PlaybookId, now: &str) -> Vec<Tab> {
    let tab = |what: &str, text: &str| Tab {
        text: t.say(text),
        href: format!("/playbooks/{id}{what}"),
        current: what == now,
        count: None,
    };
    vec![
        tab("", "playbooks-steps"),
        tab("/runs", "playbooks-runs"),
        tab("/effect", "playbooks-effect"),
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
    page(&db, &actor, &t, (known(&id)?, &Filled::default())).await
}

/// What the page of a run shows.
struct Shown {
    run: Run,
    name: String,
    account: Option<String>,
    content: Content,
    steps: Vec<Reached>,
    log: Log,
    recipients: Vec<Choice>,
}

fn shown(tx: &mut Tx<'_>, reader: &Actor, (id, t): (RunId, &Text)) -> Result<Shown, PlaybookError> {
    let run = super::find_run(tx, reader, id)?;
    let account = match reader.may(Permission::AccountsRead) {
        true => accounts::name(tx, reader.workspace, run.account)?,
        false => None,
    };
    let content = written::content(tx, reader.workspace, run.playbook, run.version)?;
    let steps = super::steps_of(tx, reader, id)?;
    Ok(Shown {
        name: super::find(tx, reader, run.playbook)?.name,
        account,
        content: content.unwrap_or_default(),
        log: log(tx, reader, (&run, &steps), t)?,
        recipients: recipients(tx, reader, &run)?,
        steps,
        run,
    })
}

/// What steps did beside tasks: mails, calls, fields.
fn log(
    tx: &mut Tx<'_>,
    reader: &Actor,
    (run, steps): (&Run, &[Reached]),
    t: &Text,
) -> Result<Log, PlaybookError> {
    let mails = super::mails_of(tx, reader, run.id)?;
    let carrier = tx.attached::<Carrier>();
    let mut log = Log {
        names: mailing::names(tx, reader, &mails)?,
        place: carrier
            .filter(|_| reader.may(Permission::TicketsRead))
            .map(|carrier| carrier.place),
        mails,
        ..Log::default()
    };
    for step in steps {
        if let Ok(delivery) = step.subject.parse() {
            let state = deliveries::standing(tx, reader.workspace, delivery)?;
            log.calls.extend(state.map(|state| (step.number, state)));
        }
        if let Some(change) = step
            .change
            .as_ref()
            .filter(|_| reader.may(Permission::AccountsRead))
        {
            let (field, before) = setting::named(tx, reader, t, (&change.field, &change.before))?;
            let (_, after) = setting::named(tx, reader, t, (&change.field, &change.after))?;
            log.changes.insert(step.number, (field, before, after));
        }
    }
    Ok(log)
}

/// To whom the mail can go that a run waits with, as far as the reader may send it.
fn recipients(tx: &mut Tx<'_>, reader: &Actor, run: &Run) -> Result<Vec<Choice>, PlaybookError> {
    let may_send = [
        Permission::TasksWrite,
        Permission::TicketsWrite,
        Permission::ContactsRead,
    ];
    let is_waiting = mailing::waiting(tx, reader, run)?.is_some();
    if !is_waiting || may_send.iter().any(|needed| !reader.may(*needed)) {
        return Ok(Vec::new());
    }
    let people = mailing::people(tx, reader, run.account)?;
    let choice = |(_, contact): (_, Contact)| Choice::new(contact.id.to_string(), contact.text.name);
    Ok(people.into_iter().map(choice).collect())
}

async fn page(db: &Db, actor: &Actor, t: &Text, (id, form): (RunId, &Filled)) -> Result<Page, Failure> {
    let (reader, words) = (actor.clone(), t.clone());
    let shown = db.read(move |tx| shown(tx, &reader, (id, &words))).await?;
    let (run, steps_in_all) = (
        &shown.run,
        i64::try_from(shown.content.steps.len()).unwrap_or_default(),
    );
    let step = |number: i64| {
        let step = usize::try_from(number).ok();
        step.and_then(|step| shown.content.steps.get(step).cloned())
    };
    let view = RunPage {
        t,
        run,
        account: shown.account,
        steps: shown
            .steps
            .into_iter()
            .map(|reached| (reached.clone(), step(reached.number)))
            .collect(),
        left: match run.state {
            RunState::Running => steps_in_all - run.step,
            RunState::Finished | RunState::Stopped => 0,
        },
        log: shown.log,
        recipients: shown.recipients,
        form,
        may_take_back: actor.may(Permission::AccountsWrite),
    };
    let mut page = Page::new(t.say("playbooks-run"), &view)
        .place(PLACE)
        .crumb(t.say("playbooks-title"), "/playbooks")
        .crumb(shown.name, format!("/playbooks/{}/runs", run.playbook))
        .live(id.to_string())
        .live(LIST);
    if actor.may(Permission::TasksWrite) {
        page = page.actions(&RunActions { t, run });
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

/// Sends the mail that a run waits with, or shows the run with what is in the way.
///
/// # Errors
/// No such run here, one that waits for no mail, a missing permission, or the database's.
pub async fn send(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: RunId = known(&id)?;
    let mut form: Filled = sent.into_iter().collect();
    let contact: ContactId = known(form.value("contact"))?;
    let writer = actor.clone();
    match db.write(move |tx| super::send(tx, &writer, id, contact)).await {
        Ok(_) => {
            let notice = Notice::new(t.say("playbooks-mail-was-written"));
            Ok((notice, Redirect::to(&format!("/playbook-runs/{id}"))).into_response())
        }
        Err(error) => {
            match &error {
                PlaybookError::Missing(names) => {
                    let args = kit::args!(names = names.join(", "));
                    form.refuse("contact", t.say_with("playbooks-mail-why-missing", args));
                }
                PlaybookError::Hindered(hindrance) => {
                    form.refuse("contact", t.say(hindrance_text(hindrance.as_str())));
                }
                _ => {}
            }
            let status = form.refuse_all(error.into(), &t)?;
            let page = page(&db, &actor, &t, (id, &form)).await?;
            Ok(page.status(status).into_response())
        }
    }
}

/// Takes back what a step set.
///
/// # Errors
/// No such run here, something else stands there by now, a missing permission, or the database's.
pub async fn take_back(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: RunId = known(&id)?;
    let form: Filled = sent.into_iter().collect();
    let number = form.value("step").parse().unwrap_or(-1);
    db.write(move |tx| super::take_back(tx, &actor, id, number))
        .await?;
    let notice = Notice::new(t.say("playbooks-was-taken-back"));
    Ok((notice, Redirect::to(&format!("/playbook-runs/{id}"))).into_response())
}
