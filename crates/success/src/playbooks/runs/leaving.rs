//! Runs that end with who is in a segment. A new definition, or a removal, takes accounts out without a word about each:
//! once all accounts have been looked at, the runs whose end that is are looked for.

use std::collections::HashMap;

use kit::db::Tx;
use kit::id::{TypedId, Uuid};
use kit::jobs::{self, About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;
use tandem_core::events::Listener;
use tandem_core::segments::{self, SegmentId};
use tandem_core::workspaces::WorkspaceId;

use super::store;
use crate::playbooks::beginning::end;
use crate::playbooks::{Content, PlaybookError, RunId, RunState, Trigger, store as written};

/// How many runs one job looks at.
const PART: i64 = 200;

/// Looks at the runs after one whose account may have left a segment.
#[derive(Debug, Serialize, Deserialize)]
pub struct Leave {
    segment: SegmentId,
    after: Option<RunId>,
}

impl Job for Leave {
    const KIND: &'static str = "playbooks.leave";
    const LANE: Lane = Lane::Slow;
}

/// All accounts were looked at for a segment, or it was removed.
pub const LEAVE: Listener = Listener::new(Leave::KIND, |tx, event| {
    let Ok(segment) = event.subject.parse::<SegmentId>() else {
        return Ok(());
    };
    let job = Leave { segment, after: None };
    let put = Queue::new(&job)
        .workspace(event.workspace)
        .key(segment.to_string());
    put.put(tx).map(drop)
});

/// Ends the runs of a part whose account is not in the segment any more, and queues the rest.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn leave(tx: &mut Tx<'_>, job: &Leave, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    match leave_part(tx, workspace, job) {
        Ok(Some(after)) => {
            let segment = job.segment;
            let next = Leave {
                segment,
                after: Some(after),
            };
            jobs::queue(tx, workspace, &next)?;
            Ok(())
        }
        Err(PlaybookError::Db(error)) => Err(error.into()),
        // Nothing that trying again would mend.
        Ok(None) | Err(_) => Ok(()),
    }
}

fn leave_part(tx: &mut Tx<'_>, workspace: WorkspaceId, job: &Leave) -> Result<Option<RunId>, PlaybookError> {
    let actor = Actor::system(workspace, "playbook");
    let after = job.after.unwrap_or(RunId::from_uuid(Uuid::nil()));
    let part = store::live_after(tx, workspace, after, PART)?;
    let is_last = i64::try_from(part.len()).unwrap_or(PART) < PART;
    let next = part.last().map(|run| run.id).filter(|_| !is_last);
    let mut meant = HashMap::new();
    for run in part {
        let version = (run.playbook, run.version);
        let is_meant = match meant.get(&version) {
            Some(known) => *known,
            None => {
                let content = written::content(tx, workspace, run.playbook, run.version)?;
                let is_meant = content.is_some_and(|content| ends_with(&content, job.segment));
                meant.insert(version, is_meant);
                is_meant
            }
        };
        if is_meant && !segments::contains(tx, workspace, job.segment, run.account)? {
            end(tx, &actor, run, (RunState::Stopped, "segment"))?;
        }
    }
    Ok(next)
}

/// Whether runs end once their account leaves this segment.
fn ends_with(content: &Content, left: SegmentId) -> bool {
    let is_of = matches!(&content.trigger, Trigger::Segment { segment } if *segment == left.to_string());
    content.until_left && is_of
}
