//! When the rule looks again: after an account came or its worth changed, and after the tiers have changed.

use kit::db::Tx;
use kit::id::TypedId;
use kit::jobs::{self, About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};

use crate::accounts::{self, AccountId};
use crate::events::{self, EventId, Listener};

/// How many accounts one job looks at.
const BATCH: i64 = 200;

/// Looks at one account.
#[derive(Debug, Serialize, Deserialize)]
pub struct PlaceOne {
    account: AccountId,
}

/// Looks at the accounts of a workspace from one on.
#[derive(Debug, Serialize, Deserialize)]
pub struct PlaceAll {
    after: Option<AccountId>,
}

impl Job for PlaceOne {
    const KIND: &'static str = "tiers.place";
}

impl Job for PlaceAll {
    const KIND: &'static str = "tiers.place-all";
    const LANE: Lane = Lane::Slow;
}

/// An account came, or brings more or less.
pub const FOLLOW: Listener = Listener::new(PlaceOne::KIND, |tx, event| {
    let Ok(account) = event.subject.parse::<AccountId>() else {
        return Ok(());
    };
    let job = PlaceOne { account };
    let put = Queue::new(&job)
        .workspace(event.workspace)
        .key(account.to_string());
    put.put(tx).map(drop)
});

/// Looks at the accounts that an event is about.
#[derive(Debug, Serialize, Deserialize)]
pub struct PlaceMany {
    event: EventId,
}

impl Job for PlaceMany {
    const KIND: &'static str = "tiers.place-many";
    const LANE: Lane = Lane::Slow;
}

/// Many accounts came in one go.
pub const FOLLOW_MANY: Listener = Listener::new(PlaceMany::KIND, |tx, event| {
    jobs::queue(tx, event.workspace, &PlaceMany { event: event.id }).map(drop)
});

/// Looks at each account that the event is about.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn place_many(tx: &mut Tx<'_>, job: &PlaceMany, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    let Some(event) = events::find(tx, workspace, job.event)? else {
        return Ok(());
    };
    Ok(super::place_all(tx, &event)?)
}

/// The tiers are others.
pub const FOLLOW_ALL: Listener = Listener::new(PlaceAll::KIND, |tx, event| {
    if event.payload.get("ladder").and_then(|ladder| ladder.as_str()) != Some("tiers") {
        return Ok(());
    }
    let put = Queue::new(&PlaceAll { after: None })
        .workspace(event.workspace)
        .key("all");
    put.put(tx).map(drop)
});

/// Runs [`super::place`].
///
/// # Errors
/// The database's; the job is then tried again.
pub fn place(tx: &mut Tx<'_>, job: &PlaceOne, about: &About) -> Result<(), JobError> {
    super::place(tx, about.workspace()?, job.account)?;
    Ok(())
}

/// Looks at a batch of accounts, and queues the next.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn place_all(tx: &mut Tx<'_>, job: &PlaceAll, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    let start = job.after.unwrap_or(AccountId::from_uuid(kit::id::Uuid::nil()));
    let batch = accounts::ids_after(tx, workspace, start, BATCH)?;
    for account in &batch {
        super::place(tx, workspace, *account)?;
    }
    if let Some(last) = batch.last() {
        jobs::queue(tx, workspace, &PlaceAll { after: Some(*last) })?;
    }
    Ok(())
}
