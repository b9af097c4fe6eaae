//! A replay under way: a few mails are understood at a time, then what they say now is stored together with the place.

use std::sync::Arc;
use std::time::Duration;

use kit::db::{DbError, Tx};
use kit::jobs::{Errand, Job, JobError, Lane};
use serde::{Deserialize, Serialize};
use tandem_core::workspaces::WorkspaceId;

use super::renewing::{Outcome, renewed};
use super::{Phase, Replay, store, tell};
use crate::mailboxes::{self, MailboxId};
use crate::mails::MailId;
use crate::mails::placing::{Unplaced, actor};
use crate::mails::reading::{self, Read, is_of_a_mail};
use crate::tickets;

/// Longest time for one attempt; the next one goes on where it was.
pub const LONGEST: Duration = Duration::from_secs(12 * 3_600);
/// Mails of one step.
const AT_A_TIME: i64 = 16;

/// Reads the stored mail of a mailbox again.
#[derive(Debug, Serialize, Deserialize)]
pub struct Again {
    pub(super) mailbox: MailboxId,
    pub(super) mark: String,
}

impl Job for Again {
    const KIND: &'static str = "mails.replay";
    const LANE: Lane = Lane::Slow;
}

/// Reads it, the oldest first, until all is read or somebody pauses or ends it.
///
/// # Errors
/// Trouble of the database or the blobs; the job then goes on where it was.
pub async fn replay(errand: Errand, job: Again) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    let (db, id) = (errand.db(), job.mailbox);
    loop {
        errand.go_on()?;
        let mark = job.mark.clone();
        let found = db
            .read(move |tx| {
                let is_it = |now: &Replay| now.mark == mark && now.phase.is_moving();
                let Some(now) = store::find(tx, workspace, id)?.filter(is_it) else {
                    return Ok(None);
                };
                let mails = store::next(tx, workspace, &now, AT_A_TIME)?;
                let mailbox = mailboxes::one(tx, workspace, id)?;
                Ok::<_, DbError>(mailbox.map(|mailbox| (now, mailbox, mails)))
            })
            .await?;
        let Some((now, mailbox, mails)) = found else {
            return Ok(());
        };
        let from = now.at;
        // Nobody asks the DNS what it says of a sender today.
        let read = Arc::new(reading::all_understood(db, (workspace, &mailbox), mails, None).await?);
        let mark = job.mark.clone();
        let after = db
            .write_in_turn(&tickets::turn(workspace), move |tx| {
                step(tx, workspace, (id, &mark, from), &read)
            })
            .await?;
        match after {
            Some(now) => errand.progress(now.looked, now.total),
            None => return Ok(()),
        }
    }
}

/// Stores what mails say now, and the place after them; the replay as it is then, unless it is over or somebody else's.
fn step(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (id, mark, from): (MailboxId, &str, MailId),
    read: &[Read],
) -> Result<Option<Replay>, DbError> {
    let is_it = |now: &Replay| now.mark == mark && now.phase.is_moving() && now.at == from;
    let Some(mut now) = store::find(tx, workspace, id)?.filter(is_it) else {
        return Ok(None);
    };
    now.phase = Phase::Running;
    for (mail, read) in read {
        let outcome = tx.attempt(|tx| renewed(tx, workspace, mail.id, read));
        match outcome {
            Ok(Outcome::Same) => {}
            Ok(Outcome::Changed) => now.changed += 1,
            Ok(Outcome::Unread) | Err(Unplaced::Failed(_)) => now.unread += 1,
            Err(Unplaced::Db(error)) if is_of_a_mail(&error) => {
                tracing::warn!(mail = %mail.id, %error, "a mail that was read again does not go into the database");
                now.unread += 1;
            }
            Err(Unplaced::Db(error)) => return Err(error),
        }
        now.at = mail.id;
        now.looked += 1;
    }
    if read.is_empty() {
        now.phase = Phase::Done;
        now.ended_at = Some(tx.now());
    }
    store::put(tx, workspace, &now)?;
    tell(tx, &actor(workspace), id)?;
    Ok(Some(now).filter(|now| now.phase.is_open()))
}
