//! Playbooks, for programs.

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, IfMatch, Listed, Posted, Sent, Single, cursor};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;

use super::documents::{
    FiredDocument, MailDocument, MailInput, PastQuery, PlaybookDocument, PlaybookInput, PreviewDocument,
    PreviewQuery, RunDocument, RunInput, RunsQuery, StepDocument, UndoInput,
};
use super::{Playbook, PlaybookId, Run, RunId};

/// The name of runs, in cursors.
const RUNS: &str = "playbook-runs";

/// `GET /api/v1/playbooks`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<PlaybookDocument>, Failure> {
    let all = db.read(move |tx| super::list(tx, &actor)).await?;
    Ok(Listed::whole(all.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/playbooks`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn add(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<PlaybookInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let one = super::add(tx, &actor, &input.name, input.content.clone())?;
        let location = format!("/api/v1/playbooks/{}", one.id);
        Ok(Single::made(&PlaybookDocument::from(one), location))
    })
    .await
}

/// `GET /api/v1/playbooks/{id}`
///
/// # Errors
/// No such playbook here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<PlaybookId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| super::find(tx, &actor, id)).await?))
}

/// `PUT /api/v1/playbooks/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such playbook here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<PlaybookId>,
    state: IfMatch,
    Sent(input): Sent<PlaybookInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        let changed = super::change(tx, &actor, (id, version), &input.name, input.content.clone())?;
        Ok(single(changed))
    })
    .await
}

/// `DELETE /api/v1/playbooks/{id}`
///
/// # Errors
/// No such playbook here, a missing permission, or the database's.
pub async fn remove(State(db): State<Db>, actor: Actor, At(id): At<PlaybookId>) -> Result<Single, Failure> {
    Ok(single(db.write(move |tx| super::remove(tx, &actor, id)).await?))
}

/// `PUT /api/v1/playbooks/{id}/publication`
///
/// # Errors
/// As of [`remove`].
pub async fn publish(State(db): State<Db>, actor: Actor, At(id): At<PlaybookId>) -> Result<Single, Failure> {
    Ok(single(db.write(move |tx| super::publish(tx, &actor, id)).await?))
}

/// `DELETE /api/v1/playbooks/{id}/publication`
///
/// # Errors
/// As of [`remove`].
pub async fn pause(State(db): State<Db>, actor: Actor, At(id): At<PlaybookId>) -> Result<Single, Failure> {
    Ok(single(db.write(move |tx| super::pause(tx, &actor, id)).await?))
}

/// `GET /api/v1/playbooks/{id}/runs`
///
/// # Errors
/// No such playbook here, a cursor that is none, or the database's.
pub async fn runs(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<PlaybookId>,
    address: Uri,
    Asked(query): Asked<RunsQuery>,
) -> Result<Listed<RunDocument>, Failure> {
    let before: Option<RunId> = cursor::wanted(RUNS, query.after.as_deref())?;
    let limit = query.limit;
    let runs = db
        .read(move |tx| super::runs_of(tx, &actor, id, before, limit.and_one()))
        .await?;
    let runs: Vec<Run> = runs.into_iter().map(|(run, _)| run).collect();
    let next = |run: &Run| cursor::write(RUNS, &run.id);
    Ok(Listed::of(runs, limit, next).linked(&address))
}

/// `GET /api/v1/playbooks/{id}/dry-run`
///
/// # Errors
/// No such playbook here, or the database's.
pub async fn past(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<PlaybookId>,
    Asked(query): Asked<PastQuery>,
) -> Result<Listed<FiredDocument>, Failure> {
    let days = query.days.clamp(1, 365);
    let fired = db.report(move |tx| super::dry_run(tx, &actor, id, days)).await?;
    Ok(Listed::whole(fired.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/accounts/{id}/playbook-runs`
///
/// # Errors
/// No such account or playbook here, one that is not in force or runs already, or the database's.
pub async fn start(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
    Posted { input, once }: Posted<RunInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let run = super::begin(tx, &actor, input.playbook, id)?;
        let location = format!("/api/v1/playbook-runs/{}", run.id);
        Ok(Single::made(&RunDocument::from(run), location))
    })
    .await
}

/// `GET /api/v1/playbook-runs/{id}`
///
/// # Errors
/// No such run here, or the database's.
pub async fn run(State(db): State<Db>, actor: Actor, At(id): At<RunId>) -> Result<Single, Failure> {
    let run = db.read(move |tx| super::find_run(tx, &actor, id)).await?;
    Ok(Single::of(&RunDocument::from(run)))
}

/// `GET /api/v1/playbook-runs/{id}/steps`
///
/// # Errors
/// No such run here, or the database's.
pub async fn steps(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<RunId>,
) -> Result<Listed<StepDocument>, Failure> {
    let steps = db.read(move |tx| super::steps_of(tx, &actor, id)).await?;
    Ok(Listed::whole(steps.into_iter().map(Into::into).collect(), None))
}

/// `PUT /api/v1/playbook-runs/{id}/stop`
///
/// # Errors
/// No such run here, a missing permission, or the database's.
pub async fn stop(State(db): State<Db>, actor: Actor, At(id): At<RunId>) -> Result<Single, Failure> {
    let run = db.write(move |tx| super::stop(tx, &actor, id)).await?;
    Ok(Single::of(&RunDocument::from(run)))
}

/// `DELETE /api/v1/playbook-runs/{id}/stop`
///
/// # Errors
/// As of [`stop`]; the account has another run of the same playbook by now.
pub async fn resume(State(db): State<Db>, actor: Actor, At(id): At<RunId>) -> Result<Single, Failure> {
    let run = db.write(move |tx| super::resume(tx, &actor, id)).await?;
    Ok(Single::of(&RunDocument::from(run)))
}

/// `GET /api/v1/playbooks/{id}/preview`
///
/// # Errors
/// No such playbook or mail here, a missing permission, or the database's.
pub async fn preview(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<PlaybookId>,
    Asked(query): Asked<PreviewQuery>,
) -> Result<Listed<PreviewDocument>, Failure> {
    let account = query
        .account
        .map(|account| account.to_string())
        .unwrap_or_default();
    let step = usize::try_from(query.step).unwrap_or(usize::MAX);
    let preview = db.read(move |tx| super::preview::preview(tx, &actor, id, (step, &account)));
    let mails = preview.await?.mails;
    Ok(Listed::whole(mails.into_iter().map(Into::into).collect(), None))
}

/// `GET /api/v1/playbook-runs/{id}/mails`
///
/// # Errors
/// No such run here, or the database's.
pub async fn mails(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<RunId>,
) -> Result<Listed<MailDocument>, Failure> {
    let reader = actor.clone();
    let mails = db.read(move |tx| super::mails_of(tx, &reader, id)).await?;
    let seen = mails.into_iter().map(|mail| MailDocument::of(mail, &actor));
    Ok(Listed::whole(seen.collect(), None))
}

/// `POST /api/v1/playbook-runs/{id}/mails`
///
/// # Errors
/// No such run here, one that waits for no mail, what is in the way of the mail, or the database's.
pub async fn send(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<RunId>,
    Posted { input, once }: Posted<MailInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let run = super::send(tx, &actor, id, input.contact)?;
        Ok(Single::of(&RunDocument::from(run)))
    })
    .await
}

/// `POST /api/v1/playbook-runs/{id}/undo`
///
/// # Errors
/// No such run here, something else stands there by now, a missing permission, or the database's.
pub async fn undo(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<RunId>,
    Posted { input, once }: Posted<UndoInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let run = super::take_back(tx, &actor, id, input.step)?;
        Ok(Single::of(&RunDocument::from(run)))
    })
    .await
}

fn single(one: Playbook) -> Single {
    Single::of(&PlaybookDocument::from(one))
}
