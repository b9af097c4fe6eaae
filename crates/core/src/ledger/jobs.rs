//! What follows from events about subscriptions: the account's movements are derived anew.

use kit::db::Tx;
use kit::jobs::{About, Job, JobError, Queue};
use serde::{Deserialize, Serialize};

use crate::accounts::AccountId;
use crate::events::Listener;

/// Derives the movements of one account.
#[derive(Debug, Serialize, Deserialize)]
pub struct Derive {
    account: AccountId,
}

impl Job for Derive {
    const KIND: &'static str = "ledger.derive";
}

/// A subscription is another; however many of an account are, it is derived once.
pub const FOLLOW: Listener = Listener::new(Derive::KIND, |tx, event| {
    let account = event.payload.get("account").and_then(|id| id.as_str());
    let Some(account) = account.and_then(|id| id.parse().ok()) else {
        return Ok(());
    };
    let job = Derive { account };
    let put = Queue::new(&job)
        .workspace(event.workspace)
        .key(account.to_string());
    put.put(tx).map(drop)
});

/// Runs [`super::derive`].
///
/// # Errors
/// The database's; the job is then tried again.
pub fn derive(tx: &mut Tx<'_>, job: &Derive, about: &About) -> Result<(), JobError> {
    super::derive(tx, about.workspace()?, job.account)?;
    Ok(())
}
