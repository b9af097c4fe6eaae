//! Many accounts at once, as files bring them: one statement, one event and one job for all of a batch.
//!
//! What always holds of an account holds here too; only the event is another one, about all of them.

mod store;

use std::collections::{HashMap, HashSet};

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::id::TypedId;

use super::web::HISTORY;
use super::{ADDED, Account, AccountError, AccountId, AccountText, LIST, NOUN, external_ids, jobs, merging};
use crate::actor::Actor;
use crate::events::{self, Event, Kind, NewEvent};
use crate::imports::{self, ImportId, target};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;
use crate::{fields, segments, tags, touchpoints};

/// Accounts came in a batch of an import; the import is the subject, the accounts are its further subjects.
pub const IMPORTED: Kind = Kind::new("accounts.imported", Permission::AccountsRead);

/// Adds accounts that a batch of `import` brings; the texts are checked already.
///
/// # Errors
/// [`AccountError::Forbidden`], or the database's; then none is added.
pub(super) fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    import: ImportId,
    texts: Vec<AccountText>,
) -> Result<Vec<Account>, AccountError> {
    actor.must(Permission::AccountsWrite)?;
    if texts.is_empty() {
        return Ok(Vec::new());
    }
    let texts = texts.into_iter();
    let accounts: Vec<Account> = texts
        .map(|text| text.into_account(tx.new_id(), tx.now()))
        .collect();
    store::insert(tx, actor.workspace, &accounts)?;
    let event = NewEvent::of(&IMPORTED, import)
        .topic(LIST)
        .subjects(accounts.iter().map(|account| account.id));
    events::record(tx, actor, event)?;
    Ok(accounts)
}

/// Those of these folded names that some account has.
pub(super) fn names_taken(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    folded: &[String],
) -> Result<HashSet<String>, DbError> {
    Ok(store::names_taken(tx, workspace, folded)?.into_iter().collect())
}

/// Those of these accounts that are there.
pub(crate) fn found(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[AccountId],
) -> Result<HashMap<AccountId, Account>, DbError> {
    let found = store::found(tx, workspace, ids)?;
    Ok(found.into_iter().map(|account| (account.id, account)).collect())
}

/// A number that another text of the account, or another account above it, would not have.
pub(super) fn state(account: &Account) -> i64 {
    stood(account.version, account.parent)
}

fn stood(version: i64, parent: Option<AccountId>) -> i64 {
    match parent {
        None => version,
        Some(parent) => target::mark(&format!("{version} {parent}")) | i64::MIN,
    }
}

/// Those of these accounts that are there, each with its [`state`], and those of them that somebody has touched though
/// that does not say so: closed them, named them, or wrote on their timelines.
pub(super) fn touched(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[AccountId],
) -> Result<(HashMap<AccountId, i64>, HashSet<AccountId>), DbError> {
    let there = store::states(tx, workspace, ids)?;
    let named = external_ids::of_many(tx, workspace, ids)?;
    let closed = there.iter().filter(|one| !one.is_open);
    let mut touched: HashSet<AccountId> = closed.map(|one| one.id).collect();
    touched.extend(named.iter().map(|name| name.account));
    touched.extend(merging::survivors(tx, workspace, ids)?);
    touched.extend(touchpoints::bulk::touched(tx, workspace, ids)?);
    let states = there
        .into_iter()
        .map(|one| (one.id, stood(one.version, one.parent)));
    Ok((states.collect(), touched))
}

/// Whether one of these accounts stands below or above another.
pub(super) fn is_any_in_family(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[AccountId],
) -> Result<bool, DbError> {
    let there = store::states(tx, workspace, ids)?;
    let is_below = there.iter().any(|one| one.parent.is_some());
    Ok(is_below || !store::tops(tx, workspace, ids)?.is_empty())
}

/// Takes accounts away as if they had never been, with what happened to them; only what an import takes back.
///
/// # Errors
/// [`AccountError::Forbidden`], or the database's: a foreign key when something has come to need one of them.
pub(super) fn erase(tx: &mut Tx<'_>, actor: &Actor, ids: &[AccountId]) -> Result<(), AccountError> {
    actor.must(Permission::AccountsClose)?;
    touchpoints::bulk::forget_accounts(tx, actor.workspace, ids)?;
    for id in ids {
        // What hangs on any noun knows no account.
        tags::forget(tx, actor.workspace, &NOUN, id.uuid())?;
        fields::forget(tx, actor.workspace, id.uuid())?;
    }
    segments::forget_all(tx, actor.workspace, ids)?;
    store::delete(tx, actor.workspace, ids)?;
    events::forget_all(tx, actor.workspace, ids)?;
    Ok(jobs::queue_less(tx, actor.workspace, ids.len())?)
}

/// Those of these accounts that are there.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn existing(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[AccountId],
) -> Result<Vec<AccountId>, DbError> {
    let there = store::states(tx, workspace, ids)?;
    Ok(there.into_iter().map(|one| one.id).collect())
}

/// Who brought an account by which file, and when: its first entry where no event of its own tells of its coming.
pub(super) struct Origin {
    pub(super) by: String,
    pub(super) file: String,
    pub(super) at: Timestamp,
}

/// Where an account came from, unless its history says it.
pub(super) fn origin(
    tx: &mut Tx<'_>,
    account: &Account,
    history: &[Event],
    workspace: WorkspaceId,
) -> Result<Option<Origin>, DbError> {
    // Older events than those shown may be there.
    let is_told = history.iter().any(|event| event.kind == ADDED.name);
    if is_told || history.len() as i64 >= HISTORY {
        return Ok(None);
    }
    let found = imports::origin(tx, workspace, &super::imports::TARGET, account.id.uuid())?;
    Ok(found.map(|(by, file)| Origin {
        by,
        file,
        at: account.created_at,
    }))
}
