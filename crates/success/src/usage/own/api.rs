//! Metrics of people's own for programs: the same verbs as the pages. What the addresses are for stands in
//! [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Posted, Sent, Single};
use tandem_core::actor::Actor;
use tandem_core::metrics::own::OwnMetricId;

use super::documents::{OwnMetricDocument, OwnMetricInput, OwnPreviewDocument};
use super::{Defined, OwnError};

/// `GET /api/v1/metrics/own`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<OwnMetricDocument>, Failure> {
    let all = db.read(move |tx| super::all(tx, &actor)).await?;
    Ok(Listed::whole(all.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/metrics/own`
///
/// # Errors
/// What can't be counted, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<OwnMetricInput>,
) -> Result<Response, Failure> {
    let (text, owner) = (input.text(), (&actor).into());
    once.run(&db, owner, move |tx| {
        let made = super::add(tx, &actor, &text)?;
        let location = format!("/api/v1/metrics/own/{}", made.metric.id);
        Ok(Single::made(&OwnMetricDocument::from(made), location))
    })
    .await
}

/// `POST /api/v1/metrics/own/preview`
///
/// # Errors
/// What can't be counted, a missing permission, or the database's.
pub async fn preview(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<OwnMetricInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    // Reading events takes a while: not where writers wait.
    let preview = super::preview(&db, &actor, &input.text()).await?;
    let found = Single::of(&OwnPreviewDocument::from(preview));
    once.run(&db, owner, move |_| Ok(found.clone())).await
}

/// `GET /api/v1/metrics/own/{id}`
///
/// # Errors
/// No such metric here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<OwnMetricId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| super::find(tx, &actor, id)).await?))
}

/// `PUT /api/v1/metrics/own/{id}`
///
/// # Errors
/// An older state, what can't be counted, no such metric here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<OwnMetricId>,
    state: IfMatch,
    Sent(input): Sent<OwnMetricInput>,
) -> Result<Single, Failure> {
    let text = input.text();
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?;
        let version = now.metric.version;
        state.must_hold(&single(now))?;
        Ok::<_, Failure>(single(super::change(tx, &actor, id, version, &text)?))
    })
    .await
}

/// `PUT /api/v1/metrics/own/{id}/removal`
///
/// # Errors
/// Another state than the one named, something uses it, no such metric here, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<OwnMetricId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| held(tx, &actor, id, &state, super::remove))
        .await
}

/// `DELETE /api/v1/metrics/own/{id}/removal`
///
/// # Errors
/// As of [`remove`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<OwnMetricId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| held(tx, &actor, id, &state, super::restore))
        .await
}

/// What removes a metric or brings it back.
type Verb = fn(&mut Tx<'_>, &Actor, OwnMetricId) -> Result<Defined, OwnError>;

fn held(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: OwnMetricId,
    state: &IfMatch,
    verb: Verb,
) -> Result<Single, Failure> {
    state.hold(&single(super::find(tx, actor, id)?))?;
    Ok(single(verb(tx, actor, id)?))
}

fn single(defined: Defined) -> Single {
    Single::of(&OwnMetricDocument::from(defined))
}
