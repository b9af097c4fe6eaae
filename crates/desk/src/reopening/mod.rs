//! Whether an answer by mail opens a solved ticket again, or is a ticket of its own.
//!
//! For so many days after its solving an answer opens a ticket again: for ever until a workspace says otherwise, never with 0.
//! Later answers, and none that machines wrote, become tickets of their own, each related to the old one.

pub mod api;
mod failures;
mod store;
mod views;
pub mod web;

use std::time::Duration;

use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::audit::{self, Act, Entry};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use crate::tickets::{self, Status, TicketId, connections};

/// The most days: ten years.
pub const LONGEST: i64 = 3_650;
const DAY: u64 = 86_400;

/// For how long answers open tickets again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reopening {
    /// For how many days after its solving; none for ever.
    pub days: Option<i64>,
    /// Grows with every change.
    pub version: i64,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReopeningError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// A number of days that is none.
    #[error("0 to 3650 days, or nothing for ever")]
    BadDays,
    /// Someone changed it meanwhile.
    #[error("someone changed it meanwhile")]
    Stale,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// For how long answers open tickets of a workspace again.
///
/// # Errors
/// [`DbError`] of the database.
pub fn find(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Reopening, DbError> {
    Ok(store::find(tx, workspace)?.unwrap_or_default())
}

/// Changes for how long answers open tickets again, made from `wanted.version`.
///
/// # Errors
/// [`ReopeningError`] for a missing permission, days that are none, or a change by somebody else meanwhile.
pub fn change(tx: &mut Tx<'_>, actor: &Actor, wanted: Reopening) -> Result<Reopening, ReopeningError> {
    actor.must(Permission::InboxWrite)?;
    let before = find(tx, actor.workspace)?;
    if before.version != wanted.version {
        return Err(ReopeningError::Stale);
    }
    if wanted.days.is_some_and(|days| !(0..=LONGEST).contains(&days)) {
        return Err(ReopeningError::BadDays);
    }
    if before == wanted {
        return Ok(before);
    }
    let after = Reopening {
        version: before.version + 1,
        ..wanted
    };
    store::put(tx, actor.workspace, after)?;
    let entry = Entry::of(Act::ReopeningChanged, actor.workspace).before(json!({ "days": before.days }));
    audit::record(tx, actor, entry.after(json!({ "days": after.days })))?;
    Ok(after)
}

/// The ticket that an answer for `ticket` would open again, where it was solved too long ago for that.
pub(crate) fn over(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Option<TicketId>, DbError> {
    let Some(days) = find(tx, workspace)?.days else {
        return Ok(None);
    };
    let shown = connections::survivor(tx, workspace, ticket)?;
    let Some(ticket) = tickets::with_id(tx, workspace, shown)? else {
        return Ok(None);
    };
    let solved = ticket.solved_at.filter(|_| ticket.status == Status::Solved);
    let span = Duration::from_secs(u64::try_from(days).unwrap_or(0) * DAY);
    let is_over = solved.is_some_and(|at| tx.now() >= at.plus(span));
    Ok(is_over.then_some(shown))
}
