//! Roles that a workspace makes itself, beside the six that are built in: a name and a set of permissions.
//!
//! Nobody gives more than they have: who makes or changes a role has every permission in it, before and after. A role
//! that agents have can't be removed. A change holds from the next request on, and on open streams at once.

pub mod api;
mod failures;
mod model;
pub mod operations;
mod store;
mod views;
pub mod web;

use kit::db::{DbError, Row, Tx};

pub use model::{CustomRole, RoleError, RoleText, Standing};
pub(crate) use views::{TickGroup, choices, ticks};

use crate::actor::Actor;
use crate::agents;
use crate::audit::{self, Act, Entry};
use crate::events::{self, Kind, NewEvent};
use crate::permissions::{Permission, PermissionSet, Role};
use crate::workspaces::WorkspaceId;

kit::id! {
    /// A role that a workspace made.
    RoleId, "rol"
}

/// A role came.
pub const ADDED: Kind = Kind::new("role.added", Permission::AgentsRead);
/// A role has another name or other permissions.
pub const CHANGED: Kind = Kind::new("role.changed", Permission::AgentsRead);
/// A role is no more.
pub const REMOVED: Kind = Kind::new("role.removed", Permission::AgentsRead);

/// The name of the list of roles, for pages that show it.
pub const LIST: &str = "roles";

/// Makes a role.
///
/// # Errors
/// [`RoleError`] for a missing permission, a name that is bad or taken, or permissions that the actor lacks.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, text: &RoleText) -> Result<CustomRole, RoleError> {
    actor.must(Permission::RolesWrite)?;
    let text = text.checked()?;
    actor.must_have_all(text.permissions)?;
    let now = tx.now();
    let role = CustomRole {
        id: tx.new_id(),
        name: text.name,
        permissions: text.permissions,
        version: 1,
        changed_at: now,
    };
    store::insert(tx, actor.workspace, &role)?;
    let entry = Entry::of(Act::RoleAdded, role.id).after(role.facts());
    note(tx, actor, &ADDED, &role, entry)?;
    Ok(role)
}

/// Changes a role, made from `version`.
///
/// # Errors
/// As of [`add`]; [`RoleError::Stale`] when someone changed it meanwhile, [`RoleError::LastAdmin`] when nobody could
/// manage the workspace afterwards.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: RoleId,
    version: i64,
    text: &RoleText,
) -> Result<CustomRole, RoleError> {
    actor.must(Permission::RolesWrite)?;
    let text = text.checked()?;
    let mut role = store::find(tx, actor.workspace, id)?.ok_or(RoleError::Unknown)?;
    if role.version != version {
        return Err(RoleError::Stale(Box::new(role)));
    }
    actor.must_have_all(role.permissions)?;
    actor.must_have_all(text.permissions)?;
    if (&role.name, role.permissions) == (&text.name, text.permissions) {
        return Ok(role);
    }
    let entry = Entry::of(Act::RoleChanged, id).before(role.facts());
    let managed = role.permissions == PermissionSet::all();
    role.name = text.name;
    role.permissions = text.permissions;
    role.version += 1;
    role.changed_at = tx.now();
    store::update(tx, actor.workspace, &role)?;
    if managed && !agents::has_an_admin(tx, actor.workspace)? {
        return Err(RoleError::LastAdmin);
    }
    let entry = entry.after(role.facts());
    note(tx, actor, &CHANGED, &role, entry)?;
    Ok(role)
}

/// Removes a role that no agent has and no open invitation gives.
///
/// # Errors
/// [`RoleError::InUse`] with the number of agents and invitations, [`RoleError::Unknown`].
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: RoleId) -> Result<CustomRole, RoleError> {
    actor.must(Permission::RolesWrite)?;
    let role = store::find(tx, actor.workspace, id)?.ok_or(RoleError::Unknown)?;
    actor.must_have_all(role.permissions)?;
    let now = tx.now();
    let holders = store::holders(tx, actor.workspace, id, now)?;
    if holders > 0 {
        return Err(RoleError::InUse(holders));
    }
    store::delete(tx, actor.workspace, id)?;
    let entry = Entry::of(Act::RoleRemoved, id).before(role.facts());
    note(tx, actor, &REMOVED, &role, entry)?;
    Ok(role)
}

/// The role with this id in `workspace`.
///
/// # Errors
/// [`DbError`] of the database.
pub fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: RoleId) -> Result<Option<CustomRole>, DbError> {
    store::find(tx, workspace, id)
}

/// The roles that `workspace` made, by name.
///
/// # Errors
/// [`DbError`] of the database.
pub fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<CustomRole>, DbError> {
    store::all(tx, workspace)
}

/// What an agent with `role` may do in `workspace`; none when there is no such role.
///
/// # Errors
/// [`DbError`] of the database.
pub fn standing(tx: &mut Tx<'_>, workspace: WorkspaceId, role: Role) -> Result<Option<Standing>, DbError> {
    let Role::Custom(id) = role else {
        return Ok(Some(Standing::built_in(role)));
    };
    let found = store::find(tx, workspace, id)?;
    Ok(found.map(|custom| Standing {
        role,
        name: Some(custom.name),
        permissions: custom.permissions,
    }))
}

/// Gives an agent a role of the workspace's own, or none.
pub(crate) fn give(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: agents::AgentId,
    role: Role,
) -> Result<(), DbError> {
    match role {
        Role::Custom(id) => store::give(tx, workspace, agent, id),
        _ => store::take(tx, workspace, agent),
    }
}

/// Reads the columns `role`, `role_id`, `role_name` and `role_permissions` of an agent's row.
pub(crate) fn read_standing(row: &Row<'_>) -> Result<Standing, DbError> {
    let custom: Option<RoleId> = row.get("role_id")?;
    let Some(id) = custom else {
        let word: String = row.get("role")?;
        let role = word.parse().map_err(|_| row.broken("role", "a role"))?;
        return Ok(Standing::built_in(role));
    };
    Ok(Standing {
        role: Role::Custom(id),
        name: row.get("role_name")?,
        permissions: PermissionSet::of_words(&row.get::<String>("role_permissions")?),
    })
}

fn note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static Kind,
    role: &CustomRole,
    entry: Entry,
) -> Result<(), DbError> {
    audit::record(tx, actor, entry.named(&role.name))?;
    let payload = serde_json::json!({ "name": role.name });
    events::record(
        tx,
        actor,
        NewEvent::of(kind, role.id).topic(LIST).payload(payload),
    )?;
    Ok(())
}
