//! The pages of playbooks: all of them, and one with its steps as a form.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::clock::Timestamp;
use kit::db::Db;
use kit::i18n::Text;
use kit::money::Currency;
use kit::web::{Failure, Filled, Notice, Page, known};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::currencies;
use tandem_core::permissions::Permission;

use super::asked::found;
use super::failures::STALE;
use super::offered::offered;
use super::views::{EditorPage, ListActions, ListPage, PlaybookActions, Version};
use super::{LIST, Playbook, PlaybookError, PlaybookId, Status, form, standard, store};

pub(super) const PLACE: &str = "playbooks";

/// Which version.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct VersionQuery {
    of: i64,
}

/// Every playbook.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (playbooks, tallies) = db
        .read(move |tx| {
            let playbooks = super::list(tx, &reader)?;
            Ok::<_, PlaybookError>((playbooks, store::tallies(tx, reader.workspace)?))
        })
        .await?;
    let tallies: BTreeMap<_, _> = tallies
        .into_iter()
        .map(|(id, state, count)| ((id, state), count))
        .collect();
    let may_write = actor.may(Permission::PlaybooksWrite);
    let view = ListPage {
        t: &t,
        playbooks,
        tallies,
        may_write,
    };
    let page = Page::new(t.say("playbooks-title"), &view).place(PLACE).live(LIST);
    Ok(match may_write {
        true => page.actions(&ListActions { t: &t }),
        false => page,
    })
}

/// Adds the playbooks out of the box that are not there yet.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn add_standard(State(db): State<Db>, actor: Actor, t: Text) -> Result<Response, Failure> {
    db.write(move |tx| {
        let held = super::list(tx, &actor)?;
        for (name, content) in [standard::save(), standard::renewal()] {
            if held.iter().all(|one| one.name != name) {
                super::add(tx, &actor, name, content)?;
            }
        }
        Ok::<_, PlaybookError>(())
    })
    .await?;
    let notice = Notice::new(t.say("playbooks-were-added"));
    Ok((notice, Redirect::to("/playbooks")).into_response())
}

/// The form for a new one.
///
/// # Errors
/// The database's.
pub async fn new(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let currency = reporting(&db, &actor).await?;
    let form = form::filled(&t, "", &standard::blank(), currency);
    Shown::new(&db, &actor, &t).page(None, &form, None).await
}

/// One as a form.
///
/// # Errors
/// No such playbook here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let one = found(&db, &actor, known(&id)?).await?;
    let currency = reporting(&db, &actor).await?;
    let form = form::filled(&t, &one.name, &one.content, currency);
    Shown::new(&db, &actor, &t).page(Some(&one), &form, None).await
}

/// Adds a playbook, or shows the form with its steps arranged, or with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let shown = Shown::new(&db, &actor, &t);
    if form::arranged(&mut form) {
        return shown.again(None, &form, StatusCode::OK).await;
    }
    let currency = reporting(&db, &actor).await?;
    let Some(content) = form::content(&mut form, &t, currency) else {
        return shown.again(None, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let (writer, name) = (actor.clone(), form.value("name").to_owned());
    let added = db
        .write(move |tx| super::add(tx, &writer, &name, content.clone()))
        .await;
    match added {
        Ok(one) => Ok(to(&one, Notice::new(t.say("playbooks-was-saved")))),
        Err(error) => {
            let status = refuse(&mut form, error, &t)?;
            shown.again(None, &form, status).await
        }
    }
}

/// Changes a playbook, or shows the form with its steps arranged, or with what is wrong.
///
/// # Errors
/// No such playbook here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let one = found(&db, &actor, known(&id)?).await?;
    let shown = Shown::new(&db, &actor, &t);
    if form::arranged(&mut form) {
        return shown.again(Some(&one), &form, StatusCode::OK).await;
    }
    let currency = reporting(&db, &actor).await?;
    let Some(content) = form::content(&mut form, &t, currency) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return shown.again(Some(&one), &form, status).await;
    };
    let (writer, name, version) = (actor.clone(), form.value("name").to_owned(), form.version());
    let as_of = (one.id, version);
    let changed = db.write(move |tx| super::change(tx, &writer, as_of, &name, content.clone()));
    match changed.await {
        Ok(one) => Ok(to(&one, Notice::new(t.say("playbooks-was-saved")))),
        Err(PlaybookError::Stale(now)) => {
            let page = shown.page(Some(&now), &form, Some(t.say(STALE.text))).await?;
            Ok(page.status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error, &t)?;
            shown.again(Some(&one), &form, status).await
        }
    }
}

/// Puts the newest version in force.
///
/// # Errors
/// No such playbook here, a missing permission, or the database's.
pub async fn publish(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: PlaybookId = known(&id)?;
    let one = db.write(move |tx| super::publish(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("playbooks-was-published")).undo(format!("/playbooks/{id}/pause"));
    Ok(to(&one, notice))
}

/// Lets it begin no runs.
///
/// # Errors
/// As of [`publish`].
pub async fn pause(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: PlaybookId = known(&id)?;
    let one = db.write(move |tx| super::pause(tx, &actor, id)).await?;
    Ok(to(&one, Notice::new(t.say("playbooks-was-paused"))))
}

/// Puts what an earlier version said in force again.
///
/// # Errors
/// As of [`publish`].
pub async fn roll_back(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    (Path(id), Query(query)): (Path<String>, Query<VersionQuery>),
) -> Result<Response, Failure> {
    let id: PlaybookId = known(&id)?;
    let one = db
        .write(move |tx| super::roll_back(tx, &actor, id, query.of))
        .await?;
    Ok(to(&one, Notice::new(t.say("playbooks-was-rolled-back"))))
}

/// Takes it away.
///
/// # Errors
/// As of [`publish`].
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: PlaybookId = known(&id)?;
    db.write(move |tx| super::remove(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("playbooks-was-removed")).undo(format!("/playbooks/{id}/removal/end"));
    Ok((notice, Redirect::to("/playbooks")).into_response())
}

/// Brings a removed one back.
///
/// # Errors
/// As of [`publish`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: PlaybookId = known(&id)?;
    let one = db.write(move |tx| super::restore(tx, &actor, id)).await?;
    Ok(to(&one, Notice::new(t.say("playbooks-was-restored"))))
}

fn to(one: &Playbook, notice: Notice) -> Response {
    (notice, Redirect::to(&format!("/playbooks/{}", one.id))).into_response()
}

async fn reporting(db: &Db, actor: &Actor) -> Result<Currency, Failure> {
    let workspace = actor.workspace;
    Ok(db.read(move |tx| currencies::reporting(tx, workspace)).await?)
}

/// Puts what is wrong beside its field, a step's beside the step.
fn refuse(form: &mut Filled, error: PlaybookError, t: &Text) -> Result<StatusCode, Failure> {
    match &error {
        PlaybookError::BadStep(number) => form::refuse_step(form, t, *number),
        PlaybookError::UnknownVariable(number, name) => form::refuse_variable(form, t, *number, name),
        _ => return form.refuse_all(error.into(), t),
    }
    Ok(StatusCode::UNPROCESSABLE_ENTITY)
}

/// What the form's page is made with.
struct Shown<'a> {
    db: &'a Db,
    actor: &'a Actor,
    t: &'a Text,
}

impl<'a> Shown<'a> {
    fn new(db: &'a Db, actor: &'a Actor, t: &'a Text) -> Self {
        Self { db, actor, t }
    }

    async fn again(
        &self,
        one: Option<&Playbook>,
        form: &Filled,
        status: StatusCode,
    ) -> Result<Response, Failure> {
        let page = self.page(one, form, None).await?;
        Ok(page.status(status).into_response())
    }

    async fn page(
        &self,
        one: Option<&Playbook>,
        form: &Filled,
        conflict: Option<String>,
    ) -> Result<Page, Failure> {
        let (t, reader) = (self.t, self.actor.clone());
        let id = one.map(|one| one.id);
        let read = self.db.read(move |tx| {
            let versions = match id {
                Some(id) => store::versions(tx, reader.workspace, id)?,
                None => Vec::new(),
            };
            Ok::<_, PlaybookError>((offered(tx, &reader)?, versions))
        });
        let (offered, versions) = read.await?;
        let published = one.and_then(|one| one.published);
        let version = |(number, at, by): (i64, Timestamp, String)| Version {
            number,
            at,
            by: super::views::by(t, &by),
            is_in_force: published == Some(number),
        };
        let is_gone = one.is_some_and(|one| one.status == Status::Removed);
        let may_write = self.actor.may(Permission::PlaybooksWrite) && !is_gone;
        let view = EditorPage {
            t,
            playbook: one,
            form,
            versions: versions.into_iter().map(version).collect(),
            offered,
            conflict,
            may_write,
        };
        Ok(self.framed(one, &view))
    }

    fn framed(&self, one: Option<&Playbook>, view: &EditorPage<'_>) -> Page {
        let t = self.t;
        let title = one.map_or_else(|| t.say("playbooks-new"), |one| one.name.clone());
        let page = Page::new(title, view)
            .place(PLACE)
            .crumb(t.say("playbooks-title"), "/playbooks");
        match one {
            Some(playbook) => page.actions(&PlaybookActions {
                t,
                playbook,
                may_write: self.actor.may(Permission::PlaybooksWrite),
            }),
            None => page,
        }
    }
}
