//! The rows of API inboxes, of conversations and of what came.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::{ApiInbox, ApiInboxId, Closing, InboxText};
use crate::tickets::{MessageId, TicketId};

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, inbox: &ApiInbox) -> Result<(), DbError> {
    let text = &inbox.text;
    tx.execute(
        sql!(
            "insert into api_inboxes (workspace_id, id, name, url, line_id, realm, channel, team_id, version, created_at,
               created_by, closed_at, closed_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, null, null)"
        ),
        params![
            workspace,
            inbox.id,
            text.name,
            text.url,
            inbox.line,
            inbox.realm,
            text.channel.as_str(),
            text.team,
            inbox.version,
            inbox.created_at,
            inbox.created_by
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, inbox: &ApiInbox) -> Result<(), DbError> {
    let text = &inbox.text;
    let by = inbox.closing.as_ref().map(|closing| closing.by.clone());
    let at = inbox.closing.as_ref().map(|closing| closing.at);
    tx.execute(
        sql!(
            "update api_inboxes
             set name = $3, url = $4, channel = $5, team_id = $6, version = $7, closed_at = $8, closed_by = $9
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            inbox.id,
            text.name,
            text.url,
            text.channel.as_str(),
            text.team,
            inbox.version,
            at,
            by
        ],
    )?;
    Ok(())
}

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<ApiInbox>, DbError> {
    tx.rows(
        sql!(
            "select id, name, url, line_id, realm, channel, team_id, version, created_at, created_by, closed_at, closed_by
             from api_inboxes
             where workspace_id = $1
             order by id"
        ),
        params![workspace],
        read,
    )
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ApiInboxId,
) -> Result<Option<ApiInbox>, DbError> {
    tx.optional(
        sql!(
            "select id, name, url, line_id, realm, channel, team_id, version, created_at, created_by, closed_at, closed_by
             from api_inboxes
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<ApiInbox, DbError> {
    let channel: String = row.get("channel")?;
    let closing = match (row.get("closed_at")?, row.get("closed_by")?) {
        (Some(at), Some(by)) => Some(Closing { by, at }),
        _ => None,
    };
    Ok(ApiInbox {
        id: row.get("id")?,
        text: InboxText {
            name: row.get("name")?,
            url: row.get("url")?,
            channel: channel
                .parse()
                .map_err(|_| row.broken("channel", "a way that a ticket came"))?,
            team: row.get("team_id")?,
        },
        line: row.get("line_id")?,
        realm: row.get("realm")?,
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        created_by: row.get("created_by")?,
        closing,
    })
}

/// The ticket in which a conversation goes on.
pub(super) fn conversation(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    inbox: ApiInboxId,
    name: &str,
) -> Result<Option<TicketId>, DbError> {
    tx.optional(
        sql!(
            "select ticket_id
             from api_conversations
             where workspace_id = $1 and inbox_id = $2 and name = $3"
        ),
        params![workspace, inbox, name],
        |row| row.get("ticket_id"),
    )
}

/// From now on a conversation goes on in this ticket.
pub(super) fn set_conversation(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (inbox, name): (ApiInboxId, &str),
    ticket: TicketId,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into api_conversations (workspace_id, inbox_id, name, ticket_id, begun_at)
             values ($1, $2, $3, $4, $5)
             on conflict (workspace_id, inbox_id, name) do update set ticket_id = excluded.ticket_id"
        ),
        params![workspace, inbox, name, ticket, now],
    )?;
    Ok(())
}

/// The conversations that go on in a ticket, each with its inbox, the newest first.
pub(super) fn of_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Vec<(ApiInboxId, String)>, DbError> {
    tx.rows(
        sql!(
            "select inbox_id, name
             from api_conversations
             where workspace_id = $1 and ticket_id = $2
             order by begun_at desc, name"
        ),
        params![workspace, ticket],
        |row| Ok((row.get("inbox_id")?, row.get("name")?)),
    )
}

/// Where a message of the other side went.
pub(super) fn came(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    inbox: ApiInboxId,
    name: &str,
) -> Result<Option<(TicketId, MessageId)>, DbError> {
    tx.optional(
        sql!(
            "select ticket_id, message_id
             from api_messages
             where workspace_id = $1 and inbox_id = $2 and name = $3"
        ),
        params![workspace, inbox, name],
        |row| Ok((row.get("ticket_id")?, row.get("message_id")?)),
    )
}

/// Notes where a message of the other side went.
pub(super) fn insert_came(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (inbox, name): (ApiInboxId, &str),
    (ticket, message): (TicketId, MessageId),
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into api_messages (workspace_id, inbox_id, name, ticket_id, message_id, came_at)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![workspace, inbox, name, ticket, message, now],
    )?;
    Ok(())
}

/// How many messages came by an inbox since `since`, and when the last one did.
pub(super) fn traffic(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    inbox: ApiInboxId,
    since: Timestamp,
) -> Result<(i64, Option<Timestamp>), DbError> {
    tx.one(
        sql!(
            "select count(*) as n, max(came_at) as newest
             from api_messages
             where workspace_id = $1 and inbox_id = $2 and came_at >= $3"
        ),
        params![workspace, inbox, since],
        |row| Ok((row.get("n")?, row.get("newest")?)),
    )
}

/// Takes the conversations of a ticket away; gives how many.
pub(super) fn forget_conversations(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<usize, DbError> {
    let gone = tx.execute(
        sql!("delete from api_conversations where workspace_id = $1 and ticket_id = $2"),
        params![workspace, ticket],
    )?;
    Ok(usize::try_from(gone).unwrap_or(usize::MAX))
}
