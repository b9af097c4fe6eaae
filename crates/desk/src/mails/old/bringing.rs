//! Giving old mails their place: the conversations of an import, some at a time, each in one transaction with the place after it.

use std::sync::Arc;

use kit::db::{Db, DbError, Tx};
use kit::jobs::Errand;
use tandem_core::teams::{self, TeamId};
use tandem_core::workspaces::WorkspaceId;

use super::jobs::{Step, Stopped};
use super::keeping::rate;
use super::model::{MailImport, MailImportError, MailImportState, Phase};
use super::ours::Ours;
use super::place::{Old, Place};
use super::{MailImportId, record, rows, store};
use crate::mailboxes::{self, Mailbox};
use crate::mails::Mail;
use crate::mails::placing::actor;
use crate::mails::reading::all_understood;
use crate::tickets;

/// Mails that are read for one transaction; more than a conversation has in one.
const MOST: usize = 120;
/// Mails that are understood at a time.
const AT_A_TIME: usize = 16;

/// Places what is left of the conversations.
pub(super) async fn bring(
    errand: &Errand,
    workspace: WorkspaceId,
    import: &MailImport,
) -> Result<(), Stopped> {
    let (db, id) = (errand.db(), import.id);
    let (mut after, box_id) = (import.thread, import.mailbox);
    loop {
        errand.go_on().map_err(|_| Stopped::Asked)?;
        let limit = i64::try_from(MOST).unwrap_or(i64::MAX);
        let (mailbox, mut mails) = db
            .read(move |tx| {
                let mailbox = mailboxes::one(tx, workspace, box_id)?;
                let mails = rows::store::after_thread(tx, workspace, (id, after), limit)?;
                Ok::<_, DbError>((mailbox, mails))
            })
            .await?;
        let mailbox = mailbox.ok_or(MailImportError::NoMailbox)?;
        whole(&mut mails);
        let next = mails.last().map_or(after, |(_, thread, _)| *thread);
        let old = Arc::new(understood(db, (workspace, &mailbox), mails).await?);
        let step = db
            .write_in_turn(&tickets::turn(workspace), move |tx| {
                commit(tx, (workspace, &mailbox), (id, after), &old)
            })
            .await?;
        match step {
            Step::GoOn(done, total) => errand.progress(done, total),
            Step::Stop => return Ok(()),
        }
        after = next;
    }
}

/// Leaves out the last conversation where it may go on behind what was read.
fn whole(mails: &mut Vec<(i64, i64, Mail)>) {
    let first = mails.first().map(|(_, thread, _)| *thread);
    let last = mails.last().map(|(_, thread, _)| *thread);
    if mails.len() == MOST && first != last {
        mails.retain(|(_, thread, _)| Some(*thread) != last);
    }
}

/// Reads mails without asking anybody about them: what was true of their senders then, nobody can say now.
async fn understood(
    db: &Db,
    (workspace, mailbox): (WorkspaceId, &Mailbox),
    mails: Vec<(i64, i64, Mail)>,
) -> Result<Vec<Old>, Stopped> {
    let mut all = Vec::with_capacity(mails.len());
    for part in mails.chunks(AT_A_TIME) {
        let some = part.iter().map(|(_, _, mail)| mail.clone()).collect();
        let read = all_understood(db, (workspace, mailbox), some, None)
            .await
            .map_err(Stopped::Job)?;
        for ((number, thread, _), (mail, mut read)) in part.iter().zip(read) {
            if let Ok(read) = &mut read {
                // The files are in the store; their bytes are not needed here.
                for file in &mut read.message.attachments {
                    file.content = Vec::new();
                }
            }
            all.push(Old {
                number: *number,
                thread: *thread,
                mail,
                read,
            });
        }
    }
    Ok(all)
}

/// Conversations and the place after them, or nothing.
fn commit(
    tx: &mut Tx<'_>,
    (workspace, mailbox): (WorkspaceId, &Mailbox),
    (id, after): (MailImportId, i64),
    mails: &[Old],
) -> Result<Step, DbError> {
    let is_here = |import: &MailImport| {
        import.state == MailImportState::Running && import.phase == Phase::Placing && import.thread == after
    };
    let Some(mut import) = store::find(tx, workspace, id)?.filter(is_here) else {
        return Ok(Step::Stop);
    };
    let place = Place {
        workspace,
        mailbox,
        team: team(tx, workspace, mailbox)?,
        ours: Ours::of(tx, workspace, &import.choices.own)?,
        choices: import.choices.clone(),
        import: id,
    };
    for conversation in mails.chunk_by(|one, next| one.thread == next.thread) {
        for told in place.settled(tx, conversation)? {
            rows::store::set_outcome(tx, workspace, (id, told.number), (told.outcome, told.reason))?;
            import.counts.add(told.outcome);
        }
        import.thread = conversation.first().map_or(import.thread, |old| old.thread);
    }
    import.rate = rate(mails.len(), import.changed_at, tx.now(), import.rate);
    import.changed_at = tx.now();
    let is_over = mails.is_empty();
    if is_over {
        import.state = MailImportState::Done;
    }
    store::update(tx, workspace, &import)?;
    record(tx, &actor(workspace), &import)?;
    Ok(if is_over {
        Step::Stop
    } else {
        Step::GoOn(import.counts.mails(), import.taken)
    })
}

/// The team that gets the mailbox's tickets, while it is there.
fn team(tx: &mut Tx<'_>, workspace: WorkspaceId, mailbox: &Mailbox) -> Result<Option<TeamId>, DbError> {
    let Some(id) = mailbox.team else {
        return Ok(None);
    };
    let teams = teams::all(tx, workspace)?;
    let is_there = teams.iter().any(|team| team.id == id && team.archiving.is_none());
    Ok(Some(id).filter(|_| is_there))
}
