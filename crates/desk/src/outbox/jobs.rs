//! What sends mails: an errand for each.

use std::time::Duration;

use kit::jobs::{Job, Lane, Options};
use serde::{Deserialize, Serialize};

use super::OutgoingId;

/// Hands a mail over when it is due.
#[derive(Debug, Serialize, Deserialize)]
pub struct Send {
    pub(super) mail: OutgoingId,
}

impl Send {
    pub(super) const fn of(mail: OutgoingId) -> Self {
        Self { mail }
    }
}

impl Job for Send {
    const KIND: &'static str = "outbox.send";
    const LANE: Lane = Lane::Urgent;
}

/// How its errand runs. A server may take ten minutes for its last answer; what ends before it leaves a mail unknown.
pub fn options() -> Options {
    Options::new()
        .attempts(1_000)
        .limit(16)
        .time(Duration::from_secs(15 * 60))
}
