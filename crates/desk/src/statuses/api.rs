//! Statuses for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Posted, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;

use super::{OwnStatus, StatusError, StatusId, StatusText};
use crate::tickets::Status;

/// A status that the workspace added.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OwnTicketStatus")]
pub struct StatusDocument {
    /// Its id; what tickets have as `own_status`.
    pub(super) id: StatusId,
    /// In which category it is: what follows from it.
    pub(super) category: Status,
    /// What it is called.
    pub(super) name: String,
    /// Whether a ticket gets it that comes to the category by its word alone.
    pub(super) is_default: bool,
    /// Grows by one with every change.
    pub(super) version: i64,
    /// When it was archived: microseconds since 1970-01-01 UTC; null while it is not.
    pub(super) archived_at: Option<i64>,
}

impl From<OwnStatus> for StatusDocument {
    fn from(status: OwnStatus) -> Self {
        Self {
            id: status.id,
            category: status.category,
            name: status.text.name,
            is_default: status.text.is_default,
            version: status.version,
            archived_at: status.archiving.map(|archiving| archiving.at.0),
        }
    }
}

/// What a program says of a new status.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "NewOwnTicketStatus")]
#[serde(deny_unknown_fields)]
pub struct NewStatusInput {
    /// In which category it is: `open`, `waiting`, `on_hold` or `solved`; never changes.
    pub(super) category: Status,
    /// What it is called.
    #[schemars(length(min = 1, max = 40))]
    pub(super) name: String,
    /// Whether a ticket gets it that comes to the category by its word alone; then no other of the category does.
    #[serde(default)]
    pub(super) is_default: bool,
}

/// What a program says of a status.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "OwnTicketStatusInput")]
#[serde(deny_unknown_fields)]
pub struct StatusInput {
    /// What it is called.
    #[schemars(length(min = 1, max = 40))]
    pub(super) name: String,
    /// Whether a ticket gets it that comes to the category by its word alone.
    #[serde(default)]
    pub(super) is_default: bool,
}

/// `GET /api/v1/ticket-statuses`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<StatusDocument>, Failure> {
    let all = db.read(move |tx| super::all(tx, actor.workspace)).await?;
    Ok(Listed::whole(all.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/ticket-statuses`
///
/// # Errors
/// A name that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<NewStatusInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    let text = StatusText {
        name: input.name,
        is_default: input.is_default,
    };
    let category = input.category;
    once.run(&db, owner, move |tx| {
        let status = super::add(tx, &actor, category, &text)?;
        let location = format!("/api/v1/ticket-statuses/{}", status.id);
        Ok(Single::made(&StatusDocument::from(status), location))
    })
    .await
}

/// `GET /api/v1/ticket-statuses/{id}`
///
/// # Errors
/// No such status here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<StatusId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| known(tx, &actor, id)).await?))
}

/// `PUT /api/v1/ticket-statuses/{id}`
///
/// # Errors
/// An older state, a name that does not fit, no such status here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<StatusId>,
    state: IfMatch,
    Sent(input): Sent<StatusInput>,
) -> Result<Single, Failure> {
    let text = StatusText {
        name: input.name,
        is_default: input.is_default,
    };
    db.write(move |tx| {
        let now = known(tx, &actor, id)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        Ok(single(super::change(tx, &actor, id, version, &text)?))
    })
    .await
}

/// `PUT /api/v1/ticket-statuses/{id}/archiving`
///
/// # Errors
/// Another state than the one named, no such status here, a missing permission, or the database's.
pub async fn archive(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<StatusId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(known(tx, &actor, id)?))?;
        Ok(single(super::archive(tx, &actor, id)?))
    })
    .await
}

/// `DELETE /api/v1/ticket-statuses/{id}/archiving`
///
/// # Errors
/// As of [`archive`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<StatusId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(known(tx, &actor, id)?))?;
        Ok(single(super::restore(tx, &actor, id)?))
    })
    .await
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: StatusId) -> Result<OwnStatus, StatusError> {
    super::find(tx, actor, id)?.ok_or(StatusError::Unknown)
}

fn single(status: OwnStatus) -> Single {
    Single::of(&StatusDocument::from(status))
}
