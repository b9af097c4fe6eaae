//! A further workspace of the installation: whoever may opens one, is its first administrator and goes there at once. The way
//! back stays open, and the entry stands in the audit trails of both.

mod views;
pub mod web;

use std::time::Duration;

use kit::db::Tx;

use super::{FOUNDED, SetupError};
use crate::actor::{Actor, Who};
use crate::agents::{self, NewAgent};
use crate::audit::{self, Act, Entry};
use crate::doors::tries::{self, Verdict};
use crate::doors::{Arrival, Entering, Session, Visitor, elsewhere, factors, passwords, sessions};
use crate::events::{self, NewEvent};
use crate::permissions::{Permission, PermissionSet, Role};
use crate::workspaces::{self, NewWorkspace, Workspace, WorkspaceError};

/// As [`open`]; where its owner, or the source that they come from, opened many lately, nothing is made but said how long to wait.
/// What is refused for another reason is not counted.
///
/// # Errors
/// As of [`open`].
pub fn open_in_turn(
    tx: &mut Tx<'_>,
    session: &Session,
    new: &NewWorkspace,
    visitor: &Visitor,
) -> Result<Result<Arrival, Duration>, SetupError> {
    let person = agents::fold(&session.email);
    let keys = [
        (tries::OPENING, person.as_str()),
        (tries::OPENING_SOURCE, visitor.source.as_str()),
    ];
    match tries::count(tx, &keys)? {
        Verdict::Free => open(tx, session, new, visitor).map(Ok),
        Verdict::Wait(time) => Ok(Err(time)),
    }
}

/// Makes a workspace with the session's owner as its first administrator and takes them there. They come in by the password
/// that they have here and are asked for the codes of the same authenticator; recovery codes they make anew.
///
/// # Errors
/// [`SetupError::Workspace`] for a missing permission or a field that does not fit, and for a session that is none of a browser
/// or has ended meanwhile, such as by the same form sent twice; nothing is half made.
pub fn open(
    tx: &mut Tx<'_>,
    session: &Session,
    new: &NewWorkspace,
    visitor: &Visitor,
) -> Result<Arrival, SetupError> {
    let actor = session.actor();
    actor
        .must(Permission::WorkspaceOpen)
        .map_err(WorkspaceError::from)?;
    if !sessions::own(tx, &actor)?.iter().any(|own| own.id == session.id) {
        return Err(WorkspaceError::Unknown.into());
    }
    let workspace = workspaces::create(tx, new)?;
    let system = Actor::system(workspace.id, "setup");
    let admin = NewAgent {
        name: session.name.clone(),
        email: session.email.clone(),
        role: Role::Admin,
    };
    let admin = agents::add(tx, &system, &admin)?;
    let founder = Actor {
        workspace: workspace.id,
        who: Who::Agent {
            id: admin.id,
            name: admin.name,
            permissions: PermissionSet::all(),
        },
        origin: session.origin.clone(),
    };
    let there = Entering {
        workspace: workspace.id,
        agent: admin.id,
    };
    let here = Entering {
        workspace: session.workspace,
        agent: session.agent,
    };
    if let Some(password) = passwords::find(tx, here)? {
        passwords::set(tx, there, &password)?;
    }
    factors::take_along(tx, &founder, (here, there))?;
    events::record(tx, &founder, NewEvent::of(&FOUNDED, workspace.id))?;
    audit::record(tx, &actor, entry(&workspace))?;
    audit::record(tx, &founder, entry(&workspace))?;
    elsewhere::reach(tx, session, there)?;
    let arrival = elsewhere::go(tx, session, workspace.id, visitor)?;
    Ok(arrival.ok_or(WorkspaceError::Unknown)?)
}

fn entry(workspace: &Workspace) -> Entry {
    let facts = serde_json::json!({ "locale": workspace.locale, "zone": workspace.zone });
    Entry::of(Act::WorkspaceOpened, workspace.id)
        .named(&workspace.name)
        .after(facts)
}
