//! The traces that events leave on timelines.

use kit::clock::Timestamp;
use kit::db::Tx;
use kit::jobs::{self, About, Job, JobError};
use serde::{Deserialize, Serialize};

use super::{Impression, NewTouchpoint, TouchpointError, Trace, Traces, bulk, write_down};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::contacts::ContactId;
use crate::events::{self, Event, EventId, Listener};
use crate::workspaces::WorkspaceId;

/// Writes down what an event leaves.
#[derive(Debug, Serialize, Deserialize)]
pub struct Follow {
    event: String,
    account: AccountId,
    contact: Option<ContactId>,
    subject: String,
    at: i64,
    #[serde(default)]
    impression: Option<i64>,
}

impl Job for Follow {
    const KIND: &'static str = "touchpoints.follow";
}

/// Leaves the event's trace on the timeline of the account that it names.
pub const FOLLOW: Listener = Listener::of_many(Follow::KIND, |tx, events| {
    let Some(first) = events.first() else {
        return Ok(());
    };
    let jobs: Vec<Follow> = events.iter().filter_map(Follow::of).collect();
    jobs::queue_all(tx, first.workspace, &jobs)
});

impl Follow {
    /// What an event that names an account may leave.
    pub(super) fn of(event: &Event) -> Option<Self> {
        let named = |prefix: &str| event.topics.iter().find(|topic| topic.starts_with(prefix));
        Some(Self {
            account: named("acc_").and_then(|id| id.parse().ok())?,
            event: event.kind.clone(),
            contact: named("con_").and_then(|id| id.parse().ok()),
            subject: event.subject.clone(),
            at: happened(event).0,
            impression: event
                .payload
                .get("impression")
                .and_then(serde_json::Value::as_i64),
        })
    }

    /// The account.
    pub(super) fn account(&self) -> AccountId {
        self.account
    }

    /// What it leaves.
    pub(super) fn leaves(&self, trace: &Trace, now: Timestamp) -> NewTouchpoint {
        NewTouchpoint {
            contact: self.contact,
            kind: trace.kind.word.to_owned(),
            channel: trace.kind.channel,
            direction: trace.direction,
            summary: String::new(),
            evidence: trace.evidence.map(|path| format!("{path}{}", self.subject)),
            happened_at: Some(Timestamp(self.at).min(now)),
            impression: trace.impression.map(|(usual, reason)| {
                // An event that says how it was left the customer knows better than its kind does.
                let told = self.impression.and_then(|told| Impression::try_from(told).ok());
                (told.unwrap_or(usual), reason.to_owned())
            }),
        }
    }
}

/// Writes down what an event leaves that is about many accounts.
#[derive(Debug, Serialize, Deserialize)]
pub struct FollowAll {
    event: EventId,
}

impl Job for FollowAll {
    const KIND: &'static str = "touchpoints.follow_all";
}

/// Leaves the event's trace on the timeline of each account that it is about.
pub const FOLLOW_ALL: Listener = Listener::new(FollowAll::KIND, |tx, event| {
    jobs::queue(tx, event.workspace, &FollowAll { event: event.id }).map(drop)
});

/// Writes the traces down.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn follow_all(tx: &mut Tx<'_>, job: &FollowAll, about: &About) -> Result<(), JobError> {
    let traces = tx.attached::<Traces>();
    let Some(event) = events::find(tx, about.workspace()?, job.event)? else {
        return Ok(());
    };
    match traces.as_ref().and_then(|traces| traces.of(&event.kind)) {
        Some(trace) => Ok(bulk::trace(tx, &event, trace)?),
        None => Ok(()),
    }
}

/// When it happened: what came late, such as an order of last year, names its `day`.
fn happened(event: &Event) -> Timestamp {
    let day = event.payload.get("day").and_then(serde_json::Value::as_str);
    let noon = day.and_then(|day| format!("{day}T12:00:00Z").parse::<jiff::Timestamp>().ok());
    noon.map_or(event.created_at, |noon| {
        Timestamp(noon.as_microsecond()).min(event.created_at)
    })
}

/// Writes the trace down.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn follow(tx: &mut Tx<'_>, job: &Follow, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    let traces = tx.attached::<Traces>();
    let Some(trace) = traces.as_ref().and_then(|traces| traces.of(&job.event)) else {
        return Ok(());
    };
    let merged = accounts::merging::standing(tx, workspace, job.account)?;
    let account = merged.unwrap_or(job.account);
    // Samples may have been removed meanwhile.
    if !accounts::exists(tx, workspace, account)? {
        return Ok(());
    }
    let new = job.leaves(trace, tx.now());
    let rule = Actor::system(workspace, "timeline");
    match write_down(tx, &rule, account, &new) {
        Ok(_) => Ok(()),
        Err(TouchpointError::Db(error)) => Err(error.into()),
        Err(_) => Ok(()),
    }
}
