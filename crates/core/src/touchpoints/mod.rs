//! Touchpoints: the timeline of an account and its people.
//!
//! A touchpoint is written once and stays: what was wrong is *withdrawn* (who, when), and how it left the customer, its
//! *impression*, is judged anew with the earlier judgements kept. People write down calls, meetings and visits; what
//! happens elsewhere in the program leaves its [`Trace`] by events. The *experience* of an account is the mean of its
//! impressions, the newer ones counting more.

pub mod api;
mod asking;
pub mod bulk;
pub(crate) mod carrying;
pub mod column;
pub(crate) mod demo;
mod failures;
pub mod importing;
pub mod jobs;
pub mod kinds;
pub mod measures;
mod model;
pub mod operations;
pub mod search;
mod store;
mod views;
pub mod web;

use kit::db::{DbError, Tx};

pub use kinds::{BY_HAND, Kind, Trace, Traces};
use model::tidy;
pub use model::{
    Channel, Cursor, Direction, Experience, Filter, Impression, Judged, Judging, NewTouchpoint, Touchpoint,
    TouchpointError,
};

use crate::accounts::merging::{Part, Way};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::contacts::{self, ContactError, ContactId};
use crate::events::{self, NewEvent};
use crate::panels::{Panel, Place, Width};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// What a merge of accounts does with them.
pub const MERGES: Part =
    Part::new("touchpoints", Way::Move).said("merging-touchpoints", Permission::AccountsRead);

kit::id! {
    /// A touchpoint.
    TouchpointId, "tch"
}

/// A touchpoint was written down.
pub const ADDED: events::Kind = events::Kind::new("touchpoint.added", Permission::AccountsRead);
/// How a touchpoint left the customer was judged anew.
pub const JUDGED: events::Kind = events::Kind::new("touchpoint.judged", Permission::AccountsRead);
/// A touchpoint was withdrawn.
pub const WITHDRAWN: events::Kind = events::Kind::new("touchpoint.withdrawn", Permission::AccountsRead);
/// A withdrawn touchpoint was put back.
pub const RESTORED: events::Kind = events::Kind::new("touchpoint.restored", Permission::AccountsRead);

/// The panel of the account's page: its timeline.
pub const OF_ACCOUNT: Panel = Panel {
    width: Width::Line,
    lines: 6,
    ..Panel::new(
        "timeline",
        Place::Account,
        Permission::AccountsRead,
        "/accounts/{id}/touchpoints",
    )
};
/// The panel of the contact's page: their part of the timeline.
pub const OF_CONTACT: Panel = Panel {
    width: Width::Line,
    lines: 6,
    ..Panel::new(
        "their-timeline",
        Place::Contact,
        Permission::ContactsRead,
        "/contacts/{id}/touchpoints",
    )
};

/// The name of timelines, in cursors.
pub const LIST: &str = "touchpoints";
/// Touchpoints in one part of a timeline.
pub const PAGE: i64 = 30;
/// How many of the newest impressions the experience looks at; older ones would weigh next to nothing.
const JUDGED_MOST: i64 = 2_000;

/// Whose timeline it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// An account's.
    Account(AccountId),
    /// A contact's, with those merged into them.
    Contact(ContactId),
}

/// Writes down what a person says happened at an account.
///
/// # Errors
/// [`TouchpointError`] for a missing permission, a field that does not fit, or an account or contact of no or another
/// workspace.
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    new: &NewTouchpoint,
) -> Result<Touchpoint, TouchpointError> {
    actor.must(Permission::AccountsWrite)?;
    if !BY_HAND.iter().any(|kind| kind.word == new.kind) {
        return Err(TouchpointError::BadKind);
    }
    if !accounts::exists(tx, actor.workspace, account)? {
        return Err(TouchpointError::Unknown);
    }
    if let Some(contact) = new.contact {
        let known = contacts::find(tx, actor, contact).map_err(of_contact)?;
        known.ok_or(TouchpointError::NoContact)?;
    }
    let summary = tidy(&new.summary, 2_000).filter(|summary| !summary.is_empty());
    let new = NewTouchpoint {
        summary: summary.ok_or(TouchpointError::BadSummary)?,
        ..new.clone()
    };
    write_down(tx, actor, account, &new)
}

fn of_contact(error: ContactError) -> TouchpointError {
    match error {
        ContactError::Forbidden(missing) => missing.into(),
        ContactError::Db(error) => error.into(),
        _ => TouchpointError::NoContact,
    }
}

/// Writes down what happened, of any kind; for features that have checked it themselves.
pub(crate) fn write_down(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    new: &NewTouchpoint,
) -> Result<Touchpoint, TouchpointError> {
    let touchpoint = noted(tx, actor, account, new)?;
    store::insert(tx, actor.workspace, &touchpoint)?;
    record(tx, actor, &ADDED, &touchpoint)?;
    Ok(touchpoint)
}

/// A touchpoint as it is to be stored.
fn noted(
    tx: &Tx<'_>,
    actor: &Actor,
    account: AccountId,
    new: &NewTouchpoint,
) -> Result<Touchpoint, TouchpointError> {
    let now = tx.now();
    let happened_at = new.happened_at.unwrap_or(now);
    if happened_at > now {
        return Err(TouchpointError::InFuture);
    }
    let impression = match &new.impression {
        None => None,
        Some((impression, reason)) => Some(Judged {
            impression: *impression,
            by: actor.signature(),
            reason: tidy(reason, 500).ok_or(TouchpointError::LongReason)?,
        }),
    };
    Ok(Touchpoint {
        id: tx.new_id(),
        account,
        contact: new.contact,
        kind: new.kind.clone(),
        channel: new.channel,
        direction: new.direction,
        author: actor.signature(),
        summary: new.summary.clone(),
        evidence: new.evidence.clone(),
        happened_at,
        recorded_at: now,
        impression,
    })
}

/// Judges how a touchpoint left the customer. Earlier judgements are kept.
///
/// # Errors
/// [`TouchpointError::Unknown`] for one of no or another workspace, [`TouchpointError::LongReason`],
/// [`TouchpointError::JudgedMeanwhile`] when it is not as the actor saw it any more.
pub fn judge(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TouchpointId,
    judging: &Judging,
) -> Result<Touchpoint, TouchpointError> {
    actor.must(Permission::AccountsWrite)?;
    let mut touchpoint = find(tx, actor, id)?.ok_or(TouchpointError::Unknown)?;
    let reason = tidy(&judging.reason, 500).ok_or(TouchpointError::LongReason)?;
    let judged = judging.impression.map(|impression| Judged {
        impression,
        by: actor.signature(),
        reason: reason.clone(),
    });
    if touchpoint.impression == judged {
        return Ok(touchpoint);
    }
    let present = touchpoint.impression.as_ref().map(|judged| judged.impression);
    if judging.seen.is_some_and(|seen| seen != present) {
        return Err(TouchpointError::JudgedMeanwhile(touchpoint.impression));
    }
    store::keep_judgement(tx, actor.workspace, &touchpoint)?;
    touchpoint.impression = judged;
    store::set_impression(tx, actor.workspace, &touchpoint)?;
    record(tx, actor, &JUDGED, &touchpoint)?;
    Ok(touchpoint)
}

/// Takes a touchpoint off the timeline; twice keeps who did it first.
///
/// # Errors
/// [`TouchpointError::Unknown`] for one of no or another workspace.
pub fn withdraw(tx: &mut Tx<'_>, actor: &Actor, id: TouchpointId) -> Result<Touchpoint, TouchpointError> {
    actor.must(Permission::AccountsWrite)?;
    let touchpoint = find(tx, actor, id)?.ok_or(TouchpointError::Unknown)?;
    let now = tx.now();
    if store::insert_withdrawal(tx, actor.workspace, id, &actor.signature(), now)? {
        record(tx, actor, &WITHDRAWN, &touchpoint)?;
    }
    Ok(touchpoint)
}

/// Puts a withdrawn touchpoint back.
///
/// # Errors
/// As of [`withdraw`].
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: TouchpointId) -> Result<Touchpoint, TouchpointError> {
    actor.must(Permission::AccountsWrite)?;
    let touchpoint = find(tx, actor, id)?.ok_or(TouchpointError::Unknown)?;
    if store::delete_withdrawal(tx, actor.workspace, id)? {
        record(tx, actor, &RESTORED, &touchpoint)?;
    }
    Ok(touchpoint)
}

/// The touchpoint with this id in the actor's workspace, withdrawn or not.
///
/// # Errors
/// [`TouchpointError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: TouchpointId) -> Result<Option<Touchpoint>, TouchpointError> {
    actor.must(Permission::AccountsRead)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// The touchpoints that `filter` looks for, the newest first; withdrawn ones are left out.
///
/// # Errors
/// [`TouchpointError::Forbidden`], or the database's.
pub fn timeline(
    tx: &mut Tx<'_>,
    actor: &Actor,
    whose: Whose,
    filter: &Filter,
) -> Result<Vec<Touchpoint>, TouchpointError> {
    actor.must(Permission::AccountsRead)?;
    if matches!(whose, Whose::Contact(_)) {
        actor.must(Permission::ContactsRead)?;
    }
    Ok(store::timeline(tx, actor.workspace, whose, filter)?)
}

/// How the customer fares with us: the mean of the account's impressions, the newer ones counting more.
///
/// # Errors
/// [`TouchpointError::Forbidden`], or the database's.
pub fn experience(tx: &mut Tx<'_>, actor: &Actor, account: AccountId) -> Result<Experience, TouchpointError> {
    actor.must(Permission::AccountsRead)?;
    let impressions = store::impressions(tx, actor.workspace, account, JUDGED_MOST)?;
    Ok(Experience::of(&impressions, tx.now()))
}

/// The newest impressions of an account, each with when it was made.
pub(crate) fn impressions(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<(Impression, kit::clock::Timestamp)>, DbError> {
    store::impressions(tx, workspace, account, JUDGED_MOST)
}

/// When somebody at an account and somebody here last had to do with each other.
pub(crate) fn last_personal(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Option<kit::clock::Timestamp>, DbError> {
    store::last_personal(tx, workspace, account)
}

/// Forgets a contact's part of every timeline: what happened stays, that it was with them does not, nor what was written.
pub(crate) fn forget_contact(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<u64, DbError> {
    search::tell(tx, workspace, Some(contact), None)?;
    store::forget_contact(tx, workspace, contact)
}

/// Forgets an account's timeline; only for what the program itself made up, and for what an import takes back.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn forget_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<(), DbError> {
    search::tell(tx, workspace, None, Some(account))?;
    store::forget_account(tx, workspace, account)
}

/// Forgets what is told on an account's timeline of one thing; only of what an import takes back.
///
/// # Errors
/// [`DbError`] of the database.
pub fn forget_traces(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    evidence: &str,
) -> Result<(), DbError> {
    store::forget_traces(tx, workspace, account, evidence)
}

fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static events::Kind,
    touchpoint: &Touchpoint,
) -> Result<(), DbError> {
    events::record(tx, actor, told(kind, touchpoint))?;
    Ok(())
}

/// What is told of a touchpoint.
fn told(kind: &'static events::Kind, touchpoint: &Touchpoint) -> NewEvent {
    let payload = serde_json::json!({
        "kind": touchpoint.kind,
        "impression": touchpoint.impression.as_ref().map(|judged| judged.impression.value()),
    });
    let event = NewEvent::of(kind, touchpoint.id)
        .topic(touchpoint.account)
        .payload(payload);
    match touchpoint.contact {
        Some(contact) => event.topic(contact),
        None => event,
    }
}
