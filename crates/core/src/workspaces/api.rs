//! The workspace for programs: the same verbs as the page.

use axum::Json;
use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use serde::{Deserialize, Serialize};

use super::{NewWorkspace, Workspace, WorkspaceError, WorkspaceId};
use crate::actor::Actor;

/// A workspace as programs see it. Times are microseconds since 1970-01-01 UTC.
#[derive(Debug, Serialize)]
pub struct WorkspaceDocument {
    id: WorkspaceId,
    name: String,
    locale: String,
    zone: String,
    version: i64,
    created_at: i64,
}

impl From<Workspace> for WorkspaceDocument {
    fn from(workspace: Workspace) -> Self {
        Self {
            id: workspace.id,
            name: workspace.name,
            locale: workspace.locale,
            zone: workspace.zone,
            version: workspace.version,
            created_at: workspace.created_at.0,
        }
    }
}

/// What a program sends, made from a version.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceInput {
    name: String,
    locale: String,
    zone: String,
    version: i64,
}

/// The workspace of the key.
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, actor: Actor) -> Result<Json<WorkspaceDocument>, Failure> {
    let workspace = db
        .read(move |tx| super::find(tx, actor.workspace)?.ok_or(WorkspaceError::Unknown))
        .await?;
    Ok(Json(workspace.into()))
}

/// Changes the workspace of the key.
///
/// # Errors
/// A field that does not fit, an older version, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    Json(sent): Json<WorkspaceInput>,
) -> Result<Json<WorkspaceDocument>, Failure> {
    let WorkspaceInput {
        name,
        locale,
        zone,
        version,
    } = sent;
    let text = NewWorkspace { name, locale, zone };
    let workspace = db
        .write(move |tx| super::change(tx, &actor, version, &text))
        .await?;
    Ok(Json(workspace.into()))
}
