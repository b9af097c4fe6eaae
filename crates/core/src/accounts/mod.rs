//! Accounts: the customers. A company, or one person in consumer business.
//!
//! An account is open until it is closed; closing is a row (who, when), so opening it again loses nothing. Every change
//! carries the version it was made from: a change made from an older one is refused with the account as it is now.

pub mod api;
pub mod bulk;
pub mod columns;
pub mod deeds;
pub mod doubles;
pub mod external_ids;
mod failures;
pub mod family;
pub mod finding;
mod heading;
pub mod imports;
pub mod jobs;
pub mod listing;
pub mod merging;
mod model;
pub mod nouns;
pub mod operations;
pub mod panel;
pub(crate) mod references;
pub mod search;
mod store;
mod views;
pub mod web;

use std::collections::BTreeSet;

use kit::db::{DbError, Tx};
use kit::id::TypedId;

use failures::STALE;
pub use model::{Account, AccountError, AccountKind, AccountText, Closure, Cursor};
pub use nouns::NOUN;

use crate::actor::Actor;
use crate::events::{self, Kind, NewEvent};
use crate::panels::{Panel, Place, Width};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;
use crate::{fields, segments, tags};

kit::id! {
    /// An account.
    AccountId, "acc"
}

/// An account came.
pub const ADDED: Kind = Kind::new("account.added", Permission::AccountsRead);
/// An account's name, website or kind is another.
pub const CHANGED: Kind = Kind::new("account.changed", Permission::AccountsRead);
/// An account stands elsewhere in its family.
pub const MOVED: Kind = Kind::new("account.moved", Permission::AccountsRead);
/// An account is known by another number of another system, or not any more.
pub const IDENTIFIED: Kind = Kind::new("account.identified", Permission::AccountsRead);
/// An account was closed.
pub const CLOSED: Kind = Kind::new("account.closed", Permission::AccountsRead);
/// A closed account was opened again.
pub const REOPENED: Kind = Kind::new("account.reopened", Permission::AccountsRead);

/// The panel of the home page: how many accounts there are.
pub const SUMMARY: Panel = Panel {
    lines: 1,
    first_for: &[Permission::AccountsClose],
    ..Panel::new(
        "accounts",
        Place::Home,
        Permission::AccountsRead,
        "/home/accounts",
    )
};
/// The panel of the account's page: what happened to it.
pub const HISTORY: Panel = Panel {
    width: Width::Line,
    lines: 6,
    ..Panel::new(
        "history",
        Place::Account,
        Permission::AccountsRead,
        "/accounts/{id}/history",
    )
};

/// What a merge does with who closed them.
pub const CLOSURES: merging::Part = merging::Part::new("account_closures", merging::Way::Choose("state"));

/// The name of the list of accounts, for pages that show it.
pub const LIST: &str = "accounts";
/// The tally of open accounts.
pub const OPEN_TALLY: &str = "accounts.open";
/// Accounts on one page of the list.
pub const PAGE: i64 = 50;

/// Adds an account.
///
/// # Errors
/// [`AccountError`] for a missing permission or a text that does not fit.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, text: &AccountText) -> Result<Account, AccountError> {
    actor.must(Permission::AccountsWrite)?;
    let account = text.checked()?.into_account(tx.new_id(), tx.now());
    store::insert(tx, actor.workspace, &account)?;
    record(tx, actor, &ADDED, &account)?;
    Ok(account)
}

/// Changes an account's name and website, made from `version`.
///
/// # Errors
/// [`AccountError::Stale`] with the account as it is when someone changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: AccountId,
    version: i64,
    text: &AccountText,
) -> Result<Account, AccountError> {
    actor.must(Permission::AccountsWrite)?;
    let text = text.checked()?;
    let mut account = find(tx, actor, id)?.ok_or(AccountError::Unknown)?;
    if account.version != version {
        return Err(AccountError::Stale(Box::new(account)));
    }
    if (&account.name, &account.website, account.kind) == (&text.name, &text.website, text.kind) {
        return Ok(account);
    }
    account.take(text, tx.now());
    store::update(tx, actor.workspace, &account)?;
    record(tx, actor, &CHANGED, &account)?;
    Ok(account)
}

/// Closes an account; closing it twice keeps the first closer.
///
/// # Errors
/// [`AccountError::Unknown`] for an account of no or another workspace.
pub fn close(tx: &mut Tx<'_>, actor: &Actor, id: AccountId) -> Result<Account, AccountError> {
    actor.must(Permission::AccountsClose)?;
    let mut account = find(tx, actor, id)?.ok_or(AccountError::Unknown)?;
    if account.closure.is_none() {
        let closure = Closure {
            by: actor.signature(),
            at: tx.now(),
        };
        store::insert_closure(tx, actor.workspace, id, &closure)?;
        account.closure = Some(closure);
        record(tx, actor, &CLOSED, &account)?;
    }
    Ok(account)
}

/// Opens a closed account again; an open one stays as it is.
///
/// # Errors
/// As of [`close`].
pub fn reopen(tx: &mut Tx<'_>, actor: &Actor, id: AccountId) -> Result<Account, AccountError> {
    actor.must(Permission::AccountsClose)?;
    let mut account = find(tx, actor, id)?.ok_or(AccountError::Unknown)?;
    if account.closure.take().is_some() {
        store::delete_closure(tx, actor.workspace, id)?;
        record(tx, actor, &REOPENED, &account)?;
    }
    Ok(account)
}

/// Takes an account away as if it had never been, with what happened to it. Only what the program itself made up leaves
/// like this: everything else is closed.
///
/// # Errors
/// [`AccountError::Forbidden`], or the database's.
pub(crate) fn erase(tx: &mut Tx<'_>, actor: &Actor, id: AccountId) -> Result<(), AccountError> {
    actor.must(Permission::AccountsClose)?;
    let Some(account) = find(tx, actor, id)? else {
        return Ok(());
    };
    family::leave(tx, actor, &account)?;
    merging::forget(tx, actor.workspace, id)?;
    tags::forget(tx, actor.workspace, &NOUN, id.uuid())?;
    fields::forget(tx, actor.workspace, id.uuid())?;
    segments::forget(tx, actor.workspace, id)?;
    store::delete_closure(tx, actor.workspace, id)?;
    store::delete(tx, actor.workspace, id)?;
    events::forget(tx, actor.workspace, id)?;
    if account.is_open() {
        jobs::queue_less(tx, actor.workspace, 1)?;
    }
    Ok(())
}

/// The account with this id in the actor's workspace.
///
/// # Errors
/// [`AccountError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: AccountId) -> Result<Option<Account>, AccountError> {
    actor.must(Permission::AccountsRead)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// Whether `workspace` has an account that is not sample data.
///
/// # Errors
/// [`DbError`] of the database.
pub fn has_own(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<bool, DbError> {
    store::has_own(tx, workspace)
}

/// What the account with this id is called; `None` when there is none here.
///
/// # Errors
/// [`DbError`] of the database.
pub fn name(tx: &mut Tx<'_>, workspace: WorkspaceId, id: AccountId) -> Result<Option<String>, DbError> {
    store::name(tx, workspace, id)
}

/// Whether `workspace` has an account with this id.
///
/// # Errors
/// [`DbError`] of the database.
pub fn exists(tx: &mut Tx<'_>, workspace: WorkspaceId, id: AccountId) -> Result<bool, DbError> {
    Ok(store::find(tx, workspace, id)?.is_some())
}

/// Whether `workspace` has an account with this id that is not closed.
///
/// # Errors
/// [`DbError`] of the database.
pub fn is_open(tx: &mut Tx<'_>, workspace: WorkspaceId, id: AccountId) -> Result<bool, DbError> {
    let account = store::find(tx, workspace, id)?;
    Ok(account.is_some_and(|account| account.closure.is_none()))
}

/// Those of these accounts that `workspace` has and that are not closed.
///
/// # Errors
/// [`DbError`] of the database.
pub fn open_among(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[AccountId],
) -> Result<BTreeSet<AccountId>, DbError> {
    Ok(store::open_among(tx, workspace, ids)?.into_iter().collect())
}

/// Up to `limit` accounts after `last` in the order of their ids, closed ones too, for work on all accounts of a workspace.
///
/// # Errors
/// [`DbError`] of the database.
pub fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: AccountId,
    limit: i64,
) -> Result<Vec<Account>, DbError> {
    store::after(tx, workspace, last, limit)
}

/// Up to `limit` ids after `last`, in their order, for work on all accounts of a workspace.
///
/// # Errors
/// [`DbError`] of the database.
pub fn ids_after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: AccountId,
    limit: i64,
) -> Result<Vec<AccountId>, DbError> {
    let found = store::after(tx, workspace, last, limit)?;
    Ok(found.into_iter().map(|account| account.id).collect())
}

/// Up to `limit` accounts that are called `name`; where none is called just so, those whose names begin with it.
///
/// # Errors
/// [`AccountError::Forbidden`], or the database's.
pub fn named(tx: &mut Tx<'_>, actor: &Actor, name: &str, limit: i64) -> Result<Vec<Account>, AccountError> {
    actor.must(Permission::AccountsRead)?;
    let folded = kit::text::fold(name.trim());
    if folded.is_empty() {
        return Ok(Vec::new());
    }
    let start = Cursor {
        name: folded.clone(),
        id: AccountId::from_uuid(kit::id::Uuid::nil()),
    };
    let mut found = store::list(tx, actor.workspace, Some(&start), limit)?;
    found.retain(|account| account.cursor().name.starts_with(&folded));
    if found.iter().any(|account| account.cursor().name == folded) {
        found.retain(|account| account.cursor().name == folded);
    }
    Ok(found)
}

/// Up to `limit` accounts by name, after `cursor`.
///
/// # Errors
/// [`AccountError::Forbidden`], or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    cursor: Option<&Cursor>,
    limit: i64,
) -> Result<Vec<Account>, AccountError> {
    actor.must(Permission::AccountsRead)?;
    Ok(store::list(tx, actor.workspace, cursor, limit)?)
}

fn record(tx: &mut Tx<'_>, actor: &Actor, kind: &'static Kind, account: &Account) -> Result<(), DbError> {
    let payload = serde_json::json!({ "name": account.name, "version": account.version });
    events::record(
        tx,
        actor,
        NewEvent::of(kind, account.id).topic(LIST).payload(payload),
    )?;
    Ok(())
}
