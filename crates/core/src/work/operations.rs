//! What the API's document says about background work.

use kit::jobs::JobId;
use kit::web::api::{Listed, Operation, Sample};

use super::api::{JobDocument, JobState, WorkQuery};

const PART: &str = "Background work";

/// `GET /api/v1/work`
pub const LIST: Operation = Operation::new(
    PART,
    "List jobs",
    "The workspace's jobs, the newest first. What a job holds is never shown.",
)
.asks::<WorkQuery>()
.gives::<Listed<JobDocument>>();

/// `POST /api/v1/work/{id}/revival`
pub const REVIVE: Operation = Operation::new(
    PART,
    "Let a job run again",
    "A job that failed for good, or was cancelled, waits again.",
)
.of::<JobId>();

/// `POST /api/v1/work/{id}/cancellation`
pub const CANCEL: Operation = Operation::new(
    PART,
    "Cancel a job",
    "A job that waits is over; one that runs is asked to stop.",
)
.of::<JobId>();

/// `DELETE /api/v1/work/{id}`
pub const DISCARD: Operation =
    Operation::new(PART, "Remove a job", "Takes away a job that is over.").of::<JobId>();

impl Sample for JobDocument {
    fn sample() -> Self {
        Self {
            id: "job_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            kind: "webhooks.deliver".to_owned(),
            state: JobState::Ready,
            attempts: 2,
            done: 0,
            total: None,
            error: Some("the answer was 503".to_owned()),
            run_at: 1_772_442_300_000_000,
            created_at: 1_772_442_000_000_000,
            finished_at: None,
        }
    }
}
