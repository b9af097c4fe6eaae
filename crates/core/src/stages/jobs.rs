//! What follows from events about accounts: a new one begins on the first stage.

use kit::db::Tx;
use kit::jobs::{self, About, Job, JobError, Queue};
use serde::{Deserialize, Serialize};

use super::StageError;
use crate::accounts::AccountId;
use crate::events::{self, EventId, Listener};

/// Puts a new account onto the first stage.
#[derive(Debug, Serialize, Deserialize)]
pub struct Begin {
    account: AccountId,
}

impl Job for Begin {
    const KIND: &'static str = "stages.begin";
}

/// An account came.
pub const BEGIN: Listener = Listener::new(Begin::KIND, |tx, event| {
    let Ok(account) = event.subject.parse() else {
        return Ok(());
    };
    let job = Begin { account };
    Queue::new(&job).workspace(event.workspace).put(tx).map(drop)
});

/// Puts the new accounts that an event is about onto the first stage.
#[derive(Debug, Serialize, Deserialize)]
pub struct BeginAll {
    event: EventId,
}

impl Job for BeginAll {
    const KIND: &'static str = "stages.begin_all";
}

/// Many accounts came in one go.
pub const BEGIN_ALL: Listener = Listener::new(BeginAll::KIND, |tx, event| {
    jobs::queue(tx, event.workspace, &BeginAll { event: event.id }).map(drop)
});

/// Runs [`super::begin_all`].
///
/// # Errors
/// The database's; the job is then tried again.
pub fn begin_all(tx: &mut Tx<'_>, job: &BeginAll, about: &About) -> Result<(), JobError> {
    match events::find(tx, about.workspace()?, job.event)? {
        Some(event) => Ok(super::begin_all(tx, &event)?),
        None => Ok(()),
    }
}

/// Runs [`super::begin`].
///
/// # Errors
/// The database's; the job is then tried again.
pub fn begin(tx: &mut Tx<'_>, job: &Begin, about: &About) -> Result<(), JobError> {
    match super::begin(tx, about.workspace()?, job.account) {
        Ok(()) => Ok(()),
        Err(StageError::Db(error)) => Err(error.into()),
        Err(error) => Err(JobError::retry(error.to_string())),
    }
}
