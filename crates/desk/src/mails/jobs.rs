//! What follows from mail that came: it is read.

use std::time::Duration;

use kit::blob;
use kit::db::Tx;
use kit::id::TypedId;
use kit::jobs::{self, About, Errand, Job, JobError, Lane};
use serde::{Deserialize, Serialize};
use tandem_core::contacts::ContactId;
use tandem_core::events::Listener;
use tandem_core::workspaces::WorkspaceId;

use super::{Reading, reading, store};
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

/// Forgets what an erased contact wrote.
#[derive(Debug, Serialize, Deserialize)]
pub struct Forget {
    contacts: Vec<ContactId>,
}

impl Job for Forget {
    const KIND: &'static str = "mails.forget";
}

/// Forgets the mails of the contact of the event.
pub const FORGET: Listener = Listener::new(Forget::KIND, |tx, event| {
    let named = event.topics.iter().chain(std::iter::once(&event.subject));
    let contacts = named.filter_map(|id| id.parse().ok()).collect();
    jobs::queue(tx, event.workspace, &Forget { contacts }).map(drop)
});

/// Takes away their words, their names and their raw mails; that a mail came stays.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn forget(tx: &mut Tx<'_>, job: &Forget, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    for contact in &job.contacts {
        for mut mail in store::of_contact(tx, workspace, *contact)? {
            if let Some(raw) = mail.arrival.blob.take() {
                blob::unlink(tx, workspace.uuid(), raw, &mail.id.to_string())?;
            }
            mail.reading = Reading::default();
            mail.arrival.message_id.clear();
            mail.clue_text.clear();
            store::update(tx, workspace, &mail)?;
            store::forget_arrival(tx, workspace, mail.id)?;
        }
    }
    Ok(())
}
