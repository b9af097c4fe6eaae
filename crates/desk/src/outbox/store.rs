//! The rows of outgoing mails, their recipients and their logs.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::OutgoingId;
use super::model::{Mail, MailState, Parcel, Recipient, RecipientState};
use crate::sides::SideId;
use crate::tickets::{MessageId, TicketId};

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, parcel: &Parcel) -> Result<(), DbError> {
    let mail = &parcel.mail;
    let (topic, index) = mail.outlook.clone().unzip();
    tx.execute(
        sql!(
            "insert into outgoing_mails
               (workspace_id, id, ticket_id, message_id, contact_id, mailbox_id, identifier, from_address, from_name, subject,
                in_reply_to, reference_ids, thread_topic, thread_index, body, state, attempts, due_at, written_by, written_at,
                survey_id, side_id, reply_to)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)"
        ),
        params![
            workspace,
            mail.id,
            mail.ticket,
            mail.message,
            mail.contact,
            mail.mailbox,
            mail.identifier,
            mail.from_address,
            mail.from_name,
            mail.subject,
            mail.in_reply_to,
            mail.references.join(" "),
            topic,
            index,
            mail.body,
            mail.state.as_str(),
            mail.attempts,
            mail.due_at,
            mail.written_by,
            mail.written_at,
            mail.survey,
            mail.side,
            mail.reply_to
        ],
    )?;
    for (place, one) in (0_i64..).zip(&parcel.recipients) {
        tx.execute(
            sql!(
                "insert into outgoing_recipients (workspace_id, mail_id, place, name, address, is_copy, state, code, enhanced, said, address_folded)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
            ),
            params![
                workspace,
                mail.id,
                place,
                one.name,
                one.address,
                one.is_copy,
                one.state.as_str(),
                one.code,
                one.enhanced,
                one.said,
                super::suppression::folded(&one.address)
            ],
        )?;
    }
    Ok(())
}

/// Stores what became of a mail.
pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, parcel: &Parcel) -> Result<(), DbError> {
    let mail = &parcel.mail;
    tx.execute(
        sql!(
            "update outgoing_mails
             set state = $3, attempts = $4, due_at = $5, settled_at = $6, handed_by = $7, handed_at = $8, trouble = $9
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            mail.id,
            mail.state.as_str(),
            mail.attempts,
            mail.due_at,
            mail.settled_at,
            mail.handed_by,
            mail.handed_at,
            mail.trouble
        ],
    )?;
    for (place, one) in (0_i64..).zip(&parcel.recipients) {
        tx.execute(
            sql!(
                "update outgoing_recipients
                 set state = $4, code = $5, enhanced = $6, said = $7
                 where workspace_id = $1 and mail_id = $2 and place = $3"
            ),
            params![
                workspace,
                mail.id,
                place,
                one.state.as_str(),
                one.code,
                one.enhanced,
                one.said
            ],
        )?;
    }
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: OutgoingId,
) -> Result<Option<Parcel>, DbError> {
    let mail = tx.optional(
        sql!(
            "select id, ticket_id, message_id, contact_id, mailbox_id, identifier, from_address, from_name, subject, in_reply_to,
               reference_ids, thread_topic, thread_index, body, state, attempts, due_at, written_by, written_at, settled_at, handed_by,
               handed_at, trouble, survey_id, side_id, reply_to
             from outgoing_mails
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )?;
    with_recipients(tx, workspace, mail)
}

pub(super) fn of_message(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    message: MessageId,
) -> Result<Option<Parcel>, DbError> {
    let mail = tx.optional(
        sql!(
            "select id, ticket_id, message_id, contact_id, mailbox_id, identifier, from_address, from_name, subject, in_reply_to,
               reference_ids, thread_topic, thread_index, body, state, attempts, due_at, written_by, written_at, settled_at, handed_by,
               handed_at, trouble, survey_id, side_id, reply_to
             from outgoing_mails
             where workspace_id = $1 and message_id = $2"
        ),
        params![workspace, message],
        read,
    )?;
    with_recipients(tx, workspace, mail)
}

pub(super) fn by_identifier(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    identifier: &str,
) -> Result<Option<Parcel>, DbError> {
    let mail = tx.optional(
        sql!(
            "select id, ticket_id, message_id, contact_id, mailbox_id, identifier, from_address, from_name, subject, in_reply_to,
               reference_ids, thread_topic, thread_index, body, state, attempts, due_at, written_by, written_at, settled_at, handed_by,
               handed_at, trouble, survey_id, side_id, reply_to
             from outgoing_mails
             where workspace_id = $1 and identifier = $2"
        ),
        params![workspace, identifier],
        read,
    )?;
    with_recipients(tx, workspace, mail)
}

/// The newest mail of a ticket's own conversation that is not taken back.
pub(super) fn newest_of_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Option<Mail>, DbError> {
    tx.optional(
        sql!(
            "select id, ticket_id, message_id, contact_id, mailbox_id, identifier, from_address, from_name, subject, in_reply_to,
               reference_ids, thread_topic, thread_index, body, state, attempts, due_at, written_by, written_at, settled_at, handed_by,
               handed_at, trouble, survey_id, side_id, reply_to
             from outgoing_mails
             where workspace_id = $1 and ticket_id = $2 and side_id is null and state <> 'withdrawn'
             order by id desc
             limit 1"
        ),
        params![workspace, ticket],
        read,
    )
}

/// The newest mail of a side conversation that is not taken back.
pub(super) fn newest_of_side(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    side: SideId,
) -> Result<Option<Mail>, DbError> {
    tx.optional(
        sql!(
            "select id, ticket_id, message_id, contact_id, mailbox_id, identifier, from_address, from_name, subject, in_reply_to,
               reference_ids, thread_topic, thread_index, body, state, attempts, due_at, written_by, written_at, settled_at, handed_by,
               handed_at, trouble, survey_id, side_id, reply_to
             from outgoing_mails
             where workspace_id = $1 and side_id = $2 and state <> 'withdrawn'
             order by id desc
             limit 1"
        ),
        params![workspace, side],
        read,
    )
}

fn with_recipients(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: Option<Mail>,
) -> Result<Option<Parcel>, DbError> {
    let Some(mail) = mail else { return Ok(None) };
    Ok(and_recipients(tx, workspace, vec![mail])?.pop())
}

/// Before the last possible id, which none has.
const NEWEST: [u8; 16] = [0xff; 16];

/// The newest mails before one; in one state or in any.
pub(super) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (state, before): (Option<MailState>, Option<OutgoingId>),
    limit: i64,
) -> Result<Vec<Parcel>, DbError> {
    let before = before.map_or(NEWEST, |id| *kit::id::TypedId::uuid(id).as_bytes());
    let mails = match state {
        None => tx.rows(
            sql!(
                "select id, ticket_id, message_id, contact_id, mailbox_id, identifier, from_address, from_name, subject, in_reply_to,
               reference_ids, thread_topic, thread_index, body, state, attempts, due_at, written_by, written_at, settled_at, handed_by,
               handed_at, trouble, survey_id, side_id, reply_to
                 from outgoing_mails
                 where workspace_id = $1 and id < $2
                 order by id desc
                 limit $3"
            ),
            params![workspace, before, limit],
            read,
        ),
        Some(state) => tx.rows(
            sql!(
                "select id, ticket_id, message_id, contact_id, mailbox_id, identifier, from_address, from_name, subject, in_reply_to,
               reference_ids, thread_topic, thread_index, body, state, attempts, due_at, written_by, written_at, settled_at, handed_by,
               handed_at, trouble, survey_id, side_id, reply_to
                 from outgoing_mails
                 where workspace_id = $1 and state = $2 and id < $3
                 order by id desc
                 limit $4"
            ),
            params![workspace, state.as_str(), before, limit],
            read,
        ),
    }?;
    and_recipients(tx, workspace, mails)
}

/// The mails of these messages.
pub(super) fn of_messages(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    messages: &[MessageId],
) -> Result<Vec<Parcel>, DbError> {
    let mails = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select id, ticket_id, message_id, contact_id, mailbox_id, identifier, from_address, from_name, subject, in_reply_to,
               reference_ids, thread_topic, thread_index, body, state, attempts, due_at, written_by, written_at, settled_at, handed_by,
               handed_at, trouble, survey_id, side_id, reply_to
                   from outgoing_mails
                   where workspace_id = $1 and message_id in (select value from rarray($2))
                   order by id",
            pg: "select id, ticket_id, message_id, contact_id, mailbox_id, identifier, from_address, from_name, subject, in_reply_to,
               reference_ids, thread_topic, thread_index, body, state, attempts, due_at, written_by, written_at, settled_at, handed_by,
               handed_at, trouble, survey_id, side_id, reply_to
                 from outgoing_mails
                 where workspace_id = $1 and message_id = any($2)
                 order by id",
        },
        params![workspace, messages],
        read,
    )?;
    and_recipients(tx, workspace, mails)
}

fn and_recipients(tx: &mut Tx<'_>, workspace: WorkspaceId, mails: Vec<Mail>) -> Result<Vec<Parcel>, DbError> {
    let ids: Vec<OutgoingId> = mails.iter().map(|mail| mail.id).collect();
    let all = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select mail_id, name, address, is_copy, state, code, enhanced, said
                   from outgoing_recipients
                   where workspace_id = $1 and mail_id in (select value from rarray($2))
                   order by mail_id, place",
            pg: "select mail_id, name, address, is_copy, state, code, enhanced, said
                 from outgoing_recipients
                 where workspace_id = $1 and mail_id = any($2)
                 order by mail_id, place",
        },
        params![workspace, &ids[..]],
        |row| Ok((row.get::<OutgoingId>("mail_id")?, read_recipient(row)?)),
    )?;
    let of = |id: OutgoingId| all.iter().filter(move |(mail, _)| *mail == id);
    let parcels = mails.into_iter().map(|mail| Parcel {
        recipients: of(mail.id).map(|(_, one)| one.clone()).collect(),
        mail,
    });
    Ok(parcels.collect())
}

fn read(row: &Row<'_>) -> Result<Mail, DbError> {
    let state: String = row.get("state")?;
    let references: String = row.get("reference_ids")?;
    let (topic, index): (Option<String>, Option<String>) =
        (row.get("thread_topic")?, row.get("thread_index")?);
    Ok(Mail {
        id: row.get("id")?,
        ticket: row.get("ticket_id")?,
        message: row.get("message_id")?,
        contact: row.get("contact_id")?,
        mailbox: row.get("mailbox_id")?,
        identifier: row.get("identifier")?,
        from_address: row.get("from_address")?,
        from_name: row.get("from_name")?,
        subject: row.get("subject")?,
        in_reply_to: row.get("in_reply_to")?,
        references: references.split_whitespace().map(str::to_owned).collect(),
        outlook: topic.zip(index),
        body: row.get("body")?,
        state: MailState::parse(&state).ok_or_else(|| row.broken("state", "a state of a mail"))?,
        attempts: row.get("attempts")?,
        due_at: row.get("due_at")?,
        written_by: row.get("written_by")?,
        written_at: row.get("written_at")?,
        settled_at: row.get("settled_at")?,
        handed_by: row.get("handed_by")?,
        handed_at: row.get("handed_at")?,
        trouble: row.get("trouble")?,
        survey: row.get("survey_id")?,
        side: row.get("side_id")?,
        reply_to: row.get("reply_to")?,
    })
}

fn read_recipient(row: &Row<'_>) -> Result<Recipient, DbError> {
    let state: String = row.get("state")?;
    Ok(Recipient {
        name: row.get("name")?,
        address: row.get("address")?,
        is_copy: row.get("is_copy")?,
        state: RecipientState::parse(&state).ok_or_else(|| row.broken("state", "a state of a recipient"))?,
        code: row.get("code")?,
        enhanced: row.get("enhanced")?,
        said: row.get("said")?,
    })
}
