//! What follows from changes of contacts and accounts: whose events are is worked out anew.

use kit::db::{DbError, Tx};
use kit::jobs::{About, Job, JobError, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::contacts::ContactId;
use tandem_core::events::Listener;
use tandem_core::workspaces::WorkspaceId;

use super::NameId;
use crate::usage::folding;

/// Looks again whose the events are that a contact or an account may have to do with.
#[derive(Debug, Serialize, Deserialize)]
pub struct Attribute {
    subject: String,
}

impl Job for Attribute {
    const KIND: &'static str = "usage.attribute";
}

/// Looks again whose the events of these persons are.
#[derive(Debug, Serialize, Deserialize)]
pub struct Settle {
    persons: Vec<NameId>,
}

impl Job for Settle {
    const KIND: &'static str = "usage.settle";
}

/// Queues looking again whose the events of persons are.
pub(super) fn queue(tx: &mut Tx<'_>, workspace: WorkspaceId, persons: Vec<NameId>) -> Result<(), DbError> {
    let job = Settle { persons };
    Queue::new(&job).workspace(workspace).put(tx).map(drop)
}

/// Looks, and queues what one go does not do.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn settle(tx: &mut Tx<'_>, job: &Settle, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    super::following::follow_persons(tx, workspace, job.persons.clone())?;
    folding::touch(tx, workspace)?;
    Ok(())
}

/// A contact or an account is another.
pub const FOLLOW: Listener = Listener::new(Attribute::KIND, |tx, event| {
    let subject = event.subject.clone();
    Queue::new(&Attribute {
        subject: subject.clone(),
    })
    .workspace(event.workspace)
    .key(subject)
    .put(tx)
    .map(drop)
});

/// Looks.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn attribute(tx: &mut Tx<'_>, job: &Attribute, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    if let Ok(account) = job.subject.parse::<AccountId>() {
        super::follow_account(tx, workspace, account)?;
    } else if let Ok(contact) = job.subject.parse::<ContactId>() {
        super::follow_contact(tx, workspace, contact)?;
    }
    folding::touch(tx, workspace)?;
    Ok(())
}
