//! The rows of mails.

use std::collections::HashSet;

use kit::blob::BlobId;
use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

use super::{Arrival, Cause, Mail, MailId, Reading, State};
use crate::mailboxes::MailboxId;
use crate::tickets::{MessageId, TicketId};

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, mail: &Mail) -> Result<(), DbError> {
    let arrival = &mail.arrival;
    tx.execute(
        sql!(
            "insert into mails (workspace_id, id, mailbox_id, folder, validity, uid, blob_id, size, arrived_at, stored_at,
               envelope_from, envelope_to, peer, hello, message_id, state, cause, trouble, is_released, sender, sender_name,
               subject, nature, evidence, checks, vouched, reply_to, people, refs, thread_index, clue, clue_text, is_stranger)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, '', false, '', '', '', '', '',
               '', '', '', '', '', '', '', '', false)"
        ),
        params![
            workspace,
            mail.id,
            mail.mailbox,
            arrival.folder,
            arrival.place.map(|(validity, _)| validity),
            arrival.place.map(|(_, uid)| uid),
            arrival.blob,
            arrival.size,
            arrival.arrived_at,
            arrival.stored_at,
            arrival.envelope_from,
            arrival.envelope_to.join(" "),
            arrival.peer,
            arrival.hello,
            arrival.message_id,
            mail.state.as_str(),
            mail.cause.map_or("", Cause::as_str)
        ],
    )?;
    Ok(())
}

/// Stores what was read in a mail and what became of it.
pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, mail: &Mail) -> Result<(), DbError> {
    let reading = &mail.reading;
    tx.execute(
        sql!(
            "update mails
             set message_id = $3, content_hash = $4, state = $5, cause = $6, trouble = $7, is_released = $8, sender = $9,
               sender_name = $10, subject = $11, nature = $12, evidence = $13, checks = $14, vouched = $15, reply_to = $16,
               people = $17, refs = $18, thread_index = $19, ticket_id = $20, ticket_message_id = $21, clue = $22,
               clue_text = $23, is_stranger = $24, read_at = $25, contact_id = $26, side_id = $27
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            mail.id,
            mail.arrival.message_id,
            reading.content.as_ref().map(<[u8; 32]>::as_slice),
            mail.state.as_str(),
            mail.cause.map_or("", Cause::as_str),
            mail.trouble,
            mail.is_released,
            reading.sender,
            reading.sender_name,
            reading.subject,
            reading.nature,
            reading.evidence,
            reading.checks,
            reading.identity,
            reading.reply_to,
            reading.people,
            reading.references,
            reading.thread_index,
            mail.ticket,
            mail.message,
            mail.clue,
            mail.clue_text,
            mail.is_stranger,
            mail.read_at,
            mail.contact,
            mail.side
        ],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: MailId) -> Result<Option<Mail>, DbError> {
    tx.optional(
        sql!(
            "select id, mailbox_id, folder, validity, uid, blob_id, size, arrived_at, stored_at, envelope_from, envelope_to,
               peer, hello, message_id, content_hash, state, cause, trouble, is_released, sender, sender_name, subject,
               nature, evidence, checks, vouched, reply_to, people, refs, thread_index, contact_id, ticket_id, ticket_message_id, side_id, clue,
               clue_text, is_stranger, read_at
             from mails
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// The oldest mails of a mailbox that wait to be read.
pub(super) fn to_read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    limit: i64,
) -> Result<Vec<Mail>, DbError> {
    tx.rows(
        sql!(
            "select id, mailbox_id, folder, validity, uid, blob_id, size, arrived_at, stored_at, envelope_from, envelope_to,
               peer, hello, message_id, content_hash, state, cause, trouble, is_released, sender, sender_name, subject,
               nature, evidence, checks, vouched, reply_to, people, refs, thread_index, contact_id, ticket_id, ticket_message_id, side_id, clue,
               clue_text, is_stranger, read_at
             from mails
             where workspace_id = $1 and mailbox_id = $2 and state = 'stored'
             order by id
             limit $3"
        ),
        params![workspace, mailbox, limit],
        read,
    )
}

/// Mails with this identifier in a mailbox, the oldest first.
pub(super) fn identified(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    message_id: &str,
) -> Result<Vec<Mail>, DbError> {
    tx.rows(
        sql!(
            "select id, mailbox_id, folder, validity, uid, blob_id, size, arrived_at, stored_at, envelope_from, envelope_to,
               peer, hello, message_id, content_hash, state, cause, trouble, is_released, sender, sender_name, subject,
               nature, evidence, checks, vouched, reply_to, people, refs, thread_index, contact_id, ticket_id, ticket_message_id, side_id, clue,
               clue_text, is_stranger, read_at
             from mails
             where workspace_id = $1 and mailbox_id = $2 and message_id = $3
             order by id
             limit 50"
        ),
        params![workspace, mailbox, message_id],
        read,
    )
}

/// Mails of a mailbox with these very bytes, the oldest first.
pub(super) fn of_blob(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    blob: BlobId,
) -> Result<Vec<Mail>, DbError> {
    tx.rows(
        sql!(
            "select id, mailbox_id, folder, validity, uid, blob_id, size, arrived_at, stored_at, envelope_from, envelope_to,
               peer, hello, message_id, content_hash, state, cause, trouble, is_released, sender, sender_name, subject,
               nature, evidence, checks, vouched, reply_to, people, refs, thread_index, contact_id, ticket_id, ticket_message_id, side_id, clue,
               clue_text, is_stranger, read_at
             from mails
             where workspace_id = $1 and mailbox_id = $2 and blob_id = $3
             order by id
             limit 50"
        ),
        params![workspace, mailbox, blob],
        read,
    )
}

/// What a contact wrote.
pub(super) fn of_contact(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Vec<Mail>, DbError> {
    tx.rows(
        sql!(
            "select id, mailbox_id, folder, validity, uid, blob_id, size, arrived_at, stored_at, envelope_from, envelope_to,
               peer, hello, message_id, content_hash, state, cause, trouble, is_released, sender, sender_name, subject,
               nature, evidence, checks, vouched, reply_to, people, refs, thread_index, contact_id, ticket_id, ticket_message_id, side_id, clue,
               clue_text, is_stranger, read_at
             from mails
             where workspace_id = $1 and contact_id = $2"
        ),
        params![workspace, contact],
        read,
    )
}

/// Forgets how a mail came, and its bytes.
pub(super) fn forget_arrival(tx: &mut Tx<'_>, workspace: WorkspaceId, id: MailId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update mails
             set blob_id = null, envelope_from = '', envelope_to = '', peer = '', hello = '', contact_id = null
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

/// The newest mails of a ticket. Copies of our own mails say nothing that is not known.
pub(super) fn of_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    limit: i64,
) -> Result<Vec<Mail>, DbError> {
    tx.rows(
        sql!(
            "select id, mailbox_id, folder, validity, uid, blob_id, size, arrived_at, stored_at, envelope_from, envelope_to,
               peer, hello, message_id, content_hash, state, cause, trouble, is_released, sender, sender_name, subject,
               nature, evidence, checks, vouched, reply_to, people, refs, thread_index, contact_id, ticket_id, ticket_message_id, side_id, clue,
               clue_text, is_stranger, read_at
             from mails
             where workspace_id = $1 and ticket_id = $2 and state <> 'known'
             order by id desc
             limit $3"
        ),
        params![workspace, ticket, limit],
        read,
    )
}

/// The mails that these messages are; of one that came twice, the first.
pub(super) fn of_messages(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    messages: &[MessageId],
) -> Result<Vec<Mail>, DbError> {
    let mut mails = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select id, mailbox_id, folder, validity, uid, blob_id, size, arrived_at, stored_at, envelope_from, envelope_to,
               peer, hello, message_id, content_hash, state, cause, trouble, is_released, sender, sender_name, subject,
               nature, evidence, checks, vouched, reply_to, people, refs, thread_index, contact_id, ticket_id, ticket_message_id, side_id, clue,
               clue_text, is_stranger, read_at
             from mails
             where workspace_id = $1 and ticket_message_id in (select value from rarray($2))
             order by id",
            pg: "select id, mailbox_id, folder, validity, uid, blob_id, size, arrived_at, stored_at, envelope_from, envelope_to,
               peer, hello, message_id, content_hash, state, cause, trouble, is_released, sender, sender_name, subject,
               nature, evidence, checks, vouched, reply_to, people, refs, thread_index, contact_id, ticket_id, ticket_message_id, side_id, clue,
               clue_text, is_stranger, read_at
             from mails
             where workspace_id = $1 and ticket_message_id = any($2)
             order by id",
        },
        params![workspace, messages],
        read,
    )?;
    let mut seen = HashSet::new();
    mails.retain(|mail| seen.insert(mail.message));
    Ok(mails)
}

/// What came from an address and is no contact's: held back, or not read.
pub(super) fn of_sender(tx: &mut Tx<'_>, workspace: WorkspaceId, sender: &str) -> Result<Vec<Mail>, DbError> {
    tx.rows(
        sql!(
            "select id, mailbox_id, folder, validity, uid, blob_id, size, arrived_at, stored_at, envelope_from, envelope_to,
               peer, hello, message_id, content_hash, state, cause, trouble, is_released, sender, sender_name, subject,
               nature, evidence, checks, vouched, reply_to, people, refs, thread_index, contact_id, ticket_id, ticket_message_id, side_id, clue,
               clue_text, is_stranger, read_at
             from mails
             where workspace_id = $1 and sender = $2 and contact_id is null
             order by id"
        ),
        params![workspace, sender],
        read,
    )
}

/// The mail at a place of a folder.
pub(super) fn at_place(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    folder: &str,
    (validity, uid): (i64, i64),
) -> Result<Option<Mail>, DbError> {
    tx.optional(
        sql!(
            "select id, mailbox_id, folder, validity, uid, blob_id, size, arrived_at, stored_at, envelope_from, envelope_to,
               peer, hello, message_id, content_hash, state, cause, trouble, is_released, sender, sender_name, subject,
               nature, evidence, checks, vouched, reply_to, people, refs, thread_index, contact_id, ticket_id, ticket_message_id, side_id, clue,
               clue_text, is_stranger, read_at
             from mails
             where workspace_id = $1 and mailbox_id = $2 and folder = $3 and validity = $4 and uid = $5"
        ),
        params![workspace, mailbox, folder, validity, uid],
        read,
    )
}

/// How many mails of a sender became tickets or wait since a moment.
pub(super) fn count_of_sender(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    sender: &str,
    since: Timestamp,
) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "select count(*) as n
             from mails
             where workspace_id = $1 and sender = $2 and read_at > $3 and clue = '' and state = 'placed'"
        ),
        params![workspace, sender, since],
        |row| row.get("n"),
    )
}

pub(super) fn state(row: &Row<'_>) -> Result<State, DbError> {
    let word: String = row.get("state")?;
    State::parse(&word).ok_or_else(|| row.broken("state", "a state of a mail"))
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn arrival(row: &Row<'_>) -> Result<Arrival, DbError> {
    let place: (Option<i64>, Option<i64>) = (row.get("validity")?, row.get("uid")?);
    let envelope_to: String = row.get("envelope_to")?;
    Ok(Arrival {
        folder: row.get("folder")?,
        place: place.0.zip(place.1),
        blob: row.get("blob_id")?,
        size: row.get("size")?,
        arrived_at: row.get("arrived_at")?,
        stored_at: row.get("stored_at")?,
        envelope_from: row.get("envelope_from")?,
        envelope_to: words(&envelope_to),
        peer: row.get("peer")?,
        hello: row.get("hello")?,
        message_id: row.get("message_id")?,
    })
}

fn reading(row: &Row<'_>) -> Result<Reading, DbError> {
    let content: Option<Vec<u8>> = row.get("content_hash")?;
    Ok(Reading {
        sender: row.get("sender")?,
        sender_name: row.get("sender_name")?,
        subject: row.get("subject")?,
        nature: row.get("nature")?,
        evidence: row.get("evidence")?,
        checks: row.get("checks")?,
        identity: row.get("vouched")?,
        reply_to: row.get("reply_to")?,
        people: row.get("people")?,
        references: row.get("refs")?,
        thread_index: row.get("thread_index")?,
        content: content.and_then(|hash| hash.try_into().ok()),
    })
}

pub(super) fn read(row: &Row<'_>) -> Result<Mail, DbError> {
    let cause: String = row.get("cause")?;
    Ok(Mail {
        id: row.get("id")?,
        mailbox: row.get("mailbox_id")?,
        arrival: arrival(row)?,
        state: state(row)?,
        cause: Cause::parse(&cause),
        trouble: row.get("trouble")?,
        is_released: row.get("is_released")?,
        reading: reading(row)?,
        contact: row.get("contact_id")?,
        ticket: row.get("ticket_id")?,
        message: row.get("ticket_message_id")?,
        side: row.get("side_id")?,
        clue: row.get("clue")?,
        clue_text: row.get("clue_text")?,
        is_stranger: row.get("is_stranger")?,
        read_at: row.get("read_at")?,
    })
}
