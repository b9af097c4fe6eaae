//! The form of a task: a new one, one that is there, and what becomes of it when it is sent.

use axum::Form;
use axum::extract::{Path, Query, State as Taken};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, known};
use serde::Deserialize;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::contacts::{self, memberships};
use tandem_core::permissions::Permission;

use super::asked::found;
use super::names::Names;
use super::views::FormPage;
use super::web::{PLACE, back};
use super::{Origin, Owner, Task, TaskError, TaskId, changing, form};

/// How many people of an account the form offers.
const OFFERED: i64 = 200;

/// What a new one begins with.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewQuery {
    account: String,
    contact: String,
    evidence: String,
    title: String,
}

/// The form for a new one.
///
/// # Errors
/// The database's.
pub async fn new(
    Taken(db): Taken<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<NewQuery>,
) -> Result<Page, Failure> {
    let mut form = Filled::default();
    form.set("title", &query.title);
    form.set("account", &query.account);
    form.set("contact", &query.contact);
    form.set("evidence", &query.evidence);
    form.set(
        "owner",
        actor.agent().map_or(Owner::Nobody, Owner::Agent).written(),
    );
    form.set("priority", "normal");
    page(&db, &actor, &t, (None, None), form).await
}

/// One as a form.
///
/// # Errors
/// No such task here, or the database's.
pub async fn edit(
    Taken(db): Taken<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let task = found(&db, &actor, known(&id)?).await?;
    let form = form::filled(&t, &task, "");
    page(&db, &actor, &t, (Some(&task), None), form).await
}

/// Adds a task, or shows the form again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create(
    Taken(db): Taken<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let usual = actor.agent().map_or(Owner::Nobody, Owner::Agent);
    let Some(text) = form::text(&mut form, &t, usual) else {
        return again(&db, &actor, &t, (None, StatusCode::UNPROCESSABLE_ENTITY), form).await;
    };
    let (writer, typed) = (actor.clone(), form.clone());
    let added = db.write(move |tx| {
        let account = form::account(tx, &writer, &typed)?;
        let text = super::TaskText {
            account,
            ..text.clone()
        };
        super::add(tx, &writer, &text, Origin::Hand)
    });
    match added.await {
        Ok(task) => {
            let notice = Notice::new(t.say("tasks-was-added"));
            let back = back(form.value("back"), &format!("/tasks/{}", task.id));
            Ok((notice, Redirect::to(&back)).into_response())
        }
        Err(error) => {
            let status = form::refuse(&mut form, error, &t)?;
            again(&db, &actor, &t, (None, status), form).await
        }
    }
}

/// Changes a task, or shows the form again with what is wrong.
///
/// # Errors
/// No such task here, a missing permission, or the database's.
pub async fn change(
    Taken(db): Taken<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: TaskId = known(&id)?;
    let mut form: Filled = sent.into_iter().collect();
    let task = found(&db, &actor, id).await?;
    let Some(text) = form::text(&mut form, &t, task.owner) else {
        return again(
            &db,
            &actor,
            &t,
            (Some(&task), StatusCode::UNPROCESSABLE_ENTITY),
            form,
        )
        .await;
    };
    let (writer, typed, version) = (actor.clone(), form.clone(), form.version());
    let changed = db.write(move |tx| {
        let account = form::account(tx, &writer, &typed)?;
        let text = super::TaskText {
            account,
            ..text.clone()
        };
        let values = changing::written(tx, &writer, &text)?;
        super::change(tx, &writer, (id, Some(version)), &values)
    });
    match changed.await {
        Ok(_) => {
            let notice = Notice::new(t.say("tasks-was-changed"));
            Ok((notice, Redirect::to(&format!("/tasks/{id}"))).into_response())
        }
        Err(TaskError::Stale(now)) => {
            let whole = t.say(super::failures::STALE.text);
            let page = page(&db, &actor, &t, (Some(&now), Some(whole)), form).await?;
            Ok(page.status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => {
            let status = form::refuse(&mut form, error, &t)?;
            again(&db, &actor, &t, (Some(&task), status), form).await
        }
    }
}

async fn again(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (task, status): (Option<&Task>, StatusCode),
    form: Filled,
) -> Result<Response, Failure> {
    let page = page(db, actor, t, (task, None), form).await?;
    Ok(page.status(status).into_response())
}

async fn page(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (task, conflict): (Option<&Task>, Option<String>),
    mut form: Filled,
) -> Result<Page, Failure> {
    let (reader, typed) = (actor.clone(), form.clone());
    let (names, people, account_name) = db
        .read(move |tx| {
            let account: Option<AccountId> = typed.value("account").parse().ok();
            let account = account.filter(|_| reader.may(Permission::AccountsRead));
            let people = people(tx, &reader, account)?;
            let name = match account {
                Some(id) => accounts::name(tx, reader.workspace, id)?,
                None => None,
            };
            Ok::<_, TaskError>((Names::of(tx, &reader, account)?, people, name))
        })
        .await?;
    if form.value("account_name").is_empty() && form.error("account_name").is_empty() {
        form.set("account_name", account_name.unwrap_or_default());
    }
    let view = FormPage {
        t,
        task,
        conflict,
        owners: names.owners(t, form.value("owner")),
        people: FormPage::people(t, people, form.value("contact")),
        may_name: actor.may(Permission::AccountsRead),
        form,
    };
    let title = match task {
        Some(_) => t.say("tasks-edit"),
        None => t.say("tasks-new"),
    };
    let page = Page::new(title, &view)
        .place(PLACE)
        .crumb(t.say("tasks-title"), "/tasks");
    Ok(match task {
        Some(task) => page.crumb(super::views::title(t, task), format!("/tasks/{}", task.id)),
        None => page,
    })
}

/// Who the task may be done with.
fn people(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: Option<AccountId>,
) -> Result<Vec<contacts::Contact>, TaskError> {
    let Some(account) = account.filter(|_| actor.may(Permission::ContactsRead)) else {
        return Ok(Vec::new());
    };
    match memberships::at_account(tx, actor, account, OFFERED) {
        Ok(people) => Ok(people.into_iter().map(|(_, contact)| contact).collect()),
        Err(contacts::ContactError::Db(error)) => Err(error.into()),
        Err(_) => Ok(Vec::new()),
    }
}
