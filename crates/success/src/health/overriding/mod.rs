//! What a person says of an account's health: a band, a reason, and until when; shown in place of the computed one, which
//! stays beside it.

mod store;

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::events::{self, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::{self, WorkspaceId};

use super::{Band, HealthError, LIST, OVERRIDDEN, Override, OverrideId, scoring};

/// Days ahead that it may hold at most.
const LONGEST: i64 = 366;

/// Says how an account is, until the end of a day; what was said before ends.
///
/// # Errors
/// [`HealthError`].
pub fn say(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    (band, reason, until): (Band, &str, Day),
) -> Result<Override, HealthError> {
    actor.must(Permission::AccountsWrite)?;
    if !accounts::exists(tx, actor.workspace, account)? {
        return Err(HealthError::UnknownAccount);
    }
    if band == Band::Unknown {
        return Err(HealthError::BadBand);
    }
    let reason: String = reason.trim().chars().filter(|c| !c.is_control()).collect();
    if reason.is_empty() || reason.chars().count() > 500 {
        return Err(HealthError::BadReason);
    }
    let today = workspaces::today(tx, actor.workspace)?;
    if !(0..=LONGEST).contains(&today.days_until(until)) {
        return Err(HealthError::BadUntil);
    }
    let by = actor.signature();
    store::end_overrides(tx, actor.workspace, account, &by)?;
    let said = Override {
        id: tx.new_id(),
        account,
        band,
        reason,
        until,
        by,
        at: tx.now(),
    };
    store::insert_override(tx, actor.workspace, &said)?;
    tell(tx, actor, account, Some(&said))?;
    Ok(said)
}

/// Lets the computed score be shown again; gives what was said until now.
///
/// # Errors
/// As of [`say`].
pub fn end(tx: &mut Tx<'_>, actor: &Actor, account: AccountId) -> Result<Option<Override>, HealthError> {
    actor.must(Permission::AccountsWrite)?;
    if !accounts::exists(tx, actor.workspace, account)? {
        return Err(HealthError::UnknownAccount);
    }
    let today = workspaces::today(tx, actor.workspace)?;
    let said = store::said(tx, actor.workspace, account, today)?;
    if said.is_some() {
        store::end_overrides(tx, actor.workspace, account, &actor.signature())?;
        tell(tx, actor, account, None)?;
    }
    Ok(said)
}

/// Says again what was ended: takes an ending back.
///
/// # Errors
/// As of [`say`]; nothing was said under this id.
pub fn again(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    id: OverrideId,
) -> Result<Override, HealthError> {
    let ended = store::ended(tx, actor.workspace, id)?.filter(|ended| ended.account == account);
    let ended = ended.ok_or(HealthError::UnknownAccount)?;
    say(tx, actor, account, (ended.band, &ended.reason, ended.until))
}

/// What is said of an account and holds today.
///
/// # Errors
/// As of [`say`].
pub fn said(tx: &mut Tx<'_>, actor: &Actor, account: AccountId) -> Result<Option<Override>, HealthError> {
    actor.must(Permission::AccountsRead)?;
    let today = workspaces::today(tx, actor.workspace)?;
    Ok(store::said(tx, actor.workspace, account, today)?)
}

/// What held of an account at the end of a day, of the past too: what was said by then, was not ended by then, and reached it.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn held_on(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    day: Day,
) -> Result<Option<Override>, DbError> {
    let zone = workspaces::zone(tx, workspace)?;
    let all = store::ever_said(tx, workspace, account)?;
    let held = |(said, ended): &(Override, Option<Timestamp>)| {
        Day::of(said.at, &zone) <= day
            && said.until >= day
            && ended.is_none_or(|ended| Day::of(ended, &zone) > day)
    };
    Ok(all.into_iter().find(held).map(|(said, _)| said))
}

/// What is said of these accounts and holds on a day; of the others nothing is.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn said_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    day: Day,
) -> Result<BTreeMap<AccountId, Band>, DbError> {
    // Of several the last one said counts.
    Ok(store::said_of(tx, workspace, accounts, day)?
        .into_iter()
        .collect())
}

fn tell(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    said: Option<&Override>,
) -> Result<(), HealthError> {
    let payload =
        json!({ "band": said.map(|said| said.band.as_str()), "until": said.map(|said| said.until) });
    let event = NewEvent::of(&OVERRIDDEN, account).topic(LIST).payload(payload);
    events::record(tx, actor, event)?;
    scoring::score(tx, actor.workspace, account)?;
    Ok(())
}
