//! Stages: where accounts are in their life with us. What stages there are is a ladder of the workspace's own.
//!
//! Where an account is now is the *span* without an end; every change closes one span and begins the next, so the past
//! says who said what when. A new account begins on the first stage.

pub mod api;
mod failures;
pub mod jobs;
pub mod measures;
mod store;
mod views;
pub mod web;

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use serde_json::json;

use crate::accounts::merging::{Part, Way};
use crate::accounts::{self, AccountError, AccountId};
use crate::actor::{Actor, Forbidden};
use crate::events::{self, Event, Kind, NewEvent};
use crate::ladders::{self, Ladder, Rung, RungId};
use crate::panels::{Panel, Place};
use crate::permissions::Permission;
use crate::touchpoints::{self, Experience};
use crate::workspaces::WorkspaceId;

/// What a merge of accounts does with them.
pub const MERGES: Part = Part::new("account_stages", Way::Choose("stage"));

/// An account is on another stage.
pub const MOVED: Kind = Kind::new("account.stage_changed", Permission::AccountsRead);

/// Accounts that came in one go began on the first stage; they are the further subjects.
pub const BEGUN: Kind = Kind::new("accounts.stage_begun", Permission::AccountsRead);

/// The panel of the account's page: its stages, and how it fared on each.
pub const PANEL: Panel = Panel::new(
    "stages",
    Place::Account,
    Permission::AccountsRead,
    "/accounts/{id}/stages",
);

/// The time that an account was on a stage, as rows have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// The stage.
    pub stage: RungId,
    /// From when.
    pub since: Timestamp,
    /// Until when; none for the present one.
    pub until: Option<Timestamp>,
}

/// The time that an account was on a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The stage.
    pub stage: Rung,
    /// The signature of who said so.
    pub by: String,
    /// From when.
    pub since: Timestamp,
    /// Until when; none for the present one.
    pub until: Option<Timestamp>,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StageError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such account here.
    #[error("there is no such account")]
    UnknownAccount,
    /// The stage is none of this workspace, or archived.
    #[error("there is no such stage in use")]
    UnknownStage,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Says on which stage an account is; gives the one before. Said twice it changes nothing.
///
/// # Errors
/// [`StageError`].
pub fn set(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    stage: RungId,
) -> Result<Option<RungId>, StageError> {
    actor.must(Permission::AccountsWrite)?;
    if !accounts::exists(tx, actor.workspace, account)? {
        return Err(StageError::UnknownAccount);
    }
    let found = ladders::find(tx, actor.workspace, Ladder::Stages, stage)?;
    let stage = found
        .filter(|stage| stage.archiving.is_none())
        .ok_or(StageError::UnknownStage)?;
    let before = store::now(tx, actor.workspace, &[account])?.into_iter().next();
    let before = before.map(|(_, rung)| rung.id);
    if before == Some(stage.id) {
        return Ok(before);
    }
    store::end(tx, actor.workspace, account, tx.now())?;
    store::begin(tx, actor.workspace, account, stage.id, &actor.signature())?;
    let payload = json!({ "stage": stage.text.name, "before": before });
    let event = NewEvent::of(&MOVED, account)
        .topic(accounts::LIST)
        .topic(Ladder::Stages.list());
    events::record(tx, actor, event.payload(payload))?;
    Ok(before)
}

/// Puts a new account onto the first stage; one that is on a stage stays there.
///
/// # Errors
/// As of [`set`].
pub fn begin(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), StageError> {
    let actor = Actor::system(workspace, "stages");
    if !store::now(tx, workspace, &[account])?.is_empty() || !accounts::exists(tx, workspace, account)? {
        return Ok(());
    }
    let stages = ladders::open(tx, workspace, Ladder::Stages)?;
    match stages.first() {
        Some(first) => set(tx, &actor, account, first.id).map(drop),
        None => Ok(()),
    }
}

/// Puts the accounts that came in one go onto the first stage; those that are on a stage stay there.
pub(crate) fn begin_all(tx: &mut Tx<'_>, came: &Event) -> Result<(), DbError> {
    let workspace = came.workspace;
    let about: Vec<AccountId> = came.subjects().filter_map(|id| id.parse().ok()).collect();
    let mut there = accounts::bulk::existing(tx, workspace, &about)?;
    let begun = store::begun(tx, workspace, &there)?;
    there.retain(|account| !begun.contains(account));
    let stages = ladders::open(tx, workspace, Ladder::Stages)?;
    let Some(first) = stages.first().filter(|_| !there.is_empty()) else {
        return Ok(());
    };
    let actor = Actor::system(workspace, "stages");
    store::begin_all(tx, workspace, &there, first.id, &actor.signature())?;
    let event = NewEvent::of(&BEGUN, came.id)
        .topic(Ladder::Stages.list())
        .payload(json!({ "stage": first.text.name }))
        .subjects(there);
    events::record(tx, &actor, event)?;
    Ok(())
}

/// On which stages these accounts are.
///
/// # Errors
/// [`DbError`] of the database.
pub fn now(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, Rung>, DbError> {
    Ok(store::now(tx, workspace, accounts)?.into_iter().collect())
}

/// When each of these accounts was on which stages, in the order of time.
///
/// # Errors
/// [`DbError`] of the database.
pub fn stays(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, Vec<Stay>>, DbError> {
    let mut found: BTreeMap<AccountId, Vec<Stay>> = BTreeMap::new();
    for (account, stay) in store::stays(tx, workspace, accounts)? {
        found.entry(account).or_default().push(stay);
    }
    Ok(found)
}

/// On which stages an account was, the present one first, each with how it fared there: the experience at the span's end.
///
/// # Errors
/// [`StageError::UnknownAccount`], [`StageError::Forbidden`], or the database's.
pub fn spans(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
) -> Result<Vec<(Span, Experience)>, StageError> {
    match accounts::find(tx, actor, account) {
        Ok(Some(_)) => {}
        Ok(None) => return Err(StageError::UnknownAccount),
        Err(AccountError::Forbidden(missing)) => return Err(missing.into()),
        Err(AccountError::Db(error)) => return Err(error.into()),
        Err(_) => return Err(StageError::UnknownAccount),
    }
    let impressions = touchpoints::impressions(tx, actor.workspace, account)?;
    let now = tx.now();
    let spans = store::spans(tx, actor.workspace, account)?;
    let fared = |span: Span| {
        let end = span.until.unwrap_or(now);
        let within: Vec<_> = impressions
            .iter()
            .filter(|(_, at)| *at >= span.since && *at <= end)
            .copied()
            .collect();
        let experience = Experience::of(&within, end);
        (span, experience)
    };
    Ok(spans.into_iter().map(fared).collect())
}
