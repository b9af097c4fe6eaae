//! Tasks, for programs.

use axum::extract::State as Taken;
use axum::response::Response;
use http::Uri;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, IfMatch, Listed, Posted, Sent, Single, cursor};
use tandem_core::actor::Actor;

use super::documents::{ChangeDocument, ListQuery, StateInput, TaskDocument, TaskInput};
use super::{Cursor, Field, Filter, LIST, Line, Origin, State, Task, TaskId, View, changing, listing};

impl From<Line> for TaskDocument {
    fn from(line: Line) -> Self {
        line.task.into()
    }
}

/// `GET /api/v1/tasks`
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    Taken(db): Taken<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<ListQuery>,
) -> Result<Listed<TaskDocument>, Failure> {
    let after: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let filter = Filter {
        view: query.view.unwrap_or(View::All),
        state: query.state.unwrap_or(State::Open),
        account: query.account,
    };
    let limit = query.limit;
    let lines = db
        .read(move |tx| listing::list(tx, &actor, filter, after.clone(), limit.and_one()))
        .await?;
    let next = |line: &Line| cursor::write(LIST, &Cursor::after(line));
    Ok(Listed::of(lines, limit, next).linked(&address))
}

/// `POST /api/v1/tasks`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn add(
    Taken(db): Taken<Db>,
    actor: Actor,
    Posted { input, once }: Posted<TaskInput>,
) -> Result<Response, Failure> {
    let text = input.text()?;
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let task = super::add(tx, &actor, &text, Origin::Api)?;
        let location = format!("/api/v1/tasks/{}", task.id);
        Ok(Single::made(&TaskDocument::from(task), location))
    })
    .await
}

/// `GET /api/v1/tasks/{id}`
///
/// # Errors
/// No such task here, or the database's.
pub async fn show(Taken(db): Taken<Db>, actor: Actor, At(id): At<TaskId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| super::find(tx, &actor, id)).await?))
}

/// `PUT /api/v1/tasks/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such task here, or the database's.
pub async fn change(
    Taken(db): Taken<Db>,
    actor: Actor,
    At(id): At<TaskId>,
    state: IfMatch,
    Sent(input): Sent<TaskInput>,
) -> Result<Single, Failure> {
    let text = input.text()?;
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        let values = changing::written(tx, &actor, &text)?;
        Ok(single(super::change(tx, &actor, (id, Some(version)), &values)?.0))
    })
    .await
}

/// `PUT /api/v1/tasks/{id}/state`
///
/// # Errors
/// No such task here, a missing permission, or the database's.
pub async fn settle(
    Taken(db): Taken<Db>,
    actor: Actor,
    At(id): At<TaskId>,
    Sent(input): Sent<StateInput>,
) -> Result<Single, Failure> {
    let value = (Field::State, input.state.as_str().to_owned());
    let (task, _) = db
        .write(move |tx| super::change(tx, &actor, (id, None), std::slice::from_ref(&value)))
        .await?;
    Ok(single(task))
}

/// `GET /api/v1/tasks/{id}/changes`
///
/// # Errors
/// No such task here, or the database's.
pub async fn changes(
    Taken(db): Taken<Db>,
    actor: Actor,
    At(id): At<TaskId>,
) -> Result<Listed<ChangeDocument>, Failure> {
    let changes = db.read(move |tx| super::history(tx, &actor, id)).await?;
    Ok(Listed::whole(changes.into_iter().map(Into::into).collect(), None))
}

fn single(task: Task) -> Single {
    Single::of(&TaskDocument::from(task))
}
