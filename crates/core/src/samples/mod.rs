//! Samples: invented accounts in a real workspace, to look around with, gone again with one press.
//!
//! A *load* is a row that says who asked for how many; a job adds them one by one through the ordinary verbs, each with a
//! past of its own. What was added is listed, so that removing takes exactly that and nothing anybody else made.

pub mod jobs;
mod store;
mod views;
pub mod web;

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::id::Ids;
use kit::web::Failure;

use crate::accounts::merging::{Part, Way};
use crate::accounts::{self, Account, AccountError, AccountText};
use crate::actor::{Actor, Forbidden};
use crate::audit::{self, Act, Entry};
use crate::contacts;
use crate::demo::names;
use crate::events::{self, Kind, NewEvent};
use crate::ledger;
use crate::permissions::Permission;
use crate::touchpoints;
use crate::workspaces::WorkspaceId;
use crate::{billing, invoices, orders, subscriptions, value};

/// What a merge of accounts does with sample data: the survivor is invented only if both were.
pub const MERGES: Part = Part::new("sample_accounts", Way::Both);

/// Somebody asked for samples.
pub const ASKED: Kind = Kind::new("samples.asked", Permission::AccountsRead);
/// The samples are gone.
pub const REMOVED: Kind = Kind::new("samples.removed", Permission::AccountsRead);

/// How many accounts a load adds.
pub const WANTED: i64 = 24;
/// The same samples in every workspace.
const SEED: u64 = 11;
const DAY: Duration = Duration::from_secs(86_400);

/// A load of samples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// How many accounts there will be.
    pub wanted: i64,
    /// How many there are.
    pub done: i64,
    /// The signature of who asked.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Why samples were not added or removed.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// An account could not be added or changed.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<SampleError> for Failure {
    fn from(error: SampleError) -> Self {
        match error {
            SampleError::Forbidden(missing) => AccountError::Forbidden(missing).into(),
            SampleError::Account(error) => error.into(),
            SampleError::Db(error) => error.into(),
        }
    }
}

/// Asks for samples in the actor's workspace; asking again changes nothing.
///
/// # Errors
/// [`SampleError::Forbidden`], or the database's.
pub fn load(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), SampleError> {
    actor.must(Permission::WorkspaceWrite)?;
    if find(tx, actor.workspace)?.is_some() {
        return Ok(());
    }
    store::insert_load(tx, actor.workspace, WANTED, &actor.signature())?;
    jobs::queue(tx, actor.workspace)?;
    let event = NewEvent::of(&ASKED, actor.workspace).topic(accounts::LIST);
    events::record(tx, actor, event)?;
    audit::record(tx, actor, Entry::of(Act::SamplesAsked, actor.workspace))?;
    Ok(())
}

/// Removes every sample of the actor's workspace, and what happened to them.
///
/// # Errors
/// As of [`load`].
pub fn remove(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), SampleError> {
    actor.must(Permission::WorkspaceWrite)?;
    if find(tx, actor.workspace)?.is_none() {
        return Ok(());
    }
    let mut event = NewEvent::of(&REMOVED, actor.workspace).topic(accounts::LIST);
    for id in store::accounts(tx, actor.workspace)? {
        store::delete_account(tx, actor.workspace, id)?;
        touchpoints::forget_account(tx, actor.workspace, id)?;
        contacts::memberships::forget_account(tx, actor.workspace, id)?;
        ledger::forget(tx, actor.workspace, id)?;
        billing::forget(tx, actor.workspace, id)?;
        value::forget(tx, actor.workspace, id)?;
        invoices::forget(tx, actor.workspace, id)?;
        orders::forget(tx, actor.workspace, id)?;
        subscriptions::forget(tx, actor.workspace, id)?;
        accounts::erase(tx, actor, id)?;
        // Who keeps something about it, like the search, hears that it is gone.
        event = event.topic(id);
    }
    store::delete_load(tx, actor.workspace)?;
    events::record(tx, actor, event)?;
    audit::record(tx, actor, Entry::of(Act::SamplesRemoved, actor.workspace))?;
    Ok(())
}

/// The load of `workspace`, if it has one.
///
/// # Errors
/// [`DbError`] of the database.
pub fn find(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Load>, DbError> {
    store::find(tx, workspace)
}

/// Adds the next sample; gives how many there are of how many, or `None` when there is nothing left to add.
fn add_next(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<(i64, i64)>, SampleError> {
    let Some(load) = find(tx, workspace)?.filter(|load| load.done < load.wanted) else {
        return Ok(None);
    };
    let actor = Actor::system(workspace, "sample data");
    let account = live_through(tx, &actor, &load)?;
    store::insert_account(tx, workspace, account.id)?;
    Ok(Some((load.done + 1, load.wanted)))
}

/// An account with its past: added some months ago, perhaps moved, perhaps closed.
fn live_through(tx: &mut Tx<'_>, actor: &Actor, load: &Load) -> Result<Account, AccountError> {
    let number = load.done.unsigned_abs();
    let dice = Ids::seeded(SEED + number);
    let text = names::account(usize::try_from(number).expect("samples are few"), &dice);
    let days = u32::try_from(5 * load.wanted - 5 * load.done).unwrap_or(1);
    let came = load.at.minus(DAY * days);
    let account = tx.as_of(came, |tx| accounts::add(tx, actor, &text))?;
    let account = if number % 4 == 1 {
        let moved = AccountText {
            website: text.website.as_ref().map(|host| format!("www.{host}")),
            ..text
        };
        tx.as_of(came.plus(DAY * (days / 3)), |tx| {
            accounts::change(tx, actor, account.id, account.version, &moved)
        })?
    } else {
        account
    };
    if number % 7 == 3 {
        return tx.as_of(came.plus(DAY * (days / 2)), |tx| {
            accounts::close(tx, actor, account.id)
        });
    }
    Ok(account)
}
