//! Whoever leaves the company leaves their open tasks to nobody.

use kit::db::Tx;
use kit::jobs::{self, About, Job, JobError};
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::events::Listener;

use super::{Field, TaskError, change, store};

/// How many tasks one job takes from their owner.
const BATCH: i64 = 100;

/// Takes open tasks from an agent who left.
#[derive(Debug, Serialize, Deserialize)]
pub struct Release {
    agent: AgentId,
}

impl Job for Release {
    const KIND: &'static str = "tasks.release";
}

/// An agent's access ended.
pub const RELEASE: Listener = Listener::new(Release::KIND, |tx, event| {
    let Ok(agent) = event.subject.parse() else {
        return Ok(());
    };
    jobs::queue(tx, event.workspace, &Release { agent }).map(drop)
});

/// Gives a batch of their open tasks to nobody, and queues the next.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn release(tx: &mut Tx<'_>, job: &Release, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    let actor = Actor::system(workspace, "tasks");
    // Who came back meanwhile keeps their work.
    let is_active = tandem_core::agents::find(tx, workspace, job.agent)?.is_some_and(|agent| agent.is_active);
    if is_active {
        return Ok(());
    }
    let batch = store::open_of(tx, workspace, job.agent, BATCH)?;
    for task in &batch {
        // What can't be changed is left for people.
        if let Err(TaskError::Db(error)) = change(tx, &actor, (*task, None), &[(Field::Owner, String::new())])
        {
            return Err(error.into());
        }
    }
    if batch.len() == usize::try_from(BATCH).unwrap_or_default() {
        jobs::queue(tx, workspace, &Release { agent: job.agent })?;
    }
    Ok(())
}
