//! Back-fills for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use axum::extract::{Request, State as Given};
use axum::response::Response;
use http::Uri;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::{Asked, At, Limit, Listed, Posted, Sent, Single, cursor};
use kit::web::{Failure, plain_name};
use schemars::JsonSchema;
use serde::Deserialize;
use tandem_core::actor::Actor;

use super::documents::{BackfillDocument, BackfillInput, RefusedLineDocument};
use super::{Backfill, BackfillError, BackfillId, LIST, New, Wish, files};
use crate::usage::sources::SourceId;

/// Where to go on in the list, and how far.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackfillsQuery {
    /// The cursor of the part before: its `next`.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
}

/// What the file is.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackfillUploadQuery {
    /// The source whose events they are.
    source: SourceId,
    /// What it is called.
    #[serde(default)]
    file_name: String,
}

/// Where to go on among the refused lines.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefusedLinesQuery {
    /// The cursor of the part before: its `next`.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
}

/// `GET /api/v1/usage-backfills`
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    Given(db): Given<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<BackfillsQuery>,
) -> Result<Listed<BackfillDocument>, Failure> {
    let from: Option<BackfillId> = cursor::wanted(LIST, query.after.as_deref())?;
    let all = db
        .read(move |tx| super::list(tx, &actor, from, query.limit.and_one()))
        .await?;
    let listed = Listed::of(all, query.limit, |last: &Backfill| cursor::write(LIST, &last.id));
    Ok(listed.linked(&address))
}

/// `PUT /api/v1/usage-backfills`
///
/// # Errors
/// A source that is none, a file that can't be read, trouble of the store.
pub async fn receive(
    Given(db): Given<Db>,
    actor: Actor,
    Asked(query): Asked<BackfillUploadQuery>,
    request: Request,
) -> Result<Single, Failure> {
    let new = New {
        source: query.source,
        file_name: plain_name(&query.file_name),
    };
    let content = request.into_body().into_data_stream();
    Ok(single(files::receive(&db, &actor, new, content).await?))
}

/// `GET /api/v1/usage-backfills/{id}`
///
/// # Errors
/// No such back-fill here, or the database's.
pub async fn show(Given(db): Given<Db>, actor: Actor, At(id): At<BackfillId>) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(single(found.ok_or(BackfillError::Unknown)?))
}

/// `DELETE /api/v1/usage-backfills/{id}`
///
/// # Errors
/// No such draft here, or the database's.
pub async fn discard(Given(db): Given<Db>, actor: Actor, At(id): At<BackfillId>) -> Result<Single, Failure> {
    db.write(move |tx| super::discard(tx, &actor, id)).await?;
    Ok(Single::nothing())
}

/// `PUT /api/v1/usage-backfills/{id}/mapping`
///
/// # Errors
/// No such draft here, or the database's.
pub async fn map(
    Given(db): Given<Db>,
    actor: Actor,
    At(id): At<BackfillId>,
    Sent(input): Sent<BackfillInput>,
) -> Result<Single, Failure> {
    let wish = Wish::from(input);
    let mapped = db.write(move |tx| super::map(tx, &actor, id, &wish)).await?;
    Ok(single(mapped))
}

/// `POST /api/v1/usage-backfills/{id}/run`
///
/// # Errors
/// A table that lacks a column, no such draft here, or the database's.
pub async fn run(
    Given(db): Given<Db>,
    actor: Actor,
    At(id): At<BackfillId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    posted
        .once
        .run(&db, owner, move |tx| {
            let begun = super::start(tx, &actor, id)?;
            Ok(Single::begun(&BackfillDocument::from(begun)))
        })
        .await
}

/// `PUT /api/v1/usage-backfills/{id}/pause`
///
/// # Errors
/// No such back-fill here that runs, or the database's.
pub async fn pause(Given(db): Given<Db>, actor: Actor, At(id): At<BackfillId>) -> Result<Single, Failure> {
    Ok(single(db.write(move |tx| super::pause(tx, &actor, id)).await?))
}

/// `DELETE /api/v1/usage-backfills/{id}/pause`
///
/// # Errors
/// No such back-fill here that is paused, or the database's.
pub async fn resume(Given(db): Given<Db>, actor: Actor, At(id): At<BackfillId>) -> Result<Single, Failure> {
    Ok(single(db.write(move |tx| super::resume(tx, &actor, id)).await?))
}

/// `GET /api/v1/usage-backfills/{id}/refused`
///
/// # Errors
/// No such back-fill here, a cursor that is none, or the database's.
pub async fn refused(
    Given(db): Given<Db>,
    actor: Actor,
    (t, address): (Text, Uri),
    At(id): At<BackfillId>,
    Asked(query): Asked<RefusedLinesQuery>,
) -> Result<Listed<RefusedLineDocument>, Failure> {
    let name = format!("refused {id}");
    let after: i64 = cursor::wanted(&name, query.after.as_deref())?.unwrap_or_default();
    let lines = db
        .read(move |tx| {
            super::find(tx, &actor, id)?.ok_or(BackfillError::Unknown)?;
            super::refused_after(tx, &actor, id, after, query.limit.and_one())
        })
        .await?;
    let lines = lines.iter().map(|line| RefusedLineDocument::of(line, &t));
    let listed = Listed::of(lines.collect(), query.limit, |last: &RefusedLineDocument| {
        cursor::write(&name, &last.line)
    });
    Ok(listed.linked(&address))
}

fn single(backfill: Backfill) -> Single {
    Single::of(&BackfillDocument::from(backfill))
}
