//! Value: what accounts are worth, from what they do, by published models whose assumptions are checked on the workspace's own
//! data and shown.
//!
//! Accounts under contract are worth the renewals to come, those that order again the orders to come, each until a
//! horizon, discounted, times a margin: the three are the workspace's *settings*. An *estimate* is made by a job for all
//! accounts at once and kept with its day, until the next one. Where there is too little to learn from, there is no number
//! but the reason.

pub mod api;
mod checks;
mod computing;
mod contract;
mod failures;
pub mod jobs;
mod model;
pub mod models;
mod repeat;
mod store;
mod views;
pub mod web;

use kit::db::{Db, DbError, Tx};
use serde::{Deserialize, Serialize};

pub use checks::{Check, CheckKind, Verdict};
pub use contract::{ContractModel, Tenure};
pub use model::{
    AccountValue, ContractReason, Estimate, Models, Outcome, Reasons, Refusal, RepeatReason, Settings,
    ValueError,
};
pub use repeat::{Buyer, HoldOut, RepeatModel};

use crate::accounts::merging::{Part, Way};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::events::{self, Kind, NewEvent};
use crate::panels::{Panel, Place, Width};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// What a merge of accounts does with what they are worth.
pub const MERGES: Part = Part::new("account_values", Way::Keep);

kit::id! {
    /// An estimate of what all accounts are worth.
    EstimateId, "est"
}

/// Somebody asked for an estimate.
pub const ASKED: Kind = Kind::new("value.asked", Permission::MoneyRead);
/// There is a new estimate.
pub const ESTIMATED: Kind = Kind::new("value.estimated", Permission::MoneyRead);
/// Margin, discount rate or horizon are others.
pub const CHANGED: Kind = Kind::new("value.changed", Permission::MoneyRead);

/// The name of the estimate, for pages that show it.
pub const LIST: &str = "value";

/// The panel of the account's page.
pub const PANEL: Panel = Panel {
    width: Width::Line,
    lines: 2,
    ..Panel::new(
        "value",
        Place::Account,
        Permission::MoneyRead,
        "/accounts/{id}/value",
    )
};

/// A place in the list of accounts: the most valuable comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The estimate that the list is of: who goes on goes on in it.
    pub estimate: EstimateId,
    /// What the last one seen is worth.
    pub worth: i64,
    /// That account.
    pub account: AccountId,
}

/// What the workspace assumes.
///
/// # Errors
/// [`ValueError::Forbidden`], or the database's.
pub fn settings(tx: &mut Tx<'_>, actor: &Actor) -> Result<Settings, ValueError> {
    actor.must(Permission::MoneyRead)?;
    Ok(store::settings(tx, actor.workspace)?.unwrap_or_default())
}

/// Changes what the workspace assumes, and asks for an estimate.
///
/// # Errors
/// [`ValueError`] for what is out of range.
pub fn change(tx: &mut Tx<'_>, actor: &Actor, settings: Settings) -> Result<(), ValueError> {
    actor.must(Permission::MoneyKeep)?;
    settings.check()?;
    let before = self::settings(tx, actor)?;
    if before == settings {
        return Ok(());
    }
    store::set_settings(tx, actor.workspace, settings)?;
    let facts = |settings: Settings| serde_json::json!(settings);
    let entry = Entry::of(Act::ValueChanged, actor.workspace).before(facts(before));
    audit::record(tx, actor, entry.after(facts(settings)))?;
    record(tx, actor, &CHANGED)?;
    ask(tx, actor)
}

/// Asks for an estimate; while one is being made, asking again changes nothing.
///
/// # Errors
/// [`ValueError::Forbidden`], or the database's.
pub fn ask(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), ValueError> {
    actor.must(Permission::MoneyRead)?;
    jobs::queue(tx, actor.workspace)?;
    if !is_asked(tx, actor)? {
        store::insert_request(tx, actor)?;
        record(tx, actor, &ASKED)?;
    }
    Ok(())
}

/// Whether somebody waits for an estimate.
///
/// # Errors
/// [`ValueError::Forbidden`], or the database's.
pub fn is_asked(tx: &mut Tx<'_>, actor: &Actor) -> Result<bool, ValueError> {
    actor.must(Permission::MoneyRead)?;
    Ok(store::is_asked(tx, actor.workspace)?)
}

/// The newest estimate.
///
/// # Errors
/// [`ValueError::Forbidden`], or the database's.
pub fn newest(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<Estimate>, ValueError> {
    actor.must(Permission::MoneyRead)?;
    Ok(store::newest(tx, actor.workspace)?)
}

/// Up to `limit` accounts of an estimate, the most valuable first, after `cursor`.
///
/// # Errors
/// [`ValueError::Forbidden`], or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    estimate: EstimateId,
    cursor: Option<Cursor>,
    limit: i64,
) -> Result<Vec<AccountValue>, ValueError> {
    actor.must(Permission::MoneyRead)?;
    Ok(store::list(tx, actor.workspace, estimate, cursor, limit)?)
}

/// What an account is worth by an estimate; `None` where the estimate says nothing of it.
///
/// # Errors
/// [`ValueError::UnknownAccount`], [`ValueError::Forbidden`], or the database's.
pub fn of_account(
    tx: &mut Tx<'_>,
    actor: &Actor,
    estimate: EstimateId,
    account: AccountId,
) -> Result<Option<AccountValue>, ValueError> {
    actor.must(Permission::MoneyRead)?;
    accounts::name(tx, actor.workspace, account)?.ok_or(ValueError::UnknownAccount)?;
    Ok(store::of_account(tx, actor.workspace, estimate, account)?)
}

/// Makes an estimate at once, as the job does.
///
/// # Errors
/// [`DbError`] of the database.
pub async fn estimate_now(db: &Db, workspace: WorkspaceId) -> Result<(), DbError> {
    match computing::estimate(db, workspace, &|| Ok(())).await {
        Ok(()) => Ok(()),
        Err(computing::Stopped::Value(ValueError::Db(error))) => Err(error),
        Err(_) => Err(DbError::Unavailable("no estimate was made".to_owned())),
    }
}

/// Forgets what an account is worth: only for what the program itself made up.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    store::forget(tx, workspace, account)
}

fn record(tx: &mut Tx<'_>, actor: &Actor, kind: &'static Kind) -> Result<(), DbError> {
    events::record(tx, actor, NewEvent::of(kind, actor.workspace).topic(LIST))?;
    Ok(())
}
