//! The workspace for programs: the same verbs as the page.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{IfMatch, Operation, Precondition, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{NewWorkspace, Workspace, WorkspaceError, WorkspaceId};
use crate::actor::Actor;

/// A workspace: one company that uses Tandem.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Workspace")]
pub struct WorkspaceDocument {
    /// Its id.
    id: WorkspaceId,
    /// Its name.
    name: String,
    /// The language of its people unless they choose another: `en`, `pl`.
    locale: String,
    /// Its time zone: `Asia/Baku`.
    zone: String,
    /// Grows by one with every change.
    version: i64,
    /// When it was made: microseconds since 1970-01-01 UTC.
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

/// What a program says about a workspace.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceInput {
    /// Its name.
    name: String,
    /// The language of its people unless they choose another: `en`, `pl`.
    locale: String,
    /// Its time zone: `Asia/Baku`.
    zone: String,
}

/// `GET /api/v1/workspace`
pub const SHOW: Operation = Operation::new("Workspace", "Show the workspace", "The workspace of the token.")
    .shows::<WorkspaceDocument>();

/// `PUT /api/v1/workspace`
pub const CHANGE: Operation = Operation::new(
    "Workspace",
    "Change the workspace",
    "Replaces name, language and time zone.",
)
.takes::<WorkspaceInput>()
.shows::<WorkspaceDocument>()
.held_by(Precondition::Required);

/// The workspace of the key.
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, actor: Actor) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::find(tx, actor.workspace)).await?;
    Ok(single(found.ok_or(WorkspaceError::Unknown)?))
}

/// Changes the workspace of the key.
///
/// # Errors
/// A field that does not fit, an older state, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    state: IfMatch,
    Sent(sent): Sent<WorkspaceInput>,
) -> Result<Single, Failure> {
    let WorkspaceInput { name, locale, zone } = sent;
    let text = NewWorkspace { name, locale, zone };
    db.write(move |tx| {
        let now = super::find(tx, actor.workspace)?.ok_or(WorkspaceError::Unknown)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        Ok(single(super::change(tx, &actor, version, &text)?))
    })
    .await
}

fn single(workspace: Workspace) -> Single {
    Single::of(&WorkspaceDocument::from(workspace))
}

impl Sample for WorkspaceInput {
    fn sample() -> Self {
        Self {
            name: "Northwind".to_owned(),
            locale: "en".to_owned(),
            zone: "Europe/Warsaw".to_owned(),
        }
    }
}

impl Sample for WorkspaceDocument {
    fn sample() -> Self {
        let WorkspaceInput { name, locale, zone } = WorkspaceInput::sample();
        Self {
            id: "wsp_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name,
            locale,
            zone,
            version: 3,
            created_at: 1_772_442_000_000_000,
        }
    }
}
