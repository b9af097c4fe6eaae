//! Who is who: an id of usage, whatever belongs together with it, since when and why. A *link* leads from one id to another, or to
//! the contact that a user is taken for. A link that somebody ends counts no more, and the next event that says the same changes
//! nothing about that; it can be restored. Ids are never rewritten, so what was counted only goes where it belongs now.

pub mod api;
mod documents;
mod failures;
mod model;
pub mod operations;
mod store;
mod views;
pub mod web;

use std::collections::BTreeSet;

use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::accounts::AccountError;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::contacts::{self, ContactError, ContactId};
use tandem_core::panels::{Panel, Place, Width};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

pub use documents::{IdentityDocument, LinkDocument};
pub use model::{Ended, Heard, Identity, IdentityError, Link, Other};

use super::people::{self, Name, NameId, NameKind, Placing};
use super::settling::{self, SettleError, Subject};

/// The panel of the contact's page.
pub const PANEL: Panel = Panel {
    width: Width::Line,
    lines: 2,
    ..Panel::new(
        "usage-names",
        Place::Contact,
        Permission::UsageRead,
        "/contacts/{id}/usage-names",
    )
};
/// Links on one page.
pub const PAGE: i64 = 50;

/// An id, who stands behind it, and a part of its links, after another id.
///
/// # Errors
/// [`IdentityError::Unknown`], [`IdentityError::Forbidden`], or the database's.
pub fn of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: NameId,
    after: Option<NameId>,
) -> Result<Identity, IdentityError> {
    let name = found(tx, actor, id)?;
    let title = people::titles(tx, actor.workspace, &[id])?.into_iter().next();
    let subject = Subject {
        id,
        kind: &name.kind,
        value: &name.value,
        title: title.as_ref().map(|(_, title)| title.as_str()),
        email: name.email.as_deref(),
    };
    let mut all = settling::looked(tx, actor.workspace, &[subject])?.into_iter();
    let looked = all.next().ok_or(IdentityError::Unknown)?;
    let (chosen, left) = settling::said_of(tx, actor, &name).map_err(told)?;
    let count = match name.kind == NameKind::Group.as_str() {
        true => 1,
        false => Placing::of(actor.workspace).count_ids(tx, id)?,
    };
    let same = same_of(tx, actor.workspace, id)?;
    let mut links = match after {
        None => store::contacts_of(tx, actor.workspace, &same)?,
        Some(_) => Vec::new(),
    };
    if !actor.may(Permission::ContactsRead) {
        links.clear();
    }
    let mut others = store::links(tx, actor.workspace, &same, after, PAGE + 1)?;
    let has_more = others.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    others.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let next = others.last().filter(|_| has_more).and_then(Link::name);
    links.extend(others);
    Ok(Identity {
        title: title.map_or_else(|| name.value.clone(), |(_, title)| title),
        name,
        spread: people::spread(tx, actor.workspace, looked.root)?,
        looked,
        chosen,
        left,
        ids: count,
        links,
        next,
    })
}

/// The ids by which a contact is known to the product, each with how many ids are the same person.
///
/// # Errors
/// [`IdentityError::Unknown`], [`IdentityError::Forbidden`], or the database's.
pub fn of_contact(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact: ContactId,
) -> Result<Vec<(Name, i64)>, IdentityError> {
    actor.must(Permission::UsageRead)?;
    let system = Actor::system(actor.workspace, "usage");
    let found = contacts::find(tx, &system, contact).map_err(|error| match error {
        ContactError::Db(error) => IdentityError::Db(error),
        _ => IdentityError::Unknown,
    })?;
    let root = found.ok_or(IdentityError::Unknown)?.root;
    let mut placing = Placing::of(actor.workspace);
    let mut all = Vec::new();
    for name in people::names_of(tx, actor.workspace, root)? {
        // A contact is few users.
        let count = placing.count_ids(tx, name.id)?;
        all.push((name, count));
    }
    Ok(all)
}

/// Ends the link between a name and another, or the contact that it is taken for, named by its id; ended twice it is as it was.
///
/// # Errors
/// [`IdentityError::NoLink`] when there is none, [`IdentityError::Unknown`], a missing permission.
pub fn end(tx: &mut Tx<'_>, actor: &Actor, id: NameId, other: &str) -> Result<(), IdentityError> {
    let (from, to) = meant(tx, actor, id, other)?;
    let ended = Ended {
        by: actor.signature(),
        at: tx.now(),
    };
    if store::end(tx, actor.workspace, (from, to.uuid()), &ended)? {
        note(tx, actor, Act::UsageLinkEnded, (from, to))?;
        follow(tx, actor.workspace, (from, to))?;
    }
    Ok(())
}

/// Lets a link count again that was ended.
///
/// # Errors
/// As of [`end`].
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: NameId, other: &str) -> Result<(), IdentityError> {
    let (from, to) = meant(tx, actor, id, other)?;
    if store::restore(tx, actor.workspace, (from, to.uuid()))? {
        note(tx, actor, Act::UsageLinkRestored, (from, to))?;
        follow(tx, actor.workspace, (from, to))?;
    }
    Ok(())
}

fn told(error: SettleError) -> IdentityError {
    match error {
        SettleError::Forbidden(missing) => IdentityError::Forbidden(missing),
        SettleError::Db(error) | SettleError::Account(AccountError::Db(error)) => IdentityError::Db(error),
        _ => IdentityError::Unknown,
    }
}

/// The link as it is stored: from which id to what. An alias is written down for the id as an anonymous one.
fn meant(tx: &mut Tx<'_>, actor: &Actor, id: NameId, other: &str) -> Result<(NameId, Other), IdentityError> {
    actor.must(Permission::UsageWrite)?;
    found(tx, actor, id)?;
    let other = Other::read(other).ok_or(IdentityError::NoLink)?;
    match other {
        Other::Name(other) => {
            let same = same_of(tx, actor.workspace, id)?;
            let edge = store::edge(tx, actor.workspace, &same, other)?;
            let (from, to) = edge.ok_or(IdentityError::NoLink)?;
            Ok((from, Other::Name(to)))
        }
        Other::Contact(contact) => {
            let linked = store::contacts_of(tx, actor.workspace, &[id])?;
            let is_linked = linked.iter().any(|link| link.other == Other::Contact(contact));
            is_linked.then_some((id, other)).ok_or(IdentityError::NoLink)
        }
    }
}

/// A name and those that are written as it is.
fn same_of(tx: &mut Tx<'_>, workspace: WorkspaceId, id: NameId) -> Result<Vec<NameId>, DbError> {
    let mut same = store::namesakes(tx, workspace, id)?;
    same.push(id);
    Ok(same)
}

fn found(tx: &mut Tx<'_>, actor: &Actor, id: NameId) -> Result<Name, IdentityError> {
    actor.must(Permission::UsageRead)?;
    people::name(tx, actor.workspace, id)?.ok_or(IdentityError::Unknown)
}

/// Puts down anew what was done by those whom a link concerns.
fn follow(tx: &mut Tx<'_>, workspace: WorkspaceId, (from, to): (NameId, Other)) -> Result<(), DbError> {
    let mut persons = BTreeSet::from([from]);
    match to {
        Other::Contact(_) => {
            people::link(tx, workspace, &persons)?;
        }
        Other::Name(to) => {
            let name = people::name(tx, workspace, to)?;
            let is_user = name.is_some_and(|name| name.kind == NameKind::User.as_str());
            persons.extend(is_user.then_some(to));
        }
    }
    people::follow_names(tx, workspace, (&persons, &BTreeSet::new()))
}

fn note(tx: &mut Tx<'_>, actor: &Actor, act: Act, (from, to): (NameId, Other)) -> Result<(), DbError> {
    // The ids alone: what they say of a person can be erased, and the trail can not.
    let facts = json!({ "from": from.to_string(), "to": to.to_string() });
    audit::record(tx, actor, Entry::of(act, from).after(facts))
}
