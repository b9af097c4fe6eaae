//! The rows of side conversations.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::{Entry, EntryKind, Person, Side, SideId};
use crate::mailboxes::folded;
use crate::tickets::{MessageId, TicketId};

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, side: &Side) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into side_conversations (workspace_id, id, ticket_id, mailbox_id, subject, is_forward, author, opened_at,
               touched_at, is_answered, closed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        params![
            workspace,
            side.id,
            side.ticket,
            side.mailbox,
            side.subject,
            side.is_forward,
            side.author,
            side.opened_at,
            side.touched_at,
            side.is_answered,
            side.closed_at
        ],
    )?;
    Ok(())
}

/// Stores how it stands.
pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, side: &Side) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update side_conversations
             set subject = $3, touched_at = $4, is_answered = $5, closed_at = $6, mailbox_id = $7
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            side.id,
            side.subject,
            side.touched_at,
            side.is_answered,
            side.closed_at,
            side.mailbox
        ],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: SideId) -> Result<Option<Side>, DbError> {
    tx.optional(
        sql!(
            "select id, ticket_id, mailbox_id, subject, is_forward, author, opened_at, touched_at, is_answered, closed_at
             from side_conversations
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// Those of a ticket, in the order in which they began.
pub(super) fn of_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Vec<Side>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, mailbox_id, subject, is_forward, author, opened_at, touched_at, is_answered, closed_at
             from side_conversations
             where workspace_id = $1 and ticket_id = $2
             order by id"
        ),
        params![workspace, ticket],
        read,
    )
}

/// Those that are open, unless their ticket lies apart, before a place in the order in which they were written in last.
pub(super) fn open(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (touched_at, id): (Timestamp, SideId),
    limit: i64,
) -> Result<Vec<Side>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, mailbox_id, subject, is_forward, author, opened_at, touched_at, is_answered, closed_at
             from side_conversations
             where workspace_id = $1 and closed_at is null and (touched_at, id) < ($2, $3) and not exists (
                 select 1 from tickets t where t.workspace_id = $1 and t.id = side_conversations.ticket_id and t.shelf in ('spam', 'trash'))
             order by touched_at desc, id desc limit $4"
        ),
        params![workspace, touched_at, id, limit],
        read,
    )
}

/// All of a workspace in the order of their ids, after one.
pub(super) fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: SideId,
    limit: i64,
) -> Result<Vec<Side>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, mailbox_id, subject, is_forward, author, opened_at, touched_at, is_answered, closed_at
             from side_conversations
             where workspace_id = $1 and id > $2
             order by id
             limit $3"
        ),
        params![workspace, last, limit],
        read,
    )
}

/// Stores to whom the next message goes.
pub(super) fn set_people(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    side: SideId,
    people: &[Person],
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from side_people where workspace_id = $1 and side_id = $2"),
        params![workspace, side],
    )?;
    for (place, one) in (0_i64..).zip(people) {
        tx.execute(
            sql!(
                "insert into side_people (workspace_id, side_id, place, name, address, address_folded)
                 values ($1, $2, $3, $4, $5, $6)"
            ),
            params![
                workspace,
                side,
                place,
                one.name,
                one.address,
                folded(&one.address)
            ],
        )?;
    }
    Ok(())
}

/// To whom the next message goes.
pub(super) fn people(tx: &mut Tx<'_>, workspace: WorkspaceId, side: SideId) -> Result<Vec<Person>, DbError> {
    tx.rows(
        sql!(
            "select name, address
             from side_people
             where workspace_id = $1 and side_id = $2
             order by place"
        ),
        params![workspace, side],
        |row| {
            Ok(Person {
                name: row.get("name")?,
                address: row.get("address")?,
            })
        },
    )
}

/// The same of several side conversations, each person with theirs.
pub(super) fn people_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    sides: &[SideId],
) -> Result<Vec<(SideId, Person)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select side_id, name, address
                   from side_people
                   where workspace_id = $1 and side_id in (select value from rarray($2))
                   order by side_id, place",
            pg: "select side_id, name, address
                 from side_people
                 where workspace_id = $1 and side_id = any($2)
                 order by side_id, place",
        },
        params![workspace, sides],
        |row| {
            let person = Person {
                name: row.get("name")?,
                address: row.get("address")?,
            };
            Ok((row.get("side_id")?, person))
        },
    )
}

/// Where an address takes part: as one to whom messages go, or who wrote.
pub(super) fn of_address(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    folded: &str,
) -> Result<Vec<SideId>, DbError> {
    tx.rows(
        sql!(
            "select side_id
             from side_people
             where workspace_id = $1 and address_folded = $2
             union
             select side_id
             from side_entries
             where workspace_id = $1 and sender = $2
             order by side_id"
        ),
        params![workspace, folded],
        |row| row.get("side_id"),
    )
}

pub(super) fn insert_entry(tx: &mut Tx<'_>, workspace: WorkspaceId, entry: &Entry) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into side_entries (workspace_id, id, side_id, kind, author, sender, sender_name, body, quoted, is_automatic,
               is_stranger, written_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        ),
        params![
            workspace,
            entry.id,
            entry.side,
            entry.kind.as_str(),
            entry.author,
            entry.sender,
            entry.sender_name,
            entry.body,
            entry.quoted,
            entry.is_automatic,
            entry.is_stranger,
            entry.written_at
        ],
    )?;
    Ok(())
}

/// The newest entries, the newest first.
pub(super) fn entries(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    side: SideId,
    limit: i64,
) -> Result<Vec<Entry>, DbError> {
    tx.rows(
        sql!(
            "select id, side_id, kind, author, sender, sender_name, body, quoted, is_automatic, is_stranger, written_at
             from side_entries
             where workspace_id = $1 and side_id = $2
             order by id desc
             limit $3"
        ),
        params![workspace, side, limit],
        read_entry,
    )
}

/// The newest entries without their words, the newest first.
pub(super) fn moments(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    side: SideId,
    limit: i64,
) -> Result<Vec<Entry>, DbError> {
    tx.rows(
        sql!(
            "select id, side_id, kind, author, sender, sender_name, '' as body, '' as quoted, is_automatic, is_stranger, written_at
             from side_entries
             where workspace_id = $1 and side_id = $2
             order by id desc
             limit $3"
        ),
        params![workspace, side, limit],
        read_entry,
    )
}

/// Whether somebody wrote from this folded address who was no stranger.
pub(super) fn has_written(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    side: SideId,
    folded: &str,
) -> Result<bool, DbError> {
    let found: Option<MessageId> = tx.optional(
        sql!(
            "select id
             from side_entries
             where workspace_id = $1 and side_id = $2 and sender = $3 and not is_stranger
             order by id
             limit 1"
        ),
        params![workspace, side, folded],
        |row| row.get("id"),
    )?;
    Ok(found.is_some())
}

/// One entry.
pub(super) fn find_entry(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MessageId,
) -> Result<Option<Entry>, DbError> {
    tx.optional(
        sql!(
            "select id, side_id, kind, author, sender, sender_name, body, quoted, is_automatic, is_stranger, written_at
             from side_entries
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read_entry,
    )
}

/// Gives an entry other words.
pub(super) fn set_body(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    entry: MessageId,
    body: &str,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update side_entries set body = $3 where workspace_id = $1 and id = $2"),
        params![workspace, entry, body],
    )?;
    Ok(())
}

/// Takes the words away that were passed on with a message.
pub(super) fn forget_quoted(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    entry: MessageId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update side_entries set quoted = '' where workspace_id = $1 and id = $2"),
        params![workspace, entry],
    )?;
    Ok(())
}

/// Takes away what somebody wrote, and who they are.
pub(super) fn forget_entry(tx: &mut Tx<'_>, workspace: WorkspaceId, entry: MessageId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update side_entries
             set body = '', quoted = '', sender = '', sender_name = ''
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, entry],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Side, DbError> {
    Ok(Side {
        id: row.get("id")?,
        ticket: row.get("ticket_id")?,
        mailbox: row.get("mailbox_id")?,
        subject: row.get("subject")?,
        is_forward: row.get("is_forward")?,
        author: row.get("author")?,
        opened_at: row.get("opened_at")?,
        touched_at: row.get("touched_at")?,
        is_answered: row.get("is_answered")?,
        closed_at: row.get("closed_at")?,
    })
}

fn read_entry(row: &Row<'_>) -> Result<Entry, DbError> {
    let kind: String = row.get("kind")?;
    Ok(Entry {
        id: row.get("id")?,
        side: row.get("side_id")?,
        kind: EntryKind::parse(&kind).ok_or_else(|| row.broken("kind", "a kind of entry"))?,
        author: row.get("author")?,
        sender: row.get("sender")?,
        sender_name: row.get("sender_name")?,
        body: row.get("body")?,
        quoted: row.get("quoted")?,
        is_automatic: row.get("is_automatic")?,
        is_stranger: row.get("is_stranger")?,
        written_at: row.get("written_at")?,
    })
}
