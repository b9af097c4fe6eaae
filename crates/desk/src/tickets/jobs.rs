//! What tickets do by themselves: waking up, and forgetting accounts that the program had made up.

use kit::db::Tx;
use kit::jobs::{self, About, Job, JobError};
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::events::Listener;

use super::changing::settle;
use super::{TicketError, TicketId, store};
use crate::own_views;

/// How many tickets wake at a time.
const MOST: i64 = 500;

/// Looks which snoozed tickets are due, in all workspaces.
#[derive(Debug, Serialize, Deserialize)]
pub struct WakeAll {}

/// Wakes one.
#[derive(Debug, Serialize, Deserialize)]
pub struct Wake {
    ticket: TicketId,
}

/// Forgets the accounts that an event says are gone.
#[derive(Debug, Serialize, Deserialize)]
pub struct Forget {
    accounts: Vec<AccountId>,
}

impl Job for WakeAll {
    const KIND: &'static str = "tickets.wake_all";
}

impl Job for Wake {
    const KIND: &'static str = "tickets.wake";
}

impl Job for Forget {
    const KIND: &'static str = "tickets.forget";
}

/// Forgets the sample accounts that the event names.
pub const FORGET: Listener = Listener::new(Forget::KIND, |tx, event| {
    let named = event.topics.iter().chain(std::iter::once(&event.subject));
    let forget = Forget {
        accounts: named.filter_map(|id| id.parse().ok()).collect(),
    };
    jobs::queue(tx, event.workspace, &forget).map(drop)
});

/// Queues a [`Wake`] for each ticket that is due.
///
/// # Errors
/// The database's.
pub fn wake_all(tx: &mut Tx<'_>, _: &WakeAll, _: &About) -> Result<(), JobError> {
    let now = tx.now();
    let due = store::due(tx, now, MOST)?;
    for (workspace, ticket) in &due {
        jobs::queue(tx, *workspace, &Wake { ticket: *ticket })?;
    }
    Ok(())
}

/// Wakes a ticket, if it is still due.
///
/// # Errors
/// The database's.
pub fn wake(tx: &mut Tx<'_>, job: &Wake, about: &About) -> Result<(), JobError> {
    let (workspace, now) = (about.workspace()?, tx.now());
    let Some(before) = store::find(tx, workspace, job.ticket)? else {
        return Ok(());
    };
    if before.snoozed_until.is_none_or(|until| until > now) {
        return Ok(());
    }
    let mut after = before.clone();
    after.snoozed_until = None;
    after.touched_at = now;
    match settle(tx, &Actor::system(workspace, "snooze"), &before, &mut after) {
        Ok(_) => Ok(()),
        Err(TicketError::Db(error)) => Err(error.into()),
        Err(error) => Err(JobError::retry(error.to_string())),
    }
}

/// Forgets them.
///
/// # Errors
/// The database's.
pub fn forget(tx: &mut Tx<'_>, job: &Forget, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    for account in &job.accounts {
        store::forget_account(tx, workspace, *account)?;
    }
    own_views::jobs::look_again(tx, workspace)?;
    Ok(())
}
