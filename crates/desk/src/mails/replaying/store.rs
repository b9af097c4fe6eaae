//! The rows of replays, and the mails that they look at.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::{Phase, Replay};
use crate::mailboxes::MailboxId;
use crate::mails::store::read as read_mail;
use crate::mails::{Mail, MailId};

pub(super) fn put(tx: &mut Tx<'_>, workspace: WorkspaceId, one: &Replay) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into mail_replays (workspace_id, mailbox_id, mark, state, parser, until_id, at_id, total, looked, changed,
               unread, asked_by, asked_at, ended_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
             on conflict (workspace_id, mailbox_id) do update
             set mark = excluded.mark, state = excluded.state, parser = excluded.parser, until_id = excluded.until_id,
               at_id = excluded.at_id, total = excluded.total, looked = excluded.looked, changed = excluded.changed,
               unread = excluded.unread, asked_by = excluded.asked_by, asked_at = excluded.asked_at,
               ended_at = excluded.ended_at"
        ),
        params![
            workspace,
            one.mailbox,
            one.mark,
            one.phase.as_str(),
            one.parser,
            one.until,
            one.at,
            one.total,
            one.looked,
            one.changed,
            one.unread,
            one.asked_by,
            one.asked_at,
            one.ended_at
        ],
    )?;
    Ok(())
}

pub(in crate::mails) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
) -> Result<Option<Replay>, DbError> {
    tx.optional(
        sql!(
            "select mailbox_id, mark, state, parser, until_id, at_id, total, looked, changed, unread, asked_by, asked_at,
               ended_at
             from mail_replays
             where workspace_id = $1 and mailbox_id = $2"
        ),
        params![workspace, mailbox],
        read,
    )
}

/// How many mails of a mailbox a replay looks at.
pub(super) fn count(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    until: MailId,
) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "select count(*) as n
             from mails
             where workspace_id = $1 and mailbox_id = $2 and id < $3 and blob_id is not null
               and state in ('placed', 'suspended', 'failed')"
        ),
        params![workspace, mailbox, until],
        |row| row.get("n"),
    )
}

/// The mails that it looks at next, the oldest first.
pub(super) fn next(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    replay: &Replay,
    limit: i64,
) -> Result<Vec<Mail>, DbError> {
    tx.rows(
        sql!(
            "select id, mailbox_id, folder, validity, uid, blob_id, size, arrived_at, stored_at, envelope_from, envelope_to,
               peer, hello, message_id, content_hash, state, cause, trouble, is_released, sender, sender_name, subject,
               nature, evidence, checks, vouched, reply_to, people, refs, thread_index, contact_id, ticket_id, ticket_message_id, side_id, clue,
               clue_text, is_stranger, read_at
             from mails
             where workspace_id = $1 and mailbox_id = $2 and id > $3 and id < $4 and blob_id is not null
               and state in ('placed', 'suspended', 'failed')
             order by id
             limit $5"
        ),
        params![workspace, replay.mailbox, replay.at, replay.until, limit],
        read_mail,
    )
}

fn read(row: &Row<'_>) -> Result<Replay, DbError> {
    let word: String = row.get("state")?;
    Ok(Replay {
        mailbox: row.get("mailbox_id")?,
        mark: row.get("mark")?,
        phase: Phase::parse(&word).ok_or_else(|| row.broken("state", "a state of a replay"))?,
        parser: row.get("parser")?,
        until: row.get("until_id")?,
        at: row.get("at_id")?,
        total: row.get("total")?,
        looked: row.get("looked")?,
        changed: row.get("changed")?,
        unread: row.get("unread")?,
        asked_by: row.get("asked_by")?,
        asked_at: row.get("asked_at")?,
        ended_at: row.get("ended_at")?,
    })
}
