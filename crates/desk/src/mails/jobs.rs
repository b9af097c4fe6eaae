//! What follows from mail that came: it is read.

use std::time::Duration;

use kit::jobs::{Errand, Job, JobError, Lane};
use serde::{Deserialize, Serialize};

use super::reading;
use crate::mailboxes::MailboxId;

/// Longest time for reading what waits in one mailbox; then it goes on anew.
pub const LONGEST: Duration = Duration::from_secs(1_800);

/// Reads what came to a mailbox and was not read.
#[derive(Debug, Serialize, Deserialize)]
pub struct Read {
    /// The mailbox.
    pub mailbox: MailboxId,
}

impl Job for Read {
    const KIND: &'static str = "mails.read";
    const LANE: Lane = Lane::Urgent;
}

/// Reads it, the oldest first.
///
/// # Errors
/// Trouble of the database or the blobs; the job is then tried again.
pub async fn read(errand: Errand, job: Read) -> Result<(), JobError> {
    reading::everything(&errand, job.mailbox).await
}
