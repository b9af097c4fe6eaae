//! The checklist: what a new workspace still lacks. Each item looks at the rows by itself, so that nobody ticks anything
//! off; an agent may put the whole list away and have it back in the settings. Features bring items of their own; the list
//! of all of them stands beside the wiring and is attached to the database handle.

mod store;
mod views;
pub mod web;

use kit::db::{DbError, Tx};

use crate::accounts;
use crate::actor::Actor;
use crate::agents;
use crate::calendars;
use crate::doors::{Entering, factors, passkeys};
use crate::panels::{Panel, Place, Width};
use crate::permissions::Permission;

/// The panel of the home page.
pub const PANEL: Panel = Panel {
    width: Width::Line,
    lines: 8,
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
    /// What one must be allowed to do it, beside seeing the list.
    pub needs: Option<Permission>,
    /// What changes when it is done, for pages that show it; empty for nothing.
    pub live: &'static str,
    /// Whether the rows say that it is done.
    pub is_done: fn(&mut Tx<'_>, &Actor) -> Result<bool, DbError>,
}

/// Every item of the program, in the order in which it makes sense.
#[derive(Clone, Debug, Default)]
pub struct Checklist(Vec<&'static Item>);

impl Checklist {
    /// The list.
    pub fn new(items: &[&'static Item]) -> Self {
        Self(items.to_vec())
    }

    /// Every item.
    pub fn all(&self) -> impl Iterator<Item = &'static Item> + '_ {
        self.0.iter().copied()
    }
}

/// An item and whether the workspace has it.
#[derive(Clone, Copy, Debug)]
pub struct Verified {
    /// The item.
    pub item: &'static Item,
    /// What the rows say.
    pub is_done: bool,
}

/// The working hours.
pub const HOURS: Item = Item {
    key: "hours",
    path: "/settings/hours",
    needs: None,
    live: "",
    is_done: has_hours,
};

/// A second step or a passkey of the reader's own.
pub const SAFE: Item = Item {
    key: "safe",
    path: "/settings/security",
    needs: None,
    live: "",
    is_done: is_safe,
};

/// An account that is no sample.
pub const ACCOUNT: Item = Item {
    key: "account",
    path: "/accounts/new",
    needs: Some(Permission::AccountsWrite),
    live: accounts::LIST,
    is_done: has_account,
};

/// Somebody beside the first agent.
pub const AGENT: Item = Item {
    key: "agent",
    path: "/settings/agents",
    needs: None,
    live: agents::LIST,
    is_done: has_second_agent,
};

/// Every item that the actor may do, and whether their workspace has it.
///
/// # Errors
/// [`DbError`] of the database.
pub fn verify(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Verified>, DbError> {
    let list = tx.attached::<Checklist>().unwrap_or_default();
    let mut verified = Vec::new();
    for item in list
        .all()
        .filter(|item| item.needs.is_none_or(|needs| actor.may(needs)))
    {
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

/// The reader signs in with more than a password that somebody may have read.
fn is_safe(tx: &mut Tx<'_>, actor: &Actor) -> Result<bool, DbError> {
    let Some(agent) = actor.agent() else {
        return Ok(true);
    };
    let who = Entering {
        workspace: actor.workspace,
        agent,
    };
    Ok(factors::is_asked(tx, who)? || !passkeys::of(tx, who)?.is_empty())
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
