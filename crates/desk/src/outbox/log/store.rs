//! The rows of logs and of contents, and what goes when a person is forgotten.

use kit::blob::BlobId;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

use super::super::OutgoingId;
use super::super::model::Step;
use super::{LogLine, StepId};
use crate::tickets::TicketId;

/// The content that a mail was handed over with, once it was.
pub(in super::super) fn raw(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: OutgoingId,
) -> Result<Option<BlobId>, DbError> {
    let found = tx.optional(
        sql!("select raw_hash from outgoing_mails where workspace_id = $1 and id = $2"),
        params![workspace, id],
        |row| row.get("raw_hash"),
    )?;
    Ok(found.flatten())
}

pub(in super::super) fn set_raw(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: OutgoingId,
    raw: BlobId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update outgoing_mails set raw_hash = $3 where workspace_id = $1 and id = $2"),
        params![workspace, id, raw],
    )?;
    Ok(())
}

pub(in super::super) fn insert_step(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: OutgoingId,
    line: &LogLine,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into outgoing_steps
               (workspace_id, mail_id, id, step, author, address, code, enhanced, said, trouble, happened_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        params![
            workspace,
            mail,
            line.id,
            line.step.as_str(),
            line.author,
            line.address,
            line.code,
            line.enhanced,
            line.said,
            line.trouble,
            line.at
        ],
    )?;
    Ok(())
}

/// The log of a mail, the newest first.
pub(in super::super) fn steps(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: OutgoingId,
) -> Result<Vec<LogLine>, DbError> {
    tx.rows(
        sql!(
            "select id, step, author, address, code, enhanced, said, trouble, happened_at
             from outgoing_steps
             where workspace_id = $1 and mail_id = $2
             order by id desc
             limit 500"
        ),
        params![workspace, mail],
        |row| {
            let step: String = row.get("step")?;
            Ok(LogLine {
                id: row.get("id")?,
                step: Step::parse(&step).ok_or_else(|| row.broken("step", "a step"))?,
                author: row.get("author")?,
                address: row.get("address")?,
                code: row.get("code")?,
                enhanced: row.get("enhanced")?,
                said: row.get("said")?,
                trouble: row.get("trouble")?,
                at: row.get("happened_at")?,
            })
        },
    )
}

/// The contents that mails to a contact were handed over with.
pub(in super::super) fn raws_of_contact(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Vec<(OutgoingId, Option<BlobId>)>, DbError> {
    tx.rows(
        sql!(
            "select id, raw_hash
             from outgoing_mails
             where workspace_id = $1 and contact_id = $2
             order by id"
        ),
        params![workspace, contact],
        |row| Ok((row.get("id")?, row.get("raw_hash")?)),
    )
}

/// The mails about a ticket, each with its content.
pub(in super::super) fn raws_of_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Vec<(OutgoingId, Option<BlobId>)>, DbError> {
    tx.rows(
        sql!(
            "select id, raw_hash
             from outgoing_mails
             where workspace_id = $1 and ticket_id = $2
             order by id"
        ),
        params![workspace, ticket],
        |row| Ok((row.get("id")?, row.get("raw_hash")?)),
    )
}

/// The mails that have a recipient with this address: folded, or as it was written down.
pub(in super::super) fn of_address(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (folded, written): (&str, &str),
) -> Result<Vec<OutgoingId>, DbError> {
    tx.rows(
        sql!(
            "select distinct mail_id
             from outgoing_recipients
             where workspace_id = $1 and (address_folded = $2 or (address_folded is null and address = $3))
             order by mail_id"
        ),
        params![workspace, folded, written],
        |row| row.get("mail_id"),
    )
}

/// The content of a mail is kept no more; what is sent of it still is composed anew.
pub(in super::super) fn no_raw(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: OutgoingId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update outgoing_mails set raw_hash = null where workspace_id = $1 and id = $2"),
        params![workspace, id],
    )?;
    Ok(())
}

/// Takes a recipient's name and address away, and what servers said of it.
pub(in super::super) fn forget_recipient(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: OutgoingId,
    place: i64,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update outgoing_recipients
             set name = '', address = '', address_folded = '', said = ''
             where workspace_id = $1 and mail_id = $2 and place = $3"
        ),
        params![workspace, mail, place],
    )?;
    Ok(())
}

/// Takes the address and what was said from a line of a log.
pub(in super::super) fn forget_step(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: OutgoingId,
    line: StepId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update outgoing_steps
             set address = '', said = ''
             where workspace_id = $1 and mail_id = $2 and id = $3"
        ),
        params![workspace, mail, line],
    )?;
    Ok(())
}

/// Takes away what a mail is called.
pub(in super::super) fn forget_subject(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: OutgoingId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update outgoing_mails set subject = '', thread_topic = null where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

/// Takes everything from a mail that says to whom it went and what it said. What waits is taken back.
pub(in super::super) fn forget(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: OutgoingId,
) -> Result<(), DbError> {
    let parts = [
        sql!(
            "update outgoing_mails
             set contact_id = null, subject = '', body = '', raw_hash = null, thread_topic = null,
               state = case when state = 'waiting' then 'withdrawn' when state = 'handing' then 'unknown' else state end
             where workspace_id = $1 and id = $2"
        ),
        sql!(
            "update outgoing_recipients
             set name = '', address = '', address_folded = '', said = '',
               state = case when state = 'waiting' then 'withdrawn' when state = 'handing' then 'unknown' else state end
             where workspace_id = $1 and mail_id = $2"
        ),
        sql!(
            "update outgoing_steps
             set address = '', said = ''
             where workspace_id = $1 and mail_id = $2"
        ),
    ];
    for part in parts {
        tx.execute(part, params![workspace, id])?;
    }
    Ok(())
}
