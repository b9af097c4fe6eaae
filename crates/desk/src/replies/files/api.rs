//! Files of saved replies for programs: the same verbs as the pages.

use axum::extract::{Request, State};
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, Listed, Sample, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;

use super::super::ReplyId;
use super::{ReplyFile, ReplyFileId};
use crate::tickets::files;

/// A file that goes along with a saved reply.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SavedReplyFile")]
pub struct ReplyFileDocument {
    /// Its id.
    id: ReplyFileId,
    /// The reply.
    reply: ReplyId,
    /// What it is called.
    name: String,
    /// What kind of content it is.
    media_type: String,
    /// Its length in bytes.
    size: i64,
    /// When it was added: microseconds since 1970-01-01 UTC.
    added_at: i64,
}

impl From<ReplyFile> for ReplyFileDocument {
    fn from(file: ReplyFile) -> Self {
        Self {
            id: file.id,
            reply: file.reply,
            name: file.name,
            media_type: file.media_type,
            size: file.size,
            added_at: file.added_at.0,
        }
    }
}

impl Sample for ReplyFileDocument {
    fn sample() -> Self {
        Self {
            id: "rpf_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            reply: "rpl_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "steps.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            size: 48_213,
            added_at: 1_772_445_600_000_000,
        }
    }
}

/// What a file is called.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "ReplyFileQuery")]
#[serde(deny_unknown_fields)]
pub struct ReplyFileQuery {
    /// The name people see; folders in it are cut off.
    #[schemars(length(min = 1))]
    name: String,
}

/// `PUT /api/v1/saved-replies/{id}/files`
///
/// # Errors
/// A file that is too large or has no name, no such reply here, one that is shared, trouble of the store.
pub async fn add(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ReplyId>,
    Asked(query): Asked<ReplyFileQuery>,
    request: Request,
) -> Result<Single, Failure> {
    let reader = actor.clone();
    db.read(move |tx| super::may_change(tx, &reader, id)).await?;
    let stored = files::take(&db, request.into_body().into_data_stream()).await?;
    let added = db.write(move |tx| super::add(tx, &actor, id, (&query.name, &stored)));
    Ok(Single::of(&ReplyFileDocument::from(added.await?)).without_tag())
}

/// `GET /api/v1/saved-replies/{id}/files`
///
/// # Errors
/// No such reply here, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ReplyId>,
) -> Result<Listed<ReplyFileDocument>, Failure> {
    let found = db.read(move |tx| super::of(tx, &actor, id)).await?;
    Ok(Listed::whole(found.into_iter().map(Into::into).collect(), None))
}

/// `DELETE /api/v1/reply-files/{id}`
///
/// # Errors
/// No such file here, a reply that is shared, a missing permission, or the database's.
pub async fn remove(State(db): State<Db>, actor: Actor, At(id): At<ReplyFileId>) -> Result<Single, Failure> {
    db.write(move |tx| super::remove(tx, &actor, id)).await?;
    Ok(Single::nothing())
}
