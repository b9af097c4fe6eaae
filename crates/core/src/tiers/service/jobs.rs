//! What follows when a tier gives another service, or accounts come onto another tier.

use std::collections::BTreeSet;

use kit::db::Tx;
use kit::id::{TypedId, Uuid};
use kit::jobs::{self, About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};

use super::{REACHED, all, store};
use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::events::{self, Listener, NewEvent};
use crate::ladders::RungId;
use crate::metrics;

/// How many accounts are told of at once.
const PART: i64 = 500;

/// Tells of the accounts on a tier after one of them.
#[derive(Debug, Serialize, Deserialize)]
pub struct Reach {
    tier: RungId,
    after: AccountId,
}

impl Job for Reach {
    const KIND: &'static str = "tiers.reach";
    const LANE: Lane = Lane::Slow;
}

/// A tier gives another service.
pub const REACH: Listener = Listener::new(Reach::KIND, |tx, event| {
    let Ok(tier) = event.subject.parse::<RungId>() else {
        return Ok(());
    };
    let job = Reach {
        tier,
        after: AccountId::from_uuid(Uuid::nil()),
    };
    let put = Queue::new(&job).workspace(event.workspace);
    put.key(tier.to_string()).put(tx).map(drop)
});

/// Tells of a part of the accounts, and queues the next.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn reach(tx: &mut Tx<'_>, job: &Reach, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    let part = store::on_tier(tx, workspace, job.tier, (job.after, PART))?;
    let Some(last) = part.last().copied() else {
        return Ok(());
    };
    let event = NewEvent::of(&REACHED, job.tier).subjects(part);
    events::record(tx, &Actor::system(workspace, "tiers"), event)?;
    let next = Reach {
        tier: job.tier,
        after: last,
    };
    jobs::queue(tx, workspace, &next)?;
    Ok(())
}

/// Accounts are on other tiers: their next touch may be on another day. Where no tier has a cadence, none has one.
pub const FOLLOW: Listener = Listener::new(metrics::jobs::Find::KIND, |tx, event| {
    let has_cadence = |service: &super::Service| service.cadence.is_some();
    if !all(tx, event.workspace)?.values().any(has_cadence) {
        return Ok(());
    }
    let named = event.subjects().chain([event.subject.as_str()]);
    let accounts: BTreeSet<AccountId> = named.filter_map(|id| id.parse().ok()).collect();
    metrics::jobs::look_at_each(tx, event.workspace, &accounts)
});
