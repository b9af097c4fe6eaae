//! External ids: what an account is called in other systems, a *source* and a *value* in it.
//!
//! No two accounts of a workspace have the same value of one source, so a program finds its account by what it calls it.

pub mod api;
mod store;
mod views;
pub mod web;

use std::collections::HashMap;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};

use super::{Account, AccountError, AccountId, IDENTIFIED, LIST};
use crate::accounts::merging::{Part, Way};
use crate::actor::Actor;
use crate::events::{self, NewEvent};
use crate::panels::{Panel, Place};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// What a merge of accounts does with them.
pub const MERGES: Part =
    Part::new("account_external_ids", Way::Move).said("merging-external-ids", Permission::AccountsRead);

kit::id! {
    /// An external id of an account.
    ExternalIdId, "ext"
}

/// The panel of the account's page.
pub const PANEL: Panel = Panel {
    lines: 2,
    ..Panel::new(
        "external-ids",
        Place::Account,
        Permission::AccountsRead,
        "/accounts/{id}/external-ids",
    )
};

/// What an account is called in another system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalId {
    /// Its id here.
    pub id: ExternalIdId,
    /// Of which account.
    pub account: AccountId,
    /// The other system, in small letters.
    pub source: String,
    /// What it calls the account.
    pub value: String,
    /// The signature of who said so.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Says what an account is called in another system; said twice it changes nothing.
///
/// # Errors
/// [`AccountError::BadSource`], [`AccountError::BadExternalId`], [`AccountError::ExternalIdTaken`].
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    source: &str,
    value: &str,
) -> Result<ExternalId, AccountError> {
    actor.must(Permission::AccountsWrite)?;
    let (source, value) = (checked_source(source)?, checked_value(value)?);
    super::find(tx, actor, account)?.ok_or(AccountError::Unknown)?;
    if let Some(known) = store::by_value(tx, actor.workspace, &source, &value)? {
        return if known.account == account {
            Ok(known)
        } else {
            Err(AccountError::ExternalIdTaken(known.account))
        };
    }
    let new = ExternalId {
        id: tx.new_id(),
        account,
        source,
        value,
        by: actor.signature(),
        at: tx.now(),
    };
    store::insert(tx, actor.workspace, &new)?;
    note(tx, actor, &new)?;
    Ok(new)
}

/// Takes an external id away; gives what it was.
///
/// # Errors
/// [`AccountError::Unknown`] for one of no or another workspace.
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: ExternalIdId) -> Result<ExternalId, AccountError> {
    actor.must(Permission::AccountsWrite)?;
    let gone = store::find(tx, actor.workspace, id)?.ok_or(AccountError::Unknown)?;
    store::delete(tx, actor.workspace, id)?;
    note(tx, actor, &gone)?;
    Ok(gone)
}

/// What an account is called elsewhere, in the order in which it was said.
///
/// # Errors
/// [`AccountError::Forbidden`], or the database's.
pub fn of(tx: &mut Tx<'_>, actor: &Actor, account: AccountId) -> Result<Vec<ExternalId>, AccountError> {
    actor.must(Permission::AccountsRead)?;
    Ok(store::of(tx, actor.workspace, &[account])?)
}

/// What these accounts are called elsewhere.
pub(crate) fn of_many(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<ExternalId>, DbError> {
    store::of(tx, workspace, accounts)
}

/// The account that is called `value` in `source`.
///
/// # Errors
/// As of [`of`].
pub fn account_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    source: &str,
    value: &str,
) -> Result<Option<Account>, AccountError> {
    actor.must(Permission::AccountsRead)?;
    let (Ok(source), Ok(value)) = (checked_source(source), checked_value(value)) else {
        return Ok(None);
    };
    match store::by_value(tx, actor.workspace, &source, &value)? {
        Some(known) => super::find(tx, actor, known.account),
        None => Ok(None),
    }
}

/// The accounts that are called so in `source`, by what they are called; else the one that any other system calls so, if it
/// is alone in that.
///
/// # Errors
/// [`DbError`] of the database.
pub fn accounts_called(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    source: &str,
    values: &[&str],
) -> Result<HashMap<String, AccountId>, DbError> {
    let mut all: HashMap<String, Vec<(String, AccountId)>> = HashMap::new();
    for (value, source, account) in store::called_any(tx, workspace, values)? {
        all.entry(value).or_default().push((source, account));
    }
    let mut found = HashMap::new();
    for (value, called) in all {
        let own = called
            .iter()
            .find(|(of, _)| of == source)
            .map(|(_, account)| *account);
        let first = called.first().map(|(_, account)| *account);
        let is_alone = called.iter().all(|(_, account)| Some(*account) == first);
        if let Some(account) = own.or(first.filter(|_| is_alone)) {
            found.insert(value, account);
        }
    }
    Ok(found)
}

/// What an account is called in all other systems.
///
/// # Errors
/// [`DbError`] of the database.
pub fn values_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<String>, DbError> {
    let all = store::of(tx, workspace, &[account])?;
    Ok(all.into_iter().map(|id| id.value).collect())
}

fn checked_source(source: &str) -> Result<String, AccountError> {
    let source = source.trim().to_lowercase();
    let fits = |c: char| c.is_alphanumeric() || "._-".contains(c);
    if source.is_empty() || source.chars().count() > 60 || !source.chars().all(fits) {
        return Err(AccountError::BadSource);
    }
    Ok(source)
}

fn checked_value(value: &str) -> Result<String, AccountError> {
    let value = value.trim();
    if value.is_empty() || value.chars().count() > 200 || value.chars().any(char::is_control) {
        return Err(AccountError::BadExternalId);
    }
    Ok(value.to_owned())
}

fn note(tx: &mut Tx<'_>, actor: &Actor, of: &ExternalId) -> Result<(), DbError> {
    let payload = serde_json::json!({ "source": of.source, "value": of.value });
    events::record(
        tx,
        actor,
        NewEvent::of(&IDENTIFIED, of.account).topic(LIST).payload(payload),
    )?;
    Ok(())
}
