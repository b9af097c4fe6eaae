//! The pages of a setup: one a step, each kept as soon as it is sent.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use http::header::SET_COOKIE;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Frame, Page};

use super::draft::{HASH, PASSWORD, founding, weakness};
use super::views::{OverPage, StepPage};
use super::{Finished, Founding, STEPS, Setup, SetupError, Step};
use crate::calendars::{self, Hours, HoursFields};
use crate::doors::failures;
use crate::doors::passwords::{self, Password};
use crate::doors::web::SessionCookie;
use crate::doors::{SESSION_MOST, Secret};
use crate::workspaces::WorkspaceFields;

/// Where the printed address leads: the first page.
pub async fn begin(Path(link): Path<String>) -> Redirect {
    to(&link, STEPS[0])
}

/// One page with what was written before.
///
/// # Errors
/// No such page, or the database's.
pub async fn show(
    State(db): State<Db>,
    t: Text,
    Path((link, step)): Path<(String, String)>,
) -> Result<Page, Failure> {
    let step = known(&step)?;
    let Some(setup) = look_up(&db, &link).await? else {
        return Ok(over(&t, None));
    };
    if let Some(finished) = setup.finished {
        return Ok(over(&t, Some(finished)));
    }
    let form = draft(&setup, &t);
    Ok(page(&t, &link, step, &form))
}

/// Keeps a page, then goes on, back, or shows what is wrong; the last page finishes.
///
/// # Errors
/// No such page, or the database's.
pub async fn keep(
    State(db): State<Db>,
    State(cookie): State<SessionCookie>,
    t: Text,
    Path((link, step)): Path<(String, String)>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let step = known(&step)?;
    let setup = match look_up(&db, &link).await? {
        Some(setup) if setup.finished.is_none() => setup,
        other => return Ok(over(&t, other.and_then(|setup| setup.finished)).into_response()),
    };
    let is_going_back = sent.iter().any(|(name, value)| name == "act" && value == "back");
    let (typed, sent) = typed_password(sent);
    let mut form = with(draft(&setup, &t), sent);
    if step == Step::Admin {
        take_password(&db, &mut form, &typed, &t).await;
    }
    if let Err(finished) = store(&db, &link, &form).await? {
        return Ok(over(&t, finished).into_response());
    }
    if let (true, Some(previous)) = (is_going_back, step.previous()) {
        return Ok(to(&link, previous).into_response());
    }
    step.check(&mut form, &t);
    if !form.is_good() {
        let again = page(&t, &link, step, &form).status(StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(again.into_response());
    }
    match step.next() {
        Some(next) => Ok(to(&link, next).into_response()),
        None => match founding(&mut form, &t) {
            Ok(founding) => finish(&db, cookie, &t, (&link, founding)).await,
            Err(step) => Ok(to(&link, step).into_response()),
        },
    }
}

/// Takes the password out of what was sent: it is never kept as it was typed.
fn typed_password(sent: Vec<(String, String)>) -> (Password, Vec<(String, String)>) {
    let mut typed = String::new();
    let mut rest = Vec::new();
    for (name, value) in sent {
        match name.as_str() {
            PASSWORD => typed = value,
            HASH => {}
            _ => rest.push((name, value)),
        }
    }
    (Password::from(typed.as_str()), rest)
}

async fn take_password(db: &Db, form: &mut Filled, typed: &Password, t: &Text) {
    if typed.is_empty() {
        return;
    }
    match weakness(form, typed) {
        Some(weakness) => {
            form.set(HASH, "");
            form.refuse(PASSWORD, t.say(failures::weakness(weakness)));
        }
        None => form.set(HASH, passwords::hash(typed, db.ids()).await.as_str()),
    }
}

async fn finish(
    db: &Db,
    cookie: SessionCookie,
    t: &Text,
    (link, founding): (&str, Founding),
) -> Result<Response, Failure> {
    let Ok(secret) = link.parse::<Secret>() else {
        return Ok(over(t, None).into_response());
    };
    match db.write(move |tx| super::finish(tx, &secret, &founding)).await {
        Ok(session) => {
            let header = cookie.set(&session.expose(), SESSION_MOST.as_secs());
            Ok(([(SET_COOKIE, header)], Redirect::to("/")).into_response())
        }
        Err(error) => refused(error).map(|finished| over(t, finished).into_response()),
    }
}

/// Who was faster; everything else is a failure.
pub(super) fn refused(error: SetupError) -> Result<Option<Finished>, Failure> {
    match error {
        SetupError::Unknown => Ok(None),
        SetupError::Finished(finished) => Ok(Some(finished)),
        SetupError::Agent(_) => Err(Failure::of(StatusCode::UNPROCESSABLE_ENTITY).detail(error.to_string())),
        SetupError::Workspace(error) => Err(error.into()),
        SetupError::Calendar(error) => Err(error.into()),
        SetupError::Factor(error) => Err(error.into()),
        SetupError::Samples(error) => Err(error.into()),
        SetupError::Db(error) => Err(error.into()),
    }
}

async fn look_up(db: &Db, link: &str) -> Result<Option<Setup>, Failure> {
    match link.parse::<Secret>() {
        Ok(secret) => Ok(db.read(move |tx| super::find(tx, &secret)).await?),
        Err(_) => Ok(None),
    }
}

/// Stores the draft; the inner error says that setups are over.
async fn store(db: &Db, link: &str, form: &Filled) -> Result<Result<(), Option<Finished>>, Failure> {
    let Ok(secret) = link.parse::<Secret>() else {
        return Ok(Err(None));
    };
    let pairs: BTreeMap<&str, &str> = form.pairs().collect();
    let json = serde_json::to_string(&pairs).expect("texts are always JSON");
    match db.write(move |tx| super::keep(tx, &secret, &json)).await {
        Ok(()) => Ok(Ok(())),
        Err(error) => refused(error).map(Err),
    }
}

/// What was written so far; before anything was, what can be guessed.
fn draft(setup: &Setup, t: &Text) -> Filled {
    let kept: BTreeMap<String, String> = serde_json::from_str(&setup.draft).unwrap_or_default();
    let mut form = calendars::filled(&Hours::usual(), t);
    form.set("locale", t.locale().tag());
    form.set("zone", t.zone().iana_name().unwrap_or("UTC"));
    if kept.contains_key(calendars::FIELDS[0]) {
        form = Filled::default();
    }
    with(form, kept)
}

fn with(mut form: Filled, pairs: impl IntoIterator<Item = (String, String)>) -> Filled {
    for (name, value) in pairs.into_iter().filter(|(name, _)| name != "act") {
        form.set(name, value);
    }
    form
}

fn page(t: &Text, link: &str, step: Step, form: &Filled) -> Page {
    let view = StepPage {
        t,
        link,
        step,
        form,
        workspace: WorkspaceFields::new(t, form),
        hours: HoursFields::new(t, form),
    };
    Page::new(t.say("setup-title"), &view).frame(Frame::Alone)
}

fn over(t: &Text, finished: Option<Finished>) -> Page {
    let (title, status) = match finished {
        Some(_) => ("setup-over", StatusCode::CONFLICT),
        None => ("setup-unknown", StatusCode::NOT_FOUND),
    };
    Page::new(t.say(title), &OverPage { t, finished })
        .frame(Frame::Alone)
        .status(status)
}

fn known(step: &str) -> Result<Step, Failure> {
    Step::parse(step).ok_or_else(|| Failure::of(StatusCode::NOT_FOUND))
}

fn to(link: &str, step: Step) -> Redirect {
    Redirect::to(&format!("/setup/{link}/{}", step.as_str()))
}
