//! Roles for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Posted, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CustomRole, RoleError, RoleId, RoleText};
use crate::actor::Actor;
use crate::permissions::{Permission, PermissionSet, Role};

/// A role: what an agent may do.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Role")]
pub struct RoleDocument {
    /// Its id; of a built-in one its word.
    pub(super) id: String,
    /// Its name; of a built-in one its word.
    pub(super) name: String,
    /// Whether it is built in and can't be changed.
    pub(super) is_built_in: bool,
    /// What it allows.
    pub(super) permissions: Vec<&'static str>,
    /// Grows by one with every change; null for a built-in one.
    pub(super) version: Option<i64>,
}

impl From<CustomRole> for RoleDocument {
    fn from(role: CustomRole) -> Self {
        Self {
            id: role.id.to_string(),
            name: role.name,
            is_built_in: false,
            permissions: role.permissions.iter().map(Permission::as_str).collect(),
            version: Some(role.version),
        }
    }
}

impl From<Role> for RoleDocument {
    fn from(role: Role) -> Self {
        Self {
            id: role.to_string(),
            name: role.to_string(),
            is_built_in: true,
            permissions: role.permissions().iter().map(Permission::as_str).collect(),
            version: None,
        }
    }
}

/// What a program says about a role.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleInput {
    /// Its name; blanks around it are taken away.
    #[schemars(length(min = 1, max = 60))]
    pub(super) name: String,
    /// What it allows.
    pub(super) permissions: Vec<String>,
}

impl RoleInput {
    fn text(&self) -> Result<RoleText, Failure> {
        let wrong = |error: crate::permissions::UnknownPermission| {
            Failure::of(StatusCode::UNPROCESSABLE_ENTITY).pointer("#/permissions", error.to_string())
        };
        let permissions: Result<PermissionSet, _> =
            self.permissions.iter().map(|word| word.parse()).collect();
        Ok(RoleText {
            name: self.name.clone(),
            permissions: permissions.map_err(wrong)?,
        })
    }
}

/// `GET /api/v1/roles`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<RoleDocument>, Failure> {
    let custom = db.read(move |tx| super::all(tx, actor.workspace)).await?;
    let built_in = Role::ALL.into_iter().map(RoleDocument::from);
    let all = built_in.chain(custom.into_iter().map(RoleDocument::from));
    Ok(Listed::whole(all.collect(), None))
}

/// `POST /api/v1/roles`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<RoleInput>,
) -> Result<Response, Failure> {
    let text = input.text()?;
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let role = super::add(tx, &actor, &text)?;
        let location = format!("/api/v1/roles/{}", role.id);
        Ok(Single::made(&RoleDocument::from(role), location))
    })
    .await
}

/// `GET /api/v1/roles/{id}`, of the workspace's own.
///
/// # Errors
/// No such role here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<RoleId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| known(tx, &actor, id)).await?))
}

/// `PUT /api/v1/roles/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such role here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<RoleId>,
    state: IfMatch,
    Sent(input): Sent<RoleInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let now = known(tx, &actor, id)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        Ok(single(super::change(tx, &actor, id, version, &input.text()?)?))
    })
    .await
}

/// `DELETE /api/v1/roles/{id}`
///
/// # Errors
/// Agents who have it, another state than the one named, no such role here, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<RoleId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(known(tx, &actor, id)?))?;
        super::remove(tx, &actor, id)?;
        Ok(Single::nothing())
    })
    .await
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: RoleId) -> Result<CustomRole, RoleError> {
    super::find(tx, actor.workspace, id)?.ok_or(RoleError::Unknown)
}

fn single(role: CustomRole) -> Single {
    Single::of(&RoleDocument::from(role))
}
