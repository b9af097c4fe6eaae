//! The checklist: what a new workspace still lacks. Each item looks at the rows by itself, so that nobody ticks anything
//! off; an agent may put the whole list away and have it back in the settings.

mod store;
mod views;
pub mod web;

use kit::db::{DbError, Tx};

use crate::accounts;
use crate::actor::Actor;
use crate::agents;
use crate::calendars;
use crate::panels::{Panel, Place, Width};
use crate::permissions::Permission;

/// The panel of the home page.
pub const PANEL: Panel = Panel {
    width: Width::Line,
    lines: 4,
    is_wanted: Some(is_wanted),
    first_for: &[Permission::WorkspaceWrite],
    ..Panel::new("checklist", Place::Home, Permission::WorkspaceWrite, "/checklist")
};

/// Something that a workspace should have.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// What messages call it: `checklist-KEY` and `checklist-KEY-text`.
    pub key: &'static str,
    /// Where it is done.
    pub path: &'static str,
    is_done: fn(&mut Tx<'_>, &Actor) -> Result<bool, DbError>,
}

/// An item and whether the workspace has it.
#[derive(Clone, Copy, Debug)]
pub struct Verified {
    /// The item.
    pub item: &'static Item,
    /// What the rows say.
    pub is_done: bool,
}

/// Every item, in the order in which it makes sense.
pub const ITEMS: &[Item] = &[
    Item {
        key: "hours",
        path: "/settings/hours",
        is_done: has_hours,
    },
    Item {
        key: "account",
        path: "/accounts/new",
        is_done: has_account,
    },
    Item {
        key: "agent",
        path: "/settings/agents",
        is_done: has_second_agent,
    },
];

/// Every item and whether the actor's workspace has it.
///
/// # Errors
/// [`DbError`] of the database.
pub fn verify(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Verified>, DbError> {
    let mut verified = Vec::with_capacity(ITEMS.len());
    for item in ITEMS {
        let is_done = (item.is_done)(tx, actor)?;
        verified.push(Verified { item, is_done });
    }
    Ok(verified)
}

/// Puts the list away for the acting agent; twice is no harm.
///
/// # Errors
/// [`DbError`] of the database.
pub fn dismiss(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), DbError> {
    match actor.agent() {
        Some(agent) => store::insert(tx, actor.workspace, agent),
        None => Ok(()),
    }
}

/// Gives the acting agent the list back.
///
/// # Errors
/// [`DbError`] of the database.
pub fn bring_back(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), DbError> {
    match actor.agent() {
        Some(agent) => store::delete(tx, actor.workspace, agent),
        None => Ok(()),
    }
}

/// Whether the acting agent has put the list away.
///
/// # Errors
/// [`DbError`] of the database.
pub fn is_dismissed(tx: &mut Tx<'_>, actor: &Actor) -> Result<bool, DbError> {
    match actor.agent() {
        Some(agent) => store::exists(tx, actor.workspace, agent),
        None => Ok(true),
    }
}

/// Whether home shows the list: until it is done or put away.
fn is_wanted(tx: &mut Tx<'_>, actor: &Actor) -> Result<bool, DbError> {
    if is_dismissed(tx, actor)? {
        return Ok(false);
    }
    Ok(verify(tx, actor)?.iter().any(|one| !one.is_done))
}

fn has_hours(tx: &mut Tx<'_>, actor: &Actor) -> Result<bool, DbError> {
    Ok(calendars::find(tx, actor.workspace)?.is_some())
}

/// An account of their own: sample data does not count.
fn has_account(tx: &mut Tx<'_>, actor: &Actor) -> Result<bool, DbError> {
    accounts::has_own(tx, actor.workspace)
}

fn has_second_agent(tx: &mut Tx<'_>, actor: &Actor) -> Result<bool, DbError> {
    let all = agents::all(tx, actor.workspace)?;
    Ok(all
        .iter()
        .filter(|agent| agent.is_active && !agent.is_machine)
        .count()
        > 1)
}
