//! The rows of the mails in files, and of the tickets that imports have touched.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, ToParam, Tx, Value};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use crate::mails::old::{Line, MailImportId, Outcome, Touched};
use crate::mails::store::read as read_mail;
use crate::mails::{Mail, MailId};
use crate::tickets::TicketId;

/// Notes a mail of the file that waits for its turn, or was refused.
pub(in super::super) fn insert_line(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    import: MailImportId,
    line: &Line,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into mail_import_mails (workspace_id, import_id, number, mail_id, size, sent_at, thread, outcome, reason)
             values ($1, $2, $3, $4, $5, $6, 0, $7, $8)"
        ),
        params![
            workspace,
            import,
            line.number,
            line.mail,
            line.size,
            line.sent_at,
            line.outcome.as_str(),
            line.reason
        ],
    )?;
    Ok(())
}

/// Notes what became of a mail.
pub(in super::super) fn set_outcome(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (import, number): (MailImportId, i64),
    (outcome, reason): (Outcome, &str),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update mail_import_mails
             set outcome = $4, reason = $5
             where workspace_id = $1 and import_id = $2 and number = $3"
        ),
        params![workspace, import, number, outcome.as_str(), reason],
    )?;
    Ok(())
}

/// When the mail with this number was written.
pub(in super::super) fn sent_at(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (import, number): (MailImportId, i64),
) -> Result<Option<Timestamp>, DbError> {
    tx.optional(
        sql!(
            "select sent_at
             from mail_import_mails
             where workspace_id = $1 and import_id = $2 and number = $3"
        ),
        params![workspace, import, number],
        |row| row.get("sent_at"),
    )
}

/// What tells which conversation a mail belongs to.
pub(in super::super) struct Tie {
    pub(in super::super) number: i64,
    pub(in super::super) sent_at: i64,
    pub(in super::super) message_id: String,
    pub(in super::super) references: String,
}

/// The ties of mails that wait, in the order of the file, after a number.
pub(in super::super) fn ties(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (import, after): (MailImportId, i64),
    limit: i64,
) -> Result<Vec<Tie>, DbError> {
    tx.rows(
        sql!(
            "select r.number, r.sent_at, m.message_id, m.refs
             from mail_import_mails r
             join mails m on m.workspace_id = r.workspace_id and m.id = r.mail_id
             where r.workspace_id = $1 and r.import_id = $2 and r.number > $3
             order by r.number
             limit $4"
        ),
        params![workspace, import, after, limit],
        |row| {
            Ok(Tie {
                number: row.get("number")?,
                sent_at: row.get("sent_at")?,
                message_id: row.get("message_id")?,
                references: row.get("refs")?,
            })
        },
    )
}

/// Says to which conversations mails belong: numbers of mails and of conversations.
pub(in super::super) fn set_threads(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    import: MailImportId,
    threads: &[(i64, i64)],
) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "update mail_import_mails
                   set thread = $4
                   where workspace_id = $1 and import_id = $2 and number = $3",
            pg: "update mail_import_mails
                 set thread = r.thread
                 from unnest($3::bigint[], $4::bigint[]) as r (number, thread)
                 where mail_import_mails.workspace_id = $1 and mail_import_mails.import_id = $2
                   and mail_import_mails.number = r.number",
        },
        params![
            workspace,
            import,
            Value::list(threads, |(number, _)| number.to_param()),
            Value::list(threads, |(_, thread)| thread.to_param())
        ],
    )?;
    Ok(())
}

/// Mails of the conversations after one, each with its number in the file and that of its conversation, in their order.
pub(in super::super) fn after_thread(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (import, thread): (MailImportId, i64),
    limit: i64,
) -> Result<Vec<(i64, i64, Mail)>, DbError> {
    tx.rows(
        sql!(
            "select r.number, r.thread, m.id, m.mailbox_id, m.folder, m.validity, m.uid, m.blob_id, m.size, m.arrived_at,
               m.stored_at, m.envelope_from, m.envelope_to, m.peer, m.hello, m.message_id, m.content_hash, m.state, m.cause,
               m.trouble, m.is_released, m.sender, m.sender_name, m.subject, m.nature, m.evidence, m.checks, m.vouched,
               m.reply_to, m.people, m.refs, m.thread_index, m.contact_id, m.ticket_id, m.ticket_message_id, m.side_id, m.clue,
               m.clue_text, m.is_stranger, m.read_at
             from mail_import_mails r
             join mails m on m.workspace_id = r.workspace_id and m.id = r.mail_id
             where r.workspace_id = $1 and r.import_id = $2 and r.thread > $3
             order by r.thread, r.sent_at, r.number
             limit $4"
        ),
        params![workspace, import, thread, limit],
        |row| Ok((row.get("number")?, row.get("thread")?, read_mail(row)?)),
    )
}

/// What became of mails, in the order of the file, after a number; those of one outcome where it is named.
pub(in super::super) fn lines(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (import, outcome): (MailImportId, Option<Outcome>),
    after: i64,
    limit: i64,
) -> Result<Vec<Line>, DbError> {
    match outcome {
        Some(outcome) => tx.rows(
            sql!(
                "select r.number, r.mail_id, r.size, r.sent_at, r.outcome, r.reason, coalesce(m.sender, '') as sender,
                   coalesce(m.subject, '') as subject, m.ticket_id
                 from mail_import_mails r
                 left join mails m on m.workspace_id = r.workspace_id and m.id = r.mail_id
                 where r.workspace_id = $1 and r.import_id = $2 and r.outcome = $3 and r.number > $4
                 order by r.number
                 limit $5"
            ),
            params![workspace, import, outcome.as_str(), after, limit],
            line,
        ),
        None => tx.rows(
            sql!(
                "select r.number, r.mail_id, r.size, r.sent_at, r.outcome, r.reason, coalesce(m.sender, '') as sender,
                   coalesce(m.subject, '') as subject, m.ticket_id
                 from mail_import_mails r
                 left join mails m on m.workspace_id = r.workspace_id and m.id = r.mail_id
                 where r.workspace_id = $1 and r.import_id = $2 and r.number > $3
                 order by r.number
                 limit $4"
            ),
            params![workspace, import, after, limit],
            line,
        ),
    }
}

/// Mails of an import that are still here, whatever became of them, after a number.
pub(in super::super) fn kept(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    import: MailImportId,
    (after, limit): (i64, i64),
) -> Result<Vec<(i64, Mail)>, DbError> {
    tx.rows(
        sql!(
            "select r.number, m.id, m.mailbox_id, m.folder, m.validity, m.uid, m.blob_id, m.size, m.arrived_at, m.stored_at,
               m.envelope_from, m.envelope_to, m.peer, m.hello, m.message_id, m.content_hash, m.state, m.cause, m.trouble,
               m.is_released, m.sender, m.sender_name, m.subject, m.nature, m.evidence, m.checks, m.vouched, m.reply_to,
               m.people, m.refs, m.thread_index, m.contact_id, m.ticket_id, m.ticket_message_id, m.side_id, m.clue, m.clue_text,
               m.is_stranger, m.read_at
             from mail_import_mails r
             join mails m on m.workspace_id = r.workspace_id and m.id = r.mail_id
             where r.workspace_id = $1 and r.import_id = $2 and r.number > $3
             order by r.number
             limit $4"
        ),
        params![workspace, import, after, limit],
        |row| Ok((row.get("number")?, read_mail(row)?)),
    )
}

/// Takes the row of a mail away; only for what is taken back.
pub(in super::super) fn delete_mail(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MailId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from mails where workspace_id = $1 and id = $2"),
        params![workspace, id],
    )?;
    Ok(())
}

/// Takes away what is known of the mails and tickets of an import.
pub(in super::super) fn delete_lines(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MailImportId,
) -> Result<(), DbError> {
    for statement in [
        sql!("delete from mail_import_mails where workspace_id = $1 and import_id = $2"),
        sql!("delete from mail_import_tickets where workspace_id = $1 and import_id = $2"),
    ] {
        tx.execute(statement, params![workspace, id])?;
    }
    Ok(())
}

/// Notes at which version an import has left a ticket. What was before the first of its mails stays.
pub(in super::super) fn touch(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    import: MailImportId,
    touched: &Touched,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into mail_import_tickets (workspace_id, import_id, ticket_id, is_new, version, touched_at, outcome)
             values ($1, $2, $3, $4, $5, $6, '')
             on conflict (workspace_id, import_id, ticket_id) do update set version = excluded.version"
        ),
        params![
            workspace,
            import,
            touched.ticket,
            touched.is_new,
            touched.version,
            touched.touched_at
        ],
    )?;
    Ok(())
}

/// Tickets of an import of which nothing was taken back yet.
pub(in super::super) fn touched(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    import: MailImportId,
    limit: i64,
) -> Result<Vec<Touched>, DbError> {
    tx.rows(
        sql!(
            "select ticket_id, is_new, version, touched_at
             from mail_import_tickets
             where workspace_id = $1 and import_id = $2 and outcome = ''
             order by ticket_id
             limit $3"
        ),
        params![workspace, import, limit],
        read_touched,
    )
}

/// Tickets that stayed when their import was taken back.
pub(in super::super) fn left(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    import: MailImportId,
    limit: i64,
) -> Result<Vec<Touched>, DbError> {
    tx.rows(
        sql!(
            "select ticket_id, is_new, version, touched_at
             from mail_import_tickets
             where workspace_id = $1 and import_id = $2 and outcome = 'left'
             order by ticket_id
             limit $3"
        ),
        params![workspace, import, limit],
        read_touched,
    )
}

/// Notes what became of a ticket when its import was taken back: `back` or `left`.
pub(in super::super) fn set_taken(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (import, ticket): (MailImportId, TicketId),
    outcome: &str,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update mail_import_tickets
             set outcome = $4
             where workspace_id = $1 and import_id = $2 and ticket_id = $3"
        ),
        params![workspace, import, ticket, outcome],
    )?;
    Ok(())
}

fn read_touched(row: &Row<'_>) -> Result<Touched, DbError> {
    Ok(Touched {
        ticket: row.get("ticket_id")?,
        is_new: row.get("is_new")?,
        version: row.get("version")?,
        touched_at: row.get("touched_at")?,
    })
}

fn line(row: &Row<'_>) -> Result<Line, DbError> {
    let outcome: String = row.get("outcome")?;
    Ok(Line {
        number: row.get("number")?,
        mail: row.get("mail_id")?,
        size: row.get("size")?,
        sent_at: row.get("sent_at")?,
        outcome: Outcome::parse(&outcome).ok_or_else(|| row.broken("outcome", "what becomes of old mail"))?,
        reason: row.get("reason")?,
        sender: row.get("sender")?,
        subject: row.get("subject")?,
        ticket: row.get("ticket_id")?,
    })
}
